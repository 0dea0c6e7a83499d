import { realBalls, toNumber } from "../ball/index.js";
import { type Budget, DomainError, unlimited } from "../core/index.js";
import {
  coefficients,
  discriminant,
  type IntegerPoly,
  integerPoly,
  isZero,
  type Polynomial,
  toIntegerPoly,
} from "../poly/index.js";
import { QQ, type Rational, rationalToNumber } from "../rings/index.js";
import { type AlgebraicNumber, compareAlgebraic, complexRoots, realRoots } from "../roots/index.js";
import type { Complex } from "./local-expansion.js";

/** A real z over which the fibre of the curve is not simply deg_m finite points. */
export interface CriticalPoint {
  readonly at: AlgebraicNumber;
  /** Its multiplicity as a root of disc_m(P); 0 where only the leading coefficient vanishes. */
  readonly multiplicity: number;
  /** How many of the coefficients of m^K, m^(K−1), … vanish there: the number of sheets with m = infinity. */
  readonly sheetsAtInfinity: number;
}

/** All z where the sheets of a curve P(z, m) = 0 over the rationals can ramify, cross or have a pole. */
export interface CriticalPoints {
  /** disc_m(P), primitive. */
  readonly discriminant: IntegerPoly;
  /** The coefficient of the highest power of m, primitive. */
  readonly leading: IntegerPoly;
  /** In ascending order. */
  readonly real: readonly CriticalPoint[];
}

const known = new WeakMap<Polynomial, CriticalPoints>();
const knownComplex = new WeakMap<Polynomial, readonly ComplexCriticalPoint[]>();

/** The critical points of a square-free curve in z and m. Exact. */
export function criticalPoints(curve: Polynomial, budget: Budget = unlimited): CriticalPoints {
  const cached = known.get(curve);
  if (cached !== undefined) return cached;
  const rows = coefficients(curve, "m").map((row) => (isZero(row) ? [] : toIntegerPoly(row, "z")));
  const disc = primitiveIn(discriminant(curve, "m", budget));
  if (disc.length === 0) throw new DomainError("the curve has a repeated factor; give its square-free part");
  const leading = rows.at(-1)!;
  const points: CriticalPoint[] = realRoots(disc, budget).map(({ root, multiplicity }) => ({
    at: root,
    multiplicity,
    sheetsAtInfinity: 0,
  }));
  for (const { root } of realRoots(leading, budget)) {
    const sheetsAtInfinity = vanishingFromTop(rows, root);
    const existing = points.findIndex((point) => compareAlgebraic(point.at, root) === 0);
    if (existing >= 0) points[existing] = { ...points[existing]!, sheetsAtInfinity };
    else points.push({ at: root, multiplicity: 0, sheetsAtInfinity });
  }
  points.sort((a, b) => compareAlgebraic(a.at, b.at));
  const result: CriticalPoints = { discriminant: disc, leading, real: points };
  known.set(curve, result);
  return result;
}

/** A critical point that is not real, with its multiplicity as a root of disc_m(P); 0 where only the leading coefficient vanishes. */
export interface ComplexCriticalPoint {
  readonly at: Complex;
  readonly multiplicity: number;
  /** The same place, known much finer than it is apart from every other such point, its conjugate among them. */
  readonly fine: FinePoint;
}

/** A complex number with rational parts. */
export interface FinePoint {
  readonly re: Rational;
  readonly im: Rational;
}

/** The distance of two points, however near to one another, in double precision. */
export function distanceOf(a: FinePoint, b: FinePoint): number {
  return Math.hypot(rationalToNumber(QQ.sub(a.re, b.re)), rationalToNumber(QQ.sub(a.im, b.im)));
}

/** The critical points that are not real, to double precision, conjugates together. */
export function complexCriticalPoints(curve: Polynomial, budget: Budget = unlimited): readonly ComplexCriticalPoint[] {
  const cached = knownComplex.get(curve);
  if (cached !== undefined) return cached;
  const { discriminant: disc, leading } = criticalPoints(curve, budget);
  const leadingAlone = integerPoly.divideExact(leading, integerPoly.gcd(leading, disc, budget)) ?? [];
  const real = realBalls(64);
  const of = (p: IntegerPoly, weight: 0 | 1, digits: number): ComplexCriticalPoint[] =>
    p.length <= 1
      ? []
      : complexRoots(p, { digits }, budget)
          .filter((root) => !root.real)
          .map(({ ball, multiplicity }) => ({
            at: { re: toNumber(ball.re), im: toNumber(ball.im) },
            multiplicity: weight * multiplicity,
            fine: { re: real.midpointRational(ball.re), im: real.midpointRational(ball.im) },
          }));
  let digits = doubleDigits;
  for (;;) {
    const result = [...of(disc, 1, digits), ...of(leadingAlone, 0, digits)];
    const needed = doubleDigits + digitsToSeparate(result);
    if (digits >= needed) {
      knownComplex.set(curve, result);
      return result;
    }
    digits = needed;
  }
}

const doubleDigits = 16;

/** How many decimal places of their size the two nearest of the points share; none where they are not near to one another. */
function digitsToSeparate(points: readonly ComplexCriticalPoint[]): number {
  let most = 0;
  points.forEach((one, k) => {
    const size = Math.hypot(one.at.re, one.at.im);
    for (const other of points.slice(k + 1)) {
      const distance = distanceOf(one.fine, other.fine);
      if (distance < nearby * size) most = Math.max(most, Math.ceil(Math.log10(size / distance)));
    }
  });
  return most;
}

/** Points that are apart by less of their size are computed with more digits than doubles have. */
const nearby = 2 ** -20;

function primitiveIn(p: Polynomial): IntegerPoly {
  return isZero(p) ? [] : toIntegerPoly(p, "z");
}

/** How many rows from the top vanish at the algebraic number. */
function vanishingFromTop(rows: readonly IntegerPoly[], at: AlgebraicNumber): number {
  let count = 0;
  for (let j = rows.length - 1; j >= 0; j--) {
    const row = rows[j]!;
    if (row.length > 0 && integerPoly.divideExact(row, at.minimalPolynomial) === undefined) break;
    count++;
  }
  return count;
}
