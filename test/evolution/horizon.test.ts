import fc from "fast-check";
import {
  algebraicToDecimal,
  decideSpectrum,
  decompress,
  events,
  type Horizon,
  horizon,
  isSpectrum,
  type Law,
  lawFromCurve,
  moments,
  orThrow,
  parseLaw,
  parseRational,
  scale,
  shift,
  support,
} from "freecurve";
import { constantValue, determinant, fromCoefficients, integerPoly, parsePolynomial } from "freecurve/poly";
import { compareAlgebraic, compareWithRational } from "freecurve/roots";
import { describe, expect, test } from "vitest";
import { anyLaw, lawOf, positiveText } from "../../property-tests/random-laws.js";
import { QQ } from "../../src/rings/index.js";
import { affineImage, algebraicEquals } from "../../src/roots/index.js";
import { spectra } from "../law/golden.js";

const found = (law: Law | string): Horizon => orThrow(horizon(typeof law === "string" ? parseLaw(law) : law));
const tauOf = (law: Law | string): string => {
  const { tau } = found(law);
  return tau === "infinity" ? tau : algebraicToDecimal(tau, 15);
};
const isExactly = (law: Law | string, tau: string): void => {
  const end = found(law).tau;
  if (end === "infinity") expect.unreachable(`the horizon should be ${tau}`);
  else expect(compareWithRational(end, parseRational(tau))).toBe(0);
};

describe("horizons that are known in closed form", () => {
  test.each(spectra.infinitelyDivisible)("%s is freely infinitely divisible", (law) => {
    expect(found(law)).toMatchObject({ tau: "infinity", cause: "none" });
  });

  test("fussCatalan(3) has an acnode at tau = 9 on other sheets, which is no horizon", () => {
    expect(tauOf("fussCatalan(3)")).toBe("infinity");
    expect(tauOf("mp(1/50)")).toBe("infinity");
  });

  test.each(spectra.horizons)("$law: $tau", ({ law, tau }) => isExactly(law, tau));

  test.each([
    ["2", "9/8"],
    ["5", "9/5"],
    ["101/100", "40401/40400"],
    ["1011/1000", "4044121/4044000"],
  ])("two atoms ±1 and a semicircle of variance %s: (1 + v)²/(4v) = %s", (v, tau) => {
    isExactly(`deformedWigner(${v}, [[-1, 1/2], [1, 1/2]])`, tau);
  });

  test("Wachter (a, b): a + b; free Meixner (a, b) with b < 0: 1/|b|; Kesten–McKay d: d", () => {
    isExactly("wachter(1/2, 3/4)", "5/4");
    isExactly("wachter(7/3, 11/2)", "47/6");
    isExactly("freeMeixner(2, -1/5)", "5");
    isExactly("freeMeixner(0, -1)", "1");
    isExactly("kestenMcKay(11)", "11");
    expect(tauOf("freeMeixner(1, 0)")).toBe("infinity");
  });

  test("k atoms of total weight W: at most (k − W)/(k − 1)", () => {
    for (const [law, bound] of [
      ["mix(1/2, atoms([[-3, 1/2], [3, 1/2]]), semicircle(1))", "3/2"],
      ["freeMeixner(1, -1/2) |> decompress(3/2)", "4/3"],
      ["wachter(1/2, 2/3)", "7/6"],
    ] as const) {
      const { tau } = found(law);
      if (tau === "infinity") expect.unreachable();
      else expect(compareWithRational(tau, parseRational(bound))).toBeLessThanOrEqual(0);
    }
  });
});

describe("reasons", () => {
  test.each([
    ["deformedWigner(1/4, [[-1, 1/2], [1, 1/2]])", "zero-outside-bulks", /^m = 0 at x = 0, in a gap of the support/],
    ["deformedWigner(1, [[-1, 1/2], [1, 1/2]])", "zero-outside-bulks", /^m = 0 at x = 0, a cusp/],
    ["kestenMcKay(4)", "atoms-exceed-mass-one", /^there the law is 2 atoms and no density/],
    [
      "deformedWigner(2, [[-1, 1/2], [1, 1/2]])",
      "branch-points",
      /branch point at z = 0 \+ .*i in the upper half-plane/,
    ],
    ["mp(1/50)", "none", /^the law is freely infinitely divisible/],
  ])("%s: %s", (law, cause, reason) => {
    expect(found(law)).toMatchObject({ cause, reason: expect.stringMatching(reason) });
  });

  test("a law with parameters is refused", () => {
    expect(() => horizon(parseLaw("mp(c)"))).toThrow(/the horizon needs numbers/);
  });
});

