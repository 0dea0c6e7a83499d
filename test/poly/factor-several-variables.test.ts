import { readFileSync } from "node:fs";
import fc from "fast-check";
import {
  constant,
  degree,
  discriminant,
  equals,
  factor,
  isConstant,
  isIrreducible,
  isZero,
  multiply,
  type Polynomial,
  parsePolynomial,
  power,
  primitive,
  productOf,
  resultant,
  substitute,
  toText,
  totalDegree,
} from "freecurve/poly";
import { describe, expect, it } from "vitest";
import { sparsePolynomial } from "../../property-tests/polynomials.js";
import { createBudget, LimitError } from "../../src/core/index.js";
import { factorByKronecker } from "../../src/factor/index.js";

const read = parsePolynomial;

interface GoldenCase {
  readonly name: string;
  readonly polynomial: string;
  readonly factors: readonly (readonly [string, number])[];
}

const golden = JSON.parse(readFileSync(new URL("../golden/algebra-factorisations.json", import.meta.url), "utf8")) as {
  readonly cases: readonly GoldenCase[];
};

/** The product of the factors with the unit: what the factorisation claims p to be. */
function expand(p: Polynomial): Polynomial {
  const { unit, factors } = factor(p);
  return productOf([constant(unit), ...factors.map((f) => power(f.factor, f.multiplicity))]);
}

describe("factorisations that PARI and FLINT give", () => {
  it.each(golden.cases)("$name: $polynomial", ({ polynomial, factors }) => {
    const p = read(polynomial);
    const lines = (list: readonly (readonly [Polynomial, number])[]): string[] =>
      list.map(([f, multiplicity]) => `${toText(primitive(f))} ^ ${multiplicity}`).sort();
    const found = factor(p).factors.map((f) => [f.factor, f.multiplicity] as const);
    expect(lines(found)).toEqual(lines(factors.map(([text, multiplicity]) => [read(text), multiplicity] as const)));
    expect(expand(p)).toEqual(p);
  });
});

describe("factors of products in several variables", () => {
  it("are found again, multiply to the product, and are irreducible by Kronecker's substitution", () => {
    let decided = 0;
    let repeated = 0;
    const families = [
      fc.tuple(
        sparsePolynomial(["m", "z"], 2, 4),
        sparsePolynomial(["m", "z"], 2, 4),
        sparsePolynomial(["m", "z"], 1, 3),
      ),
      fc.tuple(
        sparsePolynomial(["c", "m", "z"], 1, 4),
        sparsePolynomial(["c", "m", "z"], 1, 4),
        sparsePolynomial(["z"], 2, 3),
      ),
      fc.tuple(
        sparsePolynomial(["a", "c", "m", "z"], 1, 3),
        sparsePolynomial(["a", "z"], 1, 3),
        sparsePolynomial(["c", "m"], 1, 3),
      ),
    ];
    for (const family of families) {
      fc.assert(
        fc.property(family, fc.integer({ min: 1, max: 2 }), (parts, n) => {
          fc.pre(parts.every((p) => !isZero(p)));
          const product = multiply(parts[0], multiply(power(parts[1], n), parts[2]));
          const { factors } = factor(product);
          expect(expand(product)).toEqual(product);
          for (const f of factors) {
            if (f.multiplicity > 1) repeated++;
            let parts: Polynomial[];
            try {
              parts = factorByKronecker(f.factor);
            } catch (error) {
              expect(error).toBeInstanceOf(LimitError);
              continue;
            }
            expect(parts.length).toBe(1);
            decided++;
          }
        }),
        { numRuns: 30 },
      );
    }
    expect(decided).toBeGreaterThan(150);
    expect(repeated).toBeGreaterThan(30);
  });

  it("agree with Kronecker's substitution on norms, which split over an extension", () => {
    // (a + b√d)(a − b√d): irreducible over QQ unless d is a square; its images split modulo half of the primes.
    let split = 0;
    let whole = 0;
    const small = sparsePolynomial(["m", "z"], 1, 3);
    fc.assert(
      fc.property(small, small, fc.constantFrom(-1, 2, 3, 4, 9), (a, b, d) => {
        const norm = primitive(read(`(${toText(a)})^2 - ${d < 0 ? `(${d})` : d}*(${toText(b)})^2`));
        fc.pre(!isConstant(norm) && norm.terms.length < 30);
        const mine = factor(norm).factors.flatMap((f) => new Array<string>(f.multiplicity).fill(toText(f.factor)));
        expect(expand(norm)).toEqual(norm);
        for (const f of factor(norm).factors)
          expect(factorByKronecker(f.factor).map(toText)).toEqual([toText(f.factor)]);
        if (mine.length > 1) split++;
        else whole++;
      }),
      { numRuns: 80 },
    );
    expect(split).toBeGreaterThan(10);
    expect(whole).toBeGreaterThan(10);
  });

  it("move with the variables", () => {
    // The factors after an invertible substitution are the factors, substituted.
    const texts = ["(x*y + z^2 - 2)*(x^2 - y*z + 3)*(x + y*z)", "(x^2*y - 3)*(x*y^2 + x + 1)^2", "x^6 - 64*y^6"];
    const map = { x: read("x + 2*y"), y: read("y - 1"), z: read("3*z + x") };
    for (const text of texts) {
      const moved = factor(read(text)).factors.map((f) => [
        toText(primitive(substitute(f.factor, map))),
        f.multiplicity,
      ]);
      const found = factor(substitute(read(text), map)).factors.map((f) => [toText(f.factor), f.multiplicity]);
      expect(found.sort()).toEqual(moved.sort());
    }
  });
});

