import { type Law, parseLaw, type Statistic, seededRandom, statistic } from "freecurve";
import { describe, expect, test } from "vitest";
import { catalogue } from "../../src/ensembles/index.js";
import { doubleExponential } from "../law/plain-numbers.js";

const of = (law: string | Law, f: string, digits?: number): Statistic =>
  statistic(typeof law === "string" ? parseLaw(law) : law, f, digits === undefined ? {} : { digits });

/** Checks the value against a truth and against the error that is claimed. */
function expectValue(found: Statistic, truth: number, guarantee: Statistic["guarantee"]): void {
  expect(found.guarantee).toBe(guarantee);
  expect(Math.abs(found.number - truth)).toBeLessThanOrEqual(found.absTol + 4e-16 * Math.abs(truth) + 1e-300);
  expect(found.absTol).toBeLessThan(1e-13 * (1 + Math.abs(truth)));
}

describe("closed forms", () => {
  test.each(["1/4", "1/2", "3/4"])("the mean of log(x) over mp(%s) is −1 − (1/c − 1) log(1 − c)", (c) => {
    const ratio = eval64(c);
    expectValue(of(`mp(${c})`, "log(x)"), -1 - (1 / ratio - 1) * Math.log(1 - ratio), "certified");
  });

  test("forty digits of it: log 2 − 1 for c = 1/2, mpmath", () => {
    expect(of("mp(1/2)", "ln(x)", 40).value).toBe("-0.3068528194400546905827678785418234319245");
  });

  test.each([
    // log-energy of the semicircle law outside: a²/4 − a√(a² − 4)/4 + log((a + √(a² − 4))/2) − 1/2
    [
      "semicircle(1)",
      "log(3 - x)",
      9 / 4 - (3 * Math.sqrt(5)) / 4 + Math.log((3 + Math.sqrt(5)) / 2) - 1 / 2,
      "certified",
    ],
    [
      "semicircle(1)",
      "log(abs(x - 3))",
      9 / 4 - (3 * Math.sqrt(5)) / 4 + Math.log((3 + Math.sqrt(5)) / 2) - 1 / 2,
      "certified",
    ],
    // inside: x²/4 − 1/2
    ["semicircle(1)", "log(abs(x - 1))", -1 / 4, "estimate"],
    ["semicircle(1)", "abs(x)", 8 / (3 * Math.PI), "estimate"],
    // Im m(i) = (√5 − 1)/2
    ["semicircle(1)", "1/(x^2 + 1)", (Math.sqrt(5) - 1) / 2, "certified"],
    // modified Bessel function I_1(2)
    ["semicircle(1)", "exp(-x)", 1.5906368546373291, "certified"],
    // Bessel function J_1(2)
    ["semicircle(1)", "cos(x)", 0.5767248077568734, "certified"],
    ["arcsine(-1, 1)", "log(abs(x))", -Math.LN2, "estimate"],
    ["arcsine(-1, 1)", "log(2 - x)", Math.log((2 + Math.sqrt(3)) / 2), "certified"],
    ["arcsine(0, 1)", "log(x)", -2 * Math.LN2, "estimate"],
    // free multiplicative convolution adds the means of log
    ["mp(1)", "log(x)", -1, "estimate"],
    ["fussCatalan(2)", "log(x)", -2, "estimate"],
    ["fussCatalan(3)", "log(x)", -3, "estimate"],
    // Γ(3s + 1)/(Γ(s + 1)Γ(2s + 2)) at s = 1/2
    ["fussCatalan(2)", "sqrt(x)", 3 / 4, "estimate"],
    ["fussCatalan(2)", "x^(1/2)", 3 / 4, "estimate"],
    // spanning trees of regular graphs [McKay 1983]: log(4/√3)
    ["kestenMcKay(3)", "log(3 - x)", Math.log(4 / Math.sqrt(3)), "certified"],
    // sums over atoms
    ["atoms([[1, 1/3], [4, 2/3]])", "sqrt(x)", 1 / 3 + 4 / 3, "certified"],
    ["mp(4)", "exp(0*x)", 1, "certified"],
  ] as const)("%s: %s", (law, f, truth, guarantee) => {
    expectValue(of(law, f), truth, guarantee);
  });

  test("polynomials are exact moments, also with parameters", () => {
    expect(of("mp(c)", "x^3 - x").value).toBe("c^2 + 3*c");
    expect(of("semicircle(v)", "2*x^4 + 1").value).toBe("4*v^2 + 1");
    expect(of("mp(1/3)", "(x - 1)^2")).toMatchObject({ guarantee: "exact", value: "0.333333333333333" });
    expect(of("mp(1/3)", "(x - 1)^2").exact).toMatchObject({ lower: { num: 1n, den: 3n } });
  });

  test("rational functions with poles outside the support are exact values of m", () => {
    // m(−1) of mp(1/2): (√17 − 3)/2, the positive root of m² + 3m − 2
    expectValue(of("mp(1/2)", "1/(x + 1)"), (Math.sqrt(17) - 3) / 2, "exact");
    expect(of("mp(1/2)", "1/(x + 1)").exact?.minimalPolynomial).toEqual([-2n, 3n, 1n]);
    expect(of("mp(1/2)", "1/x").value).toBe("2");
    // x²/(x + 1) = x − 1 + 1/(x + 1)
    expectValue(of("mp(1/2)", "x^2/(x + 1)"), (Math.sqrt(17) - 3) / 2, "exact");
    // −m′(0) of inverse Marchenko–Pastur: 1/(1 − c)³
    expectValue(of("mp(1/2)", "1/x^2"), 8, "certified");
    // a double pole at −1: −m′(−1) … = ∫ 1/(x + 1)²
    const slope = derivativeOfTransform();
    expectValue(of("mp(1/2)", "1/(x + 1)^2"), slope, "certified");
  });
});

