import { availableParallelism } from "node:os";
import { setFlagsFromString } from "node:v8";
import { wholeNumber } from "../arguments.js";
import { type Options, textOption } from "../command-frame.js";
import type { ExitCode } from "../exit.js";
import { codeOf } from "../io.js";
import { moduleFile } from "../package-files.js";
import { type Chunk, type Progress, progressOf, sharedProgress } from "./chunk.js";
import { chunkSize, type Executor, LARGEST_CHUNK, type Outcome, type Waiting } from "./task.js";

export interface ThreadOptions {
  readonly threads: number;
  /** Megabytes of each thread; undefined for what Node gives it. */
  readonly memory: number | undefined;
}

/** Nobody has more processors. */
export const MOST_THREADS = 1024;
export const THREADS = "how many threads compute (default: one for each processor)";
export const MEMORY = "heap of each thread; a job that needs more ends with exit code 3 (default: what Node allows)";

export function threadOptions(options: Options): ThreadOptions {
  const [threads, memory] = [textOption(options, "threads"), textOption(options, "maxMemory")];
  return {
    threads: threads === undefined ? availableParallelism() : wholeNumber("--threads", threads, 1, MOST_THREADS),
    memory: memory === undefined ? undefined : wholeNumber("--max-memory", memory, 16),
  };
}

/**
 * Lets a function run so many times as long as V8 would before it is compiled again, optimised. V8 means that for a program with processors to spare for the compiler; here every thread compiles for itself while the others
 * compute. Small jobs spend half of their time in it; long computations reach the limit soon all the same.
 */
export function optimiseLate(times: number): void {
  setFlagsFromString(
    Number.parseInt(process.versions.v8, 10) < 12
      ? `--interrupt-budget=${66 * 1024 * times}`
      : `--invocation-count-for-turbofan=${3000 * times}`,
  );
}

/** For threads that do small jobs. */
const LATE = 15;

/** How often running chunks are looked at, in milliseconds. */
const WATCH = 100;

/** How long a chunk is meant to take, in seconds: handing it out takes a thousandth of that, and a kill loses no more. */
const SLICE = 0.05;

/** A chunk that a thread has. */
interface Running {
  /** Its jobs, without those that were taken back. */
  readonly waiting: Waiting[];
  readonly progress: Progress;
  readonly begun: number;
  readonly end: AbortController;
  /** The place of the job for whose lateness the thread is ended. */
  late: number | undefined;
}

/**
 * Threads of this process, which begin to load the program at once. Jobs go to them in chunks, smaller ones towards the end; what a thread
 * has not begun in time is taken back for the others. A job that passes its time limit by a quarter of it and a second, because nothing in
 * it looks at the clock, is ended together with its thread, and so is one that needs too much memory; another thread takes the place, and
 * the other jobs of the chunk are done again.
 *
 * @param signal ends all jobs
 */
export async function threadPool({ threads, memory }: ThreadOptions, signal: AbortSignal): Promise<Executor> {
  // Loaded when it is asked for: no other command needs it.
  const { Piscina } = await import("piscina");
  optimiseLate(LATE);
  const pool = new Piscina<Chunk, readonly Outcome[]>({
    filename: moduleFile("batch/thread.js"),
    minThreads: threads,
    maxThreads: threads,
    recordTiming: false,
    ...(memory === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: memory } }),
  });
  const queue: Waiting[] = [];
  const running = new Set<Running>();
  const size = chunkSize(SLICE);

  const dispatch = (): void => {
    while (queue.length > 0 && running.size < threads && !signal.aborted) {
      const share = Math.ceil(queue.length / (2 * threads));
      void perform(queue.splice(0, Math.min(size.now(), share)));
    }
  };

  const perform = async (waiting: Waiting[]): Promise<void> => {
    const chunk: Chunk = { tasks: waiting.map(({ task }) => task), shared: sharedProgress() };
    const one: Running = {
      waiting,
      progress: progressOf(chunk.shared),
      begun: Date.now(),
      end: new AbortController(),
      late: undefined,
    };
    running.add(one);
    let outcomes: readonly Outcome[];
    try {
      outcomes = await pool.run(chunk, { signal: one.end.signal });
      size.learn(outcomes);
    } catch (error) {
      outcomes = [];
      if (!signal.aborted) fail(one, error);
    }
    running.delete(one);
    // The thread goes on before what it has done is written down.
    dispatch();
    for (const [place, { resolve, reject }] of waiting.entries()) {
      const outcome = outcomes[place];
      if (outcome !== undefined) resolve(outcome);
      else if (signal.aborted) reject(signal.reason);
    }
  };

  /** The job that ran when the thread ended has failed; the others of its chunk wait again. */
  const fail = ({ waiting, progress, late }: Running, error: unknown): void => {
    const { place, since } = progress.running();
    const [failed] = waiting.splice(Math.max(0, late ?? Math.min(place, waiting.length - 1)), 1);
    const seconds = since === 0 ? 0 : (Date.now() - since) / 1000;
    failed!.resolve({ ...failureOf(error, late === undefined ? undefined : failed!.task.seconds, memory), seconds });
    queue.unshift(...waiting.splice(0));
  };

  const takeBack = ({ waiting, progress }: Running): void => {
    queue.unshift(...waiting.splice(progress.takeBack()));
  };

  const watch = setInterval(() => {
    const now = Date.now();
    for (const one of running) {
      const { place, since } = one.progress.running();
      const seconds = one.waiting[Math.min(place, one.waiting.length - 1)]?.task.seconds;
      const isLate = seconds !== undefined && since !== 0 && now - since > 1250 * seconds + 1000;
      // A thread that still loads the program has begun nothing.
      if (isLate || (place >= 0 && now - one.begun > 2000 * SLICE)) takeBack(one);
      // It may have ended just now.
      if (!isLate || one.waiting.length - 1 > place) continue;
      one.late = one.waiting.length - 1;
      one.end.abort();
    }
    dispatch();
  }, WATCH);

  const stop = (): void => {
    for (const { reject } of queue.splice(0)) reject(signal.reason);
    for (const { end } of running) end.abort();
  };
  signal.addEventListener("abort", stop);

  return {
    lanes: 4 * LARGEST_CHUNK * threads,
    async run(task) {
      signal.throwIfAborted();
      return new Promise<Outcome>((resolve, reject) => {
        queue.push({ task, resolve, reject });
        dispatch();
      });
    },
    settled: () => undefined,
    async close() {
      clearInterval(watch);
      signal.removeEventListener("abort", stop);
      await pool.destroy();
    },
  };
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
