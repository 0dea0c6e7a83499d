#!/usr/bin/env node
import { availableParallelism } from "node:os";
import { fileTrouble, type Io, readStream } from "./io.js";
import { isWatched, supervisedRun } from "./supervised-run.js";

// No handler for SIGINT: the system's default ends the process and its threads at once (a shell sees 130), and files appear by rename, so
// none is left half written.

/** A reader that has seen enough (`freecurve … | head`) is no error; an answer that cannot be written is one. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    if (stream === process.stdout) process.stderr.write(`freecurve: cannot write the answer: ${fileTrouble(error)}\n`);
    process.exit(2);
  });
}

let isReading = false;
const io: Io = {
  writeOut: (text) => void process.stdout.write(text),
  writeError: (text) => void process.stderr.write(text),
  readInput() {
    isReading = true;
    return readStream(process.stdin, "standard input");
  },
  errorIsTerminal: process.stderr.isTTY === true,
  threads: availableParallelism(),
  signal: undefined,
};

const argv = process.argv.slice(2);
if (isWatched(argv)) {
  process.exitCode = await supervisedRun(argv, io);
  // Nobody reads it any more, and while it is open the process would wait for its end.
  if (isReading) process.stdin.destroy();
} else {
  // Loaded where it is needed: the thread that watches over another one starts without it.
  const { run } = await import("./run.js");
  process.exitCode = await run(argv, io);
}
