import { type Budget, DomainError, type Outcome, ok, unlimited } from "../core/index.js";
import type { Law } from "../law/index.js";
import { kolmogorovSmirnov } from "../measured/index.js";
import {
  type CurveFit,
  type DoubleCurve,
  edgeValue,
  estimateSpectrum,
  type Family,
  fitDenseCurve,
  type NewtonShape,
  type Rounded,
  type Samples,
  type SpectrumEstimate,
  type Symmetry,
  sampleTransform,
  type Weighted,
  windowFor,
} from "../regression/index.js";
import { type Rational, rationalFromNumber, rationalToNumber } from "../rings/index.js";
import { type Constraints, denseConditions, denseCurves, lawfulCurves } from "./candidates.js";
import { type Candidate, type Choice, chooseCurve } from "./choice.js";
import { type Diagnosis, diagnose } from "./diagnosis.js";
import { isDivisible } from "./divisible.js";
import { leaveOneOut } from "./held-out.js";
import { fitInMetric } from "./metric.js";
import { type Preparation, type PreparationOptions, prepareSpectrum } from "./preparation.js";
import { spacingsOf } from "./spacing-ratio.js";

export interface FitOptions extends PreparationOptions {
  /** Degrees of a dense curve, to be given together; without them the degrees are chosen, see {@link fit}. */
  readonly degM?: number;
  readonly degZ?: number;
  /** Which terms a dense curve of forced degrees has; `full` by default. */
  readonly terms?: NewtonShape;
  /** Eigenvalues of further independent submatrices of the same size: pooled, they lower the noise. */
  readonly samples?: readonly ArrayLike<number>[];
  /** `real` (default) for real symmetric, `complex` for complex Hermitian matrices: their eigenvalues fluctuate less. */
  readonly symmetry?: Symmetry;
  /** What is known exactly. An atom at 0 is counted from numerical zeros without being told. */
  readonly constraints?: Constraints;
}

/** A law fitted to eigenvalues. */
export interface Fit {
  /** The law of the bulk: all eigenvalues but the outliers, numerical zeros as an atom at 0. Exact rational coefficients. */
  readonly law: Law;
  readonly family: Family;
  /** The member of the family in words. */
  readonly name: string;
  readonly degrees: { readonly m: number; readonly z: number };
  /** Root mean square deviation of m_n from the fit in units of its noise: about 1 is what a right law gives. */
  readonly residual: number;
  /** Conditioning of the least-squares problem: relative changes of the data are amplified by up to this in the coefficients. */
  readonly condition: number;
  /** Kolmogorov–Smirnov distance between the law and the bulk it was fitted to (estimate). */
  readonly ks: number;
  /** Whether the physical branch is a probability measure. */
  readonly physical: Outcome<true>;
  readonly candidates: readonly Candidate[];
  readonly diagnosis: Diagnosis;
  readonly preparation: Preparation;
  readonly warnings: readonly string[];
  /**
   * The fitted curve and its samples in the scaled coordinate, for the double-precision estimates of this room.
   *
   * @internal
   */
  readonly numeric: FitNumbers;
}

export interface FitNumbers {
  readonly samples: Samples;
  readonly weighted: Weighted;
  readonly curve: CurveFit;
  /** The exact law in doubles. */
  readonly scaled: DoubleCurve;
  /** The factor on the variance of the noise, from the data themselves; at least 1. */
  readonly excess: number;
  /** How many matrices were pooled. */
  readonly copies: number;
  /** All that was tried. */
  readonly choice: Choice;
}

const few = 30;

/**
 * Eigenvalues to a law with an exact curve. The empirical transform m_n is sampled on contours around the bulks (found by their gaps), and curves of many kinds are fitted in the metric of its
 * noise: linear statistics of a random matrix fluctuate by O(1/n) with a known covariance, and their mean has a known shift of the same order, which is taken out. First laws
 * with names: free Lévy laws of up to four jumps (semicircle and Marchenko–Pastur among them), deformed Wigner and Silverstein laws; then dense
 * curves of all degrees up to 6 in m and 3 in z. Their evidence chooses (see `chooseCurve`), and, of pooled matrices, how well each is predicted from the others. `degM` and `degZ` force one dense curve.
 *
 * Conditions hold exactly: mass one, the atom of the numerical zeros (or the prescribed atoms), prescribed moments and edges; for a
 * non-negative spectrum that spans decades, atoms are born at 0 alone. Estimate, as everything that starts from measured numbers.
 *
 * @throws DomainError when the options make no sense or too few eigenvalues are there.
 */
