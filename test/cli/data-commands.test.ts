import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seededRandom } from "../../src/core/index.js";
import { fit as fitLaw } from "../../src/fit/index.js";
import { wishartEigenvalues } from "../../src/matrices/index.js";
import { fitToText } from "../../src/report/index.js";
import { parseRational, QQ, rational } from "../../src/rings/index.js";
import { runCommand, runForJson } from "./captured-run.js";

let folder = "";
const at = (name: string): string => join(folder, name);

/** The n-quantiles of the semicircle law of variance 1 at (k − 1/2)/n, by bisection of its closed distribution function. */
function semicircleQuantiles(n: number): number[] {
  const cumulative = (x: number): number =>
    0.5 + (x * Math.sqrt(4 - x * x)) / (4 * Math.PI) + Math.asin(x / 2) / Math.PI;
  return Array.from({ length: n }, (_, k) => {
    let [low, high] = [-2, 2];
    for (let i = 0; i < 60; i++) {
      const middle = (low + high) / 2;
      if (cumulative(middle) < (k + 0.5) / n) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  });
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "freecurve-data-"));
  const small = semicircleQuantiles(200);
  writeFileSync(at("small.txt"), `# eigenvalues\n${small.join("\n")}\n`);
  // A matrix twice as large has variance 2 when the small one is its corner.
  writeFileSync(
    at("large.txt"),
    semicircleQuantiles(400)
      .map((x) => x * Math.SQRT2)
      .join("\n"),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("fit", () => {
  test("saves a law that the other commands read, near the law the data come from", async () => {
    const answer = await runForJson(["fit", at("small.txt"), "-o", at("law.json")]);
    expect(answer).toMatchObject({ physical: true, size: 200, zeros: 0, guarantee: "estimate" });
    expect(answer.residual).toBeLessThan(1.25);
    const shape = (await runForJson(["support", at("law.json")])) as { intervals: { left: { value: string } }[] };
    expect(Number(shape.intervals[0]!.left.value)).toBeCloseTo(-2, 1);
    expect((await runForJson(["curve", at("law.json")])).polynomial).toBe(answer.polynomial);
    // A saved law is an operand: its variance adds to that of a semicircle, and its mean is kept.
    const [mean, variance] = (await runForJson(["cumulants", at("law.json"), "-n", "2"])).values as string[];
    const sum = `${at("law.json")} [+] semicircle(3) |> shift(2)`;
    const ending = `semicircle(3) [+] ${at("law.json")}`;
    expect((await runForJson(["cumulants", ending, "-n", "1"])).values).toEqual([mean]);
    const [moved, wider] = (await runForJson(["cumulants", sum, "-n", "2"])).values as string[];
    expect(parseRational(moved!)).toEqual(QQ.add(parseRational(mean!), rational(2n)));
    expect(parseRational(wider!)).toEqual(QQ.add(parseRational(variance!), rational(3n)));
  });

  test("says in words what it found", async () => {
    const { code, out, error } = await runCommand(["fit", at("small.txt"), "--deg-m", "2", "--deg-z", "1"]);
    expect({ code, error }).toEqual({ code: 0, error: "" });
    expect(out).toContain("degree 2 in m, 1 in z, for 200 eigenvalues");
    expect(out).toContain("is a spectrum");
  });

  test("judges no fit to a few values, and has a distance for them", async () => {
    writeFileSync(at("three.txt"), "1\n2\n3\n");
    const three = await runCommand(["fit", at("three.txt")]);
    expect(three.out).toMatch(/^verdict +fair: 3 nonzero eigenvalues are near .* a verdict needs at least 30$/m);
    // The law that is chosen is centred at 0, far from all of these: the distance is 1.
    writeFileSync(at("far.txt"), "5\n5.1\n5.2\n");
    const far = await runForJson(["fit", at("far.txt")]);
    expect(far).toMatchObject({ ks: 1, diagnosis: { verdict: "poor" } });
  });

  test("says of the spectrum of a path, which is even, that it does not flow", async () => {
    const path = Array.from({ length: 200 }, (_, k) => 2 * Math.cos((Math.PI * (k + 1)) / 201));
    writeFileSync(at("path.txt"), path.join("\n"));
    expect((await runCommand(["fit", at("path.txt")])).out).toMatch(
      /^verdict .*in no general position.*does not flow$/m,
    );
  });

  test("says why candidates with better scores were not chosen, where there are some", async () => {
    const { law, ...rest } = fitLaw(semicircleQuantiles(60));
    const text = (scores: readonly [number, "yes" | "no" | "not tested", boolean][]): string => {
      const candidates = scores.map(([score, physical, chosen]) => ({
        ...rest.candidates[0]!,
        score,
        physical,
        chosen,
      }));
      return fitToText({ law, ...rest, candidates }, 15);
    };
    expect(
      text([
        [1, "not tested", false],
        [2, "yes", true],
      ]),
    ).toMatch(/^one candidate has a better .*odds of 20 to 1/m);
    expect(
      text([
        [1, "no", false],
        [1, "not tested", false],
        [2, "yes", true],
      ]),
    ).toMatch(
      /^2 candidates have a better \(a smaller\) score than the chosen one: .*; what is no spectrum is not chosen$/m,
    );
    expect(
      text([
        [1, "yes", true],
        [2, "not tested", false],
      ]),
    ).not.toMatch(/better/);
  });

  test("shows of several matrices how well each is predicted from the others", async () => {
    const files = [1, 2, 3, 4].map((seed) => at(`gram-${seed}.txt`));
    files.forEach((file, k) => {
      writeFileSync(file, wishartEigenvalues(150, 600, seededRandom(k + 1)).join("\n"));
    });
    const { out } = await runCommand(["fit", ...files]);
    expect(out).toMatch(/^tried +degrees +numbers +residual +left out +score +spectrum *$/m);
    expect(out).toMatch(/^left out: how far each matrix is from what the others predict/m);
    expect((await runCommand(["fit", files[0]!])).out).not.toContain("left out");
    // A right law deviates by about 1 in mean square, over four times some ten modes: within 0.3 of 1 at three standard errors.
    const { candidates } = await runForJson(["fit", ...files]);
    const chosen = (candidates as { chosen: boolean; heldOut: number }[]).find((candidate) => candidate.chosen)!;
    expect(Math.abs(chosen.heldOut - 1)).toBeLessThan(0.3);
    const larger = await runForJson(["extrapolate", ...files, "--to", "300", "--no-bands"]);
    expect(larger).toMatchObject({ pooled: 4, candidates });
  });

  test("shows progress on a terminal only, and wipes it", async () => {
    const { error } = await runCommand(["fit", at("small.txt"), "--deg-m", "2", "--deg-z", "1"], { terminal: true });
    expect(error).toContain("fitting ...");
    expect(error.endsWith("\r")).toBe(true);
  });
});

describe("extrapolate", () => {
  test("answers in the fields of its interface, and writes JSON and a picture", async () => {
    const argv = [
      "extrapolate",
      at("small.txt"),
      "--to",
      "400",
      "--truth",
      at("large.txt"),
      "--second",
      at("large.txt"),
      "--below",
      "0,1",
    ];
    const answer = await runForJson([...argv, "-o", at("out.json"), "--plot", at("out.svg")]);
    expect(Object.keys(answer)).toEqual(
      expect.arrayContaining([
        "size",
        "degrees",
        "residual",
        "physical",
        "horizon",
        "support",
        "atoms",
        "quantiles",
        "outliers",
        "warnings",
      ]),
    );
    expect(answer).toMatchObject({
      size: { from: 200, to: 400 },
      physical: { fitted: true, extrapolated: true },
      normalisation: "fixed",
      assumption: { verdict: "flow", holds: true },
      agreement: { holds: true, size: { small: 200, large: 400 } },
    });
    // F(1) of the semicircle of variance 2: 1/2 + √7/(8 pi)·1 + asin(1/√8)/pi.
    const shares = (answer.answers as { name: string; value: number; band: [number, number] }[]).filter(
      ({ name }) => name === "share-below",
    );
    expect(shares.map(({ value }) => value)).toEqual([expect.closeTo(0.5, 2), expect.closeTo(0.7203, 2)]);
    for (const { value, band } of shares) {
      expect(band[0]).toBeLessThan(value + 1e-3);
      expect(band[1]).toBeGreaterThan(value - 1e-3);
    }
    expect(answer.ks as number).toBeLessThan(0.02);
    expect(answer.ksWithout as number).toBeGreaterThan(0.05);
    const quantiles = answer.quantiles as number[];
    expect(quantiles).toHaveLength(400);
    // The edges of the semicircle of variance 2.
    expect(quantiles[0]).toBeCloseTo(-2 * Math.SQRT2, 0);
    expect(JSON.parse(readFileSync(at("out.json"), "utf8"))).toEqual(answer);
    const svg = readFileSync(at("out.svg"), "utf8");
    expect(svg).toContain("predicted at 400 from 200 eigenvalues");
    expect(svg).toContain("measured at 400");
  });

  test("in plain text compares with the truth", async () => {
    const { out } = await runCommand(["extrapolate", at("small.txt"), "--to", "400", "--truth", at("large.txt")]);
    expect(out).toContain("200 to 400");
    expect(out).toMatch(/distance to the measured spectrum .* 0\.0/);
    expect(out).toContain("without extrapolation, the spectrum of size 200 itself");
    expect(out).toContain("Between the two measured spectra: The flow holds: ");
  });

  test("says that a second size denies the flow, and refuses with --strict", async () => {
    // Eigenvalues of a diagonal matrix: the spectrum does not change with the size.
    writeFileSync(at("diagonal.txt"), semicircleQuantiles(400).join("\n"));
    const argv = ["extrapolate", at("small.txt"), "--to", "800", "--second", at("diagonal.txt"), "--no-bands"];
    const { code, out } = await runCommand(argv);
    expect(code).toBe(0);
    expect(out).toMatch(/note: the two sizes deny the flow: free cumulant 2 is off by 100 %/);
    const strict = await runCommand([...argv, "--strict"]);
    expect(strict).toMatchObject({ code: 3, out: "" });
    expect(strict.error).toMatch(/free cumulant 2 is off by 100 %/);
  });
});

describe("mistakes", () => {
  test.each([
    ["a missing file", ["fit", "none.txt"], /^freecurve: cannot read "none.txt": there is no such file/],
    ["a file without numbers", ["fit", "WORDS"], /^freecurve: .*line 1/],
    ["no target size", ["extrapolate", "SMALL"], /^freecurve: required option '--to <N>' not specified/],
    ["a target size that is none", ["extrapolate", "SMALL", "--to", "many"], /^freecurve: --to must be a whole number/],
    ["half of the degrees", ["fit", "SMALL", "--deg-m", "2"], /^freecurve: --deg-m and --deg-z are given together/],
    [
      "a threshold that is none",
      ["fit", "SMALL", "--rank-threshold", "-1"],
      /^freecurve: --rank-threshold must be a number of at least 0/,
    ],
    ["a size below the number of values", ["fit", "SMALL", "--size", "10"], /^freecurve: the size must be/],
    [
      "an unknown normalisation",
      ["extrapolate", "SMALL", "--to", "400", "--normalisation", "x"],
      /^freecurve: --normalisation must be/,
    ],
    [
      "a second size alone",
      ["extrapolate", "SMALL", "--to", "400", "--second-size", "9"],
      /^freecurve: --second-size needs --second/,
    ],
    [
      "an output directory that is not there",
      ["fit", "SMALL", "-o", "/none/law.json"],
      /^freecurve: cannot write "\/none\/law.json"/,
    ],
    [
      "a demo size that is not shipped",
      ["demo", "--from", "100"],
      /^freecurve: --from must be 256, 512, 1024 or 2048, not/,
    ],
  ])("%s is exit 2 and one sentence", async (_name, argv, sentence) => {
    writeFileSync(at("words.txt"), "one\ntwo\n");
    const files: Record<string, string> = { SMALL: at("small.txt"), WORDS: at("words.txt") };
    const { code, out, error } = await runCommand(argv.map((a) => files[a] ?? a));
    expect(error).toMatch(sentence);
    expect(error.trimEnd().split("\n")).toHaveLength(1);
    expect({ code, out }).toEqual({ code: 2, out: "" });
  });
});

describe("demo", () => {
  test("predicts the shipped spectrum far better than the small one resembles it", async () => {
    const answer = await runForJson(["demo", "-o", at("demo.svg")]);
    expect(answer).toMatchObject({ size: { from: 512, to: 4096 }, file: at("demo.svg"), guarantee: "estimate" });
    expect(answer.ks as number).toBeLessThan((answer.ksWithout as number) / 10);
    const atom = answer.atom as { predicted: number; measured: number };
    // 3456 of the 4096 eigenvalues in data/digits-4096.txt are 0.
    expect(atom.measured).toBe(3456 / 4096);
    expect(Math.abs(atom.predicted - atom.measured)).toBeLessThan(0.05);
    // What is known of the prediction is said with it: these kernel matrices are not free at their small eigenvalues.
    expect(answer.agreement).toMatchObject({ holds: false, size: { small: 512, large: 4096 } });
    expect(existsSync(at("demo.svg"))).toBe(true);
  });
});
