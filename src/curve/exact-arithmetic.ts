import { bitLength } from "../rings/index.js";
import { type IntegerTable, shiftInPlace } from "./integer-table.js";
import { type Arithmetic, alongTangent, type Complex, type LocalExpansion, unitRoundoff } from "./local-expansion.js";

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
  return dyadicArithmetic(bits, taylor, width);
}

/** Gaussian dyadic numbers with `bits` places, and Taylor coefficients from `taylor`, which takes how many columns it computes. */
export function dyadicArithmetic(
  bits: number,
  taylor: (z: Complex, m: GaussianDyadic, columns: number) => LocalExpansion,
  width: number,
): Arithmetic<GaussianDyadic> {
  return {
    fromComplex: (m) => ({ re: fixed(m.re, bits), im: fixed(m.im, bits) }),
    toComplex: (m) => ({ re: scaled(m.re, -bits), im: scaled(m.im, -bits) }),
    correct: (m, delta) => ({ re: m.re + fixed(delta.re, bits), im: m.im + fixed(delta.im, bits) }),
    rounding: () => 2 ** (1 - Math.min(bits, 1000)),
    distance: (a, b) =>
      Math.hypot(scaled(a.re - b.re, -bits), scaled(a.im - b.im, -bits)) * (1 + 8 * unitRoundoff) + Number.MIN_VALUE,
    expand: (z, m) => taylor(z, m, width),
    expandFibre: (z, m) => taylor(z, m, 1),
  };
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
export function binaryPlaces(x: number): number {
  if (x === 0) return 0;
  const exponent = Math.max(-1074, Math.floor(Math.log2(Math.abs(x))) - 54);
  let places = Math.max(0, -exponent);
  while (places > 0 && Number.isInteger(x * 2 ** Math.min(1000, places - 1)) && places <= 1000) places--;
  return places;
}

/** x·2^places rounded to an integer, exactly where x has no more binary places. */
export function fixed(x: number, places: number): bigint {
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
export function scaled(n: bigint, exponent: number): number {
  const excess = bitLength(n) - 64;
  const [mantissa, e] = excess > 0 ? [Number(n >> BigInt(excess)), exponent + excess] : [Number(n), exponent];
  if (e > 960) return mantissa * 2 ** 960 * 2 ** Math.min(960, e - 960);
  if (e < -960) return mantissa * 2 ** -960 * 2 ** Math.max(-960, e + 960);
  return mantissa * 2 ** e;
}
