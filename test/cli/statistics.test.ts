import { describe, expect, test } from "vitest";
import { runCommand, runForJson } from "./captured-run.js";

describe("statistics", () => {
  test("of a function: value, absTol, guarantee", async () => {
    const answer = await runForJson(["statistics", "mp(1/2)", "--of", "log(x)"]);
    // log 2 − 1
    expect(answer).toEqual({
      of: "log(x)",
      value: expect.closeTo(Math.LN2 - 1, 15),
      absTol: expect.any(Number),
      exact: null,
      guarantee: "certified",
    });
    expect(answer.absTol).toBeLessThan(1e-14);
    const more = await runForJson(["statistics", "mp(1/2)", "--of", "log(x)", "--digits", "30"]);
    // mpmath
    expect(more.value).toBe("-0.306852819440054690582767878542");
  });

  test("exact values with their minimal polynomial, and formulas", async () => {
    expect(await runForJson(["statistics", "mp(1/2)", "--of", "1/(x + 1)"])).toMatchObject({
      exact: { minimalPolynomial: "x^2 + 3*x - 2", radicals: "(sqrt(17) - 3)/2" },
      guarantee: "exact",
    });
    expect(await runForJson(["statistics", "mp(c)", "--of", "trace-of-power 2"])).toMatchObject({
      value: { symbolic: "c + 1", condition: null },
      guarantee: "exact",
    });
    expect((await runCommand(["statistics", "mp(c)", "--of", "x^2"])).out).toBe("c + 1\n");
    expect((await runCommand(["statistics", "semicircle(1)", "--of", "abs(x)"])).out).toMatch(
      /^0\.8488263631567\d+ +\(an estimate/,
    );
  });

  test("mistakes", async () => {
    for (const [argv, sentence] of [
      [["statistics", "mp(1)"], /--of/],
      [["statistics", "mp(2)", "--of", "log(x)"], /atom of weight 1\/2 at 0/],
      [["statistics", "mp(1)", "--of", "log(x"], /column 6/],
      [["statistics", "mp(1)", "--of", "schatten-norm"], /needs its p/],
      [["statistics", "mp(1)", "--of", "entropy"], /no statistic "entropy"; .*log\(1 \+ x\).*logdet.*effective-rank/],
      [["statistics", "mp(1)", "--of", "spectral-radius"], /no statistic "spectral-radius".*spectral-norm/],
      [["statistics", "mp(1)", "--of", "logdett"], /did you mean logdet\?/],
      [["statistics", "mp(1)", "--of", "y^2"], /no other name than x and pi/],
    ] as const) {
      const { code, error } = await runCommand(argv);
      expect(code).toBe(2);
      expect(error).toMatch(sentence);
    }
  });
});

describe("stieltjes", () => {
  test("at points of the plane and of the line", async () => {
    // semicircle law: (−z + √(z² − 4))/2
    expect(await runForJson(["stieltjes", "semicircle(1)", "--at", "2i,-1e-1*i,1, 5/2"])).toEqual({
      z: [
        { re: 0, im: 2 },
        { re: 0, im: -0.1 },
        { re: 1, im: 0 },
        { re: 2.5, im: 0 },
      ],
      m: [
        { re: 0, im: expect.closeTo(Math.SQRT2 - 1, 14) },
        { re: 0, im: expect.closeTo(-(Math.sqrt(4.01) - 0.1) / 2, 14) },
        { re: -0.5, im: expect.closeTo(Math.sqrt(3) / 2, 14) },
        { re: -0.5, im: 0 },
      ],
      certified: true,
      guarantee: "certified",
    });
    const text = await runCommand(["stieltjes", "mp(1/2)", "--at", "1/3+1e-3i", "--digits", "20"]);
    expect(text.out).toMatch(/1\/3 \+ 1\/1000i +0\.5028014477\d+ \+ 2\.393413231\d+i/);
  });

  test("at a pole the reason, and the values elsewhere", async () => {
    // an atom of weight 3/4 at 0; (3 − √7 i)/(-8) at 2: m = (−(z + c − 1) + √…)/(2cz) with c = 4
    const { m } = await runForJson(["stieltjes", "mp(4)", "--at", "0,1,2"]);
    expect(m).toEqual([
      { notDefined: expect.stringMatching(/infinite at x = 0; .*for example at 0\+0\.1i/) },
      { re: -0.5, im: 0 },
      { re: -5 / 16, im: expect.closeTo(Math.sqrt(7) / 16, 14) },
    ]);
    const { code, out } = await runCommand(["stieltjes", "mp(4)", "--at", "0,1"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^z {2}m\n0 {2}not defined: the Stieltjes transform is infinite.*\n1 {2}-0\.5\n$/);
  });

  test("mistakes", async () => {
    for (const [argv, sentence] of [
      [["stieltjes", "mp(1)"], /--at/],
      [["stieltjes", "mp(1)", "--at", "1,abc"], /--at: "abc" is no complex number such as 1\/2\+3i/],
      [["stieltjes", "mp(1)", "--at", "1+x"], /--at/],
      [["stieltjes", "mp(1)", "--at", "0"], /infinite at x = 0/],
    ] as const) {
      const { code, error } = await runCommand(argv);
      expect(code).toBe(2);
      expect(error).toMatch(sentence);
    }
  });
});
