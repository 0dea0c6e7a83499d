import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/index.js";
import { symmetricEigenvalues, wignerMatrix } from "../../src/matrices/index.js";
import {
  logDeterminantScaling,
  logPseudoDeterminant,
  measuredModes,
  perturbModes,
  powerLawModes,
  spectralExponents,
} from "../../src/scaling/index.js";

describe("spectralExponents", () => {
  it("finds the exponents of an exact power law", () => {
    const found = spectralExponents(powerLawModes(1.3, 1.9, 3000));
    expect(found.a.value).toBeCloseTo(1.3, 2);
    expect(found.b.value).toBeCloseTo(1.9, 2);
    expect(found.learning).toMatchObject({ value: expect.closeTo(0.9 / 1.3, 2) });
    expect(found.ranks).toEqual({ first: 3, last: 1000 });
  });

  it("covers the truth by its errors when every coefficient is random", () => {
    // Over 30 targets with normal coefficients, b is off by its own error on average.
    let squares = 0;
    const runs = 30;
    for (let seed = 1; seed <= runs; seed++) {
      const random = seededRandom(seed);
      const n = 2000;
      const eigenvalues = Float64Array.from({ length: n }, (_, k) => (k + 1) ** -1.2);
      const coefficients = Float64Array.from({ length: n }, (_, k) => (k + 1) ** -0.4 * random.normal());
      const { a, b } = spectralExponents(measuredModes(eigenvalues, coefficients));
      expect(a.value).toBeCloseTo(1.2, 2);
      expect(Math.abs(b.value - 2)).toBeLessThan(5 * b.error);
      squares += ((b.value - 2) / b.error) ** 2 / runs;
    }
    expect(Math.sqrt(squares)).toBeGreaterThan(0.5);
    expect(Math.sqrt(squares)).toBeLessThan(2);
  });

  it("says why there is no learning exponent", () => {
    // A target of equal weight in every mode has b = a.
    const harmonic = spectralExponents(measuredModes(Float64Array.from({ length: 300 }, (_, k) => (k + 1) ** -0.9)));
    expect(harmonic.learning).toEqual({ none: expect.stringContaining("b is at most 1") });
    const flat = spectralExponents(measuredModes(new Float64Array(300).fill(1)));
    expect(flat.learning).toEqual({ none: "the eigenvalues do not fall with their rank" });
    expect(() => spectralExponents(powerLawModes(1, 2, 8))).toThrow(/ranks 3 to 2 are too few/);
    expect(() => spectralExponents(powerLawModes(1, 2, 80), { first: 0 })).toThrow(/from 1 to 80; got 0/);
  });
});

describe("perturbModes", () => {
  it("predicts where eigenvalues of a matrix go when symmetric noise is added", () => {
    const [n, s] = [400, 0.5];
    const noise = wignerMatrix(n, s ** 2, seededRandom(3)).entries;
    const strong = [4, 2, 1];
    strong.forEach((lambda, k) => {
      noise[k * n + k]! += lambda;
    });
    const found = symmetricEigenvalues(Float64Array.from(noise), n);
    const predicted = perturbModes(measuredModes(strong), s).eigenvalues;
    predicted.forEach((value, k) => {
      // An eigenvalue above the bulk scatters by about s √(2 (1 − s²/lambda²)/n) = 0.035.
      expect(Math.abs(found[n - 1 - k]! - value)).toBeLessThan(0.12);
    });
  });
});

describe("logDeterminantScaling", () => {
  it("finds an exact law", () => {
    const logFactorial = (n: number): number =>
      Array.from({ length: n }, (_, k) => Math.log(k + 1)).reduce((x, y) => x + y, 0);
    const law = (n: number): number => 7 + 0.3 * n - 1.5 * logFactorial(n);
    const sizes = [10, 20, 40, 60];
    const found = logDeterminantScaling(sizes, sizes.map(law), 200);
    expect(found.nu.value).toBeCloseTo(-1.5, 9);
    expect(found.c.value).toBeCloseTo(0.3, 9);
    expect(found.predicted.value / law(200)).toBeCloseTo(1, 10);
    expect(found.predicted.error).toBeLessThan(1e-8);
  });

  it("predicts the determinant of a Brownian kernel at random points, where nu = −1, within its errors", () => {
    // det min(x_i, x_j) is the product of the spacings; nested sets of uniform points.
    let [squares, slopes] = [0, 0];
    const runs = 20;
    for (let seed = 1; seed <= runs; seed++) {
      const random = seededRandom(seed);
      const points = Float64Array.from({ length: 4000 }, () => random.uniform());
      const logDeterminant = (n: number): number => {
        const sorted = points.slice(0, n).sort();
        return sorted.reduce((sum, x, k) => sum + Math.log(x - (k === 0 ? 0 : sorted[k - 1]!)), 0);
      };
      const sizes = [50, 100, 150, 200, 250, 300, 350, 400, 450, 500];
      const found = logDeterminantScaling(sizes, sizes.map(logDeterminant), 4000);
      squares += ((found.predicted.value - logDeterminant(4000)) / found.predicted.error) ** 2 / runs;
      slopes += ((found.nu.value + 1) / found.nu.error) ** 2 / runs;
    }
    for (const square of [squares, slopes]) {
      expect(Math.sqrt(square)).toBeGreaterThan(0.4);
      expect(Math.sqrt(square)).toBeLessThan(2.2);
    }
  });

  it("refuses too little, and what does not grow", () => {
    expect(() => logDeterminantScaling([1, 2, 3], [0, 0, 0], 4)).toThrow(/at least four sizes/);
    expect(() => logDeterminantScaling([1, 2, 3, 3], [0, 0, 0, 0], 4)).toThrow(/sizes must grow/);
    expect(() => logDeterminantScaling([1, 2, 3, 4], [0, 0, 0, Number.NaN], 5)).toThrow(/finite/);
  });

  it("leaves zeros out of a determinant", () => {
    const { value, rank } = logPseudoDeterminant([0, 1e-17, 2, 8]);
    expect(rank).toBe(2);
    expect(value).toBeCloseTo(Math.log(16), 14);
  });
});
