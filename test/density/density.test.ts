import {
  density,
  densityAt,
  ensembles,
  type Law,
  parseLaw,
  parseRational,
  type Rational,
  rational,
  seededRandom,
  support,
} from "freecurve";
import { algebraicToNumber } from "freecurve/roots";
import { describe, expect, test } from "vitest";
import { laws } from "../law/golden.js";
import { plainStieltjes } from "../law/plain-numbers.js";

const certified = (law: Law, x: string, digits?: number): string => densityAt(law, parseRational(x), digits);

describe("golden densities", () => {
  test.each(laws.densities)("$law", ({ law: text, values }) => {
    const law = parseLaw(text);
    const fast = density(law)(Float64Array.from(values, ([x]) => Number(x)));
    values.forEach(([x, expected], k) => {
      // The reference has 15 or 16 digits; the last one may be rounded.
      const proved = Number(certified(law, x, 17));
      expect(Math.abs(proved / Number(expected) - 1)).toBeLessThan(1e-14);
      expect(Math.abs(fast[k]! / Number(expected) - 1)).toBeLessThan(1e-12);
    });
  });
});

describe("the certified density", () => {
  test("of the semicircle law at 0 is 1/pi, at 1 sqrt(3)/(2 pi), to sixty digits", () => {
    const law = ensembles.semicircle(1);
    // mpmath, 70 digits
    expect(certified(law, "0", 60)).toBe("0.318309886183790671537767526745028724068919291480912897495335");
    expect(certified(law, "1", 60)).toBe("0.275664447710896024755663249156484720698693240183320326399683");
    expect(certified(law, "1", 5)).toBe("0.27566");
    expect([1, 2, 3, 4].map((digits) => certified(law, "1", digits))).toEqual(["0.3", "0.28", "0.276", "0.2757"]);
    for (const digits of [0, -1, 1.5, Number.NaN])
      expect(() => certified(law, "1", digits)).toThrow(/digits is .*; it must be an integer >= 1/);
  });

  test("of MP(1/2) at 1: sqrt(7)/(2 pi)·…, closed form", () => {
    // rho(x) = sqrt((b − x)(x − a))/(2 pi c x), (b − 1)(1 − a) = 7/4
    const exact = Math.sqrt(7 / 4) / Math.PI;
    expect(Number(certified(ensembles.mp("1/2"), "1", 17))).toBeCloseTo(exact, 15);
  });

  test("is 0 outside, at a soft edge and in a gap, and refused at a hard edge", () => {
    expect(certified(ensembles.semicircle(1), "2")).toBe("0");
    expect(certified(ensembles.semicircle(1), "2.0000001")).toBe("0");
    expect(certified(ensembles.semicircle(1), "-1000000")).toBe("0");
    expect(certified(parseLaw("deformedWigner(1/4, [[-1, 1/2], [1, 1/2]])"), "0")).toBe("0");
    expect(certified(parseLaw("deformedWigner(1, [[-1, 1/2], [1, 1/2]])"), "0")).toBe("0");
    expect(() => certified(ensembles.mp(1), "0")).toThrow(/density is infinite at x = 0/);
    expect(() => certified(ensembles.arcsine(-1, 3), "3")).toThrow(/infinite/);
  });

  test("very near an edge: 10^-12 from it, in closed form", () => {
    // sqrt(4 − x²)/(2 pi) at x = 2 − 10^-12
    const x = "1.999999999999";
    const exact = Math.sqrt(1e-12 * (4 - 1e-12)) / (2 * Math.PI);
    expect(Number(certified(ensembles.semicircle(1), x, 17)) / exact).toBeCloseTo(1, 13);
  });
});

