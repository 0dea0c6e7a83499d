import {
  add,
  constant,
  discriminant,
  factor,
  fromIntegerPoly,
  gcd,
  type IntegerPoly,
  integerPoly,
  multiply,
  type Polynomial,
  parsePolynomial,
  power,
  primitive,
  productOf,
  resultant,
  substitute,
  toText,
  variable,
} from "freecurve/poly";
import { bench, describe } from "vitest";
import { seededRandom } from "../../../src/core/index.js";
import { askPari, medianTime } from "../peer.js";

// Factorisations that the laws lead to, and the classical traps, beside `factor` of PARI/GP on the same polynomial in the same run,
// timed by its own clock and stopped by its alarm() after 10 seconds. The factors are multiplied, and compared with those
// of PARI where it ended, before anything is timed. Times are the median of rounds after a warm-up. Nothing here asserts a time.

const alarmSeconds = 10;
const random = seededRandom(7);

/** A dense polynomial with random coefficients of two digits. */
function dense(z: string, degreeZ: number, m: string, degreeM: number): Polynomial {
  let sum = constant(0);
  for (let i = 0; i <= degreeZ; i++) {
    for (let j = 0; j <= degreeM; j++) {
      const c = (random.integer(0, 1) === 0 ? -1 : 1) * random.integer(10, 99);
      sum = add(sum, multiply(constant(c), multiply(power(variable(z), i), power(variable(m), j))));
    }
  }
  return sum;
}

/** m^d·p(zNew/m, mNew) for the numerators of what is put for z. */
function composed(p: Polynomial, z: string, d: number, zNew: string, mNew: string, clear: string): Polynomial {
  let sum = constant(0);
  for (let i = 0; i <= d; i++) {
    const row = p.terms.filter((t) => t.exponents[p.variables.indexOf(z)] === i);
    const coefficient = row.reduce((s, t) => {
      const j = t.exponents[p.variables.indexOf("m")]!;
      return add(s, multiply(constant(t.coefficient), power(parsePolynomial(mNew), j)));
    }, constant(0));
    const parts = [power(parsePolynomial(zNew), i), power(parsePolynomial(clear), d - i), coefficient];
    sum = add(sum, productOf(parts));
  }
  return sum;
}

/** The discriminant in m of the free decompression of a dense curve, tau being a symbol. */
function flowDiscriminant(d: number, s: number): Polynomial {
  const p = dense("z", d, "m", s);
  return discriminant(composed(p, "z", d, "tau*m*z + tau - 1", "tau*m", "tau*m"), "m");
}

/** The eliminant of the free sum of two dense curves. */
function freeSumResultant(d: number, s: number, same: boolean): Polynomial {
  const [p, q] = [dense("z", d, "m", s), dense("z", d, "m", s)];
  const shifted = composed(same ? p : q, "z", d, "m*z - m*w - 1", "m", "m");
  return resultant(substitute(p, { z: variable("w") }), shifted, "w");
}

/** The polynomial with the roots ±√p_1 ± … ± √p_n. */
function swinnertonDyer(primes: readonly bigint[]): IntegerPoly {
  const Z = integerPoly;
  let f: IntegerPoly = [0n, 1n];
  for (const p of primes) {
    let [even, odd, a, b]: IntegerPoly[] = [[], [], [1n], []];
    for (const c of f) {
      [even, odd] = [Z.add(even!, Z.scale(a!, c)), Z.add(odd!, Z.scale(b!, c))];
      [a, b] = [Z.add(Z.mul(a!, [0n, 1n]), Z.scale(b!, p)), Z.add(Z.mul(b!, [0n, 1n]), a!)];
    }
    f = Z.sub(Z.mul(even!, even!), Z.scale(Z.mul(odd!, odd!), p));
  }
  return f;
}

const univariate = (degree: number, size: number): Polynomial =>
  fromIntegerPoly(
    Array.from({ length: degree + 1 }, () => BigInt(random.integer(-size, size) * 2 + 1)),
    "x",
  );
const halves = (degree: number): Polynomial => multiply(univariate(degree / 2, 1000), univariate(degree / 2, 1000));

