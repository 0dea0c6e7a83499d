import {
  ensembles,
  freeProduct,
  freeSum,
  highTemperatureMp,
  moments,
  parseLaw,
  parseRational,
  type RationalFunction,
  rational,
  rationalFunctionToText,
  sampleCovariance,
  seededRandom,
  support,
} from "freecurve";
import { ballToText, complexBalls, complexBallToText } from "freecurve/ball";
import { toText } from "freecurve/poly";
import { describe, expect, test } from "vitest";
import { digamma, gamma, reciprocalGamma } from "../../src/high-temperature/gamma-function.js";
import { tricomi } from "../../src/high-temperature/tricomi-function.js";
import { fractions, parseRationalFunction } from "../../src/poly/index.js";
import { QQ, type Rational, rationalToNumber } from "../../src/rings/index.js";

const r = parseRational;

describe("the special functions, against mpmath at 40 digits", () => {
  test("gamma and digamma", () => {
    expect(ballToText(gamma(r("1/3"), 140), 35)).toBe("2.6789385347077476336556929409746776");
    expect(ballToText(digamma(r("7/5"), 140), 34)).toBe("-0.06138454458511614573067548204752846");
    expect(reciprocalGamma(r("-3"), 80).mantissa).toBe(0n);
    // Γ(1/2)Γ(−1/2) = −2π
    expect(ballToText(gamma(r("-1/2"), 140), 30)).toBe("-3.54490770181103205459633496668");
  });

  test.each([
    ["1/3", "0.11983409595597711616915283028177 - 0.055848977687884351153468435958588i"],
    ["2", "0.19638301493672030628268379045196 - 0.14033550191212889826991227344677i"],
    ["-2", "0.06748434759679873795009510922335 - 0.020063569321248581736518198526912i"],
    ["1", "0.14494426644240127288562141829732 - 0.079060659050962286070660678678559i"],
  ])("U(3/2, %s, 2 + i)", (b, value) => {
    const balls = complexBalls(200);
    const z = balls.fromNumbers(2, 1);
    const text = complexBallToText(tricomi(r("3/2"), r(b), { z, logarithm: balls.log(z) }, 200), 32);
    expect(text).toBe(value);
  });
});

describe("the density", () => {
  test.each([
    // mpmath at 40 digits: the formula with hyperu a hair below the cut
    ["1/2", "3", "1", "0.3829762981114453420026164"],
    // on one integer second parameter, κ − k + 1 = 1, where this is 1/e
    ["1", "2", "1/2", "0.3678794411714423215955238"],
    ["2", "3/2", "3", "0.0506248455943774787193019"],
    ["1/2", "1/3", "7", "0.0045438069644155473046628"],
    ["1/2", "3", "1/1000", "0.0010542386457855464767973"],
    ["1/2", "40", "1", "0.4180846380576873768462763"],
  ])("of gamma = %s, kappa = %s at %s", (ratio, kappa, x, value) => {
    const found = highTemperatureMp(ratio, kappa).densityAt(r(x), 30);
    expect(found.replace(/^0\.0*/, "").slice(0, 22)).toBe(value.replace(/^0\.0*/, "").slice(0, 22));
  });

  test.each([
    ["1/2", "3", "1"],
    ["2", "6", "1/2"],
  ])("has mass one with its atom, and the exact moments: gamma = %s, kappa = %s", (ratio, kappa, mass) => {
    const measure = highTemperatureMp(ratio, kappa);
    const rule = logarithmicRule(measure.density);
    expect(QQ.equals(measure.atomAtZero(), QQ.sub(QQ.one, r(mass)))).toBe(true);
    expect(sum(rule, () => 1)).toBeCloseTo(rationalToNumber(r(mass)), 8);
    for (const [k, mu] of measure.moments(3).entries()) {
      expect(sum(rule, (x) => x ** (k + 1)) / rationalToNumber(constantOf(mu))).toBeCloseTo(1, 8);
    }
  });

  test("is pi times smaller than the imaginary part of the transform on the axis", () => {
    for (const [ratio, kappa] of [
      ["1/2", "3"],
      ["1", "5/2"],
      ["3", "7/4"],
    ] as const) {
      const measure = highTemperatureMp(ratio, kappa);
      const { im } = measure.stieltjesAt({ re: r("2/3"), im: r("0") }, 20);
      expect(Number(im) / Math.PI / Number(measure.densityAt(r("2/3")))).toBeCloseTo(1, 13);
    }
  });

  test("tends to that of mp(gamma), with an error like 1/kappa", () => {
    const exact = Math.sqrt(4 * 0.5 - 0.25) / Math.PI;
    const errors = [20, 40, 80].map((kappa) =>
      Math.abs(Number(highTemperatureMp("1/2", kappa).densityAt(rational(1))) - exact),
    );
    expect(errors[0]! / errors[1]!).toBeCloseTo(2, 1);
    expect(errors[1]! / errors[2]!).toBeCloseTo(2, 1);
    expect(errors[2]).toBeLessThan(2e-3);
  });

  test("outside and at the end of the support", () => {
    expect(highTemperatureMp("1/2", 3).densityAt(r("-1"))).toBe("0");
    expect(highTemperatureMp("1/2", 3).densityAt(r("0"))).toBe("0");
    expect(highTemperatureMp("1/2", "1/2").densityAt(r("0"))).toBe("infinity");
    // |κ/γ − κ| = 1: finite at 0
    for (const [ratio, kappa] of [
      ["1/2", "1"],
      ["2", "2"],
    ] as const) {
      const measure = highTemperatureMp(ratio, kappa);
      const near = Number(measure.densityAt(r("1e-9")));
      expect(Number(measure.densityAt(r("0"))) / near).toBeCloseTo(1, 6);
    }
    expect(Array.from(highTemperatureMp("1/2", "1/2").density(Float64Array.of(-1, 0, Number.NaN)))).toEqual([
      0,
      Number.POSITIVE_INFINITY,
      Number.NaN,
    ]);
  });
});

