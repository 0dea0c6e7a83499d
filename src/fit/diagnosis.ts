import type { Outcome } from "../core/index.js";
import type { Scatter } from "../regression/index.js";

/** How far a fit can be trusted. */
export interface Diagnosis {
  /** Squared deviation in units of the noise, its expectation for a right law, and the chance that a right law gives as much. */
  readonly misfit: { readonly value: number; readonly expected: number; readonly probability: number };
  /** How many independent combinations of the data stand above the noise floor; so many numbers at most can be told apart. */
  readonly modes: number;
  /** The variance of the data about the nearest candidate over that of the theory. */
  readonly excess: number;
  /** How the data scatter: found from the data where they are not as eigenvalues of a matrix are. */
  readonly scatter: Scatter;
  /** `good`: as near to the data as a right law; `fair`: nearer than three times that, or of fewer than 30 eigenvalues; `poor`: farther, or no spectrum. */
  readonly verdict: "good" | "fair" | "poor";
  /** The verdict in plain words. */
  readonly text: string;
}

export interface Misfit {
  readonly misfit: number;
  readonly modes: number;
  readonly freedom: number;
  readonly excess: number;
  readonly condition: number;
  readonly scatter: Scatter;
  /** The Kolmogorov–Smirnov distance of the law from its bulk, and how many eigenvalues that has; not known where the law could not be followed to the real axis in doubles. */
  readonly distance?: { readonly ks: number | undefined; readonly count: number };
  /** How many eigenvalues of the bulk are not 0. */
  readonly nonzero?: number;
}

/** A right law fails this test once in a thousand times. */
const significance = 1e-3;
const fairResidual = 3;

export function diagnose(
  { misfit, modes, freedom, excess, condition, scatter, distance, nonzero }: Misfit,
  physical: Outcome<true>,
): Diagnosis {
  const expected = Math.max(1, modes - freedom);
  const probability = chiSquaredTail(misfit, expected);
  const residual = Math.sqrt(misfit / expected);
  const units = residual.toPrecision(3);
  const found = (verdict: Diagnosis["verdict"], text: string): Diagnosis => ({
    misfit: { value: misfit, expected, probability },
    modes,
    excess,
    scatter,
    verdict,
    text: `${text}${scatterText(scatter)}`,
  });
  if (physical.kind === "undefined") return found("poor", "the fitted curve is no spectrum; do not use it as a law");
  const ks = distance?.ks;
  if (distance !== undefined && ks === undefined) {
    return found(
      "poor",
      "double precision does not reach from this law to its eigenvalues, so that nobody knows how far it is from the measured ones; do not use it",
    );
  }
  if (distance !== undefined && ks! > farApart(distance.count, scatter)) {
    return found(
      "poor",
      `the law is no law of these eigenvalues (Kolmogorov-Smirnov distance ${ks!.toPrecision(3)}), though it is near to their transform away from them: most of them lie closer together than a bulk has them, or in several places`,
    );
  }
  if (nonzero !== undefined && nonzero < few && probability > significance) {
    return found(
      "fair",
      `${nonzero} nonzero eigenvalues are near to this law and to many others; a verdict needs at least ${few}`,
    );
  }
  const loose = condition > 1e4 ? "; some of its numbers are hardly determined by the data" : "";
  if (probability > significance) {
    return found(
      "good",
      `the law explains the data to within their noise (residual ${units} where 1 is expected)${loose}`,
    );
  }
  if (residual < fairResidual) {
    return found(
      "fair",
      `the law is ${units} times as far from the data as noise explains: small features are missing${loose}`,
    );
  }
  return found(
    "poor",
    `the law is ${units} times as far from the data as the noise of a random matrix explains: the model, or the assumption of a matrix in general position, does not fit`,
  );
}

/** Of fewer eigenvalues nothing can be said with the word good. */
export const few = 30;

/**
 * Right laws stay below 1.63/√n of independent draws, but once in a hundred times, and below 5/n of eigenvalues, which repel each other (simulated matrices of 30 to 1000 rows: 1.6/n to 3.6/n); what small features miss is allowed for.
 */
function farApart(count: number, scatter: Scatter): number {
  return Math.min(0.9, 0.05 + (scatter === "independent" ? 2 / Math.sqrt(count) : 5 / count));
}

/** What is to be said where the data are no eigenvalues of a matrix. */
function scatterText(scatter: Scatter): string {
  if (scatter === "independent") {
    return "; the noise is that of independent draws from a law, not of the eigenvalues of a random matrix, which repel each other: errors of order 1/√n in place of 1/n";
  }
  if (scatter === "even") {
    return "; the numbers are more even than eigenvalues of a random matrix ever are, like quantiles of a law: their mean was taken as it is, without the shift of order 1/n of real matrices; a matrix with such eigenvalues, that of a path or a lattice, is in no general position, and its law does not flow";
  }
  return "";
}

/** P(chi² > x) for k degrees of freedom, by the cube-root normal approximation [Wilson and Hilferty, PNAS 17 (1931) 684]; absolute error below 0.01. */
export function chiSquaredTail(x: number, k: number): number {
  const variance = 2 / (9 * k);
  return normalTail((Math.cbrt(x / k) - (1 - variance)) / Math.sqrt(variance));
}

/** P(Z > z), Abramowitz and Stegun 7.1.26; absolute error below 1e-6. */
function normalTail(z: number): number {
  const y = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * y);
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const tail = 0.5 * series * Math.exp(-y * y);
  return z >= 0 ? tail : 1 - tail;
}
