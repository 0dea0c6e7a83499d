import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { progressOf, sharedProgress } from "../../src/cli/batch/chunk.js";
import { namesFile } from "../../src/cli/batch/command-files.js";
import { chunkSize, LARGEST_CHUNK, type Outcome } from "../../src/cli/batch/task.js";
import { createProgram } from "../../src/cli/run.js";
import { expectedResults, jobsText, sweep, type TestJob } from "./batch-jobs.js";
import { runCommand } from "./captured-run.js";
import { commandWithProcesses, type Running, startCommand, until } from "./child-process.js";

const { command, running } = await commandWithProcesses();

const inFolder = (name: string): string => join(command.folder, name);
const read = (name: string): string => readFileSync(inFolder(name), "utf8");
const batch = (...argv: readonly string[]): Running => startCommand(running, command, ["batch", ...argv]);

describe("a batch in threads", () => {
  test("gives what the commands give one after another, in their order, whole or as it comes", async () => {
    writeFileSync(inFolder("values.txt"), Array.from({ length: 50 }, (_, k) => `${(k + 1) ** -2}\n`).join(""));
    const jobs: readonly TestJob[] = [
      ...sweep(30),
      { command: ["support", "mp(1/2)", "--digits", "20"] },
      { command: ["scaling", "values.txt"], id: "file" },
      { command: ["scaling", "none.txt"] },
    ];
    writeFileSync(inFolder("jobs.jsonl"), jobsText(jobs));
    const expected = await expectedResults(jobs, { "values.txt": inFolder("values.txt"), "none.txt": undefined });
    const [whole, flowing] = [
      batch("jobs.jsonl", "-o", "r.jsonl", "--threads", "2"),
      batch("jobs.jsonl", "--threads", "1"),
    ];
    expect(await whole.ended).toBe(4);
    expect(read("r.jsonl")).toBe(expected);
    expect(await flowing.ended).toBe(4);
    expect(flowing.written.out).toBe(expected);
    expect(readdirSync(command.folder).sort()).toEqual(["jobs.jsonl", "r.jsonl", "values.txt"]);
    const failures = expected
      .trimEnd()
      .split("\n")
      .filter((line) => (JSON.parse(line) as { exit: number }).exit !== 0).length;
    expect(failures).toBeGreaterThan(3);
    expect(whole.written.error).toContain(`${failures} of ${jobs.length} jobs have no answer`);
  });

  test("goes on after kill -9 and after Ctrl-C, with every job once", async () => {
    // So many that threads are in the middle of a chunk when the batch ends.
    const jobs = sweep(600);
    writeFileSync(inFolder("jobs.jsonl"), jobsText(jobs));
    const lines = (): number =>
      existsSync(inFolder("r.jsonl.journal")) ? read("r.jsonl.journal").split("\n").length : 0;
    const go = (): Running => batch("jobs.jsonl", "-o", "r.jsonl", "--threads", "2");

    const first = go();
    await until(() => lines() > 20, first);
    first.child.kill("SIGKILL");
    expect(await first.ended).toBe("SIGKILL");
    expect(existsSync(inFolder("r.jsonl"))).toBe(false);

    // What a process leaves that is killed while it writes.
    const left = lines();
    writeFileSync(inFolder("r.jsonl.journal"), `${read("r.jsonl.journal").replace(/\n?$/, "\n")}{"key":"5e`);
    const second = go();
    await until(() => lines() > left + 20, second);
    second.child.kill("SIGINT");
    expect(await second.ended).toBe(130);
    expect(second.written.error).toContain("jobs were done before; going on with the others");
    expect(second.written.error).toContain("interrupted; the same command goes on from here");
    expect(existsSync(inFolder("r.jsonl"))).toBe(false);

    const third = go();
    expect(await third.ended).toBe(4);
    expect(Number(/(\d+) of \d+ jobs were done before/.exec(third.written.error)?.[1])).toBeGreaterThan(20);
    expect(read("r.jsonl")).toBe(await expectedResults(jobs));
    expect(readdirSync(command.folder).sort()).toEqual(["jobs.jsonl", "r.jsonl"]);
  });

  test("keeps its limits, writes files, does equal jobs once, and tells how long they took", async () => {
    const plot = ["plot", "mp(1/2)", "-o", "a.svg", "--max-seconds", "1000"];
    const jobs: readonly TestJob[] = [
      // The eigenvalues of so large a matrix take longer than any clock of this test.
      { command: ["sample", "mp(1/2)", "-n", "50000", "--max-seconds", "0.1"] },
      { command: plot },
      { command: plot, id: "again" },
      { command: ["moments", "mp(c)", "-n", "10000"] },
    ];
    writeFileSync(inFolder("jobs.jsonl"), jobsText(jobs));
    const whole = batch("jobs.jsonl", "-o", "r.jsonl", "--times", "--max-seconds", "0.2");
    expect(await whole.ended).toBe(4);
    const results = read("r.jsonl")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { exit: number; error?: string; seconds: number });
    expect(results.map(({ exit }) => exit)).toEqual([3, 0, 0, 3]);
    expect(results[0]!.error).toContain("the time limit of 0.1 s was reached");
    expect(results[3]!.error).toContain("the time limit of 0.2 s was reached");
    expect(results[1]!.seconds).toBeGreaterThan(0);
    expect(results[2]!.seconds).toBe(results[1]!.seconds);
    expect(read("a.svg")).toContain("</svg>");
  });
});

