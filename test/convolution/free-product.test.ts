import { ensembles, freeProduct, inverse, type Law, mix, moments, parseLaw, square, support } from "freecurve";
import { constantValue, fractions, parseRationalFunction, rationalFunctionToText, toText } from "freecurve/poly";
import { describe, expect, test } from "vitest";
import { noncrossingPartitions } from "../../src/convolution/index.js";
import { QQ, type Rational, rationalToText } from "../../src/rings/index.js";
import { powerSeries } from "../../src/series/index.js";

const curve = (law: Law): string => toText(law.curve);
const ring = powerSeries(QQ);
const rationals = (law: Law, n: number): Rational[] =>
  moments(law, n).map((mu) => QQ.div(constantValue(mu.numerator), constantValue(mu.denominator)));

/** S(y) = chi(y) (1 + y)/y with chi the reversion of psi(u) = Σ mu_k u^k: Voiculescu's way, where the project sums partitions. */
function sTransform(mu: readonly Rational[]): readonly Rational[] {
  const chi = ring.reversion([QQ.zero, ...mu]).slice(1);
  return chi.map((c, k) => (k === 0 ? c : QQ.add(c, chi[k - 1]!)));
}

const positive: [string, Law][] = [
  ["mp(1/2)", ensembles.mp("1/2")],
  ["mp(3)", ensembles.mp(3)],
  ["two atoms", parseLaw("atoms([[1, 1/3], [4, 2/3]])")],
  ["wachter(2, 3)", ensembles.wachter(2, 3)],
  ["inverseMp(1/4)", ensembles.inverseMp("1/4")],
];

describe("the free product", () => {
  test.each(positive)("of MP(1/2) and %s: S-transforms multiply", (_name, law) => {
    const order = 6;
    const found = sTransform(rationals(freeProduct(ensembles.mp("1/2"), law), order));
    const expected = ring.mul(sTransform(rationals(ensembles.mp("1/2"), order)), sTransform(rationals(law, order)));
    expect(found.map(rationalToText)).toEqual(expected.map(rationalToText));
  });

  test("is commutative", () => {
    const [a, b] = [ensembles.mp("1/2"), positive[2]![1]];
    expect(curve(freeProduct(a, b))).toBe(curve(freeProduct(b, a)));
    expect(curve(freeProduct(ensembles.semicircle(1), a))).toBe(curve(freeProduct(a, ensembles.semicircle(1))));
  });

  test("with a constant is a dilation, with 1 nothing", () => {
    const two = ensembles.atoms([["2", 1]]);
    expect(curve(freeProduct(ensembles.bures(), two))).toBe(curve(parseLaw("bures() |> scale(2)")));
    expect(curve(freeProduct(ensembles.mp("c"), ensembles.atoms([[1, 1]])))).toBe(curve(ensembles.mp("c")));
  });

  test("of MP(1) with itself is Fuss–Catalan", () => {
    expect(curve(freeProduct(ensembles.mp(1), ensembles.mp(1)))).toBe(curve(ensembles.fussCatalan(2)));
    expect(curve(freeProduct(ensembles.fussCatalan(2), ensembles.mp(1)))).toBe(curve(ensembles.fussCatalan(3)));
  });

  test("of MP(c) and a population is the sample covariance law", () => {
    expect(curve(freeProduct(ensembles.mp("1/2"), parseLaw("atoms([[1, 1/2], [3, 1/2]])")))).toBe(
      curve(parseLaw("silverstein(1/2, [[1, 1/2], [3, 1/2]])")),
    );
  });

  test("of a law with a projection is compression and an atom at 0", () => {
    // P X P of a projection of trace 1/3: (2/3) delta_0 + (1/3) (X compressed, as an operator dilated by nothing)
    const projection = ensembles.atoms([
      [0, "2/3"],
      [1, "1/3"],
    ]);
    const law = ensembles.wachter(2, 3);
    const corner = rationals(parseLaw("wachter(2, 3) |> compress(1/3)"), 6);
    const product = rationals(freeProduct(law, projection), 6);
    expect(product.map(rationalToText)).toEqual(corner.map((mu) => rationalToText(QQ.div(mu, QQ.fromInteger(3n)))));
  });

  test("Fisher: MP(c1) times the inverse of MP(c2), with numbers", () => {
    const law = freeProduct(ensembles.mp("1/3"), inverse(ensembles.mp("1/4")));
    expect(curve(law)).toBe("3*m^2*z^2 + 4*m^2*z + 15*m*z - 8*m + 12");
    expect(support(law).intervals).toHaveLength(1);
  });

  test("non-crossing partitions are counted by the Catalan numbers", () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7].map((n) => noncrossingPartitions(n).length)).toEqual([
      1, 1, 2, 5, 14, 42, 132, 429,
    ]);
  });
});

describe("mixtures and squares", () => {
  test("the moments of a mixture are the mixed moments, with a symbolic weight too", () => {
    const [a, b] = [ensembles.mp("1/2"), ensembles.semicircle(2)];
    for (const w of ["1/3", "w"]) {
      const mixed = moments(mix(w, a, b), 6).map(rationalFunctionToText);
      const expected = moments(a, 6).map((mu, k) => {
        const weight = parseRationalFunction(w);
        const rest = fractions.sub(fractions.one, weight);
        return rationalFunctionToText(fractions.add(fractions.mul(weight, mu), fractions.mul(rest, moments(b, 6)[k]!)));
      });
      expect(mixed).toEqual(expected);
    }
  });

  test("a mixture of atoms is a list of atoms", () => {
    const mixed = mix("1/4", parseLaw("atoms([[0, 1/2], [1, 1/2]])"), parseLaw("atoms([[1, 1/3], [2, 2/3]])"));
    expect(curve(mixed)).toBe(curve(parseLaw("atoms([[0, 1/8], [1, 3/8], [2, 1/2]])")));
    expect(() => mix("1", ensembles.mp(1), ensembles.mp(2))).toThrow(/0 < w < 1; got 1/);
    expect(() => mix("-1/2", ensembles.mp(1), ensembles.mp(2))).toThrow(/0 < w < 1/);
  });

  test("a mixture with overlapping bulks is one interval with the joint mass", () => {
    const { intervals, atoms } = support(parseLaw("mix(1/3, mp(1/2), semicircle(1))"));
    expect(intervals).toHaveLength(1);
    expect(atoms).toEqual([]);
    expect(intervals[0]!.mass).toBeCloseTo(1, 11);
  });

  test("the moments of a square are the even moments", () => {
    for (const law of [
      ensembles.mp("1/2"),
      ensembles.semicircle("v"),
      ensembles.arcsine(-1, 2),
      ensembles.freeMeixner(1, 1),
    ]) {
      const even = moments(law, 10).filter((_, k) => k % 2 === 1);
      expect(moments(square(law), 5).map(rationalFunctionToText)).toEqual(even.map(rationalFunctionToText));
    }
    expect(curve(square(ensembles.semicircle("v")))).toBe(curve(ensembles.freePoisson(1, "v")));
    expect(curve(square(parseLaw("atoms([[-1, 1/4], [1, 1/4], [2, 1/2]])")))).toBe(
      curve(parseLaw("atoms([[1, 1/2], [4, 1/2]])")),
    );
  });
});
