// Exact: a factorisation over QQ, and Descartes' rule of signs on the factors.
import { type Budget, DomainError, InternalError, unlimited } from "../core/index.js";
import type { IsolatingInterval } from "../isolation/index.js";
import {
  boundsOf,
  isolateRealRoots,
  isolateRealRootsBetween,
  refineCell,
  startingCell,
  univariateCoefficients,
} from "../isolation/index.js";
import { type IntegerPoly, integerPoly, type Polynomial } from "../poly/index.js";
import {
  bitLength,
  QQ,
  type Rational,
  rationalToDecimal,
  rationalToText,
  simplestRationalBetween,
} from "../rings/index.js";
import {
  type AlgebraicNumber,
  algebraicFromIsolated,
  algebraicFromRational,
  compareAlgebraic,
  compareWithRational,
  refine,
} from "./algebraic-number.js";

export interface RealRoot {
  readonly root: AlgebraicNumber;
  readonly multiplicity: number;
}

/**
 * The distinct real roots in ascending order with their multiplicities, as algebraic numbers with pairwise disjoint isolating
 * intervals. Exact: the polynomial is factored over QQ and the roots of every factor are isolated by Descartes' rule of signs.
 * A non-zero constant has none; DomainError for the zero polynomial and for two or more variables.
 *
 * @example
 * realRoots(parsePolynomial("(x^2 - 2)^3*(x - 1)")) // -sqrt(2) (3 times), 1, sqrt(2) (3 times)
 */
export function realRoots(p: Polynomial | IntegerPoly, budget: Budget = unlimited): RealRoot[] {
  const roots = integerPoly
    .factor(univariateCoefficients(p), budget)
    .factors.flatMap(({ factor, multiplicity }) =>
      rootsOfIrreducible(factor, budget).map((root): RealRoot => ({ root, multiplicity })),
    );
  roots.sort((x, y) => compareAlgebraic(x.root, y.root));
  for (let k = 1; k < roots.length; k++) {
    for (let bits = 4; QQ.compare(roots[k - 1]!.root.upper, roots[k]!.root.lower) >= 0; bits *= 2) {
      roots[k - 1] = { ...roots[k - 1]!, root: refine(roots[k - 1]!.root, bits) };
      roots[k] = { ...roots[k]!, root: refine(roots[k]!.root, bits) };
    }
  }
  return roots;
}

/** The distinct real roots in ascending order. */
export function algebraicRoots(p: Polynomial | IntegerPoly, budget: Budget = unlimited): AlgebraicNumber[] {
  return realRoots(p, budget).map(({ root }) => root);
}

/**
 * The distinct real roots in ascending order as decimals, each rounded correctly to the given number of significant digits, without
 * a factorisation: for when the values alone are wanted. Certified like {@link realRoots}. DomainError for the zero polynomial and
 * for two or more variables.
 *
 * @example
 * realRootDecimals(parsePolynomial("x^3 - 2"), 10) // ["1.25992105"]
 */
export function realRootDecimals(p: Polynomial | IntegerPoly, digits: number, budget: Budget = unlimited): string[] {
  const f = integerPoly.squareFreePart(univariateCoefficients(p), budget);
  if (f.length < 2) return [];
  const intervals = isolateRealRoots(f, budget);
  const decimals = (list: readonly IsolatingInterval[]): string[] =>
    list.map((interval) => {
      budget.spend(f.length, "refining real roots");
      return decimalOf(f, interval, digits);
    });
  if (f.some((c, k) => (f.length - 1 - k) % 2 === 1 && c !== 0n)) return decimals(intervals);
  // An even or odd polynomial has its roots in pairs.
  const positive = decimals(intervals.slice((intervals.length + 1) >> 1));
  const zero = intervals.length % 2 === 1 ? ["0"] : [];
  return [...positive.toReversed().map((text) => `-${text}`), ...zero, ...positive];
}