test("a job that ends its thread takes none of its neighbours along", async () => {
  // Eigenvalues look at no clock: the thread is ended with what it had done of its chunk.
  const endless: TestJob = { command: ["sample", "mp(1/2)", "-n", "50000", "--max-seconds", "0.1"] };
  const small = sweep(90);
  const jobs = [...small.slice(0, 60), endless, { ...endless, id: "equal" }, ...small.slice(60)];
  writeFileSync(inFolder("jobs.jsonl"), jobsText(jobs));
  const whole = batch("jobs.jsonl", "-o", "r.jsonl", "--threads", "1");
  expect(await whole.ended).toBe(4);
  const lines = read("r.jsonl").trimEnd().split("\n");
  const ended = lines.splice(60, 2).map((line) => JSON.parse(line) as { exit: number; error: string });
  expect(ended.map(({ exit }) => exit)).toEqual([3, 3]);
  expect(ended[0]!.error).toContain("the time limit of 0.1 s was reached");
  expect(`${lines.join("\n")}\n`).toBe(await expectedResults(small));
});

describe("the jobs of a chunk", () => {
  test("are taken by the thread in order, and taken back by the pool as far as they were not begun", () => {
    const shared = sharedProgress();
    const [thread, pool] = [progressOf(shared), progressOf(shared)];
    expect(pool.running()).toEqual({ place: -1, since: 0 });
    expect([thread.take(), thread.take(), thread.take()]).toEqual([0, 1, 2]);
    expect(pool.running().place).toBe(2);
    expect(pool.running().since).toBeGreaterThan(0);
    expect(pool.takeBack()).toBe(3);
    // No chunk is so long: nothing is done twice, however often the pool asks.
    expect(thread.take()).toBeGreaterThan(LARGEST_CHUNK);
    expect(pool.takeBack()).toBeGreaterThan(LARGEST_CHUNK);
    expect(thread.take()).toBeGreaterThan(LARGEST_CHUNK);
  });

  test("are as many as take the time meant for them, one where a job takes longer", () => {
    const size = chunkSize(0.05);
    const took = (seconds: number, count: number): Outcome[] => Array(count).fill({ exit: 0, answer: "1", seconds });
    expect(size.now()).toBe(1);
    size.learn([]);
    expect(size.now()).toBe(1);
    for (let k = 0; k < 40; k++) size.learn(took(0.005, size.now()));
    expect(size.now()).toBe(9);
    for (let k = 0; k < 40; k++) size.learn(took(1e-6, size.now()));
    expect(size.now()).toBe(LARGEST_CHUNK);
    size.learn(took(600, 1));
    expect(size.now()).toBe(1);
  });
});

