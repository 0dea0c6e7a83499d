import { Command } from "commander";
import { DomainError } from "../core/index.js";
import { laws, nearestName, operations, signature, type VocabularyEntry } from "../lang/index.js";
import { addBatchCommand } from "./batch/batch-command.js";
import { addWorkerCommand } from "./batch/worker-command.js";
import { addCheckCommand } from "./check-command.js";
import { addCompletionCommand } from "./completion-command.js";
import { addDataCommands } from "./data-commands.js";
import { addDemoCommand } from "./demo-command.js";
import { addDistributionCommands } from "./distribution-commands.js";
import { addEventCommands } from "./event-commands.js";
import { type ExitCode, printable, reportFailure } from "./exit.js";
import { addExplainCommand } from "./explain-command.js";
import { addHighTemperatureCommand } from "./high-temperature-command.js";
import { addHorizonCommands } from "./horizon-commands.js";
import type { Io } from "./io.js";
import { readVersion } from "./package-files.js";
import { addPhasesCommand } from "./phases-command.js";
import { addPictureCommand } from "./picture-command.js";
import { addReplCommand } from "./repl-command.js";
import { addRidgeCommand } from "./ridge-command.js";
import { addSampleCommand } from "./sample-command.js";
import { addScalingCommand } from "./scaling-command.js";
import { addShapeCommands } from "./shape-commands.js";
import { addSheetsCommand } from "./sheets-command.js";
import { addStatisticsCommands } from "./statistics-commands.js";
import { addValueCommands } from "./value-commands.js";
import { addVerifyCommand } from "./verify-command.js";
import { addWeightsCommand } from "./weights-command.js";

const DESCRIPTION =
  "Exact spectral curves of random matrices: what the eigenvalues of a large random matrix look like, and those of a larger one of which you have measured a corner.";

const EPILOGUE = `
A law is an expression of the input language. Numbers are exact (0.02 is 1/50); a name that is
none of those below is a parameter.
${listing("Laws", laws)}
${listing("Operations", operations)}
  A [+] B is freeSum(A, B), A [*] B is freeProduct(A, B), L |> shift(1) is shift(L, 1)
  jumps, points and populations are lists of pairs: [[x, weight], [x, weight]]

Examples:
  freecurve support 'compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]])'
  freecurve curve 'mp(c) |> decompress(tau)'
  freecurve moments 'semicircle(1) [+] mp(c)' --set c=1/2 -n 6 --json

Exit codes: 0 an answer, 2 a mistake in the input, 3 a limit was reached, 4 a batch with jobs that
have no answer, 130 interrupted, 1 a defect of the program.
freecurve <command> --help has the options, their defaults and an example.`;

function listing(title: string, entries: readonly VocabularyEntry[]): string {
  const lines = [""];
  for (const entry of entries) {
    const text = signature(entry);
    if (lines.at(-1)!.length + text.length > 94) lines.push("");
    lines[lines.length - 1] += `  ${text}`;
  }
  return `${title}:\n${lines.join("\n")}`;
}

/**
 * Runs one command line (without the names of node and of the script) and gives the exit code; everything it says goes through
 * `io`. Never throws and never ends the process.
 *
 * @param made what {@link createProgram} made of the same `io`, when many command lines run one after another
 */
export async function run(argv: readonly string[], io: Io, made?: Command): Promise<ExitCode> {
  try {
    const program = made ?? createProgram(io);
    if (!asksForEverything(argv)) requireKnownTopic(program, argv);
    await program.parseAsync(asksForEverything(argv) ? ["--help"] : [...argv], { from: "user" });
    return 0;
  } catch (error) {
    return reportFailure(error, io);
  }
}

/** Nothing at all, or `help help`. */
function asksForEverything(argv: readonly string[]): boolean {
  return argv.every((word) => word === "--") || (argv[0] === "help" && argv[1] === "help");
}

