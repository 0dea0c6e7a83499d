import { InternalError } from "../core/index.js";
import { invertModulo, isPrime } from "../rings/index.js";

/**
 * Dense polynomials over GF(p) for a prime p < 2^26, as doubles in [0, p): entry k multiplies x^k, the last entry is not 0, and
 * the empty array is 0. The kernel under modular gcds, factorisation and lifting; an array that was handed out is never changed.
 *
 * Sums of products are reduced only when they could pass 2^53, which is rare for small primes: see {@link productsBetweenReductions}.
 */
export type ResiduePoly = Float64Array;

/** The polynomial 0. */
const zeroResidues: ResiduePoly = new Float64Array(0);

/** The polynomial 1. */
export const oneResidues: ResiduePoly = Float64Array.of(1);

/** How many products of two residues may be added to a residue before the sum must be reduced; at least 2. */
export function productsBetweenReductions(p: number): number {
  return Math.floor((2 ** 53 - p) / ((p - 1) * (p - 1)));
}

/** The residue of an exact integer 0 <= value <= 2^53; reciprocal = 1/p. */
export function reduceResidue(value: number, p: number, reciprocal: number): number {
  const r = value - Math.floor(value * reciprocal) * p;
  return r < 0 ? r + p : r >= p ? r - p : r;
}

/** The array without the zeros at the top. */
export function trimResidues(coeffs: Float64Array): ResiduePoly {
  let length = coeffs.length;
  while (length > 0 && coeffs[length - 1] === 0) length--;
  return length === coeffs.length ? coeffs : coeffs.subarray(0, length);
}

/** The reduction of integer coefficients modulo p. */
export function toResidues(coeffs: readonly bigint[], p: number): ResiduePoly {
  const modulus = BigInt(p);
  const result = new Float64Array(coeffs.length);
  for (let k = 0; k < coeffs.length; k++) {
    const r = Number(coeffs[k]! % modulus);
    result[k] = r < 0 ? r + p : r;
  }
  return trimResidues(result);
}

export function subtractResidues(a: ResiduePoly, b: ResiduePoly, p: number): ResiduePoly {
  const result = new Float64Array(Math.max(a.length, b.length));
  result.set(a);
  for (let k = 0; k < b.length; k++) {
    const difference = result[k]! - b[k]!;
    result[k] = difference < 0 ? difference + p : difference;
  }
  return trimResidues(result);
}

export function scaleResidues(a: ResiduePoly, factor: number, p: number): ResiduePoly {
  const reciprocal = 1 / p;
  return trimResidues(a.map((c) => reduceResidue(c * factor, p, reciprocal)));
}

export function multiplyResidues(a: ResiduePoly, b: ResiduePoly, p: number): ResiduePoly {
  if (a.length === 0 || b.length === 0) return zeroResidues;
  const [long, short] = a.length >= b.length ? [a, b] : [b, a];
  const reciprocal = 1 / p;
  const chunk = productsBetweenReductions(p);
  const result = new Float64Array(long.length + short.length - 1);
  const top = short.length - 1;
  for (let k = 0; k < result.length; k++) {
    const from = Math.max(0, k - long.length + 1);
    result[k] = convolve(short, long, from, Math.min(k, top), k, chunk, p, reciprocal);
  }
  return result;
}

/** Quotient and remainder; b is not 0. */
export function divideResidues(
  a: ResiduePoly,
  b: ResiduePoly,
  p: number,
): { quotient: ResiduePoly; rest: ResiduePoly } {
  if (a.length < b.length) return { quotient: zeroResidues, rest: a };
  const reciprocal = 1 / p;
  const chunk = productsBetweenReductions(p);
  const n = b.length - 1;
  const inverse = b[n] === 1 ? 1 : invertModulo(b[n]!, p);
  const steps = a.length - n;
  const quotient = new Float64Array(steps);
  // Each coefficient of the quotient, and then of the remainder, is one sum of products of the quotient so far with b.
  for (let k = steps - 1; k >= 0; k--) {
    const known = convolve(quotient, b, k + 1, Math.min(steps - 1, k + n), n + k, chunk, p, reciprocal);
    let value = a[k + n]! - known;
    if (value < 0) value += p;
    quotient[k] = inverse === 1 ? value : reduceResidue(value * inverse, p, reciprocal);
  }
  const rest = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const value = a[i]! - convolve(quotient, b, 0, Math.min(steps - 1, i), i, chunk, p, reciprocal);
    rest[i] = value < 0 ? value + p : value;
  }
  return { quotient, rest: trimResidues(rest) };
}

/** The sum of a[i]·b[total − i] over i = from … to, reduced. */
function convolve(
  a: Float64Array,
  b: Float64Array,
  from: number,
  to: number,
  total: number,
  chunk: number,
  p: number,
  reciprocal: number,
): number {
  let sum = 0;
  let i = from;
  while (to - i >= chunk) {
    const stop = i + chunk;
    for (; i < stop; i++) sum += a[i]! * b[total - i]!;
    sum = reduceResidue(sum, p, reciprocal);
  }
  for (; i <= to; i++) sum += a[i]! * b[total - i]!;
  return reduceResidue(sum, p, reciprocal);
}

export function remainderResidues(a: ResiduePoly, b: ResiduePoly, p: number): ResiduePoly {
  return divideResidues(a, b, p).rest;
}

