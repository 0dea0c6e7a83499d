import { shiftCount } from "./magnitude.js";
import { type RealBall, settle } from "./real-ball.js";

const knownDigits: Map<number, bigint> = new Map();

/** pi·2^bits within 2 units, by Machin's formula pi = 16 arctan(1/5) − 4 arctan(1/239). */
export function piDigits(bits: number): bigint {
  let value = knownDigits.get(bits);
  if (value === undefined) {
    // The at most (bits + 60)/4 terms of each series err by one unit each.
    const guard = 60;
    const scale = 1n << shiftCount(bits + guard);
    value = (16n * inverseTangent(5n, scale) - 4n * inverseTangent(239n, scale)) >> shiftCount(guard);
    knownDigits.set(bits, value);
  }
  return value;
}

/** A ball that contains pi, of relative width about 2^-bits. Certified. */
export function piBall(bits: number): RealBall {
  return settle(piDigits(bits + 8), -bits - 8, 2, bits);
}

/** scale·arctan(1/n), each term rounded towards 0. */
function inverseTangent(n: bigint, scale: bigint): bigint {
  const square = n * n;
  let power = scale / n;
  let sum = 0n;
  for (let k = 1n; power !== 0n; k += 2n) {
    sum += (k & 2n) === 0n ? power / k : -(power / k);
    power /= square;
  }
  return sum;
}
