import {
  companion,
  createBudget,
  cumulants,
  ensembles,
  freeSum,
  informationPlusNoise,
  type Law,
  lawFromCurve,
  moments,
  parseLaw,
  parseRational,
  power,
  rectangularCumulants,
  rectangularFreeSum,
  rectangularPower,
  sampleCovariance,
  scale,
  square,
  support,
} from "freecurve";
import {
  constantValue,
  parseRationalFunction,
  rationalFunctionToText,
  substituteFractions,
  toText,
} from "freecurve/poly";
import { describe, expect, test } from "vitest";
import { QQ, type Rational, rationalToText } from "../../src/rings/index.js";
import { algebraicToNumber } from "../../src/roots/index.js";
import { noncrossingPartitions } from "../convolution/combinatorial-moments.js";

const curve = (law: Law): string => toText(law.curve);
const rationals = (law: Law, n: number): Rational[] =>
  moments(law, n).map((mu) => QQ.div(constantValue(mu.numerator), constantValue(mu.denominator)));

const one = parseLaw("atoms([[1, 1]])");
const zero = parseLaw("atoms([[0, 1]])");
const two = parseLaw("atoms([[1, 1/2], [4, 1/2]])");
const three = parseLaw("atoms([[1, 1/2], [2, 1/4], [5, 1/4]])");

/** Partitions by the sizes of their blocks, halved, and the number of blocks that start at an even place: all the formula asks for. */
const evenPartitions = [1, 2, 3, 4].map((k) =>
  noncrossingPartitions(2 * k)
    .filter((blocks) => blocks.every((block) => block.length % 2 === 0))
    .map((blocks) => ({
      sizes: blocks.map((block) => block.length / 2),
      // Places are counted from 1 in the formula and from 0 in the list.
      even: blocks.filter((block) => block[0]! % 2 === 1).length,
    })),
);

/** mu_k = Σ c^(even minima) Π c_(half size) over non-crossing partitions of 2k into even blocks [Benaych-Georges 2009, (4.1)]. */
function momentByPartitions(k: number, cumulants: readonly Rational[], c: Rational): Rational {
  return evenPartitions[k - 1]!.map(({ sizes, even }) =>
    sizes.reduce((product, size) => QQ.mul(product, cumulants[size - 1]!), QQ.pow(c, even)),
  ).reduce(QQ.add, QQ.zero);
}

/** The rectangular free cumulants by solving that formula: mu_k is c_k plus terms in the lower ones. */
function cumulantsByPartitions(mu: readonly Rational[], c: Rational): readonly Rational[] {
  const result: Rational[] = [];
  for (const [index, value] of mu.entries()) {
    result.push(QQ.zero);
    result[index] = QQ.sub(value, momentByPartitions(index + 1, result, c));
  }
  return result;
}

function sumByPartitions(a: Law, b: Law, ratio: string): readonly Rational[] {
  const c = parseRational(ratio);
  const [left, right] = [a, b].map((law) => cumulantsByPartitions(rationals(law, 4), c));
  const sums = left!.map((value, k) => QQ.add(value, right![k]!));
  return sums.map((_, k) => momentByPartitions(k + 1, sums, c));
}

describe("rectangular free cumulants", () => {
  test("are those of the sum over partitions", () => {
    for (const [law, ratio] of [
      [three, "1/3"],
      [ensembles.bures(), "1/2"],
      [ensembles.wachter(2, 3), "1"],
    ] as const) {
      const expected = cumulantsByPartitions(rationals(law, 4), parseRational(ratio)).map(rationalToText);
      expect(rectangularCumulants(law, 4, ratio).map(rationalFunctionToText)).toEqual(expected);
    }
  });

  test("noise has one, and the constant Catalan numbers", () => {
    expect(rectangularCumulants(scale(ensembles.mp("c"), "v"), 4, "c").map(rationalFunctionToText)).toEqual([
      "v",
      "0",
      "0",
      "0",
    ]);
    expect(rectangularCumulants(one, 5, "c").map(rationalFunctionToText)).toEqual([
      "1",
      "-c",
      "2*c^2",
      "-5*c^3",
      "14*c^4",
    ]);
    expect(() => rectangularCumulants(one, 2, 0)).toThrow("rectangularCumulants(law, n, c) needs c > 0; got 0");
  });
});

