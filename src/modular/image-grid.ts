import { InternalError } from "../core/index.js";
import { multiplyModulo, reduceModulo } from "../rings/index.js";
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
