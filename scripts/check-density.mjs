#!/usr/bin/env node
// The fast density of the reference laws against certified digits at random points of their bulks.
//
//   node scripts/check-density.mjs [--count 1000] [--seed 1]
//
// Needs a build (npm run build). Prints one line a law: the largest error, relative to the largest density of the law that was met, or
// to the value itself when the density of the law is unbounded at an edge. Points at which the certified value could not be decided are counted.
import { parseArgs } from "node:util";
import { density, densityAt, parseLaw, rational, seededRandom, support } from "../dist/index.js";
import { algebraicToNumber } from "../dist/roots/index.js";

const { values } = parseArgs({
  options: { count: { type: "string", default: "1000" }, seed: { type: "string", default: "1" } },
});
const count = Number(values.count);
const random = seededRandom(Number(values.seed));

const laws = [
  "semicircle(1)",
  "mp(1/2)",
  "mp(1)",
  "mp(1/50) |> decompress(80)",
  "freePoisson(1/2, 2)",
  "compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]])",
  "freeLevy(0, 4/25, 1/10, [[2, 3/4], [11/2, 1/4]])",
  "arcsine(0, 1)",
  "kestenMcKay(4)",
  "wachter(1/2, 3/4)",
  "freeMeixner(1/2, 1)",
  "fussCatalan(2)",
  "fussCatalan(3)",
  "bures()",
  "deformedWigner(2, [[-1, 1/2], [1, 1/2]])",
  "deformedWigner(1, [[-1, 1/2], [1, 1/2]])",
  "deformedWigner(1/4, [[-1, 1/2], [1, 1/2]])",
  "deformedWigner(999999/1000000, [[-1, 1/2], [1, 1/2]])",
  "silverstein(1/2, [[1, 1/2], [3, 1/2]])",
  "inverseMp(1/4)",
  "wignerPlusWishart(1/5, 1/2)",
  "semicircle(1) [+] mp(1/2)",
  "semicircle(1) [*] mp(1/2)",
  "mp(1/2) [*] mp(1/4)",
];

for (const text of laws) {
  const law = parseLaw(text);
  const { intervals } = support(law);
  const total = intervals.reduce((sum, bulk) => sum + bulk.mass, 0);
  const points = intervals.flatMap((bulk) => {
    const [left, right] = [algebraicToNumber(bulk.left), algebraicToNumber(bulk.right)];
    const share = Math.max(1, Math.round((count * bulk.mass) / total));
    return Array.from({ length: share }, () => left + (right - left) * random.uniform());
  });
  const fast = density(law)(Float64Array.from(points));
  const unbounded = intervals.some((bulk) =>
    [bulk.leftExponent, bulk.rightExponent].some((e) => e.kind === "ok" && e.value.num < 0n),
  );
  const certified = points.map((x) => certifiedDensity(law, x));
  const largest = certified.reduce((most, v) => Math.max(most, Number.isNaN(v) ? 0 : v), 0);
  let error = 0;
  let undecided = 0;
  for (const [k, value] of certified.entries()) {
    if (Number.isNaN(value)) undecided++;
    else error = Math.max(error, Math.abs(fast[k] - value) / (unbounded ? value : largest));
  }
  console.log(`${text}: ${points.length} points, largest error ${error.toExponential(1)}, ${undecided} undecided`);
}

/** The density at the exact value of a double, to 30 digits, as a double; NaN where it could not be decided. */
function certifiedDensity(law, x) {
  try {
    return Number(densityAt(law, dyadic(x), 30));
  } catch {
    return Number.NaN;
  }
}

/** A double as the fraction that it is. */
function dyadic(x) {
  let denominator = 1n;
  let scaled = x;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    denominator *= 2n;
  }
  return rational(BigInt(scaled), denominator);
}
