import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/index.js";
import { quantiles } from "../../src/density/index.js";
import { catalogue, ensembles } from "../../src/ensembles/index.js";
import { fit as fitLaw } from "../../src/fit/index.js";
import { atoms, decideSpectrum, moments } from "../../src/law/index.js";
import { constantValue, degree, parsePolynomial, rationalFunctionToText } from "../../src/poly/index.js";
import { estimateSpectrum, toDoubleCurve } from "../../src/regression/index.js";
import { parseRational, QQ, rationalToNumber } from "../../src/rings/index.js";
import { algebraicToNumber, isRational, rationalValue } from "../../src/roots/index.js";

const sample = (name: string, size: number, seed: number, ...values: unknown[]): Float64Array =>
  (catalogue.find((entry) => entry.name === name)!.sample as (...all: unknown[]) => Float64Array)(
    size,
    seededRandom(seed),
    ...values,
  );

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("fit", () => {
  it("meets the conditions exactly: mass one, the mean, the weight at 0", () => {
    const values = sample("mp", 200, 1, 2);
    const found = fitLaw(values);
    const mu = moments(found.law, 1)[0]!;
    const exact = QQ.div(constantValue(mu.numerator), constantValue(mu.denominator));
    // The mean has noise too, of order 1/n, and is fitted with the rest unless it is prescribed.
    expect(rationalToNumber(exact)).toBeCloseTo(mean(values), 2);
    const prescribed = moments(fitLaw(values, { constraints: { moments: [parseRational("1.01")] } }).law, 1)[0]!;
    expect(rationalFunctionToText(prescribed)).toBe("101/100");
    const atom = atoms(found.law)[0]!;
    expect(isRational(atom.weight)).toBe(true);
    expect(rationalValue(atom.weight)).toEqual({ num: 1n, den: 2n });
    expect(algebraicToNumber(atom.at)).toBe(0);
  });

  it("finds one jump for Marchenko–Pastur, two for two jumps, none for the semicircle", () => {
    const one = fitLaw(sample("mp", 160, 2, "1/4"));
    expect([one.family, one.degrees]).toEqual(["free Lévy", { m: 2, z: 1 }]);
    // z = −1/m + 1/(1 + c m): the coefficients of the curve, normalised by that of z m, against c m² z + (z + c − 1) m + 1.
    const jumps: [number | string, string][] = [
      [2, "3/4"],
      ["11/2", "1/4"],
    ];
    expect(fitLaw(quantiles(ensembles.compoundFreePoisson("1/2", jumps), 400)).degrees).toEqual({ m: 3, z: 1 });
    const wigner = fitLaw(sample("semicircle", 160, 4, 1));
    expect(wigner.degrees).toEqual({ m: 2, z: 1 });
    // About 1, over 40 seeds between 0.5 and 1.75: few modes stand out of the noise.
    expect(wigner.residual).toBeLessThan(2);
  });

  it("recovers the parameters of a known curve", () => {
    // Quantiles of mp(1/4) from its law; the fitted curve c·z·m² + (z + c − 1)·m + 1 must have the right coefficients.
    const { law } = fitLaw(quantiles(ensembles.mp("1/4"), 400));
    const terms = new Map(law.curve.terms.map((term) => [term.exponents.join(), Number(term.coefficient)]));
    const unit = terms.get("1,1")!;
    expect(terms.get("2,1")! / unit).toBeCloseTo(0.25, 2);
    expect(terms.get("1,0")! / unit).toBeCloseTo(-0.75, 2);
  });

  it("fits a law without a name by a dense curve that is a spectrum", () => {
    const found = fitLaw(sample("wachter", 160, 5, 2, 3), { degM: 2, degZ: 2 });
    expect(found.family).toBe("dense");
    expect(found.physical.kind).toBe("ok");
    expect(decideSpectrum(found.law).kind).toBe("ok");
    expect(found.ks).toBeLessThan(0.02);
    expect(found.candidates.filter((candidate) => candidate.chosen)).toHaveLength(1);
  });

  it("takes forced degrees, and refuses senseless ones", () => {
    const values = sample("semicircle", 150, 6, 1);
    const found = fitLaw(values, { degM: 3, degZ: 2 });
    expect([found.family, degree(found.law.curve, "m"), degree(found.law.curve, "z")]).toEqual(["dense", 3, 2]);
    expect(() => fitLaw(values, { degM: 3 })).toThrow(/both degrees/);
    expect(() => fitLaw(values, { degM: 0, degZ: 2 })).toThrow(/degree in m/);
    expect(() => fitLaw(values, { degM: 1, degZ: 1 })).toThrow(/point mass/);
  });
});

describe("the double-precision estimate", () => {
  const window = { left: -3, right: 12, small: 15 };

  it("has the edges, the mass and the atom of mp(c tau) in closed form", () => {
    const curve = toDoubleCurve(parsePolynomial("1/2*z*m^2 + (z - 1/2)*m + 1"));
    for (const tau of [1, 1.5, 4]) {
      const found = estimateSpectrum(curve, tau, window);
      const c = tau / 2;
      expect(found.intervals).toHaveLength(1);
      expect(found.intervals[0]!.left).toBeCloseTo((1 - Math.sqrt(c)) ** 2, 4);
      expect(found.intervals[0]!.right).toBeCloseTo((1 + Math.sqrt(c)) ** 2, 4);
      expect(found.mass).toBeCloseTo(1, 3);
      expect(found.atoms.reduce((sum, atom) => sum + atom.weight, 0)).toBeCloseTo(Math.max(0, 1 - 1 / c), 6);
    }
  });

  it("has the density of the semicircle, and two bulks where there are two", () => {
    const semicircle = estimateSpectrum(toDoubleCurve(parsePolynomial("m^2 + z*m + 1")), 2.25, window);
    // Variance 9/4: the mass of [0, 3/2] is 1/6 + √3/(4 pi).
    expect(semicircle.cumulative(1.5) - semicircle.cumulative(0)).toBeCloseTo(1 / 6 + Math.sqrt(3) / (4 * Math.PI), 3);
    const two = estimateSpectrum(
      toDoubleCurve(
        ensembles.compoundFreePoisson("1/10", [
          [2, "3/4"],
          ["11/2", "1/4"],
        ]).curve,
      ),
      1,
      window,
    );
    const edges = two.intervals.flatMap((interval) => [interval.left, interval.right]);
    [1.005518159668944, 3.125689231439146, 4.162723779878571, 7.595354543299054].forEach((edge, k) => {
      expect(edges[k]).toBeCloseTo(edge, 4);
    });
    expect(two.atoms[0]!.weight).toBeCloseTo(0.9, 9);
  });

  it("sees mass that is not one beyond the horizon", () => {
    const curve = toDoubleCurve(
      ensembles.deformedWigner(2, [
        [-1, "1/2"],
        [1, "1/2"],
      ]).curve,
    );
    expect(estimateSpectrum(curve, 1.1, { left: -6, right: 6, small: 12 }).mass).toBeCloseTo(1, 3);
    expect(Math.abs(estimateSpectrum(curve, 2, { left: -6, right: 6, small: 12 }).mass - 1)).toBeGreaterThan(0.005);
  });
});
