import { type Budget, LimitError, unlimited } from "../core/index.js";
import type { EncodedCurve } from "../flow/index.js";
import { moments, withoutContents } from "../law/index.js";
import {
  coefficients,
  degree,
  derivative,
  factor,
  fractions,
  fractionsWithin,
  multiply,
  type Polynomial,
  primitive,
  type RationalFunction,
  rationalFunction,
  resultant,
  squareFree,
  substituteFractions,
  subtract,
  variable,
} from "../poly/index.js";
import { type PuiseuxSeries, puiseuxSeries } from "../series/index.js";
import { type RidgeQuantity, ridgeFormulas, ridgeQuantities } from "./ridge-formulas.js";
import { argumentName, kappaName, type RidgeModel, valueName } from "./ridge-model.js";

const { neg, one } = fractions;
const lambda: RationalFunction = rationalFunction(variable(argumentName));
const kappa: RationalFunction = rationalFunction(variable(kappaName));

/** So many moments of the population tell the factors of an eliminant apart. */
const mostMoments: number = 24;

const knownKappaCurves = new WeakMap<RidgeModel, Polynomial>();

/**
 * The curve of the effective regularisation: κ = λ + c κ df1(κ) with df1(κ) = 1 − κ h(−κ), h the population's Stieltjes transform.
 * It is the curve of the population with h = (λ/κ − 1 + c)/(c κ) at −κ: a substitution, so irreducible as that one is.
 */
export function kappaCurve(model: RidgeModel, budget: Budget = unlimited): Polynomial {
  const known = knownKappaCurves.get(model);
  if (known !== undefined) return known;
  const { add, sub, mul, div } = fractionsWithin(budget);
  const transform = div(add(sub(div(lambda, kappa), one), model.ratio), mul(model.ratio, kappa));
  const { numerator } = substituteFractions(model.population.curve, { z: neg(kappa), m: transform }, budget);
  const curve = primitive(withoutContents(numerator, [kappaName, argumentName], budget));
  knownKappaCurves.set(model, curve);
  return curve;
}

/** A quantity as a rational function of λ and κ on {@link kappaCurve}, the parameters in its coefficients. */
export function onKappaCurve(model: RidgeModel, quantity: RidgeQuantity, budget: Budget = unlimited): RationalFunction {
  const { add, sub, mul, div } = fractionsWithin(budget);
  const curve = kappaCurve(model, budget);
  // λ as a function of κ: dλ/dκ = −F_κ/F_λ.
  const slope = neg(
    div(rationalFunction(derivative(curve, kappaName)), rationalFunction(derivative(curve, argumentName))),
  );
  const arithmetic = { add, sub, mul, div, constant: (f: RationalFunction) => f };
  return ridgeFormulas(arithmetic, model, { lambda, kappa, slope }, budget)[quantity]();
}

/**
 * The exact relation between the penalty lambda and a quantity q: the irreducible polynomial in lambda, q and the parameters that
 * vanishes on the model's own branch. κ is eliminated; the factor is the one that vanishes on the expansion of q at lambda = ∞, which
 * is computed from moments of the population without the elimination. Exact.
 *
 * @throws LimitError when the eliminant could not be factored with proof.
 * @example ridgeCurve(ridgeRegression(ensembles.atoms([[1, 1]]), { ratio: "c" }), "df1").polynomial // in lambda, q and c
 */
export function ridgeCurve(model: RidgeModel, quantity: RidgeQuantity, budget: Budget = unlimited): EncodedCurve {
  const eliminant = resultant(
    kappaCurve(model, budget),
    graphOf(onKappaCurve(model, quantity, budget)),
    kappaName,
    budget,
  );
  let candidates = squareFree(eliminant, budget)
    .filter((part) => degree(part.factor, valueName) > 0)
    .flatMap((part) => factor(part.factor, budget).factors.map((piece) => piece.factor))
    .filter((piece) => degree(piece, valueName) > 0);
  for (let order = 4; candidates.length > 1 && order <= mostMoments; order += 2) {
    budget.spend(100, "telling the factors of an eliminant apart");
    const vanishes = expansionAtInfinity(model, quantity, order, budget);
    candidates = candidates.filter(vanishes);
  }
  const [polynomial] = candidates;
  if (polynomial === undefined || candidates.length > 1) {
    throw new LimitError(`the curve of ${quantity} could not be told from other factors by ${mostMoments} moments`);
  }
  return {
    polynomial: primitive(polynomial),
    argument: argumentName,
    value: valueName,
    convention: `${valueName} is ${ridgeQuantities[quantity]}`,
  };
}

/** q·D − N for the function q = N/D. */
export function graphOf({ numerator, denominator }: RationalFunction): Polynomial {
  return subtract(multiply(variable(valueName), denominator), numerator);
}

/** Whether a polynomial in λ and q is zero, as far as `order` moments know it, on the model's expansion in 1/κ. */
function expansionAtInfinity(
  model: RidgeModel,
  quantity: RidgeQuantity,
  order: number,
  budget: Budget,
): (candidate: Polynomial) => boolean {
  const field = fractionsWithin(budget);
  const series = puiseuxSeries(field);
  type Series = PuiseuxSeries<RationalFunction>;
  const mu = moments(model.population, order, budget);
  const constant = (f: RationalFunction): Series =>
    series.create([f, ...new Array<RationalFunction>(order).fill(fractions.zero)]);
  // In u = 1/κ: df1 = Σ (−1)^k mu_(k+1) u^(k+1), df2 = Σ (−1)^k (k + 1) mu_(k+2) u^(k+2).
  const df1 = series.create(
    mu.map((moment, k) => (k % 2 === 0 ? moment : neg(moment))),
    1,
  );
  const df2 = series.create(
    mu.slice(1).map((moment, k) => field.mul(fractions.fromInteger(BigInt(k % 2 === 0 ? k + 1 : -k - 1)), moment)),
    2,
  );
  const unit = constant(one);
  const ratio = constant(model.ratio);
  const atKappa = series.create([one, ...new Array<RationalFunction>(order).fill(fractions.zero)], -1);
  const point = {
    kappa: atKappa,
    lambda: series.mul(atKappa, series.sub(unit, series.mul(ratio, df1))),
    slope: series.sub(unit, series.mul(ratio, df2)),
  };
  const value = ridgeFormulas({ ...series, constant }, model, point, budget)[quantity]();
  return (candidate) => {
    const sum = coefficients(candidate, valueName).reduceRight<Series>((total, row) => {
      const inLambda = coefficients(row, argumentName).reduceRight<Series>(
        (inner, c) => series.add(series.mul(inner, point.lambda), constant(rationalFunction(c))),
        constant(fractions.zero),
      );
      return series.add(series.mul(total, value), inLambda);
    }, constant(fractions.zero));
    return sum.coefficients.length === 0;
  };
}