describe("three atoms under noise", () => {
  // No closed form: both sides are decided by the moments, which share nothing with the sheets of the curve.
  test.each([
    ["deformedWigner(5, [[-2, 1/3], [0, 1/3], [3, 1/3]])", "2/1"],
    ["deformedWigner(7, [[-2, 1/2], [0, 1/6], [3, 1/3]])", "2/1"],
  ])("%s: the Hankel determinants are positive at tau* and not all of them beyond", (text, beyond) => {
    const law = parseLaw(text);
    const { tau } = found(law);
    if (tau === "infinity") expect.unreachable();
    else {
      expect(firstNegativeDeterminant(decompress(law, tau.lower), 8)).toBeUndefined();
      expect(compareWithRational(tau, parseRational(beyond))).toBe(-1);
      expect(firstNegativeDeterminant(decompress(law, beyond), 8)).toBeDefined();
    }
  });
});

describe("curves that are no spectrum themselves", () => {
  test("past the horizon, tau* < 1 leads back", () => {
    isExactly(decompress(parseLaw("kestenMcKay(4)"), 8), "1/2");
    isExactly(decompress(parseLaw("deformedWigner(2, [[-1, 1/2], [1, 1/2]])"), 3), "3/8");
  });

  test("a signed measure of positive variance becomes a law when it is compressed enough", () => {
    // m = (3/2) s − (1/2)/(0 − z) with s² + z s + 1 = 0: (3/2) semicircle − (1/2) delta_0, of variance 3/2.
    const { tau } = found(lawFromCurve("(2*z*m - 1)^2 + 3*z^2*(2*z*m - 1) + 9*z^2"));
    if (tau === "infinity") expect.unreachable();
    else expect(compareWithRational(tau, QQ.one)).toBe(-1);
  });

  test("a curve of negative variance is a spectrum at no size", () => {
    expect(horizon(lawFromCurve("m^2 - z*m - 1"))).toMatchObject({
      kind: "undefined",
      reason: expect.stringContaining("its variance is negative"),
    });
  });
});

describe("invariants", () => {
  test("horizon(decompress(L, s)) = horizon(L)/s; shift and scale leave it", () => {
    let finite = 0;
    fc.assert(
      fc.property(anyLaw, positiveText, (text, factor) => {
        const law = lawOf(text);
        const { tau } = found(law);
        const s = parseRational(factor);
        const flowed = found(decompress(law, s)).tau;
        const moved = found(shift(scale(law, QQ.neg(s)), 3)).tau;
        if (tau === "infinity") {
          expect([flowed, moved]).toEqual(["infinity", "infinity"]);
          return;
        }
        finite++;
        if (flowed === "infinity" || moved === "infinity") expect.unreachable();
        else {
          expect(algebraicEquals(flowed, affineImage(tau, QQ.inv(s), QQ.zero))).toBe(true);
          expect(algebraicEquals(moved, tau)).toBe(true);
          expect(integerPoly.degree(moved.minimalPolynomial)).toBe(integerPoly.degree(tau.minimalPolynomial));
        }
      }),
      { numRuns: 8, seed: 7 },
    );
    expect(finite).toBeGreaterThan(2);
  });

  test("a law of the generators has tau* ≥ 1 and is a spectrum up to it", () => {
    fc.assert(
      fc.property(anyLaw, fc.integer({ min: 1, max: 99 }), (text, percent) => {
        const law = lawOf(text);
        const { tau } = found(law);
        const share = parseRational(`${percent}/100`);
        expect(decideSpectrum(decompress(law, share)).kind).toBe("ok");
        if (tau === "infinity") return;
        expect(compareWithRational(tau, QQ.one)).toBeGreaterThanOrEqual(0);
        const inside = QQ.mul(tau.lower, QQ.div(QQ.add(share, QQ.fromInteger(9n)), QQ.fromInteger(10n)));
        expect(decideSpectrum(decompress(law, inside)).kind).toBe("ok");
        const outside = QQ.mul(tau.upper, QQ.add(QQ.one, share));
        expect(decideSpectrum(decompress(law, outside)).kind).toBe("undefined");
      }),
      { numRuns: 8, seed: 11 },
    );
  });

  test("bulks and atoms only split on the way to the horizon", () => {
    for (const text of ["compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]])", "wachter(3/2, 2)", "mp(1/4)"]) {
      const law = parseLaw(text);
      const counts = ["1/5", "1/3", "1", "2", "3"].map((tau) => {
        const { intervals, atoms } = support(decompress(law, tau));
        return intervals.length + atoms.filter((a) => !intervals.some((v) => touches(v, a))).length;
      });
      expect(counts).toEqual([...counts].sort((a, b) => a - b));
    }
  });
});

