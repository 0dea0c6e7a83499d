import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type BuiltCommand, buildCommand } from "../cli/built-command.js";
import { runCommand } from "../cli/captured-run.js";

// Processes are started, and a machine may be busy.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

let command: BuiltCommand;
let folder = "";
beforeAll(async () => {
  command = await buildCommand();
  folder = mkdtempSync(join(tmpdir(), "freecurve-limits-"));
});
afterAll(() => {
  command.remove();
  rmSync(folder, { recursive: true, force: true });
});

function runProcess(
  argv: readonly string[],
  input = "",
): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command.main, ...argv], { encoding: "utf8", input });
  return { status, stdout, stderr };
}

describe("a command line with a limit runs in a thread of its own", () => {
  test("which says the same", () => {
    const plain = runProcess(["support", "mp(1/2)", "--json"]);
    expect(plain.status).toBe(0);
    expect(runProcess(["support", "-", "--json", "--max-seconds", "600", "--max-memory", "400"], "mp(1/2)\n")).toEqual(
      plain,
    );
    expect(runProcess(["support", "mp(", "--max-seconds=600"])).toEqual(runProcess(["support", "mp("]));
  });

  test("and ends where it needs more memory than --max-memory", () => {
    // A text of 64 MB is read.
    const heap = runProcess(["curve", "-", "--max-memory", "1"], `${" ".repeat(2 ** 26 - 100)}mp(1)`);
    expect(heap).toEqual({
      status: 3,
      stdout: "",
      stderr: "freecurve: the memory limit of 1 MB was reached; raise --max-memory to go on\n",
    });
  });

  test("and ends at --max-seconds where it does not look at its clock", async () => {
    // Standard input that nobody writes to: no budget is asked there.
    const child = spawn(process.execPath, [command.main, "curve", "-", "--max-seconds", "0.1"]);
    let error = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      error += text;
    });
    const [code] = (await once(child, "close")) as [number];
    expect([code, error]).toEqual([
      3,
      "freecurve: the time limit of 0.1 s was reached; raise --max-seconds to go on\n",
    ]);
  });
});

test.each([
  [["curve", 'curve("(z+m)^(10^9)")'], 3],
  [["curve", 'curve("z^1000000000*m + 1")'], 3],
  [["curve", "shift(mp(1), 2^(10^9))"], 2],
  [["curve", "shift(mp(1), 1e1000000000)"], 2],
  [["moments", "mp(1)", "-n", "1000000000000"], 2],
  [["density", "mp(1)", "--grid", "0:1:1e12"], 2],
  [["density", "mp(1)", "--grid", "0:1:1000000000000"], 2],
  [["density", "mp(1)", "--at", "1", "--digits", "1000000000"], 2],
  [["quantiles", "mp(1)", "-n", "99999999999999999999"], 2],
  [["curve", "mp(1)", "--max-memory", "-1"], 2],
  [["curve", "mp(1)", "--max-seconds", "0"], 2],
  [["curve", "mp(1)", "--set", `c=${"9".repeat(10)}e${"9".repeat(10)}`], 2],
])("%j is refused before memory is taken", async (argv, expected) => {
  const { code, out, error } = await runCommand(argv);
  expect([code, out]).toEqual([expected, ""]);
  // One sentence, and perhaps the line of the expression with a mark under it.
  expect(error).toMatch(/^freecurve: [^\n]+\n((line 1, column \d+:\n)? {2}\S.*\n +\^+\n)?$/);
});

test.each([
  [["x".repeat(100_000)]],
  [["curve", "x".repeat(90_000)]],
  [["curve", "x".repeat(200_000)]],
  [["curve", `mp(1)${" ".repeat(90_000)}y`]],
  [["curve", "mp(1)", `--${"x".repeat(100_000)}`]],
  [["curve", "mp(c)", "--set", `c=${"9".repeat(100_000)}x`]],
  [["statistics", "mp(1)", "--of", "x".repeat(90_000)]],
  [["statistics", "mp(1)", "--of", `log${" ".repeat(90_000)}`]],
  [["density", "mp(1)", "--at", "y".repeat(100_000)]],
  [["fit", "/tmp/".concat("x".repeat(100_000))]],
])("words of a hundred thousand characters are not repeated in the message, case %#", async (argv) => {
  const { code, out, error } = await runCommand(argv);
  expect([code, out]).toEqual([2, ""]);
  expect(error).toMatch(/^freecurve: /);
  expect(error.length).toBeLessThan(2500);
});

test("a law in a file without end is refused", async () => {
  const path = join(folder, "zero.json");
  symlinkSync("/dev/zero", path);
  const { code, error } = await runCommand(["curve", path]);
  expect([code, error]).toEqual([2, `freecurve: "${path}" has 65 MB or more, above the limit of 64 MB for a law\n`]);
});

describe("the line of progress", () => {
  test("names what is being computed, on a terminal only", async () => {
    const clock = vi.spyOn(performance, "now");
    let now = 0;
    clock.mockImplementation(() => (now += 300));
    try {
      const argv = ["events", "deformedWigner(1/7, [[-1, 1/2], [1, 1/2]])"];
      const shown = await runCommand(argv, { terminal: true });
      expect(shown.code).toBe(0);
      expect(shown.error).toMatch(/\rdeciding where the physical branch is real \.\.\./);
      expect(shown.error.endsWith("\r")).toBe(true);
      expect((await runCommand(argv)).error).toBe("");
    } finally {
      clock.mockRestore();
    }
  });
});
