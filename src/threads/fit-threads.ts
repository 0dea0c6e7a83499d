import { availableParallelism } from "node:os";
import { setImmediate as turn } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Piscina } from "piscina";
import { type Budget, BudgetError, DomainError, LimitError, unlimited } from "../core/index.js";
import {
  type ExtrapolateOptions,
  type Extrapolation,
  extrapolateSteps,
  type Fit,
  type FitOptions,
  fitSteps,
  orderOf,
  packBatch,
  performedBy,
  performPiece,
  type Result,
  type Steps,
  unpackResult,
  type Work,
} from "../fit/index.js";
import { boardOf, sharedBoard } from "./board.js";
import { errorOf } from "./failure.js";
import type { Done, Help } from "./fit-worker.js";

export interface ThreadsOptions {
  /** How many threads compute, the calling one among them; by default one for each processor. */
  readonly threads?: number;
  /** Megabytes of heap of each thread that is started; by default what Node allows. */
  readonly memory?: number;
}

/** Threads that compute fits together with the one that asks. */
export interface FitThreads {
  /** What `fit` returns, the same in every bit whatever the number of threads. */
  fit(eigenvalues: ArrayLike<number>, options?: FitOptions, budget?: Budget): Promise<Fit>;
  /** What `extrapolate` returns, the same in every bit whatever the number of threads. */
  extrapolate(eigenvalues: ArrayLike<number>, options: ExtrapolateOptions, budget?: Budget): Promise<Extrapolation>;
  /** Ends the threads; calls that still run are rejected. */
  close(): Promise<void>;
}

type Pool = Piscina<Help, readonly Done[]>;

/** What a thread begins with; beside this module, in the package and in the bundle of the command line. */
const WORKER = "./fit-worker.js";

/** How often the budget is asked while others compute, in milliseconds. */
const WATCH = 20;

/**
 * Starts threads for `fit` and `extrapolate`, which load at once while the caller goes on: curves of each kind and the draws of the bands are independent pieces, which the threads take one after another, the calling one
 * too; it sees to its other events between two pieces. Estimates, as those functions give.
 *
 * The budget of a call holds for all of its threads: work is counted where the call was made, and when a limit is reached or the signal is aborted, threads that compute for the call are ended at once and it is rejected with the
 * same kind of error. The threads do not keep a process alive; `close` ends them.
 *
 * @example
 * ```ts
 * import { startThreads } from "freecurve/threads";
 *
 * const threads = startThreads({ threads: 2 });
 * const { law } = await threads.fit(eigenvalues);
 * await threads.close();
 * ```
 * @throws DomainError for a number of threads that makes no sense.
 */
export function startThreads({ threads = availableParallelism(), memory }: ThreadsOptions = {}): FitThreads {
  if (!Number.isSafeInteger(threads) || threads < 1)
    throw new DomainError(`the number of threads must be a whole number of at least 1; got ${threads}`);
  const helping = threads - 1;
  const loading = helping === 0 ? undefined : startPool(helping, memory);
  // Who calls is told of it.
  loading?.catch(() => undefined);
  const performed = async <T>(steps: Steps<T>, budget: Budget): Promise<T> => {
    const pool = await loading;
    return performedBy(steps, { perform: (work) => share(work, pool, helping, budget) });
  };
  return {
    fit: (eigenvalues, options = {}, budget = unlimited) => performed(fitSteps(eigenvalues, options, budget), budget),
    extrapolate: (eigenvalues, options, budget = unlimited) =>
      performed(extrapolateSteps(eigenvalues, options, budget), budget),
    close: async () => (await loading)?.destroy(),
  };
}

async function startPool(threads: number, memory: number | undefined): Promise<Pool> {
  // Loaded when it is asked for: nothing else needs it.
  const { Piscina } = await import("piscina");
  const pool = new Piscina<Help, readonly Done[]>({
    filename: fileURLToPath(new URL(WORKER, import.meta.url)),
    minThreads: threads,
    maxThreads: threads,
    recordTiming: false,
    ...(memory === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: memory } }),
  });
  // A thread that ends before it has anything to do is told of when it has.
  pool.on("error", () => undefined);
  return pool;
}

/** Performs pieces here and in the threads of a pool; what these have not begun by then is not waited for. */
async function share(
  { batch, doing, meanwhile }: Work,
  pool: Pool | undefined,
  helping: number,
  budget: Budget,
): Promise<readonly Result[]> {
  const shared = sharedBoard(orderOf(batch));
  const board = boardOf(shared, "front");
  const results = new Map<number, Result>();
  const failures = new Map<number, unknown>();
  const isComplete = (): boolean => results.size + failures.size === batch.pieces.length;
  const spend = (): void => budget.spend(board.drain(), doing);
  const end = new AbortController();
  const help: Help = { batch: packBatch(batch), shared };
  const helpers = Array.from({ length: helping }, async () => {
    for (const { place, result, failure } of await pool!.run(help, { signal: end.signal })) {
      if (result !== undefined) results.set(place, unpackResult(batch, result));
      else failures.set(place, errorOf(failure!));
    }
  });
  const helped = new Promise<void>((resolve, reject) => {
    for (const helper of helpers) {
      helper.then(
        () => {
          if (isComplete()) resolve();
        },
        (error: unknown) => reject(asLimit(error)),
      );
    }
  });
  // It is looked at where something is missing.
  helped.catch(() => undefined);
  try {
    // A thread that is ready gets its message now.
    await turn();
    meanwhile?.();
    for (let place = board.take(); place !== undefined; place = board.take()) {
      try {
        results.set(place, performPiece(batch, place, budget));
      } catch (error) {
        if (error instanceof BudgetError) throw error;
        failures.set(place, error);
      }
      await turn();
      spend();
    }
    if (!isComplete()) await watched(helped, budget.signal, spend);
    spend();
  } catch (error) {
    end.abort();
    throw error;
  }
  // As in one thread: of several pieces that fail the first is told of.
  if (failures.size > 0) throw failures.get(Math.min(...failures.keys()));
  return batch.pieces.map((_, place) => results.get(place)!);
}

/** Waits, and looks now and then and at the signal whether it is to go on. */
function watched(waiting: Promise<void>, signal: AbortSignal | undefined, look: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const check = (): void => {
      try {
        look();
      } catch (error) {
        reject(error);
      }
    };
    const watch = setInterval(check, WATCH);
    signal?.addEventListener("abort", check);
    const stop = (): void => {
      clearInterval(watch);
      signal?.removeEventListener("abort", check);
    };
    waiting.then(resolve, reject);
    waiting.then(stop, stop);
  });
}

/** A thread that ran out of memory has met a limit. */
function asLimit(error: unknown): unknown {
  if (!(error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY")) return error;
  return new LimitError(
    "the memory limit of a thread was reached; raise `memory` (on the command line --max-memory) to go on",
  );
}
