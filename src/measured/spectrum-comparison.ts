import { type Budget, seededRandom, unlimited } from "../core/index.js";
import {
  type CompressedPoint,
  type EmpiricalMeasure,
  empiricalMeasure,
  type FreeCompression,
  freeCompression,
} from "./free-compression.js";

/** How much chance there is in the largest difference, for corners in general position. */
export interface ChanceOfDistance {
  /** 999 of 1000 stay below this. */
  readonly critical: number;
  /** The share of at least so large ones among the draws, the found one counted in: never below 1/(draws + 1). */
  readonly p: number;
}

/** A place of the spectrum: the shares of the eigenvalues below it, as found at the small size and as the large size predicts them. */
export interface SpectrumPlace {
  readonly x: number;
  readonly found: number;
  readonly predicted: number;
}

/** The whole spectrum at the small size against what the large size predicts. */
export interface SpectrumComparison {
  /** Largest difference of the distribution functions, each smoothed over three eigenvalues or 1/256 of them, whichever is more; freed from its expectation. */
  readonly distance: number;
  /** The same without smoothing: the Kolmogorov–Smirnov distance. */
  readonly ks: number;
  /** When the small matrix is part of the large one. */
  readonly nested: ChanceOfDistance;
  /** When both are parts of a much larger matrix. */
  readonly independent: ChanceOfDistance;
  readonly draws: number;
  /** Where the difference is largest. */
  readonly worst: SpectrumPlace;
  /** From the first to the last place where the difference is above `nested.critical` and the difference that is asked for; missing where there is none. */
  readonly off?: { readonly from: SpectrumPlace; readonly to: SpectrumPlace };
  /** How many eigenvalues are not zero, on the mean. */
  readonly rank: { readonly found: number; readonly predicted: number };
}

/** Distribution functions that differ by less are near enough, unless another difference is asked for. */
export const nearEnough = 0.02;
const mostPoints = 256;
const draws = 1999;
const criticalShare = 0.999;
const seed = 20240607;

/** Spectra of one size. */
export interface SpectraOfSize {
  readonly samples: readonly ArrayLike<number>[];
  readonly size: number;
  /** As how many independent ones they count, where they overlap; all of them by default. */
  readonly independent?: number;
}

/**
 * Compares the eigenvalues of a small matrix with the free compression of the eigenvalues of a large one ({@link freeCompression}: no curve is fitted), and the largest difference with what
 * Haar-distributed corners show. The counting function smoothed by the Cauchy distribution, φ(z) = n − (1/pi)·Im log det(z − A) for z = x + i·eta, is a linear
 * statistic: asymptotically Gaussian, and by the formulas of `cumulantFluctuation` with D(a, b) = log |a − b|/|a − conj b|
 *
 *     Cov(φ(z), φ(w)) = (1/(beta pi²))·[D(z, w) − D(omega(z), omega(w))]            for a corner of a fixed matrix,
 *     Cov(φ(z), φ(w)) = (1/(beta pi²))·[D(z, w) − D(G(z), G(w))]                    for a corner of a far larger one,
 *     E φ(z)          = n F(z) + (1/beta − 1/2)·(1/pi)·arg omega'(z),
 *
 * where omega is the subordination and G the Cauchy transform of the law; on the diagonal D(a, b) − D(c, d) is the logarithm of Im c/(Im a·|c'(a)|). With two independent parts
 * of a larger matrix the difference of the two brackets, over the number of large matrices, is added: the large one scatters too. The largest of |φ − E φ|/n over up to 256 points is compared
 * with 1999 seeded draws of the Gaussian field. Estimate; for corners of size 24 to 64 of matrices of many kinds false alarms come as often as p says.
 *
 * @returns undefined when the spectra are too small or too degenerate to be compared.
 */
