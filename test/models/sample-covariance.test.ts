import {
  companion,
  doublyCorrelatedWishart,
  ensembles,
  events,
  freeProduct,
  freeSum,
  type Law,
  moments,
  parseLaw,
  parseRational,
  sampleCovariance,
  scale,
  support,
  weightedWishart,
} from "freecurve";
import { constantValue, fractions, parseRationalFunction, rationalFunctionToText, toText } from "freecurve/poly";
import { describe, expect, test } from "vitest";
import { QQ, type Rational, rationalToText } from "../../src/rings/index.js";
import { algebraicToNumber } from "../../src/roots/index.js";
import { momentsByPartitions } from "../convolution/combinatorial-moments.js";

const curve = (law: Law): string => toText(law.curve);
const rationals = (law: Law, n: number): Rational[] =>
  moments(law, n).map((mu) => QQ.div(constantValue(mu.numerator), constantValue(mu.denominator)));

const two = parseLaw("atoms([[1, 1/2], [3, 1/2]])");
const three = parseLaw("atoms([[1, 1/2], [2, 1/4], [5, 1/4]])");
const signs = parseLaw("atoms([[-1, 1/2], [1, 1/2]])");
const one = parseLaw("atoms([[1, 1]])");
const zero = parseLaw("atoms([[0, 1]])");
/** Eigenvalues of the covariance of an autoregressive series with coefficient 1/2 and variance 1. */
const autoregressive = parseLaw("arcsine(-1, 1) |> mobius(0, 3/4, -1, 5/4)");

describe("the sample covariance law of any population", () => {
  test("of a population of atoms is Silverstein's", () => {
    expect(curve(sampleCovariance(two, "c"))).toBe(curve(parseLaw("silverstein(c, [[1, 1/2], [3, 1/2]])")));
    expect(curve(sampleCovariance(three, "c"))).toBe(curve(parseLaw("silverstein(c, [[1, 1/2], [2, 1/4], [5, 1/4]])")));
    expect(curve(sampleCovariance(one, "c"))).toBe(curve(ensembles.mp("c")));
    expect(curve(sampleCovariance(zero, "c"))).toBe(curve(zero));
  });

  test.each([
    ["Bures", ensembles.bures()],
    ["Wachter", ensembles.wachter(2, 3)],
    ["semicircle, of both signs", ensembles.semicircle(1)],
    ["signs", signs],
  ])("has the moments of the sum over partitions: %s", (_name, law) => {
    const kappa = [0, 1, 2, 3, 4, 5].map((k) => power("1/2", k));
    const expected = momentsByPartitions(kappa, rationals(law, 6));
    expect(rationals(sampleCovariance(law, "1/2"), 6).map(rationalToText)).toEqual(expected.map(rationalToText));
    expect(curve(sampleCovariance(law, "1/2"))).toBe(curve(freeProduct(law, ensembles.mp("1/2"))));
  });

  test("commutes with itself, and grows like Fuss–Catalan", () => {
    expect(curve(sampleCovariance(sampleCovariance(two, "c"), "d"))).toBe(
      curve(sampleCovariance(sampleCovariance(two, "d"), "c")),
    );
    expect(curve(sampleCovariance(sampleCovariance(ensembles.mp(1), 1), 1))).toBe(curve(ensembles.fussCatalan(3)));
  });

  test("keeps the branch of a law that had to be singled out", () => {
    const law = parseLaw('curve("(m*z + 1)^2 - m^2*(1 - m)", [1])');
    const expected = momentsByPartitions(
      [0, 1, 2, 3].map((k) => power("1/2", k)),
      rationals(law, 4),
    );
    expect(rationals(sampleCovariance(law, "1/2"), 4).map(rationalToText)).toEqual(expected.map(rationalToText));
  });
});

