import { DomainError } from "../core/index.js";

/** The distribution of eigenvalues of one or several spectra of one size: places, ascending and distinct, with weights of sum 1. */
export interface EmpiricalMeasure {
  readonly places: Float64Array;
  readonly weights: Float64Array;
}

/** A point z of the closed upper half-plane, with what the compressed law is there. */
export interface CompressedPoint {
  readonly z: readonly [re: number, im: number];
  /** The subordinated point: the Cauchy transform of the corner's law at z is that of the whole at omega, over alpha. */
  readonly omega: readonly [re: number, im: number];
  /** G(omega) of the whole, as a complex number with negative imaginary part. */
  readonly cauchy: readonly [re: number, im: number];
  /** d omega/dz. */
  readonly slope: readonly [re: number, im: number];
  /** |dG/d omega|. */
  readonly cauchySlope: number;
  /** The mass of (−∞, Re z], smoothed by the Cauchy distribution of width Im z. */
  readonly cumulative: number;
}

/** The law of a corner in general position, a table of its distribution function first. */
export interface FreeCompression {
  /** Ascending; `cumulative` jumps between two neighbours that hold an atom between them. */
  readonly x: Float64Array;
  readonly cumulative: Float64Array;
  /** The law at a point of the open upper half-plane; undefined where doubles do not reach it. */
  at(x: number, height: number): CompressedPoint | undefined;
}

/**
 * One measure of all spectra, which have `size` eigenvalues each: those that are missing are zeros, and so are those up to size·2^-52
 * times the largest in absolute value, the rank rule of numerical libraries. Estimate: doubles.
 */
export function empiricalMeasure(samples: readonly ArrayLike<number>[], size: number): EmpiricalMeasure {
  const total = samples.length * size;
  const all = new Float64Array(total);
  let filled = 0;
  for (const sample of samples) {
    all.set(sample, filled);
    filled += sample.length;
  }
  const largest = all.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const zero = size * 2 ** -52 * largest;
  all.forEach((value, i) => {
    if (Math.abs(value) <= zero) all[i] = 0;
  });
  all.sort();
  const places = all.filter((value, i) => i === 0 || value !== all[i - 1]);
  const weights = new Float64Array(places.length);
  let at = -1;
  all.forEach((value, i) => {
    if (i === 0 || value !== all[i - 1]) at++;
    weights[at]! += 1 / total;
  });
  return { places, weights };
}

/** What more places would say is lost in the smoothing of a corner. */
const mostPlaces = 16_384;

/** Neighbours in one place, at their mean, so that at most {@link mostPlaces} are left; zeros stay by themselves. */
function merged({ places, weights }: EmpiricalMeasure): EmpiricalMeasure {
  const together = Math.ceil(places.length / (mostPlaces - 2));
  const heaps: { sum: number; weight: number; count: number; zero: boolean }[] = [];
  places.forEach((place, i) => {
    const [weight, last] = [weights[i]!, heaps.at(-1)];
    if (last === undefined || last.count === together || last.zero || place === 0) {
      heaps.push({ sum: weight * place, weight, count: 1, zero: place === 0 });
      return;
    }
    last.sum += weight * place;
    last.weight += weight;
    last.count++;
  });
  return {
    places: Float64Array.from(heaps, ({ sum, weight }) => sum / weight),
    weights: Float64Array.from(heaps, ({ weight }) => weight),
  };
}

/** A table is refined until no step holds more than this share of the mass, or so many halvings. */
const halvings = 60;

/**
 * The law of the corner of share alpha of a matrix in general position with the given eigenvalues: free cumulant k times alpha^(k−1). Estimate in doubles: right
 * for the empirical measure up to rounding, where it has at most 16384 places, else for one whose neighbours are merged; no curve is fitted. With F = 1/G of the whole,
 *
 *     z = omega − (1 − alpha) F(omega),  G_corner(z) = G(omega)/alpha,
 *     ∫ log(z − x) = log alpha + (1/alpha)·[∫ log(omega − λ) + (1 − alpha)·log G(omega)],
 *
 * the first by R_corner(s) = R(alpha s) [A. Nica and R. Speicher, Amer. J. Math. 118 (1996) 799], the last by integrating the second; its
 * imaginary part on the real axis is pi times the mass above. For every real u there is one v ≥ 0 such that z is real and in the closure of the image of
 * the half-plane: Im F(u + iv)/v falls in v from F'(u) to 1, and v makes it 1/(1 − alpha), or is 0; u ↦ z is increasing.
 *
 * Cost: some 30 sums over the places for each of about 2/resolution points.
 *
 * @param resolution the share of the mass that a step of the table may hold; atoms apart.
 * @throws DomainError unless alpha is strictly between 0 and 1 and there are two places.
 */