export function compareSpectra(
  small: SpectraOfSize,
  large: SpectraOfSize,
  { beta = 1, distance: near = nearEnough }: { readonly beta?: 1 | 2; readonly distance?: number } = {},
  budget: Budget = unlimited,
): SpectrumComparison | undefined {
  const [found, whole] = [small, large].map(({ samples, size }) => empiricalMeasure(samples, size)) as [
    EmpiricalMeasure,
    EmpiricalMeasure,
  ];
  const points = Math.min(mostPoints, Math.floor(small.size / 3));
  if (points < fewestPoints || whole.places.length < 2) return undefined;
  budget.spend(points * whole.places.length, "compressing the large spectrum");
  const law = freeCompression(whole, small.size / large.size, 1 / (2 * points));
  const grid = gridOf(law, points);
  if (grid.length < fewestPoints) return undefined;
  const n = small.size;
  const differences = grid.map((point) => {
    const shift = ((1 / beta - 1 / 2) * Math.atan2(point.slope[1], point.slope[0])) / Math.PI;
    return smoothedBelow(found, point.z) - point.cumulative - shift / n;
  });
  const distance = differences.reduce((most, d) => Math.max(most, Math.abs(d)), 0);
  const unit = 1 / (beta * Math.PI ** 2 * n * n);
  const [nested, carried] = [covariance(grid, "z", "omega"), covariance(grid, "omega", "cauchy")];
  const [copies, wholes] = [small, large].map(({ samples, independent }) => independent ?? samples.length) as [
    number,
    number,
  ];
  budget.spend((draws * grid.length ** 2) / 1000, "drawing corners in general position");
  const normals = normalDraws(grid.length);
  const chance = (ofLarge: number): ChanceOfDistance => {
    const field = nested.map((row, i) => row.map((value, j) => unit * (value / copies + ofLarge * carried[i]![j]!)));
    return chanceOf(distance, field, normals);
  };
  const [part, apart] = [chance(0), chance(1 / copies + 1 / wholes)];
  const placeOf = (k: number): SpectrumPlace => {
    const [x] = grid[k]!.z;
    return { x, found: shareUpTo(found, x), predicted: sidesAt(law, x, 1 / points)[1] };
  };
  const beyond = grid.flatMap((_, k) => (Math.abs(differences[k]!) > Math.max(near, part.critical) ? [k] : []));
  return {
    distance,
    ks: kolmogorovSmirnovOf(found, law, 1 / points),
    nested: part,
    independent: apart,
    draws,
    worst: placeOf(differences.findIndex((d) => Math.abs(d) === distance)),
    ...(beyond.length === 0 ? {} : { off: { from: placeOf(beyond[0]!), to: placeOf(beyond.at(-1)!) } }),
    rank: {
      found: n * (1 - weightAtZero(found)),
      predicted: Math.min(n, large.size * (1 - weightAtZero(whole))),
    },
  };
}

const fewestPoints = 4;

/** Points above levels of the law that are evenly spread, each about as high as its neighbours are apart; none above an atom. */
function gridOf(law: FreeCompression, points: number): CompressedPoint[] {
  const step = 1 / points;
  return Array.from({ length: points }, (_, k) => (k + 0.5) * step).flatMap((level) => {
    const place = quantile(law, level, step);
    if (place.atom) return [];
    const heights = [level - step, level + step]
      .filter((p) => p > 0 && p < 1)
      .map((p) => Math.abs(quantile(law, p, step).x - place.x));
    const height = Math.min(...heights.filter((h) => h > 0));
    if (!Number.isFinite(height)) return [];
    return law.at(place.x, height) ?? [];
  });
}

/** Linear within a step of the table; a step that holds more than its share is an atom. */
function quantile({ x, cumulative }: FreeCompression, level: number, step: number): { x: number; atom: boolean } {
  const right = Math.max(1, firstAtLeast(cumulative, level));
  const [a, b] = [cumulative[right - 1]!, cumulative[right]!];
  const share = b > a ? (level - a) / (b - a) : 0;
  return { x: x[right - 1]! + share * (x[right]! - x[right - 1]!), atom: b - a > step };
}

/** The first of ascending numbers that is at least `bound`; their count when there is none. */
function firstAtLeast(values: Float64Array, bound: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! >= bound) high = middle;
    else low = middle + 1;
  }
  return low;
}

function smoothedBelow({ places, weights }: EmpiricalMeasure, [x, height]: readonly [number, number]): number {
  return 1 - places.reduce((sum, place, i) => sum + weights[i]! * Math.atan2(height, x - place), 0) / Math.PI;
}

function shareUpTo({ places, weights }: EmpiricalMeasure, x: number): number {
  return places.reduce((sum, place, i) => (place <= x ? sum + weights[i]! : sum), 0);
}

