import { Decimal } from "decimal.js";
import {
  algebraicToDecimal,
  algebraicToNumber,
  branchPoints,
  density,
  ensembles,
  type Law,
  lawFromCurve,
  moments,
  parseLaw,
  rational,
  rationalToText,
  type Support,
  scale,
  shift,
  support,
} from "freecurve";
import { fromIntegerPoly, toText } from "freecurve/poly";
import { type AlgebraicNumber, rationalValue } from "freecurve/roots";
import { describe, expect, test } from "vitest";
import { spectra } from "./golden.js";

const High = Decimal.clone({ precision: 80 });
const supportOf = (text: string): Support => support(parseLaw(text));
const edges = ({ intervals }: Support): AlgebraicNumber[] => intervals.flatMap(({ left, right }) => [left, right]);
const exponents = ({ intervals }: Support): string[] =>
  intervals.flatMap(({ leftExponent, rightExponent }) =>
    [leftExponent, rightExponent].map((e) => (e.kind === "ok" ? rationalToText(e.value) : e.reason)),
  );
const exact = (a: AlgebraicNumber): string => {
  const value = rationalValue(a);
  return value === undefined ? toText(fromIntegerPoly(a.minimalPolynomial, "x")) : rationalToText(value);
};
const points = ({ atoms }: Support): string[] => atoms.map(({ at, weight }) => `${exact(at)}: ${exact(weight)}`);
/** Agreement to the given number of significant digits of the difference from `origin`. */
const agree = (found: AlgebraicNumber[], expected: Decimal[], digits = 30, origin: Decimal.Value = 0): void => {
  expect(found).toHaveLength(expected.length);
  found.forEach((a, k) => {
    const value = new High(algebraicToDecimal(a, 75)).minus(origin);
    const reference = new High(expected[k]!).minus(origin);
    expect(value.minus(reference).abs().toNumber()).toBeLessThanOrEqual(
      reference.abs().times(`1e-${digits}`).plus("1e-70").toNumber(),
    );
  });
};
/** The zero of a function that changes its sign once between two numbers. */
const zeroBetween = (f: (x: Decimal) => Decimal, from: Decimal.Value, to: Decimal.Value): Decimal => {
  let [low, high] = [new High(from), new High(to)];
  const rising = f(high).gt(0);
  for (let k = 0; k < 240; k++) {
    const middle = low.plus(high).div(2);
    if (f(middle).gt(0) === rising) high = middle;
    else low = middle;
  }
  return low;
};

describe("laws with z as a rational function of m", () => {
  // z(m) = −1/m − 2 eps m + 1/(1 + phi m); outside the support m runs between the critical points next to 0.
  test.each([
    ["1/16", "1/8"],
    ["1/1000", "1/8"],
    ["1/100", "3/2"],
    ["3/128", "3/8"],
  ])("the edges of wignerPlusWishart(%s, %s) are critical values", (epsText, phiText) => {
    const number = (text: string): Decimal => {
      const [n, d = "1"] = text.split("/");
      return new High(n!).div(d);
    };
    const [eps, phi] = [number(epsText), number(phiText)];
    const z = (m: Decimal): Decimal =>
      new High(-1)
        .div(m)
        .minus(m.times(eps).times(2))
        .plus(new High(1).div(m.times(phi).plus(1)));
    const slope = (m: Decimal): Decimal =>
      new High(1)
        .div(m.pow(2))
        .minus(eps.times(2))
        .minus(phi.div(m.times(phi).plus(1).pow(2)));
    // The critical points next to 0, found by walking.
    const critical = (side: 1 | -1): Decimal => {
      let m = new High(side).times("1e-3");
      while (slope(m).gt(0)) m = m.times("1.05");
      return zeroBetween(slope, m.div("1.05"), m);
    };
    const found = supportOf(`wignerPlusWishart(${epsText}, ${phiText})`);
    agree(edges(found), [z(critical(1)), z(critical(-1))]);
    expect(exponents(found)).toEqual(["1/2", "1/2"]);
  });

  test("the product of Wisharts of ratios 1/2 and 1/4, entered as a curve: three real branch points, two edges", () => {
    const law = parseLaw('curve("z^2*m^3 - 4*z*m^2 + (3 - 8*z)*m - 8")');
    // z = (1 + y)(1 + y/2)(1 + y/4)/y with critical points where y³/4 + 7y²/8 = 1
    const z = (y: Decimal): Decimal => y.plus(1).times(y.div(2).plus(1)).times(y.div(4).plus(1)).div(y);
    const slope = (y: Decimal): Decimal => y.pow(3).div(4).plus(y.pow(2).times(7).div(8)).minus(1);
    const values = [zeroBetween(slope, -4, -2.5), zeroBetween(slope, -1.5, -1), zeroBetween(slope, 0.5, 2)].map(z);
    const sorted = values.sort((a, b) => a.comparedTo(b));
    agree(edges(support(law)), sorted.slice(1));
    const { real, onPhysicalBoundary } = branchPoints(law);
    expect(sorted[0]!.toNumber()).toBeCloseTo(-0.0838758, 7);
    const at = real.map(algebraicToNumber);
    const physical = at.filter((_, k) => onPhysicalBoundary[k]);
    expect(physical).toEqual(sorted.slice(1).map((value) => expect.closeTo(value.toNumber(), 13)));
    expect(at.some((x) => Math.abs(x - sorted[0]!.toNumber()) < 1e-13)).toBe(true);
  });
});

