import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { describe, expect, test } from "vitest";
import { DomainError, seededRandom } from "../../src/core/index.js";
import {
  addMatrices,
  gram,
  haarOrthogonal,
  multiply,
  scaleMatrix,
  scaleRows,
  symmetricEigenvalues,
  tridiagonalEigenvalues,
} from "../../src/matrices/index.js";

const filled = (length: number, entry: (i: number) => number): Float64Array =>
  Float64Array.from({ length }, (_, i) => entry(i));

/** The same matrix with all its entries, row by row. */
function dense(diagonal: Float64Array, offDiagonal: Float64Array): Float64Array {
  const n = diagonal.length;
  const matrix = new Float64Array(n * n);
  for (const [i, value] of diagonal.entries()) matrix[i * n + i] = value;
  for (const [i, value] of offDiagonal.entries()) matrix[i * n + i + 1] = matrix[(i + 1) * n + i] = value;
  return matrix;
}

function expectClose(found: Float64Array, expected: ArrayLike<number>, tolerance: number): void {
  expect(found).toHaveLength(expected.length);
  const worst = found.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i]!)), 0);
  expect(worst).toBeLessThan(tolerance);
}

describe("eigenvalues of a tridiagonal matrix", () => {
  test.each([1, 2, 3, 10, 101, 2000])("Toeplitz, size %i: −2 cos(πk/(n + 1))", (n) => {
    const found = tridiagonalEigenvalues(new Float64Array(n), new Float64Array(n - 1).fill(-1));
    expectClose(
      found,
      filled(n, (i) => -2 * Math.cos((Math.PI * (i + 1)) / (n + 1))),
      2e-14,
    );
  });

  test("Wilkinson's matrix: pairs that agree to 14 digits", () => {
    // J. H. Wilkinson, The Algebraic Eigenvalue Problem (1965), page 309.
    const found = tridiagonalEigenvalues(
      filled(21, (i) => Math.abs(10 - i)),
      new Float64Array(20).fill(1),
    );
    expect(found[20]).toBeCloseTo(10.746194182903393, 13);
    expect(found[19]).toBeCloseTo(10.746194182903322, 13);
    expect(found[0]).toBeCloseTo(-1.125441522119985, 13);
  });

  test("Clement's matrix: the integers −n, −n + 2, …, n", () => {
    const n = 60;
    const found = tridiagonalEigenvalues(
      new Float64Array(n + 1),
      filled(n, (i) => Math.sqrt((i + 1) * (n - i))),
    );
    expectClose(
      found,
      filled(n + 1, (i) => 2 * i - n),
      1e-12,
    );
  });

  test.each([
    ["rising", (i: number) => i],
    ["falling", (i: number) => 17 - i],
  ])("a %s graded matrix keeps the relative accuracy of its small eigenvalues", (_, order) => {
    // D T D with D = diag(10^e): entries from 1e-12 to 1e5; the Sturm counts decide.
    const n = 18;
    const size = (i: number) => 10 ** (order(i) / 2 - 3);
    const diagonal = filled(n, (i) => 1e-6 * 4 * size(i) ** 2);
    const offDiagonal = filled(n - 1, (i) => 1e-6 * size(i) * size(i + 1));
    const found = tridiagonalEigenvalues(diagonal, offDiagonal);
    const below = (x: number): number => {
      let count = 0;
      let pivot = 1;
      for (let i = 0; i < n; i++) {
        pivot = diagonal[i]! - x - (i === 0 ? 0 : offDiagonal[i - 1]! ** 2 / pivot);
        if (pivot < 0) count++;
      }
      return count;
    };
    for (const [k, value] of found.entries()) {
      expect(below(value * (1 - 1e-12))).toBe(k);
      expect(below(value * (1 + 1e-12))).toBe(k + 1);
    }
  });

  test("blocks that are decoupled, zero matrices and matrices of any scale", () => {
    expect([...tridiagonalEigenvalues(Float64Array.of(3, 1, 2), Float64Array.of(0, 0))]).toEqual([1, 2, 3]);
    expect([...tridiagonalEigenvalues(new Float64Array(3), new Float64Array(2))]).toEqual([0, 0, 0]);
    expect(tridiagonalEigenvalues(new Float64Array(), new Float64Array())).toHaveLength(0);
    for (const scale of [1e-300, 1e300]) {
      const found = tridiagonalEigenvalues(new Float64Array(5), new Float64Array(4).fill(scale));
      expectClose(
        found.map((value) => value / scale),
        [-Math.sqrt(3), -1, 0, 1, Math.sqrt(3)],
        1e-15,
      );
    }
  });

  test("the inputs are kept", () => {
    const [diagonal, offDiagonal] = [Float64Array.of(2, 2, 1), Float64Array.of(1, 3)];
    tridiagonalEigenvalues(diagonal, offDiagonal);
    expect([...diagonal, ...offDiagonal]).toEqual([2, 2, 1, 1, 3]);
  });

  test("what is no matrix is refused", () => {
    expect(() => tridiagonalEigenvalues(new Float64Array(3), new Float64Array(3))).toThrow(
      "a tridiagonal matrix with 3 diagonal entries has 2 off-diagonal ones; got 3",
    );
    for (const bad of [Number.NaN, Number.NEGATIVE_INFINITY]) {
      expect(() => tridiagonalEigenvalues(Float64Array.of(1, 2), Float64Array.of(bad))).toThrow(DomainError);
      expect(() => symmetricEigenvalues(Float64Array.of(1, 0, bad, 2), 2)).toThrow(`finite numbers; got ${bad}`);
    }
    expect(() => symmetricEigenvalues(new Float64Array(5), 2)).toThrow("a matrix of size 2 has 4 entries; got 5");
  });
});

