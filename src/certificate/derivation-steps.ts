// Exact: the steps by which a curve follows from those of named laws.
import { type Budget, BudgetError, LimitError } from "../core/index.js";
import { lawToText } from "../lang/index.js";
import type { Law } from "../law/index.js";
import {
  divideExact,
  factor,
  isConstant,
  type Polynomial,
  parsePolynomial,
  primitive,
  rationalFunctionToText,
  resultant,
  toText,
} from "../poly/index.js";
import { equationsOf, type Poly, polyOf } from "../verify/index.js";
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
  const of = made.map(({ index }) => String(index));
  const listed = [...made.map(({ text }) => text), ...scalars];
  if (operation === "mix") listed.unshift(listed.pop()!);
  const factors = factorsOf(operation, inputs, scalars, law.curve, record.budget);
  if (factors !== undefined) {
    const step = { kind: "operation", operation, of, scalars, factors, chosen: "0" };
    return push(record, step, `${operation}(${listed.join(", ")})`);
  }
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

/**
 * The factors, with their powers, of what the curves of the inputs become: first the curve of the result. Undefined where the checker does
 * not know the operation.
 */
function factorsOf(
  operation: string,
  inputs: readonly Law[],
  scalars: readonly string[],
  curve: Polynomial,
  budget: Budget,
): readonly PowerText[] | undefined {
  const equations = known(() =>
    equationsOf(
      operation,
      inputs.map((input) => ({ curve: polyOf(toText(input.curve)) })),
      scalars,
    ),
  )?.map((equation) => parsePolynomial(formulaOf(equation)));
  if (equations === undefined) return undefined;
  const [first, second] = equations as [Polynomial, Polynomial?];
  let rest = second === undefined ? first : resultant(first, second, eliminated, budget);
  let power = 0;
  for (let next = divideExact(rest, curve, budget); next !== undefined; next = divideExact(rest, curve, budget)) {
    rest = next;
    power++;
  }
  return power === 0 ? undefined : [[toText(curve), String(power)], ...powersOf(rest, budget)];
}

/** The factors of a polynomial, or itself where they are not found. */
function powersOf(p: Polynomial, budget: Budget): readonly PowerText[] {
  if (isConstant(p)) return [];
  try {
    return factor(p, budget).factors.map(
      (part) => [toText(primitive(part.factor)), String(part.multiplicity)] as const,
    );
  } catch (error) {
    if (error instanceof BudgetError || !(error instanceof LimitError)) throw error;
    return [[toText(primitive(p)), "1"]];
  }
}

/** The name of the unknown of two equations, which the checker calls $t. */
const eliminated = "t_eliminated";

/** A polynomial of the checker as a formula. */
const formulaOf = (p: Poly): string =>
  [
    "0",
    ...[...p].map(
      ([key, c]) => `(${c})${key === "" ? "" : `*${key.replaceAll("$t", eliminated).replaceAll(" ", "*")}`}`,
    ),
  ].join("+");

/** Undefined where the checker has no formula for it. */
function known<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof LimitError) return undefined;
    throw error;
  }
}
