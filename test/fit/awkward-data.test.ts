import { afterEach, describe, expect, it, vi } from "vitest";
import { ok, seededRandom } from "../../src/core/index.js";
import { distribution } from "../../src/density/index.js";
import { ensembles } from "../../src/ensembles/index.js";
import { diagnose } from "../../src/fit/diagnosis.js";
import { extrapolate, type Fit, fit as fitLaw } from "../../src/fit/index.js";
import { prepareSpectrum } from "../../src/fit/preparation.js";
import { spacingsOf } from "../../src/fit/spacing-ratio.js";
import { moments, support } from "../../src/law/index.js";
import { symmetricEigenvalues, wishartEigenvalues } from "../../src/matrices/index.js";
import { kolmogorovSmirnov } from "../../src/measured/index.js";
import { rationalFunctionToText } from "../../src/poly/index.js";
import { fitToText } from "../../src/report/index.js";
import { parseRational, rationalToNumber } from "../../src/rings/index.js";
import { algebraicToNumber } from "../../src/roots/index.js";

vi.setConfig({ testTimeout: 600_000 });

const gram = (size: number, columns: number, seed: number): Float64Array =>
  wishartEigenvalues(size, columns, seededRandom(seed));
const edges = ({ law }: Fit): number[] =>
  support(law).intervals.flatMap(({ left, right }) => [algebraicToNumber(left), algebraicToNumber(right)]);
/** Those of the law mp(c). */
const edgesOfGram = (c: number): number[] => [(1 - Math.sqrt(c)) ** 2, (1 + Math.sqrt(c)) ** 2];
const expectNear = (found: readonly number[], right: readonly number[], by: number): void => {
  expect(found).toHaveLength(right.length);
  found.forEach((x, k) => {
    expect(Math.abs(x - right[k]!)).toBeLessThan(by);
  });
};

/** The eigenvalues of the Laplacian of a union of three random perfect matchings. */
function laplacianEigenvalues(vertices: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  const matrix = new Float64Array(vertices * vertices);
  for (let matching = 0; matching < 3; matching++) {
    const order = Array.from({ length: vertices }, (_, k) => ({ k, at: random.uniform() })).sort((a, b) => a.at - b.at);
    for (let pair = 0; pair < vertices; pair += 2) {
      const [a, b] = [order[pair]!.k, order[pair + 1]!.k];
      matrix[a * vertices + b]! -= 1;
      matrix[b * vertices + a]! -= 1;
      matrix[a * vertices + a]! += 1;
      matrix[b * vertices + b]! += 1;
    }
  }
  return symmetricEigenvalues(matrix, vertices);
}

describe("a zero apart from all other eigenvalues", () => {
  it("is an outlier, and the bulk of the Laplacian of a regular graph is that of Kesten and McKay", () => {
    for (const seed of [1, 2, 3]) {
      const values = laplacianEigenvalues(400, seed);
      expect(Math.abs(values[0]!)).toBeLessThan(1e-12);
      const found = fitLaw(values);
      expect(found.preparation.zeros).toBe(0);
      expect([...found.preparation.outliers]).toEqual([0]);
      expect(found.diagnosis.verdict).not.toBe("poor");
      expectNear(edges(found), [3 - Math.sqrt(8), 3 + Math.sqrt(8)], 0.1);
    }
  });

  it("stays 0 at every size", () => {
    const values = [0, ...gram(120, 480, 5)];
    const found = extrapolate(values, { to: 242, bands: false });
    expect(found.outliers).toEqual([{ from: 0, to: 0 }]);
    expect(found.quantiles[0]).toBe(0);
  });

  it("is an atom beside the bulk of a Gram matrix of lower rank, or where the rank is said", () => {
    for (const missing of [1, 2, 3, 6]) {
      for (let seed = 1; seed <= 25; seed++) {
        const values = [...new Float64Array(missing), ...gram(300 - missing, 300, 100 * missing + seed)];
        expect(prepareSpectrum(values).zeros).toBe(missing);
      }
    }
    const apart = gram(120, 480, 5);
    expect(prepareSpectrum([0, ...apart], { rankThreshold: 1e-9 }).zeros).toBe(1);
    expect(prepareSpectrum(apart, { size: 121 }).zeros).toBe(1);
  });
});

