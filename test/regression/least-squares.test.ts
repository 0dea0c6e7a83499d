import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/index.js";
import { fitLevyCurves, sampleTransform, semicircleJets, weigh } from "../../src/regression/index.js";
import {
  gramOf,
  levenbergMarquardt,
  minimiseSquares,
  projectionOnto,
  solveNonNegative,
  triangularFactor,
} from "../../src/regression/least-squares.js";

const random = seededRandom(5);
const columnOf = (rows: number): Float64Array => Float64Array.from({ length: rows }, () => random.normal());

/** |Σ x_k a_k − b|². */
function distance(columns: readonly Float64Array[], x: ArrayLike<number>, b: Float64Array): number {
  return b.reduce((sum, value, r) => sum + (columns.reduce((s, a, k) => s + x[k]! * a[r]!, 0) - value) ** 2, 0);
}

/** The least distance over x with signs, by coordinate descent: slow, and nothing in common with an active set. */
function descended(columns: readonly Float64Array[], b: Float64Array, free: number): number {
  const x = columns.map(() => 0);
  const rest = b.slice();
  for (let round = 0; round < 2000; round++) {
    columns.forEach((a, k) => {
      const [slope, square] = [
        a.reduce((sum, value, r) => sum + value * rest[r]!, 0),
        a.reduce((sum, v) => sum + v * v, 0),
      ];
      const next = k < free ? x[k]! + slope / square : Math.max(0, x[k]! + slope / square);
      a.forEach((value, r) => {
        rest[r]! -= (next - x[k]!) * value;
      });
      x[k] = next;
    });
  }
  return distance(columns, x, b);
}

describe("solveNonNegative", () => {
  it("comes as near as coordinate descent, with the signs that are asked for", () => {
    for (let k = 0; k < 15; k++) {
      const [count, free] = [2 + (k % 5), k % 2];
      const columns = Array.from({ length: count }, () => columnOf(9));
      const b = columnOf(9);
      const { x, sum } = solveNonNegative(gramOf([...columns, b]), [...columns.keys()], count, free);
      expect(Array.from(x).every((value, i) => i < free || value >= 0)).toBe(true);
      expect(sum).toBeCloseTo(distance(columns, x, b), 9);
      expect(sum).toBeCloseTo(descended(columns, b, free), 6);
    }
  });

  it("takes some of the columns, and one of two that are the same", () => {
    const [a, b] = [columnOf(6), columnOf(6)];
    const right = a.map((value, r) => 2 * value + 3 * b[r]!);
    const gram = gramOf([columnOf(6), a, b, a, right]);
    const { x, sum } = solveNonNegative(gram, [1, 3, 2], 4, 0);
    expect(x[0]! + x[1]!).toBeCloseTo(2, 10);
    expect(x[2]).toBeCloseTo(3, 10);
    expect(sum).toBeLessThan(1e-10);
  });
});

describe("minimiseSquares", () => {
  it("finds the minimum of Rosenbrock's function, with a given derivative and with differences", () => {
    const residual = ([x, y]: readonly number[]): Float64Array => Float64Array.of(10 * (y! - x! * x!), 1 - x!);
    const jacobian = ([x]: readonly number[]): Float64Array[] => [Float64Array.of(20 * x!, 1), Float64Array.of(-10, 0)];
    const evaluate = (at: readonly number[]) => ({ residual: residual(at), jacobian: () => jacobian(at) });
    for (const { at } of [minimiseSquares(evaluate, [-1.2, 1], 200), levenbergMarquardt(residual, [-1.2, 1], 200)]) {
      // It ends where a round gains less than 1e-4.
      expect(Math.abs(at[0]! - 1)).toBeLessThan(0.02);
      expect(Math.abs(at[1]! - 1)).toBeLessThan(0.04);
    }
  });

  it("leaves a coordinate where it is on which nothing depends", () => {
    const { at } = levenbergMarquardt(([x]) => Float64Array.of(x! - 3, 1), [0, 7], 50);
    expect(at[0]).toBeCloseTo(3, 2);
    expect(at[1]).toBe(7);
  });
});

