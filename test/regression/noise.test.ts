import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/index.js";
import { distribution } from "../../src/density/index.js";
import { ensembles } from "../../src/ensembles/index.js";
import { wignerEigenvalues, wishartEigenvalues } from "../../src/matrices/index.js";
import {
  branchJets,
  fitLevyCurves,
  levyCurve,
  levySpectrum,
  sampleTransform,
  semicircleJets,
  weigh,
} from "../../src/regression/index.js";

/** The squared whitened deviation of m_n from the exact law, at the points chosen for one and the same sample. */
function misfits(
  sample: (seed: number) => Float64Array,
  levy: Parameters<typeof levyCurve>[0],
  count: number,
): number[] {
  return Array.from({ length: count }, (_, k) => {
    const samples = sampleTransform(sample(k + 1));
    const { shift, dilation } = samples;
    expect([shift.num, dilation]).toEqual([0n, { num: 1n, den: 1n }]);
    const jets = branchJets(levyCurve(levy), samples, samples.transform)!;
    const weighted = weigh(samples, jets);
    const re = weighted.mRe.map((value, j) => value - jets.valueRe[j]!);
    const im = weighted.mIm.map((value, j) => value - jets.valueIm[j]!);
    return weighted.whiten(re, im).reduce((sum, value) => sum + value * value, 0) / weighted.modes;
  });
}

describe("the noise of the empirical transform", () => {
  // With the right covariance and mean the squared deviation of every mode is 1 on average: about 13 modes and 40 matrices make that sharp to some 6 %.
  const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

  it("is that of Wigner matrices", () => {
    const levy = { drift: 0, variance: 0.25, jumps: [] };
    const found = misfits((seed) => wignerEigenvalues(300, 0.25, seededRandom(seed)), levy, 40);
    expect(average(found)).toBeGreaterThan(0.8);
    expect(average(found)).toBeLessThan(1.25);
  });

  it("is that of Gram matrices", () => {
    const levy = { drift: 0, variance: 0, jumps: [{ t: 0.25, rate: 4 }] };
    const found = misfits((seed) => wishartEigenvalues(300, 1200, seededRandom(seed)), levy, 40);
    expect(average(found)).toBeGreaterThan(0.8);
    expect(average(found)).toBeLessThan(1.25);
  });
});

describe("a fit in the metric of the noise", () => {
  it("errs by O(1/n), not by O(1/√n)", () => {
    const shape = { drift: false, variance: false, positive: true };
    const jumpOf = (values: Float64Array): number => {
      const samples = sampleTransform(values);
      const rough = fitLevyCurves(weigh(samples, semicircleJets(samples), "real", 0.02), shape, {}, 1)[0]!;
      const weighted = weigh(samples, branchJets(rough.curve, samples, samples.transform)!);
      return fitLevyCurves(weighted, shape, {}, 1)[0]!.draw([0, 0], 1).levy!.jumps[0]!.t;
    };
    const error = (size: number): number => {
      const errors = Array.from({ length: 12 }, (_, k) =>
        Math.abs(jumpOf(wishartEigenvalues(size, 4 * size, seededRandom(10 + k))) - 0.25),
      );
      return errors.reduce((sum, value) => sum + value, 0) / errors.length;
    };
    const [small, large] = [error(100), error(800)];
    // √8 is 2.8, 8 is the rate of theory; the standard error that theory gives at 800 is 0.0006.
    expect(small / large).toBeGreaterThan(4);
    expect(large).toBeLessThan(0.0012);
  });
});

describe("levySpectrum", () => {
  it("follows the branch past a place where one bulk is about to become two", () => {
    // Real solutions near the axis once took the place of the branch there, and a quarter of the mass was lost.
    const levies = [
      { drift: -0.6875, variance: 0.2445, jumps: [{ t: 2.0442, rate: 0.24544 }] },
      { drift: -0.6875, variance: 0.25, jumps: [{ t: 2, rate: 0.25 }] },
    ];
    for (const levy of levies) {
      const found = levySpectrum(levy)!;
      expect(found.intervals).toHaveLength(1);
      expect(found.mass).toBeCloseTo(1, 3);
    }
    const exact = distribution(ensembles.freeLevy("-11/16", "1/4", "1/4", [[2, 1]]));
    const found = levySpectrum(levies[1]!)!;
    for (const x of [-1, 0, 0.5, 1, 2, 3])
      expect(Math.abs(found.cumulative(x) - exact.cumulative(x))).toBeLessThan(1e-3);
  });

  it("has the edges, atom and quantiles of the exact law", () => {
    const found = levySpectrum({
      drift: 0,
      variance: 0,
      jumps: [
        { t: 2, rate: 0.075 },
        { t: 5.5, rate: 0.025 },
      ],
    })!;
    // Edges of the reference law, computed with SymPy and mpmath.
    const edges = found.intervals.flatMap(({ left, right }) => [left, right]);
    [1.005518159668944, 3.125689231439146, 4.162723779878571, 7.595354543299054].forEach((edge, k) => {
      expect(edges[k]).toBeCloseTo(edge, 10);
    });
    expect(found.atoms).toHaveLength(1);
    expect(found.atoms[0]!.weight).toBeCloseTo(0.9, 12);
    expect(found.mass).toBeCloseTo(1, 4);
    const exact = distribution(
      ensembles.compoundFreePoisson("1/10", [
        [2, "3/4"],
        ["11/2", "1/4"],
      ]),
    );
    for (const p of [0.5, 0.92, 0.95, 0.97, 0.98, 0.99]) expect(found.quantile(p)).toBeCloseTo(exact.quantile(p), 2);
  });

  it("has no atom beside a variance, and follows a drift", () => {
    const found = levySpectrum({ drift: 3, variance: 1, jumps: [] })!;
    expect(found.intervals[0]!.left).toBeCloseTo(1, 10);
    expect(found.intervals[0]!.right).toBeCloseTo(5, 10);
    expect(found.atoms).toEqual([]);
  });
});
