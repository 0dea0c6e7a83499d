import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Complex,
  exactArithmetic,
  type LocalExpansion,
  machineArithmetic,
  roundedArithmetic,
  tableOf,
} from "../../src/curve/index.js";
import { QQ, type Rational, rational, rationalFromNumber, rationalToNumber } from "../../src/rings/index.js";

interface Gaussian {
  readonly re: Rational;
  readonly im: Rational;
}

const gaussian = ({ re, im }: Complex): Gaussian => ({ re: rationalFromNumber(re), im: rationalFromNumber(im) });
const sum = (a: Gaussian, b: Gaussian): Gaussian => ({ re: QQ.add(a.re, b.re), im: QQ.add(a.im, b.im) });
const product = (a: Gaussian, b: Gaussian): Gaussian => ({
  re: QQ.sub(QQ.mul(a.re, b.re), QQ.mul(a.im, b.im)),
  im: QQ.add(QQ.mul(a.re, b.im), QQ.mul(a.im, b.re)),
});
const zero: Gaussian = { re: QQ.zero, im: QQ.zero };
const modulus = (a: Gaussian): number => Math.hypot(rationalToNumber(a.re), rationalToNumber(a.im));

/** `[j][i]` multiplies v^j u^i. */
type Table = Gaussian[][];

const multiply = (a: Table, b: Table): Table => {
  const result: Table = Array.from({ length: a.length + b.length - 1 }, () => []);
  a.forEach((row, j) => {
    row.forEach((x, i) => {
      b.forEach((other, l) => {
        other.forEach((y, k) => {
          const target = result[j + l]!;
          while (target.length <= i + k) target.push(zero);
          target[i + k] = sum(target[i + k]!, product(x, y));
        });
      });
    });
  });
  return result;
};

/** |a_{ji}| for P(z + u, m + tangent·u + v) = Σ a_{ji} u^i v^j, multiplied out in exact rational arithmetic. */
function taylor(rows: readonly (readonly bigint[])[], z: Complex, m: Complex, tangent: Complex): number[][] {
  return composed(rows, z, [gaussian(m), gaussian(tangent)]);
}

/** The same with a polynomial in u, `[k]` multiplies u^k, instead of m + tangent·u. */
function composed(rows: readonly (readonly bigint[])[], z: Complex, ahead: readonly Gaussian[]): number[][] {
  const one: Gaussian = { re: QQ.one, im: QQ.zero };
  const base: Table = [[gaussian(z), one]];
  const fibre: Table = [[...ahead], [one]];
  let total: Table = [[zero]];
  // Horner's rule in m, then in z.
  for (const row of rows.toReversed()) {
    let value: Table = [[zero]];
    for (const c of row.toReversed()) {
      value = multiply(value, base);
      value[0]![0] = sum(value[0]![0]!, { re: rational(c), im: QQ.zero });
    }
    total = multiply(total, fibre);
    value[0]!.forEach((c, i) => {
      while (total[0]!.length <= i) total[0]!.push(zero);
      total[0]![i] = sum(total[0]![i]!, c);
    });
  }
  return total.slice(0, rows.length).map((row) => row.map(modulus));
}

const rows = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })).chain(([K, L]) =>
  fc
    .array(fc.array(fc.bigInt({ min: -1000n, max: 1000n }), { minLength: L + 1, maxLength: L + 1 }), {
      minLength: K + 1,
      maxLength: K + 1,
    })
    .filter((list) => list[K]!.some((c) => c !== 0n) && list.some((row) => row[L] !== 0n)),
);
/** Doubles of a few and of all 53 bits, down to 2^-60. */
const real = fc
  .tuple(
    fc.integer({ min: -(2 ** 26), max: 2 ** 26 }),
    fc.constantFrom(0, 0, 2 ** -27),
    fc.integer({ min: 22, max: 60 }),
  )
  .map(([high, low, exponent]) => (high + low) * 2 ** -exponent);
const point = fc.record({ re: real, im: fc.oneof(fc.constant(0), real) });

const horner = (c: readonly bigint[], { re, im }: Complex): Complex =>
  c.reduceRight((sum, x) => ({ re: sum.re * re - sum.im * im + Number(x), im: sum.re * im + sum.im * re }), {
    re: 0,
    im: 0,
  });
