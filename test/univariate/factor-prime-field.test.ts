import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom, unlimited } from "../../src/core/index.js";
import {
  distinctDegreeFactors,
  divideResidues,
  evaluateResidues,
  factorsModulo,
  gcdResidues,
  isSquareFreeModulo,
  lightPrime,
  monicResidues,
  multiplyResidues,
  productsBetweenReductions,
  type ResiduePoly,
  trimResidues,
} from "../../src/univariate/index.js";
import { gramDeterminants, reduceLattice } from "../../src/univariate/lattice-reduction.js";

const poly = (p: number, degree: number): fc.Arbitrary<ResiduePoly> =>
  fc
    .array(fc.integer({ min: 0, max: p - 1 }), { minLength: degree, maxLength: degree })
    .map((low) => Float64Array.from([...low, 1]));

/** All monic polynomials of a degree modulo a small prime, as numbers in base p. */
function* monics(p: number, degree: number): Generator<ResiduePoly> {
  for (let n = 0; n < p ** degree; n++) {
    const coeffs: number[] = [];
    for (let k = 0, rest = n; k < degree; k++, rest = Math.floor(rest / p)) coeffs.push(rest % p);
    yield Float64Array.from([...coeffs, 1]);
  }
}

/** The irreducible factors by trial division with all monic polynomials. */
function byTrial(f: ResiduePoly, p: number): string[] {
  const found: string[] = [];
  let rest = f;
  for (let d = 1; 2 * d <= rest.length - 1; d++) {
    for (const g of monics(p, d)) {
      for (;;) {
        const { quotient, rest: left } = divideResidues(rest, g, p);
        if (left.length > 0) break;
        found.push(g.join());
        rest = quotient;
      }
    }
  }
  if (rest.length > 1) found.push(rest.join());
  return found.sort();
}

describe("factors modulo a prime", () => {
  it("are those that trial division finds", () => {
    let decided = 0;
    for (const p of [3, 5, 7]) {
      fc.assert(
        fc.property(poly(p, 4), poly(p, 3), (a, b) => {
          const f = multiplyResidues(a, b, p);
          fc.pre(isSquareFreeModulo(f, p));
          const found = factorsModulo(f, p, seededRandom(1)).map((g) => g.join());
          expect(found.sort()).toEqual(byTrial(f, p));
          decided++;
        }),
        { numRuns: 40 },
      );
    }
    expect(decided).toBeGreaterThan(80);
  });

  it("have as many linear ones as there are roots, and divide, for larger primes", () => {
    for (const p of [101, lightPrime(0), 67108859]) {
      fc.assert(
        fc.property(poly(p, 12), (f) => {
          fc.pre(isSquareFreeModulo(f, p));
          const parts = distinctDegreeFactors(f, p);
          expect(parts.map((part) => part.product).reduce((a, b) => multiplyResidues(a, b, p))).toEqual(f);
          const found = factorsModulo(f, p, seededRandom(2));
          expect(found.reduce((a, b) => multiplyResidues(a, b, p))).toEqual(f);
          for (const { degree, product } of parts) expect((product.length - 1) % degree).toBe(0);
          if (p === 101) {
            let roots = 0;
            for (let x = 0; x < p; x++) if (evaluateResidues(f, x, p) === 0) roots++;
            expect(found.filter((g) => g.length === 2)).toHaveLength(roots);
          }
        }),
        { numRuns: 20 },
      );
    }
  });
});

describe("the arithmetic on residues", () => {
  it("is that of big integers, also at the largest primes", () => {
    for (const p of [3, lightPrime(0), 67108859]) {
      expect(productsBetweenReductions(p)).toBeGreaterThanOrEqual(2);
      const big = BigInt(p);
      const any = fc.array(fc.oneof(fc.integer({ min: 0, max: p - 1 }), fc.constant(p - 1)), { maxLength: 60 });
      fc.assert(
        fc.property(any, any, (x, y) => {
          const [a, b] = [trimResidues(Float64Array.from(x)), trimResidues(Float64Array.from(y))];
          fc.pre(b.length > 0);
          const product = new Array<bigint>(Math.max(0, a.length + b.length - 1)).fill(0n);
          for (const [i, c] of a.entries()) for (const [j, d] of b.entries()) product[i + j]! += BigInt(c) * BigInt(d);
          expect(Array.from(multiplyResidues(a, b, p), BigInt)).toEqual(
            a.length === 0 ? [] : product.map((c) => c % big),
          );
          const { quotient, rest } = divideResidues(a, b, p);
          expect(rest.length).toBeLessThan(b.length);
          const back = Array.from({ length: a.length }, (_, k) => {
            let sum = BigInt(rest[k] ?? 0);
            for (let i = 0; i <= k; i++) sum += BigInt(quotient[i] ?? 0) * BigInt(b[k - i] ?? 0);
            return Number(sum % big);
          });
          expect(back).toEqual(Array.from(a));
          const g = gcdResidues(multiplyResidues(a, b, p), b, p);
          if (a.length > 0) expect(g).toEqual(monicResidues(b, p));
        }),
        { numRuns: 60 },
      );
    }
  });
});

describe("lattice reduction", () => {
  it("keeps the determinant and finds a short vector that was hidden", () => {
    const random = seededRandom(5);
    for (let n = 3; n <= 12; n += 3) {
      // Knapsack rows: unit vectors beside large numbers that one hidden combination brings to 0.
      const secret = Array.from({ length: n }, (_, i) => (i === n - 1 ? 1 : random.integer(0, 1)));
      const numbers = Array.from({ length: n }, () => random.integer(1, 2 ** 20));
      numbers[n - 1] = -secret.slice(0, -1).reduce((sum, bit, i) => sum + bit * numbers[i]!, 0);
      const rows = numbers.map((x, i) =>
        Float64Array.from({ length: n + 1 }, (_, j) => (j === n ? 1000 * x : i === j ? 1 : 0)),
      );
      const before = gramDeterminants(rows).at(-1)!;
      const lengths = reduceLattice(rows, unlimited)!;
      expect(lengths[0]).toBeCloseTo(rows[0]!.reduce((sum, x) => sum + x * x, 0));
      const determinants = gramDeterminants(rows);
      expect(determinants.at(-1)).toBe(before);
      const norms = rows.map((row) => row.reduce((sum, x) => sum + x * x, 0));
      expect(Math.min(...norms)).toBeLessThanOrEqual(secret.reduce((sum, x) => sum + x, 0));
      expect(determinants[1]).toBe(BigInt(norms[0]!));
    }
  });
});
