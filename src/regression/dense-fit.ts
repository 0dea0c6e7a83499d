import { SingularValueDecomposition } from "ml-matrix";
import { type Budget, DomainError, unlimited } from "../core/index.js";
import type { Law } from "../law/index.js";
import { polynomialFromTerms } from "../poly/index.js";
import { QQ, type Rational, rationalFromNumber, rationalToNumber } from "../rings/index.js";
import { type BranchConditions, branchForms, type LinearForms, type NewtonShape } from "./branch-conditions.js";
import { type CurveFit, misfitOf, shortestFaithful, unscaledLaw } from "./curve-fit.js";
import { type CurveValue, type DoubleCurve, evaluateCurve } from "./double-curve.js";
import { triangularFactor } from "./least-squares.js";
import type { Weighted } from "./noise.js";

const roughRounds = 4;
const rounds = 12;

/**
 * The curve P(z, m) = Σ a_kl m^k z^l of the given degrees that minimises the deviation P(z_j, m_j)/P_m(z_j, m_j) in the metric of the noise of m
 * under |a| = 1 (after column scaling) and exact linear conditions: total least squares to first order, since the noise of every monomial comes from that of m. The
 * weights depend on P, so the linear problem (a singular vector) is solved repeatedly with the weights of
 * the last round (Sanathanan and Koerner, IEEE Trans. Autom. Control 8 (1963) 56), first point by point and then with all correlations, and the best round is kept. The free coefficients
 * are rounded to the fewest bits that keep the misfit, the dependent ones solved again over Q: the conditions hold exactly.
 *
 * @param conditions in the scaled coordinate of the samples.
 * @throws DomainError when the conditions leave no free coefficient or no curve of these degrees.
 */
export function fitDenseCurve(
  weighted: Weighted,
  degM: number,
  degZ: number,
  conditions: BranchConditions,
  shape: NewtonShape = "full",
  budget: Budget = unlimited,
): CurveFit {
  const forms = branchForms(degM, degZ, conditions, shape);
  const few = forms.free.length;
  if (few < 2) {
    throw new DomainError(
      `the conditions leave no curve of degree ${degM} in m and ${degZ} in z to choose; raise a degree`,
    );
  }
  const doubles = [...forms.dependent].map(
    ([i, form]) => [i, form.map(([j, f]) => [j, rationalToNumber(f)] as const)] as const,
  );
  const complete = (free: readonly number[]): Float64Array => {
    const coeffs = new Float64Array((degM + 1) * (degZ + 1));
    forms.free.forEach((j, k) => {
      coeffs[j] = free[k]!;
    });
    for (const [i, form] of doubles) coeffs[i] = form.reduce((sum, [j, factor]) => sum + factor * coeffs[j]!, 0);
    return coeffs;
  };
  const columns = monomialColumns(weighted, degM, degZ);
  for (const [i, form] of doubles) {
    for (const [j, factor] of form) {
      for (let r = 0; r < columns[j]!.length; r++) columns[j]![r]! += factor * columns[i]![r]!;
    }
  }
  const reduced = forms.free.map((j) => columns[j]!);
  let slopes: Slopes | undefined;
  let best: { solution: Solution; misfit: number } | undefined;
  for (let round = 0; round < rounds; round++) {
    budget.spend(1, "fitting curves");
    const solution = smallestSingularVector(weightedColumns(weighted, reduced, slopes, round >= roughRounds));
    const curve = { degM, degZ, coeffs: complete(solution.vector) };
    if (round >= roughRounds) {
      const misfit = misfitOf(weighted, curve);
      if (best === undefined || misfit < best.misfit) best = { solution, misfit };
    }
    slopes = slopesOf(weighted, curve);
  }
  const { vector, scales, condition, spread } = best!.solution;
  return {
    family: "dense",
    name: shape === "full" ? "dense curve" : `${shape} curve`,
    shifted: false,
    curve: { degM, degZ, coeffs: complete(vector) },
    degrees: { m: degM, z: degZ },
    freedom: few - 1,
    misfit: best!.misfit,
    condition,
    coordinates: few - 1,
    draw: (normals) => ({ curve: { degM, degZ, coeffs: complete(spread(normals)) }, tau: 1 }),
    // The conditions are linear and the free coefficients arbitrary, so that every rounding meets them.
    exact: () =>
      shortestFaithful(weighted, (precision) =>
        exactCurve(weighted, degM, degZ, forms, { vector, scales }, 3.4 * precision),
      ),
  };
}

