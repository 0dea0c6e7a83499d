import { Decimal } from "decimal.js";
import {
  algebraicToDecimal,
  algebraicToNumber,
  branchPoints,
  decompress,
  ensembles,
  parseLaw,
  rationalToText,
  type Support,
  support,
} from "freecurve";
import { discriminant, divideExact, fromIntegerPoly, parsePolynomial, toText } from "freecurve/poly";
import { type AlgebraicNumber, rationalValue } from "freecurve/roots";
import { describe, expect, test } from "vitest";
import { anatomy } from "../../src/law/index.js";
import { laws, spectra } from "./golden.js";

const supportOf = (text: string): Support => support(parseLaw(text));
const exact = (a: AlgebraicNumber): string => {
  const value = rationalValue(a);
  return value === undefined ? toText(fromIntegerPoly(a.minimalPolynomial, "x")) : rationalToText(value);
};
const edges = ({ intervals }: Support): AlgebraicNumber[] => intervals.flatMap(({ left, right }) => [left, right]);
const exponents = ({ intervals }: Support): string[] =>
  intervals.flatMap(({ leftExponent, rightExponent }) =>
    [leftExponent, rightExponent].map((e) => (e.kind === "ok" ? rationalToText(e.value) : e.reason)),
  );
const digitsOf = (text: string): number => text.replace(/^-?0*\.?0*|\./g, "").length;
/** Agreement to every digit of the reference but half a unit of its last one. */
const agrees = (a: AlgebraicNumber, reference: string): void => {
  const value = new Decimal(algebraicToDecimal(a, 40));
  const places = reference.split(".")[1]?.length ?? 0;
  expect(value.minus(reference).abs().toNumber()).toBeLessThanOrEqual(1.01 * 10 ** -places);
};
const compound = parseLaw(spectra.compound.law);
const high = Decimal.clone({ precision: 60 });

