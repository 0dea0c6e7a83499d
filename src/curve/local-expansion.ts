export { type Complex, scaledBy, unitRoundoff } from "./dyadic.js";

import type { Rational } from "../rings/index.js";
import { type Complex, type Jet, scaledBy, unitRoundoff } from "./dyadic.js";
import type { SheetValue } from "./sheet-value.js";

/**
 * What is proved about the Taylor coefficients a_{ji} of P(z0 + 2^unit·u, m0 + ahead(2^unit·u) + v) = sum a_{ji} u^i v^j, all multiplied by one
 * common unknown positive factor: `upper[j*width + i]` ≥ |a_{ji}| and `lower[j]` ≤ |a_{j0}|. The fibre is measured from what is ahead on
 * the sheet, its tangent or its jet where there is one, so that a disc of base points may be as wide as that is right. `value` and `slope` are a_{00} and
 * a_{10} approximately, for Newton's step.
 */
export interface LocalExpansion {
  readonly width: number;
  readonly degreeM: number;
  readonly upper: Float64Array;
  readonly lower: Float64Array;
  readonly value: Complex;
  readonly slope: Complex;
  /** dm/dz to rounding, taken at face value; 0 where it is infinite. */
  readonly tangent: Complex;
  readonly unit: number;
  readonly jet?: Jet;
}

/**
 * Numbers in which a sheet is followed: `M` holds a point of the fibre. Doubles with an a-priori rounding bound are the fast
 * filter; exact dyadic numbers decide where doubles cannot.
 */
export interface Arithmetic<M> {
  fromComplex(m: Complex): M;
  toComplex(m: M): Complex;
  fromValue(value: SheetValue): M;
  toValue(m: M): SheetValue;
  /** m + delta, rounded to the working precision. */
  correct(m: M, delta: Complex): M;
  /** An upper bound of |a − b|. */
  distance(a: M, b: M): number;
  /** From the tangent; given how far it is to go, from a jet, where the arithmetic knows one. */
  expand(z: Complex, m: M, reach?: number): LocalExpansion;
  /** What is ahead over another base point of an {@link expand}ed one, and how far off by rounding that may be. */
  ahead(local: LocalExpansion, m: M, from: Complex, to: Complex): { readonly value: M; readonly error: number };
  /** The same over the base point that is a rational u away. */
  aheadBy(local: LocalExpansion, m: M, u: Rational): { readonly value: M; readonly error: number };
  /** The part of {@link expand} at u = 0 alone (width 1, no tangent), for Newton's iteration: cheaper by the degree in z. */
  expandFibre(z: Complex, m: M): LocalExpansion;
}

/**
 * From the Taylor coefficients in (u, v), `[j*stride + i]` for i < width, u in units of 2^unit, with bounds of their errors, to those in (u, v − tangent·u). Every coefficient passes
 * through at most K more multiply-adds; their rounding is bounded as before.
 */
export function alongTangent(
  stride: number,
  width: number,
  K: number,
  re: Float64Array,
  im: Float64Array,
  bound: Float64Array,
  unit = 0,
): LocalExpansion {
  const one = Math.min(1, K) * stride;
  const slope = { re: re[one]!, im: im[one]! };
  const value = { re: re[0]!, im: im[0]! };
  const rounding = 8 * (K + 2) * unitRoundoff;
  const ratio = width < 2 ? undefined : quotient({ re: -re[1]!, im: -im[1]! }, slope);
  if (ratio === undefined || (ratio.re === 0 && ratio.im === 0)) {
    const upper = new Float64Array(width * (K + 1));
    const lower = new Float64Array(K + 1);
    for (let j = 0; j <= K; j++) {
      for (let i = 0; i < width; i++) {
        const from = j * stride + i;
        const modulus = length(re[from]!, im[from]!);
        const uncertain = (bound[from]! + rounding * modulus) * (1 + 1e-12);
        upper[j * width + i] = (modulus + uncertain) * (1 + 1e-14);
        if (i === 0) lower[j] = Math.max(0, (modulus - uncertain) * (1 - 1e-14));
      }
    }
    return { width, degreeM: K, upper, lower, value, slope, tangent: { re: 0, im: 0 }, unit };
  }
  const steepness = length(ratio.re, ratio.im);
  const wide = width + K;
  const size = wide * (K + 1);
  const [x, y] = [new Float64Array(size), new Float64Array(size)];
  const upper = new Float64Array(size);
  for (let j = 0; j <= K; j++) {
    for (let i = 0; i < width; i++) {
      const [from, to] = [j * stride + i, j * wide + i];
      x[to] = re[from]!;
      y[to] = im[from]!;
      upper[to] = bound[from]! + rounding * length(re[from]!, im[from]!);
    }
  }
  for (let low = 0; low < K; low++) {
    for (let j = K - 1; j >= low; j--) {
      const [row, above] = [j * wide, (j + 1) * wide];
      // The rows above have been shifted K − j − 1 times at most: that much longer they are.
      for (let i = Math.min(wide, width + K - j) - 1; i >= 1; i--) {
        const [a, b] = [x[above + i - 1]!, y[above + i - 1]!];
        x[row + i] = x[row + i]! + ratio.re * a - ratio.im * b;
        y[row + i] = y[row + i]! + ratio.re * b + ratio.im * a;
        upper[row + i] = upper[row + i]! + steepness * upper[above + i - 1]!;
      }
    }
  }
  const lower = new Float64Array(K + 1);
  for (let here = 0; here < size; here++) {
    const modulus = length(x[here]!, y[here]!);
    const uncertain = upper[here]! * (1 + 1e-12);
    upper[here] = (modulus + uncertain) * (1 + 1e-14);
    if (here % wide === 0) lower[here / wide] = Math.max(0, (modulus - uncertain) * (1 - 1e-14));
  }
  const tangent = { re: scaledBy(ratio.re, -unit), im: scaledBy(ratio.im, -unit) };
  return { width: wide, degreeM: K, upper, lower, value, slope, tangent, unit };
}

/** tangent·(to − from), and a bound of the rounding of the change. */
export function alongTangentTo(
  tangent: Complex,
  from: Complex,
  to: Complex,
): { readonly by: Complex; readonly error: number } {
  const [dx, dy] = [to.re - from.re, to.im - from.im];
  return {
    by: { re: tangent.re * dx - tangent.im * dy, im: tangent.re * dy + tangent.im * dx },
    error: 2 ** -50 * length(tangent.re, tangent.im) * length(dx, dy),
  };
}

/** The modulus of re + i·im to a few units of the last place, several times faster than Math.hypot. */
export function length(re: number, im: number): number {
  const square = re * re + im * im;
  return square > 1e-280 && square < 1e280 ? Math.sqrt(square) : Math.hypot(re, im);
}

/** a/b, undefined where b vanishes or is not finite. */
export function quotient(a: Complex, b: Complex): Complex | undefined {
  const norm = Math.hypot(b.re, b.im);
  if (norm === 0 || !Number.isFinite(norm)) return undefined;
  const [p, q] = [b.re / norm, b.im / norm];
  return { re: (a.re * p + a.im * q) / norm, im: (a.im * p - a.re * q) / norm };
}
