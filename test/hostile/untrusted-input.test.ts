import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { readEigenvalues } from "../../src/measured/index.js";
import { type BuiltCommand, buildCommand } from "../cli/built-command.js";
import { runCommand } from "../cli/captured-run.js";

// Processes are started, and a machine may be busy.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

let command: BuiltCommand;
let folder = "";
beforeAll(async () => {
  command = await buildCommand();
  folder = mkdtempSync(join(tmpdir(), "freecurve-untrusted-"));
});
afterAll(() => {
  command.remove();
  rmSync(folder, { recursive: true, force: true });
});

const good = { format: "freecurve-law", version: 1, law: "mp(1/2)", curve: "m^2*z + 2*m*z - m + 2", parameters: [] };

/** The same law with some of its text replaced, as an editor would. */
const edited = (from: string, to: string): string => JSON.stringify(good).replace(from, to);

describe("a saved law that somebody edited", () => {
  const path = (): string => join(folder, "law.json");

  test("is read when it is right, and what is added to it does nothing", async () => {
    const extra =
      '"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}, "toString": 1, "law"';
    writeFileSync(path(), edited('"law"', extra));
    const { code, out } = await runCommand(["curve", path()]);
    expect([code, out.split("\n")[0]]).toEqual([0, "m^2*z + 2*m*z - m + 2 = 0"]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test.each([
    ["fields of its prototype are not its own", `{"__proto__": ${JSON.stringify(good)}}`, "is not a saved law"],
    ["an array", "[]", "is not a saved law"],
    ["a number beyond doubles", "1e999", "is not a saved law"],
    ["half of it", JSON.stringify(good).slice(0, 40), "it is not JSON"],
    ["nesting without end", "[".repeat(1_000_000), "it is not JSON"],
    ["deep nesting", `${"[".repeat(100_000)}${"]".repeat(100_000)}`, "is not a saved law"],
    [
      "deep nesting in the place of the version",
      edited('"version":1', `"version":${"[".repeat(100_000)}${"]".repeat(100_000)}`),
      "a version that is no number",
    ],
    ["deep nesting in the place of the law", edited('"mp(1/2)"', "[".repeat(100_000) + "]".repeat(100_000)), "text"],
    ["two laws, of which the last counts", edited('"curve"', '"law":"mp(1/3)","curve"'), "contradicts itself"],
    ["two versions, of which the last counts", edited('"law"', '"version":2,"law"'), "this program reads version 1"],
    ["another version", edited('"version":1', '"version":2'), "this program reads version 1"],
    ["a version that is an object", edited('"version":1', '"version":{"valueOf":1}'), "this program reads version 1"],
    ["a law that is no text", edited('"mp(1/2)"', '{"toString":"mp(1)"}'), "its fields law and curve must be text"],
    ["another curve", edited("2*m*z", "3*m*z"), "contradicts itself"],
    ["another law", edited("mp(1/2)", "mp(1/3)"), "contradicts itself"],
    ["names of JavaScript", edited("mp(1/2)", "constructor(1)"), "constructor"],
    ["code", edited("mp(1/2)", "process.exit(7)"), "process"],
    ["a nested law", edited("mp(1/2)", `${"shift(".repeat(20_000)}mp(1)${", 1)".repeat(20_000)}`), ""],
  ])("is refused in one sentence: %s", async (_what, text, sentence) => {
    writeFileSync(path(), text);
    const { code, out, error } = await runCommand(["curve", path()]);
    expect([2, 3]).toContain(code);
    expect(out).toBe("");
    expect(error).toMatch(/^freecurve: /);
    expect(error).not.toMatch(/\n\s+at |defect/);
    expect(error).toContain(sentence);
    expect(error.length).toBeLessThan(2000);
  });

  test("of a megabyte is not repeated in the message", async () => {
    for (const [from, to] of [
      ["mp(1/2)", `mp(1/2)${" ".repeat(1_000_000)}x`],
      ["mp(1/2)", `mp(${"1".repeat(90_000)})`],
      ["1/2", `1/${"x".repeat(90_000)}`],
      ["m^2*z", "9".repeat(1_000_000)],
    ] as const) {
      writeFileSync(path(), edited(from, to));
      const { code, out, error } = await runCommand(["curve", path()]);
      expect([code, out]).toEqual([2, ""]);
      expect(error).toMatch(/^freecurve: /);
      expect(error.length).toBeLessThan(2000);
    }
  });

  test("cannot command the terminal that shows the message", async () => {
    writeFileSync(path(), edited("mp(1/2)", "mp(1/2) \\u001b[2J\\u202e\\u0007"));
    const { error } = await runCommand(["curve", path()]);
    expect(error).toContain("\\u{1b}[2J\\u{202e}\\u{7}");
    expect(error).not.toMatch(/[^\P{Cc}\n\t]|\p{Cf}/u);
  });
});

test.each(["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf", "prototype"])(
  "%s is no law, no operation and no option",
  async (name) => {
    for (const argv of [
      ["curve", `${name}(1)`],
      ["curve", `mp(1) |> ${name}(2)`],
      ["statistics", "mp(1)", "--of", `${name}(x)`],
      [name],
      ["curve", "mp(1)", `--${name}`, "1"],
      ["events", "mp(c)", "--in", name],
      ["explain", "mp(1)", "--format", name],
    ]) {
      const { code, out, error } = await runCommand(argv);
      expect({ argv, code, out }).toEqual({ argv, code: 2, out: "" });
      expect(error).toMatch(/^freecurve: /);
    }
  },
);

/** A .npy file of doubles. */
function npy(values: readonly number[]): Uint8Array {
  const header = strToU8(
    `{'descr': '<f8', 'fortran_order': False, 'shape': (${values.length},), }`.padEnd(117, " ").concat("\n"),
  );
  const bytes = new Uint8Array(10 + header.length + 8 * values.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0]);
  bytes.set(header, 10);
  bytes.set(new Uint8Array(Float64Array.from(values).buffer), 10 + header.length);
  return bytes;
}

test("names inside an archive are names and nothing else", () => {
  // A key computed here, since a literal one would set the prototype.
  const archive = zipSync(
    Object.fromEntries([
      ["../../../tmp/evil.npy", npy([1, 2])],
      ["constructor.npy", npy([3])],
      ["toString.npy", npy([4, 5, 6])],
    ]),
  );
  expect(() => readEigenvalues(archive, "a.npz")).toThrow(/constructor/);
  expect(Array.from(readEigenvalues(archive, "a.npz", { array: "toString" }))).toEqual([4, 5, 6]);
  expect(() => readEigenvalues(archive, "a.npz", { array: "__proto__" })).toThrow(/__proto__/);
  expect(readdirSync(folder)).not.toContain("evil.npy");
});

test.each([
  [["statistics", "mp(1/2)", "--of", "log(1+x)*exp(x)", "--json"]],
  [["ridge", "mp(1)", "--ratio", "1/2", "--lambda", "1/3", "--alignment", "1-x/9", "--json"]],
  [["explain", "mp(c) |> decompress(2)", "--format", "html"]],
  [["support", 'curve("m^2 + z*m + 1")', "--json"]],
])("%j needs no code that is made from text", (argv) => {
  const run = (flags: readonly string[]): readonly [number | null, string] => {
    const { status, stdout } = spawnSync(process.execPath, [...flags, command.main, ...argv], { encoding: "utf8" });
    return [status, stdout];
  };
  expect(run(["--disallow-code-generation-from-strings"])).toEqual(run([]));
});
