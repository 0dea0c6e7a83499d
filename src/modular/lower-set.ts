import { centred, centredInverse, centredProduct } from "./centred-residues.js";

/** The condition weights · e <= bound on exponent vectors e, with weights >= 0. */
export interface WeightLimit {
  readonly weights: readonly number[];
  readonly bound: number;
}

/**
 * A finite set of exponent vectors that contains with a vector every smaller one: box, simplex, staircase. The polynomials on
 * such a set are determined by their values at the points whose k-th coordinate is node number e_k, for e in the set.
 */
export interface LowerSet {
  readonly axes: number;
  readonly size: number;
  /** The vectors one after the other, `axes` numbers each, the first coordinate running fastest. */
  readonly exponents: Int32Array;
  /** For each axis the maximal lines parallel to it: the places of their points, line after line, and the lengths. */
  readonly lines: readonly { readonly places: Int32Array; readonly lengths: Int32Array }[];
  /** The largest number of points in a line of each axis. */
  readonly counts: readonly number[];
}

/** The number of points that satisfy all limits, or any number above `most` when there are more. */
export function lowerSetSize(axes: number, limits: readonly WeightLimit[], most: number): number {
  let size = 0;
  eachLine(axes, limits, (length) => {
    size += length;
    return size <= most;
  });
  return size;
}

/** Visits the lines of the first axis by their length and their other coordinates, the last axis running slowest. */
function eachLine(
  axes: number,
  limits: readonly WeightLimit[],
  visit: (length: number, outer: readonly number[]) => boolean,
): void {
  const at = new Array<number>(axes).fill(0);
  const left = limits.map((limit) => limit.bound);
  const descend = (axis: number): boolean => {
    let room = Number.POSITIVE_INFINITY;
    for (let i = 0; i < limits.length; i++) {
      if (left[i]! < 0) return true;
      const weight = limits[i]!.weights[axis]!;
      if (weight > 0) room = Math.min(room, Math.floor(left[i]! / weight));
    }
    if (axis === 0) return visit(room + 1, at);
    for (let e = 0; e <= room; e++) {
      at[axis] = e;
      const going = descend(axis - 1);
      for (let i = 0; i < limits.length; i++) left[i]! -= limits[i]!.weights[axis]!;
      if (!going) return false;
    }
    for (let i = 0; i < limits.length; i++) left[i]! += (room + 1) * limits[i]!.weights[axis]!;
    at[axis] = 0;
    return true;
  };
  descend(axes - 1);
}

/** All exponent vectors that satisfy the limits, which bound every coordinate; at least one axis. */
export function lowerSet(axes: number, limits: readonly WeightLimit[]): LowerSet {
  const size = lowerSetSize(axes, limits, Number.POSITIVE_INFINITY);
  const exponents = new Int32Array(size * axes);
  const firstLengths: number[] = [];
  let place = 0;
  eachLine(axes, limits, (length, outer) => {
    firstLengths.push(length);
    for (let e = 0; e < length; e++) {
      exponents[place * axes] = e;
      for (let i = 1; i < axes; i++) exponents[place * axes + i] = outer[i]!;
      place++;
    }
    return true;
  });
  const counts = new Array<number>(axes).fill(0);
  for (let k = 0; k < exponents.length; k++) counts[k % axes] = Math.max(counts[k % axes]!, exponents[k]! + 1);
  const lines: { places: Int32Array; lengths: Int32Array }[] = [];
  lines.push({ places: Int32Array.from({ length: size }, (_, k) => k), lengths: Int32Array.from(firstLengths) });
  for (let axis = 1; axis < axes; axis++) lines.push(linesAlong(axis, axes, size, exponents, counts));
  return { axes, size, exponents, lines, counts };
}

function linesAlong(
  axis: number,
  axes: number,
  size: number,
  exponents: Int32Array,
  counts: readonly number[],
): { places: Int32Array; lengths: Int32Array } {
  const found = new Map<number, number[]>();
  for (let k = 0; k < size; k++) {
    let key = 0;
    for (let i = 0; i < axes; i++) if (i !== axis) key = key * counts[i]! + exponents[k * axes + i]!;
    const line = found.get(key);
    // Along a line the coordinate grows with the place, because the first axis runs fastest.
    if (line === undefined) found.set(key, [k]);
    else line.push(k);
  }
  const places = new Int32Array(size);
  const lengths = new Int32Array(found.size);
  let place = 0;
  let number = 0;
  for (const line of found.values()) {
    places.set(line, place);
    place += line.length;
    lengths[number++] = line.length;
  }
  return { places, lengths };
}

const rounding = 6755399441055744;

/** Differences of centred residues double with every pass: after so many passes they are reduced. */
const passes = 24;
/** Up to this length the change to powers is a stored matrix. */
const longestTable = 160;

/**
 * Replaces the values at the points of a lower set, whose nodes are first, first + 1, … on every axis, by the coefficients of the
 * interpolating polynomial modulo p, in place: Newton's forward differences along every line, axis by axis, and then the change
 * from the Newton basis to powers, axis by axis; both stay inside the set.
 */