/** 1/P_m at every sample, complex. */
interface Slopes {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

function slopesOf({ samples, mRe, mIm }: Weighted, curve: DoubleCurve): Slopes {
  const out: CurveValue = [0, 0, 0, 0, 0, 0];
  const [re, im] = [new Float64Array(mRe.length), new Float64Array(mRe.length)];
  for (let j = 0; j < mRe.length; j++) {
    evaluateCurve(curve, samples.zRe[j]!, samples.zIm[j]!, mRe[j]!, mIm[j]!, out);
    const norm = out[2] * out[2] + out[3] * out[3];
    re[j] = out[2] / norm;
    im[j] = -out[3] / norm;
  }
  return { re, im };
}

/** [k·(degZ + 1) + l]: the values of m^k z^l at the samples, real parts and then imaginary parts. */
function monomialColumns({ samples, mRe, mIm }: Weighted, degM: number, degZ: number): Float64Array[] {
  const count = mRe.length;
  const columns = Array.from({ length: (degM + 1) * (degZ + 1) }, () => new Float64Array(2 * count));
  for (let j = 0; j < count; j++) {
    let [ar, ai] = [1, 0];
    for (let k = 0; k <= degM; k++) {
      let [br, bi] = [ar, ai];
      for (let l = 0; l <= degZ; l++) {
        const column = columns[k * (degZ + 1) + l]!;
        column[j] = br;
        column[j + count] = bi;
        [br, bi] = [br * samples.zRe[j]! - bi * samples.zIm[j]!, br * samples.zIm[j]! + bi * samples.zRe[j]!];
      }
      [ar, ai] = [ar * mRe[j]! - ai * mIm[j]!, ar * mIm[j]! + ai * mRe[j]!];
    }
  }
  return columns;
}

function weightedColumns(
  weighted: Weighted,
  columns: readonly Float64Array[],
  slopes: Slopes | undefined,
  correlated: boolean,
): Float64Array[] {
  const count = weighted.mRe.length;
  const [re, im] = [new Float64Array(count), new Float64Array(count)];
  // Before there is a curve, every sample counts with the size of its monomials.
  const sizes = new Float64Array(count);
  for (let j = 0; j < count; j++) {
    for (const column of columns) sizes[j]! += column[j]! ** 2 + column[j + count]! ** 2;
    sizes[j] = 1 / Math.sqrt(sizes[j]! || 1);
  }
  return columns.map((column) => {
    for (let j = 0; j < count; j++) {
      const [a, b] = [column[j]!, column[j + count]!];
      const [c, d] = slopes === undefined ? [sizes[j]!, 0] : [slopes.re[j]!, slopes.im[j]!];
      re[j] = a * c - b * d;
      im[j] = a * d + b * c;
    }
    if (correlated) return weighted.whiten(re, im);
    const rows = new Float64Array(2 * count);
    for (let j = 0; j < count; j++) {
      const size = slopes === undefined ? 1 : weighted.precision[j]!;
      rows[j] = re[j]! * size;
      rows[j + count] = im[j]! * size;
    }
    return rows;
  });
}

interface Solution {
  readonly vector: readonly number[];
  readonly scales: readonly number[];
  readonly condition: number;
  /** Vectors as far off as independent standard normal numbers in the rows make them. */
  spread(normals: readonly number[]): number[];
}

/** The vector of least residual among those of unit length after scaling the columns to norm one. */
function smallestSingularVector(columns: readonly Float64Array[]): Solution {
  const scales = columns.map((column) => 1 / (Math.hypot(...column) || 1));
  const scaled = columns.map((column, c) => column.map((value) => value * scales[c]!));
  const decomposition = new SingularValueDecomposition(triangularFactor(scaled), { computeLeftSingularVectors: false });
  const values = decomposition.diagonal;
  const right = decomposition.rightSingularVectors;
  const last = columns.length - 1;
  return {
    vector: scales.map((scale, c) => right.get(c, last) * scale),
    scales,
    condition: values[0]! / (values[Math.max(0, last - 1)]! || Number.MIN_VALUE),
    spread: (normals) =>
      scales.map((scale, c) => {
        let sum = right.get(c, last);
        // The residual of a unit step along singular vector k is its singular value, in units of the noise.
        for (let k = 0; k < last; k++) sum += right.get(c, k) * (Math.min(0.3, 1 / values[k]!) * normals[k]!);
        return sum * scale;
      }),
  };
}

/**
 * The free coefficients rounded to multiples of powers of two, the dependent ones solved again over Q. A step is 2^-bits of the largest coefficient
 * when columns have equal norm, so that every rounding weighs the same and a coefficient that is only noise becomes 0.
 */
function exactCurve(
  weighted: Weighted,
  degM: number,
  degZ: number,
  forms: LinearForms,
  { vector, scales }: { readonly vector: readonly number[]; readonly scales: readonly number[] },
  bits: number,
): Law | undefined {
  const exact: Rational[] = Array.from({ length: (degM + 1) * (degZ + 1) }, () => QQ.zero);
  const largest = vector.reduce((most, value, c) => Math.max(most, Math.abs(value) / scales[c]!), 0);
  forms.free.forEach((j, c) => {
    const step = 2 ** (Math.floor(Math.log2(largest * scales[c]!)) - Math.round(bits));
    exact[j] = rationalFromNumber(Math.round(vector[c]! / step) * step);
  });
  for (const [i, form] of forms.dependent) {
    exact[i] = form.reduce((sum, [j, factor]) => QQ.add(sum, QQ.mul(factor, exact[j]!)), QQ.zero);
  }
  // Coarse rounding may cancel the leading rows: then the degrees are not those that were asked for.
  const row = (k: number): Rational[] => exact.slice(k * (degZ + 1), (k + 1) * (degZ + 1));
  if (row(degM).every((value) => QQ.isZero(value))) return undefined;
  const common = exact.reduce((lcm, c) => (lcm % c.den === 0n ? lcm : lcm * c.den), 1n);
  const terms = exact.map((c, index) => ({
    exponents: [Math.floor(index / (degZ + 1)), index % (degZ + 1)],
    coefficient: c.num * (common / c.den),
  }));
  try {
    return unscaledLaw(polynomialFromTerms(["m", "z"], terms), weighted.samples);
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}
