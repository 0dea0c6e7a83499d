import { ensembles, parseLaw, parseRational, sampleCovariance, seededRandom, stieltjesAt } from "freecurve";
import { realBalls } from "freecurve/ball";
import { parsePolynomial, toText } from "freecurve/poly";
import { algebraicToDecimal, algebraicToNumber } from "freecurve/roots";
import { describe, expect, test } from "vitest";
import {
  isotropicOptimum,
  optimalRidge,
  optimalRidgeByElimination,
  type RidgeModel,
  type RidgeOptions,
  type RidgeQuantity,
  ridgeBalls,
  ridgeCurve,
  ridgeErrors,
  ridgelessErrors,
  ridgeQuantities,
  ridgeRegression,
  ridgeValue,
} from "../../src/equivalents/index.js";
import { coefficients, constantValue, rationalFunctionToText } from "../../src/poly/index.js";

const quantities = Object.keys(ridgeQuantities) as RidgeQuantity[];
const model = (law: string, options: RidgeOptions): RidgeModel => ridgeRegression(parseLaw(law), options);
const numberAt = (ridge: RidgeModel, lambda: string, quantity: RidgeQuantity): number =>
  Number(ridgeErrors(ridge, parseRational(lambda), 15)[quantity]);

const populations: readonly (readonly [law: string, options: RidgeOptions])[] = [
  ["atoms([[1, 1]])", { ratio: "1/2", noise: "1/4" }],
  ["atoms([[1, 1/2], [4, 1/2]])", { ratio: 3, signal: 2, noise: "1/10" }],
  ["atoms([[0, 1/3], [2, 2/3]])", { ratio: "3/2", noise: "1/2" }],
  ["mp(1/2)", { ratio: "1/2", noise: "1/4" }],
  ["atoms([[1, 1/2], [4, 1/2]])", { ratio: "1/2", noise: "1/4", alignment: "x^2 + 1" }],
  ["mp(1/3)", { ratio: 2, noise: 1, alignment: "x" }],
];

describe("values", () => {
  test("for an isotropic population: the formulas of Marchenko–Pastur", () => {
    for (const [ratio, lambda] of [
      ["1/2", "1/10"],
      ["1", "1/3"],
      ["5/2", "2"],
    ] as const) {
      const [c, at] = [ridgeNumber(ratio), ridgeNumber(lambda)];
      const ridge = model("atoms([[1, 1]])", { ratio, signal: 3, noise: "1/4" });
      // Hastie, Montanari, Rosset, Tibshirani 2022, Corollary 5: m solves c λ m² + (1 − c + λ) m − 1 = 0.
      const m = (-(1 - c + at) + Math.sqrt((1 - c + at) ** 2 + 4 * c * at)) / (2 * c * at);
      const slope = (c * m * m + m) / (2 * c * at * m + 1 - c + at);
      const found = ridgeErrors(ridge, parseRational(lambda), 15);
      expect(Number(found.resolventTrace)).toBeCloseTo(m, 12);
      expect(Number(found.resolventSlope)).toBeCloseTo(slope, 12);
      expect(Number(found.bias)).toBeCloseTo(3 * at * at * slope, 12);
      expect(Number(found.variance)).toBeCloseTo((c / 4) * (m - at * slope), 12);
      expect(found.coefficientError).toBe(found.risk);
    }
  });

  test("are certified to any digits: κ = 1/√2 for c = λ = 1/2", () => {
    const ridge = model("atoms([[1, 1]])", { ratio: "1/2" });
    // mpmath, 40 digits
    expect(ridgeErrors(ridge, parseRational("1/2"), 40).kappa).toBe("0.7071067811865475244008443621048490392848");
    expect(algebraicToDecimal(ridgeValue(ridge, "kappa", parseRational("1/2")), 20)).toBe("0.7071067811865475244");
  });

  test("m(−λ) is the Stieltjes transform of the sample covariance", () => {
    for (const [law, options] of populations.slice(1)) {
      const found = ridgeErrors(model(law, options), parseRational("1/3"), 25);
      const sample = sampleCovariance(parseLaw(law), options.ratio);
      expect(stieltjesAt(sample, { re: parseRational("-1/3"), im: parseRational("0") }, 25).re).toBe(
        found.resolventTrace,
      );
    }
  });

  test.each(populations)("of %s, %o: the fixed point in plain numbers", (law, options) => {
    const ridge = model(law, options);
    const c = Number(ridgeRatio(options));
    const points = quadrature(law);
    for (const lambda of [0.02, 0.7, 30]) {
      let kappa = lambda + 1;
      const df = (power: number): number =>
        points.reduce((sum, [t, weight]) => sum + weight * (t / (t + kappa)) ** power, 0);
      for (let k = 0; k < 4000; k++) kappa = lambda + c * kappa * df(1);
      const found = ridgeErrors(ridge, parseRational(String(lambda)), 15);
      expect(Number(found.kappa) / kappa).toBeCloseTo(1, 9);
      expect(Number(found.df2)).toBeCloseTo(df(2), 9);
      const w = (t: number): number => evaluate(options.alignment ?? "1", t);
      const [signal, noise] = [Number(ridgeNumber(options.signal)), Number(ridgeNumber(options.noise))];
      const bent = points.reduce((sum, [t, weight]) => sum + weight * t * w(t) * (kappa / (t + kappa)) ** 2, 0);
      expect(Number(found.testError)).toBeCloseTo((signal * bent + noise) / (1 - c * df(2)), 8);
      // Training error (λ/κ)² of the test error [Bach 2024], and cross-validation is the test error.
      expect(Number(found.trainingError)).toBeCloseTo((lambda / kappa) ** 2 * Number(found.testError), 8);
      expect(found.gcv).toBe(found.testError);
    }
  });
});

