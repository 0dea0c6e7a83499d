import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { exportedFunctions } from "../../scripts/site/guarantees.js";
import { laws } from "../../src/lang/index.js";
import { textOf } from "./pages.js";

// Every entry of the page of references is cited in a comment of the sources, and what it names as resting on it exists.

const root = fileURLToPath(new URL("../../", import.meta.url));
const sources = readdirSync(`${root}src`, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
/** The comments and the `source` texts of a file, without line breaks. */
const comments = sources.map((name) => {
  const text = readFileSync(`${root}src/${name}`, "utf8");
  const found = text.match(/\/\*\*[\s\S]*?\*\/|(?:^ *\/\/.*\n)+|source:\s*(?:"[^"]*"[\s+]*)+/gm) ?? [];
  return found.map((comment) => comment.replace(/\n\s*(?:\*|\/\/) ?/g, " ")).join("\n");
});
const entries = Array.from(
  textOf("docs/references.md").matchAll(/^- \*\*(.+) (\d{4})\.\*\* ([\s\S]*?)(?=\n- \*\*|\n\n|\n*$(?![\s\S]))/gm),
  ([, names, year, rest]) => ({ names: names!.split(", "), year: year!, rest: rest!, key: `${names} ${year}` }),
);

describe("the page of references", () => {
  test.each(entries)("$key is cited in the sources", ({ names, year }) => {
    // All the names within reach of the year, in either order: "[Nica–Speicher 1996]", "A. Nica, R. Speicher, Title, Journal 118 (1996)".
    const cited = comments.some((text) =>
      Array.from(text.matchAll(new RegExp(`(?<!\\d)${year}(?!\\d)`, "g"))).some(({ index }) => {
        const near = text.slice(Math.max(0, index - 250), index + 50);
        return names.every((name) => near.includes(name));
      }),
    );
    expect(cited).toBe(true);
  });

  test("every entry names what rests on it, by names that exist", () => {
    const known = new Set([
      ...exportedFunctions(root).map(({ name }) => name),
      ...laws.map(({ name }) => name),
      "linearAlgebra",
    ]);
    for (const { key, rest } of entries) {
      const names = Array.from(rest.matchAll(/`([^`]+)`/g), ([, name]) => name!);
      expect(names.length, key).toBeGreaterThan(0);
      expect(
        names.filter((name) => !known.has(name)),
        key,
      ).toEqual([]);
    }
  });

  test("there are many, and each stands there once", () => {
    expect(entries.length).toBeGreaterThan(80);
    expect(new Set(entries.map(({ key }) => key)).size).toBe(entries.length);
    expect(textOf("docs/references.md").match(/^- /gm)?.length).toBe(entries.length);
  });
});
