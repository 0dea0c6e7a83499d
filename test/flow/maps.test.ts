import {
  type BirationalMap,
  companionMap,
  composeMaps,
  decompressionMap,
  deformationMap,
  dilationMap,
  equalMaps,
  identityMap,
  inversionMap,
  invertMap,
  mobiusMap,
  powerMap,
  semicircularMap,
  shiftMap,
} from "freecurve";
import { fractions, parseRationalFunction, type RationalFunction, rationalFunctionToText } from "freecurve/poly";
import { describe, expect, test } from "vitest";
import { rationalProductMap, rationalSumMap } from "../../src/flow/index.js";

const f = (text: string): RationalFunction => parseRationalFunction(text);
const texts = ({ old }: BirationalMap): [string, string] => [
  rationalFunctionToText(old.z),
  rationalFunctionToText(old.m),
];
const same = (a: BirationalMap, b: BirationalMap): void => {
  // Both the decision and the texts, so that neither is trusted alone.
  expect(texts(a)).toEqual(texts(b));
  expect(equalMaps(a, b)).toBe(true);
};

/** Every row of the table, with its parameters free. */
const everyMap: [string, BirationalMap][] = [
  ["decompression", decompressionMap(f("tau"))],
  ["shift", shiftMap(f("b"))],
  ["dilation", dilationMap(f("a"))],
  ["power", powerMap(f("s"))],
  ["free sum with a Poisson law", rationalSumMap(f("c/(1 - s)"), "s")],
  ["free product with a Poisson law", rationalProductMap(f("1/(1 + c*y)"), "y")],
  ["semicircular flow", semicircularMap(f("v"))],
  ["companion", companionMap(f("c"))],
  ["deformation", deformationMap(f("c"), f("tau"))],
  ["inversion", inversionMap()],
  ["Möbius", mobiusMap(f("a"), f("b"), f("c"), f("d"))],
  ["Möbius without a pole", mobiusMap(f("a"), f("b"), f("0"), f("d"))],
];

describe("the maps of the plane", () => {
  test.each([
    ["decompression", decompressionMap(f("tau")), "z + (1 - 1/tau)/m", "tau*m"],
    ["shift", shiftMap(f("b")), "z - b", "m"],
    ["dilation", dilationMap(f("a")), "z/a", "a*m"],
    ["power", powerMap(f("s")), "(z - (s - 1)/m)/s", "m"],
    ["semicircular flow", semicircularMap(f("v")), "z + v*m", "m"],
    ["free sum with a Poisson law", rationalSumMap(f("c/(1 - s)"), "s"), "z - c/(1 + m)", "m"],
    ["companion", companionMap(f("c")), "z", "(m + (1 - c)/z)/c"],
    ["inversion", inversionMap(), "1/z", "-z*(1 + z*m)"],
  ])("%s is that of the table", (_name, { old }, z, m) => {
    expect(fractions.equals(old.z, f(z))).toBe(true);
    expect(fractions.equals(old.m, f(m))).toBe(true);
  });

  test.each(everyMap)("%s and its inverse compose to the identity, both ways", (_name, map) => {
    expect(equalMaps(map, identityMap)).toBe(false);
    same(composeMaps(map, invertMap(map)), identityMap);
    same(composeMaps(invertMap(map), map), identityMap);
    same(invertMap(invertMap(map)), map);
  });

  test("decompression is a one-parameter group, and so are the others", () => {
    same(composeMaps(decompressionMap(f("s")), decompressionMap(f("t"))), decompressionMap(f("s*t")));
    same(invertMap(decompressionMap(f("tau"))), decompressionMap(f("1/tau")));
    same(decompressionMap(f("1")), identityMap);
    same(composeMaps(powerMap(f("s")), powerMap(f("t"))), powerMap(f("s*t")));
    same(composeMaps(dilationMap(f("a")), dilationMap(f("b"))), dilationMap(f("a*b")));
    same(composeMaps(shiftMap(f("a")), shiftMap(f("b"))), shiftMap(f("a + b")));
    same(composeMaps(semicircularMap(f("v")), semicircularMap(f("w"))), semicircularMap(f("v + w")));
    same(composeMaps(inversionMap(), inversionMap()), identityMap);
  });

  test("decompression is dilation by tau after power 1/tau, in either order", () => {
    const [tau, share] = [f("tau"), f("1/tau")];
    same(composeMaps(powerMap(share), dilationMap(tau)), decompressionMap(tau));
    same(composeMaps(dilationMap(tau), powerMap(share)), decompressionMap(tau));
  });

  test("composition is associative and not commutative", () => {
    const [p, q, r] = [decompressionMap(f("tau")), shiftMap(f("b")), inversionMap()];
    same(composeMaps(composeMaps(p, q), r), composeMaps(p, composeMaps(q, r)));
    expect(equalMaps(composeMaps(q, r), composeMaps(r, q))).toBe(false);
  });

  test("Möbius maps compose like matrices", () => {
    // X → (2X + 1)/(X + 3), then Y → (Y − 4)/(5Y + 1): [[1, −4], [5, 1]]·[[2, 1], [1, 3]] = [[−2, −11], [11, 8]]
    const first = mobiusMap(f("2"), f("1"), f("1"), f("3"));
    const second = mobiusMap(f("1"), f("-4"), f("5"), f("1"));
    same(composeMaps(first, second), mobiusMap(f("-2"), f("-11"), f("11"), f("8")));
    same(mobiusMap(f("0"), f("1"), f("1"), f("0")), inversionMap());
    // The matrix [[d, −b], [−c, a]] undoes [[a, b], [c, d]].
    same(invertMap(mobiusMap(f("a"), f("b"), f("c"), f("d"))), mobiusMap(f("d"), f("-b"), f("-c"), f("a")));
  });
});
