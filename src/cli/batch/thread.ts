import { DomainError } from "../../core/index.js";
import { type ExitCode, sentenceOf } from "../exit.js";
import type { Io } from "../io.js";
import { createProgram, run } from "../run.js";
import { type Chunk, progressOf } from "./chunk.js";
import { fileDigests } from "./file-reading.js";
import type { Outcome, Task } from "./task.js";

const digestOf = fileDigests();

let out = "";
let errors = "";
const io: Io = {
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
};
// To make it takes longer than many a job does.
const program = createProgram(io);

/** What a thread of the pool does: the jobs of a chunk one after another, until there are none or the pool has taken back the others. */
export default async function perform({ tasks, shared }: Chunk): Promise<readonly Outcome[]> {
  const progress = progressOf(shared);
  const outcomes: Outcome[] = [];
  for (let place = progress.take(); place < tasks.length; place = progress.take()) {
    outcomes.push(await performTask(tasks[place]!));
  }
  return outcomes;
}

/** Does a job: the command line as a user types it, with --json, and what it says caught. */
async function performTask(task: Task): Promise<Outcome> {
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
  out = "";
  errors = "";
  const exit = await run([name!, "--json", ...limit, ...rest], io, program);
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
