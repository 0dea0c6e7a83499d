import type { TermTable } from "../modular/index.js";
import { integerGcd, QQ, type Rational } from "../rings/index.js";
import { integerContent, type Polynomial } from "../sparse/index.js";
import { eliminantBound, rowWeights, type Shape } from "./eliminant-bounds.js";

/**
 * A resultant (two tables) or a discriminant (one table) in preparation: the factors that the shape of the input forces upon the
 * result are moved from the tables to `factors` and `unit`, and an axis may get a new origin.
 */
export interface EliminationProblem {
  readonly axes: readonly string[];
  readonly tables: readonly TermTable[];
  /** Axis i stands for name − origins[i]. */
  readonly origins: readonly number[];
  /** Powers (name − origin)^exponent that were taken out of the tables. */
  readonly factors: readonly KnownFactor[];
  /** The rational number that was taken out of the tables. */
  readonly unit: Rational;
}

export interface KnownFactor {
  readonly axis: number;
  readonly origin: number;
  readonly exponent: number;
}

/** The degrees in the eliminated variable: [n] for a discriminant, [m, n] for a resultant. */
export function shapeOf(tables: readonly TermTable[]): Shape {
  return tables.map((table) => table.degree);
}

/** How often the result contains a factor of table i, and a factor by which the eliminated variable is scaled. */
function homogeneity(shape: Shape): { readonly contents: readonly number[]; readonly variable: number } {
  const [m, n] = shape as readonly [number, number | undefined];
  if (n === undefined) return { contents: [2 * m - 2], variable: m * (m - 1) };
  return { contents: [n, m], variable: m * n };
}

/** The primes whose powers are looked for in the contents. */
const trialDivisors = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97];

/**
 * Brings the polynomials, which have positive degree in v, into the form in which their eliminant is smallest. Undefined when
 * 0 is a common root, or a double one, so that the eliminant is zero.
 */
export function eliminationProblem(
  polynomials: readonly Polynomial[],
  v: string,
  axes: readonly string[],
): EliminationProblem | undefined {
  let unit = QQ.one;
  const multiply = (base: Rational, exponent: number): void => {
    unit = QQ.mul(unit, exponent >= 0 ? QQ.pow(base, exponent) : QQ.inv(QQ.pow(base, -exponent)));
  };
  let tables = polynomials.map((p) => termTable(p, v, axes));
  const shape = shapeOf(tables);
  const powers = homogeneity(shape);
  if (
    eliminantBound(
      shape,
      tables.map((table) => rowWeights(table, [])),
    ) === Number.NEGATIVE_INFINITY
  )
    return undefined;
  for (const [i, p] of polynomials.entries()) {
    const g = integerContent(p);
    if (g !== 1n) tables[i] = { ...tables[i]!, coefficients: tables[i]!.coefficients.map((c) => c / g) };
    if (g !== 1n || p.denominator !== 1n) multiply(QQ.fromRatio(g, p.denominator), powers.contents[i]!);
  }
  const factors: KnownFactor[] = [];
  const origins = new Array<number>(axes.length).fill(0);
  for (let axis = 0; axis < axes.length; axis++) {
    const cleared = clearAxis(tables, shape, axis);
    tables = cleared.tables;
    if (cleared.exponent !== 0) factors.push({ axis, origin: 0, exponent: cleared.exponent });
    let gain = valuation(shape, axisValuations(tables, axis));
    for (const origin of [1, -1]) {
      const by = origin - origins[axis]!;
      if (!endVanishes(tables, axis, by)) continue;
      const moved = tables.map((table) => moveOrigin(table, axis, by));
      const found = valuation(shape, axisValuations(moved, axis));
      if (!(found > gain)) continue;
      const again = clearAxis(moved, shape, axis);
      tables = again.tables;
      origins[axis] = origin;
      gain = found - again.exponent;
      if (again.exponent !== 0) factors.push({ axis, origin, exponent: again.exponent });
    }
  }
  for (const prime of trialPrimes(tables)) {
    const valuations = tables.map((table) => primeValuations(table, prime));
    const line = bestLine(shape, valuations);
    if (line.exponent !== 0 || line.slope !== 0) {
      const p = BigInt(prime);
      tables = tables.map((table, i) => ({
        ...table,
        coefficients: table.coefficients.map((c, t) => {
          const e = line.offsets[i]! + line.slope * table.exponents[t * (table.axes + 1)]!;
          return e >= 0 ? c / p ** BigInt(e) : c * p ** BigInt(-e);
        }),
      }));
      multiply(QQ.fromInteger(p), line.exponent);
    }
  }
  return { axes, tables, origins, factors, unit };
}

