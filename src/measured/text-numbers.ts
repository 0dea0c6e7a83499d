import Papa from "papaparse";
import { DomainError } from "../core/index.js";
import { checkMemory, type NumberArray, type ReadLimits } from "./number-array.js";

/**
 * The numbers of a text: one a line, or a matrix with one row a line, separated by blanks, commas or semicolons; `#` begins a comment. A single row is a list, and a first column that numbers the rows of two is left out.
 * Read in pieces of 1 MB, so that a million lines take little more than their 8 MB of doubles.
 *
 * @throws DomainError with the line for text where a number should be, NaN or infinity, and rows of unequal length.
 */
export function readTextNumbers(content: Uint8Array | string, name: string, limits: ReadLimits): NumberArray {
  const rows = collectRows(name, limits);
  eachLine(content, name, (text, line) => {
    const hash = text.indexOf("#");
    const bare = (hash < 0 ? text : text.slice(0, hash)).trim();
    if (bare === "") return;
    // The common line holds one number.
    rows.add(decimal.test(bare) ? [bare] : bare.split(/\s*[,;]\s*|\s+/), line);
  });
  return rows.finish();
}

/** Whether a text is a list or a row of lists in brackets, as JSON and Python write them. */
export function isBracketed(content: Uint8Array | string): boolean {
  const start =
    typeof content === "string" ? content.slice(0, 100) : decoderOf(content).decode(content.subarray(0, 100));
  return /^\s*[[{]/.test(start.replace(/^\uFEFF/, ""));
}

/**
 * The numbers of a list in brackets, or of a list of such lists, the rows of a matrix; commas or blanks stand between numbers.
 *
 * @throws DomainError as {@link readTextNumbers}, for a JSON object, and where brackets are missing.
 */
export function readBracketedNumbers(content: Uint8Array | string, name: string, limits: ReadLimits): NumberArray {
  const text = (typeof content === "string" ? content : decoderOf(content).decode(content)).replace(/^\uFEFF/, "");
  if (/^\s*\{/.test(text)) throw new DomainError(`${name} holds a JSON object; a list [...] of numbers is expected`);
  if (!/^\[(\[\])*\]$/.test(text.replace(/[^[\]]+/g, "")) || !text.trimEnd().endsWith("]")) {
    throw new DomainError(
      `${name} is no list [...] or [[...], ...] from its first to its last character; it may be cut short`,
    );
  }
  const rows = collectRows(name, limits);
  let line = 1;
  for (const part of text.split("]")) {
    const bare = part.replace(/^[\s,[]+/, "");
    const before = line + part.slice(0, part.length - bare.length).split("\n").length - 1;
    if (bare.trim() !== "") rows.add(bare.trim().split(/\s*,\s*|\s+/), before);
    line += part.split("\n").length - 1;
  }
  return rows.finish();
}

/**
 * The numbers of a CSV: one column, or a matrix; commas, semicolons or tabs; a header line, quotes and `#` comments are allowed. Rows and columns as in {@link readTextNumbers}.
 *
 * @throws DomainError as {@link readTextNumbers}.
 */
export function readCsvNumbers(content: Uint8Array | string, name: string, limits: ReadLimits): NumberArray {
  const text = (typeof content === "string" ? content : decoderOf(content).decode(content)).replace(/^\uFEFF/, "");
  requireShortLines(text, name);
  const rows = collectRows(name, limits);
  let line = 0;
  let header = true;
  Papa.parse<string[]>(text, {
    comments: "#",
    delimiter: delimiterOf(text),
    step({ data, errors }) {
      line++;
      const damaged = errors.find((error) => error.type === "Quotes");
      if (damaged !== undefined) throw new DomainError(`${name}, line ${line}: ${damaged.message.toLowerCase()}`);
      const cells = data.map((cell) => cell.trim());
      if (cells.every((cell) => cell === "")) return;
      const named = cells.every((cell) => /^[^\d+\-.]/.test(cell) && !/^(nan|inf)/i.test(cell));
      // Tables with a column of row numbers leave its name empty.
      const isHeader = header && (named || (cells.length > 1 && cells[0] === ""));
      header = false;
      if (!isHeader) rows.add(cells, line);
    },
  });
  return rows.finish();
}

function delimiterOf(text: string): string {
  return [";", "\t"].find((candidate) => text.includes(candidate)) ?? ",";
}

/** More characters than this are no row of a matrix: the file is no text, or has lost its line breaks. */
const longestLine = 2 ** 24;

function lineTooLong(name: string, line: number): DomainError {
  return new DomainError(
    `${name}, line ${line} has more than ${longestLine} characters; one number a line, or the rows of a matrix, are expected`,
  );
}

/** Before a line is taken apart into cells, which take many times its memory. */
function requireShortLines(text: string, name: string): void {
  let line = 1;
  for (let start = 0; start < text.length; line++) {
    const end = text.indexOf("\n", start);
    if ((end < 0 ? text.length : end) - start > longestLine) throw lineTooLong(name, line);
    if (end < 0) return;
    start = end + 1;
  }
}

/** UTF-8, or UTF-16 where the file says so by its first two bytes, as those of some programs on Windows do. */
function decoderOf(content: Uint8Array): InstanceType<typeof TextDecoder> {
  const mark = `${content[0]} ${content[1]}`;
  return new TextDecoder(mark === "255 254" ? "utf-16le" : mark === "254 255" ? "utf-16be" : "utf-8");
}

/** Calls back with every line and its number, from 1. */
function eachLine(content: Uint8Array | string, name: string, visit: (text: string, line: number) => void): void {
  const piece = 2 ** 20;
  const decoder = typeof content === "string" ? undefined : decoderOf(content);
  let line = 0;
  let rest = "";
  for (let start = 0; start < content.length; start += piece) {
    const end = start + piece;
    const more =
      typeof content === "string"
        ? content.slice(start, end)
        : decoder!.decode(content.subarray(start, end), { stream: end < content.length });
    const text = rest + more;
    const lines = text.split(/\r\n|\n|\r(?!\n|$)/);
    rest = lines.pop()!;
    for (const one of lines) visit(one, ++line);
    if (rest.length > longestLine) throw lineTooLong(name, line + 1);
  }
  visit(rest, line + 1);
}

interface Rows {
  add(cells: readonly string[], line: number): void;
  finish(): NumberArray;
}

function collectRows(name: string, limits: ReadLimits): Rows {
  let values = new Float64Array(1024);
  let count = 0;
  let rows = 0;
  let columns = 1;
  return {
    add(cells, line) {
      if (rows === 0) columns = cells.length;
      if (cells.length !== columns) {
        const [here, before] = [cells.length, columns].map((n) => `${n} number${n === 1 ? "" : "s"}`);
        throw new DomainError(
          `${name}, line ${line}: ${here} where the lines before have ${before}; one eigenvalue a line, or the rows of a matrix, are expected`,
        );
      }
      if (count + columns > values.length) {
        const room = Math.max(2 * values.length, count + columns);
        checkMemory(name, 8 * room, limits);
        const larger = new Float64Array(room);
        larger.set(values);
        values = larger;
      }
      for (const cell of cells) values[count++] = readNumber(cell, name, line);
      rows++;
    },
    finish() {
      if (columns === 2 && rows > 2 && numbersRows(values, rows))
        return { rows, columns: 1, values: values.slice(0, count).filter((_, k) => k % 2 === 1) };
      return rows === 1
        ? { rows: columns, columns: 1, values: values.slice(0, count) }
        : { rows, columns, values: values.slice(0, count) };
    },
  };
}

/** Whether the first of two columns counts the rows, from 0 or 1. */
function numbersRows(values: Float64Array, rows: number): boolean {
  const first = values[0]!;
  if (first !== 0 && first !== 1) return false;
  for (let k = 0; k < rows; k++) if (values[2 * k] !== first + k) return false;
  return true;
}

// Every digit can be matched in one way only, so that the time is in proportion to the text.
const decimal = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

function readNumber(text: string, name: string, line: number): number {
  if (!decimal.test(text)) {
    if (/^[+-]?(nan|inf(inity)?)$/i.test(text)) {
      throw new DomainError(`${name}, line ${line}: ${text} is no measured value; every number must be finite`);
    }
    throw new DomainError(`${name}, line ${line}: "${text.slice(0, 40)}" is not a number`);
  }
  const value = Number(text);
  if (!Number.isFinite(value)) {
    throw new DomainError(`${name}, line ${line}: ${text} is beyond the range of double precision`);
  }
  return value;
}
