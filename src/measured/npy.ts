import { DomainError } from "../core/index.js";
import { checkMemory, type NumberArray, type ReadLimits } from "./number-array.js";

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** No header of an array of plain numbers comes near this. */
const mostHeader = 2 ** 20;

/** Whether bytes begin like a .npy file. */
export function isNpy(bytes: Uint8Array): boolean {
  return magic.every((byte, k) => bytes[k] === byte);
}

/**
 * The array of a .npy file: versions 1 to 3 of the format, float16, float32, float64 or integers of 8 to 64 bits (rounded to doubles),
 * either byte order, C or Fortran order, one or two dimensions. The header is matched against the form that numpy writes; nothing in it
 * is evaluated, and no memory is taken for numbers that are not there.
 *
 * Source: numpy.lib.format, "NPY format", versions 1.0 to 3.0.
 *
 * @throws DomainError in one sentence for other types (complex, objects, records), other shapes, NaN or infinity, or a damaged file.
 */
export function readNpy(bytes: Uint8Array, name: string, limits: ReadLimits): NumberArray {
  const { type, fortran, shape, start } = readHeader(bytes, name);
  const { width, read } = numberReader(type, name);
  const [rows, columns] = sidesOf(shape, name);
  const count = rows * columns;
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, bytes.byteLength - start);
  if (view.byteLength < count * width) {
    throw new DomainError(
      `${name} is cut short: ${count} values of ${width} bytes are announced, ${view.byteLength} bytes are there`,
    );
  }
  checkMemory(name, 8 * count, limits);
  const values = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    const value = read(view, k * width);
    const place = fortran ? (k % rows) * columns + Math.floor(k / rows) : k;
    if (!Number.isFinite(value)) {
      const where =
        columns === 1
          ? `value ${place + 1}`
          : `row ${Math.floor(place / columns) + 1}, column ${(place % columns) + 1}`;
      throw new DomainError(`${name}, ${where}: ${value} is no measured value; every number must be finite`);
    }
    values[place] = value;
  }
  return { rows, columns, values };
}

interface Header {
  readonly type: string;
  readonly fortran: boolean;
  readonly shape: string;
  /** Where the numbers begin. */
  readonly start: number;
}

function readHeader(bytes: Uint8Array, name: string): Header {
  const version = bytes[6];
  if (bytes.length < 12 || version === undefined || version < 1 || version > 3) {
    throw new DomainError(`${name} has version ${version ?? "?"} of the .npy format; versions 1 to 3 are read`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fixed = version === 1 ? 10 : 12;
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const start = fixed + length;
  if (length > mostHeader || start > bytes.length) throw new DomainError(`${name} has a damaged .npy header`);
  const header = new TextDecoder(version === 3 ? "utf-8" : "latin1").decode(bytes.subarray(fixed, start));
  if (/'descr'\s*:\s*\[/.test(header)) {
    throw new DomainError(`${name} holds records with named fields; an array of real numbers is expected`);
  }
  const type = /'descr'\s*:\s*'([^']*)'/.exec(header)?.[1];
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(header)?.[1];
  const shape = /'shape'\s*:\s*\(([^)]*)\)/.exec(header)?.[1];
  if (type === undefined || order === undefined || shape === undefined) {
    throw new DomainError(`${name} has a damaged .npy header`);
  }
  return { type, fortran: order === "True", shape: shape.trim(), start };
}

/** Rows and columns; a list is one column, whichever way it lies. */
function sidesOf(shape: string, name: string): readonly [number, number] {
  const sides = shape
    .replace(/,$/, "")
    .split(",")
    .map((side) => side.trim());
  if (shape !== "" && !sides.every((side) => /^\d{1,15}$/.test(side))) {
    throw new DomainError(`${name} has a damaged .npy header: its shape is (${shape.slice(0, 40)})`);
  }
  if (shape === "" || sides.length > 2) {
    throw new DomainError(
      `${name} holds an array of shape (${shape}); a list of eigenvalues has one dimension, a matrix two`,
    );
  }
  const [rows, columns] = [Number(sides[0]), Number(sides[1] ?? 1)];
  return rows === 1 ? [columns, 1] : [rows, columns];
}

interface NumberReader {
  readonly width: number;
  readonly read: (view: DataView, at: number) => number;
}

function numberReader(type: string, name: string): NumberReader {
  const match = /^([<>=|])([a-zA-Z])(\d*)$/.exec(type);
  const little = match?.[1] !== ">";
  switch (`${match?.[2]}${match?.[3]}`) {
    case "f8":
      return { width: 8, read: (view, at) => view.getFloat64(at, little) };
    case "f4":
      return { width: 4, read: (view, at) => view.getFloat32(at, little) };
    case "f2":
      return { width: 2, read: (view, at) => halfToNumber(view.getUint16(at, little)) };
    case "i8":
      return { width: 8, read: (view, at) => Number(view.getBigInt64(at, little)) };
    case "u8":
      return { width: 8, read: (view, at) => Number(view.getBigUint64(at, little)) };
    case "i4":
      return { width: 4, read: (view, at) => view.getInt32(at, little) };
    case "u4":
      return { width: 4, read: (view, at) => view.getUint32(at, little) };
    case "i2":
      return { width: 2, read: (view, at) => view.getInt16(at, little) };
    case "u2":
      return { width: 2, read: (view, at) => view.getUint16(at, little) };
    case "i1":
      return { width: 1, read: (view, at) => view.getInt8(at) };
    case "u1":
      return { width: 1, read: (view, at) => view.getUint8(at) };
  }
  const what =
    match?.[2] === "c"
      ? `complex numbers (type ${type}); take their real part if they are the eigenvalues of a Hermitian matrix`
      : match?.[2] === "O"
        ? `Python objects (type ${type}), which are never loaded; save an array of real numbers`
        : `values of type ${type}; float16, float32, float64 and integers are read`;
  throw new DomainError(`${name} holds ${what}`);
}

/** IEEE 754 binary16. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}
