// Exact: integers and fractions throughout.
import { type Budget, LimitError, unlimited } from "../core/index.js";
import { determinantByBareiss, type ExactDomain } from "../linear/index.js";
import {
  add,
  coefficients,
  degree,
  isZero,
  multiply,
  negate,
  onePolynomial,
  type Polynomial,
  power,
  quotientExact,
  subtract,
  zeroPolynomial,
} from "../sparse/index.js";

/** The cases in which the Sylvester matrix has no rows of one kind, or a row of zeros. */
export function resultantOfLowDegree(p: Polynomial, q: Polynomial, v: string): Polynomial | undefined {
  if (isZero(p) || isZero(q)) return zeroPolynomial;
  const m = degree(p, v);
  const n = degree(q, v);
  if (m > 0 && n > 0) return undefined;
  const [base, exponent] = m === 0 ? [p, n] : [q, m];
  if (base.terms.length > 1 && exponent > largestPower) {
    throw new LimitError(
      `the power ${exponent} of a polynomial of ${base.terms.length} terms is beyond the work limit`,
    );
  }
  return power(base, exponent);
}

/** The powers of a sum that are multiplied out. */
const largestPower = 2000;

/**
 * The resultant as the determinant of the Sylvester matrix by fraction-free elimination [Bareiss, Math. Comp. 22 (1968)
 * 565–578]. No assumption; slow, for comparison.
 */
export function resultantBySylvester(p: Polynomial, q: Polynomial, v: string, budget: Budget = unlimited): Polynomial {
  if (isZero(p) || isZero(q)) return zeroPolynomial;
  requireSmall(degree(p, v) + degree(q, v));
  return determinant(sylvesterMatrix(p, q, v), budget);
}

/**
 * The resultant from the determinant of the Bézout matrix, of size max(m, n): its entries b_ij are the coefficients of
 * (p(x)q(y) − p(y)q(x))/(x − y), and for m >= n it is (−1)^(m(m−1)/2) lc(p)^(m−n) times the resultant. No assumption; for
 * comparison.
 */
export function resultantByBezout(p: Polynomial, q: Polynomial, v: string, budget: Budget = unlimited): Polynomial {
  const easy = resultantOfLowDegree(p, q, v);
  if (easy !== undefined) return easy;
  const m = degree(p, v);
  const n = degree(q, v);
  requireSmall(m + n);
  if (m < n) {
    const swapped = resultantByBezout(q, p, v, budget);
    return (m * n) % 2 === 1 ? negate(swapped) : swapped;
  }
  const value = determinant(bezoutMatrix(coefficients(p, v), coefficients(q, v)), budget);
  const quotient = quotientExact(value, power(coefficients(p, v).at(-1)!, m - n));
  return (m * (m - 1)) % 4 === 0 ? quotient : negate(quotient);
}

function bezoutMatrix(f: readonly Polynomial[], g: readonly Polynomial[]): Polynomial[][] {
  const size = f.length - 1;
  const minor = (i: number, j: number): Polynomial =>
    subtract(multiply(f[i]!, g[j] ?? zeroPolynomial), multiply(f[j]!, g[i] ?? zeroPolynomial));
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (__, j) => {
      let sum = zeroPolynomial;
      for (let k = 0; k <= Math.min(i, j); k++) if (i + j + 1 - k <= size) sum = add(sum, minor(i + j + 1 - k, k));
      return sum;
    }),
  );
}

/** Matrices of polynomials of this size are not eliminated. */
const largestMatrix = 2000;

function requireSmall(size: number): void {
  if (size > largestMatrix) {
    throw new LimitError(`a determinant of ${size} rows of polynomials is beyond the work limit`);
  }
}

/** The Sylvester matrix: deg q rows with the coefficients of p from the highest on, then deg p rows with those of q. */
export function sylvesterMatrix(p: Polynomial, q: Polynomial, v: string): Polynomial[][] {
  const rows = (c: readonly Polynomial[], count: number): Polynomial[][] =>
    Array.from({ length: count }, (_, i) => [
      ...new Array<Polynomial>(i).fill(zeroPolynomial),
      ...c.toReversed(),
      ...new Array<Polynomial>(count - 1 - i).fill(zeroPolynomial),
    ]);
  return [...rows(coefficients(p, v), degree(q, v)), ...rows(coefficients(q, v), degree(p, v))];
}

/** The polynomials over QQ as a domain for fraction-free elimination; products are announced to the budget. */
export function polynomialDomain(budget: Budget = unlimited, doing: string = "eliminating"): ExactDomain<Polynomial> {
  return {
    zero: zeroPolynomial,
    one: onePolynomial,
    add,
    sub: subtract,
    mul(p, q) {
      budget.spend(1 + ((p.terms.length + 1) * q.terms.length) / 60, doing);
      return multiply(p, q);
    },
    neg: negate,
    isZero,
    divideExact: quotientExact,
  };
}

/** The determinant of a square matrix of polynomials, fraction-free [Bareiss 1968]; 1 for the empty matrix. */
export function determinant(matrix: readonly (readonly Polynomial[])[], budget: Budget = unlimited): Polynomial {
  return determinantByBareiss(polynomialDomain(budget, "computing a determinant"), matrix, budget);
}
