import { parsePolynomial } from "freecurve/poly";
import { describe, expect, test } from "vitest";
import {
  type Complex,
  createTracker,
  decideRamification,
  integerTable,
  type SheetPoint,
  type Tracker,
  tableOf,
  trackAround,
} from "../../src/curve/index.js";

const trackerOf = (text: string): Tracker => createTracker(integerTable(parsePolynomial(text)));
const at = (re: number, im = 0): Complex => ({ re, im });
const distance = (a: Complex, b: Complex): number => Math.hypot(a.re - b.re, a.im - b.im);
const begin = (tracker: Tracker, z: Complex, m: Complex): SheetPoint => {
  const point = tracker.certify(z, m);
  if (point === undefined) throw new Error("no certificate");
  return point;
};
/** The points of the regular polygon around 0 that begins at 1, `turns` times around, the first left out. */
const polygon = (corners: number, turns: number): Complex[] =>
  Array.from({ length: corners * turns }, (_, k) => {
    const angle = (2 * Math.PI * (k + 1)) / corners;
    return (k + 1) % corners === 0 ? at(1) : at(Math.cos(angle), Math.sin(angle));
  });
const endOf = (tracker: Tracker, start: SheetPoint, targets: readonly Complex[]): SheetPoint => {
  const reached = tracker.trackThrough(start, targets);
  if (reached.kind !== "ok") throw new Error(reached.reason);
  return reached.value;
};

describe("going around a branch point", () => {
  test("of the square root changes the sign after one turn and nothing after two", () => {
    const tracker = trackerOf("m^2 - z");
    const start = begin(tracker, at(1), at(1));
    expect(distance(endOf(tracker, start, polygon(8, 1)).m, at(-1))).toBeLessThan(1e-14);
    expect(distance(endOf(tracker, start, polygon(8, 2)).m, at(1))).toBeLessThan(1e-14);
    expect(distance(endOf(tracker, start, polygon(5, 7)).m, at(-1))).toBeLessThan(1e-14);
  });

  test.each([3, 5, 8])("of the root of degree %i multiplies it by a root of unity", (n) => {
    const tracker = trackerOf(`m^${n} - z`);
    const start = begin(tracker, at(1), at(1));
    for (let turns = 1; turns <= n; turns++) {
      const angle = (2 * Math.PI * turns) / n;
      const end = endOf(tracker, start, polygon(6, turns));
      expect(distance(end.m, at(Math.cos(angle), Math.sin(angle)))).toBeLessThan(1e-13);
    }
  });

  test("the values on the way are those of the closed form, within the proved radius", () => {
    const tracker = trackerOf("m^3 - z");
    let here = begin(tracker, at(1), at(1));
    for (const [k, target] of polygon(40, 3).entries()) {
      const next = tracker.track(here, target);
      expect(next.kind).toBe("ok");
      if (next.kind !== "ok") return;
      here = next.value;
      const angle = (2 * Math.PI * (k + 1)) / 120;
      const exact = at(Math.cos(angle), Math.sin(angle));
      expect(distance(here.m, exact)).toBeLessThanOrEqual(here.radius + 1e-15);
      expect(here.radius).toBeLessThan(1e-12);
    }
  });
});

