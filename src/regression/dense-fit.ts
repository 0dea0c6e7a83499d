import { type Matrix, SingularValueDecomposition } from "ml-matrix";
import { type Budget, DomainError, unlimited } from "../core/index.js";
import type { Law } from "../law/index.js";
import { polynomialFromTerms } from "../poly/index.js";
import { QQ, type Rational, rationalFromNumber, rationalToNumber } from "../rings/index.js";
import { type BranchConditions, branchForms, type LinearForms, type NewtonShape } from "./branch-conditions.js";
import { type CurveFit, followerOf, misfitOf, shortestFaithful, unscaledLaw } from "./curve-fit.js";
import { type CurveValue, type DoubleCurve, evaluateCurve } from "./double-curve.js";
import { triangularFactor } from "./least-squares.js";
import { newton, type Weighted } from "./noise.js";

const roughRounds = 4;
const linearRounds = 10;
const refiningRounds = 4;

/**
 * The curve P(z, m) = Σ a_kl m^k z^l of the given degrees that is nearest to the samples in the metric of the noise of m, under |a| = 1 (after column scaling) and exact linear conditions.
 *
 * First total least squares of P(z_j, m_j)/P_m(z_j, m_j), the deviation to first order. The weights depend on P, so the linear problem (a singular vector) is solved repeatedly with the weights of
 * the last round (Sanathanan and Koerner, IEEE Trans. Autom. Control 8 (1963) 56), first point by point and then with all correlations, and the best round is kept. Its fixed point is near the minimum
 * and not the minimum itself: from there Gauss–Newton steps on m_j − m(z_j), m the branch of P, lead to the maximum of the likelihood of the noise. Directions that the data leave open are held by a
 * normal distribution of unit width on the sphere of the coefficients. The free coefficients
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
  const space = createSpace(weighted, { degM, degZ, conditions, shape });
  const { forms, complete, columnsAt, tangentAt } = space;
  if (forms.free.length < 2) {
    throw new DomainError(
      `the conditions leave no curve of degree ${degM} in m and ${degZ} in z to choose; raise a degree`,
    );
  }
  let best = startLinear(weighted, columnsAt(weighted.mRe, weighted.mIm), complete, budget);
  let tangent = tangentAt(best.vector);
  for (let round = 0; round < refiningRounds; round++) {
    budget.spend(1, "refining curves");
    const vector = tangent.step();
    const misfit = misfitOf(weighted, complete(vector));
    if (!(misfit < best.misfit)) break;
    const gain = best.misfit - misfit;
    best = { vector, misfit };
    tangent = tangentAt(vector);
    if (gain < 1e-3) break;
  }
  return curveOf(space, best, tangent);
}

/** Which curves are fitted. */
interface Kind {
  readonly degM: number;
  readonly degZ: number;
  readonly conditions: BranchConditions;
  readonly shape: NewtonShape;
}

interface DenseRecord {
  readonly kind: Kind;
  readonly best: Found;
}

/** The curve of a record of this family. */
export function reviveDense(weighted: Weighted, { kind, best }: DenseRecord): CurveFit {
  const space = createSpace(weighted, kind);
  return curveOf(space, best, space.tangentAt(best.vector));
}

function curveOf({ weighted, kind, forms, complete }: Space, best: Found, tangent: Tangent): CurveFit {
  const { vector, misfit } = best;
  const { degM, degZ, shape } = kind;
  const { rows, scales, reach, spread } = tangent;
  const freedom = forms.free.length - 1;
  return {
    family: "dense",
    name: shape === "full" ? "dense curve" : `${shape} curve`,
    shifted: false,
    curve: complete(vector),
    degrees: { m: degM, z: degZ },
    freedom,
    misfit,
    condition: reach[0]! / (reach.at(-1)! || Number.MIN_VALUE),
    follow: followerOf(rows),
    reach: roomOf(reach),
    coordinates: freedom,
    draw: (normals) => ({ curve: complete(spread(normals)), tau: 1 }),
    // The conditions are linear and the free coefficients arbitrary, so that every rounding meets them.
    exact: () =>
      shortestFaithful(weighted, (precision) =>
        exactCurve(weighted, degM, degZ, forms, { vector, scales }, 3.4 * precision),
      ),
    record: { kind, best } satisfies DenseRecord,
  };
}