/** m'(−1) from z m² /2 + (z − 1/2) m + 1 = 0: m' = −(m²/2 + m)/(z m + z − 1/2). */
function derivativeOfTransform(): number {
  const m = (Math.sqrt(17) - 3) / 2;
  return -((m * m) / 2 + m) / (-m - 3 / 2);
}

function eval64(fraction: string): number {
  const [num, den] = fraction.split("/").map(Number);
  return num! / (den ?? 1);
}

describe("against quadrature of closed-form densities", () => {
  test.each([
    ["mp", ["1/3"], "x*exp(-x)", (x: number) => x * Math.exp(-x)],
    ["wachter", [2, "3/2"], "log(1 + x)", (x: number) => Math.log1p(x)],
    ["kestenMcKay", ["7/2"], "1/(x + 7)^3", (x: number) => 1 / (x + 7) ** 3],
    ["fussCatalan", [3], "abs(x - 1)", (x: number) => Math.abs(x - 1)],
    ["inverseMp", ["1/4"], "x^x", (x: number) => x ** x],
  ] as const)("%s%j: %s", (name, values, f, plain) => {
    const entry = catalogue.find((candidate) => candidate.name === name)!;
    const forms = entry.closedForms(...(values as unknown as never[]));
    const [density, edges] = [forms.density!(), forms.edges!()];
    let truth = 0;
    for (let k = 0; k + 1 < edges.length; k += 2) {
      const [a, b] = [edges[k]!, edges[k + 1]!];
      const middle = name === "fussCatalan" ? 1 : (a + b) / 2;
      const integrand = (x: number): number => plain(x) * density(x);
      truth += doubleExponential(integrand, a, middle) + doubleExponential(integrand, middle, b);
    }
    const found = of(entry.law(...(values as unknown as never[])), f);
    expect(Math.abs(found.number - truth)).toBeLessThan(1e-10 * (1 + Math.abs(truth)));
  });

  test("bulks with a gap, atoms and a singularity in the gap", () => {
    // The law is symmetric with atoms nowhere; ∫ x^(−2) = m'(0), and m' = 4/3 there: m = Σ w/(x − z − v m) differentiated
    expectValue(of("deformedWigner(1/4, [[-1, 1/2], [1, 1/2]])", "1/x^2"), 4 / 3, "certified");
    expectValue(of("deformedWigner(1/4, [[-1, 1/2], [1, 1/2]])", "abs(x)^3/abs(x)"), 1 + 1 / 4, "certified");
  });
});

