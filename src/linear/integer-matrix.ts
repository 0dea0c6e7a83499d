import { type Budget, InternalError, unlimited } from "../core/index.js";
import { integerGcd, invertModulo, multiplyModulo, reduceModulo, wordPrime, ZZ } from "../rings/index.js";
import {
  checkRightSide,
  determinantByBareiss,
  nullspaceByBareiss,
  solveByBareiss,
} from "./fraction-free-elimination.js";
import { type Matrix, orderOf, shapeOf } from "./matrix.js";
import { hadamardBound, prepareLifting, type RationalVector } from "./p-adic-lifting.js";
import { determinantOfResidues, eliminateResidues, residuesOf } from "./word-prime-elimination.js";

/** Up to this order elimination over ZZ is the quickest. */
const smallOrder = 9;
/** Above this order the determinant takes the denominator of a solution first. */
const liftingOrder = 12;

/**
 * The determinant of a square integer matrix, exactly; 1 for the empty one. A dispatcher: {@link determinantByBareiss} for small
 * orders, {@link determinantByRemainders}, and for large orders {@link determinantByLifting}. DomainError for a matrix that is not
 * square.
 */
export function determinant(matrix: Matrix<bigint>, budget: Budget = unlimited): bigint {
  const order = orderOf(matrix);
  if (order <= smallOrder) return determinantByBareiss(ZZ, matrix, budget);
  return order < liftingOrder ? determinantByRemainders(matrix, budget) : determinantByLifting(matrix, budget);
}

/** The determinant from its residues modulo enough word primes to pass Hadamard's bound. */
export function determinantByRemainders(matrix: Matrix<bigint>, budget: Budget = unlimited): bigint {
  return multipleOf(matrix, 1n, budget);
}

/**
 * The determinant from the common denominator of the solution of one system, which divides it, and the residues of the quotient
 * modulo the few primes that are missing to Hadamard's bound [Abbott, Bronstein & Mulders, ISSAC 1999].
 */
export function determinantByLifting(matrix: Matrix<bigint>, budget: Budget = unlimited): bigint {
  const order = orderOf(matrix);
  const lifted = prepareLifting(matrix, budget);
  if (lifted === undefined) return determinantByRemainders(matrix, budget);
  // A fixed right side without pattern: its components are coprime to most divisors of the determinant.
  const right = Array.from({ length: order }, (_, k) => BigInt(((k * 7919 + 104_729) % 1009) - 504));
  return multipleOf(matrix, lifted.solve(right, budget).denominator, budget);
}

/** The determinant when it is known to be a multiple of `divisor`. */
function multipleOf(matrix: Matrix<bigint>, divisor: bigint, budget: Budget): bigint {
  const order = orderOf(matrix);
  const bound = smallerBound(matrix) / divisor;
  let modulus = 1n;
  let value = 0n;
  for (let k = 0; modulus <= 2n * bound; k++) {
    const p = wordPrime(k);
    const known = reduceModulo(divisor, p);
    if (known === 0) continue;
    budget.spend(1 + (order * order) / 200, "computing a determinant");
    const reciprocal = 1 / p;
    const image = determinantOfResidues(residuesOf(matrix, p), p, order, budget);
    const wanted = multiplyModulo(image, invertModulo(known, p), p, reciprocal);
    const difference = wanted - reduceModulo(value, p);
    const inverse = invertModulo(reduceModulo(modulus, p), p);
    let step = multiplyModulo(difference < 0 ? difference + p : difference, inverse, p, reciprocal);
    if (2 * step > p) step -= p;
    value += modulus * BigInt(step);
    modulus *= BigInt(p);
  }
  return value * divisor;
}

/** Hadamard's bound by rows or by columns. */
function smallerBound(matrix: Matrix<bigint>): bigint {
  const columns = matrix.map((_, j) => matrix.map((row) => row[j]!));
  const [byRows, byColumns] = [hadamardBound(matrix), hadamardBound(columns)];
  if (byRows < byColumns) return byRows;
  return byColumns;
}

