import fc from "fast-check";
import { ballToText, containsRational, decideLess, isExact, type RealBall, realBalls } from "freecurve/ball";
import { describe, expect, test } from "vitest";
import { DomainError } from "../../src/core/index.js";
import { QQ, type Rational, rational, rationalFromNumber } from "../../src/rings/index.js";
import { holds, type Pointed, pointedBall, precision, width } from "./ball-generators.js";

const runs = { numRuns: 250 };

interface Case {
  readonly bits: number;
  readonly a: Pointed;
  readonly b: Pointed;
}

const cases: fc.Arbitrary<Case> = precision.chain((bits) =>
  fc.tuple(pointedBall(bits), pointedBall(bits)).map(([a, b]) => ({ bits, a, b })),
);

function ends(b: RealBall): Rational[] {
  const R = realBalls(64);
  return [R.lower(b), R.upper(b)];
}

const twoTo = (k: number): Rational => QQ.pow(rational(2), k);

function maximum(values: readonly Rational[]): Rational {
  return values.reduce((x, y) => QQ.max(x, y));
}

/** The exact hull of the values at the corners, which is the range of +, −, ·, / over a rectangle. */
function tight(bits: number, out: RealBall, corners: readonly Rational[], scale: Rational, factor: number): boolean {
  if (!realBalls(bits).isBounded(out)) return false;
  const low = corners.reduce((x, y) => QQ.min(x, y));
  const range = QQ.sub(maximum(corners), low);
  const bound = QQ.add(QQ.mul(rationalFromNumber(factor), range), QQ.mul(QQ.abs(scale), twoTo(5 - bits)));
  return QQ.compare(width(out), bound) <= 0;
}