/** `help` about something that is no command: one sentence, where commander would print the whole help as an error. */
function requireKnownTopic(program: Command, argv: readonly string[]): void {
  const [word, topic] = argv.filter((given) => given !== "--");
  const names = program.commands.map((command) => command.name());
  if (
    word !== "help" ||
    topic === undefined ||
    topic === "" ||
    (topic.startsWith("-") && topic.length > 1 && !argv.includes("--"))
  )
    return;
  if (names.includes(topic)) return;
  const near = nearestName(topic, names);
  throw new DomainError(`unknown command '${topic}'${near === undefined ? "" : `; did you mean ${near}?`}`);
}

/** The command line with all its commands; what they print goes through `io`. */
export function createProgram(io: Io): Command {
  const program = new Command("freecurve")
    .description(DESCRIPTION)
    .usage("<command> <law> [options]")
    .version(readVersion(), "-v, --version", "print the version")
    .helpOption("-h, --help", "explain the command")
    .helpCommand("help [command]", "explain a command")
    .addHelpText("after", EPILOGUE)
    .exitOverride()
    .configureHelp({ sortSubcommands: false, showGlobalOptions: false })
    .configureOutput({
      writeOut: (text) => io.writeOut(text),
      writeErr: (text) => io.writeError(text),
      outputError: (text, write) => write(`freecurve: ${printable(plainSentence(text))}\n`),
      getOutHelpWidth: () => 100,
      getErrHelpWidth: () => 100,
    });
  addShapeCommands(program, io);
  addSheetsCommand(program, io);
  addVerifyCommand(program, io);
  addHorizonCommands(program, io);
  addValueCommands(program, io);
  addDistributionCommands(program, io);
  addSampleCommand(program, io);
  addStatisticsCommands(program, io);
  addRidgeCommand(program, io);
  addHighTemperatureCommand(program, io);
  addEventCommands(program, io);
  addPhasesCommand(program, io);
  addExplainCommand(program, io);
  addPictureCommand(program, io);
  addDataCommands(program, io);
  addCheckCommand(program, io);
  addWeightsCommand(program, io);
  addScalingCommand(program, io);
  addDemoCommand(program, io);
  addBatchCommand(program, io);
  addWorkerCommand(program, io);
  addReplCommand(program, io, run);
  addCompletionCommand(program, io);
  for (const command of program.commands) command.helpOption("-h, --help", "explain the command");
  return program;
}

/** What other programs call it, and the command that does it. */
const otherNames: Readonly<Record<string, string>> = {
  cdf: "distribution",
  sf: "distribution",
  ppf: "quantiles",
  percentile: "quantiles",
  median: "quantiles",
  pdf: "density",
  edges: "support",
  spectrum: "support",
  atoms: "support",
  mean: "moments",
  variance: "moments",
  polynomial: "curve",
  eigenvalues: "sample",
  simulate: "sample",
  trace: "statistics",
  logdet: "statistics",
  hilbert: "stieltjes",
  cauchy: "stieltjes",
  predict: "extrapolate",
};

/** commander's "a, b, c" as "a, b or c". */
function listed(words: string): string {
  return words.replace(/, ([^,]*)$/, " or $1");
}

/** commander writes "error: unknown option '--x'\n(Did you mean --y?)"; one sentence is enough. */
function plainSentence(text: string): string {
  return text
    .trim()
    .replace(/^error: /, "")
    .replace(/\n\(Did (.*)\)$/s, "; did $1")
    .replace(
      /^option '(?:-\w, )?(--[\w-]+)[^']*' argument '(.*)' is invalid\. Allowed choices are (.*)\.$/s,
      (_, option: string, given: string, words: string) => `${option} must be ${listed(words)}, not "${given}"`,
    )
    .replace(
      /^command-argument value '(.*)' is invalid for argument '(.*)'\. Allowed choices are (.*)\.$/s,
      (_, given: string, name: string, words: string) => `the ${name} must be ${listed(words)}, not "${given}"`,
    )
    .replace(/^unknown command '(\w+)'$/, (sentence, name: string) =>
      Object.hasOwn(otherNames, name.toLowerCase())
        ? `${sentence}; did you mean ${otherNames[name.toLowerCase()]}?`
        : `${sentence}; freecurve --help lists them`,
    )
    .replace(/^missing required argument 'law'$/, "no law was given; write for example: freecurve support 'mp(1/2)'")
    .replace(/^missing required argument 'files?'$/, "no file of eigenvalues was given");
}
