import { readFileSync } from "node:fs";
import algebrite from "algebrite";
import fc from "fast-check";
import { createBudget, LimitError } from "freecurve";
import {
  add,
  coefficients,
  constant,
  degree,
  determinant,
  discriminant,
  discriminantByInterpolation,
  discriminantBySubresultants,
  discriminantParts,
  equals,
  fromCoefficients,
  gcd,
  isZero,
  monomial,
  multiply,
  negate,
  type Polynomial,
  parsePolynomial,
  power,
  principalSubresultants,
  productOf,
  resultant,
  resultantByBezout,
  resultantByInterpolation,
  resultantBySubresultants,
  resultantBySylvester,
  scale,
  subresultants,
  substitute,
  sylvesterMatrix,
  toText,
  totalDegree,
  variable,
} from "freecurve/poly";
import { describe, expect, it } from "vitest";
import { polynomialWithVanishingLead, sparsePolynomial } from "../../property-tests/polynomials.js";

const read = parsePolynomial;

interface Golden {
  readonly kind: "resultant" | "discriminant";
  readonly polynomials: readonly string[];
  readonly variable: string;
  readonly value: string;
}

/** A dense polynomial of the given degrees in z and m with two-digit coefficients, from a linear congruence. */
function densePolynomial(d: number, s: number, seed: number): Polynomial {
  let state = seed;
  let p = constant(0);
  for (let i = 0; i <= d; i++) {
    for (let j = 0; j <= s; j++) {
      state = (state * 48271) % 2147483647;
      const c = (10 + (state % 90)) * (state % 7 < 3 ? -1 : 1);
      p = add(p, multiply(constant(c), multiply(monomial("z", i), monomial("m", j))));
    }
  }
  return p;
}

/** tau^d m^d P(z + (1 − 1/tau)/m, tau m), term by term. */
function decompressed(p: Polynomial, d: number, tau: Polynomial): Polynomial {
  const shifted = add(multiply(tau, multiply(variable("z"), variable("m"))), add(tau, constant(-1)));
  const scaled = multiply(tau, variable("m"));
  return coefficients(p, "z").reduce<Polynomial>((sum, c, i) => {
    const rest = multiply(substitute(c, { m: scaled }), power(scaled, d - i));
    return add(sum, multiply(power(shifted, i), rest));
  }, constant(0));
}

