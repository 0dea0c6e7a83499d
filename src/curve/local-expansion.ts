import { bitLength } from "../rings/index.js";
import { type IntegerTable, shiftInPlace } from "./integer-table.js";

/** A complex number in double precision. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/**
 * What is proved about the Taylor coefficients a_{ji} of P(z0 + u, m0 + tangent·u + v) = sum a_{ji} u^i v^j, all multiplied by one
 * common unknown positive factor: `upper[j*width + i]` ≥ |a_{ji}| and `lower[j]` ≤ |a_{j0}|. The fibre is measured from the tangent of
 * the sheet, so that a disc of base points may be as wide as its curvature allows. `value` and `slope` are a_{00} and a_{10}
 * approximately, for Newton's step.
 */
export interface LocalExpansion {
  readonly width: number;
  readonly degreeM: number;
  readonly upper: Float64Array;
  readonly lower: Float64Array;
  readonly value: Complex;
  readonly slope: Complex;
  /** dm/dz to rounding, taken at face value; 0 where it is infinite. */
  readonly tangent: Complex;
}

/**
 * Numbers in which a sheet is followed: `M` holds a point of the fibre. Doubles with an a-priori rounding bound are the fast
 * filter; exact dyadic numbers decide where doubles cannot.
 */
export interface Arithmetic<M> {
  fromComplex(m: Complex): M;
  toComplex(m: M): Complex;
  /** m + delta, rounded to the working precision. */
  correct(m: M, delta: Complex): M;
  /** An upper bound of |a − b|. */
  distance(a: M, b: M): number;
  expand(z: Complex, m: M): LocalExpansion;
  /** The part of {@link expand} at u = 0 alone (width 1, no tangent), for Newton's iteration: cheaper by the degree in z. */
  expandFibre(z: Complex, m: M): LocalExpansion;
}

const unitRoundoff = 2 ** -53;

/**
 * Doubles. Every Taylor coefficient is a sum of products that each passed through at most degreeZ + degreeM complex
 * multiply-adds, so its error is below 8(degreeZ + degreeM + 2)·2^-53 times the same sum of absolute values [Higham,
 * Accuracy and Stability of Numerical Algorithms, 2002, §3.1, §5.1]; the bound is carried along.
 */
export function machineArithmetic(table: IntegerTable): Arithmetic<Complex> {
  const { degreeZ: L, degreeM: K } = table;
  const width = L + 1;
  const size = width * (K + 1);
  const coeffs = new Float64Array(size);
  const largest = table.rows.reduce((most, row) => row.reduce((a, c) => Math.max(a, bitLength(c)), most), 0);
  const drop = Math.max(0, largest - 900);
  for (let j = 0; j <= K; j++) {
    for (let i = 0; i <= L; i++) coeffs[j * width + i] = Number(table.rows[j]![i]! >> BigInt(drop));
  }
  // The shift by `drop` loses less than one unit of the scaled coefficient.
  const absoluteLoss = drop > 0 ? 1 : 0;
  const rounding = 8 * (L + K + 2) * unitRoundoff;
  const taylor = (z: Complex, m: Complex, columns: number): LocalExpansion => {
    const re = Float64Array.from(coeffs);
    const im = new Float64Array(size);
    const bound = Float64Array.from(coeffs, (c) => Math.abs(c) * rounding + absoluteLoss);
    const absZ = Math.hypot(z.re, z.im);
    const absM = Math.hypot(m.re, m.im);
    for (let j = 0; j <= K; j++) {
      const base = j * width;
      for (let low = 0; low < Math.min(L, columns); low++) {
        for (let i = L - 1; i >= low; i--) {
          const here = base + i;
          const [a, b] = [re[here + 1]!, im[here + 1]!];
          re[here] = re[here]! + z.re * a - z.im * b;
          im[here] = im[here]! + z.re * b + z.im * a;
          bound[here] = bound[here]! + absZ * bound[here + 1]!;
        }
      }
    }
    for (let i = 0; i < columns; i++) {
      for (let low = 0; low < K; low++) {
        for (let j = K - 1; j >= low; j--) {
          const here = j * width + i;
          const [a, b] = [re[here + width]!, im[here + width]!];
          re[here] = re[here]! + m.re * a - m.im * b;
          im[here] = im[here]! + m.re * b + m.im * a;
          bound[here] = bound[here]! + absM * bound[here + width]!;
        }
      }
    }
    return alongTangent(width, columns, K, re, im, bound);
  };
  return {
    fromComplex: (m) => m,
    toComplex: (m) => m,
    correct: (m, delta) => ({ re: m.re + delta.re, im: m.im + delta.im }),
    distance: (a, b) => Math.hypot(a.re - b.re, a.im - b.im) * (1 + 4 * unitRoundoff),
    expand: (z, m) => taylor(z, m, width),
    expandFibre: (z, m) => taylor(z, m, 1),
  };
}

