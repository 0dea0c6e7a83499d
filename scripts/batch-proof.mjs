// Three batches of small, middling and long jobs, each done in several ways that must agree to the byte: one command after another in one
// process, one thread, two threads, and for the small ones three workers of a queue of which two are killed on the way. Prints how long
// each took, from the start of its process to its end.
// usage: node scripts/batch-proof.mjs [PERCENT] [DIST]    needs a build (default: dist) and redis-server or valkey-server
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The one command after another, as a process of its own: node scripts/batch-proof.mjs --serial JOBS RESULTS DIST. */
if (process.argv[2] === "--serial") {
  await serial(...process.argv.slice(3));
  process.exit();
}

const percent = Number(process.argv[2] ?? 100);
const dist = resolve(process.argv[3] ?? fileURLToPath(new URL("../dist", import.meta.url)));
const main = join(dist, "cli/main.js");
const folder = mkdtempSync(join(tmpdir(), "freecurve-proof-"));
const children = [];

const jumps = "[[2, 3/4], [11/2, 1/4]]";
/** Jobs about different laws, of several kinds; every hundredth of the small ones is a mistake. */
const SETS = [
  {
    name: "small",
    count: 10_000,
    queue: true,
    kinds: [
      (c) => ["curve", `mp(${c})`],
      (c) => ["moments", `mp(${c})`, "-n", "4"],
      (c) => ["cumulants", `semicircle(${c})`, "-n", "4"],
      (c) => ["curve", `semicircle(${c}) |> shift(1)`],
      (c) => ["moments", "mp(c) |> scale(2)", "-n", "3", "--set", `c=${c}`],
    ],
  },
  {
    name: "middling",
    count: 300,
    kinds: [
      (c) => ["support", `mp(${c}) [+] semicircle(1)`],
      (c) => ["support", `decompress(mp(${c}), 2)`, "--digits", "20"],
      (c) => ["branch-points", `compoundFreePoisson(${c}, ${jumps})`],
    ],
  },
  {
    name: "long",
    count: 100,
    kinds: [
      (c) => ["events", `compoundFreePoisson(${c}, [[2, 3/4], [11/2, 1/8], [7, 1/8]])`],
      (c) => ["support", `(mp(${c}) [*] mp(1/3)) [+] (mp(1/5) [*] semicircle(1))`],
    ],
  },
];

try {
  console.log(`${availableParallelism()} processors, load ${loadavg()[0].toFixed(1)} of others at the start`);
  const rows = [];
  for (const set of SETS) rows.push(...(await measured(set)));
  console.table(rows);
} finally {
  for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}

/** A set of jobs in all ways; throws where they differ. */
async function measured({ name, count: whole, kinds, queue }) {
  const count = Math.max(1, Math.round((whole * percent) / 100));
  const jobs = Array.from({ length: count }, (_, k) => {
    const c = `${k + 1}/${count + 1}`;
    if (queue && k % 100 === 99) return { id: k, command: ["curve", `mp(${c}`] };
    return { id: k, command: kinds[k % kinds.length](c) };
  });
  writeFileSync(join(folder, "jobs.jsonl"), jobs.map((job) => `${JSON.stringify(job)}\n`).join(""));
  const ways = {
    "one after another": () =>
      ended(
        start(process.execPath, fileURLToPath(import.meta.url), "--serial", "jobs.jsonl", "serial.jsonl", dist),
        "serial.jsonl",
      ),
    "one thread": () => batch("one.jsonl", "--threads", "1"),
    "two threads": () => batch("two.jsonl", "--threads", "2"),
    ...(queue ? { "three workers, two killed": () => throughQueue(count) } : {}),
  };
  const rows = [];
  let expected;
  let first;
  for (const [way, doing] of Object.entries(ways)) {
    const begun = performance.now();
    const lines = await doing();
    const seconds = (performance.now() - begun) / 1000;
    // The key is what a batch adds to the commands.
    const plain = lines.map((line) => line.replace(/^{"key":"[0-9a-f]{64}",/, "{")).join("\n");
    expected ??= plain;
    first ??= seconds;
    if (plain !== expected) throw new Error(`${name} jobs, ${way}: the results differ`);
    rows.push({
      jobs: `${lines.length} ${name}`,
      "done by": way,
      seconds: Number(seconds.toFixed(2)),
      "ms a job": Number(((1000 * seconds) / count).toFixed(2)),
      "times as fast": Number((first / seconds).toFixed(2)),
      results: "equal",
    });
  }
  return rows;
}

/** By way of the command line alone. */
async function serial(jobs, results, build) {
  const { createProgram, run } = await import(pathToFileURL(join(build, "cli/run.js")));
  let out = "";
  let error = "";
  const io = {
    writeOut: (text) => (out += text),
    writeError: (text) => (error += text),
    readInput: async () => "",
    errorIsTerminal: false,
    signal: undefined,
  };
  const program = createProgram(io);
  let text = "";
  for (const line of readFileSync(jobs, "utf8").trimEnd().split("\n")) {
    const { id, command } = JSON.parse(line);
    [out, error] = ["", ""];
    const exit = await run([...command, "--json"], io, program);
    const told = exit === 0 ? { answer: JSON.parse(out) } : { error: error.replace(/^freecurve: /, "").trimEnd() };
    text += `${JSON.stringify({ id, command, exit, ...told })}\n`;
  }
  writeFileSync(results, text);
}

function start(program, ...argv) {
  const child = spawn(program, argv, { cwd: folder, stdio: ["ignore", "ignore", "ignore"] });
  children.push(child);
  return child;
}

function batch(out, ...options) {
  return ended(start(process.execPath, main, "batch", "jobs.jsonl", "-o", out, ...options), out);
}

/** The lines that a process has written when it ends. */
async function ended(child, out) {
  const [code] = await once(child, "exit");
  if (code !== 0 && code !== 4) throw new Error(`${out}: the process ended with ${code}`);
  return readFileSync(join(folder, out), "utf8").trimEnd().split("\n");
}

async function throughQueue(count) {
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
