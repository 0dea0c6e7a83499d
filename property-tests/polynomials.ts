import fc from "fast-check";
import {
  add,
  constant,
  monomial,
  multiply,
  type Polynomial,
  polynomialFromTerms,
  power,
  scale,
} from "../src/poly/index.js";
import { QQ, type Rational, rational, wordPrime } from "../src/rings/index.js";

/** Small rationals, with 0 and ±1 often. */
export const smallRational: fc.Arbitrary<Rational> = fc
  .tuple(fc.integer({ min: -9, max: 9 }), fc.constantFrom(1, 1, 1, 2, 3, 6))
  .map(([n, d]) => rational(n, d));

/** Integers that modular algorithms stumble over: small ones, huge ones, and multiples of their first primes. */
export const awkwardInteger: fc.Arbitrary<bigint> = fc.oneof(
  { weight: 6, arbitrary: fc.bigInt({ min: -9n, max: 9n }) },
  { weight: 1, arbitrary: fc.bigInt({ min: -(1n << 120n), max: 1n << 120n }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, 2).map((k) => BigInt(wordPrime(k))) },
);

/** Sparse polynomials in some of the variables, degrees up to `degree` in each, a few terms. */
export function sparsePolynomial(
  variables: readonly string[],
  degree: number = 3,
  terms: number = 5,
): fc.Arbitrary<Polynomial> {
  const exponents = fc.array(fc.integer({ min: 0, max: degree }), {
    minLength: variables.length,
    maxLength: variables.length,
  });
  const term = fc.record({ exponents, coefficient: awkwardInteger });
  return fc
    .tuple(fc.array(term, { maxLength: terms }), fc.constantFrom(1n, 1n, 1n, 2n, 6n))
    .map(([list, denominator]) => polynomialFromTerms(variables, list, denominator));
}

/** As {@link sparsePolynomial}, and often with a repeated factor. */
export function polynomialWithRepeatedFactors(variables: readonly string[]): fc.Arbitrary<Polynomial> {
  const small = sparsePolynomial(variables, 1, 3);
  return fc.oneof(
    sparsePolynomial(variables),
    fc.tuple(small, small, fc.integer({ min: 2, max: 3 })).map(([p, q, n]) => multiply(p, power(q, n))),
  );
}

/**
 * Polynomials in `main` and one more variable whose coefficients vanish at the first integers, where evaluation starts, the
 * leading one most of all.
 */
export function polynomialWithVanishingLead(main: string, other: string): fc.Arbitrary<Polynomial> {
  const roots = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 });
  const coefficient = fc.tuple(roots, awkwardInteger).map(([list, c]) =>
    scale(
      list.reduce((p, root) => multiply(p, add(monomial(other, 1), constant(-root))), constant(1)),
      QQ.fromInteger(c),
    ),
  );
  return fc
    .array(coefficient, { minLength: 1, maxLength: 5 })
    .map((list) => list.reduce((sum, c, k) => add(sum, multiply(c, monomial(main, k))), constant(0)));
}

/** The value at a point, term by term: shares nothing with `substitute`. */
export function valueAt(p: Polynomial, point: Readonly<Record<string, Rational>>): Rational {
  let sum = QQ.zero;
  for (const term of p.terms) {
    let product = QQ.fromRatio(term.coefficient, p.denominator);
    for (const [i, name] of p.variables.entries()) {
      for (let k = 0; k < term.exponents[i]!; k++) product = QQ.mul(product, point[name]!);
    }
    sum = QQ.add(sum, product);
  }
  return sum;
}