describe("the algorithms for resultants", () => {
  it("agree with values of PARI/GP", () => {
    const file = new URL("../golden/algebra-resultants.json", import.meta.url);
    const { cases } = JSON.parse(readFileSync(file, "utf8")) as { cases: Golden[] };
    for (const { kind, polynomials, variable: v, value } of cases) {
      const [p, q] = polynomials.map(read) as [Polynomial, Polynomial?];
      const expected = read(value);
      if (kind === "discriminant") expect(discriminant(p, v)).toEqual(expected);
      else expect(resultant(p, q!, v)).toEqual(expected);
      if (expected.terms.length > 30) continue;
      if (kind === "discriminant") expect(discriminantBySubresultants(p, v)).toEqual(expected);
      else for (const f of [resultantBySubresultants, resultantByBezout]) expect(f(p, q!, v)).toEqual(expected);
    }
    expect(cases.length).toBeGreaterThan(10);
  });

  it("agree with each other in up to four variables", () => {
    let decided = 0;
    const families = [
      polynomialWithVanishingLead("x", "y"),
      sparsePolynomial(["x", "y", "z"], 2, 4),
      sparsePolynomial(["x", "y", "z", "t"], 1, 4),
      sparsePolynomial(["x"], 5, 4),
    ];
    for (const family of families) {
      fc.assert(
        fc.property(family, family, (p, q) => {
          const expected = resultantByBezout(p, q, "x");
          expect(toText(resultantByInterpolation(p, q, "x"))).toBe(toText(expected));
          expect(toText(resultantBySubresultants(p, q, "x"))).toBe(toText(expected));
          if (degree(p, "x") < 1) return;
          const disc = discriminantBySubresultants(p, "x");
          expect(toText(discriminantByInterpolation(p, "x"))).toBe(toText(disc));
          expect(toText(discriminant(p, "x"))).toBe(toText(disc));
          const { unit, factors, rest } = discriminantParts(p, "x");
          const product = productOf([rest, ...factors.map((f) => power(f.factor, f.multiplicity))]);
          expect(toText(scale(product, unit))).toBe(toText(disc));
          decided++;
        }),
        { numRuns: 20 },
      );
    }
    expect(decided).toBeGreaterThan(25);
  });

  it("use the gradings of generic polynomials", () => {
    const names = ["a", "b", "c", "d", "e", "f"];
    const generic = (list: readonly string[]): Polynomial => fromCoefficients(list.map(variable), "x");
    for (let n = 2; n <= 4; n++) {
      const p = generic(names.slice(0, n + 1));
      expect(discriminant(p, "x")).toEqual(discriminantBySubresultants(p, "x"));
      const q = generic(names.slice(n - 1));
      if (n < 4) expect(resultant(p, q, "x")).toEqual(resultantByBezout(p, q, "x"));
    }
    // A polynomial in few monomials, with large weights.
    const p = read("a^3*x^7 + b^2*x^3 + 5*c*d^4");
    expect(discriminant(p, "x")).toEqual(discriminantBySubresultants(p, "x"));
  });

  it("agree with algebrite on small Sylvester matrices", () => {
    const pairs = [
      ["2*x^2 + 3*x - 5", "x^2 - 4*x + 7"],
      ["a*x^2 + b*x + 1", "x - a"],
      ["x^2 - y", "x^2 + y*x + 3"],
    ];
    for (const [p, q] of pairs) {
      const rows = sylvesterMatrix(read(p!), read(q!), "x").map((row) => `[${row.map(toText).join(",")}]`);
      const theirs = String(algebrite.run(`expand(det([${rows.join(",")}]))`));
      const expected = read(theirs.replaceAll(/(?<=[\w)])\s(?=[\w(])/g, "*"));
      expect(resultant(read(p!), read(q!), "x")).toEqual(expected);
    }
  });

  it("are homogeneous and invariant under translations", () => {
    const family = sparsePolynomial(["x", "y"], 2, 4);
    let decided = 0;
    fc.assert(
      fc.property(family, family, sparsePolynomial(["y"], 2, 2), fc.integer({ min: -3, max: 3 }), (p, q, by, c) => {
        fc.pre(degree(p, "x") > 0 && degree(q, "x") > 0 && c !== 0);
        const r = resultant(p, q, "x");
        const factor = power(constant(c), degree(q, "x"));
        expect(resultant(multiply(constant(c), p), q, "x")).toEqual(multiply(factor, r));
        const moved = (f: Polynomial): Polynomial => substitute(f, { x: add(variable("x"), by) });
        expect(resultant(moved(p), moved(q), "x")).toEqual(r);
        expect(discriminant(moved(p), "x")).toEqual(discriminant(p, "x"));
        const scaled = (f: Polynomial): Polynomial => substitute(f, { x: multiply(variable("x"), variable("y")) });
        const y = power(variable("y"), degree(p, "x") * degree(q, "x"));
        expect(resultant(scaled(p), scaled(q), "x")).toEqual(multiply(y, r));
        decided++;
      }),
      { numRuns: 30 },
    );
    expect(decided).toBe(30);
  });

  it("are refused, not begun, beyond the limits, and stop with the budget", () => {
    const big = add(monomial("x", 1_000_000), read("y*x + 1"));
    expect(() => resultant(big, read("x^2 + y"), "x")).toThrow(LimitError);
    expect(() => discriminant(big, "x")).toThrow(LimitError);
    const many = ["a", "b", "c", "d", "e", "f"].map((name) => add(power(variable(name), 9), variable("x")));
    const p = productOf(many.slice(0, 3));
    const q = productOf(many.slice(3));
    expect(() => resultantByInterpolation(multiply(p, p), multiply(q, power(q, 2)), "x")).toThrow(LimitError);
    const dense = decompressed(densePolynomial(4, 5, 99), 4, variable("tau"));
    const short = (): { budget: ReturnType<typeof createBudget> } => ({ budget: createBudget({ limit: 20 }) });
    expect(() => discriminant(dense, "m", short().budget)).toThrow("work limit of 20 units");
    expect(() => resultantBySubresultants(dense, densePolynomial(2, 3, 1), "m", short().budget)).toThrow(LimitError);
    expect(() => resultantBySylvester(dense, densePolynomial(2, 3, 1), "m", short().budget)).toThrow(LimitError);
    const stopped = AbortSignal.abort();
    expect(() => discriminant(dense, "m", createBudget({ signal: stopped }))).toThrow("cancelled");
  });
});

