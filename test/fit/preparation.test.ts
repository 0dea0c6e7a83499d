import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/index.js";
import { catalogue } from "../../src/ensembles/index.js";
import { preparePooled, prepareSpectrum } from "../../src/fit/preparation.js";
import { wishartEigenvalues } from "../../src/matrices/index.js";
import { separateBulks } from "../../src/regression/contours.js";

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

describe("preparePooled", () => {
  const pool = (count: number, size: number): Float64Array[] =>
    Array.from({ length: count }, (_, k) => wishartEigenvalues(size, 4 * size, seededRandom(50 + k)));

  it("finds no outlier where none of the matrices has one, however the gaps between different matrices lie", () => {
    for (const count of [2, 4, 16]) expect(preparePooled(pool(count, 100)).outliers).toHaveLength(0);
  });

  it("isolates in every matrix what most of them have, and no lone accident", () => {
    const spiked = pool(4, 100).map((values, k) => Float64Array.from([...values, 5 + k / 10]));
    const found = preparePooled(spiked);
    expect([...found.outliers]).toEqual([5, 5.1, 5.2, 5.3]);
    expect(found.bulk.length).toBe(400);
    expect(found.matrices.map(({ length }) => length)).toEqual([100, 100, 100, 100]);
    const lone = [...pool(3, 101), spiked[3]!];
    expect(preparePooled(lone).outliers).toHaveLength(0);
  });

  it("refuses matrices of several sizes", () => {
    expect(() => preparePooled([...pool(1, 30), ...pool(1, 31)])).toThrow(/one size; one has 31/);
  });
});

describe("separateBulks", () => {
  // Many matrices: the pooled eigenvalues of an interval lie nearly like independent numbers.
  const pooled = (count: number, at: number): number[] =>
    Array.from({ length: count }, (_, k) =>
      [...wishartEigenvalues(100, 400, seededRandom(80 + k))].map((x) => x + at),
    ).flat();

  it("cuts pooled matrices where every one of them has a gap, and nowhere else", () => {
    const one = Float64Array.from(pooled(64, 0)).sort();
    expect(separateBulks(one, true, 64)).toHaveLength(1);
    const two = Float64Array.from([...pooled(64, 0), ...pooled(64, 5)]).sort();
    const found = separateBulks(two, true, 64);
    expect(found.map(({ count }) => count)).toEqual([6400, 6400]);
    expect(found[0]!.right).toBe(one.at(-1)!);
    expect(found[1]!.left).toBe(one[0]! + 5);
  });
});
