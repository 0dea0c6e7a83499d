import { functionToText, parseFunction } from "freecurve";
import nerdamer from "nerdamer";
import { describe, expect, test } from "vitest";
import { realBalls, toNumber } from "../../src/ball/index.js";
import { rationalFromNumber } from "../../src/rings/index.js";
import { realValue } from "../../src/statistics/real-function.js";

const valueAt = (text: string, x: number): number => {
  const real = realBalls(80);
  return toNumber(realValue(parseFunction(text), real.fromRational(rationalFromNumber(x)), 80));
};

describe("functions of a statistic", () => {
  test.each([
    "log(x)",
    "x^3 - 2*x + 1/3",
    "1/(x + 1/10)",
    "-x^2",
    "2^x",
    "x^x",
    "exp(-x)*sqrt(x + 1)",
    "abs(x - 5)^3/(1 + x^2)",
    "sin(pi*x) + cos(x/2)",
    "x^(3/2)",
    "log(1 + log(1 + x))",
    "x^-2",
    "1 - (2 - (3 - x))",
  ])("%s has the value that nerdamer gives, and its text is read back", (text) => {
    for (const x of [0.7, 1.3, 2.9]) {
      const witness = Number(
        nerdamer(text, { x: String(x) })
          .evaluate()
          .text("decimals"),
      );
      expect(Math.abs(valueAt(text, x) - witness)).toBeLessThan(1e-12 * (1 + Math.abs(witness)));
      expect(valueAt(functionToText(parseFunction(text)), x)).toBe(valueAt(text, x));
    }
  });

  test("ln is log", () => {
    expect(parseFunction("ln(x)")).toEqual(parseFunction("log(x)"));
  });

  test.each([
    ["log(y)", /written in x/, 5],
    ["lgo(x)", /no function "lgo"; did you mean log\?/, 1],
    ["log(x, 2)", /takes one argument/, 1],
    ["1/(2 - 2)", /division by zero/, 4],
    ["x^5000", /too large/, 3],
    ["mp(1)", /no function "mp"/, 1],
    ["x [+] x", /not a law/, 1],
    ["[x]", /a function of x is expected here/, 1],
    ["constructor(x)", /no function "constructor"/, 1],
    ["log(x", /expected/, 6],
  ])("%s is refused with its place", (text, sentence, column) => {
    expect(() => parseFunction(text)).toThrow(sentence);
    expect(() => parseFunction(text)).toThrow(expect.objectContaining({ line: 1, column }));
  });
});