describe("the rectangular free sum", () => {
  test.each([
    ["a constant and atoms", one, three, "1/3"],
    ["Bures and atoms", ensembles.bures(), two, "1"],
    ["a product of Wisharts and atoms", parseLaw("productOfWisharts([1/2, 1/4])"), two, "1/2"],
    ["noise and Bures, a substitution", ensembles.mp("1/2"), ensembles.bures(), "1/2"],
    ["twice the same", three, parseLaw("atoms([[5, 1/4], [1, 1/2], [2, 1/4]])"), "1/2"],
    ["more rows than columns", parseLaw("atoms([[0, 1/2], [1, 1/2]])"), parseLaw("atoms([[0, 3/4], [4, 1/4]])"), "2"],
  ])("has the moments of the sum over partitions: %s", (_name, a, b, c) => {
    const law = rectangularFreeSum(a, b, c);
    expect(rationals(law, 4).map(rationalToText)).toEqual(sumByPartitions(a, b, c).map(rationalToText));
  });

  test("does not mind the order, and zero adds nothing", () => {
    expect(curve(rectangularFreeSum(two, one, "1/2"))).toBe(curve(rectangularFreeSum(one, two, "1/2")));
    expect(curve(rectangularFreeSum(two, ensembles.mp("1/2"), "1/2"))).toBe(
      curve(rectangularFreeSum(ensembles.mp("1/2"), two, "1/2")),
    );
    expect(curve(rectangularFreeSum(two, zero, "1/2"))).toBe(curve(two));
    expect(curve(rectangularFreeSum(zero, two, "1/2"))).toBe(curve(two));
  });

  test("is associative", () => {
    const noisy = informationPlusNoise(one, "1/3", "1/2");
    expect(curve(rectangularFreeSum(noisy, two, "1/2"))).toBe(
      curve(informationPlusNoise(rectangularFreeSum(one, two, "1/2"), "1/3", "1/2")),
    );
  });

  test("with noise it is information plus noise, with parameters", () => {
    const noise = scale(ensembles.mp("c"), "v");
    expect(curve(rectangularFreeSum(two, noise, "c"))).toBe(curve(informationPlusNoise(two, "v", "c")));
    expect(curve(rectangularFreeSum(noise, ensembles.bures(), "c"))).toBe(
      curve(informationPlusNoise(ensembles.bures(), "v", "c")),
    );
  });

  test("of two constants, with parameters in all three places", () => {
    const law = rectangularFreeSum(parseLaw("atoms([[a, 1]])"), parseLaw("atoms([[b, 1]])"), "c");
    expect(rectangularCumulants(law, 3, "c").map(rationalFunctionToText)).toEqual(
      ["a + b", "-c*(a^2 + b^2)", "2*c^2*(a^3 + b^3)"].map((text) =>
        rationalFunctionToText(parseRationalFunction(text)),
      ),
    );
  });

  test.each([
    ["constants", one, parseLaw("atoms([[4, 1]])")],
    ["a constant and atoms", one, two],
    ["Bures and a constant", ensembles.bures(), one],
  ])("for square matrices it is the free sum of symmetrised singular values: %s", (_name, a, b) => {
    expect(curve(rectangularFreeSum(a, b, 1))).toBe(curve(square(freeSum(symmetrised(a), symmetrised(b)))));
  });

  test.each([
    ["atoms and a constant", two, one],
    ["Bures and noise", ensembles.bures(), ensembles.mp("1/3")],
  ])("of correlated noises is the noise of the free sum of the covariances: %s", (_name, a, b) => {
    // Ø. Ryan, M. Debbah, ISIT 2007: A^(1/2) X + B^(1/2) Y is (A + B)^(1/2) X.
    const parts = [a, b].map((law) => sampleCovariance(law, "1/2"));
    expect(curve(rectangularFreeSum(parts[0]!, parts[1]!, "1/2"))).toBe(curve(sampleCovariance(freeSum(a, b), "1/2")));
    const expected = cumulants(a, 4).map(rationalFunctionToText);
    expect(rectangularCumulants(sampleCovariance(a, "c"), 4, "c").map(rationalFunctionToText)).toEqual(expected);
  });

  test("for few rows it is the free sum of the squares", () => {
    // Rows of R and S are orthogonal to each other when there are far more columns: (R + S)(R + S)* = R R* + S S*.
    const law = rectangularFreeSum(one, two, "c");
    const expected = moments(freeSum(one, two), 4).map(rationalFunctionToText);
    const limit = moments(law, 4).map((mu) =>
      rationalFunctionToText(substituteFractions(mu.numerator, { c: parseRationalFunction("0") })),
    );
    expect(limit).toEqual(expected);
  });

  test("transposed, the sum of the transposed", () => {
    const c = "1/2";
    const transposed = companion(rectangularFreeSum(one, two, c), c);
    expect(curve(rectangularFreeSum(companion(one, c), companion(two, c), 2))).toBe(curve(transposed));
  });

  test("refuses what is no Gram matrix, with the reason", () => {
    const signs = parseLaw("atoms([[-1, 1/2], [1, 1/2]])");
    expect(() => rectangularFreeSum(one, signs, 1)).toThrow(
      "rectangularFreeSum(A, B, c) needs a law B on [0, infinity), that of R R* for a p x n matrix R; here there are negative eigenvalues",
    );
    expect(() => rectangularFreeSum(two, one, 2)).toThrow(
      "rectangularFreeSum(A, B, c) needs a law A with an atom of weight at least 1/2 at 0 for c = 2, because a p x n matrix has rank n at most",
    );
    expect(() => rectangularFreeSum(two, one, "-1")).toThrow("rectangularFreeSum(A, B, c) needs c > 0; got -1");
  });

  test("stops when the budget is spent", () => {
    expect(() => rectangularFreeSum(one, two, "1/2", createBudget({ limit: 1 }))).toThrow(
      expect.objectContaining({ name: "BudgetError" }),
    );
  });
});

