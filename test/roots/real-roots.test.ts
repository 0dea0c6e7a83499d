import { Decimal } from "decimal.js";
import fc from "fast-check";
import { type IntegerPoly, integerPoly, parsePolynomial } from "freecurve/poly";
import {
  type AlgebraicNumber,
  algebraicRoots,
  algebraicToDecimal,
  algebraicToNumber,
  compareWithRational,
  isolateRealRoots,
  rationalValue,
  realRootDecimals,
  realRoots,
  rootInInterval,
  rootsBetween,
} from "freecurve/roots";
import { describe, expect, it } from "vitest";
import { createBudget, DomainError, InternalError, LimitError, seededRandom } from "../../src/core/index.js";
import { isolateByContinuedFractions } from "../../src/isolation/continued-fraction-isolation.js";
import { QQ, type Rational, rational } from "../../src/rings/index.js";
import golden from "../golden/algebra-roots.json" with { type: "json" };

const Z = integerPoly;
const Wide = Decimal.clone({ precision: 60 });

/** Sturm's sequence by Euclid's algorithm over QQ. */
function sturmSequence(p: IntegerPoly): Rational[][] {
  const over = (c: IntegerPoly): Rational[] => c.map((x) => QQ.fromInteger(x));
  const sequence = [over(p), over(Z.derivative(p))];
  for (;;) {
    const b = sequence[sequence.length - 1]!;
    const r = sequence[sequence.length - 2]!.slice();
    while (r.length >= b.length) {
      const q = QQ.div(r[r.length - 1]!, b[b.length - 1]!);
      const shift = r.length - b.length;
      b.forEach((c, j) => {
        r[shift + j] = QQ.sub(r[shift + j]!, QQ.mul(q, c));
      });
      while (r.length > 0 && QQ.isZero(r[r.length - 1]!)) r.pop();
    }
    if (r.length === 0) return sequence.filter((s) => s.length > 0);
    sequence.push(r.map((c) => QQ.neg(c)));
  }
}

function variations(signs: readonly number[]): number {
  const nonzero = signs.filter((s) => s !== 0);
  return nonzero.filter((s, k) => k > 0 && s !== nonzero[k - 1]).length;
}

/** The number of distinct real roots in (lo, hi], by Sturm's theorem; the ends are not multiple roots. */
function sturmCount(p: IntegerPoly, lo?: Rational, hi?: Rational): number {
  const sequence = sturmSequence(p);
  const at = (x: Rational | undefined, direction: -1 | 1): number =>
    variations(
      sequence.map((s) => {
        if (x === undefined) return QQ.sign(s[s.length - 1]!) * (direction < 0 && s.length % 2 === 0 ? -1 : 1);
        return QQ.sign(s.reduceRight((value, c) => QQ.add(QQ.mul(value, x), c), QQ.zero));
      }),
    );
  return at(lo, -1) - at(hi, 1);
}

/** Every number is isolated as it claims: one root by Sturm, intervals in order and disjoint. */
function checkIsolation(roots: readonly AlgebraicNumber[]): void {
  roots.forEach((root, k) => {
    const p = root.minimalPolynomial;
    expect(Z.isIrreducible(p)).toBe(true);
    if (p.length === 2) expect(QQ.equals(root.lower, root.upper) && Z.signAt(p, root.lower) === 0).toBe(true);
    else expect(sturmCount(p, root.lower, root.upper)).toBe(1);
    if (k > 0) expect(QQ.compare(roots[k - 1]!.upper, root.lower)).toBe(-1);
  });
}

const coefficient = fc.oneof(fc.bigInt({ min: -3n, max: 3n }), fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }));
const poly = fc
  .array(coefficient, { minLength: 2, maxLength: 9 })
  .map((c) => Z.trim(c))
  .filter((p) => p.length > 1);

