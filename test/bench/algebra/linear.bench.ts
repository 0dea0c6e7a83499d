import { bench, describe } from "vitest";
import { seededRandom } from "../../../src/core/index.js";
import { determinant, determinantByBareiss, determinantByRemainders, solve } from "../../../src/linear/index.js";
import { ZZ } from "../../../src/rings/index.js";
import { askPari, medianTime } from "../peer.js";

// Determinants and linear systems over ZZ beside `matdet` and `matsolve` of PARI/GP on the same matrix in the same run, timed by its
// own clock. The answers are compared before anything is timed. Times are medians after a warm-up. Nothing here asserts a time.

const random = seededRandom(3);

function matrix(n: number, digits: number): bigint[][] {
  const draw = (): bigint => {
    let text = "";
    for (let k = 0; k < digits; k += 6) text += String(random.integer(100_000, 999_999));
    const value = BigInt(text.slice(0, digits));
    return random.integer(0, 1) === 0 ? value : -value;
  };
  return Array.from({ length: n }, () => Array.from({ length: n }, draw));
}

function byPari(
  a: readonly (readonly bigint[])[],
  question: string,
): { milliseconds: number; answer: string } | undefined {
  const rows = `[${a.map((row) => row.join(",")).join(";")}]`;
  const script = `A = ${rows}; b = vectorv(#A, k, k);
    r = ${question}; t = getwalltime(); n = 0; until(getwalltime() - t > 300, ${question}; n++);
    print((getwalltime() - t)*1. / n); print(r);`.replaceAll("\n", " ");
  const stdout = askPari(script);
  if (stdout === undefined) return undefined;
  const [time, answer] = stdout.trim().split("\n");
  return { milliseconds: Number(time), answer: answer!.replaceAll(" ", "") };
}

function report(name: string, mine: number, peer: { milliseconds: number } | undefined): void {
  const beside =
    peer === undefined
      ? "PARI/GP is not installed, no ratio"
      : `PARI/GP ${peer.milliseconds.toFixed(2)} ms, ratio ${(mine / peer.milliseconds).toFixed(2)}`;
  console.log(`${name}: ${mine.toFixed(2)} ms, ${beside}`);
}

const few = { time: 200, iterations: 3, warmupTime: 0, warmupIterations: 1 };
const sizes: readonly (readonly [number, number])[] = [
  [5, 10],
  [10, 10],
  [20, 10],
  [50, 10],
  [100, 10],
  [20, 100],
  [50, 100],
];

describe("determinant over ZZ", () => {
  for (const [n, digits] of sizes) {
    const a = matrix(n, digits);
    const name = `determinant, order ${n}, ${digits} digits`;
    const peer = byPari(a, "matdet(A)");
    const value = determinant(a);
    if (peer !== undefined && peer.answer !== String(value)) throw new Error(`${name}: PARI/GP finds ${peer.answer}`);
    if (n <= 20 && (determinantByBareiss(ZZ, a) !== value || determinantByRemainders(a) !== value)) {
      throw new Error(`${name}: the algorithms differ`);
    }
    report(
      name,
      medianTime(() => determinant(a)),
      peer,
    );
    bench(name, () => void determinant(a), few);
  }
});

describe("linear systems over ZZ", () => {
  for (const [n, digits] of sizes) {
    const a = matrix(n, digits);
    const right = a.map((_, k) => BigInt(k + 1));
    const name = `system, order ${n}, ${digits} digits`;
    const { numerators, denominator } = solve(a, right)!;
    const holds = a.every(
      (row, i) => row.reduce((sum, c, j) => sum + c * numerators[j]!, 0n) === right[i]! * denominator,
    );
    if (!holds) throw new Error(`${name}: the solution does not satisfy the system`);
    report(
      name,
      medianTime(() => solve(a, right)),
      byPari(a, "matsolve(A, b)"),
    );
    bench(name, () => void solve(a, right), few);
  }
});