describe("rounded and repeated eigenvalues", () => {
  it("are one bulk with the edges of their law", () => {
    for (const seed of [1, 2]) {
      const values = gram(400, 800, seed);
      const rounded = values.map((x) => Math.round(100 * x) / 100);
      const twice = Float64Array.from([...values, ...values]);
      expect(spacingsOf([values])).toBe("repelling");
      expect(spacingsOf([rounded])).toBeUndefined();
      expect(spacingsOf([twice])).toBe("repelling");
      for (const data of [rounded, twice]) {
        const found = fitLaw(data);
        expect(found.numeric.samples.bulks).toHaveLength(1);
        expect(found.preparation.outliers).toHaveLength(0);
        expect(found.diagnosis.scatter).toBe("real");
        expect(found.name).toBe("free Poisson (Marchenko-Pastur up to scale)");
        expectNear(edges(found), edgesOfGram(1 / 2), 0.05);
        expect(found.warnings.join()).toMatch(/nonzero eigenvalues equal another one/);
      }
    }
  });

  it("leave quantiles, of which none is repeated, as even as they are", () => {
    expect(spacingsOf([Float64Array.from({ length: 100 }, (_, k) => k)])).toBe("even");
  });
});

describe("eigenvalues far from 0", () => {
  it("have the law of those near 0, moved", () => {
    for (const shift of [1e4, 1e6, 1e9]) {
      const found = fitLaw(gram(300, 600, 4).map((x) => x + shift));
      expect(found.diagnosis.verdict).toBe("good");
      const moved = edges(found).map((x) => x - shift);
      expectNear(moved, edgesOfGram(1 / 2), 0.05);
    }
  });
});

describe("a spectrum over many decades", () => {
  it("has no candidate whose mean runs away from that of the data", () => {
    const values = Float64Array.from({ length: 300 }, (_, k) => 10 ** (-8 + (10 * k) / 299));
    const found = fitLaw(values);
    const mean = found.preparation.bulk.reduce((sum, x) => sum + x, 0) / values.length;
    const families = found.numeric.choice.ordered.filter(({ family }) => family === "continuous free Lévy");
    for (const curve of families) {
      const law = curve.exact()!.law;
      const first = rationalToNumber(parseRational(rationalFunctionToText(moments(law, 1)[0]!)));
      expect(first / mean).toBeLessThan(100);
    }
    expect(found.diagnosis.verdict).toBe("poor");
    expect(found.diagnosis.text).not.toMatch(/distance 1\.00/);
  });
});

describe("the distance of a law from its eigenvalues", () => {
  it("is below 5/n for right laws", () => {
    const right = distribution(ensembles.mp("1/2"));
    for (const size of [40, 400])
      for (let seed = 1; seed <= 10; seed++) {
        const distance = kolmogorovSmirnov((x) => right.cumulative(x), gram(size, 2 * size, seed));
        expect(size * distance).toBeLessThan(5);
      }
  });

  it("makes a law poor that has a tenth of them elsewhere, unless they are independent draws", () => {
    const verdict = (scatter: "real" | "independent") =>
      diagnose(
        {
          ...{ misfit: 20, modes: 20, freedom: 2, excess: 1, condition: 10, scatter },
          distance: { ks: 0.11, count: 600 },
          nonzero: 600,
        },
        ok<true>(true),
      ).verdict;
    expect(verdict("real")).toBe("poor");
    expect(verdict("independent")).toBe("good");
  });
});

describe("on a slow machine", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("an extrapolation has the guarantee that it has on a fast one", () => {
    const values = gram(100, 200, 6);
    const fast = extrapolate(values, { to: 200, bands: false });
    let now = 0;
    vi.spyOn(performance, "now").mockImplementation(() => {
      now += 60_000;
      return now;
    });
    const slow = extrapolate(values, { to: 200, bands: false });
    expect(fast.guarantee).toBe("certified");
    expect(slow.guarantee).toBe("certified");
    expect(slow.warnings).toEqual(fast.warnings);
  });
});

describe("why a better score was not chosen", () => {
  it("is a whole sentence for each reason alone", () => {
    const found = fitLaw(gram(100, 200, 6));
    const chosen = found.candidates.find((candidate) => candidate.chosen)!;
    const said = (physical: "no" | "unknown"): string =>
      fitToText({ ...found, candidates: [{ ...chosen, physical, chosen: false }, chosen] }, 6);
    expect(said("unknown")).toMatch(
      /one candidate has a better \(a smaller\) score than the chosen one: what could not be decided to be a spectrum is not chosen/,
    );
    expect(said("no")).toMatch(/: what is no spectrum is not chosen/);
  });
});
