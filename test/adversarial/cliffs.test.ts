import {
  atoms,
  branchPoints,
  density,
  densityAt,
  isSpectrum,
  type Law,
  lawFromCurve,
  parseLaw,
  support,
} from "freecurve";
import { type AlgebraicNumber, algebraicToDecimal, rationalValue } from "freecurve/roots";
import { describe, expect, test } from "vitest";
import { parseRational, rationalToText } from "../../src/rings/index.js";

// Laws at and next to a cliff whose truth is known in closed form.

/** Weights as cubes make the variance at which the two bulks of atoms plus semicircle touch rational; see scripts/adversarial/cases.mjs. */
const touching = "[[-2, 1/9], [-1, 8/9]]";
// The cusp of sum w_i/(x_i − u)^3 = 0 is at u = −5/3 with 1/v = sum w_i/(x_i − u)^2 = 3.
const critical = "1/3";

const lowest = (text: string): string => rationalToText(parseRational(text));
const rationalText = (a: AlgebraicNumber): string => rationalToText(rationalValue(a)!);

function shape(law: Law): { readonly bulks: number; readonly cusps: number } {
  const { intervals, cusps } = support(law);
  return { bulks: intervals.length, cusps: cusps.length };
}

describe("two bulks that touch", () => {
  test("are one with a cusp exactly there", () => {
    const law = parseLaw(`deformedWigner(${critical}, ${touching})`);
    expect(shape(law)).toEqual({ bulks: 1, cusps: 1 });
    // z = u + v·sum w_i/(u − x_i) at u = −5/3: −5/3 + (1/3)(1/9·3 − 8/9·3/2) = −2.
    expect(algebraicToDecimal(support(law).cusps[0]!, 30)).toBe("-2");
  });

  test.each([
    [9, 2],
    [12, 2],
    [-9, 1],
  ])("are told apart at a distance of 10^-|%i|", (places, bulks) => {
    const law = parseLaw(`deformedWigner(${critical} ${places > 0 ? "-" : "+"} 1/10^${Math.abs(places)}, ${touching})`);
    expect(shape(law)).toEqual({ bulks, cusps: 0 });
  });
});

test.each([12, 20])(
  "branch points 10^-%i beyond a cusp, nearer to the axis than doubles tell, are no branch points of the law",
  (places) => {
    // The conjugate pair that the two edges became is about 10^(-3·places/2) away from the real axis.
    const law = parseLaw(`deformedWigner(${critical} + 1/10^${places}, ${touching})`);
    expect(shape(law)).toEqual({ bulks: 1, cusps: 0 });
    const { complex } = branchPoints(law);
    expect(complex.map(({ onPhysicalSheet }) => onPhysicalSheet)).toEqual([false, false]);
    expect(Math.log10(complex[0]!.im)).toBeCloseTo(-1.5 * places, -1);
  },
);

describe("scales", () => {
  test.each([100, -100, 300, -300])("a semicircle of size 10^%i", (places) => {
    const law = parseLaw(`scale(semicircle(1), 10^(${places}))`);
    const [bulk] = support(law).intervals;
    expect(algebraicToDecimal(bulk!.right, 20)).toBe(`2e${places > 0 ? "+" : ""}${places}`);
    expect(bulk!.mass).toBeCloseTo(1, 12);
  });

  test("a Marchenko–Pastur law of size 10^-50 at 10^50", () => {
    const law = parseLaw("shift(scale(mp(1/4), 10^(-50)), 10^50)");
    const [bulk] = support(law).intervals;
    // Edges at 1/4 and 9/4 of the size beyond 10^50, which is rational.
    const place = (quarters: bigint): string => `${4n * 10n ** 100n + quarters}/${4n * 10n ** 50n}`;
    expect([rationalText(bulk!.left), rationalText(bulk!.right)]).toEqual([lowest(place(1n)), lowest(place(9n))]);
    expect(bulk!.mass).toBeCloseTo(1, 12);
  });
});