describe("the containment promise, and that radii stay small", () => {
  test("sum and difference", () => {
    fc.assert(
      fc.property(cases, ({ bits, a, b }) => {
        const R = realBalls(bits);
        const scale = maximum([...ends(a.ball), ...ends(b.ball)].map(QQ.abs));
        const sum = R.add(a.ball, b.ball);
        const difference = R.sub(a.ball, b.ball);
        expect(holds(bits, sum, QQ.add(a.point, b.point))).toBe(true);
        expect(holds(bits, difference, QQ.sub(a.point, b.point))).toBe(true);
        const sums = ends(a.ball).flatMap((x) => ends(b.ball).map((y) => QQ.add(x, y)));
        expect(tight(bits, sum, sums, scale, 1.001)).toBe(true);
        const differences = ends(a.ball).flatMap((x) => ends(b.ball).map((y) => QQ.sub(x, y)));
        expect(tight(bits, difference, differences, scale, 1.001)).toBe(true);
      }),
      runs,
    );
  });

  test("product, square and absolute value", () => {
    fc.assert(
      fc.property(cases, ({ bits, a, b }) => {
        const R = realBalls(bits);
        const product = R.mul(a.ball, b.ball);
        expect(holds(bits, product, QQ.mul(a.point, b.point))).toBe(true);
        const products = ends(a.ball).flatMap((x) => ends(b.ball).map((y) => QQ.mul(x, y)));
        // Around 0 a midpoint and a radius describe a product up to a factor 2.
        expect(tight(bits, product, products, maximum(products.map(QQ.abs)), 2.001)).toBe(true);
        const square = R.sqr(a.ball);
        expect(holds(bits, square, QQ.mul(a.point, a.point))).toBe(true);
        expect(R.sign(square) === -1).toBe(false);
        const absolute = R.abs(a.ball);
        expect(holds(bits, absolute, QQ.abs(a.point))).toBe(true);
        expect(QQ.sign(R.lower(absolute))).toBeGreaterThanOrEqual(0);
        expect(
          QQ.compare(R.upper(absolute), QQ.mul(rationalFromNumber(1.001), maximum(ends(a.ball).map(QQ.abs)))),
        ).not.toBe(1);
      }),
      runs,
    );
  });

  test("quotient and inverse", () => {
    let bounded = 0;
    fc.assert(
      fc.property(cases, ({ bits, a, b }) => {
        const R = realBalls(bits);
        const quotient = R.div(a.ball, b.ball);
        if (R.containsZero(b.ball)) {
          expect(R.isBounded(quotient)).toBe(false);
          return;
        }
        expect(holds(bits, quotient, QQ.div(a.point, b.point))).toBe(true);
        expect(holds(bits, R.inv(b.ball), QQ.inv(b.point))).toBe(true);
        const [low, high] = ends(b.ball).map(QQ.abs);
        const ratio = QQ.div(QQ.max(low!, high!), QQ.min(low!, high!));
        if (QQ.compare(ratio, rational(2)) > 0) return;
        bounded++;
        const quotients = ends(a.ball).flatMap((x) => ends(b.ball).map((y) => QQ.div(x, y)));
        expect(tight(bits, quotient, quotients, maximum(quotients.map(QQ.abs)), 3)).toBe(true);
      }),
      runs,
    );
    expect(bounded).toBeGreaterThan(100);
  });

  test("integer powers", () => {
    const withExponent = fc.tuple(cases, fc.integer({ min: -5, max: 9 }));
    fc.assert(
      fc.property(withExponent, ([{ bits, a }, n]) => {
        const R = realBalls(bits);
        const power = R.powInt(a.ball, n);
        if (n < 0 && R.containsZero(a.ball)) expect(R.isBounded(power)).toBe(false);
        else expect(holds(bits, power, QQ.pow(a.point, n))).toBe(true);
      }),
      runs,
    );
  });

  test("Horner's rule, the derivative and the Taylor shift", () => {
    const polynomials = precision.chain((bits) =>
      fc
        .tuple(fc.array(pointedBall(bits), { minLength: 0, maxLength: 6 }), pointedBall(bits))
        .map(([coeffs, x]) => ({ bits, coeffs, x })),
    );
    fc.assert(
      fc.property(polynomials, ({ bits, coeffs, x }) => {
        const R = realBalls(bits);
        const balls = coeffs.map((c) => c.ball);
        const exact = (c: readonly Rational[], at: Rational): Rational =>
          c.reduceRight((value, next) => QQ.add(QQ.mul(value, at), next), rational(0));
        const points = coeffs.map((c) => c.point);
        const derivative = points.slice(1).map((c, k) => QQ.mul(c, rational(k + 1)));
        expect(holds(bits, R.horner(balls, x.ball), exact(points, x.point))).toBe(true);
        const both = R.evaluateWithDerivative(balls, x.ball);
        expect(holds(bits, both.value, exact(points, x.point))).toBe(true);
        expect(holds(bits, both.derivative, exact(derivative, x.point))).toBe(true);
        // p(x + c) by the binomial theorem
        const shifted = R.taylorShift(balls, x.ball);
        expect(shifted.length).toBe(points.length);
        points.forEach((_, j) => {
          let binomial = 1n;
          let coefficient = rational(0);
          for (let k = j; k < points.length; k++) {
            const term = QQ.mul(points[k]!, QQ.pow(x.point, k - j));
            coefficient = QQ.add(coefficient, QQ.mul(rational(binomial), term));
            binomial = (binomial * BigInt(k + 1)) / BigInt(k + 1 - j);
          }
          expect(holds(bits, shifted[j]!, coefficient)).toBe(true);
        });
      }),
      { numRuns: 200 },
    );
  });

  test("a long computation keeps about all of its bits", () => {
    // In x -> x/2 + 1/x a radius is carried on with factor 1/2 + 1/x² = 1: it grows by a few units a step.
    const R = realBalls(100);
    let x = R.one;
    for (let k = 0; k < 200; k++) x = R.add(R.scaleByPowerOfTwo(x, -1), R.inv(x));
    expect(QQ.compare(width(x), twoTo(-88))).toBe(-1);
    expect(R.containsZero(R.sub(R.sqr(x), R.fromInteger(2)))).toBe(true);
    let product = R.one;
    for (let k = 1; k <= 200; k++) product = R.mul(product, R.fromRational(rational(k + 1, k)));
    expect(containsRational(product, rational(201))).toBe(true);
    expect(QQ.compare(width(product), twoTo(-80))).toBe(-1);
  });
});

