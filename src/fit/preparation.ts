import { DomainError } from "../core/index.js";
import { distinctPlaces } from "../regression/index.js";

export interface PreparationOptions {
  /** The size n of the matrix when the file does not hold all its eigenvalues: the missing ones are taken to be zeros. */
  readonly size?: number;
  /** Eigenvalues of at most this absolute value count as zero; by default n·2^-52·max|lambda|, the rank rule of numerical libraries. */
  readonly rankThreshold?: number;
  /** How many of the largest and smallest eigenvalues are isolated in each matrix; `"auto"` (default) by the gap rule of `prepareSpectrum`. */
  readonly outliers?: "auto" | { readonly largest?: number; readonly smallest?: number };
}

/** Eigenvalues made ready for a fit. */
export interface Preparation {
  /** The size of the matrix; of pooled matrices the sum of their sizes. */
  readonly size: number;
  /** Values up to this are counted as zero. */
  readonly rankThreshold: number;
  /** How many of all `size` eigenvalues are zero; they make an atom of the bulk. */
  readonly zeros: number;
  /** The eigenvalues without the outliers, ascending, numerical zeros as exact 0. */
  readonly bulk: Float64Array;
  /** What each of the pooled matrices, or the only one, contributes to the bulk, ascending. */
  readonly matrices: readonly Float64Array[];
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
 * of a random matrix the outermost gap is about 1.5 times that median. Equal values, as of a rounded list, count once.
 *
 * A numerical zero that this rule isolates from eigenvalues of one sign, where neither size nor threshold say that it is a matter of rank, is an outlier at 0 and no atom: the eigenvalue of the constant vector
 * of a graph Laplacian or of a centred Gram matrix. Beside the zeros of a Gram matrix of lower rank the bulk comes down to them.
 *
 * @param repelling false for numbers that are no eigenvalues of a matrix, of which the outermost lie farther apart by chance: then 30 times.
 * @throws DomainError for a size below the number of values, a negative threshold, or fewer than two values left.
 */
export function prepareSpectrum(
  eigenvalues: ArrayLike<number>,
  options: PreparationOptions = {},
  repelling = true,
): Preparation {
  return preparePooled([eigenvalues], options, repelling);
}

/**
 * The same for the eigenvalues of independent matrices of one size, each a spectrum of its own: eigenvalues of different matrices do not repel each other, so that gaps between them
 * mean nothing. At each end as many are isolated in every matrix as in the one in the middle.
 *
 * @throws DomainError as for one, and when the sizes differ.
 */
export function preparePooled(
  spectra: readonly ArrayLike<number>[],
  options: PreparationOptions = {},
  repelling = true,
): Preparation {
  const sorted = spectra.map((eigenvalues) => Float64Array.from(eigenvalues).sort());
  for (const values of sorted) {
    if (values.length < 2) throw new DomainError("a spectrum needs at least two eigenvalues");
    const bad = values.find((value) => !Number.isFinite(value));
    if (bad !== undefined) throw new DomainError(`every eigenvalue must be finite; one is ${bad}`);
  }
  const size = options.size ?? sorted[0]!.length;
  const other = sorted.find((values) => (options.size === undefined ? values.length !== size : values.length > size));
  if (other !== undefined && sorted.length > 1) {
    throw new DomainError(
      `pooled submatrices have one size; one has ${other.length} eigenvalues and the size is ${size}`,
    );
  }
  if (!Number.isSafeInteger(size) || other !== undefined) {
    throw new DomainError(
      `the size must be a whole number of at least ${sorted[0]!.length}, the number of eigenvalues given; got ${size}`,
    );
  }
  const largest = Math.max(...sorted.flatMap((values) => [Math.abs(values[0]!), Math.abs(values.at(-1)!)]));
  const rankThreshold = options.rankThreshold ?? size * 2 ** -52 * largest;
  if (!(rankThreshold >= 0)) throw new DomainError(`the rank threshold must be at least 0; got ${rankThreshold}`);
  const regular = sorted.map((values) => values.filter((value) => Math.abs(value) > rankThreshold));
  if (regular.some(({ length }) => length < 2)) {
    throw new DomainError(
      `fewer than two eigenvalues exceed the rank threshold ${rankThreshold}; there is no bulk to fit`,
    );
  }
  const wanted = options.outliers ?? "auto";
  const factor = repelling ? gapFactor : gapFactorOfDraws;
  const free = wanted === "auto" && options.size === undefined && options.rankThreshold === undefined;
  const nonzero = (free ? withLoneZeros(sorted, regular, factor) : undefined) ?? regular;
  const above = wanted === "auto" ? isolatedIn(nonzero, factor) : (wanted.largest ?? 0);
  const below = wanted === "auto" ? isolatedIn(nonzero.map(mirrored), factor) : (wanted.smallest ?? 0);
  for (const count of [above, below]) {
    if (!Number.isSafeInteger(count) || count < 0)
      throw new DomainError(`the number of outliers must be a whole number; got ${count}`);
  }
  if (nonzero.some(({ length }) => length - above - below < 2))
    throw new DomainError("with so many outliers there is no bulk left to fit");
  const matrices = nonzero.map((values) =>
    Float64Array.from([
      ...new Float64Array(size - values.length),
      ...values.subarray(below, values.length - above),
    ]).sort(),
  );
  const united = (parts: readonly Float64Array[]): Float64Array =>
    Float64Array.from(parts.flatMap((values) => Array.from(values))).sort();
  return {
    size: size * spectra.length,
    rankThreshold,
    zeros: nonzero.reduce((sum, { length }) => sum + size - length, 0),
    bulk: matrices.length === 1 ? matrices[0]! : united(matrices),
    matrices,
    outliers: united(nonzero.flatMap((values) => [values.subarray(0, below), values.subarray(values.length - above)])),
  };
}

function mirrored(values: Float64Array): Float64Array {
  return Float64Array.from(values, (value) => -value).reverse();
}

/** The spectra with their numerical zeros as exact ones, where these lie apart at the end of eigenvalues of one sign. */
function withLoneZeros(
  sorted: readonly Float64Array[],
  regular: readonly Float64Array[],
  factor: number,
): Float64Array[] | undefined {
  const zeros = sorted.map(({ length }, k) => length - regular[k]!.length);
  const whole = regular.map((values, k) => Float64Array.from([...values, ...new Float64Array(zeros[k]!)]).sort());
  const most = Math.max(...zeros);
  if (most === 0) return undefined;
  const positive = regular.every((values) => values[0]! > 0);
  const negative = regular.every((values) => values.at(-1)! < 0);
  const apart = positive ? isolatedIn(whole.map(mirrored), factor) : negative ? isolatedIn(whole, factor) : 0;
  return apart >= most ? whole : undefined;
}

/** How many of the last of ascending values are isolated by the gap rule: of several spectra, in the one in the middle. */
function isolatedIn(spectra: readonly Float64Array[], factor: number): number {
  const counts = spectra.map((values) => isolated(values, Math.min(20, Math.floor(values.length / 50)), factor));
  return counts.sort((a, b) => a - b)[(counts.length - 1) >> 1]!;
}

/** How many of the last of ascending values are isolated by the gap rule. */
function isolated(values: Float64Array, limit: number, factor: number): number {
  const places = distinctPlaces(values);
  const gap = (k: number): number => values[places[k]!]! - values[places[k - 1]!]!;
  let count = 0;
  for (let k = places.length - 1; k > neighbours; k--) {
    const beyond = values.length - places[k]!;
    if (beyond > limit) break;
    const gaps = Array.from({ length: neighbours }, (_, j) => gap(k - 1 - j)).sort((a, b) => a - b);
    const median = (gaps[neighbours / 2 - 1]! + gaps[neighbours / 2]!) / 2;
    if (gap(k) > factor * median) count = beyond;
  }
  return count;
}
