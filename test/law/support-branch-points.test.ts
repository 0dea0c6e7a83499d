import { algebraicToNumber, branchPoints, parseLaw, scale, shift } from "freecurve";
import { describe, expect, test } from "vitest";

const physical = (text: string): number[] => {
  const { real, onPhysicalBoundary } = branchPoints(parseLaw(text));
  expect(onPhysicalBoundary).toHaveLength(real.length);
  return real.filter((_, k) => onPhysicalBoundary[k]).map(algebraicToNumber);
};

describe("real branch points on the boundary of the physical sheet", () => {
  test("are the edges and cusps, whatever happens on other sheets", () => {
    // Of the two semicircles mixed, the edges inside the other bulk too.
    expect(physical("mix(1/2, semicircle(1), shift(semicircle(1), 1))")).toEqual([-2, -1, 2, 3]);
    expect(physical("deformedWigner(1, [[-1, 1/2], [1, 1/2]])")).toEqual([
      expect.closeTo(-Math.sqrt(27) / 2, 13),
      0,
      expect.closeTo(Math.sqrt(27) / 2, 13),
    ]);
    expect(physical("fussCatalan(2)")).toEqual([0, 6.75]);
    expect(physical("atoms([[0, 1/2], [1, 1/2]])")).toEqual([]);
  });

  test("at the horizon of the deformed Wigner law two sheets meet over 0, above and below the physical one", () => {
    const law = parseLaw("deformedWigner(2, [[-1, 1/2], [1, 1/2]]) |> decompress(9/8)");
    const { real, onPhysicalBoundary } = branchPoints(law);
    // The pair of branch points has reached the boundary from the sheet behind it: see the zeros of 16 x⁴ − 207 x² + 108.
    expect(real.map((a) => Math.abs(algebraicToNumber(a)) < 1e-12)).toEqual([false, false, true, false, false]);
    expect(onPhysicalBoundary[0]).toBe(true);
    expect(onPhysicalBoundary[4]).toBe(true);
  });
});

describe("branch points that are not real", () => {
  test("have a side, and are on the physical sheet past the horizon", () => {
    const before = branchPoints(parseLaw("deformedWigner(2, [[-1, 1/2], [1, 1/2]])"));
    expect(before.complex.map(({ im, side, onPhysicalSheet }) => [Math.sign(im), side, onPhysicalSheet])).toEqual([
      [1, "above", false],
      [-1, "below", false],
    ]);
    const past = branchPoints(parseLaw("deformedWigner(2, [[-1, 1/2], [1, 1/2]]) |> decompress(8/7)"));
    const found = past.complex.filter((point) => point.onPhysicalSheet).map((point) => point.side);
    expect(found).toEqual(["above", "below"]);
  });

  test("move with the law", () => {
    const law = parseLaw("deformedWigner(2, [[-1, 1/2], [1, 1/2]])");
    const [point] = branchPoints(law).complex;
    const [scaled] = branchPoints(scale(law, "1e30")).complex;
    expect(scaled!.im / point!.im).toBeCloseTo(1e30, -16);
    const [moved] = branchPoints(shift(law, "1e12")).complex;
    expect(moved!.re).toBe(1e12);
    expect(moved!.im).toBeCloseTo(point!.im, 12);
  });
});
