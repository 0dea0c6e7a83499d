import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { runCommand } from "../cli/captured-run.js";
import { blocksOf, pages, shellWords, textOf } from "./pages.js";

// A ```sh block of `freecurve` lines is run as it stands; the ```text block that follows it is what they print, standard output
// and standard error together. A file that a command writes goes to a temporary folder and is compared with the one in the
// repository.

const folder = mkdtempSync(join(tmpdir(), "freecurve-docs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the pages may ask for beside the command itself. */
const others = [
  "npm ci && npm run demo",
  "npm ci && npm test",
  "npm run bench",
  ".ci/run",
  "npm install ./freecurve-0.1.0.tgz",
];

const runs = pages.flatMap((page) => {
  const blocks = blocksOf(page);
  return blocks.flatMap(({ language, text, line }, k) => {
    if (language !== "sh") return [];
    const lines = text.split("\n");
    if (lines.every((entry) => others.includes(entry))) return [];
    const next = blocks[k + 1];
    return [{ place: `${page}:${line}`, lines, expected: next?.language === "text" ? next.text : undefined }];
  });
});

describe("the command lines of the pages", () => {
  test.each(runs)("$place prints what it says", async ({ lines, expected }) => {
    let printed = "";
    for (const line of lines) {
      const [command, ...argv] = shellWords(line);
      expect(command).toBe("freecurve");
      const at = argv.findIndex((word) => ["-o", "--out", "--plot"].includes(word));
      const target = at < 0 ? undefined : argv[at + 1]!;
      if (target !== undefined) argv[at + 1] = join(folder, target.replaceAll("/", "-"));
      const { out, error } = await runCommand(argv);
      printed += target === undefined ? out + error : (out + error).replaceAll(argv[at + 1]!, target);
      if (target?.endsWith(".svg")) samePicture(readFileSync(argv[at + 1]!, "utf8"), textOf(target));
    }
    expect(expected, "a text block follows the command lines").toBeDefined();
    expect(printed.trimEnd()).toBe(expected);
  });

  test("there are some", () => {
    expect(runs.length).toBeGreaterThan(5);
  });
});

/** The same elements and texts, with coordinates that agree to a tenth of a pixel. */
function samePicture(found: string, expected: string): void {
  const number = /-?\d+(?:\.\d+)?(?:e-?\d+)?/g;
  expect(found.replace(number, "#")).toBe(expected.replace(number, "#"));
  const [a, b] = [found, expected].map((svg) => [...svg.matchAll(number)].map(Number));
  const worst = a!.reduce((most, x, k) => Math.max(most, Math.abs(x - b![k]!)), 0);
  expect(worst).toBeLessThan(0.1);
}
