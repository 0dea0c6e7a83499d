import { CommanderError } from "commander";
import { DomainError, LimitError } from "../core/index.js";
import { codeOf, type Io } from "./io.js";

/** What the command line says when it ends. */
export type ExitCode = 0 | 1 | 2 | 3 | 130;

/** Tells the user what happened, on standard error, and gives the exit code that goes with it. */
export function reportFailure(error: unknown, io: Io): ExitCode {
  // commander has already written its message, through `configureOutput`.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (codeOf(error) === "EPIPE") return 0;
  if (io.signal?.aborted) {
    io.writeError("freecurve: interrupted\n");
    return 130;
  }
  if (error instanceof DomainError) {
    io.writeError(`freecurve: ${error.message}\n`);
    return 2;
  }
  if (error instanceof LimitError) {
    io.writeError(`freecurve: ${error.message}\n`);
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
