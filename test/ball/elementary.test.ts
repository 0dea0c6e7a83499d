import { Decimal } from "decimal.js";
import fc from "fast-check";
import { type RealBall, realBalls, toDecimal } from "freecurve/ball";
import { describe, expect, test } from "vitest";
import { DomainError } from "../../src/core/index.js";
import { QQ, type Rational, rational } from "../../src/rings/index.js";
import { pointedBall } from "./ball-generators.js";

/** decimal.js at a precision far above that of the balls: a witness that shares no code with them. */
const Witness = Decimal.clone({ precision: 150, maxE: 9e15, minE: -9e15 });

const asDecimal = (r: Rational): Decimal => new Witness(r.num.toString()).div(new Witness(r.den.toString()));

/** Whether the ball holds a number that decimal.js knows to 10^-145 relative, and is narrow against `width`. */
function holdsNear(ball: RealBall, value: Decimal): boolean {
  const R = realBalls(64);
  const slack = value.abs().times("1e-145");
  return asDecimal(R.lower(ball)).minus(slack).lte(value) && asDecimal(R.upper(ball)).plus(slack).gte(value);
}

function width(ball: RealBall): Decimal {
  return asDecimal(realBalls(64).upper(ball)).minus(asDecimal(realBalls(64).lower(ball)));
}

const bits = fc.constantFrom(53, 64, 100, 200, 450);
const cases = bits.chain((b) => pointedBall(b).map((a) => ({ bits: b, ...a })));
const positive = fc.tuple(
  bits,
  fc.bigInt({ min: 1n, max: 10n ** 40n }),
  fc.bigInt({ min: 1n, max: 10n ** 40n }),
  fc.integer({ min: -300, max: 300 }),
);

describe("elementary functions against decimal.js", () => {
  test("square roots: containment", () => {
    fc.assert(
      fc.property(cases, ({ bits: b, ball, point }) => {
        const R = realBalls(b);
        if (QQ.sign(R.upper(ball)) < 0) {
          expect(() => R.sqrt(ball)).toThrow(DomainError);
        } else if (QQ.sign(R.lower(ball)) >= 0) {
          const root = R.sqrt(ball);
          if (R.isBounded(root)) {
            // lower² <= x <= upper², exactly
            const low = QQ.max(R.lower(root), rational(0));
            expect(QQ.compare(QQ.mul(low, low), point)).not.toBe(1);
            expect(QQ.compare(QQ.mul(R.upper(root), R.upper(root)), point)).not.toBe(-1);
          } else expect(R.containsZero(ball)).toBe(true);
        } else expect(R.isBounded(R.sqrt(ball))).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test("exp and log: containment", () => {
    let exponentials = 0;
    let logarithms = 0;
    fc.assert(
      fc.property(cases, ({ bits: b, ball, point }) => {
        const R = realBalls(b);
        const x = asDecimal(point);
        if (x.abs().lt(200) && R.isBounded(R.exp(ball))) {
          exponentials++;
          const value = x.abs().lt("1e-140") ? new Witness(1).plus(x) : x.exp();
          expect(holdsNear(R.exp(ball), value)).toBe(true);
        }
        if (R.sign(ball) === 1) {
          logarithms++;
          const value = x.ln();
          // Near 1 decimal.js errs relative to 1, not to the logarithm.
          const slack = new Witness("1e-140");
          const log = R.log(ball);
          expect(
            asDecimal(R.lower(log)).minus(slack).lte(value) && asDecimal(R.upper(log)).plus(slack).gte(value),
          ).toBe(true);
        } else if (R.containsZero(ball) && QQ.sign(R.upper(ball)) > 0) expect(R.isBounded(R.log(ball))).toBe(false);
        else expect(() => R.log(ball)).toThrow(DomainError);
      }),
      { numRuns: 150 },
    );
    expect(exponentials).toBeGreaterThan(50);
    expect(logarithms).toBeGreaterThan(20);
  });

  test("the radius is a few units of the last place, also of functions of inexact balls", () => {
    fc.assert(
      fc.property(positive, ([b, n, d, e]) => {
        const R = realBalls(b);
        const x = R.scaleByPowerOfTwo(R.fromRational(rational(n, d)), e);
        const unit = new Witness(2).pow(-b);
        const root = R.sqrt(x);
        expect(width(root).lte(unit.times(16).times(asDecimal(R.midpointRational(root))))).toBe(true);
        const log = R.log(x);
        const size = asDecimal(R.midpointRational(log)).abs();
        expect(width(log).lte(unit.times(16).times(size.plus(1)))).toBe(true);
        const y = R.fromRational(rational(n, 10n ** 39n * 3n));
        const exponential = R.exp(y);
        expect(width(exponential).lte(unit.times(64).times(asDecimal(R.midpointRational(exponential))))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test("exp and log are inverse to each other at many precisions", () => {
    for (const b of [64, 100, 333, 1000, 2000]) {
      const R = realBalls(b);
      for (const r of [rational(3), rational(1, 10 ** 9), rational(-7, 2), rational(10n ** 12n + 1n, 10n ** 12n)]) {
        const x = R.fromRational(r);
        const back = R.log(R.exp(x));
        expect(R.contains(back, R.midpoint(x))).toBe(true);
        expect(width(back).lt(new Witness(2).pow(8 - b))).toBe(true);
      }
    }
  });

  test("extreme arguments", () => {
    const R = realBalls(64);
    const huge = R.scaleByPowerOfTwo(R.one, 60);
    expect(R.isBounded(R.exp(huge))).toBe(false);
    const tiny = R.exp(R.neg(huge));
    expect(R.isBounded(tiny) && QQ.sign(R.lower(R.scaleByPowerOfTwo(tiny, 2 ** 40))) >= 0).toBe(true);
    expect(R.sign(R.log(R.one))).toBe(0);
    expect(R.sign(R.exp(R.zero))).toBe(1);
    const wide = R.exp(R.inflate(R.zero, R.fromInteger(100)));
    expect(toDecimal(R.absUpper(wide), 10).gte(new Witness(100).exp().times("0.99"))).toBe(true);
    // log(1 + 2^-200) needs the digits that a plain log y + n log 2 would cancel
    const P = realBalls(300);
    const near = P.add(P.one, P.scaleByPowerOfTwo(P.one, -200));
    expect(P.sign(P.log(near))).toBe(1);
    expect(P.compare(P.log(near), P.scaleByPowerOfTwo(P.one, -200))).toBe(-1);
  });
});
