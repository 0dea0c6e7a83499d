import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  parseRational,
  QQ,
  type Rational,
  rational,
  rationalFromNumber,
  rationalToDecimal,
  rationalToNumber,
  rationalToText,
  simplestRationalBetween,
} from "../../src/rings/index.js";

const integer = fc.tuple(fc.bigInt({ min: -(1n << 400n), max: 1n << 400n }), fc.integer({ min: 0, max: 400 }));
const anySize = integer.map(([n, k]) => n >> BigInt(k));
const ratio: fc.Arbitrary<Rational> = fc
  .tuple(anySize, anySize)
  .filter(([, d]) => d !== 0n)
  .map(([n, d]) => rational(n, d));
const smallRatio: fc.Arbitrary<Rational> = fc
  .tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: 1, max: 40 }))
  .map(([n, d]) => rational(n, d));

describe("rationals", () => {
  it("reads integers, decimals and quotients exactly", () => {
    const cases: [string, bigint, bigint][] = [
      ["1/50", 1n, 50n],
      ["0.02", 1n, 50n],
      ["-3", -3n, 1n],
      ["1e-3", 1n, 1000n],
      ["+.5", 1n, 2n],
      ["2.", 2n, 1n],
      ["1.5E2", 150n, 1n],
      [" 6 / -4 ", -3n, 2n],
      ["0.1/0.3", 1n, 3n],
      ["−7", -7n, 1n],
    ];
    for (const [text, num, den] of cases) expect(parseRational(text)).toEqual({ num, den });
    for (const text of ["", ".", "1/2/3", "x", "1e", "--1", "0x10", "1 2", "1/0", "1e999999", "NaN"]) {
      expect(() => parseRational(text), text).toThrow();
    }
  });

  it("reads back its own text", () => {
    fc.assert(
      fc.property(ratio, (r) => {
        expect(parseRational(rationalToText(r))).toEqual(r);
      }),
    );
  });

  it("rounds to a double as the engine rounds a decimal text", () => {
    // Number(text) is correctly rounded, and every dyadic rational has a finite decimal expansion.
    const dyadic = fc.tuple(anySize, fc.integer({ min: -1300, max: 1000 }));
    fc.assert(
      fc.property(dyadic, ([n, e]) => {
        const r = e >= 0 ? rational(n << BigInt(e)) : rational(n, 1n << BigInt(-e));
        const text = e >= 0 ? `${n << BigInt(e)}` : `${n * 5n ** BigInt(-e)}e${e}`;
        expect(rationalToNumber(r) + 0).toBe(Number(text) + 0);
      }),
      { numRuns: 1000 },
    );
    // 1/3 · 2^k from a quotient of two doubles, which is correctly rounded too.
    expect(rationalToNumber(rational(10n ** 400n, 3n * 10n ** 400n + 1n))).toBe(1 / 3);
    expect(rationalToNumber(rational(-(10n ** 400n), 3n))).toBe(Number.NEGATIVE_INFINITY);
  });

  it("takes the exact value of a double and gives it back", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        const r = rationalFromNumber(x);
        expect(rationalToNumber(r) + 0).toBe(x + 0);
        expect(/^1(0*)$/.test(r.den.toString(2))).toBe(true);
      }),
      { numRuns: 1000 },
    );
    expect(rationalFromNumber(0.1)).toEqual(rational(3602879701896397n, 36028797018963968n));
    expect(rationalFromNumber(5e-324)).toEqual(rational(1n, 1n << 1074n));
    expect(() => rationalFromNumber(Number.NaN)).toThrow("finite");
    expect(() => rational(0.5)).toThrow("not an exact integer");
    expect(() => rational(1, 0)).toThrow("division by zero");
  });

  it("prints decimals as decimal.js does", () => {
    const Wide = Decimal.clone({ precision: 600, rounding: Decimal.ROUND_HALF_UP });
    let plain = 0;
    let scientific = 0;
    fc.assert(
      fc.property(
        fc.oneof(ratio, smallRatio),
        fc.integer({ min: -30, max: 30 }),
        fc.integer({ min: 1, max: 60 }),
        (r, e, digits) => {
          const scaled = QQ.mul(r, QQ.pow(rational(10), e));
          const quotient = new Wide(scaled.num.toString()).div(scaled.den.toString());
          const text = rationalToDecimal(scaled, digits);
          expect(text).toBe(quotient.toSignificantDigits(digits).toString());
          if (text.includes("e")) scientific++;
          else plain++;
        },
      ),
      { numRuns: 800 },
    );
    expect(Math.min(plain, scientific)).toBeGreaterThan(50);
  });

  it("rounds a half away from zero and carries over", () => {
    expect(rationalToDecimal(parseRational("0.25"), 1)).toBe("0.3");
    expect(rationalToDecimal(parseRational("-0.25"), 1)).toBe("-0.3");
    expect(rationalToDecimal(parseRational("9.9995"), 4)).toBe("10");
    expect(rationalToDecimal(parseRational("1e-6"), 3)).toBe("0.000001");
    expect(rationalToDecimal(parseRational("1e-7"), 3)).toBe("1e-7");
    expect(rationalToDecimal(parseRational("123456789e12"), 3)).toBe("123000000000000000000");
    expect(rationalToDecimal(parseRational("123456789e13"), 3)).toBe("1.23e+21");
    expect(() => rationalToDecimal(QQ.one, 0)).toThrow("digits");
  });

  it("rounds down, up and to the nearest integer", () => {
    const table: [string, bigint, bigint, bigint][] = [
      ["7/2", 3n, 4n, 4n],
      ["-7/2", -4n, -3n, -3n],
      ["5", 5n, 5n, 5n],
      ["-1/3", -1n, 0n, 0n],
    ];
    for (const [text, floor, ceil, round] of table) {
      const r = parseRational(text);
      expect([QQ.floor(r), QQ.ceil(r), QQ.round(r)]).toEqual([floor, ceil, round]);
    }
  });

  it("finds the simplest number strictly between two others, as a search over denominators does", () => {
    fc.assert(
      fc.property(smallRatio, smallRatio, (a, b) => {
        fc.pre(!QQ.equals(a, b));
        const [lo, hi] = [QQ.min(a, b), QQ.max(a, b)];
        const found = simplestRationalBetween(lo, hi);
        for (let den = 1n; ; den++) {
          const first = QQ.floor(QQ.mul(lo, QQ.fromInteger(den))) + 1n;
          const last = QQ.ceil(QQ.mul(hi, QQ.fromInteger(den))) - 1n;
          if (first > last) continue;
          const nearest = first > 0n ? first : last < 0n ? last : 0n;
          expect(found).toEqual(rational(nearest, den));
          break;
        }
      }),
      { numRuns: 500 },
    );
    expect(() => simplestRationalBetween(QQ.one, QQ.one)).toThrow("strictly between");
  });
});
