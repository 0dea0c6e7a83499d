import {
  cumulants,
  ensembles,
  freeDifference,
  freeProduct,
  freeQuotient,
  freeSum,
  isSpectrum,
  type Law,
  lawToText,
  moments,
  parseLaw,
} from "freecurve";
import { fractions, rationalFunctionToText, toText } from "freecurve/poly";
import { describe, expect, test } from "vitest";

const curve = (law: Law): string => toText(law.curve);
const texts = (values: readonly Parameters<typeof rationalFunctionToText>[0][]): string[] =>
  values.map(rationalFunctionToText);

const laws: [string, Law][] = [
  "semicircle(1)",
  "mp(1/2)",
  "atoms([[-1, 1/3], [2, 2/3]])",
  "arcsine(0, 1)",
  "bures()",
  "wachter(2, 3)",
].map((text) => [text, parseLaw(text)]);
/** Every law B with some laws A. */
const pairsWith = (names: readonly string[]): (readonly [string, string, Law, Law])[] =>
  laws
    .filter(([name]) => names.includes(name))
    .flatMap(([first, a]) => laws.map(([second, b]) => [first, second, a, b] as const));

describe("the free difference", () => {
  test.each(pairsWith(["mp(1/2)", "atoms([[-1, 1/3], [2, 2/3]])", "bures()"]))(
    "(%s ⊞ B) minus it is B = %s",
    (_first, _second, a, b) => {
      expect(curve(freeDifference(freeSum(a, b), a))).toBe(curve(b));
    },
  );

  test("of a law with itself is the atom at 0, and takes parameters", () => {
    expect(curve(freeDifference(ensembles.bures(), ensembles.bures()))).toBe("m*z + 1");
    expect(curve(freeDifference(ensembles.mp("c"), ensembles.mp("c")))).toBe("m*z + 1");
    expect(curve(parseLaw("freeDifference(arcsine(0, a) ⊞ mp(c), arcsine(0, a))"))).toBe(curve(ensembles.mp("c")));
  });

  test("subtracts free cumulants, also where there is no law", () => {
    const [c, a] = [ensembles.arcsine(-1, 1), ensembles.bures()];
    const found = cumulants(freeDifference(c, a), 6);
    const right = cumulants(a, 6);
    expect(texts(found)).toEqual(texts(cumulants(c, 6).map((kappa, k) => fractions.sub(kappa, right[k]!))));
  });

  test.each([
    // Variance 1/2 less 1.
    ["freeDifference(arcsine(-1, 1), semicircle(1))", /Hankel determinant of its moments mu_0, …, mu_2 is negative/],
    // Variances 1 and 1/2: the moments fail at a higher order, or the transform does.
    ["freeDifference(atoms([[-1, 1/2], [1, 1/2]]), semicircle(1/2))", /./],
    ["freeDifference(mp(1), mp(2))", /./],
  ])("%s is no law, with the reason", (text, reason) => {
    const report = isSpectrum(parseLaw(text));
    expect(report.spectrum.kind).toBe("undefined");
    const failed = report.criteria.filter((criterion) => criterion.outcome === "failed");
    expect(failed.some((criterion) => reason.test(criterion.detail))).toBe(true);
  });

  test("says that a difference is a law where it is one", () => {
    expect(isSpectrum(parseLaw("freeDifference(semicircle(2), semicircle(1))")).spectrum.kind).toBe("ok");
    expect(isSpectrum(parseLaw("freeDifference(wachter(2, 3) ⊞ bures(), bures())")).spectrum.kind).toBe("ok");
  });

  test("is written back in the input language", () => {
    const law = parseLaw("freeDifference(semicircle(2) ⊞ bures(), bures())");
    expect(lawToText(law)).toBe("freeDifference(freeSum(semicircle(2), bures()), bures())");
    expect(curve(parseLaw(lawToText(law)))).toBe(curve(law));
  });
});

describe("the free quotient", () => {
  test.each(pairsWith(["mp(1/2)", "arcsine(0, 1)", "wachter(2, 3)"]))(
    "(%s ⊠ B) over it is B = %s",
    (_first, _second, a, b) => {
      expect(curve(freeQuotient(freeProduct(a, b), a))).toBe(curve(b));
    },
  );

  test("of a law with itself is the atom at 1, and takes parameters", () => {
    expect(curve(freeQuotient(ensembles.bures(), ensembles.bures()))).toBe(curve(ensembles.atoms([[1, 1]])));
    expect(curve(parseLaw("freeQuotient(wachter(a, b) ⊠ mp(c), mp(c))"))).toBe(curve(ensembles.wachter("a", "b")));
  });

  test("by a law of mean zero is refused, and one that is no law is told", () => {
    expect(() => freeQuotient(ensembles.mp(1), ensembles.semicircle(1))).toThrow(/whose mean is not 0/);
    // The projection has less variance than mp(1): E X² = 2 for mp(1), 1/2 against (1/2)² for the projection.
    const report = isSpectrum(parseLaw("freeQuotient(atoms([[0, 1/2], [1, 1/2]]), mp(2))"));
    expect(report.spectrum.kind).toBe("undefined");
  });

  test("keeps the branch of a law that had to be singled out by a moment", () => {
    const law = parseLaw('curve("(m*z + 1)^2 - m^2*(1 - m)", [1]) |> shift(2)');
    const product = freeProduct(law, ensembles.bures());
    expect(texts(moments(freeQuotient(product, ensembles.bures()), 4))).toEqual(texts(moments(law, 4)));
    expect(texts(moments(freeQuotient(product, law), 4))).toEqual(texts(moments(ensembles.bures(), 4)));
    const sum = freeSum(law, ensembles.bures());
    expect(texts(cumulants(freeDifference(sum, law), 4))).toEqual(texts(cumulants(ensembles.bures(), 4)));
  });
});