describe("realRoots", () => {
  it("finds as many roots as Sturm's theorem counts, each isolated", () => {
    let total = 0;
    fc.assert(
      fc.property(poly, (p) => {
        const roots = algebraicRoots(p);
        expect(roots.length).toBe(sturmCount(p));
        checkIsolation(roots);
        total += roots.length;
      }),
      { numRuns: 80 },
    );
    expect(total).toBeGreaterThan(50);
  });

  it("finds the rational roots of a product exactly, with multiplicities", () => {
    const root = fc.tuple(
      fc.bigInt({ min: -40n, max: 40n }),
      fc.bigInt({ min: 1n, max: 12n }),
      fc.integer({ min: 1, max: 3 }),
    );
    fc.assert(
      fc.property(fc.array(root, { minLength: 1, maxLength: 6 }), (list) => {
        const expected = new Map<string, number>();
        let p: IntegerPoly = [3n, 0n, 1n]; // no real root
        for (const [num, den, multiplicity] of list) {
          const r = rational(num, den);
          p = Z.mul(p, Z.pow([-r.num, r.den], multiplicity));
          expected.set(QQ.toText(r), (expected.get(QQ.toText(r)) ?? 0) + multiplicity);
        }
        const found = realRoots(p);
        expect(new Map(found.map((x) => [QQ.toText(rationalValue(x.root)!), x.multiplicity]))).toEqual(expected);
        const values = found.map((x) => algebraicToNumber(x.root));
        expect(values).toEqual([...values].sort((x, y) => x - y));
      }),
      { numRuns: 50 },
    );
  });

  it("finds the roots 1 … 20 of Wilkinson's polynomial, and the ten real roots of his perturbation", () => {
    let w: IntegerPoly = [1n];
    for (let k = 1n; k <= 20n; k++) w = Z.mul(w, [-k, 1n]);
    expect(algebraicRoots(w).map((r) => rationalValue(r))).toEqual(
      Array.from({ length: 20 }, (_, k) => rational(k + 1)),
    );
    // x^19 gains -2^-23: Wilkinson 1963, ten real roots, the largest 20.846908101...
    const perturbed = Z.scale(w, 2n ** 23n).slice();
    perturbed[19]! -= 1n;
    const roots = algebraicRoots(perturbed);
    expect(roots).toHaveLength(10);
    expect(algebraicToDecimal(roots[9]!, 11)).toBe("20.846908101");
    expect(algebraicToDecimal(roots[6]!, 10)).toBe("6.999697234");
  });

  it("separates the close pair of Mignotte's polynomials", () => {
    // x^n - 2(ax - 1)^2 has two roots within 2*a^(-(n+2)/2) of 1/a.
    for (const [n, a] of [
      [12, 7n],
      [31, 100n],
      [24, 1000n],
    ] as const) {
      const p = Z.sub([...new Array<bigint>(n).fill(0n), 1n], Z.scale(Z.pow([-1n, a], 2), 2n));
      const roots = algebraicRoots(p);
      expect(roots).toHaveLength(sturmCount(p));
      const near = roots.filter(
        (r) => compareWithRational(r, rational(1n, 2n * a)) > 0 && compareWithRational(r, rational(2n, a)) < 0,
      );
      expect(near.map((r) => compareWithRational(r, rational(1n, a)))).toEqual([-1, 1]);
      checkIsolation(roots);
    }
  });

  it("finds the roots of Chebyshev polynomials at cos((2k - 1) pi/(2n))", () => {
    for (const n of [7, 16, 40]) {
      let [previous, current]: [IntegerPoly, IntegerPoly] = [[1n], [0n, 1n]];
      for (let k = 2; k <= n; k++) [previous, current] = [current, Z.sub(Z.mul([0n, 2n], current), previous)];
      const roots = algebraicRoots(current).map((r) => algebraicToNumber(r));
      expect(roots).toHaveLength(n);
      roots.forEach((x, k) => {
        expect(x).toBeCloseTo(Math.cos(((2 * (n - k) - 1) * Math.PI) / (2 * n)), 14);
      });
    }
  });

  it("copes with roots from 1e-30 to 1e30, and with a root very close to a simple number", () => {
    let p: IntegerPoly = [1n];
    for (let e = -30; e <= 30; e += 5) {
      const ten = 10n ** BigInt(Math.abs(e));
      p = Z.mul(p, e < 0 ? [-2n, 0n, 0n, ten ** 3n] : [-2n * ten ** 3n, 0n, 0n, 1n]);
    }
    const expected = Array.from({ length: 13 }, (_, k) => Math.cbrt(2) * Number(`1e${5 * k - 30}`));
    const exact = algebraicRoots(p).map((r) => algebraicToNumber(r));
    expect(exact).toHaveLength(13);
    exact.forEach((x, k) => {
      expect(x / expected[k]!).toBeCloseTo(1, 14);
    });
    // Irreducible, of degree 39, with almost the same roots.
    const perturbed = Z.add(Z.scale(p, 10n ** 90n), [0n, 3n]);
    expect(Z.isIrreducible(perturbed)).toBe(true);
    expect(algebraicRoots(perturbed).map((r) => algebraicToNumber(r))).toEqual(exact);
    // A root within 1e-200 of 3.
    const close = Z.add(Z.scale(Z.mul([-3n, 1n], [5n, 1n, 0n, 2n]), 10n ** 200n), [1n]);
    const [root] = rootsBetween(close, rational(2), rational(4));
    expect(algebraicToDecimal(root!, 30)).toBe("3");
    expect(compareWithRational(root!, rational(3))).toBe(-1);
  });

  it("isolates at degree 60 with coefficients of 500 digits", () => {
    const random = seededRandom(7);
    const digits = (n: number): bigint => BigInt(Array.from({ length: n }, () => random.integer(0, 9)).join(""));
    for (let run = 0; run < 3; run++) {
      const p = Array.from({ length: 61 }, () => (random.integer(0, 1) === 0 ? digits(500) : -digits(500)));
      const roots = algebraicRoots(p);
      expect(roots.length % 2).toBe(0);
      for (const { lower, upper } of roots) expect(Z.signAt(p, lower) * Z.signAt(p, upper)).toBe(-1);
      // Between neighbours and beyond the ends the sign is constant at many points.
      const points = [rational(-1000), ...roots.flatMap((r) => [r.lower, r.upper]), rational(1000)];
      for (let k = 0; k < points.length; k += 2) {
        const sign = Z.signAt(p, points[k]!);
        for (let i = 1n; i < 40n; i++) {
          const t = QQ.add(points[k]!, QQ.mul(QQ.sub(points[k + 1]!, points[k]!), rational(i, 40n)));
          expect(Z.signAt(p, t)).toBe(sign);
        }
      }
    }
  });

  it("takes a polynomial in any one variable and refuses the others", () => {
    const roots = realRoots(parsePolynomial("(t^2 - 2)^3*(t - 1/2)"));
    expect(roots.map((r) => [algebraicToDecimal(r.root, 5), r.multiplicity])).toEqual([
      ["-1.4142", 3],
      ["0.5", 1],
      ["1.4142", 3],
    ]);
    expect(realRoots(parsePolynomial("7"))).toEqual([]);
    expect(() => realRoots(parsePolynomial("x*y - 1"))).toThrow(DomainError);
    expect(() => realRoots([])).toThrow(DomainError);
  });
});

