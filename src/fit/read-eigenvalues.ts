import Papa from "papaparse";
import { DomainError } from "../core/index.js";

/**
 * The eigenvalues in a file, ascending, as doubles. The kind of file is told by its name: `.npy` (format versions 1 to 3, float32
 * or float64 of either byte order, shape (n,) or (n, 1) or (1, n)), `.csv` (one column, a header line allowed), anything else text
 * with one number a line and `#` comments. A file that starts with the magic bytes of `.npy` is read as one whatever its name.
 *
 * @throws DomainError in one sentence, with the line where there is one, for text where a number should be, NaN or infinity, two
 * columns, a matrix, fewer than two values, or a damaged file.
 */
export function readEigenvalues(content: Uint8Array | string, name = "the file"): Float64Array {
  const isNpy = typeof content !== "string" && npyMagic.every((byte, k) => content[k] === byte);
  const lower = name.toLowerCase();
  let values: Float64Array;
  if (isNpy) values = readNpy(content, name);
  else if (lower.endsWith(".npy")) {
    throw new DomainError(`${name} does not start with the magic bytes of a .npy file; save it with numpy.save`);
  } else {
    const text = typeof content === "string" ? content : new TextDecoder().decode(content);
    values = lower.endsWith(".csv") ? readCsv(text, name) : readText(text, name);
  }
  if (values.length === 0) throw new DomainError(`${name} holds no eigenvalues; one number a line is expected`);
  if (values.length === 1) {
    throw new DomainError(`${name} holds a single value; a spectrum needs at least two eigenvalues`);
  }
  return values.sort();
}

function readText(text: string, name: string): Float64Array {
  const values: number[] = [];
  text.split(/\r\n|\n|\r/).forEach((line, k) => {
    const bare = line
      .replace(/#.*/, "")
      .replace(/^\uFEFF/, "")
      .trim();
    if (bare !== "") values.push(readNumber(bare, name, k + 1));
  });
  return Float64Array.from(values);
}

function readCsv(text: string, name: string): Float64Array {
  const { data, errors } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ""), {
    comments: "#",
    delimiter: delimiterOf(text),
  });
  const damaged = errors.find((error) => error.type === "Quotes");
  if (damaged !== undefined) {
    throw new DomainError(`${name}, line ${(damaged.row ?? 0) + 1}: ${damaged.message.toLowerCase()}`);
  }
  const values: number[] = [];
  let header = true;
  data.forEach((row, k) => {
    const cells = row.map((cell) => cell.trim());
    if (cells.every((cell) => cell === "")) return;
    if (cells.length > 1) {
      throw new DomainError(`${name}, line ${k + 1}: ${cells.length} columns; one column of eigenvalues is expected`);
    }
    const cell = cells[0]!;
    if (header && values.length === 0 && /^[^\d+\-.]/.test(cell) && !/^(nan|inf)/i.test(cell)) header = false;
    else values.push(readNumber(cell, name, k + 1));
  });
  return Float64Array.from(values);
}

function delimiterOf(text: string): string {
  return [";", "\t"].find((candidate) => text.includes(candidate)) ?? ",";
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

function readNumber(text: string, name: string, line: number): number {
  if (/^[+-]?(nan|inf(inity)?)$/i.test(text)) {
    throw new DomainError(`${name}, line ${line}: ${text} is no eigenvalue; every value must be finite`);
  }
  if (!decimal.test(text)) {
    if (/[\s,;]/.test(text)) {
      const parts = text.split(/[\s,;]+/).filter((part) => part !== "");
      if (parts.length > 1 && parts.every((part) => decimal.test(part))) {
        throw new DomainError(`${name}, line ${line}: ${parts.length} numbers on one line; one a line is expected`);
      }
    }
    throw new DomainError(`${name}, line ${line}: "${text.slice(0, 40)}" is not a number`);
  }
  const value = Number(text);
  if (!Number.isFinite(value)) {
    throw new DomainError(`${name}, line ${line}: ${text} is beyond the range of double precision`);
  }
  return value;
}

const npyMagic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

function readNpy(bytes: Uint8Array, name: string): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6];
  if (bytes.length < 12 || version === undefined || version < 1 || version > 3) {
    throw new DomainError(`${name} has version ${version ?? "?"} of the .npy format; versions 1 to 3 are read`);
  }
  const start = version === 1 ? 10 : 12;
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const header = new TextDecoder("latin1").decode(bytes.subarray(start, start + length));
  const type = /'descr'\s*:\s*'([^']*)'/.exec(header)?.[1];
  const shape = /'shape'\s*:\s*\(([^)]*)\)/.exec(header)?.[1];
  if (type === undefined || shape === undefined || bytes.length < start + length) {
    throw new DomainError(`${name} has a damaged .npy header`);
  }
  const kind = /^([<>=])f([48])$/.exec(type);
  if (kind === null) {
    throw new DomainError(`${name} holds values of type ${type}; float32 or float64 (real eigenvalues) are read`);
  }
  const sides = shape
    .split(",")
    .map((side) => side.trim())
    .filter((side) => side !== "")
    .map(Number);
  if (sides.length === 0 || sides.length > 2 || (sides.length === 2 && !sides.includes(1))) {
    throw new DomainError(`${name} holds an array of shape (${shape}); eigenvalues must have one dimension`);
  }
  const count = sides.reduce((product, side) => product * side, 1);
  const size = Number(kind[2]);
  const little = kind[1] !== ">";
  const data = start + length;
  if (bytes.length < data + count * size) {
    throw new DomainError(
      `${name} is cut short: ${count} values of ${size} bytes are announced, ${bytes.length - data} bytes are there`,
    );
  }
  return Float64Array.from({ length: count }, (_, k) => {
    const at = data + k * size;
    const value = size === 8 ? view.getFloat64(at, little) : view.getFloat32(at, little);
    if (!Number.isFinite(value)) {
      throw new DomainError(`${name}, value ${k + 1}: ${value} is no eigenvalue; every value must be finite`);
    }
    return value;
  });
}
