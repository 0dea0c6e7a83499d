import type { Command } from "commander";
import { DomainError } from "../../core/index.js";
import { wholeNumber } from "../arguments.js";
import type { Options } from "../command-frame.js";
import { CommandEnd } from "../exit.js";
import type { Io } from "../io.js";
import { commandFiles } from "./command-files.js";
import { interruptSignal } from "./interrupt.js";
import type { QueuedJob } from "./queue-jobs.js";
import { PREFIX, QUEUE, queueServer } from "./queue-server.js";
import type { Outcome, Task } from "./task.js";
import { MEMORY, THREADS, threadOptions, threadPool } from "./thread-pool.js";

/** How often a job is given to another worker after its worker was lost. */
const LIVES = 10;

/** `worker`. */
export function addWorkerCommand(program: Command, io: Io): void {
  program
    .command("worker")
    .summary("do the jobs of batches on other machines")
    .description(
      "Takes jobs that freecurve batch --queue puts on a Redis or Valkey server, and computes them in threads, until it is interrupted; then its jobs go back to the queue. Any number of workers on any machines may be started and ended at any time, of the same version as the batch. When a worker is killed, its jobs are given to another one after the time of --lock. Files that a job names are looked for from the folder in which the worker is started, and must hold what they hold for the batch.",
    )
    .requiredOption("--queue <URL>", `the server: ${QUEUE}`)
    .option("--queue-prefix <text>", PREFIX, "freecurve")
    .option("--threads <N>", THREADS)
    .option("--max-memory <MB>", MEMORY)
    .option("--lock <S>", "seconds without a sign of life after which a worker counts as lost", "30")
    .addHelpText("after", "\nExample: freecurve worker --queue redis://10.0.0.1:6379")
    .action((_options: unknown, command: Command) => work(program, command.opts(), io));
}

async function work(program: Command, options: Options, io: Io): Promise<void> {
  const lock = 1000 * wholeNumber("--lock", String(options.lock), 1, 86_400);
  const wanted = threadOptions(options);
  const server = await queueServer(String(options.queue), options);
  const stop = interruptSignal(io);
  const pool = await threadPool(wanted, stop.signal);
  const worker = new server.bull.Worker<QueuedJob, readonly Outcome[]>(
    server.queue,
    async (job, token) => {
      try {
        return await Promise.all(job.data.tasks.map(outcomeOf));
      } catch (error) {
        if (!stop.signal.aborted) throw error;
        await job.moveToWait(token);
        throw new server.bull.WaitingError();
      }
    },
    {
      ...server.options,
      concurrency: wanted.threads,
      lockDuration: lock,
      stalledInterval: lock,
      maxStalledCount: LIVES,
      runRetryDelay: 1000,
    },
  );

  function outcomeOf(task: Task): Promise<Outcome> {
    const refusal = refusalOf(program, task);
    return refusal === undefined ? pool.run(task) : Promise.resolve(refusal);
  }

  // A lost connection comes back by itself, and a job whose lock was lost meanwhile is done by another worker.
  worker.on("error", () => undefined);
  try {
    await worker.waitUntilReady();
    io.writeError(`freecurve: ${wanted.threads} threads wait for jobs at ${server.place}; Ctrl-C ends them\n`);
    await stop.interrupted;
    await worker.close();
  } finally {
    stop.release();
    await pool.close();
    await server.close();
  }
  throw new CommandEnd(130, "interrupted; the jobs that were running are back in the queue");
}

/** Whoever reaches the server could put jobs there: only what a batch allows is done, and nothing is written. */
function refusalOf(program: Command, task: Task): Outcome | undefined {
  try {
    const { reads, writes } = commandFiles(program, task.words);
    if (writes.length > 0) throw new DomainError("writes a file");
    if (reads.some((path) => !task.files.some((file) => file.path === path)))
      throw new DomainError("reads other files");
    return undefined;
  } catch (error) {
    const what = error instanceof DomainError ? error.message : "is no job";
    return { exit: 2, error: `a worker refused the job, which ${what}`, seconds: 0 };
  }
}
