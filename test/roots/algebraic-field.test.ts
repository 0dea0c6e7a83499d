import { Decimal } from "decimal.js";
import fc from "fast-check";
import { integerPoly } from "freecurve/poly";
import {
  type AlgebraicNumber,
  algebraicField,
  algebraicFromRational,
  algebraicRoots,
  algebraicToDecimal,
  algebraicToText,
  compareAlgebraic,
  polynomialValue,
  realNumberField,
  signAt,
} from "freecurve/roots";
import { describe, expect, it } from "vitest";
import { checkFieldLaws } from "../../property-tests/ring-laws.js";
import { createBudget, LimitError } from "../../src/core/index.js";
import { rational } from "../../src/rings/index.js";

const Big = Decimal.clone({ precision: 120 });
const reals = algebraicField();
const root = (n: bigint, k: number): AlgebraicNumber =>
  algebraicRoots([-n, ...new Array<bigint>(k - 1).fill(0n), 1n]).at(-1)!;
const decimal = (a: AlgebraicNumber): Decimal => new Big(algebraicToDecimal(a, 80));

const quadratic = fc
  .tuple(fc.bigInt({ min: -4n, max: 4n }), fc.constantFrom(2n, 2n, 3n, 8n), fc.bigInt({ min: 1n, max: 3n }))
  .map(([x, d, y]) => reals.div(reals.add(reals.fromInteger(x), root(d, 2)), reals.fromInteger(y)));
const number = fc.oneof(
  { weight: 3, arbitrary: quadratic },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: 1, max: 4 }))
      .map(([n, d]) => algebraicFromRational(rational(n, d))),
  },
);

describe("algebraicField", () => {
  it("obeys the laws of a field", () => {
    expect(checkFieldLaws(reals, number, 25)).toBeGreaterThan(350);
  });

  it("has the values of decimal arithmetic on numbers of degree up to 4", () => {
    const pool = [
      ...algebraicRoots([1n, -4n, 0n, 1n]),
      ...algebraicRoots([-1n, -1n, 0n, 0n, 3n]),
      root(2n, 2),
      root(5n, 3),
      algebraicFromRational(rational(-7, 3)),
    ];
    let decided = 0;
    for (const a of pool) {
      for (const b of pool) {
        const [x, y] = [decimal(a), decimal(b)];
        const pairs: [AlgebraicNumber, Decimal][] = [
          [reals.add(a, b), x.plus(y)],
          [reals.sub(a, b), x.minus(y)],
          [reals.mul(a, b), x.mul(y)],
          [reals.div(a, b), x.div(y)],
        ];
        for (const [found, expected] of pairs) {
          expect(decimal(found).minus(expected).abs().lte("1e-70")).toBe(true);
          expect(integerPoly.isIrreducible(found.minimalPolynomial)).toBe(true);
          decided++;
        }
        expect(reals.compare(a, b)).toBe(x.cmp(y));
      }
    }
    expect(decided).toBe(4 * pool.length ** 2);
  });

  it("knows identities between radicals", () => {
    const [r2, r3, r6] = [root(2n, 2), root(3n, 2), root(6n, 2)];
    expect(reals.add(r2, r3).minimalPolynomial).toEqual([1n, 0n, -10n, 0n, 1n]);
    expect(reals.equals(reals.mul(r2, r3), r6)).toBe(true);
    // (sqrt(2) + sqrt(3))^2 = 5 + 2 sqrt(6)
    const square = reals.pow(reals.add(r2, r3), 2);
    expect(reals.equals(square, reals.add(reals.fromInteger(5n), reals.mul(reals.fromInteger(2n), r6)))).toBe(true);
    // cbrt(2 + sqrt(5)) + cbrt(2 - sqrt(5)) = 1: both cube roots are (1 ± sqrt(5))/2.
    const golden = algebraicRoots([-1n, -1n, 1n]);
    expect(reals.equals(reals.add(golden[0]!, golden[1]!), reals.one)).toBe(true);
    expect(reals.equals(reals.pow(golden[1]!, 3), reals.add(reals.fromInteger(2n), root(5n, 2)))).toBe(true);
    expect(reals.toText(reals.inv(r2))).toBe("root 2 of 2*x^2 - 1");
    expect(algebraicToText(reals.mul(r2, r2))).toBe("2");
    expect(reals.sign(reals.sub(r2, algebraicFromRational(rational(141421356, 100000000))))).toBe(1);
  });

  it("refuses degrees beyond its limit, and work beyond its budget", () => {
    const small = algebraicField({ largestDegree: 5 });
    expect(() => small.add(root(2n, 3), root(3n, 2))).toThrow(LimitError);
    const hurried = algebraicField({ budget: createBudget({ limit: 0.5 }) });
    expect(() => hurried.mul(root(2n, 3), root(3n, 2))).toThrow(LimitError);
  });
});

describe("polynomialValue and signAt", () => {
  it("agree with decimal arithmetic and with exact zeros", () => {
    const alphas = [root(2n, 3), ...algebraicRoots([1n, -4n, 0n, 1n]), ...algebraicRoots([1n, 0n, -10n, 0n, 1n])];
    let zeros = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...alphas),
        fc.array(fc.bigInt({ min: -9n, max: 9n }), { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        (a, coeffs, vanish) => {
          const p = integerPoly.trim(vanish ? integerPoly.mul(integerPoly.trim(coeffs), a.minimalPolynomial) : coeffs);
          const expected = p.reduceRight((v, c) => v.mul(decimal(a)).plus(c.toString()), new Big(0));
          const sign = signAt(p, a);
          if (vanish || p.length === 0) {
            expect(sign).toBe(0);
            zeros++;
          } else if (expected.abs().gt("1e-60")) expect(sign).toBe(expected.s);
          const value = polynomialValue(p, a);
          expect(decimal(value).minus(expected).abs().lte("1e-65")).toBe(true);
          expect((a.minimalPolynomial.length - 1) % (value.minimalPolynomial.length - 1)).toBe(0);
        },
      ),
      { numRuns: 80 },
    );
    expect(zeros).toBeGreaterThan(10);
    // A value of 10^-100, not zero: 10^100 (x^2 - 2) + 1 at sqrt(2) against its tiny change.
    const tiny = integerPoly.add(integerPoly.mul([-2n, 0n, 1n], [10n ** 100n]), [-1n]);
    expect(signAt(tiny, root(2n, 2))).toBe(-1);
  });
});

describe("realNumberField", () => {
  it("computes, orders and converts back", () => {
    const field = realNumberField(root(2n, 3));
    const a = field.sub(field.pow(field.generator, 2), field.fromInteger(1n)); // cbrt(4) - 1
    expect(field.toAlgebraic(a).minimalPolynomial).toEqual([-3n, 3n, 3n, 1n]);
    expect(field.sign(a)).toBe(1);
    expect(field.compare(a, field.fromRational(rational(3, 5)))).toBe(-1);
    expect(field.sign(field.zero)).toBe(0);
    // The unit cbrt(2) - 1 has inverse 1 + cbrt(2) + cbrt(4).
    const unit = field.sub(field.generator, field.one);
    const inverse = field.toAlgebraic(field.inv(unit));
    const expected = field.toAlgebraic(field.fromCoefficients([1n, 1n, 1n]));
    expect(compareAlgebraic(inverse, expected)).toBe(0);
    expect(compareAlgebraic(inverse, reals.inv(field.toAlgebraic(unit)))).toBe(0);
  });
});
