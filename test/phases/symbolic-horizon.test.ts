import {
  algebraicToNumber,
  type HorizonCase,
  horizon,
  orThrow,
  parseLaw,
  parseRational,
  specialise,
  support,
  symbolicHorizon,
} from "freecurve";
import {
  parsePolynomial,
  parseRationalFunction,
  primitive,
  rationalFunctionToText,
  substitute,
  subtract,
  toText,
} from "freecurve/poly";
import { describe, expect, test } from "vitest";
import { rationalToNumber } from "../../src/rings/index.js";

const casesOf = (text: string): readonly HorizonCase[] => {
  const law = parseLaw(text);
  const admissible = (parameters: Readonly<Record<string, ReturnType<typeof parseRational>>>): boolean => {
    try {
      parseLaw(text, { parameters });
      return true;
    } catch {
      return false;
    }
  };
  return orThrow(symbolicHorizon(law, { admissible }));
};
const twoAtoms = "deformedWigner(v, [[-a, 1/2], [b, 1/2]])";
let known: readonly HorizonCase[] | undefined;
const casesOfTwoAtoms = (): readonly HorizonCase[] => {
  known ??= casesOf(twoAtoms);
  return known;
};
const same = (a: string, b: string): void =>
  expect(rationalFunctionToText(parseRationalFunction(a))).toBe(rationalFunctionToText(parseRationalFunction(b)));

describe("closed forms", () => {
  test("two atoms ±a under noise of variance v: (a² + v)²/(4a²v) where v > a², 1 where v < a²", () => {
    const [first, second, ...rest] = casesOf("deformedWigner(v, [[-a, 1/2], [a, 1/2]])");
    expect(rest).toEqual([]);
    same(first!.symbolic, "(a^2 + v)^2/(4*a^2*v)");
    expect(first).toMatchObject({ condition: "v > a^2 and a != 0", cause: "branch-points" });
    expect(second).toMatchObject({ symbolic: "1", cause: "zero-outside-bulks" });
    expect(second!.condition).toContain("a^2 > v");
  });

  test("two atoms anywhere: the shift is divided out", () => {
    const [first] = casesOfTwoAtoms();
    same(first!.symbolic, "((a + b)^2 + 4*v)^2/(16*v*(a + b)^2)");
  });

  test.each([
    ["kestenMcKay(d)", "d", "d > 2"],
    ["arcsine(a, b)", "2", "-a + b != 0"],
    ["mp(c)", "infinity", "c > 0"],
    ["inverseMp(c)", "infinity", "c > 0 and 1 > c"],
  ])("%s: %s where %s", (law, symbolic, condition) => {
    expect(casesOf(law)).toMatchObject([{ symbolic, condition }]);
  });

  test("Wachter: a + b on the whole domain", () => {
    const [only, ...rest] = casesOf("wachter(a, b)");
    expect(rest).toEqual([]);
    same(only!.symbolic, "a + b");
    expect(only!.condition.split(" and ").sort()).toEqual(["a + b > 1", "a > 0", "b > 0"]);
  });
});

test("two equal semicircles b apart: 1 for every b, by a zero of m in a gap only where there is a gap", () => {
  const text = "mix(1/2, semicircle(1), semicircle(1) |> shift(b))";
  const at = (b: string) => parseLaw(text, { parameters: { b: parseRational(b) } });
  // [-2, 2] and [b - 2, b + 2] are apart for b > 4; else the edge of one is a branch point inside the other, where Im m > 0.
  expect(["1", "5"].map((b) => support(at(b)).intervals.length)).toEqual([1, 2]);
  expect(["1", "5"].map((b) => orThrow(horizon(at(b))).cause)).toEqual(["branch-points", "zero-outside-bulks"]);
  expect(casesOf(text)).toMatchObject([{ symbolic: "1", cause: "branch-points" }]);
});

