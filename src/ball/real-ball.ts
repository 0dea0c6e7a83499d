// Exact about the ball; it says nothing more of the number inside.
import type { Truth } from "../core/index.js";
import type { Rational } from "../rings/index.js";
import {
  binaryLength,
  bitCount,
  compareDyadic,
  DOWN,
  exactDouble,
  LARGEST_RADIUS,
  larger,
  powerUp,
  SMALLEST_RADIUS,
  shiftCount,
  shifted,
  smaller,
  UP,
} from "./magnitude.js";

/**
 * The closed interval of the x with |x − mantissa·2^exponent| <= radius·2^exponent. The radius is a double, counted in units of the
 * last place of the mantissa; 0 for an exact number, Infinity for the whole line.
 */
export interface RealBall {
  readonly mantissa: bigint;
  readonly exponent: number;
  readonly radius: number;
  /** Has the sign of the mantissa, and |mantissa| <= |head|·2^length with 1/2 <= |head| < 1 + 2^-20; 0 for a mantissa 0. */
  readonly head: number;
  readonly length: number;
}

export function rawBall(mantissa: bigint, exponent: number, radius: number, head: number, length: number): RealBall {
  return { mantissa, exponent, radius, head, length };
}

/** The whole line: what an operation returns where it is not defined on all of its input. */
export const wholeLine: RealBall = rawBall(0n, 0, Number.POSITIVE_INFINITY, 0, 0);

/** The ball of a midpoint and a radius >= 0 in units of 2^exponent, brought into the limits of radii and of `bits`. */
export function settle(mantissa: bigint, exponent: number, radius: number, bits: number): RealBall {
  if (!(radius < Number.POSITIVE_INFINITY)) return wholeLine;
  let length = bitCount(mantissa);
  if (radius > 0 && radius < SMALLEST_RADIUS && length > 0 && length < bits) {
    // A short midpoint with a tiny radius: finer units keep the radius.
    const step = Math.min(bits - length, 1000);
    mantissa <<= shiftCount(step);
    exponent -= step;
    length += step;
    radius *= powerUp(step);
  }
  let drop = length > bits ? length - bits : 0;
  if (radius > LARGEST_RADIUS) drop = Math.max(drop, binaryLength(radius) - 64);
  if (drop > 0) {
    mantissa >>= shiftCount(drop);
    exponent += drop;
    radius = (radius * powerUp(-drop) + 1) * UP;
  }
  if (radius > 0 && radius < SMALLEST_RADIUS) radius = SMALLEST_RADIUS;
  return withHead(mantissa, exponent, radius);
}

/** The ball with its head computed from scratch; the radius must lie within the limits. */
export function withHead(mantissa: bigint, exponent: number, radius: number): RealBall {
  const x = Number(mantissa);
  if (x === 0) return rawBall(mantissa, exponent, radius, 0, 0);
  if (Math.abs(x) < 2 ** 1000) {
    const length = binaryLength(x);
    return rawBall(mantissa, exponent, radius, x * powerUp(-length) * UP, length);
  }
  const length = bitCount(mantissa);
  const head = Number(mantissa >> shiftCount(length - 64)) * 2 ** -64;
  return rawBall(mantissa, exponent, radius, head * UP, length);
}

/** An exact dyadic number, of any length. */
export function exactBall(mantissa: bigint, exponent: number): RealBall {
  return withHead(mantissa, exponent, 0);
}

/** The ball around 0 of radius size·2^exponent, for a double size >= 0. */
export function errorBall(size: number, exponent: number): RealBall {
  if (size === 0) return rawBall(0n, 0, 0, 0, 0);
  if (!(size < Number.POSITIVE_INFINITY)) return wholeLine;
  const scale = size < SMALLEST_RADIUS ? 600 : size > LARGEST_RADIUS ? -900 : 0;
  return rawBall(0n, exponent - scale, size * powerUp(scale), 0, 0);
}

/** The exact ends of a finite ball: [low, high]·2^exponent. */
export interface Ends {
  readonly low: bigint;
  readonly high: bigint;
  readonly exponent: number;
}

