import { LimitError } from "./outcome.js";

/**
 * The caller's own limit, time or patience was reached. It ends the whole call: unlike the other limits it says nothing
 * of the question, so it is never made an answer and never remembered.
 */
export class BudgetError extends LimitError {
  override readonly name: string = "BudgetError";
}

/**
 * How much work a call may do. One unit is roughly one evaluation of the curve or one row operation, some microseconds;
 * `spend` throws {@link BudgetError} when the limit or the time is passed or the signal is aborted. Call it often: what is
 * not announced cannot be stopped.
 */
export interface Budget {
  readonly signal: AbortSignal | undefined;
  spend(units: number, doing: string): void;
}

export interface BudgetOptions {
  /** Work units; by default without limit. */
  readonly limit?: number;
  /** Seconds from now; by default without limit. */
  readonly seconds?: number;
  readonly signal?: AbortSignal;
}

/** A budget of units of work, seconds or until a signal. Exact in units; the clock is read between steps. */
export function createBudget(options: BudgetOptions = {}): Budget {
  const limit = options.limit ?? Number.POSITIVE_INFINITY;
  const seconds = options.seconds ?? Number.POSITIVE_INFINITY;
  const deadline = performance.now() + 1000 * seconds;
  let spent = 0;
  return {
    signal: options.signal,
    spend(units, doing) {
      spent += units;
      if (options.signal?.aborted) throw new BudgetError(`cancelled while ${doing}`);
      if (spent > limit) {
        throw new BudgetError(`the work limit of ${limit} units was reached while ${doing}; raise \`limit\` to go on`);
      }
      if (performance.now() > deadline) {
        throw new BudgetError(
          `the time limit of ${seconds} s was reached while ${doing}; raise \`seconds\` (on the command line --max-seconds) to go on`,
        );
      }
    },
  };
}

/** A budget without limit, for calls that are given none. */
export const unlimited: Budget = createBudget();
