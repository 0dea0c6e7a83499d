import type { Rational } from "../rings/index.js";
import {
  type ComplexBall,
  complexExponentialOf,
  complexLogarithmOf,
  complexPowerOf,
  complexSquareRootOf,
} from "./complex-elementary.js";
import { DOWN, powerUp, UP } from "./magnitude.js";
import { ballPolynomials } from "./polynomial.js";
import { powerOf } from "./powers.js";
import {
  difference,
  midpointOf,
  negativeOf,
  product,
  quotient,
  scaledByPowerOfTwo,
  spread,
  square,
  sum,
  sumOfProducts,
} from "./real-arithmetic.js";
import {
  contains,
  containsZero,
  errorBall,
  exactBall,
  exactDoubleBall,
  isBounded,
  magnitudeDown,
  magnitudeUp,
  overlaps,
  type RealBall,
  strictlyContains,
  unionOf,
  wholeLine,
} from "./real-ball.js";
import { type BallField, ballOfNumber, ballOfRational, realBalls } from "./real-balls.js";
import { argumentOf } from "./trigonometric.js";

export interface ComplexBalls extends BallField<ComplexBall> {
  /** The imaginary unit. */
  readonly i: ComplexBall;
  conj(a: ComplexBall): ComplexBall;
  /** a·r for a real ball r. */
  scaleReal(a: ComplexBall, r: RealBall): ComplexBall;
  /** a·2^k, exact. */
  scaleByPowerOfTwo(a: ComplexBall, k: number): ComplexBall;
  fromReal(re: RealBall): ComplexBall;
  fromParts(re: RealBall, im: RealBall): ComplexBall;
  fromRationals(re: Rational, im: Rational): ComplexBall;
  /** re + i·im from the exact values of two doubles. */
  fromNumbers(re: number, im: number): ComplexBall;
  /** A real ball that contains the moduli |x|. */
  abs(a: ComplexBall): RealBall;
  /**
   * A real ball that contains the arguments, in (−pi, pi]. They jump at the negative real axis, on which the value is pi; a rectangle
   * that meets this cut from below, or holds 0, gives a ball that contains [−pi, pi].
   */
  arg(a: ComplexBall): RealBall;
  exp(a: ComplexBall): ComplexBall;
  /** log|x| + i·arg x, with the cut of `arg`. `DomainError` for 0. */
  log(a: ComplexBall): ComplexBall;
  /** The root with re > 0, or re = 0 and im >= 0; the cut is that of `arg`, and a rectangle across it gives both roots. */
  sqrt(a: ComplexBall): ComplexBall;
  /** exp(b log a), with the cut of `log`. `DomainError` for a = 0. */
  pow(a: ComplexBall, b: ComplexBall): ComplexBall;
  /** A real ball that contains the |x|². */
  absSquared(a: ComplexBall): RealBall;
  /** The same as `strictlyContains`: b inside the interior of a, in re and in im. */
  interiorContains(a: ComplexBall, b: ComplexBall): boolean;
}

const zeroReal: RealBall = exactBall(0n, 0);
const oneReal: RealBall = exactBall(1n, 0);
const wholePlane: ComplexBall = { re: wholeLine, im: wholeLine };

function isExactZero(a: RealBall): boolean {
  return a.head === 0 && a.radius === 0;
}

function sumComplex(a: ComplexBall, b: ComplexBall, bits: number): ComplexBall {
  return { re: sum(a.re, b.re, bits), im: sum(a.im, b.im, bits) };
}

function productComplex(a: ComplexBall, b: ComplexBall, bits: number): ComplexBall {
  if (isExactZero(a.im)) return { re: product(a.re, b.re, bits), im: product(a.re, b.im, bits) };
  if (isExactZero(b.im)) return { re: product(a.re, b.re, bits), im: product(a.im, b.re, bits) };
  return {
    re: sumOfProducts(a.re, b.re, a.im, b.im, -1, bits),
    im: sumOfProducts(a.re, b.im, a.im, b.re, 1, bits),
  };
}

function squareComplex(a: ComplexBall, bits: number): ComplexBall {
  if (isExactZero(a.im)) return { re: square(a.re, bits), im: zeroReal };
  return {
    re: sumOfProducts(a.re, a.re, a.im, a.im, -1, bits),
    im: scaledByPowerOfTwo(product(a.re, a.im, bits), 1),
  };
}

