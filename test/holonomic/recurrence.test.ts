import { coefficients, constantValue, parsePolynomial, toText } from "freecurve/poly";
import { describe, expect, test } from "vitest";
import { createBudget } from "../../src/core/index.js";
import {
  differentialEquation,
  integerTerms,
  polynomialTerms,
  type Recurrence,
  recurrenceOfEquation,
  recurrenceToLatex,
  recurrenceToText,
  termsToGive,
  unroll,
} from "../../src/holonomic/index.js";
import { QQ, rational } from "../../src/rings/index.js";
import { expandBranch } from "../../src/series/index.js";

const read = parsePolynomial;

function recurrenceOf(coeffs: readonly string[], right = "0"): Recurrence {
  return recurrenceOfEquation({ variable: "x", unknown: "y", coefficients: coeffs.map(read), right: read(right) }, "n");
}

const start = (known: readonly bigint[]) => ({
  known,
  scaling: 1n,
  exceptional: (k: number): bigint => {
    throw new Error(`the term number ${k} was asked for`);
  },
});

describe("the recurrence of a differential equation", () => {
  test.each([
    [["-1", "1"], "(n + 1)*a(n + 1) - a(n) = 0"],
    [["1", "0", "1"], "(n^2 + 3*n + 2)*a(n + 2) + a(n) = 0"],
    // Legendre polynomials: (1 - 2 t x + x^2) y' = (t - x) y, Bonnet's recursion
    [["x - t", "x^2 - 2*t*x + 1"], "(n + 2)*a(n + 2) - (2*n*t + 3*t)*a(n + 1) + (n + 1)*a(n) = 0"],
  ])("of %s is %s", (coeffs, text) => {
    expect(recurrenceToText(recurrenceOf(coeffs), "a")).toBe(text);
  });

  test("in LaTeX", () => {
    expect(recurrenceToLatex(recurrenceOf(["1", "0", "1"]), "a")).toBe("(n^{2} + 3 n + 2) a_{n+2} + a_{n} = 0");
  });

  test("a right side delays the start", () => {
    // y = 1/(1 − x) + x^3: (1 − x) y' − y = 3 x^2 − 4 x^3
    const recurrence = recurrenceOf(["-1", "1 - x"], "3*x^2 - 4*x^3");
    expect(recurrence.from).toBe(4);
    expect(termsToGive(recurrence)).toEqual([0, 1, 2, 3, 4]);
    expect(unroll(integerTerms, recurrence, start([1n, 1n, 1n, 2n, 1n]), 9)).toEqual(
      [1, 1, 1, 2, 1, 1, 1, 1, 1].map(BigInt),
    );
  });

  test("where the leading coefficient vanishes the term must be given", () => {
    // All y = 1/(1 − x) + c x^5 satisfy (1 − x)^2 (x y' − 5 y) = 6 x − 5.
    const recurrence = recurrenceOf(["-5*x^2 + 10*x - 5", "x^3 - 2*x^2 + x"], "6*x - 5");
    expect(recurrence).toMatchObject({ from: 0, exceptions: [3] });
    expect(termsToGive(recurrence)).toEqual([0, 1, 5]);
    const terms = unroll(
      integerTerms,
      recurrence,
      { known: [1n, 1n], scaling: 1n, exceptional: (k) => BigInt(k) + 3n },
      9,
    );
    expect(terms).toEqual([1, 1, 1, 1, 1, 8, 1, 1, 1].map(BigInt));
  });

  test("an exceptional index of an algebraic function: sqrt(1 - 4 x) + x^5 and its homogeneous equation", () => {
    const polynomial = read("(y - x^5)^2 - 1 + 4*x");
    const recurrence = recurrenceOfEquation(differentialEquation(polynomial, "x", "y"), "n");
    expect(recurrence.exceptions).toEqual([5 - recurrence.coefficients.length + 1]);
    const reduced = coefficients(polynomial, "y").map((row) => coefficients(row, "x").map(constantValue));
    const series = expandBranch(QQ, { prefix: [], reduced, start: rational(1) }, 40).map((value) => value.num);
    const terms = unroll(
      integerTerms,
      recurrence,
      { known: series.slice(0, recurrence.coefficients.length - 1), scaling: 1n, exceptional: (k) => series[k]! },
      40,
    );
    expect(terms).toEqual(series);
  });

  test("a common factor of the coefficients goes, unless it vanishes where the recurrence is to hold", () => {
    // x² y'' − 6 y = 0 has x³ among its solutions: (n − 3)(n + 2) a(n) = 0.
    expect(recurrenceToText(recurrenceOf(["-6", "0", "x^2"]), "a")).toBe("(n - 3)*a(n) = 0");
    expect(recurrenceToText(recurrenceOf(["2", "4*x", "x^2"]), "a")).toBe("a(n) = 0");
  });

  test("terms that are not in the ring are refused, not rounded", () => {
    // The coefficients of exp(x) are no integers, those of 1/sqrt(1 − 4 x) are.
    expect(unroll(integerTerms, recurrenceOf(["-1", "1"]), start([1n]), 5)).toBeUndefined();
    const central = recurrenceOf(["-2", "1 - 4*x"]);
    expect(unroll(integerTerms, central, start([1n]), 6)).toEqual([1n, 2n, 6n, 20n, 70n, 252n]);
  });

  test("polynomial terms: the first Legendre polynomials", () => {
    const legendre = recurrenceOf(["x - t", "x^2 - 2*t*x + 1"]);
    const terms = unroll(
      polynomialTerms,
      legendre,
      { known: [read("1"), read("t")], scaling: read("1"), exceptional: () => read("0") },
      5,
    );
    expect(terms!.map(toText)).toEqual(["1", "t", "3/2*t^2 - 1/2", "5/2*t^3 - 3/2*t", "35/8*t^4 - 15/4*t^2 + 3/8"]);
  });

  test("the budget stops it", () => {
    const central = recurrenceOf(["-2", "1 - 4*x"]);
    expect(() => unroll(integerTerms, central, start([1n]), 10_000, createBudget({ limit: 100 }))).toThrow(
      /work limit/,
    );
  });
});