describe("dense matrices", () => {
  const a = { rows: 3, columns: 2, entries: Float64Array.of(1, 2, 3, 4, 5, 6) };
  const b = { rows: 2, columns: 3, entries: Float64Array.of(1, 0, 2, -1, 1, 0) };

  test("products, Gram matrices, sums and multiples", () => {
    expect([...multiply(a, b).entries]).toEqual([-1, 2, 2, -1, 4, 6, -1, 6, 10]);
    expect([...gram(a).entries]).toEqual([5, 11, 17, 11, 25, 39, 17, 39, 61]);
    expect([...gram(b).entries]).toEqual([5, -1, -1, 2]);
    expect([...addMatrices(a, scaleMatrix(a, 2)).entries]).toEqual([3, 6, 9, 12, 15, 18]);
    expect([...scaleRows(a, Float64Array.of(1, 0, -1)).entries]).toEqual([1, 2, 0, 0, -5, -6]);
  });

  test("that do not fit are refused", () => {
    expect(() => multiply(a, a)).toThrow("a matrix with 2 columns cannot be multiplied by one with 3 rows");
    expect(() => addMatrices(a, b)).toThrow("matrices of 3 x 2 and 2 x 3 entries have no sum");
  });
});

describe("eigenvalues of a symmetric matrix", () => {
  test("a random matrix of size 100 agrees with ml-matrix", () => {
    const random = seededRandom(3);
    for (const n of [1, 2, 3, 100]) {
      const matrix = new Float64Array(n * n);
      for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) matrix[i * n + j] = matrix[j * n + i] = random.normal();
      const other = new EigenvalueDecomposition(Matrix.from1DArray(n, n, matrix), { assumeSymmetric: true });
      const expected = other.realEigenvalues.sort((a, b) => a - b);
      expectClose(symmetricEigenvalues(matrix, n), expected, 1e-12);
    }
  });

  test("only the lower triangle is read", () => {
    expectClose(symmetricEigenvalues(Float64Array.of(2, Number.NaN, 1, 2), 2), [1, 3], 1e-15);
  });

  test("the tridiagonal matrices as dense ones, turned by an orthogonal matrix", () => {
    const n = 60;
    const diagonal = filled(n, (i) => 0.1 * i);
    const offDiagonal = filled(n - 1, (i) => 1 + 1 / (i + 1));
    const expected = tridiagonalEigenvalues(diagonal, offDiagonal);
    expectClose(symmetricEigenvalues(dense(diagonal, offDiagonal), n), expected, 1e-13);
    const turn = haarOrthogonal(n, seededRandom(5));
    const turned = multiply(turn, { rows: n, columns: n, entries: dense(diagonal, offDiagonal) });
    const back = { rows: n, columns: n, entries: filled(n * n, (k) => turn.entries[(k % n) * n + Math.floor(k / n)]!) };
    expectClose(symmetricEigenvalues(multiply(turned, back).entries, n), expected, 1e-13);
    expectClose(
      gram(turn).entries,
      filled(n * n, (k) => (k % (n + 1) === 0 ? 1 : 0)),
      1e-13,
    );
  });

  test("Hilbert's matrix of size 8: trace, and determinant to the accuracy of the smallest eigenvalue", () => {
    const found = symmetricEigenvalues(
      filled(64, (k) => 1 / ((k % 8) + Math.floor(k / 8) + 1)),
      8,
    );
    expect(found.reduce((sum, value) => sum + value)).toBeCloseTo(
      [1, 3, 5, 7, 9, 11, 13, 15].reduce((sum, k) => sum + 1 / k, 0),
      14,
    );
    expect(found[0]! / 1.1115389663725e-10).toBeCloseTo(1, 5);
    // Householder reflections of a matrix of rank 1, and of one with equal eigenvalues.
    expectClose(symmetricEigenvalues(new Float64Array(25).fill(2), 5), [0, 0, 0, 0, 10], 1e-14);
    expectClose(
      symmetricEigenvalues(
        filled(16, (k) => (k % 5 === 0 ? 3 : 0)),
        4,
      ),
      [3, 3, 3, 3],
      1e-15,
    );
    for (const scale of [1e-200, 1e200]) {
      const scaled = symmetricEigenvalues(new Float64Array(9).fill(scale), 3);
      expect(scaled[2]! / scale).toBeCloseTo(3, 14);
    }
  });
});
