import {
  cumulants,
  cumulantsOfMoments,
  ensembles,
  lawFromCurve,
  moments,
  momentsOfCumulants,
  parseLaw,
} from "freecurve";
import { fractions, parseRationalFunction, type RationalFunction, rationalFunctionToText } from "freecurve/poly";
import { describe, expect, test } from "vitest";
import { laws } from "./golden.js";

const texts = (values: readonly RationalFunction[]): string[] => values.map(rationalFunctionToText);
const canonical = (values: readonly string[]): string[] => texts(values.map((text) => parseRationalFunction(text)));

describe("moments and free cumulants from the curve", () => {
  test.each(laws.catalogue)("of $law are the golden ones", ({ law, moments: mu, cumulants: kappa }) => {
    const parsed = parseLaw(law);
    expect(texts(moments(parsed, mu.length))).toEqual(canonical(mu));
    expect(texts(cumulants(parsed, kappa.length))).toEqual(canonical(kappa));
  });

  test.each(laws.operations.filter((entry) => entry.moments !== undefined))("of $law are the golden ones", (entry) => {
    expect(texts(moments(parseLaw(entry.law), entry.moments!.length))).toEqual(canonical(entry.moments!));
  });

  test("long series: Catalan and Fuss–Catalan numbers, up to the sixtieth moment", () => {
    const binomial = (n: bigint, k: bigint): bigint => {
      let result = 1n;
      for (let i = 0n; i < k; i++) result = (result * (n - i)) / (i + 1n);
      return result;
    };
    const semicircle = texts(moments(ensembles.semicircle(1), 60));
    const fuss = texts(moments(ensembles.fussCatalan(2), 40));
    for (let n = 1n; n <= 30n; n++) {
      expect(semicircle[Number(2n * n - 1n)]).toBe(String(binomial(2n * n, n) / (n + 1n)));
      expect(semicircle[Number(2n * n - 2n)]).toBe("0");
      expect(fuss[Number(n - 1n)]).toBe(String(binomial(3n * n + 1n, n) / (3n * n + 1n)));
    }
  });

  test("moments of cumulants undoes cumulants of moments", () => {
    const kappa = ["a", "b", "c", "d", "e"].map((name) => parseRationalFunction(name));
    const mu = momentsOfCumulants(kappa);
    // mu_4 = k4 + 4 k3 k1 + 2 k2² + 6 k2 k1² + k1⁴: fourteen non-crossing partitions of four points
    expect(fractions.equals(mu[3]!, parseRationalFunction("d + 4*c*a + 2*b^2 + 6*b*a^2 + a^4"))).toBe(true);
    expect(texts(cumulantsOfMoments(mu))).toEqual(texts(kappa));
  });
});

describe("which branch", () => {
  test("several branches like a law: the caller must say which, and is told so", () => {
    // z = −1/m ± sqrt(1 − m): free cumulants ±(1, 1/2, −1/8, …)
    const curve = "(m*z + 1)^2 - m^2*(1 - m)";
    const ambiguous = lawFromCurve(curve);
    expect(() => moments(ambiguous, 2)).toThrow(/2 branches.*say which one by its first moments: \(-?1, /s);
    const right = lawFromCurve(curve, { moments: [parseRationalFunction("1")] });
    expect(texts(cumulants(right, 3))).toEqual(["1", "1/2", "-1/8"]);
    expect(texts(moments(right, 2))).toEqual(["1", "3/2"]);
    const left = lawFromCurve(curve, { moments: [parseRationalFunction("-1")] });
    expect(texts(cumulants(left, 3))).toEqual(["-1", "-1/2", "1/8"]);
    const neither = lawFromCurve(curve, { moments: [parseRationalFunction("2")] });
    expect(() => moments(neither, 1)).toThrow(/no branch of the curve has the moments that were given/);
  });

  test("the 120th moment of laws with growing denominators: Narayana polynomials at 3/7", () => {
    const n = 120n;
    const choose = (k: bigint): bigint => {
      let result = 1n;
      for (let i = 0n; i < k; i++) result = (result * (n - i)) / (i + 1n);
      return result;
    };
    // sum over k of C(n, k) C(n, k − 1)/n · c^(k − 1), over 7^(n − 1)
    let sum = 0n;
    for (let k = 1n; k <= n; k++) sum += ((choose(k) * choose(k - 1n)) / n) * 3n ** (k - 1n) * 7n ** (n - k);
    const last = moments(ensembles.mp("3/7"), Number(n)).at(-1)!;
    expect(rationalFunctionToText(last)).toBe(
      rationalFunctionToText(parseRationalFunction(`${sum}/${7n ** (n - 1n)}`)),
    );
  });

  test("conjugate branches with irrational moments are refused", () => {
    // (z m + 1)² = 2 m²: point masses at ±sqrt(2)
    expect(() => moments(lawFromCurve("(z^2 - 2)*m^2 + 2*z*m + 1"), 1)).toThrow(/rational moments/);
  });

  test("unbounded support and mass other than one are named", () => {
    // The inverse of mp(1) has no moments; m = −2/z has mass two.
    expect(() => moments(lawFromCurve("z^2*m^2 + (2*z - 1)*m + 1"), 1)).toThrow(/unbounded support/);
    expect(() => moments(lawFromCurve("z*m + 2"), 1)).toThrow(/mass other than one/);
  });

  test("the number of moments must be a positive integer", () => {
    for (const n of [0, -1, 1.5, Number.NaN]) {
      expect(() => moments(ensembles.mp(1), n)).toThrow(/positive integer/);
      expect(() => cumulants(ensembles.mp(1), n)).toThrow(/positive integer/);
    }
  });
});
