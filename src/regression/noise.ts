import { Matrix } from "ml-matrix";
import { DomainError } from "../core/index.js";
import { type CurveValue, type DoubleCurve, evaluateCurve } from "./double-curve.js";
import { eigenvaluesOf } from "./eigenvalues.js";
import { emptyJets, type Jets, type Samples } from "./samples.js";

/** Which symmetry the matrix has: it decides the size of the fluctuations and whether the mean is shifted. */
export type Symmetry = "real" | "complex";

/**
 * How numbers scatter about their law: as the eigenvalues of a matrix of some symmetry; as `independent` draws; or `even`, less than any of these, as the quantiles of a law do, which are neither
 * shifted nor free to fluctuate.
 */
export type Scatter = Symmetry | "independent" | "even";

/** The samples with their shift removed, and their noise as a metric: plain data. {@link Weighted} has its functions beside it. */
export interface Metric {
  readonly samples: Samples;
  readonly scatter: Scatter;
  /** What the metric was made from. */
  readonly jets: Jets;
  /** m_n minus its expected deviation from the limit law. */
  readonly mRe: Float64Array;
  readonly mIm: Float64Array;
  /** How many independent combinations of the samples sampling noise leaves: the trace of C (C + floor)^-1. */
  readonly modes: number;
  /** Whether the covariance is one, positive to within a hundredth of its largest eigenvalue: it need not be when the jets are those of no law. */
  readonly consistent: boolean;
  /** One over the standard deviation of m at every point (root mean square of real and imaginary part). */
  readonly precision: Float64Array;
  /** Row after row: the components of a deviation in units of the noise, of its real parts and then its imaginary parts. */
  readonly basis: Float64Array;
}

/** The samples and their metric, ready for use. */
export interface Weighted extends Metric {
  /** A deviation of m at the points, real and imaginary part, in units of its noise: independent components of variance 1. */
  whiten(re: Float64Array, im: Float64Array): Float64Array;
  /** The same of a deviation of z: m' times it is that of m, to first order. */
  whitenShift(re: Float64Array, im: Float64Array): Float64Array;
}

/** The functions that the plain data stand for. */
export function weightedBy(metric: Metric): Weighted {
  const { basis, jets } = metric;
  const { firstRe, firstIm } = jets;
  const count = firstRe.length;
  const ofShift = new Float64Array(basis.length);
  for (let row = 0; row < basis.length; row += 2 * count) {
    for (let j = 0; j < count; j++) {
      const [re, im] = [basis[row + j]!, basis[row + count + j]!];
      ofShift[row + j] = re * firstRe[j]! + im * firstIm[j]!;
      ofShift[row + count + j] = im * firstRe[j]! - re * firstIm[j]!;
    }
  }
  return {
    ...metric,
    whiten: (re, im) => components(basis, re, im),
    whitenShift: (re, im) => components(ofShift, re, im),
  };
}

/** The products of rows with real parts followed by imaginary parts. */
function components(rows: Float64Array, re: Float64Array, im: Float64Array): Float64Array {
  const count = re.length;
  const out = new Float64Array(rows.length / (2 * count));
  let at = 0;
  for (let row = 0; row < out.length; row++) {
    let sum = 0;
    for (let j = 0; j < count; j++) sum += rows[at++]! * re[j]!;
    for (let j = 0; j < count; j++) sum += rows[at++]! * im[j]!;
    out[row] = sum;
  }
  return out;
}

const inconsistent = 0.01;

