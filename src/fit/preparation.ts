import { DomainError } from "../core/index.js";

export interface PreparationOptions {
  /** The size n of the matrix when the file does not hold all its eigenvalues: the missing ones are taken to be zeros. */
  readonly size?: number;
  /** Eigenvalues of at most this absolute value count as zero; by default n·2^-52·max|lambda|, the rank rule of numerical libraries. */
  readonly rankThreshold?: number;
  /** How many of the largest and smallest eigenvalues are isolated; `"auto"` (default) by the gap rule of `prepareSpectrum`. */
  readonly outliers?: "auto" | { readonly largest?: number; readonly smallest?: number };
}

/** Eigenvalues made ready for a fit. */
export interface Preparation {
  /** The size of the matrix. */
  readonly size: number;
  /** Values up to this are counted as zero. */
  readonly rankThreshold: number;
  /** How many of all `size` eigenvalues are zero; they make an atom of the bulk. */
  readonly zeros: number;
  /** The eigenvalues without the outliers, ascending, numerical zeros as exact 0. */
  readonly bulk: Float64Array;
  /** The isolated eigenvalues, ascending. */
  readonly outliers: Float64Array;
}

/** A gap this many times the median of the ten gaps behind it isolates what lies beyond it. */
const gapFactor = 6;
/** … where the values do not repel each other, so that gaps are distributed exponentially and grow towards an edge. */
const gapFactorOfDraws = 30;
const neighbours = 10;

/**
 * Sorts, counts numerical zeros, and splits off isolated eigenvalues.
 *
 * Gap rule: going inwards from an end of the nonzero spectrum, the eigenvalues beyond the innermost gap that is more than 6 times
 * the median of the ten gaps behind it are outliers; at most one in fifty, and at most twenty, at each end. At a soft edge
 * of a random matrix the outermost gap is about 1.5 times that median.
 *
 * @param repelling false for numbers that are no eigenvalues of a matrix, of which the outermost lie farther apart by chance: then 30 times.
 * @throws DomainError for a size below the number of values, a negative threshold, or fewer than two values left.
 */
export function prepareSpectrum(
  eigenvalues: ArrayLike<number>,
  options: PreparationOptions = {},
  repelling = true,
): Preparation {
  const sorted = Float64Array.from(eigenvalues).sort();
  if (sorted.length < 2) throw new DomainError("a spectrum needs at least two eigenvalues");
  const bad = sorted.find((value) => !Number.isFinite(value));
  if (bad !== undefined) throw new DomainError(`every eigenvalue must be finite; one is ${bad}`);
  const size = options.size ?? sorted.length;
  if (!Number.isSafeInteger(size) || size < sorted.length) {
    throw new DomainError(
      `the size must be a whole number of at least ${sorted.length}, the number of eigenvalues given; got ${size}`,
    );
  }
  const largest = Math.max(Math.abs(sorted[0]!), Math.abs(sorted.at(-1)!));
  const rankThreshold = options.rankThreshold ?? size * 2 ** -52 * largest;
  if (!(rankThreshold >= 0)) throw new DomainError(`the rank threshold must be at least 0; got ${rankThreshold}`);
  const nonzero = sorted.filter((value) => Math.abs(value) > rankThreshold);
  const zeros = size - nonzero.length;
  if (nonzero.length < 2) {
    throw new DomainError(
      `fewer than two eigenvalues exceed the rank threshold ${rankThreshold}; there is no bulk to fit`,
    );
  }
  const limit = Math.min(20, Math.floor(nonzero.length / 50));
  const wanted = options.outliers ?? "auto";
  const factor = repelling ? gapFactor : gapFactorOfDraws;
  const above = wanted === "auto" ? isolated(nonzero, limit, factor) : (wanted.largest ?? 0);
  const below =
    wanted === "auto"
      ? isolated(Float64Array.from(nonzero, (v) => -v).reverse(), limit, factor)
      : (wanted.smallest ?? 0);
  for (const count of [above, below]) {
    if (!Number.isSafeInteger(count) || count < 0)
      throw new DomainError(`the number of outliers must be a whole number; got ${count}`);
  }
  if (nonzero.length - above - below < 2) throw new DomainError("with so many outliers there is no bulk left to fit");
  const inner = nonzero.subarray(below, nonzero.length - above);
  const bulk = Float64Array.from([...new Float64Array(zeros), ...inner]).sort();
  const outliers = Float64Array.from([...nonzero.subarray(0, below), ...nonzero.subarray(nonzero.length - above)]);
  return { size, rankThreshold, zeros, bulk, outliers };
}

/** How many of the last of ascending values are isolated by the gap rule. */
function isolated(values: Float64Array, limit: number, factor: number): number {
  let count = 0;
  for (let beyond = 1; beyond <= limit; beyond++) {
    const inner = values.length - 1 - beyond;
    if (inner < neighbours) break;
    const gaps = Array.from({ length: neighbours }, (_, k) => values[inner - k]! - values[inner - k - 1]!).sort(
      (a, b) => a - b,
    );
    const median = (gaps[neighbours / 2 - 1]! + gaps[neighbours / 2]!) / 2;
    if (median > 0 && values[inner + 1]! - values[inner]! > factor * median) count = beyond;
  }
  return count;
}
