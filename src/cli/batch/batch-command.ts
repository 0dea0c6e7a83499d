import { closeSync, fstatSync, openSync, rmSync, statSync } from "node:fs";
import { setImmediate as turn } from "node:timers/promises";
import type { Command } from "commander";
import { DomainError } from "../../core/index.js";
import { positiveNumber } from "../arguments.js";
import { type Options, progressLine, textOption } from "../command-frame.js";
import { CommandEnd } from "../exit.js";
import { checkWritable, fileTrouble, type Io, quote } from "../io.js";
import { interruptSignal } from "./interrupt.js";
import { readJobs } from "./jobs-file.js";
import { type Journal, openJournal } from "./journal.js";
import { type Plan, planJobs } from "./plan.js";
import { queueJobs } from "./queue-jobs.js";
import { PREFIX, QUEUE, queueServer } from "./queue-server.js";
import { fileSink, isPlainFile, outputSink, type ResultSink } from "./results-file.js";
import type { Executor, Task } from "./task.js";
import { MEMORY, THREADS, threadOptions, threadPool } from "./thread-pool.js";

/** `batch`. */
export function addBatchCommand(program: Command, io: Io): void {
  program
    .command("batch")
    .summary("many commands, one a line of a file, on all processors")
    .description(
      'Does the commands in a file, each line a JSON object {"command": ["support", "mp(1/2)"], "id": 7}: the words of a command line, or a text that is split like one, and if you like an id. Each result is a line {"key", "id", "command", "exit", "answer"}, in the order of the jobs, with the JSON answer of the command, or with its sentence as "error" and its exit code: a failure ends nothing else. Equal jobs are done once. The results depend on nothing but the jobs, the files they name and the version of the program.',
    )
    .argument("<jobs.jsonl>", "the jobs; paths in them are seen from the folder in which the batch is started")
    .option(
      "-o, --out <results.jsonl>",
      "the results, which appear when all are there; until then FILE.journal keeps what is done, and the same command goes on with it (default: standard output, as they come)",
    )
    .option("--threads <N>", THREADS)
    .option("--max-seconds <S>", "time limit of each job that sets itself none (default: no limit)")
    .option("--max-memory <MB>", MEMORY)
    .option("--times", "add how many seconds each job took; such results differ from run to run")
    .option("--queue <URL>", `let workers on other machines do it (freecurve worker): ${QUEUE}`)
    .option("--queue-prefix <text>", PREFIX, "freecurve")
    .addHelpText(
      "after",
      "\nExample: freecurve batch jobs.jsonl -o results.jsonl\n  Exit codes: 0 every job has an answer, 4 the results are complete but some are errors, 130 interrupted.\n  Jobs may write files (plot -o a.svg) below the folder of the batch, each its own; not through a queue.",
    )
    .action((path: string, _options: unknown, command: Command) => runBatch(program, path, command.opts(), io));
}

async function runBatch(program: Command, path: string, options: Options, io: Io): Promise<void> {
  const seconds = textOption(options, "maxSeconds");
  const limit = seconds === undefined ? undefined : positiveNumber("--max-seconds", seconds);
  const url = textOption(options, "queue");
  if (url !== undefined && (options.threads !== undefined || options.maxMemory !== undefined)) {
    throw new DomainError("--threads and --max-memory are options of the workers when there is a --queue");
  }
  const threads = threadOptions(options);
  const out = textOption(options, "out");
  if (out !== undefined) await checkWritable(out);
  const own = out === undefined || !isPlainFile(out) ? undefined : { journal: `${out}.journal`, part: `${out}.part` };

  const progress = progressLine(io);
  const remark = (sentence: string): void => {
    progress("");
    io.writeError(`freecurve: ${sentence}\n`);
  };
  const stop = interruptSignal(io);
  const halt = new AbortController();
  stop.signal.addEventListener("abort", () => halt.abort());
  const atEnd: (() => unknown)[] = [stop.release, () => progress("")];
  try {
    const file = openJobs(path);
    atEnd.push(() => closeSync(file));
    const stamp = stampOf(file);
    const plan = await planJobs(file, path, program, {
      seconds: limit,
      mayWrite: url === undefined,
      own: [path, ...(out === undefined ? [] : [out]), ...(own === undefined ? [] : [own.journal, own.part])],
      progress: (jobs) => progress(`reading jobs: ${jobs}`),
      signal: stop.signal,
    });
    const server = url === undefined ? undefined : await queueServer(url, options);
    if (server !== undefined) atEnd.push(server.close);
    const journal = openJournal(own?.journal, plan);
    atEnd.push(journal.close);
    if (journal.found > 0)
      remark(`${journal.found} of ${plan.distinct} jobs were done before; going on with the others`);
    const executor =
      server === undefined
        ? await threadPool(threads, halt.signal)
        : await queueJobs(server, journal.name, halt.signal, remark);
    atEnd.push(executor.close);
    const batch: Batch = { file, path, stamp, plan, journal, halt };
    const write = (): Promise<number> =>
      writeResults(batch, out === undefined ? outputSink(io) : fileSink(out, own?.part), options.times === true);
    // What is written as it comes is written while the jobs are done.
    const [early] = await Promise.all([own === undefined ? write() : 0, doJobs(batch, executor, progress)]);
    const failures = own === undefined ? early : await write();
    if (own !== undefined) rmSync(own.journal, { force: true });
    if (out !== undefined) remark(`wrote ${out}: ${plan.jobs} results`);
    if (failures > 0) throw new CommandEnd(4, `${failures} of ${plan.jobs} jobs have no answer; their lines tell why`);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    throw new CommandEnd(130, own === undefined ? "interrupted" : "interrupted; the same command goes on from here");
  } finally {
    for (const end of atEnd.reverse()) await end();
  }
}

