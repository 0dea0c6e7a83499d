import { type Budget, unlimited } from "../core/index.js";
import { bitLength, invertModulo, wordPrime } from "../rings/index.js";
import { symmetricResidue } from "./hensel-lift.js";
import { derivative, type IntegerPoly } from "./integer-poly-arithmetic.js";
import { gramDeterminants, reduceLattice } from "./lattice-reduction.js";
import { reduceResidue } from "./prime-field-poly.js";

/** Binary digits of a column that are taken into the lattice at a time. */
const bitsTaken = 22;

/**
 * Which modular factors of f belong together: the partition of their indices by the irreducible factors of f over ZZ, or
 * undefined when the precision does not suffice to find it.
 *
 * For a divisor g the coefficients of f·g'/g are integers that are small against the modulus, and they are the sums of those of
 * its modular factors: a knapsack problem whose solutions are short vectors of a lattice. Columns are taken in until only
 * the span of a partition is left [van Hoeij, J. Number Theory 95 (2002) 167–189; with the logarithmic derivative: Belabas,
 * van Hoeij, Klüners & Steel 2009; Hart, van Hoeij & Novocin, ISSAC 2011].
 *
 * f is square-free and primitive; `factors` are monic modulo `modulus` with product f/lead(f). The partition is never too coarse:
 * rows are dropped only when an exact Gram–Schmidt length proves that no solution needs them. So when the products of its
 * parts divide f, they are irreducible.
 */
export function* knapsackPartitions(
  f: IntegerPoly,
  factors: readonly (readonly bigint[])[],
  modulus: bigint,
  budget: Budget = unlimited,
): Generator<number[][]> {
  const r = factors.length;
  const slack = 1.5 * r + 3;
  const weight = Math.max(1, Math.round(slack / Math.sqrt(r)));
  let rows: Float64Array[] = Array.from({ length: r }, (_, i) =>
    Float64Array.from({ length: r }, (__, j) => (i === j ? weight : 0)),
  );
  let columns = 0;
  const available = bitLength(modulus) - 1;
  const bounds = derivativeBounds(f);
  const order = bounds
    .map((bound, j) => ({ j, bound: Math.ceil(bound) }))
    .filter(({ bound }) => available - bound >= bitsTaken / 2)
    .sort((a, b) => a.bound - b.bound);
  const quotients = logarithmicDerivatives(f, factors, modulus);
  for (const { j, bound } of order) {
    const bits = Math.min(bitsTaken, available - bound);
    const shift = BigInt(available - bits);
    const unit = Number(modulus >> shift);
    const entries = quotients.map((c) => Number(symmetricResidue(c[j] ?? 0n, modulus) >> shift));
    if (entries.every((e) => e === 0 || e === -1)) continue;
    const next = rows.map((row) => {
      let sum = 0;
      for (let i = 0; i < r; i++) sum = (sum + ((row[i]! / weight) % unit) * entries[i]!) % unit;
      const value = 2 * sum > unit ? sum - unit : 2 * sum < -unit ? sum + unit : sum;
      return extended(row, value);
    });
    next.push(extended(new Float64Array(r + columns), unit));
    budget.spend(next.length, "putting modular factors together by a lattice");
    // Too long for doubles: the column is left out.
    const lengths = reduceLattice(next, budget);
    if (lengths === undefined) continue;
    rows = next;
    columns++;
    const largestNorm = weight * weight * r + columns * slack * slack;
    // The exact lengths are asked for only when the approximate ones promise something.
    if (lengths.at(-1)! < 0.99 * largestNorm) continue;
    rows = rows.slice(0, usefulRows(rows, largestNorm));
    const partition = partitionOfSpan(rows, r, weight);
    if (partition !== undefined) {
      yield partition;
      if (partition.length === 1) return;
    }
  }
}

function extended(row: Float64Array, value: number): Float64Array {
  const result = new Float64Array(row.length + 1);
  result.set(row);
  result[row.length] = value;
  return result;
}

/** How many rows can contribute to a vector whose square length is at most the given one. */
function usefulRows(rows: readonly Float64Array[], largestNorm: number): number {
  const determinants = gramDeterminants(rows);
  const bound = BigInt(Math.ceil(largestNorm));
  let count = rows.length;
  while (count > 1 && determinants[count]! > bound * determinants[count - 1]!) count--;
  return count;
}

