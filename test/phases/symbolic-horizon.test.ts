import {
  algebraicToNumber,
  type HorizonCase,
  horizon,
  orThrow,
  parseLaw,
  parseRational,
  specialise,
  symbolicHorizon,
} from "freecurve";
import { parseRationalFunction, rationalFunctionToText } from "freecurve/poly";
import { describe, expect, test } from "vitest";

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

describe("what it cannot do", () => {
  test("three parameters beside shift and scale", () => {
    const law = parseLaw("compoundFreePoisson(r, [[1, w], [s, 1 - w]])");
    expect(symbolicHorizon(law)).toMatchObject({ kind: "unable", reason: expect.stringContaining("two parameters") });
  });

  test("a law without parameters is refused", () => {
    expect(() => symbolicHorizon(parseLaw("mp(2)"))).toThrow(/no parameters/);
  });
});
