import { type Budget, BudgetError, DomainError, LimitError, unlimited } from "../core/index.js";
import {
  composeFraction,
  constant,
  contentIn,
  degree,
  divideExact,
  factor,
  isConstant,
  isZero,
  type Polynomial,
  parsePolynomial,
  primitive,
  type RationalFunction,
  rationalFunction,
  squareFree,
  substitute,
  toText,
} from "../poly/index.js";
import type { Rational } from "../rings/index.js";
import { whyNotParameter } from "./scalar.js";

/**
 * A spectral law: the exact plane curve P(z, m) = 0 of its Stieltjes transform m(z) = ∫ rho(dx)/(x − z), over the rationals
 * with parameters, and what singles out its physical branch m = −1/z − mu_1/z² − … at infinity.
 */
export interface Law {
  /** Canonical: primitive, integer coefficients, free of factors that lack z or m. */
  readonly curve: Polynomial;
  /** The names of the free parameters, in alphabetical order. */
  readonly parameters: readonly string[];
  /** What made it. */
  readonly derivation: Derivation;
  /** mu_1, mu_2, … as far as the caller had to give them to single out the branch; empty when the curve does it alone. */
  readonly givenMoments: readonly RationalFunction[];
  /** Rational bounds of mu_1 that single out the branch where conjugate ones have irrational moments; left out where nothing needs them. */
  readonly meanBetween?: readonly [Rational, Rational];
}

/** The operation that made a law, by its name in the input language, with what it was applied to. */
export interface Derivation {
  readonly operation: string;
  readonly operands: readonly Operand[];
  /** Old z and m as functions of the new ones, where the curve came from that of a law by a substitution. */
  readonly substitution?: { readonly of: Law; readonly z: RationalFunction; readonly m: RationalFunction };
}

/** The record of an operation on laws and numbers: its laws stand before its scalars. */
export function derivationOf(
  operation: string,
  laws: readonly Law[],
  scalars: readonly RationalFunction[] = [],
): Derivation {
  const operands: Operand[] = [
    ...laws.map((law): Operand => ({ kind: "law", law })),
    ...scalars.map((value): Operand => ({ kind: "scalar", value })),
  ];
  return { operation, operands };
}

export type Operand =
  | { readonly kind: "law"; readonly law: Law }
  | { readonly kind: "scalar"; readonly value: RationalFunction }
  | { readonly kind: "pairs"; readonly pairs: readonly (readonly [RationalFunction, RationalFunction])[] }
  | { readonly kind: "scalars"; readonly values: readonly RationalFunction[] }
  | { readonly kind: "polynomial"; readonly value: Polynomial };

export interface LawOptions {
  readonly derivation?: Derivation;
  /** mu_1, mu_2, … : needed only when several branches of the curve look like a law at infinity. */
  readonly moments?: readonly RationalFunction[];
  /** Bounds of mu_1, where the moments are irrational and several branches look like a law at infinity. */
  readonly meanBetween?: readonly [Rational, Rational];
}

/**
 * The law of a curve P(z, m) = 0, given as a polynomial or its text. Exact. Factors that lack z or m are no part of the curve of a
 * law and are dropped. That the curve has a physical branch is decided when the branch is first used.
 *
 * @throws DomainError when the polynomial lacks z or m, has a repeated factor, is a product of several curves, or has a parameter whose
 * name ends in an underscore.
 * @example lawFromCurve("m^2 + z*m + 1") // the semicircle law
 */
export function lawFromCurve(
  polynomial: Polynomial | string,
  options: LawOptions = {},
  budget: Budget = unlimited,
): Law {
  const given = typeof polynomial === "string" ? parsePolynomial(polynomial) : polynomial;
  if (isZero(given)) throw new DomainError("the curve is the zero polynomial; a curve in z and m is needed");
  for (const needed of ["z", "m"]) {
    if (degree(given, needed) < 1) {
      throw new DomainError(`the curve ${toText(given)} does not contain ${needed}; a polynomial in z and m is needed`);
    }
  }
  const curve = primitive(withoutContents(given, ["m", "z"], budget));
  const repeated = squareFree(curve, budget).find((part) => part.multiplicity > 1 && degree(part.factor, "m") > 0);
  if (repeated !== undefined) {
    throw new DomainError(
      `the curve has the repeated factor ${toText(repeated.factor)}; give its square-free part instead`,
    );
  }
  if (options.derivation === undefined) {
    for (const name of curve.variables.filter((v) => v !== "z" && v !== "m")) {
      const reason = whyNotParameter(name);
      if (reason !== undefined) throw new DomainError(reason);
    }
    requireMomentsOf(curve, options.moments ?? []);
    requireIrreducible(curve, budget);
  }
  return {
    curve,
    parameters: curve.variables.filter((v) => v !== "z" && v !== "m"),
    derivation: options.derivation ?? { operation: "curve", operands: [{ kind: "polynomial", value: curve }] },
    givenMoments: options.moments ?? [],
    ...(options.meanBetween === undefined ? {} : { meanBetween: options.meanBetween }),
  };
}

/** Moments that single out a branch have no parameters beside those of the curve. */
function requireMomentsOf(curve: Polynomial, given: readonly RationalFunction[]): void {
  for (const name of given.flatMap((mu) => [...mu.numerator.variables, ...mu.denominator.variables])) {
    if (curve.variables.includes(name) && name !== "z" && name !== "m") continue;
    throw new DomainError(`the given moments contain ${name}, which is no parameter of the curve`);
  }
}

/** Refuses a product of curves: a law has one. What could not be factored within the limits of factorisation passes. */
function requireIrreducible(curve: Polynomial, budget: Budget): void {
  try {
    const { factors } = factor(curve, budget);
    if (factors.length < 2) return;
    const texts = factors.map((part) => toText(part.factor)).join(" and ");
    throw new DomainError(`the polynomial is the product of ${texts}; give the one that is the curve of your law`);
  } catch (error) {
    if (!(error instanceof LimitError) || error instanceof BudgetError) throw error;
  }
}

/** The law with numbers in place of some of its parameters. Exact. */
export function specialise(law: Law, values: Readonly<Record<string, Rational>>, budget: Budget = unlimited): Law {
  const numbers = Object.fromEntries(
    Object.entries(values)
      .filter(([name]) => law.parameters.includes(name))
      .map(([name, value]) => [name, constant(value)]),
  );
  if (Object.keys(numbers).length === 0) return law;
  const fixed = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, rationalFunction(value)]));
  const moments = law.givenMoments.map((mu) => composeFraction(mu, fixed, budget));
  return lawFromCurve(substitute(law.curve, numbers), { moments }, budget);
}

/** Throws the sentence for a question that needs numbers when the law still has parameters. */
export function requireNumeric(law: Law, question: string): void {
  if (law.parameters.length === 0) return;
  const names = law.parameters.join(", ");
  const first = law.parameters[0]!;
  throw new DomainError(
    `${question} needs numbers, and the law still has the free parameter${law.parameters.length > 1 ? "s" : ""} ${names}; give ${first} a value, on the command line with --set ${first}=1/2`,
  );
}

/** The polynomial without its factors that lack one of the names; by default m and z, since none of those is the curve of a law. */
export function withoutContents(
  p: Polynomial,
  names: readonly string[] = ["m", "z"],
  budget: Budget = unlimited,
): Polynomial {
  return names.reduce((rest, variable) => {
    const content = contentIn(rest, [variable], budget);
    return isConstant(content) ? rest : (divideExact(rest, content) ?? rest);
  }, p);
}