describe("exponents", () => {
  test("fussCatalan(5) at 0: the density is sin(pi/6)/pi x^(−5/6)", () => {
    const law = ensembles.fussCatalan(5);
    const found = support(law);
    // 6^6/5^5
    expect(edges(found).map(exact)).toEqual(["0", "46656/3125"]);
    expect(exponents(found)).toEqual(["-5/6", "1/2"]);
    const x = 1e-30;
    expect(density(law)(Float64Array.of(x))[0]! * x ** (5 / 6) * Math.PI).toBeCloseTo(Math.sin(Math.PI / 6), 4);
  });

  test("hard edges of mp(1) and wachter(1, 1)", () => {
    expect(exponents(supportOf("mp(1)"))).toEqual(["-1/2", "1/2"]);
    expect(exponents(supportOf("wachter(1, 1)"))).toEqual(["-1/2", "-1/2"]);
    expect(exponents(supportOf("shift(mp(1), 1e12)"))).toEqual(["-1/2", "1/2"]);
  });

  test("3/2 at a singular point of the curve with m outside the field of its edge", () => {
    // rho = (1 − x/2) semicircle(1): m = (1 − z/2)s − 1/2 with s² + z s + 1 = 0.
    const law = lawFromCurve("(m + 1/2)^2 + z*(m + 1/2)*(1 - z/2) + (1 - z/2)^2");
    expect(exponents(support(law))).toEqual(["1/2", "3/2"]);
    // Over 2 the other law has m = (8 − sqrt(60))/2.
    const mixed = support(parseLaw(`mix(1/2, curve("${toText(law.curve)}"), shift(semicircle(1), 10))`));
    expect(edges(mixed).map(exact)).toEqual(["-2", "2", "8", "12"]);
    expect(exponents(mixed)).toEqual(["1/2", "3/2", "1/2", "1/2"]);
    for (const { mass } of mixed.intervals) expect(mass).toBeCloseTo(1 / 2, 13);
  });
});

