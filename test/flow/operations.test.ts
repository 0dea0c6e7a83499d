import {
  algebraicToNumber,
  companion,
  compress,
  cumulants,
  decompress,
  deform,
  ensembles,
  inverse,
  type Law,
  mobius,
  moments,
  parseLaw,
  parseRational,
  power,
  scale,
  semicircularFlow,
  shift,
  specialise,
  support,
} from "freecurve";
import {
  fractions,
  parseRationalFunction,
  type RationalFunction,
  rationalFunctionToText,
  toText,
} from "freecurve/poly";
import { describe, expect, test } from "vitest";

const curve = (law: Law): string => toText(law.curve);
const f = (text: string): RationalFunction => parseRationalFunction(text);
const texts = (values: readonly RationalFunction[]): string[] => values.map(rationalFunctionToText);
const compound = ensembles.compoundFreePoisson("1/10", [
  [2, "3/4"],
  ["11/2", "1/4"],
]);
const pairs = ensembles.atoms([
  [-1, "1/4"],
  [2, "1/4"],
  [3, "1/2"],
]);
/** Laws with parameters, with irrational R-transforms, with atoms. */
const laws: [string, Law][] = [
  ["mp(c)", ensembles.mp("c")],
  ["freePoisson(r, a)", ensembles.freePoisson("r", "a")],
  ["compoundFreePoisson", compound],
  ["bures()", ensembles.bures()],
  ["fussCatalan(2)", ensembles.fussCatalan(2)],
  ["wachter(2, 3)", ensembles.wachter(2, 3)],
  ["atoms", pairs],
];

const count = 6;
const scaledCumulants = (law: Law, factor: (n: number) => RationalFunction): string[] =>
  texts(cumulants(law, count).map((kappa, k) => fractions.mul(kappa, factor(k + 1))));

describe("free cumulants under the operations", () => {
  test.each(laws)("of %s: kappa_n → tau^(n−1) kappa_n under decompression", (_name, law) => {
    const tau = f("t");
    expect(texts(cumulants(decompress(law, "t"), count))).toEqual(
      scaledCumulants(law, (n) => fractions.pow(tau, n - 1)),
    );
    expect(texts(cumulants(compress(law, "2/7"), count))).toEqual(
      scaledCumulants(law, (n) => fractions.pow(f("2/7"), n - 1)),
    );
  });

  test.each(laws)("of %s: s kappa_n under the power, a^n kappa_n under dilation", (_name, law) => {
    expect(texts(cumulants(power(law, "s"), count))).toEqual(scaledCumulants(law, () => f("s")));
    expect(texts(cumulants(scale(law, "-3/2"), count))).toEqual(
      scaledCumulants(law, (n) => fractions.pow(f("-3/2"), n)),
    );
  });

  test.each(laws)("of %s: kappa_1 + b under shift, kappa_2 + v under the semicircular flow", (_name, law) => {
    const before = cumulants(law, count);
    const raised = (at: number, by: string): string[] =>
      texts(before.map((kappa, k) => (k === at ? fractions.add(kappa, f(by)) : kappa)));
    expect(texts(cumulants(shift(law, "b"), count))).toEqual(raised(0, "b"));
    expect(texts(cumulants(semicircularFlow(law, "v"), count))).toEqual(raised(1, "v"));
  });
});

