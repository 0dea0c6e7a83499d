import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  initialState,
  isPositiveRational,
  isRationalText,
  type PageState,
  readLink,
  tabs,
  toLink,
} from "../../src/web/permalink.js";

const rational = fc
  .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 10n ** 6n }))
  .map(([num, den]) => (den === 1n ? `${num}` : `${num}/${den}`));
const name = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_]{0,12}$/);
const state: fc.Arbitrary<PageState> = fc.record({
  expression: fc.constantFrom(
    "mp(c)",
    "mp(c) ⊞ semicircle(v) |> decompress(2)",
    'curve("m^2 + z*m + 1")',
    "a&b=c#d%20+",
  ),
  parameters: fc.dictionary(name, rational, { maxKeys: 12, noNullPrototype: true }),
  tau: fc.tuple(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 1, max: 999 })).map(([a, b]) => `${a}/${b}`),
  tab: fc.constantFrom(...tabs),
  simulation: fc.oneof(
    fc.constant(initialState.simulation),
    fc.record({
      n: fc.integer({ min: 2, max: 4000 }),
      seed: fc.integer({ min: 0, max: 999_999_999 }),
      shown: fc.constant(true),
    }),
  ),
  sheet: fc.oneof(fc.constant("physical" as const), fc.integer({ min: 0, max: 99 })),
  loop: fc.array(
    fc
      .tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: -99, max: 99 }))
      .map(([a, b]) => [a / 8, b / 8] as const),
    { maxLength: 30 },
  ),
  data: fc.constantFrom("", "eigenvalues.txt"),
});

describe("a link", () => {
  it("holds the whole state", () => {
    fc.assert(
      fc.property(state, (wanted) => {
        const { state: found, problems } = readLink(toLink(wanted));
        expect(problems).toEqual([]);
        expect(found).toEqual(wanted);
      }),
    );
  });

  it("of any text is read without an exception, into a state that a link can hold", () => {
    const field = fc.constantFrom(
      "v=1",
      "law",
      "tau",
      "tab",
      "sample",
      "sheet",
      "loop",
      "data",
      "p.c",
      "p.__proto__",
      "x",
    );
    const junk = fc.oneof(
      fc.string(),
      fc.string({ unit: "binary" }),
      fc
        .array(
          fc
            .tuple(field, fc.string({ unit: "binary", maxLength: 20 }))
            .map(([k, v]) => `${k}=${encodeURIComponent(v)}`),
        )
        .map((parts) => ["v=1", ...parts].join("&")),
    );
    let accepted = 0;
    fc.assert(
      fc.property(junk, (text) => {
        const { state: found, problems } = readLink(text);
        if (problems.length === 0) accepted++;
        expect(Object.keys(found).sort()).toEqual(Object.keys(initialState).sort());
        expect(readLink(toLink(found))).toEqual({ state: found, problems: [] });
        for (const problem of problems) expect(problem).toMatch(/^[\x20-\x7e…]{1,160}$/);
      }),
      { numRuns: 500 },
    );
    expect(accepted).toBeGreaterThan(0);
  });

  it("says what it ignored", () => {
    expect(readLink("v=2&law=mp(1)").problems).toEqual(['the link has version "2"; this page reads 1; it was ignored']);
    expect(readLink("law=mp(1)").problems).toEqual(["the link says no version; it was ignored"]);
    expect(readLink("v=1&tau=0").problems).toEqual(['the link\'s tau "0" was ignored']);
    expect(readLink(`v=1&law=${"(".repeat(5000)}`).problems).toHaveLength(1);
    expect(readLink("v=1&p.__proto__=1&p.x=1e999").state.parameters).toEqual({});
    expect(readLink("v=1&law=mp(1)%0A%00").problems).toHaveLength(1);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});

describe("exact numbers in a link", () => {
  it.each(["0", "-3", "1/50", "0.02", ".5", "1e-3".replace("1e", "1.0e"), "123456789012345678901234567890/7"])(
    "%s",
    (text) => {
      expect(isRationalText(text)).toBe(true);
    },
  );
  it.each(["", "1/0", "1/00", "1e5000", "0x10", "1_0", "Infinity", "NaN", "--1", "1/-2", "1.5/2", " 1", "1;2", "٣"])(
    "not %j",
    (text) => {
      expect(isRationalText(text)).toBe(false);
    },
  );
  it("positive ones are told from others", () => {
    expect(["1", "1/2", "0.001", "10"].map(isPositiveRational)).toEqual([true, true, true, true]);
    expect(["0", "-1", "0/5", "0.000", "0e5"].map(isPositiveRational)).toEqual([false, false, false, false, false]);
  });
});
