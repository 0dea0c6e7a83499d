import fc from "fast-check";
import { type IntegerPoly, integerPoly } from "freecurve/poly";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/index.js";
import { QQ, rational } from "../../src/rings/index.js";

const Z = integerPoly;

/** Coefficients of very different sizes, with many small ones, so that cancellation and common factors occur. */
const coefficient = fc.oneof(
  fc.bigInt({ min: -3n, max: 3n }),
  fc.bigInt({ min: -(10n ** 6n), max: 10n ** 6n }),
  fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }),
);
const poly = (maxLength = 8): fc.Arbitrary<IntegerPoly> =>
  fc.array(coefficient, { minLength: 0, maxLength }).map((c) => Z.trim(c));
const nonzero = poly().filter((p) => p.length > 0);
const at = fc
  .tuple(fc.bigInt({ min: -50n, max: 50n }), fc.bigInt({ min: 1n, max: 50n }))
  .map(([n, d]) => rational(n, d));

/** The value by the definition, term by term over QQ: independent of Horner's rule. */
function valueByTerms(p: IntegerPoly, x: { num: bigint; den: bigint }): { num: bigint; den: bigint } {
  return p.reduce((sum, c, k) => QQ.add(sum, QQ.mul(QQ.fromInteger(c), QQ.pow(x, k))), QQ.zero);
}

/** The greatest common divisor by Euclid's algorithm with rational coefficients, made primitive. */
function gcdByEuclid(a: IntegerPoly, b: IntegerPoly): IntegerPoly {
  let x = a.map((c) => QQ.fromInteger(c));
  let y = b.map((c) => QQ.fromInteger(c));
  while (y.length > 0) {
    const r = x.slice();
    while (r.length >= y.length) {
      const q = QQ.div(r[r.length - 1]!, y[y.length - 1]!);
      const shift = r.length - y.length;
      y.forEach((c, j) => {
        r[shift + j] = QQ.sub(r[shift + j]!, QQ.mul(q, c));
      });
      while (r.length > 0 && QQ.isZero(r[r.length - 1]!)) r.pop();
    }
    [x, y] = [y, r];
  }
  const den = x.reduce((l, c) => l * c.den, 1n);
  return Z.primitive(x.map((c) => (c.num * den) / c.den));
}