describe("the certified density where sheets meet inside the support", () => {
  test("of mixtures, in closed form", () => {
    // √(16 − 4)/(16 pi) of half the semicircle of variance 4, at the edge of the other
    const wide = parseLaw("mix(1/2, semicircle(1), semicircle(4))");
    expect(certified(wide, "2", 16)).toBe((Math.sqrt(12) / (16 * Math.PI)).toPrecision(16));
    // beside an atom: 1/(2 pi); mpmath, 30 digits
    expect(certified(parseLaw("mix(1/2, semicircle(1), atoms([[0, 1]]))"), "0", 30)).toBe(
      "0.159154943091895335768883763373",
    );
    // at 0, where two sheets of a symmetric law cross: 2/pi, mpmath
    expect(certified(parseLaw("semicircle(1) [*] mp(1/2)"), "0", 30)).toBe("0.63661977236758134307553505349");
    expect(certified(parseLaw("deformedWigner(2, [[-1, 1/2], [1, 1/2]]) |> decompress(9/8)"), "0", 12)).toMatch(
      /^0\.12251753231/,
    );
  });

  test("to a thousand digits", () => {
    const text = certified(ensembles.semicircle(1), "0", 1000);
    expect(text).toHaveLength(1002);
    // 1/pi, PARI/GP
    expect(text.slice(0, 42)).toBe("0.3183098861837906715377675267450287240689");
    expect(text.slice(-20)).toBe("54359423064225199009");
  });
});

describe("the error of the evaluator against 30 certified digits, relative to the largest value", () => {
  test.each([
    ["semicircle(1) [+] mp(1/2)", 1e-14],
    ["silverstein(1/2, [[1, 1/2], [3, 1/2]])", 1e-14],
    ["deformedWigner(1/4, [[0, 1/3], [1, 2/3]])", 1e-14],
    // a cusp, and a gap of 4e-7
    ["deformedWigner(1, [[-1, 1/2], [1, 1/2]])", 1e-12],
    ["deformedWigner(9999/10000, [[-1, 1/2], [1, 1/2]])", 1e-12],
  ] as const)("%s: below %d", (text, bound) => {
    const law = parseLaw(text);
    const evaluate = density(law);
    const random = seededRandom(11);
    const points = support(law).intervals.flatMap(({ left, right }) => {
      const [a, b] = [algebraicToNumber(left), algebraicToNumber(right)];
      // Half of the points crowd at the edges.
      return Array.from({ length: 12 }, (_, k) => {
        const u = random.uniform() ** (k % 2 === 0 ? 1 : 5);
        return k % 4 === 1 ? b - u * (b - a) : a + u * (b - a);
      });
    });
    const values = evaluate(Float64Array.from(points));
    const exact = points.map((x) => Number(densityAt(law, exactly(x), 30)));
    const largest = Math.max(...exact);
    for (const [k, value] of exact.entries()) expect(Math.abs(values[k]! - value)).toBeLessThan(bound * largest);
  });

  test("close to a hard edge the error is relative to the value itself", () => {
    const law = parseLaw("fussCatalan(2)");
    const points = [1e-300, 1e-100, 1e-20, 1e-5];
    const values = density(law)(Float64Array.from(points));
    // Leading term at 0: √3/(2 pi)·x^(−2/3), with the next one smaller by x^(1/3)/√3-ish
    expect(values[0]! / ((Math.sqrt(3) / (2 * Math.PI)) * 1e-300 ** (-2 / 3))).toBeCloseTo(1, 13);
    for (const [k, x] of points.entries()) {
      if (x < 1e-30) continue;
      expect(Math.abs(values[k]! / Number(densityAt(law, exactly(x), 20)) - 1)).toBeLessThan(1e-13);
    }
  });
});

/** The exact value of a double. */
function exactly(x: number): Rational {
  return rational(BigInt(Math.round(x * 2 ** 120 * 2 ** 20)), 1n << 140n);
}

