import { type ComplexBall, complexBalls, piBall, type RealBall, realBalls } from "../ball/index.js";
import { type Budget, LimitError } from "../core/index.js";
import { QQ, type Rational, rationalToNumber } from "../rings/index.js";
import type { ExactComplex } from "../statistics/index.js";
import { reciprocalGamma } from "./gamma-function.js";
import { type LogarithmicPoint, tricomi } from "./tricomi-function.js";

/**
 * The orthogonality measure μ of associated Laguerre polynomials whose Jacobi matrix is B B*, B lower bidiagonal with the squares k, k + 1,
 * k + 2, … on its diagonal and κ + 1, κ + 2, … below; κ, k > 0. Its continued fraction is one of Gauss: with Tricomi's U,
 *
 *     ∫ dμ(t)/(t + s) = U(κ + 1, κ − k + 2, s)/U(κ, κ − k + 1, s)      [κ U(κ + 1, b + 1, s) = −U'(κ, b, s), DLMF 13.3.22]
 *     μ'(t) = t^(k−κ−1) e^(−t)/(Γ(κ + 1) Γ(k) |U(κ, κ − k + 1, t e^(−iπ))|²)
 *
 * [M. E. H. Ismail, J. Letessier, G. Valent, J. Approx. Theory 55 (1988) 337–348]; for k < κ it has an atom 1 − k/κ at 0.
 */
export interface AssociatedLaguerre {
  readonly kappa: Rational;
  readonly k: Rational;
}

/** So many bits, and terms about as many, take a few seconds. */
const mostBits: number = 3000;

/** The density μ'(t) at t > 0 as a ball of about so many bits. */
export function densityBall(measure: AssociatedLaguerre, t: Rational, bits: number, budget: Budget): RealBall {
  const { kappa, k } = measure;
  const work = bits + extraBits(measure, { re: t, im: QQ.zero });
  const real = realBalls(work);
  const point = fromBelow(t, work);
  const u = tricomi(kappa, secondParameter(measure), point, work, budget);
  const at = real.fromRational(t);
  const power = real.mul(real.fromRational(QQ.sub(QQ.sub(k, kappa), QQ.one)), point.logarithm.re);
  const weight = real.mul(
    real.exp(real.sub(power, at)),
    real.mul(reciprocalGamma(QQ.add(kappa, QQ.one), work), reciprocalGamma(k, work)),
  );
  return real.div(weight, complexBalls(work).absSquared(u));
}

/** ∫ dμ(t)/(t − z) as a ball of about so many bits; for real z > 0 the limit from above. z is not 0. */
export function transformBall(measure: AssociatedLaguerre, z: ExactComplex, bits: number, budget: Budget): ComplexBall {
  const { kappa } = measure;
  if (QQ.sign(z.im) < 0) {
    return complexBalls(bits).conj(transformBall(measure, { re: z.re, im: QQ.neg(z.im) }, bits, budget));
  }
  const work = bits + extraBits(measure, z);
  const balls = complexBalls(work);
  const point = isPositiveReal(z) ? fromBelow(z.re, work) : elsewhere(z, work);
  const b = secondParameter(measure);
  const above = tricomi(QQ.add(kappa, QQ.one), QQ.add(b, QQ.one), point, work, budget);
  return balls.div(above, tricomi(kappa, b, point, work, budget));
}

function isPositiveReal(z: ExactComplex): boolean {
  return QQ.isZero(z.im) && QQ.sign(z.re) > 0;
}

/** 1 + κ − k. */
function secondParameter({ kappa, k }: AssociatedLaguerre): Rational {
  return QQ.add(QQ.one, QQ.sub(kappa, k));
}

/** s = t e^(−iπ), the boundary of the plane cut along the negative axis, reached by s = −z from z above. */
function fromBelow(t: Rational, bits: number): LogarithmicPoint {
  const real = realBalls(bits);
  const logarithm = complexBalls(bits).fromParts(real.log(real.fromRational(t)), real.neg(piBall(bits)));
  return { z: complexBalls(bits).fromRationals(QQ.neg(t), QQ.zero), logarithm };
}

/** s = −z with the principal logarithm. */
function elsewhere(z: ExactComplex, bits: number): LogarithmicPoint {
  const balls = complexBalls(bits);
  const s = balls.fromRationals(QQ.neg(z.re), QQ.neg(z.im));
  return { z: s, logarithm: balls.log(s) };
}

/**
 * About what the series lose in leading bits at s = −z: their terms grow to e^(|s| + 2√(κ|s|)) [DLMF 13.8], and U is of moderate size.
 * Kummer's transformation takes most of that away, which there is not for the series with logarithms. Where it is too little the
 * caller asks again.
 */
function extraBits(measure: AssociatedLaguerre, z: ExactComplex): number {
  const [re, im] = [rationalToNumber(z.re), rationalToNumber(z.im)];
  const size = Math.hypot(re, im);
  const isTransformed = re > 0 && secondParameter(measure).den !== 1n;
  const swell = 2 * Math.sqrt(rationalToNumber(measure.kappa) * size);
  const growth = isTransformed ? size - re + swell / 4 : size + swell;
  const bits = Math.ceil(1.45 * growth) + 32;
  if (bits > mostBits || size > mostBits) {
    throw new LimitError(
      `the point is too far from 0 for this kappa: its series take about ${Math.max(bits, Math.ceil(size))} bits or terms, and ${mostBits} is the limit; for a large kappa the measure is near mp(gamma)`,
    );
  }
  // In steps, so that values of the gamma function serve again.
  return 64 * Math.ceil(bits / 64);
}
