import { type Budget, InternalError, unlimited } from "../core/index.js";
import {
  type DifferentialEquation,
  differentialEquation,
  type EquationOptions,
  orderOf,
  type Recurrence,
  recurrenceOfEquation,
  termsToGive,
} from "../holonomic/index.js";
import {
  constant,
  content,
  degree,
  fractionConstant,
  fractions,
  type Polynomial,
  primitive,
  type RationalFunction,
  rationalFunction,
  substituteFractions,
  variable,
} from "../poly/index.js";
import { quotientExact } from "../sparse/index.js";
import { branchAtInfinity, momentSeries } from "./branch-at-infinity.js";
import { cumulantsOfSeries } from "./free-cumulants.js";
import type { Law } from "./law.js";
import { fractionTerms, rationalTerms, scaledTerms } from "./scaled-terms.js";

/** A recurrence and the terms from which it gives all the others. */
export interface SequenceRecurrence {
  readonly recurrence: Recurrence;
  /** The numbers of the terms that must be given, in order, and their values; the term number 0 is 1. */
  readonly given: readonly { readonly index: number; readonly value: RationalFunction }[];
}

/** The sequences of a law that are coefficients of algebraic functions; the term number 0 of both is 1. */
type LawSequence = "moments" | "cumulants";

/**
 * The linear differential equation of the Stieltjes transform m(z), of least order, with polynomial coefficients in z and the
 * parameters: homogeneous, or with `rightSide: true` Σ p_k m^(k) = q, whose order is often smaller by one. Exact and proved in the
 * algebra of the curve; every branch satisfies it, so that all branch points and atoms are among its singular points, the zeros of
 * the leading coefficient.
 *
 * @example
 * equationToText(momentEquation(ensembles.semicircle(1))) // "(z^2 - 4)*m'' + z*m' - m = 0"
 */
export function momentEquation(
  law: Law,
  options: EquationOptions = {},
  budget: Budget = unlimited,
): DifferentialEquation {
  return differentialEquation(law.curve, "z", "m", options, budget);
}

/**
 * The linear recurrence of the moments mu(n), mu(0) = 1, with polynomial coefficients in n and the parameters, from the
 * differential equation of least order (with a right side) of their generating function; and the moments that must be given. Exact
 * and proved. The order of the recurrence is not always the least one.
 *
 * @example
 * recurrenceToText(momentRecurrence(ensembles.mp(1)).recurrence, "mu") // "(n + 2)*mu(n + 1) - (4*n + 2)*mu(n) = 0"
 */
export function momentRecurrence(law: Law, budget: Budget = unlimited): SequenceRecurrence {
  return recurrenceWithStart(law, "moments", budget);
}

/** The linear recurrence of the free cumulants kappa(n), with kappa(0) = 1 by convention, as {@link momentRecurrence}. Exact and proved. */
export function cumulantRecurrence(law: Law, budget: Budget = unlimited): SequenceRecurrence {
  return recurrenceWithStart(law, "cumulants", budget);
}

function recurrenceWithStart(law: Law, sequence: LawSequence, budget: Budget): SequenceRecurrence {
  const recurrence = recurrenceOf(law, sequence, budget);
  const numbers = termsToGive(recurrence);
  const values = firstTerms(law, sequence, numbers.at(-1)! + 1, budget);
  return { recurrence, given: numbers.map((index) => ({ index, value: values[index]! })) };
}

const known = new WeakMap<Law, Map<LawSequence, Recurrence>>();

function recurrenceOf(law: Law, sequence: LawSequence, budget: Budget): Recurrence {
  const ofLaw = known.get(law) ?? new Map<LawSequence, Recurrence>();
  known.set(law, ofLaw);
  const cached = ofLaw.get(sequence);
  if (cached !== undefined) return cached;
  const curve = generatingCurve(law, sequence, budget);
  const equation = differentialEquation(curve, "z", "m", { rightSide: true }, budget);
  const index = ["n", "k", "j", "i"].find((name) => !law.parameters.includes(name)) ?? "n_";
  const found = recurrenceOfEquation(equation, index, budget);
  ofLaw.set(sequence, found);
  return found;
}

/**
 * The curve of the generating function m of a sequence in z: of the moments, m(z) = 1 + mu_1 z + … = −(1/z)·(Stieltjes transform at
 * 1/z); of the free cumulants, m(z) = 1 + kappa_1 z + … = z·(inverse of the Stieltjes transform at −z).
 */
function generatingCurve(law: Law, sequence: LawSequence, budget: Budget): Polynomial {
  const [z, m] = [rationalFunction(variable("z")), rationalFunction(variable("m"))];
  const image =
    sequence === "moments"
      ? { z: fractions.inv(z), m: fractions.neg(fractions.mul(z, m)) }
      : { z: fractions.div(m, z), m: fractions.neg(z) };
  const curve = substituteFractions(law.curve, image, budget).numerator;
  return primitive(quotientExact(curve, content(curve, "m", budget)));
}

/** Terms 0 … count − 1 from the series of the physical branch. */
function firstTerms(law: Law, sequence: LawSequence, count: number, budget: Budget): readonly RationalFunction[] {
  const moments = momentSeries(law, Math.max(1, count - 1), budget);
  const terms = sequence === "moments" ? moments : [fractions.one, ...cumulantsOfSeries(moments, budget)];
  return terms.slice(0, count);
}

/** With fewer terms the series is at least as fast: so many for each sheet of the curve of the generating function. */
const termsForEachSheet = { numeric: 16, symbolic: 6 } as const;

/**
 * The terms number 1 … n of a sequence of a law by its recurrence; undefined when there are so few that the series of the branch
 * is the better way. Exact. Every division of the recurrence is checked to have no remainder.
 */
export function termsByRecurrence(
  law: Law,
  sequence: LawSequence,
  n: number,
  budget: Budget,
): readonly RationalFunction[] | undefined {
  const sheets = degree(law.curve, sequence === "moments" ? "m" : "z");
  const numeric = law.parameters.length === 0;
  if (n < sheets * termsForEachSheet[numeric ? "numeric" : "symbolic"]) return undefined;
  const recurrence = recurrenceOf(law, sequence, budget);
  const needed = recurrence.from + orderOf(recurrence);
  // An index that comes late is no start; and some terms more show the denominators.
  if (needed + shownForDenominators > n) return undefined;
  const first = firstTerms(law, sequence, needed + shownForDenominators, budget);
  const late = (k: number): RationalFunction => firstTerms(law, sequence, k + 1, budget)[k]!;
  const branch = branchAtInfinity(law, budget);
  switch (branch.kind) {
    case "numeric": {
      const start = { first: first.map(fractionConstant), late: (k: number) => fractionConstant(late(k)) };
      const terms = scaledTerms(rationalTerms, recurrence, start, branch.branch, n, budget);
      return terms.slice(1).map((value) => rationalFunction(constant(value)));
    }
    case "symbolic":
      return scaledTerms(fractionTerms(budget), recurrence, { first, late }, branch.branch, n, budget).slice(1);
    case "irrational":
      throw new InternalError("irrational moments have no rational terms");
  }
}

/** So many terms more than the recurrence needs show which denominators there are. */
const shownForDenominators = 4;
