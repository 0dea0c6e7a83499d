import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DomainError, seededRandom } from "../../src/core/index.js";
import { type distribution, quantiles } from "../../src/density/index.js";
import { catalogue, ensembles } from "../../src/ensembles/index.js";
import { type Extrapolation, extrapolate } from "../../src/fit/index.js";
import { decompress } from "../../src/flow/index.js";
import { kolmogorovSmirnov, readEigenvalues } from "../../src/measured/index.js";

const sample = (name: string, size: number, seed: number, ...values: unknown[]): Float64Array =>
  (catalogue.find((entry) => entry.name === name)!.sample as (...all: unknown[]) => Float64Array)(
    size,
    seededRandom(seed),
    ...values,
  );

const digits = (size: number): Float64Array =>
  readEigenvalues(readFileSync(new URL(`../../data/digits-${size}.txt`, import.meta.url)), `digits-${size}.txt`);

const ksAgainst = (found: Extrapolation, law: Parameters<typeof distribution>[0]): number =>
  kolmogorovSmirnov((x) => found.cumulative(x), quantiles(law, 2000));

describe("extrapolate on sampled matrices", () => {
  it("carries Marchenko–Pastur to the law of the large matrix, atom and all", () => {
    const found = extrapolate(sample("mp", 200, 1, "1/4"), { to: 1600 });
    expect(found.guarantee).toBe("certified");
    expect(found.horizon).toMatchObject({ kind: "ok", value: { tau: "infinity" } });
    expect(ksAgainst(found, ensembles.mp(2))).toBeLessThan(0.02);
    expect(found.atoms[0]).toMatchObject({ at: 0 });
    expect(found.atoms[0]!.weight).toBeCloseTo(1 / 2, 1);
    expect(found.bulks[0]!.right).toBeCloseTo((1 + Math.sqrt(2)) ** 2, 0);
    expect(found.quantiles).toHaveLength(1600);
    expect(found.quantiles.filter((value) => value === 0).length / 1600).toBeCloseTo(found.atoms[0]!.weight, 3);
  });

  it("is near a measured large matrix, and much nearer than the small one", () => {
    const found = extrapolate(sample("mp", 120, 7, "1/4"), { to: 240, truth: sample("mp", 240, 8, "1/2") });
    expect(found.distances!.ks).toBeLessThan(0.02);
    expect(found.distances!.ksWithout).toBeGreaterThan(5 * found.distances!.ks);
    expect(found.distances!.w1).toBeLessThan(0.05);
  });

  it("goes back to a smaller size", () => {
    const found = extrapolate(sample("semicircle", 150, 2, 1), { to: 50 });
    expect(found.bulks[0]!.right).toBeCloseTo(2 / Math.sqrt(3), 1);
  });

  it("undoes a division by the size when a second size shows it, and says what it assumes otherwise", () => {
    const large = sample("mp", 200, 3, 2).map((value) => value / 4);
    const small = sample("mp", 50, 4, "1/2");
    const found = extrapolate(small, { to: 400, second: { eigenvalues: large } });
    expect(found.assumption!.verdict).toBe("by-size");
    // The law at size 400 is that of a Gram matrix of ratio 4, divided by 8; over 24 seeds the edge scatters by 0.03.
    expect(Math.abs(found.bulks.at(-1)!.right - 9 / 8)).toBeLessThan(0.12);
    expect(found.warnings.join()).toMatch(/divided by its own size/);
    expect(extrapolate(small, { to: 400 }).warnings.join()).toMatch(/assumed/);
  });

  it("moves an outlier like the spike it belongs to", () => {
    // z = −1/m + 1/(1 + c m); a spike of jump s stands at s + s/(s − c), and at tau·s + s/(s − c) after the flow.
    const [c, s] = [1 / 4, 2];
    const bulk = quantiles(ensembles.mp("1/4"), 399);
    const found = extrapolate([...bulk, s + s / (s - c)], { to: 1600 });
    expect(found.outliers).toHaveLength(1);
    expect(found.outliers[0]!.to / (4 * s + s / (s - c))).toBeCloseTo(1, 2);
    expect(found.quantiles.at(-1)).toBe(found.outliers[0]!.to);
  });

  it("finds the family of a spread-out population: Fuss–Catalan against its exact decompression", () => {
    const found = extrapolate(quantiles(ensembles.fussCatalan(2), 300), { to: 600 });
    expect(found.fit.family).toBe("continuous free Lévy");
    expect(ksAgainst(found, decompress(ensembles.fussCatalan(2), 2))).toBeLessThan(0.005);
  });
});