describe("a ridge regression that is carried out", () => {
  test.each([
    ["1", 0.1],
    ["x^2", 0.05],
  ])("with n = 400, p = 200 and alignment %s at λ = %d has these errors", (alignment, lambda) => {
    const ridge = model("atoms([[1, 1/2], [4, 1/2]])", { ratio: "1/2", signal: 1, noise: "1/2", alignment });
    const expected = ridgeErrors(ridge, parseRational(String(lambda)), 15);
    const draws = 3;
    const found = { testError: 0, trainingError: 0, gcv: 0, coefficientError: 0, df1: 0 };
    for (let seed = 1; seed <= draws; seed++) {
      const one = simulated(400, 200, lambda, 1, 0.5, (t) => evaluate(alignment, t), seed);
      for (const name of Object.keys(found) as (keyof typeof found)[]) found[name] += one[name] / draws;
    }
    // The mean of 3 draws of about 400 terms each has a relative deviation of about 3 %.
    for (const name of Object.keys(found) as (keyof typeof found)[]) {
      expect(Math.abs(found[name] / Number(expected[name]) - 1), name).toBeLessThan(0.1);
    }
  });
});

describe("exact curves", () => {
  test("for an isotropic population, with parameters", () => {
    const ridge = model("atoms([[1, 1]])", { ratio: "c", signal: "r", noise: "s" });
    // κ² + (1 − c − λ) κ − λ = 0
    expect(toText(ridgeCurve(ridge, "kappa").polynomial)).toBe("c*q + lambda*q + lambda - q^2 - q");
    // c λ m² + (1 − c + λ) m − 1 = 0
    expect(toText(ridgeCurve(ridge, "resolventTrace").polynomial)).toBe(
      toText(parsePolynomial("c*lambda*q^2 + (1 - c + lambda)*q - 1")),
    );
    const { polynomial, argument, value, convention } = ridgeCurve(ridge, "testError");
    expect([argument, value, polynomial.variables]).toEqual(["lambda", "q", ["c", "lambda", "q", "r", "s"]]);
    expect(convention).toContain("test error");
    expect(toText(ridgeCurve(ridge, "gcv").polynomial)).toBe(toText(polynomial));
  });

  test.each(populations)("vanish at certified values: %s, %o", (law, options) => {
    const ridge = model(law, options);
    const real = realBalls(300);
    for (const quantity of quantities) {
      const { polynomial } = ridgeCurve(ridge, quantity);
      for (const lambda of ["1/7"]) {
        const q = ridgeBalls(ridge, parseRational(lambda), 300)[quantity];
        const rows = coefficients(polynomial, "q").map((row) =>
          real.horner(
            coefficients(row, "lambda").map((c) => real.fromRational(constantValue(c))),
            real.fromRational(parseRational(lambda)),
          ),
        );
        const residue = real.horner(rows, q);
        expect(real.containsZero(residue)).toBe(true);
        expect(real.compare(real.absUpper(residue), real.fromRational(parseRational("1e-60")))).toBe(-1);
      }
    }
  });

  test("of a slope is the derivative of the exact value, by differences", () => {
    const ridge = model("atoms([[1, 1/2], [4, 1/2]])", { ratio: "1/2" });
    const [below, above] = ["0.999999", "1.000001"].map((lambda) => numberAt(ridge, lambda, "companionTrace"));
    expect(-(above! - below!) / 2e-6).toBeCloseTo(numberAt(ridge, "1", "companionSlope"), 7);
  });
});

