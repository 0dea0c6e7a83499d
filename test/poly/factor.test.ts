import fc from "fast-check";
import {
  constant,
  degree,
  derivative,
  divideExact,
  equals,
  factor,
  gcd,
  isConstant,
  isIrreducible,
  isZero,
  multiply,
  type Polynomial,
  parsePolynomial,
  power,
  primitive,
  productOf,
  rationalContent,
  squareFree,
  squareFreePart,
  toText,
} from "freecurve/poly";
import { describe, expect, it } from "vitest";
import { polynomialWithRepeatedFactors, sparsePolynomial } from "../../property-tests/polynomials.js";
import { rationalToText } from "../../src/rings/index.js";

const read = parsePolynomial;

function written(p: Polynomial): string {
  const { unit, factors } = factor(p);
  return [rationalToText(unit), ...factors.map((f) => `(${toText(f.factor)})^${f.multiplicity}`)].join(" ");
}

describe("the square-free factorisation", () => {
  it("multiplies to the polynomial, with coprime factors that have no repeated ones", () => {
    let repeated = 0;
    for (const family of [polynomialWithRepeatedFactors(["m", "z"]), polynomialWithRepeatedFactors(["c", "m", "z"])]) {
      fc.assert(
        fc.property(family, family, (p, q) => {
          fc.pre(!isZero(p) && !isZero(q));
          const product = multiply(p, multiply(q, q));
          const parts = squareFree(product);
          const rebuilt = productOf(parts.map((f) => power(f.factor, f.multiplicity)));
          expect(primitive(rebuilt)).toEqual(primitive(product));
          const multiplicities = parts.map((f) => f.multiplicity);
          expect(multiplicities).toEqual([...new Set(multiplicities)].sort((a, b) => a - b));
          for (const [i, part] of parts.entries()) {
            if (part.multiplicity > 1) repeated++;
            for (const other of parts.slice(i + 1)) expect(isConstant(gcd(part.factor, other.factor))).toBe(true);
            // Square-free: no factor is shared with all the partial derivatives.
            const shared = part.factor.variables.reduce((g, v) => gcd(g, derivative(part.factor, v)), part.factor);
            expect(isConstant(shared)).toBe(true);
          }
          expect(squareFreePart(product)).toEqual(primitive(productOf(parts.map((f) => f.factor))));
        }),
        { numRuns: 25 },
      );
    }
    expect(repeated).toBeGreaterThan(25);
  });

  it("knows the simple cases", () => {
    const parts = squareFree(read("-2*x*(x + y)^2*(y - 1)*y^3"));
    expect(parts.map((f) => [toText(f.factor), f.multiplicity])).toEqual([
      ["x*y - x", 1],
      ["x + y", 2],
      ["y", 3],
    ]);
    expect(squareFree(constant(7))).toEqual([]);
    expect(toText(squareFreePart(read("0")))).toBe("0");
    expect(toText(squareFreePart(read("-3")))).toBe("1");
  });
});

describe("the factorisation", () => {
  it("finds the factors that are known", () => {
    const cases: [string, string][] = [
      ["-3/2", "-3/2"],
      ["2*x^2*y - 2*y^3", "2 (y)^1 (x + y)^1 (x - y)^1"],
      ["x^12 - 1", "1 (x + 1)^1 (x - 1)^1 (x^2 + 1)^1 (x^2 + x + 1)^1 (x^2 - x + 1)^1 (x^4 - x^2 + 1)^1"],
      ["x^4 + 4*y^4", "1 (x^2 + 2*x*y + 2*y^2)^1 (x^2 - 2*x*y + 2*y^2)^1"],
      ["x^4 + y^4", "1 (x^4 + y^4)^1"],
      ["x^2 + y^2 + z^2", "1 (z^2 + x^2 + y^2)^1"],
      ["(m^2*z + m + 1)^2 - c^2*(z - m)^2", "1 (m^2*z + c*m + m - c*z + 1)^1 (m^2*z - c*m + m + c*z + 1)^1"],
      ["c*m^2*z + m*z + c*m - m + 1", "1 (c*m^2*z + m*z + c*m - m + 1)^1"],
      [
        "(c*m^2*z + m*z + c*m - m + 1)*(m*z + 1)*(z*m^2 + m + 3)^2*c^3*(1 - c)",
        "-1 (c)^3 (c - 1)^1 (m*z + 1)^1 (m^2*z + m + 3)^2 (c*m^2*z + m*z + c*m - m + 1)^1",
      ],
      // Symmetric curves, whose images in one variable fall into many factors.
      ["(m^2*z^2 + m*z + 1)*(m^2*z^2 - m*z + 1)", "1 (m^2*z^2 + m*z + 1)^1 (m^2*z^2 - m*z + 1)^1"],
      ["x^8 - y^8", "1 (x + y)^1 (x - y)^1 (x^2 + y^2)^1 (x^4 + y^4)^1"],
      // Irreducible, but reducible modulo every prime (Swinnerton-Dyer), with a second variable.
      ["(x^4 - 10*x^2 + 1)*(x^2 - 2*y^2)", "1 (x^2 - 2*y^2)^1 (x^4 - 10*x^2 + 1)^1"],
    ];
    for (const [p, expected] of cases) expect(written(read(p))).toBe(expected);
    expect(() => factor(read("0"))).toThrow("zero polynomial");
  });

  it("multiplies to the polynomial and splits what was multiplied", () => {
    let decided = 0;
    const family = sparsePolynomial(["m", "z"], 2, 4);
    fc.assert(
      fc.property(family, family, (p, q) => {
        fc.pre(!isConstant(p) && !isConstant(q));
        const product = multiply(p, q);
        const { unit, factors } = factor(product);
        const rebuilt = productOf([constant(unit), ...factors.map((f) => power(f.factor, f.multiplicity))]);
        expect(rebuilt).toEqual(product);
        const count = factors.reduce((n, f) => n + f.multiplicity, 0);
        expect(count).toBeGreaterThanOrEqual(2);
        // Each factor of p is one of those of the product: unique factorisation.
        for (const f of factor(p).factors) {
          const found = factors.find((other) => equals(other.factor, f.factor));
          expect(found !== undefined && found.multiplicity >= f.multiplicity).toBe(true);
        }
        for (const f of factors) expect(divideExact(product, power(f.factor, f.multiplicity))).toBeDefined();
        decided++;
      }),
      { numRuns: 60 },
    );
    expect(decided).toBe(60);
  });

  it("proves irreducible what has no factor of small degree and height", () => {
    // A reducible curve with these degrees has a factor that is linear in m; all of small height are tried.
    const p = read("m^2*z^2 + m*z^2 + m - z + 3");
    expect(isIrreducible(p)).toBe(true);
    const range = [-3, -2, -1, 0, 1, 2, 3];
    let tried = 0;
    for (const a of range) {
      for (const b of range) {
        for (const c of range) {
          const candidate = read(`m*(${a}*z + 1) + (${b})*z + (${c})`);
          if (degree(candidate, "m") !== 1) continue;
          expect(divideExact(p, candidate)).toBeUndefined();
          tried++;
        }
      }
    }
    expect(tried).toBe(343);
    expect(isIrreducible(read("x^2 - 1"))).toBe(false);
    expect(isIrreducible(read("5"))).toBe(false);
  });

  it("keeps the content in the unit", () => {
    const p = read("-6*x^2/5 + 6*y^2/5");
    expect(rationalToText(factor(p).unit)).toBe(rationalToText(rationalContent(p)));
  });
});
