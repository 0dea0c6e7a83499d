import { moments, parseLaw, quantiles, statistic, stieltjes } from "freecurve";
import { bench, describe } from "vitest";

// Laws are new each time, except where values are evaluated. Results are checked first. Nothing here asserts a time.

const few = { time: 300, iterations: 3, warmupTime: 0, warmupIterations: 1 };

const means: readonly (readonly [string, string, number])[] = [
  // log 2 − 1
  ["mp(1/2)", "log(x)", Math.LN2 - 1],
  ["fussCatalan(2)", "log(x)", -2],
  ["semicircle(1)", "abs(x)", 8 / (3 * Math.PI)],
  // log(4/√3) [McKay 1983]
  ["kestenMcKay(3)", "log(3 - x)", Math.log(4 / Math.sqrt(3))],
  ["semicircle(1)", "1/(x^2 + 1)", (Math.sqrt(5) - 1) / 2],
];

for (const [law, f, truth] of means) {
  const { number } = statistic(parseLaw(law), f);
  if (!(Math.abs(number - truth) < 1e-13)) throw new Error(`${law}, ${f}: ${number} instead of ${truth}`);
}

describe("a statistic of a new law", () => {
  for (const [law, f] of means) bench(`${law}: ${f}`, () => void statistic(parseLaw(law), f), few);
});

describe("the same to 50 digits", () => {
  for (const [law, f] of means.filter(([law]) => !law.startsWith("fuss")).filter(([, f]) => f !== "abs(x)")) {
    bench(`${law}: ${f}`, () => void statistic(parseLaw(law), f, { digits: 50 }), few);
  }
});

describe("stieltjes: 10 000 points along a line", () => {
  for (const text of ["mp(1/2)", "fussCatalan(2)", "semicircle(1) [*] mp(1/2)"]) {
    const evaluate = stieltjes(parseLaw(text));
    const re = Float64Array.from({ length: 10_000 }, (_, k) => -3 + (10 * k) / 10_000);
    const im = new Float64Array(10_000).fill(0.01);
    bench(text, () => void evaluate(re, im), few);
  }
});

describe("quantiles and moments", () => {
  const law = parseLaw("semicircle(1) [*] mp(1/2)");
  bench("10 000 quantiles", () => void quantiles(law, 10_000), few);
  bench("500 moments of mp(1/2)", () => void moments(parseLaw("mp(1/2)"), 500), few);
});