export function fit(eigenvalues: ArrayLike<number>, options: FitOptions = {}, budget: Budget = unlimited): Fit {
  const forced = forcedShape(options);
  const copies = 1 + (options.samples?.length ?? 0);
  const spacings = spacingsOf([eigenvalues, ...(options.samples ?? [])]);
  const repelling = spacings !== "free";
  const preparation = preparePooled(eigenvalues, options, copies, repelling);
  if (preparation.bulk[0] === preparation.bulk.at(-1)) {
    throw new DomainError(
      `all eigenvalues of the bulk equal ${preparation.bulk[0]}: a point mass, to which no curve is fitted`,
    );
  }
  const samples = sampleTransform(preparation.bulk, copies, repelling);
  const scaled = scaledBulk(preparation, samples);
  const constraints = options.constraints ?? {};
  const curvesIn = (weighted: Weighted, rough: DoubleCurve): CurveFit[] => {
    const near = (edge: Rational): Rational => valueAt(edge, samples, rough);
    const conditions = denseConditions(weighted, preparation, constraints, near);
    if (forced !== undefined) return [fitDenseCurve(weighted, ...forced, conditions, options.terms ?? "full", budget)];
    return [
      ...lawfulCurves(weighted, scaled, preparation, constraints, near, budget),
      ...denseCurves(weighted, conditions, budget),
    ];
  };
  const { weighted, curves } = fitInMetric(
    samples,
    preparation,
    options.symmetry ?? "real",
    spacings,
    curvesIn,
    budget,
  );
  // One matrix alone, be it given as the only one of a list, has no others to be predicted from.
  const heldOut =
    copies > 1
      ? leaveOneOut(weighted, samples, matricesOf([eigenvalues, ...(options.samples ?? [])], preparation, samples))
      : undefined;
  const choice = chooseCurve(curves, weighted, heldOut, budget);
  return report({ preparation, samples, weighted, copies, choice }, choice.chosen, choice.exact, choice.physical);
}

interface Context {
  readonly preparation: Preparation;
  readonly samples: Samples;
  readonly weighted: Weighted;
  readonly copies: number;
  readonly choice: Choice;
}

/**
 * The nearest freely infinitely divisible law among the candidates, as a fit of its own: it can be decompressed by any tau. The fit itself when it is one; undefined when there is none
 * (forced degrees, or conditions that such laws do not meet). Estimate, as the fit.
 */
export function projectToDivisible(fit: Fit): Fit | undefined {
  if (isDivisible(fit.family)) return fit;
  const { preparation, numeric } = fit;
  const { samples, weighted, copies, choice } = numeric;
  for (const curve of choice.divisible) {
    const exact = curve.exact();
    if (exact !== undefined)
      return report({ preparation, samples, weighted, copies, choice }, curve, exact, ok<true>(true));
  }
  return undefined;
}

function report(context: Context, curve: CurveFit, exact: Rounded, physical: Outcome<true>): Fit {
  const { preparation, samples, weighted, copies, choice } = context;
  const { excess } = choice;
  const scaled = scaledBulk(preparation, samples);
  const ks = kolmogorovSmirnov(spectrumOf(exact.scaled, scaled, samples, 1).cumulative, scaled);
  const residual = Math.sqrt(exact.misfit / Math.max(1, weighted.modes - curve.freedom));
  const diagnosis = diagnose(
    {
      misfit: exact.misfit,
      modes: weighted.modes,
      freedom: curve.freedom,
      excess,
      condition: curve.condition,
      scatter: weighted.scatter,
    },
    physical,
  );
  return {
    law: exact.law,
    family: curve.family,
    name: curve.name,
    degrees: exact.degrees,
    residual,
    condition: curve.condition,
    ks,
    physical,
    candidates: choice.candidates.map((candidate, k) => ({ ...candidate, chosen: choice.ordered[k] === curve })),
    diagnosis,
    preparation,
    warnings: warningsOf(preparation, physical, samples, diagnosis),
    numeric: { samples, weighted, curve, scaled: exact.scaled, excess, copies, choice },
  };
}

/** All eigenvalues of all submatrices as one spectrum of `copies` times the size. */
function preparePooled(
  eigenvalues: ArrayLike<number>,
  options: FitOptions,
  copies: number,
  repelling: boolean,
): Preparation {
  if (options.samples === undefined) return prepareSpectrum(eigenvalues, options, repelling);
  const size = options.size ?? eigenvalues.length;
  const all = [eigenvalues, ...options.samples];
  const other = all.find((values) => (options.size === undefined ? values.length !== size : values.length > size));
  if (other !== undefined) {
    throw new DomainError(
      `pooled submatrices have one size; one has ${other.length} eigenvalues and the size is ${size}`,
    );
  }
  const pooled = all.flatMap((values) => Array.from(values));
  return prepareSpectrum(pooled, { ...options, size: size * copies }, repelling);
}

