import fc from "fast-check";
import { DomainError } from "freecurve";
import {
  add,
  coefficients,
  constant,
  constantValue,
  degree,
  discriminant,
  divideExact,
  factor,
  multiply,
  type Polynomial,
  parsePolynomial,
  substitute,
  variable,
} from "freecurve/poly";
import { describe, expect, test } from "vitest";
import { createBudget } from "../../src/core/index.js";
import {
  type DifferentialEquation,
  differentialEquation,
  equationToLatex,
  equationToText,
  satisfies,
} from "../../src/holonomic/index.js";
import { QQ, type Rational, rational } from "../../src/rings/index.js";
import { expandBranch, powerSeries } from "../../src/series/index.js";

const equationOf = (text: string, rightSide = false): DifferentialEquation =>
  differentialEquation(parsePolynomial(text), "x", "y", { rightSide });

/** The series y(x) of P(x, y) = 0 with y(0) = y0, a simple root, by Newton's iteration. */
function seriesOf(polynomial: Polynomial, y0: Rational, order: number): readonly Rational[] {
  const reduced = coefficients(polynomial, "y").map((row) => coefficients(row, "x").map(constantValue));
  return expandBranch(QQ, { prefix: [], reduced, start: y0 }, order);
}

/** What a truncated series leaves of an equation: Σ p_k y^(k) − right, to the order at which all terms are known. */
function residue(equation: DifferentialEquation, series: readonly Rational[]): readonly Rational[] {
  const ring = powerSeries(QQ);
  const known = series.length - equation.coefficients.length + 1;
  const padded = (p: Polynomial): readonly Rational[] => {
    const list = coefficients(p, "x").map(constantValue);
    return Array.from({ length: known }, (_, k) => list[k] ?? QQ.zero);
  };
  let sum = ring.scale(padded(equation.right), rational(-1));
  let derivative = series;
  for (const p of equation.coefficients) {
    sum = ring.add(sum, ring.mul(padded(p), derivative.slice(0, known)));
    derivative = ring.derivative(derivative);
  }
  return sum;
}

