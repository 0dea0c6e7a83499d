import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Complex,
  exactArithmetic,
  inclusionRadius,
  isolationRadius,
  machineArithmetic,
  tableOf,
} from "../../src/curve/index.js";

// Curves that are products of sheets m = f(z) with integer polynomials f: the fibre over any point is known without root-finding.
const sheet = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 3 });
const sheets = fc.array(sheet, { minLength: 1, maxLength: 4 });
const coordinate = fc.integer({ min: -64, max: 64 }).map((n) => n / 16);
const point = fc.record({ re: coordinate, im: coordinate });

const times = (a: Complex, b: Complex): Complex => ({ re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re });
const valueAt = (f: readonly number[], z: Complex): Complex =>
  f.reduceRight((sum: Complex, c) => ({ re: times(sum, z).re + c, im: times(sum, z).im }), { re: 0, im: 0 });

/** Rows of Π (m − f_i(z)). */
function product(factors: readonly (readonly number[])[]): bigint[][] {
  let rows: bigint[][] = [[1n]];
  for (const f of factors) {
    const next: bigint[][] = Array.from({ length: rows.length + 1 }, () => []);
    const accumulate = (j: number, i: number, c: bigint): void => {
      const row = next[j]!;
      while (row.length <= i) row.push(0n);
      row[i] = row[i]! + c;
    };
    rows.forEach((row, j) => {
      row.forEach((c, i) => {
        accumulate(j + 1, i, c);
        f.forEach((d, k) => {
          accumulate(j, i + k, -c * BigInt(d));
        });
      });
    });
    rows = next;
  }
  return rows;
}

/** How many of the sheets are within `radius` of m0 over z0 + u; undefined when one is on the border within rounding. */
function countWithin(
  factors: readonly (readonly number[])[],
  z: Complex,
  m: Complex,
  radius: number,
): number | undefined {
  let count = 0;
  for (const f of factors) {
    const value = valueAt(f, z);
    const away = Math.hypot(value.re - m.re, value.im - m.im);
    if (Math.abs(away - radius) < 1e-9 * (1 + radius)) return undefined;
    if (away < radius) count++;
  }
  return count;
}

describe("the inclusion test", () => {
  test("proves no wrong number of roots over any point of the base disc", () => {
    let decided = 0;
    let several = 0;
    fc.assert(
      fc.property(
        sheets,
        point,
        fc.record({ re: fc.double({ min: -0.2, max: 0.2, noNaN: true }), im: fc.constant(0.05) }),
        fc.constantFrom(0, 1e-3, 0.02, 0.1),
        fc.nat(3),
        (factors, z, offset, base, which) => {
          const nearest = valueAt(factors[which % factors.length]!, z);
          const m = { re: nearest.re + offset.re * base, im: nearest.im + offset.im };
          const local = machineArithmetic(tableOf(product(factors))).expand(z, m);
          for (let count = 1; count <= factors.length; count++) {
            const radius = inclusionRadius(local, base, count);
            if (radius === undefined) continue;
            const wide = isolationRadius(local, base, radius, count);
            expect(wide).toBeGreaterThanOrEqual(radius);
            for (let k = 0; k < 12; k++) {
              const angle = (2 * Math.PI * k) / 12;
              const size = k % 3 === 0 ? base : base * 0.6;
              const there = { re: z.re + size * Math.cos(angle), im: z.im + size * Math.sin(angle) };
              // The disc of the fibre moves along the tangent.
              const { tangent } = local;
              const [dx, dy] = [there.re - z.re, there.im - z.im];
              const centre = {
                re: m.re + tangent.re * dx - tangent.im * dy,
                im: m.im + tangent.re * dy + tangent.im * dx,
              };
              for (const r of [radius, wide]) {
                const found = countWithin(factors, there, centre, r);
                if (found === undefined) continue;
                expect(found).toBe(count);
                decided++;
                if (count > 1) several++;
              }
            }
          }
        },
      ),
      { numRuns: 300 },
    );
    // So many statements were made and checked; an inclusion test that never proves anything would pass otherwise.
    expect(decided).toBeGreaterThan(2000);
    expect(several).toBeGreaterThan(500);
  });

  test("succeeds where the roots are far apart and fails where they are not", () => {
    const local = (m: Complex) => machineArithmetic(tableOf(product([[0], [1]]))).expand({ re: 0, im: 0 }, m);
    expect(inclusionRadius(local({ re: 0.01, im: 0 }), 0)).toBeGreaterThan(0.01);
    expect(inclusionRadius(local({ re: 0.01, im: 0 }), 0)).toBeLessThan(0.02);
    // Half-way between two roots no disc around it holds one of them alone.
    expect(inclusionRadius(local({ re: 0.5, im: 0 }), 0)).toBeUndefined();
    expect(inclusionRadius(local({ re: 0.5, im: 0 }), 0, 2)).toBeGreaterThan(0.5);
    expect(inclusionRadius(local({ re: 0, im: 0 }), 0, 3)).toBeUndefined();
  });

  test("succeeds at an exact root, in doubles and in exact arithmetic", () => {
    // (m − 1)(m − 3) over any point, from 1; and (m − 1)² (m − 3) with two roots at once
    for (const [factors, count] of [
      [[[1], [3]], 1],
      [[[1], [1], [3]], 2],
    ] as const) {
      const table = tableOf(product(factors));
      const [z, m] = [
        { re: 0.375, im: 0.25 },
        { re: 1, im: 0 },
      ];
      const exact = exactArithmetic(table, 256);
      for (const local of [machineArithmetic(table).expand(z, m), exact.expand(z, exact.fromComplex(m))]) {
        expect(inclusionRadius(local, 0, count)).toBeLessThan(1e-6);
      }
    }
  });
});
