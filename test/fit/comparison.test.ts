import { describe, expect, it } from "vitest";
import { distances } from "../../src/fit/index.js";
import { empiricalDistribution, kolmogorovSmirnov } from "../../src/measured/index.js";

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