/** The partition whose indicators span the first r entries of the rows over QQ; undefined when they do not. */
function partitionOfSpan(rows: readonly Float64Array[], r: number, weight: number): number[][] | undefined {
  const p = wordPrime(0);
  const reciprocal = 1 / p;
  const reduced: Float64Array[] = [];
  const pivots: number[] = [];
  for (const source of rows) {
    const row = new Float64Array(r);
    for (let i = 0; i < r; i++) row[i] = (((source[i]! / weight) % p) + p) % p;
    for (const [k, other] of reduced.entries()) {
      const c = row[pivots[k]!]!;
      if (c !== 0) for (let i = 0; i < r; i++) row[i] = reduceResidue(row[i]! + (p - c) * other[i]!, p, reciprocal);
    }
    const at = row.findIndex((c) => c !== 0);
    // A rank below the number of rows would leave the span over QQ unknown.
    if (at < 0) return undefined;
    const inverse = invertModulo(row[at]!, p);
    for (let i = 0; i < r; i++) row[i] = reduceResidue(row[i]! * inverse, p, reciprocal);
    for (const other of reduced) {
      const c = other[at]!;
      if (c !== 0) for (let i = 0; i < r; i++) other[i] = reduceResidue(other[i]! + (p - c) * row[i]!, p, reciprocal);
    }
    reduced.push(row);
    pivots.push(at);
  }
  const groups: number[][] = reduced.map(() => []);
  for (let i = 0; i < r; i++) {
    const used = reduced.flatMap((row, k) => (row[i] === 0 ? [] : [k]));
    if (used.length !== 1 || reduced[used[0]!]![i] !== 1) return undefined;
    groups[used[0]!]!.push(i);
  }
  return groups;
}

/** f·g'/g modulo the modulus for each of the monic factors g. */
function logarithmicDerivatives(f: IntegerPoly, factors: readonly (readonly bigint[])[], modulus: bigint): bigint[][] {
  return factors.map((g) => {
    const rest = f.slice();
    const d = g.length - 1;
    const quotient = new Array<bigint>(f.length - d).fill(0n);
    for (let k = quotient.length - 1; k >= 0; k--) {
      const top = rest[k + d]! % modulus;
      quotient[k] = top;
      for (let j = 0; j < d; j++) rest[k + j] = (rest[k + j]! - top * g[j]!) % modulus;
    }
    const slope = derivative(g);
    const product = new Array<bigint>(f.length - 1).fill(0n);
    for (const [i, a] of quotient.entries()) for (const [j, b] of slope.entries()) product[i + j]! += a * b;
    return product.map((c) => c % modulus);
  });
}

/**
 * For j = 0 … n − 2 the binary logarithm of a bound of the coefficient of x^j in f·g'/g, g any divisor of f: this is the sum over
 * the roots a of g of f/(x − a), and the coefficient of each is, for any radius R, at most Σ_(i>j) |f_i| R^(i−j−1) when |a| <= R and
 * Σ_(i<=j) |f_i| R^(i−j−1) when |a| >= R. The radius that makes both equal is found by bisection; one digit is added for
 * the rounding of the logarithms.
 */
function derivativeBounds(f: IntegerPoly): number[] {
  const n = f.length - 1;
  const sizes = f.map((c) => (c === 0n ? Number.NEGATIVE_INFINITY : bitLength(c < 0n ? -c : c)));
  const reach = 2 + Math.max(...sizes);
  const sum = (from: number, to: number, j: number, radius: number): number => {
    let top = Number.NEGATIVE_INFINITY;
    for (let i = from; i <= to; i++) top = Math.max(top, sizes[i]! + radius * (i - j - 1));
    return top + Math.log2(to - from + 1);
  };
  return Array.from({ length: n - 1 }, (_, j) => {
    let low = -reach;
    let high = reach;
    for (let step = 0; step < 40; step++) {
      const middle = (low + high) / 2;
      if (sum(j + 1, n, j, middle) > sum(0, j, j, middle)) high = middle;
      else low = middle;
    }
    return Math.log2(n) + Math.max(sum(j + 1, n, j, low), sum(0, j, j, low)) + 1;
  });
}
