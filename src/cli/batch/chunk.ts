import type { Task } from "./task.js";

/** Jobs that go to a thread together. */
export interface Chunk {
  readonly tasks: readonly Task[];
  /** How far the thread is, seen by the pool while it works. */
  readonly shared: SharedArrayBuffer;
}

/** How far a thread is with its chunk. The thread takes one job after another; the pool may take back those that it has not begun. */
export interface Progress {
  /** By the thread: the place of the job it does next; as large as the chunk or larger when there is none. */
  take(): number;
  /** By the pool: how many jobs the thread has begun; it begins none any more. */
  takeBack(): number;
  /** The place of the job that runs, and since when (milliseconds, 0 for none). -1 before the first; too large behind the last. */
  running(): { readonly place: number; readonly since: number };
}

/** A place that no chunk has. */
const NONE = 2 ** 30;

export function sharedProgress(): SharedArrayBuffer {
  return new SharedArrayBuffer(16);
}

export function progressOf(shared: SharedArrayBuffer): Progress {
  const clock = new Float64Array(shared, 0, 1);
  const next = new Int32Array(shared, 8, 1);
  return {
    take() {
      // The clock of one job is never seen with the place of the next.
      clock[0] = 0;
      const place = Atomics.add(next, 0, 1);
      clock[0] = Date.now();
      return place;
    },
    takeBack: () => Atomics.exchange(next, 0, NONE),
    running() {
      const place = Atomics.load(next, 0) - 1;
      return { place, since: clock[0]! };
    },
  };
}
