#!/usr/bin/env node
// Command lines made at random, many of them wrong on purpose: none may crash, hang or say more than one plain sentence.
//
//   node scripts/fuzz.mjs [--minutes 5] [--seed 1] [--from 0] [--count N] [--seconds 0.3] [--workers N] [--processes 40] [--build dist]
//
// Needs a build (npm run build). The cases run in warm processes, one for each core; every 40th goes through a process of its own, as a
// user starts it. Time is that of the processor, so that a busy machine makes no difference. Prints every case that breaks a rule with
// its number, so that --seed S --from K --count 1 repeats it, and at the end, also after Ctrl-C, the number of cases by kind and exit code;
// exit code 1 when there was a violation.
import { availableParallelism } from "node:os";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { fuzzCase } from "./fuzz/cases.mjs";
import { runInProcess } from "./fuzz/own-process.mjs";
import { warmProcess } from "./fuzz/warm-process.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({
  options: {
    minutes: { type: "string", default: "5" },
    seed: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
    count: { type: "string", default: "Infinity" },
    seconds: { type: "string", default: "0.3" },
    workers: { type: "string", default: String(availableParallelism()) },
    processes: { type: "string", default: "40" },
    build: { type: "string", default: resolve(here, "../dist") },
  },
});
const [seed, from, count, limit, workers, processes] = ["seed", "from", "count", "seconds", "workers", "processes"].map(
  (name) => Number(options[name]),
);
const build = resolve(options.build);
const vocabulary = await import(`${build}/lang/index.js`);

/** A case is given up after this many seconds on the clock. */
const patience = 60 * limit + 60;

const outcomes = new Map();
const violations = [];
const begun = performance.now();
const until = begun + 60_000 * Number(options.minutes);
let next = from;
let done = 0;
let interrupted = false;

const runners = Array.from({ length: Math.min(workers, count) }, () => warmProcess(build, limit, patience));
process.once("SIGINT", () => {
  interrupted = true;
  for (const runner of runners) runner.end();
  summarise();
  process.exit(130);
});
await Promise.all(runners.map(work));
summarise();
process.exitCode = violations.length > 0 ? 1 : 0;

async function work(runner) {
  while (next < from + count && performance.now() < until && !interrupted) {
    const number = next++;
    const alone = processes > 0 && number % processes === processes - 1;
    // A process of its own takes its time to start, and its limit is one of the clock.
    const one = fuzzCase(vocabulary, seed, number, alone ? 20 * limit : limit);
    const answer = alone ? await runInProcess(build, one, limit, patience) : await runner.run(one);
    if (interrupted) return;
    done++;
    const key = `${one.kind}${alone ? ", own process" : ""}, ${answer.wrong === undefined ? `exit ${answer.code}` : "violation"}`;
    outcomes.set(key, (outcomes.get(key) ?? 0) + 1);
    if (answer.wrong !== undefined) report(one, answer);
    showProgress();
  }
  runner.end();
}

function report(one, { wrong, error, out }) {
  violations.push(one.number);
  const shown = one.argv.map((word) => (/^[\w./=:,-]+$/.test(word) ? word : JSON.stringify(word))).join(" ");
  const input = one.input === "" ? "" : `\n  input ${JSON.stringify(one.input)}`;
  clearProgress();
  console.log(`case ${one.number}: ${wrong}\n  ${shown}${input}\n  ${(error || out).trim().slice(0, 600)}`);
}

function summarise() {
  clearProgress();
  for (const [key, cases] of [...outcomes].sort()) console.log(`${String(cases).padStart(7)}  ${key}`);
  const minutes = (performance.now() - begun) / 60_000;
  console.log(`${done} cases in ${minutes.toFixed(1)} minutes, ${violations.length} violations with seed ${seed}`);
}

function showProgress() {
  if (!process.stderr.isTTY) return;
  const seconds = Math.max(0, Math.round((until - performance.now()) / 1000));
  process.stderr.write(`\r${done} cases, ${violations.length} violations, ${seconds} s left \u001b[K`);
}

function clearProgress() {
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
}
