import {
  BudgetError,
  createBudget,
  distribution,
  distributionAt,
  ensembles,
  type Law,
  LimitError,
  parseLaw,
  parseRational,
  quantileAt,
  support,
} from "freecurve";
import { algebraicToDecimal } from "freecurve/roots";
import { describe, expect, test } from "vitest";

const F = (law: Law | string, x: string, digits?: number): string =>
  distributionAt(typeof law === "string" ? parseLaw(law) : law, parseRational(x), digits).cumulative;
const Q = (law: Law | string, p: string, digits?: number): string =>
  quantileAt(typeof law === "string" ? parseLaw(law) : law, parseRational(p), digits);

const flow = "compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]]) |> decompress(6)";

describe("the certified distribution function", () => {
  // PARI/GP, 60 digits: 1/2 + x√(4 − x²)/(4 pi) + asin(x/2)/pi
  test.each([
    ["1", "0.80449889052211467904449829124490902701601328675833"],
    ["0", "0.5"],
    ["2", "1"],
    ["-2", "0"],
    ["-1000000", "0"],
  ])("of the semicircle law at %s, to 50 digits", (x, expected) => {
    expect(F(ensembles.semicircle(1), x, 50)).toBe(expected);
  });

  test("has as many digits where it is small, and a complement with digits of its own", () => {
    // PARI/GP
    expect(F(ensembles.semicircle(1), "-1.9999999", 20)).toBe("6.7105615636023923423e-12");
    // 1 − F(1.999) of the semicircle law; PARI/GP
    const { cumulative, survival } = distributionAt(ensembles.semicircle(1), parseRational("1.999"), 20);
    expect(survival).toBe("0.0000067100582993399768333");
    expect(cumulative).toBe("0.99999328994170066002");
  });

  // PARI/GP, intnum of (x − 1)(9 − x) under a root over 8 pi x, and of the density of the Fuss–Catalan law in its
  // trigonometric parameter; for the flow of roots of the cubic by polroots
  test.each([
    ["mp(4)", "3", "0.846165557188781345711164957912"],
    ["fussCatalan(2)", "1", "0.685823641504891190375569183547"],
    [flow, "12", "0.989964798444652849928042691455"],
  ])("of %s at %s, to 30 digits", (law, x, expected) => {
    expect(F(law, x, 30)).toBe(expected);
  });

  test("of arcsine and semicircle laws that are shifted and scaled, in closed form", () => {
    for (const x of [-0.9, -0.3, 0.5, 2.75]) {
      expect(Number(F(ensembles.arcsine(-1, 3), String(x)))).toBeCloseTo(
        (2 / Math.PI) * Math.asin(Math.sqrt((x + 1) / 4)),
        13,
      );
    }
    const t = 0.7;
    const closed = 0.5 + (t * Math.sqrt(4 - t * t)) / (4 * Math.PI) + Math.asin(t / 2) / Math.PI;
    expect(Number(F("shift(scale(semicircle(1), 1000), 1000000)", "1000700"))).toBeCloseTo(closed, 13);
  });

  test("counts atoms in full, alone, beside and inside a bulk", () => {
    expect(F("mp(4)", "0")).toBe("0.75");
    expect(F("mp(4)", "-1/1000")).toBe("0");
    expect(F("mp(4)", "1/2")).toBe("0.75");
    const coins = "atoms([[0, 1/2], [1, 1/4], [3, 1/4]])";
    expect(["-1", "0", "1", "2", "3"].map((x) => F(coins, x))).toEqual(["0", "0.5", "0.75", "0.75", "1"]);
    // half the semicircle law and half an atom at 1: F(1) is 1/2 and half of that law's value
    const mixed = "mix(1/2, semicircle(1), atoms([[1, 1]]))";
    expect(F(mixed, "1", 30)).toBe("0.902249445261057339522249145622");
    const { cumulative } = distributionAt(parseLaw(mixed), parseRational("0.999"), 10);
    expect(Number(cumulative)).toBeCloseTo(0.402249445261057 - 1e-3 * (Math.sqrt(3) / (4 * Math.PI)), 7);
  });

  test("is exact in gaps of laws that are symmetric or linear in z", () => {
    expect(F("deformedWigner(1/4, [[-1, 1/2], [1, 1/2]])", "1/100", 40)).toBe("0.5");
    // the jumps of the corner keep their shares of its rate: 1/10·3/4 and 1/10·1/4 over 6; PARI/GP finds 1/80 and 1/240 by quadrature
    expect(F(flow, "0", 30)).toBe("0.983333333333333333333333333333");
    expect(F(flow, "20", 30)).toBe("0.995833333333333333333333333333");
    // certified, not exact: 1/3 of the eigenvalues belong to the point of weight 1/3
    expect(F("deformedWigner(1/4, [[-1, 1/3], [1, 2/3]])", "0", 30)).toBe("0.333333333333333333333333333333");
  });

  test("goes on where sheets meet inside the support, and at the edge of one part inside another", () => {
    // F of the semicircle law at 0, and a quarter of its mean with the law of variance 4 at 2: (1 + F(1))/2
    expect(F("semicircle(1) [*] mp(1/2)", "0")).toBe("0.5");
    expect(F("mix(1/2, semicircle(1), semicircle(4))", "2", 3)).toBe("0.902");
  });

  test("beside a singular point inside the support where the density is unbounded", () => {
    // half the arcsine law on [−1, 1] and half the semicircle law of variance 4
    const x = 0.9999;
    const wide = 0.5 + ((x / 2) * Math.sqrt(4 - (x * x) / 4)) / (4 * Math.PI) + Math.asin(x / 4) / Math.PI;
    const closed = (0.5 + Math.asin(x) / Math.PI + wide) / 2;
    expect(Number(F("mix(1/2, arcsine(-1, 1), semicircle(4))", String(x), 12))).toBeCloseTo(closed, 11);
  });

  // PARI/GP: closed forms of the parts, 150 digits
  test("at and next to singular points inside the support, rational or not, to 30 digits", () => {
    const spikes = "mix(1/2, arcsine(-1, 1), semicircle(4))";
    expect(F(spikes, "1", 30)).toBe("0.828740589381426859733285665061");
    expect(F(spikes, "0.99999999999999999999", 30)).toBe("0.828740589358918951828587507767");
    const nested = parseLaw("mix(1/3, mp(1/2), semicircle(1))");
    const inner = support(parseLaw("mp(1/2)")).intervals[0]!.left;
    expect(distributionAt(nested, inner, 30).cumulative).toBe("0.351532197080508999160657407159");
    const mixed = "mix(1/4, atoms([[1, 1]]), semicircle(1))";
    expect(F(mixed, "0.999999999999999999999999999999", 30)).toBe("0.603374167891586009283373718433");
  });

  test("at edges that are irrational, and at no other irrational point", () => {
    const law = ensembles.mp("1/2");
    const { left, right } = support(law).intervals[0]!;
    expect([left, right].map((at) => distributionAt(law, at))).toEqual([
      { cumulative: "0", survival: "1" },
      { cumulative: "1", survival: "0" },
    ]);
    const far = parseLaw("mp(1/2) |> scale(1e40) |> shift(1/3)");
    expect(distributionAt(far, support(far).intervals[0]!.right).survival).toBe("0");
    const elsewhere = support(ensembles.mp("1/3")).intervals[0]!.right;
    expect(() => distributionAt(law, elsewhere)).toThrow(/irrational x is available at edges and atoms only/);
  });

  test("keeps to its budget", () => {
    const law = parseLaw("fussCatalan(3)");
    support(law);
    expect(() => distributionAt(law, parseRational("1"), 15, createBudget({ limit: 20 }))).toThrow(BudgetError);
  });
});

