import {
  atoms,
  ensembles,
  freeProduct,
  inverse,
  type Law,
  lawToText,
  moments,
  parseLaw,
  parseRational,
  productOfWisharts,
  support,
  weightedWishart,
} from "freecurve";
import { constantValue, rationalFunctionToText, toText } from "freecurve/poly";
import { describe, expect, test } from "vitest";
import { QQ, type Rational, rational, rationalToText } from "../../src/rings/index.js";
import { algebraicToNumber } from "../../src/roots/index.js";
import { powerSeries } from "../../src/series/index.js";

const curve = (law: Law): string => toText(law.curve);
const ring = powerSeries(QQ);

/** mu_k = [u^k] of the inverse of chi(y) = y/((1 + y) Π (1 + c_i y)), Voiculescu's way. */
function momentsByInversion(ratios: readonly string[], order: number): readonly Rational[] {
  const linear = (c: Rational): Rational[] => Array.from({ length: order }, (_, k) => [QQ.one, c][k] ?? QQ.zero);
  const product = ratios.map((c) => linear(parseRational(c))).reduce(ring.mul, linear(QQ.one));
  return ring.reversion([QQ.zero, ...ring.inverse(product)]).slice(1);
}

describe("products of Wishart matrices", () => {
  test("of one and of two", () => {
    expect(curve(productOfWisharts(["c"]))).toBe(curve(ensembles.mp("c")));
    expect(curve(productOfWisharts(["c", "d"]))).toBe(curve(parseLaw("mp(c) [*] mp(d)")));
    expect(curve(productOfWisharts(["d", "c"]))).toBe(curve(productOfWisharts(["c", "d"])));
  });

  test.each([1, 2, 3, 5])("of %i square ones is Fuss–Catalan", (k) => {
    expect(curve(productOfWisharts(new Array(k).fill(1)))).toBe(curve(ensembles.fussCatalan(k)));
  });

  test.each([[["1/2", "1/3", "2"]], [["1/2", "1/2", "1/2", "1/2"]], [["1/5", "3", "1/7", "2", "1"]]])(
    "has the moments of the product of S-transforms: %s",
    (ratios) => {
      const found = moments(productOfWisharts(ratios), 6).map(({ numerator, denominator }) =>
        rationalToText(QQ.div(constantValue(numerator), constantValue(denominator))),
      );
      expect(found).toEqual(momentsByInversion(ratios, 6).map(rationalToText));
    },
  );

  test("is made factor by factor: a Wishart matrix weighted by the rest, or free products", () => {
    // X1 (X2 ⋯ Xk)(X2 ⋯ Xk)* X1*, where the inner matrix has n1 rows: its ratios are n1/n_i.
    expect(curve(productOfWisharts(["c", "c*d", "c*e"]))).toBe(
      curve(weightedWishart(productOfWisharts(["d", "e"]), "c")),
    );
    expect(curve(productOfWisharts(["1/2", "1/3", "1/4"]))).toBe(
      curve(freeProduct(freeProduct(ensembles.mp("1/2"), ensembles.mp("1/3")), ensembles.mp("1/4"))),
    );
  });

  test("has the first moments in symbols", () => {
    expect(moments(productOfWisharts(["a", "b", "c"]), 2).map(rationalFunctionToText)).toEqual(["1", "a + b + c + 1"]);
  });

  test("has zeros where the narrowest factor is narrower than the rows, and a hard edge where it is as wide", () => {
    const narrow = productOfWisharts(["1/2", "2", "4"]);
    expect(atoms(narrow).map(({ at, weight }) => [algebraicToNumber(at), algebraicToNumber(weight)])).toEqual([
      [0, 0.75],
    ]);
    const { intervals } = support(productOfWisharts([1, 1, "1/2"]));
    expect(algebraicToNumber(intervals[0]!.left)).toBe(0);
    expect(intervals[0]!.leftExponent).toEqual({ kind: "ok", value: rational(-2, 3) });
    const away = support(productOfWisharts(["1/2", "1/4"])).intervals[0]!;
    expect(algebraicToNumber(away.left)).toBeGreaterThan(0.05);
    expect(moments(inverse(productOfWisharts(["1/2", "1/4"])), 1).map(rationalFunctionToText)).toEqual(["8/3"]);
  });

  test("survives being written down, and a mistake is refused in a sentence", () => {
    const law = productOfWisharts(["c", "1/2", "2*d"]);
    expect(lawToText(law)).toBe("productOfWisharts([c, 1/2, 2*d])");
    expect(curve(parseLaw(lawToText(law)))).toBe(curve(law));
    expect(() => productOfWisharts([])).toThrow(
      "productOfWisharts(ratios) needs at least one ratio, as in productOfWisharts([1/2, 1/3])",
    );
    expect(() => productOfWisharts([1, 0])).toThrow("productOfWisharts(ratios) needs every ratio > 0; got 0");
    expect(() => parseLaw("productOfWisharts(2)")).toThrow("takes a list ratios such as");
  });
});
