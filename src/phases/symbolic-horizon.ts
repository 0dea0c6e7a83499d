import {
  type Budget,
  BudgetError,
  DomainError,
  LimitError,
  notDefined,
  type Outcome,
  ok,
  unable,
  unlimited,
} from "../core/index.js";
import { type HorizonCause, horizon } from "../evolution/index.js";
import { decompress } from "../flow/index.js";
import { AmbiguousBranchError, type Law, specialiseOrRemake } from "../law/index.js";
import {
  constant,
  constantValue,
  degree,
  discriminant,
  equals,
  fromIntegerPoly,
  integerPoly,
  isConstant,
  isZero,
  leadingCoefficient,
  type Polynomial,
  resultant,
  substitute,
  toIntegerPoly,
  toText,
  variable,
} from "../poly/index.js";
import { QQ, type Rational } from "../rings/index.js";
import { type AlgebraicNumber, algebraicRoots, compareAlgebraic, compareWithRational } from "../roots/index.js";
import { coprime, criticalCurves, irreducibleCurves } from "./phases.js";
import { type Range, rationalWithin, stripsOf } from "./phases-cells.js";
import { regionsOf } from "./phases-regions.js";
import { conditionText, type SignedCell } from "./symbolic-horizon-conditions.js";
import { type Reduction, reductions } from "./symbolic-horizon-reduction.js";
import { type Branch, rootText } from "./symbolic-horizon-text.js";

/** The horizon of a law on a part of its parameter space. */
export interface HorizonCase {
  /** tau* as a formula in the parameters, or "infinity". */
  readonly symbolic: string;
  /** The polynomial in tau and the parameters of which it is a root; undefined for infinity. */
  readonly polynomial: Polynomial | undefined;
  /** Strict inequalities between polynomials, joined by `and` and `or`; empty when it always holds. */
  readonly condition: string;
  readonly cause: HorizonCause;
}

export interface SymbolicHorizonOptions {
  /** Whether parameters belong to the domain of the law: elsewhere its curve may still be that of some other law. Default: all do. */
  readonly admissible?: (values: Readonly<Record<string, Rational>>) => boolean;
  /** Makes the law anew with values of its parameters, where its curve with these values does not tell the branch by itself. */
  readonly remake?: (values: Readonly<Record<string, Rational>>) => Law;
}

const mostSamples = 200;
const time = "tau";

/**
 * The horizon of a law with parameters as a formula, on each open part of the parameter space on which the law is a spectrum. Shifts and dilations,
 * which leave the horizon, are divided out first; at most two parameters may be left. Off the critical curves in parameters and tau (the
 * discriminant of the critical points of the decompressed law) nothing changes, and a law that is a spectrum at tau is one at every smaller size. So a
 * critical time that is the horizon at one point of the parameter space stays it along a path on which it meets no other one, and only these
 * meetings are projected along tau: a rational sample of each region of what is left tells the horizon on the whole region. Exact; nothing is
 * said about the boundaries between the regions, where parameters satisfy an equation.
 *
 * `undefined` when the law is a spectrum for no open set of parameters, `unable` with the reason when the projection is beyond the limits.
 *
 * @example symbolicHorizon(ensembles.kestenMcKay("d")) // d
 */
export function symbolicHorizon(
  law: Law,
  options: SymbolicHorizonOptions = {},
  budget: Budget = unlimited,
): Outcome<readonly HorizonCase[]> {
  if (law.parameters.length === 0) throw new DomainError("the law has no parameters; ask for its horizon itself");
  if (law.parameters.includes(time)) {
    throw new DomainError(
      "the law has a parameter named tau, which is the name of the size factor; rename the parameter",
    );
  }
  try {
    const cases: HorizonCase[] = [];
    for (const reduction of reductions(law, budget)) {
      for (const found of casesOf(reduction, options, budget)) {
        const restored = found.polynomial === undefined ? undefined : reduction.restore(found.polynomial);
        cases.push({
          symbolic: restored === undefined ? "infinity" : rootText(restored, time, found.branch, budget),
          polynomial: restored,
          condition: conditionText(found.inside, found.outside, reduction.restore, reduction.conditions),
          cause: found.cause,
        });
      }
    }
    if (cases.length === 0) return notDefined("the law is a spectrum for no open set of parameters");
    return ok(cases.sort((a, b) => weightOf(b) - weightOf(a)));
  } catch (error) {
    if (!(error instanceof LimitError) || error instanceof BudgetError) throw error;
    return unable(
      `${error.message}; give ${law.parameters.join(" or ")} a value, on the command line with --set ${law.parameters[0]}=1/2`,
    );
  }
}