/**
 * A rational solution of A x = b over one denominator > 0, in lowest terms; undefined when there is none. Where it is not unique
 * some unknowns are 0. A dispatcher: p-adic lifting for square matrices that are invertible modulo a prime, else fraction-free
 * elimination. Every answer is exact. DomainError when b does not have one entry for each row.
 */
export function solve(
  matrix: Matrix<bigint>,
  right: readonly bigint[],
  budget: Budget = unlimited,
): RationalVector | undefined {
  const { rows, columns } = shapeOf(matrix);
  checkRightSide(matrix, right);
  if (rows === columns && rows > smallOrder) {
    const lifted = prepareLifting(matrix, budget);
    if (lifted !== undefined) return lifted.solve(right, budget);
  }
  const solution = solveByBareiss(ZZ, matrix, right, budget);
  return solution && inLowestTerms(solution.numerators, solution.denominator);
}

function inLowestTerms(numerators: readonly bigint[], denominator: bigint): RationalVector {
  let common = denominator < 0n ? -denominator : denominator;
  for (const c of numerators) common = common === 1n ? common : integerGcd(common, c);
  const divisor = denominator < 0n ? -common : common;
  return { numerators: numerators.map((c) => c / divisor), denominator: denominator / divisor };
}

/**
 * The rank, proven: modulo a prime some minor of this order is not zero, and as many independent vectors as are missing to the
 * number of columns are checked to lie in the nullspace.
 */
export function rank(matrix: Matrix<bigint>, budget: Budget = unlimited): number {
  const { rows, columns } = shapeOf(matrix);
  const p = wordPrime(0);
  const lower = eliminateResidues(residuesOf(matrix, p), p, columns, false, budget).pivotColumns.length;
  return lower === Math.min(rows, columns) ? lower : columns - nullspace(matrix, budget).length;
}

/**
 * A basis of the integer vectors x with A x = 0 over QQ: primitive vectors, one for each column without a pivot, zero in the other
 * such columns and positive there. Modular elimination finds the pivots, p-adic lifting the vectors, multiplication proves them.
 */
export function nullspace(matrix: Matrix<bigint>, budget: Budget = unlimited): bigint[][] {
  const { columns } = shapeOf(matrix);
  for (let k = 0; k < 3; k++) {
    const p = wordPrime(k);
    const { pivotRows, pivotColumns } = eliminateResidues(residuesOf(matrix, p), p, columns, false, budget);
    const basis = nullspaceFromPivots(matrix, pivotRows, pivotColumns, columns, budget);
    if (basis !== undefined) return basis;
  }
  return nullspaceByBareiss(ZZ, matrix, budget).map(primitiveVector);
}

function nullspaceFromPivots(
  matrix: Matrix<bigint>,
  pivotRows: readonly number[],
  pivotColumns: readonly number[],
  columns: number,
  budget: Budget,
): bigint[][] | undefined {
  const square = pivotRows.map((i) => pivotColumns.map((j) => matrix[i]![j]!));
  const lifted = prepareLifting(square, budget);
  if (lifted === undefined) return undefined;
  const basis: bigint[][] = [];
  for (let j = 0; j < columns; j++) {
    if (pivotColumns.includes(j)) continue;
    const right = pivotRows.map((i) => -matrix[i]![j]!);
    const { numerators, denominator } = lifted.solve(right, budget);
    const vector = new Array<bigint>(columns).fill(0n);
    vector[j] = denominator;
    pivotColumns.forEach((column, k) => {
      vector[column] = numerators[k]!;
    });
    // The pivots after the column and the rows without a pivot show whether the prime was lucky.
    if (pivotColumns.some((column, i) => column > j && numerators[i] !== 0n)) return undefined;
    if (!matrix.every((row) => row.reduce((sum, c, i) => sum + c * vector[i]!, 0n) === 0n)) return undefined;
    basis.push(primitiveVector(vector));
  }
  return basis;
}

function primitiveVector(vector: readonly bigint[]): bigint[] {
  let common = 0n;
  for (const c of vector) common = integerGcd(common, c);
  if (common === 0n) throw new InternalError("a vector of a basis is zero");
  const last = vector.findLast((c) => c !== 0n)!;
  return vector.map((c) => c / (last < 0n ? -common : common));
}