describe("the polynomials of the laws", () => {
  it("discriminants along the decompression flow have the factors that geometry predicts", () => {
    // disc_m P_tau = const · tau^(n(n−1)) · (tau − 1)^(d(d−1)) · E, E irreducible of total degree 2ds, for a dense P of degrees (d, s).
    const p = read("(37*m^3 - 52*m^2 + 91*m + 64)*z^2 + (15*m^3 + 83*m^2 - 29*m + 70)*z + 48*m^3 - 77*m^2 + 13*m - 95");
    const [d, s] = [2, 3];
    let cleared = read("0");
    for (const term of p.terms) {
      const [em, ez] = [term.exponents[0]!, term.exponents[1]!];
      const text = `${term.coefficient < 0n ? `(${term.coefficient})` : term.coefficient}*(tau*m*z + tau - 1)^${ez}*(tau*m)^${em + d - ez}`;
      cleared = read(`${toText(cleared)} + ${text}`);
    }
    const curve = primitive(cleared);
    const { factors } = factor(discriminant(curve, "m"));
    const powers = factors.map((f) => [toText(f.factor), f.multiplicity]);
    expect(powers.some(([text]) => text === "tau - 1")).toBe(true);
    expect(powers.find(([text]) => text === "tau - 1")![1]).toBe(d * (d - 1));
    const edges = factors.filter((f) => degree(f.factor, "z") > 0);
    expect(edges).toHaveLength(1);
    expect(edges[0]!.multiplicity).toBe(1);
    expect(totalDegree(edges[0]!.factor)).toBe(2 * d * s);
  });

  it("a free sum of a law with itself carries squares", () => {
    const p1 = read("(2*m^2 + 3*m - 5)*w^2 + (m^2 - 7*m + 4)*w + 3*m^2 + m + 8");
    // Res_w of P(w, m) and the numerator of P(z − w − 1/m, m).
    const p2 = read("(2*m^2 + 3*m - 5)*(m*z - m*w - 1)^2 + (m^2 - 7*m + 4)*m*(m*z - m*w - 1) + (3*m^2 + m + 8)*m^2");
    const r = resultant(p1, p2, "w");
    const { factors } = factor(r);
    expect(expand(r)).toEqual(r);
    expect(factors.some((f) => f.multiplicity === 2 && degree(f.factor, "z") > 0)).toBe(true);
    for (const f of factors) expect(equals(factorByKronecker(f.factor)[0]!, f.factor)).toBe(true);
  });
});

describe("limits of the factorisation", () => {
  it("ends at the budget", () => {
    const p = read("(x^4*y^3 + 3*x*y - 7)*(x^3*y^5 + x^2 - y + 1)*(x^5 - y^6 + 2)");
    expect(() => factor(p, createBudget({ limit: 20 }))).toThrow(LimitError);
    expect(() => isIrreducible(p, createBudget({ limit: 20 }))).toThrow("limit");
    expect(factor(p, createBudget({ seconds: 60 })).factors).toHaveLength(3);
  });

  it("keeps Kronecker's substitution within bounds", () => {
    expect(() => factorByKronecker(read("x^30 + y^30 + 1"))).toThrow(LimitError);
  });
});
