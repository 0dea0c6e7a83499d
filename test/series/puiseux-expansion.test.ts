import fc from "fast-check";
import {
  coefficients,
  constantValue,
  degree,
  derivative,
  discriminant,
  multiply,
  type NumberField,
  type NumberFieldElement,
  numberField,
  type Polynomial,
  parsePolynomial,
  squareFreePart,
} from "freecurve/poly";
import { type AlgebraicNumber, algebraicFromRational, realRoots } from "freecurve/roots";
import { describe, expect, test } from "vitest";
import { createBudget, DomainError, LimitError } from "../../src/core/index.js";
import { rational, rationalToText } from "../../src/rings/index.js";
import {
  characteristicExponents,
  embedElement,
  fieldRoots,
  leadingPower,
  type PuiseuxExpansion,
  puiseuxExpansions,
  rationalNumberField,
} from "../../src/series/index.js";

/** A Laurent polynomial over a number field as a map from exponents: plain arithmetic that shares nothing with the room. */
type Sparse = Map<number, NumberFieldElement>;

function addTo(field: NumberField, sum: Sparse, k: number, c: NumberFieldElement): void {
  sum.set(k, field.add(sum.get(k) ?? field.zero, c));
}

function times(field: NumberField, a: Sparse, b: Sparse, below: number): Sparse {
  const product: Sparse = new Map();
  for (const [i, x] of a) for (const [j, y] of b) if (i + j < below) addTo(field, product, i + j, field.mul(x, y));
  return product;
}

/** The lowest power of t with a nonzero coefficient in p(a + scale·t^e, y(t)), or in p(1/(scale·t^e), y(t)); Infinity for none. */
function valuationOnBranch(p: Polynomial, e: PuiseuxExpansion, isAtInfinity: boolean): number {
  const { field, scale, ramification, series, generator } = e;
  const far = 100000;
  const local: Sparse = isAtInfinity
    ? new Map([[-ramification, field.inv(scale)]])
    : new Map([
        [0, generator],
        [ramification, scale],
      ]);
  const y: Sparse = new Map(series.coefficients.map((c, k) => [series.valuation + k, c]));
  let value: Sparse = new Map();
  for (const row of coefficients(p, "y").toReversed()) {
    let inX: Sparse = new Map();
    for (const c of coefficients(row, "x").toReversed()) {
      inX = times(field, inX, local, far);
      addTo(field, inX, 0, field.fromRational(constantValue(c)));
    }
    value = times(field, value, y, far);
    for (const [k, c] of inX) addTo(field, value, k, c);
  }
  return Math.min(...[...value].filter(([, c]) => !field.isZero(c)).map(([k]) => k));
}

/** The witness: p vanishes on each class to the order that its known coefficients promise, and the classes are all branches. */
function check(p: Polynomial, at: AlgebraicNumber | "infinity", terms: number): readonly PuiseuxExpansion[] {
  const found = puiseuxExpansions(p, "x", "y", at, { terms });
  const branches = found.reduce((sum, e) => sum + e.ramification * e.residueDegree, 0);
  expect(branches).toBe(degree(p, "y"));
  const base = at === "infinity" ? 1 : at.minimalPolynomial.length - 1;
  for (const e of found) {
    expect(e.field.degree).toBe(base * e.residueDegree);
    expect(e.field.isZero(e.scale)).toBe(false);
    const known = e.series.valuation + e.series.coefficients.length;
    const slope = valuationOnBranch(derivative(p, "y"), e, at === "infinity");
    expect(valuationOnBranch(p, e, at === "infinity")).toBeGreaterThanOrEqual(slope + known);
    if (at !== "infinity") {
      const f = e.field;
      const value = at.minimalPolynomial.reduceRight((v, c) => f.add(f.mul(v, e.generator), f.fromInteger(c)), f.zero);
      expect(f.isZero(value)).toBe(true);
    }
  }
  return found;
}

const origin = algebraicFromRational(rational(0));
const shape = (found: readonly PuiseuxExpansion[]): [number, number, number][] =>
  found
    .map((e): [number, number, number] => [e.ramification, e.residueDegree, e.series.valuation])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);