describe("edges", () => {
  test.each(laws.densities.filter((entry) => entry.edges !== undefined))("of $law", ({ law, edges: expected }) => {
    const found = edges(supportOf(law));
    expect(found).toHaveLength(expected!.length);
    for (const [k, edge] of found.entries()) agrees(edge, expected![k]!);
  });

  test.each(Object.entries(spectra.compound.edges))(
    "of the compound law at tau = %s, thirty digits",
    (tau, expected) => {
      const found = edges(support(decompress(compound, tau)));
      expect(found).toHaveLength(expected.length);
      expected.forEach((reference, k) => {
        expect(algebraicToDecimal(found[k]!, digitsOf(reference))).toBe(reference);
      });
    },
  );

  test("of the compound law are the dual curve: the edge polynomial divides the discriminant and has no other edge", () => {
    const edge = parsePolynomial(spectra.compound.edgePolynomial);
    const disc = discriminant(decompress(compound, "tau").curve, "m");
    const rest = divideExact(disc, edge);
    expect(rest).toBeDefined();
    // What is left are powers of tau and tau − 1 alone.
    expect(rest!.variables).toEqual(["tau"]);
  });

  test.each([
    ["1/7", (v: Decimal) => v.sqrt().times(2)],
    ["3", (v: Decimal) => v.sqrt().times(2)],
  ])("of the semicircle law of variance %s are ±2 sqrt(v)", (v, edge) => {
    const [n, d = "1"] = v.split("/");
    const value = edge(new high(n!).div(d));
    const [left, right] = edges(support(ensembles.semicircle(v)));
    agrees(right!, value.toFixed(38));
    agrees(left!, value.neg().toFixed(38));
  });

  test.each([
    ["1/2", "0"],
    ["2/9", "0"],
    ["5", "4/5"],
  ])("of MP(%s) are (1 ± sqrt(c))², with an atom of weight %s at 0", (c, weight) => {
    const [n, d = "1"] = c.split("/");
    const root = new high(n!).div(d).sqrt();
    const found = support(ensembles.mp(c));
    const [left, right] = edges(found);
    agrees(left!, root.minus(1).pow(2).toFixed(38));
    agrees(right!, root.plus(1).pow(2).toFixed(38));
    expect(found.atoms.map((atom) => [exact(atom.at), exact(atom.weight)])).toEqual(
      weight === "0" ? [] : [["0", weight]],
    );
  });

  test("of the deformed Wigner laws solve the quadratic of their formula", () => {
    // z² = (8a⁴ + 20a²v − v² ± sqrt(v) (8a² + v)^(3/2))/(8a²)
    for (const v of [0.25, 0.5, 2, 3]) {
      const value = new high(v);
      const swing = value.sqrt().times(value.plus(8).pow("1.5"));
      const middle = value.times(20).plus(8).minus(value.pow(2));
      const squares = [middle.minus(swing).div(8), middle.plus(swing).div(8)];
      const expected = squares.filter((s) => s.gt(0)).map((s) => s.sqrt());
      const found = edges(
        support(
          ensembles.deformedWigner(String(v), [
            [-1, "1/2"],
            [1, "1/2"],
          ]),
        ),
      );
      expect(found).toHaveLength(2 * expected.length);
      for (const [k, edge] of expected.entries()) {
        agrees(found[expected.length + k]!, edge.toFixed(35));
        agrees(found[expected.length - 1 - k]!, edge.neg().toFixed(35));
      }
    }
  });

  test("of Fuss–Catalan, Bures, arcsine, Wachter, Kesten–McKay, the Hessian model", () => {
    const exactly = (text: string): string[] => edges(supportOf(text)).map(exact);
    expect(exactly("fussCatalan(2)")).toEqual(["0", "27/4"]);
    expect(exactly("fussCatalan(3)")).toEqual(["0", "256/27"]);
    expect(exactly("bures()")).toEqual(["0", "x^2 - 27"]);
    expect(exactly("arcsine(-1/3, 2)")).toEqual(["-1/3", "2"]);
    expect(exactly("kestenMcKay(5)")).toEqual(["-4", "4"]);
    // (sqrt(a(a + b − 1)) ± sqrt(b))²/(a + b)², a = 4, b = 1: 1/5² (4 ± 1)²
    expect(exactly("wachter(4, 1)")).toEqual(["9/25", "1"]);
    expect(exactly("inverseMp(1/4)")).toEqual(["4/9", "4"]);
    // eps = (1 − 20 phi − 8 phi² + (1 + 8 phi)^(3/2))/16 at phi = 1/8 is (1 − 5/2 − 1/8 + 2^(3/2))/16, irrational; at phi = 3/8,
    // (1 − 15/2 − 9/8 + 8)/16 = 3/128
    expect(exactly("wignerPlusWishart(3/128, 3/8)")[0]).toBe("0");
  });

  test("bulks of an atomic part: masses and atoms of a sum of projections", () => {
    // P ⊞ Q of weights 1/2 and 2/3: an atom where weights sum to more than one, 1/2 + 1/3 < 1 < 1/2 + 2/3.
    const found = supportOf("atoms([[0, 1/2], [1, 1/2]]) [+] atoms([[0, 1/3], [1, 2/3]])");
    expect(found.atoms.map((atom) => [exact(atom.at), exact(atom.weight)])).toEqual([
      ["1", "1/6"],
      ["2", "1/6"],
    ]);
    for (const { mass } of found.intervals) expect(mass).toBeCloseTo(1 / 3, 12);
  });
});

