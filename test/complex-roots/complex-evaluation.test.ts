import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DyadicPoint, logModulus } from "../../src/complex-roots/dyadic-point.js";
import { evaluateFixedPoint, fixedPointPolynomial } from "../../src/complex-roots/fixed-point-evaluation.js";
import { QQ, type Rational, rational } from "../../src/rings/index.js";

interface Gauss {
  readonly re: Rational;
  readonly im: Rational;
}

const exactPoint = ({ re, im, exponent }: DyadicPoint): Gauss => {
  const unit = QQ.pow(rational(2), exponent);
  return { re: QQ.mul(rational(re), unit), im: QQ.mul(rational(im), unit) };
};

/** Horner's rule in Q(i). */
function exactValue(re: readonly bigint[], im: readonly bigint[], x: Gauss): Gauss {
  let value: Gauss = { re: rational(0), im: rational(0) };
  for (let k = re.length - 1; k >= 0; k--) {
    value = {
      re: QQ.add(QQ.sub(QQ.mul(value.re, x.re), QQ.mul(value.im, x.im)), rational(re[k]!)),
      im: QQ.add(QQ.add(QQ.mul(value.re, x.im), QQ.mul(value.im, x.re)), rational(im[k]!)),
    };
  }
  return value;
}

/** Whether |a − b| <= 2^bound. */
function isWithin(a: Gauss, b: Gauss, bound: number): boolean {
  const [re, im] = [QQ.sub(a.re, b.re), QQ.sub(a.im, b.im)];
  const allowed = QQ.pow(rational(2), 2 * Math.ceil(bound));
  return QQ.compare(QQ.add(QQ.mul(re, re), QQ.mul(im, im)), allowed) <= 0;
}

describe("evaluation in fixed-point arithmetic", () => {
  test("value and derivative lie within the errors that are returned, for real and complex coefficients", () => {
    const coefficient = fc.oneof(
      fc.bigInt({ min: -100n, max: 100n }),
      fc.bigInt({ min: -(2n ** 400n), max: 2n ** 400n }),
      fc.constant(0n),
    );
    const mantissa = fc.bigInt({ min: -(2n ** 90n), max: 2n ** 90n });
    const point = fc.oneof(
      fc.record({ re: mantissa, im: mantissa, exponent: fc.integer({ min: -300, max: 120 }) }),
      fc.record({ re: mantissa, im: fc.constant(0n), exponent: fc.integer({ min: -120, max: -60 }) }),
      // Next to the real axis, where division by the quadratic factor amplifies intermediate errors.
      fc.record({ re: mantissa, im: fc.constantFrom(1n, -1n), exponent: fc.constant(-90) }),
    );
    const bits = fc.integer({ min: -50, max: 600 });
    const list = fc.array(fc.tuple(coefficient, coefficient), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(list, fc.boolean(), point, bits, bits, (coeffs, isReal, x, valueBits, slopeBits) => {
        fc.pre(x.re !== 0n || x.im !== 0n);
        const re = coeffs.map(([a]) => a);
        const im = coeffs.map(([, b]) => (isReal ? 0n : b));
        const p = fixedPointPolynomial(re, isReal ? undefined : im);
        const result = evaluateFixedPoint(p, x, valueBits, slopeBits);
        const slope = (c: readonly bigint[]): bigint[] => c.slice(1).map((a, k) => a * BigInt(k + 1));
        const at = exactPoint(x);
        expect(isWithin(exactPoint(result.value), exactValue(re, im, at), result.valueError)).toBe(true);
        const derivative = exactValue(slope(re), slope(im), at);
        expect(isWithin(exactPoint(result.derivative), derivative, result.derivativeError)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  test("the errors are as small as the precision asked for", () => {
    const p = fixedPointPolynomial([3n, -1n, 4n, -1n, 5n]);
    const { valueError, derivativeError } = evaluateFixedPoint(p, { re: 3n, im: 5n, exponent: -2 }, 200, 100);
    expect(valueError).toBeLessThan(-194);
    expect(derivativeError).toBeLessThan(-92);
  });

  test("the logarithm of a modulus", () => {
    expect(logModulus({ re: 3n, im: 4n, exponent: 7 })).toBeCloseTo(Math.log2(5) + 7, 12);
    expect(logModulus({ re: 3n << 5000n, im: 1n, exponent: -5000 })).toBeCloseTo(Math.log2(3), 12);
    expect(logModulus({ re: 0n, im: 0n, exponent: 3 })).toBe(Number.NEGATIVE_INFINITY);
  });
});
