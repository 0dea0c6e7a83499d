import fc from "fast-check";
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
import { fractions, parseRationalFunction, type RationalFunction } from "freecurve/poly";
import { expect, test } from "vitest";
import { anyText, positiveText } from "./random-laws.js";

/** Rational numbers and, as often, expressions in parameters; never zero. */
const nonZero: fc.Arbitrary<RationalFunction> = fc
  .oneof(positiveText, fc.constantFrom("tau", "1/tau", "-c", "c*tau", "(c + 1)/(tau + 2)"))
  .map((text) => parseRationalFunction(text));
const any: fc.Arbitrary<RationalFunction> = fc
  .oneof(anyText, fc.constantFrom("b", "-b/2", "b^2 - c"))
  .map((text) => parseRationalFunction(text));

const map: fc.Arbitrary<BirationalMap> = fc.oneof(
  nonZero.map(decompressionMap),
  any.map(shiftMap),
  nonZero.map(dilationMap),
  nonZero.map(powerMap),
  any.map(semicircularMap),
  nonZero.map(companionMap),
  fc.constant(inversionMap()),
);

test("maps of the plane form a group", () => {
  let decided = 0;
  fc.assert(
    fc.property(map, map, map, (f, g, h) => {
      expect(equalMaps(composeMaps(f, invertMap(f)), identityMap)).toBe(true);
      expect(equalMaps(composeMaps(invertMap(f), f), identityMap)).toBe(true);
      expect(equalMaps(composeMaps(f, identityMap), f)).toBe(true);
      expect(equalMaps(composeMaps(identityMap, f), f)).toBe(true);
      const both = composeMaps(f, g);
      expect(equalMaps(invertMap(both), composeMaps(invertMap(g), invertMap(f)))).toBe(true);
      expect(equalMaps(composeMaps(both, h), composeMaps(f, composeMaps(g, h)))).toBe(true);
      decided++;
    }),
    { numRuns: 30 },
  );
  expect(decided).toBe(30);
});

test("one-parameter families are groups of their own", () => {
  let decided = 0;
  fc.assert(
    fc.property(nonZero, nonZero, any, any, (s, t, a, b) => {
      const product = fractions.mul(s, t);
      for (const family of [decompressionMap, dilationMap, powerMap]) {
        expect(equalMaps(composeMaps(family(s), family(t)), family(product))).toBe(true);
        expect(equalMaps(invertMap(family(s)), family(fractions.inv(s)))).toBe(true);
      }
      for (const family of [shiftMap, semicircularMap]) {
        expect(equalMaps(composeMaps(family(a), family(b)), family(fractions.add(a, b)))).toBe(true);
      }
      expect(
        equalMaps(composeMaps(powerMap(fractions.inv(s)), dilationMap(s)), decompressionMap(s)),
        "dilation after power is decompression",
      ).toBe(true);
      // A Gram matrix grown by t, then by s.
      const grown = composeMaps(deformationMap(s, t), deformationMap(product, s));
      expect(equalMaps(grown, deformationMap(s, product))).toBe(true);
      decided++;
    }),
    { numRuns: 15 },
  );
  expect(decided).toBe(15);
});

test("Möbius maps compose like their matrices", () => {
  const entry = fc.integer({ min: -5, max: 5 });
  const matrix = fc.tuple(entry, entry, entry, entry).filter(([a, b, c, d]) => a * d !== b * c);
  const of = ([a, b, c, d]: readonly [number, number, number, number]): BirationalMap => {
    const [p, q, r, s] = [a, b, c, d].map((n) => parseRationalFunction(String(n)));
    return mobiusMap(p!, q!, r!, s!);
  };
  let decided = 0;
  fc.assert(
    fc.property(matrix, matrix, ([a, b, c, d], [e, f, g, h]) => {
      const product = [e * a + f * c, e * b + f * d, g * a + h * c, g * b + h * d] as const;
      expect(equalMaps(composeMaps(of([a, b, c, d]), of([e, f, g, h])), of(product))).toBe(true);
      decided++;
    }),
    { numRuns: 30 },
  );
  expect(decided).toBe(30);
});