/** A batch that runs. */
interface Batch {
  /** The open file of jobs. */
  readonly file: number;
  readonly path: string;
  readonly stamp: string;
  readonly plan: Plan;
  readonly journal: Journal;
  /** Aborted by Ctrl-C and by whatever makes it useless to go on. */
  readonly halt: AbortController;
}

function openJobs(path: string): number {
  const cannot = (reason: string): DomainError => new DomainError(`cannot read ${quote(path)}: ${reason}`);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) throw cannot("it is a directory");
  if (found !== undefined && !found.isFile()) throw cannot("jobs are read more than once, so they must be in a file");
  try {
    return openSync(path, "r");
  } catch (error) {
    throw cannot(fileTrouble(error));
  }
}

/** What changes when a file does. */
function stampOf(file: number): string {
  const { size, mtimeMs } = fstatSync(file);
  return `${size} ${mtimeMs}`;
}

/** The jobs a second time. */
function jobsAgain({ file, path, stamp }: Batch): ReturnType<typeof readJobs> {
  return readJobs(file, path, () => {
    if (stampOf(file) !== stamp)
      throw new DomainError(`${quote(path)} was changed while the batch ran; start it again`);
  });
}

/** Has every distinct job done that the journal does not hold, some at a time; the first that cannot be kept ends it. */
async function doJobs(batch: Batch, executor: Executor, progress: (doing: string) => void): Promise<void> {
  const { plan, journal, halt } = batch;
  const tasks = openTasks(batch);
  const start = Date.now();
  let done = 0;
  let shown = start;
  const lane = async (): Promise<void> => {
    for (let next = tasks.next(); next.done !== true; next = tasks.next()) {
      const { number, task } = next.value;
      await journal.append(number, await executor.run(task));
      executor.settled(task);
      done++;
      if (Date.now() - shown < 200) continue;
      shown = Date.now();
      progress(progressText(journal.found + done, plan.distinct, (1000 * done) / (shown - start)));
    }
  };
  try {
    await Promise.all(Array.from({ length: executor.lanes }, lane));
  } catch (error) {
    halt.abort(error);
    throw error;
  } finally {
    journal.end();
  }
}

/** The distinct jobs that the journal does not hold, each once. */
function* openTasks(batch: Batch): Generator<{ readonly number: number; readonly task: Task }> {
  const { plan, journal } = batch;
  let place = 0;
  let seen = 0;
  for (const job of jobsAgain(batch)) {
    const number = plan.numberAt(place);
    // They are numbered in the order in which they first appear.
    if (number === seen) {
      seen++;
      if (!journal.has(number)) yield { number, task: plan.taskOf(job, place) };
    }
    place++;
  }
}

function progressText(done: number, all: number, rate: number): string {
  const left = (all - done) / rate;
  const time =
    left < 100 ? `${Math.ceil(left)} s` : left < 6000 ? `${Math.ceil(left / 60)} min` : `${Math.ceil(left / 3600)} h`;
  return `${done} of ${all} jobs, ${rate.toPrecision(3)} a second, about ${time} left`;
}

/** The results in the order of the jobs; how many of them have no answer. */
async function writeResults(batch: Batch, sink: ResultSink, times: boolean): Promise<number> {
  const { plan, journal, halt } = batch;
  let failures = 0;
  let place = 0;
  try {
    for (const { id, words } of jobsAgain(batch)) {
      const { key, exit, answer, error, seconds } = await journal.read(plan.numberAt(place++));
      // So that Ctrl-C is heard.
      if (place % 1000 === 0) await turn();
      halt.signal.throwIfAborted();
      if (exit !== 0) failures++;
      sink.write(
        JSON.stringify({
          key,
          ...(id === undefined ? {} : { id }),
          command: words,
          exit,
          ...(exit === 0 ? { answer } : { error }),
          ...(times ? { seconds } : {}),
        }),
      );
    }
    sink.finish();
  } catch (error) {
    sink.discard();
    halt.abort(error);
    throw error;
  }
  return failures;
}
