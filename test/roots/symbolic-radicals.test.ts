import type { Decimal } from "decimal.js";
import fc from "fast-check";
import { add, degree, multiply, type Polynomial, parsePolynomial, power, substitute, variable } from "freecurve/poly";
import { radicalRoots } from "freecurve/roots";
import { describe, expect, it } from "vitest";
import { createBudget, LimitError } from "../../src/core/index.js";
import { Big, readValue } from "./radical-reader.js";

const texts = (p: string): string[] | undefined => radicalRoots(parsePolynomial(p), "z")?.map(({ text }) => text);

/** The value of p at decimal numbers, term by term. */
function valueAt(p: Polynomial, at: Readonly<Record<string, Decimal>>): { value: Decimal; size: Decimal } {
  let value = new Big(0);
  let size = new Big(0);
  for (const { exponents, coefficient } of p.terms) {
    let term = new Big(coefficient.toString()).div(p.denominator.toString());
    p.variables.forEach((name, i) => {
      term = term.mul(at[name]!.pow(exponents[i]!));
    });
    value = value.plus(term);
    size = size.plus(term.abs());
  }
  return { value, size };
}

/** How many of the roots are real at the parameters; each of them is checked by substitution. */
function checkRoots(p: Polynomial, roots: readonly string[], parameters: Readonly<Record<string, number>>): number {
  let real = 0;
  for (const text of roots) {
    const numbers = text.replace(/[a-y]+(?!\()\b/g, (name) =>
      name in parameters ? `(0 + ${parameters[name]})` : name,
    );
    const z = readValue(numbers);
    if (z.isNaN()) continue;
    real++;
    const point = Object.fromEntries(Object.entries(parameters).map(([name, x]) => [name, new Big(x)]));
    const { value, size } = valueAt(p, { ...point, z });
    expect(value.abs().lte(size.mul("1e-60"))).toBe(true);
  }
  return real;
}

describe("radicalRoots", () => {
  it("writes the edges of the classical laws as they are known", () => {
    // Marchenko–Pastur, with ratio c and with variance; semicircle of variance v.
    expect(texts("z^2 - 2*(1 + c)*z + (1 - c)^2")).toEqual(["(1 + sqrt(c))^2", "(1 - sqrt(c))^2"]);
    expect(texts("z^2 - 2*s^2*(1 + c)*z + s^4*(1 - c)^2")).toEqual(["s^2*(1 + sqrt(c))^2", "s^2*(1 - sqrt(c))^2"]);
    expect(texts("z^2 - 4*v")).toEqual(["2*sqrt(v)", "-2*sqrt(v)"]);
    // Wachter.
    expect(texts("(a+b)^4*z^2 - 2*(a+b)^2*(a*(a+b-1)+b)*z + (a*(a+b-1)-b)^2")).toEqual([
      "((sqrt(b) + sqrt(a^2 + a*b - a))/(a + b))^2",
      "((sqrt(b) - sqrt(a^2 + a*b - a))/(a + b))^2",
    ]);
    // The singular values of a rectangular matrix.
    expect(texts("z^4 - 2*(1 + c)*z^2 + (1 - c)^2")?.toSorted()).toEqual(
      ["1 + sqrt(c)", "1 - sqrt(c)", "-1 + sqrt(c)", "-1 - sqrt(c)"].toSorted(),
    );
  });

  it("pulls squares out and keeps multiplicities", () => {
    expect(texts("z^2 - 12")).toEqual(["2*sqrt(3)", "-2*sqrt(3)"]);
    expect(texts("4*z^2 - 4*z + 1 - c^2*(c+1)")).toEqual(["(1 + c*sqrt(c + 1))/2", "(1 - c*sqrt(c + 1))/2"]);
    expect(texts("2*z^2 - 2*(1+3*c)*z/5 + (1-3*c)^2/50")).toEqual(["(1 + sqrt(3*c))^2/10", "(1 - sqrt(3*c))^2/10"]);
    expect(texts("z^4 - 10*z^2 + 1")).toEqual([
      "sqrt(3) + sqrt(2)",
      "-sqrt(3) - sqrt(2)",
      "sqrt(3) - sqrt(2)",
      "sqrt(2) - sqrt(3)",
    ]);
    expect(radicalRoots(parsePolynomial("(z^2 - 2*z + 1 - c)^2*(3*z - c)*(c + 1)"), "z")).toEqual([
      { text: "1/3*c", multiplicity: 1 },
      { text: "1 + sqrt(c)", multiplicity: 2 },
      { text: "1 - sqrt(c)", multiplicity: 2 },
    ]);
  });

  it("says nothing where it knows no form", () => {
    expect(texts("z^3 - c")).toBeUndefined();
    expect(texts("(z - 1)*(z^4 + z + c)")).toBeUndefined();
    expect(texts("c^2 + 1")).toEqual([]);
    expect(() => radicalRoots(parsePolynomial("z^2 - c"), "z", createBudget({ limit: 0 }))).toThrow(LimitError);
  });

  it("has the values of the roots, and as many as the degree says where all are real", () => {
    const small = fc.integer({ min: -3, max: 3 });
    const linear = fc.tuple(small, small, small).map(([x, y, k]) => parsePolynomial(`${x}*c + ${y}*s + ${k}`));
    let real = 0;
    fc.assert(
      fc.property(
        linear,
        linear,
        fc.constantFrom(1, 2),
        fc.boolean(),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        (x, y, step, square, c, s) => {
          // (z^step - x)^2 = y, or with roots (sqrt(x) ± sqrt(y))^2.
          const z = power(variable("z"), step);
          const minus = (p: Polynomial): Polynomial => multiply(parsePolynomial("-1"), p);
          const p = square
            ? add(power(add(z, minus(add(x, y))), 2), multiply(parsePolynomial("-4"), multiply(x, y)))
            : add(power(add(z, minus(x)), 2), minus(y));
          const roots = radicalRoots(p, "z");
          expect(roots).toBeDefined();
          expect(roots!.reduce((n, root) => n + root.multiplicity, 0)).toBe(degree(p, "z"));
          real += checkRoots(
            p,
            roots!.map(({ text }) => text),
            { c, s },
          );
        },
      ),
      { numRuns: 100 },
    );
    expect(real).toBeGreaterThan(60);
  });

  it("agrees with a substitution of the parameter before", () => {
    const p = parsePolynomial("z^2 - 2*(1 + c)*z + (1 - c)^2");
    const at = substitute(p, { c: parsePolynomial("1/4") });
    expect(radicalRoots(at, "z")!.map(({ text }) => readValue(text).toNumber())).toEqual([0.25, 2.25]);
  });
});
