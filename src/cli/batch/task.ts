import type { ExitCode } from "../exit.js";

/** A job as it goes to a thread or to a worker: plain data. */
export interface Task {
  /** The SHA-256 of all that its answer depends on, in hexadecimal. */
  readonly key: string;
  readonly words: readonly string[];
  /** The files that it reads, with the digests of what is in them. */
  readonly files: readonly { readonly path: string; readonly digest: string }[];
  /** Its time limit, where it has one: its own, or else that of the batch. */
  readonly seconds: number | undefined;
}

/** What came of a job. */
export interface Outcome {
  readonly exit: ExitCode;
  /** The JSON text of the answer, or a sentence. */
  readonly answer?: string;
  readonly error?: string;
  /** How long it took. */
  readonly seconds: number;
}

/** Something that does jobs. */
export interface Executor {
  /** How many jobs it is given at a time: more than it does at a time, for it hands them out in chunks. */
  readonly lanes: number;
  /** Never rejects but with the reason of the signal that it was made with, or where the executor itself has failed. */
  run(task: Task): Promise<Outcome>;
  /** The outcome of the task is safe. */
  settled(task: Task): void;
  /** Ends everything that was started for it. */
  close(): Promise<void>;
}

/** A job that an executor was given, and who waits for it. */
export interface Waiting {
  readonly task: Task;
  resolve(outcome: Outcome): void;
  reject(reason: unknown): void;
}

/** The largest chunk: what is lost of it with its thread is done again. */
export const LARGEST_CHUNK = 256;

/** How many jobs are handed out together. */
export interface ChunkSize {
  now(): number;
  learn(outcomes: readonly Outcome[]): void;
}

/** Chunks of as many jobs as take so many seconds together, judged by the last ones; of one job where a job takes longer. */
export function chunkSize(seconds: number): ChunkSize {
  let pace = seconds;
  return {
    now: () => Math.min(LARGEST_CHUNK, Math.max(1, Math.floor(seconds / pace))),
    learn(outcomes) {
      if (outcomes.length === 0) return;
      const mean = outcomes.reduce((sum, outcome) => sum + outcome.seconds, 0) / outcomes.length;
      pace = (pace + mean) / 2;
    },
  };
}
