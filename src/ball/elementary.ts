import { DomainError } from "../core/index.js";
import { floorDivide } from "../rings/index.js";
import { binaryLength, bitCount, powerUp, shiftCount, shifted, UP } from "./magnitude.js";
import { difference, fromZeroTo, product, sum } from "./real-arithmetic.js";
import {
  endsOf,
  errorBall,
  exactBall,
  isBounded,
  magnitudeDown,
  magnitudeUp,
  type RealBall,
  settle,
  signOf,
  unionOf,
  wholeLine,
} from "./real-ball.js";

const one: RealBall = exactBall(1n, 0);

const logTwoDigits: Map<number, bigint> = new Map();

/** log(2)·2^bits within 2 units, from log 2 = 18 artanh(1/26) − 2 artanh(1/4801) + 8 artanh(1/8749). */
function logTwo(bits: number): bigint {
  let value = logTwoDigits.get(bits);
  if (value === undefined) {
    const guard = 40;
    const artanhOfInverse = (n: bigint): bigint => {
      const square = n * n;
      let power = (1n << BigInt(bits + guard)) / n;
      let total = 0n;
      for (let k = 1n; power !== 0n; k += 2n) {
        total += power / k;
        power /= square;
      }
      return total;
    };
    value = (18n * artanhOfInverse(26n) - 2n * artanhOfInverse(4801n) + 8n * artanhOfInverse(8749n)) >> BigInt(guard);
    logTwoDigits.set(bits, value);
  }
  return value;
}

/** Arguments of exp from 2^40 on leave the range of exponents that are worth keeping. */
const LARGEST_TOP = 40;

/** exp of the exact number x = m·2^e, |x| < 2^41, with a relative error of about 2^-bits. */
function exponentialOfExact(m: bigint, e: number, bits: number): RealBall {
  if (m === 0n) return one;
  const top = bitCount(m) + e;
  if (top < -bits - 4) return settle(1n << shiftCount(bits), -bits, 1, bits + 2);
  const halvings = Math.min(200, Math.ceil(Math.sqrt(bits) / 1.5) + 4);
  const work = bits + halvings + Math.max(top, 0) + 30;
  // x = n log 2 + r in units of 2^-work, 0 <= r: the floor of x errs by 1 unit and n log 2 by 2|n|.
  const x = shifted(m, e + work);
  const n = floorDivide(x, logTwo(work));
  const r = (x - n * logTwo(work)) >> shiftCount(halvings);
  // exp(r/2^halvings) by its Taylor series; each term errs by less than 3 units, and so does the tail by less than 8.
  let term = 1n << shiftCount(work);
  let total = term;
  let terms = 0;
  for (let k = 1n; term !== 0n; k++, terms++) {
    term = ((term * r) >> shiftCount(work)) / k;
    total += term;
  }
  for (let k = 0; k < halvings; k++) total = (total * total) >> shiftCount(work);
  // A squaring doubles the relative error and adds one unit; the value is below 2.1 in the end.
  const reduction = 4 * Math.abs(Number(n)) + 4;
  const radius = 2.5 * (2 ** halvings * (3 * terms + 16) + reduction);
  return settle(total, Number(n) - work, radius, bits + 2);
}

/** The exponential function. The whole line when a point of the ball is 2^40 or more. */
export function exponentialOf(a: RealBall, bits: number): RealBall {
  if (!isBounded(a)) return wholeLine;
  const ends = endsOf(a);
  const highTop = bitCount(ends.high) + ends.exponent;
  const lowTop = bitCount(ends.low) + ends.exponent;
  if (highTop > LARGEST_TOP) {
    // exp(x) <= 2^x for x <= 0.
    return ends.high > 0n ? wholeLine : fromZeroTo(1, -(2 ** LARGEST_TOP));
  }
  const high = (): RealBall => exponentialOfExact(ends.high, ends.exponent, bits);
  const radiusTop = a.radius === 0 ? Number.NEGATIVE_INFINITY : binaryLength(a.radius) + a.exponent;
  if (lowTop > LARGEST_TOP || radiusTop > 5) {
    const bound = magnitudeUp(high());
    return fromZeroTo(bound.mantissa, bound.exponent);
  }
  const mid = exponentialOfExact(a.mantissa, a.exponent, bits);
  if (a.radius === 0) return mid;
  if (radiusTop > -10) return unionOf(exponentialOfExact(ends.low, ends.exponent, bits), high(), bits);
  // exp(x0 + t) = exp(x0) (1 + s) with |s| <= |t| (1 + |t|) for |t| <= 1.
  return sum(mid, product(mid, errorBall(a.radius * (1 + powerUp(radiusTop)) * UP, a.exponent), bits), bits);
}