describe("predicates agree with the exact ends", () => {
  test("sign, order, containment, overlap, union, inflate, bounds", () => {
    const seen = new Map<string, number>();
    const count = (name: string, value: unknown): void => {
      seen.set(`${name} ${value}`, (seen.get(`${name} ${value}`) ?? 0) + 1);
    };
    const related = cases.chain((one) =>
      fc.constantFrom("apart", "apart", "inner", "same", "zero").map((kind) => {
        if (kind === "apart") return one;
        const R = realBalls(one.bits);
        if (kind === "zero") return { ...one, a: { ball: R.zero, point: rational(0) } };
        if (kind === "same") return { ...one, b: one.a };
        return { ...one, a: { ball: R.union(one.a.ball, one.b.ball), point: one.a.point } };
      }),
    );
    fc.assert(
      fc.property(related, ({ bits, a, b }) => {
        const R = realBalls(bits);
        const [aLow, aHigh] = ends(a.ball) as [Rational, Rational];
        const [bLow, bHigh] = ends(b.ball) as [Rational, Rational];
        const sign = R.sign(a.ball);
        count("sign", sign);
        const low = QQ.sign(aLow);
        const high = QQ.sign(aHigh);
        expect(sign).toBe(low > 0 ? 1 : high < 0 ? -1 : low === 0 && high === 0 ? 0 : undefined);
        expect(R.containsZero(a.ball)).toBe(low <= 0 && high >= 0);
        const inside = QQ.compare(aLow, bLow) <= 0 && QQ.compare(bHigh, aHigh) <= 0;
        expect(R.contains(a.ball, b.ball)).toBe(inside);
        const strictly = QQ.compare(aLow, bLow) < 0 && QQ.compare(bHigh, aHigh) < 0;
        expect(R.strictlyContains(a.ball, b.ball)).toBe(strictly);
        const meet = QQ.compare(aLow, bHigh) <= 0 && QQ.compare(bLow, aHigh) <= 0;
        expect(R.overlaps(a.ball, b.ball)).toBe(meet);
        count("overlap", meet);
        count("inside", inside);
        const order = QQ.compare(aHigh, bLow) < 0 ? -1 : QQ.compare(aLow, bHigh) > 0 ? 1 : undefined;
        const equal = isExact(a.ball) && isExact(b.ball) && QQ.equals(aLow, bLow);
        expect(R.compare(a.ball, b.ball)).toBe(equal ? 0 : order);
        expect(decideLess(a.ball, b.ball)).toBe(
          QQ.compare(aHigh, bLow) < 0 ? "true" : QQ.compare(aLow, bHigh) >= 0 ? "false" : "unknown",
        );
        expect(containsRational(a.ball, b.point)).toBe(
          QQ.compare(aLow, b.point) <= 0 && QQ.compare(b.point, aHigh) <= 0,
        );
        const union = R.union(a.ball, b.ball);
        expect(R.contains(union, a.ball) && R.contains(union, b.ball)).toBe(true);
        const reach = maximum([aLow, aHigh, bLow, bHigh].map(QQ.abs));
        const hull = QQ.sub(QQ.max(aHigh, bHigh), QQ.min(aLow, bLow));
        expect(
          QQ.compare(width(union), QQ.add(QQ.mul(rationalFromNumber(1.001), hull), QQ.mul(reach, twoTo(4 - bits)))),
        ).not.toBe(1);
        const inflated = R.inflate(a.ball, b.ball);
        const by = maximum([bLow, bHigh].map(QQ.abs));
        expect(QQ.compare(R.lower(inflated), QQ.sub(aLow, by))).not.toBe(1);
        expect(QQ.compare(R.upper(inflated), QQ.add(aHigh, by))).not.toBe(-1);
        const largest = QQ.max(QQ.abs(aLow), QQ.abs(aHigh));
        const absUpper = R.midpointRational(R.absUpper(a.ball));
        expect(QQ.compare(absUpper, largest)).not.toBe(-1);
        expect(QQ.compare(absUpper, QQ.mul(largest, rationalFromNumber(1 + 2 ** -40)))).not.toBe(1);
        const smallest = low * high <= 0 ? rational(0) : QQ.min(QQ.abs(aLow), QQ.abs(aHigh));
        const absLower = R.midpointRational(R.absLower(a.ball));
        expect(QQ.compare(absLower, smallest)).not.toBe(1);
        if (QQ.compare(QQ.mul(rational(2), smallest), largest) > 0) {
          expect(QQ.compare(absLower, QQ.mul(smallest, rationalFromNumber(1 - 2 ** -40)))).not.toBe(-1);
        }
      }),
      runs,
    );
    for (const kind of [
      "sign 1",
      "sign -1",
      "sign 0",
      "sign undefined",
      "overlap true",
      "overlap false",
      "inside true",
    ]) {
      expect(seen.get(kind) ?? 0, kind).toBeGreaterThan(1);
    }
  });
});

