import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/index.js";
import { catalogue } from "../../src/ensembles/index.js";
import {
  checkAssumption,
  distances,
  empiricalDistribution,
  freeCumulants,
  kolmogorovSmirnov,
} from "../../src/fit/index.js";

describe("distances", () => {
  it("agree with a hand calculation", () => {
    // Uniform on [0, 1] against the two points 1/4 and 1: the largest gap is 1/2 just before 1.
    const uniform = (x: number): number => Math.min(1, Math.max(0, x));
    expect(kolmogorovSmirnov(uniform, Float64Array.of(0.25, 1))).toBeCloseTo(0.5, 12);
    const measured = distances({ cumulative: uniform, quantile: (p) => p, zeroWeight: 0 }, Float64Array.of(0.25, 1));
    expect(measured.w1).toBeCloseTo((0 + 0.25) / 2, 12);
  });

  it("compare atoms at zero on their own", () => {
    // Half an atom at 0 and half uniform on [0, 1], against a quarter of zeros: ks sees the atom, ksBulk does not.
    const cumulative = (x: number): number => (x < 0 ? 0 : 0.5 + 0.5 * Math.min(1, x));
    const truth = Float64Array.of(0, 1 / 6, 1 / 2, 5 / 6);
    const found = distances({ cumulative, quantile: (p) => Math.max(0, 2 * p - 1), zeroWeight: 0.5 }, truth);
    expect(found.ks).toBeCloseTo(0.5 + 1 / 12 - 0.25, 12);
    expect(found.ksBulk).toBeCloseTo(1 / 6, 12);
  });

  it("see equal values as one step", () => {
    const values = Float64Array.of(1, 1, 2, 2);
    expect(kolmogorovSmirnov(empiricalDistribution(values), values)).toBe(0);
  });
});

describe("free cumulants of a spectrum", () => {
  it("are those of a fair coin on {0, 1}", () => {
    // R(s) of (delta_0 + delta_1)/2 is (s − 1 + √(1 + s²))/(2 s) = 1/2 + s/4 − s³/16 + …
    const found = freeCumulants([0, 1], 5);
    [1 / 2, 1 / 4, 0, -1 / 16, 0].forEach((kappa, k) => {
      expect(found[k]).toBeCloseTo(kappa, 12);
    });
    expect(freeCumulants([1], 4, 2)[3]).toBeCloseTo(-1 / 16, 12);
  });
});

describe("checkAssumption", () => {
  const mp = catalogue.find((entry) => entry.name === "mp")!;
  const gram = (size: number, seed: number, ratio: string): Float64Array =>
    (mp.sample as (...all: unknown[]) => Float64Array)(size, seededRandom(seed), ratio);

  it("accepts two sizes of a Gram matrix of fixed normalisation", () => {
    const found = checkAssumption({ eigenvalues: gram(150, 1, "1/4") }, { eigenvalues: gram(300, 2, "1/2") });
    expect(found.verdict).toBe("flow");
    expect(found.deviation).toBeLessThan(0.1);
  });

  it("recognises a matrix divided by its own size", () => {
    const large = gram(300, 2, "1/2").map((value) => value / 2);
    const found = checkAssumption({ eigenvalues: large }, { eigenvalues: gram(150, 1, "1/4") });
    expect(found.verdict).toBe("by-size");
    found.ratios.forEach((ratio, j) => {
      expect(ratio).toBeCloseTo(2 ** -(j + 1), 1);
    });
  });

  it("says so when neither holds, as for a corner of a diagonal matrix", () => {
    const diagonal = (n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => 1 + (i % 10));
    expect(checkAssumption({ eigenvalues: diagonal(100) }, { eigenvalues: diagonal(400) }).verdict).not.toBe("flow");
    expect(() => checkAssumption({ eigenvalues: [1, 2] }, { eigenvalues: [1, 3] })).toThrow(/two sizes/);
  });
});
