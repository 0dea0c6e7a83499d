import { type Budget, createBudget, LimitError, unlimited } from "../core/index.js";
import {
  centredInverse,
  centredPower,
  centredProduct,
  collapseAxis,
  collapseDegree,
  evaluateRows,
  interpolateLowerSet,
  invertAll,
  type LinePlan,
  type LowerSet,
  liftResidues,
  lineLists,
  linePlan,
  lowerSet,
  lowerSetSize,
  powerTable,
  resultantFraction,
  resultantModulo,
  type WeightLimit,
} from "../modular/index.js";
import { QQ, type Rational, wordPrime } from "../rings/index.js";
import { degree, type Polynomial, unionOfVariables } from "../sparse/index.js";
import { coefficientBits } from "./coefficient-bound.js";
import { exponentLimits, type Shape } from "./eliminant-bounds.js";
import {
  type EliminationProblem,
  eliminationProblem,
  forcedPrimes,
  forcedValuation,
  type KnownFactor,
  shapeOf,
} from "./elimination-problem.js";

/** What the interpolation of a resultant or discriminant will do, before it does it. */
export interface EliminantPlan {
  readonly problem: EliminationProblem;
  readonly shape: Shape;
  readonly plans: readonly LinePlan[];
  /** Powers of (axis − origin) that divide the eliminant of the tables. */
  readonly lows: readonly number[];
  /** Powers of primes that divide the eliminant of the tables. */
  readonly primePowers: readonly { readonly prime: number; readonly exponent: number }[];
  /** Proven limits of the exponents that are left. */
  readonly limits: readonly WeightLimit[];
  readonly points: number;
  readonly primes: number;
  /** About how many nanoseconds it takes. */
  readonly cost: number;
}

/** unit · ∏ (axis − origin)^exponent · Σ values[k] ∏ (axis − origins)^exponents of the k-th member of the set. */
export interface Eliminant {
  readonly axes: readonly string[];
  readonly origins: readonly number[];
  readonly unit: Rational;
  readonly factors: readonly KnownFactor[];
  readonly set: LowerSet;
  readonly values: readonly bigint[];
}

/** More points than this are not even counted. */
const mostPoints = 2e7;

/** A polynomial whose degrees in the eliminated variable and one axis have a larger product is refused. */
const largestTable = 2e7;

/**
 * Plans the discriminant of one polynomial or the resultant of two, all of positive degree in v. Undefined when the eliminant is
 * seen to be zero.
 */
export function planEliminant(
  polynomials: readonly Polynomial[],
  v: string,
  budget: Budget,
): EliminantPlan | undefined {
  let axes: readonly string[] = polynomials
    .reduce<readonly string[]>((names, p) => unionOfVariables(names, p.variables), [])
    .filter((name) => name !== v);
  if (axes.length === 0) axes = [""]; // an axis that does not occur
  const problem = eliminationProblem(polynomials, v, axes);
  if (problem === undefined) return undefined;
  const { tables } = problem;
  const shape = shapeOf(tables);
  const given = exponentLimits(shape, tables, axes.length);
  if (given === undefined) return undefined;
  const lows = axes.map((_, axis) => forcedValuation(tables, axis));
  const limits = given.map(({ weights, bound }) => ({
    weights,
    bound: weights.reduce((b, w, i) => b - w * lows[i]!, bound),
  }));
  if (limits.some(({ bound }) => bound < 0)) return undefined;
  const points = lowerSetSize(axes.length, limits, mostPoints);
  for (const p of polynomials) {
    if ((degree(p, v) + 1) * (degree(p, axes[0]!) + 1) > largestTable) {
      throw new LimitError(`the elimination of ${v} from a polynomial of this degree is beyond the limit of memory`);
    }
  }
  const plans = tables.map(linePlan);
  const [first, second] = shape as readonly [number, number?];
  const [m, n] = second === undefined ? [first - 1, first - 1] : [first, second];
  const entries = plans.reduce((sum, plan) => sum + plan.rowLengths.reduce((a, b) => a + b + 2, 0), 0);
  const perPoint = 40 + 0.8 * entries + 2.5 * (m * n + m + n);
  const primePowers = forcedPrimes(tables);
  const known = primePowers.reduce((sum, { prime, exponent }) => sum + exponent * Math.log2(prime), 0);
  // The fine bound lies some ten percent lower; it is taken where it probably saves a prime and costs less than that.
  const worthwhile = (crude: number, gridPoints: number): boolean =>
    gridPoints * entries < points * perPoint && primesFor(crude - known) > primesFor(0.86 * Math.max(0, crude - known));
  const bits = Math.max(0, coefficientBits(shape, tables, plans, worthwhile, budget) - known);
  const primes = primesFor(bits);
  // Short lines of many axes cost more to reach than to fill.
  const reach = axes.length < 3 ? 0 : 300 * axes.length + 4 * axes.length * entries;
  const cost = primes * points * (perPoint + 3 * Math.cbrt(points) * axes.length + reach);
  return { problem, shape, plans, lows, primePowers, limits, points, primes, cost };
}

