import { density, ensembles, type Law, moments, parseLaw, support } from "freecurve";
import { constantValue } from "freecurve/poly";
import { algebraicToNumber } from "freecurve/roots";
import { bench, describe } from "vitest";
import { rationalToNumber } from "../../src/rings/index.js";

// The time of an answer about a law that is new each time, since what is known about a law is kept with it. The result is checked
// once before anything is timed. Nothing here asserts a time.

const texts = [
  "semicircle(1) [+] mp(1/2)",
  "fussCatalan(2)",
  "compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]]) |> decompress(6)",
  "deformedWigner(1/4, [[-1, 1/2], [1, 1/2]])",
  "mp(1/2) [*] mp(1/4)",
];

const few = { time: 300, iterations: 3, warmupTime: 0, warmupIterations: 1 };

/** 1000 points that cover the bulks evenly. */
function pointsOf(law: Law): Float64Array {
  const { intervals } = support(law);
  const each = Math.floor(1000 / intervals.length);
  return Float64Array.from(
    intervals.flatMap(({ left, right }) => {
      const [a, b] = [algebraicToNumber(left), algebraicToNumber(right)];
      return Array.from({ length: each }, (_, k) => a + ((k + 0.5) / each) * (b - a));
    }),
  );
}

/** Throws when the mean by quadrature of the density is not the exact mean. */
function check(text: string): void {
  const law = parseLaw(text);
  const { intervals, atoms } = support(law);
  const evaluate = density(law);
  let mean = atoms.reduce((sum, { at, weight }) => sum + algebraicToNumber(at) * algebraicToNumber(weight), 0);
  for (const { left, right } of intervals) {
    const [a, b] = [algebraicToNumber(left), algebraicToNumber(right)];
    for (let k = 0; k < 4000; k++) {
      const t = (Math.PI * (k + 0.5)) / 4000;
      const x = (a + b) / 2 - ((b - a) / 2) * Math.cos(t);
      mean += (((b - a) * Math.PI) / 8000) * Math.sin(t) * x * evaluate(Float64Array.of(x))[0]!;
    }
  }
  const [exact] = moments(law, 1);
  const expected =
    rationalToNumber(constantValue(exact!.numerator)) / rationalToNumber(constantValue(exact!.denominator));
  if (!(Math.abs(mean - expected) < 1e-5 * (1 + Math.abs(expected)))) {
    throw new Error(`${text}: mean ${mean} by quadrature, ${expected} exactly`);
  }
}

for (const text of texts) check(text);

describe("support of a new law", () => {
  for (const text of texts) {
    bench(
      text,
      () => {
        support(parseLaw(text));
      },
      few,
    );
  }
});

describe("1000 density points of a new law", () => {
  for (const text of texts) {
    const x = pointsOf(parseLaw(text));
    bench(
      text,
      () => {
        density(parseLaw(text))(x);
      },
      few,
    );
  }
});

describe("1000 density points of a law that is known", () => {
  for (const text of texts) {
    const law = parseLaw(text);
    const [x, evaluate] = [pointsOf(law), density(law)];
    bench(
      text,
      () => {
        evaluate(x);
      },
      few,
    );
  }
});

describe("a flow with everything symbolic", () => {
  bench(
    "decompress(compoundFreePoisson(r, [[s, w], [t, 1 - w]]), tau)",
    () => {
      parseLaw("compoundFreePoisson(r, [[s, w], [t, 1 - w]]) |> decompress(tau)");
    },
    few,
  );
  bench(
    "mp(c) and its first ten moments",
    () => {
      moments(ensembles.mp("c"), 10);
    },
    few,
  );
});
