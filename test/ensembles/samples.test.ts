import { describe, expect, test } from "vitest";
import { seededRandom } from "../../src/core/index.js";
import { type ArgumentValue, catalogue, toNumber } from "../../src/ensembles/index.js";

const entryOf = (name: string) => catalogue.find((entry) => entry.name === name)!;

describe("samples", () => {
  // Linear statistics of a matrix of size N fluctuate by O(1/N) with a bias of O(1/N): the bound is generous for N = 120.
  test.each([
    ["semicircle", ["3/2"]],
    ["mp", ["1/2"]],
    ["mp", [3]],
    ["freePoisson", ["1/3", -2]],
    [
      "compoundFreePoisson",
      [
        "1/2",
        [
          [1, "3/4"],
          [2, "1/4"],
        ],
      ],
    ],
    [
      "freeLevy",
      [
        1,
        "1/4",
        "1/2",
        [
          [1, "3/4"],
          [2, "1/4"],
        ],
      ],
    ],
    [
      "atoms",
      [
        [
          [0, "1/3"],
          [1, "2/3"],
        ],
      ],
    ],
    ["arcsine", [-1, 2]],
    ["kestenMcKay", [3]],
    ["wachter", [2, "3/2"]],
    ["wachter", ["1/2", "3/4"]],
    ["fussCatalan", [1]],
    ["fussCatalan", [2]],
    ["bures", []],
    [
      "deformedWigner",
      [
        "1/4",
        [
          [-1, "1/2"],
          [1, "1/2"],
        ],
      ],
    ],
    [
      "silverstein",
      [
        "1/2",
        [
          [1, "1/2"],
          [3, "1/2"],
        ],
      ],
    ],
    ["inverseMp", ["1/4"]],
    ["wignerPlusWishart", ["1/4", "1/2"]],
  ] as [string, ArgumentValue[]][])("%s(%s) has the moments of its law", (name, values) => {
    const size = 120;
    const entry = entryOf(name);
    const sample = entry.sample!(size, seededRandom(7), ...values);
    expect(sample).toHaveLength(size);
    expect(Array.from(sample)).toEqual(Array.from(sample).sort((a, b) => a - b));
    const exact = entry.closedForms(...values).moments!(4).map(toNumber);
    for (let k = 1; k <= 3; k++) {
      const mean = sample.reduce((sum, x) => sum + x ** k, 0) / size;
      // The spread of x^k sets the scale; mu_2k is bounded by a small multiple of mu_4's power.
      const scale = Math.max(1, Math.abs(exact[3]!)) ** (k / 4);
      expect(Math.abs(mean - exact[k - 1]!)).toBeLessThan(0.12 * scale);
    }
  });

  test("the same seed gives the same eigenvalues", () => {
    const [a, b] = [11, 11].map((seed) => entryOf("mp").sample!(10, seededRandom(seed), "1/2"));
    expect(a).toEqual(b);
  });

  test("zero eigenvalues stand where the law has an atom at 0", () => {
    const sample = entryOf("mp").sample!(60, seededRandom(3), 3);
    expect(sample.filter((x) => Math.abs(x) < 1e-9)).toHaveLength(40);
  });

  test("what cannot be sampled is refused with a sentence", () => {
    const random = seededRandom(1);
    expect(() => entryOf("mp").sample!(0, random, 1)).toThrow("the size of a matrix is a positive integer; got 0");
    expect(() => entryOf("mp").sample!(5, random, "c")).toThrow("c has parameters");
    expect(() => entryOf("kestenMcKay").sample!(5, random, 3)).toThrow("a perfect matching needs an even size");
    expect(() => entryOf("kestenMcKay").sample!(6, random, "5/2")).toThrow("a regular graph has an integer degree");
    expect(entryOf("freeMeixner").sample).toBeUndefined();
  });
});
