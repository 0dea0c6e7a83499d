import { branchPoints, criticalTimes, decompress, edgePolynomial, ensembles, parseLaw, specialise } from "freecurve";
import {
  coefficients,
  contentIn,
  discriminant,
  divideExact,
  equals,
  factor,
  isIrreducible,
  multiply,
  type Polynomial,
  parsePolynomial,
  power,
  primitive,
  resultant,
  substitute,
  toText,
  totalDegree,
} from "freecurve/poly";
import { algebraicToNumber, realRoots } from "freecurve/roots";
import { describe, expect, test } from "vitest";
import { lawFromCurve } from "../../src/law/index.js";
import { rational } from "../../src/rings/index.js";

const one = (text: string): Polynomial => parsePolynomial(text);
const textOf = (p: Polynomial): string => toText(primitive(p));

describe("the edge polynomial", () => {
  test("of laws with known edges", () => {
    // (1 ± sqrt(c tau))², ±2 sqrt(v tau); independent computation, SymPy.
    expect(textOf(edgePolynomial(parseLaw("semicircle(v)")).polynomial)).toBe(textOf(one("z^2 - 4*v*tau")));
    expect(textOf(edgePolynomial(parseLaw("mp(c)")).polynomial)).toBe(textOf(one("(z - 1 - c*tau)^2 - 4*c*tau")));
    expect(textOf(edgePolynomial(parseLaw("kestenMcKay(4)")).polynomial)).toBe(textOf(one("z^2 - 4*tau*(4 - tau)")));
    const compound = edgePolynomial(parseLaw("compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]])"));
    expect(textOf(compound.polynomial)).toBe(
      textOf(
        one(
          "7840000*z^4 - 117600000*tau*z^3 - 6972000*z^3 + 613480000*tau^2*z^2 + 37030000*tau*z^2 + 2839225*z^2 - 1293600000*tau^3*z - 12320000*tau^2*z - 7201700*tau*z - 648945*z + 948640000*tau^4 - 182952000*tau^3 + 14532100*tau^2 - 1212420*tau + 64009",
        ),
      ),
    );
    expect(compound.lines).toEqual([]);
  });

  test("keeps a line where sheets ramify, and only there", () => {
    const ramified = (text: string): string[] =>
      edgePolynomial(parseLaw(text)).lines.map(
        (line) => `${toText(line.factor)} ^${line.multiplicity}${line.ramified ? " ramified" : ""}`,
      );
    expect(ramified("fussCatalan(2)")).toEqual(["z ^3 ramified"]);
    // An even power that is ramified, and one that is not.
    expect(ramified("fussCatalan(3)")).toEqual(["z ^8 ramified"]);
    expect(ramified("semicircle(1) [*] mp(1/2)")).toEqual(["z ^4"]);
    expect(ramified("mp(1/2) [*] mp(1/4)")).toEqual(["z ^2"]);
    expect(ramified("atoms([[0, 1/3], [1, 2/3]]) [+] atoms([[0, 1/4], [1, 3/4]])")).toEqual(["tau - 1 ^2", "z - 1 ^2"]);
    expect(textOf(edgePolynomial(parseLaw("atoms([[3, 1]])")).polynomial)).toBe("1");
  });

  test("is the discriminant of the decompressed curve but for powers that are no branch points", () => {
    for (const text of [
      "3*m^2*z + m^2 - 2*m*z + 5*m + z - 7",
      "m^2*z^2 - 3*m^2 + 4*m*z^2 - m*z + 2*m + 5*z^2 - z + 3",
    ]) {
      const law = lawFromCurve(text);
      const [d, s] = ["z", "m"].map((v) => coefficients(law.curve, v).length - 1) as [number, number];
      const { polynomial, dual } = edgePolynomial(law);
      expect(totalDegree(polynomial)).toBe(2 * d * s);
      expect(equals(polynomial, dual)).toBe(true);
      const whole = discriminant(sheared(law.curve, d), "m");
      const expected = multiply(power(one("tau - 1"), d * (d - 1)), polynomial);
      expect(textOf(whole)).toBe(textOf(expected));
      // E(z, 1) = const · disc_m(P) · P(z, 0)²
      const atOne = substitute(polynomial, { tau: one("1") });
      const zeros = substitute(law.curve, { m: one("0") });
      expect(textOf(atOne)).toBe(textOf(multiply(discriminant(law.curve, "m"), power(zeros, 2))));
    }
  });

  test("is the image of the curve under its tangents where zeta is a rational function of y", () => {
    for (const text of [
      "freeLevy(0, 4/25, 1/10, [[2, 3/4], [11/2, 1/4]])",
      "compoundFreePoisson(3/2, [[-1, 1/2], [3, 1/2]])",
      "semicircle(2) [+] mp(1/3)",
    ]) {
      const law = parseLaw(text);
      // zeta = −a/b on P = a(y) + b(y) zeta; tau − 1 = −y² zeta'(y) and z = zeta + y zeta'(y) eliminate y.
      const [a, b] = coefficients(law.curve, "z").map((p) => `(${toText(p)})`) as [string, string];
      const [da, db] = [a, b].map((p) => `(${derivativeText(parsePolynomial(p), "m")})`) as [string, string];
      const slope = `(${da}*${b} - ${a}*${db})`;
      const [place, time] = [one(`z*${b}^2 + ${a}*${b} + m*${slope}`), one(`(tau - 1)*${b}^2 - m^2*${slope}`)].map(
        (p) => divideExact(p, contentIn(p, ["z", "tau"]))!,
      ) as [Polynomial, Polynomial];
      const eliminated = resultant(place, time, "m");
      const factors = factor(eliminated).factors.map((part) => toText(part.factor));
      expect(factors).toContain(toText(edgePolynomial(law).dual));
    }
  });

  test("has the branch points of the decompressed law as its zeros", () => {
    for (const text of [
      "bures()",
      "fussCatalan(2)",
      "wachter(3, 2)",
      "inverseMp(1/2)",
      "silverstein(1/2, [[1, 1/2], [3, 1/2]])",
      "semicircle(1) [*] mp(1/2)",
    ]) {
      const law = parseLaw(text);
      const { polynomial } = edgePolynomial(law);
      for (const tau of [rational(2, 5), rational(13, 10)]) {
        const roots = realRoots(substitute(polynomial, { tau: one(`${tau.num}/${tau.den}`) })).map(({ root }) =>
          algebraicToNumber(root),
        );
        expect(roots).toEqual(branchPoints(decompress(law, tau)).real.map(algebraicToNumber));
      }
    }
  });

  test("carries parameters", () => {
    const symbolic = edgePolynomial(parseLaw("semicircle(1) [+] mp(c)")).polynomial;
    const values = { c: rational(1, 3) };
    const numeric = edgePolynomial(specialise(parseLaw("semicircle(1) [+] mp(c)"), values)).polynomial;
    expect(textOf(substitute(symbolic, { c: one("1/3") }))).toBe(toText(numeric));
    expect(isIrreducible(numeric)).toBe(true);
    expect(() => edgePolynomial(decompress(ensembles.mp("c"), "tau"))).toThrow("a parameter named tau");
  });
});

