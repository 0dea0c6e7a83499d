import { createProgram } from "../../src/cli/run.js";
import { operations } from "../../src/lang/index.js";
import { type ExportedFunction, exportedFunctions, type Statement, statementOf } from "./guarantees.js";

/** Something with a name and what is said of its answers. */
export interface Guaranteed {
  readonly name: string;
  readonly guarantee: Statement | undefined;
}

/** The commands that give answers; their guarantee stands in the description that `--help` prints. */
export function commandGuarantees(): readonly Guaranteed[] {
  const quiet = {
    writeOut() {},
    writeError() {},
    readInput: async () => "",
    errorIsTerminal: false,
    signal: undefined,
  };
  return createProgram(quiet)
    .commands.filter((command) => command.options.some(({ long }) => long === "--json"))
    .map((command) => ({ name: command.name(), guarantee: statementOf(command.description()) }));
}

/** The operations of the input language; each has the guarantee of the function of its name. */
export function operationGuarantees(functions: readonly ExportedFunction[]): readonly Guaranteed[] {
  return operations.map(({ name }) => ({
    name,
    guarantee: functions.find((entry) => entry.entry === "freecurve" && entry.name === name)?.guarantee,
  }));
}

/** The tables of the page on guarantees, as Markdown: commands, operations of the language, functions by entry point and room. */
export function guaranteeTables(root: string): string {
  const functions = exportedFunctions(root);
  const entries = new Set(functions.map(({ entry }) => entry));
  return [
    "### Commands\n",
    table(
      "command",
      commandGuarantees().map(({ name, guarantee }) => row(`\`${name}\``, guarantee)),
    ),
    "### Operations of the language\n",
    table(
      "operation",
      operationGuarantees(functions).map(({ name, guarantee }) => row(linked("freecurve", name), guarantee)),
    ),
    ...Array.from(entries, (entry) => {
      const list = functions.filter((f) => f.entry === entry);
      return `### Functions of ${entry}\n\n${functionTable(list)}`;
    }),
  ].join("\n");
}

/** The functions of an entry point, those of one room together under its name. */
function functionTable(functions: readonly ExportedFunction[]): string {
  const rooms = [...new Set(functions.map(roomOf))];
  const rows = rooms.flatMap((room) => [
    `| **${room.replaceAll("-", " ")}** | | |`,
    ...functions
      .filter((f) => roomOf(f) === room)
      .map(({ page, name, guarantee }) => row(linked(page, name), guarantee)),
  ]);
  return table("function", rows);
}

function roomOf({ file }: ExportedFunction): string {
  return file.split("/")[1]!;
}

function linked(entry: string, name: string): string {
  return `[\`${name}\`](reference/functions/${entry.replace("/", "_")}.${name}.html)`;
}

function table(what: string, rows: readonly string[]): string {
  return `| ${what} | guarantee | in full |\n| --- | --- | --- |\n${rows.join("\n")}\n`;
}

/** The sentence stands beside the word where it says more. */
function row(name: string, guarantee: Statement | undefined): string {
  if (guarantee === undefined) return `| ${name} | | |`;
  const { kinds, sentence } = guarantee;
  const full = /^\w+\.?$/.test(sentence) ? "" : sentence.replaceAll("|", "\\|");
  return `| ${name} | ${kinds.join(", ")} | ${full} |`;
}
