import { invertModulo } from "../rings/index.js";
import {
  bezoutResidues,
  divideResidues,
  multiplyResidues,
  productsBetweenReductions,
  type ResiduePoly,
  reduceResidue,
  remainderResidues,
  trimResidues,
} from "../univariate/index.js";

/**
 * A polynomial in x with coefficients in GF(p)[[t]], known modulo a power of t: entry [k] holds the coefficients of t^k, entry
 * [k][i] multiplies t^k·x^i. Rows may be shorter than the degree.
 */
export type SeriesPoly = readonly Float64Array[];

/** a/b modulo t^precision, for power series over GF(p) with b(0) not 0; missing entries are 0. */
export function divideSeries(a: ArrayLike<number>, b: ArrayLike<number>, precision: number, p: number): Float64Array {
  const reciprocal = 1 / p;
  const chunk = productsBetweenReductions(p);
  const inverse = invertModulo(b[0]!, p);
  const result = new Float64Array(precision);
  for (let k = 0; k < precision; k++) {
    let sum = 0;
    let free = chunk;
    for (let j = Math.max(0, k - b.length + 1); j < k; j++) {
      sum += result[j]! * b[k - j]!;
      if (--free === 0) {
        sum = reduceResidue(sum, p, reciprocal);
        free = chunk;
      }
    }
    const value = (k < a.length ? a[k]! : 0) - reduceResidue(sum, p, reciprocal);
    result[k] = reduceResidue((value < 0 ? value + p : value) * inverse, p, reciprocal);
  }
  return result;
}

/** The product of a polynomial in x and a series in t, modulo t^precision. */
export function multiplyBySeries(
  f: SeriesPoly,
  series: ArrayLike<number>,
  width: number,
  precision: number,
  p: number,
): Float64Array[] {
  const reciprocal = 1 / p;
  const chunk = productsBetweenReductions(p);
  return Array.from({ length: precision }, (_, k) => {
    const row = new Float64Array(width);
    let free = chunk;
    for (let j = Math.max(0, k - series.length + 1); j <= k && j < f.length; j++) {
      const c = series[k - j]!;
      if (c === 0) continue;
      const source = f[j]!;
      for (let i = 0; i < source.length; i++) row[i]! += c * source[i]!;
      if (--free === 0) {
        reduceRow(row, p, reciprocal);
        free = chunk;
      }
    }
    reduceRow(row, p, reciprocal);
    return row;
  });
}

function reduceRow(row: Float64Array, p: number, reciprocal: number): void {
  for (let i = 0; i < row.length; i++) row[i] = reduceResidue(row[i]!, p, reciprocal);
}

/** The coefficients of the highest power of x, as a series in t. */
export function leadingSeries(f: SeriesPoly, degree: number): Float64Array {
  return Float64Array.from(f, (row) => row[degree] ?? 0);
}

/**
 * The monic factors of f(x, t)/lead(f) modulo t^precision that reduce to the given ones at t = 0: Hensel lifting in the power
 * series variable, from the top of a binary tree of the factors down.
 *
 * The factors are monic and pairwise coprime, their product is f(x, 0)/lead(f)(0), and lead(f)(0) is not 0; `degree` is the degree
 * of f in x. About precision²·degree²/8 products of residues on each level of the tree.
 */
export function liftSeries(
  f: SeriesPoly,
  degree: number,
  factors: readonly ResiduePoly[],
  precision: number,
  p: number,
): SeriesPoly[] {
  const inverse = divideSeries([1], leadingSeries(f, degree), precision, p);
  const monic = multiplyBySeries(f, inverse, degree + 1, precision, p);
  return liftTree(monic, factors, precision, p);
}

function liftTree(target: SeriesPoly, factors: readonly ResiduePoly[], precision: number, p: number): SeriesPoly[] {
  if (factors.length === 1) return [target];
  const middle = factors.length >> 1;
  const halves = [factors.slice(0, middle), factors.slice(middle)] as const;
  const product = (list: readonly ResiduePoly[]): ResiduePoly => list.reduce((a, b) => multiplyResidues(a, b, p));
  const [left, right] = liftPair(target, product(halves[0]), product(halves[1]), precision, p);
  return [...liftTree(left, halves[0], precision, p), ...liftTree(right, halves[1], precision, p)];
}

/** Linear lifting of one factorisation target = g·h, both monic. */
function liftPair(
  target: SeriesPoly,
  g0: ResiduePoly,
  h0: ResiduePoly,
  precision: number,
  p: number,
): [SeriesPoly, SeriesPoly] {
  const reciprocal = 1 / p;
  const chunk = productsBetweenReductions(p);
  const [m, n] = [g0.length - 1, h0.length - 1];
  const { s } = bezoutResidues(h0, g0, p);
  const g: Float64Array[] = [g0];
  const h: Float64Array[] = [h0];
  const shorter = Math.min(m, n);
  const known = new Float64Array(m + n);
  for (let k = 1; k < precision; k++) {
    known.fill(0);
    let room = chunk;
    for (let j = 1; j < k; j++) {
      if (room < shorter) {
        reduceRow(known, p, reciprocal);
        room = chunk;
      }
      room -= shorter;
      addProduct(known, g[j]!, h[k - j]!, p, reciprocal, chunk);
    }
    const row = target[k]!;
    const error = new Float64Array(m + n);
    for (let i = 0; i < error.length; i++) {
      const difference = (row[i] ?? 0) - reduceResidue(known[i]!, p, reciprocal);
      error[i] = difference < 0 ? difference + p : difference;
    }
    const e = trimResidues(error);
    const step = remainderResidues(multiplyResidues(s, remainderResidues(e, g0, p), p), g0, p);
    const left = new Float64Array(m);
    left.set(step);
    g.push(left);
    // The other step is (e − step·h0)/g0.
    const rest = error.slice();
    const product = multiplyResidues(step, h0, p);
    for (let i = 0; i < product.length; i++) {
      const difference = rest[i]! - product[i]!;
      rest[i] = difference < 0 ? difference + p : difference;
    }
    const right = new Float64Array(n);
    right.set(divideResidues(trimResidues(rest), g0, p).quotient);
    h.push(right);
  }
  return [g, h];
}

/** sums += a·b without reduction, when the products of one entry fit; with a reduction of each product otherwise. */
function addProduct(
  sums: Float64Array,
  a: Float64Array,
  b: Float64Array,
  p: number,
  reciprocal: number,
  chunk: number,
): void {
  const [long, short] = a.length >= b.length ? [a, b] : [b, a];
  if (short.length <= chunk) {
    for (let i = 0; i < short.length; i++) {
      const c = short[i]!;
      if (c === 0) continue;
      for (let j = 0; j < long.length; j++) sums[i + j]! += c * long[j]!;
    }
    return;
  }
  const product = multiplyResidues(trimResidues(a), trimResidues(b), p);
  for (let i = 0; i < product.length; i++) sums[i] = reduceResidue(sums[i]! + product[i]!, p, reciprocal);
}
