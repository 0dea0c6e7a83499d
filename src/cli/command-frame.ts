import { type Command, Option } from "commander";
import { type Budget, createBudget } from "../core/index.js";
import type { Rational } from "../rings/index.js";
import { assignments, positiveNumber, wholeNumber } from "./arguments.js";
import type { Io } from "./io.js";

/** What a command found, in both of its forms. */
export interface Answer {
  readonly json: Readonly<Record<string, unknown>>;
  /** For people; empty when the answer is a file. */
  readonly text: string;
  /** The files that were written, for a message on standard error. */
  readonly files?: readonly string[];
}

/** What every command is given beside its own options. */
export interface Setting {
  readonly io: Io;
  readonly digits: number;
  readonly json: boolean;
  readonly values: Readonly<Record<string, Rational>>;
  readonly budget: Budget;
  /** A line of progress on a terminal, replaced by the next one. */
  progress(doing: string): void;
  /** A remark on standard error. */
  remark(sentence: string): void;
}

export type Options = Readonly<Record<string, unknown>>;

export type Compute = (setting: Setting, operands: readonly string[], options: Options) => Promise<Answer>;

const LAW =
  "an expression such as 'mp(1/2)' or 'decompress(mp(c), 4)', a path to a saved law (.json), or - to read either from standard input";

/** A command that is asked about a law. */
export function lawCommand(program: Command, name: string, summary: string, io: Io, compute: Compute): Command {
  const command = program.command(name).summary(summary).argument("<law>", LAW);
  return withCommonOptions(command, io, compute, true);
}

/** A command that is asked about a file of eigenvalues, or about nothing. */
export function plainCommand(program: Command, name: string, summary: string, io: Io, compute: Compute): Command {
  return withCommonOptions(program.command(name).summary(summary), io, compute, false);
}

function withCommonOptions(command: Command, io: Io, compute: Compute, takesParameters: boolean): Command {
  command
    .option("--json", "print one JSON object and nothing else (default: plain text)")
    .option("--digits <N>", "significant digits of what is not exact, 1 to 10000", "15")
    .option("--max-seconds <S>", "give up after so many seconds, with exit code 3 (default: no limit)")
    .option("--max-memory <MB>", "give up where more memory is needed, with exit code 3 (default: what Node allows)");
  if (takesParameters) {
    command.addOption(
      new Option("--set <name=value>", "give a parameter an exact value, for example c=1/2; repeatable").argParser(
        (value: string, before: readonly string[] | undefined) => [...(before ?? []), value],
      ),
    );
  }
  return command.action(async (...received: unknown[]) => {
    const options = command.opts();
    const operands = received
      .slice(0, command.registeredArguments.length)
      .flat()
      .filter((v) => typeof v === "string");
    const setting = settingOf(io, options);
    const answer = await compute(setting, operands, options);
    setting.progress("");
    if (setting.json) {
      io.writeOut(`${JSON.stringify(answer.json)}\n`);
      return;
    }
    if (answer.text !== "") io.writeOut(`${answer.text}\n`);
    for (const path of answer.files ?? []) setting.remark(`wrote ${path}`);
  });
}

/** Shows on a terminal what is being done, in one line that the next text replaces; an empty one wipes it out. */
export function progressLine(io: Io): (doing: string) => void {
  let shown = 0;
  return (doing) => {
    if (!io.errorIsTerminal) return;
    io.writeError(`\r${" ".repeat(shown)}\r${doing}`);
    shown = doing.length;
  };
}

/** A terminal is told this often what is being done, in milliseconds. */
const TELLING = 250;

/** The budget, telling what it is spent on. */
function tellingBudget(budget: Budget, tell: (doing: string) => void): Budget {
  let told = performance.now();
  return {
    signal: budget.signal,
    spend(units, doing) {
      budget.spend(units, doing);
      const now = performance.now();
      if (now < told + TELLING) return;
      told = now;
      tell(`${doing} ...`);
    },
  };
}

function settingOf(io: Io, options: Options): Setting {
  const progress = progressLine(io);
  const budget = createBudget({
    ...(io.signal === undefined ? {} : { signal: io.signal }),
    ...(options.maxSeconds === undefined
      ? {}
      : { seconds: positiveNumber("--max-seconds", String(options.maxSeconds)) }),
  });
  // The main thread watches over the memory (supervised-run.ts).
  if (options.maxMemory !== undefined) wholeNumber("--max-memory", String(options.maxMemory), 1);
  return {
    io,
    digits: wholeNumber("--digits", String(options.digits), 1, 10_000),
    json: options.json === true,
    values: assignments("--set", (options.set as readonly string[] | undefined) ?? []),
    budget: io.errorIsTerminal ? tellingBudget(budget, progress) : budget,
    progress,
    remark(sentence) {
      progress("");
      io.writeError(`freecurve: ${sentence}\n`);
    },
  };
}

/** An option that takes one of a few words, the given one by default. */
export function choice(flags: string, description: string, words: readonly string[], initial: string): Option {
  return new Option(flags, description).choices(words).default(initial);
}

/** An option's text when it was given. */
export function textOption(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === "string" ? value : undefined;
}