describe("Puiseux series at rational points", () => {
  test("cusp, node, tacnode, conjugate branches, poles", () => {
    expect(shape(check(parsePolynomial("y^2 - x^3"), origin, 5))).toEqual([[2, 1, 3]]);
    expect(shape(check(parsePolynomial("y^2 - x^2 - x^3"), origin, 6))).toEqual([
      [1, 1, 1],
      [1, 1, 1],
    ]);
    expect(shape(check(parsePolynomial("y^2 + x^2 - x^3"), origin, 6))).toEqual([[1, 2, 1]]);
    expect(shape(check(parsePolynomial("y^2 - 2*x^3"), origin, 3))).toEqual([[2, 1, 3]]);
    expect(shape(check(parsePolynomial("(y - x^2)^2 - x^5"), origin, 4))).toEqual([[2, 1, 4]]);
    expect(shape(check(parsePolynomial("x*y^3 + y + 1"), origin, 6))).toEqual([
      [1, 1, 0],
      [2, 1, -1],
    ]);
    expect(shape(check(parsePolynomial("y*(y^3 - x)"), origin, 4)).map(([e]) => e)).toEqual([1, 3]);
    // Two characteristic exponents: y = x^(3/2) + x^(7/4)
    expect(shape(check(parsePolynomial("(y^2 - x^3)^2 - 4*x^5*y - x^7"), origin, 4))).toEqual([[4, 1, 6]]);
  });

  test("characteristic exponents: where the roots of x enter", () => {
    const exponents = (p: string): string[][] =>
      puiseuxExpansions(parsePolynomial(p), "x", "y", origin).map((e) =>
        characteristicExponents(e).map(rationalToText),
      );
    expect(exponents("(y^2 - x^3)^2 - 4*x^5*y - x^7")).toEqual([["3/2", "7/4"]]);
    expect(exponents("(y - x - x^2)^2 - x^5")).toEqual([["5/2"]]);
    expect(exponents("x*y^2 - 1")).toEqual([["-1/2"]]);
    expect(exponents("y^2 - x^2 - x^3")).toEqual([[], []]);
    // Fuss and Catalan: m at the hard edge goes like x^(-3/4)
    expect(exponents("x^3*y^4 - x*y - 1")).toEqual([["-3/4"]]);
  });

  test("the coefficients of known expansions", () => {
    // y = 1 + x y²: the Catalan numbers
    const [catalan, pole] = check(parsePolynomial("x*y^2 - y + 1"), origin, 8).toSorted(
      (a, b) => b.series.valuation - a.series.valuation,
    );
    const rationals = (e: PuiseuxExpansion): string[] =>
      e.series.coefficients.map((c) => e.field.toText(e.field.mul(c, e.field.one)));
    expect(rationals(catalan!)).toEqual(["1", "1", "2", "5", "14", "42", "132", "429"]);
    expect(rationals(pole!).slice(0, 3)).toEqual(["1", "-1", "-1"]);
    // y³ = x (1 + x): y = x^(1/3) (1 + x/3 − x²/9 + 5x³/81 − …)
    const [root] = check(parsePolynomial("y^3 - x - x^2"), origin, 10);
    const [f, s] = [root!.field, root!.scale];
    const c = root!.series.coefficients;
    expect(root!.ramification).toBe(3);
    const relative = (k: number): string => f.toText(f.div(f.div(c[3 * k]!, c[0]!), f.pow(s, k)));
    expect([relative(1), relative(2), relative(3)]).toEqual(["1/3", "-1/9", "5/81"]);
    expect(f.toText(leadingPower(root!))).toBe("1");
  });

  test("random products of branches and random curves", () => {
    const small = fc.integer({ min: -3, max: 3 });
    const binomial = fc
      .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 4 }), small, small, small)
      .map(([q, p, c, d, b]) => parsePolynomial(`(y - ${b}*x)^${q} - ${c || 2}*x^${p} - ${d}*x^${p + 1}*y`));
    const table = fc
      .array(fc.array(small, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 5 })
      .map((rows) =>
        parsePolynomial(rows.map((row, j) => row.map((c, i) => `${c}*x^${i}*y^${j}`).join(" + ")).join(" + ")),
      );
    const curves = fc.oneof(
      fc.tuple(binomial, binomial).map(([a, b]) => multiply(a, b)),
      binomial,
      table,
    );
    const seen = new Set<string>();
    fc.assert(
      fc.property(curves, fc.constantFrom(origin, "infinity" as const), (curve, at) => {
        const p = squareFreePart(curve);
        fc.pre(degree(p, "y") >= 1);
        for (const e of check(p, at, 5)) seen.add(`${e.ramification} ${e.residueDegree}`);
      }),
      { numRuns: 60 },
    );
    expect(seen.size).toBeGreaterThan(4);
  });

  test("what has no series, and what takes too long", () => {
    expect(() => puiseuxExpansions(parsePolynomial("(y - x)^2"), "x", "y", origin)).toThrow(DomainError);
    expect(() => puiseuxExpansions(parsePolynomial("y - c*x"), "x", "y", origin)).toThrow(DomainError);
    expect(() => puiseuxExpansions(parsePolynomial("y - x"), "x", "y", origin, { terms: 0 })).toThrow(DomainError);
    const budget = createBudget({ limit: 1 });
    expect(() => puiseuxExpansions(parsePolynomial("y^5 - x"), "x", "y", origin, {}, budget)).toThrow(LimitError);
  });
});

