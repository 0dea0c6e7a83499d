import { InternalError } from "../core/index.js";
import { invertModulo, multiplyModulo, reduceModulo } from "../rings/index.js";
import type { Polynomial } from "../sparse/index.js";

/**
 * Images of integer polynomials modulo a word-size prime at the points of a grid, and the way back: the kernel under the
 * modular gcd and resultant. A variable stands first, the *main* variable; the others, the *axes*, are evaluated.
 */

interface CollapseLevel {
  /** Exponent of the axis and place in the next shorter list, for each entry. */
  readonly exponents: Int32Array;
  readonly target: Int32Array;
  readonly targetLength: number;
  readonly degree: number;
}

/** The terms of a polynomial, sorted so that giving the last axis a value adds up neighbours. */
export interface EvaluationPlan {
  readonly coefficients: readonly bigint[];
  readonly levels: readonly CollapseLevel[];
  readonly mainExponents: Int32Array;
  /** The degree in the main variable. */
  readonly degree: number;
}

/** The plan for the numerator of p, whose variables are all among `main` and `axes`. */
export function evaluationPlan(p: Polynomial, main: string, axes: readonly string[]): EvaluationPlan {
  const position = [main, ...axes].map((name) => p.variables.indexOf(name));
  if (p.variables.some((_, i) => !position.includes(i))) throw new InternalError("a variable is left without an axis");
  let rows = p.terms.map((t) => ({
    exponents: position.map((i) => (i < 0 ? 0 : t.exponents[i]!)),
    coefficient: t.coefficient,
  }));
  rows.sort((a, b) => {
    for (let i = 0; i < position.length; i++) {
      const difference = b.exponents[i]! - a.exponents[i]!;
      if (difference !== 0) return difference;
    }
    return 0;
  });
  const sorted = rows.map((row) => row.coefficient);
  const levels: CollapseLevel[] = [];
  for (let axis = axes.length; axis >= 1; axis--) {
    const exponents = Int32Array.from(rows, (row) => row.exponents[axis]!);
    const target = new Int32Array(rows.length);
    const shorter: typeof rows = [];
    for (const [k, row] of rows.entries()) {
      const last = shorter.at(-1);
      let same = last !== undefined;
      for (let i = 0; same && i < axis; i++) same = last!.exponents[i] === row.exponents[i];
      if (!same) shorter.push(row);
      target[k] = shorter.length - 1;
    }
    levels.push({ exponents, target, targetLength: shorter.length, degree: largestOf(exponents) });
    rows = shorter;
  }
  const mainExponents = Int32Array.from(rows, (row) => row.exponents[0]!);
  return { coefficients: sorted, levels, mainExponents, degree: largestOf(mainExponents) };
}

function largestOf(exponents: Int32Array): number {
  return exponents.reduce((d, e) => Math.max(d, e), 0);
}

/** The number of multiplications of one pass over a grid with `counts[i]` points on axis i. */
export function gridCost(plan: EvaluationPlan, counts: readonly number[]): number {
  let cost = 0;
  let points = 1;
  for (const [k, level] of plan.levels.entries()) {
    points *= counts[counts.length - 1 - k]!;
    cost += points * level.exponents.length;
  }
  return cost;
}

/**
 * Calls `visit` at every point of the grid with the images of the polynomials modulo p, each a list of residues of length
 * degree + 1 ([k] multiplies main^k) that is overwritten afterwards. The last axis runs slowest: `index` counts with the first
 * axis fastest. Stops early when `visit` returns false, and tells whether it ran to the end.
 */
export function visitGrid(
  plans: readonly EvaluationPlan[],
  grid: readonly (readonly number[])[],
  p: number,
  visit: (index: number, images: readonly number[][]) => boolean,
): boolean {
  const reciprocal = 1 / p;
  const axes = grid.length;
  const images = plans.map((plan) => new Array<number>(plan.degree + 1).fill(0));
  const lists = plans.map((plan) => [
    Float64Array.from(plan.coefficients, (c) => reduceModulo(c, p)),
    ...plan.levels.map((level) => new Float64Array(level.targetLength)),
  ]);
  const highest = Array.from({ length: axes }, (_, k) => Math.max(...plans.map((plan) => plan.levels[k]!.degree)));
  const powers = highest.map((d) => new Float64Array(d + 1));

  const descend = (k: number, offset: number): boolean => {
    if (k === axes) {
      for (const [i, plan] of plans.entries()) {
        const image = images[i]!.fill(0);
        const values = lists[i]![k]!;
        for (let t = 0; t < values.length; t++) image[plan.mainExponents[t]!] = values[t]!;
      }
      return visit(offset, images);
    }
    const axis = axes - 1 - k;
    const points = grid[axis]!;
    const power = powers[k]!;
    for (let j = 0; j < points.length; j++) {
      power[0] = 1;
      for (let e = 1; e < power.length; e++) power[e] = multiplyModulo(power[e - 1]!, points[j]!, p, reciprocal);
      for (let i = 0; i < plans.length; i++) {
        collapse(plans[i]!.levels[k]!, lists[i]![k]!, lists[i]![k + 1]!, power, p, reciprocal);
      }
      if (!descend(k + 1, offset * points.length + j)) return false;
    }
    return true;
  };
  return descend(0, 0);
}

