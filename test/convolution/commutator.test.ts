import {
  anticommutator,
  commutator,
  cumulants,
  ensembles,
  isSpectrum,
  type Law,
  moments,
  parseLaw,
  specialise,
  support,
} from "freecurve";
import { fractionConstant, toText } from "freecurve/poly";
import { describe, expect, test } from "vitest";
import { QQ, type Rational, rational, rationalToText } from "../../src/rings/index.js";
import { algebraicToNumber } from "../../src/roots/index.js";
import { fockMoments } from "./combinatorial-moments.js";

const curve = (law: Law): string => toText(law.curve);
const momentTexts = (law: Law, n: number): string[] => moments(law, n).map(fractionConstant).map(rationalToText);
const kappas = (law: Law, n: number): Rational[] => cumulants(law, n).map(fractionConstant);

const order = 6;
const spin = parseLaw("atoms([[-1, 1/2], [1, 1/2]])");
const lopsided = parseLaw("atoms([[-1, 1/3], [2, 2/3]])");

describe("the commutator i(ab − ba)", () => {
  test.each([
    ["semicircular and semicircular", ensembles.semicircle(1), ensembles.semicircle(1)],
    ["semicircular and signs", ensembles.semicircle(2), spin],
    ["arcsine and Kesten–McKay", ensembles.arcsine(-1, 1), ensembles.kestenMcKay(3)],
    ["Marchenko–Pastur twice", ensembles.mp(1), ensembles.mp(1)],
    ["Marchenko–Pastur and semicircular", ensembles.mp("1/2"), ensembles.semicircle(1)],
    ["two laws without symmetry", lopsided, ensembles.mp("1/2")],
    ["two lopsided laws of two atoms", lopsided, parseLaw("atoms([[0, 1/4], [1, 3/4]])")],
    ["a free Meixner law and a projection", ensembles.freeMeixner(1, 1), parseLaw("atoms([[0, 1/2], [1, 1/2]])")],
  ])("has the moments of operators on the full Fock space: %s", (_name, a, b) => {
    const words = fockMoments(kappas(a, 2 * order), kappas(b, 2 * order), [1, -1], order);
    // i^n is real on even orders; on odd ones the moments vanish.
    const expected = words.map((value, k) => (k % 4 === 1 ? QQ.neg(value) : value));
    expect(momentTexts(commutator(a, b), order)).toEqual(expected.map(rationalToText));
  });

  test("of two semicirculars is the tetilla law, of two free symmetries an arcsine law", () => {
    const tetilla = commutator(ensembles.semicircle(1), ensembles.semicircle(1));
    expect(curve(tetilla)).toBe("m^3*z - m^2 - m*z - 1");
    const [bulk] = support(tetilla).intervals;
    // Deya–Nourdin 2012: the density lives up to sqrt((11 + 5 sqrt 5)/2).
    expect(algebraicToNumber(bulk!.right)).toBeCloseTo(Math.sqrt((11 + 5 * Math.sqrt(5)) / 2), 13);
    expect(curve(commutator(spin, spin))).toBe(curve(ensembles.arcsine(-2, 2)));
  });

  test("does not see odd free cumulants: shifts change nothing", () => {
    const a = ensembles.mp("1/2");
    expect(curve(commutator(parseLaw("mp(1/2) |> shift(3)"), spin))).toBe(curve(commutator(a, spin)));
    expect(curve(commutator(parseLaw("mp(1/2) |> scale(-1)"), spin))).toBe(curve(commutator(a, spin)));
  });

  test("is bilinear in scale and takes parameters", () => {
    expect(curve(commutator(ensembles.semicircle("v"), ensembles.semicircle("w")))).toBe(
      curve(parseLaw("commutator(semicircle(1), semicircle(v*w))")),
    );
    const general = commutator(ensembles.mp("c"), ensembles.mp("d"));
    const special = commutator(ensembles.mp(2), ensembles.mp("1/3"));
    expect(curve(specialise(general, { c: rational(2), d: rational(1, 3) }))).toBe(curve(special));
  });

  test("with a constant is zero, and is a law otherwise", () => {
    expect(curve(commutator(ensembles.atoms([[3, 1]]), ensembles.mp(1)))).toBe("m*z + 1");
    expect(isSpectrum(commutator(lopsided, spin)).spectrum.kind).toBe("ok");
  });
});

describe("the anticommutator ab + ba of symmetric laws", () => {
  test.each([
    ["semicircular and signs", ensembles.semicircle(2), spin],
    ["arcsine and Kesten–McKay", ensembles.arcsine(-1, 1), ensembles.kestenMcKay(3)],
  ])("has the moments of operators on the full Fock space: %s", (_name, a, b) => {
    const expected = fockMoments(kappas(a, 2 * order), kappas(b, 2 * order), [1, 1], order);
    expect(momentTexts(anticommutator(a, b), order)).toEqual(expected.map(rationalToText));
  });

  test("is refused in a sentence for a law that is not symmetric", () => {
    expect(() => anticommutator(spin, ensembles.mp(1))).toThrow(/two symmetric laws, and B is not symmetric/);
    expect(() => anticommutator(lopsided, spin)).toThrow(/and A is not symmetric/);
    expect(curve(anticommutator(ensembles.semicircle("v"), spin))).toBe(
      curve(commutator(ensembles.semicircle("v"), spin)),
    );
  });
});
