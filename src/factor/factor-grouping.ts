import { invertModulo } from "../rings/index.js";
import { evaluateResidues, productsBetweenReductions, type ResiduePoly, reduceResidue } from "../univariate/index.js";
import { divideSeries, liftSeries, type SeriesPoly } from "./series-lift.js";

/** Coefficients beyond the degree that are asked to vanish in the first attempt. */
const firstExtraPrecision = 5;

/**
 * Which of the factors of f(x, 0) belong together: the partition of their indices by the factors of f(x, t) over GF(p).
 *
 * For a divisor g of f = g·h the product f·g'/g = g'·h (derivatives in x) is a polynomial whose degree in t is at most that of f,
 * and the logarithmic derivative of g is the sum of those of its lifted factors. So the vectors μ for which the coefficients of
 * f·Σ μ_i·g_i'/g_i beyond this degree vanish form a space that contains the indicator of every divisor, and linear algebra
 * finds it [Belabas, van Hoeij, Klüners & Steel, J. Théor. Nombres Bordeaux 21 (2009) 15–39; Lecerf, Math. Comp. 75 (2006) 921–933].
 *
 * The result is never too coarse: what it separates may still belong together, but when it has one part, no proper divisor
 * of f(x, t) has positive degree in x. Undefined when the space is not spanned by a partition (too little is known, or p is
 * too special).
 *
 * `f` has the rows t^0 … t^lineDegree, `factors` are monic and coprime with product f(x, 0)/lead(f)(0), lead(f)(0) is not 0.
 */
export function groupFactors(
  f: SeriesPoly,
  degree: number,
  factors: readonly ResiduePoly[],
  p: number,
): number[][] | undefined {
  const r = factors.length;
  if (r === 1) return [[0]];
  const lineDegree = f.length - 1;
  const attempts = [lineDegree + 1 + firstExtraPrecision, 2 * lineDegree + 2];
  for (const precision of attempts.sort((a, b) => a - b)) {
    const extra = precision - 1 - lineDegree;
    if (extra < 1) continue;
    const lifted = liftSeries(padded(f, precision), degree, factors, precision, p);
    const wanted = Math.ceil((r + 8) / extra) + 1;
    const equations: Float64Array[] = [];
    for (let x = 1, points = 0; points < wanted && x < p && points <= 2 * degree; x++) {
      const rows = tailEquations(f, lifted, x, precision, p);
      if (rows === undefined) continue;
      equations.push(...rows);
      points++;
    }
    const groups = partitionOfKernel(equations, r, p);
    if (groups !== undefined) return groups;
  }
  return undefined;
}

function padded(f: SeriesPoly, precision: number): SeriesPoly {
  const rows = f.slice(0, precision);
  while (rows.length < precision) rows.push(new Float64Array(0));
  return rows;
}

/** The equations for one value of x: coefficient t^k of f·g_i'/g_i there, for k beyond the degree of f in t. */
function tailEquations(
  f: SeriesPoly,
  lifted: readonly SeriesPoly[],
  x: number,
  precision: number,
  p: number,
): Float64Array[] | undefined {
  const whole = seriesAt(f, x, p);
  if (whole[0] === 0) return undefined;
  const reciprocal = 1 / p;
  const chunk = productsBetweenReductions(p);
  const equations = Array.from({ length: precision - f.length }, () => new Float64Array(lifted.length));
  for (const [i, g] of lifted.entries()) {
    const quotient = divideSeries(slopeAt(g, x, p), seriesAt(g, x, p), precision, p);
    for (let k = f.length; k < precision; k++) {
      let sum = 0;
      let free = chunk;
      for (let j = 0; j < whole.length; j++) {
        sum += whole[j]! * quotient[k - j]!;
        if (--free === 0) {
          sum = reduceResidue(sum, p, reciprocal);
          free = chunk;
        }
      }
      equations[k - f.length]![i] = reduceResidue(sum, p, reciprocal);
    }
  }
  return equations;
}

function seriesAt(f: SeriesPoly, x: number, p: number): Float64Array {
  return Float64Array.from(f, (row) => evaluateResidues(row, x, p));
}

function slopeAt(f: SeriesPoly, x: number, p: number): Float64Array {
  const reciprocal = 1 / p;
  return Float64Array.from(f, (row) => {
    let value = 0;
    for (let i = row.length - 1; i > 0; i--) {
      value = reduceResidue(value * x + reduceResidue(i * row[i]!, p, reciprocal), p, reciprocal);
    }
    return value;
  });
}

/** The partition whose indicators span the kernel of the equations; undefined when the kernel is not of this form. */
function partitionOfKernel(equations: Float64Array[], r: number, p: number): number[][] | undefined {
  const reciprocal = 1 / p;
  const pivotRow = new Array<Float64Array | undefined>(r).fill(undefined);
  for (const equation of equations) {
    // Reduced by the rows so far, then made the pivot row of its first column, and taken out of the others.
    for (let j = 0; j < r; j++) {
      const c = equation[j]!;
      const row = pivotRow[j];
      if (c !== 0 && row !== undefined) addMultiple(equation, row, p - c, p, reciprocal);
    }
    const at = equation.findIndex((c) => c !== 0);
    if (at < 0) continue;
    const inverse = invertModulo(equation[at]!, p);
    for (let j = 0; j < r; j++) equation[j] = reduceResidue(equation[j]! * inverse, p, reciprocal);
    for (const row of pivotRow) {
      if (row !== undefined && row[at] !== 0) addMultiple(row, equation, p - row[at]!, p, reciprocal);
    }
    pivotRow[at] = equation;
  }
  const groups = new Map<number, number[]>();
  for (let j = 0; j < r; j++) if (pivotRow[j] === undefined) groups.set(j, [j]);
  for (let j = 0; j < r; j++) {
    const row = pivotRow[j];
    if (row === undefined) continue;
    // The kernel vector of the free column k has the entry −row[k] at j: it must be 1 for one k and 0 for the others.
    const used = [...groups.keys()].filter((k) => row[k] !== 0);
    if (used.length !== 1 || row[used[0]!] !== p - 1) return undefined;
    groups.get(used[0]!)!.push(j);
  }
  return [...groups.values()].map((group) => group.sort((a, b) => a - b));
}

function addMultiple(row: Float64Array, other: Float64Array, factor: number, p: number, reciprocal: number): void {
  for (let j = 0; j < row.length; j++) row[j] = reduceResidue(row[j]! + factor * other[j]!, p, reciprocal);
}

/** The finest partition that is coarser than both. */
export function joinPartitions(a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number[][] {
  let merged: number[][] = [];
  for (const group of [...a, ...b]) {
    const touched = merged.filter((other) => other.some((i) => group.includes(i)));
    merged = merged.filter((other) => !touched.includes(other));
    merged.push([...new Set([...group, ...touched.flat()])].sort((x, y) => x - y));
  }
  return merged.sort((x, y) => x[0]! - y[0]!);
}
