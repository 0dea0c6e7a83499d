import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "bullmq";
import { Redis } from "ioredis";
import { afterAll, describe, expect, test } from "vitest";
import type { Task } from "../../src/cli/batch/task.js";
import { readVersion } from "../../src/cli/package-files.js";
import { expectedResults, jobsText, sweep, type TestJob } from "./batch-jobs.js";
import { runCommand } from "./captured-run.js";
import { commandWithProcesses, type Running, start, startCommand, until } from "./child-process.js";

const serverProgram = ["redis-server", "valkey-server"].find((name) => spawnSync(name, ["--version"]).status === 0);
if (serverProgram === undefined) {
  console.warn("SKIPPED: the queue is not tested, for want of a server; install one: apt-get install redis-server");
}

const { command, running } = await commandWithProcesses();
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const inFolder = (name: string): string => join(command.folder, name);
const read = (name: string): string => readFileSync(inFolder(name), "utf8");
const launch = (...argv: readonly string[]): Running => startCommand(running, command, argv);

/** A port that nobody listens to. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((ready) => probe.listen(0, "127.0.0.1", ready));
  const address = probe.address();
  await new Promise((ready) => probe.close(ready));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

/** A server of its own, whose data stand in the folder of the test; ready when it answers. */
async function startServer(port: number): Promise<Running> {
  mkdirSync(inFolder("server"), { recursive: true });
  const server = start(
    running,
    serverProgram!,
    ["--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--appendonly", "yes", "--appendfsync", "everysec"],
    inFolder("server"),
  );
  await until(() => server.written.out.includes("Ready to accept connections"), server);
  return server;
}

/** The names of the jobs that a server still holds. */
async function jobsLeft(port: number): Promise<readonly string[]> {
  const client = new Redis(port, "127.0.0.1", { retryStrategy: () => null });
  try {
    return (await client.keys("freecurve:jobs-*:*")).filter((key) => /-[0-9a-f]{64}/.test(key));
  } finally {
    client.disconnect();
  }
}

const journalLines = (): number =>
  existsSync(inFolder("r.jsonl.journal")) ? read("r.jsonl.journal").split("\n").length : 0;

