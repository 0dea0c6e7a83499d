import { describe, expect, test } from "vitest";
import { seededRandom } from "../../src/core/index.js";
import {
  betaHermite,
  betaJacobi,
  betaLaguerre,
  chiVariate,
  gammaVariate,
  gaussianMatrix,
  gram,
  manovaEigenvalues,
  monomialEnsemble,
  symmetricEigenvalues,
  type TridiagonalMatrix,
  tridiagonalEigenvalues,
  wignerEigenvalues,
  wishartEigenvalues,
} from "../../src/matrices/index.js";

/** The largest distance between the distribution of the sample and a distribution function. */
function kolmogorovSmirnov(sample: Float64Array, distribution: (x: number) => number): number {
  const n = sample.length;
  return sample.reduce((most, x, i) => {
    const value = distribution(x);
    return Math.max(most, Math.abs(value - i / n), Math.abs(value - (i + 1) / n));
  }, 0);
}

/** The mean of f over independent draws, with its standard error. */
function average(draws: number, f: () => number): { mean: number; error: number } {
  const values = Array.from({ length: draws }, f);
  const mean = values.reduce((sum, x) => sum + x, 0) / draws;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (draws - 1);
  return { mean, error: Math.sqrt(variance / draws) };
}

const spectrum = ({ diagonal, offDiagonal }: TridiagonalMatrix): Float64Array =>
  tridiagonalEigenvalues(diagonal, offDiagonal);

const powerSum = (values: Float64Array, k: number): number => values.reduce((sum, x) => sum + x ** k, 0);

describe("variates", () => {
  test.each([0.3, 1, 2.5, 40])("gamma of shape %f has mean and variance equal to it", (shape) => {
    const random = seededRandom(11);
    const first = average(20000, () => gammaVariate(shape, random));
    expect(Math.abs(first.mean - shape)).toBeLessThan(5 * first.error);
    const second = average(20000, () => (gammaVariate(shape, random) - shape) ** 2);
    expect(Math.abs(second.mean - shape)).toBeLessThan(5 * second.error);
  });

  test("gamma of shape 1 is exponential, of shape 1/2 half a squared normal", () => {
    const random = seededRandom(12);
    const sample = (shape: number) => Float64Array.from({ length: 20000 }, () => gammaVariate(shape, random)).sort();
    // 1.63/√n is the 1 % point of the Kolmogorov–Smirnov distance.
    expect(kolmogorovSmirnov(sample(1), (x) => 1 - Math.exp(-x))).toBeLessThan(1.63 / Math.sqrt(20000));
    const normal = (x: number) => {
      let sum = 0;
      for (let i = 0; i < 400; i++) sum += Math.exp((-x * x * ((i + 0.5) / 400) ** 2) / 2);
      return (2 * x * sum) / (400 * Math.sqrt(2 * Math.PI));
    };
    expect(kolmogorovSmirnov(sample(0.5), (x) => normal(Math.sqrt(2 * x)))).toBeLessThan(1.63 / Math.sqrt(20000));
    expect(chiVariate(0, random)).toBe(0);
    for (const shape of [-1, Number.NaN]) {
      expect(() => gammaVariate(shape, random)).toThrow(`a number that is not negative; got ${shape}`);
    }
  });
});

describe("beta ensembles of small size have the traces of their densities", () => {
  // With β = 2, n = 2 the moments of the spectral densities are elementary.
  test("Hermite: Σ λ² has mean (n(n − 1)β/2 + n)·2/(nβ)", () => {
    const random = seededRandom(21);
    for (const beta of [0.5, 1, 2, 4]) {
      const found = average(1500, () => powerSum(spectrum(betaHermite(4, beta, random)), 2));
      expect(Math.abs(found.mean - ((6 * beta + 4) * 2) / (4 * beta))).toBeLessThan(5 * found.error);
    }
  });

  test("Laguerre: Σ λ has mean n, and Σ λ² that of the Wishart matrix for β = 1", () => {
    const random = seededRandom(22);
    const [n, degrees] = [4, 7.5];
    for (const beta of [0.5, 1, 2, 4]) {
      const found = average(1500, () => powerSum(spectrum(betaLaguerre(n, beta, degrees, random)), 1));
      expect(Math.abs(found.mean - n)).toBeLessThan(5 * found.error);
    }
    const square = average(1500, () => powerSum(spectrum(betaLaguerre(n, 1, degrees, random)), 2));
    expect(Math.abs(square.mean - (n * (degrees + n + 1)) / degrees)).toBeLessThan(5 * square.error);
  });

  test("Jacobi: Σ λ has mean n·first/(first + second), and one eigenvalue is a beta variate", () => {
    const random = seededRandom(23);
    const [first, second] = [6.5, 9];
    for (const beta of [0.5, 1, 2, 4]) {
      const found = average(1500, () => powerSum(spectrum(betaJacobi(4, beta, first, second, random)), 1));
      expect(Math.abs(found.mean - (4 * first) / (first + second))).toBeLessThan(5 * found.error);
    }
    const [p, q] = [first / 2, second / 2];
    const square = average(1500, () => powerSum(spectrum(betaJacobi(1, 1, first, second, random)), 2));
    expect(Math.abs(square.mean - (p * (p + 1)) / ((p + q) * (p + q + 1)))).toBeLessThan(5 * square.error);
    // β = 2 with both exponents 0 on two points: E Σ λ² = ∫∫ (x² + y²)(x − y)² / ∫∫ (x − y)² = 11/15.
    const pair = average(1500, () => powerSum(spectrum(betaJacobi(2, 2, 2, 2, random)), 2));
    expect(Math.abs(pair.mean - 11 / 15)).toBeLessThan(5 * pair.error);
  });
});

