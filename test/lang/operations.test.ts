import { readFileSync } from "node:fs";
import { lawToText, moments, parseLaw } from "freecurve";
import { parseRationalFunction, rationalFunctionToText, toText } from "freecurve/poly";
import { describe, expect, test } from "vitest";

const golden = JSON.parse(readFileSync(new URL("../golden/laws.json", import.meta.url), "utf8")) as {
  operations: { law: string; curve?: string; moments?: string[] }[];
};

describe("operations written in the input language", () => {
  test.each(golden.operations)("$law", ({ law, curve, moments: mu = [] }) => {
    const made = parseLaw(law);
    if (curve !== undefined) expect(toText(made.curve)).toBe(curve);
    if (mu.length > 0) {
      const texts = mu.map((text) => rationalFunctionToText(parseRationalFunction(text)));
      expect(moments(made, mu.length).map(rationalFunctionToText)).toEqual(texts);
    }
    expect(toText(parseLaw(lawToText(made)).curve)).toBe(toText(made.curve));
  });

  test("a mixture of atoms, written as a function and as a pipeline", () => {
    const made = toText(parseLaw("atoms([[0, w], [1, 1 - w]])").curve);
    expect(toText(parseLaw("mix(w, atoms([[0, 1]]), atoms([[1, 1]]))").curve)).toBe(made);
    expect(toText(parseLaw("atoms([[0, 1]]) |> mix(w, atoms([[1, 1]]))").curve)).toBe(made);
  });

  test("infix signs in Unicode and in ASCII, and the functions, are the same", () => {
    const sum = toText(parseLaw("semicircle(1) ⊞ mp(c)").curve);
    expect(toText(parseLaw("semicircle(1) [+] mp(c)").curve)).toBe(sum);
    expect(toText(parseLaw("freeSum(semicircle(1), mp(c))").curve)).toBe(sum);
    expect(toText(parseLaw("wignerPlusWishart(1/2, c)").curve)).toBe(sum);
    expect(toText(parseLaw("mp(1) [*] mp(1)").curve)).toBe(toText(parseLaw("fussCatalan(2)").curve));
    expect(toText(parseLaw("freeProduct(mp(1), mp(1))").curve)).toBe(toText(parseLaw("fussCatalan(2)").curve));
  });
});
