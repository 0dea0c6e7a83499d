import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { DomainError } from "../../core/index.js";
import { fileTrouble, type Io, quote } from "../io.js";

/** Where the lines of a result go. */
export interface ResultSink {
  write(line: string): void;
  /** All lines are there. */
  finish(): void;
  /** There will be no result: nothing stays behind. */
  discard(): void;
}

/** How much is gathered before it is written, in characters. */
const BLOCK = 2 ** 16;

/** Whether a path is one that a file can be renamed to; a device or a pipe is not. */
export function isPlainFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? true;
}

/** A file that appears whole: its lines go to `part`, which is renamed at the end. Or a device or pipe, which takes them as they come. */
export function fileSink(path: string, part: string | undefined): ResultSink {
  const guarded = <T>(doing: () => T): T => {
    try {
      return doing();
    } catch (error) {
      throw new DomainError(`cannot write ${quote(path)}: ${fileTrouble(error)}`);
    }
  };
  const file = guarded(() => openSync(part ?? path, "w"));
  let gathered = "";
  const flush = (): void => {
    const bytes = Buffer.from(gathered);
    gathered = "";
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  };
  return {
    write(line) {
      gathered += `${line}\n`;
      if (gathered.length >= BLOCK || part === undefined) guarded(flush);
    },
    finish() {
      guarded(() => {
        flush();
        if (part !== undefined) fsyncSync(file);
        closeSync(file);
        if (part !== undefined) renameSync(part, path);
      });
    },
    discard() {
      closeSync(file);
      if (part !== undefined) rmSync(part, { force: true });
    },
  };
}

export function outputSink(io: Io): ResultSink {
  return { write: (line) => io.writeOut(`${line}\n`), finish: () => undefined, discard: () => undefined };
}
