import { toNumber } from "freecurve/ball";
import { type ComplexRoot, complexRoots } from "freecurve/roots";
import { bench, describe } from "vitest";
import { askPari } from "../peer.js";

// All complex roots of random integer polynomials, by `polroots` of PARI/GP, timed by its own clock in the same run, and here. Both
// answers are compared first. Their precision is a number of words, ours is proved: the radius of each ball is below 10^-digits.

const cases = [
  { degree: 40, digits: 50 },
  { degree: 40, digits: 200 },
  { degree: 10, digits: 50 },
  { degree: 20, digits: 50 },
  { degree: 80, digits: 50 },
  { degree: 160, digits: 50 },
] as const;

interface Peer {
  readonly coefficients: readonly bigint[];
  readonly roots: readonly (readonly [number, number])[];
  readonly milliseconds: number;
}

function byPari(degree: number, digits: number): Peer | undefined {
  const rounds = Math.max(3, Math.ceil(2000 / degree ** 1.6));
  const script = `
    default(realprecision, ${digits}); setrand(${degree});
    P = Pol(vector(${degree + 1}, k, random(2001) - 1000));
    polroots(P); t = getwalltime(); for (k = 1, ${rounds}, r = polroots(P));
    print((getwalltime() - t)*1. / ${rounds}); print(Vecrev(P));
    for (k = 1, #r, print(strprintf("%.17g;%.17g", real(r[k]), imag(r[k]))));`;
  const stdout = askPari(script);
  if (stdout === undefined) return undefined;
  const [time, list, ...roots] = stdout.trim().split("\n");
  return {
    coefficients: list!.match(/-?\d+/g)!.map(BigInt),
    roots: roots.map((line) => {
      const [re, im] = line.split(";").map((x) => Number(x.replaceAll(" ", "")));
      return [re!, im!];
    }),
    milliseconds: Number(time),
  };
}

function agree(mine: readonly ComplexRoot[], theirs: Peer["roots"]): boolean {
  const near = ([re, im]: readonly [number, number]): boolean =>
    mine.some(({ ball }) => Math.hypot(toNumber(ball.re) - re, toNumber(ball.im) - im) < 1e-13 * Math.hypot(re, im));
  return mine.length === theirs.length && theirs.every(near);
}

describe("complex roots", () => {
  for (const { degree, digits } of cases) {
    const peer = byPari(degree, digits);
    const name = `degree ${degree}, ${digits} digits`;
    if (peer === undefined) {
      console.log(`${name}: PARI/GP is not installed, no ratio`);
      continue;
    }
    const { coefficients } = peer;
    if (!agree(complexRoots(coefficients, { digits }), peer.roots))
      throw new Error(`${name}: PARI/GP finds other roots`);
    const rounds = 10;
    for (let k = 0; k < 3; k++) complexRoots(coefficients, { digits });
    const start = performance.now();
    for (let k = 0; k < rounds; k++) complexRoots(coefficients, { digits });
    const mine = (performance.now() - start) / rounds;
    console.log(
      `${name}: ${mine.toFixed(2)} ms, PARI/GP ${peer.milliseconds.toFixed(2)} ms, ratio ${(mine / peer.milliseconds).toFixed(2)}`,
    );
    bench(
      name,
      () => {
        complexRoots(coefficients, { digits });
      },
      { time: 300, iterations: 3, warmupTime: 0, warmupIterations: 1 },
    );
  }
});
