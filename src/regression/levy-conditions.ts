import { QQ, type Rational, rational } from "../rings/index.js";

/** What is known exactly of a free Lévy law, in the coordinate of the eigenvalues. */
export interface LevyKnown {
  /** The weight of an atom at 0, which fixes the total rate at one minus it; only without drift and variance. */
  readonly zeroWeight?: Rational;
  /** mu_1, mu_2, … as far as they are given. */
  readonly moments?: readonly Rational[];
  /** Edges of the support, each with a first idea of m there. */
  readonly edges?: readonly { readonly at: Rational; readonly m: number }[];
}

/** drift·a + variance·v + Σ rate_i·jump(t_i) = right: every condition is linear in drift, variance and rates, given the jumps and the values of m at the edges. */
export interface LinearCondition<T> {
  readonly drift: T;
  readonly variance: T;
  readonly jump: (t: T) => T;
  readonly right: T;
}

/** The operations that conditions are written with. */
interface Numbers<T> {
  readonly zero: T;
  readonly one: T;
  readonly add: (a: T, b: T) => T;
  readonly neg: (a: T) => T;
  readonly mul: (a: T, b: T) => T;
  readonly div: (a: T, b: T) => T;
}

export const doubles: Numbers<number> = {
  zero: 0,
  one: 1,
  add: (a, b) => a + b,
  neg: (a) => -a,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
};

/** The known values in one coordinate: rate, free cumulants, and edges with the values of m there. */
export interface LevyTargets<T> {
  readonly rate: T | undefined;
  readonly cumulants: readonly T[];
  readonly edges: readonly T[];
}

/**
 * With zeta(m) = −1/m + a − v m + Σ rate_i t_i/(1 + t_i m): the weight at 0 says Σ rate_i; the free cumulant kappa_k is Σ rate_i t_i^k, plus a for k = 1, plus v for k = 2; an edge e where m is y says
 * zeta(y) = e and y² zeta'(y) = 0.
 *
 * @param values of m at the edges, in their order.
 */
export function linearConditions<T>(
  numbers: Numbers<T>,
  { rate, cumulants, edges }: LevyTargets<T>,
  values: readonly T[],
): LinearCondition<T>[] {
  const { zero, one, add, neg, mul, div } = numbers;
  const conditions: LinearCondition<T>[] = [];
  if (rate !== undefined) conditions.push({ drift: zero, variance: zero, jump: () => one, right: rate });
  cumulants.forEach((right, k) => {
    const jump = (t: T): T => Array.from({ length: k }).reduce<T>((product) => mul(product, t), t);
    conditions.push({ drift: k === 0 ? one : zero, variance: k === 1 ? one : zero, jump, right });
  });
  edges.forEach((edge, k) => {
    const y = values[k]!;
    const slope = (t: T): T => div(mul(t, y), add(one, mul(t, y)));
    conditions.push(
      { drift: one, variance: neg(y), jump: (t) => div(slope(t), y), right: add(edge, div(one, y)) },
      { drift: zero, variance: mul(y, y), jump: (t) => mul(slope(t), slope(t)), right: one },
    );
  });
  return conditions;
}

/** kappa_1, kappa_2, … from mu_1, mu_2, …, exactly: mu_k = Σ_j kappa_j [x^(k−j)] M(x)^j with M = Σ mu_i x^i. */
export function cumulantsOf(moments: readonly Rational[]): Rational[] {
  const all = [rational(1), ...moments];
  const cumulants: Rational[] = [];
  for (let k = 1; k < all.length; k++) {
    let rest = all[k]!;
    let power = all.map((_, i) => (i === 0 ? QQ.one : QQ.zero));
    for (let j = 1; j < k; j++) {
      power = power.map((_, i) =>
        all.slice(0, i + 1).reduce((sum, mu, a) => QQ.add(sum, QQ.mul(mu, power[i - a]!)), QQ.zero),
      );
      rest = QQ.sub(rest, QQ.mul(cumulants[j - 1]!, power[k - j]!));
    }
    cumulants.push(rest);
  }
  return cumulants;
}

/**
 * Numbers near the given ones that satisfy linear equations exactly: as many of them as there are equations are solved for, those that count most; the others stay. Undefined where there is no solution.
 *
 * @param rows coefficients, a row for each equation, with its right side last.
 */
export function solveNear(rows: readonly (readonly Rational[])[], near: readonly Rational[]): Rational[] | undefined {
  const sizes = near.map((value) => Math.abs(Number(value.num) / Number(value.den)));
  const count = (row: readonly Rational[], j: number): number =>
    Math.abs(Number(row[j]!.num) / Number(row[j]!.den)) * sizes[j]!;
  let rest = rows.map((row) => [...row]);
  let done: { column: number; row: Rational[] }[] = [];
  for (;;) {
    // What says nothing is met; what says nothing but asks for something is not.
    const saying = rest.filter((row) => row.slice(0, -1).some((value) => !QQ.isZero(value)));
    if (rest.some((row) => !saying.includes(row) && !QQ.isZero(row.at(-1)!))) return undefined;
    rest = saying;
    if (rest.length === 0) break;
    let best: { row: Rational[]; column: number; weight: number } | undefined;
    for (const row of rest) {
      const total = near.reduce((sum, _, j) => sum + count(row, j), 0);
      for (let column = 0; column < near.length; column++) {
        const weight = QQ.isZero(row[column]!) ? 0 : count(row, column) / total;
        if (weight > (best?.weight ?? 0)) best = { row, column, weight };
      }
    }
    if (best === undefined) return undefined; // all that could give way is 0
    const { row: found, column } = best;
    const pivot = found.map((value) => QQ.div(value, found[column]!));
    const clear = (row: readonly Rational[]): Rational[] =>
      row.map((value, j) => QQ.sub(value, QQ.mul(row[column]!, pivot[j]!)));
    rest = rest.filter((row) => row !== found).map(clear);
    done = [...done.map((other) => ({ ...other, row: clear(other.row) })), { column, row: pivot }];
  }
  const solved = [...near];
  const dependent = new Set(done.map(({ column }) => column));
  for (const { column, row } of done) {
    solved[column] = near.reduce(
      (sum, value, j) => (dependent.has(j) ? sum : QQ.sub(sum, QQ.mul(row[j]!, value))),
      row.at(-1)!,
    );
  }
  return solved;
}
