import {
  DomainError,
  decompress,
  ensembles,
  LimitError,
  monodromy,
  permutationAlong,
  permutationToText,
  rational,
} from "freecurve";
import { describe, expect, it } from "vitest";

const octagon = (re: number, im: number, radius: number, turns = 1): { re: number; im: number }[] =>
  Array.from({ length: 8 * Math.abs(turns) }, (_, k) => {
    const angle = (Math.sign(turns) * (2 * Math.PI * (k + 0.5))) / 8;
    return { re: re + radius * Math.cos(angle), im: im + radius * Math.sin(angle) };
  });

describe("the permutation of the sheets along a polygon", () => {
  const { curve } = ensembles.semicircle(1);

  it("swaps the two sheets of the semicircle around one edge, twice around and around both edges it does not", () => {
    expect(permutationAlong(curve, octagon(2, 0, 1)).permutation).toEqual([1, 0]);
    expect(permutationAlong(curve, octagon(-2, 0, 1)).permutation).toEqual([1, 0]);
    expect(permutationAlong(curve, octagon(2, 0, 1, 2)).permutation).toEqual([0, 1]);
    expect(permutationAlong(curve, octagon(0, 0, 3)).permutation).toEqual([0, 1]);
    expect(permutationAlong(curve, octagon(0, 3, 1)).permutation).toEqual([0, 1]);
  });

  it("shows on the way the values that the closed form has, and ends where its permutation says", () => {
    const { base, sheets, permutation, paths } = permutationAlong(curve, octagon(2, 0, 1));
    const corners = [...octagon(2, 0, 1), base];
    paths.forEach((path, sheet) => {
      path.forEach((m, k) => {
        const z = corners[k]!;
        // m² + z m + 1 = 0
        expect(m.re ** 2 - m.im ** 2 + z.re * m.re - z.im * m.im + 1).toBeCloseTo(0, 10);
        expect(2 * m.re * m.im + z.re * m.im + z.im * m.re).toBeCloseTo(0, 10);
      });
      const end = sheets[permutation[sheet]!]!;
      expect(path.at(-1)!.re).toBeCloseTo(end.re, 10);
      expect(path.at(-1)!.im).toBeCloseTo(end.im, 10);
    });
  });

  it("has the cycle types of the monodromy around single branch points, and that of infinity around all of them", () => {
    const cubic = decompress(
      ensembles.compoundFreePoisson("1/10", [
        [2, "3/4"],
        ["11/2", "1/4"],
      ]),
      rational(2),
    );
    const { loops, infinity } = monodromy(cubic);
    const type = (p: readonly number[]): string => permutationToText(p).replace(/\d+/g, "*");
    let compared = 0;
    for (const { at, permutation } of loops) {
      const others = loops.filter((other) => other.at !== at);
      const near = Math.min(...others.map((other) => Math.hypot(other.at.re - at.re, other.at.im - at.im)));
      const own = permutationAlong(cubic, octagon(at.re, at.im, near / 2)).permutation;
      expect(type(own)).toBe(type(permutation));
      compared++;
    }
    expect(compared).toBe(loops.length);
    expect(compared).toBeGreaterThanOrEqual(4);
    const far = 4 * Math.max(...loops.map(({ at }) => Math.hypot(at.re, at.im)));
    expect(type(permutationAlong(cubic, octagon(0, 0, far, -1)).permutation)).toBe(type(infinity));
  });

  it("refuses what is no loop, and a side that runs through a branch point", () => {
    expect(() => permutationAlong(curve, octagon(0, 0, 1).slice(0, 2))).toThrow(DomainError);
    expect(() =>
      permutationAlong(curve, [
        { re: 1, im: 0.5 },
        { re: 3, im: -0.5 },
        { re: 3, im: 1 },
      ]),
    ).toThrow(LimitError);
  });
});
