import { once } from "node:events";
import { parentPort, workerData } from "node:worker_threads";
import type { Io } from "./io.js";
import { run } from "./run.js";
import type { FromThread, ThreadStart } from "./supervised-run.js";

// The thread of one command line (supervised-run.ts): what it says goes to the main thread.

const port = parentPort!;
const { argv, errorIsTerminal, threads } = workerData as ThreadStart;
const say = (message: FromThread): void => port.postMessage(message);

const io: Io = {
  writeOut: (text) => say({ kind: "out", text }),
  writeError: (text) => say({ kind: "error", text }),
  async readInput() {
    say({ kind: "needs-input" });
    const [text] = await once(port, "message");
    return text as string;
  },
  errorIsTerminal,
  threads,
  signal: undefined,
};

say({ kind: "done", code: await run(argv, io) });
port.close();
