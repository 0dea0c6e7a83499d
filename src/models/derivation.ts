import type { Derivation, Law, Operand } from "../law/index.js";
import type { RationalFunction } from "../poly/index.js";

/** The record of an operation of this room: its laws stand before its scalars. */
export function derivationOf(
  operation: string,
  laws: readonly Law[],
  scalars: readonly RationalFunction[],
): Derivation {
  const operands: Operand[] = [
    ...laws.map((law): Operand => ({ kind: "law", law })),
    ...scalars.map((value): Operand => ({ kind: "scalar", value })),
  ];
  return { operation, operands };
}
