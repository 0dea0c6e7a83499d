import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import { parseLaw } from "../lang/index.js";
import { type ExitCode, reportFailure } from "./exit.js";
import type { Io } from "./io.js";
import { completions, type KnownCommand, type Names, readLine } from "./session.js";

type Run = (argv: readonly string[], io: Io) => Promise<ExitCode>;

const greeting = `freecurve: a law prints its curve; "name = law" gives it a name; commands as in the shell, without
quotes: support mp(1/2) |> decompress(4). Tab completes, help explains, exit leaves.
`;

/** `repl`. */
export function addReplCommand(program: Command, io: Io, run: Run): void {
  program
    .command("repl")
    .summary("ask one question after another")
    .description(
      'An interactive session. A law prints its curve, "name = law" gives it a name for later lines, and every command is written as in the shell but without quotes around its law. Tab completes names, and the history is kept between sessions. When standard input is not a terminal its lines are executed one after the other.',
    )
    .addHelpText("after", "\nExample: printf 'A = mp(1/2)\\nsupport A |> decompress(4)\\n' | freecurve repl")
    .action(async () => {
      const known = program.commands.filter((command) => command.name() !== "repl").map(knownCommand);
      const names = new Map<string, string>();
      const obey = (line: string): Promise<boolean> => obeyLine(line, known, names, io, run);
      if (process.stdin.isTTY !== true) {
        for (const line of (await io.readInput()).split(/\r?\n/)) if (!(await obey(line))) return;
        return;
      }
      await converse(known, names, io, obey);
    });
}

function knownCommand(command: Command): KnownCommand {
  return {
    name: command.name(),
    takesLaw: command.registeredArguments[0]?.name() === "law",
    options: command.options.flatMap((option) =>
      option.long === undefined || option.long === null ? [] : [option.long],
    ),
  };
}

/** Does what a line asks for; false when the session ends. A mistake is reported and forgotten. */
async function obeyLine(
  line: string,
  known: readonly KnownCommand[],
  names: Map<string, string>,
  io: Io,
  run: Run,
): Promise<boolean> {
  const request = readLine(line, known, names);
  if (request.kind === "leave") return false;
  if (request.kind === "command") await run(request.argv, io);
  if (request.kind === "name") {
    try {
      parseLaw(request.law);
      names.set(request.name, request.law);
      await run(["curve", request.law], io);
    } catch (error) {
      reportFailure(error, io);
    }
  }
  return true;
}

const historyLength = 1000;

async function converse(
  known: readonly KnownCommand[],
  names: Names,
  io: Io,
  obey: (line: string) => Promise<boolean>,
): Promise<void> {
  const path = join(process.env.XDG_STATE_HOME ?? join(homedir(), ".local", "state"), "freecurve", "history");
  const before = (await readFile(path, "utf8").catch(() => "")).split("\n").filter((line) => line !== "");
  // A session without a place for its history works all the same.
  await mkdir(dirname(path), { recursive: true })
    .then(() => writeFile(path, `${before.slice(-historyLength).join("\n")}${before.length > 0 ? "\n" : ""}`))
    .catch(() => undefined);
  io.writeOut(greeting);
  const terminal = createInterface({
    input: process.stdin,
    output: process.stdout,
    prompt: "freecurve> ",
    history: before.slice(-historyLength).reverse(),
    historySize: historyLength,
    removeHistoryDuplicates: true,
    completer: (line: string) => completions(line, known, names) as [string[], string],
  });
  terminal.prompt();
  for await (const line of terminal) {
    if (line.trim() !== "") await appendFile(path, `${line}\n`).catch(() => undefined);
    if (!(await obey(line))) break;
    terminal.prompt();
  }
  terminal.close();
}
