import type { JsonAnswer } from "./shape-answers.js";

/** The eigenvalues of one sampled matrix. */
export interface SampleAnswer {
  /** The law, as the user wrote it. */
  readonly law: string;
  readonly seed: number;
  readonly values: Float64Array;
}

export function sampleToJson({ law, seed, values }: SampleAnswer): JsonAnswer {
  return { law, size: values.length, seed, values: Array.from(values), guarantee: "estimate" };
}

/** One eigenvalue a line, with all the digits of a double, so that the text reads back to the same numbers. */
export function sampleToText({ values }: SampleAnswer): string {
  return Array.from(values, String).join("\n");
}

/** A file that `fit` and `extrapolate` read: where the numbers come from, and the numbers. */
export function sampleToFile(answer: SampleAnswer): string {
  const { law, seed, values } = answer;
  const origin = law.replaceAll(/\s+/g, " ").trim();
  return `# ${values.length} eigenvalues of one random matrix of law ${origin}, seed ${seed}\n${sampleToText(answer)}\n`;
}