describe("the discriminant in parts", () => {
  it("of a decompressed dense curve leaves an edge polynomial of total degree 2ds", () => {
    for (const [d, s] of [
      [1, 2],
      [2, 1],
      [2, 2],
      [2, 3],
    ] as const) {
      const p = decompressed(densePolynomial(d, s, 7 * d + s), d, variable("tau"));
      const { factors, rest } = discriminantParts(p, "m");
      const n = d + s;
      const powers = Object.fromEntries(factors.map((f) => [toText(f.factor), f.multiplicity]));
      expect(powers).toEqual(d === 1 ? { tau: n * (n - 1) } : { tau: n * (n - 1), "tau - 1": d * (d - 1) });
      expect(totalDegree(rest)).toBe(2 * d * s);
      expect(degree(rest, "z")).toBe(2 * d * s);
    }
  });

  it("has a specialisation that is the discriminant of the specialisation", () => {
    const p = decompressed(densePolynomial(3, 2, 5), 3, variable("tau"));
    const whole = discriminant(p, "m");
    for (const tau of ["3/2", "-2", "1/7", "1"]) {
      const at = { tau: read(tau) };
      expect(substitute(whole, at)).toEqual(discriminant(substitute(p, at), "m"));
    }
  });
});

describe("the subresultants", () => {
  /** The definition: entry j as determinants. */
  function byDefinition(p: Polynomial, q: Polynomial, j: number): Polynomial {
    const a = coefficients(p, "x");
    const b = coefficients(q, "x");
    const [m, n] = [a.length - 1, b.length - 1];
    const size = m + n - 2 * j;
    const row = (list: readonly Polynomial[], shift: number, last: number): Polynomial[] =>
      Array.from({ length: size }, (_, k) => list[(k === size - 1 ? last : m + n - j - 1 - k) - shift] ?? constant(0));
    return fromCoefficients(
      Array.from({ length: j + 1 }, (_, i) =>
        determinant([
          ...Array.from({ length: n - j }, (__, k) => row(a, n - j - 1 - k, i)),
          ...Array.from({ length: m - j }, (__, k) => row(b, m - j - 1 - k, i)),
        ]),
      ),
      "x",
    );
  }

  it("are the determinants of their definition, and tell the degree of the gcd", () => {
    let gaps = 0;
    let common = 0;
    for (const family of [polynomialWithVanishingLead("x", "y"), sparsePolynomial(["x"], 5, 3)]) {
      fc.assert(
        fc.property(family, family, sparsePolynomial(["x", "y"], 1, 2), fc.boolean(), (p, q, shared, share) => {
          fc.pre(!isZero(p) && !isZero(q) && !isZero(shared));
          const [f, g] = share ? [multiply(p, shared), multiply(q, shared)] : [p, q];
          const chain = subresultants(f, g, "x");
          expect(chain.length).toBe(Math.min(degree(f, "x"), degree(g, "x")));
          for (const [j, entry] of chain.entries()) {
            expect(toText(entry)).toBe(toText(byDefinition(f, g, j)));
            if (isZero(entry)) gaps++;
          }
          const principal = principalSubresultants(f, g, "x");
          const least = principal.findIndex((c) => !isZero(c));
          const expected = degree(gcd(f, g), "x");
          expect(least < 0 ? principal.length : least).toBe(expected);
          if (expected > 0) common++;
          // Exchanging the two changes the sign of entry j by (−1)^((m−j)(n−j)).
          const [m, n] = [degree(f, "x"), degree(g, "x")];
          for (const [j, entry] of subresultants(g, f, "x").entries()) {
            expect(equals(entry, ((m - j) * (n - j)) % 2 === 1 ? negate(chain[j]!) : chain[j]!)).toBe(true);
          }
        }),
        { numRuns: 25 },
      );
    }
    expect(gaps).toBeGreaterThan(3);
    expect(common).toBeGreaterThan(2);
  });
});