describe("sheets in closed form", () => {
  test("both sheets of the semicircle law over the upper half-plane", () => {
    const tracker = trackerOf("m^2 + z*m + 1");
    const start = at(0.3, 5);
    // m = (−z ± sqrt(z² − 4))/2; the sheets stay apart above the axis, where |m| < 1 on one and > 1 on the other.
    for (const inner of [true, false]) {
      const guess = inner ? at(-0.01, 0.19) : at(-0.3, -5.2);
      const first = begin(tracker, start, guess);
      for (const x of [-3, -1.9, -0.5, 0, 1, 1.99, 2.01, 7]) {
        const end = endOf(tracker, first, [at(x, 0.001)]);
        const { re, im } = end.m;
        // Both roots of m² + z m + 1 multiply to one and add to −z.
        expect(Math.hypot(re, im) < 1).toBe(inner);
        const norm = re * re + im * im;
        expect(distance(at(re + re / norm, im - im / norm), at(-x, -0.001))).toBeLessThan(1e-13);
      }
    }
  });

  test("a pole is reached and left: z m = 1 from 1 to 10^-9 and on to −3", () => {
    const tracker = trackerOf("z*m - 1");
    const end = endOf(tracker, begin(tracker, at(1), at(1)), [at(1e-9), at(1e-9, 1), at(-3)]);
    expect(distance(end.m, at(-1 / 3))).toBeLessThan(1e-15);
  });

  test("two sheets 10^-3 apart are not mixed up: (m − z)(m − z − 1/1000)", () => {
    const tracker = trackerOf("(m - z)*(1000*m - 1000*z - 1)");
    for (const offset of [0, 1e-3]) {
      const end = endOf(tracker, begin(tracker, at(0), at(offset)), [at(0.1, 0.3), at(-0.2, 0.2), at(0.25)]);
      expect(Math.abs(end.m.re - 0.25 - offset)).toBeLessThan(1e-15);
    }
  });
});

describe("what cannot be proved is said", () => {
  test("a segment through a branch point or a node ends there", () => {
    for (const [text, m] of [
      ["m^2 - z", 1],
      ["m^2 - z^2*(z + 1)", Math.SQRT2],
    ] as const) {
      const tracker = trackerOf(text);
      const reached = tracker.track(begin(tracker, at(1), at(m)), at(-0.5));
      expect(reached).toMatchObject({ kind: "unable", reason: expect.stringContaining("could not be followed") });
    }
  });

  test("no certificate at a double point, nor for a limit of steps", () => {
    const tracker = trackerOf("m^2 - z");
    expect(tracker.certify(at(0), at(0))).toBeUndefined();
    const start = begin(tracker, at(1), at(1));
    expect(tracker.track(start, at(1e-8), { maxSteps: 3 })).toMatchObject({ kind: "unable" });
  });

  test("the discs it proves hold no branch point and no second root", () => {
    const tracker = trackerOf("m^2 - z");
    for (const x of [1, 0.25, 1e-6]) {
      const point = begin(tracker, at(x), at(Math.sqrt(x)));
      expect(tracker.isolation(point)).toBeLessThan(2 * Math.sqrt(x));
      expect(tracker.ordinaryWithin(point, 0.2 * x)).toBe(true);
      expect(tracker.ordinaryWithin(point, x)).toBe(false);
    }
  });
});

describe("ramification", () => {
  test.each([
    ["z*m - 1", 1, true, -1],
    ["m - z^2", 1, true, 2],
    ["m^2 - z^2*(z + 1)", Math.SQRT2, true, 1],
    ["m^2 - z", 1, false, Number.NaN],
    ["z*m^2 - 1", 1, false, Number.NaN],
  ])("of %s at 0: a loop and how often m turns", (text, m, closed, winding) => {
    const tracker = trackerOf(text);
    const half = Math.SQRT1_2;
    const start = endOf(tracker, begin(tracker, at(1), at(m)), [at(half / 2, half / 2)]);
    expect(trackAround(tracker, start, at(0))).toMatchObject({ kind: "ok", value: { closed, winding } });
  });

  test.each([
    ["m^2 - z", true],
    ["m^2 - z^2*(z + 1)", false],
    ["(m - 1)*(m^3 - z) + z", true],
    ["z*m^2 + m*z + 1", true],
    ["z^2*m^2 - z - 1", false],
  ])("of %s at 0 on any sheet: %s", (text, expected) => {
    expect(decideRamification(trackerOf(text), at(0), 0.25)).toEqual({ kind: "ok", value: expected });
  });
});