/** √(x² + y²) as size·2^exponent, rounded up. */
function hypotUp(
  x: { mantissa: number; exponent: number },
  y: { mantissa: number; exponent: number },
): { mantissa: number; exponent: number } {
  if (x.mantissa === 0) return y;
  if (y.mantissa === 0) return x;
  const exponent = Math.max(x.exponent, y.exponent);
  const p = x.mantissa * powerUp(x.exponent - exponent);
  const q = y.mantissa * powerUp(y.exponent - exponent);
  return { mantissa: Math.sqrt(p * p + q * q) * UP, exponent };
}

function hypotDown(
  x: { mantissa: number; exponent: number },
  y: { mantissa: number; exponent: number },
): { mantissa: number; exponent: number } {
  if (x.mantissa === 0) return y;
  if (y.mantissa === 0) return x;
  const [p, q] = x.exponent >= y.exponent ? [x, y] : [y, x];
  const gap = p.exponent - q.exponent;
  if (gap > 200) return p;
  const low = q.mantissa * 2 ** -gap;
  return { mantissa: Math.sqrt(p.mantissa * p.mantissa + low * low) * DOWN, exponent: p.exponent };
}

function absUpperComplex(a: ComplexBall): RealBall {
  if (!isBoundedComplex(a)) return wholeLine;
  const { mantissa, exponent } = hypotUp(magnitudeUp(a.re), magnitudeUp(a.im));
  return exactDoubleBall(mantissa, exponent);
}

function absLowerComplex(a: ComplexBall): RealBall {
  const { mantissa, exponent } = hypotDown(magnitudeDown(a.re), magnitudeDown(a.im));
  return exactDoubleBall(mantissa, exponent);
}

function isBoundedComplex(a: ComplexBall): boolean {
  return isBounded(a.re) && isBounded(a.im);
}

/** 1/x for the midpoint c, and |1/x − 1/c| <= r/(|c| (|c| − r)) for the points x at a distance of at most r. */
function inverseComplex(a: ComplexBall, bits: number): ComplexBall {
  if (isExactZero(a.im)) return { re: quotient(oneReal, a.re, bits), im: zeroReal };
  if (!isBoundedComplex(a)) return wholePlane;
  const c = { re: midpointOf(a.re), im: midpointOf(a.im) };
  const distance = hypotUp(radiusOf(a.re), radiusOf(a.im));
  const size = hypotDown(magnitudeDown(c.re), magnitudeDown(c.im));
  if (size.mantissa === 0) return wholePlane;
  const relative = (distance.mantissa * powerUp(distance.exponent - size.exponent) * UP) / size.mantissa;
  if (!(relative < 1 - 2 ** -20)) return wholePlane;
  const norm = sumOfProducts(c.re, c.re, c.im, c.im, 1, bits + 4);
  const scale = quotient(oneReal, norm, bits + 4);
  const re = product(c.re, scale, bits);
  const im = negativeOf(product(c.im, scale, bits));
  if (distance.mantissa === 0) return { re, im };
  const change = distance.mantissa / (size.mantissa * size.mantissa * (1 - relative));
  const error = errorBall(change * UP, distance.exponent - 2 * size.exponent);
  return { re: sum(re, error, bits), im: sum(im, error, bits) };
}

function radiusOf(a: RealBall): { mantissa: number; exponent: number } {
  return { mantissa: a.radius, exponent: a.exponent };
}

function quotientComplex(a: ComplexBall, b: ComplexBall, bits: number): ComplexBall {
  if (isExactZero(b.im)) return { re: quotient(a.re, b.re, bits), im: quotient(a.im, b.re, bits) };
  return productComplex(a, inverseComplex(b, bits + 4), bits);
}

const complexContexts: Map<number, ComplexBalls> = new Map();

/**
 * The arithmetic of complex balls rounded to `bits` >= 53 bits. The same object is returned for the same precision.
 * Certified: every operation contains the true result.
 *
 * @example
 * const C = complexBalls(80);
 * C.mul(C.i, C.i).re // the exact ball −1
 */
