import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensembles, sample } from "freecurve";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCommand, runForJson } from "./captured-run.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "freecurve-sample-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("freecurve sample", () => {
  const expected = Array.from(sample(ensembles.mp("1/2"), 6, 7));

  test("prints the eigenvalues of the library, as text and as JSON", async () => {
    expect(await runForJson(["sample", "mp(c)", "--set", "c=1/2", "-n", "6", "--seed", "7"])).toEqual({
      law: "mp(1/2)",
      size: 6,
      seed: 7,
      values: expected,
      guarantee: "estimate",
    });
    const { code, out } = await runCommand(["sample", "mp(1/2)", "-n", "6", "--seed", "7"]);
    expect(code).toBe(0);
    expect(out.trim().split("\n").map(Number)).toEqual(expected);
  });

  test("writes a file that says where its numbers come from", async () => {
    const path = join(folder, "eigenvalues.txt");
    const { code, out, error } = await runCommand(["sample", "mp(1/2)", "-n", "6", "--seed", "7", "-o", path]);
    expect([code, out, error]).toEqual([0, "", `freecurve: wrote ${path}\n`]);
    const [head, ...lines] = readFileSync(path, "utf8").trim().split("\n");
    expect(head).toBe("# 6 eigenvalues of one random matrix of law mp(1/2), seed 7");
    expect(lines.map(Number)).toEqual(expected);
  });

  test("refuses what has no model, parameters, and sizes that make no sense", async () => {
    const failure = async (...argv: string[]) => {
      const { code, error } = await runCommand(["sample", ...argv]);
      return `${code} ${error}`;
    };
    expect(await failure("freeMeixner(0, 1)")).toMatch(/^2 .*no matrix model is known here for the law freeMeixner/);
    expect(await failure("quarterCircle()")).toMatch(/^2 .*the quarter-circle law has no curve/);
    expect(await failure("mp(c)")).toMatch(/^2 .*free parameter c/);
    expect(await failure("mp(1)", "-n", "0")).toMatch(/^2 .*-n must be a whole number from 1 to 50000/);
    expect(await failure("mp(1)", "--seed", "x")).toMatch(/^2 .*--seed must be a whole number/);
  });
});
