import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Answer, Reply } from "./answer.js";
import type { HandlerArguments, HandlerName, HandlerValue } from "./handlers.js";
import { type AskOptions, createPool, type Pool, type Running, type WorkerPort } from "./pool.js";

export type { Answer, Failure, TextPlace } from "./answer.js";
export type { AskOptions, Running } from "./pool.js";

const mostWorkers = 4;

const current: Signal<readonly Running[]> = signal([]);
/** What is being computed or waits for it. */
export const running: ReadonlySignal<readonly Running[]> = current;

const pool: Pool = createPool(spawn, mostWorkers, (list) => {
  current.value = list;
});

/**
 * Asks the engine, in a worker. The answer is a value also when it failed; a newer question on the same channel, `cancel` or the
 * signal end it with `cancelled`. A page that asks again and again (a slider that is dragged) should await the answer before the
 * next question: what is replaced while it is computed is lost.
 */
export function ask<N extends HandlerName>(
  name: N,
  args: HandlerArguments<N>,
  options: AskOptions,
): Promise<Answer<HandlerValue<N>>> {
  return pool.ask(name, args, options) as Promise<Answer<HandlerValue<N>>>;
}

/** Ends all computations, or those of one channel. */
export function cancel(channel?: string): void {
  pool.cancel(channel);
}

function spawn(): WorkerPort {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  return {
    postMessage: (request) => worker.postMessage(request),
    terminate: () => worker.terminate(),
    onReply: (listener) => worker.addEventListener("message", (event: MessageEvent<Reply>) => listener(event.data)),
    onFailure: (listener) =>
      worker.addEventListener("error", (event) => listener(event.message || "it could not be loaded")),
  };
}
