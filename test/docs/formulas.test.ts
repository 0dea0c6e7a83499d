import { existsSync } from "node:fs";
import katex from "katex";
import { describe, expect, test } from "vitest";
import { pages, textOf } from "./pages.js";

// The formulas of a lesson stand between dollar signs, and its links and pictures are files of the repository.

const lessons = pages.filter((page) => page.startsWith("docs/lessons/"));
const root = new URL("../../", import.meta.url);

/** A page without its code. */
function proseOf(page: string): string {
  return textOf(page)
    .replace(/^```[\s\S]*?^```$/gm, "")
    .replace(/`[^`\n]*`/g, "");
}

describe("the lessons", () => {
  test.each(lessons)("%s: every formula is LaTeX that KaTeX sets", (page) => {
    const formulas = [...proseOf(page).matchAll(/\$\$([^$]+)\$\$|\$([^$]+)\$/g)];
    for (const [, display, inline] of formulas) {
      const options = {
        throwOnError: true,
        strict: "error",
        output: "mathml",
        displayMode: display !== undefined,
      } as const;
      expect(katex.renderToString(display ?? inline!, options)).toContain("<math");
      // Markdown takes the backslash away from punctuation, and stars in pairs, before a formula is set.
      expect(display ?? inline!).not.toMatch(/\\[^a-zA-Z]|\*/);
      if (inline !== undefined) expect(inline).toBe(inline.trim());
    }
    expect(proseOf(page).replaceAll(/\$\$[^$]+\$\$|\$[^$]+\$/g, "")).not.toContain("$");
    if (page !== "docs/lessons/README.md") expect(formulas.length).toBeGreaterThan(10);
  });

  test.each(lessons)("%s: every link and picture is there", (page) => {
    const targets = [...proseOf(page).matchAll(/\]\(([^)#]+)/g)].map((match) => match[1]!);
    expect(targets.length).toBeGreaterThan(0);
    const missing = targets.filter((target) => !existsSync(new URL(target, new URL(page, root))));
    expect(missing).toEqual([]);
  });

  test("the contents name every lesson, and every lesson has exercises with answers", () => {
    const contents = textOf("docs/lessons/README.md");
    const chapters = lessons.filter((page) => page !== "docs/lessons/README.md");
    expect(chapters.length).toBe(9);
    for (const page of chapters) {
      expect(contents).toContain(`(${page.replace("docs/lessons/", "")})`);
      const [answers, exercises] = [/<summary>Answer<\/summary>/g, /^\*\*\d\.\*\* /gm].map(
        (pattern) => textOf(page).match(pattern)?.length,
      );
      expect(answers, page).toBeGreaterThanOrEqual(2);
      expect(answers, page).toBe(exercises);
    }
  });
});