export function monicResidues(a: ResiduePoly, p: number): ResiduePoly {
  if (a.length === 0 || a[a.length - 1] === 1) return a;
  return scaleResidues(a, invertModulo(a[a.length - 1]!, p), p);
}

/** The monic greatest common divisor, by Euclid's algorithm in place. */
export function gcdResidues(a: ResiduePoly, b: ResiduePoly, p: number): ResiduePoly {
  const reciprocal = 1 / p;
  let [f, g] = a.length >= b.length ? [a.slice(), b.slice()] : [b.slice(), a.slice()];
  let [lengthF, lengthG] = [f.length, g.length];
  while (lengthG > 1) {
    const inverse = invertModulo(g[lengthG - 1]!, p);
    while (lengthF >= lengthG) {
      const high = f[lengthF - 1]!;
      if (lengthF === lengthG) {
        subtractMultiple(f, g, lengthG, 0, p - reduceResidue(high * inverse, p, reciprocal), p, reciprocal);
        lengthF--;
      } else {
        // Two steps at once: the second quotient is known before the first is subtracted.
        const shift = lengthF - lengthG;
        const first = p - reduceResidue(high * inverse, p, reciprocal);
        const next = reduceResidue(f[lengthF - 2]! + first * g[lengthG - 2]!, p, reciprocal);
        const second = p - reduceResidue(next * inverse, p, reciprocal);
        for (let j = lengthG - 2; j > 0; j--) {
          const at = shift - 1 + j;
          f[at] = reduceResidue(f[at]! + first * g[j - 1]! + second * g[j]!, p, reciprocal);
        }
        f[shift - 1] = reduceResidue(f[shift - 1]! + second * g[0]!, p, reciprocal);
        lengthF -= 2;
      }
      while (lengthF > 0 && f[lengthF - 1] === 0) lengthF--;
    }
    [f, g] = [g, f];
    [lengthF, lengthG] = [lengthG, lengthF];
  }
  if (lengthG === 1) return oneResidues;
  return monicResidues(f.subarray(0, lengthF), p);
}

function subtractMultiple(
  f: Float64Array,
  g: Float64Array,
  length: number,
  shift: number,
  factor: number,
  p: number,
  reciprocal: number,
): void {
  for (let j = 0; j < length - 1; j++) {
    f[shift + j] = reduceResidue(f[shift + j]! + factor * g[j]!, p, reciprocal);
  }
}

/** Cofactors s, t with s*a + t*b = 1, deg s < deg b, deg t < deg a, for coprime a and b of positive degree. */
export function bezoutResidues(a: ResiduePoly, b: ResiduePoly, p: number): { s: ResiduePoly; t: ResiduePoly } {
  let [r0, r1] = [a, b];
  let [s0, s1]: [ResiduePoly, ResiduePoly] = [oneResidues, zeroResidues];
  while (r1.length > 0) {
    const { quotient, rest } = divideResidues(r0, r1, p);
    [r0, r1] = [r1, rest];
    [s0, s1] = [s1, subtractResidues(s0, multiplyResidues(quotient, s1, p), p)];
  }
  if (r0.length !== 1) throw new InternalError("two polynomials that had to be coprime have a common factor");
  const s = scaleResidues(s0, invertModulo(r0[0]!, p), p);
  const t = divideResidues(subtractResidues(oneResidues, multiplyResidues(s, a, p), p), b, p).quotient;
  return { s, t };
}

export function derivativeResidues(a: ResiduePoly, p: number): ResiduePoly {
  const reciprocal = 1 / p;
  const result = new Float64Array(Math.max(0, a.length - 1));
  for (let k = 1; k < a.length; k++) result[k - 1] = reduceResidue(a[k]! * (k % p), p, reciprocal);
  return trimResidues(result);
}

export function evaluateResidues(a: ResiduePoly, x: number, p: number): number {
  const reciprocal = 1 / p;
  let value = 0;
  for (let k = a.length - 1; k >= 0; k--) value = reduceResidue(value * x + a[k]!, p, reciprocal);
  return value;
}

/** The product modulo f. */
export function multiplyModuloPoly(a: ResiduePoly, b: ResiduePoly, f: ResiduePoly, p: number): ResiduePoly {
  return remainderResidues(multiplyResidues(a, b, p), f, p);
}

/** base^exponent modulo f, for exponent >= 0. */
export function powerModuloPoly(base: ResiduePoly, exponent: bigint, f: ResiduePoly, p: number): ResiduePoly {
  let result = remainderResidues(oneResidues, f, p);
  for (const bit of exponent.toString(2)) {
    result = multiplyModuloPoly(result, result, f, p);
    if (bit === "1") result = multiplyModuloPoly(result, base, f, p);
  }
  return result;
}

const lightPrimes: number[] = [];

/**
 * The k-th largest prime below 2^22, k = 0, 1, 2, …: small enough that 512 products can be added up before a reduction, which
 * makes convolutions several times faster than with the word primes of the room `rings`.
 */
export function lightPrime(k: number): number {
  while (lightPrimes.length <= k) {
    let candidate = (lightPrimes.at(-1) ?? 2 ** 22 + 1) - 2;
    while (!isPrime(candidate)) candidate -= 2;
    lightPrimes.push(candidate);
  }
  return lightPrimes[k]!;
}
