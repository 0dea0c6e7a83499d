import { type Budget, unlimited } from "../core/index.js";
import { irrationalMean, type Law, moments, pointOfSupport, requireSpectrum, transformAt } from "../law/index.js";
import {
  coefficients,
  constant,
  constantValue,
  densePoly,
  fractionConstant,
  fractions,
  type Polynomial,
  type RationalFunction,
  rationalFunction,
  toIntegerPoly,
} from "../poly/index.js";
import { QQ, type Rational } from "../rings/index.js";
import { type AlgebraicNumber, affineImage, algebraicFromRational, rationalValue, realRoots } from "../roots/index.js";

const ring = densePoly(QQ);

/** The coefficients of a polynomial in x alone, `[k]` multiplying x^k. */
export function coefficientsInX(p: Polynomial): readonly Rational[] {
  return coefficients(p, "x").map(constantValue);
}

/** ∫ sum c_k x^k drho = sum c_k mu_k, with parameters where the law has them. Exact. */
export function meanOfPolynomial(law: Law, coeffs: readonly Rational[], budget: Budget = unlimited): RationalFunction {
  const degree = coeffs.length - 1;
  const mus = degree < 1 ? [] : moments(law, degree, budget);
  return coeffs.reduce((sum, c, k) => {
    const mu = k === 0 ? fractions.one : mus[k - 1]!;
    return fractions.add(sum, fractions.mul(rationalFunction(constant(c)), mu));
  }, fractions.zero);
}

/**
 * ∫ f drho for a rational function whose poles are simple, rational and outside the support: f = q + sum c_i/(x − p_i) gives the mean
 * of q plus sum c_i m(p_i), with m(p_i) algebraic. Exact; undefined when f is not like that, or when more than one m(p_i), or one of
 * them and the moments, are irrational.
 */
export function meanOfRationalFunction(
  law: Law,
  f: RationalFunction,
  budget: Budget = unlimited,
): AlgebraicNumber | undefined {
  const numerator = coefficientsInX(f.numerator);
  const denominator = coefficientsInX(f.denominator);
  const { quotient, remainder: rest } = ring.divmod(numerator, denominator);
  const roots = realRoots(toIntegerPoly(f.denominator, "x"), budget);
  const slope = ring.derivative(denominator);
  requireSpectrum(law, budget);
  if (roots.length !== denominator.length - 1) return undefined;
  if (quotient.length > 1 && irrationalMean(law, budget) !== undefined) return undefined;
  let shift = fractionConstant(meanOfPolynomial(law, quotient, budget));
  let irrational: { readonly transform: AlgebraicNumber; readonly weight: Rational } | undefined;
  for (const { root } of roots) {
    const pole = rationalValue(root);
    if (pole === undefined || pointOfSupport(law, pole, budget)) return undefined;
    const weight = QQ.div(ring.evaluate(rest, pole), ring.evaluate(slope, pole));
    const transform = transformAt(law, pole, budget);
    const value = rationalValue(transform);
    if (value !== undefined) shift = QQ.add(shift, QQ.mul(weight, value));
    else if (irrational !== undefined) return undefined;
    else irrational = { transform, weight };
  }
  if (irrational === undefined) return algebraicFromRational(shift);
  return affineImage(irrational.transform, irrational.weight, shift);
}
