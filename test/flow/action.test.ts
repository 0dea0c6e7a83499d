import {
  atoms,
  type BirationalMap,
  carryCumulants,
  carryPole,
  companion,
  companionMap,
  cumulants,
  DomainError,
  decompress,
  decompressionMap,
  deform,
  deformationMap,
  dilationMap,
  inverse,
  inversionMap,
  type Law,
  mobius,
  mobiusMap,
  parseLaw,
  parseRational,
  power,
  powerMap,
  type SheetPole,
  scale,
  semicircularFlow,
  semicircularMap,
  shift,
  shiftMap,
} from "freecurve";
import { parseRationalFunction, type RationalFunction, rationalFunctionToText } from "freecurve/poly";
import { algebraicFromRational, algebraicToDecimal } from "freecurve/roots";
import { describe, expect, test } from "vitest";

const f = (text: string): RationalFunction => parseRationalFunction(text);
const texts = (list: readonly RationalFunction[]): string[] => list.map(rationalFunctionToText);

/** A map beside the operation on laws whose result is expanded at infinity afresh. */
const operations: [string, BirationalMap, (law: Law) => Law][] = [
  ["decompression", decompressionMap(f("3/2")), (law) => decompress(law, "3/2")],
  ["symbolic decompression", decompressionMap(f("tau")), (law) => decompress(law, "tau")],
  ["shift", shiftMap(f("-2")), (law) => shift(law, -2)],
  ["dilation", dilationMap(f("-1/3")), (law) => scale(law, "-1/3")],
  ["power", powerMap(f("5/2")), (law) => power(law, "5/2")],
  ["semicircular flow", semicircularMap(f("v")), (law) => semicircularFlow(law, "v")],
  ["companion", companionMap(f("1/2")), (law) => companion(law, "1/2")],
  ["deformation", deformationMap(f("1/2"), f("3")), (law) => deform(law, "1/2", 3)],
  ["affine Möbius map", mobiusMap(f("2"), f("1"), f("0"), f("3")), (law) => mobius(law, 2, 1, 0, 3)],
];

const laws = [
  "mp(c)",
  "semicircle(1)",
  "bures()",
  "wignerPlusWishart(1/5, 1/2)",
  "compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]])",
];

describe("the action of a map on free cumulants", () => {
  test.each(operations)("%s: carried without the curve, they are those of the carried curve", (_name, map, operate) => {
    for (const text of laws) {
      const law = parseLaw(text);
      const carried = carryCumulants(map, cumulants(law, 6));
      expect(carried).toHaveLength(6);
      expect(texts(carried), text).toEqual(texts(cumulants(operate(law), 6)));
    }
  });

  test("decompression multiplies the n-th by tau^(n − 1), a free convolution power each by s", () => {
    const kappas = ["k1", "k2", "k3", "k4"].map(f);
    expect(texts(carryCumulants(decompressionMap(f("tau")), kappas))).toEqual(["k1", "k2*tau", "k3*tau^2", "k4*tau^3"]);
    expect(texts(carryCumulants(powerMap(f("s")), kappas))).toEqual(["k1*s", "k2*s", "k3*s", "k4*s"]);
    expect(texts(carryCumulants(semicircularMap(f("v")), kappas))).toEqual(["k1", "k2 + v", "k3", "k4"]);
  });

  test("a map that moves infinity carries none", () => {
    expect(() => carryCumulants(inversionMap(), [f("1"), f("2")])).toThrow(DomainError);
    expect(() => carryCumulants(mobiusMap(f("1"), f("2"), f("1"), f("0")), [f("1"), f("2")])).toThrow(/moves infinity/);
  });
});

describe("the action of a map on a pole of a sheet", () => {
  const poleOf = (map: BirationalMap, at: string, weight: string): [string, string] | undefined => {
    const pole: SheetPole | undefined = carryPole(map, { at: f(at), weight: f(weight) });
    return pole && [rationalFunctionToText(pole.at), rationalFunctionToText(pole.weight)];
  };

  test("follows the closed forms, with symbols", () => {
    expect(poleOf(decompressionMap(f("tau")), "a", "w")).toEqual(["a", rationalFunctionToText(f("1 - (1 - w)/tau"))]);
    expect(poleOf(powerMap(f("s")), "a", "w")).toEqual(["a*s", rationalFunctionToText(f("1 - s*(1 - w)"))]);
    expect(poleOf(shiftMap(f("b")), "t", "w")).toEqual(["b + t", "w"]);
    expect(poleOf(inversionMap(), "a", "w")).toEqual(["1/a", "w"]);
    expect(poleOf(companionMap(f("c")), "0", "w")).toEqual(["0", rationalFunctionToText(f("c*w + 1 - c"))]);
    expect(poleOf(companionMap(f("c")), "a", "w")).toEqual(["a", "c*w"]);
  });

  test("is nothing where the pole leaves: to infinity, or spread by a semicircle", () => {
    expect(poleOf(inversionMap(), "0", "w")).toBeUndefined();
    expect(poleOf(semicircularMap(f("v")), "a", "w")).toBeUndefined();
  });

  test.each<[string, BirationalMap, (law: Law) => Law]>([
    ["decompression", decompressionMap(f("4/5")), (law) => decompress(law, "4/5")],
    ["power", powerMap(f("5/4")), (law) => power(law, "5/4")],
    ["inversion", inversionMap(), inverse],
    ["Möbius map", mobiusMap(f("1"), f("2"), f("1"), f("-3")), (law) => mobius(law, 1, 2, 1, -3)],
  ])("%s: the atoms of the carried curve are the carried atoms of positive weight", (_name, map, operate) => {
    const law = parseLaw("atoms([[-1, 1/2], [2, 1/3], [5, 1/6]])");
    const carried = [
      ["-1", "1/2"],
      ["2", "1/3"],
      ["5", "1/6"],
    ].map(([at, weight]) => carryPole(map, { at: f(at!), weight: f(weight!) })!);
    const pairs = carried
      .map((pole) => texts([pole.at, pole.weight]))
      .filter(([, w]) => !w!.startsWith("-") && w !== "0");
    const exact = (text: string): string => algebraicToDecimal(algebraicFromRational(parseRational(text)), 20);
    const found = atoms(operate(law)).map(({ at, weight }) => [
      algebraicToDecimal(at, 20),
      algebraicToDecimal(weight, 20),
    ]);
    expect(found.length).toBeGreaterThan(0);
    expect(found.sort()).toEqual(pairs.map((pair) => pair.map(exact)).sort());
  });
});
