import { Decimal } from "decimal.js";
import { type RealBall, type RealBalls, realBalls, toNumber } from "freecurve/ball";
import { bench, describe } from "vitest";

// Ball arithmetic against decimal.js at the same number of digits, in one process: the same sums, products, quotients and functions of
// the same numbers. The balls carry proved radii, decimal.js none. The results are compared first.

interface Operation {
  readonly name: string;
  readonly rounds: number;
  readonly ball: (field: RealBalls, x: RealBall, y: RealBall) => RealBall;
  readonly decimal: (x: Decimal, y: Decimal) => Decimal;
}

const operations: readonly Operation[] = [
  { name: "x + y", rounds: 4000, ball: (R, x, y) => R.add(x, y), decimal: (x, y) => x.plus(y) },
  { name: "x y", rounds: 4000, ball: (R, x, y) => R.mul(x, y), decimal: (x, y) => x.times(y) },
  { name: "x / y", rounds: 2000, ball: (R, x, y) => R.div(x, y), decimal: (x, y) => x.div(y) },
  { name: "sqrt x", rounds: 1000, ball: (R, x) => R.sqrt(x), decimal: (x) => x.sqrt() },
  { name: "exp x", rounds: 100, ball: (R, x) => R.exp(x), decimal: (x) => x.exp() },
  { name: "log x", rounds: 100, ball: (R, x) => R.log(x), decimal: (x) => x.ln() },
  { name: "sin x", rounds: 100, ball: (R, x) => R.sin(x), decimal: (x) => x.sin() },
  { name: "x^y", rounds: 50, ball: (R, x, y) => R.pow(x, y), decimal: (x, y) => x.pow(y) },
  {
    name: "Horner, degree 20",
    rounds: 200,
    ball: (R, x, y) => R.horner(Array<RealBall>(21).fill(y), x),
    decimal: (x, y) => {
      let value = y;
      for (let k = 0; k < 20; k++) value = value.times(x).plus(y);
      return value;
    },
  },
];

/** The fastest of several batches, after one to warm up. */
function milliseconds(rounds: number, action: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let batch = 0; batch < 7; batch++) {
    const start = performance.now();
    for (let k = 0; k < rounds; k++) action();
    if (batch > 0) best = Math.min(best, (performance.now() - start) / rounds);
  }
  return best;
}

for (const digits of [50, 100]) {
  describe(`balls and decimal.js, ${digits} digits`, () => {
    const field = realBalls(Math.ceil(digits * Math.log2(10)) + 4);
    const Peer = Decimal.clone({ precision: digits });
    const [x, y] = [field.div(field.fromInteger(22), field.fromInteger(7)), field.sqrt(field.fromInteger(2))];
    const [u, v] = [new Peer(22).div(7), new Peer(2).sqrt()];
    for (const { name, rounds, ball, decimal } of operations) {
      const [mine, theirs] = [toNumber(ball(field, x, y)), decimal(u, v).toNumber()];
      if (Math.abs(mine - theirs) > 1e-14 * Math.abs(theirs)) throw new Error(`${name}: ${mine} here, ${theirs} there`);
      const ours = milliseconds(rounds, () => ball(field, x, y));
      const peer = milliseconds(rounds, () => decimal(u, v));
      console.log(
        `${name}, ${digits} digits: ball ${(1000 * ours).toFixed(2)} µs, decimal.js ${(1000 * peer).toFixed(2)} µs, ratio ${(ours / peer).toFixed(3)}`,
      );
      bench(
        name,
        () => {
          ball(field, x, y);
        },
        { time: 100, warmupTime: 0 },
      );
    }
  });
}
