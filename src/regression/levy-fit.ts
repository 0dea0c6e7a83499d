import { type Budget, unlimited } from "../core/index.js";
import { rationalToNumber } from "../rings/index.js";
import { type CurveFit, followerOf, type LevyParameters, misfitOf, reachOf, shortestFaithful } from "./curve-fit.js";
import type { DoubleCurve } from "./double-curve.js";
import { type LeastSquares, levenbergMarquardt, sensitivityOf, solveNonNegative } from "./least-squares.js";
import {
  cumulantsOf,
  doubles,
  type LevyKnown,
  type LevyTargets,
  type LinearCondition,
  linearConditions,
} from "./levy-conditions.js";
import { exactLevy, levyLaw, levyName } from "./levy-law.js";
import { decompressLevy } from "./levy-spectrum.js";
import type { Weighted } from "./noise.js";

/** Which free Lévy laws are allowed. */
export interface LevyShape {
  /** A free drift; without it the drift is 0 in the coordinate of the eigenvalues, as for Gram matrices and their sums with Wigner matrices. */
  readonly drift: boolean;
  /** Whether a semicircular part is allowed. */
  readonly variance: boolean;
  /** Only jumps t > 0. */
  readonly positive: boolean;
}

/** Weight of the exact conditions against the data, whose rows have unit variance. */
const firm = 3e4;

/**
 * Free Lévy laws fitted to samples: z = −1/m + a − v·m + Σ rate_i t_i/(1 + t_i m) with rate_i, v ≥ 0. Each is a law by construction, and stays
 * one under decompression by any tau (freely infinitely divisible: R(s) = a + v·s + Σ rate_i t_i/(1 − t_i s)). The residual is
 * m'·(z − z_fit(m)), the deviation of m to first order, in the metric of its noise.
 *
 * Non-negative least squares for the rates on a grid of jumps [Lawson and Hanson 1974, chapter 23], then neighbours are merged down to
 * each number of jumps and every stage is refined by Levenberg–Marquardt in log t and log rate. Parameters become short decimals and the known values hold
 * exactly.
 *
 * @returns one fit for each number of jumps from the least possible to `most`.
 */
export function fitLevyCurves(
  weighted: Weighted,
  shape: LevyShape,
  known: LevyKnown,
  most: number,
  budget: Budget = unlimited,
): CurveFit[] {
  const problem = createProblem(weighted, shape, known);
  const best = new Map<number, Refined>();
  const tryFrom = (starts: readonly LevyParameters[]): Refined => {
    budget.spend(1, "fitting free Lévy laws");
    const count = starts[0]!.jumps.length;
    const rough = starts.length > 1 ? starts.map((start) => refine(problem, start, 8)) : [];
    const start = rough.sort((a, b) => a.sum - b.sum)[0]?.parameters ?? starts[0]!;
    const refined = refine(problem, start, 60);
    const known = best.get(count);
    if (known === undefined || refined.sum < known.sum) best.set(count, refined);
    return best.get(count)!;
  };
  // Upwards, one jump more at the best place of a coarse grid …
  const least = shape.variance ? 0 : 1;
  for (let count = least; count <= most; count++) {
    const before = best.get(count - 1)?.parameters.jumps.map(({ t }) => t) ?? [];
    tryFrom([bestPlaces(problem, before, count)]);
  }
  // … and downwards from many.
  let starts = [startOnGrid(problem, most)];
  while (starts.length > 0 && starts[0]!.jumps.length >= least) {
    const found = tryFrom(starts);
    starts = found.parameters.jumps.length === 0 ? [] : fewerJumps(found.parameters, shape);
  }
  return [...best.entries()].sort(([a], [b]) => a - b).map(([, refined]) => curveOf(problem, refined));
}

/** So many places a decade. */
const coarse = 8;

