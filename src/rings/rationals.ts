// Exact: integers and fractions throughout.
import { DomainError } from "../core/index.js";
import { bitLength, floorDivide, integerGcd } from "./integers.js";
import { type Field, powerBySquaring } from "./ring.js";

/** A rational number in lowest terms with positive denominator. Zero is 0/1. */
export interface Rational {
  readonly num: bigint;
  readonly den: bigint;
}

/** The field of rational numbers with its order. */
export interface RationalField extends Field<Rational> {
  readonly half: Rational;
  compare(a: Rational, b: Rational): -1 | 0 | 1;
  sign(a: Rational): -1 | 0 | 1;
  abs(a: Rational): Rational;
  min(a: Rational, b: Rational): Rational;
  max(a: Rational, b: Rational): Rational;
  /** num/den in lowest terms; `DomainError` when den is zero. */
  fromRatio(num: bigint, den: bigint): Rational;
  isInteger(a: Rational): boolean;
  /** The largest integer <= a. */
  floor(a: Rational): bigint;
  /** The smallest integer >= a. */
  ceil(a: Rational): bigint;
  /** The integer nearest to a; a half goes up. */
  round(a: Rational): bigint;
  midpoint(a: Rational, b: Rational): Rational;
}

function reduced(num: bigint, den: bigint): Rational {
  if (den === 1n) return { num, den };
  if (den === 0n) throw new DomainError("division by zero");
  if (num === 0n) return zero;
  const g = integerGcd(num, den);
  const divisor = den < 0n ? -g : g;
  return divisor === 1n ? { num, den } : { num: num / divisor, den: den / divisor };
}

const zero: Rational = { num: 0n, den: 1n };
const one: Rational = { num: 1n, den: 1n };

function addRationals(a: Rational, b: Rational): Rational {
  if (a.den === b.den) return reduced(a.num + b.num, a.den);
  return reduced(a.num * b.den + b.num * a.den, a.den * b.den);
}

function negate(a: Rational): Rational {
  return { num: -a.num, den: a.den };
}

function multiply(a: Rational, b: Rational): Rational {
  if (a.den === 1n && b.den === 1n) return { num: a.num * b.num, den: 1n };
  return reduced(a.num * b.num, a.den * b.den);
}

function invert(a: Rational): Rational {
  if (a.num === 0n) throw new DomainError("division by zero");
  return a.num > 0n ? { num: a.den, den: a.num } : { num: -a.den, den: -a.num };
}

function compare(a: Rational, b: Rational): -1 | 0 | 1 {
  const left = a.num * b.den;
  const right = b.num * a.den;
  return left < right ? -1 : left > right ? 1 : 0;
}

function floor(a: Rational): bigint {
  return floorDivide(a.num, a.den);
}

/** The field of rational numbers. */
export const QQ: RationalField = {
  name: "QQ",
  zero,
  one,
  half: { num: 1n, den: 2n },
  add: addRationals,
  sub: (a, b) => addRationals(a, negate(b)),
  mul: multiply,
  neg: negate,
  inv: invert,
  div: (a, b) => reduced(a.num * b.den, a.den * b.num),
  equals: (a, b) => a.num === b.num && a.den === b.den,
  isZero: (a) => a.num === 0n,
  fromInteger: (n) => ({ num: n, den: 1n }),
  pow: (a, n) => (n >= 0 ? powerBySquaring(one, multiply, a, n) : powerBySquaring(one, multiply, invert(a), -n)),
  toText: rationalToText,
  compare,
  sign: (a) => (a.num > 0n ? 1 : a.num < 0n ? -1 : 0),
  abs: (a) => (a.num < 0n ? negate(a) : a),
  min: (a, b) => (compare(a, b) <= 0 ? a : b),
  max: (a, b) => (compare(a, b) >= 0 ? a : b),
  fromRatio: reduced,
  isInteger: (a) => a.den === 1n,
  floor,
  ceil: (a) => -floorDivide(-a.num, a.den),
  round: (a) => floorDivide(2n * a.num + a.den, 2n * a.den),
  midpoint: (a, b) => reduced(a.num * b.den + b.num * a.den, 2n * a.den * b.den),
};

function integerOf(n: bigint | number): bigint {
  if (typeof n === "bigint") return n;
  if (!Number.isSafeInteger(n)) {
    throw new DomainError(`${n} is not an exact integer; give a bigint, or the text of the number to parseRational`);
  }
  return BigInt(n);
}

