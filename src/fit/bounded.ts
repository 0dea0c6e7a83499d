import { type Budget, type BudgetOptions, createBudget, type Outcome, ok, unable } from "../core/index.js";

/** A computation that a simpler answer can stand in for: `unable` when it takes more than `work`; the caller's own budget still ends the whole call. */
export function bounded<T>(work: BudgetOptions, budget: Budget, compute: (budget: Budget) => T): Outcome<T> {
  const own = createBudget(work);
  let reached: unknown;
  const both: Budget = {
    signal: budget.signal,
    spend(units, doing) {
      budget.spend(units, doing);
      try {
        own.spend(units, doing);
      } catch (error) {
        reached = error;
        throw error;
      }
    },
  };
  try {
    return ok(compute(both));
  } catch (error) {
    if (error instanceof Error && error === reached) return unable(error.message);
    throw error;
  }
}
