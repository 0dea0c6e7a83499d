import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import type { Command } from "commander";
import { DomainError } from "../../core/index.js";
import { readVersion } from "../package-files.js";
import { commandFiles } from "./command-files.js";
import { fileDigests } from "./file-reading.js";
import { type JobLine, readJobs, wrongLine } from "./jobs-file.js";
import type { Task } from "./task.js";

/**
 * What is known of all jobs before the first one runs. Jobs with the same key are done once: the distinct ones are numbered from
 * 0 in the order in which they appear. It keeps some hundred bytes of a job, and not the job.
 */
export interface Plan {
  readonly jobs: number;
  readonly distinct: number;
  /** The number of the distinct job that the job at a place, from 0, is. */
  numberAt(place: number): number;
  keyOf(number: number): string;
  numberOf(key: string): number | undefined;
  /** The files that a distinct job writes. */
  writtenBy(number: number): readonly string[];
  /** The job as it goes to a thread. */
  taskOf(job: JobLine, place: number): Task;
}

export interface PlanOptions {
  /** The time limit of a job that sets itself none, in seconds. */
  readonly seconds: number | undefined;
  /** Whether jobs may write files. */
  readonly mayWrite: boolean;
  /** The batch's own files, which no job may write. */
  readonly own: readonly string[];
  readonly progress: (jobs: number) => void;
  readonly signal: AbortSignal;
}

/** Reads all jobs and the files they name. The first line that cannot be done is a {@link DomainError} with its number. */
export async function planJobs(file: number, path: string, program: Command, options: PlanOptions): Promise<Plan> {
  const version = readVersion();
  const digestOf = fileDigests();
  const digests = new Map<string, string>();
  const written = new Map<number, readonly string[]>();
  const keys = keyList();
  const claims = fileClaims(path, options.own);
  let order = new Uint32Array(1024);
  let jobs = 0;

  for (const { line, words } of readJobs(file, path)) {
    if (jobs % 1000 === 0) {
      options.progress(jobs);
      await turn();
      options.signal.throwIfAborted();
    }
    const { reads, writes } = filesOfLine(program, words, path, line);
    if (writes.length > 0 && !options.mayWrite) {
      throw wrongLine(path, line, `writes "${writes[0]}", which would appear where its worker runs; leave out --queue`);
    }
    const files: [path: string, digest: string][] = [];
    for (const one of reads) {
      const digest = digests.get(one) ?? (await digestOf(one));
      digests.set(one, digest);
      files.push([one, digest]);
    }
    const key = createHash("sha256")
      .update(JSON.stringify([version, words, files]))
      .digest();
    const number = keys.numberOf(key) ?? keys.add(key);
    if (writes.length > 0) written.set(number, writes);
    claims.add({ number, line, reads, writes });
    if (order.length === jobs) order = longer(order);
    order[jobs++] = number;
  }
  claims.requireApart();

  return {
    jobs,
    distinct: keys.size(),
    numberAt: (place) => order[place]!,
    keyOf: keys.at,
    numberOf: (key) => keys.numberOf(Buffer.from(key, "hex")),
    writtenBy: (number) => written.get(number) ?? [],
    taskOf({ words, line }, place) {
      const { reads, seconds, takesSeconds } = filesOfLine(program, words, path, line);
      return {
        key: keys.at(order[place]!),
        words,
        files: reads.map((one) => ({ path: one, digest: digests.get(one) ?? "none" })),
        seconds: seconds ?? (takesSeconds ? options.seconds : undefined),
      };
    },
  };
}

function filesOfLine(
  program: Command,
  words: readonly string[],
  path: string,
  line: number,
): ReturnType<typeof commandFiles> {
  try {
    return commandFiles(program, words);
  } catch (error) {
    if (error instanceof DomainError) throw wrongLine(path, line, error.message);
    throw error;
  }
}

interface KeyList {
  size(): number;
  /** The next number, for a key that is new. */
  add(key: Buffer): number;
  numberOf(key: Buffer): number | undefined;
  /** In hexadecimal. */
  at(number: number): string;
}

/** Bytes of a key. */
const SIZE = 32;

/** Keys, numbered from 0 in the order in which they come. */
function keyList(): KeyList {
  const numbers = new Map<string, number>();
  let bytes = new Uint8Array(SIZE * 1024);
  return {
    size: () => numbers.size,
    add(key) {
      const number = numbers.size;
      // One byte a character: half of what hexadecimal digits would take.
      numbers.set(key.toString("latin1"), number);
      if (bytes.length < SIZE * (number + 1)) bytes = longer(bytes);
      bytes.set(key, SIZE * number);
      return number;
    },
    numberOf: (key) => numbers.get(key.toString("latin1")),
    at: (number) => Buffer.from(bytes.buffer, SIZE * number, SIZE).toString("hex"),
  };
}

/** An array of twice the length, with the same beginning. */
function longer<T extends Uint8Array | Uint32Array>(array: T): T {
  const found = new (array.constructor as new (length: number) => T)(2 * array.length);
  found.set(array);
  return found;
}

interface Claim {
  /** Of the distinct job. */
  readonly number: number;
  readonly line: number;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}

/** Sees to it that the order in which jobs run changes nothing: no file is written by two of them, or written and read. */
function fileClaims(path: string, own: readonly string[]): { add(claim: Claim): void; requireApart(): void } {
  const kept = new Set(own.map((one) => resolve(one)));
  const writers = new Map<string, { readonly number: number; readonly line: number }>();
  const readers = new Map<string, number>();
  return {
    add({ number, line, reads, writes }) {
      for (const one of reads) readers.set(resolve(one), line);
      for (const one of writes) {
        const target = resolve(one);
        const before = writers.get(target);
        if (before !== undefined && before.number !== number) {
          throw wrongLine(path, line, `writes "${one}", and so does line ${before.line}`);
        }
        if (kept.has(target)) throw wrongLine(path, line, `writes "${one}", which is a file of the batch itself`);
        writers.set(target, { number, line });
      }
    },
    requireApart() {
      for (const [target, { line }] of writers) {
        const reader = readers.get(target);
        if (reader === undefined) continue;
        throw wrongLine(
          path,
          reader,
          `reads what line ${line} writes; jobs run in any order, so make them two batches`,
        );
      }
    },
  };
}
