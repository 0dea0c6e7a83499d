import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { smallRational } from "../../property-tests/polynomials.js";
import { QQ, type Rational, rational, rationalToText } from "../../src/rings/index.js";
import { type PuiseuxSeries, puiseuxSeries } from "../../src/series/index.js";

const ring = puiseuxSeries(QQ);

/** The known coefficients by the power of x they belong to, as texts. */
function terms(a: PuiseuxSeries<Rational>): Record<string, string> {
  return Object.fromEntries(
    a.coefficients.flatMap((c, k) =>
      QQ.isZero(c) ? [] : [[rationalToText(rational(a.valuation + k, a.ramification)), rationalToText(c)]],
    ),
  );
}

const numbers = (...list: number[]): Rational[] => list.map((n) => rational(n));

describe("Puiseux series as values", () => {
  test("a value begins with its first nonzero coefficient", () => {
    expect(ring.create(numbers(0, 0, 3, 1), -1, 2)).toEqual({
      ramification: 2,
      valuation: 1,
      coefficients: numbers(3, 1),
    });
    expect(ring.create(numbers(0, 0), 5)).toEqual({ ramification: 1, valuation: 7, coefficients: [] });
    expect(ring.precision(ring.create(numbers(1, 1, 1), -1, 2))).toBe(1);
  });

  test("sums and products of different ramification, known as far as both are", () => {
    const a = ring.create(numbers(1, 2, 3, 4), -1, 2);
    const b = ring.create(numbers(5, 0, 7), 0, 3);
    expect(terms(ring.add(a, b))).toEqual({ "-1/2": "1", "0": "7", "1/2": "3", "2/3": "7" });
    expect(ring.precision(ring.add(a, b))).toBe(1);
    expect(terms(ring.mul(a, b))).toEqual({ "-1/2": "5", "0": "10", "1/6": "7" });
    expect(ring.precision(ring.mul(a, b))).toBe(1 / 2);
    expect(ring.sub(a, a)).toEqual({ ramification: 2, valuation: 3, coefficients: [] });
  });

  test("an inverse times the series is 1; the derivative of a power", () => {
    const arbitrary = fc
      .tuple(
        fc.array(smallRational, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: -5, max: 5 }),
        fc.integer({ min: 1, max: 4 }),
      )
      .map(([list, v, e]) => ring.create(list, v, e))
      .filter((s) => s.coefficients.length > 0);
    fc.assert(
      fc.property(arbitrary, arbitrary, (a, b) => {
        const one = ring.mul(a, ring.inverse(a));
        expect(terms(one)).toEqual({ "0": "1" });
        expect(one.coefficients.length).toBe(a.coefficients.length);
        const quotient = ring.div(a, b);
        const difference = ring.sub(ring.mul(quotient, b), a);
        expect(terms(difference)).toEqual({});
        // (ab)' = a'b + ab'
        const left = ring.derivative(ring.mul(a, b));
        const right = ring.add(ring.mul(ring.derivative(a), b), ring.mul(a, ring.derivative(b)));
        expect(terms(ring.sub(left, right))).toEqual({});
      }),
      { numRuns: 60 },
    );
    expect(terms(ring.derivative(ring.create(numbers(2), 3, 2)))).toEqual({ "1/2": "3" });
    expect(() => ring.inverse(ring.create([]))).toThrow(/no coefficient is known/);
  });
});