function collapse(
  level: CollapseLevel,
  from: Float64Array,
  to: Float64Array,
  power: Float64Array,
  p: number,
  reciprocal: number,
): void {
  to.fill(0);
  const { exponents, target } = level;
  for (let t = 0; t < from.length; t++) {
    const e = exponents[t]!;
    const value = e === 0 ? from[t]! : multiplyModulo(from[t]!, power[e]!, p, reciprocal);
    const at = target[t]!;
    const sum = to[at]! + value;
    to[at] = sum >= p ? sum - p : sum;
  }
}

/**
 * Replaces values at the points of a grid by the coefficients of the interpolating polynomial, in place. `data` holds blocks
 * of `width` numbers, one for each point in the order of {@link visitGrid}; afterwards the block of the exponents
 * (e_0, e_1, …) stands where the block of the points with these numbers stood.
 */
export function interpolateGrid(
  data: Float64Array,
  width: number,
  grid: readonly (readonly number[])[],
  p: number,
): void {
  const reciprocal = 1 / p;
  let stride = width;
  for (const points of grid) {
    const n = points.length;
    const inverses = inverseDifferences(points, p, reciprocal);
    const line = new Float64Array(n);
    for (let start = 0; start < data.length; start += stride * n) {
      for (let offset = start; offset < start + stride; offset++) {
        for (let i = 0; i < n; i++) line[i] = data[offset + i * stride]!;
        interpolateLine(line, points, inverses, p, reciprocal);
        for (let i = 0; i < n; i++) data[offset + i * stride] = line[i]!;
      }
    }
    stride *= n;
  }
}

/** Entry [i·n + j] is 1/(points[i] − points[j]) modulo p for j < i; all with one inversion [Montgomery's trick]. */
function inverseDifferences(points: readonly number[], p: number, reciprocal: number): Float64Array {
  const n = points.length;
  const inverses = new Float64Array(n * n);
  const running: number[] = [1];
  const differences: number[] = [];
  for (let i = 1; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const difference = points[i]! - points[j]!;
      differences.push(difference < 0 ? difference + p : difference);
      running.push(multiplyModulo(running.at(-1)!, differences.at(-1)!, p, reciprocal));
    }
  }
  let inverse = invertModulo(running.at(-1)!, p);
  let k = differences.length;
  for (let i = n - 1; i > 0; i--) {
    for (let j = i - 1; j >= 0; j--) {
      k--;
      inverses[i * n + j] = multiplyModulo(inverse, running[k]!, p, reciprocal);
      inverse = multiplyModulo(inverse, differences[k]!, p, reciprocal);
    }
  }
  return inverses;
}

/** Newton's divided differences, then the change to powers. */
function interpolateLine(
  f: Float64Array,
  points: readonly number[],
  inverses: Float64Array,
  p: number,
  reciprocal: number,
): void {
  const n = f.length;
  for (let j = 1; j < n; j++) {
    for (let i = n - 1; i >= j; i--) {
      const difference = f[i]! - f[i - 1]!;
      f[i] = multiplyModulo(difference < 0 ? difference + p : difference, inverses[i * n + i - j]!, p, reciprocal);
    }
  }
  for (let j = n - 2; j >= 0; j--) {
    const a = points[j]!;
    for (let i = j; i < n - 1; i++) {
      const value = f[i]! - multiplyModulo(a, f[i + 1]!, p, reciprocal);
      f[i] = value < 0 ? value + p : value;
    }
  }
}

/** The integers, symmetric about zero, that are known modulo a growing product of primes. */
export interface ChineseRemainders {
  readonly values: bigint[];
  modulus: bigint;
}

