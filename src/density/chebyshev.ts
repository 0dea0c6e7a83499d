/**
 * Polynomials on [−1, 1] in the Chebyshev basis, coeffs[k] multiplying T_k, and their interpolation at the points cos(pi k/n)
 * [Trefethen, Approximation Theory and Approximation Practice, 2013, chapters 2–4, 18].
 */

const cosines = new Map<number, Float64Array>();

/** cos(pi k/n) for k = 0 … 2n − 1, exactly symmetric. */
function cosineTable(n: number): Float64Array {
  let table = cosines.get(n);
  if (table === undefined) {
    table = new Float64Array(2 * n);
    // sin of a small angle is exact where cos near a right angle is not.
    for (let k = 0; k < 2 * n; k++) table[k] = Math.sin((Math.PI * (n - 2 * (k <= n ? k : 2 * n - k))) / (2 * n));
    cosines.set(n, table);
  }
  return table;
}

/** The n + 1 points cos(pi k/n), k = 0 … n, in descending order; those of n are every other one of those of 2n. */
export function chebyshevPoint(n: number, k: number): number {
  return cosineTable(n)[k]!;
}

/** The polynomial of degree n through values at the points of {@link chebyshevPoint}, k = 0 … n. */
export function chebyshevCoefficients(values: ArrayLike<number>): Float64Array {
  const n = values.length - 1;
  const table = cosineTable(n);
  const coeffs = new Float64Array(n + 1);
  for (let j = 0; j <= n; j++) {
    let sum = (values[0]! + (j % 2 === 0 ? values[n]! : -values[n]!)) / 2;
    let index = j;
    for (let k = 1; k < n; k++) {
      sum += values[k]! * table[index]!;
      index += j;
      if (index >= 2 * n) index -= 2 * n;
    }
    coeffs[j] = (sum * (j === 0 || j === n ? 1 : 2)) / n;
  }
  return coeffs;
}

/** The series without its last terms, whose absolute values add up to no more than `slack`. */
export function truncated(coeffs: Float64Array, slack: number): Float64Array {
  let length = coeffs.length;
  for (let dropped = 0; length > 1; length--) {
    dropped += Math.abs(coeffs[length - 1]!);
    if (dropped > slack) break;
  }
  return coeffs.slice(0, length);
}

/** The series times a + b t. */
export function timesLinear(coeffs: Float64Array, a: number, b: number): Float64Array {
  const n = coeffs.length;
  const result = new Float64Array(n + 1);
  for (let k = 0; k < n; k++) {
    const c = coeffs[k]!;
    result[k] = result[k]! + a * c;
    if (k === 0) result[1] = result[1]! + b * c;
    else {
      result[k - 1] = result[k - 1]! + (b * c) / 2;
      result[k + 1] = result[k + 1]! + (b * c) / 2;
    }
  }
  return result;
}

/** An antiderivative with respect to t, times `factor`; which one is left open. */
export function antiderivative(coeffs: Float64Array, factor: number): Float64Array {
  const n = coeffs.length;
  const result = new Float64Array(n + 1);
  for (let j = 1; j <= n; j++) {
    const below = coeffs[j - 1]! * (j === 1 ? 2 : 1);
    result[j] = ((below - (coeffs[j + 1] ?? 0)) / (2 * j)) * factor;
  }
  return result;
}

/**
 * The value of a series at t, by the recurrences of Clenshaw for its even and its odd part side by side: they do not wait for one
 * another.
 */
export function clenshaw(coeffs: Float64Array, t: number): number {
  const length = coeffs.length;
  if (length < 3) return length === 2 ? coeffs[0]! + coeffs[1]! * t : coeffs[0]!;
  // T_{k+2} = y T_k − T_{k−2}.
  const y = 4 * t * t - 2;
  let even = 0;
  let evenAbove = 0;
  let odd = 0;
  let oddAbove = 0;
  let k = length - 1;
  if (k % 2 === 0) {
    even = coeffs[k]!;
    k--;
  }
  for (; k > 1; k -= 2) {
    const nextOdd = coeffs[k]! - oddAbove + y * odd;
    oddAbove = odd;
    odd = nextOdd;
    const nextEven = coeffs[k - 1]! - evenAbove + y * even;
    evenAbove = even;
    even = nextEven;
  }
  // The last steps: T_1 = T_{−1} = t, and T_2 = y/2.
  const lowest = coeffs[1]! - oddAbove + y * odd;
  return coeffs[0]! - evenAbove + (y / 2) * even + t * (lowest - odd);
}
