import { readFileSync } from "node:fs";
import { lawFromCurve, lawToText, parseLaw } from "freecurve";
import { parseRationalFunction, toText } from "freecurve/poly";
import { describe, expect, test } from "vitest";
import { rational } from "../../src/rings/index.js";

const golden = JSON.parse(readFileSync(new URL("../golden/laws.json", import.meta.url), "utf8")) as {
  catalogue: { law: string }[];
};

describe("lawToText", () => {
  test.each([
    ...golden.catalogue.map(({ law }) => law),
    "decompress(mp(c), tau)",
    "mp(c)|>decompress(2*tau)|>shift(-b^2/(1+b))|>scale(-1/3)",
    "mobius(mp(1/4), a, b, 0, d)",
    "deform(mp(c), c, 3)",
    "companion(mp(c), c)",
    "inverse(inverseMp(c))",
    "freeMeixner(1/2, b) |> power(s) |> semicircularFlow(1/3)",
    'curve("m^2 + z*m + 1") |> compress(1/2)',
  ])("%s", (text) => {
    const law = parseLaw(text);
    const printed = lawToText(law);
    const again = parseLaw(printed);
    expect(toText(again.curve)).toBe(toText(law.curve));
    expect(lawToText(again)).toBe(printed);
  });

  test("keeps what was written, with exact scalars", () => {
    expect(lawToText(parseLaw("mp(0.02) |> decompress(2 * tau)"))).toBe("decompress(mp(1/50), 2*tau)");
    expect(lawToText(parseLaw("atoms([[0.5, 1/4], [1/2, 1/4], [1, 1/2]])"))).toBe("atoms([[1/2, 1/2], [1, 1/2]])");
    expect(lawToText(parseLaw("mp(c)", { parameters: { c: rational(2, 3) } }))).toBe("mp(2/3)");
  });

  test("a law without a known derivation is its curve", () => {
    expect(lawToText(lawFromCurve("z*m + m^2 + 1"))).toBe('curve("m^2 + m*z + 1")');
    const moments = [parseRationalFunction("0"), parseRationalFunction("2")];
    const given = lawFromCurve("(z^2 - 2)*m^2 + 2*z*m + 1", { moments });
    expect(lawToText(given)).toBe('curve("m^2*z^2 - 2*m^2 + 2*m*z + 1", [0, 2])');
    expect(parseLaw(lawToText(given)).givenMoments).toEqual(moments);
    const foreign = lawFromCurve("m^2 + z*m + 1", { derivation: { operation: "fit", operands: [] } });
    expect(lawToText(foreign)).toBe('curve("m^2 + m*z + 1")');
  });
});
