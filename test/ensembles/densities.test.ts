import { readFileSync } from "node:fs";
import { ensembles, density as lawDensity } from "freecurve";
import { rationalFunctionToText } from "freecurve/poly";
import { describe, expect, test } from "vitest";
import { type ArgumentValue, catalogue, toNumber } from "../../src/ensembles/index.js";

const golden = JSON.parse(readFileSync(new URL("../golden/laws.json", import.meta.url), "utf8")) as {
  densities: { law: string; values: [string, string][] }[];
};

const formsOf = (name: string, values: ArgumentValue[]) =>
  catalogue.find((entry) => entry.name === name)!.closedForms(...values);

/** ∫ x^k rho(x) dx over (a, b) by the midpoint rule in t, x = (a + b)/2 − (b − a)/2 cos t, which tames the edges. */
function integral(density: (x: number) => number, a: number, b: number, k: number): number {
  const steps = 5000;
  let sum = 0;
  for (let i = 0; i < steps; i++) {
    const t = (Math.PI * (i + 0.5)) / steps;
    const x = (a + b) / 2 - ((b - a) / 2) * Math.cos(t);
    sum += x ** k * density(x) * Math.sin(t);
  }
  return (sum * (b - a) * Math.PI) / (2 * steps);
}

describe("densities and atoms in closed form", () => {
  test.each([
    ["semicircle", ["2/3"]],
    ["mp", ["1/2"]],
    ["mp", [1]],
    ["mp", [3]],
    ["freePoisson", ["1/3", 2]],
    ["freePoisson", ["5/2", -2]],
    [
      "atoms",
      [
        [
          [-1, "1/4"],
          [2, "3/4"],
        ],
      ],
    ],
    ["arcsine", [-1, 3]],
    ["kestenMcKay", [2]],
    ["kestenMcKay", ["7/2"]],
    ["wachter", [2, "3/2"]],
    ["wachter", ["1/2", "3/4"]],
    ["freeMeixner", [0, 0]],
    ["freeMeixner", ["1/2", "-1/2"]],
    ["freeMeixner", [3, 1]],
    ["freeMeixner", [-3, 0]],
    ["freeMeixner", [1, -1]],
    ["freeMeixner", ["1/2", "-9/10"]],
    ["inverseMp", ["1/4"]],
    ["raney", [1, "1/2"]],
    ["raney", [1, 1]],
    ["tetilla", []],
    ["manova", ["1/2", "4/3"]],
    ["fisher", ["1/2", "1/3"]],
    ["fisher", [2, "1/4"]],
    ["monomialPotential", [1]],
    ["monomialPotential", [5]],
  ] as [string, ArgumentValue[]][])("%s(%s) have mass 1 and the moments of the law", (name, values) => {
    const forms = formsOf(name, values);
    const edges = forms.edges!();
    const expected = [1, ...forms.moments!(4).map(toNumber)];
    const density = forms.density!();
    for (const [k, moment] of expected.entries()) {
      let value = 0;
      for (let i = 0; i + 1 < edges.length; i += 2) value += integral(density, edges[i]!, edges[i + 1]!, k);
      for (const { at, weight } of forms.atoms!()) value += weight * at ** k;
      expect(Math.abs(value - moment)).toBeLessThan(1e-6 * Math.max(1, Math.abs(moment)));
    }
  });

  test.each([
    ["fussCatalan(2)", "fussCatalan", [2]],
    ["bures()", "bures", []],
  ] as [string, string, ArgumentValue[]][])("%s has the golden densities", (law, name, values) => {
    const density = formsOf(name, values).density!();
    for (const [x, rho] of golden.densities.find((entry) => entry.law === law)!.values) {
      expect(Math.abs(density(Number(x)) / Number(rho) - 1)).toBeLessThan(1e-13);
    }
  });

  test("fussCatalan(1) is mp(1)", () => {
    const [fuss, mp] = [formsOf("fussCatalan", [1]), formsOf("mp", [1])];
    for (const x of [0.01, 0.5, 1, 3.9]) expect(fuss.density!()(x)).toBeCloseTo(mp.density!()(x), 12);
    expect(fuss.edges!()).toEqual([0, 4]);
    expect(formsOf("fussCatalan", [2]).edges!()[1]).toBe(27 / 4);
  });

  test("Raney laws in other words", () => {
    const density = (name: string, values: ArgumentValue[]) => formsOf(name, values).density!();
    for (const x of [0.01, 0.5, 1, 2.4, 3.9]) {
      expect(density("raney", [2, 1])(x)).toBeCloseTo(density("mp", [1])(x), 12);
      expect(density("raney", [3, 1])(x)).toBeCloseTo(density("fussCatalan", [2])(x), 12);
      // A_n(p, p) = A_(n+1)(p, 1): the density of raney(p, p) is x times that of raney(p, 1).
      expect(density("raney", ["5/2", "5/2"])(x)).toBeCloseTo(x * density("raney", ["5/2", 1])(x), 12);
      expect(density("raney", [3, 2])(x)).toBeCloseTo(lawDensity(ensembles.raney(3, 2))(Float64Array.of(x))[0]!, 12);
    }
  });

  test("the density is 0 outside the support", () => {
    for (const [name, values] of [
      ["semicircle", [1]],
      ["arcsine", [0, 1]],
      ["bures", []],
      ["fussCatalan", [3]],
    ] as const) {
      expect(formsOf(name, [...values]).density!()(100)).toBe(0);
    }
  });

  test("masses of Marchenko–Pastur atoms", () => {
    expect(formsOf("mp", ["1/2"]).atoms!()).toEqual([]);
    expect(formsOf("mp", [4]).atoms!()).toEqual([{ at: 0, weight: 3 / 4 }]);
    expect(formsOf("freePoisson", ["1/4", 7]).atoms!()).toEqual([{ at: 0, weight: 3 / 4 }]);
    expect(formsOf("silverstein", [2, [[1, 1]]]).atoms!()).toEqual([{ at: 0, weight: 1 / 2 }]);
    expect(rationalFunctionToText(formsOf("mp", ["c"]).moments!(2)[1]!)).toBe("c + 1");
  });
});