/** Rates, drift and variance by non-negative least squares for the best jump beside given ones; of two jumps, the best pair. */
function bestPlaces(problem: Problem, before: readonly number[], count: number): LevyParameters {
  const { weighted, shape } = problem;
  const moduli = Array.from(weighted.samples.zRe, (re, j) => Math.hypot(re, weighted.samples.zIm[j]!));
  const [low, high] = [Math.min(...moduli), Math.max(...moduli)];
  const from = weighted.samples.contour === "sectors" ? low : high / 300;
  const places: number[] = [];
  for (let t = from; t < high; t *= 10 ** (1 / coarse)) places.push(t, ...(shape.positive ? [] : [-t]));
  if (count === 0) return linearFit(problem, []).parameters;
  const pairs = count === 2 && places.length <= 50;
  const choices = pairs
    ? places.flatMap((a, i) => places.slice(i + 1).map((b) => [a, b]))
    : places.map((t) => [...before, t]);
  let best: { parameters: LevyParameters; sum: number } | undefined;
  for (const ts of choices) {
    const found = linearFit(problem, ts);
    if (best === undefined || found.sum < best.sum) best = found;
  }
  return best!.parameters;
}

/** The best rates, variance and drift for given jumps; a rate of 0 becomes a small one, since logarithms follow. */
function linearFit(problem: Problem, ts: readonly number[]): { parameters: LevyParameters; sum: number } {
  const { shape, fixedDrift, right, driftColumn, varianceColumn, conditionsAt, edgeStarts } = problem;
  const conditions = conditionsAt(edgeStarts);
  const whole = (rows: Float64Array, firmly: (condition: LinearCondition<number>) => number): Float64Array =>
    conditions.length === 0 ? rows : Float64Array.from([...rows, ...conditions.map((c) => firm * firmly(c))]);
  const columns = ts.map((t) => whole(problem.cachedColumn(t), (c) => c.jump(t)));
  if (shape.variance) columns.push(whole(varianceColumn, (c) => c.variance));
  const ofDrift = whole(driftColumn, (c) => c.drift);
  if (shape.drift)
    columns.push(
      ofDrift,
      ofDrift.map((value) => -value),
    );
  const all = whole(right, (c) => c.right);
  const target = shape.drift ? all : all.map((value, r) => value - fixedDrift * ofDrift[r]!);
  const solution = solveNonNegative(columns, target);
  let sum = 0;
  for (let r = 0; r < target.length; r++) {
    let rest = target[r]!;
    for (let k = 0; k < columns.length; k++) rest -= columns[k]![r]! * solution[k]!;
    sum += rest * rest;
  }
  const variance = shape.variance ? solution[ts.length]! : 0;
  const drift = shape.drift ? solution.at(-2)! - solution.at(-1)! : fixedDrift;
  return { parameters: { drift, variance, jumps: ts.map((t, k) => ({ t, rate: solution[k]! || 1e-3 })) }, sum };
}

/** Ways to one jump less: two neighbours joined, the weakest one dropped, or the one nearest to 0, which acts most like variance, made variance. */
function fewerJumps(parameters: LevyParameters, shape: LevyShape): LevyParameters[] {
  const joined = mergeNearest(parameters, shape);
  const ways = joined === undefined ? [] : [joined];
  if (shape.variance || parameters.jumps.length > 1) ways.push(dropWeakest(parameters, shape));
  if (shape.variance) {
    const nearest = parameters.jumps.reduce((a, b) => (Math.abs(b.t) < Math.abs(a.t) ? b : a));
    ways.push(withoutJump(parameters, shape, nearest));
  }
  return ways;
}

interface Problem {
  readonly weighted: Weighted;
  readonly shape: LevyShape;
  readonly known: LevyKnown;
  /** The drift in the scaled coordinate when it is fixed. */
  readonly fixedDrift: number;
  /** First ideas of m at the known edges, in the scaled coordinate. */
  readonly edgeStarts: readonly number[];
  /** The exact conditions in the scaled coordinate, given m at the known edges. */
  conditionsAt(edgeValues: readonly number[]): LinearCondition<number>[];
  readonly right: Float64Array;
  readonly driftColumn: Float64Array;
  readonly varianceColumn: Float64Array;
  /** The column of a jump, per unit of rate. */
  jumpColumn(t: number): Float64Array;
  /** The same, remembered: for jumps of a grid. */
  cachedColumn(t: number): Float64Array;
}

