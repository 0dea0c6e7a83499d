import { certifiedDecimal, type RealBall, realBalls } from "../ball/index.js";
import { type Budget, DomainError, LimitError, unlimited } from "../core/index.js";
import { moments } from "../law/index.js";
import {
  coefficients,
  constantValue,
  derivative,
  fractionConstant,
  fractions,
  isZero,
  multiply,
  type Polynomial,
  type RationalFunction,
  rationalFunction,
  resultant,
  subtract,
} from "../poly/index.js";
import { QQ, type Rational, rational } from "../rings/index.js";
import {
  type AlgebraicNumber,
  algebraicFromRational,
  algebraicRoots,
  rationalBetween,
  signOf,
} from "../roots/index.js";
import { requirePopulation } from "./effective-penalty.js";
import { kappaCurve, onKappaCurve } from "./ridge-curve.js";
import { argumentName, isIsotropic, kappaName, numbersOf, type RidgeModel } from "./ridge-model.js";
import { pointAt, polynomialAt, ridgeBalls } from "./ridge-values.js";
import { ridgelessBall } from "./ridgeless.js";

/**
 * The penalty of the least test error: an exact algebraic number, `0` when no penalty is best (the infimum is that of λ → 0), and
 * "infinity" when the estimate 0 is.
 */
export type OptimalPenalty = AlgebraicNumber | "infinity";

/**
 * The penalty λ* of the least test error. For a signal without a preferred direction it is λ* = c σ²/r² for every population
 * [Dobriban–Wager 2018, Theorem 2.1]; otherwise `optimalRidgeByElimination`. Exact.
 *
 * @throws DomainError when the model has parameters, or all penalties are equally good.
 * @example optimalRidge(ridgeRegression(ensembles.mp("1/2"), { ratio: "1/2", noise: "1/4" })) // 1/8
 */
export function optimalRidge(model: RidgeModel, budget: Budget = unlimited): OptimalPenalty {
  const { ratio, signal, noise } = numbersOf(model, "the optimal penalty");
  if (!isIsotropic(model)) return optimalRidgeByElimination(model, budget);
  requirePopulation(model, budget);
  const strength = QQ.mul(signal, constantValue(model.alignment));
  if (!QQ.isZero(strength)) return algebraicFromRational(QQ.div(QQ.mul(ratio, noise), strength));
  if (QQ.isZero(noise)) throw allTheSame();
  return "infinity";
}

/** λ* = c σ²/r² with its parameters, for a signal without a preferred direction; DomainError for any other. Exact. */
export function isotropicOptimum(model: RidgeModel): RationalFunction {
  if (!isIsotropic(model)) {
    throw new DomainError("the optimal penalty has a formula only for a signal without a preferred direction");
  }
  const { div, mul } = fractions;
  return div(mul(model.ratio, model.noise), mul(model.signal, rationalFunction(model.alignment)));
}

/**
 * The penalty of the least test error E for any alignment: dE/dλ is zero only at the positive roots of a polynomial, from which κ was
 * eliminated; between them its sign is proved at one rational point, and the local minima are compared with each other and with
 * the limit at the end. Exact.
 *
 * @throws LimitError when two minima could not be told apart.
 */
export function optimalRidgeByElimination(model: RidgeModel, budget: Budget = unlimited): OptimalPenalty {
  numbersOf(model, "the optimal penalty");
  requirePopulation(model, budget);
  const error = onKappaCurve(model, "testError", budget);
  const curve = kappaCurve(model, budget);
  // d/dλ = ∂/∂λ + κ'(λ) ∂/∂κ with κ' = −F_λ/F_κ; the denominators are squares and F_κ.
  const slope = subtract(
    multiply(numeratorOfPartial(error, argumentName), derivative(curve, kappaName)),
    multiply(numeratorOfPartial(error, kappaName), derivative(curve, argumentName)),
  );
  const eliminant = isZero(slope) ? slope : resultant(curve, slope, kappaName, budget);
  if (isZero(eliminant)) throw allTheSame();
  const critical = algebraicRoots(eliminant, budget).filter((root) => signOf(root) > 0);
  const cells = pointsBetween(critical);
  const signs = cells.map((at) => {
    budget.spend(100, "finding the optimal penalty");
    return signOfSlope(model, at, slope, curve, budget);
  });
  const minima: OptimalPenalty[] = critical.filter((_, k) => signs[k]! < 0 && signs[k + 1]! > 0);
  // At the ends: the error falls towards 0, or towards ∞.
  if (signs[0]! > 0) minima.unshift(algebraicFromRational(QQ.zero));
  if (signs.at(-1)! < 0) minima.push("infinity");
  return minima.length === 1 ? minima[0]! : leastOf(model, minima, budget);
}

