import fc from "fast-check";
import {
  constant,
  content,
  degree,
  divideExact,
  equals,
  gcd,
  isConstant,
  isZero,
  multiply,
  type Polynomial,
  parsePolynomial,
  power,
  primitive,
  resultantBySylvester,
  squareFree,
  substitute,
} from "freecurve/poly";
import { describe, expect, it } from "vitest";
import { sparsePolynomial } from "../../property-tests/polynomials.js";
import { createBudget, LimitError, seededRandom, unlimited } from "../../src/core/index.js";
import { coefficientsOf, interpolateSparse } from "../../src/factor/sparse-interpolation.js";
import { multiplyModulo, wordPrime } from "../../src/rings/index.js";

const read = parsePolynomial;

/**
 * Whether p and q are seen to have no common factor without any gcd: for every variable the resultant at some integer values
 * of the others is not 0, the leading coefficient being kept.
 */
function isCoprimeBySpecialisation(p: Polynomial, q: Polynomial): boolean {
  const names = p.variables.filter((name) => q.variables.includes(name));
  const random = seededRandom(1);
  return names.every((name) => {
    for (let attempt = 0; attempt < 10; attempt++) {
      const others = names.concat(p.variables, q.variables).filter((other) => other !== name);
      const values = Object.fromEntries(others.map((other) => [other, constant(random.integer(2, 99))]));
      const [a, b] = [substitute(p, values), substitute(q, values)];
      if (degree(a, name) < degree(p, name)) continue;
      if (!isZero(resultantBySylvester(a, b, name))) return true;
    }
    return false;
  });
}

describe("common divisors in many variables", () => {
  it("are found again by sparse interpolation", () => {
    const cases: [string, string, string][] = [
      [
        "a^5*b + c*d^2 - e^3*f + 7*g",
        "a*f^3 - b^4*c + d*e - 2*g^2",
        "a^4*f^2*g^5 + b^5*c^4 - 5*d^5*e^4 + a*b*c - f^5 + g",
      ],
      [
        "a^3*b + c*d^2 - e^3*f + 7*g*h - i + j^2",
        "a*f^3 - b^2*c + d*e - 2*g^2 + h*i*j - j",
        "a^4*f^2*g^3 + b^3*c^4 - 5*d^3*e^4*j^2 + a*b*c*i^2 - f^2*h^3 + g + j*i*h",
      ],
      [
        "(a - b)*(c^3*d^3 - e^3)",
        "(a + b)*(c^3*d^3 + e^3*f)",
        "67108859*a^3*b^3*c^3*d^3*e^3*f^3 - a*b*c + 12345678901234567890*d*e*f + 1",
      ],
    ];
    for (const [p, q, g] of cases) {
      expect(gcd(multiply(read(p), read(g)), multiply(read(q), read(g)))).toEqual(primitive(read(g)));
      expect(isConstant(gcd(read(p), multiply(read(q), read(g))))).toBe(true);
    }
  });

  it("leave cofactors that some specialisation shows to be coprime", () => {
    let proper = 0;
    const family = sparsePolynomial(["a", "b", "c", "d", "e"], 2, 3);
    fc.assert(
      fc.property(family, family, family, (p, q, g) => {
        fc.pre(!isZero(p) && !isZero(q) && !isZero(g));
        const [x, y] = [multiply(p, g), multiply(q, g)];
        const d = gcd(x, y);
        expect(divideExact(d, primitive(g))).toBeDefined();
        expect(isCoprimeBySpecialisation(divideExact(x, d)!, divideExact(y, d)!)).toBe(true);
        if (!isConstant(g)) proper++;
      }),
      { numRuns: 40 },
    );
    expect(proper).toBeGreaterThan(20);
  });

  it("are found among coefficients of hundreds of digits", () => {
    const long = (k: bigint): string => (k ** 80n).toString();
    const g = read(`${long(331n)}*c*m^3*z^2 + ${long(7919n)}*m*z - ${long(1847n)}*c^2 + m^4 - z`);
    const [p, q] = [power(read("m^2*z + 31*c + m + 1"), 3), read(`c*m^3 - ${long(57n)}*z^2 + 3`)];
    expect(gcd(multiply(p, g), multiply(q, g))).toEqual(g);
    expect(equals(content(multiply(g, read("(x - 1)*(x^2 + c)")), "x"), g)).toBe(true);
  });

  it("end at the budget", () => {
    const [p, q] = [power(read("m + z + c + 1"), 5), power(read("m - z + 2*c - 1"), 5)];
    const g = power(read("3*m + z - 2*c + 5"), 3);
    const [x, y] = [multiply(p, g), multiply(q, g)];
    expect(() => gcd(x, y, createBudget({ limit: 10 }))).toThrow(LimitError);
    expect(() => squareFree(x, createBudget({ limit: 10 }))).toThrow("work limit");
    expect(gcd(x, y, createBudget({ seconds: 60 }))).toEqual(primitive(g));
  });
});

describe("sparse interpolation", () => {
  it("finds the coefficients of polynomials that are only evaluated", () => {
    const p = wordPrime(3);
    const random = seededRandom(9);
    for (let round = 0; round < 10; round++) {
      const hidden = Array.from({ length: 3 }, () =>
        Array.from({ length: random.integer(0, 6) }, (_, k) => ({
          exponents: [random.integer(0, 4), k, random.integer(0, 3), random.integer(0, 5)],
          coefficient: random.integer(1, p - 1),
        })),
      );
      let calls = 0;
      const oracle = (point: readonly number[]): Float64Array => {
        calls++;
        return Float64Array.from(hidden, (terms) =>
          terms.reduce((sum, { exponents, coefficient }) => {
            let value = coefficient;
            for (const [j, e] of exponents.entries()) {
              for (let k = 0; k < e; k++) value = multiplyModulo(value, point[j]!, p, 1 / p);
            }
            return (sum + value) % p;
          }, 0),
        );
      };
      const image = interpolateSparse(oracle, [4, 6, 3, 5], p, random, unlimited)!;
      let at = 0;
      for (const [slot, monomials] of image.skeleton.entries()) {
        const found = monomials.map((exponents) => `${image.values[at++]}*${exponents.join()}`).sort();
        expect(found).toEqual(hidden[slot]!.map((t) => `${t.coefficient}*${t.exponents.join()}`).sort());
      }
      expect(calls).toBeLessThan(5 * 7 * 4 * 6);
      expect(coefficientsOf(oracle, image.skeleton, [], p, random, unlimited)).toEqual(image.values);
      // A skeleton that lacks a monomial is noticed.
      const slot = image.skeleton.findIndex((monomials) => monomials.length > 1);
      if (slot < 0) continue;
      const smaller = image.skeleton.map((monomials, k) => (k === slot ? monomials.slice(1) : monomials));
      expect(coefficientsOf(oracle, smaller, [], p, random, unlimited)).toBeUndefined();
    }
  });
});
