import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { folderMark, fuzzCase } from "../../scripts/fuzz/cases.mjs";
import { complaint } from "../../scripts/fuzz/property.mjs";
import { laws, operations } from "../../src/lang/index.js";
import { runCommand } from "../cli/captured-run.js";

// The short form of scripts/fuzz.mjs. Whether a case is cut off by its time limit hangs on the machine; what must hold of it does not.

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "freecurve-fuzz-test-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const limit = 0.05;
const seed = 20261122;

test.each([0, 50, 100, 150])(
  "random command lines give an answer or one plain sentence, from case %i",
  async (from) => {
    const wrong: string[] = [];
    for (let number = from; number < from + 50; number++) {
      const one = fuzzCase({ laws, operations }, seed, number, limit);
      for (const { name, bytes } of one.files) writeFileSync(join(folder, name), bytes);
      const argv = one.argv.map((word) => word.replaceAll(folderMark, folder));
      const trouble = complaint(one, await runCommand(argv, { input: one.input }), limit);
      if (trouble !== undefined) wrong.push(`case ${number}: ${trouble}: ${JSON.stringify(one.argv)}`);
    }
    expect(wrong).toEqual([]);
  },
);