/** A formula in the parameters comes first, then what is longer to say. */
function weightOf({ polynomial }: HorizonCase): number {
  if (polynomial === undefined) return 0;
  if (polynomial.variables.length === 1) return 1;
  return degree(polynomial, time) === 1 ? 3 : 2;
}

type Values = Readonly<Record<string, Rational>>;

interface FamilyCase {
  readonly polynomial: Polynomial | undefined;
  readonly branch: Branch;
  readonly cause: HorizonCause;
  readonly inside: readonly SignedCell[];
  readonly outside: readonly SignedCell[];
}

interface Sample extends SignedCell {
  readonly key: string;
  readonly found:
    | { readonly polynomial: Polynomial | undefined; readonly branch: Branch; readonly cause: HorizonCause }
    | undefined;
}

function casesOf(
  { law, fixed }: Reduction,
  { admissible = () => true, remake }: SymbolicHorizonOptions,
  budget: Budget,
): readonly FamilyCase[] {
  if (law.parameters.length > 2) {
    throw new LimitError(
      `the horizon as a formula is available for up to two parameters beside shift and scale, and the law has ${law.parameters.join(", ")}`,
    );
  }
  const curves = law.parameters.length === 0 ? [] : criticalCurves(decompress(law, time, budget), budget);
  const remade = remake && ((values: Values): Law => remake({ ...fixed, ...values }));
  const isInDomain = (values: Values): boolean => admissible({ ...fixed, ...values });
  const seen = new Map<string, Sample["found"]>();
  const horizonAt = (values: Values): Sample["found"] => {
    const place = placeText(values);
    if (!seen.has(place)) {
      budget.spend(1, "computing horizons at sample parameters");
      seen.set(place, sampleHorizon(specialiseOrRemake(law, values, remade, budget), values, curves, budget));
    }
    return seen.get(place);
  };
  const sampleOf = (borders: readonly Polynomial[], { all, inDomain }: SampledRegion): Sample => {
    const values = inDomain[0] ?? all[0]!;
    const signs = borders.map((border) => QQ.sign(valueAt(border, values)) as -1 | 0 | 1);
    const found = regionHorizon(inDomain, isInDomain, horizonAt);
    return { borders, signs, place: placeText({ ...fixed, ...values }), found, key: keyOf(found) };
  };
  // The horizons that occur bring their borders with them, until no sample shows another one.
  const looked = new Set<string>();
  let borders = irreducibleCurves(lastingBorders(curves, law.parameters), budget);
  for (;;) {
    const samples = sampledRegions(borders, law.parameters, isInDomain, budget).map((r) => sampleOf(borders, r));
    const occurring = samples.flatMap(({ found }) => (found === undefined ? [] : [found.polynomial]));
    const more = occurring.flatMap((horizon) => {
      const name = horizon === undefined ? "infinity" : toText(horizon);
      if (looked.has(name)) return [];
      looked.add(name);
      return bordersOf(horizon, curves, budget);
    });
    if (more.length === 0) return familiesOf(samples);
    borders = coprime([...borders, ...irreducibleCurves(more, budget)], budget);
  }
}

