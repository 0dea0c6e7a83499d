import fc from "fast-check";
import { type IntegerPoly, integerPoly } from "freecurve/poly";
import { describe, expect, it } from "vitest";
import { createBudget, LimitError } from "../../src/core/index.js";

const Z = integerPoly;

function expand(factorization: ReturnType<typeof Z.factor>): IntegerPoly {
  return factorization.factors.reduce(
    (product: IntegerPoly, { factor, multiplicity }) => Z.mul(product, Z.pow(factor, multiplicity)),
    Z.trim([factorization.unit]),
  );
}

const degreesOf = (p: IntegerPoly): number[] => Z.factor(p).factors.map(({ factor }) => factor.length - 1);

/** The cyclotomic polynomial of order n from x^n - 1 by exact division: no factorisation. */
function cyclotomic(n: number): IntegerPoly {
  let p: IntegerPoly = [-1n, ...new Array<bigint>(n - 1).fill(0n), 1n];
  for (let d = 1; d < n; d++) if (n % d === 0) p = Z.quotientExact(p, cyclotomic(d));
  return p;
}

/** The polynomial whose roots are all ±sqrt(p_1) ± … ± sqrt(p_n): the product of f(x + sqrt(p)) f(x - sqrt(p)), step by step. */
function swinnertonDyer(primes: readonly bigint[]): IntegerPoly {
  let f: IntegerPoly = [0n, 1n];
  for (const p of primes) {
    let [even, odd]: [IntegerPoly, IntegerPoly] = [[], []];
    let [a, b]: [IntegerPoly, IntegerPoly] = [[1n], []]; // (x + sqrt(p))^k = a + b*sqrt(p)
    for (const c of f) {
      [even, odd] = [Z.add(even, Z.scale(a, c)), Z.add(odd, Z.scale(b, c))];
      [a, b] = [Z.add(Z.mul(a, [0n, 1n]), Z.scale(b, p)), Z.add(Z.mul(b, [0n, 1n]), a)];
    }
    f = Z.sub(Z.mul(even, even), Z.scale(Z.mul(odd, odd), p));
  }
  return f;
}

/** Whether a monic polynomial of degree 3 with small coefficients has an integer root: all divisors of the constant are tried. */
function hasIntegerRoot(p: IntegerPoly): boolean {
  for (let x = -200n; x <= 200n; x++) if (Z.evaluateHomogeneous(p, x, 1n) === 0n) return true;
  return false;
}

