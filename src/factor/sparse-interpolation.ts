import type { Budget, Random } from "../core/index.js";
import { invertModulo } from "../rings/index.js";
import { reduceResidue } from "../univariate/index.js";

/**
 * Values of several polynomials in the axes at a point, all with residues modulo the same prime; undefined at a point that is of
 * no use. A polynomial in a main variable counts as one polynomial for each of its powers.
 */
export type ImageOracle = (point: readonly number[]) => Float64Array | undefined;

/** For each polynomial its monomials, as exponents of the axes, in the order of their coefficients. */
export type Skeleton = readonly (readonly (readonly number[])[])[];

export interface SparseImage {
  readonly skeleton: Skeleton;
  /** The coefficients, one polynomial after the other. */
  readonly values: Float64Array;
}

/** Choices of random numbers for one sparse system before it is given up. */
const choicesTried = 8;

/**
 * The polynomials behind an oracle, of at most the given degrees in the axes, by Zippel's sparse interpolation: one axis after the
 * other is taken in, and only the monomials that were seen so far are asked for [Zippel, EUROSAM 1979, LNCS 72, 216–226].
 * Probabilistic: a monomial whose coefficient vanishes at a random point is missed, so the result must be checked. Undefined
 * when points kept failing.
 *
 * About the sum over the axes of (degree + 1)·(largest number of monomials of one polynomial) calls of the oracle.
 */
export function interpolateSparse(
  oracle: ImageOracle,
  degrees: readonly number[],
  p: number,
  random: Random,
  budget: Budget,
): SparseImage | undefined {
  const base = degrees.map(() => random.integer(1, p - 1));
  const start = oracle(base);
  if (start === undefined) return undefined;
  let skeleton: Skeleton = Array.from(start, (value) => (value === 0 ? [] : [[]]));
  let values: Float64Array = start.filter((value) => value !== 0);
  for (const [axis, degree] of degrees.entries()) {
    const nodes = [base[axis]!];
    const samples: Float64Array[] = [values];
    while (nodes.length <= degree) {
      const node = random.integer(1, p - 1);
      if (nodes.includes(node)) continue;
      const fixed = [node, ...base.slice(axis + 1)];
      const sample = coefficientsOf(oracle, skeleton, fixed, p, random, budget);
      if (sample === undefined) return undefined;
      nodes.push(node);
      samples.push(sample);
    }
    [skeleton, values] = extendByAxis(skeleton, nodes, samples, p);
  }
  return { skeleton, values };
}

/**
 * The coefficients of the monomials of a skeleton, from as many points as one polynomial has monomials and one more that
 * checks them; the axes behind the exponents of the skeleton are `fixed`. Undefined when points keep failing, or the skeleton
 * does not fit.
 */
export function coefficientsOf(
  oracle: ImageOracle,
  skeleton: Skeleton,
  fixed: readonly number[],
  p: number,
  random: Random,
  budget: Budget,
): Float64Array | undefined {
  const axes = skeleton.flat()[0]?.length ?? 0;
  const count = skeleton.reduce((most, monomials) => Math.max(most, monomials.length), 0) + 1;
  const reciprocal = 1 / p;
  const times = (a: number, b: number): number => reduceResidue(a * b, p, reciprocal);
  for (let choice = 0; choice < choicesTried; choice++) {
    const ratio = Array.from({ length: axes }, () => random.integer(2, p - 1));
    const nodes = skeleton.map((monomials) => monomials.map((exponents) => monomialAt(exponents, ratio, p)));
    if (nodes.some((list) => new Set(list).size < list.length)) continue;
    const images: Float64Array[] = [];
    let point = ratio;
    for (let k = 0; k < count; k++) {
      budget.spend(1, "interpolating sparse images");
      const image = oracle([...point, ...fixed]);
      if (image === undefined) break;
      images.push(image);
      point = point.map((x, j) => times(x, ratio[j]!));
    }
    if (images.length < count) continue;
    const values: number[] = [];
    for (const [slot, list] of nodes.entries()) {
      const sums = images.map((image) => image[slot]!);
      // The k-th sum is Σ c·node^(k+1).
      const weighted = solveTransposedVandermonde(list, sums, p);
      let expected = 0;
      for (const [m, node] of list.entries()) {
        expected = (expected + times(weighted[m]!, powerOf(node, count - 1, p))) % p;
        values.push(times(weighted[m]!, invertModulo(node, p)));
      }
      if (expected !== sums[count - 1]) return undefined;
    }
    return Float64Array.from(values);
  }
  return undefined;
}

