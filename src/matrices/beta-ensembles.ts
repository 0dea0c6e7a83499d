// Estimates in double precision: the entries are drawn from their distributions, and rounded.
import { type Budget, DomainError, type Random, unlimited } from "../core/index.js";
import { checkSize } from "./dense-matrix.js";
import { betaAngle, chiVariate } from "./gamma-variates.js";
import { tridiagonalEigenvalues } from "./tridiagonal-eigenvalues.js";

/** A real symmetric tridiagonal matrix: n diagonal entries and n − 1 beside them. */
export interface TridiagonalMatrix {
  readonly diagonal: Float64Array;
  readonly offDiagonal: Float64Array;
}

/**
 * A tridiagonal matrix with eigenvalue density ∝ Π_{i<j} |λ_i − λ_j|^β exp(−nβ Σ λ²/4), whose law tends to the semicircle of
 * variance 1; β = 1, 2, 4 are the Gaussian orthogonal, unitary and symplectic ensembles (I. Dumitriu and A. Edelman, J. Math.
 * Phys. 43 (2002) 5830–5847, theorem 2.12).
 */
export function betaHermite(size: number, beta: number, random: Random): TridiagonalMatrix {
  checkSize(size);
  checkBeta(beta);
  const scale = 1 / Math.sqrt(size * beta);
  return {
    diagonal: filled(size, () => Math.SQRT2 * scale * random.normal()),
    offDiagonal: filled(size - 1, (i) => scale * chiVariate(beta * (size - 1 - i), random)),
  };
}

/**
 * A tridiagonal matrix with the eigenvalues of X X* over `degrees` for a size x degrees matrix X of independent real (β = 1), complex
 * (2) or quaternion (4) normal entries of variance 1, and its continuation to real β > 0 and degrees > size − 1: density ∝
 * Π |λ_i − λ_j|^β Π λ^(β(degrees − size + 1)/2 − 1) exp(−β degrees λ/2) (Dumitriu and Edelman, theorem 3.4).
 */
export function betaLaguerre(size: number, beta: number, degrees: number, random: Random): TridiagonalMatrix {
  checkSize(size);
  checkBeta(beta);
  if (!(degrees > size - 1)) {
    throw new DomainError(
      `a Laguerre ensemble of size ${size} has more than ${size - 1} degrees of freedom; got ${degrees}`,
    );
  }
  const scale = 1 / Math.sqrt(beta * degrees);
  const main = filled(size, (i) => scale * chiVariate(beta * (degrees - i), random));
  const beside = filled(size - 1, (i) => scale * chiVariate(beta * (size - 1 - i), random));
  return {
    diagonal: filled(size, (i) => main[i]! ** 2 + (i === 0 ? 0 : beside[i - 1]! ** 2)),
    offDiagonal: filled(size - 1, (i) => main[i]! * beside[i]!),
  };
}

/**
 * A tridiagonal matrix with the eigenvalues of W₁ (W₁ + W₂)⁻¹ for Wishart matrices W₁, W₂ of `first` and `second` degrees of
 * freedom, both above size − 1, and its continuation to real β > 0: density ∝ Π |λ_i − λ_j|^β Π λ^(β(first − size + 1)/2 − 1)
 * (1 − λ)^(β(second − size + 1)/2 − 1) (R. Killip and I. Nenciu, Int. Math. Res. Not. 2004, 2665–2701; in the bidiagonal form of
 * A. Edelman and B. D. Sutton, Found. Comput. Math. 8 (2008) 259–285).
 */
