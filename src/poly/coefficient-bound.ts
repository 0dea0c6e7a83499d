import type { Budget } from "../core/index.js";
import type { LinePlan, TermTable } from "../modular/index.js";
import { bitLength } from "../rings/index.js";
import type { Shape } from "./eliminant-bounds.js";

/**
 * A proven bound of the binary logarithm of the moduli of the coefficients of a discriminant or resultant of polynomials with
 * integer coefficients.
 *
 * By Hadamard's inequality |Res(f, g)| <= |f|^n |g|^m with Euclidean norms |·|. The discriminant is ± n^(2−n) Res(f', n·f − v·f')
 * with two polynomials of degree n − 1, so that |disc| <= n^(2−n) (|f'| |n·f − v·f'|)^(n−1). Both hold after v → ρ·v for every
 * ρ > 0, which changes the result by a known power of ρ. A coefficient is at most the quadratic mean of the result on the torus
 * |y_i| = 1. There the moduli of the coefficients of f and g are at most the sums of the moduli of their coefficients: the crude
 * bound [as Goldstein & Graham, SIAM Review 16 (1974) 394–395]. A coefficient is also at most the quadratic mean of the result on
 * the torus (Parseval), and the square of the bound is there a trigonometric polynomial, whose mean is that over a grid with more
 * points on each axis than its degree: the fine bound, which takes time. It is computed when `worthwhile(crude, points)` says so.
 *
 * Computed in doubles, with 2^-40 of the largest possible values added for rounding.
 */
export function coefficientBits(
  shape: Shape,
  tables: readonly TermTable[],
  plans: readonly LinePlan[],
  worthwhile: (crude: number, points: number) => boolean,
  budget: Budget,
): number {
  if (shape.length === 1 && shape[0] === 1) return 0; // the discriminant 1
  const forms = quadraticForms(shape);
  const scale = tables.map(binaryScale);
  const sums = tables.map((table, i) => rowSums(table, scale[i]!));
  const squares = sums.map((list) => list.map((s) => s * s));
  const rho = bestRadius(forms, squares);
  const power = shape.length === 1 ? shape[0]! * (shape[0]! - 1) : shape[0]! * shape[1]!;
  // The scales and ρ come back in at the end.
  const homogeneous =
    shape.length === 1 ? (2 * shape[0]! - 2) * scale[0]! : shape[1]! * scale[0]! + shape[0]! * scale[1]!;
  const correction =
    homogeneous - power * Math.log2(rho) - (shape.length === 1 ? (shape[0]! - 2) * Math.log2(shape[0]!) : 0);
  const largest = forms.map((form) => weigh(form, squares[form.table]!, rho));
  const exact = forms.reduce((sum, form, i) => sum + (form.power / 2) * Math.log2(largest[i]!), correction);
  const crude = exact + 1e-6 * (1 + Math.abs(exact) + Math.abs(correction));
  const counts = gridCounts(forms, tables);
  if (
    !worthwhile(
      crude,
      counts.reduce((n, c) => n * c, 1),
    )
  )
    return crude;
  const mean = meanOnTorus(forms, tables, plans, scale, counts, rho, largest, budget);
  return Math.min(crude, mean / 2 + correction + 1e-6 * (1 + Math.abs(correction) + Math.abs(mean)));
}

/** The square |·|² = Σ factors[k] |c_k|² ρ^(2k) over the coefficients of a table, to be raised to `power`. */
interface QuadraticForm {
  readonly table: number;
  readonly factors: readonly number[];
  readonly power: number;
}

function quadraticForms(shape: Shape): QuadraticForm[] {
  const [m, n] = shape as readonly [number, number?];
  const list = (length: number, entry: (k: number) => number): number[] => {
    const made: number[] = [];
    for (let k = 0; k < length; k++) made.push(entry(k));
    return made;
  };
  if (n === undefined) {
    return [
      { table: 0, factors: list(m + 1, (k) => k * k), power: m - 1 },
      { table: 0, factors: list(m + 1, (k) => (m - k) * (m - k)), power: m - 1 },
    ];
  }
  return [
    { table: 0, factors: list(m + 1, () => 1), power: n },
    { table: 1, factors: list(n + 1, () => 1), power: m },
  ];
}

function weigh(form: QuadraticForm, squares: readonly number[], rho: number): number {
  let sum = 0;
  let radius = 1;
  for (let k = 0; k < form.factors.length; k++) {
    sum += form.factors[k]! * squares[k]! * radius;
    radius *= rho * rho;
  }
  return sum;
}

