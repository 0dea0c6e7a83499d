import type { Outcome } from "../core/index.js";
import { rationalFunctionToText } from "../poly/index.js";
import { rationalToDecimal, rationalToText } from "../rings/index.js";
import type { ExactComplex, Statistic, TransformValue } from "../statistics/index.js";
import { algebraicToJson, algebraicToText, shortRadicals } from "./algebraic.js";
import { type JsonAnswer, outcomeToJson } from "./shape-answers.js";
import { alignedTable, whyNot } from "./text.js";

/** The most digits that a number of JSON carries. */
const doubleDigits = 15;

/** `value` is a number, decimal text when more digits were asked for than a double has, or a formula in the parameters. */
export function statisticToJson(of: string, found: Statistic, digits: number): JsonAnswer {
  const { value, absTol, guarantee, exact, symbolic } = found;
  if (symbolic !== undefined) {
    return {
      of,
      value: { symbolic: rationalFunctionToText(symbolic), condition: null },
      absTol: 0,
      exact: null,
      guarantee,
    };
  }
  return {
    of,
    value: digits > doubleDigits ? value : Number(value),
    absTol,
    exact: exact === undefined ? null : algebraicToJson(exact, digits),
    guarantee,
  };
}

export function statisticToText({ value, absTol, guarantee, exact, symbolic }: Statistic, digits: number): string {
  if (symbolic !== undefined) return value;
  if (exact !== undefined) {
    const radicals = shortRadicals(exact);
    return `${algebraicToText(exact, digits)}${radicals === undefined ? "" : ` = ${radicals}`}  (exact)`;
  }
  const sure = guarantee === "certified" ? "certified" : "an estimate";
  return `${value}  (${sure}, error below ${absTol.toExponential(1)})`;
}

export function transformToJson(
  z: readonly ExactComplex[],
  m: readonly Outcome<TransformValue>[],
  digits: number,
): JsonAnswer {
  const number = (text: string): string | number => (digits > doubleDigits ? text : Number(text));
  return {
    z: z.map(({ re, im }) => ({
      re: number(rationalToDecimal(re, digits)),
      im: number(rationalToDecimal(im, digits)),
    })),
    m: m.map((value) => outcomeToJson(value, ({ re, im }) => ({ re: number(re), im: number(im) }))),
    certified: true,
    guarantee: "certified",
  };
}

export function transformToText(z: readonly ExactComplex[], m: readonly Outcome<TransformValue>[]): string {
  const rows = z.map((point, k) => {
    const value = m[k]!;
    const text = value.kind === "ok" ? complexText(value.value.re, value.value.im) : whyNot(value);
    return [complexText(rationalToText(point.re), rationalToText(point.im)), text];
  });
  return alignedTable([["z", "m"], ...rows]);
}

function complexText(re: string, im: string): string {
  if (im === "0") return re;
  return im.startsWith("-") ? `${re} - ${im.slice(1)}i` : `${re} + ${im}i`;
}
