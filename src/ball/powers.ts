import { DomainError } from "../core/index.js";
import type { Rational } from "../rings/index.js";
import { exponentialOf, logarithmOf } from "./elementary.js";
import { product, quotient } from "./real-arithmetic.js";
import { endsOf, exactBall, isBounded, magnitudeUp, type RealBall, signOf, unionOf, wholeLine } from "./real-ball.js";
import { squareRootOf } from "./square-root.js";

const zero: RealBall = exactBall(0n, 0);

/** a^n by repeated squaring. */
export function powerOf<B>(field: { one: B; mul(a: B, b: B): B; sqr(a: B): B; inv(a: B): B }, a: B, n: number): B {
  if (!Number.isSafeInteger(n)) throw new DomainError(`the exponent of powInt is ${n}; it must be an integer`);
  if (n === 0) return field.one;
  if (n < 0) return field.inv(powerOf(field, a, -n));
  let result: B | undefined;
  let square = a;
  for (let k = n; ; square = field.sqr(square)) {
    if (k % 2 === 1) result = result === undefined ? square : field.mul(result, square);
    k = Math.floor(k / 2);
    if (k === 0) return result as B;
  }
}

/** a^b = exp(b log a) for a > 0; on [0, u] the powers with b > 0, from 0^b = 0 up. */
export function realPowerOf(a: RealBall, b: RealBall, bits: number): RealBall {
  const s = signOf(a);
  if (s === -1) throw new DomainError("a power of a negative number is not real; use complex balls");
  if (!isBounded(a) || !isBounded(b)) return wholeLine;
  if (s === 1) {
    // The digits before the point of b log a are lost in the result.
    const size = magnitudeUp(product(b, logarithmOf(a, 64), 64));
    const extra = Math.max(0, Math.min(64, size.exponent + 2)) + 8;
    return exponentialOf(product(b, logarithmOf(a, bits + extra), bits + extra), bits);
  }
  if (signOf(b) !== 1) return wholeLine;
  if (s === 0) return zero;
  const { low, high, exponent } = endsOf(a);
  if (low < 0n) return wholeLine;
  return unionOf(zero, realPowerOf(exactBall(high, exponent), b, bits), bits);
}

/** a^r for a rational r, as {@link realPowerOf} but with a square root for a denominator 2; integers are left to `powInt`. */
export function rationalPowerOf(
  field: {
    one: RealBall;
    mul(a: RealBall, b: RealBall): RealBall;
    sqr(a: RealBall): RealBall;
    inv(a: RealBall): RealBall;
  },
  a: RealBall,
  r: Rational,
  bits: number,
): RealBall {
  if (r.den === 1n) return powerOf(field, a, Number(r.num));
  if (r.den === 2n && r.num < 64n && r.num > -64n) {
    if (signOf(a) === -1) throw new DomainError("a square root of a negative number is not real; use complex balls");
    return powerOf(field, squareRootOf(a, bits + 8), Number(r.num));
  }
  return realPowerOf(a, quotient(exactBall(r.num, 0), exactBall(r.den, 0), bits + 80), bits);
}
