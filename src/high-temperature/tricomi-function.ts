import { type ComplexBall, type ComplexBalls, complexBalls, realBalls } from "../ball/index.js";
import { type Budget, unlimited } from "../core/index.js";
import { QQ, type Rational, rational } from "../rings/index.js";
import { digamma, gamma, reciprocalGamma } from "./gamma-function.js";

/** A point of the Riemann surface of the logarithm: z ≠ 0 and its logarithm, of which exp is z. */
export interface LogarithmicPoint {
  readonly z: ComplexBall;
  readonly logarithm: ComplexBall;
}

/**
 * Tricomi's confluent hypergeometric function U(a, b, z) ~ z^(−a), for rational a > 0 and b and any branch of log z, from the convergent
 * series of M: for b not an integer U = Γ(1−b)/Γ(a−b+1)·M(a, b, z) + Γ(b−1)/Γ(a)·z^(1−b)·M(a−b+1, 2−b, z) [DLMF 13.2.42], for b an
 * integer the limit with its logarithm [DLMF 13.2.9]. A ball computed with so many bits; its terms cancel where Re z is large, so
 * ask with more bits when it is too wide.
 */
export function tricomi(
  a: Rational,
  b: Rational,
  point: LogarithmicPoint,
  bits: number,
  budget: Budget = unlimited,
): ComplexBall {
  const balls = complexBalls(bits);
  const { z } = point;
  if (b.den !== 1n) {
    const [one, lifted] = [QQ.one, QQ.add(QQ.sub(a, b), QQ.one)];
    const [below, above] = [QQ.sub(one, b), QQ.sub(b, one)];
    const first = realBalls(bits).mul(gamma(below, bits), reciprocalGamma(lifted, bits));
    const second = realBalls(bits).mul(gamma(above, bits), reciprocalGamma(a, bits));
    const regular = balls.scaleReal(kummer(a, b, z, balls, budget), first);
    const other = balls.scaleReal(kummer(lifted, QQ.sub(rational(2), b), z, balls, budget), second);
    return balls.add(regular, balls.mul(powerOf(point, below, balls), other));
  }
  const n = Number(b.num) - 1;
  if (n >= 0) return tricomiOfInteger(a, n, point, balls, budget);
  // U(a, b, z) = z^(1−b) U(a − b + 1, 2 − b, z) [DLMF 13.2.40].
  const power = balls.powInt(z, -n);
  return balls.mul(power, tricomiOfInteger(QQ.sub(a, rational(n)), -n, point, balls, budget));
}

/** z^s on the branch of the point. */
function powerOf({ logarithm }: LogarithmicPoint, s: Rational, balls: ComplexBalls): ComplexBall {
  return balls.exp(balls.scaleReal(logarithm, realBalls(balls.bits).fromRational(s)));
}

/**
 * Kummer's M(a, b, z) = Σ (a)_k z^k/((b)_k k!), b none of 0, −1, −2, …. To the left of the origin the terms cancel, and
 * M(a, b, z) = e^z M(b − a, b, −z) [DLMF 13.2.39] is taken.
 */
function kummer(a: Rational, b: Rational, z: ComplexBall, balls: ComplexBalls, budget: Budget): ComplexBall {
  if (realBalls(balls.bits).sign(z.re) !== -1) return hypergeometricSum(a, b, z, balls, () => balls.one, 0, budget);
  const sum = hypergeometricSum(QQ.sub(b, a), b, balls.neg(z), balls, () => balls.one, 0, budget);
  return balls.mul(balls.exp(z), sum);
}