/** Polynomials of a higher degree in the eliminated variable, or in another one, are refused. */
const largestDegree = 5000;
const largestOtherDegree = 20_000;

/** `LimitError` when lists as long as the degrees, or powers as high as their squares, would be too long. */
export function requireModestDegree(polynomials: readonly Polynomial[], v: string): void {
  for (const p of polynomials) {
    for (const name of p.variables) {
      const d = degree(p, name);
      if (d > (name === v ? largestDegree : largestOtherDegree)) {
        throw new LimitError(
          `the elimination of ${v} from a polynomial of degree ${d} in ${name} is beyond the work limit`,
        );
      }
    }
  }
}

/** Below this predicted work, in nanoseconds, interpolation is not put into question. */
const smallWork = 2e7;

/** Above this predicted work, some minutes, nothing is begun. */
const largestWork = 1.5e11;

/** The nanoseconds of a unit of work of the subresultants. */
const unitWork = 3000;

/**
 * Interpolation when it is predicted to be cheap. Otherwise the subresultants get a part of the time that interpolation would
 * take, and it follows when they did not come to an end; in at most one other variable it is always faster.
 */
export function chooseAlgorithm<T>(
  plan: EliminantPlan,
  bySubresultants: (limited: Budget) => T,
  byInterpolation: () => T,
  budget: Budget,
  subject: () => string,
): T {
  if (plan.cost > smallWork && plan.problem.axes.length > 1) {
    const share = createBudget({ limit: (Math.min(plan.cost, largestWork) * 0.2) / unitWork });
    let shareUsedUp = false;
    const limited: Budget = {
      signal: budget.signal,
      spend(units, doing) {
        budget.spend(units, doing);
        try {
          share.spend(units, doing);
        } catch (error) {
          shareUsedUp = true;
          throw error;
        }
      },
    };
    try {
      return bySubresultants(limited);
    } catch (error) {
      if (!(error instanceof LimitError)) throw error;
      // A limit of the caller is final, one of the subresultants is not.
      if (!shareUsedUp) budget.spend(0, "computing a resultant");
    }
  }
  if (plan.cost > largestWork) {
    throw new LimitError(`${subject()} with up to ${plan.points} terms of this size is beyond the work limit`);
  }
  return byInterpolation();
}

/** The least number of word primes whose product exceeds 2·2^bits. */
function primesFor(bits: number): number {
  let left = bits + 1 + 1e-6;
  let count = 0;
  for (; left >= 0 && count < 64; count++) left -= Math.log2(wordPrime(count)) - 1e-9;
  // Beyond these all primes are above 2^25.9 for as long as anybody can wait.
  return left < 0 ? count : count + Math.ceil(left / 25.9) + 1;
}

/** More numbers than this are not held at once. */
const mostNumbers = 3e7;

/** Carries out a plan. `LimitError` when it would hold too many numbers, or when the budget is used up. */
export function runEliminant(plan: EliminantPlan, budget: Budget = unlimited): Eliminant {
  const { problem, shape, plans, limits, lows, primes } = plan;
  const axes = problem.axes.length;
  if (plan.points * (primes + axes + 2) > mostNumbers) {
    throw new LimitError(
      `an eliminant with up to ${plan.points} terms, modulo ${primes} primes each, is beyond the limit of memory`,
    );
  }
  const set = lowerSet(axes, limits);
  const numerators = new Float64Array(set.size);
  const denominators = new Float64Array(set.size);
  const products = new Float64Array(set.size);
  const lists = plans.map(lineLists);
  const widest = plans.reduce((w, { width }) => Math.max(w, width), 1);
  const degrees = Array.from({ length: axes }, (_, axis) =>
    axis === 0 ? widest - 1 : Math.max(...plans.map((p) => collapseDegree(p, axis - 1))),
  );
  const images: Float64Array[] = [];
  const used: number[] = [];
  const lineUnits = plan.cost / primes / set.lines[0]!.lengths.length / 4000;
  for (let k = 0; k < primes; k++) {
    const p = wordPrime(k);
    const reciprocal = 1 / p;
    const powers = degrees.map((d, axis) => powerTable(1, set.counts[axis]!, d + 1, p));
    for (const [i, linePlan] of plans.entries()) linePlan.images(p, lists[i]!.at(-1)!);
    const points = pointKernel(shape, plans, lists, p);
    let place = 0;
    for (const length of set.lines[0]!.lengths) {
      budget.spend(lineUnits, "computing a resultant");
      // The axes whose coordinate is new get their values, the slowest first.
      let fresh = place === 0 ? axes - 1 : 0;
      if (place > 0) {
        for (let axis = axes - 1; axis > 0 && fresh === 0; axis--) {
          if (set.exponents[place * axes + axis] !== set.exponents[(place - 1) * axes + axis]) fresh = axis;
        }
      }
      for (let axis = fresh; axis > 0; axis--) {
        const width = degrees[axis]! + 1;
        const start = set.exponents[place * axes + axis]! * width;
        const row = powers[axis]!.subarray(start, start + width);
        for (const [i, linePlan] of plans.entries()) collapseAxis(linePlan, lists[i]!, axis - 1, row, p);
      }
      if (axes === 1) for (const [i, linePlan] of plans.entries()) collapseAxis(linePlan, lists[i]!, 0, unitPowers, p);
      for (let j = 0; j < length; j++) points(powers[0]!, j * widest, numerators, denominators, place + j);
      place += length;
    }
    invertAll(denominators, 0, set.size, products, p);
    const inverses = lows.map((low, axis) => inversePowers(set.counts[axis]!, low, p));
    const unit = unitModulo(plan, p);
    const values = new Float64Array(set.size);
    for (let t = 0; t < set.size; t++) {
      let value = numerators[t]! * denominators[t]!;
      value -= (value * reciprocal + rounding - rounding) * p;
      for (let axis = 0; axis < axes; axis++) {
        if (lows[axis] === 0) continue;
        value = centredProduct(value, inverses[axis]![set.exponents[t * axes + axis]!]!, p, reciprocal);
      }
      values[t] = unit === 1 ? value : centredProduct(value, unit, p, reciprocal);
    }
    interpolateLowerSet(values, set, 1, p);
    images.push(values);
    used.push(p);
  }
  const factors = [...problem.factors];
  for (const [axis, low] of lows.entries()) {
    if (low > 0) factors.push({ axis, origin: problem.origins[axis]!, exponent: low });
  }
  let { unit } = problem;
  for (const { prime, exponent } of plan.primePowers) {
    unit = QQ.mul(unit, QQ.fromInteger(BigInt(prime) ** BigInt(exponent)));
  }
  return { axes: problem.axes, origins: problem.origins, unit, factors, set, values: liftResidues(images, used) };
}

