import { type ComplexBall, complexBalls, type RealBall, realBalls } from "../ball/index.js";
import { type Budget, DomainError, LimitError, orThrow, unlimited } from "../core/index.js";
import type { SheetPoint } from "../curve/index.js";
import { boundaryValue, sheetBall } from "../density/index.js";
import { type Law, physicalSheet, requireNumeric, requireSpectrum } from "../law/index.js";
import { QQ, type Rational, rationalToDecimal, rationalToNumber } from "../rings/index.js";

/** A point of the complex plane, exact. */
export interface ExactComplex {
  readonly re: Rational;
  readonly im: Rational;
}

/** The Stieltjes transform at a point as decimal texts. */
export interface TransformValue {
  readonly re: string;
  readonly im: string;
}

/**
 * m(z) = ∫ rho(dx)/(x − z) at a point off the real axis, or m(x + i0), from above, at a real one: each part to so many significant
 * digits of |m|. Certified: all of them are proved. On the axis Im m = pi·rho(x), and Re m = −pi·H(x) with the Hilbert transform
 * H(x) = (1/pi) p.v. ∫ rho(dy)/(x − y).
 *
 * @throws DomainError when m is infinite there, LimitError when a certificate could not be reached.
 * @example stieltjesAt(ensembles.semicircle(1), { re: rational(0), im: rational(2) }, 30) // (√2 − 1)i
 */
export function stieltjesAt(law: Law, z: ExactComplex, digits = 15, budget: Budget = unlimited): TransformValue {
  requireNumeric(law, "the Stieltjes transform");
  requireSpectrum(law, budget);
  if (!Number.isInteger(digits) || digits < 1) throw new DomainError(`digits is ${digits}; it must be an integer >= 1`);
  const ballAt = transformBall(law, z, budget);
  for (let bits = Math.max(64, Math.ceil(digits * 3.33) + 16); bits < 1 << 20; bits *= 2) {
    budget.spend(1, "computing the Stieltjes transform");
    const ball = ballAt(bits);
    const places = decimalPlaces(ball, digits, bits);
    // A rational value may lie half way between two texts: then either is right.
    const isTie = bits > 16 * digits + 512;
    const [re, im] = [roundedText(ball.re, places, bits, isTie), roundedText(ball.im, places, bits, isTie)];
    if (re !== undefined && im !== undefined) return { re, im };
  }
  throw new LimitError(`the Stieltjes transform could not be rounded to ${digits} digits`);
}

/** m(z), to be asked for at any precision. */
function transformBall(law: Law, z: ExactComplex, budget: Budget): (bits: number) => ComplexBall {
  if (QQ.isZero(z.im)) {
    const value = boundaryValue(law, z.re, "whole", budget);
    if (value.kind === "infinite") {
      throw new DomainError(
        `the Stieltjes transform is infinite at x = ${rationalToNumber(z.re)}; ask beside it, for example at ${rationalToNumber(z.re)}+0.1i`,
      );
    }
    return (bits) => value.ball(bits);
  }
  if (QQ.sign(z.im) < 0) {
    const above = transformBall(law, { re: z.re, im: QQ.neg(z.im) }, budget);
    return (bits) => complexBalls(bits).conj(above(bits));
  }
  const near = { re: rationalToNumber(z.re), im: rationalToNumber(z.im) };
  const point = orThrow(physicalSheet(law, budget).to(near, budget));
  return (bits) => rootNear(law, point, complexBalls(bits + 32).fromRationals(z.re, z.im), bits, budget);
}

/** m over each point of a small rectangle around point.z, from the proved point of the sheet. */
export function rootNear(
  law: Law,
  point: SheetPoint,
  z: ComplexBall,
  bits: number,
  budget: Budget = unlimited,
): ComplexBall {
  return sheetBall(physicalSheet(law, budget).tracker, point, z, bits);
}

/** How many decimal places show `digits` significant digits of |m|. */
function decimalPlaces(ball: ComplexBall, digits: number, bits: number): number {
  const balls = complexBalls(bits);
  const size = realBalls(bits).midpointRational(balls.absLower(ball));
  const exponent = QQ.isZero(size) ? 0 : exponentOf(size);
  return digits - 1 - exponent;
}

/** The e with 10^e ≤ r < 10^(e+1), or e + 1 when r rounds to that power. */
function exponentOf(r: Rational): number {
  const text = rationalToDecimal(r, 1);
  const number = Number(text);
  // Outside the range of doubles the text has its exponent already.
  const isInRange = number !== 0 && Number.isFinite(number);
  return Number(/e([+-]?\d+)$/.exec(isInRange ? number.toExponential() : text)?.[1] ?? 0);
}

/** The ball rounded to so many decimal places, undefined when its ends differ, unless that does not matter. */
function roundedText(ball: RealBall, places: number, bits: number, isTie: boolean): string | undefined {
  const real = realBalls(bits);
  if (real.sign(ball) === 0) return "0";
  const round = (r: Rational): bigint => {
    const scaled = QQ.mul(r, tenTo(places));
    return QQ.floor(QQ.add(scaled, { num: 1n, den: 2n }));
  };
  const value = round(real.lower(ball));
  if (value !== round(real.upper(ball)) && !isTie) return undefined;
  const digits = (value < 0n ? -value : value).toString().length;
  return rationalToDecimal(QQ.mul(QQ.fromRatio(value, 1n), tenTo(-places)), Math.max(1, digits));
}

function tenTo(n: number): Rational {
  return n >= 0 ? QQ.fromRatio(10n ** BigInt(n), 1n) : QQ.fromRatio(1n, 10n ** BigInt(-n));
}
