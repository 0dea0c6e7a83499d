import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { DomainError, InternalError, LimitError, parseLaw, sample } from "freecurve";
import { startThreads } from "freecurve/threads";
import { describe, expect, test } from "vitest";
import { boardOf, sharedBoard } from "../../src/threads/board.js";
import { errorOf, failureOf } from "../../src/threads/failure.js";
import { runCommand } from "../cli/captured-run.js";
import { commandWithProcesses, type Running, start, startCommand, until } from "../cli/child-process.js";

const { command, running } = await commandWithProcesses();

const inFolder = (name: string): string => join(command.folder, name);

/** The eigenvalues of a matrix with a semicircle as its law. */
const eigenvalues = sample(parseLaw("semicircle(1)"), 40, 1);
const text = Array.from(eigenvalues, (value) => `${value}\n`).join("");

/** A program that uses the library as it is built, and prints one text. */
function program(source: string): Running {
  const library = (path: string): string =>
    JSON.stringify(pathToFileURL(join(command.main, "../..", path, "index.js")).href);
  writeFileSync(
    inFolder("program.mjs"),
    `import { createBudget } from ${library("core")};
import { startThreads } from ${library("threads")};
const values = ${JSON.stringify([...eigenvalues])};
const threadsNow = () => process.getActiveResourcesInfo().filter((name) => /worker|messageport/i.test(name)).length;
const before = threadsNow();
${source}`,
  );
  return start(running, process.execPath, ["program.mjs"], command.folder);
}

describe("the command line", () => {
  test("gives the same answer with every number of threads", async () => {
    writeFileSync(inFolder("a.txt"), text);
    const line = (...argv: string[]): string[] => ["extrapolate", inFolder("a.txt"), "--to", "600", "--json", ...argv];
    const expected = await runCommand(line());
    expect(expected.code).toBe(0);
    for (const count of ["2", "3"]) {
      const found = startCommand(running, command, line("--threads", count));
      expect(await found.ended, found.written.error).toBe(0);
      expect(found.written.out).toBe(expected.out);
    }
  });

  test("ends with its threads when a limit is reached", async () => {
    writeFileSync(inFolder("a.txt"), text);
    const late = startCommand(running, command, ["fit", "a.txt", "--threads", "3", "--max-seconds", "0.05"]);
    expect(await late.ended).toBe(3);
    expect(late.written.error).toMatch(/^freecurve: the time limit of 0.05 s was reached/);
  });

  test("refuses a number of threads that makes no sense", async () => {
    writeFileSync(inFolder("a.txt"), text);
    const { code, error } = await runCommand(["fit", inFolder("a.txt"), "--threads", "0"]);
    expect(code).toBe(2);
    expect(error).toContain("--threads");
    expect(() => startThreads({ threads: 1.5 })).toThrow(DomainError);
  });
});

describe("the library", () => {
  test("leaves no thread behind when a call is cancelled, and the next call computes", async () => {
    const { ended, written } = program(`
const threads = startThreads({ threads: 3 });
const controller = new AbortController();
let told = 0;
const inner = createBudget({ signal: controller.signal });
const budget = { signal: controller.signal, spend(units, doing) { if (++told === 2) setImmediate(() => controller.abort()); inner.spend(units, doing); } };
const error = await threads.fit(values, {}, budget).catch((error) => error);
const again = await threads.fit(values, { degM: 2, degZ: 1 });
await threads.close();
await new Promise((resolve) => setTimeout(resolve, 20));
console.log(JSON.stringify({ name: error.name, message: error.message, again: again.degrees, left: threadsNow() - before }));`);
    expect(await ended, written.error).toBe(0);
    const found = JSON.parse(written.out) as Record<string, unknown>;
    expect(found.message).toMatch(/^cancelled while /);
    expect(found).toMatchObject({ name: "BudgetError", again: { m: 2, z: 1 }, left: 0 });
  });

  test("ends with all its threads when the process is told to", async () => {
    const computing = program(`
import { writeSync } from "node:fs";
await startThreads({ threads: 3 }).fit(values, {}, { signal: undefined, spend: (_, doing) => void writeSync(1, doing) });`);
    await until(() => computing.written.out !== "", computing);
    computing.child.kill("SIGINT");
    expect(await computing.ended).toBe("SIGINT");
  });

  test("counts the work of all threads in the budget of the call, and lets the process end", async () => {
    const { ended, written } = program(`
const spent = async (count) => {
  const threads = startThreads({ threads: count });
  let units = 0;
  const told = new Set();
  await threads.fit(values, {}, { signal: undefined, spend(more, doing) { units += more; told.add(doing); } });
  return [units, [...told]];
};
const one = await spent(1);
const limited = await startThreads({ threads: 2 }).fit(values, {}, createBudget({ limit: one[0] / 2 })).catch((error) => error);
console.log(JSON.stringify([one, await spent(3), limited.name, limited.message]));`);
    // Threads that were never closed do not keep it.
    expect(await ended, written.error).toBe(0);
    type Spent = [units: number, told: string[]];
    const [one, three, name, message] = JSON.parse(written.out) as [Spent, Spent, string, string];
    expect(one[0]).toBeGreaterThan(20);
    expect(three[0]).toBe(one[0]);
    // A terminal is told of them, too.
    expect(three[1]).toContain("fitting curves");
    expect(name).toBe("BudgetError");
    expect(message).toMatch(/^the work limit of [\d.]+ units was reached while /);
  });

  test("says what was wrong as the function in one thread does", async () => {
    const { ended, written } = program(`
const threads = startThreads({ threads: 2 });
const messages = [];
for (const bad of [[1], new Array(20).fill(3), [1, NaN, 2]])
  messages.push(await threads.fit(bad).catch((error) => error.name + ": " + error.message));
messages.push(await threads.extrapolate(values, { to: 0 }).catch((error) => error.name + ": " + error.message));
await threads.close();
console.log(JSON.stringify(messages));`);
    expect(await ended, written.error).toBe(0);
    expect(JSON.parse(written.out)).toEqual([
      "DomainError: a spectrum needs at least two eigenvalues",
      "DomainError: all eigenvalues of the bulk equal 3: a point mass, to which no curve is fitted",
      "DomainError: every eigenvalue must be finite; one is NaN",
      "DomainError: the target size must be a positive whole number; got 0",
    ]);
  });
});

test("an error is of the same kind in another thread", () => {
  for (const error of [new DomainError("a"), new LimitError("b"), new InternalError("c"), new TypeError("d")]) {
    const there = errorOf(structuredClone(failureOf(error)));
    expect(there.message).toBe(error.message);
    expect(there.stack).toBe(error.stack);
    for (const kind of [DomainError, LimitError, InternalError])
      expect(there instanceof kind).toBe(error instanceof kind);
  }
});

test("every piece is taken once, from one end of the order or the other, and all work is counted once", () => {
  const shared = sharedBoard([2, 0, 1]);
  const [here, there] = [boardOf(shared, "front"), boardOf(structuredClone(shared), "back")];
  expect([here.take(), there.take(), here.take(), there.take(), here.take()]).toEqual([2, 1, 0, undefined, undefined]);
  there.count(3);
  there.count(0.5);
  expect([here.drain(), here.drain()]).toEqual([4, 0]);
});
