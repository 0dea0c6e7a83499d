import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runCommand, runForJson } from "./captured-run.js";

describe("horizon", () => {
  test("an algebraic number or infinity, with the reason", async () => {
    expect(await runForJson(["horizon", "deformedWigner(2, [[-1, 1/2], [1, 1/2]])"])).toMatchObject({
      tau: { value: "9/8", minimalPolynomial: "8*x - 9" },
      cause: "branch-points",
      guarantee: "exact",
    });
    expect(await runForJson(["horizon", "fussCatalan(3)"])).toMatchObject({
      tau: "infinity",
      reason: expect.stringContaining("freely infinitely divisible"),
    });
    const { out } = await runCommand(["horizon", "arcsine(0, 1)"]);
    expect(out).toMatch(/^tau = 2\nthere the law is 2 atoms/);
  });

  test("with parameters, a formula and where it holds", async () => {
    const law = "deformedWigner(v, [[-a, 1/2], [a, 1/2]])";
    expect(await runForJson(["horizon", law])).toMatchObject({
      tau: { symbolic: "(a^2 + v)^2/(4*a^2*v)", condition: "v > a^2 and a != 0" },
      cases: [{}, { symbolic: "1", cause: "zero-outside-bulks" }],
    });
    expect(await runForJson(["horizon", law, "--set", "a=1", "--set", "v=2"])).toMatchObject({ tau: { value: "9/8" } });
    expect(await runForJson(["horizon", "compoundFreePoisson(r, [[1, w], [s, 1 - w]])"])).toMatchObject({
      unable: expect.stringContaining("up to two parameters"),
    });
  });
});

test("is-spectrum says yes or no, and gives every criterion a line", async () => {
  expect(await runForJson(["is-spectrum", "mp(1/2)"])).toMatchObject({ spectrum: true });
  const past = await runForJson(["is-spectrum", "kestenMcKay(4) |> decompress(5)"]);
  expect(past).toMatchObject({ spectrum: false, reason: expect.stringContaining("branch point") });
  const { out } = await runCommand(["is-spectrum", "mp(3)"]);
  for (const name of ["moments", "branch-points", "poles", "density", "integrability", "atoms", "mass"]) {
    expect(out).toMatch(new RegExp(`^passed +${name} `, "m"));
  }
});

describe("phases", () => {
  const law = "deformedWigner(v, [[-a, 1/2], [a, 1/2]])";

  test("cells and boundaries, and the picture", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "freecurve-")), "phases.svg");
    const answer = await runForJson(["phases", law, "--x", "a", "--y", "v", "--range", "a=0:2", "-o", path]);
    expect(answer).toMatchObject({
      x: { name: "a", from: "0", to: "2" },
      y: { name: "v", from: "0", to: "4" },
      transitions: [{ curve: "a^2 - v", between: [["1 bulk", "2 bulks"]] }],
      guarantee: "exact",
    });
    expect(readFileSync(path, "utf8")).toContain("a^2 - v = 0");
    const { out } = await runCommand(["phases", law, "--x", "a", "--y", "v"]);
    expect(out).toContain("a^2 - v = 0  1 bulk | 2 bulks");
  });

  test.each([
    [["--x", "a", "--y", "v", "--range", "a=2"], /--range must look like name=a:b/],
    [["--x", "a", "--y", "v", "--range", "a=2:1"], /first number below its second/],
    [["--x", "a", "--y", "b"], /b is no parameter of the law/],
  ])("%j", async (options, message) => {
    const { code, error } = await runCommand(["phases", law, ...options]);
    expect(code).toBe(2);
    expect(error).toMatch(message);
  });
});
