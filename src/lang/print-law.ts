import type { Law, Operand } from "../law/index.js";
import { rationalFunctionToText, toText } from "../poly/index.js";
import { laws, operations, type ParameterSpec } from "./vocabulary.js";

/**
 * Text of the input language that parses back to the same law: what made it, as `decompress(mp(c), tau)`, or
 * `curve("…")` when that is not known or cannot be written down. Exact.
 */
export function lawToText(law: Law): string {
  return derivationText(law) ?? curveText(law);
}

function derivationText(law: Law): string | undefined {
  const { operation, operands } = law.derivation;
  if (operation === "curve") return undefined;
  const entry = [...laws, ...operations].find((candidate) => candidate.name === operation);
  if (entry === undefined || entry.arguments.length !== operands.length) return undefined;
  if (!entry.arguments.every((spec, position) => accepts(spec, operands[position]!))) return undefined;
  return `${operation}(${operands.map(operandText).join(", ")})`;
}

function accepts(spec: ParameterSpec, operand: Operand): boolean {
  return (spec.kind === "integer" ? "scalar" : spec.kind) === operand.kind;
}

function operandText(operand: Operand): string {
  switch (operand.kind) {
    case "law":
      return lawToText(operand.law);
    case "scalar":
      return rationalFunctionToText(operand.value);
    case "pairs": {
      const pairs = operand.pairs.map((pair) => `[${pair.map((value) => rationalFunctionToText(value)).join(", ")}]`);
      return `[${pairs.join(", ")}]`;
    }
    case "scalars":
      return `[${operand.values.map((value) => rationalFunctionToText(value)).join(", ")}]`;
    case "polynomial":
      return `"${toText(operand.value)}"`;
  }
}

function curveText(law: Law): string {
  const curve = `"${toText(law.curve)}"`;
  if (law.givenMoments.length === 0) return `curve(${curve})`;
  return `curve(${curve}, [${law.givenMoments.map((value) => rationalFunctionToText(value)).join(", ")}])`;
}
