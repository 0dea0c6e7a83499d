import { randomBytes } from "node:crypto";
import { readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { DomainError } from "../core/index.js";

/** What a run touches of the world outside, so that a test can stand in for it. */
export interface Io {
  writeOut(text: string): void;
  writeError(text: string): void;
  /** The whole of standard input. */
  readInput(): Promise<string>;
  /** Progress is shown on a terminal only. */
  readonly errorIsTerminal: boolean;
  readonly signal: AbortSignal | undefined;
}

/** The bytes of a file that the user named; one plain sentence when it cannot be read, or has more than `most` bytes. */
export async function readBytes(path: string, most: number = Number.POSITIVE_INFINITY): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > most) {
      throw new DomainError(
        `${quote(path)} has ${Math.ceil(size / 2 ** 20)} MB, more than the limit of ${Math.floor(most / 2 ** 20)} MB; raise --max-memory to read it`,
      );
    }
    return await readFile(path);
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw new DomainError(`cannot read ${quote(path)}: ${fileTrouble(error)}`);
  }
}

export async function readText(path: string): Promise<string> {
  return new TextDecoder().decode(await readBytes(path));
}

/** Checks before a long computation that its result will have somewhere to go. */
export async function checkWritable(path: string): Promise<void> {
  const folder = dirname(path);
  const found = await stat(folder).catch((error: unknown) => {
    const reason = codeOf(error) === "ENOENT" ? "the directory does not exist" : fileTrouble(error);
    throw new DomainError(`cannot write ${quote(path)}: ${reason}`);
  });
  if (!found.isDirectory()) throw new DomainError(`cannot write ${quote(path)}: ${quote(folder)} is not a directory`);
  const target = await stat(path).catch(() => undefined);
  if (target?.isDirectory()) throw new DomainError(`cannot write ${quote(path)}: it is a directory`);
}

/** Writes a file whole or not at all: into a neighbour first, then renamed over the target. */
export async function writeWhole(path: string, text: string): Promise<void> {
  await checkWritable(path);
  const target = await stat(path).catch(() => undefined);
  if (target !== undefined && !target.isFile()) {
    // A device or a pipe (/dev/stdout) cannot be replaced: write into it.
    await writeFile(path, text);
    return;
  }
  const neighbour = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}.part`);
  try {
    await writeFile(neighbour, text, { flag: "wx" });
    await rename(neighbour, path);
  } catch (error) {
    await rm(neighbour, { force: true }).catch(() => undefined);
    throw new DomainError(`cannot write ${quote(path)}: ${fileTrouble(error)}`);
  }
}

export function quote(path: string): string {
  return `"${path}"`;
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

const TROUBLES: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
  EISDIR: "it is a directory",
  EACCES: "permission denied",
  EPERM: "permission denied",
  ENOSPC: "the disk is full",
  EROFS: "the file system is read-only",
  ENAMETOOLONG: "the name is too long",
  ELOOP: "its symbolic links form a circle",
  ERR_FS_FILE_TOO_LARGE: "it is too large",
};

function fileTrouble(error: unknown): string {
  const code = codeOf(error);
  if (code !== undefined) return TROUBLES[code] ?? `the system says ${code}`;
  throw error;
}