describe("narrow gaps and close edges", () => {
  test("a gap of width 1e-6 between two hard edges", () => {
    const found = supportOf("mix(1/3, arcsine(0, 1), arcsine(1000001/1000000, 2))");
    expect(edges(found).map(exact)).toEqual(["0", "1", "1000001/1000000", "2"]);
    expect(exponents(found)).toEqual(Array(4).fill("-1/2"));
    expect(found.intervals.map(({ mass }) => mass)).toEqual([expect.closeTo(1 / 3, 12), expect.closeTo(2 / 3, 12)]);
  });

  test("deformed Wigner laws 1e-4 and 1e-8 below their cusp: gaps of relative width 3e-7 and 3e-13", () => {
    // z² = (8a⁴ + 20a²v − v² ± sqrt(v) (8a² + v)^(3/2))/(8a²) with a = 1
    for (const below of ["1e-4", "1e-8"]) {
      const v = new High(1).minus(below);
      const swing = v.sqrt().times(v.plus(8).pow("1.5"));
      const middle = v.times(20).plus(8).minus(v.pow(2));
      const [inner, outer] = [middle.minus(swing).div(8).sqrt(), middle.plus(swing).div(8).sqrt()];
      const found = supportOf(`deformedWigner(1 - ${below}, [[-1, 1/2], [1, 1/2]])`);
      agree(edges(found), [outer.neg(), inner.neg(), inner, outer], 25);
      for (const { mass } of found.intervals) expect(mass).toBeCloseTo(1 / 2, 12);
      expect(found.cusps).toEqual([]);
    }
  });

  test("edges that differ by 1e-12, of two bulks and of two laws on top of each other", () => {
    const apart = supportOf("mix(1/2, arcsine(0, 1), arcsine(1 + 1e-12, 2))");
    expect(edges(apart).map(exact)).toEqual(["0", "1", "1000000000001/1000000000000", "2"]);
    expect(apart.intervals.map(({ mass }) => mass)).toEqual([expect.closeTo(1 / 2, 12), expect.closeTo(1 / 2, 12)]);
    // The larger one has the edges ±2 sqrt(1 + 1e-12); those of the other lie inside.
    const nested = supportOf("mix(1/2, semicircle(1), semicircle(1 + 1e-12))");
    const edge = new High("1.000000000001").sqrt().times(2);
    agree(edges(nested), [edge.neg(), edge], 40);
    expect(exponents(nested)).toEqual(["1/2", "1/2"]);
  });
});

describe("size and place", () => {
  const golden = Object.values(spectra.compound.edges)[0]!;
  const tau = Object.keys(spectra.compound.edges)[0]!;
  const compound = parseLaw(`${spectra.compound.law} |> decompress(${tau})`);

  test.each(["1e100", "1e-100"])("laws scaled by %s", (factor) => {
    const scaled = (law: Law): Support => support(scale(law, factor));
    const two = scaled(compound);
    agree(
      edges(two),
      golden.map((edge) => new High(edge).times(factor)),
      25,
    );
    expect(two.intervals.reduce((sum, { mass }) => sum + mass, algebraicToNumber(two.atoms[0]!.weight))).toBeCloseTo(
      1,
      12,
    );
    agree(edges(scaled(ensembles.fussCatalan(3))), [new High(0), new High(256).div(27).times(factor)]);
    const root = new High("0.5").sqrt();
    agree(
      edges(scaled(ensembles.mp("1/2"))),
      [root.minus(1).pow(2), root.plus(1).pow(2)].map((x) => x.times(factor)),
    );
    const cusp = scaled(parseLaw("deformedWigner(1, [[-1, 1/2], [1, 1/2]])"));
    expect(cusp.cusps.map(exact)).toEqual(["0"]);
    agree(
      edges(cusp),
      [-1, 1].map((sign) => new High(27).div(4).sqrt().times(sign).times(factor)),
    );
  });

  test.each(["1e8", "1e12", "1e30"])("laws shifted by %s", (place) => {
    const moved = (law: Law): Support => support(shift(law, place));
    agree(
      edges(moved(compound)),
      golden.map((edge) => new High(edge).plus(place)),
      25,
      place,
    );
    const root = new High("0.5").sqrt();
    const found = moved(ensembles.mp("1/2"));
    agree(
      edges(found),
      [root.minus(1).pow(2), root.plus(1).pow(2)].map((x) => x.plus(place)),
      30,
      place,
    );
    expect(exponents(found)).toEqual(["1/2", "1/2"]);
    expect(edges(moved(ensembles.semicircle(1)))).toHaveLength(2);
    const cusp = moved(parseLaw("deformedWigner(1, [[-1, 1/2], [1, 1/2]])"));
    expect(cusp.cusps.map((a) => new Decimal(exact(a)).toString())).toEqual([new Decimal(place).toString()]);
  });

  test("atoms far out keep their weights", () => {
    expect(points(supportOf("shift(wachter(1/2, 3/4), 1e12)"))).toEqual(["1000000000000: 1/2", "1000000000001: 1/4"]);
  });
});

