import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
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
