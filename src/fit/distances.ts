import { kolmogorovSmirnov } from "../measured/index.js";

/** How far a predicted distribution is from a measured spectrum. */
export interface Distances {
  /** Kolmogorov–Smirnov distance of the whole distributions, atoms included. */
  readonly ks: number;
  /** The same of the distributions conditioned on not being zero. */
  readonly ksBulk: number;
  /** Wasserstein distance: the mean of |predicted − measured quantile|. */
  readonly w1: number;
}

/** A distribution function with what is needed to compare it with a list of eigenvalues. */
export interface Predicted {
  /** Mass of (−∞, x]. */
  cumulative(x: number): number;
  /** Weight of the atom at 0. */
  readonly zeroWeight: number;
  quantile(p: number): number;
}

/** @param truth ascending, numerical zeros as exact 0. */
export function distances(predicted: Predicted, truth: Float64Array): Distances {
  const { zeroWeight } = predicted;
  const nonzero = truth.filter((value) => value !== 0);
  const conditional = (x: number): number => (predicted.cumulative(x) - (x >= 0 ? zeroWeight : 0)) / (1 - zeroWeight);
  let w1 = 0;
  truth.forEach((value, i) => {
    w1 += Math.abs(predicted.quantile((i + 0.5) / truth.length) - value);
  });
  return {
    ks: kolmogorovSmirnov((x) => predicted.cumulative(x), truth),
    ksBulk: zeroWeight < 1 && nonzero.length > 0 ? kolmogorovSmirnov(conditional, nonzero) : 0,
    w1: w1 / truth.length,
  };
}
