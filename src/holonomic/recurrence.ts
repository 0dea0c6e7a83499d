import { type Budget, InternalError, unlimited } from "../core/index.js";
import {
  add,
  coefficients,
  constant,
  contentIn,
  degree,
  factor,
  isConstant,
  isZero,
  multiply,
  type Polynomial,
  subtract,
  variable,
  zeroPolynomial,
} from "../poly/index.js";
import { quotientExact } from "../sparse/index.js";
import { withoutCommonFactor } from "./common-factor.js";
import type { DifferentialEquation } from "./differential-equation.js";

/**
 * The linear recurrence Σ coefficients[k]·a(n + k) = 0 of a sequence, for all n >= from, with polynomial coefficients in the index n
 * and in parameters: integer coefficients, no common factor but one with a root among these n.
 */
export interface Recurrence {
  /** The name of n. */
  readonly index: string;
  /** [k] multiplies a(n + k); the last one is not 0, nor is the first unless it is the only one. */
  readonly coefficients: readonly Polynomial[];
  readonly from: number;
  /**
   * The n >= from at which the last coefficient vanishes, in order: there a(n + order) does not follow from the terms before it
   * and has to be given.
   */
  readonly exceptions: readonly number[];
}

/** How many terms come before the one that a recurrence gives. */
export function orderOf(recurrence: Recurrence): number {
  return recurrence.coefficients.length - 1;
}

/** The numbers of the terms that must be given, in order: the recurrence gives all the others. */
export function termsToGive(recurrence: Recurrence): readonly number[] {
  const first = recurrence.from + orderOf(recurrence);
  return [...Array.from({ length: first }, (_, k) => k), ...recurrence.exceptions.map((n) => n + orderOf(recurrence))];
}

/**
 * The recurrence of the coefficients of every power series a(0) + a(1) x + … that satisfies the differential equation: x^j y^(i)
 * contributes (n + 1)(n + 2)…(n + i)·a(n + i) to the coefficient of x^(n + j). Exact. Its order is not always the least one.
 *
 * @param index a name that no parameter has.
 */
export function recurrenceOfEquation(
  equation: DifferentialEquation,
  index: string,
  budget: Budget = unlimited,
): Recurrence {
  // shifts.get(s) multiplies a(n + s) in the coefficient of x^n.
  const shifts = new Map<number, Polynomial>();
  for (const [i, p] of equation.coefficients.entries()) {
    for (const [j, c] of coefficients(p, equation.variable).entries()) {
      if (isZero(c)) continue;
      const shift = i - j;
      shifts.set(shift, add(shifts.get(shift) ?? zeroPolynomial, multiply(c, fallingFactorial(index, shift, i))));
    }
  }
  const occurring = [...shifts.keys()].filter((s) => !isZero(shifts.get(s)!));
  if (occurring.length === 0) throw new InternalError("a differential equation without coefficients");
  const lowest = Math.min(...occurring);
  const order = Math.max(...occurring) - lowest;
  const list = Array.from({ length: order + 1 }, (_, k) => {
    const c = shifts.get(lowest + k) ?? zeroPolynomial;
    return composeShift(c, index, -lowest);
  });
  const from = Math.max(0, degree(equation.right, equation.variable) + lowest + 1);
  const reduced = cancelHarmless(list, index, from, budget);
  return { index, coefficients: reduced, from, exceptions: integerRootsFrom(reduced.at(-1)!, index, from, budget) };
}

/** (n + shift)(n + shift − 1)…, of i factors. */
function fallingFactorial(index: string, shift: number, i: number): Polynomial {
  let product = constant(1);
  for (let k = 0; k < i; k++) product = multiply(product, add(variable(index), constant(shift - k)));
  return product;
}

/** p(n + by). */
function composeShift(p: Polynomial, index: string, by: number): Polynomial {
  const n = add(variable(index), constant(by));
  return coefficients(p, index).reduceRight((sum, c) => add(multiply(sum, n), c), zeroPolynomial);
}

/**
 * The list without its common factor, except for the factors n − r with an integer r >= from: divided by these the recurrence would
 * claim what is not proved for n = r.
 */
function cancelHarmless(
  list: readonly Polynomial[],
  index: string,
  from: number,
  budget: Budget,
): readonly Polynomial[] {
  const cancelled = withoutCommonFactor(list, budget);
  const common = quotientExact(list.at(-1)!, cancelled.at(-1)!);
  let kept = constant(1);
  for (const root of integerRootsFrom(common, index, from, budget)) {
    const linear = subtract(variable(index), constant(root));
    kept = multiply(kept, linear);
  }
  return isConstant(kept) ? cancelled : cancelled.map((p) => multiply(p, kept));
}

/** The integers n >= from at which a polynomial vanishes identically in its parameters, in order. */
function integerRootsFrom(p: Polynomial, index: string, from: number, budget: Budget): readonly number[] {
  const parameters = p.variables.filter((name) => name !== index);
  const inIndex = parameters.length === 0 ? p : contentIn(p, parameters, budget);
  if (isConstant(inIndex)) return [];
  const roots: number[] = [];
  for (const part of factor(inIndex, budget).factors) {
    const list = coefficients(part.factor, index);
    if (list.length !== 2) continue;
    const [low, high] = [integerOf(list[0]), integerOf(list[1])];
    const root = Number(-low / high);
    if (low % high === 0n && root >= from) roots.push(root);
  }
  return roots.sort((a, b) => a - b);
}

function integerOf(p: Polynomial | undefined): bigint {
  return p?.terms[0]?.coefficient ?? 0n;
}
