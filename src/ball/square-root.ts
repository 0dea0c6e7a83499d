import { DomainError } from "../core/index.js";
import { binaryLength, bitCount, DOWN, powerUp, SMALLEST_RADIUS, shiftCount, shifted, UP } from "./magnitude.js";
import { endsOf, exactBall, isBounded, type RealBall, settle, signOf, unionOf, wholeLine } from "./real-ball.js";

/**
 * floor(√n) for n >= 0. The reciprocal root is improved by Newton's iteration y + y(1 − m y²)/2, which needs no division, up to half of
 * the digits; the root is then n·y, corrected once with its remainder [Karp and Markstein, ACM Trans. Math. Softw. 23 (1997) 561].
 */
export function integerSquareRoot(n: bigint): bigint {
  const length = bitCount(n);
  if (length <= 50) return BigInt(Math.floor(Math.sqrt(Number(n))));
  // n = m·2^(2 half) with m in [1/4, 1), y = Y·2^-p near 1/√m in (1, 2].
  const half = (length + 1) >> 1;
  const leading = shifted(n, 53 - 2 * half);
  let p = 48;
  let y = BigInt(Math.round((2 ** p / Math.sqrt(Number(leading))) * 2 ** 26.5));
  const enough = (half >> 1) + 8;
  while (p < enough) {
    const next = Math.min(2 * p - 6, enough);
    const m = shifted(n, next - 2 * half);
    const defect = (1n << shiftCount(next + 2 * p)) - m * y * y;
    y = (y << shiftCount(next - p)) + ((y * (defect >> shiftCount(2 * p))) >> shiftCount(p + 1));
    p = next;
  }
  let root = (shifted(n, p + 4 - 2 * half) * y) >> shiftCount(Math.max(0, 2 * p + 4 - half));
  if (2 * p + 4 < half) root <<= shiftCount(half - 2 * p - 4);
  root += ((n - root * root) * y) >> shiftCount(half + p + 1);
  let rest = n - root * root;
  while (rest < 0n) {
    rest += 2n * root - 1n;
    root--;
  }
  while (rest > 2n * root) {
    rest -= 2n * root + 1n;
    root++;
  }
  return root;
}

/**
 * The square root. From 0 on where the ball reaches from 0 up; the whole line when it holds negative and other numbers; `DomainError`
 * when all are negative.
 */
export function squareRootOf(a: RealBall, bits: number): RealBall {
  const s = signOf(a);
  if (s === 0) return a;
  if (s === -1) throw new DomainError("the square root of a negative number is not real");
  if (s === undefined) return rootFromZero(a, bits);
  // floor(√(m·2^shift)) has about bits + 1 bits, and fewer when the radius covers the rest.
  let shift = 2 * bits + 2 - a.length;
  if (a.radius > 0) shift = Math.min(shift, a.length - 2 * binaryLength(a.radius) + 200);
  if ((a.exponent - shift) % 2 !== 0) shift++;
  const scaled = shifted(a.mantissa, shift);
  const root = integerSquareRoot(scaled);
  const exponent = (a.exponent - shift) / 2;
  if (a.radius === 0) {
    if (root * root !== scaled || shifted(scaled, -shift) !== a.mantissa) return settle(root, exponent, 3, bits);
    const twos = bitCount(root & -root) - 1;
    return settle(root >> shiftCount(twos), exponent + twos, 0, bits);
  }
  // |√(x0 + t) − √x0| <= (|t|/√x0)/(1 + √(1 − |t|/x0)) <= (|t|/√x0)/(2 − |t|/x0), and 3 units for the two roundings.
  const drop = Math.max(0, bitCount(root) - 60);
  const low = Number(root >> shiftCount(drop)) * DOWN;
  const change = ((a.radius * powerUp(shift - drop)) / low) * UP;
  const relative = Math.min(1, (change / low) * powerUp(-drop) * UP);
  return settle(root, exponent, Math.max((change / (2 - relative) + 3) * UP, SMALLEST_RADIUS), bits);
}

/** The root of a ball that holds 0 and other numbers. */
function rootFromZero(a: RealBall, bits: number): RealBall {
  if (!isBounded(a)) return wholeLine;
  const { low, high, exponent } = endsOf(a);
  if (low < 0n) return wholeLine;
  return unionOf(exactBall(0n, 0), squareRootOf(exactBall(high, exponent), bits), bits);
}