/** Coefficients beyond the range of doubles are divided by a power of two. */
function binaryScale(table: TermTable): number {
  const bits = table.coefficients.reduce((b, c) => Math.max(b, bitLength(c)), 0);
  return bits > 200 ? bits - 200 : 0;
}

/** An upper bound of |c|/2^scale. */
function modulus(c: bigint, scale: number): number {
  const size = c < 0n ? -c : c;
  return scale === 0 ? Number(size) : Number(size >> BigInt(scale)) + 1;
}

function rowSums(table: TermTable, scale: number): number[] {
  const sums = new Array<number>(table.degree + 1).fill(0);
  for (let t = 0; t < table.coefficients.length; t++) {
    sums[table.exponents[t * (table.axes + 1)]!]! += modulus(table.coefficients[t]!, scale) * (1 + 2 ** -50);
  }
  return sums;
}

/** A good ρ, a power of two with a fraction in the exponent; any choice is right. */
function bestRadius(forms: readonly QuadraticForm[], squares: readonly (readonly number[])[]): number {
  const degrees = forms.map((form) => form.factors.length - 1);
  // Res(f(ρv), g(ρv)) and disc are homogeneous of degree m·n and n(n − 1) in ρ.
  const power = forms[0]!.table === forms[1]!.table ? degrees[0]! * (degrees[0]! - 1) : degrees[0]! * degrees[1]!;
  const value = (exponent: number): number => {
    let sum = -power * exponent;
    const rho = 2 ** exponent;
    for (const form of forms) sum += (form.power / 2) * Math.log2(weigh(form, squares[form.table]!, rho));
    return sum;
  };
  // The value is convex in the exponent: golden section. ρ^(2·degree) and the squares must stay in the range of doubles.
  const golden = (Math.sqrt(5) - 1) / 2;
  let high = Math.min(16, 250 / Math.max(...degrees, 1));
  let low = -high;
  let a = high - golden * (high - low);
  let b = low + golden * (high - low);
  let valueA = value(a);
  let valueB = value(b);
  for (let step = 0; step < 10; step++) {
    if (valueA < valueB) {
      high = b;
      [b, valueB] = [a, valueA];
      a = high - golden * (high - low);
      valueA = value(a);
    } else {
      low = a;
      [a, valueA] = [b, valueB];
      b = low + golden * (high - low);
      valueB = value(b);
    }
  }
  const found = (low + high) / 2;
  return value(found) < value(0) ? 2 ** found : 1;
}

/** For every axis more points than the degree of the trigonometric polynomial ∏ form^power. */
function gridCounts(forms: readonly QuadraticForm[], tables: readonly TermTable[]): number[] {
  const axes = tables[0]!.axes;
  const spans = tables.map((table) => {
    const stride = axes + 1;
    const low = new Int32Array((table.degree + 1) * axes).fill(2 ** 30);
    const high = new Int32Array((table.degree + 1) * axes);
    for (let t = 0; t < table.exponents.length; t += stride) {
      for (let i = 0; i < axes; i++) {
        const place = table.exponents[t]! * axes + i;
        const e = table.exponents[t + 1 + i]!;
        low[place] = Math.min(low[place]!, e);
        high[place] = Math.max(high[place]!, e);
      }
    }
    const widest = new Array<number>(axes).fill(0);
    for (let place = 0; place < low.length; place++) {
      widest[place % axes] = Math.max(widest[place % axes]!, high[place]! - low[place]!);
    }
    return widest;
  });
  return Array.from({ length: axes }, (_, i) =>
    forms.reduce((sum, form) => sum + form.power * spans[form.table]![i]!, 1),
  );
}

