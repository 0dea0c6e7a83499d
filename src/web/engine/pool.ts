import { type Answer, cancelled, type Reply, type Request } from "./answer.js";

/** The part of a Worker that the pool needs, so that a test can stand in for it. */
export interface WorkerPort {
  postMessage(request: Request): void;
  terminate(): void;
  onReply(listener: (reply: Reply) => void): void;
  /** The worker could not be loaded or died. */
  onFailure(listener: (message: string) => void): void;
}

export interface AskOptions {
  /** A newer question on a channel replaces the older one. */
  readonly channel: string;
  readonly signal?: AbortSignal;
  /** The time the answer may take; 60 by default. */
  readonly seconds?: number;
  /** For answers that someone waits for with a hand on a control: one worker is kept for them. */
  readonly urgent?: boolean;
}

/** A computation that is under way or waits for a worker. */
export interface Running {
  readonly channel: string;
  readonly progress: string;
}

export interface Pool {
  ask(name: string, args: unknown, options: AskOptions): Promise<Answer<unknown>>;
  /** Ends everything, or one channel. */
  cancel(channel?: string): void;
}

interface Job {
  readonly request: Request;
  readonly channel: string;
  readonly urgent: boolean;
  readonly settle: (answer: Answer<unknown>) => void;
  progress: string;
}

interface Lane {
  readonly port: WorkerPort;
  job: Job | undefined;
  /** The channel it served last, whose data it may still have at hand. */
  channel: string;
  /** Until the worker says that it has loaded; its job is sent to it then, and may be replaced before at no cost. */
  isLoading: boolean;
  /** The job was replaced, and the worker has a moment left to come back before it is ended. */
  ending: ReturnType<typeof setTimeout> | undefined;
}

const defaultSeconds = 60;
/** A replaced computation that ends within this time (in ms) costs no worker. */
const grace = 120;

/**
 * A queue before a few workers. A worker computes one thing at a time and cannot be interrupted, so what is cancelled is ended
 * together with its worker, and another one takes its place.
 *
 * @param spawn makes a worker
 * @param size how many there are at most; the last one is kept for urgent questions
 * @param changed is told what runs and waits, whenever that changes
 */
export function createPool(
  spawn: () => WorkerPort,
  size: number,
  changed: (running: readonly Running[]) => void,
): Pool {
  let lanes: Lane[] = [];
  let waiting: Job[] = [];
  let lastId = 0;

  const announce = (): void => {
    const all = [...lanes.flatMap((lane) => (lane.job === undefined ? [] : [lane.job])), ...waiting];
    changed(all.map(({ channel, progress }) => ({ channel, progress })));
  };

  const open = (): Lane => {
    const lane: Lane = { port: spawn(), job: undefined, channel: "", isLoading: true, ending: undefined };
    lane.port.onReply((reply) => receive(lane, reply));
    lane.port.onFailure((message) => {
      const job = lane.job;
      close(lane);
      job?.settle({ ok: false, kind: "defect", message: `the engine stopped: ${message}` });
      next();
    });
    lanes.push(lane);
    return lane;
  };

  const close = (lane: Lane): void => {
    clearTimeout(lane.ending);
    lanes = lanes.filter((other) => other !== lane);
    lane.job = undefined;
    lane.port.terminate();
  };

  const receive = (lane: Lane, reply: Reply): void => {
    if ("isLoaded" in reply) {
      lane.isLoading = false;
      if (lane.job !== undefined) lane.port.postMessage(lane.job.request);
      next();
    } else if ("answer" in reply) {
      clearTimeout(lane.ending);
      lane.ending = undefined;
      const job = lane.job;
      lane.job = undefined;
      if (job?.request.id === reply.id) job.settle(reply.answer);
      next();
    } else if (lane.job?.request.id === reply.id) {
      lane.job.progress = reply.progress;
      announce();
    }
  };

  /**
   * A worker for a job: the one that served its channel before, an idle one, a new one. One is opened at a time, since workers that
   * load together keep each other waiting; only an urgent job does not wait for that.
   */
  const laneFor = (job: Job): Lane | undefined => {
    const busy = lanes.filter((lane) => lane.job !== undefined || lane.ending !== undefined);
    if (!job.urgent && busy.length >= size - 1) return undefined;
    const idle = lanes.filter((lane) => !busy.includes(lane));
    const found = idle.find((lane) => lane.channel === job.channel) ?? idle[0];
    if (found !== undefined) return found;
    const mayOpen = lanes.length < size && (job.urgent || !lanes.some((lane) => lane.isLoading));
    return mayOpen ? open() : undefined;
  };

  const next = (): void => {
    for (const job of [...waiting].sort((a, b) => Number(b.urgent) - Number(a.urgent))) {
      const lane = laneFor(job);
      if (lane === undefined) continue;
      waiting = waiting.filter((other) => other !== job);
      lane.job = job;
      lane.channel = job.channel;
      if (!lane.isLoading) lane.port.postMessage(job.request);
    }
    announce();
  };

  /** Ends the jobs that are meant; a worker gets a moment to come back by itself where that is allowed. */
  const drop = (meant: (job: Job) => boolean, patience: number): void => {
    for (const job of waiting.filter(meant)) job.settle(cancelled);
    waiting = waiting.filter((job) => !meant(job));
    for (const lane of [...lanes]) {
      const { job } = lane;
      if (job === undefined || !meant(job)) continue;
      job.settle(cancelled);
      lane.job = undefined;
      if (lane.isLoading) continue;
      if (patience === 0) close(lane);
      else
        lane.ending = setTimeout(() => {
          close(lane);
          next();
        }, patience);
    }
  };

  return {
    ask(name, args, { channel, signal, seconds = defaultSeconds, urgent = false }) {
      if (signal?.aborted === true) return Promise.resolve(cancelled);
      drop((job) => job.channel === channel, grace);
      return new Promise((resolve) => {
        const job: Job = {
          request: { id: ++lastId, name, args, seconds },
          channel,
          urgent,
          settle(answer) {
            signal?.removeEventListener("abort", abort);
            resolve(answer);
          },
          progress: "",
        };
        const abort = (): void => {
          drop((other) => other === job, 0);
          next();
        };
        signal?.addEventListener("abort", abort);
        waiting.push(job);
        next();
      });
    },
    cancel(channel) {
      drop((job) => channel === undefined || job.channel === channel, 0);
      next();
    },
  };
}