describe("a weighted Wishart matrix", () => {
  test("with atoms as weights is compound free Poisson", () => {
    expect(curve(weightedWishart(two, "c"))).toBe(curve(parseLaw("compoundFreePoisson(1/c, [[c, 1/2], [3*c, 1/2]])")));
    expect(curve(weightedWishart(one, "c"))).toBe(curve(ensembles.mp("c")));
    expect(curve(weightedWishart(zero, "c"))).toBe(curve(zero));
  });

  test("with random weights is a product of two", () => {
    expect(curve(weightedWishart(ensembles.mp("d"), "c"))).toBe(curve(parseLaw("mp(c) [*] mp(c*d)")));
  });

  test("lag-one covariances of white noise, with weights cos θ: symmetric, and the known quartic", () => {
    // The model of B. Jin, C. Wang, Z. Bai, K. Nair, M. Harding, Ann. Appl. Probab. 24 (2014) 1199–1225. R(s) = ∫ t/(1 − c t s) over the
    // arcsine law is ((1 − c² s²)^(−1/2) − 1)/(c s), and z + 1/m = R(−m).
    const law = weightedWishart(ensembles.arcsine(-1, 1), "c");
    const direct = parseLaw('curve("(1 - c - c*z*m)^2*(1 - c^2*m^2) - 1", [0, c/2])');
    expect(curve(law)).toBe(curve(direct));
    expect(moments(law, 4).map(rationalFunctionToText)).toEqual(["0", "1/2*c", "0", "3/8*c^3 + 1/2*c^2"]);
  });
});

describe("the doubly correlated Wishart law", () => {
  test.each([
    ["atoms and atoms", two, three],
    ["atoms and atoms of both signs", two, signs],
    ["both signs and atoms", signs, two],
    ["atoms and a semicircle", two, ensembles.semicircle(1)],
    ["atoms and an autoregressive series", two, autoregressive],
    ["Wachter and atoms, a substitution", ensembles.wachter(2, 3), three],
    ["atoms and Wachter, a substitution", three, ensembles.wachter(2, 3)],
    ["a projection and Bures, a substitution", parseLaw("atoms([[0, 1/2], [1, 1/2]])"), ensembles.bures()],
  ])("has the moments of the sum over partitions: %s", (_name, a, b) => {
    // The free cumulants of X B X* /n are c^(k−1) mu_k(B).
    const kappa = rationals(b, 6).map((mu, k) => QQ.mul(mu, power("1/3", k)));
    const expected = momentsByPartitions(kappa, rationals(a, 6));
    const law = doublyCorrelatedWishart(a, b, "1/3");
    expect(rationals(law, 6).map(rationalToText)).toEqual(expected.map(rationalToText));
  });

  test("transposed it exchanges the covariances", () => {
    for (const [a, b] of [
      [two, three],
      [two, ensembles.mp("1/2")],
    ] as const) {
      const transposed = companion(doublyCorrelatedWishart(a, b, "1/3"), "1/3");
      expect(curve(transposed)).toBe(curve(scale(doublyCorrelatedWishart(b, a, 3), "1/3")));
    }
  });

  test("with one covariance it is the simpler model", () => {
    expect(curve(doublyCorrelatedWishart(three, one, "c"))).toBe(curve(sampleCovariance(three, "c")));
    expect(curve(doublyCorrelatedWishart(one, three, "c"))).toBe(curve(weightedWishart(three, "c")));
    expect(curve(doublyCorrelatedWishart(zero, three, "c"))).toBe(curve(zero));
    expect(curve(doublyCorrelatedWishart(three, zero, "c"))).toBe(curve(zero));
  });

  test("has parameters in the covariances too", () => {
    const law = doublyCorrelatedWishart(parseLaw("atoms([[1, w], [a, 1 - w]])"), ensembles.mp("d"), "c");
    const [mean, second] = moments(law, 2);
    expect(fractions.equals(mean!, parseRationalFunction("w + a*(1 - w)"))).toBe(true);
    // mu_2(A) kappa_1² + mu_1(A)² kappa_2 with kappa_1 = 1 and kappa_2 = c mu_2(B) = c (1 + d)
    const expected = parseRationalFunction("w + a^2*(1 - w) + (w + a*(1 - w))^2*c*(1 + d)");
    expect(fractions.equals(second!, expected)).toBe(true);
  });

  test("is refused with two covariances of both signs", () => {
    expect(() => doublyCorrelatedWishart(signs, signs, 1)).toThrow(
      "doublyCorrelatedWishart(A, B, c) needs A or B on [0, infinity); here both have negative eigenvalues",
    );
    expect(() => doublyCorrelatedWishart(two, two, 0)).toThrow("doublyCorrelatedWishart(A, B, c) needs c > 0; got 0");
  });
});

