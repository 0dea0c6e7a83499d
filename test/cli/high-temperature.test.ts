import { describe, expect, test } from "vitest";
import { runCommand, runForJson } from "./captured-run.js";

describe("high-temperature", () => {
  test("the atom, the exponents and the moments", async () => {
    expect(await runForJson(["high-temperature", "2", "3"])).toEqual({
      atom: "1/2",
      tails: { atZero: { power: "1/2", overSquaredLogarithm: false }, atInfinity: { power: "7/2", rate: "3/2" } },
      // 1 + γ + γ/κ = 11/3
      moments: ["1", "11/3", expect.any(String), expect.any(String)],
      guarantee: "exact",
    });
    const { out } = await runCommand(["high-temperature", "1", "2"]);
    expect(out).toMatch(/x\^\(-1\)\/log\(x\)\^2 at 0\n.*x\^\(3\)\*exp\(-2\*x\) at infinity/);
    expect((await runCommand(["high-temperature", "g", "1/e", "-n", "2"])).out).toBe("mu_1  1\nmu_2  e*g + g + 1\n");
  });

  test("densities, transforms and samples", async () => {
    const found = await runForJson(["high-temperature", "1", "2", "--at", "0,1/2", "--stieltjes", "-1"]);
    // 1/e at 1/2
    expect(found).toMatchObject({
      x: [0, 0.5],
      density: ["infinity", expect.closeTo(Math.exp(-1), 14)],
      z: [{ re: -1, im: 0 }],
      guarantee: "certified",
    });
    const { sample, guarantee } = await runForJson(["high-temperature", "1/2", "3", "--sample", "5", "--seed", "2"]);
    expect(guarantee).toBe("estimate");
    expect(sample).toMatchObject({ seed: 2, values: expect.any(Array) });
    const lines = await runCommand(["high-temperature", "1/2", "3", "--sample", "5"]);
    expect(lines.out.trim().split("\n")).toHaveLength(5);
  });

  test("mistakes, and the sentence of the other commands", async () => {
    for (const [argv, sentence] of [
      [["high-temperature", "0", "1"], /needs gamma > 0; got 0/],
      [["high-temperature", "g", "1"], /needs numbers for gamma and kappa/],
      [["high-temperature", "1", "1", "--at", "1", "--grid", "0:1:3"], /--at or --grid, not both/],
      [["support", "highTemperatureMp(1/2, 3)"], /no algebraic curve/],
      [["density", "highTemperatureMp(1/2, 3) |> shift(1)", "--at", "1"], /no algebraic curve/],
    ] as const) {
      const { code, error } = await runCommand(argv);
      expect(code).toBe(2);
      expect(error).toMatch(sentence);
    }
  });
});
