import { type Budget, DomainError, unlimited } from "../core/index.js";
import { largestEntry, powerOfTwoNear, tridiagonalEigenvalues } from "./tridiagonal-eigenvalues.js";

/** Entries that are read and written in about the time of a unit of work. */
const operationsPerUnit = 2000;

/**
 * All eigenvalues of a real symmetric matrix, given by its n² entries row by row and overwritten, in ascending order; of the
 * entries only those on and below the diagonal are read. Estimates in double precision: backward stable, with errors of some
 * units in the last place of the norm. Householder reduction to tridiagonal form, from the last row to the first, then
 * {@link tridiagonalEigenvalues}; 4n³/3 operations.
 *
 * @throws DomainError when there are not n² entries or one that is read is infinite or not a number.
 * @example symmetricEigenvalues(Float64Array.of(2, 0, 1, 2), 2) // 1, 3
 */
export function symmetricEigenvalues(matrix: Float64Array, n: number, budget: Budget = unlimited): Float64Array {
  if (matrix.length !== n * n)
    throw new DomainError(`a matrix of size ${n} has ${n * n} entries; got ${matrix.length}`);
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, largestEntry(matrix.subarray(i * n, i * n + i + 1)));
  if (largest === 0) return new Float64Array(n);
  const unit = powerOfTwoNear(largest);
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) matrix[i * n + j]! /= unit;
  const { diagonal, offDiagonal } = tridiagonalForm(matrix, n, budget);
  return tridiagonalEigenvalues(diagonal, offDiagonal, budget).map((value) => value * unit);
}

/**
 * The tridiagonal form of the matrix in its lower triangle. Every reflection I − v vᵀ/h takes a row's entries left of the
 * neighbour of the diagonal to zero and changes the rows above it by − v wᵀ − w vᵀ. That change waits for the next reflection u,
 * and one pass over the triangle then applies it and multiplies by u: each entry is read and written once a reflection.
 */
function tridiagonalForm(
  a: Float64Array,
  n: number,
  budget: Budget,
): { diagonal: Float64Array; offDiagonal: Float64Array } {
  const diagonal = new Float64Array(n);
  const offDiagonal = new Float64Array(Math.max(0, n - 1));
  let v = new Float64Array(n);
  let w = new Float64Array(n);
  let u = new Float64Array(n);
  let product = new Float64Array(n);
  for (let row = n - 1; row >= 0; row--) {
    budget.spend(row ** 2 / operationsPerUnit, "computing the eigenvalues of a matrix");
    const base = row * n;
    const [vRow, wRow] = [v[row]!, w[row]!];
    for (let j = 0; j <= row; j++) u[j] = a[base + j]! - vRow * w[j]! - wRow * v[j]!;
    diagonal[row] = u[row]!;
    if (row === 0) break;
    const h = reflection(u, row, offDiagonal);
    updateAndMultiply(a, n, row, v, w, u, product);
    if (h > 0) {
      let dot = 0;
      for (let j = 0; j < row; j++) {
        product[j]! /= h;
        dot += product[j]! * u[j]!;
      }
      const half = dot / (2 * h);
      for (let j = 0; j < row; j++) product[j]! -= half * u[j]!;
    }
    [v, u] = [u, v];
    [w, product] = [product, w];
  }
  return { diagonal, offDiagonal };
}

/** Turns the first `row` entries of u into the vector of its reflection; the new off-diagonal entry is set, |u|²/2 returned. */
function reflection(u: Float64Array, row: number, offDiagonal: Float64Array): number {
  const last = row - 1;
  let outside = 0;
  for (let j = 0; j < last; j++) outside = Math.max(outside, Math.abs(u[j]!));
  if (outside === 0) {
    offDiagonal[last] = u[last]!;
    u.fill(0, 0, row);
    return 0;
  }
  // Scaled, so that the squares of a tiny row do not vanish; a reflection does not depend on the length of its vector.
  const scale = Math.max(outside, Math.abs(u[last]!));
  let square = 0;
  for (let j = 0; j < row; j++) {
    u[j]! /= scale;
    square += u[j]! * u[j]!;
  }
  const length = Math.sqrt(square);
  const end = u[last]!;
  const image = end < 0 ? length : -length;
  offDiagonal[last] = image * scale;
  u[last] = end - image;
  return square - end * image;
}

/** In the leading triangle of `size` rows: A ← A − v wᵀ − w vᵀ, product ← A u. Two rows at a time halve the traffic in `product`. */
function updateAndMultiply(
  a: Float64Array,
  n: number,
  size: number,
  v: Float64Array,
  w: Float64Array,
  u: Float64Array,
  product: Float64Array,
): void {
  product.fill(0, 0, size);
  let row = 0;
  if (size % 2 === 1) {
    a[0]! -= 2 * v[0]! * w[0]!;
    product[0] = a[0]! * u[0]!;
    row = 1;
  }
  for (; row < size; row += 2) {
    const upper = row * n;
    const lower = upper + n;
    const [v0, w0, u0] = [v[row]!, w[row]!, u[row]!];
    const [v1, w1, u1] = [v[row + 1]!, w[row + 1]!, u[row + 1]!];
    let sum0 = 0;
    let sum1 = 0;
    for (let j = 0; j < row; j++) {
      const vj = v[j]!;
      const wj = w[j]!;
      const uj = u[j]!;
      const a0 = a[upper + j]! - v0 * wj - w0 * vj;
      const a1 = a[lower + j]! - v1 * wj - w1 * vj;
      a[upper + j] = a0;
      a[lower + j] = a1;
      sum0 += a0 * uj;
      sum1 += a1 * uj;
      product[j]! += a0 * u0 + a1 * u1;
    }
    const corner = a[upper + row]! - 2 * v0 * w0;
    const between = a[lower + row]! - v1 * w0 - w1 * v0;
    const end = a[lower + row + 1]! - 2 * v1 * w1;
    a[upper + row] = corner;
    a[lower + row] = between;
    a[lower + row + 1] = end;
    product[row]! += sum0 + corner * u0 + between * u1;
    product[row + 1]! += sum1 + between * u0 + end * u1;
  }
}