describe("orthogonal columns", () => {
  it("have the inner products of the matrix in the triangle, and project onto its span", () => {
    const columns = Array.from({ length: 4 }, () => columnOf(7));
    const triangle = triangularFactor(columns);
    const { size, entries } = gramOf(columns);
    const product = triangle.transpose().mmul(triangle);
    entries.forEach((value, k) => {
      expect(product.get(Math.floor(k / size), k % size)).toBeCloseTo(value, 12);
    });
    const project = projectionOnto([...columns, columns[0]!]);
    const [inside, other] = [columns[0]!.map((value, r) => value - 2 * columns[3]![r]!), columnOf(7)];
    project(inside).forEach((value, r) => {
      expect(value).toBeCloseTo(inside[r]!, 12);
    });
    const rest = project(other).map((value, r) => other[r]! - value);
    for (const column of columns)
      expect(column.reduce((sum, value, r) => sum + value * rest[r]!, 0)).toBeCloseTo(0, 12);
  });
});

describe("fitLevyCurves", () => {
  it("finds the jumps of a law from its own transform, and lists no more jumps than come nearer", () => {
    // m by Newton's iteration on z = −1/m + Σ rate t/(1 + t m), in place of the samples.
    const jumps = [
      { t: 0.5, rate: 1.5 },
      { t: 1.5, rate: 0.5 },
    ];
    const drawn = sampleTransform(Float64Array.from({ length: 1000 }, (_, k) => 0.02 + (4.3 * (k + 0.5)) / 1000));
    const [shift, dilation] = [drawn.shift, drawn.dilation].map(({ num, den }) => Number(num) / Number(den));
    const exact = weigh(drawn, semicircleJets(drawn), "even", 0.02);
    const unscaled = (j: number): [number, number] => [shift! + dilation! * drawn.zRe[j]!, dilation! * drawn.zIm[j]!];
    for (let j = 0; j < drawn.zRe.length; j++) {
      const [x, y] = unscaled(j);
      const m = branch(jumps, x, y);
      exact.mRe[j] = dilation! * m[0];
      exact.mIm[j] = dilation! * m[1];
    }
    const found = fitLevyCurves(exact, { drift: false, variance: false, positive: true }, {}, 4);
    const two = found.find(({ degrees }) => degrees.m === 3)!;
    const levy = two.draw(new Array<number>(two.coordinates).fill(0), 1).levy!;
    const sorted = [...levy.jumps].sort((a, b) => a.t - b.t);
    sorted.forEach(({ t, rate }, k) => {
      expect(t * dilation!).toBeCloseTo(jumps[k]!.t, 3);
      expect(rate).toBeCloseTo(jumps[k]!.rate, 2);
    });
    const misfits = found.map(({ misfit }) => misfit);
    expect(misfits[1]).toBeLessThan(1e-3);
    expect(misfits[0]).toBeGreaterThan(1);
  });
});

/** The branch −1/z at x + iy, from far above. */
function branch(jumps: readonly { t: number; rate: number }[], x: number, y: number): [number, number] {
  let [re, im] = [0, 1e-3];
  for (let height = 1000; height >= y; height = height > y ? Math.max(y, height / 1.2) : 0) {
    for (let round = 0; round < 50; round++) {
      const norm = re * re + im * im;
      let [vr, vi, sr, si] = [
        -re / norm - x,
        im / norm - height,
        (re * re - im * im) / norm ** 2,
        (-2 * re * im) / norm ** 2,
      ];
      for (const { t, rate } of jumps) {
        const [dr, di] = [1 + t * re, t * im];
        const size = dr * dr + di * di;
        vr += (rate * t * dr) / size;
        vi -= (rate * t * di) / size;
        sr -= (rate * t * t * (dr * dr - di * di)) / size ** 2;
        si += (rate * t * t * 2 * dr * di) / size ** 2;
      }
      const size = sr * sr + si * si;
      re -= (vr * sr + vi * si) / size;
      im -= (vi * sr - vr * si) / size;
    }
    if (height === y) break;
  }
  return [re, im];
}
