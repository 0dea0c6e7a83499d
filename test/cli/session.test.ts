import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { completions, type KnownCommand, readLine } from "../../src/cli/session.js";
import { runCommand } from "./captured-run.js";

const commands: readonly KnownCommand[] = [
  { name: "support", takesLaw: true, options: ["--digits", "--json"] },
  { name: "fit", takesLaw: false, options: ["--size"] },
];
const names = new Map([["A", "mp(1/2)"]]);

describe("a line of a session", () => {
  test.each([
    ["", { kind: "nothing" }],
    ["  # a remark", { kind: "nothing" }],
    ["exit", { kind: "leave" }],
    ["B = A |> shift(1)", { kind: "name", name: "B", law: "(mp(1/2)) |> shift(1)" }],
    ["mp(c)", { kind: "command", argv: ["curve", "mp(c)"] }],
    [
      "support A |> shift(-a) --digits 20",
      { kind: "command", argv: ["support", "(mp(1/2)) |> shift(-a)", "--digits", "20"] },
    ],
    ["support shift(mp(2), -a) --json", { kind: "command", argv: ["support", "shift(mp(2), -a)", "--json"] }],
    ["support 'mp(1/2)'", { kind: "command", argv: ["support", "mp(1/2)"] }],
    [
      'support curve("A*m^2 + z*m + 1") [+] A',
      { kind: "command", argv: ["support", 'curve("A*m^2 + z*m + 1") [+] (mp(1/2))'] },
    ],
    ["support A(2)", { kind: "command", argv: ["support", "A(2)"] }],
    ["fit 'my file.txt' b.txt --size 3", { kind: "command", argv: ["fit", "my file.txt", "b.txt", "--size", "3"] }],
    ["help support", { kind: "command", argv: ["help", "support"] }],
    ["support", { kind: "command", argv: ["support"] }],
  ])("%s", (line, request) => {
    expect(readLine(line, commands, names)).toEqual(request);
  });

  test("completes commands, names, laws and options", () => {
    expect(completions("sup", commands, names)).toEqual([["support "], "sup"]);
    expect(completions("support mix(1/2, semici", commands, names)).toEqual([
      ["semicircle(", "semicircularFlow("],
      "semici",
    ]);
    expect(completions("support A", commands, names)).toEqual([["A"], "A"]);
    expect(completions("support A --d", commands, names)).toEqual([["--digits"], "--d"]);
  });
});

describe("repl", () => {
  test("goes on after a mistake, and remembers names", async () => {
    const input = [
      "A = mp(1/2)",
      "support A |> decompress(4) --digits 5",
      "B = mp(",
      "nonsense(2)",
      "exit",
      "curve A",
    ].join("\n");
    const { code, out, error } = await runCommand(["repl"], { input });
    expect(code).toBe(0);
    expect(out.match(/m\^2\*z \+ 2\*m\*z - m \+ 2 = 0/g)).toHaveLength(1);
    // mp(2): edges (1 ± √2)².
    expect(out).toContain("0.17157");
    expect(out).toContain("5.8284");
    expect(error).toContain("nonsense");
    expect(error).toContain("line 1");
  });
});

describe("completion", () => {
  test("bash completes commands and options by it", async () => {
    const { out } = await runCommand(["completion", "bash"]);
    const complete = (words: readonly string[]): string =>
      execFileSync(
        "bash",
        [
          "-c",
          `${out}\nCOMP_WORDS=(${words.join(" ")}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _freecurve; echo "\${COMPREPLY[@]}"`,
        ],
        { encoding: "utf8" },
      ).trim();
    expect(complete(["freecurve", "supp"])).toBe("support");
    expect(complete(["freecurve", "support", "--dig"])).toBe("--digits");
    // Values where there are only some, files where one is meant, and nothing elsewhere.
    expect(complete(["freecurve", "plot", "law", "--x-scale", "''"])).toBe("auto linear log");
    expect(complete(["freecurve", "plot", "law", "--x-scale", "l"])).toBe("linear log");
    expect(complete(["freecurve", "curve", "law", "--as", "c"])).toBe("cauchy");
    expect(complete(["freecurve", "extrapolate", "file", "--normalisation", "b"])).toBe("by-size");
    expect(complete(["freecurve", "completion", "''"])).toBe("bash zsh fish");
    expect(complete(["freecurve", "plot", "law", "--width", "''"])).toBe("");
    for (const flag of ["-o", "--out"]) {
      expect(complete(["freecurve", "density", "law", "--certificate", "READM"])).toBe("README.md");
      expect(complete(["freecurve", "plot", "law", flag, "READM"])).toBe("README.md");
    }
    expect(complete(["freecurve", "support", "READM"])).toBe("README.md");
  });

  test("zsh and fish name every command; another shell is a mistake", async () => {
    for (const shell of ["zsh", "fish"]) {
      const { out } = await runCommand(["completion", shell]);
      for (const name of ["support", "horizon", "explain", "extrapolate"]) expect(out).toContain(name);
      expect(out).toMatch(/auto linear log/);
    }
    expect((await runCommand(["completion", "csh"])).code).toBe(2);
  });
});
