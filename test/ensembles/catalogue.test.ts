import { readFileSync } from "node:fs";
import { ensembles } from "freecurve";
import {
  degree,
  derivative,
  fractions,
  gcd,
  parseRationalFunction,
  type RationalFunction,
  rationalFunctionToText,
  toText,
} from "freecurve/poly";
import { describe, expect, test } from "vitest";
import { DomainError } from "../../src/core/index.js";
import { ArgumentError, type ArgumentValue, type AtomList, catalogue } from "../../src/ensembles/index.js";
import { rational } from "../../src/rings/index.js";

const golden = JSON.parse(readFileSync(new URL("../golden/laws.json", import.meta.url), "utf8")) as {
  catalogue: { law: string; curve: string; moments: string[]; cumulants: string[] }[];
};

/** Reads `name(1/2, [[a, 1]])` without the parser of the project. */
function call(text: string): { name: string; values: ArgumentValue[] } {
  const [, name, inside] = /^(\w+)\((.*)\)$/.exec(text)!;
  const quoted = inside!.replace(/[^,[\]]+/g, (item) => (item.trim() === "" ? "" : JSON.stringify(item.trim())));
  return { name: name!, values: JSON.parse(`[${quoted}]`) as ArgumentValue[] };
}

const entryOf = (name: string) => catalogue.find((entry) => entry.name === name)!;
const instances = golden.catalogue.map((facts) => ({ ...facts, ...call(facts.law) }));

describe("the catalogue", () => {
  test.each(instances)("curve of $law", ({ name, values, curve }) => {
    const law = entryOf(name).law(...values);
    expect(toText(law.curve)).toBe(curve);
    expect(degree(gcd(law.curve, derivative(law.curve, "m")), "m")).toBe(0);
    expect(law.derivation.operation).toBe(name);
  });

  test.each(instances)("moments and cumulants of $law in closed form", ({ name, values, moments, cumulants }) => {
    const forms = entryOf(name).closedForms(...values);
    const exact = (texts: string[]) => texts.map((text) => parseRationalFunction(text));
    expect(forms.moments?.(moments.length)).toEqual(exact(moments));
    if (forms.cumulants !== undefined) expect(forms.cumulants(cumulants.length)).toEqual(exact(cumulants));
  });

  test("every law is among the golden ones and among the functions", () => {
    const algebraic = catalogue.map(({ name }) => name).filter((name) => name !== "quarterCircle");
    for (const name of algebraic) expect(instances.some((instance) => instance.name === name)).toBe(true);
    expect(Object.keys(ensembles)).toEqual(algebraic);
  });

  test("every entry says what it is and where it comes from", () => {
    for (const entry of catalogue) {
      expect(entry.title).toMatch(/\S/);
      expect(entry.source).toMatch(/\S/);
    }
  });
});

/** The block sizes of every non-crossing partition of n points, by enumeration. */
function nonCrossingPartitions(n: number): number[][] {
  if (n === 0) return [[]];
  const found: number[][] = [];
  // The block of the first point cuts the rest into gaps that are partitioned on their own.
  const extend = (next: number, size: number, others: number[][]): void => {
    const closed = nonCrossingPartitions(n - next);
    for (const rest of closed) for (const other of others) found.push([size, ...other, ...rest]);
    for (let point = next; point < n; point++) {
      const gap = nonCrossingPartitions(point - next);
      extend(
        point + 1,
        size + 1,
        others.flatMap((other) => gap.map((inner) => [...other, ...inner])),
      );
    }
  };
  extend(1, 1, [[]]);
  return found;
}

