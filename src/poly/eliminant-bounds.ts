import { gcdModulo, type TermTable, type WeightLimit } from "../modular/index.js";
import { reduceModulo, wordPrime } from "../rings/index.js";

/** The degrees of the eliminated polynomials: [n] for the discriminant of one, [m, n] for the resultant of two. */
export type Shape = readonly number[];

/**
 * An upper bound of the weight of a discriminant or resultant, from upper bounds of the weights of the coefficients (entry
 * [k] belongs to v^k, −Infinity to a coefficient 0). A weight is a degree in any direction, or minus a valuation: minus the
 * weight extends to a valuation of the algebraic closure. The Newton polygon gives the weights s of the roots, and with these
 * the bounds max(s, t) of their differences in disc = lc^(2n−2) ∏ (r_i − r_j)² and Res = lc^n lc^m ∏ (a_i − b_j). Attained by
 * generic polynomials with the same Newton polygon. −Infinity when the eliminant is zero.
 */
export function eliminantBound(shape: Shape, weights: readonly (readonly number[])[]): number {
  const [first, second] = weights as readonly [readonly number[], (readonly number[])?];
  const [m, n] = shape as readonly [number, number?];
  const a = rootWeights(first);
  if (second === undefined || n === undefined) {
    let sum = 0;
    for (let i = 0; i < a.length; i++) sum += a.length - 1 - i === 0 ? 0 : a[i]! * (a.length - 1 - i);
    return 2 * (m - 1) * first[m]! + 2 * sum;
  }
  const b = rootWeights(second);
  let sum = n * first[m]! + m * second[n]!;
  // Both lists descend: each root counts for the roots of the other list that are not larger.
  let j = 0;
  for (const s of a) {
    while (j < b.length && b[j]! > s) j++;
    if (j < b.length) sum += s * (b.length - j);
  }
  let i = 0;
  for (const t of b) {
    while (i < a.length && a[i]! >= t) i++;
    if (i < a.length) sum += t * (a.length - i);
  }
  return sum;
}

/** The exponents of a polynomial in a main variable and some axes, as in a table of terms; they may be negative. */
type Support = Pick<TermTable, "axes" | "exponents" | "degree">;

/** The largest weight of the terms of each power of the main variable; −Infinity where there is none. */
export function rowWeights(table: Support, weights: readonly number[]): number[] {
  const stride = table.axes + 1;
  const largest = new Array<number>(table.degree + 1).fill(Number.NEGATIVE_INFINITY);
  for (let t = 0; t < table.exponents.length; t += stride) {
    let weight = 0;
    for (let i = 0; i < weights.length; i++) weight += weights[i]! * table.exponents[t + 1 + i]!;
    const row = table.exponents[t]!;
    if (weight > largest[row]!) largest[row] = weight;
  }
  return largest;
}

/** The weights of the roots, descending, by the upper hull of the points (k, weight of the k-th coefficient). */
function rootWeights(weights: readonly number[]): number[] {
  const roots: number[] = [];
  for (const { from, to } of hullEdges(weights)) {
    for (let k = from; k < to; k++) roots.push((weights[from]! - weights[to]!) / (to - from));
  }
  while (roots.length < weights.length - 1) roots.push(Number.NEGATIVE_INFINITY);
  return roots;
}

interface Edge {
  readonly from: number;
  readonly to: number;
}

/** The edges of the upper hull, from the highest power down. */
function hullEdges(weights: readonly number[]): Edge[] {
  const corners: number[] = [];
  for (let k = weights.length - 1; k >= 0; k--) {
    if (weights[k] === Number.NEGATIVE_INFINITY) continue;
    while (corners.length > 1) {
      const b = corners[corners.length - 1]!;
      const a = corners[corners.length - 2]!;
      // b stays when it lies above the chord from a down to k.
      if ((weights[b]! - weights[k]!) * (a - k) > (weights[a]! - weights[k]!) * (b - k)) break;
      corners.pop();
    }
    corners.push(k);
  }
  return corners.slice(1).map((from, i) => ({ from, to: corners[i]! }));
}

/** At most so many translations of the eliminated variable are tried. */
const mostTranslations = 2;

/**
 * Limits of the exponents of the eliminant in a few directions with weights >= 0: each axis, and sums of axes. Undefined when
 * the eliminant is zero. The polynomials may cancel more than their Newton polygons tell, when the highest forms of roots
 * coincide; where it is a monomial r·y^e, the bound is taken again after the translation v → v + r·y^e, under which the
 * eliminant is invariant.
 */
