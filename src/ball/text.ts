import { Complex } from "complex.js";
import { Decimal } from "decimal.js";
import { type Budget, DomainError, LimitError, type Outcome, ok, unable, unlimited } from "../core/index.js";
import { parseRational, QQ, type Rational, rationalToDecimal, rationalToNumber } from "../rings/index.js";
import type { ComplexBall } from "./complex-elementary.js";
import { isBounded, type RealBall } from "./real-ball.js";
import { lower, midpointRational, upper } from "./real-balls.js";

/** The double nearest to the midpoint. Estimate. */
export function toNumber(b: RealBall): number {
  // Far outside the range of doubles the rational number would be needlessly long.
  if (b.exponent + b.length > 1100) return b.head > 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  if (b.exponent + b.length < -1200) return 0;
  return rationalToNumber(midpointRational(b));
}

/** The radius as a double, rounded up. Certified. */
export function radiusToNumber(b: RealBall): number {
  if (b.radius === 0 || !isBounded(b)) return b.radius;
  if (b.exponent < -1200)
    return b.exponent < -2000 ? Number.MIN_VALUE : b.radius * 2 ** -1000 * 2 ** (b.exponent + 1000) + Number.MIN_VALUE;
  if (b.exponent > 1000) return b.radius * 2 ** 1000 * 2 ** Math.min(1000, b.exponent - 1000);
  const half = Math.trunc(b.exponent / 2);
  const x = b.radius * 2 ** half * 2 ** (b.exponent - half);
  return x < 2 ** -1000 ? x + Number.MIN_VALUE : x;
}

const decimalContexts: Map<number, typeof Decimal> = new Map();

/** The midpoint rounded to `digits` significant digits, as a value of decimal.js. Estimate: all digits, whether they are certain or not. */
export function toDecimal(b: RealBall, digits: number): Decimal {
  return new (decimalContext(digits))(rationalToDecimal(midpointRational(b), digits));
}

/**
 * The digits of {@link ballToText}, at most `maxDigits`, as a value of decimal.js: every number of the ball rounds to it. Unable when
 * not even the first digit is certain. Certified.
 */
export function tryDecimal(b: RealBall, maxDigits: number): Outcome<Decimal> {
  const text = ballToText(b, maxDigits);
  if (text.startsWith("[")) return unable(`no digit of a number in ${text} is certain; use more bits`);
  return ok(new (decimalContext(maxDigits))(text));
}

function decimalContext(digits: number): typeof Decimal {
  let context = decimalContexts.get(digits);
  if (context === undefined) {
    context = Decimal.clone({ precision: digits, maxE: 9e15, minE: -9e15, toExpNeg: -7, toExpPos: 21 });
    decimalContexts.set(digits, context);
  }
  return context;
}

/** The midpoint rounded to doubles, as a value of complex.js. Estimate. */
export function toComplex(b: ComplexBall): Complex {
  return new Complex(toNumber(b.re), toNumber(b.im));
}

/**
 * The ball in decimal with as many significant digits, at most `maxDigits`, as are certain: every number of the ball, rounded to so
 * many digits, has this text (trailing zeros are left out). A ball without a certain digit is written as an enclosure "[low, high]",
 * rounded outward, and the whole line as "[-inf, inf]". Certified.
 *
 * @example
 * ballToText(realBalls(64).inv(realBalls(64).fromInteger(3)), 50) // "0.333333333333333333"
 */
export function ballToText(b: RealBall, maxDigits: number): string {
  if (!Number.isInteger(maxDigits) || maxDigits < 1) {
    throw new DomainError(`the number of digits is ${maxDigits}; it must be an integer >= 1`);
  }
  if (!isBounded(b)) return "[-inf, inf]";
  if (b.radius === 0) return rationalToDecimal(midpointRational(b), maxDigits);
  const low = lower(b);
  const high = upper(b);
  const accuracy = Math.ceil((b.length - Math.log2(b.radius)) * Math.log10(2)) + 1;
  for (let digits = Math.min(maxDigits, accuracy); digits >= 1 && b.head !== 0; digits--) {
    const text = rationalToDecimal(low, digits);
    if (text === rationalToDecimal(high, digits)) return text;
  }
  return `[${outward(low, -1)}, ${outward(high, 1)}]`;
}

/**
 * A number that is known as a ball at every precision, rounded to `digits` significant digits. Certified: all of them are proved. Where the number
 * may lie half way between two texts, either of the two may be given. LimitError when 4096 bits, and 32 times those of the digits, are not
 * enough, as for a ball that holds 0 at every precision.
 *
 * @example
 * certifiedDecimal((bits) => realBalls(bits).sqrt(realBalls(bits).fromInteger(2)), 10) // "1.414213562"
 */
export function certifiedDecimal(
  ballAt: (bits: number) => RealBall,
  digits: number,
  budget: Budget = unlimited,
): string {
  if (!Number.isInteger(digits) || digits < 1) throw new DomainError(`digits is ${digits}; it must be an integer >= 1`);
  const first = Math.ceil(digits * 3.33) + 24;
  for (let bits = Math.max(64, first); bits < Math.max(4096, 32 * first); bits *= 2) {
    budget.spend(1, "computing digits");
    const ball = ballAt(bits);
    if (!isBounded(ball) || (ball.head === 0 && ball.radius > 0)) continue;
    const [low, high] = [lower(ball), upper(ball)];
    const text = rationalToDecimal(low, digits);
    if (text === rationalToDecimal(high, digits)) return text;
    const isTie = bits > 16 * first && QQ.sign(low) === QQ.sign(high);
    if (isTie) return rationalToDecimal(midpointRational(ball), digits);
  }
  throw new LimitError(`a number could not be rounded to ${digits} digits; ask for another number of digits`);
}

/** r with three significant digits, rounded down (direction −1) or up (1). */
function outward(r: Rational, direction: 1 | -1): string {
  const text = rationalToDecimal(r, 3);
  const rounded = new Decimal(text);
  const isExact = Math.abs(rounded.e) < 5000 && QQ.equals(parseRational(text), r);
  // Otherwise one unit of the third digit brings the rounded value to the right side.
  return isExact ? text : rounded.plus(Decimal.pow(10, rounded.e - 2).times(direction)).toString();
}

/** The rectangle as "re + im i"; see {@link ballToText}. A part that is exactly 0 is left out. Certified. */
export function complexBallToText(b: ComplexBall, maxDigits: number): string {
  const re = ballToText(b.re, maxDigits);
  const im = ballToText(b.im, maxDigits);
  if (im === "0") return re;
  if (re === "0") return `${im}i`;
  return im.startsWith("-") ? `${re} - ${im.slice(1)}i` : `${re} + ${im}i`;
}
