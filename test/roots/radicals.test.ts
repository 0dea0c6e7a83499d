import fc from "fast-check";
import { algebraicRoots, algebraicToDecimal, radicals } from "freecurve/roots";
import { describe, expect, it } from "vitest";
import { Big, readValue } from "./radical-reader.js";

const texts = (...descending: number[]): (string | undefined)[] =>
  algebraicRoots(descending.reverse().map((c) => BigInt(c))).map((a) => radicals(a));

describe("radicals", () => {
  it("writes numbers in their simplest form", () => {
    expect(texts(2, -3)).toEqual(["3/2"]);
    expect(texts(1, 0, -2)).toEqual(["-sqrt(2)", "sqrt(2)"]);
    expect(texts(1, -7, 1)).toEqual(["(7 - 3*sqrt(5))/2", "(7 + 3*sqrt(5))/2"]);
    expect(texts(1, 7, 1)).toEqual(["-(7 + 3*sqrt(5))/2", "(3*sqrt(5) - 7)/2"]);
    expect(texts(1, 2, -1)).toEqual(["-1 - sqrt(2)", "sqrt(2) - 1"]);
    expect(texts(1, 0, 0, -2)).toEqual(["cbrt(2)"]);
    expect(texts(2, 0, 0, 1)).toEqual(["-cbrt(4)/2"]);
    expect(texts(1, -3, 3, -3)).toEqual(["1 + cbrt(2)"]);
    expect(texts(1, 0, -10, 0, 1).at(-1)).toBe("sqrt(2) + sqrt(3)");
    expect(texts(1, 0, -2, 0, -1)).toEqual(["-sqrt(1 + sqrt(2))", "sqrt(1 + sqrt(2))"]);
    expect(texts(1, 0, 0, 0, 0, -96)).toEqual(["2*3^(1/5)"]);
    expect(texts(1, 0, -720720)).toEqual(["-12*sqrt(5005)", "12*sqrt(5005)"]);
  });

  it("says nothing where it knows no form", () => {
    expect(texts(1, 0, 0, 0, -1, -1)).toEqual([undefined]);
    expect(texts(1, 0, -3, 1)).toEqual([undefined, undefined, undefined]);
  });

  it("has the value of the number", () => {
    const small = fc.integer({ min: -30, max: 30 });
    const leading = fc.integer({ min: 1, max: 12 });
    const step = fc.constantFrom(1, 2, 3, 4);
    let found = 0;
    fc.assert(
      fc.property(leading, small, small, step, (a, b, c, k) => {
        const coeffs = new Array<bigint>(2 * k + 1).fill(0n);
        coeffs[2 * k] = BigInt(a);
        coeffs[k] = BigInt(b);
        coeffs[0]! += BigInt(c);
        for (const root of algebraicRoots(coeffs)) {
          const text = radicals(root);
          if (text === undefined) continue;
          found += 1;
          const error = readValue(text).minus(algebraicToDecimal(root, 60)).abs();
          expect(error.lte(new Big(algebraicToDecimal(root, 60)).abs().mul("1e-50"))).toBe(true);
        }
      }),
      { numRuns: 120 },
    );
    expect(found).toBeGreaterThan(60);
  });
});
