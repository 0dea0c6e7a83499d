import { ensembles, lawFromCurve, parseRational, specialise, support } from "freecurve";
import { toText } from "freecurve/poly";
import { describe, expect, test } from "vitest";
import { lawFromCurve as make } from "../../src/law/index.js";

describe("a law from its curve", () => {
  test("is primitive, without factors that lack z or m, and knows its parameters", () => {
    const law = lawFromCurve("3*z*(m - 7)*(1/6*b*m^2 + 1/6*a*z*m + 1/6)");
    expect(toText(law.curve)).toBe("b*m^2 + a*m*z + 1");
    expect(law.parameters).toEqual(["a", "b"]);
    expect(law.derivation.operation).toBe("curve");
    expect(toText(make(law.curve).curve)).toBe(toText(law.curve));
  });

  test.each([
    ["0", /zero polynomial/],
    ["m^2 + 1", /does not contain z/],
    ["z^2 + 1", /does not contain m/],
    ["(m^2 + z*m + 1)^2*(m - z)", /repeated factor m\^2 \+ m\*z \+ 1/],
    ["m^2 + z*", /column/],
  ])("%s is refused", (text, sentence) => {
    expect(() => lawFromCurve(text)).toThrow(sentence);
  });

  test("specialise puts numbers in, and a question that needs them says so", () => {
    const family = ensembles.freePoisson("rate", "jump");
    expect(() => support(family)).toThrow(/the support needs numbers.*free parameters jump, rate.*--set jump=1\/2/);
    const half = specialise(family, { rate: parseRational("0.5") });
    expect(half.parameters).toEqual(["jump"]);
    const law = specialise(half, { jump: parseRational("3"), unknown: parseRational("1") });
    expect(toText(law.curve)).toBe(toText(ensembles.freePoisson("1/2", 3).curve));
    expect(specialise(law, {})).toBe(law);
  });
});
