import { type Budget, DomainError, unlimited } from "../core/index.js";
import { invertModulo, multiplyModulo, reduceModulo } from "../rings/index.js";
import { checkRightSide } from "./fraction-free-elimination.js";
import { type Matrix, orderOf, shapeOf } from "./matrix.js";

/** Rows of residues 0 … p − 1 for a prime p < 2^26, each a typed array. */
export type ResidueRows = Float64Array[];

const smallLimit = 1n << 53n;

/** The entries modulo p. */
export function residuesOf(matrix: Matrix<bigint>, p: number): ResidueRows {
  return matrix.map((row) => residueRow(row, p));
}

function residueRow(row: readonly bigint[], p: number): Float64Array {
  return Float64Array.from(row, (c) => {
    if (c >= smallLimit || c <= -smallLimit) return reduceModulo(c, p);
    const r = Number(c) % p;
    return r < 0 ? r + p : r;
  });
}

function copyOf(matrix: Matrix<number>, p: number): ResidueRows {
  return matrix.map((row) =>
    Float64Array.from(row, (c) => {
      if (!Number.isSafeInteger(c)) throw new DomainError(`the entry ${c} of the matrix is no residue modulo ${p}`);
      return c < 0 ? (c % p) + (c % p === 0 ? 0 : p) : c % p;
    }),
  );
}

/** The echelon form of a matrix modulo a prime: which rows and columns hold the pivots, and the determinant's factor from them. */
export interface ResidueEchelon {
  /** The number of the original row of each pivot, in the order of the pivot columns. */
  readonly pivotRows: readonly number[];
  readonly pivotColumns: readonly number[];
  /** The product of the pivots with the sign of the row exchanges. */
  readonly pivotProduct: number;
}

/**
 * Gaussian elimination modulo p in place; pivots are sought in the first `width` columns. With `reduced` the pivots become 1 and the
 * entries above them 0. About n^3/3 (reduced: n^3/2) multiplications in doubles.
 */
export function eliminateResidues(
  rows: ResidueRows,
  p: number,
  width: number,
  reduced: boolean,
  budget: Budget = unlimited,
): ResidueEchelon {
  const reciprocal = 1 / p;
  const numbers = rows.map((_, i) => i);
  const pivotColumns: number[] = [];
  let pivotProduct = 1;
  for (let column = 0; column < width && pivotColumns.length < rows.length; column++) {
    const k = pivotColumns.length;
    let pivot = k;
    while (pivot < rows.length && rows[pivot]![column] === 0) pivot += 1;
    if (pivot === rows.length) continue;
    if (pivot !== k) {
      [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
      [numbers[k], numbers[pivot]] = [numbers[pivot]!, numbers[k]!];
      pivotProduct = p - pivotProduct;
    }
    budget.spend(1 + (rows.length * (width - column)) / 2000, "eliminating in a matrix modulo a prime");
    const head = rows[k]!;
    const lead = head[column]!;
    pivotProduct = multiplyModulo(pivotProduct, lead, p, reciprocal);
    const inverse = invertModulo(lead, p);
    if (reduced) for (let j = column; j < head.length; j++) head[j] = multiplyModulo(head[j]!, inverse, p, reciprocal);
    for (let i = reduced ? 0 : k + 1; i < rows.length; i++) {
      const row = rows[i]!;
      const entry = row[column]!;
      if (i === k || entry === 0) continue;
      const factor = p - (reduced ? entry : multiplyModulo(entry, inverse, p, reciprocal));
      addMultiple(row, head, factor, column + 1, p, reciprocal);
      row[column] = 0;
    }
    pivotColumns.push(column);
  }
  return { pivotRows: numbers.slice(0, pivotColumns.length), pivotColumns, pivotProduct };
}

/** row += factor * head from the given column on. The quotient may be off by one, which is mended at once. */
function addMultiple(
  row: Float64Array,
  head: Float64Array,
  factor: number,
  from: number,
  p: number,
  reciprocal: number,
): void {
  for (let j = from; j < row.length; j++) {
    const value = row[j]! + factor * head[j]!;
    const r = value - Math.floor(value * reciprocal) * p;
    row[j] = r < 0 ? r + p : r >= p ? r - p : r;
  }
}

/** The determinant modulo a prime p < 2^26; 1 for the empty matrix. */
export function determinantModulo(matrix: Matrix<number>, p: number, budget: Budget = unlimited): number {
  return determinantOfResidues(copyOf(matrix, p), p, orderOf(matrix), budget);
}

/** {@link determinantModulo} in place. */
export function determinantOfResidues(rows: ResidueRows, p: number, order: number, budget: Budget): number {
  const { pivotColumns, pivotProduct } = eliminateResidues(rows, p, order, false, budget);
  return pivotColumns.length < order ? 0 : pivotProduct;
}

/** The rank modulo a prime p < 2^26. */
export function rankModulo(matrix: Matrix<number>, p: number, budget: Budget = unlimited): number {
  return eliminateResidues(copyOf(matrix, p), p, shapeOf(matrix).columns, false, budget).pivotColumns.length;
}

/** A solution of A x = b modulo a prime p < 2^26, with 0 for the unknowns that are free; undefined when there is none. */
export function solveModulo(
  matrix: Matrix<number>,
  right: readonly number[],
  p: number,
  budget: Budget = unlimited,
): number[] | undefined {
  const { columns } = shapeOf(matrix);
  checkRightSide(matrix, right);
  const rows = copyOf(
    matrix.map((row, i) => [...row, right[i]!]),
    p,
  );
  const { pivotColumns } = eliminateResidues(rows, p, columns, true, budget);
  if (rows.slice(pivotColumns.length).some((row) => row[columns] !== 0)) return undefined;
  const solution = new Array<number>(columns).fill(0);
  pivotColumns.forEach((column, k) => {
    solution[column] = rows[k]![columns]!;
  });
  return solution;
}

/** A basis of the x with A x = 0 modulo a prime p < 2^26: one vector for each free column, with entry 1 there. */
export function nullspaceModulo(matrix: Matrix<number>, p: number, budget: Budget = unlimited): number[][] {
  const { columns } = shapeOf(matrix);
  const rows = copyOf(matrix, p);
  const { pivotColumns } = eliminateResidues(rows, p, columns, true, budget);
  const basis: number[][] = [];
  for (let j = 0; j < columns; j++) {
    if (pivotColumns.includes(j)) continue;
    const vector = new Array<number>(columns).fill(0);
    vector[j] = 1;
    pivotColumns.forEach((column, k) => {
      const entry = rows[k]![j]!;
      vector[column] = entry === 0 ? 0 : p - entry;
    });
    basis.push(vector);
  }
  return basis;
}

/** The inverse of a square matrix of residues, undefined when it is singular modulo p. */
export function inverseOfResidues(rows: ResidueRows, p: number, budget: Budget = unlimited): ResidueRows | undefined {
  const n = rows.length;
  const extended = rows.map((row, i) => {
    const wide = new Float64Array(2 * n);
    wide.set(row);
    wide[n + i] = 1;
    return wide;
  });
  const { pivotColumns } = eliminateResidues(extended, p, n, true, budget);
  return pivotColumns.length < n ? undefined : extended.map((row) => row.slice(n));
}