describe("constructors", () => {
  test("rationals, integers, doubles and intervals", () => {
    const anyDouble = fc.double({ noNaN: true, noDefaultInfinity: true });
    const ratio = fc.tuple(fc.bigInt(), fc.bigInt({ min: 1n })).map(([n, d]) => rational(n, d));
    fc.assert(
      fc.property(precision, ratio, ratio, anyDouble, (bits, r, s, x) => {
        const R = realBalls(bits);
        expect(holds(bits, R.fromRational(r), r)).toBe(true);
        expect(QQ.compare(width(R.fromRational(r)), QQ.mul(QQ.abs(r), twoTo(3 - bits)))).not.toBe(1);
        expect(QQ.equals(R.midpointRational(R.fromNumber(x)), rationalFromNumber(x))).toBe(true);
        expect(isExact(R.fromNumber(x))).toBe(true);
        expect(holds(bits, R.fromInteger(r.num), rational(r.num))).toBe(true);
        const interval = R.fromInterval(QQ.min(r, s), QQ.max(r, s));
        expect(holds(bits, interval, r) && holds(bits, interval, s)).toBe(true);
        expect(holds(bits, interval, QQ.midpoint(r, s))).toBe(true);
      }),
      runs,
    );
  });

  test("what fits stays exact", () => {
    const R = realBalls(64);
    const three = R.fromInteger(3);
    expect(ballToText(R.div(R.fromInteger(6), three), 9)).toBe("2");
    expect(isExact(R.div(R.fromInteger(6), three))).toBe(true);
    expect(isExact(R.fromRational(rational(-5, 1024)))).toBe(true);
    expect(isExact(R.sub(R.mul(three, three), R.fromInteger(9)))).toBe(true);
    expect(isExact(R.sqrt(R.fromRational(rational(9, 4))))).toBe(true);
    expect(R.sign(R.sub(R.mul(three, three), R.fromInteger(9)))).toBe(0);
  });

  test("mistakes", () => {
    const R = realBalls(64);
    expect(() => realBalls(10)).toThrow(DomainError);
    expect(() => R.fromNumber(Number.NaN)).toThrow(DomainError);
    expect(() => R.fromInteger(0.5)).toThrow(DomainError);
    expect(() => R.fromInterval(rational(1), rational(0))).toThrow(DomainError);
    expect(() => R.lower(R.inv(R.zero))).toThrow(DomainError);
    expect(() => R.powInt(R.one, 0.5)).toThrow(DomainError);
  });
});