describe("the tails", () => {
  test.each([
    ["1/2", "3"],
    ["1/2", "1/3"],
    ["2", "3"],
  ])("have the exact exponents: gamma = %s, kappa = %s", (ratio, kappa) => {
    const measure = highTemperatureMp(ratio, kappa);
    const { atZero, atInfinity } = measure.tails();
    const value = (x: string): number => Math.log(Number(measure.densityAt(r(x))));
    // one decade of x far from the other end
    expect((value("1e-19") - value("1e-20")) / Math.log(10)).toBeCloseTo(rationalToNumber(atZero.power), 4);
    const [rate, power] = [rationalToNumber(atInfinity.rate), rationalToNumber(atInfinity.power)];
    // The next factor of the asymptotic series is (1 + κ k/t)^(−2) at t = k x [DLMF 13.7.3].
    const [first, second] = [60, 120].map((t) => {
      const correction = 2 * Math.log(1 + (rationalToNumber(r(kappa)) * rate) / t);
      return value(String(t / rate)) + t + correction;
    });
    expect(Math.abs((second! - first!) / Math.LN2 - power)).toBeLessThan(0.2);
  });

  test("at gamma = 1 the density at 0 is 1/(kappa x log² x), slowly", () => {
    const measure = highTemperatureMp(1, 2);
    expect(measure.tails().atZero).toEqual({ power: r("-1"), overSquaredLogarithm: true });
    const at = (x: number): number => 2 * x * Number(measure.densityAt(r(String(x)), 8)) * Math.log(x) ** 2;
    expect(Math.abs(at(1e-80) - 1)).toBeLessThan(Math.abs(at(1e-20) - 1));
    expect(at(1e-80)).toBeCloseTo(1, 1);
  });
});

