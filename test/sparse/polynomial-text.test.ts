import fc from "fast-check";
import {
  parsePolynomial,
  parseRationalFunction,
  rationalFunction,
  rationalFunctionToText,
  toText,
} from "freecurve/poly";
import { describe, expect, it } from "vitest";
import { smallRational, sparsePolynomial, valueAt } from "../../property-tests/polynomials.js";
import { DomainError, LimitError } from "../../src/core/index.js";
import { QQ, rational } from "../../src/rings/index.js";

const canonical: [string, string][] = [
  ["c*z*m^2 + (z + c - 1)*m + 1", "c*m^2*z + m*z + c*m - m + 1"],
  ["1 + z*m + m^2*v", "v*m^2 + m*z + 1".replace("v*m^2", "m^2*v")],
  ["b + a + a^2 - a*b", "a^2 - a*b + a + b"],
  ["x/2 + 0.25 - 3*x", "-5/2*x + 1/4"],
  ["z^3 - tau*z^3*m", "-m*tau*z^3 + z^3"],
  ["0*x", "0"],
  ["-(1)", "-1"],
  ["-x^2", "-x^2"],
  ["2^3^2", "512"],
  ["2*-x", "-2*x"],
  ["x**2", "x^2"],
  ["1e-3*t + 2.5E1", "1/1000*t + 25"],
  ["(x+1)*(x-1)/(2/3)", "3/2*x^2 - 3/2"],
  ["x_1*beta − y", "beta*x_1 - y"],
  ["σ^2*m", "m*σ^2"],
  ["2^-2*x", "1/4*x"],
];

describe("the text of a polynomial", () => {
  it("is canonical", () => {
    for (const [text, expected] of canonical) expect(toText(parsePolynomial(text))).toBe(expected);
  });

  it("reads back as the same polynomial", () => {
    fc.assert(
      fc.property(sparsePolynomial(["a", "b", "m", "z"], 4, 8), (p) => {
        expect(parsePolynomial(toText(p))).toEqual(p);
      }),
      { numRuns: 300 },
    );
  });

  it("has the value that the same text has as a JavaScript expression", () => {
    fc.assert(
      fc.property(sparsePolynomial(["m", "x"], 2, 4), smallRational, smallRational, (p, m, x) => {
        // Integers only, so that bigint arithmetic is an independent reading of the text.
        const text = toText({ ...p, denominator: 1n });
        const program = text
          .replace(/^-/, "0 - ")
          .replace(/\^/g, "**")
          .replace(/(?<![a-z\d])(\d+)/g, "$1n")
          .replace(/\*\*(\d+)n?/g, "**$1n");
        const read = new Function("m", "x", `return ${program};`) as (m: bigint, x: bigint) => bigint;
        const value = valueAt({ ...p, denominator: 1n }, { m: rational(m.num), x: rational(x.num) });
        expect(QQ.equals(value, rational(BigInt(read(m.num, x.num))))).toBe(true);
      }),
    );
  });

  it("lists the terms by m, then z, then the other names", () => {
    fc.assert(
      fc.property(sparsePolynomial(["a", "m", "y", "z"], 3, 8), (p) => {
        const keys = p.terms.map((t) => {
          const e = new Map(p.variables.map((name, i) => [name, t.exponents[i]!]));
          return ["m", "z", "a", "y"].map((name) => String(e.get(name) ?? 0).padStart(3, "0")).join();
        });
        expect(keys).toEqual([...keys].sort().reverse());
      }),
    );
  });
});

describe("a mistake in a text", () => {
  const mistakes: [string, string, number][] = [
    ["x + * y", 'where a number, a name or "(" should stand', 5],
    ["(x + 1", "parenthesis of column 1 is not closed", 7],
    ["2x", "operator is missing", 2],
    ["x y", "operator is missing", 3],
    ["x (y)", "operator is missing", 3],
    ["x)", "should end", 2],
    ["x^(1/2)", "exponent must be an integer", 3],
    ["x^y", "exponent must be an integer", 3],
    ["x/(y + 1)", "divided by a constant", 2],
    ["x/(1 - 1)", "divides by zero", 2],
    ["0^-1", "divides by zero", 2],
    ["x^-1", "negative exponent", 2],
    ["", "text ends", 1],
    ["x $ 2", "cannot be read", 3],
    ["1..2", "cannot be read", 1],
    ["1e99999*x", "exponent", 1],
  ];

  it("is told in one sentence, with the column and a caret under it", () => {
    for (const [text, sentence, column] of mistakes) {
      let message = "";
      try {
        parsePolynomial(text);
      } catch (error) {
        expect(error).toBeInstanceOf(DomainError);
        message = (error as Error).message;
      }
      expect(message, text).toContain(sentence);
      expect(message, text).toContain(`at column ${column}\n`);
      const [, line, caret] = message.split("\n");
      expect(line).toBe(`  ${text}`);
      expect(caret).toBe(`${" ".repeat(column + 1)}^`);
    }
  });

  it("is a limit when the text would explode", () => {
    const limits = [
      "x^99999",
      "(x^10000)^10000",
      "(a+b+c+d+e)^3000",
      "2^9999^2",
      "((2^10000)^10000)^10000",
      "(".repeat(2000),
    ];
    for (const text of limits) expect(() => parsePolynomial(text), text).toThrow(LimitError);
    expect(() => parsePolynomial("-".repeat(5000))).toThrow(LimitError);
    expect(() => parseRationalFunction("1/(a+b+c+d+e)^3000")).toThrow(LimitError);
    expect(parsePolynomial("(x + 1)^300").terms.length).toBe(301);
  });
});

describe("the text of a rational function", () => {
  it("is canonical and reads back", () => {
    const cases: [string, string][] = [
      ["(x - 1/2)/(2*x)", "(1/2*x - 1/4)/x"],
      ["1/(x*y)", "1/(x*y)"],
      ["z + (1 - 1/tau)/m", "(m*tau*z + tau - 1)/(m*tau)"],
      ["x^-2", "1/x^2"],
      ["(x^2-1)/(x-1)", "x + 1"],
      ["-1/(1 - x)", "1/(x - 1)"],
      ["6/4", "3/2"],
    ];
    for (const [text, expected] of cases) expect(rationalFunctionToText(parseRationalFunction(text))).toBe(expected);
    fc.assert(
      fc.property(sparsePolynomial(["a", "x"]), sparsePolynomial(["a", "x"]), (p, q) => {
        fc.pre(q.terms.length > 0);
        const f = rationalFunction(p, q);
        expect(parseRationalFunction(rationalFunctionToText(f))).toEqual(f);
      }),
    );
    expect(() => parseRationalFunction("1/(x - x)")).toThrow("divides by zero, at column 2");
  });
});
