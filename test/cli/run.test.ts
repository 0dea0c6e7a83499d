import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reportFailure } from "../../src/cli/exit.js";
import { InternalError, LimitError } from "../../src/core/index.js";
import { runCommand, runForJson } from "./captured-run.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "freecurve-run-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the shape of a law", () => {
  test("curve prints the canonical polynomial, degrees and parameters", async () => {
    expect(await runForJson(["curve", "mp(c)"])).toEqual({
      polynomial: "c*m^2*z + m*z + c*m - m + 1",
      degZ: 1,
      degM: 2,
      parameters: ["c"],
      guarantee: "exact",
    });
    const text = await runCommand(["curve", "semicircle(v)", "--set", "v=2"]);
    expect(text).toMatchObject({ code: 0, error: "" });
    expect(text.out.split("\n")[0]).toBe("2*m^2 + m*z + 1 = 0");
  });

  test("curve --as prints the equation of another transform, with its convention", async () => {
    expect(await runForJson(["curve", "mp(c)", "--as", "r"])).toEqual({
      polynomial: "c*r*s - r + 1", // r = 1/(1 - c s)
      argument: "s",
      value: "r",
      convention: expect.stringContaining("kappa_n"),
      parameters: ["c"],
      guarantee: "exact",
    });
    expect((await runCommand(["curve", "mp(c)", "--as", "s"])).out.split("\n")[0]).toBe("c*s*y + s - 1 = 0");
    const wrong = await runCommand(["curve", "mp(c)", "--as", "x"]);
    expect(wrong.code).toBe(2);
    expect(wrong.error).toContain('--as must be stieltjes, cauchy, r, s, moment or eta, not "x"');
  });

  test("support has exact edges, exponents, masses and atoms", async () => {
    // mp(4): edges (1 ± 2)² = 1 and 9, atom 1 − 1/4 at 0.
    const answer = await runForJson(["support", "mp(4)"]);
    const rational = (value: string, minimalPolynomial: string): object => ({
      value,
      interval: [value, value],
      minimalPolynomial,
      radicals: value,
    });
    expect(answer).toEqual({
      intervals: [
        {
          left: rational("1", "x - 1"),
          right: rational("9", "x - 9"),
          leftExponent: "1/2",
          rightExponent: "1/2",
          mass: expect.closeTo(0.25, 10),
        },
      ],
      atoms: [{ at: rational("0", "x"), weight: rational("3/4", "4*x - 3") }],
      cusps: [],
      guarantee: "exact",
    });
  });

  test("an irrational edge has its minimal polynomial, an interval as narrow as the digits, and radicals", async () => {
    const answer = (await runForJson(["support", "mp(1/2)", "--digits", "40"])) as {
      intervals: { left: { value: string; interval: [string, string]; minimalPolynomial: string; radicals: string } }[];
    };
    const { left } = answer.intervals[0]!;
    // (1 − sqrt(1/2))² = 3/2 − sqrt(2), from the published decimals 1.41421356237309504880168872420969807856967187537… of sqrt(2).
    expect(left.value).toBe("0.08578643762690495119831127579030192143033");
    expect(left.minimalPolynomial).toBe("4*x^2 - 12*x + 1");
    expect(left.radicals).toMatch(/sqrt\(2\)/);
    const ends = left.interval.map((text) => {
      const [num, den = "1"] = text.split("/");
      return { num: BigInt(num!), den: BigInt(den) };
    });
    const width = ends[1]!.num * ends[0]!.den - ends[0]!.num * ends[1]!.den;
    expect(width * 10n ** 40n).toBeLessThan(ends[0]!.den * ends[1]!.den);
    expect(width).toBeGreaterThan(0n);
  });

  test("support in plain text names edges, exponents, masses and atoms", async () => {
    const { code, out } = await runCommand(["support", "compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]])"]);
    expect(code).toBe(0);
    expect(out).toContain("interval 2 of 2");
    expect(out).toContain("1.00551815966894");
    expect(out).toContain("exponent 1/2");
    expect(out).toMatch(/atom at 0 +weight 9\/10/);
  });

  test("branch-points lists the real ones exactly and the others with their sheet", async () => {
    const answer = await runForJson(["branch-points", "semicircle(1)"]);
    expect(answer).toMatchObject({
      real: [{ value: "-2" }, { value: "2" }],
      complex: [],
      guarantee: expect.any(String),
    });
  });

  test("horizon gives tau* with its reason", async () => {
    expect(await runForJson(["horizon", "kestenMcKay(4)"])).toMatchObject({
      tau: { value: "4" },
      reason: expect.stringContaining("2 atoms"),
      guarantee: "exact",
    });
    expect(await runForJson(["horizon", "mp(1/2)"])).toMatchObject({ tau: "infinity" });
  });
});

