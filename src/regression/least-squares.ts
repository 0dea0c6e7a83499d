import { Matrix, QrDecomposition, SingularValueDecomposition, solve } from "ml-matrix";

/** Where an iteration of {@link levenbergMarquardt} ended. */
export interface LeastSquares {
  readonly at: readonly number[];
  /** The sum of squares. */
  readonly sum: number;
  /** Of the Jacobian there, columns scaled to norm one. */
  readonly condition: number;
  /** Minus the derivative of the residual, a column for every coordinate. */
  readonly jacobian: readonly Float64Array[];
}

/**
 * A local minimum of |residual(x)|² by Levenberg–Marquardt with a forward-difference Jacobian. Steps are shortened to at most 1.5 in every coordinate, so
 * logarithms are good coordinates. Ends when a round gains less than 1e-6 of the sum, or after `rounds`.
 */
export function levenbergMarquardt(
  residual: (x: readonly number[]) => Float64Array,
  start: readonly number[],
  rounds: number,
): LeastSquares {
  let x = start;
  let values = residual(x);
  let sum = squares(values);
  let damping = 1e-2;
  let jacobian: Float64Array[] = [];
  for (let round = 0; round < rounds && x.length > 0; round++) {
    jacobian = x.map((value, k) => {
      const step = 1e-6 * Math.max(1, Math.abs(value));
      return residual(x.with(k, value + step)).map((after, r) => (values[r]! - after) / step);
    });
    const normal = new Matrix(jacobian.map((a) => jacobian.map((b) => dot(a, b))));
    const gradient = Matrix.columnVector(jacobian.map((a) => dot(a, values)));
    let gain = 0;
    for (let attempt = 0; attempt < 9 && gain === 0; attempt++) {
      const damped = normal.clone();
      for (let k = 0; k < x.length; k++) damped.set(k, k, normal.get(k, k) * (1 + damping) + 1e-300);
      const step = solve(damped, gradient, true).to1DArray();
      const longest = step.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const shrink = longest > 1.5 ? 1.5 / longest : 1;
      const next = x.map((value, k) => value + shrink * step[k]!);
      const after = residual(next);
      const total = squares(after);
      if (total < sum) {
        gain = (sum - total) / sum;
        [x, values, sum] = [next, after, total];
        damping = Math.max(1e-10, damping / 6);
      } else damping *= 5;
    }
    if (gain < 1e-6) break;
  }
  return { at: x, sum, condition: equilibratedCondition(jacobian), jacobian };
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let total = 0;
  for (let k = 0; k < a.length; k++) total += a[k]! * b[k]!;
  return total;
}

/** The square R of a QR decomposition of the matrix with the given columns, which has its right singular vectors; rows of zeros fill up where there are too few. */
export function triangularFactor(columns: readonly ArrayLike<number>[]): Matrix {
  const missing = Math.max(0, columns.length - columns[0]!.length);
  const rows = columns.map((column) => [...Array.from(column), ...new Array<number>(missing).fill(0)]);
  return new QrDecomposition(new Matrix(rows).transpose()).upperTriangularMatrix;
}

/** A standard deviation beyond this in a coordinate (a logarithm, mostly) says that the data do not know it. */
const mostSpread = 1;

/** How sharply the data fix the coordinates of a least-squares problem whose rows have variance 1. */
export interface Sensitivity {
  /** The singular values of the Jacobian, the largest first: one over the standard deviations along its right singular vectors. */
  readonly values: readonly number[];
  /**
   * Maps independent standard normal numbers to a deviation of covariance (J* J)^-1, the spread of least-squares estimates. Directions that the data leave
   * open are cut at 1.
   */
  spread(normals: readonly number[]): number[];
}

export function sensitivityOf(jacobian: readonly Float64Array[]): Sensitivity {
  const count = jacobian.length;
  if (count === 0) return { values: [], spread: () => [] };
  const decomposition = new SingularValueDecomposition(triangularFactor(jacobian), {
    computeLeftSingularVectors: false,
  });
  const { diagonal: values, rightSingularVectors } = decomposition;
  return {
    values,
    spread: (normals) =>
      Array.from({ length: count }, (_, i) => {
        let sum = 0;
        for (let k = 0; k < count; k++) {
          sum += rightSingularVectors.get(i, k) * Math.min(mostSpread, 1 / values[k]!) * normals[k]!;
        }
        return sum;
      }),
  };
}