const unitPowers = Float64Array.of(1);

/** Rounds as in the arithmetic on centred residues; written out where the loops are hot. */
const rounding = 6755399441055744;

/** (1, 2, 3, …)^(−exponent) modulo p. */
function inversePowers(count: number, exponent: number, p: number): Float64Array {
  const list = new Float64Array(count);
  if (exponent === 0) return list.fill(1);
  for (let j = 0; j < count; j++) list[j] = centredPower(j + 1, exponent, p, 1 / p);
  invertAll(list, 0, count, new Float64Array(count), p);
  return list;
}

/** What the values of the kernel are multiplied by: the sign and power of n of a discriminant over the known prime powers. */
function unitModulo(plan: EliminantPlan, p: number): number {
  const reciprocal = 1 / p;
  let inverse = 1;
  for (const { prime, exponent } of plan.primePowers) {
    inverse = centredProduct(inverse, centredPower(prime, exponent, p, reciprocal), p, reciprocal);
  }
  let sign = 1;
  if (plan.shape.length === 1) {
    const n = plan.shape[0]!;
    inverse = centredProduct(inverse, centredPower(n, Math.max(0, n - 2), p, reciprocal), p, reciprocal);
    if ((n * (n - 1)) % 4 !== 0) sign = -1;
  }
  return inverse === 1 ? sign : sign * centredInverse(inverse, p);
}

type PointKernel = (
  powers: Float64Array,
  offset: number,
  numerators: Float64Array,
  denominators: Float64Array,
  at: number,
) => void;

/**
 * The kernel that computes the resultant of the two polynomials at a point of the current line, or for one polynomial f of
 * degree n that of f' and n·f − v·f', which have the formal degree n − 1: ± n^(n−2) times the discriminant.
 */
function pointKernel(
  shape: Shape,
  plans: readonly LinePlan[],
  lists: readonly (readonly Float64Array[])[],
  p: number,
): PointKernel {
  const reciprocal = 1 / p;
  const n = shape[0]!;
  const [degreeF, degreeG] = shape.length === 1 ? [n - 1, n - 1] : [n, shape[1]!];
  const first = new Float64Array(degreeF + 1);
  const second = new Float64Array(degreeG + 1);
  const whole = new Float64Array(n + 1);
  const evaluate = (powers: Float64Array, offset: number): void => {
    if (shape.length === 2) {
      evaluateRows(plans[0]!, lists[0]![0]!, powers, offset, first, p);
      evaluateRows(plans[1]!, lists[1]![0]!, powers, offset, second, p);
      return;
    }
    evaluateRows(plans[0]!, lists[0]![0]!, powers, offset, whole, p);
    for (let k = 0; k < n; k++) {
      const x = whole[k + 1]! * (k + 1);
      first[k] = x - (x * reciprocal + rounding - rounding) * p;
      const y = whole[k]! * (n - k);
      second[k] = y - (y * reciprocal + rounding - rounding) * p;
    }
  };
  const residues = (list: Float64Array): number[] => Array.from(list, (c) => (c < 0 ? c + p : c === 0 ? 0 : c));
  return (powers, offset, numerators, denominators, at) => {
    evaluate(powers, offset);
    if (resultantFraction(first, second, degreeF, degreeG, p, numerators, denominators, at)) return;
    evaluate(powers, offset);
    const value = resultantModulo(residues(first), residues(second), p);
    numerators[at] = value > p / 2 ? value - p : value;
    denominators[at] = 1;
  };
}
