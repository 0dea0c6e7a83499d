import { type Budget, InternalError } from "../core/index.js";
import { integerTerms, polynomialTerms, type Recurrence, type TermRing, unroll } from "../holonomic/index.js";
import {
  divideExact,
  factor,
  fractionsWithin,
  isConstant,
  lcm,
  multiply,
  onePolynomial,
  type Polynomial,
  power,
  type RationalFunction,
  rationalFunction,
} from "../poly/index.js";
import { type Field, QQ, type Rational, ZZ } from "../rings/index.js";
import type { ImplicitBranch } from "../series/index.js";

/** A field of fractions with the ring in which terms lie once they are scaled. */
export interface FractionRing<F, T> {
  readonly field: Field<F>;
  readonly ring: TermRing<T>;
  toFraction(term: T): F;
  denominator(f: F): T;
  numerator(f: F): T;
  lcm(a: T, b: T): T;
  isUnit(a: T): boolean;
  /** Divides term k of a list that was scaled by s^k. */
  unscale(terms: readonly T[], scaling: T): readonly F[];
}

/** Rational numbers and integers. */
export const rationalTerms: FractionRing<Rational, bigint> = {
  field: QQ,
  ring: integerTerms,
  toFraction: (num) => ({ num, den: 1n }),
  denominator: (f) => f.den,
  numerator: (f) => f.num,
  lcm: (a, b) => (a / ZZ.gcd(a, b)) * b,
  isUnit: (a) => a === 1n,
  unscale(terms, scaling) {
    if (scaling === 1n) return terms.map((num) => ({ num, den: 1n }));
    let den = 1n;
    return terms.map((num, k) => {
      if (k > 0) den *= scaling;
      const common = commonWithPower(num, scaling, k, den);
      return { num: num / common, den: den / common };
    });
  },
};

/** gcd(num, base^k), power = base^k: from small powers of the base, since what is in common is mostly small. */
function commonWithPower(num: bigint, base: bigint, k: number, power: bigint): bigint {
  if (num === 0n) return power;
  let common = 1n;
  let tried = base;
  for (let exponent = 1; exponent < k; exponent *= 2) {
    const next = ZZ.gcd(num % tried, tried);
    // Nothing more in a power twice as large: no prime divides num more often.
    if (next === common) return common;
    common = next;
    tried *= tried;
  }
  return ZZ.gcd(num, power);
}

/** Rational functions and polynomials in the parameters, both over the rational numbers. */
export const fractionTerms = (budget: Budget): FractionRing<RationalFunction, Polynomial> => ({
  field: fractionsWithin(budget),
  ring: polynomialTerms,
  toFraction: (term) => rationalFunction(term),
  denominator: (f) => f.denominator,
  numerator: (f) => f.numerator,
  lcm: (a, b) => lcm(a, b, budget),
  isUnit: isConstant,
  unscale(terms, scaling) {
    if (isConstant(scaling)) return terms.map((term) => rationalFunction(term));
    const { factors } = factor(scaling, budget);
    return terms.map((term, k) => {
      budget.spend(term.terms.length, "dividing scaled terms");
      // What an irreducible factor does not divide any more is coprime to it.
      let rest = term;
      let denominator = onePolynomial;
      for (const part of factors) {
        let exponent = k * part.multiplicity;
        for (let next = divideExact(rest, part.factor); exponent > 0 && next !== undefined; exponent--) {
          rest = next;
          next = divideExact(rest, part.factor);
        }
        denominator = multiply(denominator, power(part.factor, exponent));
      }
      return rationalFunction(rest, denominator, budget);
    });
  },
});

/** The first terms of a sequence, and a way to single terms far out. */
export interface SequenceStart<F> {
  readonly first: readonly F[];
  late(k: number): F;
}

/**
 * Terms 0 … n of a sequence by its recurrence, on terms that are scaled by s^k such that they have no denominators: exact divisions of
 * integers or polynomials instead of the growing fractions. The s that the first terms suggest is tried; where a division has a
 * remainder, the one that {@link provenScaling} gives for the moments; it serves the free cumulants too, polynomials with integer
 * coefficients in the moments.
 */
export function scaledTerms<F, T>(
  kind: FractionRing<F, T>,
  recurrence: Recurrence,
  start: SequenceStart<F>,
  branch: ImplicitBranch<F>,
  n: number,
  budget: Budget,
): readonly F[] {
  const tried = suggestedScaling(kind, start.first);
  const terms =
    termsScaledBy(kind, tried, recurrence, start, n, budget) ??
    termsScaledBy(kind, provenScaling(kind, branch), recurrence, start, n, budget);
  if (terms === undefined) throw new InternalError("a recurrence of moments left a remainder");
  return terms;
}

function termsScaledBy<F, T>(
  kind: FractionRing<F, T>,
  scaling: T,
  recurrence: Recurrence,
  start: SequenceStart<F>,
  n: number,
  budget: Budget,
): readonly F[] | undefined {
  const terms = unroll(
    kind.ring,
    recurrence,
    {
      known: start.first.map((term, k) => scaledBy(kind, scaling, term, k)),
      scaling,
      exceptional: (k) => scaledBy(kind, scaling, start.late(k), k),
    },
    n + 1,
    budget,
  );
  return terms === undefined ? undefined : kind.unscale(terms, scaling);
}

/** term·scaling^k, which has no denominator. */
export function scaledBy<F, T>(kind: FractionRing<F, T>, scaling: T, term: F, k: number): T {
  return kind.numerator(kind.field.mul(term, kind.field.pow(kind.toFraction(scaling), k)));
}

/** The product s of denominators for which the first terms times s^k have none. */
export function suggestedScaling<F, T>(kind: FractionRing<F, T>, first: readonly F[]): T {
  const { field, ring } = kind;
  let scaling = ring.one;
  for (const [k, term] of first.entries()) {
    if (k === 0) continue;
    for (;;) {
      const left = kind.denominator(field.mul(term, field.pow(kind.toFraction(scaling), k)));
      if (kind.isUnit(left)) break;
      scaling = ring.mul(scaling, left);
    }
  }
  return scaling;
}

/**
 * An s for which no s^k·mu_k has a denominator [Eisenstein 1852]. Let t = O(w) be the branch without its first terms and F(w, t) = 0
 * its equation, free of denominators, with e = F_t(0, 0). After w = e²·W, t = e·T and a division by e² the equation says that T is
 * a polynomial without denominators in W and T with no constant term and no term T alone; so T(W) has no denominators.
 */
export function provenScaling<F, T>(kind: FractionRing<F, T>, branch: ImplicitBranch<F>): T {
  const { field, ring } = kind;
  const { prefix, reduced, start } = branch;
  const common = reduced.flat().reduce((l, c) => kind.lcm(l, kind.denominator(c)), ring.one);
  const below = kind.denominator(start);
  // F(w, t) = common·below^degree·reduced(w, start + t) has no denominators.
  let factor = kind.toFraction(common);
  for (let j = 1; j < reduced.length; j++) factor = field.mul(factor, kind.toFraction(below));
  let slope = field.zero;
  for (let j = reduced.length - 1; j >= 1; j--) {
    slope = field.add(field.mul(slope, start), field.mul(field.fromInteger(BigInt(j)), reduced[j]?.[0] ?? field.zero));
  }
  const e = kind.numerator(field.mul(slope, factor));
  const others = [...prefix, start].reduce((l, c) => kind.lcm(l, kind.denominator(c)), ring.one);
  return ring.mul(ring.mul(e, e), others);
}