describe("exact results", () => {
  test("decompression of Marchenko–Pastur and of the semicircle, with everything free", () => {
    expect(curve(decompress(ensembles.mp("c"), "tau"))).toBe(curve(ensembles.mp("c*tau")));
    expect(curve(decompress(ensembles.semicircle("v"), "tau"))).toBe(curve(ensembles.semicircle("tau*v")));
    expect(curve(decompress(ensembles.freePoisson("r", "a"), "tau"))).toBe(
      curve(ensembles.freePoisson("r/tau", "a*tau")),
    );
    expect(curve(decompress(ensembles.mp("1/50"), 80))).toBe(curve(ensembles.mp("8/5")));
  });

  test("decompression of the deformed Wigner law (1/4, ±1)", () => {
    // Golden: laws.md, "Flow": t³m⁴ + 8t²z m³ + (8t² + 16t z² − 20t) m² + (32t − 16) z m + 16t − 16.
    const law = parseLaw("deformedWigner(1/4, [[-1, 1/2], [1, 1/2]]) |> decompress(t)");
    expect(curve(law)).toBe(
      "m^4*t^3 + 8*m^3*t^2*z + 16*m^2*t*z^2 + 8*m^2*t^2 - 20*m^2*t + 32*m*t*z - 16*m*z + 16*t - 16",
    );
    expect(curve(decompress(parseLaw("deformedWigner(1/4, [[-1, 1/2], [1, 1/2]])"), 1))).toBe(
      curve(parseLaw("deformedWigner(1/4, [[-1, 1/2], [1, 1/2]])")),
    );
  });

  test("half of a projection is the arcsine law", () => {
    const half = compress(
      ensembles.atoms([
        [0, "1/2"],
        [1, "1/2"],
      ]),
      "1/2",
    );
    expect(curve(half)).toBe(curve(ensembles.arcsine(0, 1)));
    expect(texts(moments(half, 3))).toEqual(["1/2", "3/8", "5/16"]);
  });

  test.each(laws)(
    "decompression of %s by s, then t, is decompression by s t; by t, then 1/t, nothing",
    (_name, law) => {
      expect(curve(decompress(decompress(law, 3), "5/2"))).toBe(curve(decompress(law, "15/2")));
      expect(curve(compress(decompress(law, 7), "1/7"))).toBe(curve(law));
      expect(curve(decompress(decompress(law, "s"), "1/s"))).toBe(curve(law));
    },
  );

  test("the deformed flow of a Gram matrix takes MP(c) to MP(tau c)", () => {
    expect(curve(deform(ensembles.mp("c"), "c", "tau"))).toBe(curve(ensembles.mp("c*tau")));
    // The population stays: a sample covariance of ratio c grows to ratio tau·c.
    expect(curve(deform(parseLaw("silverstein(1/2, [[1, 1/2], [3, 1/2]])"), "1/2", 3))).toBe(
      curve(parseLaw("silverstein(3/2, [[1, 1/2], [3, 1/2]])")),
    );
  });

  test("the companion of MP(c) is the free Poisson law of rate c", () => {
    expect(curve(companion(ensembles.mp("c"), "c"))).toBe(curve(ensembles.freePoisson("c", 1)));
    expect(curve(companion(companion(ensembles.mp("c"), "c"), "1/c"))).toBe(curve(ensembles.mp("c")));
  });

  test("shift, dilation, inversion and Möbius maps move atoms", () => {
    const at = (...places: string[]): string =>
      curve(ensembles.atoms(places.map((x, k) => [x, ["1/4", "1/4", "1/2"][k]!])));
    expect(curve(shift(pairs, "b"))).toBe(at("b - 1", "b + 2", "b + 3"));
    expect(curve(scale(pairs, "-a"))).toBe(at("a", "-2*a", "-3*a"));
    expect(curve(inverse(pairs))).toBe(at("-1", "1/2", "1/3"));
    expect(curve(mobius(pairs, 2, 1, 1, 5))).toBe(at("-1/4", "5/7", "7/8"));
    expect(texts(moments(inverse(parseLaw("atoms([[1, 1/2], [2, 1/2]])")), 2))).toEqual(["3/4", "5/8"]);
  });

  test("the inverse of MP(c), a Fisher law and a Wachter law by their own formulas", () => {
    expect(curve(inverse(ensembles.mp("1/3")))).toBe(curve(ensembles.inverseMp("1/3")));
    // W₁(W₁ + W₂)^(-1) = X(X + 1)^(-1) of the ratio X, a Fisher matrix: arcsine (1, 1) is the Jacobi law on [0, 1].
    expect(curve(mobius(ensembles.wachter(2, 3), -1, 1, 0, 1))).toBe(curve(ensembles.wachter(3, 2)));
    expect(curve(ensembles.wachter(1, 1))).toBe(curve(ensembles.arcsine(0, 1)));
  });

  test("a law that needed moments to be singled out keeps its branch", () => {
    // z = −1/m ± sqrt(1 − m): two branches at infinity, of mean 1 and of mean −1; free cumulants ±(1, 1/2, −1/8, …)
    const law = parseLaw('curve("(m*z + 1)^2 - m^2*(1 - m)", [1])');
    expect(texts(cumulants(law, 3))).toEqual(["1", "1/2", "-1/8"]);
    expect(texts(cumulants(shift(scale(law, 3), "1/2"), 3))).toEqual(["7/2", "9/2", "-27/8"]);
    expect(texts(cumulants(decompress(law, 2), 3))).toEqual(["1", "1", "-1/2"]);
    // Companion: moments 1, 3/2 times 1/2; then power 3 and back.
    expect(texts(moments(companion(law, "1/2"), 2))).toEqual(["1/2", "3/4"]);
    expect(texts(moments(deform(law, "1/2", 3), 2))).toEqual(["1", "5/2"]);
    expect(texts(moments(mobius(law, 2, 1, 0, 4), 2))).toEqual(["3/4", "11/16"]);
    const family = parseLaw('curve("(m*z + 1)^2 - a^2*m^2*(1 - a*m)", [a])');
    expect(texts(cumulants(specialise(family, { a: parseRational("2") }), 3))).toEqual(["2", "2", "-1"]);
  });

  test("an inverse knows its branch among those with rational moments: the arcsine law on [2/3, 8/3]", () => {
    const law = shift(ensembles.arcsine(0, 2), "2/3");
    // The mean of 1/X is 1/sqrt(a b) = 3/4, on the other sheet −3/4; that of X/(X + b) follows.
    expect(texts(moments(inverse(law), 1))).toEqual(["3/4"]);
    expect(texts(moments(mobius(ensembles.arcsine(0, 2), 1, 0, 1, "2/3"), 1))).toEqual(["1/2"]);
    const { intervals } = support(compress(inverse(law), "9/10"));
    expect(intervals).toHaveLength(1);
    // Where that mean is irrational, 1/sqrt(3), its bounds tell the branches apart.
    const irrational = inverse(shift(ensembles.arcsine(0, 2), 1));
    expect(support(irrational).intervals.map(({ left, right }) => [left, right].map(algebraicToNumber))).toEqual([
      [1 / 3, 1],
    ]);
    expect(() => moments(irrational, 1)).toThrow(/mu_1 = 0\.57735026918/);
  });
});

