import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seededRandom } from "../../src/core/index.js";
import { gaussianMatrix, gram, wishartEigenvalues } from "../../src/matrices/index.js";
import { runCommand, runForJson } from "./captured-run.js";

let folder = "";
const at = (name: string): string => join(folder, name);
const shipped = (n: number): string => new URL(`../../data/digits-${n}.txt`, import.meta.url).pathname;

function writeMatrix(name: string, entries: Float64Array, columns: number): void {
  const rows = Array.from({ length: entries.length / columns }, (_, i) =>
    Array.from(entries.subarray(i * columns, (i + 1) * columns)).join(","),
  );
  writeFileSync(at(name), `${rows.join("\n")}\n`);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "freecurve-measured-"));
  const random = seededRandom(8);
  const wide = gaussianMatrix(60, 120, random);
  writeMatrix("wide.csv", wide.entries, 120);
  writeMatrix("gram.csv", gram(wide).entries, 60);
  writeMatrix(
    "diagonal.csv",
    Float64Array.from({ length: 3600 }, (_, k) => (k % 61 === 0 ? 1 + ((k / 61) % 5) : 0)),
    60,
  );
  const skew = Float64Array.from({ length: 9 }, (_, k) => k);
  writeMatrix("skew.csv", skew, 3);
  [1, 2].forEach((k) => {
    writeFileSync(at(`part-${k}.txt`), wishartEigenvalues(100, 400, random).join("\n"));
  });
  writeFileSync(at("whole.txt"), wishartEigenvalues(200, 400, random).join("\n"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("fit", () => {
  test("pools files of one size, or says why not", async () => {
    const degrees = ["--deg-m", "2", "--deg-z", "1"];
    const one = await runForJson(["fit", at("part-1.txt"), ...degrees]);
    const two = await runForJson(["fit", at("part-1.txt"), at("part-2.txt"), ...degrees]);
    expect(two).toMatchObject({ size: 100, pooled: 2, degrees: { m: 2, z: 1 } });
    expect(two.polynomial).not.toBe(one.polynomial);
    const { code, error } = await runCommand(["fit", at("part-1.txt"), at("whole.txt")]);
    expect(error).toMatch(/part-1\.txt holds 100 eigenvalues and .*whole\.txt 200; .* \(on the command line --size\)/);
    expect(code).toBe(2);
  });

  test("reads a symmetric matrix", async () => {
    expect(await runForJson(["fit", at("gram.csv"), "--deg-m", "2", "--deg-z", "1"])).toMatchObject({ size: 60 });
  });
});

describe("check", () => {
  test("denies the shipped digits, and says what holds and what fails", async () => {
    const answer = await runForJson(["check", shipped(256), shipped(512)]);
    expect(answer).toMatchObject({
      holds: false,
      size: { small: 256, large: 512 },
      verdict: "flow",
      guarantee: "estimate",
      spectrum: { rank: { found: 256, predicted: 256 } },
    });
    const { code, out } = await runCommand(["check", shipped(256), shipped(512)]);
    expect(code).toBe(0);
    expect(out).toMatch(/order +found +predicted +difference/);
    expect(out).toMatch(/largest difference, smoothed +3\.\d* %/);
    expect(out).toContain("The flow does not hold: freeness fails at the small eigenvalues, ");
    expect(out).toContain("What the large eigenvalues rule still holds: ");
    const near = await runForJson(["check", shipped(256), shipped(512), "--distance", "0.1"]);
    expect(near).toMatchObject({ holds: true });
    expect(near.reason).toMatch(/an extrapolation inherits errors of that size/);
  });

  test("pools files of one size", async () => {
    const answer = await runForJson(["check", at("part-1.txt"), at("whole.txt"), at("part-2.txt")]);
    expect(answer).toMatchObject({ holds: true, size: { small: 100, large: 200 } });
  });

  test("compares a matrix with its submatrices", async () => {
    const good = await runForJson(["check", at("gram.csv"), "--sizes", "20,30"]);
    expect(good).toMatchObject({ holds: true, size: 60, submatrices: [{ size: 20 }, { size: 30 }] });
    const bad = await runCommand(["check", at("diagonal.csv")]);
    expect(bad.code).toBe(0);
    expect(bad.out).toContain("The flow does not hold: ");
  });

  test.each([
    [["whole.txt"], /holds the eigenvalues of one size; give a second size, or the symmetric matrix itself/],
    [["part-1.txt", "part-2.txt"], /two sizes are compared, and the files have one: 100/],
    [["part-1.txt", "whole.txt", "gram.csv"], /the files have 3: 100, 200, 60/],
    [["skew.csv"], /skew\.csv is not symmetric: row 3, column 1 is 6, row 1, column 3 is 2/],
    [
      ["gram.csv", "whole.txt", "--max-matrix", "50"],
      /is a 60 x 60 matrix, whose eigenvalues would take about .* --max-matrix/,
    ],
    [["part-1.txt", "whole.txt", "--size", "100"], /--size needs one size for each of the 2 files, not 1/],
    [["part-1.txt", "whole.txt", "--size", "90,200"], /holds 100 eigenvalues, more than the size 90/],
    [["part-1.txt", "whole.txt", "--design", "odd"], /--design must be nested, independent or unknown, not "odd"/],
  ])("refuses %j plainly", async (argv, message) => {
    const names = argv.map((word) => (/\.(txt|csv)$/.test(word) ? at(word) : word));
    const { code, error } = await runCommand(["check", ...names]);
    expect(error).toMatch(message);
    expect(code).toBe(2);
  });
});

describe("weights", () => {
  test("calls a Gaussian matrix random-like, from the matrix or from its eigenvalues", async () => {
    const options = ["--no-high-temperature", "--level", "0.001", "--resamples", "10"];
    const answer = await runForJson(["weights", at("wide.csv"), ...options]);
    expect(answer).toMatchObject({
      verdict: "random-like",
      p: 60,
      n: 120,
      ratio: 0.5,
      spikes: [],
      guarantee: "estimate",
    });
    expect(Math.abs((answer.variance as number) - 1)).toBeLessThan(0.15);
    const list = await runCommand(["weights", at("whole.txt"), "--ratio", "1/2", ...options]);
    expect(list.code).toBe(0);
    expect(list.out).toContain("Verdict: random-like; ");
  });

  test("puts the high-temperature law beside the bulk", async () => {
    const answer = await runForJson(["weights", at("wide.csv"), "--resamples", "10"]);
    expect((answer.laws as { name: string }[]).map((law) => law.name)).toEqual([
      "Marchenko-Pastur",
      "high-temperature Marchenko-Pastur",
    ]);
  });

  test.each([
    [["whole.txt"], /give --ratio, the shorter over the longer side/],
    [["whole.txt", "--ratio", "2"], /at most 1, not 2/],
    [["wide.csv", "--ratio", "1/2"], /--ratio is for a list of eigenvalues/],
    [["wide.csv", "--level", "0.1"], /--level must be 0.05, 0.01 or 0.001, not "0.1"/],
    [["wide.csv", "--max-matrix", "20"], /the limit of its shorter side is 20; raise --max-matrix/],
  ])("refuses %j plainly", async ([name, ...rest], message) => {
    const { code, error } = await runCommand(["weights", at(name!), ...rest]);
    expect(error).toMatch(message);
    expect(code).toBe(2);
  });
});

describe("scaling", () => {
  test("gives exponents and a learning curve of a power law", async () => {
    const answer = await runForJson([
      "scaling",
      "--power-law",
      "1.5,1.8",
      "--modes",
      "3000",
      "--times",
      "0:2:3",
      "--keep",
      "10",
    ]);
    expect(answer).toMatchObject({
      modes: 3000,
      exponents: { a: { value: expect.closeTo(1.5, 2) }, b: { value: expect.closeTo(1.8, 2) } },
      curve: [{ time: 1 }, { time: 10 }, { time: 100 }],
      changed: { modes: 10 },
    });
    // Σ k^−1.8 exp(−2 k^−1.5) at t = 1.
    const expected = Array.from({ length: 3000 }, (_, k) => (k + 1) ** -1.8 * Math.exp(-2 * (k + 1) ** -1.5));
    expect((answer.curve as { loss: number }[])[0]!.loss).toBeCloseTo(
      expected.reduce((sum, value) => sum + value, 0),
      12,
    );
  });

  test("reads eigenvalues with the target's coefficients", async () => {
    const n = 200;
    writeFileSync(at("kernel.txt"), Array.from({ length: n }, (_, k) => (k + 1) ** -1.2).join("\n"));
    writeFileSync(at("target.txt"), Array.from({ length: n }, (_, k) => (k + 1) ** -0.4).join("\n"));
    const argv = ["scaling", at("kernel.txt"), "--target", at("target.txt"), "--first", "2", "--last", "150"];
    const { exponents } = (await runForJson(argv)) as { exponents: Record<string, { value: number }> };
    expect(exponents.b!.value).toBeCloseTo(2, 1);
    expect(exponents.learning!.value).toBeCloseTo(1 / 1.2, 1);
    const { out } = await runCommand([...argv, "--rate", "0.5", "--step", "0.001"]);
    expect(out).toMatch(/modes learned +share of the tail +loss when changed/);
  });

  test("extrapolates log-determinants of nested sizes", async () => {
    const files = [50, 100, 150, 200].map((size) => {
      // Eigenvalues whose product is (size!)^−1 e^size.
      const name = at(`nested-${size}.txt`);
      writeFileSync(name, Array.from({ length: size }, (_, k) => Math.E / (k + 1)).join("\n"));
      return name;
    });
    const answer = await runForJson(["scaling", ...files, "--to", "1000"]);
    expect(answer).toMatchObject({ sizes: [50, 100, 150, 200], nu: { value: expect.closeTo(-1, 8) } });
    expect((await runCommand(["scaling", ...files, "--to", "1000"])).out).toContain("pdet(K_n)/pdet(K_(n-1))");
  });

  test.each([
    [[], /one spectrum is needed/],
    [["a", "b"], /give --to N/],
    [["--power-law", "1"], /must look like a,b/],
    [["--power-law", "1,1"], /b of the losses must be above 1/],
    [["--power-law", "1,2", "--rate", "3"], /the rate must stay below 2/],
    [["--power-law", "1,2", "--noise", "1", "--step", "1"], /exclude each other/],
  ])("refuses %j plainly", async (argv, message) => {
    const { code, error } = await runCommand(["scaling", ...argv]);
    expect(error).toMatch(message);
    expect(code).toBe(2);
  });
});
