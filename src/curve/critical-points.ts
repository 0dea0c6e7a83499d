import { toNumber } from "../ball/index.js";
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
}

/** The critical points that are not real, to double precision, conjugates together. */
export function complexCriticalPoints(curve: Polynomial, budget: Budget = unlimited): readonly ComplexCriticalPoint[] {
  const cached = knownComplex.get(curve);
  if (cached !== undefined) return cached;
  const { discriminant: disc, leading } = criticalPoints(curve, budget);
  const leadingAlone = integerPoly.divideExact(leading, integerPoly.gcd(leading, disc)) ?? [];
  const of = (p: IntegerPoly, weight: 0 | 1): ComplexCriticalPoint[] =>
    p.length <= 1
      ? []
      : complexRoots(p, {}, budget)
          .filter((root) => !root.real)
          .map((root) => ({
            at: { re: toNumber(root.ball.re), im: toNumber(root.ball.im) },
            multiplicity: weight * root.multiplicity,
          }));
  const result = [...of(disc, 1), ...of(leadingAlone, 0)];
  knownComplex.set(curve, result);
  return result;
}

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
