import { DomainError, InternalError } from "../core/index.js";
import type { Ring } from "./ring.js";

/** The ring of integers on bigint, with greatest common divisors. */
export interface IntegerRing extends Ring<bigint> {
  /** The greatest common divisor, >= 0. */
  gcd(a: bigint, b: bigint): bigint;
  /** a/b when b divides a; `InternalError` otherwise. */
  divideExact(a: bigint, b: bigint): bigint;
}

const wordLimit = 1n << 53n;
const double = new DataView(new ArrayBuffer(8));

/** The number of binary digits of |n|; 0 for zero. */
export function bitLength(n: bigint): number {
  if (n === 0n) return 0;
  const magnitude = n < 0n ? -n : n;
  const value = Number(magnitude);
  if (Number.isFinite(value)) {
    double.setFloat64(0, value);
    const high = double.getUint32(0);
    const length = (high >>> 20) - 1022;
    // A power of two may have been rounded up from below.
    const isPower = length > 53 && (high & 0xfffff) === 0 && double.getUint32(4) === 0;
    return isPower && magnitude >> BigInt(length - 1) === 0n ? length - 1 : length;
  }
  const hex = magnitude.toString(16);
  return (hex.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(hex[0]!, 16)));
}

function wordGcd(a: number, b: number): number {
  let x = a;
  let y = b;
  while (y !== 0) {
    const r = x % y;
    x = y;
    y = r;
  }
  return x;
}

/**
 * One round of Lehmer's algorithm: the cofactors of the Euclidean steps that the leading bits (up to 52) of a >= b determine;
 * (1, 0, 0, 1) when they determine none.
 */
export function lehmerCofactors(x0: number, y0: number): [number, number, number, number] {
  let x = x0;
  let y = y0;
  let a = 1;
  let b = 0;
  let c = 0;
  let d = 1;
  for (;;) {
    if (y + c === 0 || y + d === 0) break;
    const q = Math.floor((x + a) / (y + c));
    if (q !== Math.floor((x + b) / (y + d))) break;
    const nextC = a - q * c;
    const nextD = b - q * d;
    if (Math.abs(nextC) > 2 ** 25 || Math.abs(nextD) > 2 ** 25) break;
    a = c;
    c = nextC;
    b = d;
    d = nextD;
    const r = x - q * y;
    x = y;
    y = r;
  }
  return [a, b, c, d];
}

/** The greatest common divisor of two integers, >= 0; Lehmer's algorithm [Knuth, TAOCP 2, 4.5.2 L] above word size. */
export function integerGcd(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  if (x < y) [x, y] = [y, x];
  while (y >= wordLimit) {
    const length = bitLength(x);
    if (length < 160) {
      [x, y] = [y, x % y];
      continue;
    }
    const shift = BigInt(length - 52);
    const [p, q, r, s] = lehmerCofactors(Number(x >> shift), Number(y >> shift));
    if (q === 0) [x, y] = [y, x % y];
    else [x, y] = [BigInt(p) * x + BigInt(q) * y, BigInt(r) * x + BigInt(s) * y];
  }
  if (y === 0n) return x;
  const r = x % y;
  return r === 0n ? y : BigInt(wordGcd(Number(y), Number(r)));
}

/** The largest integer whose square is at most n >= 0; `DomainError` for negative n. Newton's iteration from above. */
export function integerSqrt(n: bigint): bigint {
  if (n < 0n) throw new DomainError(`the square root of the negative integer ${n} is not real`);
  if (n < wordLimit) return BigInt(Math.floor(Math.sqrt(Number(n))));
  let x = 1n << BigInt((bitLength(n) + 1) >> 1);
  for (;;) {
    const next = (x + n / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}

/** The quotient a/b rounded down, for b != 0. */
export function floorDivide(a: bigint, b: bigint): bigint {
  const q = a / b;
  return q * b !== a && a < 0n !== b < 0n ? q - 1n : q;
}

/** The ring of integers. */
export const ZZ: IntegerRing = {
  name: "ZZ",
  zero: 0n,
  one: 1n,
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  neg: (a) => -a,
  equals: (a, b) => a === b,
  isZero: (a) => a === 0n,
  fromInteger: (n) => n,
  pow: (a, n) => a ** BigInt(n),
  toText: (a) => a.toString(),
  gcd: integerGcd,
  divideExact: (a, b) => {
    if (b === 0n || a % b !== 0n) throw new InternalError(`${b} does not divide ${a}`);
    return a / b;
  },
};
