import {
  atoms,
  createBudget,
  cumulants,
  decompress,
  encode,
  ensembles,
  freeProduct,
  freeSum,
  type Law,
  lawFromCurve,
  mix,
  moments,
  multiplicativePower,
  parseLaw,
  square,
  support,
} from "freecurve";
import {
  fractions,
  parsePolynomial,
  rationalFunctionToText,
  resultant,
  substitute,
  toText,
  variable,
} from "freecurve/poly";
import { describe, expect, test } from "vitest";
import { rationalToNumber } from "../../src/rings/index.js";
import { algebraicToNumber } from "../../src/roots/index.js";
import { laws } from "../law/golden.js";

const curve = (law: Law): string => toText(law.curve);

describe("golden results of operations", () => {
  test.each(laws.operations.filter((entry) => entry.curve !== undefined))("$law", ({ law, curve: expected }) => {
    expect(curve(parseLaw(law))).toBe(expected);
  });
});

const projection = ensembles.atoms([
  [0, "1/2"],
  [1, "1/2"],
]);
const spin = ensembles.atoms([
  [-1, "1/3"],
  [2, "2/3"],
]);

describe("the free sum", () => {
  test.each([
    ["a rational R-transform on the left", ensembles.mp("c"), spin],
    ["a rational R-transform on the right", ensembles.bures(), ensembles.semicircle("v")],
    ["elimination, two atomic laws", projection, spin],
    ["elimination, arcsine and Bures", ensembles.arcsine(0, 1), ensembles.bures()],
    ["elimination, Fuss–Catalan and a projection", ensembles.fussCatalan(2), projection],
  ])("adds free cumulants: %s", (_name, a, b) => {
    const sum = cumulants(freeSum(a, b), 7);
    const [left, right] = [cumulants(a, 7), cumulants(b, 7)];
    expect(sum.map(rationalFunctionToText)).toEqual(
      left.map((kappa, k) => rationalFunctionToText(fractions.add(kappa, right[k]!))),
    );
  });

  test("adds R-transforms as curves: the sum of roots of the two polynomials is a root of that of the sum", () => {
    const [a, b] = [spin, ensembles.arcsine(0, 1)];
    const first = substitute(encode(a, "r").polynomial, { r: variable("r1") });
    const second = substitute(encode(b, "r").polynomial, { r: parsePolynomial("r - r1") });
    const found = encode(freeSum(a, b), "r").polynomial;
    expect(found.variables).toEqual(["r", "s"]);
    expect(toText(resultant(found, resultant(first, second, "r1"), "r"))).toBe("0");
  });

  test("with the atom at 0 changes nothing, with another atom it is a shift", () => {
    for (const law of [ensembles.bures(), ensembles.mp("c"), spin]) {
      expect(curve(freeSum(law, ensembles.atoms([[0, 1]])))).toBe(curve(law));
    }
    expect(curve(freeSum(ensembles.atoms([[2, 1]]), ensembles.atoms([[-5, 1]])))).toBe(
      curve(parseLaw("atoms([[-3, 1]])")),
    );
  });

  test("has an atom at a + b of weight w + v − 1 where atoms of weights w and v at a and b are heavy", () => {
    // Bercovici and Voiculescu 1998
    const heavy = atoms(parseLaw("atoms([[-1, 1/4], [2, 3/4]]) ⊞ atoms([[0, 1/3], [5, 2/3]])"));
    expect(heavy.map(({ at, weight }) => [at, weight].map(algebraicToNumber))).toEqual([
      [2, expect.closeTo(1 / 12, 14)],
      [7, expect.closeTo(5 / 12, 14)],
    ]);
    expect(atoms(parseLaw("mp(3) ⊞ mp(2/3)"))).toEqual([]);
    const [atom, ...others] = atoms(parseLaw("mp(3) ⊞ mp(3) |> shift(1)"));
    expect(others).toEqual([]);
    expect([atom!.at, atom!.weight].map(algebraicToNumber)).toEqual([1, expect.closeTo(1 / 3, 14)]);
  });

  test("is commutative, also between a substitution and an elimination", () => {
    for (const [a, b] of [
      [projection, spin],
      [ensembles.mp("1/2"), spin],
    ] as const) {
      expect(curve(freeSum(a, b))).toBe(curve(freeSum(b, a)));
    }
  });

  test("is associative", () => {
    const [a, b, c] = [ensembles.mp("1/2"), projection, ensembles.semicircle("1/3")];
    expect(curve(freeSum(freeSum(a, b), c))).toBe(curve(freeSum(a, freeSum(b, c))));
  });

  test("of a law with itself is its convolution power", () => {
    expect(curve(freeSum(projection, projection))).toBe(curve(parseLaw("power(atoms([[0, 1/2], [1, 1/2]]), 2)")));
    expect(curve(freeSum(ensembles.mp("c"), ensembles.mp("c")))).toBe(curve(parseLaw("power(mp(c), 2)")));
  });

  test("of Gaussian, Poisson and constant parts is what their cumulants say", () => {
    expect(curve(freeSum(ensembles.semicircle("v"), ensembles.semicircle("w")))).toBe(
      curve(ensembles.semicircle("v + w")),
    );
    expect(curve(freeSum(ensembles.freePoisson("r", "a"), ensembles.freePoisson("s", "a")))).toBe(
      curve(ensembles.freePoisson("r + s", "a")),
    );
    expect(curve(freeSum(ensembles.bures(), ensembles.atoms([["b", 1]])))).toBe(curve(parseLaw("bures() |> shift(b)")));
    expect(
      curve(
        freeSum(
          ensembles.semicircle("4/25"),
          ensembles.compoundFreePoisson("1/10", [
            [2, "3/4"],
            ["11/2", "1/4"],
          ]),
        ),
      ),
    ).toBe(
      curve(
        ensembles.freeLevy(0, "4/25", "1/10", [
          [2, "3/4"],
          ["11/2", "1/4"],
        ]),
      ),
    );
    expect(curve(parseLaw("semicircle(v) [+] atoms([[-1, 1/2], [1, 1/2]])"))).toBe(
      curve(parseLaw("deformedWigner(v, [[-1, 1/2], [1, 1/2]])")),
    );
  });

  test("commutes with decompression", () => {
    const apart = freeSum(decompress(ensembles.bures(), "t"), ensembles.semicircle("t/3"));
    expect(curve(decompress(freeSum(ensembles.bures(), ensembles.semicircle("1/3")), "t"))).toBe(curve(apart));
  });

  test("keeps the branch of a law that had to be singled out by a moment", () => {
    // Irreducible, two branches at infinity: free cumulants ±(1, 1/2, −1/8)
    const law = parseLaw('curve("(m*z + 1)^2 - m^2*(1 - m)", [1])');
    expect(cumulants(freeSum(law, ensembles.mp(1)), 3).map(rationalFunctionToText)).toEqual(["2", "3/2", "7/8"]);
    expect(cumulants(freeSum(projection, law), 2).map(rationalFunctionToText)).toEqual(["3/2", "3/4"]);
  });

  test("does not take two branches of one curve for one law", () => {
    const [law, opposite] = [1, -1].map((mean) => parseLaw(`curve("(m*z + 1)^2 - m^2*(1 - m)", [${mean}])`));
    expect(curve(freeSum(law!, opposite!))).toBe("m*z + 1");
    expect(curve(freeSum(law!, law!))).toBe(curve(parseLaw('curve("(m*z + 1)^2 - m^2*(1 - m)", [1]) |> power(2)')));
  });

  test("carries an irrational mean along where it is a substitution, and says so where it is not", () => {
    // 1/X for X of the law semicircle(1) shifted by 3 has the mean (3 − sqrt 5)/2.
    const law = parseLaw("inverse(semicircle(1) |> shift(3))");
    const mean = (3 - Math.sqrt(5)) / 2;
    const { intervals } = support(freeSum(law, parseLaw("atoms([[2, 1]])")));
    expect(intervals.map(({ left, right }) => [left, right].map(algebraicToNumber))).toEqual([
      [expect.closeTo(2.2, 14), expect.closeTo(3, 14)],
    ]);
    const sum = freeSum(ensembles.mp("1/2"), law);
    expect(sum.meanBetween!.map(rationalToNumber)).toEqual([
      expect.closeTo(1 + mean, 14),
      expect.closeTo(1 + mean, 14),
    ]);
    expect(support(sum).intervals).toHaveLength(1);
    expect(support(freeProduct(law, ensembles.mp("1/2"))).intervals).toHaveLength(1);
    expect(() => freeSum(law, projection)).toThrow(/the moments of this law are irrational/);
  });

  test("records what it was made of", () => {
    const { derivation } = freeSum(projection, ensembles.mp(1));
    expect(derivation.operation).toBe("freeSum");
    expect(rationalFunctionToText(derivation.substitution!.z)).toBe("(m*z + z - 1)/(m + 1)");
    expect(derivation.operands.map((operand) => operand.kind)).toEqual(["law", "law"]);
  });
});

