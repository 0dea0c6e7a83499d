import {
  augment,
  compress,
  ensembles,
  freeProduct,
  type Law,
  mix,
  moments,
  parseLaw,
  project,
  support,
} from "freecurve";
import { fractions, parseRationalFunction, rationalFunctionToText, toText } from "freecurve/poly";
import { describe, expect, test } from "vitest";
import { algebraicToNumber } from "../../src/roots/index.js";

const curve = (law: Law): string => toText(law.curve);
const point = (x: string): Law => parseLaw(`atoms([[${x}, 1]])`);

describe("a block added", () => {
  test("is the mixture, which is an elimination", () => {
    for (const law of [ensembles.mp("1/2"), ensembles.bures(), ensembles.semicircle("v")]) {
      expect(curve(augment(law, "1/3", 2))).toBe(curve(mix("1/3", point("2"), law)));
    }
    expect(curve(augment(ensembles.mp("c"), "w", "x"))).toBe(curve(mix("w", point("x"), ensembles.mp("c"))));
    expect(curve(augment(point("1"), "1/4", 5))).toBe(curve(parseLaw("atoms([[1, 3/4], [5, 1/4]])")));
  });

  test("of zeros makes the Gram matrix of the transpose", () => {
    // X* X for a p×n matrix X with p < n has the eigenvalues of X X* and n − p zeros.
    const law = parseLaw("atoms([[1, 1/2], [3, 1/2]]) |> sampleCovariance(1/4)");
    expect(curve(augment(law, "3/4", 0))).toBe(
      curve(parseLaw("atoms([[1, 1/2], [3, 1/2]]) |> sampleCovariance(1/4) |> companion(1/4)")),
    );
  });

  test("is seen in the support", () => {
    const { intervals, atoms } = support(augment(ensembles.mp("1/4"), "1/5", 7));
    expect(intervals.map(({ left, right }) => [algebraicToNumber(left), algebraicToNumber(right)])).toEqual([
      [0.25, 2.25],
    ]);
    expect(intervals[0]!.mass).toBeCloseTo(0.8, 11);
    expect(atoms.map(({ at, weight }) => [algebraicToNumber(at), algebraicToNumber(weight)])).toEqual([[7, 0.2]]);
  });

  test("keeps the branch of a law that had to be singled out", () => {
    const law = parseLaw('curve("(m*z + 1)^2 - m^2*(1 - m)", [-1])');
    const expected = moments(law, 4).map((mu) =>
      rationalFunctionToText(fractions.mul(mu, parseRationalFunction("1 - w"))),
    );
    expect(moments(augment(law, "w", 0), 4).map(rationalFunctionToText)).toEqual(expected);
  });

  test("is refused unless 0 < w < 1", () => {
    for (const w of [0, 1, "3/2", "-1/2"]) {
      expect(() => augment(ensembles.mp(1), w, 0)).toThrow(`augment(A, w, x) needs 0 < w < 1; got w = ${w}`);
    }
  });
});

describe("a projection P A P on the whole space", () => {
  const projection = parseLaw("atoms([[0, 1 - alpha], [1, alpha]])");

  test("is the free product with the projection, which is an elimination for most laws", () => {
    for (const law of [ensembles.mp("c"), ensembles.wachter(2, 3), parseLaw("atoms([[1, 1/3], [4, 2/3]])")]) {
      expect(curve(project(law, "alpha"))).toBe(curve(freeProduct(law, projection)));
    }
  });

  test("has the moments of the corner times its share", () => {
    const law = ensembles.semicircle(1);
    const corner = moments(compress(law, "a"), 6);
    const expected = corner.map((mu) => rationalFunctionToText(fractions.mul(mu, parseRationalFunction("a"))));
    expect(moments(project(law, "a"), 6).map(rationalFunctionToText)).toEqual(expected);
  });

  test("by everything is nothing, and two are one", () => {
    expect(curve(project(ensembles.bures(), 1))).toBe(curve(ensembles.bures()));
    // P Q A Q P for free projections is not a projection of A: the second acts on zeros too.
    const twice = project(project(ensembles.mp(1), "1/2"), "1/2");
    expect(curve(twice)).toBe(curve(freeProduct(freeProduct(ensembles.mp(1), specialProjection), specialProjection)));
  });

  test("two free projections meet at the arcsine angle", () => {
    const { intervals, atoms } = support(project(parseLaw("atoms([[0, 1/2], [1, 1/2]])"), "1/2"));
    expect(intervals.map(({ left, right }) => [algebraicToNumber(left), algebraicToNumber(right)])).toEqual([[0, 1]]);
    expect(atoms.map(({ at, weight }) => [algebraicToNumber(at), algebraicToNumber(weight)])).toEqual([[0, 0.5]]);
  });

  test("is refused unless 0 < alpha <= 1", () => {
    expect(() => project(ensembles.mp(1), "3/2")).toThrow("project(A, alpha) needs 0 < alpha <= 1; got 3/2");
    expect(() => project(ensembles.mp(1), 0)).toThrow("project(A, alpha) needs 0 < alpha <= 1; got 0");
  });

  const specialProjection = parseLaw("atoms([[0, 1/2], [1, 1/2]])");
});