export function freeCompression(whole: EmpiricalMeasure, alpha: number, resolution: number): FreeCompression {
  if (!(alpha > 0 && alpha < 1))
    throw new DomainError(`a corner has a share between 0 and 1 of the matrix; got ${alpha}`);
  if (whole.places.length < 2) throw new DomainError("all eigenvalues are equal: corners do not differ from the whole");
  const { places, weights } = whole.places.length > mostPlaces ? merged(whole) : whole;
  const unit = places.reduce((most, place) => Math.max(most, Math.abs(place)), 0);
  const scaled: Corner = { places: places.map((place) => place / unit), weights, alpha };
  const boundary = boundaryOf(scaled, resolution);
  const inUnits = (p: readonly [number, number]): [number, number] => [p[0] * unit, p[1] * unit];
  return {
    x: Float64Array.from(boundary, (point) => point.x * unit),
    cumulative: Float64Array.from(boundary, (point) => point.cumulative),
    at(x, height) {
      const near = boundary[Math.max(0, firstAbove(boundary, x / unit) - 1)]!;
      const found = solve(scaled, x / unit, height / unit, near);
      if (found === undefined) return undefined;
      const { z, omega, cauchy } = found;
      return {
        ...found,
        z: inUnits(z),
        omega: inUnits(omega),
        cauchy: [cauchy[0] / unit, cauchy[1] / unit],
        cauchySlope: found.cauchySlope / unit ** 2,
      };
    },
  };
}

/** The eigenvalues of the whole, at most 1 in absolute value, and the share of the corner. */
interface Corner extends EmpiricalMeasure {
  readonly alpha: number;
}

/** G(u + iv) = Σ w/(u + iv − λ), and Σ w/|u + iv − λ|². */
interface Transform {
  readonly re: number;
  readonly im: number;
  readonly square: number;
}

interface BoundaryPoint {
  readonly x: number;
  readonly u: number;
  readonly v: number;
  readonly cumulative: number;
}

function transform({ places, weights }: EmpiricalMeasure, u: number, v: number): Transform {
  let [re, square] = [0, 0];
  for (let i = 0; i < places.length; i++) {
    const d = u - places[i]!;
    const weight = weights[i]! / (d * d + v * v);
    re += weight * d;
    square += weight;
  }
  return { re, im: -v * square, square };
}

/** log of (1 − alpha)·Im F/v: falls in v, and is 0 on the boundary. */
function excess(corner: Corner, u: number, v: number): number {
  const { re, im, square } = transform(corner, u, v);
  return Math.log(((1 - corner.alpha) * square) / (re * re + im * im));
}

/** v(u), by false position on log v between a height where the excess is positive and one where it is not; 0 outside the support. */
function heightAbove(corner: Corner, u: number, near: number, most: number): number {
  const least = 1e-15 * Math.max(Math.abs(u), 1e-130);
  if (!(excess(corner, u, least) > 0)) return 0;
  let low = Math.min(Math.max(near, least), most);
  let fLow = excess(corner, u, low);
  let [high, fHigh] = [low, fLow];
  for (let factor = 4; fHigh > 0 && high < most; factor *= factor) {
    [low, fLow] = [high, fHigh];
    high = Math.min(most, high * factor);
    fHigh = excess(corner, u, high);
  }
  for (let factor = 4; fLow <= 0 && low > least; factor *= factor) {
    [high, fHigh] = [low, fLow];
    low = Math.max(least, low / factor);
    fLow = excess(corner, u, low);
  }
  let [a, b] = [Math.log(low), Math.log(high)];
  for (let round = 0; round < 60 && b - a > 1e-9; round++) {
    const cut = round % 3 === 2 ? (a + b) / 2 : a + ((b - a) * fLow) / (fLow - fHigh);
    const middle = cut > a && cut < b ? cut : (a + b) / 2;
    const f = excess(corner, u, Math.exp(middle));
    if (Math.abs(f) < 1e-11) return Math.exp(middle);
    if (f > 0) [a, fLow] = [middle, f];
    else [b, fHigh] = [middle, f];
  }
  return Math.exp((a + b) / 2);
}

/** The mass below the image of omega = u + iv. */
function cumulativeAt({ places, weights, alpha }: Corner, u: number, v: number, { re, im }: Transform): number {
  let angle = 0;
  for (let i = 0; i < places.length; i++) angle += weights[i]! * Math.atan2(v, u - places[i]!);
  const ofCauchy = im === 0 && re < 0 ? -Math.PI : Math.atan2(im, re);
  return 1 - (angle + (1 - alpha) * ofCauchy) / (Math.PI * alpha);
}

