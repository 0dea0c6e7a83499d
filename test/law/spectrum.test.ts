import { decideSpectrum, decompress, density, lawFromCurve, parseLaw, quantiles, support } from "freecurve";
import { parsePolynomial, resultant } from "freecurve/poly";
import { describe, expect, test } from "vitest";
import { spectra } from "./golden.js";

const decide = (text: string): string => decideSpectrum(parseLaw(text)).kind;

describe("whether a decompressed law is a spectrum", () => {
  test.each(spectra.horizons)("$law: yes below tau* = $tau, no above", ({ law, tau, below, above, attained }) => {
    expect(decide(`${law} |> decompress(${below})`)).toBe("ok");
    expect(decide(`${law} |> decompress(${tau})`)).toBe(attained ? "ok" : "undefined");
    expect(decide(`${law} |> decompress(${above})`)).toBe("undefined");
  });

  test.each(spectra.infinitelyDivisible)("%s: at tau = 50 still", (law) => {
    expect(decide(`${law} |> decompress(50)`)).toBe("ok");
  });

  test("far past the horizon", () => {
    expect(decide("kestenMcKay(4) |> decompress(5)")).toBe("undefined");
    expect(decide("wachter(2, 3) |> decompress(6)")).toBe("undefined");
    expect(decide("arcsine(0, 1) |> decompress(3)")).toBe("undefined");
  });

  test("k atoms of total weight W end at (k − W)/(k − 1) at the latest", () => {
    // Two atoms of total weight 3/4 and a bulk: at most 5/4.
    const law = "wachter(1/2, 3/4)";
    expect(decide(`${law} |> decompress(5/4)`)).toBe("ok");
    expect(decide(`${law} |> decompress(63/50)`)).toBe("undefined");
  });

  test("compression is always allowed", () => {
    for (const { law } of spectra.horizons) expect(decide(`${law} |> compress(1/3)`)).toBe("ok");
  });
});

describe("curves that are no law", () => {
  // m = (3/2) s(z) − (1/2)/(5 − z) with s the transform of the semicircle law, s² + z s + 1 = 0, s = (2 (5 − z) m + 1)/(3 (5 − z))
  const signed = lawFromCurve("(2*(5 - z)*m + 1)^2 + 3*(5 - z)*z*(2*(5 - z)*m + 1) + 9*(5 - z)^2");

  test("the signed measure (3/2) semicircle − (1/2) delta_5 is refused for its negative atom", () => {
    expect(decideSpectrum(signed)).toMatchObject({
      kind: "undefined",
      reason: expect.stringMatching(/atom of negative weight -0\.5 at x = 5/),
    });
    for (const ask of [() => support(signed), () => density(signed), () => quantiles(signed, 10)]) {
      expect(ask).toThrow(/this curve is not a spectrum: it has an atom of negative weight/);
      expect(ask).toThrow(expect.objectContaining({ name: "DomainError" }));
    }
  });

  test("a negative density is refused: (4/3) semicircle(1) − (1/3) semicircle(4), negative between 2 and 4", () => {
    // m = (4/3) s1 − (1/3) s4 with s1² + z s1 + 1 = 0 and 4 s4² + z s4 + 1 = 0, s4 = s eliminated.
    const first = parsePolynomial("(3*m + s)^2 + 4*z*(3*m + s) + 16");
    const law = lawFromCurve(resultant(first, parsePolynomial("4*s^2 + z*s + 1"), "s"));
    expect(decideSpectrum(law)).toMatchObject({
      kind: "undefined",
      reason: expect.stringMatching(/density is negative at x = -?3/),
    });
  });

  test("past the horizon the support is refused with the reason", () => {
    expect(() => support(decompress(parseLaw("kestenMcKay(4)"), 5))).toThrow(
      /not a spectrum: its physical sheet has a branch point at z = .*4\.47214i in the upper half-plane/,
    );
  });
});