/** Every column is the deviation in m of a summand of z, whitened. */
function createProblem(weighted: Weighted, shape: LevyShape, known: LevyKnown): Problem {
  const { samples, mRe, mIm, dRe, dIm } = weighted;
  const count = mRe.length;
  const [re, im] = [new Float64Array(count), new Float64Array(count)];
  const column = (summand: (j: number) => readonly [number, number]): Float64Array => {
    for (let j = 0; j < count; j++) {
      const [a, b] = summand(j);
      re[j] = a * dRe[j]! - b * dIm[j]!;
      im[j] = a * dIm[j]! + b * dRe[j]!;
    }
    return weighted.whiten(re, im);
  };
  const jumpColumn = (t: number): Float64Array =>
    column((j) => {
      const [dr, di] = [1 + t * mRe[j]!, t * mIm[j]!];
      const factor = t / (dr * dr + di * di);
      return [dr * factor, -di * factor];
    });
  const cache = new Map<number, Float64Array>();
  const [shift, dilation] = [rationalToNumber(samples.shift), rationalToNumber(samples.dilation)];
  const edges = known.edges ?? [];
  const targets: LevyTargets<number> = {
    rate: known.zeroWeight === undefined ? undefined : 1 - rationalToNumber(known.zeroWeight),
    cumulants: cumulantsOf(known.moments ?? []).map(
      (kappa, k) => (rationalToNumber(kappa) - (k === 0 ? shift : 0)) / dilation ** (k + 1),
    ),
    edges: edges.map(({ at }) => (rationalToNumber(at) - shift) / dilation),
  };
  return {
    weighted,
    shape,
    known,
    fixedDrift: -shift / dilation,
    edgeStarts: edges.map(({ m }) => m * dilation),
    conditionsAt: (values) => linearConditions(doubles, targets, values),
    right: column((j) => {
      const norm = mRe[j]! ** 2 + mIm[j]! ** 2;
      return [samples.zRe[j]! + mRe[j]! / norm, samples.zIm[j]! - mIm[j]! / norm];
    }),
    driftColumn: column(() => [1, 0]),
    varianceColumn: column((j) => [-mRe[j]!, -mIm[j]!]),
    jumpColumn,
    cachedColumn(t) {
      const known = cache.get(t) ?? jumpColumn(t);
      cache.set(t, known);
      return known;
    },
  };
}

/** Non-negative least squares on a fine grid of jumps, neighbours merged until at most so many are left. */
function startOnGrid(problem: Problem, most: number): LevyParameters {
  const { weighted, shape } = problem;
  const moduli = Array.from(weighted.samples.zRe, (re, j) => Math.hypot(re, weighted.samples.zIm[j]!));
  const [low, high] = [Math.min(...moduli) / 2, Math.max(...moduli) * 2];
  const from = weighted.samples.contour === "sectors" ? low : high / 3000;
  const positive: number[] = [];
  for (let t = from; t < high; t *= 1.25) positive.push(t);
  const grid = shape.positive ? positive : [...positive.map((t) => -t).reverse(), ...positive];
  const { parameters } = linearFit(problem, grid);
  let current: LevyParameters = { ...parameters, jumps: parameters.jumps.filter(({ rate }) => rate !== 1e-3) };
  while (current.jumps.length > most) current = mergeNearest(current, shape) ?? dropWeakest(current, shape);
  return current;
}

