import {
  atoms,
  cumulants,
  encode,
  ensembles,
  freeProduct,
  inverse,
  type Law,
  lawToText,
  mix,
  moments,
  multiplicativePower,
  parseLaw,
  support,
} from "freecurve";
import {
  constantValue,
  fractionConstant,
  fractions,
  type Polynomial,
  parseRationalFunction,
  type RationalFunction,
  rationalFunctionToText,
  resultant,
  substitute,
  substituteFractions,
  toText,
  variable,
} from "freecurve/poly";
import { describe, expect, test } from "vitest";
import { QQ, type Rational, rationalToText } from "../../src/rings/index.js";
import { algebraicToNumber } from "../../src/roots/index.js";
import { powerSeries } from "../../src/series/index.js";
import { momentsByPartitions, noncrossingPartitions } from "./combinatorial-moments.js";

const curve = (law: Law): string => toText(law.curve);
const substituteInto = (p: Polynomial, s: RationalFunction): Polynomial => substituteFractions(p, { s }).numerator;
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

  test.each([
    ["two atoms and an arcsine law", positive[2]![1], ensembles.arcsine(0, 1)],
    ["an arcsine law with itself", ensembles.arcsine(1, 2), ensembles.arcsine(1, 2)],
    ["a law of mean zero", ensembles.bures(), ensembles.kestenMcKay(3)],
    ["a law of both signs", ensembles.wachter(2, 3), ensembles.arcsine(-1, 2)],
    ["a law of mean zero by substitution", ensembles.semicircle(2), ensembles.mp(3)],
  ])("has the moments that sums over non-crossing partitions give: %s", (_name, a, b) => {
    const n = 6;
    const expected = momentsByPartitions(cumulants(a, n).map(fractionConstant), rationals(b, n));
    expect(rationals(freeProduct(a, b), n).map(rationalToText)).toEqual(expected.map(rationalToText));
  });

  test("multiplies S-transforms as curves: the product of roots of the two polynomials is a root of that of the product", () => {
    const [a, b] = [positive[2]![1], ensembles.arcsine(0, 1)];
    const s = variable("s");
    const first = substitute(encode(a, "s").polynomial, { s: variable("s1") });
    const second = encode(b, "s").polynomial;
    // s = s1 s2: the numerator of Q_B(s/s1).
    const quotient = fractions.div(parseRationalFunction("s"), parseRationalFunction("s1"));
    const moved = substituteInto(second, quotient);
    const eliminant = resultant(first, moved, "s1");
    const found = encode(freeProduct(a, b), "s").polynomial;
    expect(toText(resultant(found, eliminant, "s"))).toBe("0");
    expect(found.variables).toContain(toText(s));
  });

  test("Fisher: MP(c1) times the inverse of MP(c2), with numbers", () => {
    const law = freeProduct(ensembles.mp("1/3"), inverse(ensembles.mp("1/4")));
    expect(curve(law)).toBe("3*m^2*z^2 + 4*m^2*z + 15*m*z - 8*m + 12");
    expect(support(law).intervals).toHaveLength(1);
  });

  test("is associative", () => {
    const [a, b, c] = [positive[2]![1], ensembles.mp("1/2"), ensembles.wachter(2, 3)];
    expect(curve(freeProduct(freeProduct(a, b), c))).toBe(curve(freeProduct(a, freeProduct(b, c))));
  });

  test("of projections and the like has the heavier of the atoms at 0", () => {
    const weightAtZero = (text: string): number => {
      const atom = atoms(parseLaw(text)).find(({ at }) => algebraicToNumber(at) === 0);
      return atom === undefined ? 0 : algebraicToNumber(atom.weight);
    };
    expect(weightAtZero("atoms([[0, 1/2], [1, 1/2]]) ⊠ atoms([[0, 1/3], [2, 2/3]])")).toBeCloseTo(1 / 2, 14);
    expect(weightAtZero("mp(2) ⊠ mp(3)")).toBeCloseTo(2 / 3, 14);
    expect(weightAtZero("mp(3) ⊠ wachter(2, 3)")).toBeCloseTo(2 / 3, 14);
    expect(weightAtZero("mp(1/2) ⊠ wachter(2, 3)")).toBe(0);
    expect(weightAtZero("multiplicativePower(atoms([[0, 1/3], [2, 2/3]]), 3)")).toBeCloseTo(1 / 3, 14);
  });

  test("with the atom at 0 is the atom at 0; of two laws that are not positive it is refused", () => {
    const zero = ensembles.atoms([[0, 1]]);
    expect(curve(freeProduct(ensembles.mp("c"), zero))).toBe("m*z + 1");
    expect(curve(freeProduct(zero, ensembles.semicircle(1)))).toBe("m*z + 1");
    expect(curve(freeProduct(zero, zero))).toBe("m*z + 1");
    const none = /needs a positive law/;
    expect(() => freeProduct(ensembles.semicircle(1), ensembles.semicircle(2))).toThrow(none);
    expect(() => freeProduct(ensembles.arcsine(-1, 2), ensembles.kestenMcKay(3))).toThrow(none);
    expect(() => freeProduct(ensembles.semicircle("v"), ensembles.semicircle("w"))).toThrow(none);
    expect(() => freeProduct(ensembles.semicircle("v"), ensembles.semicircle("v"))).toThrow(none);
    expect(() => freeProduct(ensembles.arcsine(-1, 2), ensembles.arcsine(-1, 2))).toThrow(none);
  });

  test("keeps the branch of a law that had to be singled out by a moment", () => {
    const law = parseLaw('curve("(m*z + 1)^2 - m^2*(1 - m)", [1]) |> shift(3)');
    const n = 5;
    for (const b of [ensembles.mp("1/2"), ensembles.bures(), law]) {
      const expected = momentsByPartitions(cumulants(law, n).map(fractionConstant), rationals(b, n));
      expect(rationals(freeProduct(law, b), n).map(rationalToText)).toEqual(expected.map(rationalToText));
    }
  });

  test("non-crossing partitions are counted by the Catalan numbers", () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7].map((n) => noncrossingPartitions(n).length)).toEqual([
      1, 1, 2, 5, 14, 42, 132, 429,
    ]);
  });
});

