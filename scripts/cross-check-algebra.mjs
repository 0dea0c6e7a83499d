// Plays algorithms for the same algebra against each other on many random instances, and counts: cases, decided cases (in
// which something was really compared), and differences, of which the first few are printed so that they can be made again.
//
//   npm run build && node scripts/cross-check-algebra.mjs [--count 200000] [--seed 1] [--only resultants,discriminants] [--dist dist]
//
// The kinds of cases stand in scripts/cross-checks/, one file for each room. The default export of a file is a function
// (load) => [{ name, share, check(random) }, …]; it gets the compiled rooms with `await load("poly")`. `share` is the part of the
// cases relative to the other kinds; check(random) makes one case from a seeded source (uniform(), integer(low, high)) and
// returns undefined (nothing to compare), true (all agree), or a text (the inputs and what differs). Exit code 1 when anything
// differs or a kind decided nothing.
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({
  options: {
    count: { type: "string", default: "20000" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: "" },
    dist: { type: "string", default: fileURLToPath(new URL("../dist", import.meta.url)) },
  },
});
const count = Number(options.count);
const seed = Number(options.seed);
if (!Number.isInteger(count) || count < 1)
  throw new Error(`--count must be a whole number >= 1, not "${options.count}"`);
if (!Number.isInteger(seed)) throw new Error(`--seed must be a whole number, not "${options.seed}"`);

const load = (room) => import(pathToFileURL(resolve(options.dist, room, "index.js")).href);
const { seededRandom } = await load("core");

const folder = fileURLToPath(new URL("cross-checks/", import.meta.url));
const files = readdirSync(folder).filter((file) => file.endsWith(".mjs"));
const all = [];
for (const file of files.sort()) {
  const { default: kindsOf } = await import(`./cross-checks/${file}`);
  all.push(...(await kindsOf(load)));
}
const chosen = options.only === "" ? all : all.filter((kind) => options.only.split(",").includes(kind.name));
if (chosen.length === 0) throw new Error(`--only must name some of ${all.map((kind) => kind.name).join(", ")}`);

const shares = chosen.reduce((sum, kind) => sum + kind.share, 0);
const shown = 5;
let decidedInAll = 0;
let casesInAll = 0;
let differencesInAll = 0;
let silent = 0;
for (const kind of chosen) {
  const cases = Math.max(1, Math.round((count * kind.share) / shares));
  let decided = 0;
  let differences = 0;
  const start = performance.now();
  for (let k = 0; k < cases; k++) {
    // Every case has its own seed, so that it can be run alone.
    const caseSeed = seed * 1_000_003 + k;
    let outcome;
    try {
      outcome = kind.check(seededRandom(caseSeed));
    } catch (error) {
      outcome = `threw ${error?.stack ?? error}`;
    }
    if (outcome === undefined) continue;
    decided++;
    if (outcome === true) continue;
    differences++;
    if (differences <= shown) console.log(`${kind.name}, seed ${caseSeed}: ${outcome}`);
  }
  const seconds = (performance.now() - start) / 1000;
  console.log(`${kind.name}: ${cases} cases, ${decided} decided, ${differences} differences, ${seconds.toFixed(1)} s`);
  casesInAll += cases;
  decidedInAll += decided;
  differencesInAll += differences;
  if (decided === 0) silent++;
}
console.log(`all: ${casesInAll} cases, ${decidedInAll} decided, ${differencesInAll} differences (seed ${seed})`);
if (differencesInAll > 0 || silent > 0) process.exitCode = 1;
