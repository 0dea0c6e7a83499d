/** One step: a named kind and its fields, all of them texts or lists of texts. */
export type Step = Readonly<Record<string, unknown>> & { readonly kind: string };

/** The questions whose answers can carry a proof. */
export type Question = "curve" | "support" | "branch-points" | "density" | "events" | "horizon";

/**
 * An answer with its proof, plain JSON with exact texts only: the steps follow one another, the answer follows from them, and what of the
 * answer does not is named. Checked by `verifyCertificate`.
 */
export interface Certificate {
  readonly format: string;
  readonly question: Question;
  readonly law: string;
  readonly digits: string;
  readonly answer: unknown;
  readonly notCovered: readonly string[];
  readonly steps: readonly Step[];
  readonly digest: string;
}
