import fc from "fast-check";
import {
  content,
  contentIn,
  divideExact,
  equals,
  gcd,
  gcdOf,
  isConstant,
  isZero,
  lcm,
  multiply,
  onePolynomial,
  type Polynomial,
  parsePolynomial,
  power,
  primitive,
  resultantBySylvester,
  toText,
  zeroPolynomial,
} from "freecurve/poly";
import { describe, expect, it } from "vitest";
import { polynomialWithRepeatedFactors, sparsePolynomial } from "../../property-tests/polynomials.js";

const read = parsePolynomial;
const divides = (d: Polynomial, p: Polynomial): boolean => divideExact(p, d) !== undefined;

describe("the greatest common divisor", () => {
  it("contains every common factor, and divides both", () => {
    let proper = 0;
    const two = polynomialWithRepeatedFactors(["m", "z"]);
    const four = sparsePolynomial(["a", "c", "m", "z"], 2, 4);
    for (const family of [two, four, sparsePolynomial(["x"], 6, 6)]) {
      fc.assert(
        fc.property(family, family, family, (p, q, g) => {
          const d = gcd(multiply(p, g), multiply(q, g));
          if (isZero(d)) {
            expect(isZero(g) || (isZero(p) && isZero(q))).toBe(true);
            return;
          }
          expect(isZero(g) || divides(g, d)).toBe(true);
          expect(divides(d, multiply(p, g)) && divides(d, multiply(q, g))).toBe(true);
          expect(equals(d, primitive(d))).toBe(true);
          if (!isConstant(g)) proper++;
        }),
        { numRuns: 80 },
      );
    }
    expect(proper).toBeGreaterThan(100);
  });

  it("leaves cofactors whose resultants do not vanish", () => {
    let decided = 0;
    const family = polynomialWithRepeatedFactors(["m", "z"]);
    fc.assert(
      fc.property(family, family, family, (p, q, g) => {
        fc.pre(!isZero(p) && !isZero(q) && !isZero(g));
        const [a, b] = [multiply(p, g), multiply(q, g)];
        const d = gcd(a, b);
        // Coprime exactly when for no variable the resultant is zero, by elimination without any gcd.
        for (const v of ["m", "z"]) {
          expect(isZero(resultantBySylvester(divideExact(a, d)!, divideExact(b, d)!, v))).toBe(false);
          decided++;
        }
      }),
      { numRuns: 30 },
    );
    expect(decided).toBeGreaterThan(30);
  });

  it("is right in the cases that modular algorithms dread", () => {
    // Brown's unlucky leading coefficients, cofactors that meet at the evaluation points, primes that divide everything.
    const p0 = "67108859";
    const cases: [string, string, string][] = [
      ["(x - 1)*(y - 2)", "(x - 1)*(y - 3)", "x - 1"],
      ["(y*x - 1)^2*(x + y)", "(y*x - 1)*(x + y)^3", "(y*x - 1)*(x + y)"],
      ["(x*y*z - 1)*(x - y)", "(x*y*z - 1)*(x + y + z)", "x*y*z - 1"],
      [`(x + ${p0})*(x + y)`, `(x + ${p0})*x^2*(x - y)`, `x + ${p0}`],
      [`(${p0}*x + y)*(x + 1)`, `(${p0}*x + y)*(x + 2)`, `${p0}*x + y`],
      ["(x^2 + y^2)*z + x + y", "x^2 + y^2", "1"],
      ["6*x^2*y - 6*y^3", "4*x*y^2 + 4*y^3", "x*y + y^2"],
      ["x", "x^2*y", "x"],
      ["2*x", "3*y", "1"],
      [
        "(c*m^2*z + m*z + c*m - m + 1)*(c - 1)*z",
        "(c*m^2*z + m*z + c*m - m + 1)*(c^2 - 1)*z^2",
        "(c*m^2*z + m*z + c*m - m + 1)*(c - 1)*z",
      ],
    ];
    for (const [p, q, g] of cases) {
      expect(toText(gcd(read(p), read(q)))).toBe(toText(primitive(read(g))));
      expect(toText(gcd(read(q), read(p)))).toBe(toText(primitive(read(g))));
    }
    expect(gcd(zeroPolynomial, zeroPolynomial)).toEqual(zeroPolynomial);
    expect(gcd(zeroPolynomial, read("-2*x/3"))).toEqual(read("x"));
    expect(gcd(read("7"), read("14"))).toEqual(onePolynomial);
  });

  it("finds a large factor with long coefficients", () => {
    const long = (seed: bigint): string => (seed ** 40n).toString();
    const g = read(`${long(12345n)}*c*m^3*z^2 + ${long(7919n)}*m*z - ${long(104729n)}*c^2 + 1`);
    const p = power(read(`m^2*z + ${long(31n)}*c + m + 1`), 2);
    const q = read(`c*m^3 - ${long(57n)}*z^2 + 3`);
    expect(gcd(multiply(p, g), multiply(q, g))).toEqual(g);
  });

  it("gives contents and multiples", () => {
    expect(toText(content(read("2*x^2*(y - 1)*z + 4*(y^2 - 1)"), "x"))).toBe("y - 1");
    expect(toText(contentIn(read("(c - 1)*(c*z + 2)*(m^2*z + m + c)"), ["z", "m"]))).toBe("c - 1");
    expect(toText(contentIn(read("(c - 1)*(c*z + 2)*(m^2*z + m + c)"), ["m"]))).toBe("c^2*z - c*z + 2*c - 2");
    expect(toText(contentIn(read("4*x + 2"), ["t"]))).toBe("2*x + 1");
    expect(toText(gcdOf([]))).toBe("0");
    fc.assert(
      fc.property(sparsePolynomial(["x", "y"]), sparsePolynomial(["x", "y"]), (p, q) => {
        const product = primitive(multiply(gcd(p, q), lcm(p, q)));
        expect(product).toEqual(primitive(multiply(p, q)));
      }),
    );
  });
});
