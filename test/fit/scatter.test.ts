import { describe, expect, it } from "vitest";
import { BudgetError, createBudget, seededRandom, unlimited } from "../../src/core/index.js";
import { distribution, quantiles } from "../../src/density/index.js";
import { ensembles } from "../../src/ensembles/index.js";
import { bounded } from "../../src/fit/bounded.js";
import { extrapolate, fit as fitLaw } from "../../src/fit/index.js";
import { spacingsOf } from "../../src/fit/spacing-ratio.js";
import { compress } from "../../src/flow/index.js";
import { type Law, support } from "../../src/law/index.js";
import { wignerEigenvalues, wishartEigenvalues } from "../../src/matrices/index.js";
import { branchJets, levyCurve, sampleTransform, transformAt, weigh } from "../../src/regression/index.js";
import { rationalToNumber } from "../../src/rings/index.js";
import { algebraicToNumber } from "../../src/roots/index.js";

const drawsOf = (law: Law, size: number, seed: number): Float64Array => {
  const { quantile } = distribution(law);
  const random = seededRandom(seed);
  return Float64Array.from({ length: size }, () => quantile(Math.min(1 - 1e-9, Math.max(1e-9, random.uniform()))));
};

describe("spacings", () => {
  it("tell eigenvalues from independent draws and from quantiles without knowing the law", () => {
    const laws = [ensembles.semicircle(1), ensembles.mp("1/2")];
    expect(spacingsOf([wignerEigenvalues(200, 1, seededRandom(1))])).toBe("repelling");
    expect(spacingsOf([wishartEigenvalues(200, 400, seededRandom(2))])).toBe("repelling");
    for (const law of laws) {
      expect(spacingsOf([drawsOf(law, 400, 3)])).toBe("free");
      expect(spacingsOf([quantiles(law, 200)])).toBe("even");
    }
  });

  it("are those within every matrix of several, and none of few values", () => {
    const matrices = [1, 2, 3, 4].map((seed) => wignerEigenvalues(60, 1, seededRandom(seed)));
    expect(spacingsOf(matrices)).toBe("repelling");
    expect(spacingsOf([matrices.flatMap((values) => [...values])])).toBe("free");
    expect(spacingsOf([Float64Array.of(0, 0, 0, 1, 2, 3)])).toBeUndefined();
  });
});

describe("independent draws", () => {
  it("scatter about the exact transform as the covariance says", () => {
    // At points that do not depend on the draws.
    const law = ensembles.mp(2);
    const samples = sampleTransform(quantiles(law, 300), 1, false);
    const unit = rationalToNumber(samples.dilation);
    const levy = { drift: 0, variance: 0, jumps: [{ t: 2 / unit, rate: 1 / 2 }] };
    const jets = branchJets(levyCurve(levy), samples, samples.transform)!;
    const weighted = weigh(samples, jets, "independent");
    const pool = drawsOf(law, 60 * 300, 1);
    const all = Array.from({ length: 60 }, (_, k) => {
      const own = pool.slice(300 * k, 300 * (k + 1)).map((value) => value / unit);
      const [re, im] = transformAt(samples, own);
      const off = weighted.whiten(
        re.map((value, j) => value - jets.valueRe[j]!),
        im.map((value, j) => value - jets.valueIm[j]!),
      );
      return off.reduce((sum, value) => sum + value * value, 0) / weighted.modes;
    });
    const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
    expect(mean).toBeGreaterThan(0.8);
    expect(mean).toBeLessThan(1.25);
  });

  it("are fitted as such, and the verdict says so", () => {
    const found = fitLaw(drawsOf(ensembles.mp(2), 600, 5));
    expect(found.diagnosis.scatter).toBe("independent");
    expect(found.name).toBe("free Poisson (Marchenko-Pastur up to scale)");
    expect(found.preparation.outliers).toHaveLength(0);
    expect(found.warnings.join()).toMatch(/noise is that of independent draws from a law, not of the eigenvalues/);
  });
});

describe("quantiles of a law", () => {
  it.each([
    ["mp(1/2)", ensembles.mp("1/2")],
    [
      "two jumps",
      ensembles.compoundFreePoisson("1/4", [
        [1, "1/2"],
        [6, "1/2"],
      ]),
    ],
    [
      "two jumps and a semicircle",
      ensembles.freeLevy(0, "4/25", "1/10", [
        [2, "3/4"],
        ["11/2", "1/4"],
      ]),
    ],
    ["a Wishart and a Wigner matrix", ensembles.wignerPlusWishart("1/10", 1)],
  ])("at a thousandth of the compressed law give the law of 32 times the size: %s", (_, law) => {
    const found = extrapolate(quantiles(compress(law, { num: 1n, den: 32n }), 1000), { to: 32_000, bands: false });
    expect(found.fit.diagnosis.scatter).toBe("even");
    expect(found.fit.diagnosis.text).toMatch(/more even than eigenvalues of a random matrix ever are/);
    const { intervals, atoms } = support(law);
    const exact = distribution(law);
    const zero = atoms.reduce((sum, { weight }) => sum + algebraicToNumber(weight), 0);
    const foundZero = found.atoms.reduce((sum, { weight }) => sum + weight, 0);
    expect(Math.abs(foundZero - zero)).toBeLessThan(0.002);
    expect(found.bulks).toHaveLength(intervals.length);
    const width = algebraicToNumber(intervals.at(-1)!.right) - algebraicToNumber(intervals[0]!.left);
    const within = (value: number, edge: number): void => {
      expect(Math.abs(value - edge) / Math.max(Math.abs(edge), 0.1 * width)).toBeLessThan(0.01);
    };
    intervals.forEach(({ left, right }, k) => {
      const [low, high] = [algebraicToNumber(left), algebraicToNumber(right)];
      within(found.bulks[k]!.left, low);
      within(found.bulks[k]!.right, high);
      for (let j = 1; j < 100; j++) {
        const x = low + ((high - low) * j) / 100;
        const outside = (mass: number, atom: number): number => (mass - (x >= 0 ? atom : 0)) / (1 - atom);
        const distance = outside(found.cumulative(x), foundZero) - outside(exact.cumulative(x), zero);
        expect(Math.abs(distance)).toBeLessThan(0.02);
      }
    });
  });
});

describe("a list of one matrix", () => {
  it("is fitted as that matrix", () => {
    const values = wishartEigenvalues(150, 600, seededRandom(7));
    const found = fitLaw(values, { samples: [] });
    expect(found.name).toBe(fitLaw(values).name);
    expect(found.candidates.every(({ heldOut }) => heldOut === undefined)).toBe(true);
  });
});

describe("a bounded computation", () => {
  it("gives up at its own limit, and is ended by the limit of the caller", () => {
    const spending = (units: number) => (budget: { spend(units: number, doing: string): void }) => {
      budget.spend(units, "counting");
      return units;
    };
    expect(bounded({ limit: 10 }, unlimited, spending(10))).toEqual({ kind: "ok", value: 10 });
    expect(bounded({ limit: 10 }, unlimited, spending(11))).toMatchObject({ kind: "unable" });
    expect(() => bounded({ limit: 10 }, createBudget({ limit: 5 }), spending(6))).toThrow(BudgetError);
  });
});
