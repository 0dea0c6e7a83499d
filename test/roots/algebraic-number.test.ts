import { Decimal } from "decimal.js";
import fc from "fast-check";
import { integerPoly } from "freecurve/poly";
import {
  type AlgebraicNumber,
  affineImage,
  algebraicEquals,
  algebraicFromRational,
  algebraicRoots,
  algebraicToBall,
  algebraicToDecimal,
  algebraicToNumber,
  compareAlgebraic,
  compareWithRational,
  isRational,
  rationalBetween,
  rationalValue,
  refine,
  signOf,
} from "freecurve/roots";
import { describe, expect, it } from "vitest";
import { containsRational, realBalls } from "../../src/ball/index.js";
import { DomainError } from "../../src/core/index.js";
import { QQ, rational } from "../../src/rings/index.js";

const Big = Decimal.clone({ precision: 400, rounding: Decimal.ROUND_HALF_UP });
const last = (coeffs: readonly bigint[]): AlgebraicNumber => algebraicRoots(coeffs).at(-1)!;
const sqrt = (n: bigint): AlgebraicNumber => last([-n, 0n, 1n]);

describe("algebraicToDecimal", () => {
  it("agrees with decimal.js on square and cube roots", () => {
    expect(algebraicToDecimal(sqrt(2n), 100)).toBe(new Big(2).sqrt().toSignificantDigits(100).toString());
    for (const n of [2n, 3n, 5n, 999999n, 10n ** 41n + 1n]) {
      for (const digits of [1, 2, 15, 50, 300]) {
        expect(algebraicToDecimal(sqrt(n), digits)).toBe(
          new Big(n.toString()).sqrt().toSignificantDigits(digits).toString(),
        );
        expect(algebraicToDecimal(last([-n, 0n, 0n, 10n ** 60n]), digits)).toBe(
          new Big(n.toString()).div("1e60").cbrt().toSignificantDigits(digits).toString(),
        );
      }
    }
  });

  it("agrees with the quadratic formula in decimal.js", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: -1000, max: 1000 }),
        fc.integer({ min: -1000, max: -1 }),
        fc.integer({ min: 1, max: 60 }),
        (a, b, c, digits) => {
          const roots = algebraicRoots([BigInt(c), BigInt(b), BigInt(a)]);
          const root = new Big(b).pow(2).minus(new Big(4).mul(a).mul(c)).sqrt();
          const expected = [root.neg(), root].map((r) =>
            r
              .minus(b)
              .div(2 * a)
              .toSignificantDigits(digits)
              .toString(),
          );
          expect(roots.map((r) => algebraicToDecimal(r, digits))).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("rounds correctly where many digits are needed to decide", () => {
    // sqrt(1 + 10^-60) = 1.000...0005 - tiny: just below a tie at 60 decimals.
    const near = last([-(10n ** 60n + 1n), 0n, 10n ** 60n]);
    expect(algebraicToDecimal(near, 60)).toBe("1");
    expect(algebraicToDecimal(near, 62)).toBe(`1.${"0".repeat(60)}5`);
  });

  it("gives 1000 digits of a root of degree 4 that make the polynomial small", () => {
    const root = algebraicRoots([3n, -17n, -9n, 2n, 5n])[0]!;
    const text = algebraicToDecimal(root, 1000);
    const Wide = Decimal.clone({ precision: 1100 });
    const x = new Wide(text);
    const value = [5, 2, -9, -17, 3].reduce((v, c) => v.mul(x).plus(c), new Wide(0));
    expect(text.replace(/^0\./, "").length).toBe(1000);
    expect(value.abs().lt("1e-998")).toBe(true);
  });
});

describe("algebraicToNumber", () => {
  it("is the nearest double: Math.sqrt rounds correctly too", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 2 ** 50 }), (n) => {
        expect(algebraicToNumber(sqrt(BigInt(n)))).toBe(Math.sqrt(n));
      }),
      { numRuns: 60 },
    );
    expect(algebraicToNumber(algebraicFromRational(rational(1, 3)))).toBe(1 / 3);
    expect(algebraicToNumber(affineImage(sqrt(2n), rational(-1), rational(0)))).toBe(-Math.SQRT2);
  });
});

describe("algebraicToBall", () => {
  it("contains the number, narrowly", () => {
    for (const bits of [53, 200, 1000]) {
      const balls = realBalls(bits);
      for (const a of algebraicRoots([2n, -5n, 0n, 3n, 0n, 1n])) {
        const ball = algebraicToBall(a, bits);
        expect(compareWithRational(a, balls.lower(ball))).toBe(1);
        expect(compareWithRational(a, balls.upper(ball))).toBe(-1);
        const width = QQ.sub(balls.upper(ball), balls.lower(ball));
        const size = QQ.abs(balls.lower(ball));
        expect(QQ.compare(QQ.mul(width, QQ.pow(rational(2), bits - 3)), size)).toBe(-1);
      }
    }
    expect(containsRational(algebraicToBall(algebraicFromRational(rational(1, 3)), 60), rational(1, 3))).toBe(true);
  });
});

