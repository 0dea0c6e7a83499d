import { readFileSync } from "node:fs";
import { cumulants, ensembles, moments, parseLaw } from "freecurve";
import { parseRationalFunction, rationalFunctionToText, toText } from "freecurve/poly";
import { describe, expect, test } from "vitest";
import { type ArgumentValue, type AtomList, catalogue } from "../../src/ensembles/index.js";

const golden = JSON.parse(readFileSync(new URL("../golden/laws.json", import.meta.url), "utf8")) as {
  catalogue: { law: string; moments: string[]; cumulants: string[] }[];
};

describe("moments and cumulants from the curves of the catalogue", () => {
  test.each(golden.catalogue)("$law", ({ law, moments: mu, cumulants: kappa }) => {
    const texts = (values: string[]) => values.map((text) => rationalFunctionToText(parseRationalFunction(text)));
    const made = parseLaw(law);
    expect(moments(made, mu.length).map(rationalFunctionToText)).toEqual(texts(mu));
    expect(cumulants(made, kappa.length).map(rationalFunctionToText)).toEqual(texts(kappa));
  });

  // High orders, where the closed forms of the catalogue stand against the expansion of the curve.
  const jumps: AtomList = [
    [2, "3/4"],
    ["11/2", "1/4"],
  ];
  test.each([
    ["semicircle", ["1/2"]],
    ["mp", ["3/7"]],
    ["freePoisson", ["1/3", -2]],
    ["compoundFreePoisson", ["1/10", jumps]],
    ["freeLevy", [0, "4/25", "1/10", jumps]],
    ["arcsine", [-1, 3]],
    ["kestenMcKay", ["5/2"]],
    ["wachter", ["1/2", "3/4"]],
    ["freeMeixner", ["1/2", "-1/2"]],
    ["fussCatalan", [3]],
    ["bures", []],
    [
      "deformedWigner",
      [
        "1/4",
        [
          [0, "1/3"],
          [1, "2/3"],
        ],
      ],
    ],
    ["silverstein", ["1/2", jumps]],
    ["inverseMp", ["1/4"]],
    ["wignerPlusWishart", ["1/16", "1/2"]],
    ["raney", ["5/2", "2/3"]],
    ["tetilla", []],
    ["manova", ["1/3", "4/3"]],
    ["fisher", ["3/2", "1/3"]],
    ["monomialPotential", [4]],
    ["conjugateKernel", [1, "1/3", "1/2", "3/4"]],
    ["ridgeHat", ["1/3", "1/2"]],
  ] as [string, ArgumentValue[]][])("%s(%s) to order 16", (name, values) => {
    const entry = catalogue.find((candidate) => candidate.name === name)!;
    const expected = entry.closedForms(...values).moments!(16);
    expect(moments(entry.law(...values), 16).map(rationalFunctionToText)).toEqual(expected.map(rationalFunctionToText));
  });

  test.each([
    ["raney(2, 1)", "mp(1)"],
    ["raney(4, 1)", "fussCatalan(3)"],
    ["raney(1, 1/2)", "arcsine(0, 1)"],
    ["scale(raney(3/2, 1/2), 2)", "bures()"],
    ["raney(1, 1)", "atoms([[1, 1]])"],
    ["tetilla()", "compoundFreePoisson(2, [[1, 1/2], [-1, 1/2]])"],
    ["tetilla()", "commutator(semicircle(1), semicircle(1))"],
    ["manova(c, d)", "wachter(1/c, 1/d)"],
    ["fisher(1/3, 2/5)", "freeProduct(mp(1/3), inverseMp(2/5))"],
    ["fisher(1/3, 1/2)", "mobius(manova(1/3, 1/2), 2/3, 0, -1, 1)"],
    ["monomialPotential(1)", "semicircle(1)"],
  ])("%s is %s", (one, other) => {
    const [a, b] = [parseLaw(one), parseLaw(other)];
    expect(toText(a.curve)).toBe(toText(b.curve));
    expect(moments(a, 4).map(rationalFunctionToText)).toEqual(moments(b, 4).map(rationalFunctionToText));
  });

  test("sums of binomials", () => {
    const binomial = (n: number, k: number): bigint =>
      k === 0 ? 1n : (binomial(n - 1, k - 1) * BigInt(n)) / BigInt(k);
    const numbers = (law: Parameters<typeof moments>[0]) => moments(law, 10).map(rationalFunctionToText);
    const fuss = Array.from({ length: 10 }, (_, i) => binomial(3 * i + 3, i + 1) / BigInt(2 * i + 3));
    expect(numbers(ensembles.fussCatalan(2))).toEqual(fuss.map(String));
    const schroeder = Array.from({ length: 10 }, (_, i) => {
      const n = i + 1;
      let sum = 0n;
      for (let k = 1; k <= n; k++) sum += ((binomial(n, k) * binomial(n, k - 1)) / BigInt(n)) * 2n ** BigInt(n - k);
      return sum;
    });
    expect(numbers(ensembles.mp(2))).toEqual(schroeder.map(String));
  });
});
