import { DomainError } from "../../core/index.js";
import { type ExitCode, sentenceOf } from "../exit.js";
import type { Io } from "../io.js";
import type { Digest } from "./file-digest.js";

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
  /** How many jobs it is given at a time. */
  readonly lanes: number;
  /** Never rejects but with the reason of `signal`, or where the executor itself has failed. */
  run(task: Task, signal: AbortSignal): Promise<Outcome>;
  /** The outcome of the task is safe. */
  settled(task: Task): void;
  /** Ends everything that was started for it. */
  close(): Promise<void>;
}

type Run = (argv: readonly string[], io: Io) => Promise<ExitCode>;

/** Does a job in this thread: the command line as a user types it, with --json, and what it says caught. */
export async function performTask(task: Task, run: Run, digestOf: Digest): Promise<Outcome> {
  const start = performance.now();
  const done = (exit: ExitCode, found: { answer: string } | { error: string }): Outcome => ({
    exit,
    ...found,
    seconds: (performance.now() - start) / 1000,
  });
  for (const { path, digest } of task.files) {
    const here = await digestOf(path);
    if (here === digest) continue;
    const what =
      here === "none" ? "cannot be read where the job was done" : "is not what it was when the batch read it";
    return done(2, { error: `the file "${path}" ${what}` });
  }
  // Where the job has a limit of its own, that one comes later, and holds.
  const limit = task.seconds === undefined ? [] : ["--max-seconds", String(task.seconds)];
  const [name, ...rest] = task.words;
  let out = "";
  let errors = "";
  const exit = await run([name!, "--json", ...limit, ...rest], {
    writeOut(text) {
      out += text;
    },
    writeError(text) {
      errors += text;
    },
    async readInput() {
      throw new DomainError("a job has no standard input");
    },
    errorIsTerminal: false,
    signal: undefined,
  });
  if (exit !== 0) return done(exit, { error: sentenceOf(errors) });
  const answer = out.trim();
  return isJson(answer) ? done(0, { answer }) : done(2, { error: "the command gives no JSON answer" });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
