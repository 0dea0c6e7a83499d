import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/index.js";
import { highTemperatureMp } from "../../src/high-temperature/index.js";
import { gaussianMatrix, wishartEigenvalues } from "../../src/matrices/index.js";
import { rational } from "../../src/rings/index.js";
import {
  fitHighTemperature,
  fitMarchenkoPastur,
  type HighTemperatureFit,
  highTemperatureRival,
  marchenkoPastur,
  powerLawTail,
  type Rival,
  weightShape,
  weightSpectrum,
} from "../../src/scaling/index.js";

describe("marchenkoPastur", () => {
  it.each([
    [0.25, 1],
    [0.7, 3],
    [1, 0.5],
  ])("has the moments 1, 1 + c, 1 + 3 c + c² at c = %d, variance %d", (c, variance) => {
    const law = marchenkoPastur(c, variance);
    const n = 20_000;
    const moments = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      const x = law.quantile((i + 0.5) / n) / variance;
      moments.forEach((_, k) => {
        moments[k]! += x ** (k + 1) / n;
      });
    }
    [1, 1 + c, 1 + 3 * c + c * c].forEach((value, k) => {
      expect(moments[k]).toBeCloseTo(value, 4);
    });
  });

  it("has a density whose integral is its distribution function", () => {
    const law = marchenkoPastur(0.3, 2);
    const { left, right } = law.edges;
    const steps = 200_000;
    let sum = 0;
    for (let i = 0; i < steps; i++) {
      const x = left + ((right - left) * (i + 0.5)) / steps;
      sum += (Math.exp(law.logDensity(x)) * (right - left)) / steps;
      if (i % 20_000 === 19_999) {
        expect(law.cumulative(left + ((right - left) * (i + 1)) / steps)).toBeCloseTo(sum, 5);
      }
    }
    expect(law.cumulative(law.quantile(0.3))).toBeCloseTo(0.3, 9);
    expect([law.cumulative(left - 1), law.cumulative(right + 1), law.logDensity(right + 1)]).toEqual([
      0,
      1,
      Number.NEGATIVE_INFINITY,
    ]);
    expect(() => marchenkoPastur(1.1, 1)).toThrow(/at most 1; got 1.1/);
  });
});

describe("fitMarchenkoPastur", () => {
  it("raises false spikes about as often as its level says, and finds the variance", () => {
    let alarms = 0;
    const runs = 100;
    for (let seed = 1; seed <= runs; seed++) {
      const fit = fitMarchenkoPastur(wishartEigenvalues(100, 250, seededRandom(seed)), 0.4, 0.05);
      if (fit.spikes.length > 0) alarms++;
      expect(Math.abs(fit.law.variance - 1)).toBeLessThan(0.08);
      expect(fit.ks).toBeLessThan(0.06);
    }
    // 5 % of 100 are 5; 20 would be seven standard deviations more.
    expect(alarms).toBeLessThan(20);
  });

  it("finds the spikes of a spiked matrix where the theory puts them", () => {
    // Rows of standard deviation √l: an eigenvalue at l (1 + c/(l − 1)) [Baik and Silverstein 2006].
    const [p, n, c] = [200, 400, 0.5];
    const matrix = gaussianMatrix(p, n, seededRandom(5)).entries;
    const strengths = [12, 6];
    strengths.forEach((l, row) => {
      for (let j = 0; j < n; j++) matrix[row * n + j]! *= Math.sqrt(l);
    });
    const shape = weightShape(weightSpectrum(p, n, matrix), { resamples: 20 });
    expect(shape.verdict).toBe("spikes");
    expect(shape.bulk.spikes.length).toBe(2);
    strengths.forEach((l, k) => {
      // Scatter l √(2/n (1 − c/(l − 1)²)): 7 %.
      expect(Math.abs(shape.bulk.spikes[k]! / (l * (1 + c / (l - 1))) - 1)).toBeLessThan(0.25);
    });
    expect(shape.reason).toMatch(/2 eigenvalues lie above its edge/);
  });
});

describe("powerLawTail", () => {
  it("finds the exponent of a Pareto sample within its error, and finds it plausible", () => {
    const tails = Array.from({ length: 20 }, (_, k) => {
      const random = seededRandom(11 + k);
      const sample = Float64Array.from({ length: 600 }, () => 2 * (1 - random.uniform()) ** (-1 / 1.5)).sort();
      return powerLawTail(sample);
    });
    for (const tail of tails) {
      expect(Math.abs(tail.alpha - 2.5)).toBeLessThan(4 * tail.error);
      expect(tail.error).toBeLessThan(0.4);
      expect(tail.error).toBeGreaterThan(1.5 / Math.sqrt(600) / 2);
    }
    // A right law is found less plausible than 0.1 in a tenth of the cases: more than 7 of 20 once in 2000 times.
    expect(tails.filter(({ plausibility }) => plausibility < 0.1).length).toBeLessThan(8);
  });

  it("finds an exponential sample implausible once the tail is long enough to tell", () => {
    const random = seededRandom(12);
    const sample = Float64Array.from({ length: 2000 }, () => 1 - Math.log(1 - random.uniform())).sort();
    const tail = powerLawTail(sample, { resamples: 40 });
    expect(tail.plausibility < 0.1 || tail.alpha > 6 || tail.count < 200).toBe(true);
  });

  it("refuses too few values", () => {
    expect(() => powerLawTail(Float64Array.of(1, 2, 3))).toThrow(/at least 10 different positive values/);
    expect(() => powerLawTail(new Float64Array(50).fill(2))).toThrow(/at least 10 different/);
  });
});