/** Joins the two neighbouring jumps of one sign that differ least, and keeps their rate and their share of the mean; undefined when no two have one sign. */
function mergeNearest(parameters: LevyParameters, shape: LevyShape): LevyParameters | undefined {
  const jumps = [...parameters.jumps].sort((a, b) => a.t - b.t);
  let best = { k: -1, cost: Number.POSITIVE_INFINITY };
  for (let k = 0; k + 1 < jumps.length; k++) {
    const [a, b] = [jumps[k]!, jumps[k + 1]!];
    if (a.t * b.t < 0) continue;
    const cost = ((a.rate * b.rate) / (a.rate + b.rate)) * Math.log(a.t / b.t) ** 2 * Math.abs(a.t * b.t);
    if (cost < best.cost) best = { k, cost };
  }
  if (best.k < 0) return undefined;
  const [a, b] = [jumps[best.k]!, jumps[best.k + 1]!];
  const rate = a.rate + b.rate;
  jumps.splice(best.k, 2, { t: (a.rate * a.t + b.rate * b.t) / rate, rate });
  // The second cumulant that is lost is kept as variance where there may be some.
  const lost = ((a.rate * b.rate) / rate) * (a.t - b.t) ** 2;
  return { ...parameters, variance: parameters.variance + (shape.variance ? lost : 0), jumps };
}

function dropWeakest(parameters: LevyParameters, shape: LevyShape): LevyParameters {
  const weakest = parameters.jumps.reduce((w, jump) => (jump.rate * jump.t ** 2 < w.rate * w.t ** 2 ? jump : w));
  return withoutJump(parameters, shape, weakest);
}

/** Its mean becomes drift and its second cumulant variance, where they are allowed. */
function withoutJump(
  parameters: LevyParameters,
  shape: LevyShape,
  jump: LevyParameters["jumps"][number],
): LevyParameters {
  return {
    drift: parameters.drift + (shape.drift ? jump.rate * jump.t : 0),
    variance: parameters.variance + (shape.variance ? jump.rate * jump.t ** 2 : 0),
    jumps: parameters.jumps.filter((other) => other !== jump),
  };
}

/** log|t_i|, log rate_i, the drift if it is free and the logarithm of the variance if there is one; the signs of the jumps stay. */
function toVector({ drift, variance, jumps }: LevyParameters, shape: LevyShape): number[] {
  return [
    ...jumps.flatMap(({ t, rate }) => [Math.log(Math.abs(t)), Math.log(rate)]),
    ...(shape.drift ? [drift] : []),
    ...(shape.variance ? [Math.log(Math.max(variance, leastVariance))] : []),
  ];
}

/** In the scaled coordinate the spectrum has unit size: a variance this small is none. */
const leastVariance = 1e-8;

function fromVector(vector: readonly number[], like: LevyParameters, shape: LevyShape): LevyParameters {
  const count = like.jumps.length;
  const rest = vector.slice(2 * count);
  return {
    drift: shape.drift ? rest[0]! : like.drift,
    variance: shape.variance ? Math.exp(rest.at(-1)!) : 0,
    jumps: like.jumps.map(({ t }, i) => ({
      t: Math.sign(t) * Math.exp(vector[2 * i]!),
      rate: Math.exp(vector[2 * i + 1]!),
    })),
  };
}

interface Refined extends LeastSquares {
  readonly parameters: LevyParameters;
  /** m at the known edges. */
  readonly edgeValues: readonly number[];
}

/** Coordinates: the logarithms of |m| at the known edges, then those of the law. */
function refine(problem: Problem, start: LevyParameters, rounds: number): Refined {
  const { shape, right, driftColumn, varianceColumn, edgeStarts, conditionsAt } = problem;
  const valuesOf = (vector: readonly number[]): number[] =>
    edgeStarts.map((value, k) => Math.sign(value) * Math.exp(vector[k]!));
  const residual = (vector: readonly number[]): Float64Array => {
    const { drift, variance, jumps } = fromVector(vector.slice(edgeStarts.length), start, shape);
    const rows = right.map((value, r) => value - drift * driftColumn[r]! - variance * varianceColumn[r]!);
    for (const { t, rate } of jumps) {
      const column = problem.jumpColumn(t);
      for (let r = 0; r < rows.length; r++) rows[r]! -= rate * column[r]!;
    }
    const conditions = conditionsAt(valuesOf(vector));
    if (conditions.length === 0) return rows;
    const off = conditions.map((condition) => {
      const sum = drift * condition.drift + variance * condition.variance;
      return firm * jumps.reduce((rest, { t, rate }) => rest - rate * condition.jump(t), condition.right - sum);
    });
    return Float64Array.from([...rows, ...off]);
  };
  const starts = [...edgeStarts.map((value) => Math.log(Math.abs(value))), ...toVector(start, shape)];
  const found = levenbergMarquardt(residual, starts, rounds);
  return {
    ...found,
    parameters: fromVector(found.at.slice(edgeStarts.length), start, shape),
    edgeValues: valuesOf(found.at),
  };
}

