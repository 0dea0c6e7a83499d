import { describe, expect, test } from "vitest";
import { runCommand, runForJson } from "./captured-run.js";

describe("freecurve distribution", () => {
  test("F and 1 − F, atoms in full, as numbers or as texts of more digits", async () => {
    // PARI/GP: 3/4 and the integral of √((x − 1)(9 − x))/(8 pi x) from 1 to 3
    expect(await runForJson(["distribution", "mp(4)", "--at", "-1,0,3,9"])).toEqual({
      x: [-1, 0, 3, 9],
      cumulative: [0, 0.75, 0.846165557188781, 1],
      survival: [1, 0.25, 0.153834442811219, 0],
      certified: true,
      guarantee: "certified",
    });
    const { out } = await runCommand(["distribution", "mp(4)", "--grid", "0:3:2", "--digits", "30"]);
    expect(out).toBe(
      [
        "x  F(x)                              1 - F(x)",
        "0  0.75                              0.25",
        "3  0.846165557188781345711164957912  0.153834442811218654288835042088",
        "",
      ].join("\n"),
    );
  });
});

describe("freecurve distribution without points", () => {
  test("goes over the support from edge to edge, atoms among the points", async () => {
    // PARI/GP: 3/4 and the integral of √((x − 1)(9 − x))/(8 pi x) from 1 to 5
    const { x, cumulative, survival } = await runForJson(["distribution", "mp(4)", "-n", "3"]);
    expect(x).toEqual([0, 1, 5, 9]);
    expect(cumulative).toEqual([0.75, 0.75, 0.92346722985407, 1]);
    expect(survival).toEqual([0.25, 0.25, 0.0765327701459296, 0]);
    const { out } = await runCommand(["distribution", "atoms([[0, 1/3], [1, 2/3]])", "--digits", "3"]);
    expect(out).toBe("x  F(x)   1 - F(x)\n0  0.333  0.667\n1  1      0\n");
  });

  test("is exact at edges that are irrational, and takes -n only without points", async () => {
    const { x, cumulative } = await runForJson(["distribution", "mp(1/2)", "-n", "2"]);
    expect(x).toEqual([0.085786437626905, 2.9142135623731]);
    expect(cumulative).toEqual([0, 1]);
    const both = await runCommand(["distribution", "mp(1/2)", "-n", "2", "--at", "1"]);
    expect(both).toMatchObject({ code: 2, out: "" });
    expect(both.error).toMatch(/-n belongs to the points that distribution takes without --at and --grid/);
  });
});

describe("freecurve quantiles --at", () => {
  test("of the arcsine law: sin²(pi p/2)", async () => {
    const { p, values, guarantee } = await runForJson(["quantiles", "arcsine(0, 1)", "--at", "0.95,1/2"]);
    expect(p).toEqual([0.95, 0.5]);
    expect(values).toEqual([expect.closeTo(Math.sin((Math.PI * 0.95) / 2) ** 2, 14), 0.5]);
    expect(guarantee).toBe("certified");
    const { out } = await runCommand(["quantiles", "arcsine(0, 1)", "--at", "1/3,0.95", "--digits", "20"]);
    expect(out).toBe(
      "p                       quantile\n0.33333333333333333333  0.25\n0.95                    0.9938441702975688631\n",
    );
  });

  test("answers where it can, and says why elsewhere", async () => {
    const { values } = await runForJson(["quantiles", "mp(4)", "--at", "0,3/4,1"]);
    expect(values).toEqual([{ notDefined: expect.stringMatching(/0 < p <= 1, not 0$/) }, 0, 9]);
    const thirds = "deformedWigner(1/4, [[-1, 1/3], [1, 2/3]])";
    const { out } = await runCommand(["quantiles", thirds, "--at", "1/3,1"]);
    expect(out).toMatch(/0\.333333333333333 +could not be decided: p = 1\/3 agrees with the mass up to x = -0\.52/);
    const alone = await runCommand(["quantiles", thirds, "--at", "1/3"]);
    expect(alone).toMatchObject({ code: 3, out: "" });
    expect(alone.error).toMatch(/^freecurve: p = 1\/3 agrees/);
    expect((await runCommand(["quantiles", "mp(4)", "-n", "3", "--at", "1/2"])).error).toMatch(/-n or --at, not both/);
  });
});

describe("freecurve density without points", () => {
  test("goes over the support from edge to edge", async () => {
    const { x, density, guarantee } = (await runForJson(["density", "semicircle(1)", "-n", "5"])) as {
      x: number[];
      density: number[];
      guarantee: string;
    };
    expect(x).toEqual([-2, -1, 0, 1, 2]);
    const side = Math.sqrt(3) / (2 * Math.PI);
    expect(density).toEqual([
      0,
      expect.closeTo(side, 14),
      expect.closeTo(1 / Math.PI, 14),
      expect.closeTo(side, 14),
      0,
    ]);
    expect(guarantee).toBe("estimate");
  });

  test("over each of its intervals, infinite at hard edges, certified with more digits", async () => {
    // 2 ± √2·… are irrational: they are shown rounded, with the density 0 that is there
    const two = await runForJson(["density", "deformedWigner(1/4, [[-1, 1/2], [1, 1/2]])"]);
    const { x, density } = two as { x: number[]; density: number[] };
    expect(x).toHaveLength(42);
    expect(x.map((at) => -at)).toEqual(x.toReversed());
    expect([0, 20, 21, 41].map((k) => density[k])).toEqual([0, 0, 0, 0]);
    expect(density.filter((rho) => rho > 0)).toHaveLength(38);
    const hard = await runCommand(["density", "arcsine(0, 4)", "-n", "3", "--digits", "20"]);
    // 1/(2 pi); PARI/GP
    expect(hard.out).toBe("x  density\n0  infinity\n2  0.15915494309189533577\n4  infinity\n");
  });

  test("is refused where there is no density, and where points would be given twice", async () => {
    for (const [argv, sentence] of [
      [["atoms([[0, 1/2], [1, 1/2]])"], /no density, only atoms/],
      [["mp(1)", "--at", "1", "-n", "5"], /-n belongs to/],
      [["mp(1/2)", "--certificate", "/tmp/c.json"], /a certificate of the density needs its points/],
    ] as const) {
      const { code, error } = await runCommand(["density", ...argv]);
      expect(code).toBe(2);
      expect(error).toMatch(sentence);
    }
  });
});
