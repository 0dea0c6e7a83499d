import { Decimal } from "decimal.js";
import fc from "fast-check";
import {
  type ComplexBall,
  complexBalls,
  containsRational,
  decideEqual,
  piBall,
  type RealBall,
  realBalls,
  tryDecimal,
} from "freecurve/ball";
import { describe, expect, test } from "vitest";
import { integerSquareRoot } from "../../src/ball/square-root.js";
import { DomainError } from "../../src/core/index.js";
import { integerSqrt, QQ, type Rational, rational } from "../../src/rings/index.js";
import { pointedBall } from "./ball-generators.js";

/** decimal.js at a precision far above that of the balls: a witness that shares no code with them. */
const Witness = Decimal.clone({ precision: 150, maxE: 9e15, minE: -9e15 });
const asDecimal = (r: Rational): Decimal => new Witness(r.num.toString()).div(new Witness(r.den.toString()));

function holds(ball: RealBall, value: Decimal, slack: Decimal = new Witness("1e-140")): boolean {
  const R = realBalls(64);
  if (!R.isBounded(ball)) return true;
  return asDecimal(R.lower(ball)).minus(slack).lte(value) && asDecimal(R.upper(ball)).plus(slack).gte(value);
}

const bits = fc.constantFrom(53, 64, 100, 200, 400);
const cases = bits.chain((b) => pointedBall(b).map((a) => ({ bits: b, ...a })));
const modest = (point: Rational): boolean => asDecimal(point).abs().lt(50);

describe("functions of real balls against decimal.js", () => {
  test("sin, cos, arctan", () => {
    let narrow = 0;
    fc.assert(
      fc.property(cases, ({ bits: b, ball, point }) => {
        const R = realBalls(b);
        const x = asDecimal(point);
        expect(holds(R.atan(ball), x.atan())).toBe(true);
        if (!modest(point)) return;
        expect(holds(R.sin(ball), x.sin())).toBe(true);
        expect(holds(R.cos(ball), x.cos())).toBe(true);
        if (QQ.compare(R.radiusRational(R.sin(ball)), rational(1, 1000)) < 0) narrow++;
      }),
      { numRuns: 60 },
    );
    expect(narrow).toBeGreaterThan(10);
  });

  test("powers with rational and real exponents", () => {
    const exponent = fc.tuple(fc.integer({ min: -7, max: 7 }), fc.integer({ min: 1, max: 5 }));
    let bounded = 0;
    fc.assert(
      fc.property(cases, exponent, ({ bits: b, ball, point }, [p, q]) => {
        const R = realBalls(b);
        fc.pre(R.sign(ball) === 1 && asDecimal(point).log().abs().lt(50));
        const r = rational(p, q);
        const value = asDecimal(point).pow(new Witness(p).div(q));
        const slack = value.times("1e-140");
        expect(holds(R.powRational(ball, r), value, slack)).toBe(true);
        expect(holds(R.pow(ball, R.fromRational(r)), value, slack)).toBe(true);
        if (R.isBounded(R.powRational(ball, r))) bounded++;
      }),
      { numRuns: 60 },
    );
    expect(bounded).toBeGreaterThan(40);
  });

  test("powers on an interval that begins at 0, and where they are not real", () => {
    const R = realBalls(80);
    const ball = R.fromInterval(rational(0), rational(1, 4));
    for (const r of [rational(1, 2), rational(1, 3), rational(5, 2), rational(7, 5)]) {
      const power = R.powRational(ball, r);
      expect(R.isBounded(power) && R.containsZero(power)).toBe(true);
      expect(holds(power, new Witness("0.25").pow(asDecimal(r)))).toBe(true);
      expect(R.isBounded(R.powRational(ball, QQ.neg(r)))).toBe(false);
    }
    expect(R.sign(R.powRational(R.zero, rational(1, 3)))).toBe(0);
    expect(R.sign(R.powRational(R.fromInteger(4), rational(1, 2)))).toBe(1);
    expect(containsRational(R.powRational(R.fromInteger(4), rational(-3, 2)), rational(1, 8))).toBe(true);
    expect(() => R.powRational(R.fromInteger(-8), rational(1, 3))).toThrow(DomainError);
    expect(R.isBounded(R.pow(R.fromInterval(rational(-1), rational(1)), R.one))).toBe(false);
  });

  test("two thousand digits: sin² + cos² = 1, arctan 1 = pi/4, and floors of roots by another iteration", () => {
    const R = realBalls(6700);
    const x = R.fromRational(rational(22, 7));
    const norm = R.add(R.sqr(R.sin(x)), R.sqr(R.cos(x)));
    expect(containsRational(norm, rational(1))).toBe(true);
    const quarter = R.scaleByPowerOfTwo(piBall(6700), -2);
    expect(R.overlaps(R.atan(R.one), quarter)).toBe(true);
    expect(QQ.compare(R.radiusRational(norm), QQ.pow(rational(2), -6690))).toBe(-1);
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 3000n }), fc.integer({ min: 0, max: 3000 }), (n, k) => {
        const m = n >> BigInt(k);
        expect(integerSquareRoot(m)).toBe(integerSqrt(m));
        const square = m * m;
        expect(integerSquareRoot(square)).toBe(m);
        if (m > 0n) expect(integerSquareRoot(square - 1n)).toBe(m - 1n);
      }),
      { numRuns: 300 },
    );
  });

  test("equality has three values, and no digit is given that is not certain", () => {
    const R = realBalls(64);
    const third = R.fromRational(rational(1, 3));
    expect(decideEqual(R.one, R.one)).toBe("true");
    expect(decideEqual(third, third)).toBe("unknown");
    expect(decideEqual(third, R.one)).toBe("false");
    const decimal = tryDecimal(third, 50);
    if (decimal.kind !== "ok") throw new Error("1/3 has certain digits");
    expect(decimal.value).toBeInstanceOf(Decimal);
    expect(decimal.value.toString()).toMatch(/^0\.3{17,20}$/);
    expect(tryDecimal(R.fromInterval(rational(-1), rational(1)), 5).kind).toBe("unable");
  });
});