test("formulas agree with the horizon at parameters", () => {
  const [first] = casesOfTwoAtoms();
  const formula = first!.symbolic;
  for (const [a, b, v] of [
    ["1/3", "1/2", "5/7"],
    ["-2", "-1", "11"],
  ] as const) {
    const { tau } = orThrow(
      horizon(specialise(parseLaw(twoAtoms), { a: parseRational(a), b: parseRational(b), v: parseRational(v) })),
    );
    const value = [
      ["a", a],
      ["b", b],
      ["v", v],
    ].reduce((s, [name, x]) => s.replaceAll(name!, `(${x})`), formula);
    const expected = Number(rationalNumber(value));
    if (tau === "infinity") expect.unreachable();
    else expect(algebraicToNumber(tau)).toBeCloseTo(expected, 12);
  }
});

function rationalNumber(text: string): number {
  const [num, den = "1"] = rationalFunctionToText(parseRationalFunction(text)).replace(/[()]/g, "").split("/");
  return Number(num) / Number(den);
}

describe("the inverse of a shifted Marchenko–Pastur law, whose moments are irrational", () => {
  const text = "inverse(mp(c) |> shift(b))";
  type Values = Readonly<Record<string, ReturnType<typeof parseRational>>>;
  /** The spectrum of X + b is that of X, (1 ± √c)² and 0 for c > 1, moved by b: 0 must not be in it. */
  const admissible = (values: Values): boolean => {
    const [b, c] = ["b", "c"].map((name) => rationalToNumber(values[name]!)) as [number, number];
    if (c <= 0 || (c > 1 && b === 0)) return false;
    return b > -((1 - Math.sqrt(c)) ** 2) || b < -((1 + Math.sqrt(c)) ** 2);
  };
  const law = parseLaw(text);

  test("a root of a cubic, 1 for c > (1 + b)², infinity for small b", () => {
    const remake = (parameters: Values) => parseLaw(text, { parameters });
    const cases = orThrow(symbolicHorizon(law, { admissible, remake }));
    expect(cases.map(({ cause }) => cause)).toEqual(["branch-points", "zero-outside-bulks", "none"]);
    // PARI/GP: the cubed factors of disc_z of the simple factor of disc_u of the curve in (z − (t − 1)u, −1/u).
    for (const [c, b, cubic] of [
      ["1/2", "1", "243*tau^3 - 675*tau^2 + 2601*tau - 4913"],
      ["2", "1/2", "7552*tau^3 - 16512*tau^2 + 13872*tau - 4913"],
      ["1/4", "3", "919*tau^3 - 13953*tau^2 + 173901*tau - 753571"],
    ] as const) {
      const at = { c: parsePolynomial(c), b: parsePolynomial(b) };
      expect(toText(primitive(substitute(cases[0]!.polynomial!, at)))).toBe(cubic);
    }
    // m vanishes where X = −b(1 + b − c)/(1 + b), which changes its sheet at the edge (√c − 1)² for 1 + b = √c.
    expect(cases[1]!.condition).toContain("c > b^2 + 2*b + 1");
    expect(cases[1]!.symbolic).toBe("1");
    // (1 − c)³ > 0 at b = 0: the inverse Marchenko–Pastur laws, freely infinitely divisible, have c < 1.
    const [border] = cases[2]!.condition.split(" and ");
    const [more, less] = border!
      .split(" > ")
      .map((side) => substitute(parsePolynomial(side), { b: parsePolynomial("0") }));
    expect(toText(subtract(more!, less!))).toBe(toText(parsePolynomial("(1 - c)^3")));
  });

  test("without the law made anew it is not decided", () => {
    expect(symbolicHorizon(parseLaw("inverse(mp(1/2) |> shift(b))"))).toMatchObject({
      kind: "unable",
      reason: expect.stringContaining("rational moments"),
    });
  });
});

describe("what it cannot do", () => {
  test("three parameters beside shift and scale", () => {
    const law = parseLaw("compoundFreePoisson(r, [[1, w], [s, 1 - w]])");
    expect(symbolicHorizon(law)).toMatchObject({
      kind: "unable",
      reason: expect.stringMatching(
        /two parameters .*, and the law has r, s, w; give r or s or w a value, .* --set r=1\/2$/,
      ),
    });
  });

  test("a law without parameters is refused", () => {
    expect(() => symbolicHorizon(parseLaw("mp(2)"))).toThrow(/no parameters/);
  });
});
