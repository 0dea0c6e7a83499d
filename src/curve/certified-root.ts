import { type ComplexBall, complexBalls, realBalls } from "../ball/index.js";
import { type Outcome, ok, unable } from "../core/index.js";
import type { IntegerPoly } from "../poly/index.js";
import { powerOfTwo, QQ, rational, rationalFromNumber } from "../rings/index.js";
import type { SheetValue } from "./sheet-value.js";

/**
 * The root of an integer polynomial that is known to be the only one within `isolation` of `near`, as a ball of relative width about
 * 2^-bits: Newton's iteration with growing precision, then the proof that a root lies within n|p/p'| of the last iterate
 * [Laguerre; Henrici, Applied and Computational Complex Analysis I, 1974, Corollary 6.4g], which is inside the isolating disc.
 */
export function certifiedRoot(
  poly: IntegerPoly,
  near: SheetValue,
  isolation: number,
  bits: number,
): Outcome<ComplexBall> {
  const coefficients = (precision: number): ComplexBall[] => poly.map((c) => complexBalls(precision).fromInteger(c));
  return certifiedRootOfBalls(coefficients, near, isolation, bits);
}

/** {@link certifiedRoot} of a polynomial whose coefficients are balls at whatever precision is asked for. */
export function certifiedRootOfBalls(
  coefficients: (precision: number) => readonly ComplexBall[],
  { m, fine }: SheetValue,
  isolation: number,
  bits: number,
): Outcome<ComplexBall> {
  // A value of the polynomial next to a cluster of roots is smaller than that by their distance to the power of their number.
  const degree = coefficients(80).length - 1;
  let precision = 80 + Math.max(0, degree * Math.ceil(Math.log2(Math.hypot(m.re, m.im) / isolation) + 1));
  let balls = complexBalls(precision);
  let at =
    fine === undefined
      ? balls.fromNumbers(m.re, m.im)
      : balls.fromRationals(
          QQ.mul(rational(fine.re), powerOfTwo(-fine.places)),
          QQ.mul(rational(fine.im), powerOfTwo(-fine.places)),
        );
  const start = at;
  for (let round = 0; round < 40; round++) {
    balls = complexBalls(precision);
    const coeffs = coefficients(precision);
    const { value, derivative } = balls.evaluateWithDerivative(coeffs, at);
    if (!balls.containsZero(derivative)) {
      const step = balls.div(value, derivative);
      const real = realBalls(precision);
      const reach = real.mul(real.fromInteger(BigInt(coeffs.length - 1)), balls.absUpper(step));
      const size = balls.absUpper(at);
      const fine = real.mul(size, real.fromRational(rational(1, 1n << BigInt(bits))));
      if (real.compare(reach, fine) === -1) {
        const away = real.add(reach, balls.absUpper(balls.sub(at, start)));
        if (real.compare(away, real.fromRational(rationalFromNumber(isolation))) !== -1) {
          return unable("Newton's iteration left the disc that isolates the root");
        }
        return ok(balls.inflate(at, reach));
      }
      at = balls.midpoint(balls.sub(at, step));
    }
    precision = Math.max(precision, Math.min(2 * precision, 4 * bits + 256));
  }
  return unable(`a root could not be certified to ${bits} bits`);
}
