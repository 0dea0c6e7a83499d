#!/usr/bin/env node
import type { Io } from "./io.js";
import { run } from "./run.js";

// No handler for SIGINT: a computation does not give the event loop a turn, so a handler would only keep Ctrl-C from working.
// The system's default ends the process at once (a shell sees 130), and files appear by rename, so none is left half written.

/** A reader that has seen enough (`freecurve … | head`) is no error. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
}

const io: Io = {
  writeOut: (text) => void process.stdout.write(text),
  writeError: (text) => void process.stderr.write(text),
  async readInput() {
    const chunks: Uint8Array[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
    return new TextDecoder().decode(Buffer.concat(chunks));
  },
  errorIsTerminal: process.stderr.isTTY === true,
  signal: undefined,
};

process.exitCode = await run(process.argv.slice(2), io);
