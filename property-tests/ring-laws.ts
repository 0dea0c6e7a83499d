import fc from "fast-check";
import { expect } from "vitest";
import type { Field, Ring } from "../src/rings/index.js";

/**
 * Every law of a commutative ring, on elements drawn from `elements`. Returns how many single comparisons were decided, so
 * that a law that never ran is seen.
 */
export function checkRingLaws<T>(ring: Ring<T>, elements: fc.Arbitrary<T>, numRuns: number = 100): number {
  let decided = 0;
  const same = (a: T, b: T): void => {
    if (!ring.equals(a, b)) expect(`${ring.name}: ${ring.toText(a)}`).toBe(`${ring.name}: ${ring.toText(b)}`);
    expect(ring.toText(a)).toBe(ring.toText(b));
    decided++;
  };
  fc.assert(
    fc.property(elements, elements, elements, fc.bigInt({ min: -50n, max: 50n }), (a, b, c, n) => {
      same(ring.add(a, b), ring.add(b, a));
      same(ring.add(ring.add(a, b), c), ring.add(a, ring.add(b, c)));
      same(ring.add(a, ring.zero), a);
      same(ring.add(a, ring.neg(a)), ring.zero);
      same(ring.sub(a, b), ring.add(a, ring.neg(b)));
      same(ring.mul(a, b), ring.mul(b, a));
      same(ring.mul(ring.mul(a, b), c), ring.mul(a, ring.mul(b, c)));
      same(ring.mul(a, ring.one), a);
      same(ring.mul(a, ring.zero), ring.zero);
      same(ring.mul(a, ring.add(b, c)), ring.add(ring.mul(a, b), ring.mul(a, c)));
      same(ring.fromInteger(n), repeated(ring, n));
      same(ring.pow(a, 0), ring.one);
      same(ring.pow(a, 3), ring.mul(a, ring.mul(a, a)));
      same(ring.pow(a, 4), ring.mul(ring.pow(a, 3), a));
      expect(ring.isZero(a)).toBe(ring.equals(a, ring.zero));
      expect(ring.isZero(ring.sub(a, a))).toBe(true);
    }),
    { numRuns },
  );
  return decided;
}

/** The laws of a ring and those of division. Returns how many comparisons were decided. */
export function checkFieldLaws<T>(field: Field<T>, elements: fc.Arbitrary<T>, numRuns: number = 100): number {
  let decided = checkRingLaws(field, elements, numRuns);
  let nonzero = 0;
  fc.assert(
    fc.property(elements, elements, (a, b) => {
      if (field.isZero(b)) {
        expect(() => field.inv(b)).toThrow();
        expect(() => field.div(a, b)).toThrow();
        return;
      }
      expect(field.equals(field.mul(b, field.inv(b)), field.one)).toBe(true);
      expect(field.equals(field.mul(field.div(a, b), b), a)).toBe(true);
      expect(field.equals(field.pow(b, -2), field.inv(field.mul(b, b)))).toBe(true);
      nonzero++;
    }),
    { numRuns },
  );
  expect(nonzero).toBeGreaterThan(numRuns / 10);
  decided += 3 * nonzero;
  return decided;
}

function repeated<T>(ring: Ring<T>, n: bigint): T {
  let sum = ring.zero;
  for (let k = 0n; k < (n < 0n ? -n : n); k++) sum = ring.add(sum, ring.one);
  return n < 0n ? ring.neg(sum) : sum;
}
