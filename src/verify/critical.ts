// Exact: the critical points of a curve, complete, in disjoint intervals and discs.
import { QQ, type Rational } from "../rings/index.js";
import {
  checkResultant,
  claim,
  compareRoot,
  divides,
  type Factor,
  factorOf,
  type Root,
  rootOf,
  valuation,
} from "./algebra.js";
import { dyadic, minus, norm, type Point, pellet, scaled, taylor } from "./discs.js";
import {
  type Dense,
  dense,
  derivative,
  fromRows,
  integers,
  list,
  natural,
  object,
  type Poly,
  parseFraction,
  rows,
  substitute,
  textOf,
} from "./polynomial.js";

/** A factor of the resultant of P and dP/dm: how often it divides the discriminant of P, and its leading coefficient. */
export interface CriticalFactor extends Factor {
  readonly inDiscriminant: number;
  readonly inLeading: number;
  /** How many of the coefficients of the highest powers of m it divides. */
  readonly atInfinity: number;
  /** Whether a simple crossing of sheets is proved to be all of its part of the discriminant: nothing ramifies there. */
  readonly crosses: boolean;
}

/** A critical point of the open upper half-plane, alone in its disc. */
export interface UpperPoint {
  readonly of: CriticalFactor;
  readonly at: Point;
  readonly radius: Rational;
}

export interface Critical {
  readonly curve: Poly;
  /** All of them, from left to right. */
  readonly real: readonly Root<CriticalFactor>[];
  /** All of them in the open upper half-plane. */
  readonly upper: readonly UpperPoint[];
  readonly factors: readonly CriticalFactor[];
}

/**
 * Proves every claim of a step on the critical points of a curve in z and m. The places are disjoint and hold a root each, and with the
 * conjugate ones they are as many as the degree of the product of the factors: so they are all, and no two factors have one in common.
 */
export function checkCritical(curve: Poly, step: unknown): Critical {
  const given = object(step, "kind", "of", "factors", "real", "discs");
  const coefficients = rows(curve, "m").map((row) => dense(row, "z"));
  const leading = coefficients.at(-1)!;
  const powers = list(given.factors).map((entry) => natural(list(entry, 4)[1]));
  const factors = list(given.factors).map((entry, k): CriticalFactor => {
    const [, , crossing] = list(entry, 4);
    const factor = factorOf(list(entry, 4), "z");
    const inLeading = valuation(leading, factor.f);
    const inDiscriminant = powers[k]! - inLeading;
    const atInfinity = [...coefficients].reverse().findIndex((row) => !divides(factor.f, row));
    const crosses = list(crossing).length > 0;
    if (crosses) claim(inDiscriminant === 2 && isCrossing(curve, factor.f, list(crossing, 2)), "a crossing is none");
    return { ...factor, inDiscriminant, inLeading, atInfinity, crosses };
  });
  checkResultant(
    curve,
    derivative(curve, "m"),
    "m",
    factors.map(({ p }, k) => [p, powers[k]!]),
  );
  const sum = (count: (factor: CriticalFactor) => number): number =>
    factors.reduce((all, factor) => all + count(factor) * (factor.f.length - 1), 0);
  const whole = sum(({ inLeading }) => inLeading) === leading.length - 1;
  claim(whole, "a factor of the resultant divides the leading coefficient in part only");
  const real = list(given.real).map((entry) => rootOf(entry, factors));
  const ascending = real.every(({ upper }, k) => k + 1 === real.length || QQ.compare(upper, real[k + 1]!.lower) < 0);
  claim(ascending, "the real critical points are not in ascending, disjoint intervals");
  const upper = list(given.discs).map((disc) => upperPoint(integers(disc, 5), factors));
  const apart = upper.every((a, k) => upper.slice(0, k).every((b) => areApart(a, b)));
  claim(apart, "two discs of critical points overlap");
  claim(real.length + 2 * upper.length === sum(() => 1), "the critical points that are given are not all of them");
  return { curve, factors, real, upper };
}

/** Whether the curve is singular at m = value (or 1/m = value), a formula in z, over every root of f. */
function isCrossing(curve: Poly, f: Dense, entry: readonly unknown[]): boolean {
  const [chart, value] = entry.map(textOf) as [string, string];
  const m = parseFraction(value);
  const p = chart === "m" ? curve : fromRows(rows(curve, "m").reverse(), "m");
  return [p, derivative(p, "m"), derivative(p, "z")].every((q) => divides(f, dense(substitute(q, { m }), "z")));
}

/** From factor, re, im, radius and bits: a disc of the upper half-plane with one root, in units of 2^-bits. */
function upperPoint(numbers: readonly bigint[], factors: readonly CriticalFactor[]): UpperPoint {
  const [index, re, im, radius, places] = numbers as [bigint, bigint, bigint, bigint, bigint];
  const [of, bits] = [factors[Number(index)], natural(String(places))];
  claim(of !== undefined && im > radius && radius > 0n, "a disc of a critical point is not in the upper half-plane");
  const column = of.f.map((c) => [c]);
  const isAlone = pellet(taylor(column, bits, { re: 0n, im: 0n }, { re, im }), 1, 0n, radius);
  claim(isAlone, "a disc is not shown to hold one critical point");
  return { of, at: scaled({ re, im }, bits), radius: dyadic(radius, bits) };
}

const areApart = (a: UpperPoint, b: UpperPoint): boolean =>
  QQ.compare(norm(minus(a.at, b.at)), QQ.pow(QQ.add(a.radius, b.radius), 2)) > 0;

/** How many real critical points are below x; undefined when x is one. */
export function cellOf({ real }: Critical, x: Rational): number | undefined {
  const order = real.map((root) => compareRoot(root, x));
  return order.includes(0) ? undefined : order.filter((side) => side < 0).length;
}