describe("means that do not exist", () => {
  test.each([
    ["mp(8/3)", "log(x)", /atom of weight 5\/8 at 0, where log\(x\) is not finite/],
    ["mp(1)", "1/x", /integral of 1\/x diverges at x = 0/],
    ["mp(1)", "x^(-1/2)", /diverges at x = 0/],
    ["semicircle(1)", "1/x", /diverges at x = 0/],
    ["semicircle(1)", "1/(x^2 - 2)", /diverges at x = -1.414/],
    ["semicircle(1)", "sqrt(x)", /sqrt\(x\) is not real at x = /],
    ["semicircle(1)", "log(x)", /log\(x\) is not real/],
    ["mp(1/2)", "1/(x - x)", /division by zero/],
    ["mp(c)", "log(x)", /free parameter c/],
  ])("%s: %s", (law, f, sentence) => {
    expect(() => of(law, f)).toThrow(sentence);
  });

  test("edges that are integrable", () => {
    // ∫ x^(−1/2) over fussCatalan(1) = mp(1) diverges, x^(−1/4) does not: Γ(2s + 1)/(Γ(s + 1)Γ(s + 2)) at s = −1/4
    const gamma = 1.772453850905516 / (1.2254167024651776 * 0.9190625268488832);
    expectValue(of("mp(1)", "x^(-1/4)"), gamma, "estimate");
    // the cusp law vanishes like |x|^(1/3) at 0; odd
    expect(Math.abs(of("deformedWigner(1, [[-1, 1/2], [1, 1/2]])", "1/x").number)).toBeLessThan(1e-13);
    // 1/(2 − x) at a soft edge: −m(2) … = 1
    expectValue(of("semicircle(1)", "1/(2 - x)"), 1, "estimate");
  });
});

describe("statistics with a name", () => {
  test.each([
    ["mp(1/2)", "logdet", Math.LN2 - 1],
    ["mp(1/2)", "trace-of-power 2", 3 / 2],
    ["mp(1/2)", "frobenius-norm", Math.sqrt(3 / 2)],
    ["mp(1/2)", "schatten-norm 1", 1],
    ["semicircle(1)", "schatten-norm(4)", 2 ** (1 / 4)],
    ["semicircle(1)", "nuclear-norm", 8 / (3 * Math.PI)],
    ["semicircle(3)", "spectral-norm", 2 * Math.sqrt(3)],
    ["mp(1/4)", "condition-number", 9],
    ["mp(1/2)", "condition-number", ((1 + Math.SQRT1_2) / (1 - Math.SQRT1_2)) ** 2],
    ["mp(1)", "stable-rank", 2 / 16],
    ["mp(1/2)", "participation-ratio", 2 / 3],
    // ∫ x log x over mp(c), c ≤ 1, is c/2 [Page 1993, leading order]
    ["mp(1/2)", "effective-rank", Math.exp(-1 / 4)],
    ["atoms([[1, 1/2], [3, 1/2]])", "effective-rank", Math.exp(-(Math.log(1 / 2) / 4 + (3 * Math.log(3 / 2)) / 4))],
  ] as const)("%s: %s", (law, name, truth) => {
    const { number, absTol } = of(law, name);
    expect(Math.abs(number - truth)).toBeLessThan(4e-15 * (1 + Math.abs(truth)) + absTol);
  });

  test("mistakes are told", () => {
    expect(() => of("mp(1)", "condition-number")).toThrow(/infinite, since 0 is in the support/);
    expect(() => of("mp(3)", "condition-number")).toThrow(/infinite/);
    expect(() => of("mp(1)", "schatten-norm")).toThrow(/needs its p/);
    expect(() => of("mp(1)", "logdet 2")).toThrow(/takes no number/);
    expect(() => of("mp(1)", "schatten-norm 0")).toThrow(/must be positive/);
  });
});

test("a sampled matrix has them up to its fluctuations", () => {
  const eigenvalues = catalogue.find(({ name }) => name === "mp")!.sample!(300, seededRandom(5), "1/2");
  for (const [f, plain] of [
    ["log(x)", Math.log],
    ["1/(x + 1/10)", (x: number) => 1 / (x + 0.1)],
  ] as const) {
    const average = eigenvalues.reduce((sum, x) => sum + plain(x), 0) / eigenvalues.length;
    expect(Math.abs(average - of("mp(1/2)", f).number)).toBeLessThan(0.02);
  }
});

describe("irrational moments: (1 + X)^(-1) for a Marchenko–Pastur X", () => {
  const law = "inverse(shift(mp(1/2), 1))";

  test("the mean is −m(−1) of X, a root of m² + 3m − 2, with any factor and offset", () => {
    expect(of(law, "x").exact?.minimalPolynomial).toEqual([-2n, 3n, 1n]);
    expectValue(of(law, "3*x - 1/2"), (3 * Math.sqrt(17) - 10) / 2, "exact");
  });

  // Quadrature of the closed form with mpmath, 30 digits; the last one is 1 − m(−2) of X beside the mean.
  test.each([
    ["x^2", 0.3488746876271654],
    ["x^3", 0.23474027584536167],
    ["x + 1/(x + 1)", (Math.sqrt(17) - 3) / 2 + 1 - (Math.sqrt(41) - 5) / 4],
  ])("of %s", (f, truth) => {
    expectValue(of(law, f), truth, "certified");
  });
});
