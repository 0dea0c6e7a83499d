import { floorDivide } from "../rings/index.js";
import { binaryLength, bitCount, powerUp, shiftCount, shifted, UP } from "./magnitude.js";
import { piDigits } from "./pi.js";
import { midpointOf, product, quotient, scaledByPowerOfTwo, sum, sumOfProducts } from "./real-arithmetic.js";
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
} from "./real-ball.js";

export interface SineAndCosine {
  readonly sin: RealBall;
  readonly cos: RealBall;
}

const zero: RealBall = exactBall(0n, 0);
const one: RealBall = exactBall(1n, 0);
/** [−1, 1] */
const everywhere: RealBall = settle(0n, 0, 1, 64);
/** Angles from 2^4096 on are not reduced. */
const LARGEST_TOP = 4096;

/** sin and cos of the exact number m·2^e, with a relative error of about 2^-bits where they are not near 0 by a reduced angle. */
function sineAndCosineOfExact(m: bigint, e: number, bits: number): SineAndCosine {
  if (m === 0n) return { sin: zero, cos: one };
  const top = bitCount(m) + e;
  if (2 * top < -bits - 4) {
    // x − x³/6 and 1 − x²/2
    const x = exactBall(m, e);
    const size = magnitudeUp(x);
    const squared = errorBall(size.mantissa * size.mantissa * UP, 2 * size.exponent);
    return { sin: sum(x, product(x, squared, bits), bits), cos: sum(one, squared, bits) };
  }
  const halvings = Math.min(200, Math.ceil(Math.sqrt(bits) / 1.5) + 4);
  // A small angle is not reduced, and its sine keeps its relative precision.
  const work = bits + halvings + Math.abs(top) + 30;
  // x = n·pi/2 + r in units of 2^-work, 0 <= r < pi/2: the floor of x errs by 1 unit and n·pi/2 by |n| + 1.
  const x = shifted(m, e + work);
  const quarter = piDigits(work - 1);
  const n = top < 0 && m > 0n ? 0n : floorDivide(x, quarter);
  const r = (x - n * quarter) >> shiftCount(halvings);
  // cos and sin of r/2^halvings by Taylor series; each term errs by less than 3 units, and so do the tails by less than 8.
  const square = (r * r) >> shiftCount(work);
  let cos = 1n << shiftCount(work);
  let sin = r;
  let [cosTerm, sinTerm] = [cos, sin];
  let terms = 0;
  for (let k = 1n; cosTerm !== 0n || sinTerm !== 0n; k += 2n, terms++) {
    cosTerm = -((cosTerm * square) >> shiftCount(work)) / (k * (k + 1n));
    sinTerm = -((sinTerm * square) >> shiftCount(work)) / ((k + 1n) * (k + 2n));
    cos += cosTerm;
    sin += sinTerm;
  }
  for (let k = 0; k < halvings; k++) {
    const nextCos = (cos * cos - sin * sin) >> shiftCount(work);
    sin = (cos * sin) >> shiftCount(work - 1);
    cos = nextCos;
  }
  // A squaring of cos + i sin, of modulus 1, doubles the error and adds two units.
  const reduction = powerUp(bitCount(n) + 1) + 4;
  const radius = 3 * (2 ** halvings * (6 * terms + 24) + reduction);
  const turned: readonly [bigint, bigint] = [
    [cos, sin],
    [-sin, cos],
    [-cos, -sin],
    [sin, -cos],
  ][Number(((n % 4n) + 4n) % 4n)] as [bigint, bigint];
  return { cos: settle(turned[0], -work, radius, bits + 2), sin: settle(turned[1], -work, radius, bits + 2) };
}

/** sin and cos, from |sin(x + t) − sin x| <= |t|; [−1, 1] for balls that are wide and for numbers of modulus 2^4096 or more. */
export function sineAndCosineOf(a: RealBall, bits: number): SineAndCosine {
  const top = a.head === 0 ? 0 : a.length + a.exponent;
  if (!isBounded(a) || top > LARGEST_TOP) return { sin: everywhere, cos: everywhere };
  if (a.radius > 0 && binaryLength(a.radius) + a.exponent > 1) return { sin: everywhere, cos: everywhere };
  const { sin, cos } = sineAndCosineOfExact(a.mantissa, a.exponent, bits);
  if (a.radius === 0) return { sin, cos };
  const error = errorBall(a.radius, a.exponent);
  return { sin: sum(sin, error, bits), cos: sum(cos, error, bits) };
}

/**
 * The argument in (−pi, pi] of x + iy for exact numbers that are not both 0. An approximation g is improved by turning the point by
 * −g to X + iY and adding arctan(Y/X), for which |arctan u − u| <= |u|³/3.
 */
