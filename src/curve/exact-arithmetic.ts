import { bitLength, rationalToNumber } from "../rings/index.js";
import { binaryPlaces, exponentOf, fixed, type GaussianDyadic, scaled } from "./dyadic.js";
import { type IntegerTable, shiftInPlace } from "./integer-table.js";
import { jetValue, unitsBetween, unitsOf } from "./jet.js";
import {
  type Arithmetic,
  alongTangent,
  alongTangentTo,
  type Complex,
  type LocalExpansion,
  unitRoundoff,
} from "./local-expansion.js";
import { withPlaces } from "./sheet-value.js";

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
    // a_{ji} = A_{ji} 2^((places + unit)·i + bits·j) up to a common factor; the exponents are taken relative to a_{10}.
    const reference =
      Math.max(bitLength(re[Math.min(1, K)]![0]!), bitLength(im[Math.min(1, K)]![0]!)) + bits * Math.min(1, K);
    const unit = exponentOf(z);
    const part = (value: bigint, i: number, j: number): number =>
      scaled(value, (places + unit) * i + bits * j - reference);
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
    return alongTangent(width, columns, K, roundedRe, roundedIm, bound, unit);
  };
  return dyadicArithmetic(bits, taylor, width);
}

/**
 * Gaussian dyadic numbers with `bits` places, and Taylor coefficients from `taylor`, which takes how many columns it computes, and how far the expansion is to
 * reach where a jet is asked for.
 */
export function dyadicArithmetic(
  bits: number,
  taylor: (z: Complex, m: GaussianDyadic, columns: number, reach?: number) => LocalExpansion,
  width: number,
): Arithmetic<GaussianDyadic> {
  return {
    fromComplex: (m) => ({ re: fixed(m.re, bits), im: fixed(m.im, bits) }),
    toComplex: (m) => ({ re: scaled(m.re, -bits), im: scaled(m.im, -bits) }),
    fromValue: (value) => withPlaces(value, bits),
    toValue: (m) => ({ m: { re: scaled(m.re, -bits), im: scaled(m.im, -bits) }, fine: { ...m, places: bits } }),
    correct: (m, delta) => ({ re: m.re + fixed(delta.re, bits), im: m.im + fixed(delta.im, bits) }),
    distance: (a, b) =>
      Math.hypot(scaled(a.re - b.re, -bits), scaled(a.im - b.im, -bits)) * (1 + 8 * unitRoundoff) + Number.MIN_VALUE,
    expand: (z, m, reach) => taylor(z, m, width, reach),
    ahead({ jet, tangent }, m, from, to) {
      if (jet !== undefined) return jetValue(jet, m, bits, unitsBetween(jet, from, to));
      const { by, error } = alongTangentTo(tangent, from, to);
      // Next to a vertical tangent.
      if (!Number.isFinite(by.re + by.im)) return { value: m, error: Number.POSITIVE_INFINITY };
      const value = { re: m.re + fixed(by.re, bits), im: m.im + fixed(by.im, bits) };
      return { value, error: error + 2 ** (1 - Math.min(bits, 1000)) };
    },
    aheadBy({ jet, tangent }, m, u) {
      if (jet !== undefined) return jetValue(jet, m, bits, unitsOf(jet, u));
      const by = rationalToNumber(u);
      if (!Number.isFinite(by * (tangent.re + tangent.im))) return { value: m, error: Number.POSITIVE_INFINITY };
      const value = { re: m.re + fixed(by * tangent.re, bits), im: m.im + fixed(by * tangent.im, bits) };
      const error = 2 ** -50 * Math.abs(by) * Math.hypot(tangent.re, tangent.im) + 2 ** (1 - Math.min(bits, 1000));
      return { value, error };
    },
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
