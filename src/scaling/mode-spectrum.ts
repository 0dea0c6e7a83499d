// Estimates in double precision, of what was measured or of a model.
import { DomainError } from "../core/index.js";

/** The modes of a quadratic loss, largest eigenvalue first. */
export interface ModeSpectrum {
  /** lambda_k > 0, descending. */
  readonly eigenvalues: Float64Array;
  /** lambda_k w_k²: the loss that mode k carries before training, w_k the target's coefficient in it. */
  readonly losses: Float64Array;
  /** Loss that no training removes: modes cut off, directions with eigenvalue 0, noise. */
  readonly floor: number;
}

/** lambda_k = k^−a with losses lambda_k w_k² = k^−b, for k = 1, …, count. */
export function powerLawModes(a: number, b: number, count: number): ModeSpectrum {
  checkExponents(a, b);
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new DomainError(`the number of modes must be a positive whole number; got ${count}`);
  }
  return {
    eigenvalues: Float64Array.from({ length: count }, (_, k) => (k + 1) ** -a),
    losses: Float64Array.from({ length: count }, (_, k) => (k + 1) ** -b),
    floor: 0,
  };
}

/** @throws DomainError unless a > 0 and b > 1, where the loss is finite and falls. */
export function checkExponents(a: number, b: number): void {
  if (!(a > 0 && Number.isFinite(a)))
    throw new DomainError(`the exponent a of the eigenvalues must be positive; got ${a}`);
  if (!(b > 1 && Number.isFinite(b))) {
    throw new DomainError(`the exponent b of the losses must be above 1, or their sum is infinite; got ${b}`);
  }
}

/**
 * Modes from measured eigenvalues and, for each in the same order, the target's coefficient w_k (all 1 when there are none: a target
 * of equal weight in every mode). Eigenvalues up to n·2^-52 times the largest count as zero and learn nothing.
 *
 * @throws DomainError for negative eigenvalues beyond rounding, none that are positive, or unequal lengths.
 */
export function measuredModes(eigenvalues: ArrayLike<number>, coefficients?: ArrayLike<number>): ModeSpectrum {
  if (coefficients !== undefined && coefficients.length !== eigenvalues.length) {
    throw new DomainError(
      `every eigenvalue needs the coefficient of the target in its mode: ${eigenvalues.length} eigenvalues, ${coefficients.length} coefficients`,
    );
  }
  const values = Float64Array.from(eigenvalues);
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  const least = values.reduce((most, value) => Math.min(most, value), 0);
  const threshold = values.length * 2 ** -52 * largest;
  if (least < -Math.sqrt(2 ** -52) * largest || largest === 0) {
    throw new DomainError(
      largest === 0
        ? "no eigenvalue is positive; the modes of a loss have eigenvalues of at least 0"
        : `an eigenvalue is ${least}; the modes of a loss have eigenvalues of at least 0`,
    );
  }
  const order = Array.from(values.keys())
    .filter((k) => values[k]! > threshold)
    .sort((i, j) => values[j]! - values[i]!);
  return {
    eigenvalues: Float64Array.from(order, (k) => values[k]!),
    losses: Float64Array.from(order, (k) => values[k]! * (coefficients?.[k] ?? 1) ** 2),
    floor: 0,
  };
}

/**
 * The spectrum of a pruned model: only the `keep` largest eigenvalues learn, the losses of the others stay.
 *
 * @throws DomainError when `keep` is no whole number from 0 to the number of modes.
 */
export function truncateModes(modes: ModeSpectrum, keep: number): ModeSpectrum {
  const { eigenvalues, losses, floor } = modes;
  if (!Number.isSafeInteger(keep) || keep < 0 || keep > eigenvalues.length) {
    throw new DomainError(
      `the number of modes to keep must be a whole number from 0 to ${eigenvalues.length}; got ${keep}`,
    );
  }
  return {
    eigenvalues: eigenvalues.slice(0, keep),
    losses: losses.slice(0, keep),
    floor: losses.subarray(keep).reduce((sum, loss) => sum + loss, floor),
  };
}

/**
 * The spectrum of a model whose kernel carries symmetric noise of independent entries, N(0, s²/n): a mode with lambda > s becomes
 * lambda + s²/lambda, and its eigenvector keeps the share 1 − s²/lambda² of its direction, so that this share of its loss is learned; a mode
 * with lambda ≤ s is lost in the noise. In the limit of large n for few strong modes; with many strong modes an approximation.
 *
 * Source: F. Benaych-Georges and R. R. Nadakuditi, Adv. Math. 227 (2011) 494–521, section 3.1.
 *
 * @throws DomainError for a negative s.
 */
export function perturbModes(modes: ModeSpectrum, s: number): ModeSpectrum {
  if (!(s >= 0 && Number.isFinite(s))) throw new DomainError(`the strength of the noise must be at least 0; got ${s}`);
  const kept = modes.eigenvalues.filter((lambda) => lambda > s).length;
  const share = (k: number): number => 1 - (s / modes.eigenvalues[k]!) ** 2;
  let { floor } = modes;
  modes.losses.forEach((loss, k) => {
    floor += k < kept ? loss * (1 - share(k)) : loss;
  });
  return {
    eigenvalues: modes.eigenvalues.slice(0, kept).map((lambda) => lambda + s ** 2 / lambda),
    losses: modes.losses.slice(0, kept).map((loss, k) => loss * share(k)),
    floor,
  };
}

/**
 * The strength s of the noise that rounding the entries of an n x n symmetric kernel to multiples of `step` makes, for
 * {@link perturbModes}: rounding errors are uniform, of variance step²/12.
 */
export function quantisationNoise(step: number, n: number): number {
  if (!(step >= 0 && Number.isFinite(step)))
    throw new DomainError(`the step of rounding must be at least 0; got ${step}`);
  return step * Math.sqrt(n / 12);
}
