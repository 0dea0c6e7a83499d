import { type Budget, unlimited } from "../core/index.js";
import { type CurveFit, followerOf, type LevyParameters, misfitOf, reachOf, shortestFaithful } from "./curve-fit.js";
import type { DoubleCurve } from "./double-curve.js";
import { equilibratedCondition, sensitivityOf } from "./least-squares.js";
import type { LevyKnown } from "./levy-conditions.js";
import { exactLevy, levyLaw, levyName } from "./levy-law.js";
import { createProblem, type LevyShape, type Refined, refine, tangentOf } from "./levy-problem.js";
import { decompressLevy } from "./levy-spectrum.js";
import { bestPlaces, fewerJumps, startOnGrid } from "./levy-starts.js";
import type { Weighted } from "./noise.js";

/** A law refined to first order, with how far it is when its branch is followed, too. */
interface Judged extends Refined {
  readonly farness: number;
}

const roughRounds = 6;
const mostRounds = 60;

/**
 * Free Lévy laws fitted to samples: z = −1/m + a − v·m + Σ rate_i t_i/(1 + t_i m) with rate_i, v ≥ 0. Each is a law by construction, and stays
 * one under decompression by any tau (freely infinitely divisible: R(s) = a + v·s + Σ rate_i t_i/(1 − t_i s)). The residual is
 * m'·(z − z_fit(m)), the deviation of m to first order, in the metric of its noise.
 *
 * Non-negative least squares on grids of jumps, upwards by the best jump beside those before and downwards by merging neighbours; every stage is refined by {@link refine}. Parameters become short decimals and the known values hold
 * exactly.
 *
 * @returns one fit for each number of jumps from the least possible to `most`, but for those that come no nearer than fewer.
 */
export function fitLevyCurves(
  weighted: Weighted,
  shape: LevyShape,
  known: LevyKnown,
  most: number,
  budget: Budget = unlimited,
): CurveFit[] {
  const problem = createProblem(weighted, shape, known);
  const best = new Map<number, Judged>();
  /** To first order only the curve comes near: its branch that is the transform of the law may be another one. */
  const judged = (start: readonly number[], rounds: number): Judged => {
    const refined = refine(problem, start, rounds);
    return { ...refined, farness: Math.max(refined.sum, misfitOf(weighted, levyCurve(refined.law))) };
  };
  const tryFrom = (starts: readonly (readonly number[])[]): LevyParameters["jumps"] => {
    budget.spend(1, "fitting free Lévy laws");
    const rough = starts.length > 1 ? starts.map((start) => judged(start, roughRounds)) : [];
    const first = rough.sort((a, b) => a.farness - b.farness)[0]?.law.jumps.map(({ t }) => t) ?? starts[0]!;
    const refined = judged(first, mostRounds);
    const count = refined.law.jumps.length;
    const before = best.get(count);
    if (before === undefined || refined.farness < before.farness) best.set(count, refined);
    return best.get(count)!.law.jumps;
  };
  const least = shape.variance ? 0 : 1;
  let jumps: LevyParameters["jumps"] = [];
  for (let count = least; count <= most; count++) {
    const before = jumps.map(({ t }) => t);
    jumps = tryFrom(bestPlaces(problem, before, count));
  }
  let starts = [startOnGrid(problem, most)];
  while (starts.length > 0 && starts[0]!.length >= least) {
    const found = tryFrom(starts);
    starts = found.length === 0 ? [] : fewerJumps(found, shape.variance);
  }
  const laws = [...best.values()].filter(({ law }) => law.jumps.length > 0 || law.variance > 0);
  const nearer = laws.filter(
    ({ law, sum }) => !laws.some((other) => other.law.jumps.length < law.jumps.length && other.sum <= sum),
  );
  return nearer
    .sort((a, b) => a.law.jumps.length - b.law.jumps.length)
    .map((refined) => curveOf(weighted, shape, known, refined));
}

interface LevyRecord {
  readonly shape: LevyShape;
  readonly known: LevyKnown;
  readonly refined: Refined;
}

/** The curve of a record of this family. */
export function reviveLevy(weighted: Weighted, { shape, known, refined }: LevyRecord): CurveFit {
  return curveOf(weighted, shape, known, refined);
}

function curveOf(weighted: Weighted, wanted: LevyShape, known: LevyKnown, refined: Refined): CurveFit {
  const { law, edges } = refined;
  const jumps = law.jumps.length;
  // A law whose variance went to 0 is one of the shape without.
  const shape = { ...wanted, variance: law.variance > 0 || jumps === 0 };
  const problem = createProblem(weighted, shape, known);
  const { conditions } = problem;
  const tangent = tangentOf(problem, law, edges);
  const { values, spread } = sensitivityOf(tangent);
  const at = toVector(law, shape);
  const curve = levyCurve(law);
  return {
    family: "free Lévy",
    name: levyName(jumps, shape.variance, shape.drift),
    shifted: shape.drift,
    curve,
    degrees: { m: curve.degM, z: curve.degZ },
    freedom: Math.max(0, tangent.length - conditions),
    misfit: misfitOf(weighted, curve),
    condition: equilibratedCondition(tangent),
    follow: followerOf(tangent),
    reach: reachOf(values, conditions),
    coordinates: tangent.length,
    draw(normals, tau) {
      const change = spread(normals).slice(edges.length);
      const moved = at.map((value, k) => value + change[k]!);
      const levy = decompressLevy(fromVector(moved, law, shape), tau);
      return { curve: levyCurve(levy), tau, levy };
    },
    exact: () =>
      shortestFaithful(weighted, (digits) => {
        const found = exactLevy({ parameters: law, edgeValues: edges }, shape, known, weighted.samples, digits);
        return found && levyLaw(found);
      }),
    record: { shape: wanted, known, refined } satisfies LevyRecord,
  };
}

/** log|t_i|, log rate_i, the drift if it is free and the logarithm of the variance if there is one; the signs of the jumps stay. */
function toVector({ drift, variance, jumps }: LevyParameters, shape: LevyShape): number[] {
  return [
    ...jumps.flatMap(({ t, rate }) => [Math.log(Math.abs(t)), Math.log(rate)]),
    ...(shape.drift ? [drift] : []),
    ...(shape.variance ? [Math.log(variance)] : []),
  ];
}

function fromVector(vector: readonly number[], like: LevyParameters, shape: LevyShape): LevyParameters {
  const rest = vector.slice(2 * like.jumps.length);
  return {
    drift: shape.drift ? rest[0]! : like.drift,
    variance: shape.variance ? Math.exp(rest.at(-1)!) : 0,
    jumps: like.jumps.map(({ t }, i) => ({
      t: Math.sign(t) * Math.exp(vector[2 * i]!),
      rate: Math.exp(vector[2 * i + 1]!),
    })),
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
