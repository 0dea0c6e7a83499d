import { DomainError } from "../core/index.js";

/** A matrix as the list of its rows, all of the same length. */
export type Matrix<T> = readonly (readonly T[])[];

/** The number of rows and columns; DomainError for rows of different lengths. */
export function shapeOf<T>(matrix: Matrix<T>): { rows: number; columns: number } {
  const columns = matrix[0]?.length ?? 0;
  matrix.forEach((row, i) => {
    if (row.length !== columns) {
      throw new DomainError(`row ${i + 1} of the matrix has ${row.length} entries, the first row has ${columns}`);
    }
  });
  return { rows: matrix.length, columns };
}

/** The number of rows of a square matrix; DomainError for any other. */
export function orderOf<T>(matrix: Matrix<T>): number {
  const { rows, columns } = shapeOf(matrix);
  if (rows !== columns && rows > 0)
    throw new DomainError(`a square matrix is needed, this one is ${rows} by ${columns}`);
  return rows;
}
