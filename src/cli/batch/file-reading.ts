import { createHash } from "node:crypto";
import { createReadStream, readSync } from "node:fs";
import { stat } from "node:fs/promises";

interface Known {
  /** What changes when the file does. */
  readonly stamp: string;
  readonly digest: string;
}

/** The SHA-256 of the content of a file in hexadecimal, or "none" where there is no regular file that can be read. */
export type Digest = (path: string) => Promise<string>;

/** Digests of files, each computed once as long as the file stays as it is. */
export function fileDigests(): Digest {
  const known = new Map<string, Known>();
  return async (path) => {
    const found = await stat(path, { bigint: true }).catch(() => undefined);
    if (found === undefined || !found.isFile()) return "none";
    const stamp = `${found.dev}:${found.ino}:${found.size}:${found.mtimeNs}`;
    const before = known.get(path);
    if (before?.stamp === stamp) return before.digest;
    const digest = await contentDigest(path).catch(() => "none");
    known.set(path, { stamp, digest });
    return digest;
  };
}

async function contentDigest(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

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
 * @param afterRead called before lines that were read are given away
 */
export function* linesOf(
  file: number,
  most: number,
  tooLong: () => never,
  afterRead: () => void = () => undefined,
): Generator<FileLine> {
  let rest = Buffer.alloc(0);
  let offset = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(CHUNK);
    const size = readSync(file, chunk, 0, CHUNK, offset + rest.length);
    afterRead();
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
