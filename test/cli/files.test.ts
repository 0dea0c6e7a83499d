import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readText, requireSvgName, writeWhole } from "../../src/cli/io.js";
import { DomainError } from "../../src/core/index.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "freecurve-files-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("an output file", () => {
  test("appears whole, replaces an older one, and leaves nothing beside it", async () => {
    await writeWhole(join(folder, "a.svg"), "first");
    await writeWhole(join(folder, "a.svg"), "second");
    expect(readFileSync(join(folder, "a.svg"), "utf8")).toBe("second");
    expect(readdirSync(folder)).toEqual(["a.svg"]);
  });

  test("is refused in one plain sentence where it cannot be", async () => {
    writeFileSync(join(folder, "plain"), "x");
    mkdirSync(join(folder, "inner"));
    await expect(writeWhole(join(folder, "none", "a.svg"), "x")).rejects.toThrow(
      `cannot write "${join(folder, "none", "a.svg")}": the directory does not exist`,
    );
    await expect(writeWhole(join(folder, "plain", "a.svg"), "x")).rejects.toThrow("is not a directory");
    await expect(writeWhole(join(folder, "inner"), "x")).rejects.toThrow("it is a directory");
    await expect(writeWhole(join(folder, `${"n".repeat(400)}.svg`), "x")).rejects.toThrow("the name is too long");
    expect(readdirSync(folder).sort()).toEqual(["inner", "plain"]);
  });
});

test("a picture has no name that promises another format than SVG", () => {
  for (const name of ["a.png", "b.PDF", "c.d/e.jpeg"]) expect(() => requireSvgName(name)).toThrow("written as SVG");
  for (const name of ["a.svg", "png", "b.png.svg"]) expect(() => requireSvgName(name)).not.toThrow();
});

describe("an input file", () => {
  test("that cannot be read is one plain sentence", async () => {
    const missing = readText(join(folder, "none.txt"));
    await expect(missing).rejects.toBeInstanceOf(DomainError);
    await expect(missing).rejects.toThrow(`cannot read "${join(folder, "none.txt")}": there is no such file`);
    await expect(readText(folder)).rejects.toThrow("it is a directory");
  });
});