describe("weightShape", () => {
  it("calls random matrices random-like", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const eigenvalues = wishartEigenvalues(150, 300, seededRandom(seed)).map((value) => 0.02 * value);
      const shape = weightShape({ eigenvalues, p: 150, n: 300 }, { resamples: 10, level: 0.001 });
      expect(shape.verdict).toBe("random-like");
      expect(shape.bulk.law.variance / 0.02).toBeCloseTo(1, 1);
    }
  });

  it("calls a matrix with power-law rows heavy-tailed", () => {
    // Rows scaled so that the eigenvalues inherit a Pareto tail of density exponent 1 + 1.5.
    const [p, n] = [150, 600];
    const random = seededRandom(4);
    const matrix = gaussianMatrix(p, n, random).entries;
    for (let i = 0; i < p; i++) {
      const scale = (1 - random.uniform()) ** (-1 / 3);
      for (let j = 0; j < n; j++) matrix[i * n + j]! *= scale;
    }
    const shape = weightShape(weightSpectrum(p, n, matrix));
    expect(shape.verdict).toBe("heavy-tailed");
    if ("none" in shape.tail) throw new Error(shape.tail.none);
    expect(Math.abs(shape.tail.alpha - 2.5)).toBeLessThan(4 * shape.tail.error);
  });

  it("puts other laws beside the bulk, on the same eigenvalues", () => {
    const eigenvalues = wishartEigenvalues(100, 400, seededRandom(1));
    const uniform: Rival = {
      name: "uniform",
      fit: (bulk) => {
        const [low, high] = [bulk[0]!, bulk.at(-1)!];
        return {
          law: {
            logDensity: () => -Math.log(high - low),
            cumulative: (x) => Math.min(1, Math.max(0, (x - low) / (high - low))),
          },
          parameters: { low, high },
        };
      },
    };
    const { laws } = weightShape({ eigenvalues, p: 100, n: 400 }, { rivals: [uniform], resamples: 10 });
    expect(laws.map((law) => law.name)).toEqual(["Marchenko-Pastur", "uniform"]);
    expect(laws[0]!.meanLogDensity).toBeGreaterThan(laws[1]!.meanLogDensity);
    expect(laws[0]!.ks).toBeLessThan(laws[1]!.ks / 3);
  });

  it("puts the high-temperature law beside it, which wins on its own samples and finds their kappa", () => {
    const [ratio, kappa] = [0.5, 2];
    const sample = highTemperatureMp(rational(1, 2), rational(kappa)).sample(400, seededRandom(3));
    let fitted: HighTemperatureFit | undefined;
    const rival: Rival = {
      ...highTemperatureRival,
      fit(eigenvalues, c, budget) {
        fitted = fitHighTemperature(eigenvalues, c, budget);
        return { law: fitted.law, parameters: { kappa: fitted.kappa } };
      },
    };
    const { laws, verdict } = weightShape({ eigenvalues: sample, p: 400, n: 800 }, { rivals: [rival], resamples: 10 });
    expect(verdict).not.toBe("random-like");
    expect(laws[1]!.ks).toBeLessThan(laws[0]!.ks / 2);
    expect(laws[1]!.ks).toBeLessThan(0.06);
    const { law, kappa: found, variance } = fitted!;
    expect(variance).toBeCloseTo(1, 0);
    expect(found / kappa).toBeGreaterThan(0.5);
    expect(found / kappa).toBeLessThan(2);
    // The table is a law: its moments are those of the exact one with the fitted kappa, 1 and 1 + gamma + gamma/kappa.
    let [mass, first, second] = [0, 0, 0];
    for (let i = 0; i < 4000; i++) {
      const x = ((i + 0.5) / 4000) * 2 * sample.at(-1)!;
      const weight = (Math.exp(law.logDensity(x)) * 2 * sample.at(-1)!) / 4000;
      mass += weight;
      first += weight * (x / variance);
      second += weight * (x / variance) ** 2;
    }
    expect(mass).toBeCloseTo(1, 2);
    expect(first).toBeCloseTo(1, 1);
    expect(second / (1 + ratio + ratio / found)).toBeCloseTo(1, 1);
  });

  it("takes either orientation of a matrix", () => {
    const entries = gaussianMatrix(30, 50, seededRandom(2)).entries;
    const turned = Float64Array.from(entries, (_, k) => entries[(k % 30) * 50 + Math.floor(k / 30)]!);
    const [wide, tall] = [weightSpectrum(30, 50, entries), weightSpectrum(50, 30, turned)];
    expect([wide.p, wide.n, tall.p, tall.n]).toEqual([30, 50, 30, 50]);
    wide.eigenvalues.forEach((value, k) => {
      expect(tall.eigenvalues[k]! / value).toBeCloseTo(1, 9);
    });
    // The trace is the squared norm.
    const norm = entries.reduce((sum, value) => sum + value * value, 0);
    expect((wide.eigenvalues.reduce((sum, value) => sum + value, 0) * 50) / norm).toBeCloseTo(1, 12);
  });

  it("refuses what has no shape", () => {
    expect(() => weightShape({ eigenvalues: new Float64Array(5), p: 5, n: 5 })).toThrow(/5 eigenvalues have no shape/);
    const negative = Float64Array.from({ length: 30 }, (_, k) => k - 1);
    expect(() => weightShape({ eigenvalues: negative, p: 30, n: 40 })).toThrow(/an eigenvalue is -1/);
    expect(() => weightSpectrum(1, 9, new Float64Array(9))).toThrow(/at least two rows/);
  });
});