function curveOf(whole: Problem, ended: Refined): CurveFit {
  const { problem, refined } = withoutVanished(whole, ended);
  const { weighted, shape, known, edgeStarts, conditionsAt } = problem;
  const { parameters, condition, at, edgeValues } = refined;
  const jumps = parameters.jumps.length;
  const conditions = conditionsAt(edgeStarts).length;
  const { values, spread } = sensitivityOf(refined.jacobian);
  const curve = levyCurve(parameters);
  return {
    family: "free Lévy",
    name: levyName(jumps, shape.variance, shape.drift),
    shifted: shape.drift,
    curve,
    degrees: { m: curve.degM, z: curve.degZ },
    freedom: Math.max(0, at.length - conditions),
    misfit: misfitOf(weighted, curve),
    condition,
    follow: followerOf(refined.jacobian),
    reach: reachOf(values, conditions),
    coordinates: at.length,
    draw(normals, tau) {
      const change = spread(normals);
      const moved = at.map((value, k) => value + change[k]!);
      const levy = decompressLevy(fromVector(moved.slice(edgeStarts.length), parameters, shape), tau);
      return { curve: levyCurve(levy), tau, levy };
    },
    exact: () =>
      shortestFaithful(weighted, (digits) => {
        const found = exactLevy({ parameters, edgeValues }, shape, known, weighted.samples, digits);
        return found && levyLaw(found);
      }),
  };
}

/** A law whose variance went to 0 is one of the shape without variance. */
function withoutVanished(problem: Problem, refined: Refined): { problem: Problem; refined: Refined } {
  const { shape } = problem;
  const { parameters, at, jacobian } = refined;
  if (!shape.variance || parameters.variance > 2 * leastVariance || parameters.jumps.length === 0) {
    return { problem, refined };
  }
  return {
    problem: { ...problem, shape: { ...shape, variance: false } },
    refined: {
      ...refined,
      parameters: { ...parameters, variance: 0 },
      at: at.slice(0, -1),
      jacobian: jacobian.slice(0, -1),
    },
  };
}

/** (1 + z m − a m + v m²)·Π (1 + t_i m) − m Σ rate_i t_i Π_{j≠i} (1 + t_j m) in doubles. */
export function levyCurve({ drift, variance, jumps }: LevyParameters): DoubleCurve {
  const times = (p: readonly number[], t: number): number[] =>
    Array.from({ length: p.length + 1 }, (_, k) => (p[k] ?? 0) + t * (p[k - 1] ?? 0));
  const all = jumps.reduce<number[]>((p, { t }) => times(p, t), [1]);
  const degM = jumps.length + (variance > 0 || jumps.length === 0 ? 2 : 1);
  const coeffs = new Float64Array(2 * (degM + 1));
  const put = (k: number, l: number, value: number): void => {
    if (k <= degM) coeffs[2 * k + l]! += value;
  };
  all.forEach((value, k) => {
    put(k, 0, value);
    put(k + 1, 1, value);
    put(k + 1, 0, -drift * value);
    put(k + 2, 0, variance * value);
  });
  jumps.forEach(({ t, rate }, i) => {
    const rest = jumps.filter((_, j) => j !== i).reduce<number[]>((p, other) => times(p, other.t), [1]);
    rest.forEach((value, k) => {
      put(k + 1, 0, -rate * t * value);
    });
  });
  return { degM, degZ: 1, coeffs };
}
