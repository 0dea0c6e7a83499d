import fc from "fast-check";
import { type ComplexBall, complexBalls, realBalls } from "freecurve/ball";
import { describe, expect, test } from "vitest";
import { QQ, type Rational, rational } from "../../src/rings/index.js";
import { holds, pointedBall, precision, width } from "./ball-generators.js";

interface Gauss {
  readonly re: Rational;
  readonly im: Rational;
}

/** Exact arithmetic of Q(i), written out. */
const exact = {
  add: (a: Gauss, b: Gauss): Gauss => ({ re: QQ.add(a.re, b.re), im: QQ.add(a.im, b.im) }),
  sub: (a: Gauss, b: Gauss): Gauss => ({ re: QQ.sub(a.re, b.re), im: QQ.sub(a.im, b.im) }),
  mul: (a: Gauss, b: Gauss): Gauss => ({
    re: QQ.sub(QQ.mul(a.re, b.re), QQ.mul(a.im, b.im)),
    im: QQ.add(QQ.mul(a.re, b.im), QQ.mul(a.im, b.re)),
  }),
  inv: (a: Gauss): Gauss => {
    const norm = QQ.add(QQ.mul(a.re, a.re), QQ.mul(a.im, a.im));
    return { re: QQ.div(a.re, norm), im: QQ.div(QQ.neg(a.im), norm) };
  },
};
const zero: Gauss = { re: rational(0), im: rational(0) };
const one: Gauss = { re: rational(1), im: rational(0) };

interface Pointed {
  readonly ball: ComplexBall;
  readonly point: Gauss;
}

const pointed = (bits: number): fc.Arbitrary<Pointed> =>
  fc.tuple(pointedBall(bits), pointedBall(bits)).map(([x, y]) => ({
    ball: { re: x.ball, im: y.ball },
    point: { re: x.point, im: y.point },
  }));

const cases = precision.chain((bits) => fc.tuple(pointed(bits), pointed(bits)).map(([a, b]) => ({ bits, a, b })));

function inside(bits: number, ball: ComplexBall, z: Gauss): boolean {
  return holds(bits, ball.re, z.re) && holds(bits, ball.im, z.im);
}

const runs = { numRuns: 150 };