/** The rational number num/den from integers; `DomainError` for a denominator 0 or a number that is not an exact integer. */
export function rational(num: bigint | number, den: bigint | number = 1n): Rational {
  return reduced(integerOf(num), integerOf(den));
}

/** The exact dyadic value of a finite double; `DomainError` for an infinity or not-a-number. */
export function rationalFromNumber(x: number): Rational {
  if (!Number.isFinite(x)) throw new DomainError(`${x} is not a finite number`);
  if (Number.isSafeInteger(x)) return { num: BigInt(x), den: 1n };
  let exponent = Math.max(-1074, Math.floor(Math.log2(Math.abs(x))) - 53);
  let scale = exponent;
  let mantissa = x;
  // Two steps, because 2^-exponent alone can overflow for a small x.
  while (scale !== 0) {
    const step = Math.max(-1000, Math.min(1000, scale));
    mantissa *= 2 ** -step;
    scale -= step;
  }
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    exponent--;
  }
  const integer = BigInt(mantissa);
  return exponent >= 0 ? { num: integer << BigInt(exponent), den: 1n } : reduced(integer, 1n << BigInt(-exponent));
}

/** floor(log2 |num/den|) for a nonzero rational. */
function binaryExponent(num: bigint, den: bigint): number {
  const e = bitLength(num) - bitLength(den);
  const below = e >= 0 ? num < den << BigInt(e) : num << BigInt(-e) < den;
  return below ? e - 1 : e;
}

/** The double nearest to r, ties to even; right also for huge numerators and denominators and for subnormal results. */
export function rationalToNumber(r: Rational): number {
  const magnitude = r.num < 0n ? -r.num : r.num;
  if (magnitude === 0n) return 0;
  const sign = r.num < 0n ? -1 : 1;
  if (r.den === 1n) return Number(r.num);
  if (magnitude < 1n << 53n && r.den < 1n << 53n) return Number(r.num) / Number(r.den);
  const e = binaryExponent(magnitude, r.den);
  if (e > 1023) return sign * Number.POSITIVE_INFINITY;
  const precision = Math.min(53, e + 1075);
  if (precision < 0) return sign * 0;
  const shift = precision - 1 - e;
  const num = shift >= 0 ? magnitude << BigInt(shift) : magnitude;
  const den = shift >= 0 ? r.den : r.den << BigInt(-shift);
  let quotient = num / den;
  const twice = 2n * (num - quotient * den);
  if (twice > den || (twice === den && quotient % 2n === 1n)) quotient++;
  return sign * Number(quotient) * 2 ** -shift;
}

/** The text of r in lowest terms: `3/8`, `-2`. */
export function rationalToText(r: Rational): string {
  return r.den === 1n ? r.num.toString() : `${r.num}/${r.den}`;
}

/** 2^exponent, exponent an integer of either sign. Exact. */
export function powerOfTwo(exponent: number): Rational {
  const power = 1n << BigInt(Math.abs(exponent));
  return exponent >= 0 ? { num: power, den: 1n } : { num: 1n, den: power };
}

/**
 * The simplest rational strictly between lo < hi: the smallest denominator, then the smallest numerator in absolute value
 * (the first node of the Stern–Brocot tree inside the interval). `DomainError` unless lo < hi.
 */
export function simplestRationalBetween(lo: Rational, hi: Rational): Rational {
  if (compare(lo, hi) >= 0) {
    throw new DomainError(`no number lies strictly between ${rationalToText(lo)} and ${rationalToText(hi)}`);
  }
  if (lo.num < 0n && hi.num > 0n) return zero;
  if (hi.num <= 0n) return negate(simplestRationalBetween(negate(hi), negate(lo)));
  // Both ends are >= 0. The convergents of the common part of the two continued fractions, as in Euclid's algorithm.
  let [p0, q0, p1, q1] = [0n, 1n, 1n, 0n];
  let [a, b, c, d] = [lo.num, lo.den, hi.num, hi.den]; // the interval (a/b, c/d), d = 0 for infinity
  for (;;) {
    const n = a / b;
    const inside = (n + 1n) * d < c || d === 0n;
    const quotient = inside ? n + 1n : n;
    [p0, q0, p1, q1] = [p1, q1, quotient * p1 + p0, quotient * q1 + q0];
    if (inside) return { num: p1, den: q1 };
    [a, b, c, d] = [d, c - n * d, b, a - n * b];
  }
}
