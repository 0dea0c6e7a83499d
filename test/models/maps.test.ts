import {
  augmentationMap,
  type BirationalMap,
  carryCumulants,
  companionMap,
  composeMaps,
  dilationMap,
  equalMaps,
  identityMap,
  informationPlusNoiseMap,
  invertMap,
  sampleCovarianceMap,
  weightedWishartMap,
} from "freecurve";
import { fractions, parseRationalFunction, rationalFunctionToText } from "freecurve/poly";
import { describe, expect, test } from "vitest";

const f = parseRationalFunction;
const equal = (a: BirationalMap, b: BirationalMap): void => expect(equalMaps(a, b)).toBe(true);

const maps: [string, BirationalMap][] = [
  ["sample covariance", sampleCovarianceMap(f("c"))],
  ["weighted Wishart", weightedWishartMap(f("c"))],
  ["information plus noise", informationPlusNoiseMap(f("v"), f("c"))],
  ["augmentation", augmentationMap(f("w"), f("x"))],
];

describe("the maps of matrix models", () => {
  test.each(maps)("%s: the inverse is the inverse", (_name, map) => {
    equal(composeMaps(map, invertMap(map)), identityMap);
    equal(composeMaps(invertMap(map), map), identityMap);
  });

  test("are the equations of the papers", () => {
    // Silverstein 1995: m = ∫ dA(t)/(t(1 − c − c z m) − z) = m_A(z/g)/g with g = 1 − c − c z m.
    const silverstein = sampleCovarianceMap(f("c")).old;
    expect(fractions.equals(silverstein.z, f("z/(1 - c - c*z*m)"))).toBe(true);
    expect(fractions.equals(silverstein.m, f("m*(1 - c - c*z*m)"))).toBe(true);
    // Dozier–Silverstein 2007: m = ∫ dA(t)/(t/g − g z + v(1 − c)) = g·m_A(g(g z − v(1 − c))) with g = 1 + v c m.
    const noise = informationPlusNoiseMap(f("v"), f("c")).old;
    expect(fractions.equals(noise.z, f("(1 + v*c*m)*((1 + v*c*m)*z - v*(1 - c))"))).toBe(true);
    expect(fractions.equals(noise.m, f("m/(1 + v*c*m)"))).toBe(true);
  });

  test("noise adds up, and without noise nothing happens", () => {
    const [v, w, c] = [f("v"), f("w"), f("c")];
    equal(
      composeMaps(informationPlusNoiseMap(v, c), informationPlusNoiseMap(w, c)),
      informationPlusNoiseMap(fractions.add(v, w), c),
    );
    equal(informationPlusNoiseMap(fractions.zero, c), identityMap);
  });

  test("with few rows for the columns a sample covariance is the population, and a weighted one its mean", () => {
    equal(sampleCovarianceMap(fractions.zero), identityMap);
    const kappas = ["k1", "k2", "k3"].map(f);
    const texts = carryCumulants(weightedWishartMap(f("c")), kappas).map((kappa) =>
      rationalFunctionToText(fractions.div(kappa, fractions.one)),
    );
    // kappa_k = c^(k−1) mu_k with the moments of the weights
    const expected = ["k1", "c*(k2 + k1^2)", "c^2*(k3 + 3*k1*k2 + k1^3)"].map((text) =>
      rationalFunctionToText(f(text)),
    );
    expect(texts).toEqual(expected);
  });

  test("a weighted Wishart matrix is the transpose of a sample covariance matrix", () => {
    // X B X* /n is the companion, from n×n to p×p, of B^(1/2) X* X B^(1/2)/n, which is p/n times the sample covariance.
    const [c, inverse] = [f("c"), f("1/c")];
    const long = [sampleCovarianceMap(inverse), dilationMap(c), companionMap(inverse)].reduce(composeMaps);
    equal(weightedWishartMap(c), long);
  });

  test("what is added as a block and scaled is scaled and added as a block", () => {
    equal(
      composeMaps(augmentationMap(f("w"), f("x")), dilationMap(f("a"))),
      composeMaps(dilationMap(f("a")), augmentationMap(f("w"), f("a*x"))),
    );
    equal(
      composeMaps(augmentationMap(f("u"), f("x")), augmentationMap(f("w"), f("x"))),
      augmentationMap(f("1 - (1 - u)*(1 - w)"), f("x")),
    );
  });
});
