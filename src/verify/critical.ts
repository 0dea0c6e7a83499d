// Exact: the critical points of a curve, complete, in disjoint intervals and discs.
import type { Budget } from "../core/index.js";
import { QQ, type Rational } from "../rings/index.js";
import {
  checkResultant,
  claim,
  compareRoot,
  divides,
  type Factor,
  factorOf,
  quotient,
  type Root,
  rootOf,
  rootText,
  valuation,
} from "./algebra.js";
import {
  type Chart,
  chartFields,
  chartOf,
  dyadic,
  minus,
  norm,
  type Point,
  pellet,
  scaled,
  tableOf,
  taylor,
} from "./discs.js";
import { type Dense, derivative, type Poly } from "./polynomial.js";
import { integers, listOf, natural, object, textOf, tuple } from "./reading.js";

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
export function checkCritical(curve: Poly, step: unknown, budget: Budget): Critical {
  const given = object(step, {
    kind: textOf,
    of: natural,
    factors: listOf(tuple(textOf, natural, listOf(chartFields), textOf)),
    real: listOf(rootText),
    discs: listOf(integers(5)),
  });
  const table = tableOf(curve);
  const factors = given.factors.map(([text, power, crossing, witness]): CriticalFactor => {
    const factor = factorOf(text, witness, "z");
    const inLeading = valuation(table.at(-1)!, factor.f);
    const inDiscriminant = power - inLeading;
    const atInfinity = [...table].reverse().findIndex((row) => !divides(factor.f, row));
    const crosses = crossing.length > 0;
    const charts = crossing.map((fields) => chartOf(curve, fields));
    if (crosses) claim(isCrossing(factor, inDiscriminant, charts), "a crossing is none");
    return { ...factor, inDiscriminant, inLeading, atInfinity, crosses };
  });
  const powers = given.factors.map(([, power], k) => [factors[k]!.p, power] as const);
  checkResultant(curve, derivative(curve, "m"), "m", powers, budget);
  const sum = (count: (factor: CriticalFactor) => number): number =>
    factors.reduce((all, factor) => all + count(factor) * (factor.f.length - 1), 0);
  const whole = sum(({ inLeading }) => inLeading) === table.at(-1)!.length - 1;
  claim(whole, "a factor of the resultant divides the leading coefficient in part only");
  const real = given.real.map((entry) => rootOf(entry, factors));
  const ascending = real.every(({ upper }, k) => k + 1 === real.length || QQ.compare(upper, real[k + 1]!.lower) < 0);
  claim(ascending, "the real critical points are not in ascending, disjoint intervals");
  const upper = given.discs.map((numbers) => upperPoint(numbers, factors));
  const apart = upper.every((a, k) => upper.slice(0, k).every((b) => areApart(a, b)));
  claim(apart, "two discs of critical points overlap");
  claim(real.length + 2 * upper.length === sum(() => 1), "the critical points that are given are not all of them");
  return { curve, factors, real, upper };
}

/**
 * Whether no sheets ramify over the roots of f: in coordinates y = h·m − g, with one h, the discriminant has there the multiplicity 2 for each of
 * the given singular points y = 0 of the curve and no more, so that they are nodes with two smooth branches and the other points are simple.
 * With n sheets the discriminant of the curve in y is that of the curve in m times h^(n(n − 1)), without h^(2(n − 1)) for each power left out.
 */
function isCrossing({ f, irreducible }: Factor, inDiscriminant: number, charts: readonly Chart[]): boolean {
  const [{ h, power, table }] = charts as [Chart];
  const sheets = table.length - 1;
  const multiplicity = inDiscriminant + valuation(h, f) * (sheets * (sheets - 1) - 2 * power * (sheets - 1));
  const nodes = charts.filter(({ table: [free, slope] }) => {
    const once = quotient(free!, f);
    return once !== undefined && divides(f, once) && divides(f, slope!);
  });
  const differ = (a: Chart, b: Chart): boolean =>
    a.h.join() === b.h.join() && a.power === b.power && !divides(f, difference(a.g, b.g));
  return (
    irreducible &&
    multiplicity === 2 * nodes.length &&
    charts.every((a, k) => charts.slice(0, k).every((b) => differ(a, b)))
  );
}

const difference = (a: Dense, b: Dense): Dense =>
  Array.from({ length: Math.max(a.length, b.length) }, (_, k) => (a[k] ?? 0n) - (b[k] ?? 0n));

/** From factor, re, im, radius and bits: a disc of the upper half-plane with one root, in units of 2^-bits. */
function upperPoint(numbers: readonly bigint[], factors: readonly CriticalFactor[]): UpperPoint {
  const [index, re, im, radius, places] = numbers as [bigint, bigint, bigint, bigint, bigint];
  const [of, bits] = [factors[Number(index)], Number(places)];
  claim(bits >= 0 && bits <= 20_000, "a disc of a critical point is too small");
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
