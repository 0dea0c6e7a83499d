import type { LevyParameters } from "./curve-fit.js";
import { type LevyProblem, ratesOf } from "./levy-problem.js";

/** So many places a decade. */
const coarse = 8;
/** So many places make few enough pairs to try them all. */
const fewPlaces = 50;

/** So many of the best places of a first jump are tried. */
const firstPlaces = 3;

/**
 * Starts for so many jumps: the best jump of a coarse grid beside given ones; of two jumps also the best pair; of one the best local minima, since a jump so great that −1/t lies among the values of m can come
 * nearer to first order than a place of the grid beside the right one.
 */
export function bestPlaces(problem: LevyProblem, before: readonly number[], count: number): number[][] {
  if (count === 0) return [[]];
  const { weighted, shape } = problem;
  const [low, high] = extent(problem);
  const from = weighted.samples.contour === "sectors" ? low : high / 300;
  const positive: number[] = [];
  for (let t = from; t < high; t *= 10 ** (1 / coarse)) positive.push(t);
  const grid = shape.positive ? positive : [...positive.map((t) => -t).reverse(), ...positive];
  const jumps = [...before, ...grid];
  const rated = ratesOf(problem, jumps, problem.columnsAt({ jumps, edges: problem.edgeStarts }));
  const sums = grid.map((_, i) => rated([...before.keys(), before.length + i]).sum);
  const order = [...grid.keys()].sort((a, b) => sums[a]! - sums[b]!);
  const isLowest = (i: number): boolean => !(sums[i - 1]! < sums[i]!) && !(sums[i + 1]! < sums[i]!);
  if (count === 1)
    return order
      .filter(isLowest)
      .slice(0, firstPlaces)
      .map((i) => [grid[i]!]);
  const beside = [[...before, grid[order[0]!]!]];
  if (count > 2 || grid.length > fewPlaces) return beside;
  const pairs = grid.flatMap((_, i) => Array.from({ length: i }, (_, j) => [j, i]));
  const rates = pairs.map((pair) => rated(pair.map((i) => before.length + i)).sum);
  return [pairs[rates.indexOf(Math.min(...rates))]!.map((i) => grid[i]!), ...beside];
}

/** Non-negative least squares on a fine grid of jumps, neighbours merged until at most so many are left. */
export function startOnGrid(problem: LevyProblem, most: number): number[] {
  const { weighted, shape } = problem;
  const [low, high] = extent(problem);
  const from = weighted.samples.contour === "sectors" ? low / 2 : high / 1500;
  const positive: number[] = [];
  for (let t = from; t < 2 * high; t *= 1.25) positive.push(t);
  const grid = shape.positive ? positive : [...positive.map((t) => -t).reverse(), ...positive];
  const rated = ratesOf(problem, grid, problem.columnsAt({ jumps: grid, edges: problem.edgeStarts }));
  let jumps: Jumps = rated([...grid.keys()]).law.jumps.filter(({ rate }) => rate > 0);
  while (jumps.length > most) jumps = mergeNearest(jumps) ?? dropWeakest(jumps);
  return jumps.map(({ t }) => t);
}

/** The least and the greatest modulus of the points of the samples. */
function extent({ weighted: { samples } }: LevyProblem): [number, number] {
  const moduli = Array.from(samples.zRe, (re, j) => Math.hypot(re, samples.zIm[j]!));
  return [Math.min(...moduli), Math.max(...moduli)];
}

type Jumps = LevyParameters["jumps"];

/** Ways to one jump less: two neighbours joined, the weakest one dropped, or the one nearest to 0, for which variance can stand. */
export function fewerJumps(jumps: Jumps, withVariance: boolean): number[][] {
  const joined = mergeNearest(jumps);
  const ways = joined === undefined ? [] : [joined];
  if (withVariance || jumps.length > 1) ways.push(dropWeakest(jumps));
  if (withVariance) {
    const nearest = jumps.reduce((a, b) => (Math.abs(b.t) < Math.abs(a.t) ? b : a));
    ways.push(jumps.filter((jump) => jump !== nearest));
  }
  return ways.map((way) => way.map(({ t }) => t));
}

/** Joins the two neighbouring jumps of one sign that differ least, and keeps their rate and their share of the mean; undefined when no two have one sign. */
function mergeNearest(all: Jumps): Jumps | undefined {
  const jumps = [...all].sort((a, b) => a.t - b.t);
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
  return jumps.toSpliced(best.k, 2, { t: (a.rate * a.t + b.rate * b.t) / rate, rate });
}

function dropWeakest(jumps: Jumps): Jumps {
  const weakest = jumps.reduce((w, jump) => (jump.rate * jump.t ** 2 < w.rate * w.t ** 2 ? jump : w));
  return jumps.filter((jump) => jump !== weakest);
}