describe("values", () => {
  test("moments and cumulants are exact, with or without parameters", async () => {
    expect(await runForJson(["moments", "semicircle(1)", "-n", "6"])).toEqual({
      values: ["0", "1", "0", "2", "0", "5"],
      guarantee: "exact",
    });
    expect(await runForJson(["cumulants", "mp(c)", "-n", "3"])).toMatchObject({ values: ["1", "c", "c^2"] });
    expect((await runCommand(["moments", "mp(c)", "-n", "2"])).out).toBe("mu_1  1\nmu_2  c + 1\n");
  });

  test("density at points and on a grid", async () => {
    const at = (await runForJson(["density", "semicircle(1)", "--at", "0,1,3"])) as { x: number[]; density: number[] };
    expect(at.x).toEqual([0, 1, 3]);
    expect(at.density[0]).toBeCloseTo(1 / Math.PI, 13);
    expect(at.density[1]).toBeCloseTo(Math.sqrt(3) / (2 * Math.PI), 13);
    expect(at.density[2]).toBe(0);
    const onGrid = (await runForJson(["density", "semicircle(1)", "--grid", "-1:1:3"])) as { x: number[] };
    expect(onGrid.x).toEqual([-1, 0, 1]);
  });

  test("more digits than a double has are decimal texts", async () => {
    const answer = await runForJson(["density", "semicircle(1)", "--at", "0", "--digits", "30"]);
    // 1/pi
    expect(answer).toEqual({
      x: ["0"],
      density: ["0.318309886183790671537767526745"],
      certified: true,
      guarantee: "certified",
    });
  });
});

describe("where the law comes from", () => {
  test("standard input", async () => {
    const answer = await runForJson(["curve", "-"], { input: "semicircle(1)\n" });
    expect(answer.polynomial).toBe("m^2 + m*z + 1");
    expect(await runCommand(["curve", "-"])).toMatchObject({
      code: 2,
      error: expect.stringContaining("standard input is empty"),
    });
  });

  test("a saved law, with values for its parameters", async () => {
    const path = join(folder, "law.json");
    const saved = {
      format: "freecurve-law",
      version: 1,
      law: "mp(c)",
      curve: "c*m^2*z + m*z + c*m - m + 1",
      parameters: ["c"],
    };
    writeFileSync(path, JSON.stringify(saved));
    expect(await runForJson(["curve", path])).toMatchObject({ polynomial: saved.curve });
    expect(await runForJson(["curve", path, "--set", "c=2"])).toMatchObject({ polynomial: "2*m^2*z + m*z + m + 1" });
    expect(await runForJson(["curve", "-"], { input: JSON.stringify(saved) })).toMatchObject({
      polynomial: saved.curve,
    });
    const wrong = await runCommand(["curve", path, "--set", "d=2"]);
    expect(wrong).toMatchObject({ code: 2, out: "" });
    expect(wrong.error).toContain("no parameter d");
  });

  test.each([
    ["not json", "{", "it is not JSON"],
    ["another format", "{}", "freecurve-law"],
    ["a newer version", '{"format":"freecurve-law","version":2}', "reads version 1"],
    ["a damaged one", '{"format":"freecurve-law","version":1,"law":3}', "must be text"],
    ["a contradiction", '{"format":"freecurve-law","version":1,"law":"mp(c)","curve":"m"}', "contradicts itself"],
  ])("a saved law that is %s is refused in one sentence", async (_name, text, sentence) => {
    const path = join(folder, "broken.json");
    writeFileSync(path, text);
    const { code, out, error } = await runCommand(["curve", path]);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(error).toMatch(/^freecurve: /);
    expect(error).toContain(sentence);
  });
});