describe("closed forms", () => {
  const partitions = [1, 2, 3, 4, 5, 6, 7].map(nonCrossingPartitions);

  test("the enumeration of non-crossing partitions gives the Catalan numbers", () => {
    expect(partitions.map((list) => list.length)).toEqual([1, 2, 5, 14, 42, 132, 429]);
  });

  test.each([
    ["semicircle", ["v"]],
    ["mp", ["c"]],
    ["freePoisson", ["r", "a"]],
    [
      "compoundFreePoisson",
      [
        "1/3",
        [
          ["2", "w"],
          ["-1", "1 - w"],
        ],
      ],
    ],
    [
      "freeLevy",
      [
        "1",
        "1/2",
        "2/3",
        [
          ["2", "1/2"],
          ["-1", "1/2"],
        ],
      ],
    ],
    ["arcsine", ["-1/2", "5"]],
    ["kestenMcKay", ["d"]],
    ["wachter", ["3/2", "2/5"]],
    ["freeMeixner", ["a", "b"]],
    ["fussCatalan", [2]],
    ["fussCatalan", [4]],
    ["bures", []],
    [
      "deformedWigner",
      [
        "v",
        [
          ["0", "1/3"],
          ["1", "2/3"],
        ],
      ],
    ],
    ["inverseMp", ["2/7"]],
    ["wignerPlusWishart", ["1/2", "f"]],
    ["raney", ["5/2", "3/2"]],
    ["raney", ["4/3", "1/3"]],
    ["tetilla", []],
    ["manova", ["3/2", "2/5"]],
  ] as [string, ArgumentValue[]][])("moments of %s(%s) are sums over non-crossing partitions", (name, values) => {
    const forms = entryOf(name).closedForms(...values);
    const kappa = forms.cumulants!(7);
    const sums = partitions.map((list) => {
      const counts = new Map<string, number>();
      for (const blocks of list) {
        const key = [...blocks].sort().join(" ");
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      let sum: RationalFunction = fractions.zero;
      for (const [key, count] of counts) {
        const product = key.split(" ").reduce((p, size) => fractions.mul(p, kappa[Number(size) - 1]!), fractions.one);
        sum = fractions.add(sum, fractions.mul(fractions.fromInteger(BigInt(count)), product));
      }
      return sum;
    });
    expect(forms.moments!(7).map(rationalFunctionToText)).toEqual(sums.map(rationalFunctionToText));
  });

  test("silverstein of a single atom is a scaled Marchenko–Pastur law", () => {
    const scaled = entryOf("silverstein").closedForms("c", [["t", 1]]).moments!(5);
    const plain = entryOf("mp").closedForms("c").moments!(5);
    const t = parseRationalFunction("t");
    expect(scaled).toEqual(plain.map((moment, k) => fractions.mul(moment, fractions.pow(t, k + 1))));
  });
});

describe("arguments", () => {
  const half = toText(ensembles.mp("1/2").curve);

  test("are taken as text, integers, bigints, rationals and rational functions", () => {
    expect(toText(ensembles.mp("0.5").curve)).toBe(half);
    expect(toText(ensembles.mp(rational(1, 2)).curve)).toBe(half);
    expect(toText(ensembles.mp(parseRationalFunction("1/2")).curve)).toBe(half);
    expect(toText(ensembles.mp(3).curve)).toBe(toText(ensembles.mp(3n).curve));
    expect(ensembles.mp("2*c/d").parameters).toEqual(["c", "d"]);
  });

  test("names of parameters may be those that the formulas use", () => {
    expect(toText(ensembles.freePoisson("a", "r").curve)).toBe("m^2*r*z + m*z - a*m*r + m*r + 1");
    expect(toText(ensembles.mp("t").curve)).toBe("m^2*t*z + m*z + m*t - m + 1");
  });

  test("atoms at the same place are one atom", () => {
    const merged = ensembles.atoms([
      ["1/2", "1/3"],
      ["0.5", "1/6"],
      [2, "1/2"],
    ]);
    expect(toText(merged.curve)).toBe(
      toText(
        ensembles.atoms([
          ["1/2", "1/2"],
          [2, "1/2"],
        ]).curve,
      ),
    );
  });

  test("many atoms", () => {
    const points: AtomList = Array.from({ length: 24 }, (_, k) => [k + 1, "1/24"] as const);
    expect(degree(ensembles.atoms(points).curve, "z")).toBe(24);
    expect(degree(ensembles.silverstein("1/3", points).curve, "m")).toBe(25);
  });

  const outside: readonly (readonly [string, () => unknown, string])[] = [
    ["mp(-1)", () => ensembles.mp(-1), "mp(c) needs c > 0; got -1"],
    ["mp(0.5)", () => ensembles.mp(0.5), '0.5 is not an exact scalar; write it as text, such as "1/50" or "0.02"'],
    ["mp(z)", () => ensembles.mp("z"), "z is a variable of the curve and cannot be a parameter"],
    ["semicircle(0)", () => ensembles.semicircle(0), "semicircle(v) needs v > 0; got 0"],
    ["freePoisson(1, 0)", () => ensembles.freePoisson(1, 0), "needs jump different from 0; got 0"],
    ["freeLevy(0, -1, …)", () => ensembles.freeLevy(0, -1, 1, [[1, 1]]), "needs variance > 0; got -1"],
    ["arcsine(1, 1)", () => ensembles.arcsine("c", "c"), "arcsine(a, b) needs two different edges"],
    ["kestenMcKay(3/2)", () => ensembles.kestenMcKay("3/2"), "kestenMcKay(d) needs d at least 2; got 3/2"],
    ["wachter(1/2, 1/2)", () => ensembles.wachter("1/2", "1/2"), "wachter(a, b) needs a + b > 1; got 1"],
    ["wachter(2, -1/2)", () => ensembles.wachter(2, "-1/2"), "wachter(a, b) needs b > 0; got -1/2"],
    ["freeMeixner(0, -2)", () => ensembles.freeMeixner(0, -2), "freeMeixner(a, b) needs b at least -1; got -2"],
    ["fussCatalan(1/2)", () => ensembles.fussCatalan("1/2"), "fussCatalan(p) needs a positive integer p; got 1/2"],
    ["fussCatalan(p)", () => ensembles.fussCatalan("p"), "fussCatalan(p) needs a positive integer p; got p"],
    ["fussCatalan(2000)", () => ensembles.fussCatalan(2000), "fussCatalan(p) is made for p up to 1000; got 2000"],
    ["inverseMp(1)", () => ensembles.inverseMp(1), "inverseMp(c) needs c between 0 and 1; got 1"],
    ["wignerPlusWishart(0, 1)", () => ensembles.wignerPlusWishart(0, 1), "needs eps > 0; got 0"],
    ["raney(p, 1)", () => ensembles.raney("p", 1), "raney(p, r) needs a number p; got p"],
    ["raney(1/2, 1/4)", () => ensembles.raney("1/2", "1/4"), "raney(p, r) needs p at least 1; got 1/2"],
    ["raney(2, 3)", () => ensembles.raney(2, 3), "raney(p, r) needs r > 0 and at most p; got 3"],
    ["raney(31/30, 1/7)", () => ensembles.raney("31/30", "1/7"), "over a common denominator are at most 60; got 217"],
    ["manova(3, 3/2)", () => ensembles.manova(3, "3/2"), "manova(c1, c2) needs 1/c1 + 1/c2 > 1; got 1"],
    ["fisher(1, 1)", () => ensembles.fisher(1, 1), "fisher(c1, c2) needs c2 between 0 and 1; got 1"],
    ["monomialPotential(101)", () => ensembles.monomialPotential(101), "is made for k up to 100; got 101"],
    [
      "conjugateKernel(1, 3/2, 1, 1)",
      () => ensembles.conjugateKernel(1, "3/2", 1, 1),
      "conjugateKernel(eta, zeta, phi, psi) needs zeta at most eta; it is 1/2 more",
    ],
    ["conjugateKernel(1, -1, 1, 1)", () => ensembles.conjugateKernel(1, -1, 1, 1), "needs zeta at least 0; got -1"],
    ["ridgeHat(3, 1)", () => ensembles.ridgeHat(3, 1), "needs kappa > c - 1, so that lambda > 0; lambda is -1/2"],
    ["no atoms", () => ensembles.atoms([]), "atoms(points) needs at least one pair in points"],
    [
      "weights above 1",
      () =>
        ensembles.atoms([
          [0, 1],
          [1, 1],
        ]),
      "weights that sum to 1 in points; they sum to 2",
    ],
    [
      "weight 0",
      () =>
        ensembles.atoms([
          [0, 0],
          [1, 1],
        ]),
      "needs weights > 0 in points; got 0",
    ],
    ["jump 0", () => ensembles.compoundFreePoisson(1, [[0, 1]]), "every location in jumps different from 0; got 0"],
    ["population -1", () => ensembles.silverstein(1, [[-1, 1]]), "every location in population > 0; got -1"],
  ];
  test.each(outside)("outside the domain: %s", (_, make, sentence) => {
    expect(make).toThrow(sentence);
    expect(make).toThrow(DomainError);
  });

  test("a mistake in a list says which item and which half", () => {
    const place = (make: () => unknown) => {
      try {
        make();
      } catch (error) {
        if (error instanceof ArgumentError) return error.place;
      }
      return undefined;
    };
    expect(
      place(() =>
        ensembles.deformedWigner(1, [
          [0, "1/2"],
          [1, "-1/2"],
        ]),
      ),
    ).toEqual({ argument: 1, item: 1, part: 1 });
    expect(
      place(() =>
        ensembles.silverstein(1, [
          [1, "1/2"],
          [0, "1/2"],
        ]),
      ),
    ).toEqual({ argument: 1, item: 1, part: 0 });
    expect(place(() => ensembles.silverstein(0, [[1, 1]]))).toEqual({ argument: 0 });
  });

  test("numeric closed forms ask for numbers", () => {
    expect(() => entryOf("mp").closedForms("c").edges?.()).toThrow("c has parameters");
  });
});
