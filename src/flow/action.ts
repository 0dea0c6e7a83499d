import { DomainError, InternalError } from "../core/index.js";
import {
  coefficients,
  composeFraction,
  degree,
  fractions,
  isZero,
  type Polynomial,
  type RationalFunction,
  rationalFunction,
  variable,
} from "../poly/index.js";
import { type PowerSeries, powerSeries } from "../series/index.js";
import type { BirationalMap } from "./birational-map.js";

/** w^valuation times a power series with non-zero constant term, known as far as the list goes. */
interface LaurentSeries {
  readonly valuation: number;
  readonly series: PowerSeries<RationalFunction>;
}

const ring = powerSeries(fractions);

/**
 * The free cumulants of the new law from kappa_1, …, kappa_n of the old one, without any curve: z = R(−m) − 1/m near infinity is
 * carried over as a parametrised arc, and read as R again. As many as can be known from n. Exact; cumulants and map may hold
 * parameters.
 *
 * @throws DomainError when the map moves the point at infinity where moments are read (inversion, Möbius maps with a pole):
 * finitely many cumulants of the one law say nothing of the other then.
 * @example carryCumulants(decompressionMap(tau), kappa) // kappa_n·tau^(n − 1)
 */
export function carryCumulants(map: BirationalMap, kappas: readonly RationalFunction[]): readonly RationalFunction[] {
  // With w = m: z = (−1 + kappa_1 w − kappa_2 w² + …)/w.
  const arc = [fractions.neg(fractions.one), ...kappas.map((kappa, k) => (k % 2 === 0 ? kappa : fractions.neg(kappa)))];
  const z = alongArc(map.inverse.z, arc);
  const m = alongArc(map.inverse.m, arc);
  if (z.valuation !== -1 || m.valuation !== 1 || !isMinusOne(fractions.mul(z.series[0]!, m.series[0]!))) {
    throw new DomainError("the transformation moves infinity, so free cumulants are not carried by it");
  }
  const order = Math.min(z.series.length, m.series.length);
  // z as a series in the new m: (z·m)/m, with w replaced by the reversion of m(w).
  const parameter = ring.reversion([fractions.zero, ...m.series.slice(0, order)]);
  const product = ring.mul(z.series, m.series);
  return composed(product, parameter)
    .slice(1, order)
    .map((c, k) => (k % 2 === 0 ? c : fractions.neg(c)));
}

function isMinusOne(f: RationalFunction): boolean {
  return fractions.equals(f, fractions.neg(fractions.one));
}

/** outer(inner(w)) for an inner series without constant term. */
function composed(
  outer: PowerSeries<RationalFunction>,
  inner: PowerSeries<RationalFunction>,
): PowerSeries<RationalFunction> {
  const order = Math.min(outer.length, inner.length);
  return outer
    .slice(0, order)
    .reduceRight<PowerSeries<RationalFunction>>(
      (sum, c) => ring.add(ring.constant(c, order), ring.mul(sum, inner)),
      ring.constant(fractions.zero, order),
    );
}

/** f(z, m) along m = w, z = arc(w)/w. */
function alongArc(f: RationalFunction, arc: PowerSeries<RationalFunction>): LaurentSeries {
  const numerator = polynomialAlongArc(f.numerator, arc);
  const denominator = polynomialAlongArc(f.denominator, arc);
  const order = Math.min(numerator.series.length, denominator.series.length);
  return {
    valuation: numerator.valuation - denominator.valuation,
    series: ring.mul(numerator.series.slice(0, order), ring.inverse(denominator.series.slice(0, order))),
  };
}

function polynomialAlongArc(p: Polynomial, arc: PowerSeries<RationalFunction>): LaurentSeries {
  // z^i m^j is w^(j − i)·arc^i.
  const parts = coefficients(p, "z").flatMap((inM, i) =>
    coefficients(inM, "m").flatMap((c, j) => (isZero(c) ? [] : [{ exponent: j - i, i, factor: rationalFunction(c) }])),
  );
  const lowest = Math.min(...parts.map((part) => part.exponent));
  const powers = [ring.constant(fractions.one, arc.length)];
  while (powers.length <= degree(p, "z")) powers.push(ring.mul(powers.at(-1)!, arc));
  const sum = parts
    .map(({ exponent, i, factor }) => ring.scale(multipliedByPower(powers[i]!, exponent - lowest), factor))
    .reduce(ring.add, ring.constant(fractions.zero, arc.length));
  const first = sum.findIndex((c) => !fractions.isZero(c));
  if (first < 0) throw new InternalError("a map of the plane degenerates along the branch at infinity");
  return { valuation: lowest + first, series: sum.slice(first) };
}

/** w^n times a series, to the order of the series. */
function multipliedByPower(series: PowerSeries<RationalFunction>, n: number): PowerSeries<RationalFunction> {
  return [...new Array<RationalFunction>(n).fill(fractions.zero), ...series].slice(0, series.length);
}

/** A simple pole of a sheet, m ~ −weight/(z − at): on the physical sheet an atom. */
export interface SheetPole {
  readonly at: RationalFunction;
  readonly weight: RationalFunction;
}

/**
 * Where a map takes a simple pole of a sheet: decompression by tau leaves `at` and makes the weight 1 − (1 − weight)/tau; undefined
 * when the pole is carried to infinity or the sheet has no pole any more (a free sum with a semicircle spreads an atom).
 * The new weight may be zero or negative: an atom that died, or one that is still to be born. Exact; for the maps
 * of this room, whose action on a pole depends on its principal part alone.
 */
export function carryPole(map: BirationalMap, pole: SheetPole): SheetPole | undefined {
  const t = freshName([pole.at, pole.weight, map.inverse.z, map.inverse.m]);
  const offset = rationalFunction(variable(t));
  const arc = { z: fractions.add(pole.at, offset), m: fractions.neg(fractions.div(pole.weight, offset)) };
  const z = composeFraction(map.inverse.z, arc);
  const at = valueAtZero(z, t);
  if (at === undefined) return undefined;
  const m = composeFraction(map.inverse.m, arc);
  if (valueAtZero(m, t) !== undefined) return undefined;
  const weight = valueAtZero(fractions.neg(fractions.mul(m, fractions.sub(z, at))), t);
  return weight === undefined ? undefined : { at, weight };
}

/** The value at t = 0; undefined at a pole. */
function valueAtZero(f: RationalFunction, t: string): RationalFunction | undefined {
  const denominator = coefficients(f.denominator, t)[0]!;
  if (isZero(denominator)) return undefined;
  return rationalFunction(coefficients(f.numerator, t)[0]!, denominator);
}

function freshName(functions: readonly RationalFunction[]): string {
  const used = functions.flatMap((f) => [...f.numerator.variables, ...f.denominator.variables]);
  let name = "t";
  while (used.includes(name)) name += "t";
  return name;
}