describe("the containment promise for rectangles", () => {
  test("ring operations", () => {
    fc.assert(
      fc.property(cases, ({ bits, a, b }) => {
        const C = complexBalls(bits);
        expect(inside(bits, C.add(a.ball, b.ball), exact.add(a.point, b.point))).toBe(true);
        expect(inside(bits, C.sub(a.ball, b.ball), exact.sub(a.point, b.point))).toBe(true);
        expect(inside(bits, C.mul(a.ball, b.ball), exact.mul(a.point, b.point))).toBe(true);
        expect(inside(bits, C.sqr(a.ball), exact.mul(a.point, a.point))).toBe(true);
        expect(inside(bits, C.neg(a.ball), exact.sub(zero, a.point))).toBe(true);
        expect(inside(bits, C.conj(a.ball), { re: a.point.re, im: QQ.neg(a.point.im) })).toBe(true);
        const scaled = C.scaleReal(a.ball, b.ball.re);
        expect(inside(bits, scaled, exact.mul(a.point, { re: b.point.re, im: rational(0) }))).toBe(true);
        expect(inside(bits, C.union(a.ball, b.ball), a.point) && inside(bits, C.union(a.ball, b.ball), b.point)).toBe(
          true,
        );
        const inflated = C.inflate(a.ball, b.ball.re);
        expect(inside(bits, inflated, exact.add(a.point, { re: b.point.re, im: QQ.neg(b.point.re) }))).toBe(true);
      }),
      runs,
    );
  });

  test("a product is not much wider than its terms ask for", () => {
    fc.assert(
      fc.property(cases, ({ bits, a, b }) => {
        const C = complexBalls(bits);
        const R = realBalls(bits);
        const size = (x: ComplexBall): [Rational, Rational] => [
          R.midpointRational(R.absUpper(x.re)),
          R.midpointRational(R.absUpper(x.im)),
        ];
        const [ar, ai] = size(a.ball);
        const [br, bi] = size(b.ball);
        const unit = QQ.pow(rational(2), 5 - bits);
        // Products of balls err by |a| rb + |b| ra + ra rb <= 2|a| rb + |b| ra with the largest |a|, |b|.
        const part = (x: Rational, wx: Rational, y: Rational, wy: Rational): Rational =>
          QQ.add(QQ.add(QQ.mul(x, wy), QQ.mul(y, wx)), QQ.mul(QQ.mul(x, y), unit));
        const w = (x: ComplexBall): [Rational, Rational] => [width(x.re), width(x.im)];
        const [war, wai] = w(a.ball);
        const [wbr, wbi] = w(b.ball);
        const product = C.mul(a.ball, b.ball);
        const bound = QQ.add(part(ar, war, br, wbr), part(ai, wai, bi, wbi));
        expect(QQ.compare(width(product.re), QQ.mul(rational(101, 100), bound))).not.toBe(1);
        const boundImaginary = QQ.add(part(ar, war, bi, wbi), part(ai, wai, br, wbr));
        expect(QQ.compare(width(product.im), QQ.mul(rational(101, 100), boundImaginary))).not.toBe(1);
      }),
      runs,
    );
  });

  test("inverse, quotient, powers", () => {
    let bounded = 0;
    fc.assert(
      fc.property(fc.tuple(cases, fc.integer({ min: -4, max: 6 })), ([{ bits, a, b }, n]) => {
        const C = complexBalls(bits);
        const inverse = C.inv(b.ball);
        if (C.containsZero(b.ball)) expect(C.isBounded(inverse)).toBe(false);
        else {
          if (C.isBounded(inverse)) bounded++;
          const point = exact.inv(b.point);
          expect(inside(bits, inverse, point)).toBe(true);
          expect(inside(bits, C.div(a.ball, b.ball), exact.mul(a.point, point))).toBe(true);
        }
        if (n < 0 && C.containsZero(a.ball)) return;
        let power = one;
        for (let k = 0; k < Math.abs(n); k++) power = exact.mul(power, a.point);
        expect(inside(bits, C.powInt(a.ball, n), n < 0 ? exact.inv(power) : power)).toBe(true);
      }),
      runs,
    );
    expect(bounded).toBeGreaterThan(100);
  });

  test("the inverse of a small rectangle is small", () => {
    for (const bits of [64, 200, 1200]) {
      const C = complexBalls(bits);
      const a = C.fromRationals(rational(3, 7), rational(-2, 9));
      const product = C.mul(a, C.inv(a));
      expect(inside(bits, product, one)).toBe(true);
      const unit = QQ.pow(rational(2), 5 - bits);
      expect(QQ.compare(width(product.re), unit)).not.toBe(1);
      expect(QQ.compare(width(product.im), unit)).not.toBe(1);
    }
  });

  test("modulus and its bounds", () => {
    fc.assert(
      fc.property(cases, ({ bits, a }) => {
        const C = complexBalls(bits);
        const R = realBalls(bits);
        const square = QQ.add(QQ.mul(a.point.re, a.point.re), QQ.mul(a.point.im, a.point.im));
        const up = R.midpointRational(C.absUpper(a.ball));
        const down = R.midpointRational(C.absLower(a.ball));
        expect(QQ.compare(QQ.mul(up, up), square)).not.toBe(-1);
        expect(QQ.compare(QQ.mul(down, down), square)).not.toBe(1);
        expect(holds(bits, C.absSquared(a.ball), square)).toBe(true);
        const abs = C.abs(a.ball);
        if (R.isBounded(abs)) {
          const low = QQ.max(R.lower(abs), rational(0));
          expect(QQ.compare(QQ.mul(low, low), square)).not.toBe(1);
          expect(QQ.compare(QQ.mul(R.upper(abs), R.upper(abs)), square)).not.toBe(-1);
        }
        if (C.containsZero(a.ball)) expect(QQ.sign(down)).toBe(0);
        // The bounds of a single number are close to each other.
        const mid = C.midpoint(a.ball);
        const [low, high] = [R.midpointRational(C.absLower(mid)), R.midpointRational(C.absUpper(mid))];
        expect(QQ.compare(QQ.mul(high, rational(2n ** 40n - 1n, 2n ** 40n)), low)).not.toBe(1);
      }),
      runs,
    );
  });

  test("Horner's rule with the derivative, and the Taylor shift", () => {
    const polynomials = precision.chain((bits) =>
      fc
        .tuple(fc.array(pointed(bits), { minLength: 1, maxLength: 5 }), pointed(bits))
        .map(([coeffs, x]) => ({ bits, coeffs, x })),
    );
    fc.assert(
      fc.property(polynomials, ({ bits, coeffs, x }) => {
        const C = complexBalls(bits);
        const balls = coeffs.map((c) => c.ball);
        const value = (c: readonly Gauss[]): Gauss =>
          c.reduceRight((v, next) => exact.add(exact.mul(v, x.point), next), zero);
        const points = coeffs.map((c) => c.point);
        const derivative = points.slice(1).map((c, k) => exact.mul(c, { re: rational(k + 1), im: rational(0) }));
        expect(inside(bits, C.horner(balls, x.ball), value(points))).toBe(true);
        const both = C.evaluateWithDerivative(balls, x.ball);
        expect(inside(bits, both.value, value(points))).toBe(true);
        expect(inside(bits, both.derivative, value(derivative))).toBe(true);
        const shifted = C.taylorShift(balls, x.ball);
        // p^(j)(c)/j! is the j-th coefficient: divide the derivatives out one by one.
        let current = points;
        for (let j = 0; j < points.length; j++) {
          expect(inside(bits, shifted[j]!, value(current))).toBe(true);
          current = current.slice(1).map((c, k) => exact.mul(c, { re: rational(k + 1, j + 1), im: rational(0) }));
        }
      }),
      { numRuns: 120 },
    );
  });
});

test("predicates of rectangles are those of both parts", () => {
  const C = complexBalls(80);
  const R = realBalls(80);
  const box = (re: number, im: number, r: number): ComplexBall => C.inflate(C.fromNumbers(re, im), R.fromNumber(r));
  const big = box(1, 2, 1);
  expect(C.contains(big, box(1.5, 2.5, 0.5))).toBe(true);
  expect(C.interiorContains(big, box(1.5, 2.5, 0.5))).toBe(false);
  expect(C.interiorContains(big, box(1.5, 2.5, 0.49))).toBe(true);
  expect(C.contains(big, box(1.5, 3.5, 0.5))).toBe(false);
  expect(C.overlaps(big, box(3, 2, 1))).toBe(true);
  expect(C.overlaps(big, box(3, 4.5, 1))).toBe(false);
  expect(C.containsZero(big)).toBe(false);
  expect(C.containsZero(box(0.5, -0.5, 1))).toBe(true);
  expect(C.contains(C.fromInteger(-1), C.sqr(C.i))).toBe(true);
});
