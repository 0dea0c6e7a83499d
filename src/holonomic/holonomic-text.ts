// Exact: every coefficient is written out.
import { isConstant, isZero, negate, type Polynomial, toText } from "../poly/index.js";
import type { DifferentialEquation } from "./differential-equation.js";
import type { Recurrence } from "./recurrence.js";

/**
 * The text of a recurrence, the highest term first.
 *
 * @example recurrenceToText(recurrence, "mu") // "(n + 2)*mu(n + 1) - (4*n + 2)*mu(n) = 0"
 */
export function recurrenceToText(recurrence: Recurrence, sequence: string): string {
  return `${joined(
    termsOf(recurrence, (shift) => `${sequence}(${shift})`),
    plain,
  )} = 0`;
}

/** The same in LaTeX: terms \mu_{n+1}. */
export function recurrenceToLatex(recurrence: Recurrence, sequence: string): string {
  return `${joined(
    termsOf(recurrence, (shift) => `${sequence}_{${shift.replaceAll(" ", "")}}`),
    latex,
  )} = 0`;
}

/**
 * The text of a differential equation, the highest derivative first; derivatives from the fourth on as m^(4).
 *
 * @example equationToText(equation) // "(z^2 - 4)*m' - z*m = 2"
 */
export function equationToText(equation: DifferentialEquation): string {
  return `${joined(derivativeTerms(equation), plain)} = ${toText(equation.right)}`;
}

/** The same in LaTeX. */
export function equationToLatex(equation: DifferentialEquation): string {
  const raised = (name: string): string => name.replace(/\^(\(\d+\))/, "^{$1}");
  const terms = derivativeTerms(equation).map((term) => ({ ...term, name: raised(term.name) }));
  return `${joined(terms, latex)} = ${latex.polynomial(equation.right)}`;
}

interface Term {
  readonly coefficient: Polynomial;
  readonly name: string;
}

interface Notation {
  polynomial(p: Polynomial): string;
  readonly times: string;
}

const plain: Notation = { polynomial: toText, times: "*" };

const latex: Notation = {
  polynomial: (p) =>
    toText(p)
      .replaceAll(/\^(\d+)/g, "^{$1}")
      .replaceAll("*", " "),
  times: " ",
};

function termsOf(recurrence: Recurrence, name: (shift: string) => string): readonly Term[] {
  const { index } = recurrence;
  return recurrence.coefficients
    .map((coefficient, k) => ({ coefficient, name: name(k === 0 ? index : `${index} + ${k}`) }))
    .toReversed();
}

function derivativeTerms(equation: DifferentialEquation): readonly Term[] {
  const { unknown } = equation;
  return equation.coefficients
    .map((coefficient, k) => ({ coefficient, name: k <= 3 ? unknown + "'".repeat(k) : `${unknown}^(${k})` }))
    .toReversed();
}

/** The sum of the terms that are not 0. */
function joined(terms: readonly Term[], notation: Notation): string {
  let text = "";
  for (const { coefficient, name } of terms) {
    if (isZero(coefficient)) continue;
    const negative = toText(coefficient).startsWith("-");
    const size = notation.polynomial(negative ? negate(coefficient) : coefficient);
    const factor = coefficient.terms.length > 1 ? `(${size})` : size;
    const term = isConstant(coefficient) && size === "1" ? name : `${factor}${notation.times}${name}`;
    if (text === "") text = negative ? `-${term}` : term;
    else text += negative ? ` - ${term}` : ` + ${term}`;
  }
  return text === "" ? "0" : text;
}
