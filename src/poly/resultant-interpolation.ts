import { bitLength, invertModulo, multiplyModulo, QQ, wordPrime } from "../rings/index.js";
import {
  coefficients,
  constant,
  degree,
  integerContent,
  isZero,
  multiply,
  type Polynomial,
  polynomialFromTerms,
  type Term,
  unionOfVariables,
  zeroPolynomial,
} from "../sparse/index.js";
import {
  absorbResidues,
  type ChineseRemainders,
  type EvaluationPlan,
  evaluationPlan,
  gridCost,
  interpolateGrid,
  resultantModulo,
  visitGrid,
} from "./modular-images.js";

/** What the interpolation of a resultant will do, before it does it. */
export interface InterpolationPlan {
  readonly variable: string;
  readonly axes: readonly string[];
  /** Proven bounds of the exponents of the resultant in each axis; undefined when the resultant is zero. */
  readonly bounds: readonly { readonly low: number; readonly high: number }[] | undefined;
  /** A proven bound of the binary digits of the coefficients of the integer resultant. */
  readonly bits: number;
  readonly primes: number;
  /** About how many modular multiplications it takes. */
  readonly cost: number;
  readonly plans: readonly [EvaluationPlan, EvaluationPlan];
}

/** Plans the resultant of p and q, both of positive degree in v and with integer contents removed. */
export function planInterpolation(p: Polynomial, q: Polynomial, v: string): InterpolationPlan {
  const axes = unionOfVariables(p.variables, q.variables).filter((name) => name !== v);
  const a = coefficients(p, v);
  const b = coefficients(q, v);
  const bounds: { low: number; high: number }[] = [];
  const plans: [EvaluationPlan, EvaluationPlan] = [evaluationPlan(p, v, axes), evaluationPlan(q, v, axes)];
  const bits = coefficientBits(a, b);
  const primes = Math.ceil((bits + 1) / 25.99);
  for (const axis of axes) {
    const high = weightBound(a, b, (c) => degree(c, axis));
    const low = weightBound(a, b, (c) => -lowestExponent(c, axis));
    if (high === undefined || low === undefined)
      return { variable: v, axes, bounds: undefined, bits, primes, cost: 0, plans };
    bounds.push({ low: -low, high });
  }
  const counts = bounds.map(({ low, high }) => Math.max(1, high - low + 1));
  const points = counts.reduce((n, c) => n * c, 1);
  const perPoint = 2 * a.length * b.length + (a.length + b.length) * 20 + 150;
  const interpolation = counts.reduce((sum, c) => sum + points * c, 0);
  const evaluation = gridCost(plans[0], counts) + gridCost(plans[1], counts);
  return {
    variable: v,
    axes,
    bounds,
    bits,
    primes,
    cost: primes * (points * perPoint + interpolation + evaluation),
    plans,
  };
}

/** Above this size of the Sylvester matrix the weight is bounded by the degrees alone. */
const largestAssignment = 120;

/** A bound of the weight of the resultant; undefined when the resultant is zero. */
function weightBound(
  a: readonly Polynomial[],
  b: readonly Polynomial[],
  weight: (c: Polynomial) => number,
): number | undefined {
  if (a.length + b.length - 2 <= largestAssignment) return sylvesterAssignment(a, b, weight);
  const largest = (list: readonly Polynomial[]): number =>
    list.reduce((w, c) => (isZero(c) ? w : Math.max(w, weight(c))), Number.NEGATIVE_INFINITY);
  return (b.length - 1) * largest(a) + (a.length - 1) * largest(b);
}

function lowestExponent(p: Polynomial, v: string): number {
  const i = p.variables.indexOf(v);
  return i < 0 ? 0 : p.terms.reduce((e, t) => Math.min(e, t.exponents[i]!), Number.POSITIVE_INFINITY);
}

/**
 * A bound of the binary digits of every coefficient of the resultant: on the torus of all |y| = 1 the entries of the Sylvester
 * matrix are at most the sums of the absolute values of their coefficients, Hadamard's inequality bounds the determinant, and
 * a coefficient is at most the maximum on the torus [Goldstein & Graham, SIAM Review 16 (1974) 394–395].
 */
function coefficientBits(a: readonly Polynomial[], b: readonly Polynomial[]): number {
  const squares = (list: readonly Polynomial[]): bigint =>
    list.reduce((total, c) => {
      const norm = c.terms.reduce((sum, t) => sum + (t.coefficient < 0n ? -t.coefficient : t.coefficient), 0n);
      return total + norm * norm;
    }, 0n);
  const product = squares(a) ** BigInt(b.length - 1) * squares(b) ** BigInt(a.length - 1);
  return Math.ceil(bitLength(product) / 2) + 1;
}

/**
 * The largest sum of weights along a permutation of the Sylvester matrix of the coefficients: a bound of what the weight of the
 * determinant can be when the weight of a product is at most the sum (a degree, or minus a lowest exponent). Undefined when
 * every permutation meets a zero, and so the determinant is zero. The Hungarian algorithm, O(N^3).
 */
function sylvesterAssignment(
  a: readonly Polynomial[],
  b: readonly Polynomial[],
  weight: (c: Polynomial) => number,
): number | undefined {
  const m = a.length - 1;
  const n = b.length - 1;
  const size = m + n;
  const forbidden = 1e9;
  const cost = Array.from({ length: size }, () => new Array<number>(size).fill(forbidden));
  const place = (row: number, list: readonly Polynomial[], shift: number): void => {
    for (const [k, c] of list.entries()) if (!isZero(c)) cost[row]![shift + list.length - 1 - k] = -weight(c);
  };
  for (let i = 0; i < n; i++) place(i, a, i);
  for (let i = 0; i < m; i++) place(n + i, b, i);
  const total = cheapestAssignment(cost);
  return total > forbidden / 2 ? undefined : -total;
}

