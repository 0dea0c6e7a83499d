import {
  type Criterion,
  decompress,
  isSpectrum,
  lawFromCurve,
  moments,
  parseLaw,
  rationalFunctionToText,
} from "freecurve";
import { fractionConstant, parsePolynomial, resultant } from "freecurve/poly";
import { describe, expect, test } from "vitest";
import { rationalToNumber } from "../../src/rings/index.js";

const outcomes = (criteria: readonly Criterion[]): Record<string, string> =>
  Object.fromEntries(criteria.map(({ name, outcome }) => [name, outcome]));

const semicircle = "s^2 + z*s + 1";
/** The curve of m = s + extra(z) with the transform s of the semicircle law. */
const plus = (numerator: string, denominator: string) =>
  lawFromCurve(
    resultant(parsePolynomial(`(m - s)*(${denominator}) - (${numerator})`), parsePolynomial(semicircle), "s"),
  );

describe("a spectrum passes every criterion", () => {
  test.each([
    "mp(1/50)",
    "fussCatalan(3)",
    "bures()",
    "atoms([[0, 1/3], [2, 2/3]])",
    "kestenMcKay(4) |> decompress(4)",
    "deformedWigner(1, [[-1, 1/2], [1, 1/2]])",
    "compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]])",
  ])("%s", (text) => {
    const { spectrum, criteria } = isSpectrum(parseLaw(text));
    expect(spectrum).toEqual({ kind: "ok", value: true });
    expect(criteria.map((c) => c.name)).toEqual([
      "moments",
      "branch-points",
      "poles",
      "density",
      "integrability",
      "atoms",
      "mass",
    ]);
    expect(criteria.every((c) => c.outcome === "passed")).toBe(true);
  });

  test("the masses add up to one", () => {
    const { criteria } = isSpectrum(parseLaw("mp(3)"));
    expect(criteria.at(-1)!.detail).toMatch(/add up to 1\.00000000/);
    expect(criteria.find((c) => c.name === "atoms")!.detail).toMatch(/0\.666667 at 0$/);
  });
});

describe("each criterion can fail", () => {
  test("a branch point in the upper half-plane: Kesten–McKay past its horizon, at (2/3)·sqrt(45) i for d = 4, tau = 5", () => {
    const { spectrum, criteria } = isSpectrum(decompress(parseLaw("kestenMcKay(4)"), 5));
    expect(spectrum).toMatchObject({ kind: "undefined", reason: expect.stringContaining("0 + 4.47214i") });
    expect(outcomes(criteria)).toMatchObject({ "branch-points": "failed", poles: "passed" });
  });

  test("a pole in the upper half-plane", () => {
    const { criteria } = isSpectrum(plus("1", "z^2 + 1"));
    expect(outcomes(criteria)).toMatchObject({ "branch-points": "passed", poles: "failed" });
  });

  test("a negative density", () => {
    // (4/3) semicircle(1) − (1/3) semicircle(4)
    const first = parsePolynomial("(3*m + s)^2 + 4*z*(3*m + s) + 16");
    const law = lawFromCurve(resultant(first, parsePolynomial("4*s^2 + z*s + 1"), "s"));
    expect(outcomes(isSpectrum(law).criteria)).toMatchObject({ density: "failed", atoms: "passed" });
  });

  test("a transform that grows faster than a simple pole: outside, at the edge and inside the bulk", () => {
    for (const place of ["5", "2", "1"]) {
      const law = plus("1", `(z - ${place})^2`);
      expect(outcomes(isSpectrum(law).criteria)).toMatchObject({ integrability: "failed", atoms: "passed" });
    }
    expect(isSpectrum(lawFromCurve("m*z*(z - 1)^2 + (z - 1)^2 - z")).spectrum).toMatchObject({
      kind: "undefined",
      reason: expect.stringMatching(/faster than a simple pole at x = 1/),
    });
  });

  test("an atom of negative weight, inside the bulk too", () => {
    const law = plus("-1", "z*(z - 1)");
    expect(outcomes(isSpectrum(law).criteria)).toMatchObject({ atoms: "failed", moments: "failed" });
  });

  test("a law with parameters is refused", () => {
    expect(() => isSpectrum(parseLaw("mp(c)"))).toThrow(/needs numbers/);
  });
});

describe("Hankel determinants", () => {
  const momentsOf = (text: string): Criterion => isSpectrum(parseLaw(text)).criteria.find((c) => c.name === "moments")!;

  test("one that is zero before one that is not refutes: with mu_2 = 0 and mu_4 = 1 the mean of (x^3 - x)^2 is -2", () => {
    const text = 'curve("m^4 + z*m + 1")';
    const [, second, , fourth, , sixth] = moments(parseLaw(text), 6).map((mu) => Number(rationalFunctionToText(mu)));
    expect(sixth! - 2 * fourth! + second!).toBe(-2);
    expect(momentsOf(text)).toMatchObject({
      outcome: "failed",
      detail: expect.stringContaining("is zero, as for one atom, but"),
    });
  });

  test("mp(1) less mp(1/2): p = 2x^2 - 3x - 1 has mean square 0, and yet p*x^3 has the mean 3/4", () => {
    const text = "freeDifference(mp(1), mp(1/2))";
    const mu = [1, ...moments(parseLaw(text), 5).map((value) => rationalToNumber(fractionConstant(value)))];
    const mean = (coeffs: readonly number[]): number => coeffs.reduce((sum, c, k) => sum + c * mu[k]!, 0);
    expect(mean([1, 6, 5, -12, 4])).toBe(0);
    expect(mean([0, 0, 0, -1, -3, 2])).toBe(3 / 4);
    expect(momentsOf(text)).toMatchObject({
      outcome: "failed",
      detail: expect.stringContaining("is zero, as for 2 atoms, but"),
    });
  });

  test("atoms pass", () => {
    const found = momentsOf("freeDifference(kestenMcKay(4), kestenMcKay(3))");
    expect(found).toMatchObject({ outcome: "passed", detail: expect.stringContaining("as for 2 atoms") });
  });
});
