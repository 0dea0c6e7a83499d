import { describe, expect, test } from "vitest";
import { runCommand, runForJson } from "../cli/captured-run.js";

describe("freecurve sheets", () => {
  test("gives base point, sheets, loops in cycle notation, ramification and genus as JSON", async () => {
    const answer = await runForJson(["sheets", "fussCatalan(2)"]);
    expect(answer).toMatchObject({
      base: { re: expect.any(Number), im: expect.any(Number) },
      // Far out m ~ ±z^(−1/2) on two sheets, and −1/z between them.
      infinity: "(1 3)",
      physicalSheet: 2,
      irreducible: true,
      components: [{ sheets: 3, genus: 0 }],
      guarantee: "certified",
    });
    const loops = answer.loops as { at: { re: number }; real: boolean; permutation: string }[];
    // z² m³ = z m + 1: three sheets meet over 0, two of them over 27/4.
    expect(loops.map(({ at, real, permutation }) => [at.re, real, permutation.length])).toEqual([
      [6.75, true, 5],
      [0, true, 7],
    ]);
    expect(answer.ramification).toEqual([
      { over: "z", indices: [3] },
      { over: "4*z - 27", indices: [2, 1] },
      { over: "infinity", indices: [2, 1] },
    ]);
    const sheets = answer.sheets as { re: number; im: number }[];
    const { re, im } = sheets[(answer.physicalSheet as number) - 1]!;
    const base = answer.base as { re: number; im: number };
    // −1/z − 1/z² − 3/z³ − … to leading order
    const size = base.re ** 2 + base.im ** 2;
    expect(Math.hypot(re + base.re / size, im - base.im / size)).toBeLessThan(0.5 * Math.hypot(re, im));
  });

  test("prints a table, and refuses what has parameters", async () => {
    const { code, out } = await runCommand(["sheets", "mp(1/2)"]);
    expect(code).toBe(0);
    expect(out).toMatch(/sheet 1 .*\n.*sheet 2/);
    expect(out).toContain("the physical sheet");
    expect(out).toContain("one surface of genus 0");
    expect((await runCommand(["sheets", "mp(c)"])).code).toBe(2);
  });

  test("branch points say whether they are on the boundary of the physical sheet", async () => {
    const answer = await runForJson(["branch-points", "mp(1/2) [*] mp(1/4)"]);
    const real = answer.real as { onPhysicalBoundary: boolean; value: string }[];
    expect(real.map((point) => [point.value.slice(0, 6), point.onPhysicalBoundary])).toContainEqual(["-0.083", false]);
    expect(real.filter((point) => point.onPhysicalBoundary).map((point) => point.value.slice(0, 6))).toEqual([
      "0.0559",
      "3.7466",
    ]);
  });
});