export function interpolateLowerSet(data: Float64Array, set: LowerSet, first: number, p: number): void {
  const reciprocal = 1 / p;
  const longest = set.counts.reduce((a, b) => Math.max(a, b), 0);
  const table = longest <= longestTable ? newtonTable(longest, first, p) : undefined;
  const inverseFactorials = table === undefined ? factorialInverses(longest, p, reciprocal) : undefined;
  eachLineOf(data, set, (line, n) => differences(line, n, p, reciprocal));
  eachLineOf(data, set, (line, n) => {
    if (table === undefined) powersByHorner(line, n, first, inverseFactorials!, p, reciprocal);
    else powersByTable(line, n, table.entries, table.width, p, reciprocal);
  });
}

/** Changes every line of the data in place, axis by axis. */
function eachLineOf(data: Float64Array, set: LowerSet, change: (line: Float64Array, n: number) => void): void {
  const line = new Float64Array(set.counts.reduce((a, b) => Math.max(a, b), 0));
  for (const { places, lengths } of set.lines) {
    let start = 0;
    for (let l = 0; l < lengths.length; l++) {
      const n = lengths[l]!;
      for (let i = 0; i < n; i++) line[i] = data[places[start + i]!]!;
      change(line, n);
      for (let i = 0; i < n; i++) data[places[start + i]!] = line[i]!;
      start += n;
    }
  }
}

/** The forward differences f[0], Δf[0], Δ²f[0], … of n values. */
function differences(f: Float64Array, n: number, p: number, reciprocal: number): void {
  for (let j = 1; j < n; j++) {
    for (let i = n - 1; i >= j; i--) f[i]! -= f[i - 1]!;
    if (j % passes !== 0 && j !== n - 1) continue;
    for (let i = 0; i < n; i++) f[i]! -= (f[i]! * reciprocal + rounding - rounding) * p;
  }
}

function factorialInverses(n: number, p: number, reciprocal: number): Float64Array {
  const inverses = new Float64Array(n + 1);
  let factorial = 1;
  for (let k = 2; k <= n; k++) factorial = centredProduct(factorial, k, p, reciprocal);
  inverses[n] = centredInverse(factorial, p);
  for (let k = n; k > 0; k--) inverses[k - 1] = centredProduct(inverses[k]!, k, p, reciprocal);
  return inverses;
}

interface NewtonTable {
  readonly first: number;
  readonly width: number;
  /** Entry [k·width + j]: the coefficient of x^k in (x − first)(x − first − 1)…(x − first − j + 1)/j!. */
  readonly entries: Float64Array;
}

/** The tables that were made last, by their primes: they depend on nothing else, and every call takes the same primes. */
const tables = new Map<number, NewtonTable>();
const mostTables = 64;

function newtonTable(n: number, first: number, p: number): NewtonTable {
  const present = tables.get(p);
  if (present !== undefined && present.first === first && present.width >= n) return present;
  const width = Math.ceil(n / 16) * 16;
  const reciprocal = 1 / p;
  const inverseFactorials = factorialInverses(width, p, reciprocal);
  const entries = new Float64Array(width * width);
  const basis = new Float64Array(width + 1);
  basis[0] = 1;
  for (let j = 0; j < width; j++) {
    for (let k = 0; k <= j; k++) {
      entries[k * width + j] = centredProduct(basis[k]!, inverseFactorials[j]!, p, reciprocal);
    }
    for (let k = j + 1; k > 0; k--) basis[k] = centred(basis[k - 1]! - (first + j) * basis[k]!, p, reciprocal);
    basis[0] = centred(-(first + j) * basis[0]!, p, reciprocal);
  }
  const table = { first, width, entries };
  if (tables.size >= mostTables) tables.delete(tables.keys().next().value!);
  tables.set(p, table);
  return table;
}

function powersByTable(
  f: Float64Array,
  n: number,
  table: Float64Array,
  width: number,
  p: number,
  reciprocal: number,
): void {
  // The table is triangular: entry k needs no entry before k.
  for (let k = 0; k < n; k++) {
    const row = k * width;
    let sum = 0;
    for (let j = k; j < n; j += 7) {
      const end = Math.min(j + 7, n);
      for (let i = j; i < end; i++) sum += f[i]! * table[row + i]!;
      sum -= (sum * reciprocal + rounding - rounding) * p;
    }
    f[k] = sum;
  }
}

function powersByHorner(
  f: Float64Array,
  n: number,
  first: number,
  inverseFactorials: Float64Array,
  p: number,
  reciprocal: number,
): void {
  for (let j = 0; j < n; j++) f[j] = centredProduct(f[j]!, inverseFactorials[j]!, p, reciprocal);
  for (let j = n - 2; j >= 0; j--) {
    for (let i = j; i < n - 1; i++) f[i] = centred(f[i]! - (first + j) * f[i + 1]!, p, reciprocal);
  }
}