function touches(
  interval: ReturnType<typeof support>["intervals"][number],
  atom: ReturnType<typeof support>["atoms"][number],
): boolean {
  return compareAlgebraic(interval.left, atom.at) <= 0 && compareAlgebraic(atom.at, interval.right) <= 0;
}

/** The first negative Hankel determinant of order below n, by plain determinants of the exact moments. */
function firstNegativeDeterminant(law: Law, n: number): number | undefined {
  const mu = [parsePolynomial("1"), ...moments(law, 2 * n).map((f) => f.numerator)];
  const den = [parsePolynomial("1"), ...moments(law, 2 * n).map((f) => f.denominator)];
  const value = (k: number) => QQ.div(constantValue(mu[k]!), constantValue(den[k]!));
  for (let size = 1; size <= n; size++) {
    const matrix = Array.from({ length: size }, (_, i) =>
      Array.from({ length: size }, (_, j) => fromCoefficients([parsePolynomial(QQ.toText(value(i + j)))], "x")),
    );
    if (QQ.sign(constantValue(determinant(matrix))) < 0) return size - 1;
  }
  return undefined;
}

describe("a law of irrational moments: Y = (1 + X)^(-1) for a Marchenko–Pastur X of ratio 1/2", () => {
  const law = parseLaw("inverse(shift(mp(1/2), 1))");

  // The transform of X has residue 1 − 1/c = −1 at 0 on the other sheet, so that of Y at 1: 1 − 2/tau after decompression.
  test("an atom is born at tau = 2, before the horizon", () => {
    const [born, end] = events(law);
    expect([born!.kind, algebraicToDecimal(born!.at, 5), algebraicToDecimal(born!.where!, 5)]).toEqual([
      "atom-born",
      "2",
      "1",
    ]);
    expect(end!.kind).toBe("acnode");
  });

  test("the horizon lies before the sizes at which a Hankel determinant of quadrature moments is negative", () => {
    const tau = orThrow(horizon(law)).tau;
    const end = tau === "infinity" ? Infinity : Number(algebraicToDecimal(tau, 12));
    expect(end).toBeCloseTo(2.15845692610509, 10);
    expect(fourthHankel(2)).toBeGreaterThan(0);
    expect(fourthHankel(4.1)).toBeLessThan(0);
  });

  test("is a spectrum by the criteria that need no moments", () => {
    const { spectrum, criteria } = isSpectrum(law);
    expect(spectrum.kind).toBe("ok");
    expect(criteria.map(({ name }) => name)).not.toContain("moments");
  });

  /** det(mu_(i+j)), 0 ≤ i, j ≤ 3, of Y decompressed by tau: moments by quadrature, kappa_n times tau^(n−1). */
  function fourthHankel(size: number): number {
    const order = 6;
    const nodes = 400;
    const mu = Array.from({ length: order + 1 }, () => 0);
    for (let k = 1; k <= nodes; k++) {
      const t = (Math.PI * k) / (nodes + 1);
      const x = 1.5 + Math.SQRT2 * Math.cos(t);
      const weight = (2 * Math.sin(t) ** 2) / ((nodes + 1) * x);
      for (let n = 0; n <= order; n++) mu[n]! += weight / (1 + x) ** n;
    }
    // mu_n = sum over s of kappa_s [u^(n − s)] M(u)^s
    const share = (m: readonly number[], s: number, n: number): number => {
      let power = [1];
      for (let k = 0; k < s; k++) {
        power = Array.from({ length: n + 1 }, (_, i) =>
          Array.from({ length: i + 1 }, (_, j) => (power[j] ?? 0) * m[i - j]!).reduce((a, b) => a + b, 0),
        );
      }
      return power[n] ?? 0;
    };
    const kappa = [0];
    for (let n = 1; n <= order; n++) {
      let rest = mu[n]!;
      for (let s = 1; s < n; s++) rest -= kappa[s]! * share(mu, s, n - s);
      kappa.push(rest);
    }
    const grown = [1];
    for (let n = 1; n <= order; n++) {
      let sum = 0;
      for (let s = 1; s <= n; s++) sum += kappa[s]! * size ** (s - 1) * share(grown, s, n - s);
      grown.push(sum);
    }
    const rows = Array.from({ length: 4 }, (_, i) => Array.from({ length: 4 }, (_, j) => grown[i + j]!));
    let product = 1;
    rows.forEach((row, k) => {
      product *= row[k]!;
      for (const other of rows.slice(k + 1)) {
        const factor = other[k]! / row[k]!;
        for (let j = k; j < 4; j++) other[j]! -= factor * row[j]!;
      }
    });
    return product;
  }
});
