import fc from "fast-check";
import { type RealBall, realBalls } from "freecurve/ball";
import { QQ, type Rational, rational } from "../../src/rings/index.js";

/** A ball and a rational number inside it. */
export interface Pointed {
  readonly ball: RealBall;
  readonly point: Rational;
}

const powerOfTwo = (k: number): Rational => QQ.pow(rational(2), k);

/** Precisions on both sides of the length from which radii need other units. */
export const precision: fc.Arbitrary<number> = fc.constantFrom(53, 64, 80, 100, 200, 450, 700, 1200);

const scale = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -20, max: 20 }) },
  { weight: 2, arbitrary: fc.integer({ min: -700, max: 700 }) },
  { weight: 1, arbitrary: fc.integer({ min: -3000, max: 3000 }) },
);

/** Midpoints biased to 0, to small integers, to near ±1 and to numbers with too many bits; radii from none to dwarfing the midpoint. */
export function pointedBall(bits: number): fc.Arbitrary<Pointed> {
  const R = realBalls(bits);
  const mid = fc.oneof(
    fc.constantFrom(rational(0), rational(1), rational(-1), rational(3), rational(-2)),
    fc
      .tuple(fc.bigInt({ min: -(2n ** 60n), max: 2n ** 60n }), fc.bigInt({ min: 1n, max: 2n ** 40n }))
      .map(([n, d]) => rational(n, d)),
    fc
      .tuple(fc.bigInt({ min: -(2n ** 1300n), max: 2n ** 1300n }), scale)
      .map(([n, e]) => QQ.mul(rational(n), powerOfTwo(e - 1300))),
    fc
      .tuple(fc.constantFrom(1n, -1n), fc.integer({ min: 1, max: 1500 }))
      .map(([s, e]) => QQ.add(rational(s), powerOfTwo(-e))),
  );
  const radius = fc.oneof(
    { weight: 2, arbitrary: fc.constant(rational(0)) },
    {
      weight: 5,
      arbitrary: fc
        .tuple(fc.integer({ min: 1, max: 1000 }), scale)
        .map(([n, e]) => QQ.mul(rational(n), powerOfTwo(e - 30))),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 0, max: 10 }))
        .map(([n, e]) => QQ.mul(rational(n), powerOfTwo(-bits + e))),
    },
  );
  const place = fc.oneof(fc.constantFrom(0, 1, 0.5), fc.double({ min: 0, max: 1, noNaN: true }));
  return fc.tuple(mid, radius, place).map(([m, r, t]) => {
    const ball = R.inflate(R.fromRational(m), R.fromRational(r));
    const low = R.lower(ball);
    const width = QQ.sub(R.upper(ball), low);
    const weight = rational(BigInt(Math.round(t * 2 ** 30)), 2n ** 30n);
    return { ball, point: QQ.add(low, QQ.mul(weight, width)) };
  });
}

/** Whether low <= x <= high for the ends of the ball, without any predicate of the room. */
export function holds(bits: number, ball: RealBall, x: Rational): boolean {
  const R = realBalls(bits);
  if (!R.isBounded(ball)) return true;
  return QQ.compare(R.lower(ball), x) <= 0 && QQ.compare(x, R.upper(ball)) <= 0;
}

/** The width of a bounded ball. */
export function width(ball: RealBall): Rational {
  const R = realBalls(64);
  return QQ.sub(R.upper(ball), R.lower(ball));
}