/** The curves of one kind, by their free coefficients. */
interface Space {
  readonly weighted: Weighted;
  readonly kind: Kind;
  readonly forms: LinearForms;
  complete(free: readonly number[]): DoubleCurve;
  /** The columns of the free coefficients, each with what depends on it, at given points (z_j, m_j). */
  columnsAt(mRe: Float64Array, mIm: Float64Array): Float64Array[];
  tangentAt(free: readonly number[]): Tangent;
}

function createSpace(weighted: Weighted, kind: Kind): Space {
  const { degM, degZ, conditions, shape } = kind;
  const forms = branchForms(degM, degZ, conditions, shape);
  const doubles = [...forms.dependent].map(
    ([i, form]) => [i, form.map(([j, f]) => [j, rationalToNumber(f)] as const)] as const,
  );
  const complete = (free: readonly number[]): DoubleCurve => {
    const coeffs = new Float64Array((degM + 1) * (degZ + 1));
    forms.free.forEach((j, k) => {
      coeffs[j] = free[k]!;
    });
    for (const [i, form] of doubles) coeffs[i] = form.reduce((sum, [j, factor]) => sum + factor * coeffs[j]!, 0);
    return { degM, degZ, coeffs };
  };
  const columnsAt = (mRe: Float64Array, mIm: Float64Array): Float64Array[] => {
    const columns = monomialColumns(weighted, mRe, mIm, degM, degZ);
    for (const [i, form] of doubles) {
      for (const [j, factor] of form) {
        for (let r = 0; r < columns[j]!.length; r++) columns[j]![r]! += factor * columns[i]![r]!;
      }
    }
    return forms.free.map((j) => columns[j]!);
  };
  const tangentAt = (vector: readonly number[]): Tangent => {
    const { slopes, ...branch } = branchAt(weighted, complete(vector));
    const rows = weightedColumns(weighted, columnsAt(branch.mRe, branch.mIm), slopes, true);
    return createTangent(vector, rows, weighted.whiten(branch.offRe, branch.offIm));
  };
  return { weighted, kind, forms, complete, columnsAt, tangentAt };
}

/**
 * The {@link CurveFit.reach} of coefficients that are spread evenly over a half-sphere, from the numbers of standard deviations that its tangent directions move the samples by: with A its area in f dimensions a
 * direction has the room of a normal distribution of width A^(1/f)/√(2 pi).
 */
function roomOf(moves: readonly number[]): number[] {
  const count = moves.length;
  // The area of the whole sphere is 2 pi/(d − 1) times that of the one of two dimensions less.
  let area = count % 2 === 0 ? 2 : 2 * Math.PI;
  for (let d = count % 2 === 0 ? 2 : 3; d <= count; d += 2) area *= (2 * Math.PI) / (d - 1);
  const width = (area / 2) ** (1 / count) / Math.sqrt(2 * Math.PI);
  return moves.map((move) => width * move);
}

/** Free coefficients and the misfit of their curve. */
interface Found {
  readonly vector: readonly number[];
  readonly misfit: number;
}

/** The best round of the linear iteration. */
function startLinear(
  weighted: Weighted,
  columns: readonly Float64Array[],
  complete: (free: readonly number[]) => DoubleCurve,
  budget: Budget,
): Found {
  let slopes: Slopes | undefined;
  let best: Found | undefined;
  for (let round = 0; round < linearRounds; round++) {
    budget.spend(1, "fitting curves");
    const vector = smallestSingularVector(weightedColumns(weighted, columns, slopes, round >= roughRounds));
    const curve = complete(vector);
    if (round >= roughRounds) {
      const misfit = misfitOf(weighted, curve);
      if (best === undefined || misfit < best.misfit) best = { vector, misfit };
    }
    slopes = slopesAt(weighted, curve, weighted.mRe, weighted.mIm);
  }
  return best!;
}

