import type { Budget } from "../core/index.js";

/** Lovász's constant and the bound of the size reduction, as far from the ideal values 1 and 1/2 as doubles need it. */
const lovasz = 0.99;
const sizeBound = 0.501;
/** Entries beyond this are no longer exact enough for products in doubles. */
const largestEntry = 2 ** 45;

/**
 * Reduces linearly independent integer rows in place to a basis of the same lattice with short, nearly orthogonal vectors, the
 * short ones first (Lenstra–Lenstra–Lovász with Gram–Schmidt coefficients in doubles, recomputed after each size reduction
 * [Schnorr & Euchner, Math. Programming 66 (1994) 181–199; Nguyen & Stehlé, SIAM J. Comput. 39 (2009) 874–903]).
 *
 * The rows always span the same lattice, exactly. Returned are the squares of the lengths of the Gram–Schmidt vectors as doubles:
 * they show what to look at, and nothing may be concluded from them without {@link gramDeterminants}. Undefined when the entries
 * became too long for doubles.
 */
export function reduceLattice(rows: Float64Array[], budget: Budget): number[] | undefined {
  const n = rows.length;
  const mu = rows.map(() => new Float64Array(n));
  const r = rows.map(() => new Float64Array(n));
  if (n === 0) return [];
  r[0]![0] = dot(rows[0]!, rows[0]!);
  const partial = new Float64Array(n + 1);
  for (let k = 1; k < n; ) {
    budget.spend(1, "reducing a lattice");
    const row = rows[k]!;
    const [muK, rK] = [mu[k]!, r[k]!];
    for (let pass = 0; ; pass++) {
      for (let j = 0; j < k; j++) {
        let sum = dot(row, rows[j]!);
        const muJ = mu[j]!;
        for (let i = 0; i < j; i++) sum -= muJ[i]! * rK[i]!;
        rK[j] = sum;
        muK[j] = sum / r[j]![j]!;
      }
      let changed = false;
      for (let j = k - 1; j >= 0; j--) {
        if (Math.abs(muK[j]!) <= sizeBound) continue;
        const q = Math.round(muK[j]!);
        changed = true;
        const other = rows[j]!;
        const muJ = mu[j]!;
        for (let i = 0; i < row.length; i++) row[i]! -= q * other[i]!;
        for (let i = 0; i < j; i++) muK[i]! -= q * muJ[i]!;
        muK[j]! -= q;
      }
      if (!changed) break;
      if (pass > 100 || row.some((x) => !(Math.abs(x) < largestEntry))) return undefined;
    }
    partial[0] = dot(row, row);
    for (let j = 0; j < k; j++) partial[j + 1] = partial[j]! - muK[j]! * rK[j]!;
    let place = k;
    while (place > 0 && lovasz * r[place - 1]![place - 1]! >= partial[place - 1]!) place--;
    if (place < k) {
      rows.splice(place, 0, ...rows.splice(k, 1));
      mu.splice(place, 0, ...mu.splice(k, 1));
      r.splice(place, 0, ...r.splice(k, 1));
    }
    r[place]![place] = partial[place]!;
    k = place + 1;
  }
  return r.map((row, k) => row[k]!);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/**
 * The Gram determinants d_0 = 1, d_1, …, d_n of the first rows, exactly: d_i/d_(i−1) is the square of the length of the i-th
 * Gram–Schmidt vector. By fraction-free elimination of the Gram matrix.
 */
export function gramDeterminants(rows: readonly Float64Array[]): bigint[] {
  const exact = rows.map((row) => Array.from(row, BigInt));
  const n = rows.length;
  const gram = exact.map((a, i) => exact.slice(0, i + 1).map((b) => a.reduce((sum, x, k) => sum + x * b[k]!, 0n)));
  const determinants = [1n];
  let previous = 1n;
  for (let k = 0; k < n; k++) {
    const pivot = gram[k]![k]!;
    determinants.push(pivot);
    for (let i = k + 1; i < n; i++) {
      const factor = gram[i]![k]!;
      for (let j = k + 1; j <= i; j++) {
        gram[i]![j] = (gram[i]![j]! * pivot - factor * gram[j]![k]!) / previous;
      }
    }
    previous = pivot;
  }
  return determinants;
}
