import { seededRandom } from "freecurve";
import {
  discriminant,
  discriminantParts,
  equals,
  fractions,
  type Polynomial,
  parsePolynomial,
  polynomialFromTerms,
  type RationalFunction,
  rationalFunction,
  resultant,
  substitute,
  substituteFractions,
  toText,
  variable,
} from "freecurve/poly";
import { bench, describe } from "vitest";
import { askPari } from "../peer.js";

// Discriminants of decompressed curves and resultants of free sums: the same question to PARI/GP in the same run. The answers are
// compared first; both times are processor times, so that other programs on the machine do not count.

const random = seededRandom(1);

/** A dense polynomial of the given degrees with integer coefficients of two digits. */
function densePolynomial(degreeZ: number, degreeM: number): Polynomial {
  const terms = [];
  for (let i = 0; i <= degreeZ; i++) {
    for (let j = 0; j <= degreeM; j++) {
      const c = random.integer(10, 99) * (random.integer(0, 1) === 0 ? 1 : -1);
      terms.push({ exponents: [j, i], coefficient: BigInt(c) });
    }
  }
  return polynomialFromTerms(["m", "z"], terms);
}

const fraction = (text: string): RationalFunction => {
  const [numerator, denominator] = text.split(" over ");
  return rationalFunction(parsePolynomial(numerator!), parsePolynomial(denominator ?? "1"));
};

/** The numerator of P(z + (1 − 1/tau)/m, tau m). */
function decompressed(p: Polynomial, tau: string): Polynomial {
  const t = fraction(tau);
  const m = fraction("m");
  const z = fractions.add(fraction("z"), fractions.div(fractions.sub(fractions.one, fractions.inv(t)), m));
  return substituteFractions(p, { z, m: fractions.mul(t, m) }).numerator;
}

interface Question {
  readonly name: string;
  readonly answer: () => Polynomial;
  /** The same for PARI/GP. */
  readonly theirs: string;
}

function discriminantQuestion(d: number, s: number, tau: string): Question {
  const p = decompressed(densePolynomial(d, s), tau);
  return {
    name: `disc_m of a dense (${d}, ${s}) curve decompressed by ${tau === "tau" ? "tau" : "3/2"}`,
    answer: () => discriminant(p, "m"),
    theirs: `poldisc(${toText(p)}, 'm)`,
  };
}

/** The elimination of a free sum: z1 from P1(z1, m) and the numerator of P2(z − z1 − 1/m, m). */
function sumQuestion(d: number, s: number): Question {
  const p = substitute(densePolynomial(d, s), { z: variable("x") });
  const z = fraction("z*m - x*m - 1 over m");
  const q = substituteFractions(densePolynomial(d, s), { z }).numerator;
  return {
    name: `eliminant of the free sum of dense (${d}, ${s}) curves`,
    answer: () => resultant(p, q, "x"),
    theirs: `polresultant(${toText(p)}, ${toText(q)}, 'x)`,
  };
}

const questions: readonly Question[] = [
  discriminantQuestion(2, 3, "tau"),
  discriminantQuestion(3, 4, "tau"),
  discriminantQuestion(4, 6, "tau"),
  discriminantQuestion(2, 3, "3 over 2"),
  discriminantQuestion(4, 6, "3 over 2"),
  sumQuestion(2, 3),
  sumQuestion(3, 4),
];

/** Processor milliseconds of one call: the least mean of a few rounds that last `span` milliseconds each. */
function milliseconds(run: () => unknown, span: number): number {
  // Warm by processor time as well: a busy machine compiles late.
  for (const start = process.cpuUsage(); process.cpuUsage(start).user < 3000 * span; ) run();
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3; round++) {
    const before = process.cpuUsage();
    const start = performance.now();
    let calls = 0;
    for (; calls === 0 || performance.now() - start < span; calls++) run();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1000 / calls);
  }
  return best;
}

/** PARI's answer and its processor milliseconds for one call by its own clock. */
function byPari(question: string): { readonly answer: Polynomial; readonly milliseconds: number } | undefined {
  const script = `
    default(parisizemax, 2*10^9);
    run() = ${question};
    print(run());
    best = 10^9; n = 1; until(t > 200, n = 2*n; gettime(); for(k = 1, n, run()); t = gettime());
    for(r = 1, 3, gettime(); for(k = 1, n, run()); t = gettime(); best = min(best, t/n));
    print(best * 1.);`;
  const stdout = askPari(script);
  if (stdout === undefined) return undefined;
  const [answer, time] = stdout.trim().split("\n");
  return { answer: parsePolynomial(answer!), milliseconds: Number(time!.replace(" ", "")) };
}

describe("resultants and discriminants", () => {
  for (const { name, answer, theirs } of questions) {
    const peer = byPari(theirs);
    if (peer !== undefined && !equals(answer(), peer.answer)) throw new Error(`${name}: differs from PARI/GP`);
    const mine = milliseconds(answer, 400);
    console.log(
      peer === undefined
        ? `${name}: ${mine.toFixed(3)} ms; PARI/GP is not installed, no ratio`
        : `${name}: ${mine.toFixed(3)} ms, PARI/GP ${peer.milliseconds.toFixed(3)} ms, ratio ${(mine / peer.milliseconds).toFixed(3)}`,
    );
    bench(
      name,
      () => {
        answer();
      },
      { time: 200, iterations: 3, warmupTime: 0, warmupIterations: 1 },
    );
  }
});

describe("growth with the degrees", () => {
  const rows = [
    [1, 2],
    [2, 2],
    [2, 4],
    [3, 3],
    [3, 6],
    [4, 4],
    [5, 5],
    [6, 6],
  ] as const;
  for (const tau of ["tau", "3 over 2"]) {
    for (const [d, s] of rows) {
      const p = decompressed(densePolynomial(d, s), tau);
      const { rest } = discriminantParts(p, "m");
      const bits = Math.max(...rest.terms.map((t) => t.coefficient.toString(2).length));
      const time = milliseconds(() => discriminantParts(p, "m"), 100);
      console.log(
        `edge polynomial of a dense (${d}, ${s}) curve, ${tau === "tau" ? "tau symbolic" : "tau = 3/2"}: ${rest.terms.length} terms of up to ${bits} bits, ${time.toFixed(2)} ms`,
      );
    }
  }
});
