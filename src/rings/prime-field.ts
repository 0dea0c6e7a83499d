import { DomainError } from "../core/index.js";
import { type Field, powerBySquaring } from "./ring.js";

/** The field of p elements; an element is the integer 0 … p − 1 that represents it, as a double. */
export interface PrimeField extends Field<number> {
  readonly characteristic: number;
}

/** Below this limit the product of two residues and the error of its floating-point quotient stay exact in a double. */
export const wordPrimeLimit: number = 2 ** 26;

/** Whether n is a prime; exact, by trial division (n < 2^53). */
export function isPrime(n: number): boolean {
  if (!Number.isSafeInteger(n) || n < 2) return false;
  if (n % 2 === 0) return n === 2;
  for (let d = 3; d * d <= n; d += 2) if (n % d === 0) return false;
  return true;
}

const primeCache: number[] = [];

/** The k-th largest prime below 2^26, k = 0, 1, 2, … — the moduli of the modular algorithms, always in the same order. */
export function wordPrime(k: number): number {
  while (primeCache.length <= k) {
    let candidate = (primeCache.at(-1) ?? wordPrimeLimit + 1) - 2;
    while (!isPrime(candidate)) candidate -= 2;
    primeCache.push(candidate);
  }
  return primeCache[k]!;
}

/** a·b mod p for residues a, b of p < 2^26, given 1/p as a double. */
export function multiplyModulo(a: number, b: number, p: number, reciprocal: number): number {
  const product = a * b;
  const r = product - Math.floor(product * reciprocal) * p;
  return r < 0 ? r + p : r >= p ? r - p : r;
}

/** The inverse of a modulo the prime p, for 0 < a < p. */
export function invertModulo(a: number, p: number): number {
  let r0 = p;
  let r1 = a;
  let s0 = 0;
  let s1 = 1;
  while (r1 !== 0) {
    const q = Math.floor(r0 / r1);
    const r2 = r0 - q * r1;
    r0 = r1;
    r1 = r2;
    const s2 = s0 - q * s1;
    s0 = s1;
    s1 = s2;
  }
  return s0 < 0 ? s0 + p : s0;
}

/** n mod p in 0 … p − 1. */
export function reduceModulo(n: bigint, p: number): number {
  const r = Number(n % BigInt(p));
  return r < 0 ? r + p : r;
}

/**
 * The field of p elements on doubles. `DomainError` unless p is a prime below 2^26.
 */
export function GF(p: number): PrimeField {
  if (!isPrime(p) || p >= wordPrimeLimit) throw new DomainError(`GF(p) needs a prime p below 2^26, not ${p}`);
  const reciprocal = 1 / p;
  const mul = (a: number, b: number): number => multiplyModulo(a, b, p, reciprocal);
  const inv = (a: number): number => {
    if (a === 0) throw new DomainError("division by zero");
    return invertModulo(a, p);
  };
  return {
    name: `GF(${p})`,
    characteristic: p,
    zero: 0,
    one: 1,
    add: (a, b) => (a + b >= p ? a + b - p : a + b),
    sub: (a, b) => (a >= b ? a - b : a - b + p),
    mul,
    neg: (a) => (a === 0 ? 0 : p - a),
    inv,
    div: (a, b) => mul(a, inv(b)),
    equals: (a, b) => a === b,
    isZero: (a) => a === 0,
    fromInteger: (n) => reduceModulo(n, p),
    pow: (a, n) => (n >= 0 ? powerBySquaring(1, mul, a, n) : powerBySquaring(1, mul, inv(a), -n)),
    toText: (a) => a.toString(),
  };
}
