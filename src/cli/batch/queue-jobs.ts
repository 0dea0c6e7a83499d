import { setTimeout as wait } from "node:timers/promises";
import type { Queue } from "bullmq";
import type { QueueServer } from "./queue-server.js";
import type { Executor, Outcome, Task } from "./task.js";

/** How many jobs a batch has on the server at a time. */
const LANES = 1000;

/** How often it is asked what became of jobs of which nothing was heard, in milliseconds. */
const SWEEP = 2000;

/** How long the server keeps a job for which no batch comes back, in seconds. */
const KEEP = 86_400;

/** How long the removal of jobs at the end may take when the server is away, in milliseconds. */
const FAREWELL = 2000;

interface Waiting {
  readonly task: Task;
  readonly since: number;
  settle(outcome: Outcome): void;
}

/**
 * Jobs done by the workers of a queue. A job's name on the server is made of the batch and of its key: a batch that is continued
 * finds the jobs it had left there. Nothing rests on a message that arrives: what was not heard of is asked for, and what a server
 * without persistence has forgotten is sent again.
 *
 * @param batch the name of the batch
 */
export async function queueJobs(
  server: QueueServer,
  batch: string,
  remark: (sentence: string) => void,
): Promise<Executor> {
  const { bull, options, queue: name } = server;
  const queue = new bull.Queue<Task, Outcome>(name, {
    ...options,
    // Answers travel in the events, which need not be kept for long.
    streams: { events: { maxLen: LANES } },
    defaultJobOptions: { removeOnComplete: { age: KEEP }, removeOnFail: { age: KEEP } },
  });
  const events = new bull.QueueEvents(name, options);
  const waiting = new Map<string, Waiting>();
  const idOf = (task: Task): string => `${batch}-${task.key}`;
  const settle = (id: string, outcome: Outcome): void => {
    const found = waiting.get(id);
    waiting.delete(id);
    found?.settle(outcome);
  };
  let heard = false;
  // A lost connection comes back by itself.
  queue.on("error", () => undefined);
  events.on("error", () => undefined);
  events.on("completed", ({ jobId, returnvalue }) => {
    heard = true;
    settle(jobId, returnvalue as unknown as Outcome);
  });
  events.on("failed", ({ jobId, failedReason }) => settle(jobId, failed(failedReason)));
  await events.waitUntilReady();

  let refused = false;
  const send = async (id: string, task: Task): Promise<void> => {
    try {
      await queue.add("job", task, { jobId: id });
    } catch (error) {
      // The sweep tries again.
      if (refused || !(error instanceof Error) || error.name !== "ReplyError") return;
      refused = true;
      remark(`the server at ${server.place} refuses jobs for now: ${error.message}`);
    }
  };
  const sweep = async (): Promise<void> => {
    const before = Date.now() - SWEEP;
    for (const [id, { task, since }] of waiting) {
      if (since > before) continue;
      const job = await queue.getJob(id);
      if (!waiting.has(id)) continue;
      if (job === undefined) await send(id, task);
      else if (job.finishedOn !== undefined) settle(id, job.returnvalue ?? failed(job.failedReason));
    }
    if (heard || waiting.size === 0 || (await queue.getWorkersCount()) > 0) return;
    heard = true;
    remark(`no worker is there yet; start some: freecurve worker --queue ${server.place}`);
  };
  let asking = false;
  const sweeping = setInterval(() => {
    if (asking) return;
    asking = true;
    sweep()
      .catch(() => undefined)
      .finally(() => {
        asking = false;
      });
  }, SWEEP);

  return {
    lanes: LANES,
    async run(task, signal) {
      signal.throwIfAborted();
      const id = idOf(task);
      return new Promise<Outcome>((resolve, reject) => {
        const stop = (): void => reject(signal.reason);
        signal.addEventListener("abort", stop);
        waiting.set(id, {
          task,
          since: Date.now(),
          settle(outcome) {
            signal.removeEventListener("abort", stop);
            resolve(outcome);
          },
        });
        void send(id, task);
      });
    },
    settled: (task) => void queue.remove(idOf(task)).catch(() => undefined),
    async close() {
      clearInterval(sweeping);
      await soon(leave(queue, batch));
      await soon(Promise.allSettled([events.close(), queue.close()]));
    },
  };
}

/** What is done in time, or else left: the server may be away. */
async function soon(doing: Promise<unknown>): Promise<void> {
  await Promise.race([doing.catch(() => undefined), wait(FAREWELL, undefined, { ref: false })]);
}

/** Takes back what the batch still has on the server: jobs of an interrupted one, and answers that were asked for twice. */
async function leave(queue: Queue<Task, Outcome>, batch: string): Promise<void> {
  const left = await queue.getJobs(["waiting", "prioritized", "completed", "failed"]);
  const own = left.map((job) => job.id).filter((id) => id?.startsWith(`${batch}-`) === true);
  await Promise.all(own.map((id) => queue.remove(id!)));
}

function failed(reason: string): Outcome {
  const lost = /stalled/.test(reason);
  const error = lost
    ? "every worker that took the job was lost while it ran"
    : `the worker of the job failed: ${reason}`;
  return { exit: lost ? 3 : 1, error, seconds: 0 };
}