describe("the critical times", () => {
  test("hold every time at which something is known to happen", () => {
    const times = (text: string): number[] => criticalTimes(parseLaw(text)).map(algebraicToNumber);
    expect(times("semicircle(1)")).toEqual([1]);
    expect(times("mp(1/50)")).toEqual([1, 50]);
    expect(times("fussCatalan(3)")).toEqual([1, 9]);
    expect(times("bures()")).toEqual([1, 2]);
    expect(times("kestenMcKay(4)")).toEqual([1, 2, 4]);
    expect(times("deformedWigner(2, [[-1, 1/2], [1, 1/2]])")).toContain(9 / 8);
  });

  test("are the roots of the discriminant of a discriminant on a dense curve", () => {
    const law = lawFromCurve("3*m^2*z + m^2 - 2*m*z + 5*m + z - 7");
    const { polynomial } = edgePolynomial(law);
    const whole = resultant(polynomial, parsePolynomial(derivativeText(polynomial, "z")), "z");
    const expected = realRoots(whole)
      .map(({ root }) => algebraicToNumber(root))
      .filter((t) => t > 0);
    const found = criticalTimes(law).map(algebraicToNumber);
    for (const t of expected) expect(found).toContain(t);
  });
});

/** y^d P(z + (tau − 1)/y, y) as a polynomial, by the binomial theorem on text. */
function sheared(curve: Polynomial, d: number): Polynomial {
  const rows = coefficients(curve, "z").map((row, i) =>
    `(${toText(row)})*(z*m + tau - 1)^${i}*m^${d - i}`.replace("*m^0", ""),
  );
  return parsePolynomial(rows.join(" + "));
}

function derivativeText(p: Polynomial, v: string): string {
  return coefficients(p, v)
    .map((row, k) => (k === 0 ? "0" : `${k}*(${toText(row)})*${v}^${k - 1}`))
    .join(" + ");
}
