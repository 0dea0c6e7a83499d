import { describe, expect, test } from "vitest";
import { assignments, exactNumbers, grid, wholeNumber } from "../../src/cli/arguments.js";
import { rational } from "../../src/rings/index.js";

describe("numbers on the command line", () => {
  test("are exact, in every notation of the input language", () => {
    expect(exactNumbers("--at", "0.02,1/50, -3,1e-3")).toEqual([
      rational(1, 50),
      rational(1, 50),
      rational(-3),
      rational(1, 1000),
    ]);
    expect(() => exactNumbers("--at", "1,,2")).toThrow(/^--at: /);
    expect(() => exactNumbers("--at", "1;2")).toThrow(/--at: "1;2" is not a number/);
  });

  test("a grid has both ends and equal exact steps", () => {
    expect(grid("--grid", "0:1:4")).toEqual([rational(0), rational(1, 3), rational(2, 3), rational(1)]);
    expect(grid("--grid", "-1/2:0.5:3")).toEqual([rational(-1, 2), rational(0), rational(1, 2)]);
    expect(() => grid("--grid", "0:1")).toThrow("--grid must look like a:b:n");
    expect(() => grid("--grid", "1:0:4")).toThrow("first number below its second");
    expect(() => grid("--grid", "0:1:1")).toThrow("a whole number from 2");
    expect(() => grid("--grid", "0:1:1e9")).toThrow("a whole number from 2");
  });

  test("a whole number stays in its range", () => {
    expect(wholeNumber("-n", "12", 1, 20)).toBe(12);
    for (const text of ["0", "21", "1.5", "x", "", "-3", "1e3", "99999999999999999999"]) {
      expect(() => wholeNumber("-n", text, 1, 20), text).toThrow(
        `-n must be a whole number from 1 to 20, not "${text}"`,
      );
    }
  });

  test("an assignment names a parameter and gives it an exact value, once", () => {
    expect(assignments("--set", ["c=1/2", "tau = 0.25"])).toEqual({ c: rational(1, 2), tau: rational(1, 4) });
    expect(() => assignments("--set", ["c"])).toThrow("must look like name=value");
    expect(() => assignments("--set", ["2=c"])).toThrow("must look like name=value");
    expect(() => assignments("--set", ["c=d"])).toThrow(/^--set c: /);
    expect(() => assignments("--set", ["c=1", "c=2"])).toThrow("twice");
  });
});
