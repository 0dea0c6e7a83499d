import { distribution, parseLaw, sample } from "freecurve";
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
    ["raney", [3, 1]],
    ["tetilla", []],
    ["manova", ["1/2", "2/3"]],
    ["manova", ["3/2", "1/2"]],
    ["fisher", ["1/2", "1/4"]],
    ["fisher", [2, "1/4"]],
    ["conjugateKernel", [1, 1, "1/2", "3/4"]],
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

/** The largest distance between the distribution of the eigenvalues and that of the law, apart from its atoms. */
function distance(text: string, size: number): number {
  const law = parseLaw(text);
  const values = sample(law, size, 41);
  const { cumulative } = distribution(law);
  return values.reduce(
    (most, x, i) => (x === 0 ? most : Math.max(most, Math.abs(cumulative(x) - (i + 0.5) / size))),
    0,
  );
}

describe("a sample of a law", () => {
  // The spectrum is rigid: the distance is a few times 1/N, not 1/√N.
  test.each([
    "semicircle(2)",
    "mp(1/2)",
    "mp(3)",
    "mp(1)",
    "freePoisson(1/3, -2)",
    "inverseMp(1/4)",
    "wachter(2, 3/2)",
    "arcsine(-1, 3)",
    "manova(3/2, 1/2)",
    "fisher(1/2, 1/4)",
    "ridgeHat(1/2, 1)",
    "square(semicircle(1))",
    "mobius(mp(1/2), 1, 0, 1, 1)",
    "shift(scale(mp(1/4), -2), 1)",
    "inverse(mp(1/4))",
  ])("%s at size 800", (text) => {
    expect(distance(text, 800)).toBeLessThan(0.01);
  });

  test.each(["tetilla()", "fussCatalan(2)", "bures()", "monomialPotential(3)", "wignerPlusWishart(1/4, 1/2)"])(
    "%s at size 200",
    (text) => {
      expect(distance(text, 200)).toBeLessThan(0.03);
    },
  );

  test("the same seed gives the same matrix, another seed another", () => {
    const law = parseLaw("fisher(1/2, 1/4)");
    expect(sample(law, 20, 1)).toEqual(sample(law, 20, 1));
    expect(sample(law, 20, 2)).not.toEqual(sample(law, 20, 1));
  });

  test("is refused where no matrix model is known, and where the law has parameters", () => {
    expect(() => sample(parseLaw("freeMeixner(0, 1)"), 5, 1)).toThrow(
      "no matrix model is known here for the law freeMeixner; its quantiles are the eigenvalues to expect",
    );
    expect(() => sample(parseLaw("decompress(mp(1/2), 2)"), 5, 1)).toThrow("no matrix model is known here");
    expect(() => sample(parseLaw("mp(c)"), 5, 1)).toThrow("the free parameter c");
    expect(() => sample(parseLaw("mp(1)"), 5, 0.5)).toThrow("the seed of a sample is an integer; got 0.5");
    expect(() => sample(parseLaw("raney(3/2, 1)"), 5, 1)).toThrow("is known here for r = 1 and integers p at least 2");
  });

  test("the quarter-circle law has a density and a sample, and no curve", () => {
    const entry = entryOf("quarterCircle");
    expect(() => parseLaw("quarterCircle()")).toThrow("the quarter-circle law has no curve: its density jumps at 0");
    const density = entry.closedForms().density!();
    const steps = 4000;
    const mass = (x: number): number => {
      let sum = 0;
      for (let i = 0; i < steps; i++) sum += density((x * (i + 0.5)) / steps);
      return (sum * x) / steps;
    };
    expect(mass(2)).toBeCloseTo(1, 5);
    const values = entry.sample!(1000, seededRandom(5));
    for (const i of [0, 100, 500, 900]) expect(Math.abs(mass(values[i]!) - (i + 0.5) / 1000)).toBeLessThan(0.004);
    expect(entry.closedForms().edges!()).toEqual([0, 2]);
  });
});
