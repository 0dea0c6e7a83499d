import { type Budget, DomainError, unlimited } from "../core/index.js";

/** A real matrix by its entries, row by row. */
export interface DenseMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly entries: Float64Array;
}

/** The size of a sampled matrix must be a positive integer. */
export function checkSize(size: number): void {
  if (!Number.isSafeInteger(size) || size < 1) {
    throw new DomainError(`the size of a matrix is a positive integer; got ${size}`);
  }
}

/** A matrix of zeros. */
export function zeroMatrix(rows: number, columns: number): DenseMatrix {
  return { rows, columns, entries: new Float64Array(rows * columns) };
}

/** Rows that stay in a processor's cache while others pass by. */
const block = 32;

/** Products of entries in about the time of a unit of work. */
const productsPerUnit = 2000;

/** A B. */
export function multiply(a: DenseMatrix, b: DenseMatrix, budget: Budget = unlimited): DenseMatrix {
  if (a.columns !== b.rows) {
    throw new DomainError(`a matrix with ${a.columns} columns cannot be multiplied by one with ${b.rows} rows`);
  }
  const product = zeroMatrix(a.rows, b.columns);
  for (let start = 0; start < b.rows; start += block) {
    const end = Math.min(b.rows, start + block);
    budget.spend((block * a.rows * b.columns) / productsPerUnit, "multiplying matrices");
    for (let i = 0; i < a.rows; i++) {
      const row = product.entries.subarray(i * b.columns, (i + 1) * b.columns);
      const factors = a.entries.subarray(i * a.columns, (i + 1) * a.columns);
      let k = start;
      for (; k + 4 <= end; k += 4) addFourRows(row, b, k, factors);
      for (; k < end; k++) {
        const factor = factors[k]!;
        const other = k * b.columns;
        for (let j = 0; j < row.length; j++) row[j]! += factor * b.entries[other + j]!;
      }
    }
  }
  return product;
}

/** Adds to a row four rows of B, from row k on, each with its factor. */
function addFourRows(row: Float64Array, b: DenseMatrix, k: number, factors: Float64Array): void {
  const { entries, columns } = b;
  const f0 = factors[k]!;
  const f1 = factors[k + 1]!;
  const f2 = factors[k + 2]!;
  const f3 = factors[k + 3]!;
  const r0 = k * columns;
  const r1 = r0 + columns;
  const r2 = r1 + columns;
  const r3 = r2 + columns;
  for (let j = 0; j < columns; j++) {
    row[j]! += f0 * entries[r0 + j]! + f1 * entries[r1 + j]! + (f2 * entries[r2 + j]! + f3 * entries[r3 + j]!);
  }
}

/** A Aᵀ. */
export function gram(a: DenseMatrix, budget: Budget = unlimited): DenseMatrix {
  const product = zeroMatrix(a.rows, a.rows);
  for (let start = 0; start < a.rows; start += block) {
    const end = Math.min(a.rows, start + block);
    for (let i = start; i < a.rows; i += 2) {
      budget.spend((2 * block * a.columns) / productsPerUnit, "multiplying matrices");
      for (let j = start; j < end && j <= i; j += 2) setFourProducts(product, a, i, j);
    }
  }
  return product;
}

/** The products of rows i, i + 1 with rows j, j + 1: every entry that is read takes part in two of them. */
function setFourProducts(product: DenseMatrix, a: DenseMatrix, i: number, j: number): void {
  const { rows, columns, entries } = a;
  const first = i * columns;
  const second = i + 1 < rows ? first + columns : first;
  const third = j * columns;
  const fourth = j + 1 < rows ? third + columns : third;
  let s00 = 0;
  let s01 = 0;
  let s10 = 0;
  let s11 = 0;
  for (let k = 0; k < columns; k++) {
    const x = entries[first + k]!;
    const y = entries[second + k]!;
    const u = entries[third + k]!;
    const v = entries[fourth + k]!;
    s00 += x * u;
    s01 += x * v;
    s10 += y * u;
    s11 += y * v;
  }
  setSymmetric(product, i, j, s00);
  if (j + 1 < rows) setSymmetric(product, i, j + 1, s01);
  if (i + 1 < rows) setSymmetric(product, i + 1, j, s10);
  if (i + 1 < rows && j + 1 < rows) setSymmetric(product, i + 1, j + 1, s11);
}

function setSymmetric(matrix: DenseMatrix, i: number, j: number, value: number): void {
  matrix.entries[i * matrix.columns + j] = value;
  matrix.entries[j * matrix.columns + i] = value;
}

/** A + B. */
export function addMatrices(a: DenseMatrix, b: DenseMatrix): DenseMatrix {
  if (a.rows !== b.rows || a.columns !== b.columns) {
    throw new DomainError(`matrices of ${a.rows} x ${a.columns} and ${b.rows} x ${b.columns} entries have no sum`);
  }
  return { ...a, entries: a.entries.map((value, i) => value + b.entries[i]!) };
}

/** s A. */
export function scaleMatrix(a: DenseMatrix, s: number): DenseMatrix {
  return { ...a, entries: a.entries.map((value) => s * value) };
}

/** The matrix with its rows multiplied by the numbers in order. */
export function scaleRows(a: DenseMatrix, factors: Float64Array): DenseMatrix {
  return { ...a, entries: a.entries.map((value, i) => factors[Math.floor(i / a.columns)]! * value) };
}
