import { randomBytes } from "node:crypto";
import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { DomainError, InternalError } from "../../core/index.js";
import { codeOf, fileTrouble, quote } from "../io.js";
import { linesOf } from "./file-reading.js";
import type { Plan } from "./plan.js";
import type { Outcome } from "./task.js";

/** A line of the journal that tells of a job. */
export interface JobRecord {
  readonly key: string;
  readonly exit: number;
  readonly answer?: unknown;
  readonly error?: string;
  readonly seconds: number;
}

/**
 * What is done of a batch, as a file that only grows: a line for every job, in the order in which they end. A batch that was killed
 * finds its answers there. In memory is only where each line stands.
 */
export interface Journal {
  /** The name of the batch, kept when it is continued. */
  readonly name: string;
  /** How many jobs were there when it was opened. */
  readonly found: number;
  has(number: number): boolean;
  /** Settled when the outcome is written down, together with those that came at the same time. */
  append(number: number, outcome: Outcome): Promise<void>;
  /** The record of a distinct job, as soon as there is one. */
  read(number: number): Promise<JobRecord>;
  /** No record will come any more. */
  end(): void;
  close(): void;
}

/** The first thing that a batch writes, each time it is started. */
interface Opening {
  readonly batch: string;
  readonly pid: number;
  /** When that process was started, where the system tells: a number is given to another process later. */
  readonly start: string | null;
}

/** Opens the journal of a batch, or one without a name where its answers need not outlive it. */
export function openJournal(path: string | undefined, plan: Plan): Journal {
  const file = path === undefined ? openNameless() : openNamed(path);
  const offsets = new Float64Array(plan.distinct).fill(-1);
  const lengths = new Float64Array(plan.distinct);
  let found = 0;
  let end = 0;
  let opening: Opening | undefined;
  if (path !== undefined) requireJournal(file, path);
  for (const { bytes, offset, complete } of linesOf(file, Number.POSITIVE_INFINITY, neverTooLong)) {
    // A torn line was never an answer.
    if (!complete) break;
    end = offset + bytes.length + 1;
    const line = parsed(bytes);
    if (isOpening(line)) opening = line;
    if (!isRecord(line) || !isAnswer(line)) continue;
    const number = plan.numberOf(line.key);
    if (number === undefined || !plan.writtenBy(number).every((one) => existsSync(one))) continue;
    if (offsets[number] === -1) found++;
    offsets[number] = offset;
    lengths[number] = bytes.length;
  }
  if (opening !== undefined) requireFree(opening, path!);
  ftruncateSync(file, end);

  let awaited: { readonly number: number; arrive(): void } | undefined;
  let ended = false;
  const block = { bytes: Buffer.alloc(0), offset: 0 };

  let gathered: Buffer[] = [];
  let written: Promise<void> | undefined;

  /** Gathers a line; gives its length. */
  const add = (text: string): number => {
    const bytes = Buffer.from(`${text}\n`);
    gathered.push(bytes);
    end += bytes.length;
    return bytes.length - 1;
  };

  const write = (): void => {
    const bytes = Buffer.concat(gathered);
    const start = end - bytes.length;
    gathered = [];
    written = undefined;
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at, start + at);
    } catch (error) {
      throw new DomainError(`cannot write ${quote(path ?? tmpdir())}: ${fileTrouble(error)}`);
    }
  };

  const name = opening?.batch ?? randomBytes(8).toString("hex");
  add(JSON.stringify({ batch: name, pid: process.pid, start: startOf(process.pid) } satisfies Opening));
  write();

  const recordAt = (number: number): JobRecord => {
    const [offset, length] = [offsets[number]!, lengths[number]!];
    if (offset < block.offset || offset + length > block.offset + block.bytes.length) {
      const room = Buffer.allocUnsafe(Math.max(BLOCK, length));
      block.offset = offset;
      block.bytes = room.subarray(0, readSync(file, room, 0, room.length, offset));
    }
    const start = offset - block.offset;
    const record = parsed(block.bytes.subarray(start, start + length));
    if (!isRecord(record) || record.key !== plan.keyOf(number)) {
      throw new InternalError(`the journal of the batch does not hold what was written there, at byte ${offset}`);
    }
    return record;
  };

  return {
    name,
    found,
    has: (number) => offsets[number] !== -1,
    async append(number, { exit, answer, error, seconds }) {
      const told = answer === undefined ? `"error":${JSON.stringify(error)}` : `"answer":${answer}`;
      const offset = end;
      lengths[number] = add(`{"key":"${plan.keyOf(number)}","exit":${exit},${told},"seconds":${seconds}}`);
      offsets[number] = offset;
      written ??= turn().then(write);
      await written;
      if (awaited?.number === number) awaited.arrive();
    },
    async read(number) {
      if (offsets[number] === -1 && !ended) {
        await new Promise<void>((arrive) => {
          awaited = { number, arrive };
        });
      }
      if (offsets[number] === -1) throw new InternalError("the batch ended without one of its jobs");
      return recordAt(number);
    },
    end() {
      ended = true;
      awaited?.arrive();
    },
    close() {
      try {
        write();
      } finally {
        closeSync(file);
      }
    },
  };
}

/** How much is read at a time of the journal, in bytes. */
const BLOCK = 2 ** 20;

function neverTooLong(): never {
  throw new InternalError("a line of the journal has no end");
}

function openNamed(path: string): number {
  try {
    return openSync(path, existsSync(path) ? "r+" : "wx+");
  } catch (error) {
    throw new DomainError(`cannot write ${quote(path)}: ${fileTrouble(error)}`);
  }
}

/** A file that is gone as soon as this process is, however it ends. */
function openNameless(): number {
  const path = join(tmpdir(), `freecurve-batch-${randomBytes(8).toString("hex")}`);
  const file = openNamed(path);
  rmSync(path, { force: true });
  return file;
}

/** A file of somebody else with that name stays as it is. */
function requireJournal(file: number, path: string): void {
  const beginning = Buffer.alloc(START.length);
  const size = readSync(file, beginning, 0, START.length, 0);
  if (START.startsWith(beginning.toString("latin1", 0, size))) return;
  throw new DomainError(`${quote(path)} is in the way: the batch keeps its journal there, and that file is none`);
}

/** How every journal begins. */
const START = '{"batch":"';

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}

function isRecord(line: unknown): line is JobRecord {
  return typeof line === "object" && line !== null && "key" in line && typeof line.key === "string" && "exit" in line;
}

/** Answers and mistakes stay as they are; what a limit or a defect ended is tried again. */
function isAnswer({ exit }: JobRecord): boolean {
  return exit === 0 || exit === 2;
}

function isOpening(line: unknown): line is Opening {
  return typeof line === "object" && line !== null && "batch" in line && typeof line.batch === "string";
}

function requireFree({ pid, start }: Opening, path: string): void {
  if (pid === process.pid || !isAlive(pid) || startOf(pid) !== start) return;
  throw new DomainError(
    `another batch, process ${pid}, is writing ${quote(path)}; wait for its end, or write to another file`,
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

function startOf(pid: number): string | null {
  try {
    // The name of the program stands in brackets and may hold anything; the start is the twentieth field after it.
    return (
      readFileSync(`/proc/${pid}/stat`, "utf8")
        .replace(/^.*\)\s*/s, "")
        .split(" ")[19] ?? null
    );
  } catch {
    return null;
  }
}
