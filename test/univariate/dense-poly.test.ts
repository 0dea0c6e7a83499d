import fc from "fast-check";
import { densePoly, integerPoly, numberField } from "freecurve/poly";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/index.js";
import { GF, QQ, type Rational, rational } from "../../src/rings/index.js";

const Q = densePoly(QQ);
const fromInts = (...c: (number | bigint)[]): readonly Rational[] => Q.fromIntegers(c.map((x) => BigInt(x)));
const small = fc
  .array(fc.integer({ min: -5, max: 5 }), { maxLength: 6 })
  .map((c) => Q.fromIntegers(c.map((x) => BigInt(x))));

/** The resultant as the determinant of the Sylvester matrix, by cofactor expansion. */
function sylvester(a: readonly Rational[], b: readonly Rational[]): Rational {
  const [m, n] = [a.length - 1, b.length - 1];
  const rows: Rational[][] = [];
  for (const [poly, count] of [
    [a, n],
    [b, m],
  ] as const) {
    for (let i = 0; i < count; i++) {
      const row = new Array<Rational>(m + n).fill(QQ.zero);
      for (let k = 0; k < poly.length; k++) row[i + poly.length - 1 - k] = poly[k]!;
      rows.push(row);
    }
  }
  const determinant = (matrix: Rational[][]): Rational => {
    if (matrix.length === 0) return QQ.one;
    return matrix[0]!.reduce((sum, c, j) => {
      if (QQ.isZero(c)) return sum;
      const minor = determinant(matrix.slice(1).map((row) => row.filter((_, k) => k !== j)));
      const term = QQ.mul(c, minor);
      return j % 2 === 0 ? QQ.add(sum, term) : QQ.sub(sum, term);
    }, QQ.zero);
  };
  return determinant(rows);
}

describe("densePoly", () => {
  it("divides with remainder and has cofactors of the gcd", () => {
    fc.assert(
      fc.property(small, small, small, (a, b, c) => {
        if (b.length > 0) {
          const { quotient, remainder } = Q.divmod(a, b);
          expect(Q.add(Q.mul(quotient, b), remainder)).toEqual(a);
          expect(remainder.length).toBeLessThan(b.length);
        }
        const [x, y] = [Q.mul(a, c), Q.mul(b, c)];
        const { gcd, s, t } = Q.extendedGcd(x, y);
        expect(gcd).toEqual(Q.gcd(x, y));
        expect(Q.add(Q.mul(s, x), Q.mul(t, y))).toEqual(gcd);
        if (c.length > 0 && gcd.length > 0) expect(Q.divideExact(gcd, c)).toBeDefined();
      }),
      { numRuns: 80 },
    );
    expect(() => Q.divmod(Q.one, Q.zero)).toThrow(DomainError);
  });

  it("has the resultant of the Sylvester matrix", () => {
    fc.assert(
      fc.property(small, small, (a, b) => {
        if (a.length === 0 || b.length === 0 || a.length + b.length > 8) return;
        expect(Q.resultant(a, b)).toEqual(sylvester(a, b));
      }),
      { numRuns: 60 },
    );
  });

  it("splits powers apart over QQ and over a number field", () => {
    const product = Q.mul(Q.pow(fromInts(-1, 2), 3), Q.mul(fromInts(5, 0, 1), Q.pow(fromInts(0, 1), 2)));
    expect(Q.squareFree(product)).toEqual([
      { factor: fromInts(5, 0, 1), multiplicity: 1 },
      { factor: fromInts(0, 1), multiplicity: 2 },
      { factor: [rational(-1, 2), QQ.one], multiplicity: 3 },
    ]);
    const field = numberField([-2n, 0n, 1n]);
    const K = densePoly(field);
    const linear = [field.neg(field.generator), field.one]; // x - sqrt(2)
    const p = K.mul(K.pow(linear, 2), K.fromIntegers([1n, 1n]));
    expect(K.squareFree(p)).toEqual([
      { factor: K.fromIntegers([1n, 1n]), multiplicity: 1 },
      { factor: linear, multiplicity: 2 },
    ]);
    expect(K.gcd(K.fromIntegers([-2n, 0n, 1n]), p)).toEqual(linear);
  });

  it("shifts and composes", () => {
    const p = fromInts(3, -1, 4, 1);
    expect(Q.taylorShift(p, rational(2, 3))).toEqual(Q.compose(p, [rational(2, 3), QQ.one]));
    expect(Q.evaluate(Q.taylorShift(p, rational(2, 3)), rational(1, 3))).toEqual(Q.evaluate(p, QQ.one));
  });

  it("works over a prime field: x^p - x is the product of all linear factors", () => {
    const F = densePoly(GF(13));
    const all = Array.from({ length: 13 }, (_, a) => [(13 - a) % 13, 1]).reduce((x, y) => [...F.mul(x, y)], [1]);
    expect(all).toEqual([0, 12, ...new Array<number>(11).fill(0), 1]);
  });
});

