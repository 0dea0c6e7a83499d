import {
  add,
  constant,
  multiply,
  type Polynomial,
  productOf,
  scale,
  subtract,
  sumOf,
  variable,
} from "../poly/index.js";
import { QQ, type Rational, rationalToNumber } from "../rings/index.js";
import { type CurveFit, shortestFaithful, shortRational } from "./curve-fit.js";
import { type LeastSquares, levenbergMarquardt, solveNonNegative } from "./least-squares.js";
import type { Samples } from "./samples.js";

/** Which free Lévy laws are allowed. */
export interface LevyOptions {
  readonly mean: Rational;
  /** Only jumps t > 0. */
  readonly positive: boolean;
  /** Whether drift and semicircular part are allowed; without them an atom can be born at 0 alone, as in a Gram matrix. */
  readonly drift: boolean;
  /** The weight of an atom at 0, which fixes the total rate at one minus it; only without drift. */
  readonly zeroWeight?: Rational;
}

/** z = −1/m + drift − variance·m + Σ rate_i·t_i/(1 + t_i m). */
interface LevyParameters {
  readonly drift: number;
  readonly variance: number;
  readonly jumps: readonly { readonly t: number; readonly rate: number }[];
}

/** Weight of the linear conditions against the data. */
const firm = 1e4;

/**
 * Free Lévy laws fitted to samples: z = −1/m + a − v·m + Σ rate_i t_i/(1 + t_i m) with rate_i, v ≥ 0. Each is a law by construction, and stays
 * one under decompression by any tau (freely infinitely divisible: R(s) = a + v·s + Σ rate_i t_i/(1 − t_i s)). The residual is
 * that of z, times |m'|/error, the same to first order as that of a dense fit.
 *
 * Non-negative least squares for the rates on a grid of jumps [Lawson and Hanson 1974, chapter 23], then neighbours are merged down to
 * each number of jumps and every stage is refined by Levenberg–Marquardt in log t and log rate. Coefficients are rounded to short
 * rationals and the conditions (mean, weight at 0) solved again over Q.
 *
 * @returns one fit for each number of jumps from the least possible to `most`.
 */
export function fitLevyCurves(samples: Samples, options: LevyOptions, most: number): CurveFit[] {
  const equations = createEquations(samples, options);
  const fits: CurveFit[] = [];
  let current = startOnGrid(samples, options, equations);
  while (current.jumps.length > most) current = mergeNearest(current);
  for (;;) {
    const { parameters, condition } = refine(equations, options, current);
    const rounded = shortestFaithful(samples, (bits) => {
      const exact = exactParameters(options, parameters, bits);
      return exact && levyPolynomial(exact);
    });
    const count = parameters.jumps.length;
    const conditions = options.zeroWeight === undefined ? 1 : 2;
    const freedom = 2 * count + (options.drift ? 1 : 0) + (parameters.variance > 0 ? 1 : 0) - conditions;
    if (rounded !== undefined && rounded.degrees.m > 1) {
      fits.unshift({ family: "free Lévy", ...rounded, freedom, condition });
    }
    if (count <= (options.drift ? 0 : 1)) return fits;
    current = mergeNearest(parameters);
  }
}

/** Weighted rows of 1/m + z = a − v m + Σ …, real and imaginary parts in turn. */
interface Equations {
  readonly mRe: Float64Array;
  readonly mIm: Float64Array;
  readonly weight: Float64Array;
  /** (1/m + z)·weight. */
  readonly right: Float64Array;
  readonly mean: number;
  readonly rate: number | undefined;
  /** The columns of drift and variance. */
  readonly drift: readonly number[];
  readonly variance: readonly number[];
}

function createEquations(samples: Samples, options: LevyOptions): Equations {
  const { zRe, zIm, mRe, mIm, dRe, dIm, error } = samples;
  const weight = mRe.map((_, j) => Math.hypot(dRe[j]!, dIm[j]!) / error[j]!);
  const right = new Float64Array(2 * mRe.length);
  mRe.forEach((re, j) => {
    const norm = re * re + mIm[j]! * mIm[j]!;
    right[2 * j] = (zRe[j]! + re / norm) * weight[j]!;
    right[2 * j + 1] = (zIm[j]! - mIm[j]! / norm) * weight[j]!;
  });
  const rate = options.zeroWeight === undefined ? undefined : 1 - rationalToNumber(options.zeroWeight);
  const zeroRow = rate === undefined ? [] : [0];
  return {
    mRe,
    mIm,
    weight,
    right,
    mean: rationalToNumber(options.mean),
    rate,
    drift: [...Array.from(weight).flatMap((w) => [w, 0]), firm, ...zeroRow],
    variance: [...Array.from(weight).flatMap((w, j) => [-mRe[j]! * w, -mIm[j]! * w]), 0, ...zeroRow],
  };
}

