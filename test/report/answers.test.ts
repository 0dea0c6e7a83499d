import { parsePolynomial } from "freecurve/poly";
import { describe, expect, test } from "vitest";
import { notDefined, ok, unable } from "../../src/core/index.js";
import { parseLaw } from "../../src/lang/index.js";
import { branchPoints, moments, support } from "../../src/law/index.js";
import { shortNumber } from "../../src/picture/index.js";
import {
  algebraicToJson,
  alignedTable,
  branchPointsToText,
  densityToJson,
  densityToText,
  momentsToJson,
  outcomeToJson,
  plotSvg,
  readSavedLaw,
  saveLaw,
  supportToJson,
  supportToText,
} from "../../src/report/index.js";
import { rational } from "../../src/rings/index.js";
import { algebraicFromRational, realRoots } from "../../src/roots/index.js";

describe("an algebraic number as JSON", () => {
  const cubeRoot = realRoots(parsePolynomial("x^3 - 2"))[0]!.root;

  test("has decimals, a minimal polynomial, and an interval with a change of sign that the decimals lie in", () => {
    // 2^(1/3) = 1.259921049894873164767210607278228350570251464701507980081975…
    for (const [digits, value] of [
      [5, "1.2599"],
      [15, "1.25992104989487"],
      [40, "1.259921049894873164767210607278228350570"],
    ] as const) {
      const json = algebraicToJson(cubeRoot, digits);
      expect(json.value.replace(/0+$/, "")).toBe(value.replace(/0+$/, ""));
      expect(json.minimalPolynomial).toBe("x^3 - 2");
      const [low, high] = json.interval.map((text) => {
        const [num, den = "1"] = text.split("/");
        return [BigInt(num!), BigInt(den)] as const;
      });
      expect(low![0] ** 3n < 2n * low![1] ** 3n && high![0] ** 3n > 2n * high![1] ** 3n).toBe(true);
      const width = high![0] * low![1] - low![0] * high![1];
      expect(width * 10n ** BigInt(digits) < 2n * low![1] * high![1]).toBe(true);
      // Short ends: no more digits than the question asked for, and a few.
      expect(json.interval[0].length).toBeLessThan(2 * digits + 12);
    }
  });

  test("is the number itself when it is rational", () => {
    expect(algebraicToJson(algebraicFromRational(rational(-3, 7)), 15)).toEqual({
      value: "-3/7",
      interval: ["-3/7", "-3/7"],
      minimalPolynomial: "7*x + 3",
      radicals: "-3/7",
    });
  });
});

describe("answers", () => {
  test("the support of a law with a cusp", () => {
    const cusp = support(parseLaw("deformedWigner(1, [[1, 1/2], [-1, 1/2]])"));
    // Edges ±3·sqrt(3)/2, cusp at 0 (independent computation, SymPy and mpmath).
    expect(supportToJson(cusp, 10)).toMatchObject({
      intervals: [{ right: { value: "2.598076211", minimalPolynomial: "4*x^2 - 27" } }],
      cusps: [{ value: "0" }],
      guarantee: "exact",
    });
    const text = supportToText(cusp, 10);
    expect(text).toContain("2.598076211");
    expect(text).toContain("= 3*sqrt(3)/2");
    expect(text).toContain("cusp at 0");
  });

  test("the branch points of a law whose sheets meet off the real line", () => {
    const text = branchPointsToText(branchPoints(parseLaw("deformedWigner(2, [[1, 1/2], [-1, 1/2]])")), 6);
    expect(text).toMatch(/^real: 2\n/);
    expect(text).toMatch(/not real: 2\n {2}0 [+-] 0\.300283 i +on other sheets/);
  });

  test("what could not be decided stands where the answer would", () => {
    const show = (v: number): string => `${v}`;
    expect(outcomeToJson(ok(3), show)).toBe("3");
    expect(outcomeToJson(unable("too long"), show)).toEqual({ unable: "too long" });
    expect(outcomeToJson(notDefined("no mass"), show)).toEqual({ notDefined: "no mass" });
  });

  test("an unbounded density is said in words, in JSON and in text", () => {
    const answer = { x: [rational(0), rational(1, 3)], density: [Number.POSITIVE_INFINITY, 0.5], certified: false };
    expect(densityToJson(answer, 15)).toMatchObject({ density: ["infinity", 0.5], guarantee: "estimate" });
    expect(densityToText(answer, 6)).toBe("x         density\n0         infinity\n0.333333  0.5");
  });

  test("moments keep their parameters", () => {
    expect(momentsToJson({ values: moments(parseLaw("mp(c)"), 3) }, "mu").values).toEqual([
      "1",
      "c + 1",
      "c^2 + 3*c + 1",
    ]);
  });
});

describe("a saved law", () => {
  test.each(["mp(c)", "decompress(mp(1/50), 80)", 'curve("m^2 + z*m + 1")', "semicircle(1) [+] mp(c)"])(
    "%s comes back",
    (text) => {
      const law = parseLaw(text);
      const saved = JSON.parse(JSON.stringify(saveLaw(law))) as Record<string, unknown>;
      expect(saved).toMatchObject({ format: "freecurve-law", version: 1, parameters: law.parameters });
      const back = readSavedLaw(JSON.stringify(saved), "law.json");
      expect(saveLaw(back)).toEqual(saved);
    },
  );
});

describe("the picture of a law", () => {
  test("shows the edges, the atom and a density that integrates to the mass it should have", () => {
    const svg = plotSvg(parseLaw("mp(4)"), { title: "a <title>" });
    expect(svg).toContain("a &lt;title&gt;");
    expect(svg).toMatch(/support \[1, 9\]; atom at 0 of weight 0\.75/);
    expect(svg).toContain(">3/4<");
  });

  test("divides an interval at a pole of the density inside it", () => {
    // The product of a semicircular and a free Poisson matrix of rate 1: rho ~ |x|^(-1/3) at 0.
    const svg = plotSvg(parseLaw("semicircle(1) [*] mp(1)"));
    expect(svg).toContain("unbounded at 0");
    expect(svg).not.toMatch(/NaN|Infinity/);
  });
});

describe("text", () => {
  test("tables are aligned and numbers short", () => {
    expect(
      alignedTable([
        ["a", "bcd"],
        ["efg", "h"],
      ]),
    ).toBe("a    bcd\nefg  h");
    expect(alignedTable([["1"], ["22"]], [0])).toBe(" 1\n22");
    expect([shortNumber(-0.1234567), shortNumber(1e-9), shortNumber(Number.POSITIVE_INFINITY)]).toEqual([
      "−0.12346",
      "1e−9",
      "∞",
    ]);
  });
});
