import { describe, expect, test } from "vitest";
import { runCommand, runForJson } from "./captured-run.js";

describe("moments in other forms", () => {
  test("--recurrence prints the recurrence and where it starts", async () => {
    expect((await runCommand(["moments", "mp(1)", "--recurrence"])).out).toBe(
      "(n + 2)*mu(n + 1) - (4*n + 2)*mu(n) = 0 for n >= 0\nmu(0) = 1\n",
    );
    expect(await runForJson(["moments", "mp(c)", "--recurrence", "--set", "c=2"])).toEqual({
      recurrence: {
        text: "(n + 3)*mu(n + 2) - (6*n + 9)*mu(n + 1) + n*mu(n) = 0",
        latex: "(n + 3) \\mu_{n+2} - (6 n + 9) \\mu_{n+1} + n \\mu_{n} = 0",
        index: "n",
        order: 2,
        coefficients: ["n", "-6*n - 9", "n + 3"],
        from: 0,
        given: [
          { index: 0, value: "1" },
          { index: 1, value: "1" },
        ],
      },
      guarantee: "exact",
    });
  });

  test("--differential-equation prints the homogeneous one, and one of smaller order with a right side", async () => {
    expect((await runCommand(["moments", "semicircle(1)", "--differential-equation"])).out).toBe(
      "(z^2 - 4)*m'' + z*m' - m = 0\n(z^2 - 4)*m' - z*m = 2\n",
    );
    const { differentialEquations } = await runForJson(["moments", "fussCatalan(2)", "--differential-equation"]);
    expect(differentialEquations).toEqual([
      {
        text: "(4*z^3 - 27*z^2)*m'' + (10*z^2 - 54*z)*m' + (2*z - 6)*m = 0",
        latex: "(4 z^{3} - 27 z^{2}) m'' + (10 z^{2} - 54 z) m' + (2 z - 6) m = 0",
        order: 2,
        coefficients: ["2*z - 6", "10*z^2 - 54*z", "4*z^3 - 27*z^2"],
        right: "0",
        homogeneous: true,
      },
    ]);
  });

  test("--hankel and --jacobi, and both together", async () => {
    expect(await runForJson(["moments", "mp(c)", "-n", "3", "--hankel", "--jacobi"])).toEqual({
      hankel: ["1", "c", "c^3"],
      jacobi: { a: ["1", "c + 1", "c + 1"], b: ["c", "c", "c"], terminates: false },
      guarantee: "exact",
    });
    expect((await runCommand(["moments", "atoms([[0, 1/2], [1, 1/2]])", "--jacobi"])).out).toBe(
      "a_0  1/2\na_1  1/2\nb_1  1/4\nThey end here: the Hankel determinant H_3 is 0, as for 2 point masses.\n",
    );
    expect((await runCommand(["moments", "semicircle(2)", "-n", "2", "--hankel", "--jacobi"])).out).toBe(
      "H_1  1\nH_2  2\n\na_0  0\na_1  0\nb_1  2\nb_2  2\n",
    );
  });

  test("cumulants --recurrence", async () => {
    expect((await runCommand(["cumulants", "fussCatalan(2)", "--recurrence"])).out).toBe(
      "(n + 2)*kappa(n + 1) - (4*n + 2)*kappa(n) = 0 for n >= 0\nkappa(0) = 1\n",
    );
  });

  test("many moments, and a time limit that stops them", async () => {
    const { values } = (await runForJson(["moments", "mp(1)", "-n", "300"])) as { values: string[] };
    expect(values).toHaveLength(300);
    // (2n)!/(n! (n + 1)!) for n = 300 begins and ends like this.
    let catalan = 1n;
    for (let n = 0n; n < 300n; n++) catalan = (catalan * (4n * n + 2n)) / (n + 2n);
    expect(values[299]).toBe(String(catalan));
    const stopped = await runCommand(["moments", "fussCatalan(2)", "-n", "10000", "--max-seconds", "0.000001"]);
    expect(stopped).toMatchObject({ code: 3, out: "" });
  });
});