test("a sum with something that is no law is refused in a sentence", () => {
  expect(() => moments(freeSum(lawFromCurve("z*m + 2"), projection), 2)).toThrow(
    expect.objectContaining({ name: "DomainError" }),
  );
});

describe("the budget of an elimination", () => {
  const [a, b] = ["[[1, 1/2], [3, 1/4], [4, 1/4]]", "[[1, 1/3], [4, 1/3], [5, 1/3]]"].map((population, k) =>
    parseLaw(`silverstein(${k === 0 ? "c" : "d"}, ${population})`),
  ) as [Law, Law];
  test.each<[string, (budget: ReturnType<typeof createBudget>) => Law]>([
    ["freeSum", (budget) => freeSum(a, b, budget)],
    ["freeProduct", (budget) => freeProduct(a, b, budget)],
    ["multiplicativePower", (budget) => multiplicativePower(a, "7/2", budget)],
    ["square", (budget) => square(a, budget)],
    ["mix", (budget) => mix("w", a, b, budget)],
  ])("stops %s of large laws, and is told so", (_name, make) => {
    expect(() => make(createBudget({ limit: 10_000 }))).toThrow(
      expect.objectContaining({ name: "BudgetError", message: expect.stringMatching(/work limit of 10000 units/) }),
    );
  });
});
