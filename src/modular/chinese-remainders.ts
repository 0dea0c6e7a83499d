import { invertModulo, multiplyModulo, reduceModulo } from "../rings/index.js";
import { centred, centredInverse, centredProduct } from "./centred-residues.js";

/** The integers, symmetric about zero, that are known modulo a growing product of primes. */
export interface ChineseRemainders {
  readonly values: bigint[];
  modulus: bigint;
}

/** Takes the residues modulo a new prime in; returns whether the integers stayed as they were. */
export function absorbResidues(state: ChineseRemainders, residues: ArrayLike<number>, p: number): boolean {
  const reciprocal = 1 / p;
  const first = state.modulus === 1n;
  const inverse = first ? 1 : invertModulo(reduceModulo(state.modulus, p), p);
  let stable = !first;
  for (let k = 0; k < residues.length; k++) {
    const value = first ? 0n : state.values[k]!;
    const known = value === 0n ? 0 : reduceModulo(value, p);
    const difference = residues[k]! - known;
    if (difference === 0) {
      if (first) state.values[k] = 0n;
      continue;
    }
    stable = false;
    let step = multiplyModulo(difference < 0 ? difference + p : difference, inverse, p, reciprocal);
    if (step > p / 2) step -= p;
    state.values[k] = value + state.modulus * BigInt(step);
  }
  state.modulus *= BigInt(p);
  return stable;
}

/**
 * The integers of least modulus with given residues modulo distinct primes below 2^26: images[i][k] is the centred residue of the
 * k-th integer modulo primes[i]. Mixed radix digits in doubles [Garner 1959; Knuth, TAOCP 2, 4.3.2], two of them to a word.
 */
export function liftResidues(images: readonly Float64Array[], primes: readonly number[]): bigint[] {
  const count = primes.length;
  const length = images[0]?.length ?? 0;
  // weights[i·count + j]: the product of the first j primes modulo the i-th.
  const weights = new Float64Array(count * count);
  const inverses = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const p = primes[i]!;
    let product = 1;
    for (let j = 0; j < i; j++) {
      weights[i * count + j] = product;
      product = centredProduct(product, primes[j]! % p, p, 1 / p);
    }
    inverses[i] = i === 0 ? 1 : centredInverse(product, p);
  }
  const words = Math.ceil(count / 2);
  const radices = Array.from({ length: words }, (_, w) => BigInt(primes[2 * w]!) * BigInt(primes[2 * w + 1] ?? 1));
  const digits = new Float64Array(count + 1);
  const result = new Array<bigint>(length);
  for (let k = 0; k < length; k++) {
    let top = -1;
    for (let i = 0; i < count; i++) {
      const p = primes[i]!;
      const reciprocal = 1 / p;
      let known = 0;
      let partial = 0;
      for (let j = 0; j <= top; j++) {
        partial += digits[j]! * weights[i * count + j]!;
        if ((j & 7) === 7) {
          known += centred(partial, p, reciprocal);
          partial = 0;
        }
      }
      known = centred(known + centred(partial, p, reciprocal), p, reciprocal);
      const digit = centredProduct(centred(images[i]![k]! - known, p, reciprocal), inverses[i]!, p, reciprocal);
      digits[i] = digit;
      if (digit !== 0) top = i;
    }
    digits[count] = 0;
    let value = 0n;
    for (let w = top >> 1; w >= 0 && top >= 0; w--) {
      const word = digits[2 * w]! + digits[2 * w + 1]! * primes[2 * w]!;
      value = value === 0n ? BigInt(word) : value * radices[w]! + BigInt(word);
    }
    result[k] = value;
  }
  return result;
}
