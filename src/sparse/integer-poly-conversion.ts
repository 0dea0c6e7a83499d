// Exact: integers and fractions throughout.
import { InternalError } from "../core/index.js";
import type { IntegerPoly } from "../univariate/index.js";
import { type Polynomial, polynomialFromTerms, primitive } from "./polynomial.js";

/**
 * The primitive part of p as a dense list of integer coefficients in v, the leading one positive; [] for 0. `InternalError`
 * when another variable occurs.
 */
export function toIntegerPoly(p: Polynomial, v: string): IntegerPoly {
  if (p.variables.some((name) => name !== v)) {
    throw new InternalError(`a polynomial in ${p.variables.join(", ")} is not one in ${v} alone`);
  }
  const terms = primitive(p).terms;
  const coeffs: bigint[] = new Array((terms[0]?.exponents[0] ?? (terms.length > 0 ? 0 : -1)) + 1).fill(0n);
  for (const term of terms) coeffs[term.exponents[0] ?? 0] = term.coefficient;
  return coeffs;
}

/** The polynomial with the coefficients c[k] of v^k. */
export function fromIntegerPoly(c: IntegerPoly, v: string): Polynomial {
  return polynomialFromTerms(
    [v],
    c.map((coefficient, k) => ({ exponents: [k], coefficient })),
  );
}
