// Exact, whichever algorithm is used.
import { type Budget, DomainError, unlimited } from "../core/index.js";
import { QQ } from "../rings/index.js";
import {
  degree,
  derivative,
  leadingCoefficient,
  negate,
  onePolynomial,
  type Polynomial,
  quotientExact,
  zeroPolynomial,
} from "../sparse/index.js";
import { type EliminantParts, eliminantParts, expandEliminant } from "./eliminant-expansion.js";
import { chooseAlgorithm, planEliminant, requireModestDegree, runEliminant } from "./eliminant-interpolation.js";
import { withoutGradings } from "./gradings.js";
import { resultantBySubresultants } from "./subresultants.js";

/**
 * The discriminant of p with respect to v, (−1)^(n(n−1)/2) Res(p, ∂p/∂v)/lc(p) for n = deg p: b² − 4ac for a quadratic
 * polynomial, 1 for a linear one, zero exactly when p has a repeated factor in which v occurs. Exact. `DomainError` when v
 * does not occur in p.
 *
 * A dispatcher. Variables are set to 1 as long as p is homogeneous for some weights of the variables; then
 * {@link discriminantByInterpolation} when its predicted work is small, else {@link discriminantBySubresultants} as
 * long as that takes less. `LimitError` when the predicted work is some minutes or the intermediate results would not fit, or
 * when the budget is used up.
 *
 * @example
 * toText(discriminant(parsePolynomial("a*x^2 + b*x + c"), "x")) // "-4*a*c + b^2"
 */
export function discriminant(p: Polynomial, v: string, budget: Budget = unlimited): Polynomial {
  requireVariable(p, v);
  const ungraded = withoutGradings([p], v);
  if (ungraded !== undefined) return ungraded.restore(discriminant(ungraded.polynomials[0]!, v, budget));
  const plan = planEliminant([p], v, budget);
  if (plan === undefined) return zeroPolynomial;
  return chooseAlgorithm(
    plan,
    (limited) => discriminantBySubresultants(p, v, limited),
    () => expandEliminant(runEliminant(plan, budget)),
    budget,
    () => `the discriminant of a polynomial of degree ${degree(p, v)} in ${v}`,
  );
}

function requireVariable(p: Polynomial, v: string): void {
  if (degree(p, v) < 1) throw new DomainError(`the discriminant in ${v} needs a polynomial in which ${v} occurs`);
  requireModestDegree([p], v);
}

/**
 * The discriminant itself, not the resultant of p and its derivative, by the method of {@link resultantByInterpolation}: at every
 * point as ± n^(2−n) Res(p', n·p − v·p') with two polynomials of degree n − 1. No assumption.
 */
export function discriminantByInterpolation(p: Polynomial, v: string, budget: Budget = unlimited): Polynomial {
  requireVariable(p, v);
  const plan = planEliminant([p], v, budget);
  return plan === undefined ? zeroPolynomial : expandEliminant(runEliminant(plan, budget));
}

/** The discriminant by {@link resultantBySubresultants} of p and its derivative. No assumption. */
export function discriminantBySubresultants(p: Polynomial, v: string, budget: Budget = unlimited): Polynomial {
  requireVariable(p, v);
  const n = degree(p, v);
  if (n === 1) return onePolynomial;
  const quotient = quotientExact(resultantBySubresultants(p, derivative(p, v), v, budget), leadingCoefficient(p, v));
  return (n * (n - 1)) % 4 === 0 ? quotient : negate(quotient);
}

/**
 * The discriminant as unit · ∏ factor^multiplicity · rest, where the factors are those that the Newton polygons of p force upon
 * it: variables y, and y − 1 or y + 1. For the free decompression of a dense polynomial these are the powers of tau and
 * tau − 1, and `rest` is the edge polynomial. Cheaper than the product. The rest may contain the factors again. Exact;
 * {@link discriminantByInterpolation} without the multiplication at the end.
 *
 * @example
 * discriminantParts(parsePolynomial("y^2*x^2 + y*x + z"), "x") // y^2 times -4*z + 1
 */
export function discriminantParts(p: Polynomial, v: string, budget: Budget = unlimited): EliminantParts {
  requireVariable(p, v);
  const plan = planEliminant([p], v, budget);
  if (plan === undefined) return { unit: QQ.one, factors: [], rest: zeroPolynomial };
  return eliminantParts(runEliminant(plan, budget));
}