/** Takes the residues modulo a new prime in; returns whether the integers stayed as they were. */
export function absorbResidues(state: ChineseRemainders, residues: ArrayLike<number>, p: number): boolean {
  const reciprocal = 1 / p;
  const first = state.modulus === 1n;
  const inverse = first ? 1 : invertModulo(reduceModulo(state.modulus, p), p);
  let stable = !first;
  for (let k = 0; k < residues.length; k++) {
    const value = first ? 0n : state.values[k]!;
    const known = value === 0n ? 0 : reduceModulo(value, p);
    const difference = residues[k]! - known;
    if (difference === 0) {
      if (first) state.values[k] = 0n;
      continue;
    }
    stable = false;
    let step = multiplyModulo(difference < 0 ? difference + p : difference, inverse, p, reciprocal);
    if (step > p / 2) step -= p;
    state.values[k] = value + state.modulus * BigInt(step);
  }
  state.modulus *= BigInt(p);
  return stable;
}

/** The monic greatest common divisor of two lists of residues ([k] multiplies x^k, zeros at the top allowed) modulo p. */
export function gcdModulo(a: readonly number[], b: readonly number[], p: number): number[] {
  const reciprocal = 1 / p;
  let f = trimmed(a);
  let g = trimmed(b);
  if (f.length < g.length) [f, g] = [g, f];
  while (g.length > 0) {
    reduceBy(f, g, p, reciprocal);
    [f, g] = [g, f];
  }
  const lead = f.at(-1);
  if (lead === undefined || lead === 1) return f;
  const inverse = invertModulo(lead, p);
  return f.map((c) => multiplyModulo(c, inverse, p, reciprocal));
}

/**
 * The resultant modulo p of two lists of residues with the *formal* degrees a.length − 1 and b.length − 1: the determinant of
 * the Sylvester matrix of this size, also when the leading entries are zero. By Euclid's algorithm, O(mn).
 */
export function resultantModulo(a: readonly number[], b: readonly number[], p: number): number {
  const reciprocal = 1 / p;
  const multiply = (x: number, y: number): number => multiplyModulo(x, y, p, reciprocal);
  const raise = (base: number, n: number): number => {
    let result = 1;
    let square = base;
    for (let k = n; k > 0; k >>= 1) {
      if (k & 1) result = multiply(result, square);
      square = multiply(square, square);
    }
    return result;
  };
  let f = trimmed(a);
  let g = trimmed(b);
  const formalF = a.length - 1;
  const formalG = b.length - 1;
  if (f.length - 1 < formalF && g.length - 1 < formalG) return 0;
  if (f.length === 0) return formalG === 0 ? raise(b[0]!, formalF) : 0;
  if (g.length === 0) return formalF === 0 ? raise(a[0]!, formalG) : 0;
  let result = 1;
  let negative = false;
  if (g.length - 1 < formalG) result = raise(f.at(-1)!, formalG - (g.length - 1));
  if (f.length - 1 < formalF) {
    const drop = formalF - (f.length - 1);
    result = raise(g.at(-1)!, drop);
    if (drop % 2 === 1 && formalG % 2 === 1) negative = true;
  }
  if (f.length < g.length) {
    if (f.length % 2 === 0 && g.length % 2 === 0) negative = !negative;
    [f, g] = [g, f];
  }
  while (g.length > 1) {
    const degreeF = f.length - 1;
    const degreeG = g.length - 1;
    const lead = g.at(-1)!;
    reduceBy(f, g, p, reciprocal);
    if (f.length === 0) return 0;
    if (degreeF % 2 === 1 && degreeG % 2 === 1) negative = !negative;
    result = multiply(result, raise(lead, degreeF - (f.length - 1)));
    [f, g] = [g, f];
  }
  result = multiply(result, raise(g[0]!, f.length - 1));
  return negative && result !== 0 ? p - result : result;
}

function trimmed(a: readonly number[]): number[] {
  let length = a.length;
  while (length > 0 && a[length - 1] === 0) length--;
  return a.slice(0, length);
}

/** Replaces f by its remainder modulo g, in place. */
function reduceBy(f: number[], g: readonly number[], p: number, reciprocal: number): void {
  const n = g.length;
  const inverse = invertModulo(g[n - 1]!, p);
  while (f.length >= n) {
    const lead = f.pop()!;
    if (lead !== 0) {
      const q = p - multiplyModulo(lead, inverse, p, reciprocal);
      const shift = f.length + 1 - n;
      for (let i = 0; i < n - 1; i++) {
        const sum = f[shift + i]! + multiplyModulo(q, g[i]!, p, reciprocal);
        f[shift + i] = sum >= p ? sum - p : sum;
      }
    }
  }
  while (f.length > 0 && f[f.length - 1] === 0) f.pop();
}
