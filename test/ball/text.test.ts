import { Decimal } from "decimal.js";
import fc from "fast-check";
import {
  ballToText,
  certifiedDecimal,
  complexBalls,
  complexBallToText,
  radiusToNumber,
  realBalls,
  toComplex,
  toDecimal,
  toNumber,
} from "freecurve/ball";
import { describe, expect, test } from "vitest";
import { parseRational, QQ, rational, rationalToNumber } from "../../src/rings/index.js";
import { pointedBall, precision } from "./ball-generators.js";

describe("certified decimals", () => {
  test("precision grows until all digits are sure", () => {
    const root = (bits: number) => realBalls(bits).sqrt(realBalls(bits).fromInteger(2));
    expect(certifiedDecimal(root, 40)).toBe("1.41421356237309504880168872420969807857");
    // cos² + sin² − 1 + 10^-30, of which the first digits cancel
    const small = (bits: number) => {
      const R = realBalls(bits);
      const x = R.fromInteger(3);
      const one = R.add(R.sqr(R.cos(x)), R.sqr(R.sin(x)));
      return R.add(R.sub(one, R.one), R.fromRational(parseRational("1e-30")));
    };
    expect(certifiedDecimal(small, 5)).toBe("1e-30");
  });

  test("half way between two texts either is given, 0 only when it is exact", () => {
    const eighth = (bits: number) => {
      const R = realBalls(bits);
      return R.inflate(R.fromRational(parseRational("0.125")), R.fromRational({ num: 1n, den: 1n << BigInt(bits) }));
    };
    expect(certifiedDecimal(eighth, 2)).toMatch(/^0\.1[23]$/);
    expect(certifiedDecimal((bits) => realBalls(bits).zero, 10)).toBe("0");
    const unsure = (bits: number) => {
      const R = realBalls(bits);
      return R.inflate(R.zero, R.fromRational({ num: 1n, den: 1n << BigInt(bits) }));
    };
    expect(() => certifiedDecimal(unsure, 3)).toThrow(/could not be rounded to 3 digits/);
    expect(() => certifiedDecimal(unsure, 0)).toThrow(/digits is 0/);
  });
});

describe("text", () => {
  test("every number of the ball, rounded to as many digits, reads the same", () => {
    const Wide = Decimal.clone({ precision: 1200, maxE: 9e15, minE: -9e15, rounding: Decimal.ROUND_HALF_UP });
    let certain = 0;
    const cases = precision.chain((bits) => pointedBall(bits).map((a) => ({ bits, ...a })));
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 60 }), ({ bits, ball, point }, digits) => {
        const R = realBalls(bits);
        const text = ballToText(ball, digits);
        if (text.startsWith("[")) {
          const [low, high] = text.slice(1, -1).split(", ").map(parseRational);
          expect(QQ.compare(low!, R.lower(ball))).not.toBe(1);
          expect(QQ.compare(high!, R.upper(ball))).not.toBe(-1);
          return;
        }
        certain++;
        const value = new Wide(point.num.toString()).div(point.den.toString());
        const shown = new Wide(text);
        // The digits shown are a rounding of every point: to the digits of the text, or to more of them that end in zeros.
        const agrees = Array.from({ length: digits }, (_, k) => k + 1).some((n) =>
          value.toSignificantDigits(n).eq(shown),
        );
        expect(agrees).toBe(true);
      }),
      { numRuns: 200 },
    );
    expect(certain).toBeGreaterThan(50);
  });

  test("examples", () => {
    const R = realBalls(64);
    const C = complexBalls(64);
    expect(ballToText(R.inv(R.fromInteger(3)), 50)).toBe("0.333333333333333333");
    expect(ballToText(R.sqrt(realBalls(200).fromInteger(2)), 5)).toBe("1.4142");
    expect(ballToText(R.inflate(R.fromInteger(123), R.fromInteger(40)), 10)).toBe("[83, 163]");
    expect(ballToText(R.inflate(R.zero, R.fromRational(rational(1, 10))), 10)).toBe("[-0.101, 0.101]");
    expect(ballToText(R.inv(R.zero), 10)).toBe("[-inf, inf]");
    expect(ballToText(R.inflate(R.fromInteger(123456), R.fromNumber(0.25)), 20)).toBe("123456");
    expect(ballToText(R.fromRational(rational(-1, 2)), 20)).toBe("-0.5");
    expect(complexBallToText(C.fromNumbers(1.5, -2), 10)).toBe("1.5 - 2i");
    expect(complexBallToText(C.i, 10)).toBe("1i");
    expect(complexBallToText(C.one, 10)).toBe("1");
  });
});

test("doubles, decimal.js and complex.js values", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
      expect(toNumber(realBalls(64).fromNumber(x))).toBe(x === 0 ? 0 : x);
    }),
  );
  const R = realBalls(300);
  expect(toNumber(R.scaleByPowerOfTwo(R.one, 5000))).toBe(Number.POSITIVE_INFINITY);
  expect(toNumber(R.scaleByPowerOfTwo(R.neg(R.one), -5000))).toBe(0);
  const third = R.fromRational(rational(1, 3));
  expect(toNumber(third)).toBe(1 / 3);
  expect(radiusToNumber(third)).toBeGreaterThanOrEqual(rationalToNumber(R.radiusRational(third)));
  expect(radiusToNumber(third)).toBeLessThan(2 ** -299);
  expect(radiusToNumber(R.scaleByPowerOfTwo(third, -3000))).toBe(Number.MIN_VALUE);
  const before = Decimal.precision;
  expect(toDecimal(R.sqrt(R.fromInteger(2)), 60).toString()).toBe(Decimal.clone({ precision: 60 }).sqrt(2).toString());
  expect(Decimal.precision).toBe(before);
  const z = toComplex(complexBalls(64).fromNumbers(0.25, -3));
  expect([z.re, z.im]).toEqual([0.25, -3]);
});
