import fc from "fast-check";
import {
  cumulants,
  freeDifference,
  freeProduct,
  freeQuotient,
  freeSum,
  type Law,
  moments,
  multiplicativePower,
  power,
  square,
  squareRoot,
} from "freecurve";
import { fractionConstant, toText } from "freecurve/poly";
import { describe, expect, test } from "vitest";
import { QQ, type Rational, rationalToText } from "../src/rings/index.js";
import { anyText, lawOf, positiveText } from "./random-laws.js";

const twoAtoms = (place: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(fc.uniqueArray(place, { minLength: 2, maxLength: 2, selector: numberOf }), fc.integer({ min: 1, max: 4 }))
    .map(([[x, y], k]) => `atoms([[${x}, ${k}/5], [${y}, ${5 - k}/5]])`);

function numberOf(text: string): number {
  const [n, d] = text.split("/");
  return Number(n) / Number(d);
}

/** Positive laws of low degree; about a third has no rational S-transform. */
const positive: fc.Arbitrary<string> = fc.oneof(
  positiveText.map((c) => `mp(${c})`),
  fc.tuple(positiveText, positiveText).map(([rate, jump]) => `freePoisson(${rate}, ${jump})`),
  fc.constantFrom("bures()", "arcsine(0, 1)", "wachter(2, 3)"),
  twoAtoms(positiveText),
);

/** Laws of low degree, of mean zero and not. */
const any: fc.Arbitrary<string> = fc.oneof(
  positive,
  positiveText.map((v) => `semicircle(${v})`),
  twoAtoms(anyText),
);

const curve = (law: Law): string => toText(law.curve);
const numbers = (values: ReturnType<typeof moments>): readonly Rational[] => values.map(fractionConstant);
const texts = (values: readonly Rational[]): string[] => values.map(rationalToText);
const runs = { numRuns: 12 };

describe("the calculus of free convolutions", () => {
  test("the sum is commutative, associative and adds free cumulants", () => {
    fc.assert(
      fc.property(any, any, positiveText, (first, second, c) => {
        const [a, b, third] = [lawOf(first), lawOf(second), lawOf(`mp(${c})`)];
        const sum = freeSum(a, b);
        expect(curve(freeSum(b, a))).toBe(curve(sum));
        expect(curve(freeSum(freeSum(a, third), b))).toBe(curve(freeSum(sum, third)));
        const right = numbers(cumulants(b, 5));
        expect(texts(numbers(cumulants(sum, 5)))).toEqual(
          texts(numbers(cumulants(a, 5)).map((kappa, k) => QQ.add(kappa, right[k]!))),
        );
      }),
      runs,
    );
  });

  test("the product is commutative and associative, and means multiply", () => {
    fc.assert(
      fc.property(any, positive, positiveText, (first, second, c) => {
        const [a, b, third] = [lawOf(first), lawOf(second), lawOf(`mp(${c})`)];
        const product = freeProduct(a, b);
        expect(curve(freeProduct(b, a))).toBe(curve(product));
        expect(curve(freeProduct(freeProduct(a, third), b))).toBe(curve(freeProduct(product, third)));
        const [left, right, mean] = [a, b, product].map((law) => numbers(moments(law, 1))[0]!);
        expect(rationalToText(mean!)).toBe(rationalToText(QQ.mul(left!, right!)));
      }),
      runs,
    );
  });

  test("a difference undoes a sum, a quotient undoes a product", () => {
    fc.assert(
      fc.property(any, positive, (first, second) => {
        const [a, b] = [lawOf(first), lawOf(second)];
        expect(curve(freeDifference(freeSum(a, b), b))).toBe(curve(a));
        expect(curve(freeQuotient(freeProduct(a, b), b))).toBe(curve(a));
      }),
      runs,
    );
  });

  test("a square root undoes a square of a symmetric law, powers are repeated sums and products", () => {
    fc.assert(
      fc.property(positive, (text) => {
        const law = lawOf(text);
        expect(curve(square(squareRoot(law)))).toBe(curve(law));
        expect(curve(freeSum(freeSum(law, law), law))).toBe(curve(power(law, 3)));
        expect(curve(freeProduct(freeProduct(law, law), law))).toBe(curve(multiplicativePower(law, 3)));
      }),
      runs,
    );
  });
});