describe("matrices with a monomial potential", () => {
  // E Σ λ² under Π (λ_i − λ_j)^β exp(−nβ Σ V/2), by quadrature on a grid.
  function secondMoment(n: number, k: number, beta: number, strength: number): number {
    const points = Array.from({ length: 161 }, (_, i) => -4 + i / 20);
    let [total, value] = [0, 0];
    const visit = (chosen: readonly number[]): void => {
      if (chosen.length < n) {
        for (const x of points) visit([...chosen, x]);
        return;
      }
      let weight = Math.exp(((-n * beta) / 2) * strength * chosen.reduce((sum, x) => sum + x ** (2 * k), 0));
      for (const [i, x] of chosen.entries()) for (const y of chosen.slice(0, i)) weight *= Math.abs(x - y) ** beta;
      total += weight;
      value += weight * chosen.reduce((sum, x) => sum + x * x, 0);
    };
    visit([]);
    return value / total;
  }

  test.each([
    [1, 2, 2, 1 / 12],
    [2, 1, 2, 1 / 2],
    [2, 2, 2, 1 / 12],
  ])("size %i, degree twice %i, beta %i", (n, k, beta, strength) => {
    const random = seededRandom(41);
    const found = average(1500, () => powerSum(spectrum(monomialEnsemble(n, beta, k, random)), 2));
    expect(Math.abs(found.mean - secondMoment(n, k, beta, strength))).toBeLessThan(5 * found.error);
  });

  test("are made up to degree 20", () => {
    expect(() => monomialEnsemble(4, 2, 11, seededRandom(1))).toThrow("is sampled for k from 1 to 10; got 11");
  });
});

describe("large spectra", () => {
  // A spectrum is rigid: its distance is of order log n/n, plus the 1/(2n)-corrections of the law, not 1/√n.
  const bound = (size: number): number => 8 / size;

  test("semicircle, size 5000", () => {
    const size = 5000;
    const found = wignerEigenvalues(size, 9, seededRandom(1));
    const distribution = (x: number) => {
      const t = Math.max(-1, Math.min(1, x / 6));
      return 0.5 + (t * Math.sqrt(1 - t * t) + Math.asin(t)) / Math.PI;
    };
    expect(kolmogorovSmirnov(found, distribution)).toBeLessThan(bound(size));
  });

  test("Marchenko–Pastur of ratio 1, size 2000", () => {
    const size = 2000;
    const found = wishartEigenvalues(size, size, seededRandom(2));
    const distribution = (x: number) => {
      const t = Math.min(1, Math.sqrt(Math.max(0, x)) / 2);
      return (2 * (t * Math.sqrt(1 - t * t) + Math.asin(t))) / Math.PI;
    };
    expect(kolmogorovSmirnov(found, distribution)).toBeLessThan(bound(size));
  });

  test("MANOVA of size, size degrees of freedom: the arcsine law, size 2000", () => {
    const size = 2000;
    const values = manovaEigenvalues(size, size, size, seededRandom(3));
    const distribution = (x: number) => {
      // Wachter's law of (1, 1) has density 1/(π √(x(1 − x))).
      return (2 / Math.PI) * Math.asin(Math.sqrt(Math.min(1, Math.max(0, x))));
    };
    expect(kolmogorovSmirnov(values, distribution)).toBeLessThan(bound(size));
  });
});

describe("degenerate degrees of freedom", () => {
  test("a Wishart matrix of rank 3 has the spectrum of its Gram matrix", () => {
    const random = seededRandom(31);
    const found = average(1500, () => powerSum(wishartEigenvalues(5, 3, random), 2));
    const dense = average(1500, () => {
      const matrix = gram(gaussianMatrix(5, 3, random));
      return powerSum(symmetricEigenvalues(matrix.entries, 5), 2) / 9;
    });
    expect(Math.abs(found.mean - dense.mean)).toBeLessThan(5 * Math.hypot(found.error, dense.error));
    expect(wishartEigenvalues(5, 3, random).filter((x) => x === 0)).toHaveLength(2);
    expect([...wishartEigenvalues(3, 0.2, random)]).toEqual([0, 0, 0]);
  });

  test("eigenvalues 0 and 1 of the MANOVA matrix are counted by the ranks", () => {
    const found = manovaEigenvalues(10, 7, 6, seededRandom(32));
    expect(found.filter((x) => x === 0)).toHaveLength(3);
    expect(found.filter((x) => x === 1)).toHaveLength(4);
    expect([...found]).toEqual([...found].sort((a, b) => a - b));
    const random = seededRandom(33);
    const trace = average(1500, () => powerSum(manovaEigenvalues(10, 7, 6, random), 1));
    expect(Math.abs(trace.mean - 70 / 13)).toBeLessThan(5 * trace.error);
  });

  test("what cannot be made is refused with a sentence", () => {
    const random = seededRandom(1);
    expect(() => betaHermite(0, 1, random)).toThrow("the size of a matrix is a positive integer; got 0");
    expect(() => betaHermite(3, 0, random)).toThrow("beta is a positive number; got 0");
    expect(() => betaLaguerre(4, 1, 3, random)).toThrow("more than 3 degrees of freedom; got 3");
    expect(() => betaJacobi(4, 1, 9, 2, random)).toThrow("more than 3 degrees of freedom; got 2");
  });
});
