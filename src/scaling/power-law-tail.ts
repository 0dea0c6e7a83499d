import { type Budget, DomainError, type Random, seededRandom, unlimited } from "../core/index.js";

/** A density ∝ x^−alpha above xMin. */
export interface PowerLawTail {
  readonly alpha: number;
  /** Standard error of alpha from the bootstrap, with the choice of xMin in it. */
  readonly error: number;
  readonly xMin: number;
  /** How many values lie at or above xMin. */
  readonly count: number;
  /** Kolmogorov–Smirnov distance of the tail. */
  readonly ks: number;
  /** The share of samples of the fitted model that lie farther from their own fit than the data do; below 0.1 speaks against a power law. */
  readonly plausibility: number;
}

export interface TailOptions {
  /** Bootstrap samples; 100 by default. */
  readonly resamples?: number;
  readonly seed?: number;
}

/** A tail of fewer values has no exponent. */
const leastTail = 10;
/** Candidates for xMin, spread evenly over the values. */
const mostCandidates = 60;

/**
 * Maximum-likelihood power law of the upper tail, alpha = 1 + m/Σ log(x_i/xMin), xMin where the tail is nearest to its own fit; error and plausibility by a
 * bootstrap that draws the tail from the fitted law and the rest from the data. It takes values to be independent: eigenvalues repel
 * each other and lie nearer to any smooth law than that, so that `plausibility` is generous. Estimates with their error.
 *
 * Source: A. Clauset, C. R. Shalizi and M. E. J. Newman, SIAM Rev. 51 (2009) 661–703, sections 3 and 4.
 *
 * @param values ascending.
 * @throws DomainError for fewer than ten positive values.
 */
export function powerLawTail(
  values: Float64Array,
  options: TailOptions = {},
  budget: Budget = unlimited,
): PowerLawTail {
  const positive = values.filter((value) => value > 0);
  if (positive.length < leastTail || positive[0] === positive.at(-1)) {
    throw new DomainError(
      `at least ${leastTail} different positive values are needed for a tail; got ${positive.length}`,
    );
  }
  const found = nearestTail(positive);
  const random = seededRandom(options.seed ?? 1);
  const resamples = options.resamples ?? 100;
  if (!Number.isSafeInteger(resamples) || resamples < 10) {
    throw new DomainError(`the bootstrap needs at least 10 samples; got ${resamples}`);
  }
  const replicas = Array.from({ length: resamples }, () => {
    budget.spend(positive.length / 10, "resampling a tail");
    return nearestTail(replica(positive, found, random));
  });
  const mean = replicas.reduce((sum, tail) => sum + tail.alpha, 0) / resamples;
  const variance = replicas.reduce((sum, tail) => sum + (tail.alpha - mean) ** 2, 0) / (resamples - 1);
  return {
    ...found,
    error: Math.sqrt(variance),
    plausibility: replicas.filter((tail) => tail.ks > found.ks).length / resamples,
  };
}

type Tail = Pick<PowerLawTail, "alpha" | "xMin" | "count" | "ks">;

function nearestTail(values: Float64Array): Tail {
  const last = values.length - leastTail;
  const stride = Math.max(1, Math.ceil((last + 1) / mostCandidates));
  const logs = values.map(Math.log);
  let best: Tail | undefined;
  for (let first = 0; first <= last; first += stride) {
    const tail = tailFrom(values, logs, first);
    if (tail !== undefined && (best === undefined || tail.ks < best.ks)) best = tail;
  }
  return best ?? { alpha: Number.POSITIVE_INFINITY, xMin: values.at(-1)!, count: 1, ks: 1 };
}

function tailFrom(values: Float64Array, logs: Float64Array, first: number): Tail | undefined {
  const count = values.length - first;
  let sum = 0;
  for (let i = first; i < values.length; i++) sum += logs[i]! - logs[first]!;
  if (!(sum > 0)) return undefined;
  const exponent = count / sum;
  let ks = 0;
  for (let i = first; i < values.length; i++) {
    const cumulative = 1 - Math.exp(-exponent * (logs[i]! - logs[first]!));
    const rank = i - first;
    ks = Math.max(ks, Math.abs(cumulative - rank / count), Math.abs(cumulative - (rank + 1) / count));
  }
  return { alpha: 1 + exponent, xMin: values[first]!, count, ks };
}

function replica(values: Float64Array, tail: Tail, random: Random): Float64Array {
  const below = values.length - tail.count;
  return Float64Array.from(values, () =>
    random.uniform() * values.length < tail.count
      ? tail.xMin * (1 - random.uniform()) ** (-1 / (tail.alpha - 1))
      : values[random.integer(0, below - 1)]!,
  ).sort();
}
