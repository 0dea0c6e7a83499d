import { CholeskyDecomposition, EigenvalueDecomposition, Matrix, QrDecomposition } from "ml-matrix";
import { DomainError, type Random } from "../core/index.js";
import { type Atom, toNumber } from "./arguments.js";

/** Eigenvalues of a symmetric matrix, ascending. */
export function symmetricEigenvalues(matrix: Matrix): Float64Array {
  const { realEigenvalues } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  return Float64Array.from(realEigenvalues).sort();
}

/** The size of a sampled matrix must be a positive integer. */
export function checkSize(size: number): void {
  if (!Number.isSafeInteger(size) || size < 1) {
    throw new DomainError(`the size of a matrix is a positive integer; got ${size}`);
  }
}

/** Independent standard normal entries. */
export function gaussianMatrix(rows: number, columns: number, random: Random): Matrix {
  const matrix = Matrix.zeros(rows, columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) matrix.set(i, j, random.normal());
  return matrix;
}

/** Gaussian orthogonal ensemble whose law tends to the semicircle of variance v. */
export function wignerMatrix(size: number, variance: number, random: Random): Matrix {
  const matrix = Matrix.zeros(size, size);
  const scale = Math.sqrt(variance / size);
  for (let i = 0; i < size; i++) {
    matrix.set(i, i, Math.SQRT2 * scale * random.normal());
    for (let j = 0; j < i; j++) {
      const entry = scale * random.normal();
      matrix.set(i, j, entry);
      matrix.set(j, i, entry);
    }
  }
  return matrix;
}

/** A A*. */
export function gram(matrix: Matrix): Matrix {
  return matrix.mmul(matrix.transpose());
}

/** Haar-distributed orthogonal matrix: the QR factor of a Gaussian one with the signs of R's diagonal undone. */
export function haarOrthogonal(size: number, random: Random): Matrix {
  const decomposition = new QrDecomposition(gaussianMatrix(size, size, random));
  const orthogonal = decomposition.orthogonalMatrix;
  const triangular = decomposition.upperTriangularMatrix;
  for (let j = 0; j < size; j++) if (triangular.get(j, j) < 0) orthogonal.mulColumn(j, -1);
  return orthogonal;
}

/** The lower triangular L with L L* = matrix. */
export function choleskyFactor(matrix: Matrix): Matrix {
  return new CholeskyDecomposition(matrix).lowerTriangularMatrix;
}

/** `size` locations in which every atom stands with its weight, up to rounding; in order. */
export function quantilesOfAtoms(atoms: readonly Atom[], size: number): Float64Array {
  const points = atoms.map(({ at, weight }) => ({ at: toNumber(at), weight: toNumber(weight) }));
  points.sort((a, b) => a.at - b.at);
  const values = new Float64Array(size);
  let mass = 0;
  let filled = 0;
  for (const { at, weight } of points) {
    mass += weight;
    const upTo = Math.min(size, Math.round(mass * size));
    values.fill(at, filled, upTo);
    filled = upTo;
  }
  return values;
}

/** Σ t_k g_k g_k* / size over independent standard normal vectors g_k: a weighted Wishart matrix. */
export function weightedWishart(size: number, jumps: Float64Array, random: Random): Matrix {
  const vectors = gaussianMatrix(size, jumps.length, random);
  const weighted = vectors.clone();
  for (const [k, jump] of jumps.entries()) weighted.mulColumn(k, jump / size);
  return weighted.mmul(vectors.transpose());
}
