import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkFieldLaws, checkRingLaws } from "../../property-tests/ring-laws.js";
import { type Field, GF, isPrime, QQ, type Rational, rational, wordPrime, ZZ } from "../../src/rings/index.js";

const integers = fc.oneof(fc.bigInt({ min: -3n, max: 3n }), fc.bigInt({ min: -(1n << 200n), max: 1n << 200n }));
const rationals: fc.Arbitrary<Rational> = fc
  .tuple(integers, integers)
  .map(([n, d]) => (d === 0n ? QQ.zero : rational(n, d)));

describe("ring laws", () => {
  it("hold for the integers", () => {
    const decided = checkRingLaws(ZZ, integers);
    expect(decided).toBeGreaterThan(1000);
  });

  it("hold for the rationals", () => {
    const decided = checkFieldLaws(QQ, rationals);
    expect(decided).toBeGreaterThan(1000);
  });

  it("hold for prime fields, the smallest and the largest", () => {
    for (const p of [2, 3, 101, wordPrime(0), wordPrime(1)]) {
      const field: Field<number> = GF(p);
      const residues = fc.oneof(fc.integer({ min: 0, max: Math.min(2, p - 1) }), fc.integer({ min: 0, max: p - 1 }));
      expect(checkFieldLaws(field, residues)).toBeGreaterThan(1000);
    }
  });

  it("make reduction modulo p a homomorphism", () => {
    fc.assert(
      fc.property(integers, integers, fc.integer({ min: 0, max: 20 }), (a, b, k) => {
        const field = GF(wordPrime(k));
        const image = field.fromInteger;
        expect(image(a * b)).toBe(field.mul(image(a), image(b)));
        expect(image(a + b)).toBe(field.add(image(a), image(b)));
      }),
    );
  });
});

describe("prime fields", () => {
  it("are made from primes alone", () => {
    expect(() => GF(1)).toThrow("prime");
    expect(() => GF(91)).toThrow("prime");
    expect(() => GF(2 ** 31 - 1)).toThrow("below 2^26");
    expect(() => GF(7).inv(0)).toThrow("division by zero");
    // 67108859 is the largest prime below 2^26 [OEIS A014234].
    expect(wordPrime(0)).toBe(67108859);
    expect([0, 1, 2, 3, 4, 5, 9, 25].map(isPrime)).toEqual([false, false, true, true, false, true, false, false]);
  });
});
