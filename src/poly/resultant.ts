import { DomainError, LimitError } from "../core/index.js";
import {
  coefficients,
  degree,
  derivative,
  isZero,
  leadingCoefficient,
  multiply,
  negate,
  onePolynomial,
  type Polynomial,
  power,
  quotientExact,
  subtract,
  zeroPolynomial,
} from "../sparse/index.js";
import {
  planInterpolation,
  resultantByInterpolation,
  runInterpolation,
  withoutContent,
} from "./resultant-interpolation.js";

export { resultantByInterpolation };

/** Above this much planned work (some ten seconds) the dispatcher prefers the subresultants. */
const largestInterpolation = 5e8;

/** Above this much planned work (some ten minutes) nothing is begun. */
const largestWork = 5e10;

/**
 * The resultant of p and q with respect to v: the determinant of their Sylvester matrix, lc(p)^n ∏ q(α) over the roots α of p,
 * n = deg q. It is free of v, zero exactly when p and q have a common factor in which v occurs (or one of them is zero), and
 * p^n for a p without v. Exact, over QQ, in any number of variables.
 *
 * A dispatcher: {@link resultantByInterpolation} unless its planned work is too large, else
 * {@link resultantBySubresultants}. `LimitError` when it would take more than some ten minutes.
 *
 * @example
 * toText(resultant(parsePolynomial("x^2 - y"), parsePolynomial("x - 3"), "x")) // "-y + 9"
 */
export function resultant(p: Polynomial, q: Polynomial, v: string): Polynomial {
  const easy = resultantOfLowDegree(p, q, v);
  if (easy !== undefined) return easy;
  const plan = planInterpolation(withoutContent(p), withoutContent(q), v);
  // In at most one other variable interpolation has the lower cost however large it is.
  if (plan.cost <= largestInterpolation) return runInterpolation(p, q, plan);
  if (plan.axes.length > 1) return resultantBySubresultants(p, q, v);
  if (plan.cost <= largestWork) return runInterpolation(p, q, plan);
  throw new LimitError(
    `a resultant of polynomials of degree ${degree(p, v)} and ${degree(q, v)} in ${v} with coefficients of this size is beyond the work limit`,
  );
}

/** The cases in which the Sylvester matrix has no rows of one kind, or a row of zeros. */
function resultantOfLowDegree(p: Polynomial, q: Polynomial, v: string): Polynomial | undefined {
  if (isZero(p) || isZero(q)) return zeroPolynomial;
  const m = degree(p, v);
  const n = degree(q, v);
  if (m === 0) return power(p, n);
  if (n === 0) return power(q, m);
  return undefined;
}

/**
 * The resultant by the subresultant polynomial remainder sequence over the ring of the other variables, in which every
 * division is exact [Collins, J. ACM 14 (1967) 128–142; Brown & Traub, J. ACM 18 (1971) 505–514; as in Cohen, GTM 138,
 * algorithm 3.3.7]. No assumption; best for few terms in many variables.
 */
export function resultantBySubresultants(p: Polynomial, q: Polynomial, v: string): Polynomial {
  const easy = resultantOfLowDegree(p, q, v);
  if (easy !== undefined) return easy;
  let f = coefficients(p, v);
  let g = coefficients(q, v);
  let negative = false;
  if (f.length < g.length) {
    negative = f.length % 2 === 0 && g.length % 2 === 0;
    [f, g] = [g, f];
  }
  let lead: Polynomial = onePolynomial;
  let height: Polynomial = onePolynomial;
  while (g.length > 1) {
    const gap = f.length - g.length;
    if (f.length % 2 === 0 && g.length % 2 === 0) negative = !negative;
    const rest = pseudoRemainder(f, g);
    if (rest.length === 0) return zeroPolynomial;
    const divisor = multiply(lead, power(height, gap));
    f = g;
    g = rest.map((c) => quotientExact(c, divisor));
    lead = f.at(-1)!;
    height = nextHeight(lead, height, gap);
  }
  const result = nextHeight(g[0]!, height, f.length - 1);
  return negative ? negate(result) : result;
}

/** lead^gap / height^(gap − 1). */
function nextHeight(lead: Polynomial, height: Polynomial, gap: number): Polynomial {
  if (gap === 0) return height;
  return quotientExact(power(lead, gap), power(height, gap - 1));
}

/** lc(g)^(deg f − deg g + 1)·f modulo g, without zeros at the top. */
function pseudoRemainder(f: readonly Polynomial[], g: readonly Polynomial[]): Polynomial[] {
  const rest = [...f];
  const lead = g.at(-1)!;
  for (let top = f.length - 1; top >= g.length - 1; top--) {
    const c = rest.pop()!;
    const shift = top - g.length + 1;
    for (let k = 0; k < rest.length; k++) {
      const scaled = multiply(rest[k]!, lead);
      rest[k] = k < shift ? scaled : subtract(scaled, multiply(c, g[k - shift]!));
    }
  }
  while (rest.length > 0 && isZero(rest.at(-1)!)) rest.pop();
  return rest;
}

/**
 * The resultant as the determinant of the Sylvester matrix by fraction-free elimination [Bareiss, Math. Comp. 22 (1968)
 * 565–578]. No assumption; slow, for comparison.
 */
export function resultantBySylvester(p: Polynomial, q: Polynomial, v: string): Polynomial {
  if (isZero(p) || isZero(q)) return zeroPolynomial;
  return determinant(sylvesterMatrix(p, q, v));
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

/** The determinant of a square matrix of polynomials, fraction-free [Bareiss 1968]; 1 for the empty matrix. */
export function determinant(matrix: readonly (readonly Polynomial[])[]): Polynomial {
  const rows = matrix.map((row) => [...row]);
  let previous: Polynomial = onePolynomial;
  let negative = false;
  for (let k = 0; k < rows.length; k++) {
    const pivot = rows.findIndex((row, i) => i >= k && !isZero(row[k]!));
    if (pivot < 0) return zeroPolynomial;
    if (pivot !== k) {
      [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
      negative = !negative;
    }
    const head = rows[k]!;
    for (const row of rows.slice(k + 1)) {
      for (let j = k + 1; j < row.length; j++) {
        const minor = subtract(multiply(row[j]!, head[k]!), multiply(row[k]!, head[j]!));
        row[j] = quotientExact(minor, previous);
      }
    }
    previous = head[k]!;
  }
  return negative ? negate(previous) : previous;
}

/**
 * The discriminant of p with respect to v, (−1)^(n(n−1)/2) Res(p, ∂p/∂v)/lc(p) for n = deg p: b² − 4ac for a quadratic
 * polynomial, 1 for a linear one, zero exactly when p has a repeated factor in which v occurs. Exact. `DomainError` when v
 * does not occur in p.
 *
 * @example
 * toText(discriminant(parsePolynomial("a*x^2 + b*x + c"), "x")) // "-4*a*c + b^2"
 */
export function discriminant(p: Polynomial, v: string): Polynomial {
  const n = degree(p, v);
  if (n < 1) throw new DomainError(`the discriminant in ${v} needs a polynomial in which ${v} occurs`);
  const quotient = quotientExact(resultant(p, derivative(p, v), v), leadingCoefficient(p, v));
  return (n * (n - 1)) % 4 === 0 ? quotient : negate(quotient);
}