describe("arguments outside the domain are refused", () => {
  const mp = ensembles.mp("1/2");
  test.each([
    ["decompress by 0", () => decompress(mp, 0), /decompress needs tau > 0; got 0/],
    ["decompress by a negative number", () => decompress(mp, "-1/2"), /needs tau > 0/],
    ["a double that is no integer", () => decompress(mp, 0.1), /not an exact scalar/],
    ["compress by more than one", () => compress(mp, "3/2"), /0 < alpha <= 1/],
    ["scale by 0", () => scale(mp, 0), /different from 0/],
    ["the power 0", () => power(mp, 0), /needs s > 0/],
    ["a Möbius map of determinant 0", () => mobius(mp, 1, 2, 2, 4), /a\*d - b\*c/],
    ["the inverse where 0 is an edge", () => inverse(ensembles.mp(1)), /inverse needs a law without 0 in its support/],
    ["the inverse where 0 is inside", () => inverse(ensembles.semicircle(1)), /without 0 in its support/],
    ["the inverse where 0 is an atom", () => inverse(ensembles.mp(2)), /without 0 in its support/],
    ["a Möbius map with its pole at an edge", () => mobius(ensembles.mp(1), 1, 0, 1, -4), /without 4 in its support/],
  ])("%s", (_name, call, sentence) => {
    expect(call).toThrow(sentence);
    expect(call).toThrow(expect.objectContaining({ name: "DomainError" }));
  });
});
