import { centred, centredProduct, type IntegerImages, integerImages } from "./centred-residues.js";

const rounding = 6755399441055744;

/** An integer polynomial in a main variable and some axes, term by term: `axes + 1` exponents each, the main one first. */
export interface TermTable {
  readonly axes: number;
  readonly exponents: Int32Array;
  readonly coefficients: readonly bigint[];
  /** The degree in the main variable. */
  readonly degree: number;
}

interface Collapse {
  /** Exponent of the axis and place in the next list, for each entry of a list. */
  readonly exponents: Int32Array;
  readonly targets: Int32Array;
  readonly targetLength: number;
}

/**
 * How to evaluate a polynomial on lines parallel to the first axis: the other axes get their values one after the other, the
 * last one first, and leave a table of polynomials in the first axis, one for each power of the main variable.
 */
export interface LinePlan {
  readonly degree: number;
  /** The length of a row of the table: one more than the degree in the first axis. */
  readonly width: number;
  /** The number of entries of each row that can be nonzero. */
  readonly rowLengths: Int32Array;
  readonly images: IntegerImages;
  readonly terms: number;
  /** [k] removes axis k + 1. */
  readonly collapses: readonly Collapse[];
}

/** The plan for a polynomial with at least one axis. */
export function linePlan(table: TermTable): LinePlan {
  const stride = table.axes + 1;
  const count = table.coefficients.length;
  let width = 1;
  for (let t = 0; t < count; t++) width = Math.max(width, table.exponents[t * stride + 1]! + 1);
  const rowLengths = new Int32Array(table.degree + 1);
  const place = (t: number): number => table.exponents[t * stride]! * width + table.exponents[t * stride + 1]!;
  for (let t = 0; t < count; t++) {
    const row = table.exponents[t * stride]!;
    rowLengths[row] = Math.max(rowLengths[row]!, table.exponents[t * stride + 1]! + 1);
  }
  const collapses: Collapse[] = [];
  let current = Array.from({ length: count }, (_, t) => t); // one term that stands for each entry of the list
  for (let axis = table.axes; axis >= 2; axis--) {
    const exponents = Int32Array.from(current, (t) => table.exponents[t * stride + axis]!);
    const targets = new Int32Array(current.length);
    if (axis === 2) {
      for (let i = 0; i < current.length; i++) targets[i] = place(current[i]!);
      collapses.push({ exponents, targets, targetLength: (table.degree + 1) * width });
      break;
    }
    const numbers = new Map<string, number>();
    const next: number[] = [];
    for (const [i, t] of current.entries()) {
      const key = table.exponents.subarray(t * stride, t * stride + axis).join();
      let number = numbers.get(key);
      if (number === undefined) {
        number = next.length;
        numbers.set(key, number);
        next.push(t);
      }
      targets[i] = number;
    }
    collapses.push({ exponents, targets, targetLength: next.length });
    current = next;
  }
  if (table.axes === 1) {
    const targets = Int32Array.from(current, place);
    const exponents = new Int32Array(targets.length);
    collapses.push({ exponents, targets, targetLength: (table.degree + 1) * width });
  }
  return {
    degree: table.degree,
    width,
    rowLengths,
    images: integerImages(table.coefficients),
    terms: count,
    collapses: collapses.reverse(),
  };
}

/** The working lists of a plan: `lists[0]` is the table for the current line, the last one the coefficients modulo p. */
export function lineLists(plan: LinePlan): Float64Array[] {
  return [...plan.collapses.map((c) => new Float64Array(c.targetLength)), new Float64Array(plan.terms)];
}

/** Gives an axis (numbered from 1 in `collapses`, for one axis a mere move) the value whose powers are given. */
export function collapseAxis(
  plan: LinePlan,
  lists: readonly Float64Array[],
  level: number,
  powers: Float64Array,
  p: number,
): void {
  const reciprocal = 1 / p;
  const { exponents, targets } = plan.collapses[level]!;
  const from = lists[level + 1]!;
  const to = lists[level]!.fill(0);
  for (let t = 0; t < from.length; t++) {
    const x = from[t]! * powers[exponents[t]!]!;
    to[targets[t]!]! += x - (x * reciprocal + rounding - rounding) * p;
  }
  for (let i = 0; i < to.length; i++) to[i] = centred(to[i]!, p, reciprocal);
}

/** The largest exponent that a level needs the power of. */
export function collapseDegree(plan: LinePlan, level: number): number {
  return plan.collapses[level]!.exponents.reduce((d, e) => Math.max(d, e), 0);
}

/** The powers 0 … n − 1 of the points first … first + count − 1, one row of n for each point. */
export function powerTable(first: number, count: number, n: number, p: number): Float64Array {
  const reciprocal = 1 / p;
  const table = new Float64Array(count * n);
  for (let i = 0; i < count; i++) {
    let power = 1;
    for (let e = 0; e < n; e++) {
      table[i * n + e] = power;
      power = centredProduct(power, first + i, p, reciprocal);
    }
  }
  return table;
}

/**
 * Writes the coefficients at one point of the line to `values`: the rows of the table times the powers of the point, which stand
 * in `powers` from `offset` on.
 */
export function evaluateRows(
  plan: LinePlan,
  table: Float64Array,
  powers: Float64Array,
  offset: number,
  values: Float64Array,
  p: number,
): void {
  const reciprocal = 1 / p;
  const { width, rowLengths, degree } = plan;
  for (let k = 0; k <= degree; k++) {
    const row = k * width;
    const length = rowLengths[k]!;
    let sum = 0;
    if (length <= 8) {
      for (let j = 0; j < length; j++) sum += table[row + j]! * powers[offset + j]!;
      values[k] = sum - (sum * reciprocal + rounding - rounding) * p;
    } else {
      let total = 0;
      for (let j = 0; j < length; j += 8) {
        const end = Math.min(j + 8, length);
        sum = 0;
        for (let i = j; i < end; i++) sum += table[row + i]! * powers[offset + i]!;
        total += sum - (sum * reciprocal + rounding - rounding) * p;
      }
      values[k] = total - (total * reciprocal + rounding - rounding) * p;
    }
  }
}