export function endsOf(b: RealBall): Ends {
  if (b.radius === 0) return { low: b.mantissa, high: b.mantissa, exponent: b.exponent };
  const r = exactDouble(b.radius);
  if (r.exponent >= 0) {
    const radius = r.mantissa << shiftCount(r.exponent);
    return { low: b.mantissa - radius, high: b.mantissa + radius, exponent: b.exponent };
  }
  const mid = b.mantissa << shiftCount(-r.exponent);
  return { low: mid - r.mantissa, high: mid + r.mantissa, exponent: b.exponent + r.exponent };
}

/** A ball of at most `bits` bits that contains [low, high]·2^exponent. */
function ballOfEnds(low: bigint, high: bigint, exponent: number, bits: number): RealBall {
  if (low === high) return settle(low, exponent, 0, bits);
  const width = high - low;
  if (low === 0n || high === 0n) {
    // Midpoint and radius are the same short number, so that the end 0 stays what it is.
    const drop = Math.max(0, bitCount(width) - 52);
    const half = (width >> shiftCount(drop)) + (drop > 0 ? 1n : 0n);
    return settle(low === 0n ? half : -half, exponent + drop - 1, Number(half), Math.max(bits, 53));
  }
  // Units of 2^-64 of the width keep the midpoint exact enough and the radius far from both limits.
  const drop = bitCount(width) - 64;
  if (drop > 1) {
    const mid = (low + high) >> shiftCount(drop + 1);
    return settle(mid, exponent + drop, (Number(width >> shiftCount(drop + 1)) + 3) * UP, bits);
  }
  return settle(low + high, exponent - 1, Number(width) * UP, bits);
}

export function unionOf(a: RealBall, b: RealBall, bits: number): RealBall {
  if (!isBounded(a) || !isBounded(b)) return wholeLine;
  const p = endsOf(a);
  const q = endsOf(b);
  const exponent = Math.min(p.exponent, q.exponent);
  const pLow = shifted(p.low, p.exponent - exponent);
  const pHigh = shifted(p.high, p.exponent - exponent);
  const qLow = shifted(q.low, q.exponent - exponent);
  const qHigh = shifted(q.high, q.exponent - exponent);
  return ballOfEnds(smaller(pLow, qLow), larger(pHigh, qHigh), exponent, bits);
}

/** Whether the ball is bounded, that is, not the whole line. */
export function isBounded(b: RealBall): boolean {
  return b.radius < Number.POSITIVE_INFINITY;
}

/** Whether the ball is a single number. */
export function isExact(b: RealBall): boolean {
  return b.radius === 0;
}

/** The common sign of all points of the ball; undefined when it holds 0 and something else. */
export function signOf(b: RealBall): -1 | 0 | 1 | undefined {
  if (b.radius === 0) return b.head > 0 ? 1 : b.head < 0 ? -1 : 0;
  if (b.head > 0) return b.mantissa > b.radius ? 1 : undefined;
  if (b.head < 0) return b.mantissa < -b.radius ? -1 : undefined;
  return undefined;
}

export function containsZero(b: RealBall): boolean {
  const s = signOf(b);
  return s === undefined || s === 0;
}

/** Whether x < y, "unknown" when the balls leave it open. */
export function decideLess(a: RealBall, b: RealBall): Truth {
  if (!isBounded(a) || !isBounded(b)) return "unknown";
  const p = endsOf(a);
  const q = endsOf(b);
  if (compareDyadic(p.high, p.exponent, q.low, q.exponent) < 0) return "true";
  return compareDyadic(p.low, p.exponent, q.high, q.exponent) >= 0 ? "false" : "unknown";
}

/** Whether x = y, "unknown" when the balls meet and are not the same exact number. */
export function decideEqual(a: RealBall, b: RealBall): Truth {
  if (!overlaps(a, b)) return "false";
  return isExact(a) && isExact(b) ? "true" : "unknown";
}

/** The order of all pairs of points (x in a, y in b); undefined when the balls overlap, unless both are the same exact number. */
export function compareBalls(a: RealBall, b: RealBall): -1 | 0 | 1 | undefined {
  if (!isBounded(a) || !isBounded(b)) return undefined;
  const p = endsOf(a);
  const q = endsOf(b);
  if (compareDyadic(p.high, p.exponent, q.low, q.exponent) < 0) return -1;
  if (compareDyadic(p.low, p.exponent, q.high, q.exponent) > 0) return 1;
  return a.radius === 0 && b.radius === 0 ? 0 : undefined;
}

