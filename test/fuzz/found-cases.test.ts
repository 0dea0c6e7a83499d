import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Budget, BudgetError, createBudget } from "../../src/core/index.js";
import { readSavedLaw } from "../../src/report/index.js";
import { divideExact, multiplyWithin, type Polynomial, parsePolynomial } from "../../src/sparse/index.js";
import { runCommand, runForJson } from "../cli/captured-run.js";

// What fuzzing found: the commands that broke a rule, and what they say now.

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "freecurve-found-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  // The name of what is eliminated was taken for the parameter, and the parameter was lost.
  [["curve", "fussCatalan(2) [+] scale(fussCatalan(2), z1_)"], "z1_ cannot be a parameter"],
  [["curve", "fussCatalan(2) [*] scale(bures(), y_)"], "y_ cannot be a parameter"],
  [["curve", "square(shift(semicircle(v), r_))"], "r_ cannot be a parameter"],
  [["curve", 'curve("a_*m^2 + z*m + 1")'], "a_ cannot be a parameter"],
  // This one went into the prototype of the values, and nobody noticed.
  [["curve", "mp(c)", "--set", "__proto__=1"], "__proto__ cannot be a parameter"],
  // The moments of a law without parameters had one.
  [["support", 'curve("m^2 + z*m + 1", [pi])'], "the given moments contain pi"],
  // commander answers these with the whole help, as an error.
  [["help", "suport"], "unknown command 'suport'; did you mean support?"],
  [["help", "-"], "unknown command '-'"],
  [["help", "--", "-n"], "unknown command '-n'"],
  [["curve", "multiplicativePower(semicircle(1), 2)"], "multiplicativePower(law, s) needs a positive law"],
])("%j is refused in one sentence", async (argv, sentence) => {
  const { code, out, error } = await runCommand(argv);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(error.startsWith(`freecurve: ${sentence}`)).toBe(true);
});

test("a parameter may have the name of a property of every object", async () => {
  const { polynomial } = await runForJson(["curve", 'curve("constructor*m^2 + z*m + 1")', "--set", "constructor=1/2"]);
  expect(polynomial).toBe("m^2 + 2*m*z + 2"); // semicircle(1/2)
  const named = await runForJson(["curve", "mp(toString)"]);
  expect(named.parameters).toEqual(["toString"]);
});

test.each([[["--"]], [["help", "--"]], [["help", "help", "x"]]])("%j prints the help", async (argv) => {
  const { code, out, error } = await runCommand(argv);
  expect({ code, error }).toEqual({ code: 0, error: "" });
  expect(out).toContain("Commands:");
});

// The derivation took a negative density for a defect of the program.
test("a law whose density is negative has a derivation that says so", async () => {
  const { code, out, error } = await runCommand(["explain", "deform(arcsine(1/4, 2), 3/2, 1/4)"]);
  expect({ code, error }).toEqual({ code: 0, error: "" });
  expect(out).toMatch(/density -\d[^\n]*: no spectrum/);
});

test("a saved law without a version is refused", async () => {
  const path = join(folder, "law.json");
  writeFileSync(path, '{"format": "freecurve-law", "law": "mp(1)", "curve": "m^2*z + m*z + 1"}');
  const { code, error } = await runCommand(["curve", path]);
  expect({ code, error }).toEqual({
    code: 2,
    error: `freecurve: ${path} has no version; this program reads version 1\n`,
  });
});

test("a density below the smallest double keeps its digits", async () => {
  // For gamma = kappa = 1 the density is like x·exp(−x) far out, and exp(−1000) is about 5.08e-435.
  const { density, guarantee } = await runForJson(["high-temperature", "1", "1", "--at", "0,1000"]);
  expect(density).toEqual(["infinity", "5.06580188339462e-432"]);
  expect(guarantee).toBe("certified");
});

/** Commands that went on far beyond their time limit, by what they did then. */
const overruns: readonly (readonly [why: string, argv: readonly string[]])[] = [
  [
    "one product of two polynomials with thousands of terms",
    [
      "stieltjes",
      "(multiplicativePower(sampleCovariance(ridgeHat(1, t), 1/3), 3)) |> freeDifference(mix(1/2, deformedWigner(2/3, [[3, 1/4], [3, 1/4], [pi, 1/2]]), tetilla()))",
      "--at",
      "0",
    ],
  ],
  [
    "a curve with a parameter for every atom",
    ["curve", `compoundFreePoisson(w, [${[..."abcdfghijkln"].map((name) => `[${name}, 1/12]`).join(", ")}])`],
  ],
  ["moments with parameters", ["moments", "deformedWigner(v, [[a, 1/2], [b, 1/2]]) [+] mp(c)", "-n", "30"]],
  ["free cumulants with parameters", ["cumulants", "silverstein(c, [[a, 1/4], [b, 3/4]])", "-n", "60"]],
  ["the moments at high temperature", ["high-temperature", "g", "k", "--moments", "300"]],
  ["a dense matrix of size 3000", ["sample", "bures()", "-n", "3000"]],
  ["a Markov chain", ["sample", "monomialPotential(10)", "-n", "50000"]],
];

test.each(overruns)("%s ends at the time limit, in one sentence", async (_why, argv) => {
  const { code, out, error } = await runCommand([...argv, "--max-seconds", "0.3"]);
  // Without the limit these take from five seconds to some minutes.
  expect({ code, out }).toEqual({ code: 3, out: "" });
  expect(error).toMatch(/^freecurve: the time limit of 0\.3 s was reached while [^\n]+\n$/);
});

test("a product of polynomials that takes long looks at its budget on the way", () => {
  const dense = (seed: number): Polynomial =>
    parsePolynomial(
      Array.from({ length: 400 }, (_, k) => `${seed + k}*x^${k % 20}*y^${Math.floor(k / 20)}`).join(" + "),
    );
  let looks = 0;
  const counting: Budget = {
    signal: undefined,
    spend() {
      looks++;
    },
  };
  const product = multiplyWithin(dense(1), dense(2), counting, "multiplying");
  // 160 000 products of coefficients; x = y = 1 gives the product of the sums 1 + … + 400 and 2 + … + 401.
  expect(looks).toBeGreaterThanOrEqual(3);
  expect(product.terms.reduce((sum, { coefficient }) => sum + coefficient, 0n)).toBe(80_200n * 80_600n);
  looks = 0;
  expect(divideExact(product, dense(2), counting)).toEqual(dense(1));
  expect(looks).toBeGreaterThanOrEqual(3);
});

test.each([
  ["support", "monomialPotential(100)"],
  ["support", "raney(7/3, 2/5)"],
  ["density", "wachter(3/2, 1e-20)"],
])("the sheets of %s %s are followed within the time limit", async (command, law) => {
  const { code, error } = await runCommand([
    command,
    law,
    ...(command === "density" ? ["--at", "0"] : []),
    "--max-seconds",
    "0.3",
  ]);
  // Without the limit these take from ten seconds to more than a minute.
  expect(code).toBe(3);
  expect(error).toMatch(/^freecurve: the time limit of 0\.3 s was reached while /);
});

test("the law of a saved file is read within the budget", () => {
  const law = "freeSum(fussCatalan(3), bures())";
  const text = JSON.stringify({ format: "freecurve-law", version: 1, law, curve: "m*z + 1" });
  expect(() => readSavedLaw(text, "law.json", createBudget({ limit: 1 }))).toThrow(BudgetError);
});