describe("a user's mistake is exit 2 and one plain sentence", () => {
  test.each([
    ["no law", ["curve"], /^freecurve: no law was given/],
    ["an empty law", ["curve", " "], /^freecurve: the law is empty/],
    ["an unknown command", ["crve", "mp(1)"], /^freecurve: unknown command 'crve'; did you mean curve\?/],
    [
      "a command under another name",
      ["cdf", "mp(1)"],
      /^freecurve: unknown command 'cdf'; did you mean distribution\?/,
    ],
    ["a command that is none", ["free", "mp(1)"], /^freecurve: unknown command 'free'; freecurve --help lists them/],
    ["a shell that is none", ["completion", "csh"], /^freecurve: the shell must be bash, zsh or fish, not "csh"/],
    ["an unknown option", ["curve", "mp(1)", "--jsn"], /^freecurve: unknown option '--jsn'; did you mean --json\?/],
    ["too many arguments", ["curve", "mp(1)", "mp(2)"], /^freecurve: too many arguments/],
    [
      "digits out of range",
      ["support", "mp(1)", "--digits", "0"],
      /^freecurve: --digits must be a whole number from 1 to 10000/,
    ],
    ["digits that are none", ["support", "mp(1)", "--digits", "ten"], /^freecurve: --digits must be a whole number/],
    ["a parameter that is not there", ["curve", "mp(1)", "--set", "c=1"], /^freecurve: .*no parameter c/],
    ["a parameter left over", ["support", "mp(c)"], /^freecurve: .*give c a value.*--set c=1\/2/],
    ["no points", ["stieltjes", "mp(1)"], /^freecurve: stieltjes needs its points/],
    ["points twice", ["density", "mp(1)", "--at", "1", "--grid", "0:1:2"], /^freecurve: density takes --at or --grid/],
    [
      "a missing file",
      ["curve", "/none/law.json"],
      /^freecurve: cannot read "\/none\/law.json": there is no such file/,
    ],
    [
      "a picture under the name of another format",
      ["demo", "-o", "/tmp/a.png"],
      /^freecurve: pictures are written as SVG; .*not "\/tmp\/a.png"/,
    ],
    [
      "the same of an extrapolation",
      ["extrapolate", "/none/e.txt", "--to", "9", "--plot", "a.pdf"],
      /^freecurve: pictures are written as SVG; .*not "a.pdf"/,
    ],
    ["no output file", ["plot", "mp(1)"], /^freecurve: required option '-o, --out <FILE.svg>' not specified/],
    [
      "no directory",
      ["plot", "mp(1)", "-o", "/none/a.svg"],
      /^freecurve: cannot write "\/none\/a.svg": the directory does not exist/,
    ],
    [
      "a wrong scale",
      ["plot", "mp(1)", "-o", "/tmp/a.svg", "--x-scale", "cubic"],
      /^freecurve: --x-scale must be auto, linear or log/,
    ],
    ["a number of moments", ["moments", "mp(1)", "-n", "0"], /^freecurve: -n must be a whole number from 1/],
  ])("%s", async (_name, argv, sentence) => {
    const { code, out, error } = await runCommand(argv);
    expect(error).toMatch(sentence);
    expect(error.trimEnd().split("\n")).toHaveLength(1);
    expect({ code, out }).toEqual({ code: 2, out: "" });
  });

  test("in the input language, with line, column and a caret", async () => {
    const { code, error } = await runCommand(["curve", "semicircl(1)"]);
    expect(code).toBe(2);
    expect(error).toMatch(/^freecurve: .*semicircle/);
    expect(error).toContain("line 1, column 1");
    expect(error).toContain("^^^^^^^^^");
  });
});

