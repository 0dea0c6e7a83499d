import { createHash } from "node:crypto";
import { setImmediate as turn, setTimeout as wait } from "node:timers/promises";
import type { JobType, Queue } from "bullmq";
import type { QueueServer } from "./queue-server.js";
import { chunkSize, type Executor, type Outcome, type Task, type Waiting } from "./task.js";

/** What stands on the server under one name: jobs that a worker takes together. */
export interface QueuedJob {
  readonly tasks: readonly Task[];
}

/** How many jobs a batch takes in hand at a time. */
const LANES = 8192;

/** How many chunks of them it has on the server at a time: at first, and once it is known how long jobs take. */
const [FEW, MANY] = [32, 1000];

/** How long a chunk is meant to take, in seconds: a hundred times what it takes to hand it out. */
const SLICE = 0.25;

/** How often the server is asked what became of chunks of which nothing was heard, in milliseconds. */
const SWEEP = 2000;

/** How long the server keeps a chunk for which no batch comes back, in seconds. */
const KEEP = 86_400;

/** How long the removal of chunks at the end may take when the server is away, in milliseconds. */
const FAREWELL = 2000;

/** A chunk on the server. */
interface Sent {
  readonly id: string;
  readonly waiting: readonly Waiting[];
  readonly since: number;
  /** Of how many of its jobs the outcome is not safe. */
  open: number;
}

/**
 * Jobs done by the workers of a queue, in chunks. The name of a chunk on the server is made of the batch and of the keys in it: a batch
 * that is continued finds the long jobs it had left there. Nothing rests on a message that arrives: what was not heard of is asked for, and
 * what a server without persistence has forgotten is sent again. Where the workers of a chunk are lost again and again, its jobs are sent
 * one by one, so that only the one that kills them fails.
 *
 * @param batch the name of the batch
 * @param signal ends all jobs
 */