const divided = (a: Complex, b: Complex): Complex => {
  const norm = b.re * b.re + b.im * b.im;
  return { re: (a.re * b.re + a.im * b.im) / norm, im: (a.im * b.re - a.re * b.im) / norm };
};

/** Checks the bounds, divided by their common factor, and returns how many of them are close to what they bound. */
function checkBounds(exact: readonly (readonly number[])[], found: LocalExpansion, factor: number): number {
  let tight = 0;
  exact.forEach((row, j) => {
    row.forEach((a, i) => {
      const upper = (found.upper[j * found.width + i]! * 2 ** (-found.unit * i)) / factor;
      expect(upper).toBeGreaterThanOrEqual(a * (1 - 1e-15));
      if (i === 0) expect(found.lower[j]! / factor).toBeLessThanOrEqual(a * (1 + 1e-15));
      if (upper <= a * (1 + 1e-9)) tight++;
    });
  });
  return tight;
}

const count = (exact: readonly (readonly number[])[]): number => exact.reduce((n, row) => n + row.length, 0);

describe("Taylor coefficients with bounds, measured from the tangent", () => {
  test("in doubles: the bounds enclose the exact moduli and are mostly close to them", () => {
    let [tight, all] = [0, 0];
    fc.assert(
      fc.property(rows, point, point, (list, z, m) => {
        const found = machineArithmetic(tableOf(list)).expand(z, m);
        const exact = taylor(list, z, m, found.tangent);
        tight += checkBounds(exact, found, 1);
        all += count(exact);
      }),
      { numRuns: 60 },
    );
    expect(all).toBeGreaterThan(500);
    expect(tight / all).toBeGreaterThan(0.8);
  });

  test("in exact arithmetic: the same up to one common factor", () => {
    let [tight, all] = [0, 0];
    fc.assert(
      fc.property(rows, point, point, (list, z, m) => {
        const arithmetic = exactArithmetic(tableOf(list), 256);
        // These doubles have fewer binary places than 256, so nothing is rounded.
        expect(arithmetic.toComplex(arithmetic.fromComplex(m))).toEqual({ re: m.re + 0, im: m.im + 0 });
        const found = arithmetic.expand(z, arithmetic.fromComplex(m));
        const exact = taylor(list, z, m, found.tangent);
        // The coefficients of v^j alone do not feel the tangent; one of them, not zero, tells the factor.
        const known = exact.findLastIndex((row) => row[0]! > 0);
        if (known < 0) return;
        const factor = found.upper[known * found.width]! / exact[known]![0]! / (1 + 2e-15);
        tight += checkBounds(exact, found, factor);
        all += count(exact);
      }),
      { numRuns: 60 },
    );
    expect(all).toBeGreaterThan(500);
    expect(tight / all).toBeGreaterThan(0.8);
  });

  test("in integers of bounded length, most of what is below them rounded away: the same", () => {
    let [tight, all] = [0, 0];
    // m has no more places than are kept of it, and the products of z have many more than are kept.
    const coarse = fc.integer({ min: -(2 ** 24), max: 2 ** 24 }).map((n) => n * 2 ** -22);
    fc.assert(
      fc.property(rows, point, fc.record({ re: coarse, im: coarse }), (list, z, m) => {
        const arithmetic = roundedArithmetic(tableOf(list), 24);
        const found = arithmetic.expand(z, arithmetic.fromComplex(m));
        const exact = taylor(list, z, m, found.tangent);
        // The largest coefficient of some v^j tells the factor: little of it is lost.
        const heads = exact.map((row) => row[0]!);
        const known = heads.indexOf(Math.max(...heads));
        if (!(heads[known]! > 0)) return;
        const factor = found.upper[known * found.width]! / heads[known]! / (1 + 2e-15);
        tight += checkBounds(exact, found, factor);
        all += count(exact);
      }),
      { numRuns: 40 },
    );
    expect(all).toBeGreaterThan(300);
    expect(tight / all).toBeGreaterThan(0.8);
  });

  test("measured from a jet, where two sheets run side by side: the bounds enclose the exact moduli", () => {
    let [jets, tight, all] = [0, 0, 0];
    const small = fc.array(fc.bigInt({ min: -9n, max: 9n }), { minLength: 3, maxLength: 3 });
    const at = fc.integer({ min: -64, max: 64 }).map((n) => n / 32);
    fc.assert(
      fc.property(small, small, at, at, fc.constantFrom(1, 1e-3), (p, q, re, im, reach) => {
        const [z, value] = [{ re, im }, (c: readonly bigint[]) => horner(c, { re, im })];
        const bottom = value(q);
        if (Math.hypot(bottom.re, bottom.im) < 0.1) return;
        // 2^40 (q m − p)² = 1: m = p/q ± 2^-20/q.
        const unit = 2n ** 40n;
        const square = (a: readonly bigint[], b: readonly bigint[], factor: bigint): bigint[] =>
          Array.from({ length: 5 }, (_, n) => a.reduce((total, x, k) => total + factor * x * (b[n - k] ?? 0n), 0n));
        const constant = square(p, p, unit);
        constant[0]! -= 1n;
        const list = [constant, square(p, q, -2n * unit), square(q, q, unit)];
        const top = value(p);
        const m = divided({ re: top.re + 2 ** -20, im: top.im }, bottom);
        const arithmetic = roundedArithmetic(tableOf(list), 128);
        const found = arithmetic.expand(z, arithmetic.fromComplex(m), reach);
        const { jet } = found;
        if (jet === undefined) return;
        jets++;
        // A term is in units of 2^(mUnit − places − zUnit·k).
        const term = (n: bigint, k: number): Rational =>
          QQ.mul(rational(n), rationalFromNumber(2 ** (jet.mUnit - jet.places - jet.zUnit * k)));
        const ahead = jet.re.map((c, k) => ({ re: term(c, k), im: term(jet.im[k]!, k) }));
        const exact = composed(list, z, [gaussian(m), ...ahead.slice(1)]);
        const factor = found.upper[2 * found.width]! / exact[2]![0]! / (1 + 4e-15);
        exact.forEach((row, j) => {
          row.forEach((a, i) => {
            const upper = (found.upper[j * found.width + i]! * 2 ** (-found.unit * i)) / factor;
            expect(upper).toBeGreaterThanOrEqual(a * (1 - 1e-14));
            if (i === 0) expect(found.lower[j]! / factor).toBeLessThanOrEqual(a * (1 + 1e-14));
            if (upper <= a * (1 + 1e-9)) tight++;
            all++;
          });
        });
      }),
      { numRuns: 40 },
    );
    expect(jets).toBeGreaterThan(10);
    expect(tight / all).toBeGreaterThan(0.3);
  });

  test("what is rounded away entirely is still in the bound", () => {
    // 2^300 (m − z) + 1 over z = 1/2 at m = 1/2
    const table = tableOf([
      [1n, -(2n ** 300n)],
      [2n ** 300n, 0n],
    ]);
    const arithmetic = roundedArithmetic(table, 24);
    const { upper, lower, width } = arithmetic.expand({ re: 0.5, im: 0 }, arithmetic.fromComplex({ re: 0.5, im: 0 }));
    expect(upper[0]! / upper[width]!).toBeGreaterThanOrEqual(2 ** -300);
    expect(lower[0]).toBe(0);
  });

  test("at a root next to another one doubles know nothing and exact arithmetic does", () => {
    // (m − 1)(m − 1 − 2^-40) over z = 0, seen from 1 + 2^-51
    const scale = 2n ** 40n;
    const list = [
      [scale + 1n, 1n],
      [-2n * scale - 1n, 0n],
      [scale, 0n],
    ];
    const [z, m] = [
      { re: 0, im: 0 },
      { re: 1 + 2 ** -51, im: 0 },
    ];
    const machine = machineArithmetic(tableOf(list)).expand(z, m);
    expect(machine.lower[0]).toBe(0);
    const arithmetic = exactArithmetic(tableOf(list), 256);
    const exact = arithmetic.expand(z, arithmetic.fromComplex(m));
    const expected = taylor(list, z, m, exact.tangent);
    expect(exact.lower[0]).toBeGreaterThan(0);
    expect(exact.lower[0]! / exact.lower[1]! / (expected[0]![0]! / expected[1]![0]!)).toBeCloseTo(1, 12);
  });
});
