import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/index.js";
import { distribution, quantiles } from "../../src/density/index.js";
import { ensembles } from "../../src/ensembles/index.js";
import { decompress } from "../../src/flow/index.js";
import type { Law } from "../../src/law/index.js";
import { haarOrthogonal, symmetricEigenvalues } from "../../src/matrices/index.js";
import { compareSpectra, empiricalMeasure, freeCompression, freeCumulants } from "../../src/measured/index.js";

const measureOf = (values: ArrayLike<number>) => empiricalMeasure([values], values.length);

/** The spectrum of the leading corner of Q diag(spectrum) Q*, Q Haar-distributed. */
function haarCorner(spectrum: Float64Array, rows: number, seed: number): Float64Array {
  const n = spectrum.length;
  const q = haarOrthogonal(n, seededRandom(seed)).entries;
  const corner = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += q[i * n + k]! * spectrum[k]! * q[j * n + k]!;
      corner[i * rows + j] = corner[j * rows + i] = sum;
    }
  }
  return symmetricEigenvalues(corner, rows);
}

describe("the free compression of an empirical measure", () => {
  it("of a reflection to half its size is the arcsine law", () => {
    const law = freeCompression(measureOf([-3, 3]), 1 / 2, 1 / 100);
    law.x.forEach((x, i) => {
      const exact = x <= -3 ? 0 : x >= 3 ? 1 : 1 / 2 + Math.asin(x / 3) / Math.PI;
      expect(law.cumulative[i]).toBeCloseTo(exact, 8);
    });
    // The Cauchy transform 1/√(z² − 9) at z = 4i; the corner's is that of the whole at omega, over alpha.
    const point = law.at(0, 4)!;
    expect(point.cauchy[0] * 2).toBeCloseTo(0, 12);
    expect(point.cauchy[1] * 2).toBeCloseTo(-1 / 5, 12);
    expect(point.cumulative).toBeCloseTo(1 / 2, 12);
  });

  it("is the same when places are merged", () => {
    const near = Float64Array.from({ length: 40_000 }, (_, i) => (i < 20_000 ? -3 : 3) * (1 + 1e-9 * i));
    const law = freeCompression(measureOf(near), 1 / 2, 1 / 20);
    law.x.forEach((x, i) => {
      const exact = x <= -3 ? 0 : x >= 3 ? 1 : 1 / 2 + Math.asin(x / 3) / Math.PI;
      expect(Math.abs(law.cumulative[i]! - exact)).toBeLessThan(5e-3);
    });
  });

  it("of a projection keeps the atom that is too heavy to be cut away", () => {
    // (1 − w) at 0 and w = 1/8 at 1, to half: rank and size give weight 3/4 at 0, none at 1.
    const law = freeCompression(measureOf([0, 0, 0, 0, 0, 0, 0, 1]), 1 / 2, 1 / 50);
    const jump = law.cumulative.findIndex((value, k) => value - law.cumulative[k - 1]! > 0.5);
    expect(law.x[jump]!).toBeCloseTo(0, 1);
    expect(law.cumulative[jump - 1]).toBeCloseTo(0, 10);
    expect(law.cumulative[jump]! - 3 / 4).toBeLessThan(0.02);
  });

  it.each<[string, Law, number]>([
    ["Marchenko-Pastur", ensembles.mp(2), 4],
    ["free Levy", ensembles.freeLevy(0, 1, "1/4", [[4, 1]]), 3],
    ["Fuss-Catalan", ensembles.fussCatalan(2), 2],
  ])("of the quantiles of %s is its compressed law", (_, whole, factor) => {
    const values = quantiles(whole, 4000);
    const law = freeCompression(measureOf(values), 1 / factor, 1 / 100);
    const exact = distribution(decompress(whole, { num: 1n, den: BigInt(factor) }));
    law.x.forEach((x, i) => {
      expect(Math.abs(law.cumulative[i]! - exact.cumulative(x))).toBeLessThan(1e-3);
    });
  });

  it("has the free cumulants of the flow, by its transform far away, over fourteen decades", () => {
    const values = Float64Array.from({ length: 300 }, (_, i) => 10 ** (-12 + (14 * i) / 299));
    const kappas = freeCumulants(values, 4);
    const height = 1e5;
    const { omega, z } = freeCompression(measureOf(values), 1 / 5, 1 / 100).at(0, height)!;
    // omega = z + (1 − alpha) F(omega), and F(omega) = omega − kappa_1 − kappa_2/omega + …: alpha omega = z − (1 − alpha)(kappa_1 + kappa_2/omega).
    const [re, im] = omega;
    const norm = re * re + im * im;
    expect(re).toBeCloseTo((z[0] - 0.8 * (kappas[0]! + (kappas[1]! * re) / norm)) * 5, 3);
    expect(im / ((height + (0.8 * kappas[1]! * im) / norm) * 5)).toBeCloseTo(1, 9);
  });

  it.each([0, 1, 1.5])("refuses the share %d", (alpha) => {
    expect(() => freeCompression(measureOf([1, 2]), alpha, 1 / 10)).toThrow(/between 0 and 1/);
    expect(() => freeCompression(measureOf([2, 2]), 1 / 2, 1 / 10)).toThrow(/all eigenvalues are equal/);
  });
});

