import { DomainError } from "../core/index.js";
import type { Rational } from "../rings/index.js";
import { exponentialOf, logarithmOf } from "./elementary.js";
import { bitCount, exactDouble, shiftCount } from "./magnitude.js";
import { type BallPolynomials, ballPolynomials } from "./polynomial.js";
import { powerOf, rationalPowerOf, realPowerOf } from "./powers.js";
import {
  absolute,
  difference,
  midpointOf,
  negativeOf,
  product,
  quotient,
  scaledByPowerOfTwo,
  spread,
  square,
  sum,
} from "./real-arithmetic.js";
import {
  absLowerOf,
  absUpperOf,
  compareBalls,
  contains,
  containsZero,
  endsOf,
  exactBall,
  isBounded,
  overlaps,
  type RealBall,
  settle,
  signOf,
  strictlyContains,
  unionOf,
} from "./real-ball.js";
import { squareRootOf } from "./square-root.js";
import { arctangentOf, argumentOf, sineAndCosineOf } from "./trigonometric.js";

/** What real and complex balls have in common: arithmetic rounded to `bits` bits. */
export interface BallField<B> extends BallPolynomials<B> {
  readonly name: string;
  readonly bits: number;
  readonly zero: B;
  readonly one: B;
  add(a: B, b: B): B;
  sub(a: B, b: B): B;
  mul(a: B, b: B): B;
  /** The whole line (plane) when b holds 0. */
  div(a: B, b: B): B;
  neg(a: B): B;
  sqr(a: B): B;
  /** The whole line (plane) when a holds 0. */
  inv(a: B): B;
  /** a^n for an integer n; a^0 is 1. */
  powInt(a: B, n: number): B;
  fromInteger(n: bigint | number): B;
  fromRational(r: Rational): B;
  /** The exact value of a finite double, not rounded to `bits`. */
  fromNumber(x: number): B;
  /** The midpoint as a ball of radius 0. */
  midpoint(a: B): B;
  isBounded(a: B): boolean;
  containsZero(a: B): boolean;
  /** Whether b is a subset of a. */
  contains(a: B, b: B): boolean;
  /** Whether b is a subset of the interior of a. */
  strictlyContains(a: B, b: B): boolean;
  overlaps(a: B, b: B): boolean;
  /** A ball that contains both. */
  union(a: B, b: B): B;
  /** A ball that contains all points within a distance |r|, r in the ball `by`, of a (in re and im each, for complex balls). */
  inflate(a: B, by: RealBall): B;
  /** An exact real number >= |x| for all x of the ball, at most a factor 1 + 2^-40 too large. */
  absUpper(a: B): RealBall;
  /** An exact real number <= |x| for all x of the ball, 0 when it holds 0. */
  absLower(a: B): RealBall;
}

export interface RealBalls extends BallField<RealBall> {
  sqrt(a: RealBall): RealBall;
  exp(a: RealBall): RealBall;
  log(a: RealBall): RealBall;
  /** a^b = exp(b log a) for a > 0, and for a = 0 < b. The whole line where that is not decided; `DomainError` for a < 0. */
  pow(a: RealBall, b: RealBall): RealBall;
  /** a^r for a rational r: the integer power, else as {@link pow}. */
  powRational(a: RealBall, r: Rational): RealBall;
  sin(a: RealBall): RealBall;
  cos(a: RealBall): RealBall;
  /** The inverse tangent with values in [−pi/2, pi/2]. */
  atan(a: RealBall): RealBall;
  /** The argument in (−pi, pi] of the points x + iy; see `arg` of complex balls. */
  atan2(y: RealBall, x: RealBall): RealBall;
  abs(a: RealBall): RealBall;
  /** x·2^k, exact. */
  scaleByPowerOfTwo(a: RealBall, k: number): RealBall;
  /** The order of all pairs of points; undefined when the balls overlap, unless both are the same exact number. */
  compare(a: RealBall, b: RealBall): -1 | 0 | 1 | undefined;
  /** The sign of all points; undefined when the ball holds 0 and something else. */
  sign(a: RealBall): -1 | 0 | 1 | undefined;
  /** A ball that contains [lo, hi]. */
  fromInterval(lo: Rational, hi: Rational): RealBall;
  /** The ends of a bounded ball, exact. `DomainError` for the whole line. */
  lower(a: RealBall): Rational;
  upper(a: RealBall): Rational;
  /** The midpoint, exact. */
  midpointRational(a: RealBall): Rational;
  /** The radius, exact; `DomainError` for the whole line. */
  radiusRational(a: RealBall): Rational;
}

function dyadicRational(m: bigint, exponent: number): Rational {
  if (exponent >= 0) return { num: m << shiftCount(exponent), den: 1n };
  if (m === 0n) return { num: 0n, den: 1n };
  let down = -exponent;
  if ((m & 1n) === 0n) {
    const twos = Math.min(down, bitCount(m & -m) - 1);
    m >>= shiftCount(twos);
    down -= twos;
  }
  return { num: m, den: 1n << shiftCount(down) };
}

