import type { AssumptionCheck, CumulantComparison, MatrixCheck } from "../measured/index.js";
import { shortNumber } from "../picture/index.js";
import type { JsonAnswer } from "./shape-answers.js";
import { alignedTable } from "./text.js";

/** What two sizes say about the flow. */
export function checkToJson(check: AssumptionCheck): JsonAnswer {
  return { ...check, ratios: check.ratios.map((r) => (Number.isNaN(r) ? null : r)), guarantee: "estimate" };
}

export function checkToText(check: AssumptionCheck): string {
  const { small, large } = check.size;
  return [
    `Sizes ${small} and ${large}. Free cumulants of size ${small}, and as size ${large} predicts them:`,
    cumulantTable(check.cumulants, true),
    answerOf(check),
  ].join("\n\n");
}

/** What the submatrices of one matrix say about the flow. */
export function matrixCheckToJson(check: MatrixCheck): JsonAnswer {
  return { ...check, guarantee: "estimate" };
}

export function matrixCheckToText(check: MatrixCheck): string {
  const parts = check.submatrices.flatMap((one) => [
    `${one.draws} random principal submatrices of size ${one.size}: mean free cumulants, and as the whole of size ${check.size} predicts them:`,
    cumulantTable(one.cumulants, false),
    `They scatter ${one.scatter.map((s) => shortNumber(s, 2)).join(", ")} times as much as corners in general position.`,
  ]);
  return [...parts, answerOf(check)].join("\n\n");
}

function cumulantTable(cumulants: readonly CumulantComparison[], twoErrors: boolean): string {
  return alignedTable(
    [
      ["order", "found", "predicted", "difference", "+-", ...(twoErrors ? ["+- if independent"] : []), "relative"],
      ...cumulants.map((c) => [
        String(c.order),
        shortNumber(c.found, 5),
        shortNumber(c.predicted, 5),
        shortNumber(c.found - c.predicted, 3),
        shortNumber(c.error, 2),
        ...(twoErrors ? [shortNumber(c.errorIndependent, 2)] : []),
        `${shortNumber(100 * c.relative, 2)} %`,
      ]),
    ],
    [0, 1, 2, 3, 4, 5, 6],
  );
}

function answerOf({ holds, reason }: Pick<AssumptionCheck, "holds" | "reason">): string {
  const verdict =
    holds === true
      ? "The flow holds"
      : holds === false
        ? "The flow does not hold"
        : "Not decided whether the flow holds";
  return `${verdict}: ${reason}.`;
}