describe("other ends", () => {
  const io = (signal?: AbortSignal) => {
    let text = "";
    return {
      io: {
        writeOut: () => {},
        writeError: (s: string) => {
          text += s;
        },
        readInput: async () => "",
        errorIsTerminal: false,
        signal,
      },
      said: () => text,
    };
  };

  test("a limit is exit 3 and its own sentence", () => {
    const { io: limited, said } = io();
    expect(reportFailure(new LimitError("the limit of 5 was reached; raise `limit`"), limited)).toBe(3);
    expect(said()).toBe("freecurve: the limit of 5 was reached; raise `limit`\n");
  });

  test("--max-seconds ends a long computation with exit 3", async () => {
    const answer = await runCommand(["events", "fussCatalan(3)", "--max-seconds", "1e-9"]);
    expect(answer).toMatchObject({ code: 3, out: "" });
    expect(answer.error).toMatch(
      /^freecurve: the time limit of 1e-9 s was reached while [^;]+; raise `seconds`.*--max-seconds/,
    );
    expect(await runCommand(["events", "fussCatalan(3)", "--max-seconds", "-1"])).toMatchObject({
      code: 2,
      error: 'freecurve: --max-seconds must be a positive number, not "-1"\n',
    });
  });

  test("a defect is exit 1 and asks for a report", () => {
    for (const error of [new InternalError("odd"), new TypeError("x is not a function"), "text"]) {
      const { io: broken, said } = io();
      expect(reportFailure(error, broken)).toBe(1);
      expect(said()).toContain("please report it");
    }
  });

  test("an interruption is exit 130, a closed pipe is none", () => {
    const { io: aborted, said } = io(AbortSignal.abort());
    expect(reportFailure(new LimitError("cancelled while tracking"), aborted)).toBe(130);
    expect(said()).toBe("freecurve: interrupted\n");
    expect(reportFailure(Object.assign(new Error("write EPIPE"), { code: "EPIPE" }), io().io)).toBe(0);
  });
});

describe("help", () => {
  const commands = [
    "curve",
    "support",
    "branch-points",
    "density",
    "moments",
    "cumulants",
    "plot",
    "fit",
    "extrapolate",
    "demo",
    "horizon",
    "is-spectrum",
    "phases",
  ];

  test("lists the commands, the laws and the exit codes; --version the version", async () => {
    const { code, out } = await runCommand(["--help"]);
    expect(code).toBe(0);
    for (const name of [...commands, "mp(c)", "decompress(L, tau)", "Exit codes"]) expect(out).toContain(name);
    expect((await runCommand([])).out).toBe(out);
    expect((await runCommand(["--version"])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test("is also a command", async () => {
    const { code, out } = await runCommand(["help", "curve"]);
    expect(code).toBe(0);
    expect(out).toBe((await runCommand(["curve", "--help"])).out);
  });

  test.each(commands)("of %s has an example and the defaults", async (name) => {
    const { code, out, error } = await runCommand([name, "--help"]);
    expect({ code, error }).toEqual({ code: 0, error: "" });
    expect(out).toContain(`Example: freecurve ${name}`);
    expect(out).toContain("--json");
    expect(out).toContain('(default: "15")');
    expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(140);
  });
});

describe("plot", () => {
  test("writes a whole file, says where on standard error, and leaves nothing else", async () => {
    const path = join(folder, "mp.svg");
    const { code, out, error } = await runCommand(["plot", "mp(4)", "-o", path]);
    expect({ code, out, error }).toEqual({ code: 0, out: "", error: `freecurve: wrote ${path}\n` });
    const svg = readFileSync(path, "utf8");
    expect(svg).toMatch(/^<svg .*<\/svg>\n$/s);
    expect(svg).toContain(">mp(4)<");
    expect(svg).toContain('class="atom"');
    expect(readdirSync(folder).filter((name) => name.includes(".part"))).toEqual([]);
  });

  test("writes nothing when the law cannot be drawn", async () => {
    const path = join(folder, "none.svg");
    expect((await runCommand(["plot", "mp(c)", "-o", path])).code).toBe(2);
    expect(existsSync(path)).toBe(false);
  });
});