/** The least power of primes that certainly divides the eliminant beyond what was taken out. */
export function forcedPrimes(tables: readonly TermTable[]): { readonly prime: number; readonly exponent: number }[] {
  const shape = shapeOf(tables);
  const found: { prime: number; exponent: number }[] = [];
  for (const prime of trialPrimes(tables)) {
    const exponent = valuation(
      shape,
      tables.map((table) => primeValuations(table, prime)),
    );
    if (exponent > 0 && exponent < Number.POSITIVE_INFINITY) found.push({ prime, exponent });
  }
  return found;
}

function termTable(p: Polynomial, v: string, axes: readonly string[]): TermTable {
  const stride = axes.length + 1;
  const exponents = new Int32Array(p.terms.length * stride);
  const position = [v, ...axes].map((name) => p.variables.indexOf(name));
  let degree = 0;
  for (const [t, term] of p.terms.entries()) {
    for (let i = 0; i < stride; i++) {
      const at = position[i]!;
      if (at >= 0) exponents[t * stride + i] = term.exponents[at]!;
    }
    degree = Math.max(degree, exponents[t * stride]!);
  }
  return { axes: axes.length, exponents, coefficients: p.terms.map((t) => t.coefficient), degree };
}

/** For every table and power of the main variable the least exponent of the axis; Infinity for a coefficient 0. */
function axisValuations(tables: readonly TermTable[], axis: number): number[][] {
  return tables.map((table) => {
    const least = new Array<number>(table.degree + 1).fill(Number.POSITIVE_INFINITY);
    const stride = table.axes + 1;
    for (let t = 0; t < table.exponents.length; t += stride) {
      const row = table.exponents[t]!;
      const e = table.exponents[t + 1 + axis]!;
      if (e < least[row]!) least[row] = e;
    }
    return least;
  });
}

/** A lower bound of the valuation of the eliminant from those of the coefficients; Infinity when it is zero. */
export function valuation(shape: Shape, valuations: readonly (readonly number[])[]): number {
  if (valuations.every((list) => list[0] === 0 && list.at(-1) === 0)) return 0;
  return Math.max(
    0,
    Math.ceil(
      -eliminantBound(
        shape,
        valuations.map((list) => list.map((w) => -w)),
      ) - 1e-6,
    ),
  );
}

interface Line {
  readonly slope: number;
  readonly offsets: readonly number[];
  /** The exponent with which the eliminant contains what is divided out. */
  readonly exponent: number;
}

/** The lines offset_i + slope·k below the valuations whose division explains the largest part of that of the eliminant. */
function bestLine(shape: Shape, valuations: readonly (readonly number[])[]): Line {
  const powers = homogeneity(shape);
  const at = (slope: number): Line => {
    const offsets = valuations.map((list) => list.reduce((o, w, k) => Math.min(o, w - slope * k), Infinity));
    const exponent = offsets.reduce((sum, o, i) => sum + o * powers.contents[i]!, slope * powers.variable);
    return { slope, offsets, exponent };
  };
  let best = at(0);
  for (const step of [1, -1]) {
    for (;;) {
      const next = at(best.slope + step);
      if (next.exponent <= best.exponent) break;
      best = next;
    }
  }
  return best;
}

function clearAxis(
  tables: readonly TermTable[],
  shape: Shape,
  axis: number,
): { readonly tables: TermTable[]; readonly exponent: number } {
  const valuations = axisValuations(tables, axis);
  if (valuations.every((list) => list[0] === 0 && list.at(-1) === 0)) return { tables: [...tables], exponent: 0 };
  const line = bestLine(shape, valuations);
  if (line.slope === 0 && line.offsets.every((o) => o === 0)) return { tables: [...tables], exponent: 0 };
  const cleared = tables.map((table, i) => {
    const exponents = table.exponents.slice();
    const stride = table.axes + 1;
    for (let t = 0; t < exponents.length; t += stride) {
      exponents[t + 1 + axis]! -= line.offsets[i]! + line.slope * exponents[t]!;
    }
    return { ...table, exponents };
  });
  return { tables: cleared, exponent: line.exponent };
}