/** A Gaussian dyadic number (re + i im)·2^-bits. */
export interface GaussianDyadic {
  readonly re: bigint;
  readonly im: bigint;
}

/**
 * Exact: m is a Gaussian dyadic number with `bits` binary places, z a pair of doubles taken at face value, and the Taylor
 * coefficients are computed in integers, then rounded once.
 */
export function exactArithmetic(table: IntegerTable, bits: number): Arithmetic<GaussianDyadic> {
  const { degreeZ: L, degreeM: K, rows } = table;
  const width = L + 1;
  const taylor = (z: Complex, m: GaussianDyadic, columns: number): LocalExpansion => {
    const places = Math.max(binaryPlaces(z.re), binaryPlaces(z.im));
    const [zre, zim] = [fixed(z.re, places), fixed(z.im, places)];
    const re: bigint[][] = [];
    const im: bigint[][] = [];
    for (let j = 0; j <= K; j++) {
      const lift = BigInt(bits * (K - j));
      const rowRe = rows[j]!.map((c, i) => (c << BigInt(places * (L - i))) << lift);
      const rowIm = rowRe.map(() => 0n);
      shiftComplex(rowRe, rowIm, zre, zim, columns);
      re.push(rowRe);
      im.push(rowIm);
    }
    for (let i = 0; i < columns; i++) {
      const columnRe = re.map((row) => row[i]!);
      const columnIm = im.map((row) => row[i]!);
      shiftComplex(columnRe, columnIm, m.re, m.im, K);
      for (let j = 0; j <= K; j++) {
        re[j]![i] = columnRe[j]!;
        im[j]![i] = columnIm[j]!;
      }
    }
    // a_{ji} = A_{ji} 2^(places·i + bits·j) up to a common factor; the exponents are taken relative to a_{10}.
    const reference =
      Math.max(bitLength(re[Math.min(1, K)]![0]!), bitLength(im[Math.min(1, K)]![0]!)) + bits * Math.min(1, K);
    const part = (value: bigint, i: number, j: number): number => scaled(value, places * i + bits * j - reference);
    const size = width * (K + 1);
    const [roundedRe, roundedIm, bound] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
    for (let j = 0; j <= K; j++) {
      for (let i = 0; i < columns; i++) {
        const here = j * width + i;
        roundedRe[here] = part(re[j]![i]!, i, j);
        roundedIm[here] = part(im[j]![i]!, i, j);
        bound[here] = 1e-15 * Math.hypot(roundedRe[here]!, roundedIm[here]!) + Number.MIN_VALUE;
      }
    }
    return alongTangent(width, columns, K, roundedRe, roundedIm, bound);
  };
  return {
    fromComplex: (m) => ({ re: fixed(m.re, bits), im: fixed(m.im, bits) }),
    toComplex: (m) => ({ re: scaled(m.re, -bits), im: scaled(m.im, -bits) }),
    correct: (m, delta) => ({ re: m.re + fixed(delta.re, bits), im: m.im + fixed(delta.im, bits) }),
    distance: (a, b) =>
      Math.hypot(scaled(a.re - b.re, -bits), scaled(a.im - b.im, -bits)) * (1 + 8 * unitRoundoff) + Number.MIN_VALUE,
    expand: (z, m) => taylor(z, m, width),
    expandFibre: (z, m) => taylor(z, m, 1),
  };
}

/**
 * From the Taylor coefficients in (u, v), `[j*stride + i]` for i < width, with bounds of their errors, to those in (u, v − tangent·u). Every coefficient passes
 * through at most K more multiply-adds; their rounding is bounded as before.
 */