describe("the moments", () => {
  test("are those of the Jacobi matrix of the associated Laguerre polynomials, and of gamma variates", () => {
    for (const [ratio, kappa] of [
      ["1/2", "3"],
      ["5/3", "2/7"],
    ] as const) {
      const k = QQ.div(r(kappa), r(ratio));
      const found = highTemperatureMp(ratio, kappa).moments(6).map(constantOf);
      const scale = (value: Rational, n: number): Rational => QQ.div(value, QQ.pow(k, n));
      expect(found).toEqual(jacobiMoments(k, r(kappa), 6).map((value, n) => scale(value, n + 1)));
      // The mean of (J³)_11 for J = B B*, B bidiagonal with independent squares of shapes k and κ.
      const rising = (x: Rational, n: number): Rational =>
        Array.from({ length: n }, (_, j) => QQ.add(x, rational(j))).reduce(QQ.mul, QQ.one);
      const s = r(kappa);
      const third = [
        rising(k, 3),
        QQ.mul(rational(2), QQ.mul(rising(k, 2), s)),
        QQ.mul(QQ.mul(k, k), s),
        QQ.mul(k, rising(s, 2)),
      ].reduce(QQ.add, QQ.zero);
      expect(found[2]).toEqual(scale(third, 3));
    }
  });

  test("with parameters, and those of mp(gamma) as kappa tends to infinity", () => {
    const [mean, second, third] = highTemperatureMp("gamma", "kappa").moments(3);
    expect(rationalFunctionToText(mean!)).toBe("1");
    expect(rationalFunctionToText(second!)).toBe("(gamma*kappa + gamma + kappa)/kappa");
    const limit = highTemperatureMp("gamma", "1/e").moments(3)[2]!;
    expect(rationalFunctionToText(limit)).toBe("2*e^2*gamma^2 + 3*e*gamma^2 + 3*e*gamma + gamma^2 + 3*gamma + 1");
    expect(moments(ensembles.mp("gamma"), 3)[2]).toEqual(parseRationalFunction("gamma^2 + 3*gamma + 1"));
    expect(fractions.equals(third!, limit)).toBe(false);
  });
});

describe("the Stieltjes transform", () => {
  test("is the integral, off the axis and beside the support", () => {
    const measure = highTemperatureMp("1/2", 3);
    // mpmath
    expect(measure.stieltjesAt({ re: r("1"), im: r("1") }, 24)).toEqual({
      re: "-0.0781140637967434784025676",
      im: "0.711687157941686317895073",
    });
    expect(measure.stieltjesAt({ re: r("1"), im: r("-1") }, 10).im).toBe("-0.7116871579");
    expect(highTemperatureMp(2, "3/2").stieltjesAt({ re: r("-1"), im: r("0") }, 20)).toEqual({
      re: "0.74734449486751484661",
      im: "0",
    });
    const rule = logarithmicRule(measure.density);
    const { re } = measure.stieltjesAt({ re: r("-1/3"), im: r("0") });
    expect(sum(rule, (x) => 1 / (x + 1 / 3))).toBeCloseTo(Number(re), 8);
  });

  test("is the continued fraction of the model", () => {
    const [kappa, k] = [2.5, 2.5];
    let tail = 1;
    // x + q_1/(1 + e_1/(x + q_2/(1 + …))) with q_i = k − 1 + i, e_i = κ + i at x = k, from far down
    for (let i = 4000; i >= 1; i--) tail = k + (k - 1 + i) / (1 + (kappa + i) / tail);
    const found = highTemperatureMp(1, "5/2").stieltjesAt({ re: r("-1"), im: r("0") });
    expect(k / tail).toBeCloseTo(Number(found.re), 10);
  });

  test("needs numbers and a point off 0", () => {
    expect(() => highTemperatureMp("g", 1).densityAt(rational(1))).toThrow(/needs numbers for gamma and kappa/);
    expect(() => highTemperatureMp(1, 1).stieltjesAt({ re: r("0"), im: r("0") })).toThrow(/at 0/);
    expect(() => highTemperatureMp(1, 1).densityAt(rational(1_000_000))).toThrow(/too far from 0/);
    expect(() => highTemperatureMp(0, 1)).toThrow(/needs gamma > 0; got 0/);
  });
});