/** The column of a jump: t/(1 + t m), weighted, with the rows of the conditions below. */
function jumpColumn(equations: Equations, t: number): number[] {
  const { mRe, mIm, weight } = equations;
  const column: number[] = [];
  for (let j = 0; j < mRe.length; j++) {
    const [dr, di] = [1 + t * mRe[j]!, t * mIm[j]!];
    const factor = (t * weight[j]!) / (dr * dr + di * di);
    column.push(dr * factor, -di * factor);
  }
  column.push(firm * t);
  if (equations.rate !== undefined) column.push(firm);
  return column;
}

function rightSide(equations: Equations): number[] {
  return [...equations.right, firm * equations.mean, ...(equations.rate === undefined ? [] : [firm * equations.rate])];
}

function startOnGrid(samples: Samples, options: LevyOptions, equations: Equations): LevyParameters {
  const moduli = Array.from(samples.zRe, (re, j) => Math.hypot(re, samples.zIm[j]!));
  const [low, high] = [Math.min(...moduli) / 2, Math.max(...moduli) * 2];
  const positive: number[] = [];
  const from = samples.contour === "sectors" ? low : high / 3000;
  for (let t = from; t < high; t *= 1.25) positive.push(t);
  const grid = options.positive ? positive : [...positive.map((t) => -t).reverse(), ...positive];
  const columns = grid.map((t) => jumpColumn(equations, t));
  if (options.drift) {
    const { drift, variance } = equations;
    columns.push(
      [...variance],
      [...drift],
      drift.map((value) => -value),
    );
  }
  const solution = solveNonNegative(columns, rightSide(equations));
  const jumps = grid.map((t, k) => ({ t, rate: solution[k]! })).filter((jump) => jump.rate > 0);
  const rest = solution.slice(grid.length);
  return { drift: (rest[1] ?? 0) - (rest[2] ?? 0), variance: rest[0] ?? 0, jumps };
}

/** Joins the two neighbouring jumps of one sign that differ least, and keeps their rate and their share of the mean. */
function mergeNearest(parameters: LevyParameters): LevyParameters {
  const jumps = [...parameters.jumps].sort((a, b) => a.t - b.t);
  let best = { k: -1, cost: Number.POSITIVE_INFINITY };
  for (let k = 0; k + 1 < jumps.length; k++) {
    const [a, b] = [jumps[k]!, jumps[k + 1]!];
    if (a.t * b.t < 0) continue;
    const cost = ((a.rate * b.rate) / (a.rate + b.rate)) * Math.log(a.t / b.t) ** 2 * Math.abs(a.t * b.t);
    if (cost < best.cost) best = { k, cost };
  }
  if (best.k >= 0) {
    const [a, b] = [jumps[best.k]!, jumps[best.k + 1]!];
    const rate = a.rate + b.rate;
    jumps.splice(best.k, 2, { t: (a.rate * a.t + b.rate * b.t) / rate, rate });
    return { ...parameters, jumps };
  }
  // No two of one sign: the weakest becomes semicircular variance, or, where none is allowed, is dropped.
  if (jumps.length === 0) return parameters;
  const weakest = jumps.reduce((w, jump) => (jump.rate * jump.t ** 2 < w.rate * w.t ** 2 ? jump : w), jumps[0]!);
  return {
    drift: parameters.drift + weakest.rate * weakest.t,
    variance: parameters.variance + weakest.rate * weakest.t ** 2,
    jumps: jumps.filter((jump) => jump !== weakest),
  };
}

/** log|t_i|, log rate_i and, with drift, the drift and the square root of the variance; the signs of the jumps stay. */
function toVector({ drift, variance, jumps }: LevyParameters, options: LevyOptions): number[] {
  return [
    ...jumps.flatMap(({ t, rate }) => [Math.log(Math.abs(t)), Math.log(rate)]),
    ...(options.drift ? [drift, Math.sqrt(variance)] : []),
  ];
}

