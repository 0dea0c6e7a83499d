import { fileURLToPath } from "node:url";
import * as whole from "freecurve";
import * as ball from "freecurve/ball";
import * as poly from "freecurve/poly";
import * as roots from "freecurve/roots";
import { describe, expect, test } from "vitest";
import { commandGuarantees, guaranteeTables, operationGuarantees } from "../../scripts/site/guarantee-tables.js";
import { exportedFunctions, statementOf } from "../../scripts/site/guarantees.js";
import { runForJson } from "../cli/captured-run.js";

// Whether an answer is exact, certified or an estimate stands in the doc comment of its function and in the help of its command.
// What was read there is compared with what the package exports and with what the commands answer.

const root = fileURLToPath(new URL("../../", import.meta.url));
const functions = exportedFunctions(root);

describe("the guarantee of every function", () => {
  test.each(
    Object.entries({ freecurve: whole, "freecurve/poly": poly, "freecurve/roots": roots, "freecurve/ball": ball }),
  )("the functions of %s that were read are those that it exports", (entry, exports) => {
    const isClass = (f: unknown): boolean => /^class\b/.test(String(f));
    const exported = Object.entries(exports).filter(([, value]) => typeof value === "function" && !isClass(value));
    const read = functions.filter((f) => f.entry === entry).map(({ name }) => name);
    expect(read.toSorted()).toEqual(exported.map(([name]) => name).toSorted());
  });

  test("stands in its doc comment or at the head of its file", () => {
    const silent = functions
      .filter(({ guarantee }) => guarantee === undefined)
      .map(({ name, file }) => `${name} in ${file}`);
    expect(silent).toEqual([]);
    expect(functions.length).toBeGreaterThan(250);
  });

  test("is that of an operation of the language, too", () => {
    const operations = operationGuarantees(functions);
    expect(operations.length).toBeGreaterThan(25);
    expect(operations.filter(({ guarantee }) => guarantee?.kinds[0] !== "exact")).toEqual([]);
  });

  test("is found where a sentence begins with it, and nowhere else", () => {
    expect(statementOf("The law of a X. Exact.")).toEqual({ kinds: ["exact"], sentence: "Exact." });
    expect(statementOf("An exact sum, certified by\nballs.")).toBeUndefined();
    expect(statementOf("Exactly one root.")).toBeUndefined();
    expect(statementOf("x: Exact but for the masses, which are estimates. More.")).toEqual({
      kinds: ["exact", "estimate"],
      sentence: "Exact but for the masses, which are estimates.",
    });
    expect(statementOf("Good to 1e-9. Estimates\nof {@link support} in 0.5 s.")?.sentence).toBe(
      "Estimates of support in 0.5 s.",
    );
  });

  test("stands in the tables of the page, each function with its link", () => {
    const tables = guaranteeTables(root);
    for (const { page, name } of functions) {
      const link = `(reference/functions/${page.replace("/", "_")}.${name}.html)`;
      expect(tables.split("\n").filter((line) => line.includes(link) && line.startsWith("| [")).length).toBeGreaterThan(
        0,
      );
    }
    expect(tables).not.toContain("undefined");
  });
});

/** A short run of each command that needs no file. */
const runs: readonly (readonly string[])[] = [
  ["curve", "mp(c)"],
  ["support", "mp(1/2)"],
  ["branch-points", "mp(1/2)"],
  ["sheets", "mp(1/2)"],
  ["horizon", "mp(1/2)"],
  ["is-spectrum", "mp(1/2)"],
  ["density", "mp(1/2)", "--at", "1"],
  ["density", "mp(1/2)", "--at", "1", "--digits", "20"],
  ["moments", "mp(c)", "-n", "3"],
  ["cumulants", "mp(c)", "-n", "3"],
  ["quantiles", "mp(1/2)", "-n", "3"],
  ["quantiles", "mp(1/2)", "--at", "0.9"],
  ["distribution", "mp(1/2)", "--at", "1"],
  ["sample", "mp(1/2)", "-n", "3"],
  ["statistics", "mp(c)", "--of", "x^2"],
  ["statistics", "mp(1/2)", "--of", "log(x)"],
  ["statistics", "mp(1/2)", "--of", "abs(x - 1)"],
  ["stieltjes", "mp(1/2)", "--at", "1"],
  ["ridge", "atoms([[1, 1]])", "--ratio", "1/2", "--lambda", "1/10"],
  ["ridge", "atoms([[1, 1]])", "--ratio", "c", "--curve", "df1"],
  ["high-temperature", "1/2", "3"],
  ["high-temperature", "1/2", "3", "--at", "1"],
  ["events", "mp(1/2)"],
  ["edge-polynomial", "mp(c)"],
  ["phases", "mp(c)", "--x", "c", "--y", "tau"],
  ["explain", "semicircle(1)"],
  ["scaling", "--power-law", "1.5,1.8"],
];

describe("the guarantee of every command", () => {
  const commands = new Map(commandGuarantees().map(({ name, guarantee }) => [name, guarantee?.kinds ?? []]));

  test("stands in its help", () => {
    expect([...commands].filter(([, kinds]) => kinds.length === 0)).toEqual([]);
    expect(commands.size).toBeGreaterThan(20);
  });

  test.each(runs.map((argv) => ({ argv, line: argv.join(" ") })))("is that of its answer: $line", async ({ argv }) => {
    const { guarantee } = await runForJson(argv);
    expect(commands.get(argv[0]!)).toContain(guarantee);
  });
});
