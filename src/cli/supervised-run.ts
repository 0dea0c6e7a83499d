import { Worker } from "node:worker_threads";
import { positiveNumber, wholeNumber } from "./arguments.js";
import { type ExitCode, reportFailure } from "./exit.js";
import { codeOf, type Io } from "./io.js";

/** What a thread is given when it starts, beside its command line. */
export interface ThreadStart {
  readonly argv: readonly string[];
  readonly errorIsTerminal: boolean;
  readonly threads: number;
}

/** What the thread of a command line tells the one that watches over it. */
export type FromThread =
  | { readonly kind: "out" | "error"; readonly text: string }
  | { readonly kind: "needs-input" }
  | { readonly kind: "done"; readonly code: ExitCode };

/** Limits of one command line; undefined where there is none. */
interface Limits {
  readonly seconds: number | undefined;
  /** Megabytes, beside the program itself. */
  readonly memory: number | undefined;
}

/** What the program itself takes before it computes anything, in megabytes. */
export const PROGRAM = 64;
/** How often the clock and the memory are looked at, in milliseconds. */
const WATCH = 100;

/** The commands that need the process to themselves: they watch over threads, or talk with a terminal. */
const UNWATCHED: readonly string[] = ["batch", "worker", "repl"];

/** Whether a command line is to run in a thread of its own: it names a limit. */
export function isWatched(argv: readonly string[]): boolean {
  const { seconds, memory } = limitsOf(argv);
  return (seconds !== undefined || memory !== undefined) && !UNWATCHED.includes(argv[0] ?? "");
}

/**
 * Runs one command line in a thread and gives its exit code. A computation looks at its own clock; where it does not for a second and a
 * quarter of its time beyond the limit, and where memory runs out, the thread is ended, with one sentence and exit code 3. Never throws.
 */
export async function supervisedRun(argv: readonly string[], io: Io): Promise<ExitCode> {
  const { seconds, memory } = limitsOf(argv);
  const start: ThreadStart = { argv, errorIsTerminal: io.errorIsTerminal, threads: io.threads ?? 1 };
  const thread = new Worker(new URL("./command-thread.js", import.meta.url), {
    workerData: start,
    ...(memory === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: memory + PROGRAM } }),
  });
  return new Promise((done) => {
    let why = "";
    let isOver = false;
    const begun = performance.now();
    const end = (sentence: string): void => {
      if (why !== "") return;
      why = sentence;
      void thread.terminate();
    };
    const watch = setInterval(() => {
      if (seconds !== undefined && performance.now() - begun > 1250 * seconds + 1000) {
        end(`the time limit of ${seconds} s was reached; raise --max-seconds to go on`);
      }
      // The limit of a thread is on its heap; typed arrays are outside of it.
      if (memory !== undefined && process.memoryUsage.rss() > 2 ** 20 * (memory + 3 * PROGRAM))
        end(outOfMemory(memory));
    }, WATCH);
    let code: ExitCode | undefined;
    thread.on("message", (message: FromThread) => {
      if (message.kind === "out") io.writeOut(message.text);
      else if (message.kind === "error") io.writeError(message.text);
      else if (message.kind === "done") code = message.code;
      else {
        io.readInput().then(
          (text) => thread.postMessage(text),
          (error: unknown) => {
            // Input is closed when the thread has ended: nobody waits for it then.
            if (isOver) return;
            code = reportFailure(error, io);
            void thread.terminate();
          },
        );
      }
    });
    thread.on("error", (error) => {
      why = codeOf(error) === "ERR_WORKER_OUT_OF_MEMORY" ? outOfMemory(memory) : "";
      if (why !== "") return;
      code = reportFailure(error, io);
    });
    thread.on("exit", () => {
      clearInterval(watch);
      isOver = true;
      if (why !== "" && code === undefined) io.writeError(`${io.errorIsTerminal ? "\r" : ""}freecurve: ${why}\n`);
      done(code ?? 3);
    });
  });
}

function outOfMemory(memory: number | undefined): string {
  return memory === undefined
    ? "the problem is too large for the memory of this machine; try lower degrees or fewer digits"
    : `the memory limit of ${memory} MB was reached; raise --max-memory to go on`;
}

/** The limits that a command line names: the last of each. What is wrong with them is said by the command itself. */
function limitsOf(argv: readonly string[]): Limits {
  return {
    seconds: limitOf(argv, "--max-seconds", (text) => positiveNumber("--max-seconds", text)),
    memory: limitOf(argv, "--max-memory", (text) => wholeNumber("--max-memory", text, 1)),
  };
}

function limitOf(argv: readonly string[], option: string, read: (text: string) => number): number | undefined {
  const end = argv.includes("--") ? argv.indexOf("--") : argv.length;
  const values = argv.slice(0, end).flatMap((word, k) => {
    if (word === option) return argv[k + 1] ?? [];
    return word.startsWith(`${option}=`) ? [word.slice(option.length + 1)] : [];
  });
  const last = values.at(-1);
  if (last === undefined) return undefined;
  try {
    return read(last);
  } catch {
    return undefined;
  }
}
