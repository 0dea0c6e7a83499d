import { density, densityAt, parseLaw, type Rational, rational } from "freecurve";
import { bench, describe } from "vitest";
import { pointsInBulks, texts } from "./laws.js";

// Preparation is timed on a law that is new each time, since what is known about a law is kept with it; evaluation on a hundred
// thousand points a call, so that 50 calls a second are five million points. Checked first against certified digits. Nothing here
// asserts a time.

const few = { time: 300, iterations: 3, warmupTime: 0, warmupIterations: 2 };

function exactly(x: number): Rational {
  return rational(BigInt(Math.round(x * 2 ** 50)), 1n << 50n);
}

for (const text of texts) {
  const law = parseLaw(text);
  const points = pointsInBulks(law, 40).map((x) => Math.round(x * 2 ** 50) / 2 ** 50);
  const values = density(law)(points);
  const exact = Array.from(points, (x) => Number(densityAt(law, exactly(x), 30)));
  const largest = Math.max(...exact);
  const error = Math.max(...exact.map((value, k) => Math.abs(values[k]! - value) / largest));
  if (!(error < 1e-13)) throw new Error(`${text}: the density errs by ${error} of its largest value`);
}

describe("density of a new law: preparation", () => {
  for (const text of texts) bench(text, () => void density(parseLaw(text)), few);
});

describe("density: 100 000 points", () => {
  for (const text of texts) {
    const law = parseLaw(text);
    const evaluate = density(law);
    const points = pointsInBulks(law, 100_000);
    bench(text, () => void evaluate(points), few);
  }
});

describe("densityAt: one point, 30 digits", () => {
  for (const text of texts) {
    const law = parseLaw(text);
    const [x] = pointsInBulks(law, 1);
    bench(text, () => void densityAt(law, exactly(x!), 30), few);
  }
});