function argumentOfExact(x: RealBall, y: RealBall, bits: number): RealBall {
  if (y.head === 0) return x.head > 0 ? zero : settle(piDigits(bits + 8), -bits - 8, 2, bits);
  const yTop = y.length + y.exponent;
  const xTop = x.head === 0 ? Number.NEGATIVE_INFINITY : x.length + x.exponent;
  // How small the result is: near the positive axis it is about y/x.
  const lost = x.head > 0 && xTop > yTop ? xTop - yTop + 1 : 0;
  if (2 * lost > bits + 16) {
    const ratio = quotient(y, x, bits);
    return sum(ratio, cubeError(ratio), bits);
  }
  const unit = Math.max(xTop, yTop);
  const scaled = (b: RealBall): number =>
    b.head === 0 ? 0 : b.head * 2 ** Math.max(-1000, b.length + b.exponent - unit);
  const start = Math.atan2(scaled(y), scaled(x));
  let g = BigInt(Math.round(start * 2 ** 60));
  let exponent = -60;
  // The next correction is about as large as the error of g, and its cube what remains.
  let remaining = 150;
  if (lost > 40) [g, exponent, remaining] = [0n, 0, 3 * lost - 3];
  const needed = bits + 4 + lost;
  for (; ; remaining = 3 * remaining - 3) {
    const target = Math.min(remaining, needed) + 10;
    const { sin, cos } = sineAndCosineOfExact(g, exponent, target);
    const across = sumOfProducts(y, cos, x, sin, -1, target);
    const along = sumOfProducts(x, cos, y, sin, 1, target);
    const ratio = quotient(across, along, target);
    if (remaining >= needed) return sum(sum(exactBall(g, exponent), ratio, target), cubeError(ratio), bits);
    g = shifted(g, target + exponent) + shifted(ratio.mantissa, target + ratio.exponent);
    exponent = -target;
  }
}

/** A ball around 0 that holds u³/3. */
function cubeError(u: RealBall): RealBall {
  const { mantissa, exponent } = magnitudeUp(u);
  return errorBall(mantissa * mantissa * mantissa * UP, 3 * exponent);
}

/**
 * The argument of the points x + iy of a rectangle, in (−pi, pi]; a ball around 0 that holds all of them when the rectangle
 * meets the negative real axis from below, where the argument jumps, or holds 0.
 */
export function argumentOf(x: RealBall, y: RealBall, bits: number): RealBall {
  const allAround = scaledByPowerOfTwo(everywhere, 2);
  if (!isBounded(x) || !isBounded(y)) return allAround;
  const ySign = signOf(y);
  const reachesNegative = signOf(x) !== 1 && (x.radius > 0 || x.head <= 0);
  if (reachesNegative && ySign === undefined && endsOf(y).low < 0n) return allAround;
  if (ySign === 0 && x.radius > 0 && signOf(x) !== undefined) return argumentOfExact(midpointOf(x), y, bits);
  if (x.radius === 0 && y.radius === 0) return x.head === 0 && y.head === 0 ? allAround : argumentOfExact(x, y, bits);
  // The extreme arguments of a rectangle that does not surround 0 are those of corners, unless it touches the negative axis.
  const [p, q] = [endsOf(x), endsOf(y)];
  if (p.low <= 0n && p.high >= 0n && q.low <= 0n && q.high >= 0n) return allAround;
  const centre = { x: midpointOf(x), y: midpointOf(y) };
  const size = largest(magnitudeDown(centre.x), magnitudeDown(centre.y));
  const unit = Math.max(x.exponent, y.exponent);
  const distance = (x.radius * powerUp(x.exponent - unit) + y.radius * powerUp(y.exponent - unit)) * UP;
  if (distance * powerUp(unit - size.exponent) < size.mantissa * 2 ** -12) {
    // |arg z − arg c| <= asin(d/|c|) <= 1.1 d/|c|
    const error = errorBall((1.1 * distance * UP) / size.mantissa, unit - size.exponent);
    return sum(argumentOfExact(centre.x, centre.y, bits), error, bits);
  }
  const corners = [p.low, p.high].flatMap((u) =>
    [q.low, q.high].map((v) => argumentOfExact(exactBall(u, p.exponent), exactBall(v, q.exponent), bits)),
  );
  return corners.reduce((u, v) => unionOf(u, v, bits));
}

function largest(
  a: { mantissa: number; exponent: number },
  b: { mantissa: number; exponent: number },
): { mantissa: number; exponent: number } {
  if (a.mantissa === 0 || b.mantissa === 0) return a.mantissa === 0 ? b : a;
  const shift = a.exponent - b.exponent;
  return shift > 4 || (shift >= -4 && a.mantissa * 2 ** shift > b.mantissa) ? a : b;
}

/** The inverse tangent, with values in [−pi/2, pi/2]: from the monotone values at the ends. */
export function arctangentOf(a: RealBall, bits: number): RealBall {
  if (!isBounded(a)) return scaledByPowerOfTwo(everywhere, 1);
  if (a.radius === 0) return argumentOfExact(one, a, bits);
  const relative = binaryLength(a.radius) + a.exponent;
  if (relative < -bits / 4) {
    // The slope lies in (0, 1].
    return sum(argumentOfExact(one, midpointOf(a), bits), errorBall(a.radius, a.exponent), bits);
  }
  const { low, high, exponent } = endsOf(a);
  return unionOf(
    argumentOfExact(one, exactBall(low, exponent), bits),
    argumentOfExact(one, exactBall(high, exponent), bits),
    bits,
  );
}