describe("samples", () => {
  test.each([
    ["1/2", "3"],
    ["1", "2"],
    ["2", "1"],
  ])("of 2000 eigenvalues have this distribution: gamma = %s, kappa = %s", (ratio, kappa) => {
    const measure = highTemperatureMp(ratio, kappa);
    const size = 2000;
    const values = measure.sample(size, seededRandom(11));
    const atom = rationalToNumber(measure.atomAtZero());
    const rule = logarithmicRule(measure.density, -6, 2.5, 0.1);
    // What lies left of the rule, where the density at gamma = 1 falls slowly, is what is missing to one.
    let below = 1 - sum(rule, () => 1);
    expect(below).toBeGreaterThan(atom - 1e-6);
    let worst = 0;
    for (const { x, weight } of rule) {
      below += weight / 2;
      const counted = values.filter((value) => value <= x).length / size;
      worst = Math.max(worst, Math.abs(counted - below));
      below += weight / 2;
    }
    // 1.36/√2000 = 0.030 holds for 95 % of independent values, and these are more even.
    expect(worst).toBeLessThan(0.03);
  });

  test("are the same for the same seed, with the zeros of gamma > 1", () => {
    const measure = highTemperatureMp(2, 3);
    const values = measure.sample(101, seededRandom(4));
    expect(values).toEqual(measure.sample(101, seededRandom(4)));
    expect(values.filter((value) => value === 0)).toHaveLength(50);
    expect(() => measure.sample(0, seededRandom(1))).toThrow(/positive integer/);
  });
});

test("the algebraic end of the family with a population is a free product: kappa = ∞ and inverseMp", () => {
  const product = freeProduct(ensembles.mp("g"), ensembles.inverseMp("c"));
  expect(toText(sampleCovariance(ensembles.inverseMp("c"), "g").curve)).toBe(toText(product.curve));
  // mean 1/(1 − c), second moment 1/(1 − c)³ + γ/(1 − c)²
  const [mean, second] = moments(product, 2);
  expect(fractions.equals(mean!, parseRationalFunction("1/(1 - c)"))).toBe(true);
  expect(fractions.equals(second!, parseRationalFunction("1/(1 - c)^3 + g/(1 - c)^2"))).toBe(true);
});

test("where a curve is needed it is said that there is none", () => {
  const measure = highTemperatureMp("1/2", 3);
  // @ts-expect-error: a measure without a curve is no law
  expect(() => support(measure)).toThrow(/no algebraic curve/);
  // @ts-expect-error: a measure without a curve is no law
  expect(() => freeSum(measure, ensembles.mp(1))).toThrow(/no algebraic curve/);
  expect(() => parseLaw("highTemperatureMp(1/2, 3)")).toThrow(/no algebraic curve.*command high-temperature/);
});

/** A rational function without variables. */
function constantOf(f: RationalFunction): Rational {
  return r(rationalFunctionToText(f));
}

interface RulePoint {
  readonly x: number;
  readonly weight: number;
}

/** The trapezoidal rule in log x. */
function logarithmicRule(density: (x: Float64Array) => Float64Array, from = -9, to = 3, step = 0.1): RulePoint[] {
  const x = Float64Array.from({ length: Math.round((to - from) / step) + 1 }, (_, k) => Math.exp(from + k * step));
  const values = density(x);
  return Array.from(x, (at, k) => ({ x: at, weight: values[k]! * at * step }));
}

function sum(rule: readonly RulePoint[], f: (x: number) => number): number {
  return rule.reduce((total, { x, weight }) => total + weight * f(x), 0);
}

/** (J^n)_11 for n = 1, 2, … and J = B B*, the squares of B being k, k + 1, … on the diagonal and κ + 1, κ + 2, … below. */
function jacobiMoments(k: Rational, kappa: Rational, count: number): Rational[] {
  const q = (i: number): Rational => QQ.add(k, rational(i));
  const e = (i: number): Rational => QQ.add(kappa, rational(i));
  // In the similar matrix with ones above the diagonal: J_ii = q_i + e_i, J_(i+1)i = q_i e_(i+1).
  let row = [QQ.one];
  const result: Rational[] = [];
  for (let n = 0; n < count; n++) {
    const next = new Array<Rational>(row.length + 1).fill(QQ.zero);
    for (const [i, value] of row.entries()) {
      const diagonal = i === 0 ? q(0) : QQ.add(q(i), e(i));
      next[i] = QQ.add(next[i]!, QQ.mul(value, diagonal));
      next[i + 1] = QQ.add(next[i + 1]!, value);
      if (i > 0) next[i - 1] = QQ.add(next[i - 1]!, QQ.mul(value, QQ.mul(q(i - 1), e(i))));
    }
    row = next;
    result.push(row[0]!);
  }
  return result;
}
