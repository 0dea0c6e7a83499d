/**
 * A commutative ring with one, as a context object: the elements are plain data that only the ring can interpret.
 *
 * Contract: elements are canonical, so that `equals` is decidable and equal elements have equal text; no operation changes
 * its arguments; `fromInteger` is the unique ring homomorphism from the integers; `pow(a, 0)` is one, also at zero.
 */
export interface Ring<T> {
  readonly name: string;
  readonly zero: T;
  readonly one: T;
  add(a: T, b: T): T;
  sub(a: T, b: T): T;
  mul(a: T, b: T): T;
  neg(a: T): T;
  equals(a: T, b: T): boolean;
  isZero(a: T): boolean;
  fromInteger(n: bigint): T;
  /** a^n for an integer n >= 0; a field takes negative n too. */
  pow(a: T, n: number): T;
  toText(a: T): string;
}

/** A ring in which every element but zero has an inverse. */
export interface Field<T> extends Ring<T> {
  /** The inverse; `DomainError` at zero. */
  inv(a: T): T;
  /** a/b; `DomainError` when b is zero. */
  div(a: T, b: T): T;
}

/** a^n for an integer n >= 0 with about 2·log2(n) multiplications. */
export function powerBySquaring<T>(one: T, mul: (a: T, b: T) => T, a: T, n: number): T {
  let result = one;
  let square = a;
  for (let k = n; k > 0; k = Math.floor(k / 2)) {
    if (k % 2 === 1) result = result === one ? square : mul(result, square);
    if (k > 1) square = mul(square, square);
  }
  return result;
}