describe("what a discriminant shows and the support does not", () => {
  test("the product of Wisharts of ratios 1/2 and 1/4 has a real branch point that is no edge", () => {
    const law = parseLaw("mp(1/2) [*] mp(1/4)");
    const real = branchPoints(law).real.map(algebraicToNumber);
    expect(real.some((x) => Math.abs(x + 0.0838758) < 1e-6)).toBe(true);
    expect(
      edges(support(law))
        .map(algebraicToNumber)
        .every((x) => x > 0),
    ).toBe(true);
  });

  test("branch points of the deformed Wigner law (2, ±1): two real, two on the imaginary axis of other sheets", () => {
    const { real, complex } = branchPoints(parseLaw("deformedWigner(2, [[-1, 1/2], [1, 1/2]])"));
    // z² = (44 ± sqrt(2)·10^(3/2))/8
    const swing = Math.SQRT2 * 10 ** 1.5;
    expect(real.map(algebraicToNumber)).toEqual([
      expect.closeTo(-Math.sqrt((44 + swing) / 8), 14),
      expect.closeTo(Math.sqrt((44 + swing) / 8), 14),
    ]);
    expect(complex).toHaveLength(2);
    for (const point of complex) {
      expect(point.re).toBeCloseTo(0, 14);
      expect(Math.abs(point.im)).toBeCloseTo(Math.sqrt((swing - 44) / 8), 14);
      expect(point.onPhysicalSheet).toBe(false);
    }
  });

  test("past its horizon the pair is on the physical sheet", () => {
    const { complex } = branchPoints(parseLaw("deformedWigner(2, [[-1, 1/2], [1, 1/2]]) |> decompress(8/7)"));
    expect(complex.filter((point) => point.onPhysicalSheet)).toHaveLength(2);
  });

  test("at the horizon the pair has met at 0", () => {
    const law = parseLaw("deformedWigner(2, [[-1, 1/2], [1, 1/2]]) |> decompress(9/8)");
    // disc_m = z² (16 z⁴ − 207 z² + 108), by SymPy: over 0 two points of the curve ramify, at conjugate m.
    const { real, complex } = branchPoints(law);
    expect(real.map(exact)).toEqual([
      ...Array<string>(2).fill("16*x^4 - 207*x^2 + 108"),
      "0",
      ...Array<string>(2).fill("16*x^4 - 207*x^2 + 108"),
    ]);
    expect(complex).toEqual([]);
    expect(edges(support(law)).map(exact)).toEqual(["16*x^4 - 207*x^2 + 108", "16*x^4 - 207*x^2 + 108"]);
  });

  test("a double point of the curve is no branch point: two arcsine laws mixed", () => {
    const law = parseLaw("mix(1/2, arcsine(0, 1), arcsine(2, 3))");
    // Their sheets cross over 3/2, by symmetry.
    expect(discriminant(law.curve, "m").terms).not.toHaveLength(0);
    expect(divideExact(discriminant(law.curve, "m"), parsePolynomial("(2*z - 3)^2"))).toBeDefined();
    expect(branchPoints(law).real.map(exact)).toEqual(["0", "1", "2", "3"]);
    const found = support(law);
    expect(edges(found).map(exact)).toEqual(["0", "1", "2", "3"]);
    expect(exponents(found)).toEqual(["-1/2", "-1/2", "-1/2", "-1/2"]);
    for (const { mass } of found.intervals) expect(mass).toBeCloseTo(1 / 2, 12);
  });
});

describe("edge exponents", () => {
  test.each([
    ["semicircle(1)", ["1/2", "1/2"]],
    ["mp(1)", ["-1/2", "1/2"]],
    ["mp(2)", ["1/2", "1/2"]],
    ["arcsine(0, 1)", ["-1/2", "-1/2"]],
    ["wachter(4, 1)", ["1/2", "-1/2"]],
    ["fussCatalan(2)", ["-2/3", "1/2"]],
    ["fussCatalan(3)", ["-3/4", "1/2"]],
    // 2z²m³ + z²m² = 1: m ~ (2z²)^(−1/3)
    ["bures()", ["-2/3", "1/2"]],
    ["deformedWigner(1, [[-1, 1/2], [1, 1/2]])", ["1/2", "1/2"]],
    ["deformedWigner(1/4, [[-1, 1/2], [1, 1/2]])", ["1/2", "1/2", "1/2", "1/2"]],
    ["mp(1) [*] mp(1)", ["-2/3", "1/2"]],
    ["mp(1) [*] mp(1/2)", ["-1/2", "1/2"]],
    ["square(semicircle(2))", ["-1/2", "1/2"]],
    ["freeProduct(semicircle(1), compoundFreePoisson(3/2, [[1, 1/2], [4, 1/2]]))", ["1/2", "1/2"]],
    // Next to 0 a gap of width 0.0083; found by the property tests.
    ["compoundFreePoisson(1, [[2, 1/2], [-1, 1/2]])", ["1/2", "-1/2", "1/2", "1/2"]],
  ])("of %s are %j", (text, expected) => {
    expect(exponents(supportOf(text))).toEqual(expected);
  });

  test("1/3 on both sides of the cusp of the deformed Wigner law (1, ±1)", () => {
    const law = parseLaw("deformedWigner(1, [[-1, 1/2], [1, 1/2]])");
    const found = support(law);
    expect(found.cusps.map(exact)).toEqual(["0"]);
    expect(found.intervals).toHaveLength(1);
    const inside = anatomy(law).singular.find((point) => exact(point.at) === "0")!;
    for (const side of [inside.left, inside.right]) {
      expect(side?.exponent).toMatchObject({ kind: "ok", value: { num: 1n, den: 3n } });
    }
  });
});

