import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  centred,
  centredInverse,
  centredPower,
  integerImages,
  interpolateLowerSet,
  invertAll,
  liftResidues,
  lowerSet,
  lowerSetSize,
  resultantFraction,
  resultantModulo,
} from "../../src/modular/index.js";
import { GF, reduceModulo, wordPrime } from "../../src/rings/index.js";

const prime = wordPrime(3);
const field = GF(prime);
const half = Math.floor(prime / 2);
const residue = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -half, max: half }) },
  { weight: 1, arbitrary: fc.integer({ min: -2, max: 2 }) },
);
const standard = (x: number): number => field.fromInteger(BigInt(x));

describe("centred residues", () => {
  it("are the residues of the field, between −p/2 and p/2", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), residue, fc.nat(50), (x, a, n) => {
        const r = centred(x, prime, 1 / prime);
        expect(Math.abs(r)).toBeLessThanOrEqual(prime / 2);
        expect(standard(r)).toBe(reduceModulo(BigInt(x), prime));
        expect(standard(centredPower(a, n, prime, 1 / prime))).toBe(field.pow(standard(a), n));
        if (a !== 0) expect(standard(centredInverse(a, prime))).toBe(field.inv(standard(a)));
      }),
    );
  });

  it("are inverted all at once", () => {
    fc.assert(
      fc.property(fc.array(residue), (list) => {
        const given = list.filter((a) => a !== 0);
        const data = Float64Array.from(given);
        if (data.length > 0) invertAll(data, 0, data.length, new Float64Array(data.length), prime);
        expect([...data].map(standard)).toEqual(given.map((a) => field.inv(standard(a))));
      }),
    );
  });

  it("of integers of any size are found from words", () => {
    const integer = fc.oneof(fc.bigInt({ min: -(1n << 300n), max: 1n << 300n }), fc.bigInt({ min: -99n, max: 99n }));
    fc.assert(
      fc.property(fc.array(integer, { maxLength: 6 }), fc.nat(20), (list, k) => {
        const p = wordPrime(k);
        const into = new Float64Array(list.length);
        integerImages(list)(p, into);
        expect([...into].map((r) => (r < 0 ? r + p : r + 0))).toEqual(list.map((c) => reduceModulo(c, p)));
      }),
    );
  });

  it("modulo many primes are lifted to the integer of least modulus", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 23 }), fc.array(fc.bigInt()), fc.boolean(), (count, list, extreme) => {
        const primes = Array.from({ length: count }, (_, k) => wordPrime(k));
        const modulus = primes.reduce((n, p) => n * BigInt(p), 1n);
        const bound = (modulus - 1n) / 2n;
        const given = list.map((c) => (extreme ? (c < 0n ? -bound : bound) : c % (bound + 1n)));
        const images = primes.map((p) => Float64Array.from(given, (c) => centred(reduceModulo(c, p), p, 1 / p)));
        expect(liftResidues(images, primes)).toEqual(given);
      }),
    );
  });
});

describe("the interpolation on a lower set", () => {
  it("finds the coefficients of a polynomial from its values", () => {
    const limit = fc.record({
      weights: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 3, maxLength: 3 }),
      bound: fc.integer({ min: 0, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(limit, { maxLength: 2 }), fc.integer({ min: 1, max: 3 }), fc.nat(), (some, axes, seed) => {
        const limits = [...some, { weights: [1, 1, 1], bound: 6 }];
        const set = lowerSet(axes, limits);
        expect(lowerSetSize(axes, limits, 1e9)).toBe(set.size);
        // By the definition of the set: all vectors of the box that satisfy the limits.
        let members = 0;
        for (let code = 0; code < 7 ** axes; code++) {
          const e = Array.from({ length: axes }, (_, i) => Math.floor(code / 7 ** i) % 7);
          if (limits.every((l) => e.reduce((sum, x, i) => sum + x * l.weights[i]!, 0) <= l.bound)) members++;
        }
        expect(set.size).toBe(members);
        let state = (seed % 1000) + 1;
        const coefficients = Float64Array.from({ length: set.size }, () => {
          state = (state * 48271) % 2147483647;
          return centred(state, prime, 1 / prime);
        });
        const values = new Float64Array(set.size);
        for (let k = 0; k < set.size; k++) {
          let sum = 0;
          for (let t = 0; t < set.size; t++) {
            let term = standard(coefficients[t]!);
            for (let i = 0; i < axes; i++) {
              const node = set.exponents[k * axes + i]! + 1;
              term = field.mul(term, field.pow(node, set.exponents[t * axes + i]!));
            }
            sum = field.add(sum, term);
          }
          values[k] = centred(sum, prime, 1 / prime);
        }
        interpolateLowerSet(values, set, 1, prime);
        expect([...values].map(standard)).toEqual([...coefficients].map(standard));
      }),
      { numRuns: 40 },
    );
  });

  it("works on long lines", () => {
    const set = lowerSet(1, [{ weights: [1], bound: 300 }]);
    const values = Float64Array.from({ length: 301 }, (_, k) => standard(k + 1) ** 2 - 3);
    interpolateLowerSet(values, set, 1, prime);
    expect([...values].map((v) => v + 0)).toEqual([-3, 0, 1, ...new Array<number>(298).fill(0)]);
  });
});

describe("the resultant without divisions", () => {
  it("is that of Euclid's algorithm, or leaves the decision to it", () => {
    let decided = 0;
    let left = 0;
    const list = fc.array(residue, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(list, list, (f, g) => {
        // For formal degrees 0 and 0 it is 1 also where a constant is zero, which Euclid's algorithm takes for a polynomial without degree.
        fc.pre(f.length > 1 || g.length > 1);
        const width = Math.max(f.length, g.length);
        const a = Float64Array.from({ length: width }, (_, k) => f[k] ?? 0);
        const b = Float64Array.from({ length: width }, (_, k) => g[k] ?? 0);
        const numerator = new Float64Array(1);
        const denominator = new Float64Array(1);
        const done = resultantFraction(a, b, f.length - 1, g.length - 1, prime, numerator, denominator, 0);
        if (!done) {
          left++;
          return;
        }
        const expected = resultantModulo(f.map(standard), g.map(standard), prime);
        expect(standard(numerator[0]!)).toBe(field.mul(expected, standard(denominator[0]!)));
        expect(denominator[0]).not.toBe(0);
        decided++;
      }),
      { numRuns: 400 },
    );
    expect(decided).toBeGreaterThan(100);
    expect(left).toBeGreaterThan(0);
  });
});
