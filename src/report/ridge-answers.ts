import type { OptimalPenalty, RidgelessValues, RidgeQuantity, RidgeValues } from "../equivalents/index.js";
import type { EncodedCurve } from "../flow/index.js";
import { type RationalFunction, rationalFunctionToText } from "../poly/index.js";
import { type Rational, rationalToDecimal, rationalToText } from "../rings/index.js";
import { algebraicToJson, algebraicToText, shortRadicals } from "./algebraic.js";
import { encodedCurveToJson, encodedCurveToText, type JsonAnswer } from "./shape-answers.js";
import { alignedTable } from "./text.js";

/** The errors at one ratio and one penalty; at the penalty 0 the limits that exist. */
export interface RidgeRow {
  readonly ratio: Rational;
  readonly lambda: Rational;
  readonly values: RidgeValues | RidgelessValues;
}

/** The best penalty at one ratio, with the errors there; with parameters left free a formula instead. */
export type RidgeBest =
  | { readonly kind: "penalty"; readonly ratio: Rational; readonly lambda: OptimalPenalty; readonly error: string }
  | { readonly kind: "formula"; readonly lambda: RationalFunction };

/** What `ridge` was asked for. */
export interface RidgeAnswer {
  readonly rows: readonly RidgeRow[];
  readonly best: readonly RidgeBest[];
  readonly curve: EncodedCurve | undefined;
  readonly parameters: readonly string[];
}

/** The most digits that a number of JSON carries. */
const doubleDigits = 15;

export function ridgeToJson(answer: RidgeAnswer, digits: number): JsonAnswer {
  const number = (text: string): string | number =>
    digits > doubleDigits || text === "infinity" ? text : Number(text);
  return {
    values: answer.rows.map(({ ratio, lambda, values }) => ({
      ratio: number(rationalToDecimal(ratio, digits)),
      lambda: number(rationalToDecimal(lambda, digits)),
      ...Object.fromEntries(Object.entries(values).map(([name, text]) => [name, number(text)])),
    })),
    optimal: answer.best.map((best) =>
      best.kind === "formula"
        ? { lambda: { symbolic: rationalFunctionToText(best.lambda), condition: null } }
        : {
            ratio: number(rationalToDecimal(best.ratio, digits)),
            lambda: best.lambda === "infinity" ? "infinity" : algebraicToJson(best.lambda, digits),
            testError: number(best.error),
          },
    ),
    curve: answer.curve === undefined ? null : encodedCurveToJson(answer.curve, answer.parameters),
    guarantee: answer.rows.length > 0 || answer.best.some(({ kind }) => kind === "penalty") ? "certified" : "exact",
  };
}

const columns = [
  "kappa",
  "df1",
  "df2",
  "bias",
  "variance",
  "testError",
  "trainingError",
  "gcv",
] as const satisfies readonly RidgeQuantity[];

export function ridgeToText(answer: RidgeAnswer, digits: number): string {
  const blocks: string[] = [];
  if (answer.rows.length > 0) {
    const heads = columns.map((name) => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`));
    const rows = answer.rows.map(({ ratio, lambda, values }) => [
      rationalToText(ratio),
      rationalToText(lambda),
      ...columns.map((name) => values[name]),
    ]);
    blocks.push(alignedTable([["ratio", "lambda", ...heads], ...rows]));
  }
  blocks.push(...answer.best.map((best) => bestToText(best, digits)));
  if (answer.curve !== undefined) blocks.push(encodedCurveToText(answer.curve, answer.parameters));
  return blocks.join("\n\n");
}

function bestToText(best: RidgeBest, digits: number): string {
  if (best.kind === "formula") return `optimal lambda = ${rationalFunctionToText(best.lambda)}`;
  const { ratio, lambda, error } = best;
  const radicals = lambda === "infinity" ? undefined : shortRadicals(lambda);
  const text = lambda === "infinity" ? lambda : algebraicToText(lambda, digits);
  const exact = radicals === undefined ? "" : ` = ${radicals}`;
  return `ratio ${rationalToText(ratio)}: optimal lambda ${text}${exact}, test error ${error}`;
}