const cases: readonly (readonly [string, () => Polynomial])[] = [
  ["discriminant of the flow, (2,3)", () => flowDiscriminant(2, 3)],
  ["discriminant of the flow, (3,4)", () => flowDiscriminant(3, 4)],
  ["discriminant of the flow, (4,6) [target 100 ms]", () => flowDiscriminant(4, 6)],
  ["resultant of the free sum, (2,3) and (2,3)", () => freeSumResultant(2, 3, false)],
  ["resultant of the free sum, (3,4) and (3,4) [target 50 ms]", () => freeSumResultant(3, 4, false)],
  ["resultant of the free sum, (2,3) with itself", () => freeSumResultant(2, 3, true)],
  ["product of two, degree 20", () => halves(20)],
  ["product of two, degree 50", () => halves(50)],
  ["product of two, degree 100", () => halves(100)],
  ["irreducible, degree 100", () => univariate(100, 1000)],
  ["x^105 - 1", () => parsePolynomial("x^105 - 1")],
  ["x^360 - 1", () => parsePolynomial("x^360 - 1")],
  ["Swinnerton-Dyer, degree 16", () => fromIntegerPoly(swinnertonDyer([2n, 3n, 5n, 7n]), "x")],
  ["Swinnerton-Dyer, degree 32", () => fromIntegerPoly(swinnertonDyer([2n, 3n, 5n, 7n, 11n]), "x")],
  ["Swinnerton-Dyer, degree 64", () => fromIntegerPoly(swinnertonDyer([2n, 3n, 5n, 7n, 11n, 13n]), "x")],
  ["eight lines", () => parsePolynomial("(x+y+1)*(x-y+2)*(2*x+y-3)*(x+3*y+4)*(5*x-y-1)*(x+7*y)*(x-2*y+9)*(3*x+2*y-8)")],
  [
    "three factors in four variables",
    () => parsePolynomial("(a^2*b^2 + c^3*d^2 - 7*d + 1)*(a^3*c + b*c*d - 5)*(a*b*c*d + 2)"),
  ],
];

/** PARI's time in milliseconds and its factors; "late" when the alarm rang; undefined when gp is not installed. */
function byPari(p: Polynomial): { milliseconds: number; factors: string[] } | "late" | undefined {
  const script = `
    P = ${toText(p)};
    M = iferr(alarm(${alarmSeconds}, factor(P)), E, 0);
    if (M === 0 || type(M) == "t_ERROR", print("late"),
      alarm(0); t = getwalltime(); n = 0; until(getwalltime() - t > 300, M = factor(P); n++);
      print((getwalltime() - t)*1. / n);
      for (i = 1, #M~, if (poldegree(M[i,1]), print(M[i,1], " ^ ", M[i,2]))));`.replaceAll("\n", " ");
  const stdout = askPari(script);
  if (stdout === undefined) return undefined;
  const [time, ...lines] = stdout.trim().split("\n");
  if (time === "late" || lines.length === 0) return "late";
  const factors = lines.map((line) => {
    const [text, multiplicity] = line.split(" ^ ");
    return `${toText(primitive(parsePolynomial(text!)))} ^ ${multiplicity}`;
  });
  return { milliseconds: Number(time), factors };
}

function check(name: string, p: Polynomial, peer: ReturnType<typeof byPari>): void {
  const { unit, factors } = factor(p);
  const product = productOf([constant(unit), ...factors.map((f) => power(f.factor, f.multiplicity))]);
  if (toText(product) !== toText(p)) throw new Error(`${name}: the factors do not multiply to the polynomial`);
  if (peer === undefined || peer === "late") return;
  const mine = factors.map((f) => `${toText(f.factor)} ^ ${f.multiplicity}`).sort();
  if (mine.join() !== peer.factors.sort().join()) throw new Error(`${name}: PARI/GP finds other factors`);
}

const few = { time: 200, iterations: 3, warmupTime: 0, warmupIterations: 1 };

describe("irreducible factors", () => {
  for (const [name, make] of cases) {
    const p = make();
    const peer = byPari(p);
    check(name, p, peer);
    const mine = medianTime(() => factor(p));
    const beside =
      peer === undefined
        ? "PARI/GP is not installed, no ratio"
        : peer === "late"
          ? `PARI/GP stopped after ${alarmSeconds} s, ratio below ${(mine / (1000 * alarmSeconds)).toFixed(4)}`
          : `PARI/GP ${peer.milliseconds.toFixed(2)} ms, ratio ${(mine / peer.milliseconds).toFixed(2)}`;
    console.log(`${name}: ${p.terms.length} terms, ${mine.toFixed(2)} ms, ${beside}`);
    bench(name, () => void factor(p), few);
  }
});

describe("greatest common divisors", () => {
  const long = (k: bigint): string => (k ** 80n).toString();
  const g = parsePolynomial(`${long(331n)}*c*m^3*z^2 + ${long(7919n)}*m*z - ${long(1847n)}*c^2 + m^4 - z`);
  const pairs: readonly (readonly [string, Polynomial, Polynomial])[] = [
    [
      "coefficients of 200 digits",
      power(parsePolynomial("m^2*z + 31*c + m + 1"), 3),
      parsePolynomial("c*m^3 - 57*z^2 + 3"),
    ],
    ["many terms", power(parsePolynomial("m + z + c + 1"), 6), power(parsePolynomial("m - z + 2*c - 1"), 6)],
  ];
  for (const [name, a, b] of pairs) {
    const [p, q] = [multiply(a, g), multiply(b, g)];
    if (toText(gcd(p, q)) !== toText(primitive(g))) throw new Error(`${name}: another common divisor`);
    console.log(
      `gcd, ${name}: ${p.terms.length} and ${q.terms.length} terms, ${medianTime(() => gcd(p, q)).toFixed(2)} ms`,
    );
    bench(name, () => void gcd(p, q), few);
  }
});
