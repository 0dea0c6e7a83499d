import { ensembles, type Law, moments, parseLaw, scale, square, squareRoot, support } from "freecurve";
import { rationalFunctionToText, toText } from "freecurve/poly";
import { describe, expect, test } from "vitest";
import { isPositive, isSymmetric } from "../../src/convolution/index.js";
import { algebraicToNumber } from "../../src/roots/index.js";

const curve = (law: Law): string => toText(law.curve);
const texts = (law: Law, n: number): string[] => moments(law, n).map(rationalFunctionToText);

describe("the square", () => {
  test("has the even moments", () => {
    for (const law of [
      ensembles.mp("1/2"),
      ensembles.semicircle("v"),
      ensembles.arcsine(-1, 2),
      ensembles.freeMeixner(1, 1),
      ensembles.kestenMcKay("d"),
    ]) {
      const even = texts(law, 10).filter((_, k) => k % 2 === 1);
      expect(texts(square(law), 5)).toEqual(even);
    }
  });

  test("of a semicircular is a free Poisson law, of atoms atoms", () => {
    expect(curve(square(ensembles.semicircle("v")))).toBe(curve(ensembles.freePoisson(1, "v")));
    expect(curve(square(parseLaw("atoms([[-1, 1/4], [1, 1/4], [2, 1/2]])")))).toBe(
      curve(parseLaw("atoms([[1, 1/2], [4, 1/2]])")),
    );
    expect(curve(square(parseLaw("atoms([[-2, 1/2], [2, 1/2]])")))).toBe(curve(parseLaw("atoms([[4, 1]])")));
    expect(curve(square(parseLaw("atoms([[0, 1]])")))).toBe("m*z + 1");
  });
});

describe("the square root", () => {
  test.each([
    "mp(1)",
    "mp(1/2)",
    "mp(3)",
    "bures()",
    "wachter(2, 3)",
    "inverseMp(1/4)",
    "atoms([[1, 1/3], [4, 2/3]])",
    "atoms([[0, 1/3], [2, 2/3]])",
    "arcsine(0, 1)",
  ])("of %s is symmetric and has it as its square", (text) => {
    const law = parseLaw(text);
    const root = squareRoot(law);
    expect(isSymmetric(root)).toBe(true);
    expect(curve(square(root))).toBe(curve(law));
    expect(texts(root, 6)).toEqual(texts(law, 3).flatMap((mu) => ["0", mu]));
  });

  test("has the square roots of edges as its edges, and half of each atom", () => {
    const { intervals, atoms } = support(squareRoot(ensembles.mp("1/4")));
    expect(intervals.map(({ left, right }) => [left, right].map(algebraicToNumber))).toEqual([
      [-3 / 2, -1 / 2],
      [1 / 2, 3 / 2],
    ]);
    expect(atoms).toEqual([]);
    const points = support(parseLaw("squareRoot(atoms([[0, 1/2], [4, 1/2]]))")).atoms;
    expect(points.map(({ at, weight }) => [algebraicToNumber(at), algebraicToNumber(weight)])).toEqual([
      [-2, 1 / 4],
      [0, 1 / 2],
      [2, 1 / 4],
    ]);
  });

  test("takes parameters: the singular values of a rectangular Gaussian matrix", () => {
    expect(curve(squareRoot(ensembles.mp("c")))).toBe("c*m^2*z + m*z^2 + c*m - m + z");
    expect(curve(squareRoot(ensembles.freePoisson(1, "v")))).toBe(curve(ensembles.semicircle("v")));
  });

  test("is refused in a sentence for a law that reaches below 0, however little", () => {
    for (const text of [
      "semicircle(1)",
      "mp(1) |> scale(-1)",
      "mp(1/4) |> shift(-1/2)",
      "mp(1/100) |> shift(-7/8)",
      "mix(1/1000, atoms([[-1/10, 1]]), mp(1/2))",
    ]) {
      expect(() => squareRoot(parseLaw(text))).toThrow(/on the positive half-line/);
    }
    expect(curve(square(squareRoot(parseLaw("mp(1/4) |> shift(-1/4)"))))).toBe(
      curve(parseLaw("mp(1/4) |> shift(-1/4)")),
    );
  });
});

test("positive and symmetric laws are told from others", () => {
  expect(isPositive(ensembles.mp(2))).toBe(true);
  expect(isPositive(parseLaw("atoms([[0, 1/2], [1, 1/2]])"))).toBe(true);
  expect(isPositive(parseLaw("mp(1/4) |> shift(-26/100)"))).toBe(false);
  expect(isSymmetric(ensembles.semicircle("v"))).toBe(true);
  expect(isSymmetric(scale(ensembles.mp(1), -1))).toBe(false);
  expect(isSymmetric(parseLaw("atoms([[-1, w], [1, 1 - w]])"))).toBe(false);
});
