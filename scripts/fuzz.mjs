#!/usr/bin/env node
// Command lines made at random, many of them wrong on purpose: none may crash, hang or say more than one plain sentence.
//
//   node scripts/fuzz.mjs [--minutes 5] [--seed 1] [--from 0] [--count N] [--seconds 1] [--build dist]
//
// Needs a build (npm run build). Prints every case that breaks a rule with its number, so that --seed S --from K --count 1 repeats it, and
// at the end the number of cases by outcome; exit code 1 when there was a violation.
import { fork } from "node:child_process";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { fuzzCase } from "./fuzz/cases.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({
  options: {
    minutes: { type: "string", default: "5" },
    seed: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
    count: { type: "string", default: "Infinity" },
    seconds: { type: "string", default: "1" },
    build: { type: "string", default: resolve(here, "../dist") },
  },
});
const [seed, from, count, limit] = [options.seed, options.from, options.count, options.seconds].map(Number);
const build = resolve(options.build);
const { laws, operations } = await import(`${build}/lang/index.js`);

/** A case is given up after this many seconds. */
const patience = 20 * limit + 10;

let child;
async function readyChild() {
  while (!child?.connected) {
    child = fork(resolve(here, "fuzz/run-cases.mjs"), [build], {
      execArgv: ["--max-old-space-size=2048"],
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    // A busy machine may take its time.
    await answerOf(child, 600);
  }
  return child;
}

/** What the child says next; how it ended, when it says nothing more. */
function answerOf(process, seconds) {
  return new Promise((done) => {
    const finish = (answer) => {
      clearTimeout(timer);
      process.off("message", finish);
      process.off("exit", died);
      done(answer);
    };
    const died = (code, signal) => finish({ wrong: `the process ended with ${signal ?? code}`, error: "", out: "" });
    const timer = setTimeout(() => {
      process.off("exit", died);
      process.kill("SIGKILL");
      child = undefined;
      finish({ wrong: `it was ended after ${seconds} s`, error: "", out: "" });
    }, 1000 * seconds);
    process.on("message", finish);
    process.on("exit", died);
  });
}

const until = performance.now() + 60_000 * Number(options.minutes);
const outcomes = new Map();
const violations = [];
for (let number = from; number < from + count && performance.now() < until; number++) {
  const one = fuzzCase({ laws, operations }, seed, number, limit);
  const runner = await readyChild();
  runner.send({ one: { ...one, files: one.files.map(({ name, bytes }) => ({ name, bytes: [...bytes] })) }, limit });
  const answer = await answerOf(runner, patience);
  if (!child?.connected) child = undefined;
  const key = `${one.kind}, ${answer.wrong === undefined ? `exit ${answer.code}` : "violation"}`;
  outcomes.set(key, (outcomes.get(key) ?? 0) + 1);
  if (answer.wrong !== undefined) {
    violations.push(number);
    const shown = one.argv.map((word) => (/^[\w./=:,-]+$/.test(word) ? word : JSON.stringify(word))).join(" ");
    const input = one.input === "" ? "" : `\n  input ${JSON.stringify(one.input)}`;
    console.log(
      `case ${number}: ${answer.wrong}\n  ${shown}${input}\n  ${(answer.error || answer.out).trim().slice(0, 600)}`,
    );
  }
}
child?.disconnect();
for (const [key, cases] of [...outcomes].sort()) console.log(`${String(cases).padStart(7)}  ${key}`);
console.log(`${violations.length} violations with seed ${seed}`);
process.exitCode = violations.length > 0 ? 1 : 0;