describe("roots in an interval", () => {
  it("are the roots of the whole line that lie there", () => {
    const end = fc
      .tuple(fc.bigInt({ min: -9n, max: 9n }), fc.bigInt({ min: 1n, max: 4n }))
      .map(([n, d]) => rational(n, d));
    fc.assert(
      fc.property(poly, end, end, (p, x, y) => {
        const [lo, hi] = [QQ.min(x, y), QQ.max(x, y)];
        const all = algebraicRoots(p).filter((r) => compareWithRational(r, lo) >= 0 && compareWithRational(r, hi) <= 0);
        const inside = rootsBetween(p, lo, hi);
        expect(inside.map((r) => algebraicToDecimal(r, 20))).toEqual(all.map((r) => algebraicToDecimal(r, 20)));
        checkIsolation(inside.slice(0, 1));
      }),
      { numRuns: 100 },
    );
  });

  it("give the one root with its own minimal polynomial", () => {
    const p = Z.mul(Z.mul([-2n, 0n, 1n], [-2n, 1n]), [-2n, 0n, 0n, 1n]);
    expect(rootInInterval(p, rational(5, 4), rational(13, 10))?.minimalPolynomial).toEqual([-2n, 0n, 0n, 1n]);
    expect(rootInInterval(p, rational(2), rational(2))?.minimalPolynomial).toEqual([-2n, 1n]);
    expect(rootInInterval(p, rational(-1), rational(1))).toBeUndefined();
    expect(() => rootInInterval(p, rational(1), rational(2))).toThrow(InternalError);
    expect(() => rootsBetween(p, rational(2), rational(1))).toThrow(DomainError);
  });
});

