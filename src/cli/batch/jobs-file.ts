import { DomainError } from "../../core/index.js";
import { quote } from "../io.js";
import { linesOf } from "./file-reading.js";

/** One line of a file of jobs. */
export interface JobLine {
  /** From 1. */
  readonly line: number;
  /** What the user calls it; it goes to the result as it is. */
  readonly id?: string | number;
  /** The command line, without the name of the program. */
  readonly words: readonly string[];
}

/** The longest line, in bytes. */
const LONGEST = 2 ** 20;

const SHAPE = 'a line looks like {"command": ["support", "mp(1/2)"], "id": 7}';

/**
 * The jobs of an open file in order; blank lines are none. The first line that is no job is one sentence with its number.
 *
 * @param afterRead called before jobs that were read are given away
 */
export function* readJobs(file: number, path: string, afterRead?: () => void): Generator<JobLine> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const tooLong = (): never => {
    throw wrongLine(path, line + 1, `is longer than ${LONGEST / 2 ** 20} MB`);
  };
  let line = 0;
  for (const { bytes } of linesOf(file, LONGEST, tooLong, afterRead)) {
    line++;
    let text: string;
    try {
      text = decoder.decode(bytes);
    } catch {
      throw wrongLine(path, line, "is no UTF-8 text");
    }
    if (text.trim() !== "") yield readJob(text, path, line);
  }
}

/** A mistake in a file of jobs. */
export function wrongLine(path: string, line: number, what: string): DomainError {
  return new DomainError(`line ${line} of ${quote(path)} ${what}`);
}

function readJob(text: string, path: string, line: number): JobLine {
  const found = parsed(text);
  if (typeof found !== "object" || found === null || Array.isArray(found)) {
    throw wrongLine(path, line, `is no JSON object; ${SHAPE}`);
  }
  const { command, id, ...others } = found as Readonly<Record<string, unknown>>;
  const [other] = Object.keys(others);
  if (other !== undefined) throw wrongLine(path, line, `has an unknown field "${other}"; ${SHAPE}`);
  if (id !== undefined && typeof id !== "string" && typeof id !== "number") {
    throw wrongLine(path, line, "has an id that is neither a text nor a number");
  }
  const words = typeof command === "string" ? shellWords(command) : command;
  if (words === undefined) {
    throw wrongLine(path, line, "has a command whose quotes are not closed; a list of words needs no quotes");
  }
  if (!Array.isArray(words) || !words.every((word) => typeof word === "string")) {
    throw wrongLine(path, line, `has no command; ${SHAPE}`);
  }
  const own = words[0] === "freecurve" ? words.slice(1) : words;
  if (own.length === 0) throw wrongLine(path, line, `has an empty command; ${SHAPE}`);
  return id === undefined ? { line, words: own } : { line, id, words: own };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Words between blanks; quotes of either kind hold together what is in them. Undefined when a quote is not closed. */
function shellWords(text: string): readonly string[] | undefined {
  const words: string[] = [];
  const piece = /\s+|'([^']*)'|"([^"]*)"|([^\s'"]+)/y;
  let word: string | undefined;
  for (let at = 0; at < text.length; at = piece.lastIndex) {
    piece.lastIndex = at;
    const found = piece.exec(text);
    if (found === null) return undefined;
    const part = found[1] ?? found[2] ?? found[3];
    if (part !== undefined) word = (word ?? "") + part;
    else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  return word === undefined ? words : [...words, word];
}