/** The least sum of one entry from each row and column [Kuhn 1955; Jonker & Volgenant 1987]. */
function cheapestAssignment(cost: readonly (readonly number[])[]): number {
  const size = cost.length;
  const rowPrice = new Float64Array(size + 1);
  const columnPrice = new Float64Array(size + 1);
  const rowOf = new Int32Array(size + 1); // rows and columns count from 1; 0 means none
  for (let row = 1; row <= size; row++) {
    const slack = new Float64Array(size + 1).fill(Number.POSITIVE_INFINITY);
    const before = new Int32Array(size + 1);
    const done = new Uint8Array(size + 1);
    rowOf[0] = row;
    let column = 0;
    do {
      done[column] = 1;
      const current = rowOf[column]!;
      let step = Number.POSITIVE_INFINITY;
      let next = 0;
      for (let j = 1; j <= size; j++) {
        if (done[j]) continue;
        const reduced = cost[current - 1]![j - 1]! - rowPrice[current]! - columnPrice[j]!;
        if (reduced < slack[j]!) {
          slack[j] = reduced;
          before[j] = column;
        }
        if (slack[j]! < step) {
          step = slack[j]!;
          next = j;
        }
      }
      for (let j = 0; j <= size; j++) {
        if (done[j]) {
          rowPrice[rowOf[j]!]! += step;
          columnPrice[j]! -= step;
        } else slack[j]! -= step;
      }
      column = next;
    } while (rowOf[column] !== 0);
    while (column !== 0) {
      rowOf[column] = rowOf[before[column]!]!;
      column = before[column]!;
    }
  }
  let total = 0;
  for (let j = 1; j <= size; j++) total += cost[rowOf[j]! - 1]![j - 1]!;
  return total;
}

/**
 * The resultant from its values: modulo word-size primes, at the points of a grid in the other variables, by Euclid's algorithm
 * with the formal degrees of p and q; interpolated on the proven bounds of the exponents and lifted with the Chinese
 * remainder theorem up to the proven bound of the coefficients [Collins, J. ACM 18 (1971) 515–532].
 *
 * Assumes that p and q have positive degree in v. Any number of other variables; the cost grows with the product of the
 * degree bounds in them. Exact.
 */
export function resultantByInterpolation(p: Polynomial, q: Polynomial, v: string): Polynomial {
  return runInterpolation(p, q, planInterpolation(withoutContent(p), withoutContent(q), v));
}

/** The integer polynomial p divided by its integer content; the sign stays. */
export function withoutContent(p: Polynomial): Polynomial {
  const g = integerContent(p);
  if (g === 1n) return p.denominator === 1n ? p : { ...p, denominator: 1n };
  const terms = p.terms.map((t) => ({ exponents: t.exponents, coefficient: t.coefficient / g }));
  return { variables: p.variables, terms, denominator: 1n };
}

/** Carries out a plan that was made for {@link withoutContent} of p and q. */
export function runInterpolation(p: Polynomial, q: Polynomial, plan: InterpolationPlan): Polynomial {
  const { bounds, axes } = plan;
  if (bounds === undefined || bounds.some(({ low, high }) => high < low)) return zeroPolynomial;
  const counts = bounds.map(({ low, high }) => high - low + 1);
  const points = counts.reduce((n, c) => n * c, 1);
  const grid = counts.map((count) => Array.from({ length: count }, (_, i) => i + 1));
  const state: ChineseRemainders = { values: [], modulus: 1n };
  const data = new Float64Array(points);
  for (let k = 0; k < plan.primes; k++) {
    const prime = wordPrime(k);
    const shifts = bounds.map(({ low }, i) => grid[i]!.map((a) => inversePower(a, low, prime)));
    visitGrid(plan.plans, grid, prime, (index, [a, b]) => {
      let value = resultantModulo(a!, b!, prime);
      let rest = index;
      for (const [i, count] of counts.entries()) {
        value = multiplyModulo(value, shifts[i]![rest % count]!, prime, 1 / prime);
        rest = Math.floor(rest / count);
      }
      data[index] = value;
      return true;
    });
    interpolateGrid(data, 1, grid, prime);
    absorbResidues(state, data, prime);
  }
  const terms: Term[] = [];
  for (const [k, coefficient] of state.values.entries()) {
    if (coefficient === 0n) continue;
    let rest = k;
    const exponents = counts.map((count, i) => {
      const e = rest % count;
      rest = Math.floor(rest / count);
      return e + bounds[i]!.low;
    });
    terms.push({ exponents, coefficient });
  }
  const m = degree(p, plan.variable);
  const n = degree(q, plan.variable);
  const num = integerContent(p) ** BigInt(n) * integerContent(q) ** BigInt(m);
  const den = p.denominator ** BigInt(n) * q.denominator ** BigInt(m);
  return multiply(constant(QQ.fromRatio(num, den)), polynomialFromTerms(axes, terms));
}

function inversePower(a: number, n: number, p: number): number {
  let power = 1;
  for (let k = 0; k < n; k++) power = multiplyModulo(power, a, p, 1 / p);
  return invertModulo(power, p);
}