export function complexBalls(bits: number): ComplexBalls {
  let context = complexContexts.get(bits);
  if (context === undefined) {
    context = createComplexBalls(bits);
    complexContexts.set(bits, context);
  }
  return context;
}

function createComplexBalls(bits: number): ComplexBalls {
  const real = realBalls(bits);
  const real64 = realBalls(64);
  const arithmetic = {
    zero: { re: zeroReal, im: zeroReal },
    one: { re: real.one, im: zeroReal },
    add: (a: ComplexBall, b: ComplexBall): ComplexBall => sumComplex(a, b, bits),
    mul: (a: ComplexBall, b: ComplexBall): ComplexBall => productComplex(a, b, bits),
    sqr: (a: ComplexBall): ComplexBall => squareComplex(a, bits),
    inv: (a: ComplexBall): ComplexBall => inverseComplex(a, bits),
  };
  const interiorContains = (a: ComplexBall, b: ComplexBall): boolean =>
    strictlyContains(a.re, b.re) && strictlyContains(a.im, b.im);
  const absSquared = (a: ComplexBall): RealBall => sum(square(a.re, bits), square(a.im, bits), bits);
  return {
    name: `complex balls of ${bits} bits`,
    bits,
    ...arithmetic,
    ...ballPolynomials(arithmetic),
    i: { re: zeroReal, im: real.one },
    sub: (a, b) => ({ re: difference(a.re, b.re, bits), im: difference(a.im, b.im, bits) }),
    div: (a, b) => quotientComplex(a, b, bits),
    neg: (a) => ({ re: negativeOf(a.re), im: negativeOf(a.im) }),
    powInt: (a, n) => powerOf(arithmetic, a, n),
    conj: (a) => ({ re: a.re, im: negativeOf(a.im) }),
    scaleReal: (a, r) => ({ re: product(a.re, r, bits), im: product(a.im, r, bits) }),
    scaleByPowerOfTwo: (a, k) => ({ re: scaledByPowerOfTwo(a.re, k), im: scaledByPowerOfTwo(a.im, k) }),
    fromReal: (re) => ({ re, im: zeroReal }),
    fromParts: (re, im) => ({ re, im }),
    fromInteger: (n) => ({ re: real.fromInteger(n), im: zeroReal }),
    fromRational: (r) => ({ re: ballOfRational(r, bits), im: zeroReal }),
    fromRationals: (re, im) => ({ re: ballOfRational(re, bits), im: ballOfRational(im, bits) }),
    fromNumber: (x) => ({ re: ballOfNumber(x), im: zeroReal }),
    fromNumbers: (re, im) => ({ re: ballOfNumber(re), im: ballOfNumber(im) }),
    midpoint: (a) => ({ re: midpointOf(a.re), im: midpointOf(a.im) }),
    isBounded: isBoundedComplex,
    containsZero: (a) => containsZero(a.re) && containsZero(a.im),
    contains: (a, b) => contains(a.re, b.re) && contains(a.im, b.im),
    strictlyContains: interiorContains,
    interiorContains,
    overlaps: (a, b) => overlaps(a.re, b.re) && overlaps(a.im, b.im),
    union: (a, b) => ({ re: unionOf(a.re, b.re, bits), im: unionOf(a.im, b.im, bits) }),
    inflate: (a, by) => {
      const error = spread(by);
      return { re: sum(a.re, error, bits), im: sum(a.im, error, bits) };
    },
    abs: (a) => {
      if (isExactZero(a.im)) return real.abs(a.re);
      // Where 0 may lie inside, √ of a ball that holds negative numbers is of no use.
      if (containsZero(a.re) && containsZero(a.im)) return real64.union(real64.zero, absUpperComplex(a));
      return real.sqrt(absSquared(a));
    },
    absSquared,
    arg: (a) => argumentOf(a.re, a.im, bits),
    exp: (a) => complexExponentialOf(a, bits),
    log: (a) => complexLogarithmOf(a, bits),
    sqrt: (a) => complexSquareRootOf(a, bits),
    pow: (a, b) => complexPowerOf(a, b, arithmetic.mul, bits),
    absUpper: absUpperComplex,
    absLower: absLowerComplex,
  };
}
