import { type Budget, unlimited } from "../core/index.js";
import { degree, type Polynomial, zeroPolynomial } from "../sparse/index.js";
import { expandEliminant } from "./eliminant-expansion.js";
import { chooseAlgorithm, planEliminant, requireModestDegree, runEliminant } from "./eliminant-interpolation.js";
import { withoutGradings } from "./gradings.js";
import { resultantBySubresultants } from "./subresultants.js";
import { resultantOfLowDegree } from "./sylvester.js";

/**
 * The resultant of p and q with respect to v: the determinant of their Sylvester matrix, lc(p)^n ∏ q(α) over the roots α of p,
 * n = deg q. It is free of v, zero exactly when p and q have a common factor in which v occurs (or one of them is zero), and
 * p^n for a p without v. Exact, over QQ, in any number of variables.
 *
 * A dispatcher. Variables are set to 1 as long as both polynomials are homogeneous for some weights of the variables; then
 * {@link resultantByInterpolation} when its predicted work is small, else {@link resultantBySubresultants} as long
 * as that takes less, which it does for few terms in many variables. `LimitError` when the predicted work is some minutes or the
 * intermediate results would not fit, or when the budget is used up.
 *
 * @example
 * toText(resultant(parsePolynomial("x^2 - y"), parsePolynomial("x - 3"), "x")) // "-y + 9"
 */
export function resultant(p: Polynomial, q: Polynomial, v: string, budget: Budget = unlimited): Polynomial {
  const easy = resultantOfLowDegree(p, q, v);
  if (easy !== undefined) return easy;
  requireModestDegree([p, q], v);
  const ungraded = withoutGradings([p, q], v);
  if (ungraded !== undefined) {
    const [f, g] = ungraded.polynomials as [Polynomial, Polynomial];
    return ungraded.restore(resultant(f, g, v, budget));
  }
  const plan = planEliminant([p, q], v, budget);
  if (plan === undefined) return zeroPolynomial;
  return chooseAlgorithm(
    plan,
    (limited) => resultantBySubresultants(p, q, v, limited),
    () => expandEliminant(runEliminant(plan, budget)),
    budget,
    () => `a resultant of polynomials of degree ${degree(p, v)} and ${degree(q, v)} in ${v}`,
  );
}

/**
 * The resultant from its values modulo word-size primes at points of the other variables, by a remainder sequence with the
 * formal degrees of p and q; interpolated on a proven set of exponents and lifted with the Chinese remainder theorem up to a
 * proven bound of the coefficients [Collins, J. ACM 18 (1971) 515–532]. Powers of a variable y, of y − 1 or y + 1, and of small
 * primes that the Newton polygons force upon the result are divided out first.
 *
 * Proof of the exponents: `eliminantBound`, from the weights of the roots in several directions. Proof of the number of
 * primes: `coefficientBits`, Hadamard's inequality in the quadratic mean over the torus. No assumption; any number of
 * variables, with a cost that grows with the volume of the set of exponents. Exact.
 */
export function resultantByInterpolation(
  p: Polynomial,
  q: Polynomial,
  v: string,
  budget: Budget = unlimited,
): Polynomial {
  const easy = resultantOfLowDegree(p, q, v);
  if (easy !== undefined) return easy;
  requireModestDegree([p, q], v);
  const plan = planEliminant([p, q], v, budget);
  return plan === undefined ? zeroPolynomial : expandEliminant(runEliminant(plan, budget));
}