/** Whether the first or last coefficient of one of the tables vanishes where the axis has the given value. */
function endVanishes(tables: readonly TermTable[], axis: number, value: number): boolean {
  return tables.some((table) => [0, table.degree].some((row) => rowVanishes(table, row, axis, value)));
}

function rowVanishes(table: TermTable, row: number, axis: number, value: number): boolean {
  const stride = table.axes + 1;
  let empty = true;
  let sum = 0n;
  const sums = new Map<number, bigint>();
  for (let t = 0, k = 0; t < table.exponents.length; t += stride, k++) {
    if (table.exponents[t] !== row) continue;
    const c = table.coefficients[k]!;
    const e = table.exponents[t + 1 + axis]!;
    const signed = value === 1 ? c : value === -1 ? (e % 2 === 1 ? -c : c) : c * BigInt(value) ** BigInt(e);
    if (stride === 2) {
      sum += signed;
      empty = false;
      continue;
    }
    let key = 0;
    for (let i = 1; i < stride; i++) if (i !== axis + 1) key = key * 4099 + table.exponents[t + i]!;
    sums.set(key, (sums.get(key) ?? 0n) + signed);
    empty = false;
  }
  if (empty || sum !== 0n) return false;
  for (const s of sums.values()) if (s !== 0n) return false;
  return true;
}

/** The table with axis + by in the place of the axis. */
function moveOrigin(table: TermTable, axis: number, by: number): TermTable {
  const stride = table.axes + 1;
  const groups = new Map<string, { readonly exponents: Int32Array; readonly list: bigint[] }>();
  for (let k = 0; k < table.coefficients.length; k++) {
    const exponents = table.exponents.slice(k * stride, (k + 1) * stride);
    const e = exponents[axis + 1]!;
    exponents[axis + 1] = 0;
    const key = exponents.join();
    let group = groups.get(key);
    if (group === undefined) {
      group = { exponents, list: [] };
      groups.set(key, group);
    }
    while (group.list.length <= e) group.list.push(0n);
    group.list[e] = table.coefficients[k]!;
  }
  const exponents: number[] = [];
  const coefficients: bigint[] = [];
  for (const group of groups.values()) {
    shiftPolynomial(group.list, by);
    for (const [e, c] of group.list.entries()) {
      if (c === 0n) continue;
      for (let i = 0; i < stride; i++) exponents.push(i === axis + 1 ? e : group.exponents[i]!);
      coefficients.push(c);
    }
  }
  return { axes: table.axes, exponents: Int32Array.from(exponents), coefficients, degree: table.degree };
}

/** Replaces the coefficients of f(x) by those of f(x + by), in place, for by = ±1. */
export function shiftPolynomial(f: bigint[], by: number): void {
  for (let j = f.length - 2; j >= 0; j--) {
    for (let i = j; i < f.length - 1; i++) {
      const next = f[i + 1]!;
      if (next === 0n) continue;
      if (by === 1) f[i]! += next;
      else if (by === -1) f[i]! -= next;
      else f[i]! += BigInt(by) * next;
    }
  }
}

/** The small primes that divide the first or the last coefficient of a table. */
function trialPrimes(tables: readonly TermTable[]): number[] {
  let product = 1n;
  for (const table of tables) {
    for (const row of [0, table.degree]) {
      const g = rowContent(table, row);
      if (g !== 1n && g !== 0n) product *= g;
    }
  }
  return product === 1n ? [] : trialDivisors.filter((d) => product % BigInt(d) === 0n);
}

function rowContent(table: TermTable, row: number): bigint {
  const stride = table.axes + 1;
  let g = 0n;
  for (let k = 0; k < table.coefficients.length && g !== 1n; k++) {
    if (table.exponents[k * stride] === row) g = integerGcd(g, table.coefficients[k]!);
  }
  return g;
}

function primeValuations(table: TermTable, prime: number): number[] {
  const stride = table.axes + 1;
  const least = new Array<number>(table.degree + 1).fill(Number.POSITIVE_INFINITY);
  const p = BigInt(prime);
  for (let k = 0; k < table.coefficients.length; k++) {
    const row = table.exponents[k * stride]!;
    let e = 0;
    for (let c = table.coefficients[k]!; e < least[row]! && c % p === 0n; c /= p) e++;
    if (e < least[row]!) least[row] = e;
  }
  return least;
}

/** The power of the axis that certainly divides the eliminant of the tables. */
export function forcedValuation(tables: readonly TermTable[], axis: number): number {
  return valuation(shapeOf(tables), axisValuations(tables, axis));
}
