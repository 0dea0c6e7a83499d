import { describe, expect, test } from "vitest";
import { laws, nearestName, operations, signature } from "../../src/lang/index.js";

describe("the vocabulary", () => {
  test("holds the laws and operations that documents and scripts rely on, with their arguments", () => {
    expect(laws.map(signature)).toEqual([
      "semicircle(v)",
      "mp(c)",
      "freePoisson(rate, jump)",
      "compoundFreePoisson(rate, jumps)",
      "freeLevy(drift, variance, rate, jumps)",
      "atoms(points)",
      "arcsine(a, b)",
      "kestenMcKay(d)",
      "wachter(a, b)",
      "freeMeixner(a, b)",
      "fussCatalan(p)",
      "bures()",
      "deformedWigner(v, points)",
      "silverstein(c, population)",
      "inverseMp(c)",
      "wignerPlusWishart(eps, phi)",
      "raney(p, r)",
      "tetilla()",
      "manova(c1, c2)",
      "fisher(c1, c2)",
      "monomialPotential(k)",
      "conjugateKernel(eta, zeta, phi, psi)",
      "ridgeHat(c, kappa)",
      "quarterCircle()",
      "productOfWisharts(ratios)",
      "curve(polynomial[, moments])",
    ]);
    expect(operations.map(signature)).toEqual([
      "decompress(L, tau)",
      "compress(L, alpha)",
      "shift(L, b)",
      "scale(L, a)",
      "power(L, s)",
      "semicircularFlow(L, v)",
      "inverse(L)",
      "mobius(L, a, b, c, d)",
      "square(L)",
      "squareRoot(L)",
      "companion(L, c)",
      "deform(L, c, tau)",
      "freeSum(A, B)",
      "freeProduct(A, B)",
      "freeDifference(C, A)",
      "freeQuotient(C, A)",
      "multiplicativePower(L, s)",
      "commutator(A, B)",
      "anticommutator(A, B)",
      "mix(w, A, B)",
      "augment(A, w, x)",
      "project(A, alpha)",
      "sampleCovariance(A, c)",
      "weightedWishart(B, c)",
      "doublyCorrelatedWishart(A, B, c)",
      "informationPlusNoise(A, v, c)",
      "rectangularFreeSum(A, B, c)",
      "rectangularPower(A, s, c)",
    ]);
  });

  test("every entry and every argument has a line for the help", () => {
    for (const entry of [...laws, ...operations]) {
      expect(entry.doc).toMatch(/\S/);
      for (const argument of entry.arguments) expect(argument.doc).toMatch(/\S/);
    }
  });

  test("no name stands for two things", () => {
    const names = [...laws, ...operations].map((entry) => entry.name);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each([
    ["semicircel", "semicircle"],
    ["Bures", "bures"],
    ["kestenmckay", "kestenMcKay"],
    ["freePoison", "freePoisson"],
    ["mpp", "mp"],
    ["decompression", "decompress"],
    ["nothingLikeIt", undefined],
  ])("nearest to %s is %s", (word, nearest) => {
    const names = [...laws, ...operations].map((entry) => entry.name);
    expect(nearestName(word, names)).toBe(nearest);
  });
});
