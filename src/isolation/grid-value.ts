import { bitLength } from "../rings/index.js";
import type { IntegerPoly } from "../univariate/index.js";
import { leadingBits } from "./leading-bits.js";

/**
 * About mantissa * 2^exponent with the right sign, 0 only for an exact zero; `loss` is how many leading bits cancelled in the sum,
 * a hint for the precision at neighbouring points.
 */
export interface GridValue {
  readonly mantissa: bigint;
  readonly exponent: number;
  readonly loss: number;
}

/** What evaluations of one polynomial have in common. */
interface Prepared {
  /** The coefficients; of q when p(x) = q(x^2). */
  readonly coeffs: readonly bigint[];
  readonly even: boolean;
  /** The bit length of each coefficient, or one more; -1 for 0. */
  readonly lengths: Int32Array;
  /** The coefficients in fixed point for the arguments of the last evaluation: neighbours use them again. */
  terms: readonly bigint[];
  size: number;
  fraction: number;
}

const prepared = new WeakMap<IntegerPoly, Prepared>();

function prepare(p: IntegerPoly): Prepared {
  let found = prepared.get(p);
  if (found === undefined) {
    const even = p.length > 2 && p.every((c, k) => k % 2 === 0 || c === 0n);
    const coeffs = even ? p.filter((_, k) => k % 2 === 0) : p;
    const lengths = Int32Array.from(coeffs, (c) => (c === 0n ? -1 : leadingBits(c).exponent + 53));
    found = { coeffs, even, lengths, terms: [], size: 0, fraction: Number.NaN };
    prepared.set(p, found);
  }
  return found;
}

/** The coefficients c_k 2^(size*k + fraction), rounded down. */
function termsOf(plan: Prepared, size: number, fraction: number): readonly bigint[] {
  if (plan.size === size && plan.fraction === fraction) return plan.terms;
  plan.terms = plan.coeffs.map((c, k) => {
    const shift = size * k + fraction;
    return shift >= 0 ? c << BigInt(shift) : c >> BigInt(-shift);
  });
  plan.size = size;
  plan.fraction = fraction;
  return plan.terms;
}

/**
 * p(index / 2^level) with a proven sign and about `wanted` good leading bits where it is not close to a root, by Horner's rule in
 * fixed point with a bound of the truncation errors; the precision is doubled until the sign is certain, in the end exactly.
 */
export function valueOnGrid(p: IntegerPoly, index: bigint, level: number, wanted: number, loss: number): GridValue {
  if (index === 0n) return { mantissa: p[0] ?? 0n, exponent: 0, loss: 0 };
  const plan = prepare(p);
  if (!plan.even) return valueByHorner(plan, index, level, wanted, loss);
  return valueByHorner(plan, index * index, 2 * level, wanted, loss);
}

function valueByHorner(plan: Prepared, index: bigint, level: number, wanted: number, loss: number): GridValue {
  const { coeffs, lengths } = plan;
  const n = coeffs.length - 1;
  // x = y * 2^size with 1/2 <= |y| < 1, and the coefficients c_k 2^(size*k).
  const length = bitLength(index);
  const size = length - level;
  let top = Number.NEGATIVE_INFINITY;
  for (let k = 0; k <= n; k++) if (lengths[k]! >= 0) top = Math.max(top, lengths[k]! + size * k);
  const enough = top + n * Math.max(0, level) + 64;
  const errorBits = bitLength(BigInt(2 * n + 2));
  const start = wanted + loss + errorBits + 16 + Math.min(n, 128);
  for (let precision = start; precision < enough; precision *= 2) {
    const fraction = precision - top;
    const terms = termsOf(plan, size, fraction);
    // An argument far longer than the precision is cut off; that moves each product by at most one unit.
    const cut = Math.max(0, length - precision - errorBits - 4);
    const y = cut > 0 ? index >> BigInt(cut) : index;
    const drop = BigInt(length - cut);
    let value = terms[n]!;
    for (let k = n - 1; k >= 0; k--) value = ((value * y) >> drop) + terms[k]!;
    const found = bitLength(value);
    if (found > errorBits + 4 && (found > errorBits + wanted || precision > start)) {
      return { mantissa: value, exponent: -fraction, loss: Math.max(0, precision - found) };
    }
  }
  return exactValue(coeffs, index, level, top);
}

function exactValue(p: IntegerPoly, index: bigint, level: number, top: number): GridValue {
  const x = level < 0 ? index << BigInt(-level) : index;
  const step = Math.max(0, level);
  let value = 0n;
  for (let k = p.length - 1, shift = 0; k >= 0; k--, shift += step) value = value * x + (p[k]! << BigInt(shift));
  const exponent = -step * (p.length - 1);
  return { mantissa: value, exponent, loss: Math.max(0, top - bitLength(value) - exponent) };
}