describe.skipIf(serverProgram === undefined)("a batch through a queue", () => {
  test("loses nothing and does nothing twice when workers, the server and the batch itself are killed", async () => {
    const jobs = sweep(1500);
    writeFileSync(inFolder("jobs.jsonl"), jobsText(jobs));
    const port = await freePort();
    const url = `redis://127.0.0.1:${port}`;
    const server = await startServer(port);
    const workers = [0, 1, 2].map(() => launch("worker", "--queue", url, "--threads", "1", "--lock", "1"));
    const go = (): Running => launch("batch", "jobs.jsonl", "-o", "r.jsonl", "--queue", url);

    const first = go();
    await until(() => journalLines() > 10, first);
    workers[0]!.child.kill("SIGKILL");
    workers[1]!.child.kill("SIGKILL");
    await until(() => journalLines() > 30, first);
    server.child.kill("SIGKILL");
    await server.ended;
    await startServer(port);
    const left = journalLines();
    await until(() => journalLines() > left + 10, first);
    first.child.kill("SIGKILL");
    await first.ended;
    expect(existsSync(inFolder("r.jsonl"))).toBe(false);

    const second = go();
    expect(await second.ended).toBe(4);
    expect(second.written.error).toContain("jobs were done before");
    expect(read("r.jsonl")).toBe(await expectedResults(jobs));
    expect(await jobsLeft(port)).toEqual([]);

    workers[2]!.child.kill("SIGINT");
    expect(await workers[2]!.ended).toBe(130);
    expect(workers[2]!.written.error).toContain("back in the queue");
  });

  test("fails the one job that ends its workers, and not the chunk in which it came", async () => {
    const jobs = sweep(300).filter((_, k) => k % 5 !== 4);
    const poison = jobs[200]!.command;
    writeFileSync(inFolder("jobs.jsonl"), jobsText(jobs));
    const port = await freePort();
    await startServer(port);
    const chunks: number[] = [];
    const worker = new Worker(
      `jobs-${readVersion()}`,
      async ({ data }: { data: { tasks: readonly Task[] } }) => {
        chunks.push(data.tasks.length);
        if (data.tasks.some(({ words }) => words.join() === poison.join())) throw new Error("out of order");
        return data.tasks.map(({ key }) => ({ exit: 0, answer: JSON.stringify(key), seconds: 0.001 }));
      },
      { connection: { host: "127.0.0.1", port, maxRetriesPerRequest: null }, prefix: "freecurve" },
    );
    try {
      const argv = ["batch", inFolder("jobs.jsonl"), "--queue", `redis://127.0.0.1:${port}`];
      const { code, out } = await runCommand(argv);
      expect(code).toBe(4);
      const results = out
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as { id: number; key: string; answer?: string; error?: string });
      expect(results.map(({ id }) => id)).toEqual(jobs.map(({ id }) => id));
      expect(results.filter(({ key, answer }) => answer !== key)).toEqual([
        expect.objectContaining({ id: jobs[200]!.id, error: "the worker of the job failed: out of order" }),
      ]);
      expect(Math.max(...chunks)).toBeGreaterThan(10);
      expect(await jobsLeft(port)).toEqual([]);
    } finally {
      await worker.close();
    }
  });

  test("has a job of an interrupted worker done by another, and says when a worker sees other files", async () => {
    writeFileSync(inFolder("values.txt"), Array.from({ length: 50 }, (_, k) => `${(k + 1) ** -2}\n`).join(""));
    const jobs: readonly TestJob[] = [
      { command: ["scaling", "values.txt"] },
      { command: ["moments", "mp(1/2)", "-n", "2"] },
      // Far longer than the test: it ends by its limit, wherever it is.
      { command: ["sample", "mp(1/2)", "-n", "50000", "--max-seconds", "1"] },
    ];
    writeFileSync(inFolder("jobs.jsonl"), jobsText(jobs));
    const port = await freePort();
    const url = `redis://127.0.0.1:${port}`;
    await startServer(port);
    mkdirSync(inFolder("elsewhere"));
    const worker = (): Running =>
      startCommand(running, command, ["worker", "--queue", url, "--threads", "1"], inFolder("elsewhere"));
    const first = worker();
    await until(() => first.written.error.includes("wait for jobs"), first);
    const batch = launch("batch", "jobs.jsonl", "-o", "r.jsonl", "--queue", url);
    await until(() => journalLines() > 2, batch);
    first.child.kill("SIGTERM");
    expect(await first.ended).toBe(130);
    worker();
    expect(await batch.ended).toBe(4);
    const results = read("r.jsonl")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { exit: number; error?: string; answer?: unknown });
    expect(results.map(({ exit }) => exit)).toEqual([2, 0, 3]);
    expect(results[0]!.error).toBe('the file "values.txt" cannot be read where the job was done');
    expect(results[1]!.answer).toEqual({ values: ["1", "3/2"], guarantee: "exact" });
    expect(results[2]!.error).toContain("the time limit of 1 s was reached");
  });

  test("refuses workers and batches of another version", async () => {
    writeFileSync(inFolder("jobs.jsonl"), '{"command": "curve mp(1)"}\n');
    const port = await freePort();
    const url = `redis://127.0.0.1:${port}`;
    await startServer(port);
    const client = new Redis(port, "127.0.0.1");
    await client.set("freecurve:version", "0.0.9");
    client.disconnect();
    for (const argv of [["worker"], ["batch", inFolder("jobs.jsonl")]]) {
      const { code, error } = await runCommand([...argv, "--queue", url]);
      expect(code).toBe(2);
      expect(error).toContain(`the queue at ${url} is used by freecurve 0.0.9, and this is `);
    }
  });
});

describe("without a queue", () => {
  test("one sentence says what is missing: a server, the right address, the packages", async () => {
    writeFileSync(inFolder("jobs.jsonl"), '{"command": "curve mp(1)"}\n{"command": "plot mp(1) -o a.svg"}\n');
    const port = await freePort();
    for (const [url, sentence] of [
      [`redis://user:secret@127.0.0.1:${port}`, `no Redis or Valkey server answers at redis://127.0.0.1:${port}`],
      ["http://127.0.0.1", 'must begin with redis:// or rediss://, not "http://"'],
      ["127.0.0.1", "--queue must look like redis://127.0.0.1:6379"],
    ] as const) {
      const { code, error } = await runCommand(["worker", "--queue", url]);
      expect(code).toBe(2);
      expect(error).toContain(sentence);
      expect(error).not.toContain("secret");
    }
    const { code, error } = await runCommand(["batch", inFolder("jobs.jsonl"), "--queue", `redis://127.0.0.1:${port}`]);
    expect([code, error]).toEqual([
      2,
      expect.stringContaining("would appear where its worker runs; leave out --queue"),
    ]);

    // The same program where only its own dependencies are installed.
    const bare = mkdtempSync(join(tmpdir(), "freecurve-bare-"));
    folders.push(bare);
    cpSync(join(command.main, "../../../dist"), join(bare, "dist"), { recursive: true });
    cpSync(join(command.main, "../../../package.json"), join(bare, "package.json"));
    const modules = join(command.main, "../../../node_modules");
    mkdirSync(join(bare, "node_modules"));
    for (const name of readdirSync(modules)) {
      if (!["bullmq", "ioredis"].includes(name)) symlinkSync(join(modules, name), join(bare, "node_modules", name));
    }
    const worker = start(
      running,
      process.execPath,
      [join(bare, "dist/cli/main.js"), "worker", "--queue", "redis://x"],
      bare,
    );
    expect(await worker.ended).toBe(2);
    expect(worker.written.error).toContain("npm install bullmq ioredis");
  });
});
