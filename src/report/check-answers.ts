import type { AssumptionCheck, CumulantComparison, MatrixCheck, SpectrumComparison } from "../measured/index.js";
import { shortNumber } from "../picture/index.js";
import type { JsonAnswer } from "./shape-answers.js";
import { alignedTable } from "./text.js";

/** What two sizes say about the flow. */
export function checkToJson(check: AssumptionCheck): JsonAnswer {
  return { ...plainCheck(check), guarantee: "estimate" };
}

/** Without numbers that JSON does not have. */
export function plainCheck(check: AssumptionCheck): Readonly<Record<string, unknown>> {
  return {
    ...check,
    ratios: check.ratios.map((r) => (Number.isNaN(r) ? null : r)),
    ...(check.undone === undefined ? {} : { undone: plainCheck(check.undone) }),
  };
}

export function checkToText(check: AssumptionCheck): string {
  const { small, large } = check.size;
  return [
    `Sizes ${small} and ${large}. Free cumulants of size ${small}, and as size ${large} predicts them:`,
    cumulantTable(check.cumulants, true),
    ...spectrumParts(check.spectrum, true),
    verdictText(check),
    ...(check.undone === undefined ? [] : [`Multiplied by their sizes. ${checkToText(check.undone)}`]),
  ].join("\n\n");
}

/** The figures of the whole spectrum. */
function spectrumParts(spectrum: SpectrumComparison | undefined, independent: boolean): string[] {
  if (spectrum === undefined) return [];
  const { distance, ks, nested, worst, rank } = spectrum;
  const share = (value: number): string => `${shortNumber(100 * value, 3)} %`;
  const chance = ({ critical, p }: SpectrumComparison["nested"]): string =>
    `${share(critical)} (p = ${shortNumber(p, 2)}, of ${spectrum.draws} draws)`;
  return [
    "The whole spectrum, against the free compression of the large one:",
    alignedTable([
      ["largest difference, smoothed", share(distance)],
      ["999 of 1000 corners in general position stay below", chance(nested)],
      ...(independent ? [["the same for independent parts of a larger matrix", chance(spectrum.independent)]] : []),
      ["it is at", shortNumber(worst.x, 3)],
      ["eigenvalues below that, found and predicted", `${share(worst.found)} and ${share(worst.predicted)}`],
      ["Kolmogorov-Smirnov distance, not smoothed", share(ks)],
      ["rank, found and predicted", `${shortNumber(rank.found, 6)} and ${shortNumber(rank.predicted, 6)}`],
    ]),
  ];
}

/** What the submatrices of one matrix say about the flow. */
export function matrixCheckToJson(check: MatrixCheck): JsonAnswer {
  return { ...check, guarantee: "estimate" };
}

export function matrixCheckToText(check: MatrixCheck): string {
  const parts = check.submatrices.flatMap((one) => [
    `${one.draws} random principal submatrices of size ${one.size}: mean free cumulants, and as the whole of size ${check.size} predicts them:`,
    cumulantTable(one.cumulants, false),
    ...spectrumParts(one.spectrum, false),
    `They scatter ${one.scatter.map((s) => shortNumber(s, 2)).join(", ")} times as much as corners in general position.`,
  ]);
  return [...parts, verdictText(check)].join("\n\n");
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

/** Whether the flow holds, and why. */
export function verdictText({ holds, reason }: Pick<AssumptionCheck, "holds" | "reason">): string {
  const verdict =
    holds === true
      ? "The flow holds"
      : holds === false
        ? "The flow does not hold"
        : "Not decided whether the flow holds";
  return `${verdict}: ${reason}.`;
}