export async function queueJobs(
  server: QueueServer,
  batch: string,
  signal: AbortSignal,
  remark: (sentence: string) => void,
): Promise<Executor> {
  const { bull, options, queue: name } = server;
  const queue = new bull.Queue<QueuedJob, readonly Outcome[]>(name, {
    ...options,
    // Answers travel in the events, which need not be kept for long.
    streams: { events: { maxLen: MANY } },
    defaultJobOptions: { removeOnComplete: { age: KEEP }, removeOnFail: { age: KEEP } },
  });
  const events = new bull.QueueEvents(name, options);
  const waiting: Waiting[] = [];
  const sent = new Map<string, Sent>();
  /** The chunks that hold jobs whose outcome is not safe, by the keys of these. */
  const chunkOf = new Map<string, Sent>();
  const size = chunkSize(SLICE);
  let window = FEW;
  let heard = false;

  const settle = (id: string, outcomes: readonly Outcome[]): void => {
    const found = sent.get(id);
    if (found === undefined) return;
    heard = true;
    sent.delete(id);
    window = Math.min(MANY, window + 1);
    for (const [place, { resolve }] of found.waiting.entries()) resolve(outcomes[place]!);
    void dispatch();
  };
  const complete = (id: string, outcomes: readonly Outcome[]): void => {
    if (outcomes.length !== sent.get(id)?.waiting.length) {
      fail(id, "it gave no answer");
      return;
    }
    size.learn(outcomes);
    settle(id, outcomes);
  };
  const fail = (id: string, reason: string): void => {
    const found = sent.get(id);
    if (found === undefined) return;
    if (found.waiting.length === 1) {
      settle(id, [failed(reason)]);
      return;
    }
    sent.delete(id);
    void queue.remove(id).catch(() => undefined);
    void send(found.waiting.map((one) => [one]));
  };
  // A lost connection comes back by itself.
  queue.on("error", () => undefined);
  events.on("error", () => undefined);
  events.on("completed", ({ jobId, returnvalue }) => complete(jobId, returnvalue as unknown as readonly Outcome[]));
  events.on("failed", ({ jobId, failedReason }) => fail(jobId, failedReason));
  await events.waitUntilReady();
  await soon(takeBack(queue, batch, ["waiting", "prioritized"]));

  let refused = false;
  const put = async (chunks: readonly Sent[]): Promise<void> => {
    try {
      await queue.addBulk(
        chunks.map(({ id, waiting: jobs }) => ({
          name: "jobs",
          data: { tasks: jobs.map(({ task }) => task) },
          opts: { jobId: id },
        })),
      );
    } catch (error) {
      // The sweep tries again.
      if (refused || !(error instanceof Error) || error.name !== "ReplyError") return;
      refused = true;
      remark(`the server at ${server.place} refuses jobs for now: ${error.message}`);
    }
  };
  const send = (chunks: readonly (readonly Waiting[])[]): Promise<void> => {
    const named = chunks.map((jobs) => ({
      id: nameOf(batch, jobs),
      waiting: jobs,
      since: Date.now(),
      open: jobs.length,
    }));
    for (const chunk of named) {
      sent.set(chunk.id, chunk);
      for (const { task } of chunk.waiting) chunkOf.set(task.key, chunk);
    }
    return put(named);
  };
  let dispatching = false;
  const dispatch = async (): Promise<void> => {
    if (dispatching) return;
    dispatching = true;
    // Until all that were settled together have been followed by others.
    await turn();
    dispatching = false;
    const chunks: Waiting[][] = [];
    while (waiting.length > 0 && sent.size + chunks.length < window) chunks.push(waiting.splice(0, size.now()));
    if (chunks.length > 0) await send(chunks);
  };
  const sweep = async (): Promise<void> => {
    const before = Date.now() - SWEEP;
    for (const chunk of sent.values()) {
      if (chunk.since > before) continue;
      const job = await queue.getJob(chunk.id);
      if (!sent.has(chunk.id)) continue;
      if (job === undefined) await put([chunk]);
      else if (job.finishedOn === undefined) continue;
      else if (job.returnvalue === null) fail(chunk.id, job.failedReason);
      else complete(chunk.id, job.returnvalue);
    }
    const left = waiting.length > 0 && (await queue.getWaitingCount()) === 0;
    if (left) window = Math.min(MANY, 2 * window);
    void dispatch();
    if (heard || sent.size === 0 || (await queue.getWorkersCount()) > 0) return;
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

  const stop = (): void => {
    const left = [...waiting.splice(0), ...[...sent.values()].flatMap((chunk) => chunk.waiting)];
    sent.clear();
    for (const { reject } of left) reject(signal.reason);
  };
  signal.addEventListener("abort", stop);

  return {
    lanes: LANES,
    async run(task) {
      signal.throwIfAborted();
      return new Promise<Outcome>((resolve, reject) => {
        waiting.push({ task, resolve, reject });
        void dispatch();
      });
    },
    settled({ key }) {
      const chunk = chunkOf.get(key)!;
      chunkOf.delete(key);
      chunk.open--;
      if (chunk.open === 0) void queue.remove(chunk.id).catch(() => undefined);
    },
    async close() {
      clearInterval(sweeping);
      signal.removeEventListener("abort", stop);
      await soon(takeBack(queue, batch, ["waiting", "prioritized", "completed", "failed"]));
      await soon(Promise.allSettled([events.close(), queue.close()]));
    },
  };
}

/** Equal chunks of a batch have equal names, and are one to the server. */
function nameOf(batch: string, jobs: readonly Waiting[]): string {
  const hash = createHash("sha256");
  for (const { task } of jobs) hash.update(task.key);
  return `${batch}-${hash.digest("hex")}`;
}

/** What is done in time, or else left: the server may be away. */
async function soon(doing: Promise<unknown>): Promise<void> {
  await Promise.race([doing.catch(() => undefined), wait(FAREWELL, undefined, { ref: false })]);
}

/** Removes what the batch still has on the server in some states: what it was killed with, and answers that were asked for twice. */
async function takeBack(queue: Queue, batch: string, states: JobType[]): Promise<void> {
  const left = await queue.getJobs(states);
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