/** 1/P_m at every sample, complex. */
interface Slopes {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

function slopesAt({ samples }: Weighted, curve: DoubleCurve, mRe: Float64Array, mIm: Float64Array): Slopes {
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

/** The branch of a curve at the samples, what the samples are off by, and 1/P_m there; where there is no branch near, the sample stands for it. */
function branchAt(
  weighted: Weighted,
  curve: DoubleCurve,
): {
  readonly mRe: Float64Array;
  readonly mIm: Float64Array;
  readonly offRe: Float64Array;
  readonly offIm: Float64Array;
  readonly slopes: Slopes;
} {
  const { samples } = weighted;
  const [mRe, mIm] = [weighted.mRe.slice(), weighted.mIm.slice()];
  const [offRe, offIm] = [new Float64Array(mRe.length), new Float64Array(mRe.length)];
  for (let j = 0; j < mRe.length; j++) {
    const found = newton(curve, samples.zRe[j]!, samples.zIm[j]!, mRe[j]!, mIm[j]!);
    if (found === undefined) continue;
    [offRe[j], offIm[j]] = [mRe[j]! - found[0], mIm[j]! - found[1]];
    [mRe[j], mIm[j]] = found;
  }
  return { mRe, mIm, offRe, offIm, slopes: slopesAt(weighted, curve, mRe, mIm) };
}

/** [k·(degZ + 1) + l]: the values of m^k z^l at the samples, real parts and then imaginary parts. */
function monomialColumns(
  { samples }: Weighted,
  mRe: Float64Array,
  mIm: Float64Array,
  degM: number,
  degZ: number,
): Float64Array[] {
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

/** One over the lengths of the columns, and the singular values and right singular vectors of the columns scaled to length one. */
function equilibrated(columns: readonly Float64Array[]): {
  readonly scales: readonly number[];
  readonly values: readonly number[];
  readonly right: Matrix;
} {
  const scales = columns.map((column) => 1 / (Math.hypot(...column) || 1));
  const scaled = columns.map((column, c) => column.map((value) => value * scales[c]!));
  const { diagonal, rightSingularVectors } = new SingularValueDecomposition(triangularFactor(scaled), {
    computeLeftSingularVectors: false,
  });
  return { scales, values: diagonal, right: rightSingularVectors };
}

/** The vector of least residual among those of unit length after scaling the columns to length one; its largest entry is 1. */
function smallestSingularVector(columns: readonly Float64Array[]): readonly number[] {
  const { scales, right } = equilibrated(columns);
  const vector = scales.map((scale, c) => right.get(c, columns.length - 1) * scale);
  const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return largest > 0 ? vector.map((value) => value / largest) : vector;
}

/** A curve among its neighbours: a coefficient counts by what it contributes to the deviation, in units of the noise, and all together have length 1. */
interface Tangent {
  /** What a unit of each coefficient moves the whitened deviation by. */
  readonly rows: readonly Float64Array[];
  readonly scales: readonly number[];
  readonly reach: readonly number[];
  /** Coefficients of least deviation to first order, held by a normal distribution of unit width. */
  step(): readonly number[];
  /** Coefficients that other data of the same noise would give, from independent standard normal numbers. */
  spread(normals: readonly number[]): number[];
}

/** A direction along the sphere that the data leave open is cut here. */
const mostTurn = 0.3;

function createTangent(vector: readonly number[], rows: readonly Float64Array[], residual: Float64Array): Tangent {
  const { scales, values, right } = equilibrated(rows);
  const place = vector.map((value, c) => value / scales[c]!);
  const length = Math.hypot(...place) || 1;
  // The last direction is the vector itself, along which the curve stays the same.
  const last = vector.length - 1;
  const reach = values.slice(0, last).map((value) => value * length);
  const moved = (amount: (k: number) => number): number[] => {
    const amounts = reach.map((_, k) => amount(k));
    return place.map(
      (value, c) => (value + length * amounts.reduce((sum, a, k) => sum + right.get(c, k) * a, 0)) * scales[c]!,
    );
  };
  return {
    rows,
    scales,
    reach,
    step() {
      // A direction moves the residual by its image, which has length reach[k].
      const shares = rows.map((row, c) => scales[c]! * row.reduce((sum, value, r) => sum + value * residual[r]!, 0));
      return moved((k) => {
        const share = shares.reduce((sum, value, c) => sum + right.get(c, k) * value, 0);
        return (-length * share) / (reach[k]! ** 2 + 1);
      });
    },
    spread: (normals) => moved((k) => Math.min(mostTurn, 1 / reach[k]!) * normals[k]!),
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
