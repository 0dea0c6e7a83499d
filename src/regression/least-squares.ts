import { Matrix, SingularValueDecomposition } from "ml-matrix";

/** A residual at a place, and minus its derivative there, a column for every coordinate, made when it is asked for. */
export interface Linearised {
  readonly residual: Float64Array;
  jacobian(): readonly Float64Array[];
}

/** Where an iteration of {@link minimiseSquares} ended. */
export interface Minimum<L extends Linearised> {
  readonly at: readonly number[];
  /** The sum of squares. */
  readonly sum: number;
  readonly found: L;
  /** Minus the derivative of the residual where the last round began, a column for every coordinate. */
  readonly jacobian: readonly Float64Array[];
}

/** Curvature that the sum is given in every coordinate: one that hardly matters stays where it is. */
const stiffness = 1e-2;
/** A round that gains less than this, in units of the noise, or so small a share of the sum, is the last. */
const leastGain = 1e-4;
const leastShare = 1e-6;

/**
 * A local minimum of |residual(x)|² by Levenberg–Marquardt. Steps are shortened to at most 1.5 in every coordinate, so logarithms are good coordinates. Ends when a round gains less than 1e-4 and less than 1e-6 of the
 * sum, or after `rounds`.
 */
export function minimiseSquares<L extends Linearised>(
  evaluate: (x: readonly number[]) => L,
  start: readonly number[],
  rounds: number,
): Minimum<L> {
  let at = start;
  let jacobian: readonly Float64Array[] = [];
  let found = evaluate(start);
  let sum = squares(found.residual);
  let damping = 1e-2;
  for (let round = 0; round < rounds && at.length > 0; round++) {
    jacobian = found.jacobian();
    const gram = gramOf([...jacobian, found.residual]);
    let gain = 0;
    for (let attempt = 0; attempt < 9 && gain === 0; attempt++) {
      const step = solveNormal(gram, [...at.keys()], at.length, damping, stiffness);
      if (step === undefined) break;
      const longest = step.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const shrink = longest > 1.5 ? 1.5 / longest : 1;
      const next = at.map((value, k) => value + shrink * step[k]!);
      const there = evaluate(next);
      const total = squares(there.residual);
      if (total < sum) {
        gain = sum - total;
        [at, found, sum] = [next, there, total];
        damping = Math.max(1e-10, damping / 6);
      } else damping *= 5;
    }
    if (gain < Math.max(leastGain, leastShare * sum)) break;
  }
  return { at, sum, found, jacobian };
}

/** Where an iteration of {@link levenbergMarquardt} ended, as plain data. */
export interface LeastSquares extends Omit<Minimum<Linearised>, "found"> {
  /** Of the Jacobian, columns scaled to norm one. */
  readonly condition: number;
}

/** {@link minimiseSquares} with a forward-difference Jacobian. */
export function levenbergMarquardt(
  residual: (x: readonly number[]) => Float64Array,
  start: readonly number[],
  rounds: number,
): LeastSquares {
  const evaluate = (x: readonly number[]): Linearised => {
    const here = residual(x);
    const derivative = (value: number, k: number): Float64Array => {
      const step = 1e-6 * Math.max(1, Math.abs(value));
      return residual(x.with(k, value + step)).map((after, r) => (here[r]! - after) / step);
    };
    return { residual: here, jacobian: () => x.map(derivative) };
  };
  const { at, sum, jacobian } = minimiseSquares(evaluate, start, rounds);
  return { at, sum, condition: equilibratedCondition(jacobian), jacobian };
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let k = 0; k < a.length; k++) total += a[k]! * b[k]!;
  return total;
}

/** The inner products of columns, row after row. */
export interface Gram {
  readonly size: number;
  readonly entries: Float64Array;
}

export function gramOf(columns: readonly Float64Array[]): Gram {
  const size = columns.length;
  const entries = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const product = dot(columns[i]!, columns[j]!);
      entries[i * size + j] = product;
      entries[j * size + i] = product;
    }
  }
  return { size, entries };
}

/** A column that depends on others but for this share of its square has no coefficient of its own. */
const dependent = 1e-13;

/**
 * The x that minimises |Σ x_k a_k − b|² + Σ (damping·|a_k|² + stiffness) x_k², in the order of the columns a_k, by Cholesky's decomposition of their Gram matrix, of which b is one more column; undefined where
 * a column depends on those before it.
 */
function solveNormal(
  { size, entries }: Gram,
  columns: readonly number[],
  right: number,
  damping = 0,
  stiffness = 0,
): Float64Array | undefined {
  const count = columns.length;
  const lower = new Float64Array(count * count);
  const x = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const row = columns[i]! * size;
    const square = entries[row + columns[i]!]!;
    let rest = entries[row + right]!;
    let pivot = square * (1 + damping) + stiffness;
    for (let j = 0; j < i; j++) {
      let value = entries[row + columns[j]!]!;
      for (let k = 0; k < j; k++) value -= lower[i * count + k]! * lower[j * count + k]!;
      value /= lower[j * count + j]!;
      lower[i * count + j] = value;
      pivot -= value * value;
      rest -= value * x[j]!;
    }
    if (!(pivot > dependent * square)) return undefined;
    lower[i * count + i] = Math.sqrt(pivot);
    x[i] = rest / lower[i * count + i]!;
  }
  for (let i = count - 1; i >= 0; i--) {
    for (let k = i + 1; k < count; k++) x[i]! -= lower[k * count + i]! * x[k]!;
    x[i]! /= lower[i * count + i]!;
  }
  return x;
}

