import { describe, expect, test } from "vitest";
import { runCommand, runForJson } from "./captured-run.js";

describe("ridge", () => {
  test("errors at penalties and at several ratios, with the limit of small penalties", async () => {
    const answer = await runForJson(["ridge", "atoms([[1, 1]])", "--ratio", "1/2,1", "--lambda", "0,1/2"]);
    expect(answer).toMatchObject({ optimal: [], curve: null, guarantee: "certified" });
    const values = answer.values as Record<string, unknown>[];
    expect(values.map(({ ratio, lambda }) => [ratio, lambda])).toEqual([
      [0.5, 0],
      [0.5, 0.5],
      [1, 0],
      [1, 0.5],
    ]);
    // κ² = 1/2; c/(1 − c) = 1
    expect(values[1]).toMatchObject({
      kappa: expect.closeTo(Math.SQRT1_2, 14),
      companionTrace: expect.closeTo(Math.SQRT2, 13),
    });
    expect(values[0]).toMatchObject({ kappa: 0, bias: 0, variance: 1, testError: 2, trainingError: 0.5 });
    expect(values[2]).toMatchObject({ variance: "infinity", bias: 0 });
    const { out } = await runCommand([
      "ridge",
      "atoms([[1, 1]])",
      "--ratio",
      "1/2",
      "--lambda",
      "1/2",
      "--digits",
      "5",
    ]);
    expect(out).toBe(
      "ratio  lambda  kappa    df1      df2      bias     variance  test error  training error  gcv\n" +
        "1/2    1/2     0.70711  0.58579  0.34315  0.20711  0.20711   1.4142      0.70711         1.4142\n",
    );
  });

  test("the optimal penalty, a number or a formula, and curves", async () => {
    const symbolic = await runForJson([
      ...["ridge", "mp(a)", "--ratio", "c", "--noise", "s", "--optimal", "--curve", "companion-trace"],
      ...["--set", "c=1/2", "--set", "a=1/2"],
    ]);
    expect(symbolic).toMatchObject({
      optimal: [{ lambda: { symbolic: "1/2*s", condition: null } }],
      curve: { argument: "lambda", value: "q" },
      guarantee: "exact",
    });
    const argv = ["ridge", "atoms([[1, 1/2], [4, 1/2]])", "--ratio", "1/2", "--optimal", "--digits", "8"];
    // κ/c, with κ = 0.7702453… from the fixed point
    expect((await runCommand(argv)).out).toBe("ratio 1/2: optimal lambda 1/2, test error 1.5404907\n");
    const { optimal } = await runForJson([...argv, "--alignment", "x"]);
    expect(optimal).toMatchObject([{ lambda: { value: expect.stringMatching(/^0\.\d+$/), radicals: null } }]);
  });

  test("mistakes", async () => {
    for (const [argv, sentence] of [
      [["ridge", "mp(1)", "--ratio", "1"], /needs a question/],
      [["ridge", "mp(1)", "--lambda", "1"], /--ratio/],
      [["ridge", "mp(1)", "--ratio", "0", "--lambda", "1"], /ratio must be positive/],
      [["ridge", "mp(1)", "--ratio", "1", "--lambda", "-1"], /--lambda must not be negative/],
      [["ridge", "mp(1)", "--ratio", "1", "--curve", "tests"], /no quantity "tests".*test-error/],
      [["ridge", "mp(1)", "--ratio", "1,2", "--curve", "df1"], /takes one ratio/],
      [["ridge", "mp(1)", "--ratio", "c", "--lambda", "1"], /free parameter c/],
      [["ridge", "mp(1)", "--ratio", "1", "--lambda", "1", "--set", "b=1"], /no parameter b/],
    ] as const) {
      const { code, error } = await runCommand(argv);
      expect(code).toBe(2);
      expect(error).toMatch(sentence);
    }
  });
});
