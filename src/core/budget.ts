import { LimitError } from "./outcome.js";

/**
 * How much work a call may do. One unit is roughly one evaluation of the curve or one row operation; `spend` throws
 * {@link LimitError} when the limit is passed or the signal is aborted.
 */
export interface Budget {
  readonly signal: AbortSignal | undefined;
  spend(units: number, doing: string): void;
}

export interface BudgetOptions {
  /** Work units; by default without limit. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

export function createBudget(options: BudgetOptions = {}): Budget {
  const limit = options.limit ?? Number.POSITIVE_INFINITY;
  let spent = 0;
  return {
    signal: options.signal,
    spend(units, doing) {
      spent += units;
      if (options.signal?.aborted) throw new LimitError(`cancelled while ${doing}`);
      if (spent > limit) {
        throw new LimitError(`the work limit of ${limit} units was reached while ${doing}; raise \`limit\` to go on`);
      }
    },
  };
}

/** A budget without limit, for calls that are given none. */
export const unlimited: Budget = createBudget();
