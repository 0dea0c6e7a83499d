import { branchPoints, ensembles, monodromy, parseLaw, permutationToText, stieltjes } from "freecurve";
import { describe, expect, it } from "vitest";
import { unlimited } from "../../src/core/index.js";
import { type LoopFacts, loopPermutation, planeFacts, sheetColouring } from "../../src/web/engine/plane.js";
import { presetLoops } from "../../src/web/views/loops.js";

const context = { budget: unlimited, progress: () => {} };
const semicircle = "semicircle(1)";
const cubic = "compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]])";

function loop(law: string, ...corners: [number, number][]): LoopFacts {
  return loopPermutation({ law, loop: corners }, context);
}

describe("the sheets in colours", () => {
  it("has on the physical sheet the values of the certified transform, and on the other one of the semicircle its companion", () => {
    const window = { left: -3, right: 3, height: 2 };
    const [columns, rows] = [37, 12];
    const physical = sheetColouring({ law: semicircle, sheet: 1, window, columns, rows }, context);
    const other = sheetColouring({ law: semicircle, sheet: 2, window, columns, rows }, context);
    const [x, y] = [new Float64Array(columns * rows), new Float64Array(columns * rows)];
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        x[row * columns + column] = -3 + (6 * (column + 0.5)) / columns;
        y[row * columns + column] = (2 * (rows - row - 0.5)) / rows;
      }
    }
    const expected = stieltjes(ensembles.semicircle(1))(x, y);
    expect(physical.lost + other.lost).toBe(0);
    x.forEach((_, k) => {
      expect(physical.re[k]).toBeCloseTo(expected.re[k]!, 5);
      expect(physical.im[k]).toBeCloseTo(expected.im[k]!, 5);
      // The two values over z have the product 1 and the sum −z.
      expect(physical.re[k]! * other.re[k]! - physical.im[k]! * other.im[k]!).toBeCloseTo(1, 4);
      expect(physical.re[k]! + other.re[k]!).toBeCloseTo(-x[k]!, 4);
      expect(physical.im[k]! + other.im[k]!).toBeCloseTo(-y[k]!, 4);
    });
  });

  it("follows a law with complex branch points on its physical sheet like the certified transform", () => {
    const law = "deformedWigner(2, [[-1, 1/2], [1, 1/2]])";
    const facts = planeFacts({ law }, context);
    const [columns, rows] = [24, 9];
    const { re, im, lost } = sheetColouring({ law, sheet: 1, window: facts.window, columns, rows }, context);
    expect(lost).toBe(0);
    const { left, right, height } = facts.window;
    const xs = Float64Array.from(re, (_, k) => left + ((right - left) * ((k % columns) + 0.5)) / columns);
    const ys = Float64Array.from(re, (_, k) => (height * (rows - Math.floor(k / columns) - 0.5)) / rows);
    const expected = stieltjes(parseLaw(law))(xs, ys);
    expect(expected.re.every(Number.isFinite)).toBe(true);
    re.forEach((value, k) => {
      expect(value).toBeCloseTo(expected.re[k]!, 5);
      expect(im[k]).toBeCloseTo(expected.im[k]!, 5);
    });
  });

  it("shows the branch points of the kernel, the physical ones marked", () => {
    const facts = planeFacts({ law: cubic }, context);
    const found = branchPoints(parseLaw(cubic));
    expect(facts.points).toHaveLength(found.real.length + found.complex.length);
    const physical = facts.points.filter((point) => point.physical).map(({ re }) => re);
    // Computed independently, see the reference laws of test/golden.
    const edges = [1.005518159668944, 3.125689231439146, 4.162723779878571, 7.595354543299054];
    expect(physical).toHaveLength(4);
    for (const [k, edge] of edges.entries()) expect(physical[k]).toBeCloseTo(edge, 11);
    expect(Array.from(facts.edges)).toHaveLength(4);
    expect(facts.sheets).toBe(3);
  });
});

describe("a loop drawn in the plane", () => {
  it("swaps the sheets of the semicircle around one edge and brings them back around both", () => {
    expect(loop(semicircle, [1, -1], [3, -1], [3, 1], [1, 1])).toMatchObject({ permutation: [1, 0], cycles: "(1 2)" });
    expect(loop(semicircle, [-3, -1], [3, -1], [3, 1], [-3, 1])).toMatchObject({ permutation: [0, 1], cycles: "()" });
    expect(loop(semicircle, [-1, 0.5], [1, 0.5], [0, 1.5])).toMatchObject({ cycles: "()" });
  });

  it("has strands that begin on the fibre over its first corner and end where the permutation says", () => {
    const { strands, permutation } = loop(semicircle, [1, -1], [3, -1], [3, 1], [1, 1]);
    strands.forEach((strand, sheet) => {
      const [re, im] = [strand[0]!, strand[1]!];
      expect(re * re - im * im + re + im + 1).toBeCloseTo(0, 9);
      const end = strands[permutation[sheet]!]!;
      expect(strand.at(-2)).toBeCloseTo(end[0]!, 9);
      expect(strand.at(-1)).toBeCloseTo(end[1]!, 9);
    });
    // Sheet 1 is the physical one: below the axis its values have negative imaginary part.
    expect(strands[0]![1]).toBeLessThan(0);
    expect(Math.hypot(strands[0]![0]!, strands[0]![1]!)).toBeLessThan(1);
  });

  it("moves the physical sheet around each of its own branch points and around no other one, for every preset loop", () => {
    const facts = planeFacts({ law: cubic }, context);
    const presets = presetLoops(facts);
    expect(presets).toHaveLength(facts.points.length + 1);
    const found = facts.points.map((_, k) => loopPermutation({ law: cubic, loop: presets[k]!.corners }, context));
    const type = (p: readonly number[]): string => permutationToText(p).replace(/\d+/g, "*");
    const expected = monodromy(parseLaw(cubic)).loops;
    facts.points.forEach(({ re, im, physical }, k) => {
      expect(found[k]!.permutation[0] !== 0).toBe(physical);
      const same = expected.find(({ at }) => Math.hypot(at.re - re, at.im - im) < 1e-9);
      expect(type(found[k]!.permutation)).toBe(type(same!.permutation));
    });
  });

  it("refuses a loop of two corners, and one through a branch point", () => {
    expect(() => loop(semicircle, [0, 1], [1, 1])).toThrow(/at least three corners/);
    expect(() => loop(semicircle, [1, 1], [3, -1], [3, 1])).toThrow();
  });
});
