import type { Io } from "../io.js";

/** Ctrl-C, asked for as a signal by commands whose work is done in threads and leaves the event loop free. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** Settled when it happens. */
  readonly interrupted: Promise<void>;
  /** Gives the system its own handling back. */
  release(): void;
}

const SIGNALS: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM"];

/** The first Ctrl-C or SIGTERM aborts the signal, a second one ends the process as the system does; and so does the signal of `io`. */
export function interruptSignal(io: Io): Interrupt {
  const controller = new AbortController();
  let arrived = (): void => undefined;
  const interrupted = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const release = (): void => {
    for (const name of SIGNALS) process.removeListener(name, interrupt);
    io.signal?.removeEventListener("abort", interrupt);
  };
  const interrupt = (): void => {
    release();
    controller.abort();
    arrived();
  };
  for (const name of SIGNALS) process.on(name, interrupt);
  io.signal?.addEventListener("abort", interrupt);
  if (io.signal?.aborted) interrupt();
  return { signal: controller.signal, interrupted, release };
}
