// A batch of many small jobs, done in four ways that must agree to the byte: one command after another in one process, one thread,
// two threads, and three workers of a queue of which two are killed on the way. Prints how long each took.
// usage: node scripts/batch-proof.mjs [JOBS] [DIST]    needs a build (default: dist) and redis-server or valkey-server
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";

const count = Number(process.argv[2] ?? 10_000);
const dist = resolve(process.argv[3] ?? new URL("../dist", import.meta.url).pathname);
const main = join(dist, "cli/main.js");
const folder = mkdtempSync(join(tmpdir(), "freecurve-proof-"));
const children = [];

/** Five kinds of small questions, each about another law; every hundredth is a mistake. */
const jobs = Array.from({ length: count }, (_, k) => {
  const c = `${k + 1}/${count}`;
  if (k % 100 === 99) return { id: k, command: ["curve", `mp(${c}`] };
  return {
    id: k,
    command: [
      ["curve", `mp(${c})`],
      ["moments", `mp(${c})`, "-n", "4"],
      ["cumulants", `semicircle(${c})`, "-n", "4"],
      ["curve", `semicircle(${c}) |> shift(1)`],
      ["moments", "mp(c) |> scale(2)", "-n", "3", "--set", `c=${c}`],
    ][k % 5],
  };
});

try {
  writeFileSync(join(folder, "jobs.jsonl"), jobs.map((job) => `${JSON.stringify(job)}\n`).join(""));
  console.log(
    `${count} jobs, ${availableParallelism()} processors, load ${loadavg()[0].toFixed(1)} of others at the start`,
  );
  const alone = await timed("one command after another", serial);
  const one = await timed("batch --threads 1", () => batch("one.jsonl", "--threads", "1"));
  const two = await timed("batch --threads 2", () => batch("two.jsonl", "--threads", "2"));
  const queue = await timed("three workers, two killed", throughQueue);
  expectSame(
    "one thread",
    one.result,
    alone.result.map((line, k) => ({ ...line, key: JSON.parse(one.result[k]).key })),
  );
  if (two.result.join("\n") !== one.result.join("\n")) throw new Error("two threads differ from one");
  if (queue.result.join("\n") !== one.result.join("\n")) throw new Error("the queue differs from one thread");
  console.log(`all equal: ${one.result.length} lines, ${statSync(join(folder, "one.jsonl")).size} bytes`);
  console.log(`two threads over one: ${(one.seconds / two.seconds).toFixed(2)} times as fast`);
} finally {
  for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}

async function timed(what, doing) {
  const start = performance.now();
  const result = await doing();
  const seconds = (performance.now() - start) / 1000;
  console.log(`${what}: ${seconds.toFixed(1)} s, ${(count / seconds).toFixed(0)} a second`);
  return { result, seconds };
}

/** By way of the command line alone. */
async function serial() {
  const { run } = await import(pathToFileURL(join(dist, "cli/run.js")));
  const results = [];
  for (const { id, command } of jobs) {
    let out = "";
    let error = "";
    const exit = await run([...command, "--json"], {
      writeOut: (text) => (out += text),
      writeError: (text) => (error += text),
      readInput: async () => "",
      errorIsTerminal: false,
    });
    const told = exit === 0 ? { answer: JSON.parse(out) } : { error: error.replace(/^freecurve: /, "").trimEnd() };
    results.push({ id, command, exit, ...told });
  }
  return results;
}

function expectSame(what, lines, expected) {
  lines.forEach((line, k) => {
    const { key, ...rest } = expected[k];
    if (line !== JSON.stringify({ key, ...rest })) throw new Error(`${what}: line ${k + 1} differs`);
  });
  if (lines.length !== expected.length) throw new Error(`${what}: ${lines.length} lines`);
}

function start(program, ...argv) {
  const child = spawn(program, argv, { cwd: folder, stdio: ["ignore", "ignore", "ignore"] });
  children.push(child);
  return child;
}

async function batch(out, ...options) {
  const child = start(process.execPath, main, "batch", "jobs.jsonl", "-o", out, ...options);
  const [code] = await once(child, "exit");
  if (code !== 4) throw new Error(`the batch ended with ${code}`);
  return readFileSync(join(folder, out), "utf8").trimEnd().split("\n");
}

async function throughQueue() {
  const program = ["redis-server", "valkey-server"].find((name) => spawnSync(name, ["--version"]).status === 0);
  if (program === undefined) throw new Error("no redis-server or valkey-server is installed");
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  start(program, "--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--appendonly", "yes");
  const url = `redis://127.0.0.1:${port}`;
  for (let ready = false; !ready; await wait(100)) {
    ready =
      spawnSync("redis-cli", ["-p", `${port}`, "ping"])
        .stdout?.toString()
        .trim() === "PONG";
  }
  const workers = [1, 2, 3].map(() =>
    start(process.execPath, main, "worker", "--queue", url, "--threads", "1", "--lock", "5"),
  );
  const results = batch("queue.jsonl", "--queue", url);
  for (const [k, share] of [0.25, 0.5].entries()) {
    while (linesOf("queue.jsonl.journal") < share * count) await wait(50);
    workers[k].kill("SIGKILL");
  }
  return results;
}

function linesOf(name) {
  const path = join(folder, name);
  return existsSync(path) ? Number(execFileSync("wc", ["-l", path]).toString().split(" ")[0]) : 0;
}
