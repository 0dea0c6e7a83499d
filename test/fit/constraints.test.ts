import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/index.js";
import { fit as fitLaw } from "../../src/fit/index.js";
import { type Law, moments, support } from "../../src/law/index.js";
import { wignerEigenvalues, wishartEigenvalues } from "../../src/matrices/index.js";
import { rationalFunctionToText } from "../../src/poly/index.js";
import { parseRational, rational } from "../../src/rings/index.js";
import { rationalValue } from "../../src/roots/index.js";

const gram = (): Float64Array => wishartEigenvalues(120, 480, seededRandom(1));
const edgesOf = (law: Law): readonly unknown[] =>
  support(law).intervals.flatMap(({ left, right }) => [rationalValue(left), rationalValue(right)]);

describe("prescribed values of a law that is chosen without help", () => {
  it("moments are exact, and the family stays a law by construction", () => {
    const found = fitLaw(gram(), { constraints: { moments: ["1", "5/4"].map(parseRational) } });
    expect(moments(found.law, 2).map(rationalFunctionToText)).toEqual(["1", "5/4"]);
    expect(found.family).toBe("free Lévy");
  });

  it("one edge of a Gram matrix is exact", () => {
    const found = fitLaw(gram(), { constraints: { edges: [parseRational("1/4")] } });
    expect(found.name).toBe("free Poisson (Marchenko-Pastur up to scale)");
    expect(edgesOf(found.law)[0]).toEqual(rational(1, 4));
    expect(found.diagnosis.verdict).toBe("good");
  });

  it("both edges of a Wigner matrix are exact", () => {
    const values = wignerEigenvalues(120, 1, seededRandom(3)).map((value) => value + 3);
    const found = fitLaw(values, { constraints: { edges: [rational(1), rational(5)] } });
    expect(found.name).toBe("semicircle, shifted");
    expect(edgesOf(found.law)).toEqual([rational(1), rational(5)]);
  });
});