describe("refine", () => {
  it("keeps the root and meets the relative width", () => {
    for (const p of [
      [-2n, 0n, 1n],
      [-(10n ** 90n), 0n, 0n, 7n],
      [-7n, 0n, 0n, 10n ** 90n],
      [2n, -5n, 0n, 3n, 0n, 1n],
    ]) {
      for (const a of algebraicRoots(p)) {
        for (const bits of [1, 10, 53, 200, 1000]) {
          const r = refine(a, bits);
          const size = QQ.min(QQ.abs(r.lower), QQ.abs(r.upper));
          expect(QQ.compare(QQ.mul(QQ.sub(r.upper, r.lower), QQ.pow(rational(2), bits)), size)).toBeLessThanOrEqual(0);
          expect(integerPoly.signAt(p, r.lower) * integerPoly.signAt(p, r.upper)).toBe(-1);
          expect(algebraicEquals(a, r)).toBe(true);
          for (const end of [r.lower, r.upper]) expect(end.den & (end.den - 1n)).toBe(0n);
        }
      }
    }
  });

  it("leaves a rational number alone", () => {
    const a = algebraicFromRational(rational(2, 3));
    expect(refine(a, 100)).toBe(a);
    expect(isRational(a)).toBe(true);
    expect(rationalValue(a)).toEqual(rational(2, 3));
    expect(rationalValue(sqrt(3n))).toBeUndefined();
  });
});

describe("comparison", () => {
  it("orders numbers as their high-precision values", () => {
    const pool = [
      [-2n, 0n, 1n],
      [1n, -4n, 0n, 1n],
      [-3n, 2n],
      [0n, 1n],
      [1n, 0n, -10n, 0n, 1n],
      [-1n, 1n, 1n],
    ].flatMap((p) => algebraicRoots(p).map((a) => ({ a, x: new Big(algebraicToDecimal(a, 60)) })));
    for (const { a, x } of pool) {
      expect(signOf(a)).toBe(x.cmp(0));
      for (const { a: b, x: y } of pool) expect(compareAlgebraic(a, b)).toBe(x.cmp(y));
    }
  });

  it("decides equality and the order of very close numbers", () => {
    const root = sqrt(2n);
    const again = refine(algebraicRoots([-2n, 0n, 1n])[1]!, 50);
    expect(compareAlgebraic(root, again)).toBe(0);
    expect(algebraicEquals(root, again)).toBe(true);
    expect(algebraicEquals(root, algebraicRoots([-2n, 0n, 1n])[0]!)).toBe(false);
    // Wide overlapping intervals around different roots of one polynomial: -sqrt(2) and sqrt(2), written by hand.
    const minus: AlgebraicNumber = { minimalPolynomial: [-2n, 0n, 1n], lower: rational(-2), upper: rational(1) };
    const plus: AlgebraicNumber = { minimalPolynomial: [-2n, 0n, 1n], lower: rational(-1), upper: rational(2) };
    expect(compareAlgebraic(minus, plus)).toBe(-1);
    expect(compareAlgebraic(plus, minus)).toBe(1);
    expect(compareAlgebraic(plus, root)).toBe(0);
    expect(signOf(minus)).toBe(-1);
    // sqrt(2) against a neighbour 10^-300 away.
    const ten = 10n ** 300n;
    const close = last([-2n * ten - 1n, 0n, ten]);
    expect(compareAlgebraic(root, close)).toBe(-1);
    expect(compareWithRational(root, rational(141421356237n, 10n ** 11n))).toBe(1);
    expect(compareWithRational(root, rational(141421356238n, 10n ** 11n))).toBe(-1);
    expect(compareWithRational(algebraicFromRational(rational(1, 3)), rational(1, 3))).toBe(0);
  });

  it("finds a simple rational number in between", () => {
    const pool = algebraicRoots(integerPoly.mul([-2n, 0n, 1n], integerPoly.mul([1n, -4n, 0n, 1n], [-3n, 2n])));
    for (let k = 1; k < pool.length; k++) {
      const r = rationalBetween(pool[k - 1]!, pool[k]!);
      expect(compareWithRational(pool[k - 1]!, r)).toBe(-1);
      expect(compareWithRational(pool[k]!, r)).toBe(1);
      expect(r.den).toBeLessThan(40n);
    }
    expect(rationalBetween(algebraicFromRational(rational(0)), algebraicFromRational(rational(1)))).toEqual(
      rational(1, 2),
    );
    expect(() => rationalBetween(sqrt(3n), sqrt(2n))).toThrow(DomainError);
    expect(() => rationalBetween(sqrt(2n), sqrt(2n))).toThrow(DomainError);
  });
});

describe("affineImage", () => {
  it("has the value factor*a + shift", () => {
    const a = algebraicRoots([1n, -4n, 0n, 1n])[1]!;
    const image = affineImage(a, rational(-3, 7), rational(5, 2));
    const expected = new Big(algebraicToDecimal(a, 80)).mul(-3).div(7).plus("2.5").toSignificantDigits(60).toString();
    expect(algebraicToDecimal(image, 60)).toBe(expected);
    expect(compareAlgebraic(affineImage(image, rational(-7, 3), rational(35, 6)), a)).toBe(0);
  });
});
