import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, vi } from "vitest";
import { type BuiltCommand, buildCommand } from "./built-command.js";

/** A command line that runs as a process of its own. */
export interface Running {
  readonly child: ChildProcess;
  /** What it wrote so far. */
  readonly written: { out: string; error: string };
  /** The exit code, or the name of the signal that ended it. */
  readonly ended: Promise<number | string>;
}

/** Starts a program; `running` collects it for `endAll`. */
export function start(running: Running[], program: string, argv: readonly string[], folder: string): Running {
  const child = spawn(program, argv, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  const written = { out: "", error: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    written.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    written.error += text;
  });
  const ended = once(child, "close").then(([code, signal]) => (code ?? signal) as number | string);
  const one = { child, written, ended };
  running.push(one);
  return one;
}

export function startCommand(
  running: Running[],
  command: BuiltCommand,
  argv: readonly string[],
  folder?: string,
): Running {
  return start(running, process.execPath, [command.main, ...argv], folder ?? command.folder);
}

/** Ends what still runs. */
export async function endAll(running: Running[]): Promise<void> {
  for (const { child } of running) if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
  await Promise.all(running.splice(0).map(({ ended }) => ended));
}

/** Waits for what a process is to do, or for its end. */
export async function until(condition: () => boolean, { ended, written }: Running): Promise<void> {
  let over: number | string | undefined;
  void ended.then((code) => {
    over = code;
  });
  while (!condition()) {
    if (over !== undefined) throw new Error(`the process ended early, with ${over}: ${written.error}`);
    await wait(5);
  }
}

/**
 * The command for the tests of a file that start processes: those that still run are ended after every test, and the folder is emptied. Processes take long to start where others want the processors, too: the limits
 * of time are raised.
 */
export async function commandWithProcesses(): Promise<{
  readonly command: BuiltCommand;
  readonly running: Running[];
}> {
  vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });
  const command = await buildCommand();
  const running: Running[] = [];
  afterEach(async () => {
    await endAll(running);
    rmSync(command.folder, { recursive: true });
    mkdirSync(command.folder);
  });
  afterAll(() => command.remove());
  return { command, running };
}
