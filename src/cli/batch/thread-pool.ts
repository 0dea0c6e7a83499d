import { availableParallelism } from "node:os";
import { wholeNumber } from "../arguments.js";
import { type Options, textOption } from "../command-frame.js";
import type { ExitCode } from "../exit.js";
import { codeOf } from "../io.js";
import type { Executor, Outcome, Task } from "./task.js";

export interface ThreadOptions {
  readonly threads: number;
  /** Megabytes of each thread; undefined for what Node gives it. */
  readonly memory: number | undefined;
}

export const THREADS = "how many threads compute (default: one for each processor)";
export const MEMORY = "heap of each thread; a job that needs more ends with exit code 3 (default: what Node allows)";

export function threadOptions(options: Options): ThreadOptions {
  const [threads, memory] = [textOption(options, "threads"), textOption(options, "maxMemory")];
  return {
    threads: threads === undefined ? availableParallelism() : wholeNumber("--threads", threads, 1, 1024),
    memory: memory === undefined ? undefined : wholeNumber("--max-memory", memory, 16),
  };
}

/** How often the clocks of running jobs are looked at, in milliseconds. */
const WATCH = 200;

/**
 * Threads of this process. A job that passes its time limit by a quarter of it and a second, because nothing in it looks at the clock,
 * is ended together with its thread, and so is one that needs too much memory; another thread takes the place.
 */
export async function threadPool({ threads, memory }: ThreadOptions): Promise<Executor> {
  // Loaded when it is asked for: no other command needs it.
  const { Piscina } = await import("piscina");
  const pool = new Piscina<{ task: Task; started: Float64Array }, Outcome>({
    filename: new URL("./thread.js", import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    recordTiming: false,
    ...(memory === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: memory } }),
  });
  return {
    lanes: threads,
    async run(task, signal) {
      signal.throwIfAborted();
      const started = new Float64Array(new SharedArrayBuffer(8));
      const end = new AbortController();
      const stop = (): void => end.abort();
      signal.addEventListener("abort", stop);
      const watch = watchClock(task, started, stop);
      try {
        return await pool.run({ task, started }, { signal: end.signal });
      } catch (error) {
        signal.throwIfAborted();
        const seconds = started[0] === 0 ? 0 : (Date.now() - started[0]!) / 1000;
        return { ...failureOf(error, end.signal.aborted ? task.seconds : undefined, memory), seconds };
      } finally {
        clearInterval(watch);
        signal.removeEventListener("abort", stop);
      }
    },
    settled: () => undefined,
    close: () => pool.destroy(),
  };
}

function watchClock({ seconds }: Task, started: Float64Array, end: () => void): NodeJS.Timeout | undefined {
  if (seconds === undefined) return undefined;
  return setInterval(() => {
    if (started[0] !== 0 && Date.now() - started[0]! > 1250 * seconds + 1000) end();
  }, WATCH);
}

/** Why a thread ended before its job did; in the words of a command that has the limit for itself. */
function failureOf(
  error: unknown,
  late: number | undefined,
  memory: number | undefined,
): { readonly exit: ExitCode; readonly error: string } {
  if (late !== undefined)
    return { exit: 3, error: `the time limit of ${late} s was reached; raise --max-seconds to go on` };
  if (codeOf(error) === "ERR_WORKER_OUT_OF_MEMORY") {
    const limit = memory === undefined ? "the memory limit of a thread" : `the memory limit of ${memory} MB`;
    return { exit: 3, error: `${limit} was reached; raise --max-memory of the batch to go on` };
  }
  return { exit: 1, error: `the thread of the job ended: ${error instanceof Error ? error.message : String(error)}` };
}
