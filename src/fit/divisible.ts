import type { Family } from "../regression/index.js";

/** Whether the members of a family are freely infinitely divisible by construction: laws at every tau. */
export function isDivisible(family: Family): boolean {
  return family === "free Lévy" || family === "continuous free Lévy";
}