/** The root in the interval when it is a rational number of few digits, found from the estimate; undefined says nothing. */
function simpleRoot(f: IntegerPoly, { lower, upper, near }: IsolatingInterval): Rational | undefined {
  if (QQ.equals(lower, upper)) return lower;
  if (near === undefined || near.num === 0n) return undefined;
  const blur = QQ.fromRatio(near.num < 0n ? -near.num : near.num, near.den << 36n);
  const candidate = simplestRationalBetween(QQ.sub(near, blur), QQ.add(near, blur));
  if (bitLength(candidate.num) + bitLength(candidate.den) > 30) return undefined;
  const inside = QQ.compare(lower, candidate) < 0 && QQ.compare(candidate, upper) < 0;
  return inside && integerPoly.signAt(f, candidate) === 0 ? candidate : undefined;
}

function decimalOf(f: IntegerPoly, interval: IsolatingInterval, digits: number): string {
  const exact = simpleRoot(f, interval);
  if (exact !== undefined) return rationalToDecimal(exact, digits);
  const { lower, upper, near } = interval;
  let cell = startingCell(f, lower, upper, near);
  for (let bits = Math.ceil(digits * 3.33) + 8; ; bits += 32 + (bits >> 2)) {
    cell = refineCell(f, cell, bits);
    const ends = boundsOf(cell);
    const text = rationalToDecimal(ends.lower, digits);
    if (text === rationalToDecimal(ends.upper, digits)) return text;
    // A rational root may lie on the border between two decimals, where no width of the interval is enough.
    for (const end of [ends.lower, ends.upper, simplestRationalBetween(ends.lower, ends.upper)]) {
      if (integerPoly.signAt(f, end) === 0) return rationalToDecimal(end, digits);
    }
  }
}

/** The real roots of a polynomial that is known to be irreducible, in ascending order. */
export function rootsOfIrreducible(f: IntegerPoly, budget: Budget): AlgebraicNumber[] {
  if (f.length === 2) return [algebraicFromRational(QQ.fromRatio(-f[0]!, f[1]!))];
  return isolateRealRoots(f, budget).map(({ lower, upper, near }) => algebraicFromIsolated(f, lower, upper, near));
}

/** The distinct roots of p in the closed interval [lo, hi], in ascending order. DomainError for lo > hi. */
export function rootsBetween(
  p: Polynomial | IntegerPoly,
  lo: Rational,
  hi: Rational,
  budget: Budget = unlimited,
): AlgebraicNumber[] {
  if (QQ.compare(lo, hi) > 0) {
    throw new DomainError(
      `the interval from ${rationalToText(lo)} to ${rationalToText(hi)} has its ends in the wrong order`,
    );
  }
  const single = QQ.equals(lo, hi);
  return integerPoly
    .factor(univariateCoefficients(p), budget)
    .factors.flatMap(({ factor }) => {
      if (factor.length === 2) {
        const [root] = rootsOfIrreducible(factor, budget);
        return compareWithRational(root!, lo) >= 0 && compareWithRational(root!, hi) <= 0 ? [root!] : [];
      }
      if (single) return [];
      return isolateRealRootsBetween(factor, lo, hi, budget).map((x) =>
        algebraicFromIsolated(factor, x.lower, x.upper, x.near),
      );
    })
    .sort(compareAlgebraic);
}

/**
 * The one root of p in the closed interval [lo, hi] with its own minimal polynomial, undefined when there is none. InternalError
 * when there is more than one, because the caller claims to have isolated it.
 */
export function rootInInterval(
  p: Polynomial | IntegerPoly,
  lo: Rational,
  hi: Rational,
  budget: Budget = unlimited,
): AlgebraicNumber | undefined {
  const roots = rootsBetween(p, lo, hi, budget);
  if (roots.length > 1) {
    throw new InternalError(
      `the interval from ${rationalToText(lo)} to ${rationalToText(hi)} has ${roots.length} roots where one was expected`,
    );
  }
  return roots[0];
}
