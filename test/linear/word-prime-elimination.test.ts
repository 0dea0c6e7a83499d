import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/index.js";
import {
  determinantByBareiss,
  determinantModulo,
  nullspaceModulo,
  rankModulo,
  rationalReconstruction,
  solveModulo,
} from "../../src/linear/index.js";
import { GF, reduceModulo, wordPrime, ZZ } from "../../src/rings/index.js";

const primes = [2, 3, 101, wordPrime(0)];
const shaped = fc
  .tuple(fc.constantFrom(...primes), fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }))
  .chain(([p, m, n]) => {
    const entry = fc.oneof(fc.constant(0), fc.constant(p - 1), fc.integer({ min: 0, max: p - 1 }));
    const row = fc.array(entry, { minLength: n, maxLength: n });
    return fc.record({
      p: fc.constant(p),
      matrix: fc.array(row, { minLength: m, maxLength: m }),
      x: fc.array(entry, { minLength: n, maxLength: n }),
      b: fc.array(entry, { minLength: m, maxLength: m }),
    });
  });

function times(p: number, matrix: readonly (readonly number[])[], x: readonly number[]): number[] {
  const field = GF(p);
  return matrix.map((row) => row.reduce((sum, c, j) => field.add(sum, field.mul(c, x[j]!)), 0));
}

describe("elimination modulo a prime", () => {
  it("solves, and its nullspace has the dimension that is missing to the rank", () => {
    let solved = 0;
    fc.assert(
      fc.property(shaped, ({ p, matrix, x, b }) => {
        const image = times(p, matrix, x);
        const found = solveModulo(matrix, image, p);
        expect(found).toBeDefined();
        expect(times(p, matrix, found!)).toEqual(image);
        const other = solveModulo(matrix, b, p);
        if (other !== undefined) {
          solved++;
          expect(times(p, matrix, other)).toEqual(b);
        } else {
          expect(
            rankModulo(
              matrix.map((row, i) => [...row, b[i]!]),
              p,
            ),
          ).toBe(rankModulo(matrix, p) + 1);
        }
        const basis = nullspaceModulo(matrix, p);
        expect(basis).toHaveLength(x.length - rankModulo(matrix, p));
        for (const vector of basis) expect(times(p, matrix, vector)).toEqual(matrix.map(() => 0));
        if (basis.length > 0) expect(rankModulo(basis, p)).toBe(basis.length);
      }),
      { numRuns: 150 },
    );
    expect(solved).toBeGreaterThan(20);
  });

  it("has the determinant of the integer matrix modulo p", () => {
    fc.assert(
      fc.property(shaped, ({ p, matrix }) => {
        const n = Math.min(matrix.length, matrix[0]!.length);
        const square = matrix.slice(0, n).map((row) => row.slice(0, n));
        const expected = determinantByBareiss(
          ZZ,
          square.map((row) => row.map((c) => BigInt(c))),
        );
        expect(determinantModulo(square, p)).toBe(reduceModulo(expected, p));
      }),
      { numRuns: 100 },
    );
    expect(determinantModulo([], 7)).toBe(1);
    expect(() => determinantModulo([[0.5]], 7)).toThrow(DomainError);
  });
});

describe("rationalReconstruction", () => {
  it("finds the fraction again from its residue", () => {
    const modulus = 2n ** 89n - 1n;
    const limit = 2n ** 43n;
    fc.assert(
      fc.property(fc.bigInt({ min: -limit, max: limit }), fc.bigInt({ min: 1n, max: limit }), (num, den) => {
        const gcd = ZZ.gcd(num, den);
        const [n, d] = [num / gcd, den / gcd];
        // Fermat: the modulus is a prime.
        let inverse = 1n;
        let base = d;
        for (let e = modulus - 2n; e > 0n; e >>= 1n) {
          if (e & 1n) inverse = (inverse * base) % modulus;
          base = (base * base) % modulus;
        }
        const value = (((n * inverse) % modulus) + modulus) % modulus;
        expect(rationalReconstruction(value, modulus, limit)).toEqual({ num: n, den: d });
      }),
      { numRuns: 60 },
    );
  });
});
