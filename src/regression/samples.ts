import { powerOfTwo, QQ, type Rational, rational } from "../rings/index.js";
import { ellipsePoints, type Points, type Stretch, sectorPoints, separateBulks } from "./contours.js";

/** An analytic function and its first three derivatives at points, in the order of the points. */
export interface Jets {
  readonly valueRe: Float64Array;
  readonly valueIm: Float64Array;
  readonly firstRe: Float64Array;
  readonly firstIm: Float64Array;
  readonly secondRe: Float64Array;
  readonly secondIm: Float64Array;
  readonly thirdRe: Float64Array;
  readonly thirdIm: Float64Array;
}

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
  readonly bulks: readonly Stretch[];
  /** The number of eigenvalues of one matrix, zeros included, and of independent matrices whose eigenvalues are pooled. */
  readonly size: number;
  readonly copies: number;
  readonly zRe: Float64Array;
  readonly zIm: Float64Array;
  readonly transform: Jets;
}

/** A positive spectrum whose largest to smallest nonzero ratio exceeds this is sampled on the scale of log z. */
const wide = 300;
/** A positive spectrum this many times its width away from 0 is moved there, as one with negative eigenvalues is: numbers in its own coordinate would hold its place and little of its shape. */
const remote = 1000;

/**
 * Samples m_n on contours around the bulks: Joukowski ellipses, or rays arg z = const for a positive spectrum over more than two and a half decades.
 *
 * @param bulk ascending, numerical zeros as exact 0; all eigenvalues of `copies` matrices of one size.
 * @param repelling false for numbers that are no eigenvalues of a matrix and leave larger gaps by chance.
 */
export function sampleTransform(bulk: Float64Array, copies = 1, repelling = true): Samples {
  const nonzero = bulk.filter((value) => value !== 0);
  const [least, greatest] = [nonzero[0]!, nonzero.at(-1)!];
  const sectors = least > 0 && greatest > wide * least;
  const shift =
    bulk[0]! >= 0 && least < remote * (greatest - bulk[0]!)
      ? QQ.zero
      : shortDyadic((bulk[0]! + bulk.at(-1)!) / 2, (bulk.at(-1)! - bulk[0]!) / 16);
  const centre = Number(shift.num) / Number(shift.den);
  const unit = sectors
    ? Math.sqrt(nonzero[Math.floor(nonzero.length / 50)]! * greatest)
    : (bulk.at(-1)! - bulk[0]!) / 2;
  const dilation = powerOfTwo(Math.round(Math.log2(unit > 0 ? unit : Math.max(Math.abs(greatest), 1))));
  const factor = Number(dilation.num) / Number(dilation.den);
  const scaled = bulk.map((value) => (value - centre) / factor);
  const scaledNonzero = nonzero.map((value) => (value - centre) / factor);
  const bulks = separateBulks(scaledNonzero, repelling, copies);
  const points = sectors ? sectorPoints(scaledNonzero, copies) : ellipsePoints(bulks, copies);
  return {
    shift,
    dilation,
    contour: sectors ? "sectors" : "ellipses",
    bulks,
    size: bulk.length / copies,
    copies,
    zRe: Float64Array.from(points, ([re]) => re),
    zIm: Float64Array.from(points, ([, im]) => im),
    transform: empiricalJets(scaled, points),
  };
}

/** The empirical transform of eigenvalues in the scaled coordinate at the points of samples: real and imaginary parts. */
export function transformAt({ zRe, zIm }: Samples, scaled: Float64Array): [Float64Array, Float64Array] {
  const { valueRe, valueIm } = empiricalJets(
    scaled,
    Array.from(zRe, (re, j) => [re, zIm[j]!] as const),
  );
  return [valueRe, valueIm];
}

/** Room for jets at so many points. */
export function emptyJets(count: number): Jets {
  const array = (): Float64Array => new Float64Array(count);
  return {
    valueRe: array(),
    valueIm: array(),
    firstRe: array(),
    firstIm: array(),
    secondRe: array(),
    secondIm: array(),
    thirdRe: array(),
    thirdIm: array(),
  };
}

function empiricalJets(scaled: Float64Array, points: Points): Jets {
  const n = scaled.length;
  const jets = emptyJets(points.length);
  points.forEach(([x, y], j) => {
    let [ar, ai, br, bi, cr, ci, dr, di] = [0, 0, 0, 0, 0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      const dx = scaled[i]! - x;
      const norm = dx * dx + y * y;
      const re = dx / norm;
      const im = y / norm;
      const re2 = re * re - im * im;
      const im2 = 2 * re * im;
      const re3 = re2 * re - im2 * im;
      const im3 = re2 * im + im2 * re;
      ar += re;
      ai += im;
      br += re2;
      bi += im2;
      cr += re3;
      ci += im3;
      dr += re3 * re - im3 * im;
      di += re3 * im + im3 * re;
    }
    jets.valueRe[j] = ar / n;
    jets.valueIm[j] = ai / n;
    jets.firstRe[j] = br / n;
    jets.firstIm[j] = bi / n;
    jets.secondRe[j] = (2 * cr) / n;
    jets.secondIm[j] = (2 * ci) / n;
    jets.thirdRe[j] = (6 * dr) / n;
    jets.thirdIm[j] = (6 * di) / n;
  });
  return jets;
}

/** A dyadic within `distance` of x, with few bits; 0 if 0 is that near. */
function shortDyadic(x: number, distance: number): Rational {
  if (!(distance > 0) || Math.abs(x) <= distance) return QQ.zero;
  const step = powerOfTwo(Math.floor(Math.log2(distance)));
  const count = Math.round((x / Number(step.num)) * Number(step.den));
  return QQ.mul(rational(BigInt(count)), step);
}
