import { rationalToNumber } from "../rings/index.js";
import type { LevyParameters } from "./curve-fit.js";
import { gramOf, type Linearised, minimiseSquares, projectionOnto, solveNonNegative } from "./least-squares.js";
import { cumulantsOf, doubles, type LevyKnown, type LevyTargets, linearConditions } from "./levy-conditions.js";
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

/** Jumps, and m at the known edges, in the scaled coordinate. */
interface Places {
  readonly jumps: readonly number[];
  readonly edges: readonly number[];
}

/** Drift and variance as far as they are free, then the rates of jumps: what z = −1/m + drift − variance·m + Σ rate_i t_i/(1 + t_i m) is linear in. */
interface Columns {
  readonly lead: readonly Float64Array[];
  readonly jumps: readonly Float64Array[];
  readonly right: Float64Array;
}

/** Free Lévy laws of a shape in the metric of samples. Every column is the deviation in m that a summand of z makes, whitened, and below it the exact conditions, with a great weight. */
export interface LevyProblem {
  readonly weighted: Weighted;
  readonly shape: LevyShape;
  /** The drift in the scaled coordinate when it is fixed. */
  readonly fixedDrift: number;
  /** First ideas of m at the known edges, in the scaled coordinate. */
  readonly edgeStarts: readonly number[];
  /** How many conditions hold exactly. */
  readonly conditions: number;
  columnsAt(places: Places): Columns;
  /** Minus the derivatives of the residual of a law by log|m| at the edges and then by log|t| of its jumps, at fixed drift, variance and rates. */
  slopesAt(law: LevyParameters, edges: readonly number[]): Float64Array[];
}

/** Weight of the exact conditions against the data, whose rows have unit variance. */
const firm = 3e4;

export function createProblem(weighted: Weighted, shape: LevyShape, known: LevyKnown): LevyProblem {
  const { samples, mRe, mIm } = weighted;
  const [shift, dilation] = [rationalToNumber(samples.shift), rationalToNumber(samples.dilation)];
  const fixedDrift = -shift / dilation;
  const edges = known.edges ?? [];
  const targets: LevyTargets<number> = {
    rate: known.zeroWeight === undefined ? undefined : 1 - rationalToNumber(known.zeroWeight),
    cumulants: cumulantsOf(known.moments ?? []).map(
      (kappa, k) => (rationalToNumber(kappa) - (k === 0 ? shift : 0)) / dilation ** (k + 1),
    ),
    edges: edges.map(({ at }) => (rationalToNumber(at) - shift) / dilation),
  };
  const edgeStarts = edges.map(({ m }) => m * dilation);
  const conditions = linearConditions(doubles, targets, edgeStarts).length;
  const [re, im] = [new Float64Array(mRe.length), new Float64Array(mRe.length)];
  const column = (summand: (j: number) => void): Float64Array => {
    for (let j = 0; j < re.length; j++) summand(j);
    return weighted.whitenShift(re, im);
  };
  /** t/(1 + t m), or its derivative by log t, t/(1 + t m)². */
  const ofJump = (t: number, power: 1 | 2): Float64Array =>
    column((j) => {
      const [dr, di] = [1 + t * mRe[j]!, -t * mIm[j]!];
      const norm = dr * dr + di * di;
      const [ir, ii] = [dr / norm, di / norm];
      re[j] = t * (power === 1 ? ir : ir * ir - ii * ii);
      im[j] = t * (power === 1 ? ii : 2 * ir * ii);
    });
  const ofDrift = column((j) => {
    re[j] = 1;
    im[j] = 0;
  });
  const ofVariance = column((j) => {
    re[j] = -mRe[j]!;
    im[j] = -mIm[j]!;
  });
  const drift = shape.drift ? 0 : fixedDrift;
  const right = column((j) => {
    const norm = mRe[j]! ** 2 + mIm[j]! ** 2;
    re[j] = samples.zRe[j]! + mRe[j]! / norm - drift;
    im[j] = samples.zIm[j]! - mIm[j]! / norm;
  });
  const withBelow = (rows: Float64Array, below: readonly number[]): Float64Array => {
    if (conditions === 0) return rows;
    const whole = new Float64Array(rows.length + conditions);
    whole.set(rows);
    below.forEach((value, k) => {
      whole[rows.length + k] = firm * value;
    });
    return whole;
  };
  return {
    weighted,
    shape,
    fixedDrift,
    edgeStarts,
    conditions,
    columnsAt({ jumps, edges }) {
      const all = linearConditions(doubles, targets, edges);
      const lead = (wanted: boolean, rows: Float64Array, part: "drift" | "variance"): Float64Array[] =>
        wanted
          ? [
              withBelow(
                rows,
                all.map((condition) => condition[part]),
              ),
            ]
          : [];
      return {
        lead: [...lead(shape.drift, ofDrift, "drift"), ...lead(shape.variance, ofVariance, "variance")],
        jumps: jumps.map((t) =>
          withBelow(
            ofJump(t, 1),
            all.map((condition) => condition.jump(t)),
          ),
        ),
        right: withBelow(
          right,
          all.map((condition) => condition.right - drift * condition.drift),
        ),
      };
    },
    slopesAt({ drift, variance, jumps }, edges) {
      const none = new Float64Array(right.length);
      const rows = [...edges.map(() => none), ...jumps.map(({ t, rate }) => ofJump(t, 2).map((value) => rate * value))];
      /** What the conditions are exceeded by when one place is moved. */
      const excess = (moved: number, factor: number): number[] =>
        linearConditions(
          doubles,
          targets,
          edges.map((m, k) => (k === moved ? m * factor : m)),
        ).map((condition) =>
          jumps.reduce(
            (sum, { t, rate }, i) => sum + rate * condition.jump(edges.length + i === moved ? t * factor : t),
            drift * condition.drift + variance * condition.variance - condition.right,
          ),
        );
      return rows.map((values, k) => {
        const [ahead, behind] = [excess(k, Math.exp(logStep)), excess(k, Math.exp(-logStep))];
        return withBelow(
          values,
          ahead.map((value, c) => (value - behind[c]!) / (2 * logStep)),
        );
      });
    },
  };
}