describe("Puiseux series at algebraic points and at infinity", () => {
  test("branch points of y² = (x² − 2)(x + 3) and of a cubic, over their fields", () => {
    const at = (p: string): AlgebraicNumber => realRoots(parsePolynomial(p)).at(-1)!.root;
    const [edge] = check(parsePolynomial("y^2 - (x^2 - 2)*(x + 3)"), at("x^2 - 2"), 5);
    expect([edge!.ramification, edge!.residueDegree, edge!.series.valuation]).toEqual([2, 1, 1]);
    // c² = 2√2 (√2 + 3) = 4 + 6√2
    const { field: f } = edge!;
    const root2 = edge!.generator;
    expect(f.equals(leadingPower(edge!), f.add(f.fromInteger(4n), f.mul(f.fromInteger(6n), root2)))).toBe(true);
    // y³ − 3y = x has branch points at ±2; at 2: a simple branch and a square root
    expect(shape(check(parsePolynomial("y^3 - 3*y - x"), at("x - 2"), 6)).map(([e]) => e)).toEqual([1, 2]);
    // disc of y³ + x y + 1 is −4x³ − 27
    expect(shape(check(parsePolynomial("y^3 + x*y + 1"), at("4*x^3 + 27"), 4)).map(([e]) => e)).toEqual([1, 2]);
    // At a point where nothing happens, with three conjugate branches over Q(∛2) or fewer
    check(parsePolynomial("y^3 + x*y + x^2 + 5"), at("x^3 - 2"), 4);
  });

  test("the ramified classes alone are the same ones", () => {
    const curve = parsePolynomial("x*y^5 + y^3 + (x - 1)*y + x^2 - 3");
    const data = (e: PuiseuxExpansion): unknown => [e.ramification, e.residueDegree, e.scale, e.series];
    for (const at of [origin, "infinity" as const]) {
      const all = puiseuxExpansions(curve, "x", "y", at).filter((e) => e.ramification > 1);
      const ramified = puiseuxExpansions(curve, "x", "y", at, { ramifiedOnly: true });
      expect(ramified.map(data)).toEqual(all.map(data));
    }
    // Simple branch points: the two sheets that meet there, over the field of the point
    const law = parsePolynomial("2*x*y^4 - 3*y^3 + x^2*y - x + 1");
    const points = realRoots(discriminant(law, "y"));
    expect(points.length).toBeGreaterThan(0);
    for (const { root } of points) {
      const found = puiseuxExpansions(law, "x", "y", root, { ramifiedOnly: true, terms: 2 });
      for (const e of found) {
        const slope = valuationOnBranch(derivative(law, "y"), e, false);
        const known = e.series.valuation + e.series.coefficients.length;
        expect(valuationOnBranch(law, e, false)).toBeGreaterThanOrEqual(slope + known);
      }
      expect(found.map((e) => e.ramification)).toEqual([2]);
    }
  });

  test("a law at infinity: the moments of the semicircle and of Marchenko and Pastur", () => {
    const moments = (curve: string): string[] => {
      const law = check(parsePolynomial(curve), "infinity", 9).find((e) => e.series.valuation === 1)!;
      return law.series.coefficients.map((c) => law.field.toText(law.field.neg(c)));
    };
    expect(moments("y^2 + x*y + 1")).toEqual(["1", "0", "1", "0", "2", "0", "5", "0", "14"]);
    expect(moments("x*y^2 + x*y + 1").slice(0, 6)).toEqual(["1", "1", "2", "5", "14", "42"]);
  });

  test("a field that is needed twice: y⁴ = 2 x² (1 + x) has (y²)² = 2 x² …", () => {
    const found = check(parsePolynomial("y^4 - 2*x^2*(1 + x)"), origin, 4);
    // y² = ±√2 x …, so that the field is Q(√2) and the ramification 2
    expect(shape(found)).toEqual([[2, 2, 1]]);
  });
});