export function betaJacobi(
  size: number,
  beta: number,
  first: number,
  second: number,
  random: Random,
): TridiagonalMatrix {
  checkSize(size);
  checkBeta(beta);
  for (const degrees of [first, second]) {
    if (!(degrees > size - 1)) {
      throw new DomainError(
        `a Jacobi ensemble of size ${size} has more than ${size - 1} degrees of freedom; got ${degrees}`,
      );
    }
  }
  const half = beta / 2;
  const outer = Array.from({ length: size }, (_, i) => betaAngle(half * (first - i), half * (second - i), random));
  const inner = Array.from({ length: size - 1 }, (_, i) =>
    betaAngle(half * (size - 1 - i), half * (first + second - size - i), random),
  );
  const main = filled(size, (i) => outer[i]!.cosine * (i === 0 ? 1 : inner[i - 1]!.sine));
  const beside = filled(size - 1, (i) => outer[i]!.sine * inner[i]!.cosine);
  return {
    diagonal: filled(size, (i) => main[i]! ** 2 + (i + 1 === size ? 0 : beside[i]! ** 2)),
    offDiagonal: filled(size - 1, (i) => -beside[i]! * main[i + 1]!),
  };
}

/** The eigenvalues of a matrix of the Gaussian orthogonal ensemble whose law tends to the semicircle of the given variance. */
export function wignerEigenvalues(
  size: number,
  variance: number,
  random: Random,
  budget: Budget = unlimited,
): Float64Array {
  const deviation = Math.sqrt(variance);
  return eigenvalues(betaHermite(size, 1, random), budget).map((value) => deviation * value);
}

/**
 * The eigenvalues of X Xᵀ/degrees for a size x degrees matrix X of independent standard normal entries. Where degrees ≥ size it
 * need not be an integer; below it is rounded, and size − degrees eigenvalues are exactly 0.
 */
export function wishartEigenvalues(
  size: number,
  degrees: number,
  random: Random,
  budget: Budget = unlimited,
): Float64Array {
  checkSize(size);
  if (degrees >= size)
    return eigenvalues(betaLaguerre(size, 1, degrees, random), budget).map((value) => Math.max(0, value));
  const rank = Math.round(degrees);
  if (rank === 0) return new Float64Array(size);
  const values = new Float64Array(size);
  const positive = eigenvalues(betaLaguerre(rank, 1, size, random), budget).map((value) =>
    Math.max(0, (value * size) / degrees),
  );
  values.set(positive, size - rank);
  return values;
}

/**
 * The eigenvalues of W₁ (W₁ + W₂)⁻¹ for Wishart matrices of `first` and `second` degrees of freedom, together at least size.
 * Where they are ≥ size they need not be integers; below they are rounded, and so many eigenvalues as are missing are exactly 0
 * (for `first`) or 1 (for `second`).
 */
export function manovaEigenvalues(
  size: number,
  first: number,
  second: number,
  random: Random,
  budget: Budget = unlimited,
): Float64Array {
  checkSize(size);
  // Where W₁ has rank r < size, the other r eigenvalues are those of the same problem of size r, with `size` degrees in W₁.
  if (first < size) {
    const rank = Math.round(first);
    const rest = rank === 0 ? new Float64Array() : manovaEigenvalues(rank, size, rank + second - size, random, budget);
    return Float64Array.from({ length: size }, (_, i) => (i < size - rank ? 0 : rest[i - (size - rank)]!));
  }
  if (second < size)
    return manovaEigenvalues(size, second, first, random, budget)
      .map((value) => 1 - value)
      .reverse();
  return eigenvalues(betaJacobi(size, 1, first, second, random), budget).map((value) =>
    Math.min(1, Math.max(0, value)),
  );
}

function eigenvalues({ diagonal, offDiagonal }: TridiagonalMatrix, budget: Budget): Float64Array {
  return tridiagonalEigenvalues(diagonal, offDiagonal, budget);
}

export function checkBeta(beta: number): void {
  if (!(beta > 0 && beta < Number.POSITIVE_INFINITY)) throw new DomainError(`beta is a positive number; got ${beta}`);
}

function filled(length: number, entry: (i: number) => number): Float64Array {
  return Float64Array.from({ length }, (_, i) => entry(i));
}
