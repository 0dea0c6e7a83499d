import { DomainError } from "../core/index.js";
import { isNpy, readNpy } from "./npy.js";
import { isNpz, readNpz } from "./npz.js";
import type { NumberArray, ReadLimits } from "./number-array.js";
import { isBracketed, readBracketedNumbers, readCsvNumbers, readTextNumbers } from "./text-numbers.js";

export interface ReadOptions extends ReadLimits {
  /** Which array of a .npz file that holds several. */
  readonly array?: string;
}

/**
 * The numbers in a file: `.npy` and `.npz`, told by their first bytes; a list in brackets (JSON), told by its first character; `.csv`, told by its name; anything else text. A list, or the
 * rows of a matrix. Exact up to the nearest double.
 *
 * @throws DomainError in one sentence, with line or position, for whatever is not an array of finite real numbers.
 */
export function readArray(content: Uint8Array | string, name = "the file", options: ReadOptions = {}): NumberArray {
  const lower = name.toLowerCase();
  if (typeof content !== "string") {
    if (isNpy(content)) return readNpy(content, name, options);
    if (isNpz(content)) return readNpz(content, name, options.array, options);
  }
  if (lower.endsWith(".npy")) {
    throw new DomainError(`${name} does not start with the magic bytes of a .npy file; save it with numpy.save`);
  }
  if (lower.endsWith(".npz")) {
    throw new DomainError(`${name} does not start with the magic bytes of a .npz archive; save it with numpy.savez`);
  }
  if (isBracketed(content)) return readBracketedNumbers(content, name, options);
  return lower.endsWith(".csv") ? readCsvNumbers(content, name, options) : readTextNumbers(content, name, options);
}
