import { bitLength } from "../rings/index.js";

/** The complex number (re + i·im)·2^exponent, exact. */
export interface DyadicPoint {
  readonly re: bigint;
  readonly im: bigint;
  readonly exponent: number;
}

/** What is added to a logarithm so that it bounds from above in spite of the rounding of doubles. */
export const LOG_SLACK: number = 2 ** -24;

const SHIFTS: readonly bigint[] = Array.from({ length: 4096 }, (_, k) => BigInt(k));

/** m·2^k, rounded towards minus infinity. */
export function shifted(m: bigint, k: number): bigint {
  if (k === 0) return m;
  if (k > 0) return m << (k < 4096 ? SHIFTS[k]! : BigInt(k));
  return m >> (k > -4096 ? SHIFTS[-k]! : BigInt(-k));
}

/** m = value·2^exponent up to rounding, with 1/2 <= |value| <= 1 unless m is 0. */
export function leadingDouble(m: bigint): { readonly value: number; readonly exponent: number } {
  let x = Number(m);
  if (x === 0) return { value: 0, exponent: 0 };
  let drop = 0;
  if (!(Math.abs(x) < 2 ** 1000)) {
    drop = bitLength(m) - 64;
    x = Number(shifted(m, -drop));
  }
  const exponent = Math.floor(Math.log2(Math.abs(x))) + 1;
  return { value: x * 2 ** -exponent, exponent: exponent + drop };
}

/** log2 |x|, within {@link LOG_SLACK}/4; −Infinity at 0. */
export function logModulus(x: DyadicPoint): number {
  const a = leadingDouble(x.re);
  const b = leadingDouble(x.im);
  if (a.value === 0 && b.value === 0) return Number.NEGATIVE_INFINITY;
  if (a.value === 0) return Math.log2(Math.abs(b.value)) + b.exponent + x.exponent;
  if (b.value === 0) return Math.log2(Math.abs(a.value)) + a.exponent + x.exponent;
  const exponent = Math.max(a.exponent, b.exponent);
  const size = Math.hypot(a.value * 2 ** (a.exponent - exponent), b.value * 2 ** (b.exponent - exponent));
  return Math.log2(size) + exponent + x.exponent;
}

/** log2 (2^a + 2^b), rounded up. */
export function logSum(a: number, b: number): number {
  const high = Math.max(a, b);
  if (high === Number.NEGATIVE_INFINITY || high === Number.POSITIVE_INFINITY) return high;
  return high + Math.log2(1 + 2 ** (Math.min(a, b) - high)) + LOG_SLACK;
}

export function sumOf(a: DyadicPoint, b: DyadicPoint): DyadicPoint {
  const exponent = Math.min(a.exponent, b.exponent);
  const [p, q] = [a.exponent - exponent, b.exponent - exponent];
  return { re: shifted(a.re, p) + shifted(b.re, q), im: shifted(a.im, p) + shifted(b.im, q), exponent };
}

export function differenceOf(a: DyadicPoint, b: DyadicPoint): DyadicPoint {
  const exponent = Math.min(a.exponent, b.exponent);
  const [p, q] = [a.exponent - exponent, b.exponent - exponent];
  return { re: shifted(a.re, p) - shifted(b.re, q), im: shifted(a.im, p) - shifted(b.im, q), exponent };
}

/** The point on the grid of 2^exponent, rounded down in both parts; itself when its grid is no finer. */
export function roundedTo(x: DyadicPoint, exponent: number): DyadicPoint {
  const shift = x.exponent - exponent;
  if (shift >= 0) return x;
  return { re: shifted(x.re, shift), im: shifted(x.im, shift), exponent };
}

/** a/b for b ≠ 0 on the grid of 2^exponent, within one unit of it in each part. */
export function quotientOf(a: DyadicPoint, b: DyadicPoint, exponent: number): DyadicPoint {
  const shift = a.exponent - b.exponent - exponent;
  if (b.im === 0n) {
    const part = (x: bigint): bigint => (shift >= 0 ? shifted(x, shift) / b.re : x / shifted(b.re, -shift));
    return { re: part(a.re), im: part(a.im), exponent };
  }
  const norm = b.re * b.re + b.im * b.im;
  const part = (x: bigint): bigint => (shift >= 0 ? shifted(x, shift) / norm : x / shifted(norm, -shift));
  return { re: part(a.re * b.re + a.im * b.im), im: part(a.im * b.re - a.re * b.im), exponent };
}