/** An upper bound of the binary logarithm of the mean of ∏ form^power over the grid. */
function meanOnTorus(
  forms: readonly QuadraticForm[],
  tables: readonly TermTable[],
  plans: readonly LinePlan[],
  scale: readonly number[],
  counts: readonly number[],
  rho: number,
  largest: readonly number[],
  budget: Budget,
): number {
  const axes = counts.length;
  const roots = counts.map((count) => ({
    re: Float64Array.from({ length: count }, (_, j) => Math.cos((2 * Math.PI * j) / count)),
    im: Float64Array.from({ length: count }, (_, j) => Math.sin((2 * Math.PI * j) / count)),
  }));
  const lists = plans.map((plan, i) => {
    const lengths = [...plan.collapses.map((c) => c.targetLength), plan.terms];
    const made = lengths.map((length) => ({ re: new Float64Array(length), im: new Float64Array(length) }));
    const top = made.at(-1)!.re;
    for (const [t, c] of tables[i]!.coefficients.entries()) {
      top[t] = scale[i] === 0 ? Number(c) : Number(c >> BigInt(scale[i]!));
    }
    return made;
  });
  if (axes === 1) for (const [i, plan] of plans.entries()) collapseComplex(plan, lists[i]!, 0, [1], [0]);
  const squares = plans.map((plan) => new Float64Array(plan.degree + 1));
  const margins = largest.map((l) => Math.sqrt(l) * 2 ** -40);
  const weights = forms.map((form) => form.factors.map((factor, k) => factor * rho ** (2 * k)));
  const points = counts.reduce((n, c) => n * c, 1);
  const top = forms.reduce((sum, form, i) => sum + form.power * Math.log2(largest[i]!), 0);
  let total = 0;

  const visitLine = (weight: number): void => {
    const { re, im } = roots[0]!;
    for (let j = 0; j < counts[0]!; j++) {
      for (const [i, plan] of plans.entries()) rowModuli(plan, lists[i]![0]!, re[j]!, im[j]!, squares[i]!);
      let logarithm = -top;
      for (let i = 0; i < forms.length; i++) {
        const list = squares[forms[i]!.table]!;
        const factors = weights[i]!;
        let sum = 0;
        for (let k = 0; k < list.length; k++) sum += factors[k]! * list[k]!;
        logarithm += 2 * forms[i]!.power * Math.log2(Math.sqrt(sum) + margins[i]!);
      }
      total += weight * 2 ** logarithm;
    }
  };
  const descend = (axis: number, weight: number): void => {
    if (axis === 0) {
      budget.spend(counts[0]! / 10, "bounding the coefficients of a resultant");
      visitLine(weight);
      return;
    }
    const count = counts[axis]!;
    // Complex conjugation of all axes changes nothing: half of the slowest axis suffices.
    const half = axis === axes - 1 && axis > 0;
    const last = half ? Math.floor(count / 2) : count - 1;
    const { re, im } = roots[axis]!;
    for (let j = 0; j <= last; j++) {
      const degree = Math.max(
        ...plans.map((plan) => plan.collapses[axis - 1]!.exponents.reduce((d, e) => Math.max(d, e), 0)),
      );
      const powersRe = [1];
      const powersIm = [0];
      for (let e = 1; e <= degree; e++) {
        powersRe[e] = powersRe[e - 1]! * re[j]! - powersIm[e - 1]! * im[j]!;
        powersIm[e] = powersRe[e - 1]! * im[j]! + powersIm[e - 1]! * re[j]!;
      }
      for (const [i, plan] of plans.entries()) collapseComplex(plan, lists[i]!, axis - 1, powersRe, powersIm);
      descend(axis - 1, half && j > 0 && 2 * j !== count ? 2 * weight : weight);
    }
  };
  descend(axes - 1, 1);
  return Math.log2(total / points) + top + 1e-6;
}

interface ComplexList {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

function collapseComplex(
  plan: LinePlan,
  lists: readonly ComplexList[],
  level: number,
  powersRe: readonly number[],
  powersIm: readonly number[],
): void {
  const { exponents, targets } = plan.collapses[level]!;
  const from = lists[level + 1]!;
  const to = lists[level]!;
  to.re.fill(0);
  to.im.fill(0);
  for (let t = 0; t < exponents.length; t++) {
    const e = exponents[t]!;
    const at = targets[t]!;
    to.re[at]! += from.re[t]! * powersRe[e]! - from.im[t]! * powersIm[e]!;
    to.im[at]! += from.re[t]! * powersIm[e]! + from.im[t]! * powersRe[e]!;
  }
}

/** The squared moduli of the coefficients at the point x + iy of the line. */
function rowModuli(plan: LinePlan, table: ComplexList, x: number, y: number, squares: Float64Array): void {
  const { width, rowLengths, degree } = plan;
  for (let k = 0; k <= degree; k++) {
    let re = 0;
    let im = 0;
    for (let j = k * width + rowLengths[k]! - 1; j >= k * width; j--) {
      const next = re * x - im * y + table.re[j]!;
      im = re * y + im * x + table.im[j]!;
      re = next;
    }
    squares[k] = re * re + im * im;
  }
}
