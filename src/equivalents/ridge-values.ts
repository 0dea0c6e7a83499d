// Certified: computed in balls, every digit proved.
import { certifiedDecimal, type RealBall, realBalls } from "../ball/index.js";
import { type Budget, DomainError, LimitError, unlimited } from "../core/index.js";
import {
  coefficients,
  constant,
  constantValue,
  derivative,
  type Polynomial,
  primitive,
  type RationalFunction,
  resultant,
  substitute,
} from "../poly/index.js";
import { QQ, type Rational, rationalToText } from "../rings/index.js";
import { type AlgebraicNumber, algebraicToBall, rationalValue, refine, rootsBetween } from "../roots/index.js";
import { kappaAt } from "./effective-penalty.js";
import { graphOf, kappaCurve, onKappaCurve } from "./ridge-curve.js";
import {
  type RidgeArithmetic,
  type RidgePoint,
  type RidgeQuantity,
  ridgeFormulas,
  ridgeQuantities,
} from "./ridge-formulas.js";
import { argumentName, kappaName, numbersOf, type RidgeModel, valueName } from "./ridge-model.js";

/** All quantities at one penalty as decimal texts, every digit proved. */
export type RidgeValues = Readonly<Record<RidgeQuantity, string>>;

/** All quantities at one penalty as real balls. */
export type RidgeBalls = Readonly<Record<RidgeQuantity, RealBall>>;

const quantityNames = Object.keys(ridgeQuantities) as RidgeQuantity[];

/**
 * Every quantity of a ridge regression at the penalty λ > 0 to the given number of significant digits, all of them proved: from the
 * exact value of κ.
 *
 * @throws DomainError when the model has parameters, the population is not on [0, ∞) or λ ≤ 0 (for λ → 0 see ridgelessErrors).
 * @example ridgeErrors(ridgeRegression(ensembles.atoms([[1, 1]]), { ratio: "1/2" }), rational(1, 2), 20).testError // "1.4142135623730950488"
 */
export function ridgeErrors(
  model: RidgeModel,
  lambda: Rational | AlgebraicNumber,
  digits = 15,
  budget: Budget = unlimited,
): RidgeValues {
  const ballsAt = remembered((bits: number) => ridgeBalls(model, lambda, bits, budget));
  return valuesOf((quantity) => certifiedDecimal((bits) => ballsAt(bits)[quantity], digits, budget));
}

/** {@link ridgeErrors} as balls computed with so many bits. */
export function ridgeBalls(
  model: RidgeModel,
  lambda: Rational | AlgebraicNumber,
  bits: number,
  budget: Budget = unlimited,
): RidgeBalls {
  const formulas = ridgeFormulas(ballArithmetic(bits), model, pointAt(model, lambda, bits, budget), budget);
  return valuesOf((quantity) => formulas[quantity]());
}

/** One value for each quantity. */
export function valuesOf<T>(value: (quantity: RidgeQuantity) => T): Readonly<Record<RidgeQuantity, T>> {
  return Object.fromEntries(quantityNames.map((name) => [name, value(name)])) as Record<RidgeQuantity, T>;
}

/**
 * One quantity at a rational λ > 0 as an algebraic number. Exact, by its curve over this λ; the ball of {@link ridgeBalls} tells which root it is.
 *
 * @throws LimitError when the curve is singular there.
 */
export function ridgeValue(
  model: RidgeModel,
  quantity: RidgeQuantity,
  lambda: Rational,
  budget: Budget = unlimited,
): AlgebraicNumber {
  const here = { [argumentName]: constant(lambda) };
  const graph = graphOf(onKappaCurve(model, quantity, budget));
  const polynomial = resultant(
    primitive(substitute(kappaCurve(model, budget), here)),
    primitive(substitute(graph, here)),
    kappaName,
    budget,
  );
  if (polynomial.variables.includes(valueName)) {
    for (let bits = 64; bits <= 4096; bits *= 2) {
      const real = realBalls(bits);
      const ball = ridgeBalls(model, lambda, bits, budget)[quantity];
      if (!real.isBounded(ball)) continue;
      const roots = rootsBetween(polynomial, real.lower(ball), real.upper(ball), budget);
      if (roots.length === 1) return roots[0]!;
    }
  }
  throw new LimitError(`the value of ${quantity} at lambda = ${rationalToText(lambda)} could not be isolated`);
}

/** λ, κ and dλ/dκ at a penalty λ > 0. The last two grow with λ, so their values at the ends of an interval enclose those inside. */
export function pointAt(
  model: RidgeModel,
  lambda: Rational | AlgebraicNumber,
  bits: number,
  budget: Budget,
): RidgePoint<RealBall> {
  const exact = "num" in lambda ? lambda : rationalValue(lambda);
  if (exact !== undefined) {
    if (QQ.sign(exact) > 0) return pointOnBranch(model, exact, bits, budget);
    throw new DomainError(`the penalty lambda must be positive; got ${rationalToText(exact)}`);
  }
  const real = realBalls(bits);
  const { lower, upper } = refine(lambda as AlgebraicNumber, bits);
  const [low, high] = [pointAt(model, lower, bits, budget), pointAt(model, upper, bits, budget)];
  return {
    lambda: real.union(low.lambda, high.lambda),
    kappa: real.union(low.kappa, high.kappa),
    slope: real.union(low.slope, high.slope),
  };
}

/** The point of the branch of κ over a rational λ ≥ 0 where κ > 0. */
export function pointOnBranch(
  model: RidgeModel,
  penalty: Rational,
  bits: number,
  budget: Budget,
): RidgePoint<RealBall> {
  numbersOf(model, "a value");
  const real = realBalls(bits);
  const curve = kappaCurve(model, budget);
  const lambda = real.fromRational(penalty);
  const kappa = algebraicToBall(kappaAt(model, penalty, budget), bits);
  // dλ/dκ = −F_κ/F_λ on the curve F of κ.
  const [above, below] = [kappaName, argumentName].map((name) =>
    polynomialAt(derivative(curve, name), kappa, lambda, bits),
  );
  return { lambda, kappa, slope: real.neg(real.div(above!, below!)) };
}

/** A polynomial in κ and λ at a pair of balls. */
export function polynomialAt(p: Polynomial, kappa: RealBall, lambda: RealBall, bits: number): RealBall {
  const real = realBalls(bits);
  const rows = coefficients(p, kappaName).map((row) => {
    const numbers = coefficients(row, argumentName).map((c) => real.fromRational(constantValue(c)));
    return real.horner(numbers, lambda);
  });
  return real.horner(rows, kappa);
}

export function ballArithmetic(bits: number): RidgeArithmetic<RealBall> {
  const real = realBalls(bits);
  return {
    add: real.add,
    sub: real.sub,
    mul: real.mul,
    div: real.div,
    constant: ({ numerator, denominator }: RationalFunction) =>
      real.fromRational(QQ.div(constantValue(numerator), constantValue(denominator))),
  };
}

/** The same function, computed once for each precision. */
function remembered<T>(compute: (bits: number) => T): (bits: number) => T {
  const values = new Map<number, T>();
  return (bits) => {
    const known = values.get(bits);
    if (known !== undefined) return known;
    const value = compute(bits);
    values.set(bits, value);
    return value;
  };
}
