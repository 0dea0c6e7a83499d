import { lawToText, moments, parseLaw, parseRational } from "freecurve";
import { rationalFunctionToText } from "freecurve/poly";
import { describe, expect, test } from "vitest";

describe("matrix models in the input language", () => {
  test.each([
    "augment(mp(c), w, x)",
    "project(mp(c), alpha)",
    "sampleCovariance(bures(), c)",
    "weightedWishart(atoms([[-1, 1/2], [1, 1/2]]), c)",
    "doublyCorrelatedWishart(mp(d), wachter(2, 3), c)",
    "informationPlusNoise(atoms([[1, 1/2], [4, 1/2]]), v, c)",
    "rectangularFreeSum(atoms([[1, 1]]), mp(1/2), 1/2)",
    "rectangularPower(atoms([[1, 1]]), s, c)",
    "productOfWisharts([c, 1/2, 2*d])",
  ])("%s is written as it was read", (text) => {
    expect(lawToText(parseLaw(text))).toBe(text);
  });

  test("a chain of operations, values of parameters, an omitted argument", () => {
    const chain = parseLaw("arcsine(-1, 1) |> mobius(0, 3/4, -1, 5/4) |> weightedWishart(c)");
    // mu_2 = kappa_2 + kappa_1², where kappa_2 = c mu_2 of the covariance of the series, Σ f^(2|k|) = (1 + f²)/(1 − f²) with f = 1/2
    expect(moments(chain, 2).map(rationalFunctionToText)).toEqual(["1", "5/3*c + 1"]);
    const fixed = parseLaw("mp(d) |> doublyCorrelatedWishart(mp(e), c)", { parameters: { d: parseRational("1/2") } });
    expect(fixed.parameters).toEqual(["c", "e"]);
    expect(() => parseLaw("mp(1) |> sampleCovariance()")).toThrow("sampleCovariance(A, c) takes 2 arguments; got 1");
  });

  test.each([
    ["mp(1) |> sampleCovariance(0)", "sampleCovariance(A, c) needs c > 0; got 0"],
    ["mp(1) |> informationPlusNoise(-1, 1)", "informationPlusNoise(A, v, c) needs v >= 0; got -1"],
    ["mp(1) |> augment(1, 0)", "augment(A, w, x) needs w between 0 and 1; got 1"],
    ["mp(1) |> project(2)", "project(A, alpha) needs alpha with 0 < alpha <= 1; got 2"],
    ["semicircle(1) |> rectangularPower(2, 1)", "needs a law A on [0, infinity), that of R R* for a p x n matrix R"],
    ["productOfWisharts([1, -1])", "productOfWisharts(ratios) needs every ratio > 0; got -1"],
  ])("%s is refused with the place", (text, sentence) => {
    expect(() => parseLaw(text)).toThrow(sentence);
    expect(() => parseLaw(text)).toThrow("^");
  });
});
