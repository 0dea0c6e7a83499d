import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runCommand, runForJson } from "./captured-run.js";

const folder = mkdtempSync(join(tmpdir(), "freecurve-explain-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("explain prints Markdown, plain text or HTML", async () => {
  const markdown = await runCommand(["explain", "mp(1/2)"]);
  expect(markdown.code).toBe(0);
  expect(markdown.out.split("\n")[0]).toBe("# The law mp(1/2)");
  expect(markdown.out).toContain("$$\nP(z, m) = m^{2} z + 2 m z - m + 2\n$$");
  const plain = await runCommand(["explain", "mp(1/2)", "--format", "text"]);
  expect(plain.out).toContain("    P(z, m) = m^2*z + 2*m*z - m + 2\n");
  expect(plain.out).toContain("(3 - 2*sqrt(2))/2 = 0.08578643762690");
});

test("explain -o writes the file and says so; --json has the document", async () => {
  const path = join(folder, "law.html");
  const written = await runCommand(["explain", "semicircle(v)", "--format", "html", "-o", path]);
  expect(written).toMatchObject({ code: 0, out: "" });
  expect(readFileSync(path, "utf8")).toMatch(/^<!doctype html>[\s\S]*<math[\s\S]*<\/html>\n$/);
  const json = await runForJson(["explain", "semicircle(v)"]);
  expect(json).toMatchObject({ law: "semicircle(v)", format: "markdown", guarantee: "exact" });
  expect(json.document).toContain("# The law semicircle(v)");
  expect(json.checks).toBeGreaterThanOrEqual(3);
});

test("the name of the file says the format, and one that promises another is refused", async () => {
  const page = join(folder, "named.html");
  expect(await runForJson(["explain", "semicircle(v)", "-o", page])).toMatchObject({ format: "html", file: page });
  expect(readFileSync(page, "utf8")).toMatch(/^<!doctype html>/);
  const { code, error } = await runCommand(["explain", "semicircle(v)", "-o", join(folder, "law.pdf")]);
  expect(code).toBe(2);
  expect(error).toMatch(/^freecurve: a derivation is written as Markdown, HTML or plain text; .*law\.pdf"\n$/);
});

test("a wrong format and a law that is none are mistakes of the user", async () => {
  expect((await runCommand(["explain", "mp(2)", "--format", "pdf"])).code).toBe(2);
  const none = await runCommand(["explain", "mp(2"]);
  expect(none.code).toBe(2);
  expect(none.error).toContain("line 1");
});
