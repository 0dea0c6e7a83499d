import { shortNumber } from "../picture/index.js";
import type { WeightShape } from "../scaling/index.js";
import type { JsonAnswer } from "./shape-answers.js";
import { alignedTable } from "./text.js";

/** The shape of one weight matrix. */
export function weightsToJson(shape: WeightShape): JsonAnswer {
  const { bulk } = shape;
  return {
    verdict: shape.verdict,
    reason: shape.reason,
    p: shape.p,
    n: shape.n,
    ratio: shape.ratio,
    variance: bulk.law.variance,
    edges: bulk.law.edges,
    threshold: bulk.threshold,
    spikes: bulk.spikes,
    bulkDistance: bulk.ks,
    tail: shape.tail,
    laws: shape.laws.map((law) => ({
      ...law,
      meanLogDensity: Number.isFinite(law.meanLogDensity) ? law.meanLogDensity : null,
    })),
    guarantee: "estimate",
  };
}

export function weightsToText(shape: WeightShape): string {
  const { bulk, tail } = shape;
  const spikes = bulk.spikes.slice(0, 10).map((value) => shortNumber(value, 5));
  const more = bulk.spikes.length - spikes.length;
  const rows = [
    [
      "matrix",
      `${shape.p} eigenvalues of W W'/n, sides ${shape.p} and ${shortNumber(shape.n)}, ratio ${shortNumber(shape.ratio, 4)}`,
    ],
    [
      "bulk",
      `variance ${shortNumber(bulk.law.variance, 5)}, from ${shortNumber(bulk.law.edges.left, 5)} to ${shortNumber(bulk.law.edges.right, 5)}`,
    ],
    [
      "spikes",
      spikes.length === 0
        ? `none above ${shortNumber(bulk.threshold, 5)}`
        : `${bulk.spikes.length} above ${shortNumber(bulk.threshold, 5)}: ${spikes.join(", ")}${more > 0 ? ` and ${more} more` : ""}`,
    ],
    [
      "tail",
      "none" in tail
        ? tail.none
        : `density ~ x^-${shortNumber(tail.alpha, 4)} (+- ${shortNumber(tail.error, 2)}) for the upper ${tail.count}, above ${shortNumber(tail.xMin, 4)}; plausibility ${shortNumber(tail.plausibility, 2)}`,
    ],
  ];
  const laws = [
    ["law", "distance", "mean log density", "parameters"],
    ...shape.laws.map((law) => [
      law.name,
      shortNumber(law.ks, 3),
      Number.isFinite(law.meanLogDensity) ? shortNumber(law.meanLogDensity, 4) : "-",
      Object.entries(law.parameters)
        .map(([name, value]) => `${name} ${shortNumber(value, 4)}`)
        .concat(law.note ?? [])
        .join(", "),
    ]),
  ];
  return [alignedTable(rows), alignedTable(laws, [1, 2]), `Verdict: ${shape.verdict}; ${shape.reason}.`].join("\n\n");
}
