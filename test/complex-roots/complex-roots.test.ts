import fc from "fast-check";
import { type ComplexBall, complexBalls, containsRational, isExact, realBalls } from "freecurve/ball";
import { type IntegerPoly, integerPoly, parsePolynomial } from "freecurve/poly";
import {
  algebraicToBall,
  algebraicToNumber,
  type ComplexRoot,
  complexRoots,
  complexRootsOfBalls,
  realRoots,
} from "freecurve/roots";
import { describe, expect, test } from "vitest";
import { createBudget, DomainError, LimitError, orThrow, seededRandom } from "../../src/core/index.js";
import { parseRational, QQ, rational } from "../../src/rings/index.js";
import golden from "../golden/complex-roots.json" with { type: "json" };

const product = (factors: readonly IntegerPoly[]): IntegerPoly => factors.reduce((p, q) => integerPoly.mul(p, q), [1n]);

/** The coefficients of Π (x − root)^multiplicity. */
function rebuilt(roots: readonly { ball: ComplexBall; multiplicity: number }[], bits = 300): ComplexBall[] {
  const C = complexBalls(bits);
  let coeffs = [C.one];
  for (const { ball, multiplicity } of roots) {
    for (let k = 0; k < multiplicity; k++) {
      const shifted = [C.zero, ...coeffs];
      coeffs = shifted.map((c, j) => (j < coeffs.length ? C.sub(c, C.mul(ball, coeffs[j]!)) : c));
    }
  }
  return coeffs;
}

/** The witness: the polynomial lies in the product of its linear factors, and the factors are disjoint and as small as asked for. */
function check(p: IntegerPoly, roots: readonly ComplexRoot[], digits: number): void {
  const bits = Math.max(300, 4 * digits);
  const C = complexBalls(bits);
  const R = realBalls(bits);
  const lead = p[p.length - 1]!;
  const coeffs = rebuilt(roots, bits);
  expect(coeffs.length).toBe(p.length);
  coeffs.forEach((c, k) => {
    expect(containsRational(c.re, rational(p[k]!, lead))).toBe(true);
    expect(R.containsZero(c.im)).toBe(true);
  });
  roots.forEach(({ ball, real }, i) => {
    expect(real).toBe(isExact(ball.im) && R.sign(ball.im) === 0);
    if (!real) expect(R.containsZero(ball.im)).toBe(false);
    for (let j = 0; j < i; j++) expect(C.overlaps(ball, roots[j]!.ball)).toBe(false);
    const size = R.upper(C.absUpper(ball));
    const allowed = QQ.mul(size, QQ.pow(rational(10), -digits));
    expect(QQ.compare(R.radiusRational(ball.re), allowed)).not.toBe(1);
    expect(QQ.compare(R.radiusRational(ball.im), allowed)).not.toBe(1);
  });
  const upper = roots.filter((root) => !root.real && R.sign(root.ball.im) === 1);
  for (const { ball, multiplicity } of upper) {
    const mirrored = roots.filter((other) => C.overlaps(other.ball, C.conj(ball)));
    expect(mirrored.map((other) => other.multiplicity)).toEqual([multiplicity]);
  }
}