/**
 * The fluctuation of m_n about the law of a matrix without further structure (Wigner, Gram and their free sums, corners of large matrices): linear statistics of n
 * eigenvalues fluctuate by O(1/n), not O(1/√n), are asymptotically Gaussian, and with F = −1/m
 *
 *     n² Cov(m_n(z), m_n(w)) → (2/beta)·[F'(z) F'(w)/(F(z) − F(w))² − 1/(z − w)²],
 *     n E(m_n(z) − m(z)) → (2/beta − 1)·(1/2)·d/dz log F'(z),
 *
 * beta = 1 for real symmetric, 2 for complex Hermitian matrices [Bai and Silverstein, Ann. Probab. 32 (2004) 553, Theorem 1.1, rewritten in F; Lytova and Pastur, Ann. Probab. 37 (2009)
 * 1778]. Both depend on m alone. On the diagonal the bracket is a sixth of the Schwarzian derivative of m. The mass of a separated bulk does
 * not fluctuate: the bracket is exact on a loop around one.
 *
 * Independent draws fluctuate by O(1/√n) without a shift of the mean: n Cov(m_n(z), m_n(w)) = (m(z) − m(w))/(z − w) − m(z) m(w).
 * For even numbers the metric is that of real matrices, without the shift.
 *
 * Modes that are much weaker than the others hang on single extreme eigenvalues, which do not fluctuate like Gaussian variables: a floor of 3/n under the eigenvalues of the
 * correlation matrix quiets them. It costs no information: what is known of an analytic law is in its strong modes.
 *
 * @param jets of the law or of a first estimate of it, at the points of the samples.
 * @param floor under the eigenvalues of the correlation matrix; higher where the jets are uncertain themselves.
 */
export function weigh(
  samples: Samples,
  jets: Jets,
  scatter: Scatter = "real",
  floor: number = 3 / samples.size,
): Weighted {
  const { zRe, transform, size } = samples;
  const count = zRe.length;
  const matrix = covariance(
    count,
    scatter === "independent" ? ofDraws(samples, jets) : ofMatrix(samples, jets, scatter),
  );
  const scales = new Float64Array(2 * count);
  for (let j = 0; j < count; j++) {
    const sigma = Math.sqrt(Math.max(0, (matrix[j]![j]! + matrix[j + count]![j + count]!) / 2));
    const least = 1e-12 * Math.hypot(jets.valueRe[j]!, jets.valueIm[j]!);
    scales[j] = 1 / Math.max(sigma, least);
    scales[j + count] = scales[j]!;
  }
  const correlation = new Matrix(matrix.map((row, i) => Array.from(row, (v, j) => v * scales[i]! * scales[j]!)));
  const modesOfNoise = eigenvaluesOf(correlation, { assumeSymmetric: true });
  if (modesOfNoise === undefined) {
    throw new DomainError(
      "the eigenvalues are too far apart for double precision; leave out the largest or the smallest",
    );
  }
  const { realEigenvalues, eigenvectorMatrix } = modesOfNoise;
  const kept = realEigenvalues.flatMap((value, k) => (value > floor / 10 ? [k] : []));
  const modes = kept.reduce((sum, k) => sum + realEigenvalues[k]! / (realEigenvalues[k]! + floor), 0);
  const basis = new Float64Array(kept.length * 2 * count);
  kept.forEach((k, row) => {
    const weight = 1 / Math.sqrt(realEigenvalues[k]! + floor);
    for (let i = 0; i < 2 * count; i++) {
      basis[row * 2 * count + i] = eigenvectorMatrix.get(i, k) * scales[i]! * weight;
    }
  });
  const [mRe, mIm] = [Float64Array.from(transform.valueRe), Float64Array.from(transform.valueIm)];
  if (scatter === "real") removeShift(jets, size, mRe, mIm);
  return weightedBy({
    samples,
    scatter,
    jets,
    mRe,
    mIm,
    modes,
    consistent: Math.min(...realEigenvalues) > -inconsistent * Math.max(...realEigenvalues),
    precision: scales.slice(0, count),
    basis,
  });
}

type Complex = [re: number, im: number];

/** E(x y) and, for sign −1, E(x conj(y)) for the deviations x at point i and y at point j. */
type Products = (i: number, j: number, sign: 1 | -1) => Complex;

