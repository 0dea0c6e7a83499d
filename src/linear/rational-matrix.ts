import { type Budget, unlimited } from "../core/index.js";
import { integerGcd, QQ, type Rational } from "../rings/index.js";
import { checkRightSide } from "./fraction-free-elimination.js";
import { determinant, nullspace, rank, solve } from "./integer-matrix.js";
import { type Matrix, orderOf, shapeOf } from "./matrix.js";

/** The rows times their common denominators, and these. */
function clearDenominators(matrix: Matrix<Rational>): { integers: bigint[][]; denominators: bigint[] } {
  const denominators = matrix.map((row) => row.reduce((l, c) => (l / integerGcd(l, c.den)) * c.den, 1n));
  const integers = matrix.map((row, i) => row.map((c) => c.num * (denominators[i]! / c.den)));
  return { integers, denominators };
}

/** The determinant of a square matrix of rational numbers, from that of the integer matrix of its rows without denominators. */
export function rationalDeterminant(matrix: Matrix<Rational>, budget: Budget = unlimited): Rational {
  orderOf(matrix);
  const { integers, denominators } = clearDenominators(matrix);
  return QQ.fromRatio(
    determinant(integers, budget),
    denominators.reduce((product, d) => product * d, 1n),
  );
}

/** A solution of A x = b over QQ; undefined when there is none. Where it is not unique some unknowns are 0. */
export function rationalSolve(
  matrix: Matrix<Rational>,
  right: readonly Rational[],
  budget: Budget = unlimited,
): Rational[] | undefined {
  const { columns } = shapeOf(matrix);
  checkRightSide(matrix, right);
  const { integers } = clearDenominators(matrix.map((row, i) => [...row, right[i]!]));
  const solution = solve(
    integers.map((row) => row.slice(0, columns)),
    integers.map((row) => row[columns]!),
    budget,
  );
  return solution?.numerators.map((c) => QQ.fromRatio(c, solution.denominator));
}

/** The rank of a matrix of rational numbers. */
export function rationalRank(matrix: Matrix<Rational>, budget: Budget = unlimited): number {
  shapeOf(matrix);
  return rank(clearDenominators(matrix).integers, budget);
}

/** A basis of the x with A x = 0 over QQ: 1 in a column without a pivot, 0 in the other such columns. */
export function rationalNullspace(matrix: Matrix<Rational>, budget: Budget = unlimited): Rational[][] {
  shapeOf(matrix);
  return nullspace(clearDenominators(matrix).integers, budget).map((vector) => {
    const last = vector.findLast((c) => c !== 0n)!;
    return vector.map((c) => QQ.fromRatio(c, last));
  });
}