describe("limits", () => {
  test("λ → 0 for an isotropic population: σ² c/(1 − c), and r²(1 − 1/c) + σ²/(c − 1)", () => {
    const at = (ratio: string, noise = "1/3") =>
      ridgelessErrors(model("atoms([[1, 1]])", { ratio, signal: 2, noise }), 12);
    expect(at("1/4")).toMatchObject({ bias: "0", variance: "0.111111111111", trainingError: "0.25", df1: "1" });
    // 2(1 − 1/4) + (1/3)/3
    expect(at("4")).toMatchObject({ risk: "1.61111111111", trainingError: "0", kappa: "3", gcv: "1.94444444444" });
    expect(at("1")).toMatchObject({ bias: "0", risk: "infinity", trainingError: "0", df1: "1" });
    expect(at("1", "0")).toMatchObject({ risk: "0", testError: "0" });
  });

  test.each(populations)("the errors tend to them: %s, %o", (law, options) => {
    const ridge = model(law, options);
    const limit = ridgelessErrors(ridge, 12);
    if (limit.testError === "infinity") {
      expect(law).toBe("atoms([[0, 1/3], [2, 2/3]])");
      expect(numberAt(ridge, "1e-10", "testError")).toBeGreaterThan(1e4);
      return;
    }
    const near = ridgeErrors(ridge, parseRational("1e-14"), 12);
    for (const quantity of ["kappa", "df1", "df2", "risk", "testError", "trainingError", "gcv"] as const) {
      expect(Math.abs(Number(near[quantity]) - Number(limit[quantity]))).toBeLessThan(1e-6);
    }
  });

  test("λ → ∞: the estimate is 0", () => {
    const ridge = model("atoms([[1, 1/2], [4, 1/2]])", { ratio: "1/2", signal: 3, noise: "1/4", alignment: "x" });
    // σ² + r²·∫ t² = 1/4 + 3·17/2
    expect(numberAt(ridge, "1e12", "testError")).toBeCloseTo(25.75, 8);
    expect(numberAt(ridge, "1e12", "trainingError")).toBeCloseTo(25.75, 8);
  });
});

