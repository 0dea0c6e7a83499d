import { Matrix, QrDecomposition, SingularValueDecomposition } from "ml-matrix";
import { type Polynomial, polynomialFromTerms } from "../poly/index.js";
import { QQ, type Rational, rational, rationalFromNumber, rationalToNumber } from "../rings/index.js";
import { type CurveFit, residualOf, shortestFaithful } from "./curve-fit.js";
import type { Samples } from "./samples.js";

/** What a fitted curve must satisfy exactly, whatever the data say. */
export interface BranchConditions {
  /** mu_1: the branch at infinity is m = −1/z − mu_1/z² − … */
  readonly mean: Rational;
  /** A point where an atom stands (with its weight) or may be born under decompression (weight undefined). */
  readonly atom?: { readonly at: Rational; readonly weight?: Rational };
}

const rounds = 14;

/**
 * The curve P(z, m) = Σ a_kl m^k z^l of the given degrees that minimises the weighted residual Σ |P(z_j, m_j)|²/(|P_m(z_j, m_j)| error_j)²
 * under |a| = 1 (after column scaling) and exact linear conditions. To first order the residual is the distance in m in units
 * of its standard error; the weights depend on P, so the linear problem (a singular vector) is solved repeatedly with the weights of
 * the last round (Sanathanan and Koerner, IEEE Trans. Autom. Control 8 (1963) 56), and the best round is kept. The free coefficients
 * are rounded to the fewest bits that keep the residual within 1 %, the dependent ones solved again over Q: the conditions hold exactly.
 *
 * @param conditions in the scaled coordinate of the samples.
 */
export function fitDenseCurve(samples: Samples, degM: number, degZ: number, conditions: BranchConditions): CurveFit {
  const forms = branchForms(degM, degZ, conditions);
  const count = (degM + 1) * (degZ + 1);
  const rows = monomialRows(samples, degM, degZ);
  const doubles = new Map(
    [...forms.dependent].map(([i, form]) => [i, form.map(([j, f]) => [j, rationalToNumber(f)] as const)]),
  );
  const reduced = rows.map((row) => {
    const full = Float64Array.from(row);
    for (const [i, form] of doubles) for (const [j, factor] of form) full[j]! += factor * row[i]!;
    return forms.free.map((j) => full[j]!);
  });
  let weights = reduced.map((row) => 1 / (Math.hypot(...row) || 1));
  let best: { coeffs: Float64Array; scales: Float64Array; residual: number; condition: number } | undefined;
  for (let round = 0; round < rounds; round++) {
    const { vector, scales, condition } = smallestSingularVector(reduced, weights);
    const coeffs = new Float64Array(count);
    forms.free.forEach((j, k) => {
      coeffs[j] = vector[k]!;
    });
    for (const [i, form] of doubles) coeffs[i] = form.reduce((sum, [j, factor]) => sum + factor * coeffs[j]!, 0);
    const { residual, slopes } = residualOf(samples, { degM, degZ, coeffs });
    if (best === undefined || residual < best.residual) best = { coeffs, scales, residual, condition };
    weights = reduced.map((_, r) => slopes[r >> 1]!);
  }
  // The conditions are linear and the free coefficients arbitrary, so that every rounding meets them.
  const rounded = shortestFaithful(samples, (bits) => exactCurve(degZ, forms, best!, bits));
  return { family: "dense", ...rounded!, freedom: forms.free.length - 1, condition: best!.condition };
}

