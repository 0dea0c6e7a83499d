import type { Budget } from "../core/index.js";
import { type Law, lawFromCurve } from "../law/index.js";
import { add, constant, type Polynomial, scale, substitute, variable } from "../poly/index.js";
import { parseRational, QQ, type Rational, rationalFromNumber } from "../rings/index.js";
import { type CurveValue, type DoubleCurve, evaluateCurve, toDoubleCurve } from "./double-curve.js";
import { projectionOnto } from "./least-squares.js";
import { newton, type Weighted } from "./noise.js";
import type { Samples } from "./samples.js";

/** What kind of curve was fitted; all but `dense` are rational or quadratic in their parameters. */
export type Family = "free Lévy" | "continuous free Lévy" | "deformed Wigner" | "Silverstein" | "corner" | "dense";

/** A curve fitted to samples. */
export interface CurveFit {
  readonly family: Family;
  /** The member of the family in words: "semicircle", "free Poisson with 2 jumps", … */
  readonly name: string;
  /** Whether its place on the line is a fitted number of its own. */
  readonly shifted: boolean;
  /** In doubles, in the scaled coordinate of the samples. */
  readonly curve: DoubleCurve;
  readonly degrees: { readonly m: number; readonly z: number };
  /** How many numbers were fitted. */
  readonly freedom: number;
  /** The squared deviation of the samples from the curve, in units of their noise: its expectation is `modes − freedom`. */
  readonly misfit: number;
  /** By how much the whitened deviation of the curve changes, to first order, when a fit to other samples takes the place of this one: they differ by a whitened deviation. */
  readonly follow: (deviation: Float64Array) => Float64Array;
  /** Largest over smallest singular value of the equilibrated least-squares problem: how well the data fix the answer. */
  readonly condition: number;
  /**
   * One number for each that was fitted: how many standard deviations of the noise the samples move when it goes from one end of what is thinkable to the other (times e^3 or
   * over e^3 for sizes, a half-sphere for the coefficients of a dense curve), along the principal axes of the problem.
   */
  readonly reach: readonly number[];
  /** The law can be decompressed up to this by construction; undefined where that follows from the family, or is to be computed. */
  readonly reaches?: Rational;
  /** How many numbers {@link draw} takes. */
  readonly coordinates: number;
  /**
   * The member of the family that other data of the same noise would give, from `coordinates` independent standard normal numbers; decompressed by
   * tau where the family is closed under that.
   */
  draw(normals: readonly number[], tau: number): Sketch;
  /** The same with exact coefficients, in z and m of the eigenvalues; undefined where rounding leaves the family. */
  exact(budget?: Budget): Rounded | undefined;
  /** Plain data from which, with the samples, the curve is made again in another thread (`reviveCurve`). */
  readonly record: unknown;
}

/** A curve in doubles, in the scaled coordinate, with its Lévy parameters if it has some. */
export interface Sketch {
  readonly curve: DoubleCurve;
  /** By how much the curve is decompressed already. */
  readonly tau: number;
  readonly levy?: LevyParameters;
}

/** z = −1/m + drift − variance·m + Σ rate_i·t_i/(1 + t_i m). */
export interface LevyParameters {
  readonly drift: number;
  readonly variance: number;
  readonly jumps: readonly { readonly t: number; readonly rate: number }[];
}

/** {@link CurveFit.follow} of a problem with these derivatives; rows beyond those of the samples belong to exact conditions. */
export function followerOf(columns: readonly Float64Array[]): (deviation: Float64Array) => Float64Array {
  let project: ((vector: Float64Array) => Float64Array) | undefined;
  return (deviation) => {
    project ??= projectionOnto(columns);
    const rows = new Float64Array(columns[0]?.length ?? deviation.length);
    rows.set(deviation);
    return project(rows).subarray(0, deviation.length);
  };
}

/** The range of a size (a jump, a rate, a variance) before there are data: a factor of about e^3 up and down, the width of a normal distribution of its logarithm. */
const thinkable = 3;