const logStep = 1e-5;

/** A law, and its squared deviation with that of the conditions. */
interface Rated {
  readonly law: LevyParameters;
  readonly sum: number;
}

/** A function that gives drift, variance and rates ≥ 0 of the nearest law whose jumps are chosen ones of the given. */
export function ratesOf(
  { shape, fixedDrift }: LevyProblem,
  places: readonly number[],
  { lead, jumps, right }: Columns,
): (chosen: readonly number[]) => Rated {
  const gram = gramOf([...lead, ...jumps, right]);
  const first = lead.map((_, k) => k);
  return (chosen) => {
    const wanted = [...first, ...chosen.map((i) => first.length + i)];
    const { x, sum } = solveNonNegative(gram, wanted, gram.size - 1, shape.drift ? 1 : 0);
    const law = {
      drift: shape.drift ? x[0]! : fixedDrift,
      variance: shape.variance ? x[first.length - 1]! : 0,
      jumps: chosen.map((i, k) => ({ t: places[i]!, rate: x[first.length + k]! })),
    };
    return { law, sum };
  };
}

export interface Refined extends Rated {
  /** m at the known edges. */
  readonly edges: readonly number[];
}

/**
 * The nearest law of at most so many jumps, from given ones: Levenberg–Marquardt in their logarithms (and those of |m| at known edges) alone, with the best drift, variance and rates for each of them (variable projection: G. Golub and V. Pereyra, SIAM J. Numer.
 * Anal. 10 (1973) 413, with the derivative of L. Kaufman, BIT 15 (1975) 49). Jumps whose rate became 0 are left out.
 */
export function refine(problem: LevyProblem, start: readonly number[], rounds: number): Refined {
  const { edgeStarts } = problem;
  const signed = [...edgeStarts, ...start];
  const evaluate = (logs: readonly number[]): Linearised & Omit<Refined, "sum"> => {
    const places = logs.map((value, k) => Math.sign(signed[k]!) * Math.exp(value));
    const [edges, jumps] = [places.slice(0, edgeStarts.length), places.slice(edgeStarts.length)];
    const columns = problem.columnsAt({ jumps, edges });
    const { law } = ratesOf(problem, jumps, columns)([...jumps.keys()]);
    const residual = columns.right.slice();
    const { drift, variance } = law;
    const subtract = (amount: number, column: Float64Array): void => {
      for (let r = 0; r < residual.length; r++) residual[r]! -= amount * column[r]!;
    };
    if (problem.shape.drift) subtract(drift, columns.lead[0]!);
    if (variance > 0) subtract(variance, columns.lead.at(-1)!);
    law.jumps.forEach(({ rate }, i) => {
      subtract(rate, columns.jumps[i]!);
    });
    const jacobian = (): Float64Array[] => {
      const moving = columns.jumps.filter((_, i) => law.jumps[i]!.rate > 0);
      const lead = variance > 0 || !problem.shape.variance ? columns.lead : columns.lead.slice(0, -1);
      const project = projectionOnto([...lead, ...moving]);
      return problem.slopesAt(law, edges).map((slope) => {
        const part = project(slope);
        return slope.map((value, r) => value - part[r]!);
      });
    };
    return { law, edges, residual, jacobian };
  };
  const { sum, found } = minimiseSquares(
    evaluate,
    signed.map((value) => Math.log(Math.abs(value))),
    rounds,
  );
  const { law, edges } = found;
  return { law: { ...law, jumps: law.jumps.filter(({ rate }) => rate > 0) }, edges, sum };
}

/** Minus the derivatives of the residual of a law by log|m| at the edges, log|t| and log rate of every jump, the drift if it is free and the logarithm of the variance if there may be some. */
export function tangentOf(problem: LevyProblem, law: LevyParameters, edges: readonly number[]): Float64Array[] {
  const { shape } = problem;
  const { lead, jumps } = problem.columnsAt({ jumps: law.jumps.map(({ t }) => t), edges });
  const slopes = problem.slopesAt(law, edges);
  return [
    ...slopes.slice(0, edges.length),
    ...law.jumps.flatMap(({ rate }, i) => [slopes[edges.length + i]!, jumps[i]!.map((value) => rate * value)]),
    ...(shape.drift ? [lead[0]!] : []),
    ...(shape.variance ? [lead.at(-1)!.map((value) => law.variance * value)] : []),
  ];
}