/** Two rows a sample, the real and imaginary parts of all monomials m^k z^l. */
function monomialRows(samples: Samples, degM: number, degZ: number): Float64Array[] {
  const rows: Float64Array[] = [];
  for (let j = 0; j < samples.zRe.length; j++) {
    const [zr, zi, mr, mi] = [samples.zRe[j]!, samples.zIm[j]!, samples.mRe[j]!, samples.mIm[j]!];
    const re = new Float64Array((degM + 1) * (degZ + 1));
    const im = new Float64Array(re.length);
    let [pr, pi] = [1, 0];
    for (let k = 0; k <= degM; k++) {
      let [qr, qi] = [pr, pi];
      for (let l = 0; l <= degZ; l++) {
        re[k * (degZ + 1) + l] = qr;
        im[k * (degZ + 1) + l] = qi;
        [qr, qi] = [qr * zr - qi * zi, qr * zi + qi * zr];
      }
      [pr, pi] = [pr * mr - pi * mi, pr * mi + pi * mr];
    }
    rows.push(re, im);
  }
  return rows;
}

function smallestSingularVector(
  rows: readonly (readonly number[])[],
  weights: readonly number[],
): { vector: number[]; scales: Float64Array; condition: number } {
  const columns = rows[0]!.length;
  const norms = new Float64Array(columns);
  rows.forEach((row, r) => {
    for (let c = 0; c < columns; c++) norms[c]! += (row[c]! * weights[r]!) ** 2;
  });
  const scales = norms.map((norm) => 1 / Math.sqrt(norm || 1));
  const matrix = new Matrix(rows.map((row, r) => row.map((value, c) => value * weights[r]! * scales[c]!)));
  // The triangular factor has the same right singular vectors and is small.
  const { upperTriangularMatrix } = new QrDecomposition(matrix);
  const decomposition = new SingularValueDecomposition(upperTriangularMatrix, { computeLeftSingularVectors: false });
  const values = decomposition.diagonal;
  const vector = decomposition.rightSingularVectors.getColumn(columns - 1).map((value, c) => value * scales[c]!);
  return { vector, scales, condition: values[0]! / (values[Math.max(0, columns - 2)]! || Number.MIN_VALUE) };
}

/**
 * The free coefficients rounded to multiples of powers of two, the dependent ones solved again over Q. A step is 2^-bits of the largest coefficient
 * when columns have equal norm, so that every rounding weighs the same and a coefficient that is only noise becomes 0.
 */
function exactCurve(
  degZ: number,
  forms: LinearForms,
  { coeffs, scales }: { readonly coeffs: Float64Array; readonly scales: Float64Array },
  bits: number,
): Polynomial {
  const exact: Rational[] = Array.from(coeffs, () => QQ.zero);
  const largest = forms.free.reduce((most, j, c) => Math.max(most, Math.abs(coeffs[j]!) / scales[c]!), 0);
  forms.free.forEach((j, c) => {
    const step = 2 ** (Math.floor(Math.log2(largest * scales[c]!)) - bits);
    exact[j] = rationalFromNumber(Math.round(coeffs[j]! / step) * step);
  });
  for (const [i, form] of forms.dependent) {
    exact[i] = form.reduce((sum, [j, factor]) => QQ.add(sum, QQ.mul(factor, exact[j]!)), QQ.zero);
  }
  const common = exact.reduce((lcm, c) => (lcm % c.den === 0n ? lcm : lcm * c.den), 1n);
  const terms = exact.map((c, index) => ({
    exponents: [Math.floor(index / (degZ + 1)), index % (degZ + 1)],
    coefficient: c.num * (common / c.den),
  }));
  return polynomialFromTerms(["m", "z"], terms);
}

/** Some coefficients as exact linear forms in the others: `dependent.get(i)` lists [j, factor], all j free. */
interface LinearForms {
  readonly free: readonly number[];
  readonly dependent: ReadonlyMap<number, readonly (readonly [number, Rational])[]>;
}

/**
 * The linear conditions on the coefficients of P(z, m) = Σ a_kl m^k z^l, solved over Q. Terms with l − k > D = max(0, degZ − degM) are left out:
 * with D = 0 every sheet is finite, or m ~ c·z^p with p ≥ −1, at infinity, as on the curves of all common laws, and no spurious singularity
 * can sit far away. Branch at infinity: the coefficients of z^D and z^(D−1) of P(z, −1/z − mu_1/z² − …) vanish. Atom of weight w at a,
 * i.e. m ~ −w/(z − a): the leading coefficient in m, a_K(z), vanishes at a, and a_(K−1)(a) = w·a_K'(a).
 */