export function exponentLimits(shape: Shape, tables: readonly TermTable[], axes: number): WeightLimit[] | undefined {
  const directions = chooseDirections(axes);
  const bounds = directions.map((weights) => boundIn(shape, tables, weights));
  if (bounds.includes(Number.NEGATIVE_INFINITY)) return undefined;
  const tried = new Set<string>();
  for (const weights of directions) {
    const translation = repeatedHighestRoot(tables, weights, axes);
    if (translation === undefined || tried.has(translation.join())) continue;
    tried.add(translation.join());
    const moved = tables.map((table) => translated(table, translation));
    if (!moved.every((table) => table !== undefined)) continue;
    for (const [i, w] of directions.entries()) bounds[i] = Math.min(bounds[i]!, boundIn(shape, moved, w));
    if (tried.size === mostTranslations) break;
  }
  if (bounds.includes(Number.NEGATIVE_INFINITY)) return undefined;
  return directions.map((weights, i) => ({ weights, bound: Math.floor(bounds[i]! + 1e-6) }));
}

function boundIn(shape: Shape, tables: readonly Support[], weights: readonly number[]): number {
  return eliminantBound(
    shape,
    tables.map((table) => rowWeights(table, weights)),
  );
}

/** The sum of all axes first, then the axes; for three and four axes all partial sums. */
function chooseDirections(axes: number): number[][] {
  const single = Array.from({ length: axes }, (_, i) => Array.from({ length: axes }, (__, j) => (i === j ? 1 : 0)));
  if (axes === 1) return single;
  const all = new Array<number>(axes).fill(1);
  if (axes === 2 || axes > 4) return [all, ...single];
  const directions = [all, ...single];
  for (let mask = 1; mask < 2 ** axes - 1; mask++) {
    const weights = Array.from({ length: axes }, (_, i) => (mask >> i) & 1);
    const sum = weights.reduce((a, b) => a + b, 0);
    if (sum > 1) directions.push(weights);
  }
  return directions;
}

/** r = numerator/denominator and the exponents of the axes. */
type Translation = readonly number[];

/**
 * A monomial r·y^e that is the highest form of at least two roots in the given direction, or undefined. Ties are broken by a
 * second direction in which the highest form of every coefficient is a monomial. A guess: whatever it gives may be tried.
 */
function repeatedHighestRoot(
  tables: readonly TermTable[],
  weights: readonly number[],
  axes: number,
): Translation | undefined {
  const prime = wordPrime(0);
  const lexicographic = weights.map((w, i) => w * 2 ** 24 + (i === 0 ? 1 : 31 ** i));
  const edges: { readonly residues: number[]; readonly steps: number[] }[] = [];
  for (const table of tables) {
    const top = rowWeights(table, lexicographic);
    const places = topTerms(table, lexicographic, top);
    for (const { from, to } of hullEdges(top)) {
      const steps = Array.from({ length: axes }, (_, i) => {
        const low = table.exponents[places[from]! * (axes + 1) + 1 + i]!;
        const high = table.exponents[places[to]! * (axes + 1) + 1 + i]!;
        return (low - high) / (to - from);
      });
      if (!steps.every((step) => Number.isInteger(step))) continue;
      const residues: number[] = [];
      for (let k = from; k <= to; k++) {
        const on = top[k]! * (to - from) === top[from]! * (to - k) + top[to]! * (k - from);
        residues.push(on && places[k] !== undefined ? reduceModulo(table.coefficients[places[k]!]!, prime) : 0);
      }
      edges.push({ residues, steps });
    }
  }
  for (const [i, edge] of edges.entries()) {
    const { residues, steps } = edge;
    if (residues.length > 2) {
      const slopes = residues.slice(1).map((c, k) => (c * (k + 1)) % prime);
      const root = onlyRoot(gcdModulo(residues, slopes, prime), prime);
      if (root !== undefined) return [...root, ...steps];
    }
    for (const other of edges.slice(i + 1)) {
      if (other.steps.join() !== steps.join()) continue;
      const root = onlyRoot(gcdModulo(residues, other.residues, prime), prime);
      if (root !== undefined) return [...root, ...steps];
    }
  }
  return undefined;
}

function topTerms(table: TermTable, weights: readonly number[], top: readonly number[]): (number | undefined)[] {
  const stride = table.axes + 1;
  const places = new Array<number | undefined>(table.degree + 1);
  for (let k = 0; k < table.coefficients.length; k++) {
    let weight = 0;
    for (let i = 1; i < stride; i++) weight += weights[i - 1]! * table.exponents[k * stride + i]!;
    const row = table.exponents[k * stride]!;
    if (weight === top[row]) places[row] = k;
  }
  return places;
}