describe("the distance of a small spectrum from a compressed large one", () => {
  const N = 80;
  const spectra: Readonly<Record<string, Float64Array>> = {
    "zeros, a bulk and a group": Float64Array.from({ length: N }, (_, i) =>
      i < N / 3 ? 0 : 1 + (2 * i) / N + (i > 0.92 * N ? 3 : 0),
    ),
    "eight decades": Float64Array.from({ length: N }, (_, i) => 10 ** ((8 * i) / N - 8)),
    "a low rank": Float64Array.from({ length: N }, (_, i) => (i < 0.8 * N ? 0 : i)),
    "two atoms": Float64Array.from({ length: N }, (_, i) => (i < N / 2 ? -1 : 1)),
  };

  it.each(Object.entries(spectra))("scatters as predicted for Haar corners of %s", (_, spectrum) => {
    const n = N / 2;
    const found = Array.from(
      { length: 40 },
      (_, seed) =>
        compareSpectra({ samples: [haarCorner(spectrum, n, seed + 1)], size: n }, { samples: [spectrum], size: N })!,
    );
    // 4 of 40 are expected at most 0.1, and 20 at most 1/2; the bounds are three standard deviations away.
    expect(found.filter(({ nested }) => nested.p <= 0.1).length).toBeLessThan(10);
    expect(found.filter(({ nested }) => nested.p <= 0.5).length).toBeGreaterThan(10);
    expect(found.filter(({ nested }) => nested.p <= 0.5).length).toBeLessThan(30);
    expect(Math.min(...found.map(({ nested }) => nested.p))).toBeGreaterThan(0.001);
    for (const { rank, off } of found) {
      expect(rank.found).toBeCloseTo(rank.predicted, 9);
      expect(off).toBeUndefined();
    }
  });

  it("shrinks when corners are pooled, and is the same whatever the unit", () => {
    const spectrum = spectra["eight decades"]!;
    const corners = Array.from({ length: 9 }, (_, seed) => haarCorner(spectrum, 40, seed + 1));
    const large = { samples: [spectrum], size: N };
    const one = compareSpectra({ samples: corners.slice(0, 1), size: 40 }, large)!;
    const nine = compareSpectra({ samples: corners, size: 40 }, large)!;
    expect(nine.nested.critical / one.nested.critical).toBeCloseTo(1 / 3, 9);
    const unit = 1e20;
    const scaled = compareSpectra(
      { samples: [corners[0]!.map((value) => value * unit)], size: 40 },
      { samples: [spectrum.map((value) => value * unit)], size: N },
    )!;
    expect(scaled.distance).toBeCloseTo(one.distance, 6);
    expect(scaled.nested.p).toBeCloseTo(one.nested.p, 2);
  });

  it("counts zeros that a file leaves out", () => {
    const spectrum = spectra["a low rank"]!;
    const corner = haarCorner(spectrum, 40, 1);
    const nonzero = (values: Float64Array) => values.filter((value) => Math.abs(value) > 1e-9);
    const all = compareSpectra({ samples: [corner], size: 40 }, { samples: [spectrum], size: N })!;
    const rest = compareSpectra({ samples: [nonzero(corner)], size: 40 }, { samples: [nonzero(spectrum)], size: N })!;
    expect(rest.distance).toBeCloseTo(all.distance, 9);
    expect(rest.rank.found).toBeCloseTo(16, 9);
  });

  it("has nothing to say of a handful of eigenvalues", () => {
    expect(compareSpectra({ samples: [[1, 2]], size: 2 }, { samples: [[1, 2, 3, 4]], size: 4 })).toBeUndefined();
  });
});
