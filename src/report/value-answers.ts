import { type Rational, rationalToDecimal, rationalToText } from "../rings/index.js";
import type { JsonAnswer } from "./shape-answers.js";
import { alignedTable } from "./text.js";

/** A density at some points: doubles, or decimal texts when more digits were asked for than a double has. */
export interface DensityAnswer {
  readonly x: readonly Rational[];
  readonly density: readonly (number | string)[];
  readonly certified: boolean;
}

export function densityToJson(answer: DensityAnswer, digits: number): JsonAnswer {
  const asText = answer.density.some((v) => typeof v === "string");
  return {
    x: answer.x.map((x) => (asText ? decimal(x, digits) : Number(decimal(x, 17)))),
    // JSON has no infinity: at an edge where the density is unbounded the answer says so in words.
    density: answer.density.map((v) => (typeof v === "string" || Number.isFinite(v) ? v : v > 0 ? "infinity" : null)),
    certified: answer.certified,
    guarantee: answer.certified ? "certified" : "estimate",
  };
}

export function densityToText(answer: DensityAnswer, digits: number): string {
  const rows = answer.x.map((x, k) => {
    const v = answer.density[k]!;
    return [decimal(x, digits), typeof v === "string" ? v : Number.isFinite(v) ? significant(v, digits) : "infinity"];
  });
  return alignedTable([["x", "density"], ...rows]);
}

/** A double to at most as many digits as it has. */
function significant(value: number, digits: number): string {
  return String(Number(value.toPrecision(Math.min(digits, 17))));
}

/** A rational as short as it is exact: a plain fraction stays one only where decimals would be longer than asked for. */
function decimal(x: Rational, digits: number): string {
  return x.den === 1n ? rationalToText(x) : rationalToDecimal(x, digits);
}

export function quantilesToJson(values: ArrayLike<number>): JsonAnswer {
  return { values: Array.from(values), guarantee: "estimate" };
}

export function quantilesToText(values: ArrayLike<number>, digits: number): string {
  return Array.from(values, (v) => significant(v, digits)).join("\n");
}
