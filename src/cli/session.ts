import { laws, operations } from "../lang/index.js";

/** What a session has to know of a command. */
export interface KnownCommand {
  readonly name: string;
  /** Whether its operand is a law, which may contain blanks; else operands are words. */
  readonly takesLaw: boolean;
  /** With their dashes. */
  readonly options: readonly string[];
}

/** What one line asks for. */
export type Request =
  | { readonly kind: "nothing" }
  | { readonly kind: "leave" }
  | { readonly kind: "name"; readonly name: string; readonly law: string }
  | { readonly kind: "command"; readonly argv: readonly string[] };

/** The names given in a session: texts of the input language. */
export type Names = ReadonlyMap<string, string>;

/**
 * Reads a line: `name = law` gives a name to a law, a command is written as in a shell but needs no quotes around its law, and
 * anything else is a law whose curve is asked for. Names stand for their laws, in brackets.
 */
export function readLine(line: string, commands: readonly KnownCommand[], names: Names): Request {
  const text = line.trim();
  if (text === "" || text.startsWith("#")) return { kind: "nothing" };
  if (text === "exit" || text === "quit") return { kind: "leave" };
  const assignment = /^([A-Za-z]\w*)\s*=\s*(.+)$/.exec(text);
  if (assignment !== null) return { kind: "name", name: assignment[1]!, law: withNames(assignment[2]!, names) };
  const [, word = "", rest = ""] = /^(\S+)\s*(.*)$/.exec(text) ?? [];
  if (word === "help") return { kind: "command", argv: ["help", ...wordsOf(rest)] };
  const command = commands.find((one) => one.name === word);
  if (command === undefined) return { kind: "command", argv: ["curve", withNames(text, names)] };
  if (!command.takesLaw) return { kind: "command", argv: [word, ...wordsOf(rest)] };
  const end = startOfOptions(rest);
  const law = unquoted(rest.slice(0, end).trim());
  const operands = law === "" ? [] : [withNames(law, names)];
  return { kind: "command", argv: [word, ...operands, ...wordsOf(rest.slice(end))] };
}

/** Where ` --option` or ` -n` begins outside of brackets and quotes. */
function startOfOptions(text: string): number {
  let depth = 0;
  let quoted = false;
  for (let k = 0; k < text.length; k++) {
    const c = text[k]!;
    if (c === '"') quoted = !quoted;
    if (quoted) continue;
    if ("([".includes(c)) depth++;
    else if (")]".includes(c)) depth--;
    else if (depth === 0 && (k === 0 || /\s/.test(text[k - 1]!)) && /^-{1,2}[A-Za-z]/.test(text.slice(k))) return k;
  }
  return text.length;
}

/** A law that is quoted as a shell would want it. */
function unquoted(text: string): string {
  return /^'[^']*'$/.test(text) ? text.slice(1, -1) : text;
}

/** Words between blanks; quotes of either kind hold one together. */
function wordsOf(text: string): readonly string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((found) => found[1] ?? found[2] ?? found[3]!);
}

/** The text with names of the session replaced, outside of quotes and where no bracket makes them a call. */
function withNames(text: string, names: Names): string {
  return text.replace(/"[^"]*"|[A-Za-z]\w*(?!\w*\s*\()/g, (word) => {
    const law = names.get(word);
    return law === undefined ? word : `(${law})`;
  });
}

/** What can follow the line, and the part of it that a choice replaces. */
export function completions(
  line: string,
  commands: readonly KnownCommand[],
  names: Names,
): readonly [choices: readonly string[], part: string] {
  const part = /-{0,2}[\w-]*$/.exec(line)?.[0] ?? "";
  const before = line.slice(0, line.length - part.length);
  const command = commands.find((one) => one.name === /^\s*(\S+)/.exec(before)?.[1]);
  const vocabulary = [
    ...laws.map(({ name }) => `${name}(`),
    ...operations.map(({ name }) => `${name}(`),
    ...names.keys(),
  ];
  const choices = part.startsWith("-")
    ? (command?.options ?? [])
    : before.trim() === ""
      ? [...commands.map(({ name }) => `${name} `), "help ", "exit", ...vocabulary]
      : vocabulary;
  return [choices.filter((choice) => choice.startsWith(part)).sort(), part];
}