describe("isolateRealRoots", () => {
  /** Coefficients with zeros, symmetric ones, and roots that sit on simple numbers. */
  const squareFreePolynomial = fc
    .oneof(
      poly,
      poly.map((p) => p.flatMap((c, k) => (k === 0 ? [c] : [0n, c]))),
      poly.map((p) => Z.mul([0n, 1n], p)),
      fc
        .uniqueArray(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 8 })
        .map((list) => list.reduce((p: IntegerPoly, x) => Z.mul(p, [-BigInt(x), 2n]), [1n])),
    )
    .map((p) => Z.squareFreePart(p))
    .filter((p) => p.length > 1);

  it("finds as many disjoint intervals as Sturm counts, each with one root, by both methods", () => {
    let total = 0;
    fc.assert(
      fc.property(squareFreePolynomial, (p) => {
        const found = isolateRealRoots(p);
        expect(found.length).toBe(sturmCount(p));
        found.forEach(({ lower, upper }, k) => {
          const [left, right] = [Z.signAt(p, lower), Z.signAt(p, upper)];
          if (QQ.equals(lower, upper)) expect(left).toBe(0);
          else expect(left * right).toBe(-1);
          if (k > 0) expect(QQ.compare(found[k - 1]!.upper, lower)).toBeLessThanOrEqual(0);
          total++;
        });
        if (p[0] !== 0n) {
          const positive = found.filter(({ upper }) => QQ.sign(upper) > 0);
          expect(isolateByContinuedFractions(p).length).toBe(positive.length);
        }
      }),
      { numRuns: 120 },
    );
    expect(total).toBeGreaterThan(100);
  });

  it("stops at a budget", () => {
    const p = Z.add(Z.pow([-3n, 7n], 40), [5n]);
    expect(() => isolateRealRoots(Z.mul(p, [-1n, 0n, 3n]), createBudget({ limit: 1 }))).toThrow(LimitError);
  });
});

describe("realRootDecimals", () => {
  it("gives the 40 digits that PARI/GP finds", () => {
    for (const { coefficients, roots } of golden.roots) {
      const p = coefficients.map((c) => BigInt(c));
      const expected = roots.map((x) => new Wide(x).toString());
      expect(realRootDecimals(p, 40)).toEqual(expected);
      expect(algebraicRoots(p).map((root) => algebraicToDecimal(root, 40))).toEqual(expected);
    }
  });

  it("rounds rational roots on the border between two decimals, and takes each root once", () => {
    // 0.35 to one digit and 7/2 to none after the point are ties: a half goes away from zero.
    expect(realRootDecimals(Z.mul([-7n, 20n], Z.pow([7n, 2n], 2)), 1)).toEqual(["-4", "0.4"]);
    expect(realRootDecimals([0n, 0n, 1n], 5)).toEqual(["0"]);
    expect(realRootDecimals([1n, 0n, 1n], 5)).toEqual([]);
    expect(realRootDecimals([-2n, 0n, 0n, 1n], 10)).toEqual(["1.25992105"]);
    expect(realRootDecimals([0n, -2n, 0n, 1n], 5)).toEqual(["-1.4142", "0", "1.4142"]);
    expect(() => realRootDecimals([], 5)).toThrow(DomainError);
  });
});