describe("certified quantiles", () => {
  // PARI/GP, sin²(pi p/2)
  test.each([
    ["1/3", "0.25"],
    ["1/2", "0.5"],
    ["0.95", "0.9938441702975688630950201"],
    ["1e-6", "2.4674011003e-12"],
    ["1", "1"],
  ])("of the arcsine law at %s", (p, expected) => {
    expect(Q(ensembles.arcsine(0, 1), p, expected.startsWith("2") ? 11 : 25)).toBe(expected);
  });

  // PARI/GP, by solving F(x) = p for the distribution functions above
  test.each([
    ["semicircle(1)", "0.95", "1.61076727304023957777336262609"],
    ["mp(4)", "0.95", "5.91544091850109930702613580051"],
    ["fussCatalan(2)", "1/2", "0.31888489992761975926403709011"],
    [flow, "0.99", "12.0118957127692238095344235739735"],
  ])("of %s at %s", (law, p, expected) => {
    expect(Q(law, p, expected.replace(/^0\./, "").replace(".", "").length)).toBe(expected);
  });

  // PARI/GP: π·1e-30 = t − sin t cos t for x = 4 sin²(t/2), and π·1e-30 = t + sin t for x = 4 sin²(t/2), solved
  test.each([
    ["semicircle(1) |> shift(2)", "1e-30", "2.8107836664019090836000821635e-20"],
    ["semicircle(1) |> shift(-2)", `0.${"9".repeat(30)}`, "-2.8107836664019090836000821635e-20"],
    ["semicircle(1) |> shift(2) |> scale(1e-40)", "1e-30", "2.8107836664019090836000821635e-60"],
    ["mp(1)", "1e-30", "2.46740110027233965470862274997e-60"],
  ])("next to the edges of %s, at %s", (law, p, expected) => {
    expect(Q(law, p, 30)).toBe(expected);
  });

  test("are atoms where p falls into their jumps, and edges where it is the mass up to a gap", () => {
    expect(["1/2", "3/4"].map((p) => Q("mp(4)", p))).toEqual(["0", "0"]);
    expect(Q("mix(1/2, semicircle(1), atoms([[1, 1]]))", "1/2", 30)).toBe("1");
    const coins = "atoms([[0, 1/2], [1, 1/4], [3, 1/4]])";
    expect(["1/4", "1/2", "0.500001", "3/4", "1"].map((p) => Q(coins, p))).toEqual(["0", "0", "1", "1", "3"]);
    const split = parseLaw("deformedWigner(1/4, [[-1, 1/2], [1, 1/2]])");
    expect(Q(split, "1/2", 25)).toBe(algebraicToDecimal(support(split).intervals[0]!.right, 25));
    const grown = parseLaw(flow);
    expect(Q(grown, "239/240", 25)).toBe(algebraicToDecimal(support(grown).intervals[0]!.right, 25));
    expect(Number(Q(grown, "0.99584", 25))).toBeGreaterThan(29.12);
  });

  test("of symmetric laws: the median is the centre, the others lie opposite to one another", () => {
    for (const law of [
      "semicircle(2) |> shift(1/3)",
      "kestenMcKay(4) |> shift(1/3)",
      "deformedWigner(1, [[-1, 1/2], [1, 1/2]]) |> shift(1/3)",
    ]) {
      expect(Q(law, "1/2", 20)).toBe("0.33333333333333333333");
      expect(Number(Q(law, "0.9")) + Number(Q(law, "0.1"))).toBeCloseTo(2 / 3, 13);
    }
  });

  test("agree with the estimates of laws of higher degree", () => {
    for (const text of ["semicircle(1) [+] fussCatalan(2)", "bures()"]) {
      const law = parseLaw(text);
      expect(Number(Q(law, "0.3")) / distribution(law).quantile(0.3)).toBeCloseTo(1, 11);
    }
  });

  test("are refused where there are none, and where p cannot be told from a mass", () => {
    for (const p of ["0", "-1/2", "1.01"]) expect(() => Q("mp(4)", p)).toThrow(/probability p with 0 < p <= 1/);
    expect(() => Q("mp(c)", "1/2")).toThrow(/free parameter c/);
    const thirds = "deformedWigner(1/4, [[-1, 1/3], [1, 2/3]])";
    expect(() => Q(thirds, "1/3")).toThrow(LimitError);
    expect(() => Q(thirds, "1/3")).toThrow(/agrees with the mass up to x = -0.520283278683112 to more than 15 digits/);
  });
});