function weightAtZero({ places, weights }: EmpiricalMeasure): number {
  return weights[places.indexOf(0)] ?? 0;
}

/** At each place of the empirical distribution, from both sides. */
function kolmogorovSmirnovOf({ places, weights }: EmpiricalMeasure, law: FreeCompression, step: number): number {
  let [below, most] = [0, 0];
  places.forEach((place, i) => {
    const upTo = below + weights[i]!;
    const [left, right] = sidesAt(law, place, step);
    most = Math.max(most, Math.abs(left - below), Math.abs(upTo - right));
    below = upTo;
  });
  return most;
}

/** The distribution function from the left and from the right: linear within a step of the table, whose ends they are where it holds an atom. */
function sidesAt({ x, cumulative }: FreeCompression, at: number, step: number): readonly [number, number] {
  const right = firstAtLeast(x, at);
  if (right === 0) return [0, 0];
  if (right === x.length) return [1, 1];
  const [a, b] = [cumulative[right - 1]!, cumulative[right]!];
  if (b - a > step) return [a, b];
  const value = a + ((b - a) * (at - x[right - 1]!)) / (x[right]! - x[right - 1]!);
  return [value, value];
}

type Coordinate = "z" | "omega" | "cauchy";

/** D(a, b) − D(c, d) for the points in two coordinates. */
function covariance(grid: readonly CompressedPoint[], outer: Coordinate, inner: Coordinate): number[][] {
  return grid.map((p, i) =>
    grid.map((q, j) => {
      if (i !== j) return pseudoDistance(p[outer], q[outer]) - pseudoDistance(p[inner], q[inner]);
      return lengthElement(p, inner) - lengthElement(p, outer);
    }),
  );
}

/** D(a, b); the same for two points of the lower half-plane. */
function pseudoDistance(a: readonly [number, number], b: readonly [number, number]): number {
  const re = a[0] - b[0];
  return 0.5 * Math.log((re * re + (a[1] - b[1]) ** 2) / (re * re + (a[1] + b[1]) ** 2));
}

/** log(Im c/|dc/dz|). */
function lengthElement(point: CompressedPoint, coordinate: Coordinate): number {
  const { z, omega, cauchy, slope, cauchySlope } = point;
  const size = Math.hypot(slope[0], slope[1]);
  if (coordinate === "z") return Math.log(z[1]);
  if (coordinate === "omega") return Math.log(omega[1] / size);
  return Math.log(Math.abs(cauchy[1]) / (cauchySlope * size));
}

/** Standard normal numbers, `count` to a draw. */
function normalDraws(count: number): Float64Array {
  const random = seededRandom(seed);
  return Float64Array.from({ length: draws * count }, () => random.normal());
}

function chanceOf(distance: number, field: readonly (readonly number[])[], normals: Float64Array): ChanceOfDistance {
  const root = choleskyRoot(field);
  const n = field.length;
  const largest = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    const start = draw * n;
    let most = 0;
    for (const row of root) {
      let sum = 0;
      for (let j = 0; j < row.length; j++) sum += row[j]! * normals[start + j]!;
      most = Math.max(most, Math.abs(sum));
    }
    largest[draw] = most;
  }
  largest.sort();
  return {
    critical: largest[Math.floor(criticalShare * draws)]!,
    p: (1 + draws - firstAtLeast(largest, distance)) / (draws + 1),
  };
}

/** L with L·Lᵀ the matrix, whose smallest eigenvalues may be rounding. */
function choleskyRoot(matrix: readonly (readonly number[])[]): Float64Array[] {
  const floor = 1e-10 * Math.max(...matrix.map((row, i) => row[i]!));
  const root: Float64Array[] = [];
  for (const [i, entries] of matrix.entries()) {
    const row = new Float64Array(i + 1);
    for (let j = 0; j <= i; j++) {
      const other = j < i ? root[j]! : row;
      let sum = entries[j]!;
      for (let k = 0; k < j; k++) sum -= row[k]! * other[k]!;
      row[j] = j < i ? sum / other[j]! : Math.sqrt(Math.max(sum, floor));
    }
    root.push(row);
  }
  return root;
}
