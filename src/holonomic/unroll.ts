import { type Budget, InternalError, unlimited } from "../core/index.js";
import { coefficients, constantValue, type Polynomial, scale } from "../poly/index.js";
import type { Ring } from "../rings/index.js";
import {
  add as addPolynomials,
  divideExact,
  isZero,
  multiply,
  negate,
  onePolynomial,
  zeroPolynomial,
} from "../sparse/index.js";
import { orderOf, type Recurrence } from "./recurrence.js";

/** A ring in which the terms of a scaled sequence lie. */
export interface TermRing<T> extends Pick<Ring<T>, "zero" | "one" | "add" | "mul" | "neg" | "isZero"> {
  /** a/b, undefined when it is not in the ring; b is not 0. */
  quotient(a: T, b: T): T | undefined;
  /** The value of a polynomial in the index and parameters at an index. */
  evaluator(p: Polynomial, index: string): (n: number) => T;
}

/** The integers, for recurrences without parameters. */
export const integerTerms: TermRing<bigint> = {
  zero: 0n,
  one: 1n,
  add: (a, b) => a + b,
  mul: (a, b) => a * b,
  neg: (a) => -a,
  isZero: (a) => a === 0n,
  quotient: (a, b) => (a % b === 0n ? a / b : undefined),
  evaluator(p, index) {
    const list = coefficients(p, index).map((c) => constantValue(c).num);
    return (n) => {
      const at = BigInt(n);
      let value = 0n;
      for (let k = list.length - 1; k >= 0; k--) value = value * at + list[k]!;
      return value;
    };
  },
};

/** The polynomials in the parameters with rational coefficients. */
export const polynomialTerms: TermRing<Polynomial> = {
  zero: zeroPolynomial,
  one: onePolynomial,
  add: addPolynomials,
  mul: multiply,
  neg: negate,
  isZero,
  quotient: divideExact,
  evaluator(p, index) {
    const list = coefficients(p, index);
    return (n) => {
      const at = { num: BigInt(n), den: 1n };
      return list.reduceRight((sum, c) => addPolynomials(scale(sum, at), c), zeroPolynomial);
    };
  },
};

/** What a recurrence is unrolled from. */
export interface UnrollStart<T> {
  /** The terms s^k·a(k) that are known, at least those before the first one that the recurrence gives. */
  readonly known: readonly T[];
  /** s, not 0. */
  readonly scaling: T;
  /** s^k·a(k) for an exceptional number k. */
  exceptional(k: number): T;
}

/**
 * The terms s^k·a(k), k = 0 … count − 1, of a sequence that satisfies the recurrence. Undefined when one of them is not in the ring:
 * every division is exact or the answer is refused. O(order·count) products.
 */
export function unroll<T>(
  ring: TermRing<T>,
  recurrence: Recurrence,
  start: UnrollStart<T>,
  count: number,
  budget: Budget = unlimited,
): readonly T[] | undefined {
  const order = orderOf(recurrence);
  const first = recurrence.from + order;
  if (start.known.length < Math.min(first, count)) throw new InternalError("too few terms to start a recurrence");
  const powers = [ring.one];
  for (let k = 1; k <= order; k++) powers.push(ring.mul(powers[k - 1]!, start.scaling));
  const evaluators = recurrence.coefficients.map((p) => ring.evaluator(p, recurrence.index));
  const leading = evaluators[order]!;
  const exceptions = new Set(recurrence.exceptions);
  const terms = start.known.slice(0, count);
  for (let k = terms.length; k < count; k++) {
    const n = k - order;
    if (exceptions.has(n)) {
      terms.push(start.exceptional(k));
      continue;
    }
    let sum = ring.zero;
    for (let j = 0; j < order; j++) {
      const term = terms[n + j]!;
      if (ring.isZero(term)) continue;
      const factor = evaluators[j]!(n);
      if (!ring.isZero(factor)) sum = ring.add(sum, ring.mul(ring.mul(factor, powers[order - j]!), term));
    }
    const value = ring.isZero(sum) ? ring.zero : ring.quotient(ring.neg(sum), leading(n));
    if (value === undefined) return undefined;
    terms.push(value);
    budget.spend(1 + order / 8, "unrolling a recurrence");
  }
  return terms;
}
