import { activationMoments, density, distribution, ensembles, type Law, moments, parseLaw, support } from "freecurve";
import { rationalFunctionToText } from "freecurve/poly";
import { describe, expect, test } from "vitest";
import { DomainError, seededRandom } from "../../src/core/index.js";
import { catalogue } from "../../src/ensembles/index.js";
import { gaussianMatrix, gram, multiply, symmetricEigenvalues } from "../../src/matrices/index.js";
import { algebraicToNumber } from "../../src/roots/index.js";

describe("Gaussian moments of an activation", () => {
  /** E g(x) of a standard normal x, by Simpson's rule on both half-lines. */
  function gaussianMean(g: (x: number) => number): number {
    const [steps, reach] = [20000, 12];
    let sum = 0;
    for (let i = 0; i <= steps; i++) {
      const x = (i * reach) / steps;
      const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
      sum += weight * Math.exp((-x * x) / 2) * (g(x) + g(-x));
    }
    return (sum * reach) / (3 * steps * Math.sqrt(2 * Math.PI));
  }

  const erf = (x: number): number => {
    let [sum, term] = [x, x];
    if (Math.abs(x) > 6) return Math.sign(x);
    for (let k = 1; k < 200; k++) {
      term *= (-x * x) / k;
      sum += term / (2 * k + 1);
    }
    return (2 * sum) / Math.sqrt(Math.PI);
  };
  const relu = (x: number): number => Math.max(0, x) - 1 / Math.sqrt(2 * Math.PI);

  // By Stein's identity E f'(g) = E g f(g), which needs no derivative.
  test.each([
    ["relu", relu, 12],
    ["tanh", Math.tanh, 12],
    ["erf", erf, 4],
    ["x^3 - 3*x", (x: number) => x ** 3 - 3 * x, 12],
    ["x^2/2 + x - 3", (x: number) => (x * x) / 2 + x - 1 / 2, 12],
  ] as [string, (x: number) => number, number][])("%s agrees with quadrature", (name, f, digits) => {
    const { eta, zeta } = activationMoments(name);
    expect(gaussianMean(f)).toBeCloseTo(0, digits);
    expect(Number(eta.decimal)).toBeCloseTo(
      gaussianMean((x) => f(x) ** 2),
      digits,
    );
    expect(Number(zeta.decimal)).toBeCloseTo(gaussianMean((x) => x * f(x)) ** 2, digits);
  });

  test("closed forms", () => {
    const { eta, zeta } = activationMoments("relu", 30);
    expect([eta.exact, eta.decimal]).toEqual(["1/2 - 1/(2*pi)", "0.340845056908104664231116236627"]);
    expect([zeta.exact, zeta.decimal]).toEqual(["1/4", "0.25"]);
    expect(activationMoments("sign", 20)).toEqual({
      eta: { exact: "1", decimal: "1", rational: { num: 1n, den: 1n } },
      zeta: { exact: "2/pi", decimal: "0.63661977236758134308" },
    });
    // 2 asin(2/3)/pi and 4/(3 pi) by PARI/GP.
    expect(activationMoments("erf", 25)).toMatchObject({
      eta: { exact: "2*asin(2/3)/pi", decimal: "0.4645590543975399785095324" },
      zeta: { exact: "4/(3*pi)", decimal: "0.4244131815783875620503567" },
    });
  });

  test("tanh to 40 digits, by PARI/GP", () => {
    // The trapezoid rule with steps 1/40 … 1/100, which agree to 90 digits.
    const { eta, zeta } = activationMoments("tanh", 40);
    expect(eta).toEqual({ decimal: "0.3942944903978411744164597724441195605738" });
    expect(zeta).toEqual({ decimal: "0.3668791643624109172604361623355691958827" });
  });

  test("polynomials are exact, constants do not matter", () => {
    const text = (name: string) => {
      const { eta, zeta } = activationMoments(name);
      return [eta.exact, zeta.exact];
    };
    expect(text("x")).toEqual(["1", "1"]);
    expect(text("x^2 + 7")).toEqual(["2", "0"]);
    expect(text("x^3 - 3*x")).toEqual(["6", "0"]);
    expect(text("x/2 + x^5/3")).toEqual(["441/4", "121/4"]);
  });

  test("what is no activation is refused", () => {
    expect(() => activationMoments("gelu(")).toThrow(
      'the activation is one of relu, erf, sign, tanh, or a polynomial in x; got "gelu("',
    );
    expect(() => activationMoments("x + y")).toThrow("is a polynomial in x alone; got y too");
    expect(() => activationMoments("3")).toThrow("the activation 3 is constant");
    expect(() => activationMoments("toString")).toThrow(DomainError);
  });
});

