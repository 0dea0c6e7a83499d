import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/index.js";
import { catalogue } from "../../src/ensembles/index.js";
import { prepareSpectrum } from "../../src/fit/index.js";

const sample = (name: string, size: number, seed: number, ...values: unknown[]): Float64Array =>
  (catalogue.find((entry) => entry.name === name)!.sample as (...all: unknown[]) => Float64Array)(
    size,
    seededRandom(seed),
    ...values,
  );

describe("prepareSpectrum", () => {
  it("counts numerical zeros by the rank threshold and makes them exact", () => {
    const found = prepareSpectrum([2, 1e-16, -3e-17, 1, 1.5]);
    expect(found.zeros).toBe(2);
    expect([...found.bulk]).toEqual([0, 0, 1, 1.5, 2]);
    expect(prepareSpectrum([2, 1e-16, -3e-17, 1, 1.5], { rankThreshold: 0 }).zeros).toBe(0);
  });

  it("takes the eigenvalues that the file does not hold for zeros", () => {
    const found = prepareSpectrum([1, 2, 3], { size: 10 });
    expect([found.size, found.zeros, found.bulk.length]).toEqual([10, 7, 10]);
    expect(() => prepareSpectrum([1, 2, 3], { size: 2 })).toThrow(/at least 3/);
  });

  it("finds no outlier at the soft edges of random matrices", () => {
    let found = 0;
    for (let seed = 1; seed <= 12; seed++) {
      found += prepareSpectrum(sample("semicircle", 120, seed, 1)).outliers.length;
      found += prepareSpectrum(sample("mp", 120, seed, "1/3")).outliers.length;
    }
    // One spectrum in forty has one (6 to 11 of 300 Gaussian matrices of this size): 24 have 4 or more once in a thousand times.
    expect(found).toBeLessThanOrEqual(3);
  });

  it("splits off planted outliers at both ends", () => {
    const bulk = sample("semicircle", 200, 3, 1);
    expect([...prepareSpectrum([...bulk, -4, 3.5, 5]).outliers]).toEqual([-4, 3.5, 5]);
    expect(prepareSpectrum([...bulk, 5], { outliers: {} }).outliers).toHaveLength(0);
    expect([...prepareSpectrum([...bulk, 5], { outliers: { largest: 1 } }).outliers]).toEqual([5]);
  });

  it("does not call one of two bulks outliers", () => {
    const two = Float64Array.from({ length: 100 }, (_, i) => (i < 50 ? i / 50 : 10 + i / 50));
    expect(prepareSpectrum(two).outliers).toHaveLength(0);
  });
});