describe("integerPoly arithmetic", () => {
  it("evaluates to the sum of its terms, and products to products", () => {
    fc.assert(
      fc.property(poly(), poly(), at, (p, q, x) => {
        expect(Z.evaluate(p, x)).toEqual(valueByTerms(p, x));
        expect(Z.evaluate(Z.mul(p, q), x)).toEqual(QQ.mul(valueByTerms(p, x), valueByTerms(q, x)));
        expect(Z.evaluate(Z.sub(p, q), x)).toEqual(QQ.sub(valueByTerms(p, x), valueByTerms(q, x)));
        expect(Z.signAt(p, x)).toBe(QQ.sign(valueByTerms(p, x)));
      }),
      { numRuns: 60 },
    );
  });

  it("shifts, scales, reverses and pulls back by substitution", () => {
    fc.assert(
      fc.property(nonzero, fc.bigInt({ min: -9n, max: 9n }), at, (p, shift, x) => {
        expect(Z.evaluate(Z.taylorShift(p, shift), x)).toEqual(valueByTerms(p, QQ.add(x, QQ.fromInteger(shift))));
        expect(Z.evaluate(Z.scaleVariable(p, shift), x)).toEqual(valueByTerms(p, QQ.mul(x, QQ.fromInteger(shift))));
        expect(Z.compose(p, [shift, 1n])).toEqual(Z.taylorShift(p, shift));
        const [a, b, c, d] = [3n, shift, 2n, 7n];
        const below = QQ.add(QQ.mul(QQ.fromInteger(c), x), QQ.fromInteger(d));
        if (QQ.isZero(below)) return;
        const image = QQ.div(QQ.add(QQ.mul(QQ.fromInteger(a), x), QQ.fromInteger(b)), below);
        expect(Z.evaluate(Z.pullBackMobius(p, a, b, c, d), x)).toEqual(
          QQ.mul(valueByTerms(p, image), QQ.pow(below, p.length - 1)),
        );
      }),
      { numRuns: 60 },
    );
  });

  it("multiplies alike by both algorithms, across sizes, signs and zeros", () => {
    const coefficient = fc.oneof(
      { weight: 2, arbitrary: fc.bigInt({ min: -2n, max: 2n }) },
      { weight: 1, arbitrary: fc.bigInt({ min: -(1n << 300n), max: 1n << 300n }) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 200 }).map((k) => -(1n << BigInt(k))) },
    );
    const long = fc.oneof(
      fc.array(coefficient, { minLength: 1, maxLength: 9 }),
      fc.array(coefficient, { minLength: 20, maxLength: 45 }),
    );
    let decided = 0;
    fc.assert(
      fc.property(long, long, (a, b) => {
        const [p, q] = [Z.trim(a), Z.trim(b)];
        const expected = Z.multiplyBySchoolbook(p, q);
        expect(Z.mul(p, q)).toEqual(expected);
        expect(Z.mul(p, p)).toEqual(Z.multiplyBySchoolbook(p, p));
        if (p.length === 0 || q.length === 0) return;
        expect(Z.multiplyByKronecker(p, q)).toEqual(expected);
        if (Math.min(p.length, q.length) >= 20) decided++;
      }),
      { numRuns: 60 },
    );
    expect(decided).toBeGreaterThan(3);
  });

  it("divides exactly what divides and refuses the rest", () => {
    fc.assert(
      fc.property(poly(), nonzero, (p, q) => {
        const product = Z.mul(p, q);
        expect(Z.divideExact(product, q)).toEqual(p);
        if (q.length > 1) expect(Z.divideExact(Z.add(product, [1n]), q)).toBeUndefined();
        const { quotient, remainder } = Z.pseudoDivide(p, q);
        const factor = p.length < q.length ? 1n : Z.leadingCoefficient(q) ** BigInt(p.length - q.length + 1);
        expect(Z.add(Z.mul(quotient, q), remainder)).toEqual(Z.scale(p, factor));
        expect(remainder.length).toBeLessThan(Math.max(q.length, p.length + 1));
      }),
      { numRuns: 80 },
    );
    expect(() => Z.divideExact([1n], [])).toThrow(DomainError);
  });

  it("finds the gcd that Euclid's algorithm over QQ finds", () => {
    fc.assert(
      fc.property(
        nonzero,
        nonzero,
        poly(5).filter((p) => p.length > 1),
        (p, q, common) => {
          const [a, b] = [Z.mul(p, common), Z.mul(q, common)];
          expect(Z.primitive(Z.gcd(a, b))).toEqual(gcdByEuclid(a, b));
          expect(Z.divideExact(Z.gcd(a, b), common)).toBeDefined();
        },
      ),
      { numRuns: 60 },
    );
    expect(Z.gcd([6n, 12n], [9n, 18n])).toEqual([3n, 6n]);
    expect(Z.gcd([], [-4n, -8n])).toEqual([4n, 8n]);
    expect(Z.gcd([4n], [6n, 8n])).toEqual([2n]);
  });

  it("finds the square-free decomposition of a product of known powers", () => {
    const parts: IntegerPoly[] = [
      [-2n, 0n, 1n],
      [1n, 3n],
      [7n, 1n, 0n, 5n],
    ];
    let product: IntegerPoly = [-6n];
    [1, 2, 5].forEach((k, i) => {
      product = Z.mul(product, Z.pow(parts[i]!, k));
    });
    expect(Z.squareFree(product)).toEqual([
      { factor: parts[0], multiplicity: 1 },
      { factor: parts[1], multiplicity: 2 },
      { factor: parts[2], multiplicity: 5 },
    ]);
    expect(Z.squareFreePart(product)).toEqual(Z.mul(Z.mul(parts[0]!, parts[1]!), parts[2]!));
    expect(Z.squareFree([5n])).toEqual([]);
  });

  it("writes text", () => {
    expect(Z.toText([5n, -1n, 0n, 2n])).toBe("2*x^3 - x + 5");
    expect(Z.toText([0n, -1n], "t")).toBe("-t");
    expect(Z.toText([])).toBe("0");
  });
});
