import {
  type Budget,
  BudgetError,
  DomainError,
  LimitError,
  notDefined,
  type Outcome,
  ok,
  unable,
} from "../core/index.js";

/**
 * What is found at each of the points, or why nothing is. Where there is an answer at none of them the first reason is thrown; the end of a budget
 * always is.
 */
export function answersAtPoints<P, T>(
  points: readonly P[],
  budget: Budget,
  find: (point: P) => T,
): readonly Outcome<T>[] {
  let first: Error | undefined;
  const found = points.map((point): Outcome<T> => {
    budget.spend(1, "answering for every point");
    try {
      return ok(find(point));
    } catch (error) {
      if (error instanceof BudgetError) throw error;
      if (!(error instanceof DomainError || error instanceof LimitError)) throw error;
      first ??= error;
      return error instanceof DomainError ? notDefined(error.message) : unable(error.message);
    }
  });
  if (first !== undefined && found.every(({ kind }) => kind !== "ok")) throw first;
  return found;
}
