import { InternalError } from "../core/index.js";
import { interpolateGrid } from "../modular/index.js";
import type { Polynomial } from "../sparse/index.js";
import { reduceResidue } from "../univariate/index.js";

/** The terms of an integer polynomial in the order main variable, axes, ready to be reduced modulo primes. */
export interface TermTable {
  readonly coefficients: readonly bigint[];
  readonly main: Int32Array;
  readonly axes: readonly Int32Array[];
  /** The degree in the main variable, and in each axis. */
  readonly degree: number;
  readonly axisDegrees: readonly number[];
  /** The total degree in the axes. */
  readonly lineDegree: number;
}

/** The same terms modulo a prime. */
export interface ResidueTerms {
  readonly prime: number;
  readonly values: Float64Array;
  readonly main: Int32Array;
  readonly axes: readonly Int32Array[];
  readonly degree: number;
  readonly axisDegrees: readonly number[];
}

/** The table of the numerator of p, whose variables are all among `main` and `axes`. */
export function termTable(p: Polynomial, main: string, axes: readonly string[]): TermTable {
  const column = (name: string): Int32Array => {
    const at = p.variables.indexOf(name);
    const exponents = new Int32Array(p.terms.length);
    if (at >= 0) for (let t = 0; t < exponents.length; t++) exponents[t] = p.terms[t]!.exponents[at]!;
    return exponents;
  };
  if (p.variables.some((name) => name !== main && !axes.includes(name))) {
    throw new InternalError("a variable is left without an axis");
  }
  const mainColumn = column(main);
  const columns = axes.map(column);
  const totals = columns.length === 1 ? columns[0]! : new Int32Array(p.terms.length);
  if (columns.length > 1) for (const list of columns) for (let t = 0; t < list.length; t++) totals[t]! += list[t]!;
  return {
    coefficients: p.terms.map((t) => t.coefficient),
    main: mainColumn,
    axes: columns,
    degree: largest(mainColumn),
    axisDegrees: columns.map(largest),
    lineDegree: largest(totals),
  };
}

function largest(list: ArrayLike<number>): number {
  let found = 0;
  for (let k = 0; k < list.length; k++) found = Math.max(found, list[k]!);
  return found;
}

export function reduceTerms(table: TermTable, prime: number): ResidueTerms {
  const modulus = BigInt(prime);
  const values = new Float64Array(table.coefficients.length);
  for (let t = 0; t < values.length; t++) {
    const r = Number(table.coefficients[t]! % modulus);
    values[t] = r < 0 ? r + prime : r;
  }
  const { main, axes, degree, axisDegrees } = table;
  return { prime, values, main, axes, degree, axisDegrees };
}

function powersOf(x: number, degree: number, p: number): Float64Array {
  const reciprocal = 1 / p;
  const powers = new Float64Array(degree + 1);
  powers[0] = 1;
  for (let e = 1; e <= degree; e++) powers[e] = reduceResidue(powers[e - 1]! * x, p, reciprocal);
  return powers;
}

/** The polynomial in the main variable at a point of the axes: entry k multiplies main^k, zeros at the top are kept. */
export function imageAt(terms: ResidueTerms, point: ArrayLike<number>): Float64Array {
  const { prime: p, values, main } = terms;
  const reciprocal = 1 / p;
  const image = new Float64Array(terms.degree + 1);
  const powers = terms.axes.map((_, j) => powersOf(point[j]!, terms.axisDegrees[j]!, p));
  if (powers.length === 1) {
    const exponents = terms.axes[0]!;
    const list = powers[0]!;
    for (let t = 0; t < values.length; t++) {
      const k = main[t]!;
      image[k] = reduceResidue(image[k]! + values[t]! * list[exponents[t]!]!, p, reciprocal);
    }
    return image;
  }
  for (let t = 0; t < values.length; t++) {
    let value = values[t]!;
    for (let j = 0; j < powers.length; j++) {
      const e = terms.axes[j]![t]!;
      if (e !== 0) value = reduceResidue(value * powers[j]![e]!, p, reciprocal);
    }
    const k = main[t]!;
    const sum = image[k]! + value;
    image[k] = sum >= p ? sum - p : sum;
  }
  return image;
}

/** The terms with one axis put to a value; like terms are collected. */
export function fixAxis(terms: ResidueTerms, axis: number, value: number): ResidueTerms {
  const { prime: p, values } = terms;
  const reciprocal = 1 / p;
  const powers = powersOf(value, terms.axisDegrees[axis]!, p);
  const exponents = terms.axes[axis]!;
  const kept = terms.axes.filter((_, j) => j !== axis);
  const degrees = terms.axisDegrees.filter((_, j) => j !== axis);
  const place = new Map<number, number>();
  const sums: number[] = [];
  const source: number[] = [];
  for (let t = 0; t < values.length; t++) {
    let key = terms.main[t]!;
    for (let j = 0; j < kept.length; j++) key = key * (degrees[j]! + 1) + kept[j]![t]!;
    const term = reduceResidue(values[t]! * powers[exponents[t]!]!, p, reciprocal);
    const at = place.get(key);
    if (at === undefined) {
      place.set(key, sums.length);
      sums.push(term);
      source.push(t);
    } else {
      const sum = sums[at]! + term;
      sums[at] = sum >= p ? sum - p : sum;
    }
  }
  return {
    prime: p,
    values: Float64Array.from(sums),
    main: Int32Array.from(source, (t) => terms.main[t]!),
    axes: kept.map((column) => Int32Array.from(source, (t) => column[t]!)),
    degree: terms.degree,
    axisDegrees: degrees,
  };
}

/**
 * The polynomial on the line from + t·direction, as a polynomial in the main variable and t: entry [k] holds the coefficients of
 * t^k by powers of the main variable, k = 0 … lineDegree.
 */
export function imageOnLine(
  terms: ResidueTerms,
  from: ArrayLike<number>,
  direction: ArrayLike<number>,
  lineDegree: number,
): Float64Array[] {
  const { prime: p } = terms;
  const reciprocal = 1 / p;
  const width = terms.degree + 1;
  const data = new Float64Array(width * (lineDegree + 1));
  const steps = Array.from({ length: lineDegree + 1 }, (_, k) => k);
  for (const t of steps) {
    const point = terms.axes.map((_, j) => reduceResidue(from[j]! + t * direction[j]!, p, reciprocal));
    data.set(imageAt(terms, point), t * width);
  }
  interpolateGrid(data, width, [steps], p);
  return steps.map((k) => data.subarray(k * width, (k + 1) * width));
}