describe("extrapolate past the horizon", () => {
  const values = quantiles(
    ensembles.deformedWigner(2, [
      [-1, "1/2"],
      [1, "1/2"],
    ]),
    300,
  );

  it("is certified before it", () => {
    const found = extrapolate(values, { to: 320, degM: 3, degZ: 2 });
    expect(found.fit.physical.kind).toBe("ok");
    expect(
      ksAgainst(
        found,
        decompress(
          ensembles.deformedWigner(2, [
            [-1, "1/2"],
            [1, "1/2"],
          ]),
          { num: 16n, den: 15n },
        ),
      ),
    ).toBeLessThan(0.01);
  });

  it("gives an estimate beyond it and says that and why", () => {
    const found = extrapolate(values, { to: 600, degM: 3, degZ: 2 });
    expect(found.guarantee).toBe("estimate");
    expect(found.physical.extrapolated.kind).toBe("undefined");
    expect(found.warnings.join()).toMatch(/a part of mass 0\.\d+ is negative/);
    expect(found.horizon).toMatchObject({ kind: "ok", value: { cause: "branch-points" } });
    expect(found.warnings.join()).toMatch(/past the horizon of the fitted law: .* and 2 is asked for/);
    expect(found.warnings.join()).toMatch(/no spectrum.*estimate from its branch continued in tau, of total mass/);
    expect(found.quantiles.every((value, i) => i === 0 || value >= found.quantiles[i - 1]!)).toBe(true);
  });

  it("refuses sizes that make no sense", () => {
    expect(() => extrapolate(values, { to: 0 })).toThrow(/target size/);
    expect(() => extrapolate(values, { to: 2.5 })).toThrow(/target size/);
    expect(() => extrapolate(values, { to: 100, truth: values })).toThrow(/more than the target size/);
  });
});

describe("extrapolate on the measured digits", { timeout: 600_000 }, () => {
  it.each([
    [512, 0.05, 0.05],
    [1024, 0.025, 0.025],
  ])("from %i to 2048", (size, ks, atom) => {
    const truth = digits(2048);
    const found = extrapolate(digits(size), { to: 2048, truth, bands: false });
    expect(found.guarantee).toBe("certified");
    expect(found.distances!.ks).toBeLessThan(ks);
    expect(found.distances!.ksWithout).toBeGreaterThan(0.26);
    const zeros = truth.filter((value) => value === 0).length / 2048;
    expect(found.atoms[0]).toMatchObject({ at: 0 });
    expect(Math.abs(found.atoms[0]!.weight - zeros)).toBeLessThan(atom);
    // The largest eigenvalue, an outlier at every size, is measured: 14.63.
    expect(found.outliers.at(-1)!.to / truth.at(-1)!).toBeCloseTo(1, 1);
  });
});

describe("spectra at the border of what can be fitted", { timeout: 600_000 }, () => {
  it("two eigenvalues, and numbers at both ends of the doubles, end in an answer or a sentence", () => {
    const outcome = (values: readonly number[]): string => {
      try {
        return extrapolate(Float64Array.from(values), { to: 3 * values.length }).fit.name;
      } catch (error) {
        expect(error).toBeInstanceOf(DomainError);
        return (error as Error).message;
      }
    };
    expect(outcome([1, 2])).not.toBe("");
    expect(outcome([5e-324, 1e-300, 1, 2, 1e300])).not.toBe("");
    expect(outcome([-1e300, -1, 1, 1e300])).not.toBe("");
  });
});
