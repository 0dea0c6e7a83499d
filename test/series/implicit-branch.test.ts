import { describe, expect, test } from "vitest";
import { QQ, type Rational, rational, rationalToText } from "../../src/rings/index.js";
import { type BivariateTable, expandBranch, implicitBranches, newtonPolygon } from "../../src/series/index.js";

/** `rows[j][i]` multiplies y^j w^i. */
const table = (...rows: number[][]): BivariateTable<Rational> => rows.map((row) => row.map((c) => rational(c)));

/** Small integer roots by trial: enough for these curves, and no code in common with the factorisation. */
const smallRoots = (coeffs: readonly Rational[]): readonly Rational[] => {
  if (coeffs.every((c) => QQ.isZero(c))) throw new Error("the zero polynomial");
  const candidates = Array.from({ length: 41 }, (_, k) => rational(k - 20));
  return candidates.filter((y) =>
    QQ.isZero(coeffs.reduceRight((sum, c) => QQ.add(QQ.mul(sum, y), c), QQ.zero as Rational)),
  );
};

const expansions = (rows: BivariateTable<Rational>, y0: number, order: number): string[] =>
  implicitBranches(QQ, rows, rational(y0), smallRoots).map((branch) =>
    expandBranch(QQ, branch, order).map(rationalToText).join(" "),
  );

describe("branches of an implicit function", () => {
  test("y = 1 + w y² has the Catalan numbers", () => {
    expect(expansions(table([1], [-1], [0, 1]), 1, 9)).toEqual(["1 1 2 5 14 42 132 429 1430"]);
  });

  test("y = 1 + w y³ has the numbers binomial(3n, n)/(2n + 1)", () => {
    expect(expansions(table([1], [-1], [0], [0, 1]), 1, 7)).toEqual(["1 1 3 12 55 273 1428"]);
  });

  test("two branches through a node are told apart: (y − 1)² = w²(1 + w)", () => {
    // 1 ± w sqrt(1 + w)
    const found = expansions(table([1, 0, -1, -1], [-2], [1]), 1, 5).sort();
    expect(found).toEqual(["1 -1 -1/2 1/8 -1/16", "1 1 1/2 -1/8 1/16"]);
  });

  test("branches that agree in three coefficients are told apart: (y − 1 − w − w²)² = w⁸", () => {
    // y² − 2 s y + s² − w⁸ with s = 1 + w + w²
    const rows = table([1, 2, 3, 2, 1, 0, 0, 0, -1], [-2, -2, -2], [1]);
    const branches = implicitBranches(QQ, rows, rational(1), smallRoots);
    expect(branches.map((branch) => branch.prefix.length)).toEqual([4, 4]);
    expect(expansions(rows, 1, 7).sort()).toEqual(["1 1 1 0 -1 0 0", "1 1 1 0 1 0 0"]);
  });

  test("a ramified point has no branch: (y − 1)² = w", () => {
    expect(expansions(table([1, -1], [-2], [1]), 1, 4)).toEqual([]);
  });

  test("a repeated factor is refused", () => {
    expect(() => expansions(table([1], [-2], [1]), 1, 4)).toThrow(/square-free/);
  });
});

describe("Newton's polygon", () => {
  test("of y³ + w y + w²: valuations 1 (once) and 1/2 (twice)", () => {
    expect(newtonPolygon([2, 1, Number.POSITIVE_INFINITY, 0])).toEqual([
      { from: 0, to: 1, rise: 1, run: 1, height: 2 },
      { from: 1, to: 3, rise: 1, run: 2, height: 1 },
    ]);
  });

  test("points on an edge and above the hull do not break it; roots of negative valuation", () => {
    expect(newtonPolygon([3, 2, 1, 0, 5])).toEqual([
      { from: 0, to: 3, rise: 1, run: 1, height: 3 },
      { from: 3, to: 4, rise: -5, run: 1, height: 0 },
    ]);
  });

  test("of a monomial has no edge", () => {
    expect(newtonPolygon([Number.POSITIVE_INFINITY, 4])).toEqual([]);
  });
});