function inside(inner: RealBall, outer: RealBall, slack: 0 | 1): boolean {
  if (!isBounded(outer)) return true;
  if (!isBounded(inner)) return false;
  const p = endsOf(inner);
  const q = endsOf(outer);
  return (
    compareDyadic(p.low, p.exponent, q.low, q.exponent) >= slack &&
    compareDyadic(q.high, q.exponent, p.high, p.exponent) >= slack
  );
}

/** Whether b is a subset of a. */
export function contains(a: RealBall, b: RealBall): boolean {
  return inside(b, a, 0);
}

/** Whether b is a subset of the interior of a; the interior of the whole line is the whole line. */
export function strictlyContains(a: RealBall, b: RealBall): boolean {
  return inside(b, a, 1);
}

/** Whether the rational number r lies in the ball. */
export function containsRational(b: RealBall, r: Rational): boolean {
  if (!isBounded(b)) return true;
  const { low, high, exponent } = endsOf(b);
  const scaled = exponent < 0 ? r.num << shiftCount(-exponent) : r.num;
  const unit = exponent > 0 ? r.den << shiftCount(exponent) : r.den;
  return low * unit <= scaled && scaled <= high * unit;
}

/** Whether the two closed intervals meet. */
export function overlaps(a: RealBall, b: RealBall): boolean {
  if (!isBounded(a) || !isBounded(b)) return true;
  const p = endsOf(a);
  const q = endsOf(b);
  return (
    compareDyadic(p.high, p.exponent, q.low, q.exponent) >= 0 &&
    compareDyadic(q.high, q.exponent, p.low, p.exponent) >= 0
  );
}

/** An upper bound of |x| over the ball, exact and short, at most a factor 1 + 2^-40 above the largest |x|. */
export function absUpperOf(b: RealBall): RealBall {
  if (!isBounded(b)) return wholeLine;
  const { mantissa, exponent } = magnitudeUp(b);
  return exactDoubleBall(mantissa, exponent);
}

/** size·2^exponent >= |x| over a finite ball, with size a double at most a factor 1 + 2^-40 above the largest |x|. */
export function magnitudeUp(b: RealBall): { mantissa: number; exponent: number } {
  // The unit 2^length is right unless the radius dwarfs the midpoint; powerUp then still bounds from above.
  const top = b.length;
  if (b.radius === 0) {
    const exact = b.length <= 53 ? Math.abs(Number(b.mantissa)) * powerUp(-top) : Math.abs(b.head);
    return { mantissa: exact, exponent: b.exponent + top };
  }
  const size = (Math.abs(b.head) + b.radius * powerUp(-top)) * UP;
  return { mantissa: size, exponent: b.exponent + top };
}

/** A double that is at most |mantissa|·2^-length and at least (1 − 2^-42) times that. */
export function leadingDown(b: RealBall): number {
  // The head is an upper bound, so the leading digits are read again.
  const drop = b.length > 900 ? b.length - 64 : 0;
  const m = b.mantissa < 0n ? -b.mantissa : b.mantissa;
  return Number(drop > 0 ? m >> shiftCount(drop) : m) * powerUp(drop - b.length) * DOWN;
}

/** size·2^exponent <= |x| over the ball, size >= 0, within a factor 1 − 2^-40 when the radius is small against the midpoint. */
export function magnitudeDown(b: RealBall): { mantissa: number; exponent: number } {
  if (!isBounded(b) || b.head === 0) return { mantissa: 0, exponent: 0 };
  const leading = leadingDown(b);
  if (b.radius === 0) return { mantissa: leading, exponent: b.exponent + b.length };
  const size = leading - b.radius * powerUp(-b.length) * UP;
  return size > 0 ? { mantissa: size * DOWN, exponent: b.exponent + b.length } : { mantissa: 0, exponent: 0 };
}

/** The exact ball of x·2^exponent. */
export function exactDoubleBall(x: number, exponent: number): RealBall {
  const d = exactDouble(x);
  return exactBall(d.mantissa, d.exponent + exponent);
}

/** The lower bound that belongs to {@link absUpperOf}; 0 when the ball holds 0. */
export function absLowerOf(b: RealBall): RealBall {
  const { mantissa, exponent } = magnitudeDown(b);
  return exactDoubleBall(mantissa, exponent);
}