describe("numbers of 200 digits", () => {
  const long = `${"123456789".repeat(23)}/${"987654321".repeat(23)}`;

  test("in the place of an atom", () => {
    // mp(c) at c = 8 has the atom 7/8 at its left end.
    const law = parseLaw(`shift(mp(8), ${long})`);
    const [atom] = atoms(law);
    expect(algebraicToDecimal(atom!.weight, 20)).toBe("0.875");
    expect(support(law).intervals).toHaveLength(1);
  });
});

describe("no measure", () => {
  test("(3/2)·semicircle − (1/2)·atom has mass one and is none", () => {
    // m = 3/2 s − 1/2 · 1/(5 − z) with s² + z s + 1 = 0, so that s = (2 m + 1/(5 − z))/3.
    const [s, p] = ["(2*m*(5 - z) + 1)", "3*(5 - z)"];
    const law = lawFromCurve(`${s}^2 + z*${s}*${p} + (${p})^2`);
    expect(isSpectrum(law).spectrum.kind).toBe("undefined");
    expect(() => support(law)).toThrow("atom of negative weight -0.5");
  });

  test.each([
    ["decompress(kestenMcKay(4), 4 + 1/10^12)", "undefined"],
    ["decompress(kestenMcKay(4), 4 - 1/10^12)", "ok"],
    ["power(arcsine(-1, 1), 1/2 - 1/10^12)", "undefined"],
    ["power(arcsine(-1, 1), 1/2 + 1/10^12)", "ok"],
  ])("%s: %s", (text, expected) => {
    expect(isSpectrum(parseLaw(text)).spectrum.kind).toBe(expected);
  });
});

describe("what is no law is refused", () => {
  test.each([
    ["(m^2 + z*m + 1)^2", "repeated factor"],
    ["(m^2 + z*m + 1)*(m^2*z + 2*m*z - m + 2)", "product of"],
    ["(4*m^2 + 2*z*m + 1)", "no branch m = -1/z"],
    ["(z^2 + 1)*m^2 + 2*z*m + 1", "has real moments: it is the curve of no spectrum"],
    ["(z^2 - 2)*m^2 + 2*z*m + 1", "has rational moments; say which one"],
    ["m^3 - z", "no branch m = -1/z"],
  ])("%s", (curve, sentence) => {
    expect(() => support(lawFromCurve(curve))).toThrow(sentence);
  });
});

test("the density next to a gap of 1e-9 is that of its two laws", () => {
  // Half of each arcsine law: 1/(2 pi sqrt(x (1 − x))) next to 1 from below.
  const law = parseLaw("mix(1/2, arcsine(0, 1), arcsine(1 + 1/10^9, 2 + 1/10^9))");
  const x = 1 - 2 ** -40;
  const [value, gap] = density(law)(Float64Array.of(x, 1 + 5e-10));
  expect(value! / (1 / (2 * Math.PI * Math.sqrt(x * (1 - x))))).toBeCloseTo(1, 9);
  expect(gap).toBe(0);
});

describe("next to an edge at which all sheets of a mixture are infinite", () => {
  // The sheets differ by little beside their size there, and to follow them in z takes thousands of steps.
  test("the density of a Marchenko–Pastur law at its hard edge, where a semicircle begins as well", () => {
    const law = parseLaw("mix(3/5, shift(semicircle(9/4), 3), mp(1))");
    const x = 1e-12;
    const [round, hard] = [Math.sqrt(9 - (x - 3) ** 2) / (4.5 * Math.PI), Math.sqrt(4 * x - x * x) / (2 * Math.PI * x)];
    expect(Number(densityAt(law, parseRational("1e-12"), 15)) / (0.6 * round + 0.4 * hard)).toBeCloseTo(1, 12);
  });

  test("the density of a semicircle that ends at an atom", () => {
    const law = parseLaw("mix(1/4, atoms([[3, 1]]), semicircle(9/4))");
    const value = (0.75 * Math.sqrt(6e-12 - 1e-24)) / (4.5 * Math.PI);
    expect(Number(densityAt(law, parseRational("2.999999999999"), 15)) / value).toBeCloseTo(1, 12);
  });
});
