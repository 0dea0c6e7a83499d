import { type Budget, DomainError, LimitError, unlimited } from "../core/index.js";

/** The square of half a unit in the last place: where off-diagonal squares are this small they are dropped. */
const negligible: number = 2 ** -106;

/** Under this the square of an entry, relative to the largest, is rounding noise of rounding noise. */
const vanishing = 1e-290;

const sweepsPerEigenvalue = 30;

/**
 * All eigenvalues of the real symmetric tridiagonal matrix with the given diagonal (n entries) and off-diagonal (n − 1), in
 * ascending order; the inputs are kept. Estimates in double precision: backward stable, with errors of some units in the last
 * place of the largest entry. Square-root-free QL (B. N. Parlett, The Symmetric Eigenvalue Problem (1980), section 8.15: the
 * method of Pal, Walker and Kahan), on blocks turned so that their small end comes first; O(n²) operations.
 *
 * @throws DomainError for lengths that do not fit and for entries that are infinite or not a number.
 * @throws LimitError when the iteration does not settle, which no matrix is known to cause.
 * @example tridiagonalEigenvalues(Float64Array.of(2, 2), Float64Array.of(1)) // 1, 3
 */
export function tridiagonalEigenvalues(
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  budget: Budget = unlimited,
): Float64Array {
  const n = diagonal.length;
  if (offDiagonal.length !== Math.max(0, n - 1)) {
    throw new DomainError(
      `a tridiagonal matrix with ${n} diagonal entries has ${Math.max(0, n - 1)} off-diagonal ones; got ${offDiagonal.length}`,
    );
  }
  const scale = Math.max(largestEntry(diagonal), largestEntry(offDiagonal));
  const d = diagonal.slice();
  if (scale === 0) return d;
  // Divided by a power of two, so that nothing is rounded and no square overflows.
  const unit = powerOfTwoNear(scale);
  const squares = new Float64Array(n);
  for (let i = 0; i < n; i++) d[i]! /= unit;
  for (let i = 0; i + 1 < n; i++) squares[i] = (offDiagonal[i]! / unit) ** 2;
  let start = 0;
  while (start < n) {
    const end = blockEnd(d, squares, start, n - 1);
    if (Math.abs(d[end]!) < Math.abs(d[start]!)) reverseBlock(d, squares, start, end);
    solveBlock(d, squares, start, end, budget);
    start = end + 1;
  }
  for (let i = 0; i < n; i++) d[i]! *= unit;
  return d.sort();
}

/** The largest absolute value among entries, which must be finite numbers. */
export function largestEntry(entries: Float64Array): number {
  let largest = 0;
  for (const entry of entries) {
    const size = Math.abs(entry);
    if (!(size < Number.POSITIVE_INFINITY)) {
      throw new DomainError(`the entries of a matrix are finite numbers; got ${entry}`);
    }
    if (size > largest) largest = size;
  }
  return largest;
}

/** A power of two within a factor 2 of a positive number. */
export function powerOfTwoNear(x: number): number {
  return 2 ** Math.max(-1022, Math.min(1023, Math.floor(Math.log2(x))));
}

/** The last index of the block that starts at `start`: no off-diagonal entry inside it is negligible. */
function blockEnd(d: Float64Array, squares: Float64Array, start: number, last: number): number {
  for (let i = start; i < last; i++) {
    const square = squares[i]!;
    if (square <= negligible * Math.abs(d[i]! * d[i + 1]!) || square < vanishing) {
      squares[i] = 0;
      return i;
    }
  }
  return last;
}

function reverseBlock(d: Float64Array, squares: Float64Array, start: number, end: number): void {
  d.subarray(start, end + 1).reverse();
  squares.subarray(start, end).reverse();
}

/** Leaves in d[start … end] the eigenvalues of an unreduced block. */
function solveBlock(d: Float64Array, squares: Float64Array, start: number, end: number, budget: Budget): void {
  let sweeps = sweepsPerEigenvalue * (end - start + 1);
  let first = start;
  while (first <= end) {
    const last = blockEnd(d, squares, first, end);
    if (last === first) {
      first++;
    } else if (last === first + 1) {
      solvePair(d, squares, first);
      first += 2;
    } else {
      if (sweeps-- === 0) throw new LimitError("the QL iteration for the eigenvalues of a matrix did not settle");
      budget.spend((last - first) / 200, "computing the eigenvalues of a matrix");
      sweep(d, squares, first, last, shiftOf(d, squares, first));
    }
  }
}

function solvePair(d: Float64Array, squares: Float64Array, i: number): void {
  const [a, b] = [d[i]!, d[i + 1]!];
  const half = (b - a) / 2;
  const root = Math.sqrt(half * half + squares[i]!);
  const sum = a + b;
  // The eigenvalue of larger size without cancellation, the other by the determinant.
  const large = sum / 2 + (sum < 0 ? -root : root);
  d[i + 1] = large;
  d[i] = large === 0 ? 0 : (a / large) * b - squares[i]! / large;
  squares[i] = 0;
}

/** The eigenvalue of the leading pair that is nearer to its first diagonal entry (Wilkinson's shift). */
function shiftOf(d: Float64Array, squares: Float64Array, i: number): number {
  const off = Math.sqrt(squares[i]!);
  const ratio = (d[i + 1]! - d[i]!) / (2 * off);
  const root = Math.sqrt(1 + ratio * ratio);
  return d[i]! - off / (ratio + (ratio < 0 ? -root : root));
}

/** One implicit QL step on the block first … last, in the squares of the off-diagonal entries. */
function sweep(d: Float64Array, squares: Float64Array, first: number, last: number, shift: number): void {
  let cosine = 1;
  let sine = 0;
  let gamma = d[last]! - shift;
  let p = gamma * gamma;
  for (let i = last - 1; i >= first; i--) {
    const square = squares[i]!;
    const radius = p + square;
    if (i + 1 < last) squares[i + 1] = sine * radius;
    const before = cosine;
    cosine = p / radius;
    sine = square / radius;
    const alpha = d[i]!;
    const next = cosine * (alpha - shift) - sine * gamma;
    d[i + 1] = gamma + (alpha - next);
    gamma = next;
    p = cosine === 0 ? before * square : (gamma * gamma) / cosine;
  }
  squares[first] = sine * p;
  d[first] = shift + gamma;
}