describe("the multiplicative power", () => {
  test("of MP(1) is Fuss–Catalan, and 1 changes nothing", () => {
    for (const p of [1, 2, 3, 6]) {
      expect(curve(multiplicativePower(ensembles.mp(1), p))).toBe(curve(ensembles.fussCatalan(p)));
    }
    expect(curve(multiplicativePower(ensembles.semicircle(1), 1))).toBe(curve(ensembles.semicircle(1)));
  });

  test.each([
    "atoms([[1, 1/3], [4, 2/3]])",
    "arcsine(1, 2)",
    "bures()",
    "mp(c)",
    "wachter(2, 3)",
    "semicircle(v) |> shift(3)",
  ])("is a repeated product: %s", (text) => {
    const law = parseLaw(text);
    expect(curve(multiplicativePower(law, 3))).toBe(curve(freeProduct(multiplicativePower(law, 2), law)));
  });

  test("with a broken exponent is a root of a power: S-transforms to the power s", () => {
    expect(curve(multiplicativePower(ensembles.mp(1), "1/2"))).toBe(curve(parseLaw("raney(3/2, 1)")));
    expect(curve(multiplicativePower(ensembles.mp(1), "5/3"))).toBe(curve(parseLaw("raney(8/3, 1)")));
    for (const [text, s, back] of [
      ["arcsine(0, 2)", "3/2", "2/3"],
      ["mp(c)", "1/2", "2"],
      ["freePoisson(1, 4)", "1/2", "2"],
    ] as const) {
      expect(curve(multiplicativePower(multiplicativePower(parseLaw(text), s), back))).toBe(curve(parseLaw(text)));
    }
    const half = multiplicativePower(ensembles.wachter(1, 3), "3/2");
    const [s, expected] = [half, ensembles.wachter(1, 3)].map((law) => sTransform(rationals(law, 5)));
    expect(ring.mul(s!, s!).map(rationalToText)).toEqual(
      ring.mul(ring.mul(expected!, expected!), expected!).map(rationalToText),
    );
  });

  test("is the one that elimination finds", () => {
    // Two laws that are equal, but not seen to be: the one is written with a parameter of its own.
    const [a, b] = [ensembles.arcsine(0, "a"), ensembles.arcsine(0, "b")];
    const product = substitute(freeProduct(a, b).curve, { b: variable("a") });
    expect(toText(resultant(product, multiplicativePower(a, 2).curve, "m"))).toBe("0");
  });

  test("is written back, and refuses other exponents", () => {
    const law = parseLaw("bures() |> multiplicativePower(2)");
    expect(lawToText(law)).toBe("multiplicativePower(bures(), 2)");
    for (const s of ["-1", "0", "s", "100000", "1/2000"]) {
      expect(() => multiplicativePower(ensembles.mp(1), s)).toThrow(/needs a number s > 0 with numerator/);
    }
    expect(() => multiplicativePower(ensembles.freePoisson(1, 2), "1/2")).toThrow(
      /mean 2 of the law has no rational power 1\/2/,
    );
    expect(() => multiplicativePower(ensembles.wachter("a", "b"), "3/2")).toThrow(/has no rational power 3\/2/);
    expect(() => multiplicativePower(ensembles.semicircle(1), 2)).toThrow(/needs a positive law/);
  });
});

describe("mixtures", () => {
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
});
