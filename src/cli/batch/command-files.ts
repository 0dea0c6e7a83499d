import { isAbsolute, normalize, sep } from "node:path";
import type { Command, Option } from "commander";
import { DomainError } from "../../core/index.js";
import { nearestName } from "../../lang/index.js";

/** What a command line of a batch would read and write. */
export interface CommandFiles {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** The command's own time limit in seconds, where it has one. */
  readonly seconds: number | undefined;
  /** Whether it can be given one. */
  readonly takesSeconds: boolean;
}

/** Commands that ask, draw or serve instead of answering. */
const REFUSED: readonly string[] = ["batch", "worker", "repl", "demo", "completion", "help"];

/** Options whose value is a file to be written; every other one that names a file reads it. */
const WRITING: readonly string[] = ["out", "plot", "certificate"];

/** What a first argument may be that is neither a law nor a file. */
const VALUES: readonly string[] = ["gamma"];

/**
 * The files of a command line, found by the program's own parser of options. Throws a {@link DomainError}, whose sentence goes on
 * after "line 3", where the command line cannot be in a batch.
 */
export function commandFiles(program: Command, words: readonly string[]): CommandFiles {
  const [name, ...rest] = words;
  if (REFUSED.includes(name!))
    throw new DomainError(`asks for "${name}", which gives no answer that a batch could keep`);
  const command = program.commands.find((one) => one.name() === name);
  if (command === undefined) {
    const near = nearestName(
      name!,
      program.commands.map((one) => one.name()).filter((one) => !REFUSED.includes(one)),
    );
    throw new DomainError(
      `asks for an unknown command "${name}"${near === undefined ? "" : `; did you mean ${near}?`}`,
    );
  }
  const { files, takesSeconds } = optionsOf(command);
  const found = parsedOptions(command, rest);
  // A mistake in its options ends the command before it touches a file: the job fails with that sentence.
  if (found === undefined) return { reads: [], writes: [], seconds: undefined, takesSeconds: false };
  const { operands, values } = found;
  const [argument] = command.registeredArguments;
  const reads: string[] = [];
  const writes: string[] = [];
  if (argument?.name() === "law") {
    const [law] = operands;
    if (law === "-") throw new DomainError("reads a law from standard input, which a job has not");
    if (law !== undefined && /\.json$/i.test(law)) reads.push(law);
  } else if (argument !== undefined && !VALUES.includes(argument.name())) reads.push(...operands);
  for (const name of files) {
    const path = values[name];
    if (typeof path === "string") (WRITING.includes(name) ? writes : reads).push(path);
  }
  for (const path of writes) requireOwnFolder(path);
  const seconds = Number(values.maxSeconds ?? Number.NaN);
  return { reads, writes, seconds: seconds > 0 ? seconds : undefined, takesSeconds };
}

/** What the options of a command are about. */
interface OptionsOf {
  /** Those whose value is a file, as attributes. */
  readonly files: readonly string[];
  readonly takesSeconds: boolean;
}

const known = new WeakMap<Command, OptionsOf>();

function optionsOf(command: Command): OptionsOf {
  const before = known.get(command);
  if (before !== undefined) return before;
  // A batch tells of mistakes itself.
  command.configureOutput({ writeErr: () => undefined, outputError: () => undefined });
  const found = {
    files: command.options.filter(namesFile).map((option) => option.attributeName()),
    takesSeconds: command.options.some((option) => option.long === "--max-seconds"),
  };
  known.set(command, found);
  return found;
}

/** Whether an option's value is a path: its placeholder says FILE, or is a name with an ending. */
export function namesFile(option: Option): boolean {
  const placeholder = /<([^>]*)>/.exec(option.flags)?.[1] ?? "";
  return /file/i.test(placeholder) || /\.\w+$/.test(placeholder);
}

interface Parsed {
  readonly operands: readonly string[];
  readonly values: Readonly<Record<string, unknown>>;
}

/** The command's own reading of its options; undefined where it finds a mistake. */
function parsedOptions(command: Command, words: readonly string[]): Parsed | undefined {
  command.saveStateBeforeParse();
  try {
    const { operands, unknown } = command.parseOptions([...words]);
    return unknown.length > 0 ? undefined : { operands, values: { ...command.opts() } };
  } catch {
    return undefined;
  } finally {
    command.restoreStateBeforeParse();
  }
}

/** A file of jobs that somebody else wrote must not reach out of the folder in which the batch was started. */
function requireOwnFolder(path: string): void {
  const plain = normalize(path);
  if (isAbsolute(plain) || plain === ".." || plain.startsWith(`..${sep}`)) {
    throw new DomainError(`writes "${path}"; a job writes only below the folder in which the batch is started`);
  }
}