function powerOf(a: number, n: number, p: number): number {
  const reciprocal = 1 / p;
  let result = 1;
  let square = a;
  for (let k = n; k > 0; k = Math.floor(k / 2)) {
    if (k % 2 === 1) result = reduceResidue(result * square, p, reciprocal);
    square = reduceResidue(square * square, p, reciprocal);
  }
  return result;
}

function monomialAt(exponents: readonly number[], point: readonly number[], p: number): number {
  return exponents.reduce((value, e, j) => reduceResidue(value * powerOf(point[j]!, e, p), p, 1 / p), 1);
}

/** The weights w with Σ_m w_m·nodes[m]^k = sums[k] for k < nodes.length; O(n²). */
function solveTransposedVandermonde(nodes: readonly number[], sums: readonly number[], p: number): number[] {
  const reciprocal = 1 / p;
  const n = nodes.length;
  // The product of all x − node.
  const master = new Float64Array(n + 1);
  master[0] = 1;
  for (const [k, node] of nodes.entries()) {
    for (let i = k + 1; i >= 0; i--) {
      const above = i > 0 ? master[i - 1]! : 0;
      master[i] = reduceResidue(above + (p - node) * master[i]!, p, reciprocal);
    }
  }
  return nodes.map((node) => {
    // master/(x − node) from the top, its value at the node, and its scalar product with the sums.
    let coefficient = 0;
    let value = 0;
    let product = 0;
    for (let i = n - 1; i >= 0; i--) {
      coefficient = reduceResidue(master[i + 1]! + node * coefficient, p, reciprocal);
      value = reduceResidue(value * node + coefficient, p, reciprocal);
      product = reduceResidue(product + coefficient * sums[i]!, p, reciprocal);
    }
    return reduceResidue(product * invertModulo(value, p), p, reciprocal);
  });
}

/** Each coefficient becomes a polynomial in one more axis, from its values at the nodes. */
function extendByAxis(
  skeleton: Skeleton,
  nodes: readonly number[],
  samples: readonly Float64Array[],
  p: number,
): [Skeleton, Float64Array] {
  const values: number[] = [];
  let at = 0;
  const extended = skeleton.map((monomials) =>
    monomials.flatMap((exponents) => {
      const column = samples.map((sample) => sample[at]!);
      at++;
      const found: number[][] = [];
      for (const [e, c] of interpolate(nodes, column, p).entries()) {
        if (c === 0) continue;
        found.push([...exponents, e]);
        values.push(c);
      }
      return found;
    }),
  );
  return [extended, Float64Array.from(values)];
}

/** The coefficients of the polynomial with the given values at the nodes (Newton). */
function interpolate(nodes: readonly number[], column: readonly number[], p: number): Float64Array {
  const reciprocal = 1 / p;
  const n = nodes.length;
  const f = Float64Array.from(column);
  for (let j = 1; j < n; j++) {
    for (let i = n - 1; i >= j; i--) {
      const step = (((nodes[i]! - nodes[i - j]!) % p) + p) % p;
      const difference = f[i]! - f[i - 1]!;
      f[i] = reduceResidue((difference < 0 ? difference + p : difference) * invertModulo(step, p), p, reciprocal);
    }
  }
  for (let j = n - 2; j >= 0; j--) {
    for (let i = j; i < n - 1; i++) f[i] = reduceResidue(f[i]! + (p - nodes[j]!) * f[i + 1]!, p, reciprocal);
  }
  return f;
}
