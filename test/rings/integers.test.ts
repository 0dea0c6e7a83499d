import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bitLength, floorDivide, integerGcd, integerSqrt, ZZ } from "../../src/rings/index.js";

/** Euclid's algorithm as in the book, to compare with. */
function euclid(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

const huge = fc.bigInt({ min: -(1n << 900n), max: 1n << 900n });
const anySize = fc.tuple(huge, fc.integer({ min: 0, max: 900 })).map(([n, k]) => n >> BigInt(k));

describe("integers", () => {
  it("has the greatest common divisor of Euclid", () => {
    fc.assert(
      fc.property(anySize, anySize, anySize, (a, b, g) => {
        expect(integerGcd(a * g, b * g)).toBe(euclid(a * g, b * g));
      }),
      { numRuns: 500 },
    );
    expect(integerGcd(0n, 0n)).toBe(0n);
    expect(integerGcd(0n, -6n)).toBe(6n);
  });

  it("has the gcd of neighbouring Fibonacci numbers, the longest run of Euclid's algorithm", () => {
    let [a, b] = [1n, 1n];
    for (let k = 0; k < 3000; k++) [a, b] = [b, a + b];
    expect(integerGcd(a, b)).toBe(1n);
    expect(integerGcd(a * 12n, b * 18n)).toBe(euclid(a * 12n, b * 18n));
  });

  it("counts binary digits as the text does", () => {
    fc.assert(
      fc.property(anySize, (n) => {
        expect(bitLength(n)).toBe(n === 0n ? 0 : (n < 0n ? -n : n).toString(2).length);
      }),
    );
    for (let k = 1; k < 70; k++) {
      expect(bitLength(2n ** BigInt(k))).toBe(k + 1);
      expect(bitLength(2n ** BigInt(k) - 1n)).toBe(k);
    }
  });

  it("takes square roots rounded down", () => {
    fc.assert(
      fc.property(anySize, (n) => {
        const a = n < 0n ? -n : n;
        const s = integerSqrt(a);
        expect(s * s <= a && a < (s + 1n) * (s + 1n)).toBe(true);
        if (a > 0n) expect(integerSqrt(a * a - 1n)).toBe(a - 1n);
        expect(integerSqrt(a * a)).toBe(a);
      }),
    );
    expect(() => integerSqrt(-1n)).toThrow("not real");
  });

  it("divides with the quotient rounded down", () => {
    fc.assert(
      fc.property(anySize, anySize, (a, b) => {
        fc.pre(b !== 0n);
        const r = a - floorDivide(a, b) * b;
        expect(b > 0n ? r >= 0n && r < b : r <= 0n && r > b).toBe(true);
      }),
    );
    expect(() => ZZ.divideExact(7n, 2n)).toThrow("does not divide");
    expect(ZZ.divideExact(-14n, 2n)).toBe(-7n);
  });
});
