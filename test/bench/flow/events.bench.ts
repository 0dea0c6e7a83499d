import { criticalTimes, edgePolynomial, events, type Law, lawFromCurve, parseLaw } from "freecurve";
import {
  add,
  coefficients,
  constant,
  contentIn,
  derivative,
  discriminant,
  divideExact,
  factor,
  isConstant,
  multiply,
  negate,
  type Polynomial,
  power,
  resultant,
  squareFree,
  substitute,
  subtract,
  toText,
  totalDegree,
  variable,
} from "freecurve/poly";
import { bench, describe } from "vitest";
import { seededRandom } from "../../../src/core/index.js";
import { rational } from "../../../src/rings/index.js";

// Edge polynomials, critical times and events of laws that are new each time, and of dense random curves: how the time grows with the
// degrees. Everything is checked before it is timed; nothing asserts a time.

const few = { time: 200, iterations: 2, warmupTime: 0, warmupIterations: 1 };

const laws = [
  "mp(1/50)",
  "compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]])",
  "freeLevy(0, 4/25, 1/10, [[2, 3/4], [11/2, 1/4]])",
  "deformedWigner(1/4, [[-1, 1/2], [1, 1/2]])",
  "kestenMcKay(4) [+] mp(1/2)",
  "silverstein(1/2, [[1, 1/2], [3, 1/4], [10, 1/4]])",
];

const degrees = [
  [1, 2],
  [2, 2],
  [2, 3],
  [3, 3],
  [3, 4],
  [4, 4],
  [4, 6],
] as const;

/** All monomials z^i m^j with i ≤ d and j ≤ s. */
function dense(d: number, s: number): Law {
  const random = seededRandom(100 * d + s);
  const terms: string[] = [];
  for (let i = 0; i <= d; i++) {
    for (let j = 0; j <= s; j++)
      terms.push(`(${random.integer(-9, 9) || 1})*z^${i}*m^${j}`.replaceAll(/\*[zm]\^0/g, ""));
  }
  return lawFromCurve(terms.join(" + "));
}

/** All monomials z^i m^j with i ≤ j, i ≤ d and j ≤ s, with a branch −1/z at infinity. */
function massive(d: number, s: number, seed: number): Law {
  const random = seededRandom(seed);
  const terms: string[] = [];
  let mass = 0;
  for (let i = 0; i <= d; i++) {
    for (let j = i; j <= s; j++) {
      let c = random.integer(-9, 9) || 1;
      if (i === j && i < d) mass += (j % 2 === 0 ? 1 : -1) * c;
      if (i === j && i === d) c = (d % 2 === 0 ? -1 : 1) * mass;
      if (c === 0) return massive(d, s, seed + 1);
      terms.push(`(${c})*z^${i}*m^${j}`.replaceAll(/\*[zm]\^0/g, ""));
    }
  }
  return lawFromCurve(terms.join(" + "));
}

/** A new value, so that nothing is remembered of it. */
const fresh = (law: Law): Law => ({ ...law, curve: { ...law.curve } });

/**
 * The second way, for curves a(y) + b(y) zeta: the tangents are z = zeta + y zeta', tau = 1 − y² zeta', and y is eliminated. Its
 * resultant has factors that are no edges.
 */
function byTangents(law: Law): Polynomial {
  const [a, b] = coefficients(law.curve, "z") as [Polynomial, Polynomial];
  const y = variable("m");
  const slope = subtract(multiply(a, derivative(b, "m")), multiply(derivative(a, "m"), b));
  const place = add(multiply(variable("z"), power(b, 2)), subtract(multiply(a, b), multiply(y, slope)));
  const time = add(multiply(subtract(variable("tau"), constant(1)), power(b, 2)), multiply(power(y, 2), slope));
  const [p, q] = [place, time].map((f) => {
    const content = contentIn(f, ["z", "tau"]);
    return isConstant(content) ? f : divideExact(f, content)!;
  }) as [Polynomial, Polynomial];
  return resultant(p, q, "m");
}

/** Throws unless the zeros of E at a rational tau are those of the simple part of the discriminant of the curve decompressed by it. */
function check(law: Law): void {
  const { dual } = edgePolynomial(law);
  const tau = rational(7, 5);
  const n = coefficients(law.curve, "z").length - 1;
  const sheared = coefficients(law.curve, "z")
    .map((row, i) =>
      multiply(
        row,
        multiply(
          power(add(multiply(variable("z"), variable("m")), constant(rational(2, 5))), i),
          power(variable("m"), n - i),
        ),
      ),
    )
    .reduce(add);
  const simple = squareFree(discriminant(sheared, "m")).find((part) => part.multiplicity === 1)!.factor;
  const found = substitute(dual, { tau: constant(tau) });
  const ratio = divideExact(found, simple);
  if (ratio === undefined || !isConstant(ratio))
    throw new Error(`the edge polynomial of ${toText(law.curve)} is wrong`);
}

for (const text of laws.slice(0, 3)) {
  const law = parseLaw(text);
  check(law);
  const factors = factor(byTangents(law)).factors.map((part) => toText(part.factor));
  const { dual } = edgePolynomial(law);
  if (![dual, negate(dual)].some((p) => factors.includes(toText(p)))) throw new Error(`two ways differ for ${text}`);
}

const curves = degrees.map(([d, s]) => ({ name: `dense (${d}, ${s})`, law: dense(d, s), d, s }));

{
  const rows = curves.map(({ name, law, d, s }) => {
    const start = performance.now();
    const { dual } = edgePolynomial(fresh(law));
    const edge = performance.now() - start;
    if (totalDegree(dual) !== 2 * d * s)
      throw new Error(`${name}: degree ${totalDegree(dual)} instead of ${2 * d * s}`);
    if (d * s <= 9) check(law);
    let critical = Number.NaN;
    if (d * s <= 6) {
      const before = performance.now();
      criticalTimes(fresh(law));
      critical = performance.now() - before;
    }
    return {
      curve: name,
      degree: totalDegree(dual),
      terms: dual.terms.length,
      "E ms": Math.round(edge),
      "critical times ms": Math.round(critical),
    };
  });
  console.table(rows);
}

describe("edge polynomial of a new law", () => {
  for (const text of laws) {
    bench(
      text,
      () => {
        edgePolynomial(parseLaw(text));
      },
      few,
    );
  }
});

describe("edge polynomial where zeta is rational in y: discriminant or tangents", () => {
  const law = parseLaw(laws[2]!);
  bench(
    "discriminant",
    () => {
      edgePolynomial(fresh(law));
    },
    few,
  );
  bench(
    "tangents, without removing factors",
    () => {
      byTangents(law);
    },
    few,
  );
});

describe("edge polynomial of a dense curve", () => {
  for (const { name, law } of curves) {
    bench(
      name,
      () => {
        edgePolynomial(fresh(law));
      },
      few,
    );
  }
});

describe("events of a new law", () => {
  for (const text of laws) {
    bench(
      text,
      () => {
        events(parseLaw(text));
      },
      few,
    );
  }
});

describe("events of a random curve with a branch −1/z", () => {
  for (const [d, s] of [
    [1, 2],
    [2, 2],
    [2, 3],
    [3, 3],
    [3, 4],
  ] as const) {
    const law = massive(d, s, 1);
    bench(
      `(${d}, ${s})`,
      () => {
        events(fresh(law));
      },
      few,
    );
  }
});
