// Exact: rational functions with rational coefficients, in any parameters.
import { type Budget, DomainError, unlimited } from "../core/index.js";
import {
  composeFraction,
  degree,
  derivative,
  divideExact,
  fractions,
  fractionsWithin,
  gcd,
  isConstant,
  isZero,
  multiply,
  type Polynomial,
  primitive,
  type RationalFunction,
  rationalFunction,
  substituteFractions,
  subtract,
  variable,
} from "../poly/index.js";

/** The old (z, m) as rational functions of the new (z, m), parameters in the coefficients. */
export interface Substitution {
  readonly z: RationalFunction;
  readonly m: RationalFunction;
}

/**
 * A birational map of the (z, m)-plane that carries the curve of a law to the curve of the transformed law: the old coordinates in
 * terms of the new ones, and the other way round.
 */
export interface BirationalMap {
  readonly old: Substitution;
  readonly inverse: Substitution;
}

const zVariable: RationalFunction = rationalFunction(variable("z"));
const mVariable: RationalFunction = rationalFunction(variable("m"));

/** z and m as rational functions, to write maps with. */
export const coordinates: Substitution = { z: zVariable, m: mVariable };

export const identityMap: BirationalMap = { old: coordinates, inverse: coordinates };

/**
 * `first`, then `second`. Composition acts on laws from left to right here, so the substitutions are applied in reverse
 * order: old = first.old ∘ second.old.
 */
export function composeMaps(first: BirationalMap, second: BirationalMap): BirationalMap {
  return { old: substituteInto(first.old, second.old), inverse: substituteInto(second.inverse, first.inverse) };
}

export function invertMap(map: BirationalMap): BirationalMap {
  return { old: map.inverse, inverse: map.old };
}

/** Equality as maps: the substitutions agree as rational functions. Decidable. */
export function equalMaps(a: BirationalMap, b: BirationalMap): boolean {
  return fractions.equals(a.old.z, b.old.z) && fractions.equals(a.old.m, b.old.m);
}

/**
 * The curve P(old z, old m) = 0 in the new coordinates: substituted, cleared of denominators and of the factors that the map
 * introduced, primitive. Those factors divide the denominators or the Jacobian determinant of the substitution (the curves
 * that the map contracts lie there), so they are known without factoring. Exact.
 *
 * @throws DomainError when nothing but such factors is left.
 */
export function transformCurve(curve: Polynomial, map: BirationalMap, budget: Budget = unlimited): Polynomial {
  const { z, m } = map.old;
  let result = substituteFractions(curve, { z, m }, budget).numerator;
  for (const exceptional of exceptionalCurves(map.old, budget)) result = saturate(result, exceptional, budget);
  if (degree(result, "z") < 1 || degree(result, "m") < 1) {
    throw new DomainError("the transformation contracts the curve to a point or a line; the result is no law");
  }
  return primitive(result);
}

function exceptionalCurves({ z, m }: Substitution, budget: Budget): readonly Polynomial[] {
  const { sub, mul } = fractionsWithin(budget);
  const slope = (f: RationalFunction, name: string): RationalFunction => partial(f, name, budget);
  const jacobian = sub(mul(slope(z, "z"), slope(m, "m")), mul(slope(z, "m"), slope(m, "z")));
  return [z.denominator, m.denominator, jacobian.numerator].filter((p) => !isConstant(p));
}

/** p without every factor that it shares with q. */
function saturate(p: Polynomial, q: Polynomial, budget: Budget): Polynomial {
  let rest = p;
  for (;;) {
    const common = gcd(rest, q, budget);
    if (isConstant(common) || isZero(rest)) return rest;
    const quotient = divideExact(rest, common);
    if (quotient === undefined) return rest;
    rest = quotient;
  }
}

function partial(f: RationalFunction, name: string, budget: Budget): RationalFunction {
  const { numerator: n, denominator: d } = f;
  const above = subtract(multiply(derivative(n, name), d), multiply(n, derivative(d, name)));
  return rationalFunction(above, multiply(d, d), budget);
}

function substituteInto(f: Substitution, g: Substitution): Substitution {
  const into = (part: RationalFunction): RationalFunction => composeFraction(part, { z: g.z, m: g.m });
  return { z: into(f.z), m: into(f.m) };
}