/** The {@link CurveFit.reach} of logarithms with the given singular values; of the largest, so many belong to exact conditions and are left out. */
export function reachOf(values: readonly number[], conditions: number): number[] {
  return values.slice(conditions).map((value) => thinkable * value);
}

/** The squared deviation of the samples from a curve's branch, in units of the noise. */
export function misfitOf(weighted: Weighted, curve: DoubleCurve): number {
  const total = sumOfSquares(deviationOf(weighted, curve));
  return Number.isFinite(total) ? total : Number.MAX_VALUE;
}

/** The whitened deviation of the samples from a curve's branch; to first order where the branch is not found. */
export function deviationOf(weighted: Weighted, curve: DoubleCurve): Float64Array {
  const { samples, mRe, mIm } = weighted;
  const out: CurveValue = [0, 0, 0, 0, 0, 0];
  const [re, im] = [new Float64Array(mRe.length), new Float64Array(mRe.length)];
  for (let j = 0; j < mRe.length; j++) {
    const found = newton(curve, samples.zRe[j]!, samples.zIm[j]!, mRe[j]!, mIm[j]!);
    if (found !== undefined) {
      re[j] = mRe[j]! - found[0];
      im[j] = mIm[j]! - found[1];
      continue;
    }
    evaluateCurve(curve, samples.zRe[j]!, samples.zIm[j]!, mRe[j]!, mIm[j]!, out);
    const norm = out[2] * out[2] + out[3] * out[3];
    re[j] = (out[0] * out[2] + out[1] * out[3]) / norm;
    im[j] = (out[1] * out[2] - out[0] * out[3]) / norm;
  }
  return weighted.whiten(re, im);
}

function sumOfSquares(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}

/** What rounding may add to the misfit: a hundredth of what one parameter takes away by chance. */
const roundingCost = 0.02;

/** An exact law near a fit in doubles; its derivation is an expression of the input language where there is one. */
export interface Rounded {
  readonly law: Law;
  /** In doubles, in the scaled coordinate. */
  readonly scaled: DoubleCurve;
  readonly degrees: { readonly m: number; readonly z: number };
  readonly misfit: number;
}

/**
 * The law of the shortest numbers that is as near to the data as the doubles are. `build` makes it from parameters rounded to a precision, 1 (coarse) to 16,
 * with exact conditions solved again; undefined where they cannot be met.
 */
export function shortestFaithful(
  weighted: Weighted,
  build: (precision: number) => Law | undefined,
): Rounded | undefined {
  const measured = (precision: number): Rounded | undefined => {
    const law = build(precision);
    if (law === undefined) return undefined;
    const scaled = toDoubleCurve(intoScale(law.curve, weighted.samples));
    const degrees = { m: scaled.degM, z: scaled.degZ };
    return { law, scaled, degrees, misfit: misfitOf(weighted, scaled) };
  };
  const full = measured(16);
  if (full === undefined) return undefined;
  for (let precision = 2; precision < 16; precision++) {
    const found = measured(precision);
    if (found !== undefined && found.misfit <= full.misfit + roundingCost + 0.002 * full.misfit) return found;
  }
  return full;
}

/** x to so many significant decimal digits, exactly. */
export function decimal(x: number, digits: number): Rational {
  return digits >= 16 ? rationalFromNumber(x) : parseRational(x.toPrecision(digits));
}

/** The law of a curve in the scaled coordinate, in the coordinate of the eigenvalues. */
export function unscaledLaw(polynomial: Polynomial, samples: Samples): Law {
  const { shift, dilation } = samples;
  return lawFromCurve(
    substitute(polynomial, {
      z: scale(add(variable("z"), constant(QQ.neg(shift))), QQ.inv(dilation)),
      m: scale(variable("m"), dilation),
    }),
  );
}

/** A curve of the eigenvalues in the scaled coordinate w = (z − shift)/dilation, m_w = dilation·m. */
export function intoScale(polynomial: Polynomial, samples: Samples): Polynomial {
  const { shift, dilation } = samples;
  return substitute(polynomial, {
    z: add(scale(variable("z"), dilation), constant(shift)),
    m: scale(variable("m"), QQ.inv(dilation)),
  });
}
