#!/usr/bin/env node
// Laws near every cliff: what the program says about them against a slow second way at many digits (PARI/GP).
//
//   node scripts/adversarial.mjs [--count 1200] [--seed 1] [--from 0] [--seconds 10] [--patience 60] [--build dist] [--cliff NAME] [--verbose]
//
// Needs a build (npm run build) and `gp` (Debian: pari-gp). Prints every wrong answer with its number, so that --seed S --from K --count 1
// repeats it, and the table of counts by cliff and outcome; exit code 1 when an answer was wrong.
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { adversarialCase, cliffs } from "./adversarial/cases.mjs";
import { judgeIsInstalled, startJudge } from "./adversarial/judge.mjs";
import { outcomes, verdictOn } from "./adversarial/verdict.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({
  options: {
    count: { type: "string", default: "1200" },
    seed: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
    seconds: { type: "string", default: "10" },
    patience: { type: "string", default: "60" },
    build: { type: "string", default: resolve(here, "../dist") },
    cliff: { type: "string" },
    verbose: { type: "boolean", default: false },
  },
});
if (!judgeIsInstalled()) throw new Error("gp is not installed here; the Debian package is pari-gp");
const [seed, from, count, seconds, patience] = ["seed", "from", "count", "seconds", "patience"].map((name) =>
  Number(options[name]),
);
const rooms = ["core", "rings", "poly", "roots", "law", "density", "evolution", "lang"];
const engine = Object.fromEntries(
  await Promise.all(rooms.map(async (room) => [room, await import(`${resolve(options.build)}/${room}/index.js`)])),
);

let judge = startJudge();
const table = new Map(cliffs.map((cliff) => [cliff, new Map()]));
for (let number = from; number < from + count; number++) {
  const one = adversarialCase(seed, number);
  if (options.cliff !== undefined && one.cliff !== options.cliff) continue;
  const begun = performance.now();
  const { outcome, why, curve } = await verdictOn(engine, one, judge, { seconds, patience });
  if (why === "the judge ended") judge = startJudge();
  const counts = table.get(one.cliff);
  counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  if (outcome === "WRONG" || options.verbose) {
    const text = one.law ?? JSON.stringify(one.conjugates);
    const took = ((performance.now() - begun) / 1000).toFixed(1);
    console.log(`case ${number} (${one.cliff}, ${took} s): ${outcome}: ${why.slice(0, 500)}\n  ${text.slice(0, 600)}`);
    if (outcome === "WRONG") console.log(`  ${curve.slice(0, 800)}`);
  }
}
judge.stop();

const row = (name, counts) =>
  [name.padEnd(22), ...outcomes.map((key) => String(counts.get(key) ?? 0).padStart(14))].join("");
console.log(row("", new Map(outcomes.map((key) => [key, key]))));
const total = new Map();
for (const [cliff, counts] of table) {
  if (counts.size === 0) continue;
  console.log(row(cliff, counts));
  for (const [key, cases] of counts) total.set(key, (total.get(key) ?? 0) + cases);
}
console.log(row("all", total));
process.exitCode = (total.get("WRONG") ?? 0) > 0 ? 1 : 0;
