import { type IntegerPoly, integerPoly } from "freecurve/poly";
import { algebraicField, algebraicRoots, realRootDecimals } from "freecurve/roots";
import { bench, describe } from "vitest";
import { seededRandom } from "../../../src/core/index.js";
import { askPari, medianTime } from "../peer.js";

// Real roots to 38 digits, isolation included, beside `polrootsreal` of PARI/GP at a precision of 38 digits on the same polynomial in
// the same run, timed by its own clock and stopped by its alarm() after 10 seconds. The roots are compared before anything is
// timed. The first figure is the first call with this polynomial, the second the median of rounds. Nothing here asserts a time.

const digits = 38;
const alarmSeconds = 10;
const Z = integerPoly;
const random = seededRandom(11);

function randomPolynomial(degree: number, size: number): IntegerPoly {
  const draw = (): bigint => {
    let text = "";
    for (let k = 0; k < size; k += 6) text += String(random.integer(100_000, 999_999));
    const value = BigInt(text.slice(0, size));
    return random.integer(0, 1) === 0 ? value : -value;
  };
  return Array.from({ length: degree + 1 }, draw);
}

function chebyshev(n: number): IntegerPoly {
  let [previous, current]: [IntegerPoly, IntegerPoly] = [[1n], [0n, 1n]];
  for (let k = 2; k <= n; k++) [previous, current] = [current, Z.sub(Z.mul([0n, 2n], current), previous)];
  return current;
}

/** A multiple of Legendre's polynomial by (k + 1) P_(k+1) = (2k + 1) x P_k − k P_(k−1). */
function legendre(n: number): IntegerPoly {
  let [previous, current]: [IntegerPoly, IntegerPoly] = [[1n], [0n, 1n]];
  // current stands for k! P_k.
  for (let k = 1n; k < BigInt(n); k++) {
    [previous, current] = [current, Z.sub(Z.mul([0n, 2n * k + 1n], current), Z.scale(previous, k * k))];
  }
  return Z.primitive(current);
}

function wilkinson(n: number): IntegerPoly {
  return Array.from({ length: n }, (_, k): IntegerPoly => [-BigInt(k + 1), 1n]).reduce((p, q) => Z.mul(p, q), [1n]);
}

/** x^n − 2(a x − 1)^2, with two roots extremely close to 1/a. */
function mignotte(n: number, a: bigint): IntegerPoly {
  return Z.sub([...new Array<bigint>(n).fill(0n), 1n], Z.scale(Z.pow([-1n, a], 2), 2n));
}

const cases: readonly (readonly [string, IntegerPoly])[] = [
  ["warm-up", randomPolynomial(40, 50)],
  ["random, degree 60, 100 digits [target ratio 1.5]", randomPolynomial(60, 100)],
  ["random, degree 60, 100 digits, another", randomPolynomial(60, 100)],
  ["random, degree 60, 1000 digits", randomPolynomial(60, 1000)],
  ["random, degree 120, 100 digits", randomPolynomial(120, 100)],
  ["random, degree 240, 100 digits", randomPolynomial(240, 100)],
  ["random, degree 480, 100 digits", randomPolynomial(480, 100)],
  ["random, degree 200, 1000 digits", randomPolynomial(200, 1000)],
  ["Chebyshev, degree 60", chebyshev(60)],
  ["Chebyshev, degree 128", chebyshev(128)],
  ["Legendre, degree 60", legendre(60)],
  ["Wilkinson, degree 60", wilkinson(60)],
  ["Mignotte, degree 20, 10^3", mignotte(20, 1000n)],
  ["Mignotte, degree 60, 10^5", mignotte(60, 100_000n)],
];

function byPari(p: IntegerPoly): { milliseconds: number; roots: number[] } | "late" | undefined {
  const script = `
    default(realprecision, ${digits}); P = Polrev([${p.join(",")}]);
    r = iferr(alarm(${alarmSeconds}, polrootsreal(P)), E, 0);
    if (r === 0 || type(r) == "t_ERROR", print("late"),
      alarm(0); t = getwalltime(); n = 0; until(getwalltime() - t > 300, polrootsreal(P); n++);
      print((getwalltime() - t)*1. / n); for (k = 1, #r, print(r[k])));`.replaceAll("\n", " ");
  const stdout = askPari(script);
  if (stdout === undefined) return undefined;
  const [time, ...lines] = stdout.trim().split("\n");
  if (time === "late") return "late";
  return { milliseconds: Number(time), roots: lines.map((line) => Number(line.replace(" ", ""))) };
}

function compare(name: string, found: readonly string[], peer: readonly number[]): void {
  const agree =
    found.length === peer.length && found.every((x, k) => Math.abs(Number(x) - peer[k]!) <= 1e-13 * Math.abs(peer[k]!));
  if (!agree) throw new Error(`${name}: ${found.length} roots here, ${peer.length} by PARI/GP, or other values`);
}

const few = { time: 200, iterations: 3, warmupTime: 0, warmupIterations: 1 };

describe("real roots to 38 digits", () => {
  for (const [name, p] of cases) {
    const start = performance.now();
    const found = realRootDecimals(p, digits);
    const first = performance.now() - start;
    const peer = byPari(p);
    if (peer !== undefined && peer !== "late") compare(name, found, peer.roots);
    const mine = medianTime(() => realRootDecimals(p, digits));
    const beside =
      peer === undefined
        ? "PARI/GP is not installed, no ratio"
        : peer === "late"
          ? `PARI/GP stopped after ${alarmSeconds} s, ratio below ${(mine / (1000 * alarmSeconds)).toFixed(4)}`
          : `PARI/GP ${peer.milliseconds.toFixed(2)} ms, ratio ${(mine / peer.milliseconds).toFixed(2)}`;
    console.log(`${name}: ${found.length} roots, first ${first.toFixed(2)} ms, then ${mine.toFixed(2)} ms, ${beside}`);
    bench(name, () => void realRootDecimals(p, digits), few);
  }
});

describe("arithmetic of algebraic numbers", () => {
  const reals = algebraicField();
  for (const [m, n] of [
    [2, 3],
    [4, 5],
    [6, 7],
  ] as const) {
    const a = algebraicRoots([...new Array<bigint>(m).fill(-1n), 3n]).at(-1)!;
    const b = algebraicRoots([-2n, ...new Array<bigint>(n - 1).fill(1n), 1n]).at(-1)!;
    if (m * n < 10 && !reals.equals(reals.sub(reals.add(a, b), b), a))
      throw new Error("a sum and a difference do not cancel");
    const sum = medianTime(() => reals.add(a, b));
    const product = medianTime(() => reals.mul(a, b));
    console.log(`degrees ${m} and ${n}: sum ${sum.toFixed(2)} ms, product ${product.toFixed(2)} ms`);
    bench(`degrees ${m} and ${n}`, () => void reals.add(a, b), few);
  }
});
