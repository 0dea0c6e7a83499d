import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/index.js";
import { quantiles } from "../../src/density/index.js";
import { catalogue, ensembles } from "../../src/ensembles/index.js";
import { leaveOneOut } from "../../src/fit/held-out.js";
import { fit as fitLaw } from "../../src/fit/index.js";
import { wishartEigenvalues } from "../../src/matrices/index.js";
import {
  branchJets,
  deviationOf,
  fitDenseCurve,
  fitLevyCurves,
  levyCurve,
  sampleTransform,
  transformAt,
  weigh,
} from "../../src/regression/index.js";

const sample = (name: string, size: number, seed: number, ...values: unknown[]): Float64Array =>
  (catalogue.find((entry) => entry.name === name)!.sample as (...all: unknown[]) => Float64Array)(
    size,
    seededRandom(seed),
    ...values,
  );

const squared = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value ** 2, 0);

describe("the choice of a family", () => {
  it("finds a deformed Wigner law on its sample", () => {
    const points: [number, string][] = [
      [-1, "1/2"],
      [1, "1/2"],
    ];
    expect(fitLaw(sample("deformedWigner", 120, 1, "1/4", points)).name).toBe(
      "deformed Wigner with 2 population atoms",
    );
  });

  it("finds a Silverstein law on its sample", () => {
    const population: [number, string][] = [
      [1, "1/2"],
      [8, "1/2"],
    ];
    const covariance = fitLaw(sample("silverstein", 120, 1, "1/4", population));
    expect(covariance.name).toBe("Silverstein with 2 population eigenvalues");
    expect(covariance.diagnosis.verdict).toBe("good");
  });

  it("does not charge a number that the data hardly fix like one that they fix sharply", () => {
    // Two jumps of which one acts almost like a shift. The eigenvalues are without noise, so that the misfit of the shifted law is what the second jump is worth on average: less than log n² = 13.8.
    const law = ensembles.compoundFreePoisson(8, [
      ["1/32", "1/2"],
      ["3/16", "1/2"],
    ]);
    const found = fitLaw(quantiles(law, 1000));
    expect(found.name).toBe("free Poisson with 2 jumps");
    const shifted = found.candidates.findIndex(
      ({ name }) => name === "free Poisson (Marchenko-Pastur up to scale), shifted",
    );
    const worth = found.numeric.choice.ordered[shifted]!.misfit - found.numeric.curve.misfit;
    expect(worth).toBeGreaterThan(4);
    expect(worth).toBeLessThan(Math.log(1000 ** 2));
  });

  it("takes no second root of a squared factor for the branch at the hard edge", () => {
    // A continuous jump measure whose continuous part vanished has a curve with a double root: its deviation is that of the jumps alone.
    const found = fitLaw(sample("mp", 300, 6, 1));
    expect(found.name).toBe("free Poisson (Marchenko-Pastur up to scale)");
    const misfits = found.numeric.choice.ordered.map(({ misfit }) => misfit);
    expect(found.numeric.curve.misfit - Math.min(...misfits)).toBeLessThan(12);
  });
});

describe("a dense curve", () => {
  const levy = { drift: 0, variance: 0, jumps: [{ t: 0.25, rate: 4 }] };
  const shape = { drift: true, variance: false, positive: true };
  const conditions = { moments: [], atoms: [], edges: [] };
  const weightedOf = (seed: number) => {
    const samples = sampleTransform(wishartEigenvalues(200, 800, seededRandom(seed)));
    return weigh(samples, branchJets(levyCurve(levy), samples, samples.transform)!);
  };

  it("of degrees (2, 1) is as likely as the best shifted free Poisson law, which is the same curve", () => {
    const weighted = weightedOf(1);
    const dense = fitDenseCurve(weighted, 2, 1, conditions);
    const lawful = fitLevyCurves(weighted, shape, {}, 1)[0]!;
    expect(Math.abs(dense.misfit - lawful.misfit)).toBeLessThan(0.05);
  });

  it("varies in its draws as fits to other matrices do", () => {
    // The jump c of c z m² + (z + …) m + 1 is the ratio of two coefficients.
    const jump = ({ coeffs }: { readonly coeffs: Float64Array }): number => coeffs[5]! / coeffs[3]!;
    const spread = (values: readonly number[]): number => {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return Math.sqrt(squared(values.map((value) => value - mean)) / (values.length - 1));
    };
    const fits = Array.from({ length: 24 }, (_, k) => fitDenseCurve(weightedOf(k + 1), 2, 1, conditions));
    const random = seededRandom(1);
    const first = fits[0]!;
    const draws = Array.from({ length: 400 }, () =>
      jump(
        first.draw(
          Array.from({ length: first.coordinates }, () => random.normal()),
          1,
        ).curve,
      ),
    );
    const ratio = spread(draws) / spread(fits.map(({ curve }) => jump(curve)));
    expect(ratio).toBeGreaterThan(0.6);
    expect(ratio).toBeLessThan(1.7);
  });
});

describe("leaving out one of several matrices", () => {
  it("predicts it as a fit to the others does", () => {
    const matrices = [1, 2, 3].map((seed) => wishartEigenvalues(150, 600, seededRandom(seed)));
    const samples = sampleTransform(Float64Array.from(matrices.flatMap((values) => [...values])).sort(), 3);
    const levy = { drift: 0, variance: 0, jumps: [{ t: 0.25, rate: 4 }] };
    const weighted = weigh(samples, branchJets(levyCurve(levy), samples, samples.transform)!);
    const shape = { drift: false, variance: false, positive: true };
    const found = leaveOneOut(weighted, samples, matrices)(fitLevyCurves(weighted, shape, {}, 1)[0]!);
    const shifted = weighted.mRe.map((value, j) => value - samples.transform.valueRe[j]!);
    const shiftedIm = weighted.mIm.map((value, j) => value - samples.transform.valueIm[j]!);
    matrices.forEach((own, k) => {
      const others = Float64Array.from(matrices.flatMap((values, i) => (i === k ? [] : [...values]))).sort();
      const transformed = (values: Float64Array) => {
        const [re, im] = transformAt(samples, values);
        return { ...weighted, mRe: re.map((v, j) => v + shifted[j]!), mIm: im.map((v, j) => v + shiftedIm[j]!) };
      };
      const refitted = fitLevyCurves(transformed(others), shape, {}, 1)[0]!;
      const direct = squared(deviationOf(transformed(own), refitted.curve)) / 3;
      expect(found[k]! / direct).toBeCloseTo(1, 1);
    });
  });

  it("is reported for every candidate: about 1 for the law, far more for a wrong one", () => {
    const pool = [4, 5].map((seed) => wishartEigenvalues(120, 480, seededRandom(seed)));
    const found = fitLaw(wishartEigenvalues(120, 480, seededRandom(3)), { samples: pool });
    expect(found.candidates.find(({ chosen }) => chosen)!.heldOut).toBeLessThan(1.5);
    expect(found.candidates.find(({ name }) => name === "semicircle, shifted")!.heldOut).toBeGreaterThan(5);
    expect(fitLaw(pool[0]!).candidates.every(({ heldOut }) => heldOut === undefined)).toBe(true);
  });
});
