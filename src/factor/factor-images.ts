import { type Budget, LimitError, type Random } from "../core/index.js";
import { interpolateGrid } from "../modular/index.js";
import { invertModulo, reduceModulo } from "../rings/index.js";
import type { Polynomial } from "../sparse/index.js";
import {
  divideResidues,
  gcdResidues,
  type IntegerPoly,
  isSquareFreeModulo,
  monicResidues,
  multiplyResidues,
  type ResiduePoly,
  reduceResidue,
  toResidues,
  trimResidues,
} from "../univariate/index.js";
import { fixAxis, imageAt, imageOnLine, type ResidueTerms, reduceTerms, type TermTable } from "./residue-terms.js";
import { leadingSeries, liftSeries, multiplyBySeries, type SeriesPoly } from "./series-lift.js";

/** A square-free polynomial that is primitive with respect to its main variable, with an image that keeps its degree. */
export interface ImagedPolynomial {
  readonly polynomial: Polynomial;
  readonly main: string;
  readonly axes: readonly string[];
  readonly table: TermTable;
  /** The integer point of the axes, and the irreducible factors over ZZ of the square-free image there. */
  readonly point: readonly number[];
  readonly factors: readonly IntegerPoly[];
}

/** The largest number of doubles in one grid of images: 256 MB. */
const largestGrid = 2 ** 25;

/** The factors of the image modulo p, monic; undefined when p divides a leading coefficient or makes two of them meet. */
export function imageFactorsModulo(source: ImagedPolynomial, terms: ResidueTerms): ResiduePoly[] | undefined {
  const p = terms.prime;
  const point = source.point.map((x) => ((x % p) + p) % p);
  const image = imageAt(terms, point);
  if (image[terms.degree] === 0 || !isSquareFreeModulo(image, p)) return undefined;
  return source.factors.map((f) => monicResidues(toResidues(f, p), p));
}

/** What one prime says about one group: the coefficients in a box of exponents. */
export interface ModularFactor {
  readonly values: Float64Array;
  /** Lengths of the box: the main variable fastest, then the axes. */
  readonly box: readonly number[];
}

/** What one prime says about all groups but the last. */
export interface ModularFactors {
  readonly list: readonly ModularFactor[];
  /** The degrees in the axes for which the images were taken. */
  readonly degrees: readonly number[];
}

/**
 * The images modulo p of all groups but the last, of the given degrees in the axes (found from images when undefined); undefined
 * when p is of no use, "too small" when some group is not a factor modulo p.
 */
export function modularFactors(
  source: ImagedPolynomial,
  groups: readonly (readonly number[])[],
  p: number,
  degrees: readonly number[] | undefined,
  random: Random,
  budget: Budget,
): ModularFactors | "too small" | undefined {
  const terms = reduceTerms(source.table, p);
  const parts = imageFactorsModulo(source, terms);
  if (parts === undefined) return undefined;
  const products = groups.map((group) => group.map((i) => parts[i]!).reduce((a, b) => multiplyResidues(a, b, p)));
  const point = source.point.map((x) => ((x % p) + p) % p);
  return point.length === 1
    ? bivariateFactors(source, terms, point[0]!, products)
    : factorsOnGrid(source, terms, point, products, degrees, random, budget);
}

/**
 * lead(f)·g for the lifts g of all factors but the last, as polynomials in t of the given degree; "too small" when one of them has
 * a coefficient right above.
 */
function liftedImages(
  rows: SeriesPoly,
  degree: number,
  factors: readonly ResiduePoly[],
  bound: number,
  p: number,
): Float64Array[][] | undefined {
  const precision = bound + 2;
  const known = rows.slice(0, precision);
  while (known.length < precision) known.push(new Float64Array(0));
  const lead = leadingSeries(rows, degree);
  const lifted = liftSeries(known, degree, factors, precision, p);
  const images: Float64Array[][] = [];
  for (const [i, factor] of factors.slice(0, -1).entries()) {
    const image = multiplyBySeries(lifted[i]!, lead, factor.length, precision, p);
    if (image.pop()!.some((c) => c !== 0)) return undefined;
    images.push(image);
  }
  return images;
}