describe("factorisation over ZZ", () => {
  it("multiplies back to its argument, and every factor is irreducible", () => {
    const small = fc
      .array(fc.bigInt({ min: -9n, max: 9n }), { minLength: 2, maxLength: 5 })
      .map((c) => Z.trim(c))
      .filter((p) => p.length > 1);
    fc.assert(
      fc.property(fc.array(small, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 3 }), (parts, power) => {
        const product = parts.reduce((p, q, k) => Z.mul(p, Z.pow(q, k === 0 ? power : 1)), [1n] as IntegerPoly);
        const result = Z.factor(product);
        expect(expand(result)).toEqual(product);
        for (const { factor } of result.factors) {
          expect(Z.primitive(factor)).toEqual(factor);
          expect(Z.isIrreducible(factor)).toBe(true);
        }
        // Each irreducible factor of a part is a factor of the product.
        for (const part of parts) {
          for (const { factor } of Z.factor(part).factors) {
            expect(result.factors.some((f) => Z.equals(f.factor, factor))).toBe(true);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it("agrees with the rational root test on monic cubics", () => {
    let reducible = 0;
    for (let a = -4n; a <= 4n; a++) {
      for (let b = -4n; b <= 4n; b++) {
        for (let c = -6n; c <= 6n; c++) {
          const cubic = [c, b, a, 1n];
          expect(Z.isIrreducible(cubic)).toBe(!hasIntegerRoot(cubic));
          if (hasIntegerRoot(cubic)) reducible += 1;
        }
      }
    }
    expect(reducible).toBeGreaterThan(100);
  });

  it("finds irreducible factors with large coefficients again", () => {
    // x^n - q*u is irreducible by Eisenstein's criterion for a prime q that does not divide u.
    const eisenstein = (n: number, q: bigint, u: bigint, lead: bigint): IntegerPoly =>
      Z.trim(Array.from({ length: n + 1 }, (_, k) => (k === n ? lead : q * (u + BigInt(k)))));
    const parts = [
      eisenstein(6, 10007n, 3n ** 80n, 5n ** 30n),
      eisenstein(9, 10009n, 7n ** 50n, 11n ** 20n),
      eisenstein(12, 10037n, -(2n ** 200n), 1n),
    ];
    const product = Z.scale(Z.mul(Z.mul(parts[0]!, parts[1]!), Z.pow(parts[2]!, 2)), -12n);
    const result = Z.factor(product);
    expect(result.unit).toBe(-12n);
    expect(result.factors).toEqual([
      { factor: parts[0], multiplicity: 1 },
      { factor: parts[1], multiplicity: 1 },
      { factor: parts[2], multiplicity: 2 },
    ]);
  });

  it.each([1, 2, 12, 30, 36, 60, 64, 105, 360])("splits x^%i - 1 into its cyclotomic polynomials", (n) => {
    const p: IntegerPoly = [-1n, ...new Array<bigint>(n - 1).fill(0n), 1n];
    const divisors = Array.from({ length: n }, (_, k) => k + 1).filter((d) => n % d === 0);
    const { factors } = Z.factor(p);
    expect(factors).toHaveLength(divisors.length);
    for (const d of divisors) expect(factors.some(({ factor }) => Z.equals(factor, cyclotomic(d)))).toBe(true);
  });

  it("proves Swinnerton-Dyer polynomials irreducible, which split completely modulo every prime", () => {
    const eight = swinnertonDyer([2n, 3n, 5n]);
    const sixteen = swinnertonDyer([2n, 3n, 5n, 7n]);
    expect(eight).toEqual([576n, 0n, -960n, 0n, 352n, 0n, -40n, 0n, 1n]);
    expect(degreesOf(eight)).toEqual([8]);
    expect(degreesOf(sixteen)).toEqual([16]);
    // Shifted, so that the polynomials are not even; and a product of two.
    const [left, right] = [Z.taylorShift(sixteen, 1n), Z.taylorShift(sixteen, -2n)];
    expect(degreesOf(left)).toEqual([16]);
    expect(degreesOf(Z.mul(left, right))).toEqual([16, 16]);
    expect(degreesOf(Z.mul(left, eight))).toEqual([8, 16]);
  });

  it("proves them irreducible by a lattice when there are too many modular factors to try", () => {
    const thirtyTwo = swinnertonDyer([2n, 3n, 5n, 7n, 11n]);
    expect(degreesOf(Z.taylorShift(thirtyTwo, 1n))).toEqual([32]);
    // 32 modular factors that belong together by halves, with a common leading coefficient, and one factor of another kind.
    const [left, right] = [Z.scaleVariable(thirtyTwo, 2n), Z.scaleVariable(Z.taylorShift(thirtyTwo, 3n), 2n)];
    const cubic = [5n, 1n, 0n, 2n ** 32n];
    expect(degreesOf(Z.mul(Z.mul(left, right), cubic))).toEqual([3, 32, 32]);
    expect(degreesOf(swinnertonDyer([2n, 3n, 5n, 7n, 11n, 13n]))).toEqual([64]);
  });

  it("ends at the budget", () => {
    const p = swinnertonDyer([2n, 3n, 5n, 7n, 11n]);
    expect(() => Z.factor(p, createBudget({ limit: 100 }))).toThrow(LimitError);
    expect(() => Z.squareFree(Z.mul(p, p), createBudget({ limit: 10 }))).toThrow(LimitError);
    expect(() => Z.gcd(Z.mul(p, p), p, createBudget({ limit: 10 }))).toThrow("work limit");
  });

  it("keeps content, sign and powers of x apart", () => {
    expect(Z.factor([0n, 0n, 12n, -6n])).toEqual({
      unit: -6n,
      factors: [
        { factor: [-2n, 1n], multiplicity: 1 },
        { factor: [0n, 1n], multiplicity: 2 },
      ],
    });
    expect(Z.factor([-7n])).toEqual({ unit: -7n, factors: [] });
    expect(Z.factor([])).toEqual({ unit: 0n, factors: [] });
    expect(Z.isIrreducible([7n])).toBe(false);
  });

  it("sees that a polynomial in x^k can split when its shape does not", () => {
    expect(degreesOf([4n, 0n, 0n, 0n, 1n])).toEqual([2, 2]); // Sophie Germain
    expect(degreesOf([-1n, 0n, 0n, -4n, 0n, 0n, 1n])).toEqual([2, 4]);
    expect(degreesOf([1n, 0n, 0n, 0n, 1n])).toEqual([4]);
  });
});