/** The samples with the same horizon together. */
function familiesOf(samples: readonly Sample[]): readonly FamilyCase[] {
  const keys = [...new Set(samples.filter((s) => s.found !== undefined).map((s) => s.key))];
  return keys.map((key) => {
    const inside = samples.filter((s) => s.key === key);
    const found = inside[0]!.found!;
    const alike = inside.every((s) => s.found!.cause === found.cause);
    const cause = alike ? found.cause : weakened(found.cause);
    return { ...found, cause, inside, outside: samples.filter((s) => s.key !== key) };
  });
}

function placeText(values: Values): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} = ${QQ.toText(value)}`)
    .join(", ");
}

/** Rational points of a region of the parameter space; those from the first on that is in the domain of the law. */
interface SampledRegion {
  readonly all: readonly Values[];
  readonly inDomain: readonly Values[];
}

function sampledRegions(
  borders: readonly Polynomial[],
  parameters: readonly string[],
  isInDomain: (values: Values) => boolean,
  budget: Budget,
): readonly SampledRegion[] {
  const regions = samplePoints(borders, parameters, budget).map((points): SampledRegion => {
    const all = points.map((point) => Object.fromEntries(parameters.map((name, k) => [name, point[k]!])));
    // The domain need not end at a border, so that a region belongs to it when one of several points does.
    const start = all.findIndex(isInDomain);
    return { all, inDomain: start < 0 ? [] : all.slice(start) };
  });
  const looked = regions.filter((region) => region.inDomain.length > 0).length;
  if (looked > mostSamples) {
    throw new LimitError(
      `the parameter space falls into ${looked} regions, more than the ${mostSamples} that are looked at`,
    );
  }
  return regions;
}

function keyOf(found: Sample["found"]): string {
  if (found === undefined) return "";
  if (found.polynomial === undefined) return "infinity";
  return `${toText(found.polynomial)} ${found.branch.index} ${found.branch.of} ${weakened(found.cause)}`;
}

/** From a zero of m outside the bulks a branch point leaves into the upper half-plane, as it may from inside them. */
function weakened(cause: HorizonCause): HorizonCause {
  return cause === "zero-outside-bulks" ? "branch-points" : cause;
}

/**
 * What divides the parameter space whatever the horizon is: the parameters, the critical curves without tau, and where a critical time is 1, so
 * that the law itself changes. Off their zeros a law stays a spectrum or none, and a horizon 1 stays 1.
 */
function lastingBorders(curves: readonly Polynomial[], parameters: readonly string[]): readonly Polynomial[] {
  const atOne = curves.map((curve) => substitute(curve, { [time]: constant(1) }));
  return nontrivial([...parameters.map(variable), ...atOne]);
}

/**
 * Polynomials in the parameters off whose zeros a horizon stays what it is: a root of `horizon` stays one root and meets no root of another critical
 * curve; where it is infinite (`undefined`), no critical time goes to infinity.
 */
function bordersOf(
  horizon: Polynomial | undefined,
  curves: readonly Polynomial[],
  budget: Budget,
): readonly Polynomial[] {
  const moving = curves.filter((curve) => curve.variables.includes(time));
  if (horizon === undefined) return nontrivial(moving.map((curve) => leadingCoefficient(curve, time)));
  const own = [leadingCoefficient(horizon, time)];
  if (degree(horizon, time) > 1) own.push(discriminant(horizon, time, budget));
  const meetings = moving
    .filter((curve) => !equals(curve, horizon))
    .map((curve) => {
      budget.spend(1, "projecting the critical times");
      return resultant(curve, horizon, time, budget);
    });
  return nontrivial([...own, ...meetings]);
}

function nontrivial(polynomials: readonly Polynomial[]): readonly Polynomial[] {
  return polynomials.filter((p) => !isZero(p) && !isConstant(p));
}

const choicesPerCell = [0, 1, 2];

/** Some rational points of each region of the space of no, one or two parameters, one of every cell at least. */
function samplePoints(
  borders: readonly Polynomial[],
  parameters: readonly string[],
  budget: Budget,
): readonly (readonly (readonly Rational[])[])[] {
  const [first, second] = parameters;
  if (first === undefined) return [[[]]];
  if (second !== undefined) {
    const [x, y] = [first, second].map((name): Range => ({ name, from: undefined, to: undefined })) as [Range, Range];
    const strips = stripsOf(borders, x, y, budget);
    return regionsOf(borders, strips, x, y, budget).map((region) =>
      choicesPerCell
        .flatMap((other) => region.map((cell) => ({ ...cell, other })))
        .slice(0, Math.max(choicesPerCell.length, region.length))
        .map(({ strip, level, other }) => {
          const { at, points } = strips[strip]!;
          return [at, rationalWithin(points[level - 1]?.y, points[level]?.y, other)];
        }),
    );
  }
  const roots: AlgebraicNumber[] = [];
  for (const border of borders) {
    for (const root of algebraicRoots(border, budget)) {
      if (roots.every((other) => compareAlgebraic(other, root) !== 0)) roots.push(root);
    }
  }
  roots.sort(compareAlgebraic);
  return Array.from({ length: roots.length + 1 }, (_, k) =>
    choicesPerCell.map((other) => [rationalWithin(roots[k - 1], roots[k], other)]),
  );
}

/** The horizon in a region, at the first of some points of its domain at which the curve does not happen to fall apart. */
function regionHorizon(
  points: readonly Values[],
  isInDomain: (values: Values) => boolean,
  horizonAt: (values: Values) => Sample["found"],
): Sample["found"] {
  let ambiguous: AmbiguousBranchError | undefined;
  for (const [k, values] of points.entries()) {
    if (k > 0 && !isInDomain(values)) continue;
    try {
      return horizonAt(values);
    } catch (error) {
      if (error instanceof AmbiguousBranchError) ambiguous ??= error;
      else if (!(error instanceof DomainError)) throw error;
    }
  }
  if (ambiguous !== undefined) throw new LimitError(ambiguous.message);
  return undefined;
}

/** The horizon at one point of the parameter space and the curve that it lies on; undefined where the law is no spectrum. */
function sampleHorizon(law: Law, values: Values, curves: readonly Polynomial[], budget: Budget): Sample["found"] {
  const found = horizon(law, budget);
  if (found.kind === "undefined") return undefined;
  if (found.kind === "unable") throw new LimitError(found.reason);
  const { tau, cause } = found.value;
  if (tau === "infinity") return { polynomial: undefined, branch: { index: 0, of: 0 }, cause };
  if (compareWithRational(tau, QQ.one) < 0) return undefined;
  // tau − 1 divides out of the discriminant at times, and is critical always.
  const all = [...curves, ...(compareWithRational(tau, QQ.one) === 0 ? [unitTime()] : [])];
  const numbers = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, constant(value)]));
  for (const curve of all.reverse()) {
    if (!curve.variables.includes(time)) continue;
    const here = toIntegerPoly(substitute(curve, numbers), time);
    if (integerPoly.divideExact(here, tau.minimalPolynomial) === undefined) continue;
    const roots = algebraicRoots(substitute(curve, numbers), budget);
    const index = roots.findIndex((root) => compareAlgebraic(root, tau) === 0);
    if (index >= 0) return { polynomial: curve, branch: { index, of: roots.length }, cause };
  }
  // Only a law without parameters has no curves to choose from.
  if (Object.keys(values).length === 0) {
    const polynomial = fromIntegerPoly(tau.minimalPolynomial, time);
    const roots = algebraicRoots(polynomial, budget);
    return {
      polynomial,
      branch: { index: roots.findIndex((r) => compareAlgebraic(r, tau) === 0), of: roots.length },
      cause,
    };
  }
  throw new LimitError("the horizon at a sample of the parameters lies on none of the critical curves");
}

function unitTime(): Polynomial {
  return fromIntegerPoly([-1n, 1n], time);
}

function valueAt(p: Polynomial, values: Readonly<Record<string, Rational>>): Rational {
  const numbers = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, constant(value)]));
  return constantValue(substitute(p, numbers));
}