describe("atoms and bulks", () => {
  test("inside a bulk, at a soft edge, at a hard edge", () => {
    const inside = supportOf("mix(1/2, semicircle(1), atoms([[0, 1]]))");
    expect([points(inside), edges(inside).map(exact)]).toEqual([["0: 1/2"], ["-2", "2"]]);
    const soft = supportOf("mix(1/3, semicircle(1), atoms([[2, 1]]))");
    expect([points(soft), edges(soft).map(exact)]).toEqual([["2: 2/3"], ["-2", "2"]]);
    expect(soft.intervals[0]!.mass).toBeCloseTo(1 / 3, 14);
    const hard = supportOf("mix(1/2, arcsine(0, 1), atoms([[0, 1]]))");
    expect([points(hard), exponents(hard)]).toEqual([["0: 1/2"], ["-1/2", "-1/2"]]);
  });

  test("with irrational places, inside a bulk and at both its edges", () => {
    // m = −z/(z² − c): half a point mass at each of ±sqrt(c)
    const inside = supportOf('mix(1/2, semicircle(1), curve("m*(z^2 - 2) + z"))');
    expect(points(inside)).toEqual(["x^2 - 2: 1/4", "x^2 - 2: 1/4"]);
    expect(edges(inside).map(exact)).toEqual(["-2", "2"]);
    const touching = supportOf('mix(1/2, semicircle(2), curve("m*(z^2 - 8) + z"))');
    expect(points(touching)).toEqual(["x^2 - 8: 1/4", "x^2 - 8: 1/4"]);
    expect(edges(touching).map(exact)).toEqual(["x^2 - 8", "x^2 - 8"]);
    expect(touching.intervals[0]!.mass).toBeCloseTo(1 / 2, 14);
    // Half of sqrt(8 − x²)/(4 pi).
    const evaluate = density(parseLaw('mix(1/2, semicircle(2), curve("m*(z^2 - 8) + z"))'));
    for (const x of [-2.8284, -2.5, 0, 1, 2.82]) {
      const expected = Math.sqrt(8 - x * x) / (8 * Math.PI);
      expect(Math.abs(evaluate(Float64Array.of(x))[0]! - expected)).toBeLessThan(1e-11 * (1 + expected));
    }
  });
});

describe("laws with irrational moments", () => {
  test("X/(X + 1) of a Marchenko–Pastur law: the branch is the one that the transformation gives", () => {
    const root = new High("0.5").sqrt();
    const image = (x: Decimal): Decimal => x.div(x.plus(1));
    const expected = [root.minus(1).pow(2), root.plus(1).pow(2)].map(image);
    const law = parseLaw("mobius(mp(1/2), 1, 0, 1, 1)");
    agree(edges(support(law)), expected);
    // Carried on by what is done to it afterwards.
    agree(
      edges(support(parseLaw("mobius(mp(1/2), 1, 0, 1, 1) |> shift(-1/3) |> scale(-2)"))),
      expected.map((x) => x.minus(new High(1).div(3)).times(-2)).reverse(),
    );
    expect(edges(supportOf("mobius(fussCatalan(2), 1, 0, 1, 1)")).map(exact)).toEqual(["0", "27/31"]);
    // 1 − m(−1), and −m²/2 − 3m/2 + 1 = 0 there: m = (sqrt(17) − 3)/2
    const mean = 1 - (Math.sqrt(17) - 3) / 2;
    expect(() => moments(law, 1)).toThrow(`irrational, mu_1 = ${mean.toFixed(9)}`);
  });

  test("a curve with conjugate branches needs bounds of the mean, and takes them", () => {
    // (z² − 2)m² + 2zm + 1 = 0: m = −1/(z ± sqrt(2))
    const curve = "(z^2 - 2)*m^2 + 2*z*m + 1";
    expect(() => support(lawFromCurve(curve))).toThrow(/meanBetween/);
    const right = support(lawFromCurve(curve, { meanBetween: [rational(1), rational(2)] }));
    expect(right.intervals).toEqual([]);
    expect(points(right)).toEqual(["x^2 - 2: 1"]);
    expect(algebraicToNumber(right.atoms[0]!.at)).toBeGreaterThan(0);
    expect(() => support(lawFromCurve(curve, { meanBetween: [rational(-2), rational(2)] }))).toThrow(/2 branches/);
    expect(() => support(lawFromCurve(curve, { meanBetween: [rational(2), rational(3)] }))).toThrow(/no branch/);
  });
});
