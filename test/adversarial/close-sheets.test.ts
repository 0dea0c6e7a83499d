import { branchPoints, densityAt, type Law, parseLaw, support } from "freecurve";
import { algebraicToDecimal, rationalValue } from "freecurve/roots";
import { describe, expect, test } from "vitest";
import { parseRational, rationalToText } from "../../src/rings/index.js";

// Laws whose sheets come nearer to one another than doubles tell, or whose parts are of very different sizes, against closed forms.

const edges = (law: Law, digits: number): string[][] =>
  support(law).intervals.map(({ left, right }) => [left, right].map((at) => algebraicToDecimal(at, digits)));

/** The integer part of the square root. */
function root(n: bigint): bigint {
  let x = 1n << BigInt(Math.ceil(n.toString(2).length / 2));
  for (;;) {
    const next = (x + n / x) / 2n;
    if (next >= x) return x;
    x = next;
  }
}

describe("two bulks that are nearly one", () => {
  // Atoms at ±1 and a semicircle of variance v: z = w − v w/(1 − w²) where w = z + v m, so that next to v = 1 the edges z'(w) = 0 of the gap are at
  // ±2/(3 sqrt 3)·(1 − v)^(3/2)·(1 + O(1 − v)).
  test.each([30, 40])("the gap at a distance of 10^-%i from the cusp", (places) => {
    const law = parseLaw(`deformedWigner(1 - 1/10^${places}, [[-1, 1/2], [1, 1/2]])`);
    const { intervals, cusps } = support(law);
    expect([intervals.length, cusps.length]).toEqual([2, 0]);
    const inner = Number(algebraicToDecimal(intervals[1]!.left, 15));
    expect(inner / ((2 / (3 * Math.sqrt(3))) * 10 ** (-1.5 * places))).toBeCloseTo(1, 9);
    expect(intervals[0]!.mass).toBeCloseTo(0.5, 10);
    expect(branchPoints(law).complex).toHaveLength(0);
  });

  test("and beyond it they are one bulk, whose density at 0 is sqrt(v - 1)/(pi v)", () => {
    const law = parseLaw("deformedWigner(1 + 1/10^30, [[-1, 1/2], [1, 1/2]])");
    expect(support(law).intervals).toHaveLength(1);
    // w² = 1 − v there, and m = w/(1 − w²).
    expect(Number(densityAt(law, parseRational("0"), 15)) * Math.PI * 1e15).toBeCloseTo(1, 12);
  });
});

describe("parts of very different sizes", () => {
  test.each([30, 50])("a Marchenko–Pastur law of ratio 10^-%i, as exact as an ordinary one", (places) => {
    const law = parseLaw(`mp(1/10^${places})`);
    // (1 ± 10^(-places/2))², exactly.
    const d = places / 2;
    const edge = (sign: bigint): string => {
      const n = (10n ** BigInt(d) + sign) ** 2n;
      const digits = n.toString().padStart(places + 1, "0");
      return `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, "");
    };
    expect(edges(law, places + 5)).toEqual([[edge(-1n), edge(1n)]]);
    // sqrt(4 c − (c)²)/(2 pi c) at x = 1.
    const value = Number(densityAt(law, parseRational("1"), 12));
    expect((value * Math.PI) / 10 ** d).toBeCloseTo(1, 11);
  });

  test("a Marchenko–Pastur law of ratio 10^30: an atom of weight 1 - 10^-30 and a bulk that far off", () => {
    const { atoms, intervals } = support(parseLaw("mp(10^30)"));
    expect(algebraicToDecimal(atoms[0]!.weight, 40)).toBe(`0.${"9".repeat(30)}`);
    expect(rationalToText(rationalValue(intervals[0]!.left)!)).toBe(((10n ** 15n - 1n) ** 2n).toString());
  });

  test.each([9, 15])("an inverse Marchenko–Pastur law at 1 - 10^-%i", (places) => {
    const law = parseLaw(`inverseMp(1 - 1/10^${places})`);
    const [bulk] = edges(law, 15);
    // 1/(1 ± sqrt c)², in integers of many digits.
    const one = 10n ** 120n;
    const square = root(one * (one - one / 10n ** BigInt(places)));
    const ends = [one + square, one - square].map((s) => Number((one * one * 10n ** 60n) / (s * s)) / 1e60);
    expect(Number(bulk![0]) / ends[0]!).toBeCloseTo(1, 13);
    expect(Number(bulk![1]) / ends[1]!).toBeCloseTo(1, 13);
  });
});

describe("next to an edge", () => {
  test.each([20, 60])("the density of a semicircle 10^-%i below its end", (places) => {
    const x = parseRational(`1.${"9".repeat(places)}`);
    // sqrt(4 − x²)/(2 pi) with 2 − x = 10^-places.
    const value = Number(densityAt(parseLaw("semicircle(1)"), x, 12));
    expect((value * Math.PI) / 10 ** (-places / 2)).toBeCloseTo(1, 11);
  });

  test("of a law of size 10^60", () => {
    // 10^60·(2 − 10^-50): the same in its own units.
    const law = parseLaw("scale(semicircle(1), 10^60)");
    const value = Number(densityAt(law, parseRational(`${2n * 10n ** 60n - 10n ** 10n}`), 12));
    expect((value * Math.PI) / 10 ** (-25 - 60)).toBeCloseTo(1, 11);
  });
});
