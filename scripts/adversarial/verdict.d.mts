import type { AdversarialCase } from "./cases.mjs";
import type { Judge } from "./judge.mjs";

export type Outcome = "right" | "no law" | "refused" | "over the limit" | "no judge" | "WRONG";

export const outcomes: readonly Outcome[];

/** What a case came to; see verdict.mjs. `engine` holds the rooms of the program by name. */
export function verdictOn(
  engine: object,
  one: AdversarialCase,
  judge: Judge,
  limits?: { readonly seconds?: number; readonly patience?: number },
): Promise<{
  readonly outcome: Outcome;
  readonly why: string;
  readonly curve: string;
  readonly took: { readonly engine: number; readonly judge: number };
}>;
