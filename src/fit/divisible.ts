import type { CurveFit, Family } from "../regression/index.js";
import { rationalToNumber } from "../rings/index.js";

/** Whether the members of a family are freely infinitely divisible by construction: laws at every tau. */
export function isDivisible(family: Family): boolean {
  return family === "free Lévy" || family === "continuous free Lévy";
}

/** Whether a fitted curve is a law by construction after decompression by tau. */
export function isLawAt({ family, reaches }: Pick<CurveFit, "family" | "reaches">, tau: number): boolean {
  return isDivisible(family) || (reaches !== undefined && tau <= rationalToNumber(reaches));
}
