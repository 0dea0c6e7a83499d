import { type Budget, DomainError, InternalError, unlimited } from "../core/index.js";
import {
  constant,
  fractionConstant,
  fractions,
  linearAlgebra,
  type RationalFunction,
  rationalFunction,
} from "../poly/index.js";
import type { Law } from "./law.js";
import { moments } from "./moments.js";
import { type FractionRing, fractionTerms, rationalTerms, scaledBy, suggestedScaling } from "./scaled-terms.js";

/**
 * The recurrence coefficients of the monic orthogonal polynomials of a law: x·pi_k = pi_(k+1) + a_k·pi_k + b_k·pi_(k−1). The Jacobi
 * matrix of the law has a_0, a_1, … on its diagonal and the square roots of b_1, b_2, … beside it.
 */
export interface JacobiCoefficients {
  /** a_0, a_1, …, a_(n−1). */
  readonly a: readonly RationalFunction[];
  /** b_1, b_2, …, b_n. */
  readonly b: readonly RationalFunction[];
  /**
   * Whether they end before n: a Hankel determinant vanishes, so that a measure with these moments is the sum of as many point masses
   * as there are entries of a, and pi with that number has them as its roots.
   */
  readonly terminates: boolean;
}

/**
 * The Hankel determinants H_1, …, H_n with H_k = det(mu_(i+j)), 0 <= i, j < k, of the moments of a law, mu_0 = 1. Exact, with
 * parameters too; a law has none that is negative [Hamburger 1920]. O(n²) operations on the determinants themselves.
 *
 * @example hankelDeterminants(ensembles.mp("c"), 3) // 1, c, c^3
 */
export function hankelDeterminants(law: Law, n: number, budget: Budget = unlimited): readonly RationalFunction[] {
  const count = checkedCount(n, "Hankel determinants");
  const mu = momentsWithMass(law, 2 * count - 2, budget);
  return law.parameters.length === 0
    ? determinantsOf(rationalTerms, mu.map(fractionConstant), count, budget).map((h) => rationalFunction(constant(h)))
    : determinantsOf(fractionTerms(budget), mu, count, budget);
}

/**
 * The coefficients a_0, …, a_(n−1) and b_1, …, b_n of the orthogonal polynomials of a law, b_k = H_(k+1)·H_(k−1)/H_k². Exact, with
 * parameters too. By Chebyshev's algorithm on the moments, without fractions [Gautschi, Orthogonal Polynomials (2004), 2.1.7].
 *
 * @example jacobiCoefficients(ensembles.mp("c"), 3) // a: 1, c + 1, c + 1; b: c, c, c
 */
export function jacobiCoefficients(law: Law, n: number, budget: Budget = unlimited): JacobiCoefficients {
  const count = checkedCount(n, "Jacobi coefficients");
  const mu = momentsWithMass(law, 2 * count, budget);
  if (law.parameters.length > 0) return coefficientsOf(fractionTerms(budget), mu, count, budget);
  const { a, b, terminates } = coefficientsOf(rationalTerms, mu.map(fractionConstant), count, budget);
  return {
    a: a.map((value) => rationalFunction(constant(value))),
    b: b.map((value) => rationalFunction(constant(value))),
    terminates,
  };
}

function checkedCount(n: number, what: string): number {
  if (!Number.isInteger(n) || n < 1)
    throw new DomainError(`the number of ${what} must be a positive integer; got ${n}`);
  return n;
}

function momentsWithMass(law: Law, n: number, budget: Budget): readonly RationalFunction[] {
  return n === 0 ? [fractions.one] : [fractions.one, ...moments(law, n, budget)];
}

/**
 * One step of {@link minors}: the row l ↦ B_k(l) of the minors of the Hankel matrix with the rows 0 … k and the columns 0 … k − 1 and
 * l, for l = k, …, 2n − k: its first entry is H_(k+1), and B_k(k + 1) the same determinant with its last column moved on by one.
 */
type MinorRow<T> = readonly T[];