describe("the rectangular free power", () => {
  test("is the sum of copies", () => {
    const twice = rectangularFreeSum(two, two, "1/3");
    expect(curve(rectangularPower(two, 2, "1/3"))).toBe(curve(twice));
    expect(curve(rectangularPower(zero, 3, "1/3"))).toBe(curve(zero));
    const cumulants = rectangularCumulants(rectangularPower(three, "s", "c"), 3, "c");
    const once = rectangularCumulants(three, 3, "c");
    expect(cumulants.map(rationalFunctionToText)).toEqual(
      once.map((value) => rationalFunctionToText(parseRationalFunction(`s*(${rationalFunctionToText(value)})`))),
    );
  });

  test("of a constant, square: s Haar unitary matrices, on which Kesten's law is squared", () => {
    const signs = parseLaw("atoms([[-1, 1/2], [1, 1/2]])");
    expect(curve(rectangularPower(one, 3, 1))).toBe(curve(square(power(signs, 3))));
    expect(curve(rectangularPower(one, 3, 1))).toBe(curve(square(ensembles.kestenMcKay(3))));
  });

  test("of noise is more noise", () => {
    expect(curve(rectangularPower(ensembles.mp("c"), "s", "c"))).toBe(curve(scale(ensembles.mp("c"), "s")));
  });

  test("refuses a power that is not positive", () => {
    expect(() => rectangularPower(two, 0, 1)).toThrow("rectangularPower(A, s, c) needs s > 0; got 0");
  });
});

describe("information plus noise", () => {
  test("without information it is noise, without noise information", () => {
    expect(curve(informationPlusNoise(zero, "v", "c"))).toBe(curve(scale(ensembles.mp("c"), "v")));
    for (const law of [two, ensembles.mp("c")]) {
      expect(curve(informationPlusNoise(law, 0, "1/2"))).toBe(curve(law));
    }
  });

  test("of noise is the sum of the noises, and in two steps that in one", () => {
    expect(curve(informationPlusNoise(ensembles.mp("c"), "v", "c"))).toBe(curve(scale(ensembles.mp("c"), "1 + v")));
    const steps = informationPlusNoise(informationPlusNoise(two, "1/3", "1/2"), "1/6", "1/2");
    expect(curve(steps)).toBe(curve(informationPlusNoise(two, "1/2", "1/2")));
  });

  test.each([
    ["atoms", three],
    ["Bures", ensembles.bures()],
    ["a sample covariance", sampleCovariance(two, "1/3")],
  ])("has the moments of the sum over partitions: %s", (_name, law) => {
    const expected = sumByPartitions(law, scale(ensembles.mp("1/3"), "1/2"), "1/3");
    const found = rationals(informationPlusNoise(law, "1/2", "1/3"), 4);
    expect(found.map(rationalToText)).toEqual(expected.map(rationalToText));
  });

  test("is Dozier and Silverstein's equation for one atom, cleared by hand", () => {
    // m (t − g² z + v (1 − c) g) = g with g = 1 + v c m, for t = 2, v = 1/2, c = 1/3.
    const direct = lawFromCurve("m*(2 - (1 + m/6)^2*z + (1 + m/6)/3) - (1 + m/6)");
    expect(curve(informationPlusNoise(parseLaw("atoms([[2, 1]])"), "1/2", "1/3"))).toBe(curve(direct));
  });

  test("keeps the zeros of a matrix with more rows than columns, and its support is right", () => {
    const { intervals, atoms } = support(informationPlusNoise(parseLaw("atoms([[0, 1/2], [9, 1/2]])"), "1/10", 2));
    expect(atoms.map(({ at, weight }) => [algebraicToNumber(at), algebraicToNumber(weight)])).toEqual([[0, 0.5]]);
    expect(intervals).toHaveLength(1);
    expect(intervals[0]!.mass).toBeCloseTo(0.5, 11);
  });

  test("refuses what is no Gram matrix and what is no variance", () => {
    expect(() => informationPlusNoise(ensembles.semicircle(1), 1, "1/2")).toThrow(
      "informationPlusNoise(A, v, c) needs a law A on [0, infinity)",
    );
    expect(() => informationPlusNoise(two, "-1", "1/2")).toThrow("informationPlusNoise(A, v, c) needs v >= 0; got -1");
    expect(() => informationPlusNoise(two, 1, 0)).toThrow("informationPlusNoise(A, v, c) needs c > 0; got 0");
    expect(() => informationPlusNoise(two, 1, 4)).toThrow(
      /needs a law A with an atom of weight at least 3\/4 at 0 for c = 4/,
    );
  });
});

/** The law of ±√X with equal signs: m(z) = z·m_X(z²). */
function symmetrised(law: Law): Law {
  const value = substituteFractions(law.curve, {
    z: parseRationalFunction("z^2"),
    m: parseRationalFunction("m/z"),
  });
  return lawFromCurve(value.numerator);
}
