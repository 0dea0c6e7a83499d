/**
 * Radii and magnitudes as doubles that are rounded outward. A chain of at most sixteen roundings to nearest of quantities of one
 * sign errs by less than the factor {@link UP} − 1 = 2^-44, so that one multiplication by it at the end gives an upper bound. That needs
 * every nonzero intermediate quantity to stay in the range of normal doubles, which the limits below take care of.
 */
export const UP: number = 1 + 2 ** -44;
export const DOWN: number = 1 - 2 ** -44;

/** A nonzero radius lies in [2^-500, 2^128], counted in units of the last place of its midpoint. */
export const SMALLEST_RADIUS: number = 2 ** -500;
export const LARGEST_RADIUS: number = 2 ** 128;

/** Mantissas up to this length are converted to doubles, and multiplied with radii, without overflow. */
export const SHORT_LENGTH = 440;

const LOWEST_POWER = -1000;
const POWERS: Float64Array = Float64Array.from({ length: 2024 }, (_, index) => 2 ** (index + LOWEST_POWER));

/** 2^k rounded up: never below 2^-1000, and Infinity from 2^1024 on. */
export function powerUp(k: number): number {
  return k < LOWEST_POWER ? 2 ** LOWEST_POWER : k > 1023 ? Number.POSITIVE_INFINITY : POWERS[k - LOWEST_POWER]!;
}

const SHIFTS: readonly bigint[] = Array.from({ length: 1024 }, (_, k) => BigInt(k));

/** The bigint k >= 0 as a shift count, without a conversion for the common ones. */
export function shiftCount(k: number): bigint {
  return k < 1024 ? SHIFTS[k]! : BigInt(k);
}

/** m * 2^k, rounded towards minus infinity. */
export function shifted(m: bigint, k: number): bigint {
  return k === 0 ? m : k > 0 ? m << shiftCount(k) : m >> shiftCount(-k);
}

const DOUBLE: Float64Array = new Float64Array(1);
const WORDS: Uint32Array = new Uint32Array(DOUBLE.buffer);
DOUBLE[0] = 1;
const HIGH: 0 | 1 = WORDS[1] === 0 ? 0 : 1;

/** The k with 2^(k-1) <= |x| < 2^k, for a nonzero normal double. */
export function binaryLength(x: number): number {
  DOUBLE[0] = x;
  return ((WORDS[HIGH]! >>> 20) & 0x7ff) - 1022;
}

/** The number of bits of |m|. */
export function bitCount(m: bigint): number {
  const x = Number(m);
  if (Math.abs(x) < 2 ** 1000) {
    if (x === 0) return 0;
    const guess = binaryLength(x);
    // A long mantissa may have been rounded up to the next power of two.
    if (Math.abs(x) !== 2 ** (guess - 1) || guess <= 53) return guess;
    return (m < 0n ? -m : m) >> shiftCount(guess - 1) === 0n ? guess - 1 : guess;
  }
  const text = (m < 0n ? -m : m).toString(16);
  return 4 * text.length - Math.clz32(Number.parseInt(text.charAt(0), 16)) + 28;
}

/** x = m * 2^e exactly, with |m| < 2^53 an integer, for a finite double. */
export function exactDouble(x: number): { mantissa: bigint; exponent: number } {
  if (x === 0) return { mantissa: 0n, exponent: 0 };
  if (Number.isInteger(x) && Math.abs(x) < 2 ** 53) return { mantissa: BigInt(x), exponent: 0 };
  // Subnormal numbers are first scaled into the normal range.
  const scale = Math.abs(x) < 2 ** -1000 ? 120 : 0;
  const y = x * 2 ** scale;
  let shift = 53 - binaryLength(y);
  let m = shift > 1000 ? y * 2 ** 1000 * 2 ** (shift - 1000) : y * 2 ** shift;
  while (m % 2 === 0) {
    const step = m % 65536 === 0 ? 16 : 1;
    m /= 2 ** step;
    shift -= step;
  }
  return { mantissa: BigInt(m), exponent: -shift - scale };
}

/** Compares m1 * 2^e1 with m2 * 2^e2 exactly. */
export function compareDyadic(m1: bigint, e1: number, m2: bigint, e2: number): -1 | 0 | 1 {
  if (e1 !== e2) {
    const s1 = m1 > 0n ? 1 : m1 < 0n ? -1 : 0;
    const s2 = m2 > 0n ? 1 : m2 < 0n ? -1 : 0;
    if (s1 !== s2) return s1 < s2 ? -1 : 1;
    if (s1 === 0) return 0;
    const top1 = bitCount(m1) + e1;
    const top2 = bitCount(m2) + e2;
    if (top1 !== top2) return top1 < top2 === s1 > 0 ? -1 : 1;
    if (e1 > e2) m1 <<= shiftCount(e1 - e2);
    else m2 <<= shiftCount(e2 - e1);
  }
  return m1 < m2 ? -1 : m1 > m2 ? 1 : 0;
}

export function smaller(a: bigint, b: bigint): bigint {
  if (a < b) return a;
  return b;
}

export function larger(a: bigint, b: bigint): bigint {
  if (a > b) return a;
  return b;
}
