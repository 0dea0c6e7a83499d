import { cumulantPolynomials, cumulantsOfMoments, momentPolynomials, momentsOfCumulants } from "freecurve";
import { parseRationalFunction, type RationalFunction, rationalFunctionToText, toText } from "freecurve/poly";
import { describe, expect, test } from "vitest";

const factorial = (n: number): bigint => (n < 2 ? 1n : BigInt(n) * factorial(n - 1));

/** The coefficients of a polynomial in symbols name_1, name_2, …, with the multiplicities of these. */
function termsOf(f: RationalFunction): { readonly type: ReadonlyMap<number, number>; readonly coefficient: bigint }[] {
  const { variables, terms } = f.numerator;
  return terms.map(({ exponents, coefficient }) => ({
    type: new Map(variables.map((name, i) => [Number(name.split("_")[1]), exponents[i]!])),
    coefficient,
  }));
}

/** All set partitions of 0, …, n − 1 without crossing blocks, by trying all. */
function noncrossingPartitions(n: number): number[][][] {
  const all: number[][][] = [];
  const place = (k: number, blocks: number[][]): void => {
    if (k === n) {
      all.push(blocks.map((block) => [...block]));
      return;
    }
    for (const [i, block] of blocks.entries()) {
      place(k + 1, blocks.with(i, [...block, k]));
    }
    place(k + 1, [...blocks, [k]]);
  };
  place(0, []);
  const crosses = (p: readonly number[], q: readonly number[]): boolean =>
    p.some((a) => p.some((c) => a < c && q.some((b) => a < b && b < c && q.some((d) => d > c))));
  return all.filter((blocks) => !blocks.some((p) => blocks.some((q) => p !== q && crosses(p, q))));
}

describe("moments as polynomials in the free cumulants", () => {
  test("the first four", () => {
    expect(momentPolynomials(4).map(rationalFunctionToText)).toEqual([
      "kappa_1",
      "kappa_1^2 + kappa_2",
      "kappa_1^3 + 3*kappa_1*kappa_2 + kappa_3",
      "kappa_1^4 + 6*kappa_1^2*kappa_2 + 4*kappa_1*kappa_3 + 2*kappa_2^2 + kappa_4",
    ]);
    expect(momentPolynomials(2, "k").map(rationalFunctionToText)).toEqual(["k1", "k1^2 + k2"]);
  });

  test("count the noncrossing partitions by their block sizes", () => {
    const polynomials = momentPolynomials(7);
    for (let n = 1; n <= 7; n++) {
      const counts = new Map<string, bigint>();
      for (const blocks of noncrossingPartitions(n)) {
        const key = toText(parseRationalFunction(blocks.map((block) => `kappa_${block.length}`).join("*")).numerator);
        counts.set(key, (counts.get(key) ?? 0n) + 1n);
      }
      const expected = [...counts].map(([key, count]) => `${count}*${key}`).join(" + ");
      expect(rationalFunctionToText(polynomials[n - 1]!)).toBe(rationalFunctionToText(parseRationalFunction(expected)));
    }
  });

  test("Kreweras: n!/((n + 1 − b)! Π m_i!) partitions of n with m_i blocks of size i, b in all", () => {
    const polynomials = momentPolynomials(12);
    polynomials.forEach((polynomial, k) => {
      for (const { type, coefficient } of termsOf(polynomial)) {
        const multiplicities = [...type.values()];
        const blocks = multiplicities.reduce((sum, m) => sum + m, 0);
        const below = multiplicities.reduce((product, m) => product * factorial(m), factorial(k + 2 - blocks));
        expect(coefficient * below).toBe(factorial(k + 1));
      }
    });
    // 77 partitions of the number 12
    expect(polynomials[11]!.numerator.terms).toHaveLength(77);
  });
});

describe("free cumulants as polynomials in the moments", () => {
  test("the first four, and the sign and size of each coefficient", () => {
    expect(cumulantPolynomials(4).map(rationalFunctionToText)).toEqual([
      "mu_1",
      "-mu_1^2 + mu_2",
      "2*mu_1^3 - 3*mu_1*mu_2 + mu_3",
      "-5*mu_1^4 + 10*mu_1^2*mu_2 - 4*mu_1*mu_3 - 2*mu_2^2 + mu_4",
    ]);
    // kappa_n = Σ (−1)^(b−1) (n + b − 2)!/((n − 1)! Π m_i!) Π mu_i^m_i over the partitions of n into b parts
    cumulantPolynomials(10).forEach((polynomial, k) => {
      for (const { type, coefficient } of termsOf(polynomial)) {
        const multiplicities = [...type.values()];
        const parts = multiplicities.reduce((sum, m) => sum + m, 0);
        const below = multiplicities.reduce((product, m) => product * factorial(m), factorial(k));
        expect(coefficient * below).toBe((parts % 2 === 1 ? 1n : -1n) * factorial(k + parts - 1));
      }
    });
  });

  test("undo each other on rational functions of any variables", () => {
    const values = ["a/(a + b)", "1/3", "0", "x^2 - 1", "a*x", "-7/2"].map((text) => parseRationalFunction(text));
    expect(cumulantsOfMoments(momentsOfCumulants(values))).toEqual(values);
    expect(momentsOfCumulants(cumulantsOfMoments(values))).toEqual(values);
    expect(cumulantsOfMoments([])).toEqual([]);
  });
});