describe("a file of jobs", () => {
  const broken: readonly (readonly [sentence: string, line: string])[] = [
    ["is no JSON object", "{"],
    ["is no JSON object", "[1]"],
    ["has no command", '{"command": [1]}'],
    ['has an unknown field "comand"', '{"comand": "curve mp(1)"}'],
    ["has an empty command", '{"command": []}'],
    ["whose quotes are not closed", '{"command": "curve \'mp(1)"}'],
    ["an id that is neither a text nor a number", '{"command": "curve mp(1)", "id": []}'],
    ['an unknown command "suport"; did you mean support?', '{"command": "suport mp(1)"}'],
    ['asks for "repl", which gives no answer', '{"command": "repl"}'],
    ['asks for "worker"', '{"command": "worker --queue redis://x"}'],
    ['asks for "batch"', '{"command": "batch jobs.jsonl"}'],
    ['asks for "demo"', '{"command": "demo"}'],
    ["reads a law from standard input", '{"command": "curve -"}'],
    ["only below the folder", '{"command": "plot mp(2) -o /tmp/a.svg"}'],
    ["only below the folder", '{"command": "plot mp(2) --out=x/../../a.svg"}'],
    ['writes "first.svg", and so does line 1', '{"command": "plot mp(2) -o first.svg"}'],
    ["reads what line 2 writes", '{"command": "curve first.json"}'],
    ["is longer than 1 MB", `{"command": "curve ${"1".repeat(2 ** 20)}"}`],
  ];

  test.each(broken)("with a line that %s runs nothing", async (sentence, line) => {
    const path = inFolder("jobs.jsonl");
    const first = '{"command": "plot mp(1) -o first.svg"}\n{"command": ["fit", "values.txt", "-ofirst.json"]}\n';
    writeFileSync(path, `${first}\n${line}\n`);
    const { code, out, error } = await runCommand(["batch", path]);
    expect([code, out]).toEqual([2, ""]);
    expect(error).toContain(`freecurve: line 4 of "${path}" `);
    expect(error).toContain(sentence);
    expect(error.trimEnd().split("\n").length).toBe(1);
  });

  test("that cannot be used is one sentence", async () => {
    for (const [argv, sentence] of [
      [[inFolder("none.jsonl")], "there is no such file"],
      [[command.folder], "it is a directory"],
      [["/dev/null"], "they must be in a file"],
      [[inFolder("none.jsonl"), "--threads", "0"], "--threads must be a whole number from 1"],
      [[inFolder("none.jsonl"), "--queue", "redis://x", "--threads", "2"], "options of the workers"],
    ] as const) {
      const { code, error } = await runCommand(["batch", ...argv]);
      expect(code).toBe(2);
      expect(error).toContain(sentence);
    }
  });

  test("does not touch a file that is in the way of its journal, nor the journal of a batch that runs", async () => {
    const [path, out] = [inFolder("jobs.jsonl"), inFolder("r.jsonl")];
    writeFileSync(path, '{"command": "curve mp(1)"}\n');
    writeFileSync(`${out}.journal`, "a letter");
    expect((await runCommand(["batch", path, "-o", out])).error).toContain("is in the way");
    expect(read("r.jsonl.journal")).toBe("a letter");
    const start = existsSync("/proc/1/stat") ? readFileSync(`/proc/${process.ppid}/stat`, "utf8") : undefined;
    const opening = { batch: "b", pid: process.ppid, start: start?.replace(/^.*\) /s, "").split(" ")[19] ?? null };
    writeFileSync(`${out}.journal`, `${JSON.stringify(opening)}\n`);
    expect((await runCommand(["batch", path, "-o", out])).error).toContain(
      `another batch, process ${process.ppid}, is writing`,
    );
  });

  test("every option and every argument that names a file is known to read it or to write it", () => {
    const silent = {
      writeOut: () => undefined,
      writeError: () => undefined,
      errorIsTerminal: false,
      signal: undefined,
    };
    const program = createProgram({ ...silent, readInput: async () => "" });
    const found = program.commands.flatMap(({ options }) =>
      options.filter(namesFile).map((option) => option.attributeName()),
    );
    // Of a new one, WRITING in command-files.ts decides what it does; then it belongs here.
    expect([...new Set(found)].sort()).toEqual(["certificate", "out", "plot", "second", "target", "truth"]);
    const first = program.commands.map(({ registeredArguments }) => registeredArguments[0]?.name());
    expect([...new Set(first)].sort()).toEqual(
      ["law", "file", "files", "certificate", "gamma", "shell", "jobs.jsonl", undefined].sort(),
    );
  });
});