function alongTangent(
  stride: number,
  width: number,
  K: number,
  re: Float64Array,
  im: Float64Array,
  bound: Float64Array,
): LocalExpansion {
  const one = Math.min(1, K) * stride;
  const slope = { re: re[one]!, im: im[one]! };
  const ratio = width < 2 ? undefined : quotient({ re: -re[1]!, im: -im[1]! }, slope);
  const tangent = ratio ?? { re: 0, im: 0 };
  const steepness = Math.hypot(tangent.re, tangent.im);
  const wide = width === 1 ? 1 : width + K;
  const size = wide * (K + 1);
  const rounding = 8 * (K + 2) * unitRoundoff;
  const [x, y, error] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  for (let j = 0; j <= K; j++) {
    for (let i = 0; i < width; i++) {
      const [from, to] = [j * stride + i, j * wide + i];
      x[to] = re[from]!;
      y[to] = im[from]!;
      error[to] = bound[from]! + rounding * Math.hypot(re[from]!, im[from]!);
    }
  }
  if (steepness > 0) {
    for (let low = 0; low < K; low++) {
      for (let j = K - 1; j >= low; j--) {
        const [row, above] = [j * wide, (j + 1) * wide];
        for (let i = wide - 1; i >= 1; i--) {
          const [a, b] = [x[above + i - 1]!, y[above + i - 1]!];
          x[row + i] = x[row + i]! + tangent.re * a - tangent.im * b;
          y[row + i] = y[row + i]! + tangent.re * b + tangent.im * a;
          error[row + i] = error[row + i]! + steepness * error[above + i - 1]!;
        }
      }
    }
  }
  const upper = new Float64Array(size);
  const lower = new Float64Array(K + 1);
  for (let here = 0; here < size; here++) {
    const modulus = Math.hypot(x[here]!, y[here]!);
    const uncertain = error[here]! * (1 + 1e-12);
    upper[here] = (modulus + uncertain) * (1 + 1e-14);
    if (here % wide === 0) lower[here / wide] = Math.max(0, (modulus - uncertain) * (1 - 1e-14));
  }
  return { width: wide, degreeM: K, upper, lower, value: { re: re[0]!, im: im[0]! }, slope, tangent };
}

/** a/b, undefined where b vanishes or is not finite. */
export function quotient(a: Complex, b: Complex): Complex | undefined {
  const norm = Math.hypot(b.re, b.im);
  if (norm === 0 || !Number.isFinite(norm)) return undefined;
  const [p, q] = [b.re / norm, b.im / norm];
  return { re: (a.re * p + a.im * q) / norm, im: (a.im * p - a.re * q) / norm };
}

/** The first `passes` coefficients of the Taylor shift of a polynomial over the Gaussian integers, in place. */
function shiftComplex(re: bigint[], im: bigint[], byRe: bigint, byIm: bigint, passes: number): void {
  if (byIm === 0n && im.every((c) => c === 0n)) {
    shiftInPlace(re, byRe);
    return;
  }
  for (let low = 0; low < Math.min(passes, re.length - 1); low++) {
    for (let k = re.length - 2; k >= low; k--) {
      const [a, b] = [re[k + 1]!, im[k + 1]!];
      re[k] = re[k]! + byRe * a - byIm * b;
      im[k] = im[k]! + byRe * b + byIm * a;
    }
  }
}

/** The smallest p ≥ 0 with x·2^p an integer. */
function binaryPlaces(x: number): number {
  if (x === 0) return 0;
  const exponent = Math.max(-1074, Math.floor(Math.log2(Math.abs(x))) - 54);
  let places = Math.max(0, -exponent);
  while (places > 0 && Number.isInteger(x * 2 ** Math.min(1000, places - 1)) && places <= 1000) places--;
  return places;
}

/** x·2^places rounded to an integer, exactly where x has no more binary places. */
function fixed(x: number, places: number): bigint {
  if (x === 0) return 0n;
  const exponent = Math.floor(Math.log2(Math.abs(x)));
  const shift = 60 - exponent;
  const mantissa = BigInt(Math.round(x * 2 ** Math.min(1000, shift) * 2 ** (shift - Math.min(1000, shift))));
  const left = places - shift;
  if (left >= 0) return mantissa << BigInt(left);
  const half = 1n << BigInt(-left - 1);
  return (mantissa + half) >> BigInt(-left);
}

/** n·2^exponent as a double, correct to a few units of the last place; 0 or infinity outside the range. */
function scaled(n: bigint, exponent: number): number {
  const excess = bitLength(n) - 64;
  const [mantissa, e] = excess > 0 ? [Number(n >> BigInt(excess)), exponent + excess] : [Number(n), exponent];
  if (e > 960) return mantissa * 2 ** 960 * 2 ** Math.min(960, e - 960);
  if (e < -960) return mantissa * 2 ** -960 * 2 ** Math.max(-960, e + 960);
  return mantissa * 2 ** e;
}
