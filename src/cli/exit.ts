import { CommanderError } from "commander";
import { DomainError, LimitError } from "../core/index.js";
import { codeOf, type Io } from "./io.js";

/** What the command line says when it ends. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 130;

/** Ends a command with a sentence and with an exit code that is neither a mistake nor a limit. */
export class CommandEnd extends Error {
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Tells the user what happened, on standard error, and gives the exit code that goes with it. */
export function reportFailure(error: unknown, io: Io): ExitCode {
  // commander has already written its message, through `configureOutput`.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (codeOf(error) === "EPIPE") return 0;
  if (io.signal?.aborted) {
    io.writeError("freecurve: interrupted\n");
    return 130;
  }
  if (error instanceof CommandEnd) {
    io.writeError(`freecurve: ${printable(error.message)}\n`);
    return error.exitCode;
  }
  if (error instanceof DomainError) {
    io.writeError(`freecurve: ${printable(error.message)}\n`);
    return 2;
  }
  if (error instanceof LimitError) {
    io.writeError(`freecurve: ${printable(error.message)}\n`);
    return 3;
  }
  if (error instanceof RangeError && /call stack|array length|BigInt|allocation/i.test(error.message)) {
    io.writeError("freecurve: the problem is too large for this machine's memory; try lower degrees or fewer digits\n");
    return 3;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.writeError(
    `freecurve: this is a defect of the program, not of your input; please report it with the command and these lines:\n${detail}\n`,
  );
  return 1;
}

/** A longer line of a message ends in an ellipsis: it repeats an argument or a file. */
const longestLine = 1000;

/**
 * A text without characters that a terminal obeys or that turn the direction of writing, and without lines that flood it: what a message
 * repeats may come from a file of somebody else.
 */
export function printable(text: string): string {
  const lines = text.split("\n").map((line) => (line.length > longestLine ? `${line.slice(0, longestLine)}…` : line));
  return lines
    .join("\n")
    .replace(/[^\P{Cc}\n\t]|\p{Cf}/gu, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

/** What was said of a failure, without the name of the program and without the places in its code. */
export function sentenceOf(errors: string): string {
  return errors
    .replace(/^freecurve: /, "")
    .split("\n")
    .filter((line) => !/^\s+at /.test(line))
    .join("\n")
    .trim();
}