/** The covariance matrix of the real parts followed by the imaginary parts. */
function covariance(count: number, products: Products): Float64Array[] {
  const rows = Array.from({ length: 2 * count }, () => new Float64Array(2 * count));
  for (let i = 0; i < count; i++) {
    for (let j = i; j < count; j++) {
      const [pr, pi] = products(i, j, 1);
      const [qr, qi] = products(i, j, -1);
      rows[i]![j] = (pr + qr) / 2;
      rows[i + count]![j + count] = (qr - pr) / 2;
      rows[i]![j + count] = (pi - qi) / 2;
      rows[j]![i + count] = (pi + qi) / 2;
    }
  }
  for (let i = 0; i < 2 * count; i++) for (let j = 0; j < i; j++) rows[i]![j] = rows[j]![i]!;
  return rows;
}

function ofMatrix({ zRe, zIm, size, copies }: Samples, jets: Jets, scatter: Scatter): Products {
  const { valueRe, valueIm, firstRe, firstIm } = jets;
  const variance = (scatter === "complex" ? 1 : 2) / (size * size * copies);
  return (i, j, sign) => {
    if (i === j && sign === 1) {
      const [re, im] = sixthOfSchwarzian(jets, i);
      return [variance * re, variance * im];
    }
    const [ar, ai] = over(
      ...times(firstRe[i]!, firstIm[i]!, firstRe[j]!, sign * firstIm[j]!),
      ...square(valueRe[i]! - valueRe[j]!, valueIm[i]! - sign * valueIm[j]!),
    );
    const [br, bi] = over(1, 0, ...square(zRe[i]! - zRe[j]!, zIm[i]! - sign * zIm[j]!));
    return [variance * (ar - br), variance * (ai - bi)];
  };
}

function ofDraws({ zRe, zIm, size, copies }: Samples, jets: Jets): Products {
  const { valueRe, valueIm, firstRe, firstIm } = jets;
  const variance = 1 / (size * copies);
  return (i, j, sign) => {
    const [ar, ai] = [valueRe[i]!, valueIm[i]!];
    const [br, bi] = [valueRe[j]!, sign * valueIm[j]!];
    const [pr, pi] = times(ar, ai, br, bi);
    const [qr, qi] =
      i === j && sign === 1
        ? [firstRe[i]!, firstIm[i]!]
        : over(ar - br, ai - bi, zRe[i]! - zRe[j]!, zIm[i]! - sign * zIm[j]!);
    return [variance * (qr - pr), variance * (qi - pi)];
  };
}

/** (m'''/m' − (3/2)(m''/m')²)/6. */
function sixthOfSchwarzian(jets: Jets, j: number): [number, number] {
  const first = [jets.firstRe[j]!, jets.firstIm[j]!] as const;
  const [ar, ai] = over(jets.thirdRe[j]!, jets.thirdIm[j]!, ...first);
  const [br, bi] = square(...over(jets.secondRe[j]!, jets.secondIm[j]!, ...first));
  return [(ar - 1.5 * br) / 6, (ai - 1.5 * bi) / 6];
}

/** Subtracts (1/(2n))·(m''/m' − 2 m'/m), which is (1/(2n))·d/dz log F'. */
function removeShift(jets: Jets, size: number, mRe: Float64Array, mIm: Float64Array): void {
  for (let j = 0; j < mRe.length; j++) {
    const first = [jets.firstRe[j]!, jets.firstIm[j]!] as const;
    const [ar, ai] = over(jets.secondRe[j]!, jets.secondIm[j]!, ...first);
    const [br, bi] = over(...first, jets.valueRe[j]!, jets.valueIm[j]!);
    mRe[j]! -= (ar - 2 * br) / (2 * size);
    mIm[j]! -= (ai - 2 * bi) / (2 * size);
  }
}

function times(ar: number, ai: number, br: number, bi: number): Complex {
  return [ar * br - ai * bi, ar * bi + ai * br];
}