/**
 * The rows of minors for k = 0, 1, …, up to the first that begins with 0. With sigma_(k,l) = B_k(l)/H_k = ∫ pi_k(x) x^l, Chebyshev's
 * sigma_(k,l) = sigma_(k−1,l+1) − a_(k−1) sigma_(k−1,l) − b_(k−1) sigma_(k−2,l) becomes a rule for B_k with one exact division.
 */
function* minors<F, T>(kind: FractionRing<F, T>, scaled: readonly T[], budget: Budget): Generator<MinorRow<T>> {
  const { ring } = kind;
  const subtract = (p: T, q: T): T => ring.add(p, ring.neg(q));
  let before: MinorRow<T> | undefined;
  let row: MinorRow<T> = scaled;
  // h is the determinant of the row, lower that of the row before; entry l − k of a row belongs to column l.
  let lower = ring.one;
  for (;;) {
    yield row;
    const h = row[0]!;
    if (ring.isZero(h) || row.length < 3) return;
    const [current, above, divisor] = [row, before, ring.mul(lower, lower)];
    const next: T[] = [];
    for (let i = 1; i + 1 < current.length; i++) {
      const own = subtract(ring.mul(h, current[i + 1]!), ring.mul(current[1]!, current[i]!));
      const earlier =
        above === undefined ? ring.zero : subtract(ring.mul(above[1]!, current[i]!), ring.mul(h, above[i + 1]!));
      const sum = ring.add(ring.mul(lower, own), ring.mul(h, earlier));
      const value = ring.quotient(sum, divisor);
      if (value === undefined) throw new InternalError("a minor of a Hankel matrix is not in its ring");
      next.push(value);
      budget.spend(1, "computing Hankel determinants");
    }
    lower = h;
    before = current;
    row = next;
  }
}

function determinantsOf<F, T>(kind: FractionRing<F, T>, mu: readonly F[], count: number, budget: Budget): readonly F[] {
  const { field, ring } = kind;
  const scaling = suggestedScaling(kind, mu);
  const scaled = mu.map((term, k) => scaledBy(kind, scaling, term, k));
  const determinants: T[] = [];
  for (const [h] of minors(kind, scaled, budget)) determinants.push(h!);
  // Where a determinant vanishes the rule has nothing to divide by; those that follow need not vanish for moments of no measure.
  const domain = {
    ...ring,
    sub: (p: T, q: T): T => ring.add(p, ring.neg(q)),
    divideExact(p: T, q: T): T {
      const value = ring.quotient(p, q);
      if (value === undefined) throw new InternalError("a minor of a Hankel matrix is not in its ring");
      return value;
    },
  };
  for (let k = determinants.length + 1; k <= count; k++) {
    const matrix = Array.from({ length: k }, (_, i) => scaled.slice(i, i + k));
    determinants.push(linearAlgebra.determinantByBareiss(domain, matrix, budget));
  }
  const by = kind.toFraction(scaling);
  return determinants.slice(0, count).map((h, i) => field.div(kind.toFraction(h), field.pow(by, i * (i + 1))));
}

function coefficientsOf<F, T>(
  kind: FractionRing<F, T>,
  mu: readonly F[],
  count: number,
  budget: Budget,
): { readonly a: readonly F[]; readonly b: readonly F[]; readonly terminates: boolean } {
  const { field, ring } = kind;
  const scaling = suggestedScaling(kind, mu);
  const by = kind.toFraction(scaling);
  const ratio = (p: T, q: T): F => field.div(kind.toFraction(p), kind.toFraction(q));
  const a: F[] = [];
  const b: F[] = [];
  let shift = field.zero;
  // The determinants of the two rows before.
  let [lower, lowest] = [ring.one, ring.one];
  const scaled = mu.map((term, k) => scaledBy(kind, scaling, term, k));
  for (const row of minors(kind, scaled, budget)) {
    const h = row[0]!;
    if (a.length > 0) {
      const value = ratio(ring.mul(h, lowest), ring.mul(lower, lower));
      if (ring.isZero(h)) return { a, b, terminates: true };
      b.push(field.div(value, field.mul(by, by)));
    }
    if (a.length === count) break;
    const next = ratio(row[1]!, h);
    a.push(field.div(field.sub(next, shift), by));
    shift = next;
    lowest = lower;
    lower = h;
  }
  return { a, b, terminates: false };
}