/** In two variables: the content in the axis is divided out modulo p, and the leading coefficient of f put in. */
function bivariateFactors(
  source: ImagedPolynomial,
  terms: ResidueTerms,
  at: number,
  products: readonly ResiduePoly[],
): ModularFactors | "too small" | undefined {
  const { prime: p, degree } = terms;
  const rows = imageOnLine(terms, [at], [1], source.table.lineDegree);
  const images = liftedImages(rows, degree, products, source.table.lineDegree, p);
  if (images === undefined) return "too small";
  const leading = leadingInteger(source, p);
  if (leading === 0) return undefined;
  const found: ModularFactor[] = [];
  for (const image of images) {
    const width = image[0]!.length;
    let columns = Array.from({ length: width }, (_, i) => trimResidues(Float64Array.from(image, (row) => row[i]!)));
    let common = columns[width - 1]!;
    for (const column of columns) if (column.length > 0 && common.length > 1) common = gcdResidues(common, column, p);
    if (common.length > 1) columns = columns.map((c) => (c.length === 0 ? c : divideResidues(c, common, p).quotient));
    const shifted = columns.map((column) => shiftVariable(column, at === 0 ? 0 : p - at, p));
    const length = Math.max(...shifted.map((c) => c.length));
    const factor = reduceResidue(leading * invertModulo(shifted[width - 1]!.at(-1)!, p), p, 1 / p);
    const values = new Float64Array(width * length);
    for (const [i, column] of shifted.entries()) {
      for (let k = 0; k < column.length; k++) values[k * width + i] = reduceResidue(column[k]! * factor, p, 1 / p);
    }
    found.push({ values, box: [width, length] });
  }
  return { list: found, degrees: terms.axisDegrees };
}

/** The coefficient of the highest power of the axis in the leading coefficient of f, modulo p. */
function leadingInteger(source: ImagedPolynomial, p: number): number {
  const { table } = source;
  let best = -1;
  for (let t = 0; t < table.main.length; t++) {
    if (table.main[t] === table.degree && (best < 0 || table.axes[0]![t]! > table.axes[0]![best]!)) best = t;
  }
  return reduceModulo(table.coefficients[best]!, p);
}

/** a(t + shift). */
function shiftVariable(a: ResiduePoly, shift: number, p: number): ResiduePoly {
  if (shift === 0) return a;
  const reciprocal = 1 / p;
  const c = a.slice();
  for (let i = 0; i < c.length - 1; i++) {
    for (let j = c.length - 2; j >= i; j--) c[j] = reduceResidue(c[j]! + shift * c[j + 1]!, p, reciprocal);
  }
  return c;
}

/**
 * In several variables: the first axis is lifted as it is, the others are reached along lines and interpolated. All
 * coefficients are those of lead(f)·g, a polynomial of at most the degrees of f.
 */
function factorsOnGrid(
  source: ImagedPolynomial,
  terms: ResidueTerms,
  point: readonly number[],
  products: readonly ResiduePoly[],
  known: readonly number[] | undefined,
  random: Random,
  budget: Budget,
): ModularFactors | "too small" | undefined {
  const { prime: p, degree, axisDegrees } = terms;
  const degrees = known ?? degreesOnAxes(source, terms, point, products, random);
  if (degrees === undefined || degrees === "too small") return degrees;
  // Degrees that were only just found may be wrong themselves: then the next prime is taken.
  const tooSmall = known === undefined ? undefined : "too small";
  const [firstDegree, ...otherDegrees] = degrees;
  const rows = firstDegree! + 1;
  const counts = otherDegrees.map((d) => d + 1);
  const points = counts.reduce((product, c) => product * c, 1);
  const widths = products.slice(0, -1).map((f) => f.length);
  if (points * rows * sumOf(widths) > largestGrid) {
    throw new LimitError(
      `the factorisation of a polynomial in ${source.polynomial.variables.join(", ")} needs a grid of more than ${largestGrid} numbers`,
    );
  }
  const grid = counts.map((count) => distinctPoints(count, p, random));
  const start = fixAxis(terms, 0, point[0]!);
  const from = point.slice(1);
  const lineDegree = Math.min(source.table.lineDegree, sumOf(axisDegrees.slice(1)));
  const lineBound = Math.min(lineDegree, sumOf(otherDegrees));
  const data = widths.map((width) => new Float64Array(points * rows * width));
  for (let index = 0; index < points; index++) {
    budget.spend(lineDegree, "lifting factors to the points of a grid");
    let rest = index;
    const to = counts.map((count, j) => {
      const at = rest % count;
      rest = Math.floor(rest / count);
      return grid[j]![at]!;
    });
    const bases = factorsAtEnd(start, from, to, lineDegree, lineBound, products);
    if (bases === undefined || bases === "too small") return bases === undefined ? bases : tooSmall;
    const whole = imageOnLine(terms, [point[0]!, ...to], [1, ...to.map(() => 0)], axisDegrees[0]!);
    if (!isSquareFreeModulo(whole[0]!, p)) return undefined;
    const images = liftedImages(whole, degree, bases, firstDegree!, p);
    if (images === undefined) return tooSmall;
    for (const [i, width] of widths.entries()) {
      const block = index * rows * width;
      for (let j = 0; j < width; j++) {
        const column = Float64Array.from(images[i]!, (row) => row[j]!);
        const shifted = shiftVariable(column, point[0] === 0 ? 0 : p - point[0]!, p);
        for (let k = 0; k < rows; k++) data[i]![block + k * width + j] = shifted[k]!;
      }
    }
  }
  const list = data.map((values, i) => {
    interpolateGrid(values, rows * widths[i]!, grid, p);
    return { values, box: [widths[i]!, rows, ...counts] };
  });
  return { list, degrees };
}