/** The largest distance between the distribution of the values and that of a law, apart from its atoms. */
function distance(values: Float64Array, law: Law): number {
  const { cumulative } = distribution(law);
  return values.reduce((most, x, i) => Math.max(most, Math.abs(cumulative(x) - (i + 0.5) / values.length)), 0);
}

describe("the law of random features", () => {
  const [hidden, inputs, points] = [300, 225, 375];

  test.each([
    ["relu", (x: number) => Math.max(0, x) - 1 / Math.sqrt(2 * Math.PI)],
    ["tanh", Math.tanh],
  ] as [string, (x: number) => number][])("is that of a network with activation %s", (name, f) => {
    const random = seededRandom(17);
    const product = multiply(gaussianMatrix(hidden, inputs, random), gaussianMatrix(inputs, points, random));
    const features = product.entries.map((x) => f(x / Math.sqrt(inputs)) / Math.sqrt(points));
    const values = symmetricEigenvalues(gram({ ...product, entries: features }).entries, hidden);
    const { eta, zeta } = activationMoments(name, 4);
    const law = ensembles.conjugateKernel(eta.decimal, zeta.decimal, "3/5", "3/4");
    // The relu of a network has one eigenvalue outside the bulk, and finite widths shift the rest by O(1/n).
    expect(distance(values, law)).toBeLessThan(0.02);
  });

  test("is a Marchenko–Pastur law when the linear part vanishes, a product of two Wishart matrices when it is all", () => {
    expect(ensembles.conjugateKernel(1, 0, "p", "q").curve).toEqual(ensembles.mp("p/q").curve);
    const product = parseLaw("freeProduct(mp(2/3), mp(4/3))");
    expect(ensembles.conjugateKernel(1, 1, "1/2", "3/4").curve).toEqual(product.curve);
  });

  test("has the mean eta and the second moment eta² (1 + phi/psi) + zeta²/psi", () => {
    const found = moments(ensembles.conjugateKernel("e", "f", "p", "q"), 2).map(rationalFunctionToText);
    expect(found).toEqual(["e", "(e^2*p + e^2*q + f^2)/q"]);
  });

  test("has its atom where the layer is wider than the data", () => {
    const law = ensembles.conjugateKernel(1, "1/2", 2, "3/4");
    expect(support(law).atoms.map(({ at, weight }) => [at, weight].map((x) => algebraicToNumber(x as never)))).toEqual([
      [0, 0.625],
    ]);
    const entry = catalogue.find(({ name }) => name === "conjugateKernel")!;
    expect(entry.closedForms(1, "1/2", 2, "3/4").atoms!()).toEqual([{ at: 0, weight: 0.625 }]);
    expect(entry.closedForms(1, 1, "1/2", "1/4").atoms!()).toEqual([{ at: 0, weight: 0.75 }]);
  });
});

describe("the hat matrix of ridge regression", () => {
  const entry = catalogue.find(({ name }) => name === "ridgeHat")!;

  test("has the mean 1/(1 + kappa), whatever c", () => {
    expect(moments(ensembles.ridgeHat("c", "k"), 1).map(rationalFunctionToText)).toEqual(["1/(k + 1)"]);
  });

  test("is a Möbius image of mp(c)", () => {
    // kappa = 1, c = 1/2: lambda = 3/4.
    const image = parseLaw("mobius(mp(1/2), 1, 0, 1, 3/4)");
    const law = ensembles.ridgeHat("1/2", 1);
    expect(law.curve).toEqual(image.curve);
    const texts = (of: Law) => moments(of, 6).map(rationalFunctionToText);
    expect(texts(law)).toEqual(texts(image));
  });

  test.each([
    ["1/2", 1],
    [2, "3/2"],
  ])("edges, atoms and density in closed form for (%s, %s)", (c, kappa) => {
    const law = ensembles.ridgeHat(c, kappa);
    const forms = entry.closedForms(c, kappa);
    const { intervals, atoms } = support(law);
    const ends = intervals.flatMap(({ left, right }) => [left, right].map((x) => algebraicToNumber(x as never)));
    for (const [k, edge] of forms.edges!().entries()) expect(ends[k]).toBeCloseTo(edge, 13);
    expect(atoms).toHaveLength(forms.atoms!().length);
    const x = Float64Array.of(0.05, 0.2, 0.4, 0.6, 0.79, 0.94, 0.99);
    const found = density(law)(x);
    const expected = x.map(forms.density!());
    for (const [k, value] of expected.entries()) expect(found[k]).toBeCloseTo(value, 12);
  });
});