describe("atoms under the flow", () => {
  const atomsOf = (text: string): string[] => supportOf(text).atoms.map((a) => `${exact(a.at)}: ${exact(a.weight)}`);

  test("MP(1/50) decompressed eighty times has an atom of weight exactly 3/8", () => {
    expect(atomsOf("mp(1/50) |> decompress(80)")).toEqual(["0: 3/8"]);
    expect(atomsOf("mp(1/50) |> decompress(50)")).toEqual([]);
    expect(atomsOf("mp(1/50) |> decompress(49)")).toEqual([]);
    expect(atomsOf("mp(1/50) |> decompress(501/10)")).toEqual(["0: 1/501"]);
  });

  test("the compound law gets its atom at tau = 1/10, where it has none yet", () => {
    const at = (tau: string): string[] => atomsOf(`${spectra.compound.law} |> decompress(${tau})`);
    expect(at("1/11")).toEqual([]);
    expect(at(spectra.compound.atomBorn)).toEqual([]);
    expect(exponents(supportOf(`${spectra.compound.law} |> decompress(1/10)`))[0]).toBe("-1/2");
    // 1 − 1/(10 tau)
    expect(at("1/9")).toEqual(["0: 1/10"]);
    expect(at("1")).toEqual(["0: 9/10"]);
    expect(at("6")).toEqual(["0: 59/60"]);
  });

  test("1 − (1 − w)/tau: two atoms of a Wachter law, compressed until both are gone", () => {
    expect(atomsOf("wachter(1/2, 3/4)")).toEqual(["0: 1/2", "1: 1/4"]);
    expect(atomsOf("wachter(1/2, 3/4) |> decompress(4/5)")).toEqual(["0: 3/8", "1: 1/16"]);
    expect(atomsOf("wachter(1/2, 3/4) |> decompress(2/3)")).toEqual(["0: 1/4"]);
    expect(atomsOf("wachter(1/2, 3/4) |> compress(1/2)")).toEqual([]);
  });

  test("places and weights that are irrational", () => {
    // m² z² + 3 m² z + m² + 3 m z + 3 m + 2 = 0 has the poles z = (−3 ± sqrt(5))/2 and, at the right one, the weight
    // (5 + 3 sqrt(5))/… of the residue: −2/(P_zm) with P_m = 3z + 3, lead' = 2z + 3.
    const [atom] = supportOf("freeMeixner(3, 1)").atoms;
    const root = Math.sqrt(5);
    expect(exact(atom!.at)).toBe("x^2 + 3*x + 1");
    const at = (root - 3) / 2;
    expect(algebraicToNumber(atom!.at)).toBeCloseTo(at, 15);
    // Near the pole the quadratic is (2a + 3) u m² + 3(a + 1) m + …, so u m → −3(a + 1)/(2a + 3).
    expect(algebraicToNumber(atom!.weight)).toBeCloseTo((3 * (at + 1)) / (2 * at + 3), 14);
    expect(atomsOf('curve("m*(z^2 - 2) + z")')).toEqual(["x^2 - 2: 1/2", "x^2 - 2: 1/2"]);
  });
});

describe("events", () => {
  test("bulks split at the cusp of the compound law, between 0.322296 and 0.322297", () => {
    const bulks = (tau: string): number => support(decompress(compound, tau)).intervals.length;
    const { tau } = spectra.compound.cusp;
    const place = new Decimal(tau).times(1e6);
    expect(bulks(`${place.floor()}/1000000`)).toBe(1);
    expect(bulks(`${place.ceil()}/1000000`)).toBe(2);
    // Just above, the new gap is at the golden place.
    const [, left, right] = edges(support(decompress(compound, `${place.ceil()}/1000000`))).map(algebraicToNumber);
    expect((left! + right!) / 2).toBeCloseTo(Number(spectra.compound.cusp.x), 4);
  });

  test("bulks only split as tau grows", () => {
    let before = 0;
    for (const tau of ["1/20", "1/5", "3/10", "1/3", "1/2", "1", "3", "20"]) {
      const found = support(decompress(compound, tau));
      const components = found.intervals.length + found.atoms.length;
      expect(components).toBeGreaterThanOrEqual(before);
      before = components;
    }
    expect(before).toBe(3);
  });
});
