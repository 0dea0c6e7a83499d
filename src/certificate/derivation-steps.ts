// Exact: the steps by which a curve follows from those of named laws.
import { type Budget, LimitError } from "../core/index.js";
import { lawToText } from "../lang/index.js";
import { type Law, moments, specialise } from "../law/index.js";
import {
  divideExact,
  factor,
  fractionConstant,
  isConstant,
  type Polynomial,
  parsePolynomial,
  primitive,
  rationalFunctionToText,
  resultant,
  toText,
} from "../poly/index.js";
import { QQ, type Rational, rational, rationalToText } from "../rings/index.js";
import {
  type Derived,
  equationsOf,
  formulaOf,
  germTable,
  onSeries,
  parsePoly,
  seriesOrder,
  slopeAt,
  substituted,
} from "../verify/index.js";
import type { Step } from "./certificate.js";

/** The steps made so far, and what cannot be proved beside them. */
export interface Record {
  readonly steps: Step[];
  readonly notCovered: string[];
  readonly budget: Budget;
}

/** Adds the steps for a law, each input before what is made of it; gives the index of its own and its text. */
export function addDerivation(law: Law, record: Record): { readonly index: number; readonly text: string } {
  const { operation, operands } = law.derivation;
  const inputs = operands.flatMap((operand) => (operand.kind === "law" ? [operand.law] : []));
  const scalars = operands.flatMap((operand) =>
    operand.kind === "scalar" ? [rationalFunctionToText(operand.value)] : [],
  );
  const curve = toText(law.curve);
  if (inputs.length === 0) return push(record, { kind: "definition", law: lawToText(law), curve }, lawToText(law));
  const before = record.steps.length;
  const made = inputs.map((input) => addDerivation(input, record));
  const derived = made.map(
    ({ text }, k): Derived => ({ curve: parsePoly(toText(inputs[k]!.curve)), law: text, trusted: [] }),
  );
  const of = made.map(({ index }) => String(index));
  const listed = [...made.map(({ text }) => text), ...scalars];
  if (operation === "mix") listed.unshift(listed.pop()!);
  const text = `${operation}(${listed.join(", ")})`;
  const dropped = droppedFactors(operation, derived, scalars, law.curve, record.budget);
  if (dropped !== undefined)
    return push(record, { kind: "substitution", operation, of, scalars, curve, dropped }, text);
  const eliminated = factorsOf(operation, derived, scalars, inputs, law, record.budget);
  if (eliminated !== undefined)
    return push(record, { kind: "elimination", operation, of, scalars, ...eliminated }, text);
  // An operation that the checker does not know: its result is taken as a curve that was given.
  record.steps.length = before;
  record.notCovered.push(`how the curve follows from the definition of ${lawToText(law)}`);
  return push(record, { kind: "definition", law: `curve("${curve}")`, curve }, `curve("${curve}")`);
}

function push({ steps }: Record, step: Step, text: string): { readonly index: number; readonly text: string } {
  steps.push(step);
  return { index: steps.length - 1, text };
}

type PowerText = readonly [string, string];

/** What the substituted curve holds beside the curve of the result; undefined where the checker knows no such substitution. */
function droppedFactors(
  operation: string,
  inputs: readonly Derived[],
  scalars: readonly string[],
  curve: Polynomial,
  budget: Budget,
): readonly PowerText[] | undefined {
  const whole = known(() => parsePolynomial(formulaOf(substituted(operation, inputs, scalars))));
  const rest = whole === undefined ? undefined : divideExact(whole, curve, budget);
  return rest === undefined ? undefined : powersOf(rest, budget);
}

function powersOf(p: Polynomial, budget: Budget): readonly PowerText[] {
  if (isConstant(p)) return [];
  return factor(p, budget).factors.map(
    (part): PowerText => [toText(primitive(part.factor)), String(part.multiplicity)],
  );
}

/** Small numbers in the place of parameters, by which the moments tell factors apart. */
const trials = [2n, 3n, 5n, 7n, 11n, 13n];

function factorsOf(
  operation: string,
  inputs: readonly Derived[],
  scalars: readonly string[],
  laws: readonly Law[],
  law: Law,
  budget: Budget,
): Omit<Step, "kind"> | undefined {
  const equations = known(() => equationsOf(operation, inputs as [Derived, Derived], scalars));
  if (equations === undefined) return undefined;
  const [p, q] = equations.map((equation) => parsePolynomial(formulaOf(equation))) as [Polynomial, Polynomial];
  const factors = powersOf(resultant(p, q, "t", budget), budget);
  const chosen = factors.findIndex(([text]) => text === toText(law.curve));
  if (chosen < 0) return undefined;
  const values = Object.fromEntries(law.parameters.map((name, k) => [name, rational(trials[k % trials.length]!)]));
  const parameters = Object.entries(values).map(([name, value]) => [name, rationalToText(value)] as const);
  const series = laws.map((input) => {
    const own = Object.fromEntries(Object.entries(values).filter(([name]) => input.parameters.includes(name)));
    return germOf(specialise(input, own, budget), operation, budget).map(rationalToText);
  });
  return { factors, chosen: String(chosen), parameters, series };
}

/** The series by which the checker knows a law without parameters near infinity, coefficient by coefficient. */
function germOf(law: Law, operation: string, budget: Budget): readonly Rational[] {
  const table = germTable(parsePoly(toText(law.curve)), operation);
  const mean = fractionConstant(moments(law, 1, budget)[0]!);
  if (operation === "freeProduct" && QQ.isZero(mean))
    throw new LimitError("a free product with a law of mean zero is not proved by an elimination");
  const series = [operation === "mix" ? QQ.one : operation === "freeSum" ? mean : QQ.inv(mean)];
  const slope = slopeAt(table, series[0]!);
  // The next coefficient enters at its own order through the slope alone.
  while (series.length < seriesOrder) series.push(QQ.neg(QQ.div(onSeries(table, [...series, QQ.zero]).at(-1)!, slope)));
  return series;
}

/** Undefined where the checker has no formula for it. */
function known<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof LimitError) return undefined;
    throw error;
  }
}
