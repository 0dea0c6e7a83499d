import { type Budget, DomainError, unlimited } from "../core/index.js";
import { type Law, specialiseOrRemake } from "../law/index.js";
import {
  coefficients,
  constant,
  contentIn,
  degree,
  discriminant,
  divideExact,
  gcd,
  isConstant,
  isZero,
  leadingCoefficient,
  type Polynomial,
  primitive,
  productOf,
  resultant,
  squareFreePart,
  substitute,
} from "../poly/index.js";
import { QQ, type Rational, rationalToText } from "../rings/index.js";
import { type AlgebraicNumber, algebraicRoots, compareAlgebraic } from "../roots/index.js";
import { criticalTimes } from "./critical-times.js";
import { decompressed } from "./decompressed.js";
import { edgePolynomial } from "./edge-polynomial.js";
import { vanishingWeights } from "./vanishing-weights.js";

/** Laws that depend on one real number t, with everything at which they can change. */
export interface Family {
  /** The name of t in the polynomials. */
  readonly name: string;
  /** t is larger than this; undefined when t is any real number. */
  readonly above: Rational | undefined;
  at(t: Rational): Law;
  /** All t at which anything qualitative can change, ascending. */
  readonly times: readonly AlgebraicNumber[];
  /** Square-free in z and t; its roots z at a t are the branch points, and perhaps others. */
  readonly branch: Polynomial;
  /** In z and t; its roots z at a t are the places where a sheet is infinite, but for single t at which it is so everywhere. */
  readonly poles: Polynomial;
}

/** The law decompressed by t > 0. */
export function sizeFamily(law: Law, budget: Budget = unlimited): Family {
  return {
    name: "tau",
    above: QQ.zero,
    at: (t) => decompressed(law, t, budget),
    times: criticalTimes(law, budget),
    branch: edgePolynomial(law, budget).polynomial,
    poles: leadingCoefficient(law.curve, "m"),
  };
}

/**
 * A law with t in the place of its one free parameter. The critical values are those of the discriminant as a curve in z and t:
 * where its roots meet each other, infinity or the places of poles, and where the curve of the law degenerates.
 *
 * @throws DomainError unless the law has this parameter and no other.
 */
export function parameterFamily(
  law: Law,
  name: string,
  remake: ((value: Rational) => Law) | undefined,
  budget: Budget = unlimited,
): Family {
  if (!law.parameters.includes(name)) {
    const has = law.parameters.length === 0 ? "it has none" : `it has ${law.parameters.join(", ")}`;
    throw new DomainError(`the law has no parameter ${name}; ${has}`);
  }
  const others = law.parameters.filter((other) => other !== name);
  if (others.length > 0) {
    throw new DomainError(
      `events in ${name} need numbers in the place of the other parameters ${others.join(", ")}; give them values, on the command line with --set ${others[0]}=1/2`,
    );
  }
  budget.spend(1, "computing the discriminant of the law");
  const whole = primitive(discriminant(law.curve, "m", budget));
  const branch = squareFreePart(withoutTimes(whole, budget), budget);
  const poles = leadingCoefficient(law.curve, "m");
  const conditions = [
    contentIn(whole, ["z"], budget),
    contentIn(poles, ["z"], budget),
    leadingCoefficient(poles, "z"),
    leadingCoefficient(branch, "z"),
    contentIn(leadingCoefficient(law.curve, "z"), ["m"], budget),
    ...coefficients(law.curve, "z").slice(-1),
  ].filter((p) => !p.variables.includes("m") && !p.variables.includes("z"));
  const ownPoles = squareFreePart(withoutTimes(poles, budget), budget);
  if (degree(branch, "z") > 1) conditions.push(discriminant(branch, "z", budget));
  if (degree(ownPoles, "z") > 1) conditions.push(discriminant(ownPoles, "z", budget));
  if (degree(ownPoles, "z") > 0) conditions.push(...vanishingWeights(law.curve, ownPoles, budget));
  if (degree(branch, "z") > 0 && degree(ownPoles, "z") > 0) {
    budget.spend(1, "computing where branch points meet poles");
    conditions.push(...meetings(branch, ownPoles, budget));
  }
  const times: AlgebraicNumber[] = [];
  for (const p of conditions) {
    if (isConstant(p) || isZero(p)) continue;
    budget.spend(1, "isolating critical values");
    for (const root of algebraicRoots(squareFreePart(p, budget), budget)) {
      if (times.every((other) => compareAlgebraic(other, root) !== 0)) times.push(root);
    }
  }
  // What was found out about a law is found again with the same one.
  const laws = new Map<string, Law>();
  return {
    name,
    above: undefined,
    at: (t) => {
      const key = rationalToText(t);
      const made = laws.get(key) ?? specialiseOrRemake(law, { [name]: t }, remake && (() => remake(t)), budget);
      laws.set(key, made);
      return made;
    },
    times: times.sort(compareAlgebraic),
    branch,
    poles: ownPoles,
  };
}

/** Res_z(p, q), without a factor that both have: branch points that stay at a pole for every t. */
function meetings(p: Polynomial, q: Polynomial, budget: Budget): Polynomial[] {
  const whole = resultant(p, q, "z", budget);
  if (!isZero(whole)) return [whole];
  const parts = (f: Polynomial): readonly Polynomial[] => splitCommon(f, p, q, budget);
  return parts(p).flatMap((a) =>
    parts(q)
      .map((b) => resultant(a, b, "z", budget))
      .filter((r) => !isZero(r)),
  );
}

function splitCommon(f: Polynomial, p: Polynomial, q: Polynomial, budget: Budget): readonly Polynomial[] {
  const common = gcd(p, q, budget);
  const rest = divideExact(f, common);
  return rest === undefined ? [f] : [common, rest];
}

function withoutTimes(p: Polynomial, budget: Budget): Polynomial {
  const content = contentIn(p, ["z"], budget);
  return isConstant(content) ? p : primitive(divideExact(p, content) ?? p);
}

/** The polynomial at z = s, times that of the poles: its roots t are the times at which a branch point or a pole passes s. */
export function crossings(family: Family, s: Rational): Polynomial {
  const at = { z: constant(s) };
  return productOf([family.branch, family.poles].map((p) => substitute(p, at)).filter((p) => !isConstant(p)));
}
