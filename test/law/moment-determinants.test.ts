import fc from "fast-check";
import {
  ensembles,
  hankelDeterminants,
  jacobiCoefficients,
  type Law,
  lawFromCurve,
  moments,
  parseLaw,
} from "freecurve";
import {
  fractionConstant,
  fractions,
  linearAlgebra,
  parseRationalFunction,
  type RationalFunction,
  rationalFunctionToText,
} from "freecurve/poly";
import { describe, expect, test } from "vitest";
import { anyLaw } from "../../property-tests/random-laws.js";
import { createBudget } from "../../src/core/index.js";
import { QQ } from "../../src/rings/index.js";

const texts = (values: readonly RationalFunction[]): string[] => values.map(rationalFunctionToText);
const canonical = (values: readonly string[]): string[] => texts(values.map((text) => parseRationalFunction(text)));

/** mu_1, …, mu_(2n−1) of the coefficients: the corner entries of the powers of the tridiagonal matrix with 1 above and b below. */
function momentsOfJacobi(
  a: readonly RationalFunction[],
  b: readonly RationalFunction[],
  count: number,
): RationalFunction[] {
  const { add, mul, zero, one } = fractions;
  let row: RationalFunction[] = a.map((_, k) => (k === 0 ? one : zero));
  return Array.from({ length: count }, () => {
    const before = row;
    row = a.map((diagonal, k) => {
      const stay = mul(before[k]!, diagonal);
      const up = k > 0 ? before[k - 1]! : zero;
      const down = k + 1 < a.length ? mul(before[k + 1]!, b[k]!) : zero;
      return add(stay, add(up, down));
    });
    return row[0]!;
  });
}

describe("Jacobi coefficients", () => {
  const constantAfter = (first: string, rest: string, n: number): string[] => [
    first,
    ...new Array<string>(n - 1).fill(rest),
  ];

  test.each([
    ["semicircle(v)", ["0", "0"], ["v", "v"]],
    ["mp(c)", ["1", "1 + c"], ["c", "c"]],
    ["freePoisson(r, t)", ["r*t", "t*(1 + r)"], ["r*t^2", "r*t^2"]],
    ["kestenMcKay(d)", ["0", "0"], ["d", "d - 1"]],
    ["freeMeixner(a, b)", ["0", "a"], ["1", "1 + b"]],
    ["arcsine(0, 4)", ["2", "2"], ["2", "1"]],
  ] as const)("of %s are constant after the first", (law, a, b) => {
    const found = jacobiCoefficients(parseLaw(law), 5);
    expect(texts(found.a)).toEqual(canonical(constantAfter(a[0], a[1], 5)));
    expect(texts(found.b)).toEqual(canonical(constantAfter(b[0], b[1], 5)));
    expect(found.terminates).toBe(false);
  });

  test("of k point masses end after k", () => {
    const found = jacobiCoefficients(
      ensembles.atoms([
        ["0", "w"],
        ["1", "1 - w"],
      ]),
      5,
    );
    expect(texts(found.a)).toEqual(["-w + 1", "w"]);
    expect(texts(found.b)).toEqual(["-w^2 + w"]);
    expect(found.terminates).toBe(true);
    const one = jacobiCoefficients(ensembles.atoms([["7/3", "1"]]), 1);
    expect(one).toMatchObject({ terminates: true, b: [] });
    expect(texts(one.a)).toEqual(["7/3"]);
  });

  test("give the moments back, as corners of the powers of the Jacobi matrix", () => {
    let terminating = 0;
    fc.assert(
      fc.property(anyLaw, fc.integer({ min: 1, max: 6 }), (text, n) => {
        const law = parseLaw(text);
        const { a, b, terminates } = jacobiCoefficients(law, n);
        if (terminates) terminating++;
        else expect([a.length, b.length]).toEqual([n, n]);
        const count = terminates ? 12 : 2 * n - 1;
        expect(texts(momentsOfJacobi(a, b, count))).toEqual(texts(moments(law, count)));
      }),
      { numRuns: 30 },
    );
    expect(terminating).toBeLessThan(30);
    for (const text of ["wachter(a, b)", "inverseMp(c)", "silverstein(c, [[1, 1/2], [3, 1/2]])"]) {
      const law = parseLaw(text);
      const { a, b } = jacobiCoefficients(law, 3);
      expect(texts(momentsOfJacobi(a, b, 5))).toEqual(texts(moments(law, 5)));
    }
  });
});

describe("Hankel determinants", () => {
  test("of fussCatalan(2) count plane partitions: 1, 2, 11, 170, 7429, … [Tamm 2001; OEIS A051255]", () => {
    const factorial = (n: number): bigint => (n < 2 ? 1n : BigInt(n) * factorial(n - 1));
    const found = hankelDeterminants(ensembles.fussCatalan(2), 12).map((h) => fractionConstant(h).num);
    let [above, below] = [1n, 1n];
    found.forEach((h, i) => {
      above *= BigInt(3 * i + 1) * factorial(6 * i) * factorial(2 * i);
      below *= factorial(4 * i) * factorial(4 * i + 1);
      expect(h).toBe(above / below);
      expect(above % below).toBe(0n);
    });
    expect(found.slice(0, 5)).toEqual([1n, 2n, 11n, 170n, 7429n]);
  });

  test("are powers of c for mp(c) and 1 for the Catalan numbers", () => {
    expect(texts(hankelDeterminants(ensembles.mp("c"), 5))).toEqual(["1", "c", "c^3", "c^6", "c^10"]);
    expect(texts(hankelDeterminants(ensembles.semicircle(1), 20))).toEqual(new Array(20).fill("1"));
  });

  test("are the determinants of the moments, also after the first that is zero", () => {
    const check = (law: Law, n: number): void => {
      const mu = [QQ.one, ...moments(law, 2 * n).map(fractionConstant)];
      const expected = Array.from({ length: n }, (_, k) =>
        linearAlgebra.rationalDeterminant(Array.from({ length: k + 1 }, (__, i) => mu.slice(i, i + k + 1))),
      );
      expect(hankelDeterminants(law, n).map(fractionConstant)).toEqual(expected);
    };
    fc.assert(
      fc.property(anyLaw, (text) => {
        check(parseLaw(text), 5);
      }),
      { numRuns: 20 },
    );
    // mu = 1, 0, 0, 1, 0, …: no measure; H_2 is 0 and H_3 is not.
    const none = lawFromCurve("z^4*m + z^3 + 1");
    expect(texts(hankelDeterminants(none, 3))).toEqual(["1", "0", "-1"]);
    check(none, 4);
  });

  test("the first one alone is 1", () => {
    expect(texts(hankelDeterminants(ensembles.mp("c"), 1))).toEqual(["1"]);
  });
});

describe("refusals", () => {
  test.each([0, -1, 1.5])("%s is no number of determinants", (n) => {
    expect(() => hankelDeterminants(ensembles.mp(1), n)).toThrow(/positive integer/);
    expect(() => jacobiCoefficients(ensembles.mp(1), n)).toThrow(/positive integer/);
  });

  test("the budget stops them", () => {
    expect(() => jacobiCoefficients(ensembles.fussCatalan(2), 60, createBudget({ limit: 500 }))).toThrow(/work limit/);
  });
});
