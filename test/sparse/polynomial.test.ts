import fc from "fast-check";
import {
  add,
  coefficients,
  constant,
  constantValue,
  degree,
  derivative,
  divideExact,
  equals,
  fromCoefficients,
  fromIntegerPoly,
  isZero,
  leadingCoefficient,
  monomial,
  multiply,
  negate,
  onePolynomial,
  type Polynomial,
  parsePolynomial,
  polynomialFromTerms,
  power,
  primitive,
  rationalContent,
  scale,
  substitute,
  subtract,
  toIntegerPoly,
  toText,
  totalDegree,
  variable,
  zeroPolynomial,
} from "freecurve/poly";
import { describe, expect, it } from "vitest";
import {
  polynomialWithRepeatedFactors,
  smallRational,
  sparsePolynomial,
  valueAt,
} from "../../property-tests/polynomials.js";
import { checkRingLaws } from "../../property-tests/ring-laws.js";
import { QQ, type Ring, rational } from "../../src/rings/index.js";

const ring: Ring<Polynomial> = {
  name: "QQ[a, m, x, z]",
  zero: zeroPolynomial,
  one: onePolynomial,
  add,
  sub: subtract,
  mul: multiply,
  neg: negate,
  equals,
  isZero,
  fromInteger: constant,
  pow: power,
  toText,
};

const names = ["a", "m", "x", "z"];
const any = sparsePolynomial(names);
const point = fc.record({ a: smallRational, m: smallRational, x: smallRational, z: smallRational });