function square(re: number, im: number): Complex {
  return [re * re - im * im, 2 * re * im];
}

function over(ar: number, ai: number, br: number, bi: number): Complex {
  const norm = br * br + bi * bi;
  return [(ar * br + ai * bi) / norm, (ai * br - ar * bi) / norm];
}

const onCircle = 12;
const relativeRadius = 0.25;

/**
 * The jets of a curve's branch near given values, by Newton's iteration at the points and on a circle of a quarter of the height around each (Cauchy's formula;
 * relative error about 1e-7 when the branch is analytic in the upper half-plane).
 *
 * @returns undefined when the iteration does not converge somewhere.
 */
export function branchJets(curve: DoubleCurve, samples: Samples, near: Jets): Jets | undefined {
  const { zRe, zIm } = samples;
  const jets = emptyJets(zRe.length);
  for (let j = 0; j < zRe.length; j++) {
    const [x, y] = [zRe[j]!, zIm[j]!];
    const centre = newton(curve, x, y, near.valueRe[j]!, near.valueIm[j]!);
    if (centre === undefined) return undefined;
    jets.valueRe[j] = centre[0];
    jets.valueIm[j] = centre[1];
    const radius = relativeRadius * y;
    const sums = [0, 0, 0, 0, 0, 0, 0, 0];
    let at = centre;
    for (let k = 0; k < onCircle; k++) {
      const angle = (2 * Math.PI * k) / onCircle;
      const next = newton(curve, x + radius * Math.cos(angle), y + radius * Math.sin(angle), ...at);
      if (next === undefined) return undefined;
      at = next;
      for (let order = 1; order <= 3; order++) {
        const [c, s] = [Math.cos(order * angle), -Math.sin(order * angle)];
        sums[2 * order]! += next[0] * c - next[1] * s;
        sums[2 * order + 1]! += next[0] * s + next[1] * c;
      }
    }
    const unit = (order: number): number => [1, 1, 2, 6][order]! / (onCircle * radius ** order);
    jets.firstRe[j] = sums[2]! * unit(1);
    jets.firstIm[j] = sums[3]! * unit(1);
    jets.secondRe[j] = sums[4]! * unit(2);
    jets.secondIm[j] = sums[5]! * unit(2);
    jets.thirdRe[j] = sums[6]! * unit(3);
    jets.thirdIm[j] = sums[7]! * unit(3);
  }
  return jets;
}

const newtonRounds = 16;

/**
 * A root m of P(z, m) from a start, to 1e-12, and to 1e-7 where two roots nearly coincide: there every step is half of what is missing, which is seen and made good. Undefined when 16 rounds do not reach it.
 */
export function newton(
  curve: DoubleCurve,
  zRe: number,
  zIm: number,
  startRe: number,
  startIm: number,
): [number, number] | undefined {
  const out: CurveValue = [0, 0, 0, 0, 0, 0];
  let [re, im] = [startRe, startIm];
  let before: [number, number] | undefined;
  let precision = 1e-12;
  for (let round = 0; round < newtonRounds; round++) {
    evaluateCurve(curve, zRe, zIm, re, im, out);
    let [stepRe, stepIm] = over(out[0], out[1], out[2], out[3]);
    const [ratioRe, ratioIm] = before === undefined ? [0, 0] : over(stepRe, stepIm, ...before);
    before = [stepRe, stepIm];
    if (round > 1 && Math.hypot(ratioRe - 0.5, ratioIm) < 0.1) {
      [stepRe, stepIm] = [2 * stepRe, 2 * stepIm];
      precision = 1e-7;
      before = undefined;
    }
    re -= stepRe;
    im -= stepIm;
    const size = Math.hypot(stepRe, stepIm);
    if (!(size < 1e300)) return undefined;
    if (size <= precision * Math.hypot(re, im)) return [re, im];
  }
  return undefined;
}
