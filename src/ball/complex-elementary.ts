import { DomainError } from "../core/index.js";
import { exponentialOf, logarithmOf } from "./elementary.js";
import { product, quotient, scaledByPowerOfTwo, square, sum } from "./real-arithmetic.js";
import {
  endsOf,
  errorBall,
  exactBall,
  isBounded,
  magnitudeDown,
  magnitudeUp,
  type RealBall,
  signOf,
  unionOf,
  wholeLine,
} from "./real-ball.js";
import { squareRootOf } from "./square-root.js";
import { argumentOf, sineAndCosineOf } from "./trigonometric.js";

/** The closed rectangle re + i·im of the complex plane. */
export interface ComplexBall {
  readonly re: RealBall;
  readonly im: RealBall;
}

const zero: RealBall = exactBall(0n, 0);

function isExactZero(a: RealBall): boolean {
  return a.head === 0 && a.radius === 0;
}

/** exp(x + iy) = exp(x)(cos y + i sin y). */
export function complexExponentialOf({ re, im }: ComplexBall, bits: number): ComplexBall {
  const size = exponentialOf(re, bits + 4);
  if (isExactZero(im)) return { re: size, im: zero };
  const { sin, cos } = sineAndCosineOf(im, bits + 4);
  return { re: product(size, cos, bits), im: product(size, sin, bits) };
}

/** log|z| + i arg z with arg z in (−pi, pi], see {@link argumentOf} for rectangles across the cut; `DomainError` for 0. */
export function complexLogarithmOf({ re, im }: ComplexBall, bits: number): ComplexBall {
  if (isExactZero(re) && isExactZero(im)) throw new DomainError("the logarithm of 0 is not defined");
  if (!isBounded(re) || !isBounded(im)) return { re: wholeLine, im: argumentOf(re, im, bits) };
  const norm = sum(square(re, bits + 4), square(im, bits + 4), bits + 4);
  // The square of a modulus may be enclosed by a ball that reaches below 0.
  const logarithm = signOf(norm) === 1 ? scaledByPowerOfTwo(logarithmOf(norm, bits), -1) : wholeLine;
  return { re: logarithm, im: argumentOf(re, im, bits) };
}

/**
 * The root with Re > 0, or Re = 0 and Im >= 0: the cut is the negative real axis, on which the values are those from above. A
 * rectangle that meets the cut from below gives a rectangle with both values, and so does one that holds 0 and other numbers.
 */
export function complexSquareRootOf(z: ComplexBall, bits: number): ComplexBall {
  const { re, im } = z;
  if (isExactZero(im) && signOf(re) !== undefined) {
    return signOf(re) === -1
      ? { re: zero, im: squareRootOf({ ...re, mantissa: -re.mantissa, head: -re.head }, bits) }
      : { re: squareRootOf(re, bits), im: zero };
  }
  if (!isBounded(re) || !isBounded(im)) return { re: wholeLine, im: wholeLine };
  const holdsZero = signOf(re) === undefined || signOf(re) === 0 ? holds(im) : false;
  const meetsCut = signOf(re) !== 1 && signOf(im) === undefined && endsOf(im).low < 0n;
  if (holdsZero || meetsCut) {
    const [x, y] = [squareRootOf(boundOf(re), 64), squareRootOf(boundOf(im), 64)];
    // |√z| <= √|re| + √|im|
    const bound = sum(x, y, 64);
    const { high, exponent } = endsOf(bound);
    const top = exactBall(high, exponent);
    return {
      re: unionOf(zero, top, 64),
      im: unionOf({ ...top, mantissa: -top.mantissa, head: -top.head }, top, 64),
    };
  }
  const work = bits + 8;
  const [x, y] = [exactBall(re.mantissa, re.exponent), exactBall(im.mantissa, im.exponent)];
  const modulus = squareRootOf(sum(square(x, 2 * work), square(y, 2 * work), work), work);
  const absolute = x.head < 0 ? exactBall(-x.mantissa, x.exponent) : x;
  // √z = t + iy/(2t) for Re z >= 0, |y|/(2t) ± it else, with t = √((|z| + |x|)/2).
  const t = squareRootOf(scaledByPowerOfTwo(sum(modulus, absolute, work), -1), work);
  const other = quotient(y, scaledByPowerOfTwo(t, 1), work);
  const isLower = y.head < 0;
  const negative = (b: RealBall): RealBall => ({ ...b, mantissa: -b.mantissa, head: -b.head });
  const root =
    x.head >= 0 ? { re: t, im: other } : { re: isLower ? negative(other) : other, im: isLower ? negative(t) : t };
  const error = rootError(z, modulus);
  return { re: sum(root.re, error, bits), im: sum(root.im, error, bits) };
}

function holds(b: RealBall): boolean {
  const s = signOf(b);
  return s === undefined || s === 0;
}

function boundOf(b: RealBall): RealBall {
  const { mantissa, exponent } = magnitudeUp(b);
  const bound = errorBall(mantissa, exponent);
  const { high, exponent: unit } = endsOf(bound);
  return exactBall(high, unit);
}

/**
 * Where the rectangle with the centre c neither holds 0 nor meets the cut, √z and √c are less than pi/2 apart in argument, so
 * that |√z − √c| = |z − c|/|√z + √c| <= |z − c|/√|c|.
 */
function rootError({ re, im }: ComplexBall, modulus: RealBall): RealBall {
  if (re.radius === 0 && im.radius === 0) return zero;
  const distance = sum(errorBall(re.radius, re.exponent), errorBall(im.radius, im.exponent), 64);
  const size = magnitudeDown(modulus);
  const even = size.exponent % 2 === 0 ? size : { mantissa: size.mantissa / 2, exponent: size.exponent + 1 };
  const { mantissa, exponent } = magnitudeUp(distance);
  return errorBall((mantissa / Math.sqrt(even.mantissa)) * (1 + 2 ** -40), exponent - even.exponent / 2);
}

/** exp(w log z), with the cut of the logarithm; `DomainError` for z = 0. */
export function complexPowerOf(
  z: ComplexBall,
  w: ComplexBall,
  multiply: (a: ComplexBall, b: ComplexBall) => ComplexBall,
  bits: number,
): ComplexBall {
  return complexExponentialOf(multiply(w, complexLogarithmOf(z, bits)), bits);
}