describe("the differential equation of least order of an algebraic function", () => {
  test.each([
    ["y^2 - x", "2*x*y' - y = 0"],
    ["y^5 - x", "5*x*y' - y = 0"],
    ["y^2 - 1 + 4*x", "(4*x - 1)*y' - 2*y = 0"],
    ["x*y - 1", "x*y' + y = 0"],
    // Catalan numbers
    ["x*y^2 - y + 1", "(4*x^2 - x)*y'' + (10*x - 2)*y' + 2*y = 0"],
    // y = x^2 + sqrt(x): a solution of each of two equations of order one
    ["(y - x^2)^2 - x", "2*x^2*y'' - 3*x*y' + 2*y = 0"],
    // The branches x and x^2 of a product together
    ["(y - x)*(y - x^2)", "x^2*y'' - 2*x*y' + 2*y = 0"],
    // y^3 - 3 y = 2 cosh(t) for y = 2 cosh(t/3), a Chebyshev equation
    ["y^3 - 3*y - x", "(9*x^2 - 36)*y'' + 9*x*y' - y = 0"],
  ])("of %s is %s", (polynomial, text) => {
    expect(equationToText(equationOf(polynomial))).toBe(text);
  });

  test("the differential resolvent of the quintic y^5 - y = x [Cockle 1861, Harley 1862]", () => {
    expect(equationToText(equationOf("y^5 - y - x"))).toBe(
      "(3125*x^4 - 256)*y^(4) + 31250*x^3*y''' + 73125*x^2*y'' + 31875*x*y' - 1155*y = 0",
    );
    expect(equationToLatex(equationOf("y^5 - y - x"))).toBe(
      "(3125 x^{4} - 256) y^{(4)} + 31250 x^{3} y''' + 73125 x^{2} y'' + 31875 x y' - 1155 y = 0",
    );
  });

  test.each([
    ["x*y^2 - y + 1", "(4*x^2 - x)*y' + (2*x - 1)*y = -1"],
    ["(y - x^2)^2 - x", "2*x*y' - y = 3*x^2"],
    ["x*y - 1", "x*y = 1"],
    // Without the term y^(D−1) the sum of the branches is 0, and a right side does not help.
    ["y^5 - y - x", equationToText(equationOf("y^5 - y - x"))],
  ])("with a right side, of %s: %s", (polynomial, text) => {
    expect(equationToText(equationOf(polynomial, true))).toBe(text);
  });

  test("vanishes on the series of random curves, and is satisfied in their algebras", () => {
    const small = fc.integer({ min: -3, max: 3 });
    const rows = fc.array(fc.array(small, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 });
    let highest = 0;
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 3 }), fc.boolean(), (table, slope, rightSide) => {
        // x·(a polynomial in x and y) + slope·y + y^2 has the simple root y = 0 at x = 0.
        const [x, y] = [variable("x"), variable("y")];
        const dense = table.reduceRight(
          (outer, row) =>
            add(
              multiply(outer, y),
              row.reduceRight((inner, c) => add(multiply(inner, x), constant(c)), constant(0)),
            ),
          constant(0),
        );
        const polynomial = add(multiply(x, dense), multiply(y, add(y, constant(slope))));
        if (degree(polynomial, "x") < 1 || degree(discriminant(polynomial, "y"), "x") < 0) return;
        const equation = differentialEquation(polynomial, "x", "y", { rightSide });
        highest = Math.max(highest, equation.coefficients.length - 1);
        expect(satisfies(polynomial, equation)).toBe(true);
        const left = residue(equation, seriesOf(polynomial, QQ.zero, 40));
        expect(left.length).toBeGreaterThan(30);
        expect(left.every(QQ.isZero)).toBe(true);
      }),
      { numRuns: 20 },
    );
    expect(highest).toBeGreaterThan(1);
  });

  test("its leading coefficient vanishes wherever branches meet", () => {
    for (const text of ["y^3 - 3*y - x", "x*y^3 - y + 1", "y^4 + x*y + x^2 - 2", "(x + 1)*y^3 + y^2 - x"]) {
      const leading = equationOf(text).coefficients.at(-1)!;
      for (const part of factor(discriminant(parsePolynomial(text), "y")).factors) {
        if (part.multiplicity % 2 === 1) expect(divideExact(leading, part.factor)).toBeDefined();
      }
    }
  });

  test("with parameters it holds for every specialisation", () => {
    const polynomial = parsePolynomial("a*x*y^3 + (b - x)*y^2 + y - 1");
    for (const rightSide of [false, true]) {
      const equation = differentialEquation(polynomial, "x", "y", { rightSide });
      expect(satisfies(polynomial, equation)).toBe(true);
      for (const [a, b] of [
        [2, 3],
        [-1, 5],
      ] as const) {
        const values = { a: constant(a), b: constant(b) };
        const special = {
          ...equation,
          coefficients: equation.coefficients.map((p) => substitute(p, values)),
          right: substitute(equation.right, values),
        };
        expect(satisfies(substitute(polynomial, values), special)).toBe(true);
      }
    }
  });

  test("a wrong equation is found out", () => {
    const polynomial = parsePolynomial("x*y^2 - y + 1");
    const equation = differentialEquation(polynomial, "x", "y");
    expect(satisfies(polynomial, equation)).toBe(true);
    expect(satisfies(polynomial, { ...equation, right: constant(1) })).toBe(false);
    const [first, ...rest] = equation.coefficients;
    expect(satisfies(polynomial, { ...equation, coefficients: [add(first!, constant(1)), ...rest] })).toBe(false);
  });

  test("repeated factors and polynomials without y are refused", () => {
    expect(() => equationOf("(y - x)^2")).toThrow(/repeated factor/);
    expect(() => equationOf("x^2 + 1")).toThrow(DomainError);
  });

  test("the budget stops it", () => {
    const large = parsePolynomial("x*y^6 + x^2*y^5 - 3*y^4 + x^3*y + y - 1");
    expect(() => differentialEquation(large, "x", "y", {}, createBudget({ limit: 20 }))).toThrow(/work limit/);
  });
});