function branchForms(degM: number, degZ: number, conditions: BranchConditions): LinearForms {
  const at = (k: number, l: number): number => k * (degZ + 1) + l;
  const inside = (k: number, l: number): boolean => k >= 0 && k <= degM && l >= 0 && l <= degZ;
  const rows: Rational[][] = [];
  const addRow = (entries: readonly (readonly [number, number, Rational])[]): void => {
    const row = Array.from({ length: (degM + 1) * (degZ + 1) }, () => QQ.zero);
    for (const [k, l, value] of entries) if (inside(k, l)) row[at(k, l)] = QQ.add(row[at(k, l)]!, value);
    if (row.some((value) => !QQ.isZero(value))) rows.push(row);
  };
  const one = QQ.one;
  const sign = (k: number): Rational => (k % 2 === 0 ? one : QQ.neg(one));
  const highest = Math.max(0, degZ - degM);
  const orders = (order: number): [number, number][] =>
    Array.from({ length: degM + 1 }, (_, k): [number, number] => [k, k + order]).filter(([k, l]) => inside(k, l));
  for (let order = highest + 1; order <= degZ; order++) for (const [k, l] of orders(order)) addRow([[k, l, one]]);
  addRow(orders(highest).map(([k, l]) => [k, l, sign(k)]));
  addRow([
    ...orders(highest - 1).map(([k, l]) => [k, l, sign(k)] as const),
    ...orders(highest).map(([k, l]) => [k, l, QQ.mul(sign(k), QQ.mul(rational(k), conditions.mean))] as const),
  ]);
  if (conditions.atom !== undefined) {
    const { at: place, weight } = conditions.atom;
    const powers = Array.from({ length: degZ + 1 }, (_, l) => QQ.pow(place, l));
    addRow(powers.map((power, l) => [degM, l, power] as const));
    if (weight !== undefined) {
      addRow([
        ...powers.map((power, l) => [degM - 1, l, power] as const),
        ...powers
          .slice(0, -1)
          .map((power, l) => [degM, l + 1, QQ.neg(QQ.mul(weight, QQ.mul(rational(l + 1), power)))] as const),
      ]);
    }
  }
  const preferred = [
    at(0, highest),
    ...(highest > 0 ? [at(0, highest - 1)] : [at(1, 0)]),
    at(degM, 0),
    at(degM - 1, 0),
  ];
  return solve(rows, [...new Set([...preferred, ...Array.from({ length: (degM + 1) * (degZ + 1) }, (_, i) => i)])]);
}

/** Gauss–Jordan over Q, pivots in the preferred order of columns. */
function solve(rows: Rational[][], order: readonly number[]): LinearForms {
  const pivots: { column: number; row: Rational[] }[] = [];
  let rest = rows;
  for (const column of order) {
    const found = rest.find((row) => !QQ.isZero(row[column]!));
    if (found === undefined) continue;
    const pivot = found.map((value) => QQ.div(value, found[column]!));
    const clear = (row: Rational[]): Rational[] =>
      QQ.isZero(row[column]!) ? row : row.map((value, j) => QQ.sub(value, QQ.mul(row[column]!, pivot[j]!)));
    rest = rest.filter((row) => row !== found).map(clear);
    for (const other of pivots) other.row = clear(other.row);
    pivots.push({ column, row: pivot });
  }
  const taken = new Set(pivots.map((pivot) => pivot.column));
  return {
    free: order.filter((column) => !taken.has(column)).sort((a, b) => a - b),
    dependent: new Map(
      pivots.map(({ column, row }) => [
        column,
        row.flatMap((value, j) => (j === column || QQ.isZero(value) ? [] : [[j, QQ.neg(value)] as const])),
      ]),
    ),
  };
}