/** Orthonormal columns and the square triangle R with A = Q R, by Gram–Schmidt with every column cleared twice; where columns depend on those before them, Q and R have zeros. */
function orthogonalise(columns: readonly Float64Array[]): {
  readonly units: readonly Float64Array[];
  readonly triangle: Matrix;
} {
  const units: Float64Array[] = [];
  const triangle = Matrix.zeros(columns.length, columns.length);
  columns.forEach((column, k) => {
    const rest = column.slice();
    for (let pass = 0; pass < 2; pass++) {
      units.forEach((unit, i) => {
        triangle.set(i, k, triangle.get(i, k) + clear(rest, unit));
      });
    }
    const length = Math.sqrt(dot(rest, rest));
    triangle.set(k, k, length);
    units.push(rest.map((value) => (length > 0 ? value / length : 0)));
  });
  return { units, triangle };
}

/** Subtracts the part of a vector along a unit vector, and returns its length. */
function clear(vector: Float64Array, unit: Float64Array): number {
  const part = dot(unit, vector);
  for (let r = 0; r < vector.length; r++) vector[r]! -= part * unit[r]!;
  return part;
}

/** The square R of a QR decomposition of the matrix with the given columns, which has its right singular vectors. */
export function triangularFactor(columns: readonly Float64Array[]): Matrix {
  return orthogonalise(columns).triangle;
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

/** The orthogonal projection onto the span of columns; one that nearly depends on those before it adds nothing. */
export function projectionOnto(columns: readonly Float64Array[]): (vector: Float64Array) => Float64Array {
  const { units, triangle } = orthogonalise(columns);
  const basis = units.filter((_, k) => triangle.get(k, k) > 1e-9 * Math.sqrt(dot(columns[k]!, columns[k]!)));
  return (vector) => {
    const rest = vector.slice();
    for (const unit of basis) clear(rest, unit);
    return vector.map((value, r) => value - rest[r]!);
  };
}

function squares(values: Float64Array): number {
  const total = dot(values, values);
  return Number.isFinite(total) ? total : Number.POSITIVE_INFINITY;
}

/** The condition number of a matrix given by its columns, after scaling them to norm one. */
export function equilibratedCondition(columns: readonly Float64Array[]): number {
  if (columns.length === 0) return 1;
  const scaled = columns.map((column) => {
    const norm = Math.sqrt(dot(column, column)) || 1;
    return column.map((value) => value / norm);
  });
  const values = new SingularValueDecomposition(triangularFactor(scaled)).diagonal;
  return values[0]! / (values.at(-1)! || Number.MIN_VALUE);
}

/**
 * The x that minimises |Σ x_k a_k − b|², in the order of the columns a_k, with x_k ≥ 0 for all but the first `free` of them, by the active-set method of Lawson and Hanson (Solving Least Squares Problems, 1974, chapter 23) in the form of Bro and
 * de Jong (J. Chemometrics 11 (1997) 393), to which the Gram matrix of the columns and b is all: many subsets of the same columns are solved for little.
 *
 * @param right the place of b among the columns of the Gram matrix.
 */
export function solveNonNegative(
  gram: Gram,
  columns: readonly number[],
  right: number,
  free: number,
): { readonly x: Float64Array; readonly sum: number } {
  const { size, entries } = gram;
  const count = columns.length;
  let x = new Float64Array(count);
  let passive: number[] = [];
  /** The scalar product of a column with what is left of b. */
  const left = (column: number): number => {
    let rest = entries[column * size + right]!;
    for (const k of passive) rest -= entries[column * size + columns[k]!]! * x[k]!;
    return rest;
  };
  /** Least squares on the passive set, leaving out what would turn negative; false when the newcomer has to go at once. */
  const settle = (newcomer: number): boolean => {
    passive.push(newcomer);
    for (;;) {
      const solution = solveNormal(
        gram,
        passive.map((k) => columns[k]!),
        right,
      );
      const refused = (k: number, i: number): boolean => k >= free && !(solution![i]! > 0);
      if (solution === undefined || (x[newcomer] === 0 && refused(newcomer, passive.indexOf(newcomer)))) {
        passive = passive.filter((k) => k !== newcomer);
        return false;
      }
      if (!passive.some(refused)) {
        x = new Float64Array(count);
        passive.forEach((k, i) => {
          x[k] = solution[i]!;
        });
        return true;
      }
      // As far towards the solution as all stay positive: the first to reach 0 leaves.
      const reach = passive.map((k, i) => (refused(k, i) ? x[k]! / (x[k]! - solution[i]!) : Number.POSITIVE_INFINITY));
      const fraction = Math.min(...reach);
      passive.forEach((k, i) => {
        x[k] = reach[i]! > fraction ? x[k]! + fraction * (solution[i]! - x[k]!) : 0;
      });
      passive = passive.filter((_, i) => reach[i]! > fraction);
    }
  };
  for (let k = 0; k < free; k++) settle(k);
  const whole = entries[right * size + right]!;
  for (let round = 0; round < 3 * count; round++) {
    let best = -1;
    let steepest = 1e-9 * Math.sqrt(whole);
    for (let k = free; k < count; k++) {
      if (passive.includes(k)) continue;
      const column = columns[k]!;
      const slope = left(column) / Math.sqrt(entries[column * size + column]!);
      if (slope > steepest) [best, steepest] = [k, slope];
    }
    if (best < 0 || !settle(best)) break;
  }
  const explained = passive.reduce((sum, k) => sum + x[k]! * entries[columns[k]! * size + right]!, 0);
  return { x, sum: Math.max(0, whole - explained) };
}