describe("the evaluator", () => {
  test("takes points in any order, outside and not-a-number, and returns as many", () => {
    const values = density(ensembles.semicircle(1))(
      Float64Array.of(3, 1, Number.NaN, -1, -3, 0, Number.POSITIVE_INFINITY),
    );
    expect(values).toBeInstanceOf(Float64Array);
    expect([values[0], values[4], values[6]]).toEqual([0, 0, 0]);
    expect(values[2]).toBeNaN();
    expect(values[1]).toBeCloseTo(values[3]!, 14);
    expect(values[5]).toBeCloseTo(1 / Math.PI, 14);
    expect(density(ensembles.semicircle(1))(new Float64Array())).toHaveLength(0);
  });

  test("is infinite at a hard edge and finite next to it", () => {
    const evaluate = density(ensembles.mp(1));
    expect(evaluate(Float64Array.of(0))[0]).toBe(Number.POSITIVE_INFINITY);
    // sqrt((4 − x)/x)/(2 pi)
    for (const x of [1e-12, 1e-6, 0.01, 1, 3.999999]) {
      const exact = Math.sqrt((4 - x) / x) / (2 * Math.PI);
      expect(Math.abs(evaluate(Float64Array.of(x))[0]! / exact - 1)).toBeLessThan(1e-9);
    }
  });

  test.each([
    ["semicircle(3/7)", (x: number) => Math.sqrt(4 * (3 / 7) - x * x) / (2 * Math.PI * (3 / 7))],
    ["mp(1/3)", (x: number) => marchenkoPastur(1 / 3, x)],
    ["mp(5)", (x: number) => marchenkoPastur(5, x)],
    ["arcsine(-1, 3)", (x: number) => 1 / (Math.PI * Math.sqrt((x + 1) * (3 - x)))],
    ["kestenMcKay(3)", (x: number) => (3 * Math.sqrt(8 - x * x)) / (2 * Math.PI * (9 - x * x))],
  ] as const)("agrees with the closed form of %s to thirteen digits", (text, exact) => {
    const law = parseLaw(text);
    const [bulk] = support(law).intervals;
    const [a, b] = [algebraicToNumber(bulk!.left), algebraicToNumber(bulk!.right)];
    const x = Float64Array.from({ length: 997 }, (_, k) => a + ((k + 1) / 998) * (b - a));
    const values = density(law)(x);
    for (let k = 0; k < x.length; k++) expect(Math.abs(values[k]! / exact(x[k]!) - 1)).toBeLessThan(1e-12);
  });

  test.each([
    "compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]]) |> decompress(2)",
    "semicircle(1) [*] mp(1/2)",
    "mp(1/2) [*] mp(1/4)",
    "deformedWigner(1/4, [[0, 1/3], [1, 2/3]])",
    "silverstein(1/2, [[1, 1/2], [3, 1/2]])",
    "atoms([[0, 1/2], [1, 1/2]]) [+] atoms([[0, 1/3], [1, 2/3]])",
    "deformedWigner(2, [[-1, 1/2], [1, 1/2]]) |> decompress(9/8)",
  ])("agrees with plain continuation of %s and with the certified values", (text) => {
    const law = parseLaw(text);
    const evaluate = density(law);
    for (const { left, right } of support(law).intervals) {
      const [a, b] = [algebraicToNumber(left), algebraicToNumber(right)];
      // No point is a special one of the curve.
      for (const share of [0.137, 0.471, 0.853]) {
        const x = a + share * (b - a);
        const [, im] = plainStieltjes(law.curve, x);
        const value = evaluate(Float64Array.of(x))[0]!;
        expect(Math.abs(value / (im / Math.PI) - 1)).toBeLessThan(1e-10);
        const exact = Number(certified(law, String(x), 17));
        expect(Math.abs(value / exact - 1)).toBeLessThan(1e-12);
      }
    }
  });
});

function marchenkoPastur(c: number, x: number): number {
  const [a, b] = [(1 - Math.sqrt(c)) ** 2, (1 + Math.sqrt(c)) ** 2];
  return Math.sqrt((b - x) * (x - a)) / (2 * Math.PI * c * x);
}