describe("the optimal penalty", () => {
  test("c σ²/r² for a signal without a preferred direction, by both algorithms", () => {
    for (const [law, options] of populations.filter(([, { alignment }]) => alignment === undefined)) {
      const ridge = model(law, options);
      const best = optimalRidge(ridge);
      expect(best).not.toBe("infinity");
      expect(optimalRidgeByElimination(ridge)).toEqual(best);
    }
    const symbolic = model("mp(a)", { ratio: "c", signal: "r", noise: "s" });
    expect(rationalFunctionToText(isotropicOptimum(symbolic))).toBe("c*s/r");
    expect(optimalRidge(model("mp(1)", { ratio: 1, signal: 0, noise: 1 }))).toBe("infinity");
    expect(() => optimalRidge(model("mp(1)", { ratio: 1, signal: 0, noise: 0 }))).toThrow(/equally good/);
  });

  test.each([
    ["atoms([[1, 1/2], [4, 1/2]])", { ratio: "1/2", noise: 1, alignment: "x" }],
    ["atoms([[1, 1/2], [9, 1/2]])", { ratio: 2, noise: "1/2", alignment: "(x - 9)^2" }],
    ["mp(1/3)", { ratio: 2, noise: 1, alignment: "x" }],
  ] as const)("of an aligned signal is that of a fine search: %s, %o", (law, options) => {
    const ridge = model(law, options);
    const best = optimalRidge(ridge);
    if (best === "infinity") throw new Error("a finite penalty is best here");
    const [lambda, least] = [algebraicToNumber(best), Number(ridgeErrors(ridge, best, 15).testError)];
    let found = Number.POSITIVE_INFINITY;
    for (let k = -5; k <= 5; k++) {
      const at = String(Number((lambda * 1.01 ** k).toPrecision(8)));
      const error = numberAt(ridge, at, "testError");
      if (Math.abs(k) > 0) expect(error).toBeGreaterThan(least);
      found = Math.min(found, error);
    }
    expect(found).toBeCloseTo(least, 8);
    // It is no rational number.
    expect(best.minimalPolynomial.length).toBeGreaterThan(2);
  });

  test("an overparametrised signal along the large eigenvalues: no penalty is best", () => {
    const ridge = model("atoms([[1/10, 9/10], [10, 1/10]])", { ratio: 5, noise: "1/100", alignment: "x^3" });
    expect(optimalRidge(ridge)).toMatchObject({ minimalPolynomial: [0n, 1n] });
    const values = ["1e-6", "1e-3", "1/10", "1"].map((lambda) => numberAt(ridge, lambda, "testError"));
    expect(values).toEqual(values.toSorted((a, b) => a - b));
  });
});

describe("mistakes", () => {
  test("are named in one sentence", () => {
    expect(() => model("mp(1)", { ratio: 0 })).toThrow("the ratio must be positive; got 0");
    expect(() => model("mp(1)", { ratio: 1, noise: "-1" })).toThrow(/noise must be at least 0/);
    expect(() => model("mp(lambda)", { ratio: 1 })).toThrow(/lambda has a meaning of its own/);
    expect(() => numberAt(model("mp(c)", { ratio: 1 }), "1", "risk")).toThrow(/free parameter c/);
    expect(() => numberAt(model("mp(1)", { ratio: 1 }), "0", "risk")).toThrow(/must be positive; got 0/);
    expect(() => numberAt(model("semicircle(1)", { ratio: 1 }), "1", "risk")).toThrow(/negative eigenvalues/);
    expect(() => ridgelessErrors(model("shift(mp(1/2), -1)", { ratio: 1 }))).toThrow(/negative eigenvalues/);
    expect(() => model("mp(1)", { ratio: 1, alignment: "0" })).toThrow(/alignment is 0/);
    const leaning = (alignment: string): RidgeModel => model("atoms([[1, 1/2], [2, 1/2]])", { ratio: 1, alignment });
    expect(() => optimalRidge(leaning("-x"))).toThrow(
      "the alignment -x is negative on a part of the population's support",
    );
    expect(() => numberAt(leaning("2*x - 3"), "1", "risk")).toThrow(/negative on a part/);
    // 0 at one atom, and negative between the two alone: there is no eigenvalue.
    expect(numberAt(leaning("(x - 1)*(4*x - 7)"), "1", "risk")).toBeGreaterThan(0);
    expect(ensembles.mp(1).parameters).toEqual([]);
  });
});

const ridgeNumber = (scalar: RidgeOptions["signal"]): number => {
  const { num, den } = parseRational(String(scalar ?? 1));
  return Number(num) / Number(den);
};
const ridgeRatio = (options: RidgeOptions): number => ridgeNumber(options.ratio);

/** A polynomial in x given as text, at a number. */
function evaluate(text: string | object, x: number): number {
  const coeffs = coefficients(parsePolynomial(String(text)), "x").map(constantValue);
  return coeffs.reduceRight((sum, { num, den }) => sum * x + Number(num) / Number(den), 0);
}