/** What each of the pooled matrices contributes to the bulk, in the scaled coordinate. */
function matricesOf(
  all: readonly ArrayLike<number>[],
  { bulk, rankThreshold, size }: Preparation,
  samples: Samples,
): Float64Array[] {
  const [shift, dilation] = [rationalToNumber(samples.shift), rationalToNumber(samples.dilation)];
  return all.map((values) => {
    const own = Array.from(values, (value) => (Math.abs(value) <= rankThreshold ? 0 : value));
    const missing = new Array<number>(size / all.length - own.length).fill(0);
    const inside = own.filter((value) => value === 0 || (value >= bulk[0]! && value <= bulk.at(-1)!));
    return Float64Array.from([...inside, ...missing], (value) => (value - shift) / dilation);
  });
}

/** m at a point of the real axis, from the rough curve. */
function valueAt(edge: Rational, samples: Samples, rough: DoubleCurve): Rational {
  const at = (rationalToNumber(edge) - rationalToNumber(samples.shift)) / rationalToNumber(samples.dilation);
  const found = edgeValue(rough, at);
  if (!Number.isFinite(found)) {
    throw new DomainError(
      `the prescribed edge ${rationalToNumber(edge)} is no place where the law of these eigenvalues could be followed to`,
    );
  }
  return rationalFromNumber(found / rationalToNumber(samples.dilation));
}

/** The bulk in the scaled coordinate of the samples. */
export function scaledBulk(preparation: Preparation, samples: Samples): Float64Array {
  const [shift, dilation] = [rationalToNumber(samples.shift), rationalToNumber(samples.dilation)];
  return preparation.bulk.map((value) => (value - shift) / dilation);
}

/** The double-precision estimate of a curve after decompression by tau, in the scaled coordinate. */
export function spectrumOf(curve: DoubleCurve, scaled: Float64Array, samples: Samples, tau: number): SpectrumEstimate {
  return estimateSpectrum(curve, tau, windowFor(scaled, samples.contour === "sectors", tau));
}

function forcedShape(options: FitOptions): readonly [number, number] | undefined {
  const { degM, degZ } = options;
  if (degM === undefined && degZ === undefined) return undefined;
  if (degM === undefined || degZ === undefined) throw new DomainError("give both degrees, in m and in z, or none");
  for (const [name, degree] of [
    ["m", degM],
    ["z", degZ],
  ] as const) {
    if (!Number.isInteger(degree) || degree < 1 || degree > 12) {
      throw new DomainError(`the degree in ${name} must be a whole number from 1 to 12; got ${degree}`);
    }
  }
  if (degM + degZ < 3) throw new DomainError("a curve of degree 1 in m and in z is a point mass; raise one degree");
  return [degM, degZ];
}

function warningsOf(
  preparation: Preparation,
  physical: Outcome<true>,
  samples: Samples,
  diagnosis: Diagnosis,
): string[] {
  const warnings: string[] = [];
  const { bulk, outliers, zeros, rankThreshold, size } = preparation;
  if (bulk.length - zeros < few) {
    warnings.push(`${bulk.length - zeros} nonzero eigenvalues say little about a law; at least ${few} are advisable`);
  }
  if (zeros > 0) {
    warnings.push(
      `${zeros} of ${size} eigenvalues are at most ${rankThreshold.toPrecision(3)} in absolute value and count as zero: an atom at 0`,
    );
  }
  if (outliers.length > 0) {
    warnings.push(
      `${outliers.length} isolated eigenvalue${outliers.length > 1 ? "s are" : " is"} no part of the fitted law: ${Array.from(outliers, (value) => value.toPrecision(6)).join(", ")}`,
    );
  }
  if (diagnosis.verdict === "poor" || diagnosis.scatter === "independent") warnings.push(diagnosis.text);
  if (physical.kind !== "ok") {
    warnings.push(
      physical.kind === "undefined"
        ? `the fitted curve is no spectrum: ${physical.reason}`
        : `whether the fitted curve is a spectrum could not be decided: ${physical.reason}`,
    );
  }
  if (bulk[0]! >= 0 && zeros === 0 && samples.contour === "sectors") {
    warnings.push(
      "the spectrum is positive and spans decades: it is taken to belong to a Gram matrix, where an atom is born at 0 alone",
    );
  }
  return warnings;
}