/** log of the exact number m·2^e > 0. */
function logarithmOfExact(m: bigint, e: number, bits: number): RealBall {
  // x = y·2^n with y in [3/4, 3/2], so that log y and n log 2 do not cancel.
  const length = bitCount(m);
  const isLow = 4n * m < 3n << shiftCount(length);
  const n = e + length - (isLow ? 1 : 0);
  const yExponent = (isLow ? 1 : 0) - length;
  if (n === 0) {
    // Near 1 the result is as small as y − 1.
    const gap = shifted(m, Math.max(0, yExponent)) - (1n << shiftCount(Math.max(0, -yExponent)));
    if (gap === 0n) return exactBall(0n, 0);
    const lost = Math.max(0, -(bitCount(gap) + Math.min(0, yExponent)));
    return logarithmNearOne(m, yExponent, bits + lost + 4, bits);
  }
  const work = bits + 8;
  const multiple = settle(BigInt(n) * logTwo(work), -work, 3 * Math.abs(n), work + 60);
  return sum(logarithmNearOne(m, yExponent, work, work), multiple, bits);
}

/**
 * log of y = m·2^e in [3/4, 3/2] within about 2^-work. An approximation g is improved by g + d, d = y exp(−g) − 1, which doubles its
 * digits; the last step is made in balls: log y = g + log(1 + d) with |log(1 + d) − d| <= d² for |d| <= 1/2.
 */
function logarithmNearOne(m: bigint, e: number, work: number, bits: number): RealBall {
  const drop = Math.max(0, bitCount(m) - 60);
  let g = BigInt(Math.round(Math.log(Number(m >> shiftCount(drop)) * 2 ** (drop + e)) * 2 ** 60));
  let gExponent = -60;
  for (let precision = 80; ; precision *= 2) {
    const target = Math.min(precision, work) + 10;
    const decay = exponentialOfExact(-g, gExponent, target);
    const d = difference(product(exactBall(m, e), decay, target), one, target);
    if (precision >= work) {
      const size = magnitudeUp(d);
      const error = errorBall(size.mantissa * size.mantissa * UP, 2 * size.exponent);
      return sum(sum(exactBall(g, gExponent), d, target), error, bits);
    }
    g = shifted(g, target + gExponent) + shifted(d.mantissa, target + d.exponent);
    gExponent = -target;
  }
}

/** The logarithm. The whole line when the ball holds 0 and a positive number; `DomainError` when all of it is <= 0. */
export function logarithmOf(a: RealBall, bits: number): RealBall {
  const s = signOf(a);
  if (s === -1 || s === 0) throw new DomainError("the logarithm of a number <= 0 is not real");
  if (s === undefined) return wholeLine;
  if (a.radius === 0) return logarithmOfExact(a.mantissa, a.exponent, bits);
  // |log(x0 + t) − log x0| <= |t|/(x0 − |t|)
  const relative = a.radius / magnitudeDown(a).mantissa;
  if (relative * powerUp(-a.length) < 2 ** -20) {
    return sum(logarithmOfExact(a.mantissa, a.exponent, bits), errorBall(relative * UP, -a.length), bits);
  }
  const { low, high, exponent } = endsOf(a);
  return unionOf(logarithmOfExact(low, exponent, bits), logarithmOfExact(high, exponent, bits), bits);
}
