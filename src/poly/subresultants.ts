// Exact: integers and fractions throughout.
import { type Budget, LimitError, unlimited } from "../core/index.js";
import {
  coefficients,
  fromCoefficients,
  isZero,
  multiplyWithin,
  negate,
  onePolynomial,
  type Polynomial,
  quotientExact,
  subtract,
  zeroPolynomial,
} from "../sparse/index.js";
import { resultantOfLowDegree } from "./sylvester.js";

/**
 * The resultant by the subresultant polynomial remainder sequence over the ring of the other variables, in which every
 * division is exact. No assumption; best for few terms in many variables. `LimitError` when a product of intermediate
 * coefficients would have more than some millions of terms, or when the budget is used up.
 */
export function resultantBySubresultants(
  p: Polynomial,
  q: Polynomial,
  v: string,
  budget: Budget = unlimited,
): Polynomial {
  const easy = resultantOfLowDegree(p, q, v);
  if (easy !== undefined) return easy;
  return subresultants(p, q, v, budget)[0]!;
}

/**
 * The chain of polynomial subresultants of p and q, of degrees m and n in v: entry [j], for 0 <= j < min(m, n), is
 * Σ_i det(M_ji) v^i, with M_ji the columns of v^(m+n−j−1), …, v^(j+1), v^i of the rows v^(n−j−1)·p, …, p, v^(m−j−1)·q, …, q. It
 * has degree <= j; entry [0] is the resultant; the first j with a nonzero coefficient of v^j is the degree of the gcd. Exact,
 * over QQ. Empty when one of the degrees is 0. The sequence of Ducos, J. Pure Appl. Algebra 145 (2000) 149–163, without his
 * optimisations; the entries that it passes over are zero.
 *
 * @example
 * subresultants(parsePolynomial("x^2 - 1"), parsePolynomial("x^2 - 3*x + 2"), "x").map(toText) // ["0", "-3*x + 3"]
 */
export function subresultants(p: Polynomial, q: Polynomial, v: string, budget: Budget = unlimited): Polynomial[] {
  const f = coefficients(p, v);
  const g = coefficients(q, v);
  const m = f.length - 1;
  const n = g.length - 1;
  const chain = new Array<Polynomial>(Math.max(0, Math.min(m, n))).fill(zeroPolynomial);
  const found = m >= n ? remainderSequence(f, g, budget) : remainderSequence(g, f, budget);
  for (const [j, rest] of found) {
    // Exchanging the two blocks of n − j and m − j rows.
    const odd = m < n && (m - j) % 2 === 1 && (n - j) % 2 === 1;
    const entry = fromCoefficients(rest, v);
    chain[j] = odd ? negate(entry) : entry;
  }
  return chain;
}

/** The coefficients of v^j in the j-th subresultants: the principal ones, which vanish for j below the degree of the gcd. */
export function principalSubresultants(
  p: Polynomial,
  q: Polynomial,
  v: string,
  budget: Budget = unlimited,
): Polynomial[] {
  return subresultants(p, q, v, budget).map((entry, j) => coefficients(entry, v)[j] ?? zeroPolynomial);
}

/** The nonzero subresultants of f and g, deg f >= deg g, each as its index and its coefficients. */
function remainderSequence(
  f: readonly Polynomial[],
  g: readonly Polynomial[],
  budget: Budget,
): Map<number, readonly Polynomial[]> {
  const found = new Map<number, readonly Polynomial[]>();
  if (g.length < 2) return found;
  const times = guardedMultiply(budget);
  const raise = (base: Polynomial, n: number): Polynomial => {
    let result = onePolynomial;
    for (let k = 0; k < n; k++) result = times(result, base);
    return result;
  };
  let height = raise(g.at(-1)!, f.length - g.length);
  let a = g;
  let b = signedRemainder(f, g, times);
  while (b.length > 0) {
    const d = a.length - 1;
    const e = b.length - 1;
    const gap = d - e;
    found.set(d - 1, b);
    let next = b;
    if (gap > 1) {
      const factor = raise(b.at(-1)!, gap - 1);
      const divisor = raise(height, gap - 1);
      next = b.map((c) => quotientExact(times(c, factor), divisor, budget));
      found.set(e, next);
    }
    if (e === 0) break;
    const divisor = times(raise(height, gap), a.at(-1)!);
    b = signedRemainder(a, b, times).map((c) => quotientExact(c, divisor, budget));
    a = next;
    height = a.at(-1)!;
  }
  return found;
}

const doing = "computing subresultants";

/** A product of coefficients with more pairs of terms than this is refused. */
const largestProduct = 2e7;

/** The product, counted: one unit for every thirty pairs of terms. */
function guardedMultiply(budget: Budget): (a: Polynomial, b: Polynomial) => Polynomial {
  return (a, b) => {
    const pairs = a.terms.length * b.terms.length;
    if (pairs > largestProduct) {
      throw new LimitError(`a subresultant with coefficients of ${a.terms.length} terms is beyond the work limit`);
    }
    budget.spend(1 + pairs / 30, doing);
    return multiplyWithin(a, b, budget, doing);
  };
}

/** (−lc(g))^(deg f − deg g + 1)·f modulo g, without zeros at the top. */
function signedRemainder(
  f: readonly Polynomial[],
  g: readonly Polynomial[],
  times: (a: Polynomial, b: Polynomial) => Polynomial,
): Polynomial[] {
  const rest = [...f];
  const lead = g.at(-1)!;
  for (let top = f.length - 1; top >= g.length - 1; top--) {
    const c = rest.pop()!;
    const shift = top - g.length + 1;
    for (let k = 0; k < rest.length; k++) {
      const scaled = times(rest[k]!, lead);
      rest[k] = k < shift ? negate(scaled) : subtract(times(c, g[k - shift]!), scaled);
    }
  }
  while (rest.length > 0 && isZero(rest.at(-1)!)) rest.pop();
  return rest;
}
