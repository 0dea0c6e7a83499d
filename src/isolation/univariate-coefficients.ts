import { DomainError } from "../core/index.js";
import { type IntegerPoly, integerPoly, type Polynomial } from "../poly/index.js";

/**
 * The integer coefficients of a polynomial in at most one variable, up to a constant factor; integer coefficients are handed
 * through. DomainError for the zero polynomial and for two or more variables.
 */
export function univariateCoefficients(p: Polynomial | IntegerPoly): IntegerPoly {
  const coeffs = isIntegerPoly(p) ? integerPoly.trim(p) : coefficientsOf(p);
  if (coeffs.length === 0) throw new DomainError("every number is a root of the zero polynomial");
  return coeffs;
}

function isIntegerPoly(p: Polynomial | IntegerPoly): p is IntegerPoly {
  return Array.isArray(p);
}

function coefficientsOf(p: Polynomial): IntegerPoly {
  if (p.variables.length > 1) {
    throw new DomainError(`roots are defined for a polynomial in one variable; this one has ${p.variables.join(", ")}`);
  }
  const coeffs: bigint[] = [];
  for (const { exponents, coefficient } of p.terms) {
    const k = exponents[0] ?? 0;
    while (coeffs.length <= k) coeffs.push(0n);
    coeffs[k] = coefficient;
  }
  return coeffs;
}