interface Pair {
  readonly re: Decimal;
  readonly im: Decimal;
}

const rectangles = bits.chain((b) =>
  fc.tuple(pointedBall(b), pointedBall(b)).map(([x, y]) => ({
    bits: b,
    ball: { re: x.ball, im: y.ball },
    re: x.point,
    im: y.point,
  })),
);

function holdsPair(ball: ComplexBall, { re, im }: Pair, slack?: Decimal): boolean {
  return holds(ball.re, re, slack) && holds(ball.im, im, slack);
}

describe("functions of rectangles against decimal.js", () => {
  test("exp, log, argument and square root, principal values", () => {
    let narrow = 0;
    fc.assert(
      fc.property(rectangles, ({ bits: b, ball, re, im }) => {
        const C = complexBalls(b);
        const [x, y] = [asDecimal(re), asDecimal(im)];
        if (modest(re) && modest(im)) {
          const size = x.exp();
          const value = { re: size.times(y.cos()), im: size.times(y.sin()) };
          expect(holdsPair(C.exp(ball), value, size.times("1e-140"))).toBe(true);
        }
        if (x.isZero() && y.isZero()) return;
        const argument = Witness.atan2(y, x);
        expect(holds(C.arg(ball), argument)).toBe(true);
        const modulus = x.times(x).plus(y.times(y)).sqrt();
        const log = C.log(ball);
        expect(holds(log.im, argument)).toBe(true);
        expect(holds(log.re, modulus.ln())).toBe(true);
        const real = modulus.plus(x).div(2).sqrt();
        const imaginary = modulus.minus(x).div(2).sqrt();
        const root = { re: real, im: y.isNegative() && !y.isZero() ? imaginary.neg() : imaginary };
        // decimal.js loses half of its digits where the parts cancel.
        expect(holdsPair(C.sqrt(ball), root, modulus.sqrt().times("1e-70"))).toBe(true);
        if (QQ.compare(realBalls(64).radiusRational(C.sqrt(ball).re), rational(1, 1000)) < 0) narrow++;
      }),
      { numRuns: 60 },
    );
    expect(narrow).toBeGreaterThan(10);
  });

  test("the cut is the negative real axis, with the values from above", () => {
    const C = complexBalls(80);
    const R = realBalls(80);
    const near = (re: Rational, im: RealBall): ComplexBall => C.fromParts(R.fromRational(re), im);
    const small = rational(1, 1000);
    const across = near(rational(-4), R.fromInterval(QQ.neg(small), small));
    const above = near(rational(-4), R.fromInterval(rational(0), small));
    const below = near(rational(-4), R.fromInterval(QQ.neg(small), QQ.neg(rational(1, 2000))));
    const root = C.sqrt(across);
    for (const s of [2, -2]) expect(containsRational(root.im, rational(s))).toBe(true);
    expect(R.overlaps(C.arg(across), piBall(80)) && R.overlaps(C.arg(across), R.neg(piBall(80)))).toBe(true);
    expect(R.sign(C.sqrt(above).im)).toBe(1);
    expect(R.sign(C.arg(above))).toBe(1);
    expect(R.sign(C.sqrt(below).im)).toBe(-1);
    expect(R.sign(C.arg(below))).toBe(-1);
    const minusOne = C.fromInteger(-1);
    expect(C.contains(C.sqrt(minusOne), C.i) && R.overlaps(C.log(minusOne).im, piBall(80))).toBe(true);
    expect(() => C.log(C.zero)).toThrow(DomainError);
    expect(C.isBounded(C.log(C.fromParts(R.fromInterval(QQ.neg(small), small), R.zero)))).toBe(false);
  });

  test("powers: i^i = exp(−pi/2), and z^(1/2) is the square root", () => {
    const C = complexBalls(120);
    const R = realBalls(120);
    const power = C.pow(C.i, C.i);
    expect(R.overlaps(power.re, R.exp(R.scaleByPowerOfTwo(R.neg(piBall(120)), -1)))).toBe(true);
    expect(R.containsZero(power.im)).toBe(true);
    const z = C.fromNumbers(-3, -0.25);
    expect(C.overlaps(C.pow(z, C.fromNumber(0.5)), C.sqrt(z))).toBe(true);
  });
});
