import { rational } from "../rings/index.js";
import type { RealBall } from "./real-ball.js";
import { realBalls } from "./real-balls.js";

/** A ball that contains pi, of relative width about 2^-bits, by Machin's formula pi = 16 arctan(1/5) − 4 arctan(1/239). */
export function piBall(bits: number): RealBall {
  const places = bits + 16;
  const scale = 1n << BigInt(places);
  const error = BigInt(8 * places);
  const value = 16n * inverseTangent(5n, scale) - 4n * inverseTangent(239n, scale);
  return realBalls(bits).fromInterval(rational(value - error, scale), rational(value + error, scale));
}

/** scale·arctan(1/n), each of the at most log2(scale)/2 terms rounded down. */
function inverseTangent(n: bigint, scale: bigint): bigint {
  let power = scale / n;
  let sum = 0n;
  for (let k = 1n; power !== 0n; k += 2n) {
    sum += (k & 2n) === 0n ? power / k : -(power / k);
    power /= n * n;
  }
  return sum;
}
