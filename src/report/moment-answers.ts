import {
  type DifferentialEquation,
  equationToLatex,
  equationToText,
  orderOf,
  recurrenceToLatex,
  recurrenceToText,
} from "../holonomic/index.js";
import type { JacobiCoefficients, SequenceRecurrence } from "../law/index.js";
import { isZero, type RationalFunction, rationalFunctionToText, toText } from "../poly/index.js";
import type { JsonAnswer } from "./shape-answers.js";
import { alignedTable } from "./text.js";

/** What may be asked about the moments or the free cumulants of a law; what was not asked is absent. */
export interface MomentsAnswer {
  /** mu_1 … mu_K or kappa_1 … kappa_K. */
  readonly values?: readonly RationalFunction[];
  readonly recurrence?: SequenceRecurrence;
  /** The homogeneous equation of the Stieltjes transform, and the one with a right side where its order is smaller. */
  readonly equations?: readonly DifferentialEquation[];
  /** H_1 … H_K. */
  readonly hankel?: readonly RationalFunction[];
  readonly jacobi?: JacobiCoefficients;
}

/** @param symbol the name of the sequence, `mu` or `kappa`. */
export function momentsToJson(answer: MomentsAnswer, symbol: string): JsonAnswer {
  const { values, recurrence, equations, hankel, jacobi } = answer;
  return {
    ...(values === undefined ? {} : { values: texts(values) }),
    ...(recurrence === undefined ? {} : { recurrence: recurrenceToJson(recurrence, symbol) }),
    ...(equations === undefined ? {} : { differentialEquations: equations.map(equationToJson) }),
    ...(hankel === undefined ? {} : { hankel: texts(hankel) }),
    ...(jacobi === undefined
      ? {}
      : { jacobi: { a: texts(jacobi.a), b: texts(jacobi.b), terminates: jacobi.terminates } }),
    guarantee: "exact",
  };
}

export function momentsToText(answer: MomentsAnswer, symbol: string): string {
  const { values, recurrence, equations, hankel, jacobi } = answer;
  const parts: string[] = [];
  if (values !== undefined) parts.push(numbered(values, symbol, 1));
  if (recurrence !== undefined) parts.push(recurrenceLines(recurrence, symbol));
  if (equations !== undefined) parts.push(equations.map(equationToText).join("\n"));
  if (hankel !== undefined) parts.push(numbered(hankel, "H", 1));
  if (jacobi !== undefined) parts.push(jacobiLines(jacobi));
  return parts.join("\n\n");
}

function texts(values: readonly RationalFunction[]): readonly string[] {
  return values.map(rationalFunctionToText);
}

function numbered(values: readonly RationalFunction[], symbol: string, first: number): string {
  return alignedTable(values.map((value, k) => [`${symbol}_${k + first}`, rationalFunctionToText(value)]));
}

function recurrenceToJson(
  { recurrence, given }: SequenceRecurrence,
  symbol: string,
): Readonly<Record<string, unknown>> {
  return {
    text: recurrenceToText(recurrence, symbol),
    latex: recurrenceToLatex(recurrence, `\\${symbol}`),
    index: recurrence.index,
    order: orderOf(recurrence),
    coefficients: recurrence.coefficients.map(toText),
    from: recurrence.from,
    given: given.map(({ index, value }) => ({ index, value: rationalFunctionToText(value) })),
  };
}

function recurrenceLines({ recurrence, given }: SequenceRecurrence, symbol: string): string {
  const { index, from } = recurrence;
  const start = given.map((term) => `${symbol}(${term.index}) = ${rationalFunctionToText(term.value)}`);
  return `${recurrenceToText(recurrence, symbol)} for ${index} >= ${from}\n${start.join(", ")}`;
}

function equationToJson(equation: DifferentialEquation): Readonly<Record<string, unknown>> {
  return {
    text: equationToText(equation),
    latex: equationToLatex(equation),
    order: equation.coefficients.length - 1,
    coefficients: equation.coefficients.map(toText),
    right: toText(equation.right),
    homogeneous: isZero(equation.right),
  };
}

function jacobiLines({ a, b, terminates }: JacobiCoefficients): string {
  const table = `${numbered(a, "a", 0)}\n${numbered(b, "b", 1)}`.trimEnd();
  return terminates
    ? `${table}\nThey end here: the Hankel determinant H_${a.length + 1} is 0, as for ${a.length === 1 ? "one point mass" : `${a.length} point masses`}.`
    : table;
}