/**
 * The monic factors, the last included, at the end of the line between two points, from those at its beginning; undefined when
 * the degree drops at the end.
 */
function factorsAtEnd(
  terms: ResidueTerms,
  from: readonly number[],
  to: readonly number[],
  lineDegree: number,
  bound: number,
  products: readonly ResiduePoly[],
): ResiduePoly[] | "too small" | undefined {
  const { prime: p, degree } = terms;
  const direction = to.map((x, j) => (x >= from[j]! ? x - from[j]! : x - from[j]! + p));
  const line = imageOnLine(terms, from, direction, lineDegree);
  const image = trimResidues(columnSums(line, p));
  if (image.length <= degree) return undefined;
  const images = liftedImages(line, degree, products, bound, p);
  if (images === undefined) return "too small";
  const ends = images.map((rows) => monicResidues(columnSums(rows, p), p));
  let last = monicResidues(image, p);
  for (const end of ends) last = divideResidues(last, end, p).quotient;
  return [...ends, last];
}

/** The largest degree of the images in each axis, from one random line in each direction: nearly always the degree itself. */
function degreesOnAxes(
  source: ImagedPolynomial,
  terms: ResidueTerms,
  point: readonly number[],
  products: readonly ResiduePoly[],
  random: Random,
): number[] | "too small" | undefined {
  const { prime: p, degree, axisDegrees } = terms;
  const to = point.map(() => random.integer(1, p - 1));
  const { lineDegree } = source.table;
  const bases = factorsAtEnd(terms, point, to, lineDegree, lineDegree, products);
  if (bases === undefined || bases === "too small") return bases;
  const degrees: number[] = [];
  for (const [j, bound] of axisDegrees.entries()) {
    const rows = imageOnLine(
      terms,
      to,
      to.map((_, i) => (i === j ? 1 : 0)),
      bound,
    );
    if (!isSquareFreeModulo(rows[0]!, p)) return undefined;
    const images = liftedImages(rows, degree, bases, bound, p);
    if (images === undefined) return "too small";
    degrees.push(Math.max(...images.map((image) => image.findLastIndex((row) => row.some((c) => c !== 0)))));
  }
  return degrees;
}

function sumOf(list: readonly number[]): number {
  return list.reduce((sum, d) => sum + d, 0);
}

/** The value at t = 1. */
function columnSums(rows: readonly Float64Array[], p: number): Float64Array {
  const sums = new Float64Array(rows[0]!.length);
  for (const row of rows) {
    for (let i = 0; i < sums.length; i++) {
      const sum = sums[i]! + row[i]!;
      sums[i] = sum >= p ? sum - p : sum;
    }
  }
  return sums;
}

function distinctPoints(count: number, prime: number, random: Random): number[] {
  const points = new Set<number>();
  while (points.size < count) points.add(random.integer(1, prime - 1));
  return [...points];
}