/** The test error at a penalty that may be 0 or infinite, rounded to so many digits. Certified: all of them are proved. */
export function limitingTestError(
  model: RidgeModel,
  at: OptimalPenalty,
  digits = 15,
  budget: Budget = unlimited,
): string {
  return certifiedDecimal((bits) => errorAt(model, at, bits, budget), digits, budget);
}

function allTheSame(): DomainError {
  return new DomainError("without a signal and without noise every penalty is equally good");
}

/** N_x D − N D_x, the numerator of ∂(N/D)/∂x over D². */
function numeratorOfPartial({ numerator, denominator }: RationalFunction, name: string): Polynomial {
  return subtract(
    multiply(derivative(numerator, name), denominator),
    multiply(numerator, derivative(denominator, name)),
  );
}

/** A rational point in each of the intervals into which positive numbers in ascending order cut (0, ∞). */
function pointsBetween(critical: readonly AlgebraicNumber[]): readonly Rational[] {
  const ends = [algebraicFromRational(QQ.zero), ...critical];
  const last = ends.at(-1)!;
  return [...critical.map((root, k) => rationalBetween(ends[k]!, root)), rational(QQ.floor(last.upper) + 1n)];
}

/** The sign of dE/dλ at a rational point where it is not zero: that of its numerator over F_κ, since the rest is a square. */
function signOfSlope(
  model: RidgeModel,
  at: Rational,
  numerator: Polynomial,
  curve: Polynomial,
  budget: Budget,
): -1 | 1 {
  const below = derivative(curve, kappaName);
  for (let bits = 128; bits <= 8192; bits *= 2) {
    const { kappa, lambda } = pointAt(model, at, bits, budget);
    const [up, down] = [numerator, below].map((p) => realBalls(bits).sign(polynomialAt(p, kappa, lambda, bits)));
    if (up !== undefined && down !== undefined && up * down !== 0) return up === down ? 1 : -1;
  }
  throw new LimitError("the sign of the slope of the test error could not be decided");
}

/** The one of several minima, in ascending order, with the least test error. */
function leastOf(model: RidgeModel, minima: readonly OptimalPenalty[], budget: Budget): OptimalPenalty {
  for (let bits = 128; bits <= 4096; bits *= 2) {
    budget.spend(100, "comparing penalties");
    const real = realBalls(bits);
    const errors = minima.map((at) => errorAt(model, at, bits, budget));
    const best = errors.findIndex((error, k) =>
      errors.every((other, j) => j === k || real.compare(error, other) === -1),
    );
    if (best >= 0) return minima[best]!;
  }
  throw new LimitError("two penalties have test errors that could not be told apart");
}

function errorAt(model: RidgeModel, at: OptimalPenalty, bits: number, budget: Budget): RealBall {
  if (at !== "infinity") {
    return signOf(at) === 0
      ? ridgelessBall(model, "testError", bits, budget)
      : ridgeBalls(model, at, bits, budget).testError;
  }
  // The estimate 0 has the error σ² + r² ∫ t w(t) dA.
  const { signal, noise } = numbersOf(model, "the test error");
  const w = coefficients(model.alignment, "x").map(constantValue);
  const mu = moments(model.population, w.length, budget).map(fractionConstant);
  const mean = w.reduce((sum, c, k) => QQ.add(sum, QQ.mul(c, mu[k]!)), QQ.zero);
  return realBalls(bits).fromRational(QQ.add(noise, QQ.mul(signal, mean)));
}
