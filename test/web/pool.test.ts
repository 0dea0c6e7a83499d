import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Reply, Request } from "../../src/web/engine/answer.js";
import { createPool, type Pool, type Running, type WorkerPort } from "../../src/web/engine/pool.js";

/** A worker that answers when it is told to. */
class StandIn implements WorkerPort {
  requests: Request[] = [];
  isTerminated = false;
  reply: (reply: Reply) => void = () => undefined;
  fail: (message: string) => void = () => undefined;
  postMessage(request: Request): void {
    this.requests.push(request);
  }
  terminate(): void {
    this.isTerminated = true;
  }
  onReply(listener: (reply: Reply) => void): void {
    this.reply = listener;
  }
  onFailure(listener: (message: string) => void): void {
    this.fail = listener;
  }
  /** Answers the last request with its own name. */
  answer(): void {
    const { id, name } = this.requests.at(-1)!;
    this.reply({ id, answer: { ok: true, value: name } });
  }
}

describe("the pool of workers", () => {
  let workers: StandIn[];
  let running: readonly Running[];
  let pool: Pool;
  let loadsAtOnce: boolean;

  beforeEach(() => {
    vi.useFakeTimers();
    workers = [];
    loadsAtOnce = true;
    pool = createPool(
      () => {
        const worker = new StandIn();
        workers.push(worker);
        if (loadsAtOnce) queueMicrotask(() => worker.reply({ isLoaded: true }));
        return worker;
      },
      3,
      (list) => {
        running = list;
      },
    );
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("answers, with progress on the way", async () => {
    const answer = pool.ask("a", 1, { channel: "x" });
    expect(running).toEqual([{ channel: "x", progress: "" }]);
    await loaded();
    const [worker] = workers as [StandIn];
    worker.reply({ id: worker.requests[0]!.id, progress: "half way" });
    expect(running).toEqual([{ channel: "x", progress: "half way" }]);
    worker.answer();
    expect(await answer).toEqual({ ok: true, value: "a" });
    expect(running).toEqual([]);
  });

  it("serves a channel with the worker that served it before", async () => {
    const both = [pool.ask("a", 1, { channel: "x" }), pool.ask("b", 1, { channel: "y" })];
    await loaded();
    for (const worker of workers) worker.answer();
    await Promise.all(both);
    void pool.ask("c", 1, { channel: "y" });
    expect(workers.map((worker) => worker.requests.map(({ name }) => name))).toEqual([["a"], ["b", "c"]]);
  });

  it("replaces an older question on a channel: a worker that comes back in time is kept, another is ended", async () => {
    const first = pool.ask("first", 1, { channel: "x" });
    await loaded();
    const second = pool.ask("second", 1, { channel: "x" });
    expect(await first).toMatchObject({ ok: false, kind: "cancelled" });
    expect(workers.map((worker) => worker.requests.map(({ name }) => name))).toEqual([["first"], ["second"]]);
    // The late answer of the first is nobody's.
    workers[0]!.answer();
    vi.advanceTimersByTime(1000);
    expect(workers[0]!.isTerminated).toBe(false);
    workers[1]!.answer();
    expect(await second).toEqual({ ok: true, value: "second" });

    const third = pool.ask("third", 1, { channel: "x" });
    void pool.ask("fourth", 1, { channel: "x" });
    expect(await third).toMatchObject({ kind: "cancelled" });
    const stuck = workers.find((worker) => worker.requests.at(-1)?.name === "third")!;
    vi.advanceTimersByTime(1000);
    expect(stuck.isTerminated).toBe(true);
  });

  it("opens one worker at a time, but for an urgent question", async () => {
    loadsAtOnce = false;
    for (const channel of ["a", "b"]) void pool.ask(channel, 1, { channel });
    expect(workers).toHaveLength(1);
    void pool.ask("now", 1, { channel: "d", urgent: true });
    expect(workers).toHaveLength(2);
    for (const worker of [...workers]) worker.reply({ isLoaded: true });
    expect(workers.map((worker) => worker.requests.map(({ name }) => name))).toEqual([["a"], ["now"]]);
  });

  it("asks a worker when it is loaded, so that what is replaced or cancelled before costs none", async () => {
    loadsAtOnce = false;
    const first = pool.ask("first", 1, { channel: "x" });
    const second = pool.ask("second", 1, { channel: "x" });
    expect(await first).toMatchObject({ kind: "cancelled" });
    pool.cancel();
    expect(await second).toMatchObject({ kind: "cancelled" });
    const third = pool.ask("third", 1, { channel: "x" });
    vi.advanceTimersByTime(10_000);
    expect(workers).toHaveLength(1);
    workers[0]!.reply({ isLoaded: true });
    expect(workers[0]!.requests.map(({ name }) => name)).toEqual(["third"]);
    workers[0]!.answer();
    expect(await third).toEqual({ ok: true, value: "third" });
    expect(workers[0]!.isTerminated).toBe(false);
  });

  it("uses an idle worker before it opens another", async () => {
    const first = pool.ask("a", 1, { channel: "x" });
    await loaded();
    workers[0]!.answer();
    await first;
    void pool.ask("b", 1, { channel: "y" });
    expect(workers.map((worker) => worker.requests.map(({ name }) => name))).toEqual([["a", "b"]]);
  });

  it("keeps one worker for urgent questions", async () => {
    for (const channel of ["a", "b", "c"]) void pool.ask(channel, 1, { channel });
    await loaded();
    expect(workers).toHaveLength(2);
    void pool.ask("now", 1, { channel: "d", urgent: true });
    await loaded();
    expect(workers.map((worker) => worker.requests.at(-1)?.name)).toEqual(["a", "b", "now"]);
    expect(running.map(({ channel }) => channel)).toEqual(["a", "b", "d", "c"]);
  });

  it("ends all that runs and waits, and goes on with new workers", async () => {
    const all = ["a", "b", "c"].map((channel) => pool.ask(channel, 1, { channel }));
    await loaded();
    pool.cancel();
    expect(await Promise.all(all)).toEqual(Array(3).fill({ ok: false, kind: "cancelled", message: "cancelled" }));
    expect(workers.map((worker) => worker.isTerminated)).toEqual([true, true]);
    expect(running).toEqual([]);
    const answer = pool.ask("d", 1, { channel: "a" });
    await loaded();
    workers.at(-1)!.answer();
    expect(await answer).toEqual({ ok: true, value: "d" });
  });

  it("honours a signal, before and during the work", async () => {
    const controller = new AbortController();
    const answer = pool.ask("a", 1, { channel: "x", signal: controller.signal });
    await loaded();
    controller.abort();
    expect(await answer).toMatchObject({ kind: "cancelled" });
    expect(workers[0]!.isTerminated).toBe(true);
    expect(await pool.ask("b", 1, { channel: "x", signal: controller.signal })).toMatchObject({ kind: "cancelled" });
    expect(workers).toHaveLength(1);
  });

  it("reports a worker that died and replaces it", async () => {
    const answer = pool.ask("a", 1, { channel: "x" });
    workers[0]!.fail("out of memory");
    expect(await answer).toEqual({ ok: false, kind: "defect", message: "the engine stopped: out of memory" });
    void pool.ask("b", 1, { channel: "x" });
    expect(workers).toHaveLength(2);
  });
});

/** Lets the workers that were opened say that they are loaded, and those opened after them. */
async function loaded(): Promise<void> {
  for (let k = 0; k < 20; k++) await Promise.resolve();
}
