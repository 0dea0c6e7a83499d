import { readSync } from "node:fs";

/** One line of a file, without its end. */
export interface FileLine {
  readonly bytes: Buffer;
  /** Where it begins. */
  readonly offset: number;
  /** Whether its end was there: false for what a killed process left at the end of a file. */
  readonly complete: boolean;
}

const CHUNK = 2 ** 18;

/**
 * The lines of an open file from its beginning, one chunk of it in memory at a time; an empty line counts.
 *
 * @param tooLong called, to throw, as soon as a line is longer than `most` bytes
 */
export function* linesOf(file: number, most: number, tooLong: () => never): Generator<FileLine> {
  let rest = Buffer.alloc(0);
  let offset = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(CHUNK);
    const size = readSync(file, chunk, 0, CHUNK, offset + rest.length);
    if (size === 0) break;
    const text = rest.length === 0 ? chunk.subarray(0, size) : Buffer.concat([rest, chunk.subarray(0, size)]);
    let start = 0;
    // What was left over has no line end: the search begins behind it.
    for (let end = text.indexOf(10, rest.length); end >= 0; end = text.indexOf(10, start)) {
      if (end - start > most) tooLong();
      yield { bytes: text.subarray(start, end), offset: offset + start, complete: true };
      start = end + 1;
    }
    rest = text.subarray(start);
    offset += start;
    if (rest.length > most) tooLong();
  }
  if (rest.length > 0) yield { bytes: rest, offset, complete: false };
}
