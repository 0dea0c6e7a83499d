import fc from "fast-check";
import { type DensePoly, densePoly, type IntegerPoly, integerPoly, numberField } from "freecurve/poly";
import { describe, expect, it } from "vitest";
import { checkFieldLaws, checkRingLaws } from "../../property-tests/ring-laws.js";
import { type Field, GF, QQ, type Ring, rational, wordPrime } from "../../src/rings/index.js";

const Z = integerPoly;

const integerPolynomials: Ring<IntegerPoly> = {
  name: "ZZ[x]",
  zero: [],
  one: [1n],
  add: Z.add,
  sub: Z.sub,
  mul: Z.mul,
  neg: Z.negate,
  equals: Z.equals,
  isZero: (a) => a.length === 0,
  fromInteger: (n) => Z.trim([n]),
  pow: Z.pow,
  toText: (a) => Z.toText(a),
};

function polynomialsOver<T>(field: Field<T>): Ring<DensePoly<T>> {
  const K = densePoly(field);
  return {
    name: `${field.name}[x]`,
    zero: K.zero,
    one: K.one,
    add: K.add,
    sub: K.sub,
    mul: K.mul,
    neg: K.neg,
    equals: K.equals,
    isZero: K.isZero,
    fromInteger: (n) => K.constant(field.fromInteger(n)),
    pow: K.pow,
    toText: (a) => K.toText(a),
  };
}

const fraction = fc
  .tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 4 }))
  .map(([n, d]) => rational(n, d));
const listOf = <T>(entry: fc.Arbitrary<T>, maxLength: number): fc.Arbitrary<T[]> => fc.array(entry, { maxLength });
const residue = (p: number): fc.Arbitrary<number> =>
  fc.oneof(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: p - 1 }));

describe("ring laws", () => {
  it("hold for polynomials with integer coefficients, short and long", () => {
    const entry = fc.oneof(fc.bigInt({ min: -2n, max: 2n }), fc.bigInt({ min: -(1n << 90n), max: 1n << 90n }));
    const short = listOf(entry, 6).map(Z.trim);
    const long = fc.array(entry, { minLength: 22, maxLength: 30 }).map(Z.trim);
    expect(checkRingLaws(integerPolynomials, short, 60)).toBe(60 * 14);
    expect(checkRingLaws(integerPolynomials, fc.oneof(short, long), 30)).toBe(30 * 14);
  });

  it("hold for polynomials over the rationals and over prime fields", () => {
    const overQ = densePoly(QQ);
    expect(checkRingLaws(polynomialsOver(QQ), listOf(fraction, 5).map(overQ.trim), 40)).toBe(40 * 14);
    for (const p of [2, 3, wordPrime(0)]) {
      const K = densePoly(GF(p));
      expect(checkRingLaws(polynomialsOver(GF(p)), listOf(residue(p), 8).map(K.trim), 40)).toBe(40 * 14);
    }
  });

  it("hold for number fields and for polynomials over them", () => {
    const polynomials: readonly IntegerPoly[] = [
      [-2n, 0n, 1n],
      [5n, -1n, 0n, 3n],
      [1n, 0n, -10n, 0n, 1n],
      [-3n, 4n],
    ];
    for (const f of polynomials) {
      const field = numberField(f);
      const element = fc
        .tuple(fc.array(fc.bigInt({ min: -9n, max: 9n }), { maxLength: field.degree }), fc.bigInt({ min: 1n, max: 6n }))
        .map(([coeffs, d]) => field.fromCoefficients(coeffs, d));
      expect(checkFieldLaws(field, element, 30)).toBeGreaterThan(30 * 14 + 9);
      const K = densePoly(field);
      expect(checkRingLaws(polynomialsOver(field), listOf(element, 3).map(K.trim), 10)).toBe(10 * 14);
    }
  });
});
