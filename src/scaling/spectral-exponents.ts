import { DomainError } from "../core/index.js";
import { tailExponent } from "./learning-curve.js";
import type { ModeSpectrum } from "./mode-spectrum.js";

export interface ExponentEstimate {
  readonly value: number;
  /** Standard error, from the scatter of the bins about the straight line. */
  readonly error: number;
}

export interface SpectralExponents {
  /** lambda_k ~ k^−a. */
  readonly a: ExponentEstimate;
  /** lambda_k w_k² ~ k^−b. */
  readonly b: ExponentEstimate;
  /** (b − 1)/a with its error, or why there is none. */
  readonly learning: ExponentEstimate | { readonly none: string };
  /** The ranks that were used, from 1. */
  readonly ranks: { readonly first: number; readonly last: number };
}

const binsPerOctave = 4;

/**
 * The exponents of a power-law spectrum: straight lines through log of bin means against log rank, in bins of equal width in log rank (four
 * an octave), so that every octave counts alike and neighbouring, correlated eigenvalues share a bin. By default ranks 3 to n/3: the
 * largest eigenvalues are outliers of any power law, the smallest feel the size of the sample. Estimates.
 *
 * @throws DomainError for a window that holds fewer than four bins.
 */
export function spectralExponents(
  modes: ModeSpectrum,
  window: { readonly first?: number; readonly last?: number } = {},
): SpectralExponents {
  const n = modes.eigenvalues.length;
  const first = window.first ?? Math.min(3, n);
  const last = window.last ?? Math.floor(n / 3);
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last) || first < 1 || last > n) {
    throw new DomainError(`ranks must be whole numbers from 1 to ${n}; got ${first} to ${last}`);
  }
  const bins = logarithmicBins(first, last);
  if (bins.length < 4) {
    throw new DomainError(
      `ranks ${first} to ${last} are too few for an exponent; at least an octave and four bins are needed, such as ranks 3 to 10`,
    );
  }
  const a = slope(bins, modes.eigenvalues);
  const b = slope(bins, modes.losses);
  return { a, b, learning: learningOf(a, b), ranks: { first, last } };
}

function learningOf(a: ExponentEstimate, b: ExponentEstimate): SpectralExponents["learning"] {
  if (!(a.value > 0)) return { none: "the eigenvalues do not fall with their rank" };
  if (!(b.value > 1)) return { none: "b is at most 1: the sum of the losses hangs on the number of modes" };
  const value = tailExponent(a.value, b.value);
  return { value, error: Math.hypot(b.error / a.value, (value * a.error) / a.value) };
}

/** Ranks from 1, first and last of each bin. */
function logarithmicBins(first: number, last: number): { readonly from: number; readonly to: number }[] {
  const bins: { from: number; to: number }[] = [];
  for (let from = first; from <= last; ) {
    const to = Math.max(from, Math.ceil(from * 2 ** (1 / binsPerOctave)) - 1);
    if (to > last) break;
    bins.push({ from, to });
    from = to + 1;
  }
  return bins;
}

function slope(bins: readonly { from: number; to: number }[], values: Float64Array): ExponentEstimate {
  const points = bins.map(({ from, to }) => {
    let [rank, sum] = [0, 0];
    for (let k = from; k <= to; k++) {
      rank += Math.log(k);
      sum += values[k - 1]!;
    }
    const count = to - from + 1;
    return { x: rank / count, y: Math.log(sum / count) };
  });
  const empty = points.findIndex(({ y }) => !Number.isFinite(y));
  if (empty >= 0) {
    throw new DomainError(
      `the values of ranks ${bins[empty]!.from} to ${bins[empty]!.to} are all 0, which no power law has; end the window before them`,
    );
  }
  const count = points.length;
  const [x, y] = [points.reduce((sum, p) => sum + p.x, 0) / count, points.reduce((sum, p) => sum + p.y, 0) / count];
  const spread = points.reduce((sum, p) => sum + (p.x - x) ** 2, 0);
  const tilt = points.reduce((sum, p) => sum + (p.x - x) * (p.y - y), 0) / spread;
  const rest = points.reduce((sum, p) => sum + (p.y - y - tilt * (p.x - x)) ** 2, 0);
  return { value: -tilt, error: Math.sqrt(rest / (count - 2) / spread) };
}