test("a ratio that is not positive is refused in a sentence", () => {
  expect(() => sampleCovariance(two, "-1/2")).toThrow("sampleCovariance(A, c) needs c > 0; got -1/2");
  expect(() => weightedWishart(two, 0)).toThrow("weightedWishart(B, c) needs c > 0; got 0");
});

test("Marchenko–Pastur's additive model: a sum with a weighted Wishart matrix", () => {
  // m(z) = m_A(z − ∫ t dB/(1 + c t m)): one atom in each, solved by hand.
  const law = freeSum(parseLaw("atoms([[2, 1]])"), weightedWishart(parseLaw("atoms([[3, 1]])"), "1/2"));
  expect(curve(law)).toBe(curve(parseLaw("mp(1/2) |> scale(3) |> shift(2)")));
});

test("the support of a sample covariance law", () => {
  // A population of 1 and 7 with weights 1/2 gives two bulks for small c.
  const { intervals, atoms } = support(sampleCovariance(parseLaw("atoms([[1, 1/2], [7, 1/2]])"), "1/10"));
  expect(atoms).toEqual([]);
  expect(intervals.map(({ mass }) => Math.round(1e9 * mass) / 1e9)).toEqual([0.5, 0.5]);
  // Silverstein–Choi: edges are the critical values of z(m) = −1/m + c Σ w t/(1 + t m) for the companion m.
  const z = (m: number): number => -1 / m + (1 / 10) * (0.5 / (1 + m) + 3.5 / (1 + 7 * m));
  for (const { left, right } of intervals) {
    for (const edge of [left, right].map(algebraicToNumber)) {
      expect(criticalValues(z).some((value) => Math.abs(value - edge) < 1e-9)).toBe(true);
    }
  }
});

test("the ratio at which the bulks of two eigenvalues merge", () => {
  // Below it the slope of z(m) = −1/m + c Σ w t/(1 + t m) changes its sign between the poles −1 and −1/4 (Silverstein–Choi).
  const merged = events(parseLaw("atoms([[1, 1/2], [4, 1/2]]) |> sampleCovariance(c)"), { in: "c" }).find(
    ({ kind }) => kind === "cusp-merge",
  )!;
  const sum = (m: number): number => 0.5 * (m / (1 + m)) ** 2 + 0.5 * ((4 * m) / (1 + 4 * m)) ** 2;
  const least = Math.min(...Array.from({ length: 100_000 }, (_, k) => sum(-1 + (0.75 * (k + 0.5)) / 100_000)));
  expect(algebraicToNumber(merged.at)).toBeCloseTo(1 / least, 7);
});

/** Values of z at the zeros of its derivative on the real line, poles left out. */
function criticalValues(z: (m: number) => number): number[] {
  const slope = (m: number): number => 1 / m ** 2 - (1 / 10) * (0.5 / (1 + m) ** 2 + 24.5 / (1 + 7 * m) ** 2);
  const values: number[] = [];
  const step = 1e-3;
  for (let m = -10 + step / 3; m < -1e-2; m += step) {
    if (slope(m) * slope(m + step) >= 0) continue;
    let [low, high] = [m, m + step];
    for (let k = 0; k < 60; k++) {
      const middle = (low + high) / 2;
      if (slope(low) * slope(middle) <= 0) high = middle;
      else low = middle;
    }
    values.push(z(low));
  }
  return values;
}

function power(base: string, exponent: number): Rational {
  return QQ.pow(parseRational(base), exponent);
}