describe("complex roots of exact polynomials", () => {
  test("random polynomials with repeated factors: rebuilt from their roots; as many real ones as Descartes finds", () => {
    const small = fc.bigInt({ min: -20n, max: 20n });
    const factor = fc.array(small, { minLength: 2, maxLength: 6 }).map((c) => integerPoly.trim(c));
    const powers = fc.array(fc.tuple(factor, fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 3 });
    let repeated = 0;
    fc.assert(
      fc.property(powers, fc.constantFrom(5, 16, 40), (list, digits) => {
        const p = product(list.flatMap(([f, k]) => Array.from({ length: k }, () => f)));
        fc.pre(p.length > 1);
        const roots = complexRoots(p, { digits });
        check(p, roots, digits);
        const real = realRoots(p);
        expect(roots.filter((root) => root.real).map((root) => root.multiplicity)).toEqual(
          real.map((r) => r.multiplicity),
        );
        if (roots.some((root) => root.multiplicity > 1)) repeated++;
      }),
      { numRuns: 40 },
    );
    expect(repeated).toBeGreaterThan(5);
  });

  test("roots of unity", () => {
    const n = 24;
    const roots = complexRoots([-1n, ...Array<bigint>(n - 1).fill(0n), 1n]);
    check([-1n, ...Array<bigint>(n - 1).fill(0n), 1n], roots, 16);
    const C = complexBalls(80);
    for (const { ball } of roots) {
      const power = C.powInt(ball, n);
      expect(containsRational(power.re, rational(1)) && containsRational(power.im, rational(0))).toBe(true);
    }
    expect(roots.filter((root) => root.real).length).toBe(2);
  });

  test("Wilkinson's polynomial of degree 20", () => {
    const p = product(Array.from({ length: 20 }, (_, k) => [-BigInt(k + 1), 1n]));
    const roots = complexRoots(p);
    check(p, roots, 16);
    roots.forEach(({ ball, real }, k) => {
      expect(real).toBe(true);
      expect(containsRational(ball.re, rational(k + 1))).toBe(true);
    });
  });

  test("Mignotte's polynomial: two real roots at a distance of about 1e-110", () => {
    // x^20 − 2 (10^10 x − 1)²
    const p: bigint[] = Array<bigint>(21).fill(0n);
    p[20] = 1n;
    p[0] = -2n;
    p[1] = 4n * 10n ** 10n;
    p[2] = -2n * 10n ** 20n;
    const roots = complexRoots(p);
    check(p, roots, 16);
    const real = roots.filter((root) => root.real);
    expect(real.map(({ ball }) => Number(realBalls(64).midpointRational(ball.re).num) !== 0)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(realRoots(p).length).toBe(4);
  });

  test("roots from 1e-200 to 1e200, and a thousand digits", () => {
    const scales = [-200n, -100n, -1n, 0n, 100n, 200n];
    const p = product(scales.map((e) => (e < 0n ? [-3n, 10n ** -e] : [-3n * 10n ** e, 1n])));
    const roots = complexRoots(p);
    check(p, roots, 16);
    scales.forEach((e, k) => {
      const value = QQ.mul(rational(3), QQ.pow(rational(10), Number(e)));
      expect(roots.some(({ ball }) => containsRational(ball.re, value)) && roots[k]!.real).toBe(true);
    });
    const spread = product([
      [10n ** 200n, 1n, 10n ** 180n],
      [1n, 10n ** 150n, 10n ** 301n],
    ]);
    check(spread, complexRoots(spread), 16);
    const golden = complexRoots([-1n, -1n, 1n], { digits: 1000 });
    check([-1n, -1n, 1n], golden, 1000);
  });

  test("random coefficients: degree 40 to 200 digits, and coefficients of 1000 bits", () => {
    const random = seededRandom(2026);
    const integer = (bits: number): bigint => {
      let value = 0n;
      for (let k = 0; k < bits; k += 25) value = (value << 25n) | BigInt(Math.floor(random.uniform() * 2 ** 25));
      return random.uniform() < 0.5 ? -value - 1n : value + 1n;
    };
    for (const [degree, bits, digits] of [
      [40, 10, 200],
      [40, 10, 50],
      [30, 1000, 30],
      [90, 30, 20],
    ] as const) {
      const p = Array.from({ length: degree + 1 }, () => integer(bits));
      check(p, complexRoots(p, { digits }), digits);
    }
  });

  test("clusters, and clusters inside clusters", () => {
    const power = (p: IntegerPoly, n: number): IntegerPoly => product(Array.from({ length: n }, () => p));
    const scaled = (p: IntegerPoly, c: bigint): IntegerPoly => p.map((a) => a * c);
    const ring = (p: IntegerPoly, n: number, c: bigint): IntegerPoly => integerPoly.add(scaled(power(p, n), c), [1n]);
    const small = 10n ** 30n;
    const cases: IntegerPoly[] = [
      ring([-1n, 1n], 12, small),
      ring([-3n, 7n], 20, 10n ** 100n),
      integerPoly.mul(ring([-1n, 1n], 6, small ** 2n), ring([-small - 1n, small], 3, small ** 2n)),
      // Two roots at a distance of 1e-150 beside six that are far away.
      integerPoly.add(
        integerPoly.mul(power([-1n, 3n], 2), [1n, 0n, 0n, 0n, 0n, 0n, 1n]).map((a) => a * 10n ** 300n),
        [0n, 1n],
      ),
    ];
    for (const p of cases) check(p, complexRoots(p, { digits: 20 }), 20);
  });

  test("a budget stops the search", () => {
    const p = product(Array.from({ length: 20 }, (_, k) => [-BigInt(k + 1), 1n]));
    expect(() => complexRoots(p, { digits: 2000 }, createBudget({ limit: 10 }))).toThrow(LimitError);
  });

  for (const { name, coefficients, roots } of golden.cases) {
    test(`the roots that PARI/GP finds: ${name}`, () => {
      const found = complexRoots(coefficients.map(BigInt), { digits: 50 });
      const C = complexBalls(300);
      const R = realBalls(300);
      const left = new Set(found.keys());
      for (const [re, im] of roots as [string, string][]) {
        const point = C.fromRationals(parseRational(re), parseRational(im));
        const near = C.inflate(point, R.mul(C.absUpper(point), R.fromRational(parseRational("1e-45"))));
        const match = [...left].find((k) => C.overlaps(found[k]!.ball, near) && found[k]!.real === (im === "0"));
        expect(match).toBeDefined();
        left.delete(match!);
      }
      expect(left.size).toBe(0);
    });
  }

  test("order, symmetry, rational and zero roots", () => {
    const p = parsePolynomial("x^2*(x - 1)^3*(x^2 + 1)*(x^2 - 2*x + 5)^2");
    const roots = complexRoots(p, { digits: 10 });
    expect(roots.map((root) => root.multiplicity)).toEqual([2, 3, 1, 1, 2, 2]);
    expect(roots.map((root) => root.real)).toEqual([true, true, false, false, false, false]);
    const R = realBalls(64);
    expect(roots.slice(2).map(({ ball }) => R.sign(ball.im))).toEqual([1, -1, 1, -1]);
    expect(isExact(roots[0]!.ball.re) && isExact(roots[1]!.ball.re)).toBe(true);
    expect(complexRoots([5n])).toEqual([]);
    expect(() => complexRoots([])).toThrow(DomainError);
    expect(() => complexRoots(parsePolynomial("x + y"))).toThrow(DomainError);
    expect(() => complexRoots([1n, 1n], { digits: 0 })).toThrow(DomainError);
  });

  test("the real roots agree with those by Descartes' rule of signs", () => {
    const p: IntegerPoly = [7n, -3n, 0n, -11n, 2n, 5n, 0n, 1n, -1n];
    const real = complexRoots(p).filter((root) => root.real);
    const R = realBalls(64);
    const expected = realRoots(p).map(({ root }) => algebraicToNumber(root));
    expect(real.length).toBe(expected.length);
    real.forEach(({ ball }, k) => {
      expect(R.overlaps(ball.re, R.inflate(R.fromNumber(expected[k]!), R.fromNumber(1e-14)))).toBe(true);
    });
  });
});

test("an algebraic number as a ball", () => {
  const R = realBalls(200);
  for (const { root } of realRoots([-2n, 0n, 0n, 1n])) {
    const ball = algebraicToBall(root, 200);
    expect(containsRational(R.powInt(ball, 3), rational(2))).toBe(true);
    expect(QQ.compare(R.radiusRational(ball), QQ.pow(rational(2), -196))).toBe(-1);
  }
  for (const { root } of realRoots([0n, 3n, -8n])) {
    const ball = algebraicToBall(root, 64);
    expect(isExact(ball) && containsRational(ball, root.lower)).toBe(true);
  }
});

describe("roots of polynomials with ball coefficients", () => {
  test("each ball holds one root of every polynomial in the coefficients", () => {
    const C = complexBalls(80);
    const R = realBalls(80);
    const ratio = fc
      .tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 9 }))
      .map(([n, d]) => rational(n, d));
    const root = fc.tuple(ratio, ratio);
    let separated = 0;
    fc.assert(
      fc.property(fc.array(root, { minLength: 1, maxLength: 7 }), fc.integer({ min: 20, max: 200 }), (list, e) => {
        const distinct =
          new Set(list.map(([re, im]) => `${re.num}/${re.den} ${im.num}/${im.den}`)).size === list.length;
        const balls = list.map(([re, im]) => ({ ball: C.fromRationals(re, im), multiplicity: 1 }));
        const coeffs = rebuilt(balls).map((c) => C.inflate(c, R.scaleByPowerOfTwo(R.one, -e)));
        const outcome = complexRootsOfBalls(coeffs, 80);
        if (!distinct) expect(outcome.kind).toBe("unable");
        if (outcome.kind !== "ok") return;
        separated++;
        expect(outcome.value.length).toBe(list.length);
        for (const [re, im] of list) {
          const holding = outcome.value.filter((b) => containsRational(b.re, re) && containsRational(b.im, im));
          expect(holding.length).toBe(1);
        }
      }),
      { numRuns: 60 },
    );
    expect(separated).toBeGreaterThan(30);
  });

  test("what cannot be separated is not guessed", () => {
    const C = complexBalls(64);
    const integers = (list: readonly number[]): ComplexBall[] => list.map((n) => C.fromInteger(n));
    expect(complexRootsOfBalls(integers([1, -2, 1]), 64).kind).toBe("unable");
    expect(complexRootsOfBalls(integers([0, 0, 1, 1]), 64).kind).toBe("unable");
    expect(complexRootsOfBalls(integers([1, 1, 0]), 64).kind).toBe("unable");
    expect(complexRootsOfBalls([], 64).kind).toBe("unable");
    const wide = integers([-1, 0, 1]).map((c) => C.inflate(c, realBalls(64).fromNumber(0.9)));
    expect(complexRootsOfBalls(wide, 64).kind).toBe("unable");
    expect(orThrow(complexRootsOfBalls(integers([3]), 64))).toEqual([]);
    expect(orThrow(complexRootsOfBalls(integers([0, -1, 1]), 64)).length).toBe(2);
  });

  test("narrow coefficients give narrow balls", () => {
    const C = complexBalls(80);
    const balls = orThrow(complexRootsOfBalls([C.fromRational(rational(-1, 3)), C.one, C.i, C.one], 80));
    for (const ball of balls) {
      const width = realBalls(80).radiusRational(ball.re);
      expect(QQ.compare(width, QQ.pow(rational(2), -66))).toBe(-1);
    }
  });
});
