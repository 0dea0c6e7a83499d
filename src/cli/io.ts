import { randomBytes } from "node:crypto";
import { constants, createReadStream } from "node:fs";
import { access, readdir, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
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
  /** How many threads a command computes with where nothing else is said: one, if this is not given. */
  readonly threads?: number;
  readonly signal: AbortSignal | undefined;
}

/** No text that is read as a law, from a file or from standard input, has more bytes. */
const LONGEST_TEXT = 2 ** 26;

/**
 * The bytes of a file that the user named; one plain sentence when it cannot be read, or has more than `most` bytes. What has no size of
 * its own (a pipe, a device) is read until there are more.
 */
export async function readBytes(path: string, most: number = Number.POSITIVE_INFINITY): Promise<Uint8Array> {
  try {
    const found = await stat(path);
    if (found.size > most) throw tooLong(quote(path), found.size, most);
    return found.isFile() || found.isDirectory()
      ? await readFile(path)
      : await bytesOf(createReadStream(path, { highWaterMark: 2 ** 20 }), quote(path), most);
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw new DomainError(`cannot read ${quote(path)}: ${fileTrouble(error)}`);
  }
}

/** The text of a file that holds a law. */
export async function readText(path: string): Promise<string> {
  return new TextDecoder().decode(await readBytes(path, LONGEST_TEXT));
}

/** The whole of a stream as text, standard input for example. */
export async function readStream(stream: AsyncIterable<Uint8Array>, name: string): Promise<string> {
  return new TextDecoder().decode(await bytesOf(stream, name, LONGEST_TEXT));
}

async function bytesOf(stream: AsyncIterable<Uint8Array>, name: string, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > most) throw tooLong(name, size, most);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLong(name: string, size: number, most: number): DomainError {
  return new DomainError(
    `${name} has ${Math.ceil(size / 2 ** 20)} MB or more, above the limit of ${Math.floor(most / 2 ** 20)} MB${most === LONGEST_TEXT ? " for a law" : "; raise --max-memory to read it"}`,
  );
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
  // A file that is replaced is written anew in its folder; one that is protected is not replaced.
  const needed = target === undefined ? [folder] : target.isFile() ? [path, folder] : [path];
  for (const place of needed) {
    await access(place, constants.W_OK).catch((error: unknown) => {
      throw new DomainError(`cannot write ${quote(path)}: ${fileTrouble(error)}`);
    });
  }
}

/** Throws the plain sentence for the name of a picture that promises another format than SVG. */
export function requireSvgName(path: string): void {
  const [format] = /\.(png|jpe?g|gif|webp|pdf|e?ps)$/i.exec(path) ?? [];
  if (format !== undefined)
    throw new DomainError(`pictures are written as SVG; give a name that ends in .svg, not ${quote(path)}`);
}

/**
 * Writes a file whole or not at all: into a neighbour first, then renamed over the target, which keeps its permissions; where the target is
 * a symbolic link, over what it leads to. Neighbours of processes that were killed while they wrote are removed.
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  await checkWritable(path);
  try {
    const target = await realpath(path).catch(() => path);
    const found = await stat(target).catch(() => undefined);
    if (found !== undefined && !found.isFile()) {
      // A device or a pipe (/dev/stdout) cannot be replaced: write into it.
      await writeFile(target, text);
      return;
    }
    await removeLeftovers(target);
    await replace(target, text, found === undefined ? 0o666 : found.mode & 0o777);
  } catch (error) {
    throw new DomainError(`cannot write ${quote(path)}: ${fileTrouble(error)}`);
  }
}

async function replace(target: string, text: string, mode: number): Promise<void> {
  const neighbour = join(dirname(target), `.${basename(target)}.${process.pid}-${randomBytes(6).toString("hex")}.part`);
  try {
    await writeFile(neighbour, text, { flag: "wx", mode, flush: true });
    await rename(neighbour, target);
  } catch (error) {
    await rm(neighbour, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Half-written neighbours of the target whose process is no more. */
async function removeLeftovers(target: string): Promise<void> {
  const start = `.${basename(target)}.`;
  const names = await readdir(dirname(target)).catch(() => []);
  for (const name of names) {
    const process = /^(\d+)-[0-9a-f]{12}\.part$/.exec(name.startsWith(start) ? name.slice(start.length) : "")?.[1];
    if (process !== undefined && !isRunning(Number(process))) {
      await rm(join(dirname(target), name), { force: true }).catch(() => undefined);
    }
  }
}

function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    return codeOf(error) !== "ESRCH";
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

/** Why the system did not do what was asked of a file, in plain words; throws again what does not come from the system. */
export function fileTrouble(error: unknown): string {
  const code = codeOf(error);
  if (code !== undefined) return TROUBLES[code] ?? `the system says ${code}`;
  throw error;
}
