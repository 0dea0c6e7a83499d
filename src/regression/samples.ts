import { QQ, type Rational, rational } from "../rings/index.js";

/**
 * The empirical Stieltjes transform m_n(z) = (1/n) Σ 1/(lambda_i − z) at points of the upper half-plane, in the coordinate
 * w = (z − shift)/dilation, in which the spectrum has unit scale. Structure of arrays: one entry a point.
 */
export interface Samples {
  /** Exact, so that a fit in w is carried back to z exactly; `dilation` is a power of two. */
  readonly shift: Rational;
  readonly dilation: Rational;
  /** `sectors` surround a positive spectrum that spans decades on the scale of log z, `ellipses` any other. */
  readonly contour: "sectors" | "ellipses";
  readonly zRe: Float64Array;
  readonly zIm: Float64Array;
  readonly mRe: Float64Array;
  readonly mIm: Float64Array;
  /** The derivative of m_n. */
  readonly dRe: Float64Array;
  readonly dIm: Float64Array;
  /** The standard error of m_n (an estimate): see {@link sampleTransform}. */
  readonly error: Float64Array;
}

/** A positive spectrum whose largest to smallest nonzero ratio exceeds this is sampled on the scale of log z. */
const wide = 30;
const angles = [0.9, 0.75, 0.5, 0.3, 0.15];
const radii = [1.08, 1.2, 1.5, 2.5, 6];

/**
 * Samples m_n on contours around the bulk: Joukowski ellipses around its interval, or rays arg z = const for a positive
 * spectrum over more than 1.5 decades.
 *
 * The standard error of m_n(z) adds two parts: the fluctuation of linear statistics of a real Wigner or Gram matrix,
 * (1/(2n²))·(1/y² − |m'|²/(Im m)²) with y = Im z, which depends on m alone [Bai and Silverstein, Ann. Probab. 32 (2004), Theorem 1.1 at
 * (z, conj z)]; and independent fluctuations of single eigenvalues by their local spacing, which rule near isolated ones.
 *
 * @param bulk ascending, numerical zeros as exact 0.
 */
export function sampleTransform(bulk: Float64Array): Samples {
  const nonzero = bulk.filter((value) => value !== 0);
  const [least, greatest] = [nonzero[0]!, nonzero.at(-1)!];
  const sectors = least > 0 && greatest > wide * least;
  const shift =
    least > 0 && bulk[0]! >= 0 ? QQ.zero : shortDyadic((bulk[0]! + bulk.at(-1)!) / 2, (bulk.at(-1)! - bulk[0]!) / 16);
  const centre = Number(shift.num) / Number(shift.den);
  const unit = sectors
    ? Math.sqrt(nonzero[Math.floor(nonzero.length / 50)]! * greatest)
    : (bulk.at(-1)! - bulk[0]!) / 2;
  const dilation = powerOfTwo(Math.round(Math.log2(unit > 0 ? unit : Math.max(Math.abs(greatest), 1))));
  const factor = Number(dilation.num) / Number(dilation.den);
  const scaled = bulk.map((value) => (value - centre) / factor);
  const points = sectors ? sectorPoints(least / factor, greatest / factor) : ellipsePoints(scaled[0]!, scaled.at(-1)!);
  return { shift, dilation, contour: sectors ? "sectors" : "ellipses", ...transformAt(bulk, scaled, points) };
}

function sectorPoints(least: number, greatest: number): [number, number][] {
  const points: [number, number][] = [];
  const [from, to] = [Math.log(least) - 1, Math.log(greatest) + 2];
  const steps = Math.ceil((to - from) / 0.2);
  for (const angle of angles) {
    for (let k = 0; k <= steps; k++) {
      const modulus = Math.exp(from + ((to - from) * k) / steps);
      points.push([modulus * Math.cos(angle * Math.PI), modulus * Math.sin(angle * Math.PI)]);
    }
  }
  return points;
}

function ellipsePoints(left: number, right: number): [number, number][] {
  const [centre, half] = [(left + right) / 2, (right - left) / 2];
  const points: [number, number][] = [];
  for (const r of radii) {
    for (let k = 0; k < 40; k++) {
      const angle = ((k + 0.5) / 40) * Math.PI;
      points.push([centre + (half / 2) * (r + 1 / r) * Math.cos(angle), (half / 2) * (r - 1 / r) * Math.sin(angle)]);
    }
  }
  return points;
}

/** The empirical transform, its derivative and its standard error at points of the upper half-plane. */
function transformAt(
  bulk: Float64Array,
  scaled: Float64Array,
  points: readonly (readonly [number, number])[],
): Omit<Samples, "shift" | "dilation" | "contour"> {
  const n = scaled.length;
  const spacing = localSpacing(bulk, scaled);
  const [zRe, zIm, mRe, mIm, dRe, dIm, error] = Array.from({ length: 7 }, () => new Float64Array(points.length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  points.forEach(([x, y], j) => {
    let [sumRe, sumIm, squareRe, squareIm, single] = [0, 0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      const dx = scaled[i]! - x;
      const norm = dx * dx + y * y;
      const re = dx / norm;
      const im = y / norm;
      sumRe += re;
      sumIm += im;
      squareRe += re * re - im * im;
      squareIm += 2 * re * im;
      single += (spacing[i]! / norm) ** 2;
    }
    zRe[j] = x;
    zIm[j] = y;
    mRe[j] = sumRe / n;
    mIm[j] = sumIm / n;
    dRe[j] = squareRe / n;
    dIm[j] = squareIm / n;
    const linear = (1 / (y * y) - (squareRe * squareRe + squareIm * squareIm) / (sumIm * sumIm)) / 2;
    error[j] = Math.sqrt(Math.max(0, linear) + single) / n + 1e-11 * (Math.hypot(sumRe, sumIm) / n);
  });
  return { zRe, zIm, mRe, mIm, dRe, dIm, error };
}

/** The mean distance to the neighbours up to three places away; zero for a numerical zero, whose place is known. */
function localSpacing(bulk: Float64Array, scaled: Float64Array): Float64Array {
  const last = scaled.length - 1;
  return scaled.map((_, i) => {
    if (bulk[i] === 0) return 0;
    let [low, high] = [i, i];
    while (low > 0 && i - low < 3 && bulk[low - 1] !== 0) low--;
    while (high < last && high - i < 3 && bulk[high + 1] !== 0) high++;
    return high > low ? (scaled[high]! - scaled[low]!) / (high - low) : 0;
  });
}

function powerOfTwo(exponent: number): Rational {
  return exponent >= 0 ? rational(1n << BigInt(exponent)) : rational(1n, 1n << BigInt(-exponent));
}

/** A dyadic within `distance` of x, with few bits; 0 if 0 is that near. */
function shortDyadic(x: number, distance: number): Rational {
  if (!(distance > 0) || Math.abs(x) <= distance) return QQ.zero;
  const step = powerOfTwo(Math.floor(Math.log2(distance)));
  const count = Math.round((x / Number(step.num)) * Number(step.den));
  return QQ.mul(rational(BigInt(count)), step);
}