describe("numberField", () => {
  const element = (field: ReturnType<typeof numberField>): fc.Arbitrary<ReturnType<typeof field.mul>> =>
    fc
      .tuple(
        fc.array(fc.bigInt({ min: -20n, max: 20n }), { minLength: 1, maxLength: field.degree }),
        fc.bigInt({ min: 1n, max: 12n }),
      )
      .map(([c, d]) => field.fromCoefficients(c, d));

  it.each([
    ["sqrt(2)", [-2n, 0n, 1n]],
    ["a root of 3x^3 - x + 5", [5n, -1n, 0n, 3n]],
    ["a rational number", [-3n, 4n]],
    ["a root of degree 12", [7n, 1n, 0n, 0n, -3n, 0n, 0n, 0n, 0n, 2n, 0n, 0n, 5n]],
  ])("obeys the field laws for %s", (_, f) => {
    expect(integerPoly.isIrreducible(f)).toBe(true);
    const field = numberField(f);
    let inverted = 0;
    fc.assert(
      fc.property(element(field), element(field), element(field), (a, b, c) => {
        expect(field.mul(a, field.add(b, c))).toEqual(field.add(field.mul(a, b), field.mul(a, c)));
        expect(field.mul(field.mul(a, b), c)).toEqual(field.mul(a, field.mul(b, c)));
        expect(field.sub(field.add(a, b), b)).toEqual(a);
        if (!field.isZero(a)) {
          inverted += 1;
          expect(field.mul(a, field.inv(a))).toEqual(field.one);
          expect(field.mul(field.div(b, a), a)).toEqual(b);
        }
      }),
      { numRuns: 25 },
    );
    expect(inverted).toBeGreaterThan(5);
    // The generator is a root of f.
    expect(densePoly(field).evaluate(densePoly(field).fromIntegers(f), field.generator)).toEqual(field.zero);
  });

  it("has the arithmetic of real numbers", () => {
    const field = numberField([-2n, 0n, 0n, 1n]);
    const theta = Math.cbrt(2);
    const toReal = (a: ReturnType<typeof field.mul>): number =>
      a.coeffs.reduce((sum, c, k) => sum + Number(c) * theta ** k, 0) / Number(a.denominator);
    const a = field.fromCoefficients([1n, 2n, -3n], 5n);
    const b = field.fromCoefficients([4n, 0n, 1n], 3n);
    expect(toReal(field.div(a, b))).toBeCloseTo(toReal(a) / toReal(b), 12);
    expect(field.toText(a)).toBe("(-3*theta^2 + 2*theta + 1)/5");
    expect(field.toRational(field.pow(field.generator, 3))).toEqual(rational(2));
    expect(field.toRational(a)).toBeUndefined();
  });

  it("refuses 0 and zero divisors", () => {
    expect(() => numberField([1n, 0n, 1n]).inv({ coeffs: [], denominator: 1n })).toThrow(DomainError);
    const notAField = numberField([-1n, 0n, 1n]);
    expect(() => notAField.inv(notAField.fromCoefficients([1n, 1n]))).toThrow(DomainError);
  });
});