/** U(a, n + 1, z) for an integer n ≥ 0 and rational a > 0 [DLMF 13.2.9]. */
function tricomiOfInteger(
  a: Rational,
  n: number,
  point: LogarithmicPoint,
  balls: ComplexBalls,
  budget: Budget,
): ComplexBall {
  const { bits } = balls;
  const real = realBalls(bits);
  // ψ(a + k) − ψ(1 + k) − ψ(n + 1 + k) from ψ(x + 1) = ψ(x) + 1/x; each of the three changes by at most 1/k.
  const [first, ...others] = [a, QQ.one, rational(n + 1)];
  let psi = others.reduce((value, x) => real.sub(value, digamma(x, bits)), digamma(first!, bits));
  const weight = (k: number): ComplexBall => {
    if (k > 0) {
      const [up, ...down] = [first!, ...others].map((x) => QQ.inv(QQ.add(x, rational(k - 1))));
      psi = real.add(psi, real.fromRational(down.reduce(QQ.sub, up!)));
    }
    return balls.add(point.logarithm, balls.fromReal(psi));
  };
  const series = hypergeometricSum(a, rational(n + 1), point.z, balls, weight, 3, budget);
  const size = real.fromInteger(n % 2 === 0 ? -factorial(n) : factorial(n));
  const factor = real.div(reciprocalGamma(QQ.sub(a, rational(n)), bits), size);
  // Σ_{k=1..n} c_k z^(−k) with c_k = (k − 1)! (1 − a + k)_(n − k)/(n − k)!, by Horner's rule from c_n = (n − 1)! down.
  let c = real.fromInteger(n === 0 ? 0n : factorial(n - 1));
  const terms: ComplexBall[] = [];
  for (let k = n; k >= 1; k--) {
    budget.spend(1, "summing a hypergeometric series");
    terms[k] = balls.fromReal(c);
    const ratio = QQ.div(QQ.sub(rational(k), a), rational(Math.max(1, k - 1) * (n - k + 1)));
    c = real.mul(c, real.fromRational(ratio));
  }
  terms[0] = balls.zero;
  const finite = balls.horner(terms, balls.inv(point.z));
  return balls.add(balls.scaleReal(series, factor), balls.scaleReal(finite, reciprocalGamma(a, bits)));
}

/**
 * Σ weight(k) (a)_k z^k/((b)_k k!), the weights asked for in order; from k = 1 on a weight differs from the one before by at most
 * `growth`. Where the terms have come to halve from one to the next, the rest is at most the next term times 2|weight| + 2 growth.
 */
function hypergeometricSum(
  a: Rational,
  b: Rational,
  z: ComplexBall,
  balls: ComplexBalls,
  weight: (k: number) => ComplexBall,
  growth: number,
  budget: Budget,
): ComplexBall {
  const real = realBalls(balls.bits);
  const size = balls.absUpper(z);
  const gap = QQ.abs(QQ.sub(a, b));
  const tiny = real.fromRational(rational(1n, 1n << BigInt(balls.bits)));
  let sum = balls.zero;
  let term = balls.one;
  for (let k = 0; ; k++) {
    budget.spend(1, "summing a hypergeometric series");
    const w = weight(k);
    const next = balls.mul(term, w);
    const place = QQ.add(b, rational(k));
    if (QQ.sign(place) > 0 && k > 0) {
      // |a + j|/((b + j)(j + 1))·|z| for all j ≥ k
      const ratio = QQ.div(QQ.add(QQ.one, QQ.div(gap, place)), rational(k + 1));
      const halves = real.compare(real.mul(real.fromRational(ratio), size), real.fromRational(rational(1, 2))) === -1;
      const slack = real.add(real.scaleByPowerOfTwo(balls.absUpper(w), 1), real.fromInteger(2 * growth));
      const rest = real.mul(balls.absUpper(term), slack);
      if (halves && real.compare(rest, real.mul(tiny, balls.absUpper(sum))) !== 1) return balls.inflate(sum, rest);
    }
    sum = balls.add(sum, next);
    const factor = QQ.div(QQ.add(a, rational(k)), QQ.mul(place, rational(k + 1)));
    term = balls.mul(balls.scaleReal(term, real.fromRational(factor)), z);
  }
}

function factorial(n: number): bigint {
  let value = 1n;
  for (let k = 2n; k <= n; k++) value *= k;
  return value;
}