/** The root, as a fraction of small integers, of a polynomial that is a power of a linear one modulo p. */
function onlyRoot(f: readonly number[], prime: number): [number, number] | undefined {
  const n = f.length - 1;
  if (n < 1) return undefined;
  // f = (x − r)^n, monic: the second coefficient is −n·r.
  for (let denominator = 1; denominator <= 30; denominator++) {
    // n·r = −f[n − 1] modulo p
    let value = (((prime - f[n - 1]!) % prime) * denominator) % prime;
    if (value > prime / 2) value -= prime;
    if (value % n !== 0 || Math.abs(value / n) > 1000) continue;
    const numerator = value / n;
    return numerator === 0 ? undefined : [numerator, denominator];
  }
  return undefined;
}

/** More places than this are not set aside for a translated polynomial. */
const largestBox = 2e6;

/**
 * The exponents that occur after the translation v → v + r·y^e. Undefined when there are too many of them for this. Computed on a
 * box of coefficients, in doubles where these stay exact.
 */
function translated(table: TermTable, [numerator, denominator, ...steps]: Translation): Support | undefined {
  const stride = table.axes + 1;
  const n = table.degree;
  const lowest = steps.map((step) => Math.min(0, n * step));
  const radices = steps.map((step, i) => largestExponent(table, i + 1) + n * Math.abs(step) + 1);
  const size = radices.reduce((product, r) => product * r, n + 1);
  if (size > largestBox) return undefined;
  // The place of the exponents (k, e_1, e_2, …) of a term of the translated polynomial, and its change when k falls by one.
  const places = new Int32Array(table.coefficients.length);
  const change = steps.reduce((place, step, i) => place * radices[i]! + step, -1);
  for (let t = 0; t < places.length; t++) {
    let place = table.exponents[t * stride]!;
    for (let i = 1; i < stride; i++) {
      place = place * radices[i - 1]! + table.exponents[t * stride + i]! - lowest[i - 1]!;
    }
    places[t] = place;
  }
  const factors = Array.from({ length: n + 1 }, (_, row) =>
    binomialFactors(row, n, BigInt(numerator!), BigInt(denominator!)),
  );
  const occurs = nonzeroPlaces(table, places, change, factors, size);
  const exponents: number[] = [];
  for (let place = 0; place < size; place++) {
    if (occurs[place] === 0) continue;
    const start = exponents.length;
    for (let i = 0; i < stride; i++) exponents.push(0);
    let rest = place;
    for (let i = stride - 1; i > 0; i--) {
      exponents[start + i] = (rest % radices[i - 1]!) + lowest[i - 1]!;
      rest = Math.floor(rest / radices[i - 1]!);
    }
    exponents[start] = rest;
  }
  return { axes: table.axes, exponents: Int32Array.from(exponents), degree: n };
}

/** A nonzero entry where the translated polynomial has a term. */
function nonzeroPlaces(
  table: TermTable,
  places: Int32Array,
  change: number,
  factors: readonly (readonly bigint[])[],
  size: number,
): ArrayLike<number> {
  const stride = table.axes + 1;
  const small = factors.map((list) => list.map(Number));
  const largest = small.reduce((m, list) => list.reduce((a, f) => Math.max(a, Math.abs(f)), m), 0);
  const sum = table.coefficients.reduce((s, c) => s + Math.abs(Number(c)), 0);
  if (sum * largest < 2 ** 52) {
    const box = new Float64Array(size);
    for (let t = 0; t < places.length; t++) {
      const row = table.exponents[t * stride]!;
      const c = Number(table.coefficients[t]!);
      const list = small[row]!;
      for (let k = row, place = places[t]!; k >= 0; k--, place += change) box[place]! += c * list[k]!;
    }
    return box;
  }
  const box = new Map<number, bigint>();
  for (let t = 0; t < places.length; t++) {
    const row = table.exponents[t * stride]!;
    const c = table.coefficients[t]!;
    const list = factors[row]!;
    for (let k = row, place = places[t]!; k >= 0; k--, place += change) {
      box.set(place, (box.get(place) ?? 0n) + c * list[k]!);
    }
  }
  const occurs = new Uint8Array(size);
  for (const [place, value] of box) occurs[place] = value === 0n ? 0 : 1;
  return occurs;
}

function largestExponent(table: TermTable, position: number): number {
  let largest = 0;
  for (let t = position; t < table.exponents.length; t += table.axes + 1) {
    largest = Math.max(largest, table.exponents[t]!);
  }
  return largest;
}

/** [k]: the factor of v^k in b^n (v + a/b)^row. */
function binomialFactors(row: number, n: number, a: bigint, b: bigint): bigint[] {
  const list: bigint[] = [];
  let binomial = 1n;
  for (let k = row; k >= 0; k--) {
    list[k] = binomial * a ** BigInt(row - k) * b ** BigInt(n - row + k);
    binomial = (binomial * BigInt(k)) / BigInt(row - k + 1);
  }
  return list;
}