function boundedEnds(a: RealBall): { low: bigint; high: bigint; exponent: number } {
  if (!isBounded(a)) throw new DomainError("the whole line has no ends");
  return endsOf(a);
}

/** The lower end of a bounded ball, exact. `DomainError` for the whole line. */
export function lower(a: RealBall): Rational {
  const ends = boundedEnds(a);
  return dyadicRational(ends.low, ends.exponent);
}

/** The upper end of a bounded ball, exact. `DomainError` for the whole line. */
export function upper(a: RealBall): Rational {
  const ends = boundedEnds(a);
  return dyadicRational(ends.high, ends.exponent);
}

/** The midpoint, exact. */
export function midpointRational(a: RealBall): Rational {
  return dyadicRational(a.mantissa, a.exponent);
}

/** The radius, exact. `DomainError` for the whole line. */
export function radiusRational(a: RealBall): Rational {
  if (!isBounded(a)) throw new DomainError("the whole line has no radius");
  const r = exactDouble(a.radius);
  return dyadicRational(r.mantissa, r.exponent + a.exponent);
}

/** A ball around the rational number r. */
export function ballOfRational(r: Rational, bits: number): RealBall {
  if (r.den === 1n) return settle(r.num, 0, 0, bits);
  return quotient(exactBall(r.num, 0), exactBall(r.den, 0), bits);
}

/** The exact ball of a finite double. `DomainError` for an infinity or not-a-number. */
export function ballOfNumber(x: number): RealBall {
  if (!Number.isFinite(x)) throw new DomainError(`${x} is not a finite number`);
  const d = exactDouble(x);
  return exactBall(d.mantissa, d.exponent);
}

function integerOf(n: bigint | number): bigint {
  if (typeof n === "bigint") return n;
  if (!Number.isInteger(n)) throw new DomainError(`${n} is not an integer; use fromNumber or fromRational`);
  return BigInt(n);
}

function checkedBits(bits: number): number {
  if (!Number.isInteger(bits) || bits < 53 || bits > 2 ** 24) {
    throw new DomainError(`the precision is ${bits} bits; it must be an integer from 53 to 2^24`);
  }
  return bits;
}

const realContexts: Map<number, RealBalls> = new Map();

/**
 * The arithmetic of real balls rounded to `bits` >= 53 bits. The same object is returned for the same precision.
 * Certified: every operation contains the true result.
 *
 * @example
 * const R = realBalls(100);
 * ballToText(R.sqrt(R.fromInteger(2)), 20) // "1.4142135623730950488"
 */
export function realBalls(bits: number): RealBalls {
  let context = realContexts.get(bits);
  if (context === undefined) {
    context = createRealBalls(checkedBits(bits));
    realContexts.set(bits, context);
  }
  return context;
}

function createRealBalls(bits: number): RealBalls {
  const one = exactBall(1n, 0);
  const zero = exactBall(0n, 0);
  const arithmetic = {
    zero,
    one,
    add: (a: RealBall, b: RealBall): RealBall => sum(a, b, bits),
    sub: (a: RealBall, b: RealBall): RealBall => difference(a, b, bits),
    mul: (a: RealBall, b: RealBall): RealBall => product(a, b, bits),
    sqr: (a: RealBall): RealBall => square(a, bits),
    inv: (a: RealBall): RealBall => quotient(one, a, bits),
  };
  return {
    name: `real balls of ${bits} bits`,
    bits,
    ...arithmetic,
    ...ballPolynomials(arithmetic),
    div: (a, b) => quotient(a, b, bits),
    neg: negativeOf,
    powInt: (a, n) => powerOf(arithmetic, a, n),
    sqrt: (a) => squareRootOf(a, bits),
    exp: (a) => exponentialOf(a, bits),
    log: (a) => logarithmOf(a, bits),
    pow: (a, b) => realPowerOf(a, b, bits),
    powRational: (a, r) => rationalPowerOf(arithmetic, a, r, bits),
    sin: (a) => sineAndCosineOf(a, bits).sin,
    cos: (a) => sineAndCosineOf(a, bits).cos,
    atan: (a) => arctangentOf(a, bits),
    atan2: (y, x) => argumentOf(x, y, bits),
    abs: absolute,
    scaleByPowerOfTwo: scaledByPowerOfTwo,
    fromInteger: (n) => settle(integerOf(n), 0, 0, bits),
    fromRational: (r) => ballOfRational(r, bits),
    fromNumber: ballOfNumber,
    fromInterval: (lo, hi) => {
      const low = ballOfRational(lo, bits);
      const high = ballOfRational(hi, bits);
      if (compareBalls(low, high) === 1)
        throw new DomainError("the lower end of the interval lies above the upper end");
      return lo.num === hi.num && lo.den === hi.den ? low : unionOf(low, high, bits);
    },
    midpoint: midpointOf,
    midpointRational,
    radiusRational,
    lower,
    upper,
    isBounded,
    containsZero,
    contains,
    strictlyContains,
    overlaps,
    union: (a, b) => unionOf(a, b, bits),
    inflate: (a, by) => sum(a, spread(by), bits),
    absUpper: absUpperOf,
    absLower: absLowerOf,
    compare: compareBalls,
    sign: signOf,
  };
}