function fromVector(vector: readonly number[], like: LevyParameters): LevyParameters {
  const count = like.jumps.length;
  return {
    drift: vector[2 * count] ?? 0,
    variance: (vector[2 * count + 1] ?? 0) ** 2,
    jumps: like.jumps.map(({ t }, i) => ({
      t: Math.sign(t) * Math.exp(vector[2 * i]!),
      rate: Math.exp(vector[2 * i + 1]!),
    })),
  };
}

interface Refined extends LeastSquares {
  readonly parameters: LevyParameters;
}

function refine(equations: Equations, options: LevyOptions, start: LevyParameters): Refined {
  const right = rightSide(equations);
  const residual = (vector: readonly number[]): Float64Array => {
    const { drift, variance, jumps } = fromVector(vector, start);
    const rows = Float64Array.from(right);
    const subtractColumn = (column: readonly number[], factor: number): void => {
      for (let r = 0; r < rows.length; r++) rows[r]! -= factor * column[r]!;
    };
    for (const { t, rate } of jumps) subtractColumn(jumpColumn(equations, t), rate);
    if (options.drift) {
      subtractColumn(equations.drift, drift);
      subtractColumn(equations.variance, variance);
    }
    return rows;
  };
  const found = levenbergMarquardt(residual, toVector(start, options), 60);
  // The coordinate has unit scale: a variance this small is none.
  const parameters = fromVector(found.at, start);
  return { ...found, parameters: parameters.variance > 1e-9 ? parameters : { ...parameters, variance: 0 } };
}

interface ExactParameters {
  readonly drift: Rational;
  readonly variance: Rational;
  readonly jumps: readonly { readonly t: Rational; readonly rate: Rational }[];
}

/** Short rationals that satisfy the conditions exactly; undefined when a rate would not stay positive. */
function exactParameters(options: LevyOptions, parameters: LevyParameters, bits: number): ExactParameters | undefined {
  const jumps = parameters.jumps.map(({ t, rate }) => ({ t: shortRational(t, bits), rate: shortRational(rate, bits) }));
  const variance = shortRational(parameters.variance, bits);
  const share = (): Rational => jumps.reduce((sum, { t, rate }) => QQ.add(sum, QQ.mul(t, rate)), QQ.zero);
  if (options.drift) return { drift: QQ.sub(options.mean, share()), variance, jumps };
  const order = jumps.map((_, k) => k).sort((a, b) => parameters.jumps[b]!.rate - parameters.jumps[a]!.rate);
  const first = jumps[order[0]!]!;
  if (options.zeroWeight === undefined) {
    const heaviest = jumps.reduce((h, j) => (QQ.compare(QQ.mul(j.t, j.rate), QQ.mul(h.t, h.rate)) > 0 ? j : h), first);
    heaviest.rate = QQ.add(heaviest.rate, QQ.div(QQ.sub(options.mean, share()), heaviest.t));
  } else {
    const total = QQ.sub(QQ.one, options.zeroWeight);
    const excess = jumps.reduce((sum, { rate }) => QQ.add(sum, rate), QQ.neg(total));
    const second = jumps
      .filter((jump) => jump !== first)
      .sort((a, b) => QQ.compare(QQ.mul(b.t, b.rate), QQ.mul(a.t, a.rate)))[0];
    if (second === undefined) {
      first.rate = total;
      first.t = QQ.div(options.mean, total);
    } else {
      // first.rate + second.rate and first.rate·first.t + second.rate·second.t are prescribed.
      const missing = QQ.sub(options.mean, share());
      const change = QQ.div(QQ.add(missing, QQ.mul(excess, first.t)), QQ.sub(second.t, first.t));
      second.rate = QQ.add(second.rate, change);
      first.rate = QQ.sub(QQ.sub(first.rate, excess), change);
    }
  }
  return jumps.every(({ rate }) => QQ.sign(rate) > 0) ? { drift: QQ.zero, variance, jumps } : undefined;
}

/** (1 + z m − a m + v m²)·Π (1 + t_i m) − m Σ rate_i t_i Π_{j≠i} (1 + t_j m). */
function levyPolynomial({ drift, variance, jumps }: ExactParameters): Polynomial {
  const [z, m] = [variable("z"), variable("m")];
  const factors = jumps.map(({ t }) => add(constant(1), scale(m, t)));
  const head = sumOf([constant(1), multiply(z, m), scale(m, QQ.neg(drift)), scale(multiply(m, m), variance)]);
  const tail = jumps.map(({ t, rate }, i) => scale(productOf(factors.filter((_, j) => j !== i)), QQ.mul(t, rate)));
  return subtract(productOf([head, ...factors]), multiply(m, sumOf(tail)));
}