describe("polynomials", () => {
  it("satisfy every law of a ring", () => {
    expect(checkRingLaws(ring, any, 80)).toBeGreaterThan(1000);
    expect(checkRingLaws(ring, polynomialWithRepeatedFactors(["x", "m"]), 30)).toBeGreaterThan(400);
  });

  it("are added, multiplied and raised as their values are", () => {
    fc.assert(
      fc.property(any, any, point, fc.integer({ min: 0, max: 4 }), (p, q, at, n) => {
        expect(valueAt(add(p, q), at)).toEqual(QQ.add(valueAt(p, at), valueAt(q, at)));
        expect(valueAt(subtract(p, q), at)).toEqual(QQ.sub(valueAt(p, at), valueAt(q, at)));
        expect(valueAt(multiply(p, q), at)).toEqual(QQ.mul(valueAt(p, at), valueAt(q, at)));
        expect(valueAt(power(p, n), at)).toEqual(QQ.pow(valueAt(p, at), n));
      }),
    );
  });

  it("have equal data when they are equal", () => {
    fc.assert(
      fc.property(any, any, (p, q) => {
        const square = multiply(add(p, q), add(p, q));
        const expanded = add(add(multiply(p, p), multiply(q, q)), scale(multiply(p, q), rational(2)));
        expect(square).toEqual(expanded);
        expect(subtract(add(p, q), q)).toEqual(p);
        for (const r of [square, subtract(p, q)]) {
          expect([...r.variables].sort()).toEqual(r.variables);
          for (const [i] of r.variables.entries()) expect(r.terms.some((t) => t.exponents[i]! > 0)).toBe(true);
          expect(r.terms.some((t) => t.coefficient === 0n)).toBe(false);
        }
      }),
    );
  });

  it("multiply wide exponents as narrow ones", () => {
    const wide = names.map((name) => parsePolynomial(`${name}^9000 + 1`)).reduce(multiply);
    const shifted = [..."bcdefg"].map((name) => parsePolynomial(`${name}^9000 - 2`)).reduce(multiply);
    const product = multiply(wide, shifted);
    expect(product.terms.length).toBe(2 ** 10);
    expect(divideExact(product, shifted)).toEqual(wide);
    expect(divideExact(product, add(shifted, variable("b")))).toBeUndefined();
  });

  it("are put together from their coefficients", () => {
    fc.assert(
      fc.property(any, fc.constantFrom(...names, "t"), (p, v) => {
        const list = coefficients(p, v);
        expect(list.length).toBe(degree(p, v) + 1);
        expect(fromCoefficients(list, v)).toEqual(p);
        expect(list.at(-1) ?? zeroPolynomial).toEqual(leadingCoefficient(p, v));
        const sum = list.reduce((s, c, k) => add(s, multiply(c, monomial(v, k))), zeroPolynomial);
        expect(sum).toEqual(p);
      }),
    );
    expect(fromCoefficients([variable("x"), variable("x")], "x")).toEqual(parsePolynomial("x^2 + x"));
  });

  it("are differentiated by the product rule and as a difference quotient", () => {
    fc.assert(
      fc.property(any, any, (p, q) => {
        const rule = add(multiply(derivative(p, "x"), q), multiply(p, derivative(q, "x")));
        expect(derivative(multiply(p, q), "x")).toEqual(rule);
        // (p(x + h) − p(x))/h at h = 0
        const moved = substitute(p, { x: add(variable("x"), variable("h")) });
        const quotient = divideExact(subtract(moved, p), variable("h"))!;
        expect(substitute(quotient, { h: zeroPolynomial })).toEqual(derivative(p, "x"));
      }),
    );
  });

  it("take new values all at once", () => {
    fc.assert(
      fc.property(any, any, any, point, (p, forX, forM, at) => {
        const image = substitute(p, { x: forX, m: forM });
        expect(valueAt(image, at)).toEqual(valueAt(p, { ...at, x: valueAt(forX, at), m: valueAt(forM, at) }));
      }),
      { numRuns: 50 },
    );
    const swapped = substitute(parsePolynomial("x^2 + 3*z"), { x: variable("z"), z: variable("x") });
    expect(toText(swapped)).toBe("z^2 + 3*x");
    expect(
      constantValue(substitute(parsePolynomial("x*z/2"), { x: constant(3), z: constant(rational(1, 3)) })),
    ).toEqual(rational(1, 2));
  });

  it("are divided exactly, or not at all", () => {
    let refused = 0;
    fc.assert(
      fc.property(any, any, any, (p, q, r) => {
        fc.pre(!isZero(q));
        expect(divideExact(multiply(p, q), q)).toEqual(p);
        const quotient = divideExact(r, q);
        if (quotient === undefined) refused++;
        else expect(multiply(quotient, q)).toEqual(r);
      }),
      { numRuns: 300 },
    );
    expect(refused).toBeGreaterThan(50);
    expect(() => divideExact(onePolynomial, zeroPolynomial)).toThrow("zero polynomial");
  });

  it("split into a rational number and a primitive part", () => {
    fc.assert(
      fc.property(any, (p) => {
        expect(scale(primitive(p), rationalContent(p))).toEqual(p);
        expect(primitive(scale(p, rational(-5, 7)))).toEqual(primitive(p));
        expect(isZero(p) || primitive(p).terms[0]!.coefficient > 0n).toBe(true);
      }),
    );
  });

  it("know their degrees", () => {
    const p = parsePolynomial("c*m^2*z + m*z + c*m - m + 1");
    expect(["m", "z", "c", "t"].map((v) => degree(p, v))).toEqual([2, 1, 1, 0]);
    expect(totalDegree(p)).toBe(4);
    expect([degree(zeroPolynomial, "x"), totalDegree(zeroPolynomial), totalDegree(onePolynomial)]).toEqual([-1, -1, 0]);
  });

  it("become lists of integers and back", () => {
    expect(toIntegerPoly(parsePolynomial("1/2 - x^3/4"), "x")).toEqual([-2n, 0n, 0n, 1n]);
    expect(toIntegerPoly(zeroPolynomial, "x")).toEqual([]);
    expect(toIntegerPoly(constant(-3), "x")).toEqual([1n]);
    expect(toText(fromIntegerPoly([-2n, 0n, 0n, 1n], "x"))).toBe("x^3 - 2");
    expect(() => toIntegerPoly(variable("y"), "x")).toThrow("alone");
  });

  it("refuse what is not a polynomial", () => {
    expect(() => power(variable("x"), -1)).toThrow("exponent");
    expect(() => constantValue(variable("x"))).toThrow("not a constant");
    expect(() => constant(0.5)).toThrow("exact integer");
    expect(() => polynomialFromTerms([], [], 0n)).toThrow("zero");
  });
});
