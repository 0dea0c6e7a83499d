import { hankelDeterminants, jacobiCoefficients, moments, parseLaw } from "freecurve";
import { fractionConstant, type RationalFunction } from "freecurve/poly";
import { bench, describe } from "vitest";
import { askPari, medianTime } from "../peer.js";

// Exact moments from the recurrence of the curve, its derivation included (the law is new each time, since what is known about a law
// is kept with it), beside the series solution of the same equation by Newton's iteration in PARI/GP, timed by its own clock in the
// same run. All moments are compared before anything is timed. Nothing here asserts a time.

interface Case {
  readonly law: string;
  readonly count: number;
  /** A PARI expression for the series 1 + mu_1 x + … to the precision n + 1 in x; undefined where that takes too long. */
  readonly pari?: string;
}

const newton = (equation: string, slope: string): string =>
  `my(y = 1 + O(x), k = 1); while (k < n + 1, k = min(2*k, n + 1); y = truncate(y) + O(x^k); y -= (${equation})/(${slope})); y`;

const cases: readonly Case[] = [
  { law: "fussCatalan(2)", count: 500, pari: newton("x*y^3 - y + 1", "3*x*y^2 - 1") },
  { law: "fussCatalan(2)", count: 2000, pari: newton("x*y^3 - y + 1", "3*x*y^2 - 1") },
  { law: "fussCatalan(2)", count: 10_000 },
  { law: "mp(1/2)", count: 500, pari: newton("x/2*y^2 - (1 - x/2)*y + 1", "x*y - (1 - x/2)") },
  { law: "mp(1/2)", count: 3000 },
  { law: "silverstein(1/2, [[1, 1/2], [3, 1/2]])", count: 1000 },
  { law: "mp(1/2) [*] mp(1/4)", count: 1000 },
];

/** The texts of the moments, denominators and all. */
function textsOf(values: readonly RationalFunction[]): readonly string[] {
  return values.map((value) => {
    const { num, den } = fractionConstant(value);
    return den === 1n ? String(num) : `${num}/${den}`;
  });
}

function byPari(expression: string, n: number): { milliseconds: number; moments: readonly string[] } | undefined {
  const stdout = askPari(`
    f(n) = {${expression}};
    f(10); t = getwalltime(); r = f(${n}); print(getwalltime() - t);
    print(vector(${n}, k, polcoef(r, k)));`);
  if (stdout === undefined) return undefined;
  const [time, list] = stdout.trim().split("\n");
  return { milliseconds: Number(time), moments: list!.replaceAll(/[[\] ]/g, "").split(",") };
}

const few = { time: 300, iterations: 2, warmupTime: 0, warmupIterations: 1 };

describe("moments", () => {
  for (const { law, count, pari } of cases) {
    const name = `${count} moments of ${law}`;
    const values = textsOf(moments(parseLaw(law), count));
    const peer = pari === undefined ? undefined : byPari(pari, count);
    if (peer?.moments.some((mu, k) => mu !== values[k])) throw new Error(`${name}: PARI/GP differs`);
    const mine = medianTime(() => moments(parseLaw(law), count));
    console.log(
      peer === undefined
        ? `${name}: ${mine.toFixed(0)} ms`
        : `${name}: ${mine.toFixed(0)} ms, PARI/GP ${peer.milliseconds} ms, ratio ${(mine / peer.milliseconds).toFixed(3)}`,
    );
    bench(name, () => void moments(parseLaw(law), count), few);
  }
  bench("60 moments of mp(c)", () => void moments(parseLaw("mp(c)"), 60), few);
  bench("20 moments of mp(a) [*] mp(b)", () => void moments(parseLaw("mp(a) [*] mp(b)"), 20), few);
});

describe("determinants of moments", () => {
  bench("40 Jacobi coefficients of fussCatalan(2)", () => void jacobiCoefficients(parseLaw("fussCatalan(2)"), 40), few);
  bench("40 Hankel determinants of fussCatalan(2)", () => void hankelDeterminants(parseLaw("fussCatalan(2)"), 40), few);
  bench("8 Jacobi coefficients of mp(c)", () => void jacobiCoefficients(parseLaw("mp(c)"), 8), few);
});
