import { bitLength, invertModulo } from "../rings/index.js";

/**
 * Arithmetic on *centred* residues of a prime p < 2^26: integers r in a double with |r| <= p/2. A product of two is at most
 * 2^50, so that eight of them add up exactly before one reduction, and no reduction needs a branch.
 */

/** Adding and subtracting 1.5·2^52 rounds a double of modulus below 2^51 to an integer. Hot loops elsewhere write it out. */
const rounding = 6755399441055744;

/** The centred residue of an integer |x| < 2^53, given 1/p as a double. */
export function centred(x: number, p: number, reciprocal: number): number {
  return x - (x * reciprocal + rounding - rounding) * p;
}

/** a·b for centred residues. */
export function centredProduct(a: number, b: number, p: number, reciprocal: number): number {
  const x = a * b;
  return x - (x * reciprocal + rounding - rounding) * p;
}

/** a^n for an integer n >= 0. */
export function centredPower(a: number, n: number, p: number, reciprocal: number): number {
  let result = 1;
  let square = a;
  for (let k = n; k > 0; k = Math.floor(k / 2)) {
    if (k % 2 === 1) result = centredProduct(result, square, p, reciprocal);
    if (k > 1) square = centredProduct(square, square, p, reciprocal);
  }
  return result;
}

/** 1/a for a centred residue a ≠ 0. */
export function centredInverse(a: number, p: number): number {
  const inverse = invertModulo(a < 0 ? a + p : a, p);
  return inverse > p / 2 ? inverse - p : inverse;
}

/** Replaces the nonzero entries list[from] … list[to − 1] by their inverses, with one inversion [Montgomery's trick]. */
export function invertAll(list: Float64Array, from: number, to: number, products: Float64Array, p: number): void {
  const reciprocal = 1 / p;
  let running = 1;
  for (let k = from; k < to; k++) {
    products[k] = running;
    const x = running * list[k]!;
    running = x - (x * reciprocal + rounding - rounding) * p;
  }
  let inverse = centredInverse(running, p);
  for (let k = to - 1; k >= from; k--) {
    const entry = list[k]!;
    const x = inverse * products[k]!;
    list[k] = x - (x * reciprocal + rounding - rounding) * p;
    const y = inverse * entry;
    inverse = y - (y * reciprocal + rounding - rounding) * p;
  }
}

/** The centred residues modulo p of a list of integers, written to `into`. */
export type IntegerImages = (p: number, into: Float64Array) => void;

const limbBits = 24;
const limbBase = 2 ** limbBits;

/** Prepares the reduction of a list of integers modulo many primes: doubles where they suffice, else words of 24 bits. */
export function integerImages(integers: readonly bigint[]): IntegerImages {
  const small = Float64Array.from(integers, Number);
  if (small.every((c) => Math.abs(c) <= Number.MAX_SAFE_INTEGER)) {
    return (p, into) => {
      const reciprocal = 1 / p;
      for (let k = 0; k < small.length; k++) into[k] = centred(small[k]!, p, reciprocal);
    };
  }
  const lengths = integers.map((c) => Math.max(1, Math.ceil(bitLength(c) / limbBits)));
  const limbs = new Float64Array(lengths.reduce((sum, n) => sum + n, 0));
  let at = 0;
  for (const [k, c] of integers.entries()) {
    const digits = (c < 0n ? -c : c).toString(16).padStart((lengths[k]! * limbBits) / 4, "0");
    const sign = c < 0n ? -1 : 1;
    for (let i = 0; i < lengths[k]!; i++) {
      const start = (i * limbBits) / 4;
      limbs[at++] = sign * Number.parseInt(digits.slice(start, start + limbBits / 4), 16);
    }
  }
  return (p, into) => {
    const reciprocal = 1 / p;
    let position = 0;
    for (let k = 0; k < lengths.length; k++) {
      let residue = 0;
      for (let i = lengths[k]!; i > 0; i--) residue = centred(residue * limbBase + limbs[position++]!, p, reciprocal);
      into[k] = residue;
    }
  };
}