/** The orthogonal projection onto the span of columns, by Gram–Schmidt with every column cleared twice; a column that nearly depends on those before it is left out. */
export function projectionOnto(columns: readonly Float64Array[]): (vector: Float64Array) => Float64Array {
  const basis: Float64Array[] = [];
  const clear = (vector: Float64Array): void => {
    for (const unit of basis) {
      const part = dot(unit, vector);
      for (let r = 0; r < vector.length; r++) vector[r]! -= part * unit[r]!;
    }
  };
  for (const column of columns) {
    const rest = column.slice();
    const before = Math.sqrt(dot(rest, rest));
    clear(rest);
    clear(rest);
    const length = Math.sqrt(dot(rest, rest));
    if (length > 1e-9 * before) basis.push(rest.map((value) => value / length));
  }
  return (vector) => {
    const rest = vector.slice();
    clear(rest);
    return vector.map((value, r) => value - rest[r]!);
  };
}

function squares(values: Float64Array): number {
  const total = dot(values, values);
  return Number.isFinite(total) ? total : Number.POSITIVE_INFINITY;
}

/** The condition number of a matrix given by its columns, after scaling them to norm one. */
function equilibratedCondition(columns: readonly Float64Array[]): number {
  if (columns.length === 0) return 1;
  const scaled = columns.map((column) => {
    const norm = Math.sqrt(dot(column, column)) || 1;
    return Array.from(column, (value) => value / norm);
  });
  const values = new SingularValueDecomposition(triangularFactor(scaled)).diagonal;
  return values[0]! / (values.at(-1)! || Number.MIN_VALUE);
}

/**
 * The x ≥ 0 that minimises |A x − b|, A given by its columns, by the active-set method of Lawson and Hanson (1974, chapter 23) on the
 * triangular factor of A. Columns are scaled to norm one.
 */
export function solveNonNegative(columns: readonly ArrayLike<number>[], b: ArrayLike<number>): number[] {
  const count = columns.length;
  if (count === 0) return [];
  const norms = columns.map((column) => Math.sqrt(dot(column, column)) || 1);
  // [A b].
  const rows = b.length;
  const extended = new Matrix(rows, count + 1);
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < count; k++) extended.set(row, k, columns[k]![row]! / norms[k]!);
    extended.set(row, count, b[row]!);
  }
  // [A b] = Q R: distances are kept by working with R alone.
  const whole = rows > 2 * count ? new QrDecomposition(extended).upperTriangularMatrix : extended;
  const right = whole.getColumn(count);
  const small = whole.subMatrix(0, whole.rows - 1, 0, count - 1);
  const x = new Array<number>(count).fill(0);
  const passive = new Set<number>();
  const scale = Math.hypot(...right);
  for (let round = 0; round < 3 * count; round++) {
    const residual = right.map((value, row) => {
      let sum = value;
      for (const k of passive) sum -= small.get(row, k) * x[k]!;
      return sum;
    });
    let best = -1;
    let steepest = 1e-9 * scale;
    for (let k = 0; k < count; k++) {
      if (passive.has(k)) continue;
      let slope = 0;
      for (let row = 0; row < small.rows; row++) slope += small.get(row, k) * residual[row]!;
      if (slope > steepest) {
        steepest = slope;
        best = k;
      }
    }
    if (best < 0) break;
    passive.add(best);
    if (!settle(small, right, passive, x, best)) break;
  }
  return x.map((value, k) => value / norms[k]!);
}

/** Least squares on the passive set, leaving out what would turn negative; false when the newcomer has to go at once. */
function settle(small: Matrix, right: readonly number[], passive: Set<number>, x: number[], newcomer: number): boolean {
  for (;;) {
    const indices = [...passive];
    const part = small.subMatrixColumn(indices);
    const solution = leastSquares(part, right);
    const negative = indices.filter((_, j) => solution[j]! <= 0);
    if (negative.length === 0) {
      x.fill(0);
      indices.forEach((k, j) => {
        x[k] = solution[j]!;
      });
      return true;
    }
    if (negative.includes(newcomer) && x[newcomer] === 0) {
      passive.delete(newcomer);
      return false;
    }
    let fraction = 1;
    indices.forEach((k, j) => {
      if (solution[j]! <= 0) fraction = Math.min(fraction, x[k]! / (x[k]! - solution[j]!));
    });
    indices.forEach((k, j) => {
      x[k] = x[k]! + fraction * (solution[j]! - x[k]!);
      if (solution[j]! <= 0 && x[k]! <= 1e-14) {
        x[k] = 0;
        passive.delete(k);
      }
    });
    if (passive.size === indices.length) {
      const least = indices.reduce((a, k) => (x[k]! < x[a]! ? k : a), indices[0]!);
      x[least] = 0;
      passive.delete(least);
    }
  }
}

function leastSquares(matrix: Matrix, right: readonly number[]): number[] {
  const column = Matrix.columnVector(right);
  const qr = new QrDecomposition(matrix);
  if (qr.isFullRank()) return qr.solve(column).to1DArray();
  return new SingularValueDecomposition(matrix, { autoTranspose: true }).solve(column).to1DArray();
}
