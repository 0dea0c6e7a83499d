import { type Budget, type Random, unlimited } from "../core/index.js";
import { type Law, type LawOptions, lawFromCurve, type Operand } from "../law/index.js";
import {
  fractionsWithin,
  parsePolynomial,
  type RationalFunction,
  rationalFunction,
  substituteFractions,
  variable,
} from "../poly/index.js";
import { type ArgumentSpec, type ArgumentValue, type Atom, type AtomList, readArguments } from "./arguments.js";

/**
 * What is known of a law in closed form, without its curve: for users, and as a witness against the engine. A member is absent
 * where nothing is known. Moments and cumulants are exact and may have parameters; the others are doubles and need numeric
 * arguments (`DomainError` otherwise).
 */
export interface ClosedForms {
  /** mu_1 … mu_n. */
  moments?(n: number): RationalFunction[];
  /** Free cumulants kappa_1 … kappa_n. */
  cumulants?(n: number): RationalFunction[];
  /** The ends of the intervals of the absolutely continuous part, in order. */
  edges?(): number[];
  /** The atoms, in order of location. */
  atoms?(): PointMass[];
  /** The density of the absolutely continuous part, as a function; 0 outside the support. */
  density?(): (x: number) => number;
}

export interface PointMass {
  readonly at: number;
  readonly weight: number;
}

/** A law of the catalogue. `Values` are its arguments, in the order of `arguments`. */
export interface Ensemble<Values extends readonly ArgumentValue[] = readonly ArgumentValue[]> {
  /** Its name in the input language. */
  readonly name: string;
  /** One line: what it is the law of. */
  readonly title: string;
  readonly arguments: readonly ArgumentSpec[];
  /** The paper it comes from. */
  readonly source: string;
  /** The law, exact; ArgumentError (a DomainError) for arguments outside the domain. */
  law(...values: Values): Law;
  /** {@link law} within a budget: the locations of atoms may be rational functions of many parameters. */
  lawWithin(budget: Budget, ...values: Values): Law;
  closedForms(...values: Values): ClosedForms;
  /** Eigenvalues of a random matrix of the given size, ascending; absent where no matrix model is simple. */
  sample?(size: number, random: Random, ...values: Values): Float64Array;
  /** {@link sample} within a budget: a dense matrix takes size³ operations. */
  sampleWithin?(budget: Budget, size: number, random: Random, ...values: Values): Float64Array;
}

type Exact<Values extends readonly ArgumentValue[]> = {
  [K in keyof Values]: Values[K] extends AtomList ? readonly Atom[] : RationalFunction;
};

export interface EnsembleDefinition<Values extends readonly ArgumentValue[]> {
  readonly name: string;
  readonly title: string;
  readonly arguments: readonly ArgumentSpec[];
  readonly source: string;
  /** Checks that concern several arguments. */
  check?(...values: Exact<Values>): void;
  /**
   * A function of z and m, not zero, whose numerator vanishes on the law's branch and, up to factors without z or without m, is
   * irreducible.
   */
  curve(...values: readonly [...Exact<Values>, budget: Budget]): RationalFunction;
  /** mu_1, mu_2, … as far as they are needed to tell the law's branch from others that look like a law at infinity. */
  branch?(...values: Exact<Values>): readonly RationalFunction[];
  closedForms(...values: Exact<Values>): ClosedForms;
  sample?(size: number, random: Random, ...values: readonly [...Exact<Values>, budget: Budget]): Float64Array;
}

/** An entry of the catalogue from its formulas: reads and checks the arguments, clears the curve, names the law. */
export function defineEnsemble<Values extends readonly ArgumentValue[]>(
  definition: EnsembleDefinition<Values>,
): Ensemble<Values> {
  const { name } = definition;
  const read = (values: Values): Exact<Values> => {
    const exact = readArguments(name, definition.arguments, values) as unknown as Exact<Values>;
    definition.check?.(...exact);
    return exact;
  };
  const lawWithin = (budget: Budget, ...values: Values): Law => {
    const exact = read(values);
    const options: LawOptions = {
      derivation: { operation: name, operands: exact.map(toOperand) },
      moments: definition.branch?.(...exact) ?? [],
    };
    return lawFromCurve(definition.curve(...exact, budget).numerator, options, budget);
  };
  const entry: Ensemble<Values> = {
    name,
    title: definition.title,
    arguments: definition.arguments,
    source: definition.source,
    law: (...values) => lawWithin(unlimited, ...values),
    lawWithin,
    closedForms: (...values) => definition.closedForms(...read(values)),
  };
  const { sample } = definition;
  if (sample === undefined) return entry;
  const sampleWithin = (budget: Budget, size: number, random: Random, ...values: Values): Float64Array =>
    sample(size, random, ...read(values), budget);
  return {
    ...entry,
    sample: (size, random, ...values) => sampleWithin(unlimited, size, random, ...values),
    sampleWithin,
  };
}

function toOperand(value: RationalFunction | readonly Atom[]): Operand {
  if (!Array.isArray(value)) return { kind: "scalar", value: value as RationalFunction };
  return { kind: "pairs", pairs: (value as readonly Atom[]).map(({ at, weight }) => [at, weight] as const) };
}

export const z: RationalFunction = rationalFunction(variable("z"));
export const m: RationalFunction = rationalFunction(variable("m"));

/** A polynomial given as text in z, m and the names of `values`, with the values put in. */
export function formula(
  text: string,
  values: Readonly<Record<string, RationalFunction>>,
  budget: Budget,
): RationalFunction {
  return substituteFractions(parsePolynomial(text), values, budget);
}

/** left · ΠD_i − Σ N_i Π_{j≠i} D_j: the equation left = Σ N_i / D_i with its denominators cleared. */
export function cleared(
  left: RationalFunction,
  sum: readonly { readonly numerator: RationalFunction; readonly denominator: RationalFunction }[],
  budget: Budget,
): RationalFunction {
  const { add, sub, mul } = fractionsWithin(budget);
  // Splitting the sum in the middle keeps the factors of a product equally large.
  const combine = (from: number, to: number): { numerator: RationalFunction; denominator: RationalFunction } => {
    if (to - from === 1) return sum[from]!;
    const middle = (from + to) >> 1;
    const a = combine(from, middle);
    const b = combine(middle, to);
    return {
      numerator: add(mul(a.numerator, b.denominator), mul(b.numerator, a.denominator)),
      denominator: mul(a.denominator, b.denominator),
    };
  };
  const { numerator, denominator } = combine(0, sum.length);
  return sub(mul(left, denominator), numerator);
}
