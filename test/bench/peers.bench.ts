import { parseLaw } from "freecurve";
import { discriminant, type Polynomial, toText } from "freecurve/poly";
import { algebraicToDecimal, realRoots } from "freecurve/roots";
import { bench, describe } from "vitest";
import { askPari } from "./peer.js";

// The same question to PARI/GP, timed by its own clock in the same run, and the ratio of the two. Both answers are compared first.

const rounds = 20;
/** PARI/GP tells whole milliseconds. */
const theirRounds = 1000;
const digits = 28;

const curves: readonly (readonly [string, Polynomial])[] = [
  "compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]]) |> decompress(6)",
  "mp(1/2) [*] mp(1/4)",
  "deformedWigner(1/4, [[0, 1/3], [1, 2/3]]) |> decompress(1/2)",
  "silverstein(1/2, [[1, 1/4], [2, 1/4], [3, 1/4], [5, 1/4]])",
  "compoundFreePoisson(1, [[1, 1/4], [2, 1/4], [-3, 1/4], [5, 1/4]]) |> decompress(3)",
].map((text) => [text, parseLaw(text).curve] as const);

/** The real roots of disc_m(P), each once, as decimals. */
function ours(curve: Polynomial): string[] {
  return realRoots(discriminant(curve, "m")).map(({ root }) => algebraicToDecimal(root, digits));
}

function theirs(curve: Polynomial): { readonly roots: number[]; readonly milliseconds: number } | undefined {
  const output = askPari(`
    default(realprecision, 38);
    P = ${toText(curve)};
    edges() = { my(d = poldisc(P, 'm)); d = d / gcd(d, deriv(d, 'z)); polrootsreal(d) };
    edges(); t = getwalltime(); for (k = 1, ${theirRounds}, edges());
    print(getwalltime() - t); print(edges());`);
  if (output === undefined) return undefined;
  const [time, roots] = output.trim().split("\n");
  return {
    milliseconds: Number(time) / theirRounds,
    roots: (roots!.match(/-?\d+\.\d+(?: ?E-?\d+)?|\b0\b/g) ?? []).map((x) => Number(x.replace(" ", ""))),
  };
}

describe("real roots of a discriminant", () => {
  for (const [text, curve] of curves) {
    const peer = theirs(curve);
    const found = ours(curve);
    if (peer === undefined) console.log(`${text}: PARI/GP is not installed, no ratio`);
    else {
      const agree =
        found.length === peer.roots.length &&
        found.every((x, k) => Math.abs(Number(x) - peer.roots[k]!) < 1e-12 * (1 + Math.abs(Number(x))));
      if (!agree) throw new Error(`${text}: ${found.join(" ")} here, ${peer.roots.join(" ")} by PARI/GP`);
      const start = performance.now();
      for (let k = 0; k < rounds; k++) ours(curve);
      const mine = (performance.now() - start) / rounds;
      console.log(
        `${text}: ${found.length} real roots to ${digits} digits in ${mine.toFixed(2)} ms, PARI/GP ${peer.milliseconds.toFixed(2)} ms, ratio ${(mine / Math.max(peer.milliseconds, 1 / theirRounds)).toFixed(1)}`,
      );
    }
    bench(
      text,
      () => {
        ours(curve);
      },
      { time: 300, iterations: 3, warmupTime: 0, warmupIterations: 1 },
    );
  }
});
