import { type Budget, DomainError, unlimited } from "../core/index.js";
import type { Ring } from "../rings/index.js";
import { type Matrix, orderOf, shapeOf } from "./matrix.js";

/** A domain whose exact divisions can be carried out. */
export interface ExactDomain<T> extends Pick<Ring<T>, "zero" | "one" | "add" | "sub" | "mul" | "neg" | "isZero"> {
  /** a/b where b, not zero, is known to divide a. */
  divideExact(a: T, b: T): T;
}

/**
 * The echelon form by Bareiss: after step k every entry is a minor of order k + 1 of the matrix, so that every division is exact.
 * `pivotColumns[k]` is the column of the k-th pivot, and `sign` that of the row exchanges.
 */
interface Echelon<T> {
  readonly rows: T[][];
  readonly pivotColumns: readonly number[];
  readonly sign: 1 | -1;
}

/** Fraction-free elimination below (and with `reduced` above) the pivots, which are sought in the first `width` columns. */
function eliminate<T>(
  domain: ExactDomain<T>,
  matrix: Matrix<T>,
  width: number,
  reduced: boolean,
  budget: Budget,
): Echelon<T> {
  const rows = matrix.map((row) => [...row]);
  const pivotColumns: number[] = [];
  let previous = domain.one;
  let sign: 1 | -1 = 1;
  for (let column = 0; column < width && pivotColumns.length < rows.length; column++) {
    const k = pivotColumns.length;
    const pivot = rows.findIndex((row, i) => i >= k && !domain.isZero(row[column]!));
    if (pivot < 0) continue;
    if (pivot !== k) {
      [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
      sign = sign === 1 ? -1 : 1;
    }
    const head = rows[k]!;
    const lead = head[column]!;
    for (const [i, row] of rows.entries()) {
      if (i === k || (i < k && !reduced)) continue;
      budget.spend(1, "eliminating in a matrix");
      const factor = row[column]!;
      for (let j = reduced && i < k ? 0 : column; j < row.length; j++) {
        if (j === column) continue;
        const left = domain.mul(row[j]!, lead);
        const minor = domain.isZero(factor) ? left : domain.sub(left, domain.mul(factor, head[j]!));
        row[j] = domain.isZero(minor) ? domain.zero : domain.divideExact(minor, previous);
      }
      row[column] = domain.zero;
    }
    previous = lead;
    pivotColumns.push(column);
  }
  return { rows, pivotColumns, sign };
}

/**
 * The determinant over any domain with exact division, fraction-free [Bareiss, Math. Comp. 22 (1968) 565–578]; 1 for the empty
 * matrix. O(n^3) multiplications and divisions of minors. DomainError for a matrix that is not square.
 */
export function determinantByBareiss<T>(domain: ExactDomain<T>, matrix: Matrix<T>, budget: Budget = unlimited): T {
  const order = orderOf(matrix);
  if (order === 0) return domain.one;
  const { rows, pivotColumns, sign } = eliminate(domain, matrix, order, false, budget);
  if (pivotColumns.length < order) return domain.zero;
  const last = rows[order - 1]![order - 1]!;
  return sign === 1 ? last : domain.neg(last);
}

/** The rank over the fraction field, by {@link determinantByBareiss}'s elimination. */
export function rankByBareiss<T>(domain: ExactDomain<T>, matrix: Matrix<T>, budget: Budget = unlimited): number {
  return eliminate(domain, matrix, shapeOf(matrix).columns, false, budget).pivotColumns.length;
}

/**
 * A solution of A x = b as numerators over one common denominator, not zero; undefined when there is none. Where it is not unique
 * the unknowns without a pivot are 0. DomainError when b does not have one entry for each row.
 */
export function solveByBareiss<T>(
  domain: ExactDomain<T>,
  matrix: Matrix<T>,
  right: readonly T[],
  budget: Budget = unlimited,
): { numerators: T[]; denominator: T } | undefined {
  const { columns } = shapeOf(matrix);
  checkRightSide(matrix, right);
  const extended = matrix.map((row, i) => [...row, right[i]!]);
  const { rows, pivotColumns } = eliminate(domain, extended, columns, true, budget);
  const rank = pivotColumns.length;
  if (rows.slice(rank).some((row) => !domain.isZero(row[columns]!))) return undefined;
  const numerators = new Array<T>(columns).fill(domain.zero);
  if (rank === 0) return { numerators, denominator: domain.one };
  // In the reduced form every pivot is the last one.
  const denominator = rows[rank - 1]![pivotColumns[rank - 1]!]!;
  pivotColumns.forEach((column, k) => {
    numerators[column] = rows[k]![columns]!;
  });
  return { numerators, denominator };
}

/** A basis of the x with A x = 0 over the fraction field, each vector with entries in the domain; empty for full column rank. */
export function nullspaceByBareiss<T>(domain: ExactDomain<T>, matrix: Matrix<T>, budget: Budget = unlimited): T[][] {
  const { columns } = shapeOf(matrix);
  const { rows, pivotColumns } = eliminate(domain, matrix, columns, true, budget);
  const rank = pivotColumns.length;
  const denominator = rank === 0 ? domain.one : rows[rank - 1]![pivotColumns[rank - 1]!]!;
  const free = Array.from({ length: columns }, (_, j) => j).filter((j) => !pivotColumns.includes(j));
  return free.map((j) => {
    const vector = new Array<T>(columns).fill(domain.zero);
    vector[j] = denominator;
    pivotColumns.forEach((column, k) => {
      vector[column] = domain.neg(rows[k]![j]!);
    });
    return vector;
  });
}

/** DomainError unless the right side has one entry for each row. */
export function checkRightSide<T>(matrix: Matrix<T>, right: readonly T[]): void {
  if (right.length !== matrix.length) {
    throw new DomainError(`the right side has ${right.length} entries for ${matrix.length} equations`);
  }
}