describe("roots over a number field", () => {
  const field = (p: string): NumberField =>
    numberField(coefficients(parsePolynomial(p), "x").map((c) => constantValue(c).num));
  const integers = (f: NumberField, p: string): NumberFieldElement[] =>
    coefficients(parsePolynomial(p), "x").map((c) => f.fromRational(constantValue(c)));

  test("the degrees of the factors are known, and each root is one", () => {
    const cases: [NumberField, NumberFieldElement[], number[]][] = [
      [field("x^2 - 2"), integers(field("x^2 - 2"), "x^4 - 2"), [2, 2]],
      [field("x^3 - 2"), integers(field("x^3 - 2"), "x^3 - 2"), [1, 2]],
      [field("x^2 - 2"), integers(field("x^2 - 2"), "(x^2 - 2)*(x^2 - 8)^2"), [1, 1, 1, 1]],
      [field("x^2 + 1"), integers(field("x^2 + 1"), "x^4 + 1"), [2, 2]],
      [field("x^2 - x - 1"), integers(field("x^2 - x - 1"), "x^4 + x^3 + x^2 + x + 1"), [2, 2]],
      [rationalNumberField, integers(rationalNumberField, "(x^2 - 2)*(x - 1)*(x^3 + x + 1)"), [1, 2, 3]],
      [field("3*x - 2"), integers(field("3*x - 2"), "x^2 - 2"), [2]],
    ];
    for (const [f, coeffs, degrees] of cases) {
      const roots = fieldRoots(f, coeffs);
      expect(roots.map((r) => r.degree).sort()).toEqual(degrees);
      for (const { field: larger, root, generator, degree: d } of roots) {
        expect(larger.degree).toBe(d * f.degree);
        const value = coeffs.reduceRight(
          (v, c) => larger.add(larger.mul(v, root), embedElement(c, larger, generator)),
          larger.zero,
        );
        expect(larger.isZero(value)).toBe(true);
        const minimal = embedElement({ coeffs: f.minimalPolynomial, denominator: 1n }, larger, generator);
        expect(larger.isZero(minimal)).toBe(true);
      }
    }
  });

  test("coefficients that are not rational", () => {
    const f = field("x^2 - 2");
    // x² − (3 + 2√2) = (x − 1 − √2)(x + 1 + √2), and x² − √2 stays
    const square = f.add(f.fromInteger(3n), f.mul(f.fromInteger(2n), f.generator));
    expect(fieldRoots(f, [f.neg(square), f.zero, f.one]).map((r) => r.degree)).toEqual([1, 1]);
    expect(fieldRoots(f, [f.neg(f.generator), f.zero, f.one]).map((r) => r.degree)).toEqual([2]);
  });
});
