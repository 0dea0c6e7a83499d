import { type Budget, DomainError, type Outcome, ok, unlimited } from "../core/index.js";
import type { Law } from "../law/index.js";
import { kolmogorovSmirnov } from "../measured/index.js";
import {
  type CurveFit,
  type DoubleCurve,
  distinctPlaces,
  edgeValue,
  estimateSpectrum,
  type Family,
  fitCornerCurves,
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
import { type Constraints, denseConditions, densePieces, distinctCurves, lawfulPieces } from "./candidates.js";
import { type Candidate, type Choice, chooseCurve, scoreOf, withCandidates } from "./choice.js";
import { type Diagnosis, diagnose, few } from "./diagnosis.js";
import { isDivisible } from "./divisible.js";
import { leaveOneOut } from "./held-out.js";
import { fitInMetric } from "./metric.js";
import { type Preparation, type PreparationOptions, preparePooled } from "./preparation.js";
import { spacingsOf } from "./spacing-ratio.js";
import { fitPieces, inLine, type Steps } from "./steps.js";

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

/** More spikes than this are seldom meant. */
const many = 10;

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
  return inLine(fitSteps(eigenvalues, options, budget), budget);
}

/** {@link fit}, with the curves of each kind as pieces. */
export function* fitSteps(eigenvalues: ArrayLike<number>, options: FitOptions, budget: Budget): Steps<Fit> {
  const forced = forcedShape(options);
  const spectra = [eigenvalues, ...(options.samples ?? [])];
  const copies = spectra.length;
  const spacings = spacingsOf(spectra);
  const repelling = spacings !== "free";
  const preparation = preparePooled(spectra, options, repelling);
  if (preparation.bulk[0] === preparation.bulk.at(-1)) {
    throw new DomainError(
      `all eigenvalues of the bulk equal ${preparation.bulk[0]}: a point mass, to which no curve is fitted`,
    );
  }
  refuseTies(preparation);
  const samples = sampleTransform(preparation.bulk, copies, repelling);
  const scaled = scaledBulk(preparation, samples);
  const constraints = options.constraints ?? {};
  const curvesIn = function* (weighted: Weighted, rough: DoubleCurve): Steps<CurveFit[]> {
    const near = (edge: Rational): Rational => valueAt(edge, samples, rough);
    const conditions = denseConditions(weighted, preparation, constraints, near);
    if (forced !== undefined) return [fitDenseCurve(weighted, ...forced, conditions, options.terms ?? "full", budget)];
    const lawful = lawfulPieces(weighted, scaled, preparation, constraints, near);
    return distinctCurves(yield* fitPieces(weighted, [...lawful, ...densePieces(weighted, conditions)]));
  };
  const symmetry = options.symmetry ?? "real";
  const { weighted, curves } = yield* fitInMetric(samples, preparation, symmetry, spacings, curvesIn);
  // One matrix alone, be it given as the only one of a list, has no others to be predicted from.
  const matrices = preparation.matrices.map((values) => scaledBy(samples, values));
  const heldOut = copies > 1 ? leaveOneOut(weighted, samples, matrices) : undefined;
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

/**
 * The corner of a deformed matrix of tau times the size that has the most evidence (`fitCornerCurves`), as a fit of its own: it can be decompressed up to tau. Corners meet no exact conditions: undefined for a matrix of
 * low rank and for a spectrum over decades. Estimate, as the fit.
 */
export function projectToCorner(fit: Fit, tau: Rational, budget: Budget = unlimited): Fit | undefined {
  const { preparation, numeric } = fit;
  const { samples, weighted, copies } = numeric;
  if (preparation.zeros > 0 || samples.contour === "sectors") return undefined;
  const corners = fitCornerCurves(weighted, scaledBulk(preparation, samples), tau, budget);
  const choice = withCandidates(
    numeric.choice,
    corners.filter(({ misfit }) => Number.isFinite(misfit)),
    weighted,
  );
  for (const curve of choice.ordered) {
    const exact = curve.family === "corner" ? curve.exact(budget) : undefined;
    if (exact !== undefined)
      return report({ preparation, samples, weighted, copies, choice }, curve, exact, ok<true>(true));
  }
  return undefined;
}

/** How much larger the score of the first of two fits to the same data is, with the noise as the second has it. */
export function excessScore(first: Fit, second: Fit): number {
  const { excess } = second.numeric;
  return scoreOf(first.numeric.curve, excess) - scoreOf(second.numeric.curve, excess);
}

function report(context: Context, curve: CurveFit, exact: Rounded, physical: Outcome<true>): Fit {
  const { preparation, samples, weighted, copies, choice } = context;
  const { excess } = choice;
  const scaled = scaledBulk(preparation, samples);
  const spectrum = spectrumOf(exact.scaled, scaled, samples, 1);
  const distance = kolmogorovSmirnov(spectrum.cumulative, scaled);
  // A law that has nothing of its mass near the data, or is not found there.
  const ks = Number.isNaN(distance) ? 1 : distance;
  const unseen = Number.isNaN(distance) && spectrum.failures > 0;
  const residual = Math.sqrt(exact.misfit / Math.max(1, weighted.modes - curve.freedom));
  const diagnosis = diagnose(
    {
      misfit: exact.misfit,
      modes: weighted.modes,
      freedom: curve.freedom,
      excess,
      condition: curve.condition,
      scatter: weighted.scatter,
      distance: { ks: unseen ? undefined : ks, count: scaled.length },
      nonzero: preparation.bulk.length - preparation.zeros,
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

/** Of more than this share of repeated values no spacing can be measured. */
const mostRepeated = 3 / 4;
/** More than this share of repeated values is mentioned. */
const manyRepeated = 1 / 20;

function refuseTies({ bulk }: Preparation): void {
  const distinct = distinctCount(bulk);
  const nonzero = bulk.reduce((count, value) => (value === 0 ? count : count + 1), 0);
  if (distinct >= (1 - mostRepeated) * nonzero) return;
  throw new DomainError(
    `only ${distinct} of ${nonzero} nonzero eigenvalues differ from one another: repeated eigenvalues are atoms and no bulk, to which no curve is fitted; or the file has too few digits`,
  );
}

/** How many different values other than 0 there are. */
function distinctCount(bulk: Float64Array): number {
  return distinctPlaces(bulk.filter((value) => value !== 0)).length;
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
  return scaledBy(samples, preparation.bulk);
}

function scaledBy(samples: Samples, values: Float64Array): Float64Array {
  const [shift, dilation] = [rationalToNumber(samples.shift), rationalToNumber(samples.dilation)];
  return values.map((value) => (value - shift) / dilation);
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
      `${outliers.length} isolated eigenvalue${outliers.length > 1 ? "s are" : " is"} no part of the fitted law: ${Array.from(outliers, (value) => (value === 0 ? "0" : value.toPrecision(6))).join(", ")}`,
    );
  }
  if (outliers.includes(0)) {
    warnings.push(
      "a zero apart from all other eigenvalues is taken for that of the constant vector, as a graph Laplacian or a centred Gram matrix has it, and not for an atom; it stays 0 at every size",
    );
  }
  const repeated = bulk.length - zeros - distinctCount(bulk);
  if (repeated > manyRepeated * bulk.length) {
    warnings.push(
      `${repeated} of ${bulk.length - zeros} nonzero eigenvalues equal another one: they are rounded, or the matrix has a symmetry (then its noise is larger than that of a matrix without, which the residual is in units of)`,
    );
  }
  if (outliers.length > many) {
    warnings.push(
      `so many isolated eigenvalues are the sign of a heavy tail, of which the law of the bulk says nothing`,
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