describe("precision that rises where doubles do not do", () => {
  // (m − 1)² = z² + d²: the sheets 1 ± sqrt(z² + d²) nearly meet over 0, between the branch points ±i d, and do not change places.
  const narrow = (exponent: number): Tracker => trackerOf(`${10n ** BigInt(2 * exponent)}*((m - 1)^2 - z^2) - 1`);

  test.each([
    [6, 53],
    [20, 256],
    [80, 1024],
  ])("sheets 10^-%i apart are followed with %i bits", (exponent, bits) => {
    const tracker = narrow(exponent);
    for (const m of [2, 0]) {
      const result = tracker.follow(begin(tracker, at(-1), at(m)), at(1), { smallestStep: 1e-120 });
      expect(result).toMatchObject({ code: "arrived", state: { bits } });
      expect(distance(result.state.point.m, at(m))).toBeLessThan(1e-12);
    }
  });

  test("a budget of bits that does not do is named, with the place and the reason", () => {
    const table = narrow(100).table;
    const tracker = createTracker(table, { bits: [256] });
    const start = begin(tracker, at(-1), at(2));
    const result = tracker.follow(start, at(1), { smallestStep: 1e-120 });
    expect(result.code).not.toBe("arrived");
    expect(Math.abs(result.state.point.z.re)).toBeLessThan(1e-30);
    expect(tracker.track(start, at(1), { smallestStep: 1e-120 })).toMatchObject({
      kind: "unable",
      reason: expect.stringMatching(/could not be followed with proof beyond z = -.*e-\d+ \+ 0i, where/),
    });
  });

  test("steps that run out are a code of their own, and the state says where", () => {
    const tracker = trackerOf("m^2 - z");
    const result = tracker.follow(begin(tracker, at(1), at(1)), at(1e-12), { maxSteps: 3 });
    expect(result).toMatchObject({ code: "step-limit", state: { steps: 3 } });
    const { z, m, radius } = result.state.point;
    expect(z.im).toBe(0);
    expect(distance(m, at(Math.sqrt(z.re)))).toBeLessThan(radius);
  });
});

describe("units of another size", () => {
  test("scaled by 2^600 or 2^-600 a curve is followed to the same digits", () => {
    const plain = trackerOf("z^2*m^3 - z*m - 1");
    const start = begin(plain, at(10, 3), at(-0.1, 0.03));
    const expected = endOf(plain, start, [at(3, 0.5), at(-2, 0.25)]);
    for (const scale of [600, -600]) {
      const unit = 2 ** scale;
      // P(z/unit, unit·m)
      const { rows } = plain.table;
      const up = rows.map((row, j) =>
        row.map((c, i) => c << BigInt(Math.abs(scale) * (scale > 0 ? 4 + j - i : 4 + i - j))),
      );
      const tracker = createTracker(tableOf(up), { scale });
      const from = begin(tracker, at(10 * unit, 3 * unit), at(start.m.re / unit, start.m.im / unit));
      const end = endOf(tracker, from, [at(3 * unit, 0.5 * unit), at(-2 * unit, 0.25 * unit)]);
      expect(distance(at(end.m.re * unit, end.m.im * unit), expected.m)).toBeLessThan(1e-15);
      expect(tracker.isolation(end) * unit).toBeCloseTo(plain.isolation(expected), 12);
    }
  });

  test("over a disc of base points the sheet stays within the radius, and no other comes as near as the isolation", () => {
    const tracker = trackerOf("m^2 - z");
    const point = begin(tracker, at(4), at(2));
    const spread = tracker.spread(point, 1)!;
    for (let k = 0; k < 12; k++) {
      const z = at(4 + Math.cos((k * Math.PI) / 6), Math.sin((k * Math.PI) / 6));
      const end = endOf(tracker, point, [z]);
      expect(distance(end.m, point.m)).toBeLessThanOrEqual(spread.radius);
      expect(distance(at(-end.m.re, -end.m.im), point.m)).toBeGreaterThanOrEqual(spread.isolation);
    }
    expect(tracker.spread(point, 4)).toBeUndefined();
  });
});
