import {
  algebraicToNumber,
  type PhaseDiagram,
  parseLaw,
  parseRational,
  phases,
  phasesSvg,
  specialise,
  support,
} from "freecurve";
import { toText } from "freecurve/poly";
import { describe, expect, test } from "vitest";
import { QQ, rationalFromNumber } from "../../src/rings/index.js";

const at = (text: string): [string, string] => text.split(":") as [string, string];
const diagram = (law: string, x: string, y: string, ranges: Record<string, string> = {}): PhaseDiagram =>
  phases(parseLaw(law), {
    x,
    y,
    ranges: Object.fromEntries(
      Object.entries(ranges).map(([name, text]) => [name, at(text).map(parseRational) as [never, never]]),
    ),
  });
const boundaries = (found: PhaseDiagram): Record<string, readonly (readonly [string, string])[]> =>
  Object.fromEntries(found.transitions.map(({ curve, between }) => [toText(curve), between]));

describe("boundaries that are known", () => {
  test("two atoms ±a under noise of variance v: two bulks where v < a²", () => {
    const found = diagram("deformedWigner(v, [[-a, 1/2], [a, 1/2]])", "a", "v");
    expect(boundaries(found)).toEqual({ "a^2 - v": [["1 bulk", "2 bulks"]] });
    for (const { x, y, bulks } of found.cells) expect(bulks).toBe(QQ.compare(y, QQ.mul(x, x)) < 0 ? 2 : 1);
  });

  test("decompressed Marchenko–Pastur has an atom where c tau > 1", () => {
    const found = diagram("mp(c)", "c", "tau", { c: "0:2", tau: "0:5" });
    expect(boundaries(found)).toEqual({ "c*tau - 1": [["1 bulk", "1 bulk, 1 atom"]] });
  });

  test("the horizon of Kesten–McKay, tau = d, and the birth of its atoms, tau = d/2", () => {
    const found = diagram("kestenMcKay(d)", "d", "tau", { d: "2:6", tau: "0:8" });
    expect(boundaries(found)).toEqual({
      "d - tau": [["1 bulk, 2 atoms", "no spectrum"]],
      "d - 2*tau": [["1 bulk", "1 bulk, 2 atoms"]],
    });
  });

  test("Wachter (a, b): atoms for a < 1 and for b < 1, a law for a + b > 1 alone", () => {
    const found = diagram("wachter(a, b)", "a", "b", { a: "0:3", b: "0:3" });
    expect(Object.keys(boundaries(found)).sort()).toEqual(["a + b - 1", "a - 1", "b - 1"]);
    for (const { x, y, spectrum, atoms } of found.cells) {
      const law = QQ.compare(QQ.add(x, y), QQ.one) > 0;
      expect(spectrum.kind).toBe(law ? "ok" : "undefined");
      if (law) expect(atoms).toBe([x, y].filter((p) => QQ.compare(p, QQ.one) < 0).length);
    }
  });

  test("weights of a mixture between 0 and 1 alone, though no branch point is where an atom loses its weight", () => {
    const found = diagram("mix(w, atoms([[a, 1]]), mp(1/2))", "a", "w", { a: "-1:4", w: "-1:2" });
    expect(boundaries(found)).toEqual({
      w: [["1 bulk, 1 atom", "no spectrum"]],
      "w - 1": [["1 bulk, 1 atom", "no spectrum"]],
    });
  });

  test("a vertical boundary is found from both sides", () => {
    const found = diagram("freePoisson(r, t)", "r", "t", { r: "0:2" });
    expect(boundaries(found)).toEqual({ "r - 1": [["1 bulk", "1 bulk, 1 atom"]] });
  });
});

test("every cell of a diagram agrees with the support at a second point of it", () => {
  const law = parseLaw("compoundFreePoisson(r, [[2, w], [11/2, 1 - w]])");
  const found = phases(law, { x: "r", y: "w", ranges: { r: [QQ.zero, QQ.fromInteger(2n)], w: [QQ.zero, QQ.one] } });
  let checked = 0;
  for (const cell of found.cells) {
    if (cell.spectrum.kind !== "ok") continue;
    const { points } = found.strips[cell.strip]!;
    const ends = [points[cell.level - 1]?.y, points[cell.level]?.y].map((y, k) =>
      y === undefined ? k : algebraicToNumber(y),
    );
    const w = rationalFromNumber((3 * ends[0]! + ends[1]!) / 4);
    const shape = support(specialise(law, { r: cell.x, w }));
    expect([shape.intervals.length, shape.atoms.length]).toEqual([cell.bulks, cell.atoms]);
    checked++;
  }
  expect(checked).toBeGreaterThan(5);
});

describe("a law whose branch the curve does not tell: the inverse of 1 + X", () => {
  const law = parseLaw("inverse(shift(mp(c), b))");
  const window = { x: "c", y: "b" };

  test("is not decided without more, and never said to be no spectrum", () => {
    expect(phases(law, window).cells.map((cell) => cell.spectrum.kind)).toEqual(["unable", "unable"]);
  });

  // The smallest eigenvalue of X is its atom at 0 where c > 1, so that X^(-1) has one at 1/b.
  test("is made anew in each cell", () => {
    const remake = ({ c, b }: Readonly<Record<string, ReturnType<typeof parseRational>>>) =>
      parseLaw("inverse(shift(mp(c), b))", { parameters: { c: c!, b: b! } });
    const { cells } = phases(law, { ...window, remake });
    expect(cells.map(({ x, bulks, atoms }) => [QQ.compare(x, QQ.one), bulks, atoms])).toEqual([
      [-1, 1, 0],
      [1, 1, 1],
    ]);
  });
});

describe("mistakes", () => {
  const law = parseLaw("deformedWigner(v, [[-a, 1/2], [a, 1/2]])");
  test.each([
    ["a", "a", /two different parameters/],
    ["a", "b", /b is no parameter of the law; its parameters are a, v/],
    ["a", "tau", /the law has v beside a and tau/],
  ])("%s and %s", (x, y, message) => {
    expect(() => phases(law, { x, y })).toThrow(message);
  });
});

test("the picture shows each phase in its colour and each boundary by its equation", () => {
  const svg = phasesSvg(diagram("deformedWigner(v, [[-a, 1/2], [a, 1/2]])", "a", "v"), { title: "a < b" });
  expect(svg).toMatch(/^<svg xmlns=/);
  for (const text of ["1 bulk", "2 bulks", "a^2 - v = 0", "a &lt; b"]) expect(svg).toContain(`>${text}</text>`);
  expect(svg.match(/<path/g)!.length).toBe(4);
});
