import { parsePolynomial } from "freecurve/poly";
import { describe, expect, test } from "vitest";
import { unlimited } from "../../src/core/index.js";
import { type Range, rationalWithin, stripsOf } from "../../src/phases/phases-cells.js";
import { type Region, regionsOf } from "../../src/phases/phases-regions.js";
import { type Rational, rational, rationalToNumber } from "../../src/rings/index.js";

const whole = (name: string): Range => ({ name, from: undefined, to: undefined });

function regionsWithPoints(
  curves: readonly string[],
  x: Range = whole("x"),
  y: Range = whole("y"),
): readonly (readonly (readonly [number, number])[])[] {
  const polynomials = curves.map(parsePolynomial);
  const strips = stripsOf(polynomials, x, y, unlimited);
  const point = ({ strip, level }: Region[number]): readonly [number, number] => {
    const { at, points, cells } = strips[strip]!;
    const inside = y.from === undefined ? rationalWithin(points[level - 1]?.y, points[level]?.y) : cells[level]!;
    return [rationalToNumber(at), rationalToNumber(inside)];
  };
  return regionsOf(polynomials, strips, x, y, unlimited).map((region) => region.map(point));
}

describe("the plane without some curves", () => {
  test.each([
    ["a circle", ["x^2 + y^2 - 2"], 2],
    ["a hyperbola", ["x*y - 1"], 3],
    ["two lines, one of them upright", ["x", "y"], 4],
    ["a nodal cubic: inside of the loop, to the right of its arms, the rest", ["y^2 - x^2*(x + 1)"], 3],
    ["two circles that overlap", ["x^2 + y^2 - 4", "(x - 2)^2 + y^2 - 3"], 4],
    ["two circles apart", ["x^2 + y^2 - 1", "(x - 5)^2 + y^2 - 2"], 3],
    ["a parabola that lies down, and its tangent at the vertex", ["x - y^2", "x"], 4],
    ["nothing", [], 1],
  ])("%s falls into as many parts as it is drawn with", (_, curves, count) => {
    expect(regionsWithPoints(curves)).toHaveLength(count);
  });

  test("the cells of a region lie on one side of a circle, each", () => {
    const regions = regionsWithPoints(["x^2 + y^2 - 2"]);
    expect(regions.map((points) => new Set(points.map(([x, y]) => x * x + y * y < 2)).size)).toEqual([1, 1]);
  });

  test("a window cuts a part in two", () => {
    const range = (name: string, from: Rational, to: Rational): Range => ({ name, from, to });
    const window = range("y", rational(-1, 2), rational(1, 2));
    // The ring between two circles, in the strip |y| < 1/2.
    const curves = ["x^2 + y^2 - 1", "x^2 + y^2 - 4"];
    expect(regionsWithPoints(curves)).toHaveLength(3);
    expect(regionsWithPoints(curves, range("x", rational(-3), rational(3)), window)).toHaveLength(5);
  });
});
