import type { Outcome } from "../core/index.js";
import type { DistributionValue } from "../density/index.js";
import { type Rational, rationalToDecimal, rationalToText } from "../rings/index.js";
import { type JsonAnswer, outcomeToJson } from "./shape-answers.js";
import { alignedTable, whyNot } from "./text.js";

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
  const text = x.den === 1n ? rationalToText(x) : "";
  return text !== "" && text.length <= 30 ? text : rationalToDecimal(x, digits);
}

export function quantilesToJson(values: ArrayLike<number>): JsonAnswer {
  return { values: Array.from(values), guarantee: "estimate" };
}

export function quantilesToText(values: ArrayLike<number>, digits: number): string {
  return Array.from(values, (v) => significant(v, digits)).join("\n");
}

/** The most digits that a number of JSON carries. */
const doubleDigits = 15;

/** Decimals as a number, as text where there may be more of them than a double has. */
function numberOrText(text: string, digits: number): number | string {
  return digits > doubleDigits ? text : Number(text);
}

export function distributionToJson(
  x: readonly Rational[],
  values: readonly Outcome<DistributionValue>[],
  digits: number,
): JsonAnswer {
  return {
    x: x.map((point) => numberOrText(decimal(point, digits), digits)),
    cumulative: values.map((v) => outcomeToJson(v, ({ cumulative }) => numberOrText(cumulative, digits))),
    survival: values.map((v) => outcomeToJson(v, ({ survival }) => numberOrText(survival, digits))),
    certified: true,
    guarantee: "certified",
  };
}

export function distributionToText(
  x: readonly Rational[],
  values: readonly Outcome<DistributionValue>[],
  digits: number,
): string {
  const rows = values.map((v, k) => [
    decimal(x[k]!, digits),
    ...(v.kind === "ok" ? [v.value.cumulative, v.value.survival] : ["", whyNot(v)]),
  ]);
  return alignedTable([["x", "F(x)", "1 - F(x)"], ...rows]);
}

export function certifiedQuantilesToJson(
  p: readonly Rational[],
  values: readonly Outcome<string>[],
  digits: number,
): JsonAnswer {
  return {
    p: p.map((probability) => numberOrText(decimal(probability, digits), digits)),
    values: values.map((v) => outcomeToJson(v, (text) => numberOrText(text, digits))),
    certified: true,
    guarantee: "certified",
  };
}

export function certifiedQuantilesToText(
  p: readonly Rational[],
  values: readonly Outcome<string>[],
  digits: number,
): string {
  const rows = values.map((v, k) => [decimal(p[k]!, digits), v.kind === "ok" ? v.value : whyNot(v)]);
  return alignedTable([["p", "quantile"], ...rows]);
}