function boundaryOf(corner: Corner, resolution: number): BoundaryPoint[] {
  const { places, weights, alpha } = corner;
  const mean = places.reduce((sum, place, i) => sum + weights[i]! * place, 0);
  const variance = places.reduce((sum, place, i) => sum + weights[i]! * (place - mean) ** 2, 0);
  // Im F/v ≤ 1 + variance/dist², where dist is the distance of omega from the hull of the eigenvalues.
  const most = 1.001 * Math.sqrt((variance * (1 - alpha)) / alpha);
  const pointAt = (u: number, near: number): BoundaryPoint => {
    const v = heightAbove(corner, u, near, most);
    const g = transform(corner, u, v);
    const x = u - ((1 - alpha) * g.re) / (g.re * g.re + g.im * g.im);
    return { x, u, v, cumulative: cumulativeAt(corner, u, v, g) };
  };
  const points = [pointAt(places[0]! - most, most)];
  const refine = (left: BoundaryPoint, right: BoundaryPoint, depth: number): void => {
    const u = (left.u + right.u) / 2;
    if (right.cumulative - left.cumulative > resolution && depth < halvings && u > left.u && u < right.u) {
      const middle = pointAt(u, Math.max(left.v, right.v));
      refine(left, middle, depth + 1);
      refine(middle, right, depth + 1);
    } else points.push(right);
  };
  refine(points[0]!, pointAt(places.at(-1)! + most, most), 0);
  return points;
}

function firstAbove(points: readonly BoundaryPoint[], x: number): number {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle]!.x > x) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** omega(z) by Newton's iteration, damped so that it stays above z; it is the only point of the half-plane with this image. */
function solve(corner: Corner, x: number, height: number, near: BoundaryPoint): CompressedPoint | undefined {
  let at = imageOf(corner, near.u, Math.max(near.v, height) + height);
  const residual = ({ image }: Image): number => Math.hypot(image[0] - x, image[1] - height);
  for (let round = 0; round < 200; round++) {
    const { u, v, image } = at;
    const size = residual(at);
    if (size <= 1e-13 * Math.hypot(u, v)) return pointOf(corner, at, x, height);
    const [stepRe, stepIm] = over(image[0] - x, image[1] - height, ...slopeOf(corner, at));
    const next = [1, 1 / 4, 1 / 16, 1 / 64]
      .filter((share) => v - share * stepIm >= height / 2)
      .map((share) => imageOf(corner, u - share * stepRe, v - share * stepIm))
      .find((candidate) => residual(candidate) < size);
    if (next === undefined && size <= 1e-9 * Math.hypot(u, v)) return pointOf(corner, at, x, height);
    // Where Newton's step does not help, the contraction omega ← z + (1 − alpha) F(omega) does.
    at = next ?? imageOf(corner, x + u - image[0], height + v - image[1]);
  }
  return undefined;
}

/** A point omega = u + iv with its image z. */
interface Image {
  readonly u: number;
  readonly v: number;
  readonly g: Transform;
  readonly image: readonly [re: number, im: number];
}

function imageOf(corner: Corner, u: number, v: number): Image {
  const g = transform(corner, u, v);
  const [re, im] = over(1 - corner.alpha, 0, g.re, g.im);
  return { u, v, g, image: [u - re, v - im] };
}

/** dG/d omega. */
function derivative({ places, weights }: EmpiricalMeasure, u: number, v: number): [number, number] {
  let [re, im] = [0, 0];
  for (let i = 0; i < places.length; i++) {
    const d = u - places[i]!;
    const norm = d * d + v * v;
    const weight = weights[i]! / (norm * norm);
    re -= weight * (d * d - v * v);
    im += weight * 2 * d * v;
  }
  return [re, im];
}

/** dz/d omega = 1 + (1 − alpha)·G'/G². */
function slopeOf(corner: Corner, { u, v, g }: Image): [number, number] {
  const [re, im] = over(...derivative(corner, u, v), g.re * g.re - g.im * g.im, 2 * g.re * g.im);
  return [1 + (1 - corner.alpha) * re, (1 - corner.alpha) * im];
}

function pointOf(corner: Corner, at: Image, x: number, height: number): CompressedPoint {
  const { u, v, g } = at;
  return {
    z: [x, height],
    omega: [u, v],
    cauchy: [g.re, g.im],
    slope: over(1, 0, ...slopeOf(corner, at)),
    cauchySlope: Math.hypot(...derivative(corner, u, v)),
    cumulative: cumulativeAt(corner, u, v, g),
  };
}

function over(ar: number, ai: number, br: number, bi: number): [number, number] {
  const norm = br * br + bi * bi;
  return [(ar * br + ai * bi) / norm, (ai * br - ar * bi) / norm];
}