/** Points and weights for integrals against a law: its atoms, or the Chebyshev rule of the second kind for mp(c) of its closed form. */
function quadrature(law: string): readonly (readonly [number, number])[] {
  const list = /^atoms\((.*)\)$/.exec(law);
  if (list !== null) {
    return (JSON.parse(list[1]!.replaceAll(/\d+\/\d+/g, (ratio) => `"${ratio}"`)) as (string | number)[][]).map(
      (pair) => pair.map((entry) => ridgeNumber(entry)) as [number, number],
    );
  }
  const c = ridgeNumber(/^mp\((.*)\)$/.exec(law)![1]!);
  const count = 400;
  // rho(x) = √(4c − (x − 1 − c)²)/(2π c x) with x = 1 + c + 2√c·cos θ.
  return Array.from({ length: count }, (_, k) => {
    const angle = ((k + 1) * Math.PI) / (count + 1);
    const x = 1 + c + 2 * Math.sqrt(c) * Math.cos(angle);
    return [x, (2 / (count + 1)) * (Math.sin(angle) ** 2 / x)] as const;
  });
}

/** One ridge regression on normal data whose features have variances 1 and 4, and what came of it. */
function simulated(
  n: number,
  p: number,
  lambda: number,
  signal: number,
  noise: number,
  w: (t: number) => number,
  seed: number,
): Readonly<Record<"testError" | "trainingError" | "gcv" | "coefficientError" | "df1", number>> {
  const random = seededRandom(seed);
  const variances = Float64Array.from({ length: p }, (_, j) => (2 * j < p ? 1 : 4));
  const beta = variances.map((t) => Math.sqrt((signal * w(t)) / p) * random.normal());
  const rows = Array.from({ length: n }, () => variances.map((t) => Math.sqrt(t) * random.normal()));
  const y = rows.map((x) => dot(x, beta) + Math.sqrt(noise) * random.normal());
  const regular = Array.from({ length: p }, (_, j) => new Float64Array(p).fill(lambda, j, j + 1));
  const right = new Float64Array(p);
  for (const [i, x] of rows.entries()) {
    for (let j = 0; j < p; j++) {
      right[j]! += (x[j]! * y[i]!) / n;
      for (let k = 0; k <= j; k++) regular[j]![k]! += (x[j]! * x[k]!) / n;
    }
  }
  const factor = choleskyInPlace(regular);
  const estimate = solveTransposed(factor, solveLower(factor, right));
  let trace = 0;
  for (let j = 0; j < p; j++) {
    const column = solveLower(factor, new Float64Array(p).fill(1, j, j + 1));
    trace += dot(column, column);
  }
  const error = estimate.map((b, j) => b - beta[j]!);
  const trainingError = rows.reduce((sum, x, i) => sum + (y[i]! - dot(x, estimate)) ** 2, 0) / n;
  const df1 = 1 - (lambda * trace) / p;
  return {
    testError: noise + error.reduce((sum, e, j) => sum + variances[j]! * e * e, 0),
    trainingError,
    gcv: trainingError / (1 - (p / n) * df1) ** 2,
    coefficientError: dot(error, error),
    df1,
  };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}

/** The lower triangular factor of a positive matrix whose lower half is given by rows. */
function choleskyInPlace(rows: Float64Array[]): readonly Float64Array[] {
  for (const [i, row] of rows.entries()) {
    for (let j = 0; j <= i; j++) {
      let sum = row[j]!;
      for (let k = 0; k < j; k++) sum -= row[k]! * rows[j]![k]!;
      row[j] = j < i ? sum / rows[j]![j]! : Math.sqrt(sum);
    }
  }
  return rows;
}

function solveLower(factor: readonly Float64Array[], right: Float64Array): Float64Array {
  const x = right.slice();
  for (const [i, row] of factor.entries()) {
    for (let k = 0; k < i; k++) x[i]! -= row[k]! * x[k]!;
    x[i]! /= row[i]!;
  }
  return x;
}

function solveTransposed(factor: readonly Float64Array[], right: Float64Array): Float64Array {
  const x = right.slice();
  for (let i = x.length - 1; i >= 0; i--) {
    x[i]! /= factor[i]![i]!;
    for (let k = 0; k < i; k++) x[k]! -= factor[i]![k]! * x[i]!;
  }
  return x;
}
