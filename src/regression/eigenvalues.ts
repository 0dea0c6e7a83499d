import { EigenvalueDecomposition, type Matrix } from "ml-matrix";

/** The eigenvalues of a matrix; undefined when an entry is no finite number, on which the iteration would not end. */
export function eigenvaluesOf(
  matrix: Matrix,
  options: { readonly assumeSymmetric?: boolean } = {},
): EigenvalueDecomposition | undefined {
  return matrix.to1DArray().every(Number.isFinite) ? new EigenvalueDecomposition(matrix, options) : undefined;
}
