#!/usr/bin/env node
// Laws near every cliff: what the program says about them against a slow second way at many digits (PARI/GP).
//
//   node scripts/adversarial.mjs [--count 1300] [--seed 1] [--from 0] [--seconds 10] [--patience 20] [--judges 2] [--build dist]
//     [--cliff NAME] [--every SECONDS] [--verbose]
//
// Needs a build (npm run build) and `gp` (Debian: pari-gp). --seconds are those of the program for one answer, --patience those of the judge for one
// question. Prints every wrong answer with its number, so that --seed S --from K --count 1 repeats it, and the table of counts by cliff and
// outcome: at the end, when it is interrupted, and every minute on a terminal (every so many seconds with --every). Exit code 1 when an answer was wrong.
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { adversarialCase, cliffs } from "./adversarial/cases.mjs";
import { judgeIsInstalled, startJudge } from "./adversarial/judge.mjs";
import { outcomes, verdictOn } from "./adversarial/verdict.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({
  options: {
    count: { type: "string", default: "1300" },
    seed: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
    seconds: { type: "string", default: "10" },
    patience: { type: "string", default: "20" },
    judges: { type: "string", default: "2" },
    build: { type: "string", default: resolve(here, "../dist") },
    cliff: { type: "string" },
    every: { type: "string" },
    verbose: { type: "boolean", default: false },
  },
});
if (!judgeIsInstalled()) throw new Error("gp is not installed here; the Debian package is pari-gp");
const numbers = ["seed", "from", "count", "seconds", "patience", "judges"].map((name) => Number(options[name]));
const [seed, from, count, seconds, patience, judges] = numbers;
if (numbers.some((value) => !Number.isInteger(value) || value < 0) || judges === 0)
  throw new Error("--seed, --from, --count, --seconds, --patience and --judges take whole numbers");
if (options.cliff !== undefined && !cliffs.includes(options.cliff))
  throw new Error(`--cliff is one of: ${cliffs.join(", ")}`);
const rooms = ["core", "rings", "poly", "roots", "law", "density", "evolution", "lang"];
const engine = Object.fromEntries(
  await Promise.all(rooms.map(async (room) => [room, await import(`${resolve(options.build)}/${room}/index.js`)])),
);

const begun = performance.now();
const done = [];
let next = from;
let stopped = false;

// The program computes in this thread, while the judges are at work on other cases.
async function work() {
  const judge = startJudge();
  while (next < from + count && !stopped) {
    const one = adversarialCase(seed, next++);
    if (options.cliff !== undefined && one.cliff !== options.cliff) continue;
    const found = await verdictOn(engine, one, judge, { seconds, patience });
    if (stopped) break;
    done.push({ number: one.number, cliff: one.cliff, outcome: found.outcome, took: found.took });
    if (found.outcome === "WRONG" || options.verbose) tell(one, found);
    // Signals and the clock get their turn.
    await new Promise((turn) => setImmediate(turn));
  }
  judge.stop();
}

function tell(one, { outcome, why, curve, took }) {
  const text = one.law ?? JSON.stringify(one.conjugates);
  const times = `program ${took.engine.toFixed(1)} s, judge ${took.judge.toFixed(1)} s`;
  console.log(`case ${one.number} (${one.cliff}; ${times}): ${outcome}: ${why.slice(0, 500)}\n  ${text.slice(0, 600)}`);
  if (outcome === "WRONG") console.log(`  ${curve.slice(0, 800)}`);
}

function printTable() {
  const row = (name, cells) => [name.padEnd(20), ...cells.map((cell) => String(cell).padStart(15))].join("");
  const countsOf = (cases) => outcomes.map((key) => cases.filter(({ outcome }) => outcome === key).length);
  console.log(row("", outcomes));
  for (const cliff of cliffs) {
    const cases = done.filter((one) => one.cliff === cliff);
    if (cases.length > 0) console.log(row(cliff, countsOf(cases)));
  }
  console.log(row("all", countsOf(done)));
}

function printSummary() {
  const wrong = done.filter(({ outcome }) => outcome === "WRONG");
  const took = (performance.now() - begun) / 1000;
  const total = (who) => done.reduce((sum, one) => sum + one.took[who], 0).toFixed(0);
  const slowest = (who) =>
    [...done]
      .sort((a, b) => b.took[who] - a.took[who])
      .slice(0, 5)
      .map((one) => `${one.number} (${one.took[who].toFixed(1)} s)`)
      .join(", ");
  console.log(`slowest for the program: ${slowest("engine")}\nslowest for the judge: ${slowest("judge")}`);
  console.log(
    `seed ${seed}: ${done.length} cases in ${took.toFixed(0)} s (program ${total("engine")} s, judge ${total("judge")} s), ${wrong.length} wrong${wrong.length > 0 ? `: ${wrong.map(({ number }) => number).join(", ")}` : ""}`,
  );
}

const every = options.every === undefined ? (process.stdout.isTTY ? 60 : undefined) : Number(options.every);
let last = begun;
const clock = setInterval(() => {
  if (every === undefined || performance.now() - last < 1000 * every) return;
  last = performance.now();
  console.log(`${done.length} of ${count} cases after ${((last - begun) / 1000).toFixed(0)} s`);
  printTable();
}, 1000);
function finish() {
  clearInterval(clock);
  printTable();
  printSummary();
  process.exitCode = done.some(({ outcome }) => outcome === "WRONG") ? 1 : 0;
}
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    if (stopped) return;
    stopped = true;
    finish();
    process.exit();
  });
}
await Promise.all(Array.from({ length: judges }, work));
if (!stopped) finish();
