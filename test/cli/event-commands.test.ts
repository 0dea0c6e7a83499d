import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseLaw } from "freecurve";
import { describe, expect, test } from "vitest";
import { edgeDiagramOf } from "../../src/report/index.js";
import { runCommand, runForJson } from "./captured-run.js";

describe("freecurve events", () => {
  test("as JSON", async () => {
    expect(await runForJson(["events", "mp(1/50)"])).toEqual({
      in: "tau",
      events: [
        {
          at: { value: "50", interval: ["50", "50"], minimalPolynomial: "x - 50", radicals: "50" },
          kind: "atom-born",
          where: { value: "0", interval: ["0", "0"], minimalPolynomial: "x", radicals: "0" },
          kinds: ["atom-born", "edge-meets-atom"],
        },
      ],
      guarantee: "exact",
    });
    const all = await runForJson(["events", "fussCatalan(3)", "--all"]);
    expect((all.events as { physical: boolean }[]).map((event) => event.physical)).toEqual([true, false]);
  });

  test("as text, in the size factor and in a parameter", async () => {
    const { code, out } = await runCommand(["events", "deformedWigner(1/4, [[-1, 1/2], [1, 1/2]])"]);
    expect(code).toBe(0);
    expect(out.split("\n").map((line) => line.trimEnd())).toEqual([
      "tau = 0.909970393710577  cusp-split     x = -0.468422463951536    tau = (7 + 6*cbrt(2))/16",
      "tau = 0.909970393710577  cusp-split     x = 0.468422463951536     tau = (7 + 6*cbrt(2))/16",
      "tau = 1                  bulk-vanishes  x = 0",
      "",
    ]);
    expect((await runCommand(["events", "semicircle(1)"])).out).toBe("no events in tau\n");
    expect((await runCommand(["events", "mp(c)", "--in", "c"])).out).toContain("c = 1  atom-born + edge-meets-atom");
  });

  test("what cannot be answered is a sentence and exit code 2", async () => {
    const { code, error } = await runCommand(["events", "mp(c)", "--in", "q"]);
    expect([code, error]).toEqual([2, "freecurve: the law has no parameter q; it has c\n"]);
  });
});

describe("freecurve edge-polynomial", () => {
  test("with free parameters, and with the factors that are none", async () => {
    // (z − 1 − c tau)² = 4 c tau
    const { polynomial, lines } = await runForJson(["edge-polynomial", "mp(c)"]);
    expect([polynomial, lines]).toEqual(["z^2 - 2*c*tau*z - 2*z + c^2*tau^2 - 2*c*tau + 1", []]);
    const { out } = await runCommand(["edge-polynomial", "mp(1/2) [*] mp(1/4)"]);
    expect(out).toContain("(z)^2  removed  the dual of nodes of the curve");
  });
});

describe("freecurve plot --edges", () => {
  test("writes the diagram, and refuses a bad interval", async () => {
    const folder = await mkdtemp(join(tmpdir(), "freecurve-"));
    try {
      const file = join(folder, "edges.svg");
      const { code } = await runCommand(["plot", "mp(1/3)", "--edges", "--tau", "1:9", "-o", file]);
      expect(code).toBe(0);
      expect(await readFile(file, "utf8")).toContain("atom born 3");
      // The horizons are 1, 9/8 and infinity: without --tau the axis shows each of them, and a law that cannot grow is compressed.
      for (const [law, range] of [
        ["deformedWigner(1, [[-2, 1/2], [2, 1/2]])", [0.05, 1]],
        ["atoms([[0, 1/2], [1, 1/2]])", [0.05, 1]],
        ["deformedWigner(2, [[-1, 1/2], [1, 1/2]])", [1, 2.25]],
        ["mp(1/3)", [1, 20]],
      ] as const) {
        expect((await runCommand(["plot", law, "--edges", "-o", file])).error).toBe(`freecurve: wrote ${file}\n`);
        expect(edgeDiagramOf(parseLaw(law)).domain).toEqual(range);
      }
      expect((await runCommand(["plot", "mp(1/3)", "--tau", "1:9", "-o", file])).error).toMatch(
        /--tau belongs to --edges/,
      );
      for (const [range, message] of [
        ["5", "--tau must look like a:b"],
        ["9:1", "--tau needs its first number below its second"],
        ["x:1", "--tau: "],
      ] as const) {
        const failed = await runCommand(["plot", "mp(1/3)", "--edges", "--tau", range, "-o", file]);
        expect(failed.code).toBe(2);
        expect(failed.error).toContain(message);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

test("events in a parameter stay in the domain of the law", async () => {
  // Off it, at eps < 0, the curve has an acnode; for these two laws of the catalogue eps > 0 and v > 0.
  const values = async (argv: readonly string[]): Promise<readonly number[]> => {
    const { events } = (await runForJson(["events", ...argv])) as { events: readonly { at: { value: string } }[] };
    return events.map(({ at }) => Number(at.value));
  };
  const found = await values(["wignerPlusWishart(eps, 1/2)", "--in", "eps"]);
  expect(found.every((eps) => eps >= 0)).toBe(true);
  const noisy = await values(["atoms([[0, 1/2], [4, 1/2]]) |> informationPlusNoise(v, 1/2)", "--in", "v"]);
  expect(noisy.every((v) => v >= 0)).toBe(true);
  expect(noisy.some((v) => Math.abs(v - 1.940478823) < 1e-8)).toBe(true);
});
