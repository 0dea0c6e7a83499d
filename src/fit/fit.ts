import { type Budget, DomainError, type Outcome, ok, unlimited } from "../core/index.js";
import type { Law } from "../law/index.js";
import { kolmogorovSmirnov } from "../measured/index.js";
import {
  branchJets,
  type CurveFit,
  type DoubleCurve,
  edgeValue,
  estimateSpectrum,
  fitDenseCurve,
  type NewtonShape,
  type Rounded,
  type Samples,
  type SpectrumEstimate,
  type Symmetry,
  sampleTransform,
  semicircleJets,
  type Weighted,
  weigh,
  windowFor,
} from "../regression/index.js";
import { QQ, type Rational, rationalFromNumber, rationalToNumber } from "../rings/index.js";
import { type Constraints, denseConditions, denseCurves, lawfulCurves, roughLaws } from "./candidates.js";
import { type Candidate, type Choice, chooseCurve } from "./choice.js";
import { type Diagnosis, diagnose } from "./diagnosis.js";
import { isDivisible } from "./divisible.js";
import { leaveOneOut } from "./held-out.js";
import { type Preparation, type PreparationOptions, prepareSpectrum } from "./preparation.js";

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
  readonly family: CurveFit["family"];
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
  /** The fitted curve and its samples in the scaled coordinate, for the double-precision estimates of this room. */
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
const roughFloor = 0.02;
/** Against correlations between −1 and 1: every point of the contour then counts nearly on its own. */
const looseFloor = 1;
/** The covariance of a law is positive, that of another curve need not be: the former is used unless it is as far off as this. */
const farOff = 9;

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
  const preparation = preparePooled(eigenvalues, options, copies);
  if (preparation.bulk[0] === preparation.bulk.at(-1)) {
    throw new DomainError(
      `all eigenvalues of the bulk equal ${preparation.bulk[0]}: a point mass, to which no curve is fitted`,
    );
  }
  const samples = sampleTransform(preparation.bulk, copies);
  const scaled = scaledBulk(preparation, samples);
  const constraints = options.constraints ?? {};
  const symmetry = options.symmetry ?? "real";
  const { weighted: theory, rough } = metricOf(samples, preparation, symmetry, budget);
  const curvesIn = (weighted: Weighted): CurveFit[] => {
    const near = (edge: Rational): Rational => valueAt(edge, samples, rough);
    const conditions = denseConditions(weighted, preparation, constraints, near);
    if (forced !== undefined) return [fitDenseCurve(weighted, ...forced, conditions, options.terms ?? "full", budget)];
    return [
      ...lawfulCurves(weighted, scaled, preparation, constraints, near, budget),
      ...denseCurves(weighted, conditions, budget),
    ];
  };
  let weighted = theory;
  let curves = curvesIn(weighted);
  if (curves.every((curve) => curve.family === "dense" || !isNear(curve, weighted)) && forced === undefined) {
    // The data are not as rigid as a random matrix: correlations that do not hold would rule the fit.
    weighted = weigh(samples, samples.transform, symmetry, looseFloor);
    curves = curvesIn(weighted);
  }
  const heldOut =
    options.samples &&
    leaveOneOut(weighted, samples, matricesOf([eigenvalues, ...options.samples], preparation, samples));
  const choice = chooseCurve(curves, weighted, heldOut, budget);
  return report({ preparation, samples, weighted, copies, choice }, choice.chosen, choice.exact, choice.physical);
}

/** Whether a curve is within ten times the noise. */
function isNear(curve: CurveFit, weighted: Weighted): boolean {
  return curve.misfit < 100 * Math.max(1, weighted.modes - curve.freedom);
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
    { misfit: exact.misfit, modes: weighted.modes, freedom: curve.freedom, excess, condition: curve.condition },
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
function preparePooled(eigenvalues: ArrayLike<number>, options: FitOptions, copies: number): Preparation {
  if (options.samples === undefined) return prepareSpectrum(eigenvalues, options);
  const size = options.size ?? eigenvalues.length;
  const all = [eigenvalues, ...options.samples];
  const other = all.find((values) => (options.size === undefined ? values.length !== size : values.length > size));
  if (other !== undefined) {
    throw new DomainError(
      `pooled submatrices have one size; one has ${other.length} eigenvalues and the size is ${size}`,
    );
  }
  const pooled = all.flatMap((values) => Array.from(values));
  return prepareSpectrum(pooled, { ...options, size: size * copies });
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

const metricRounds = 2;

/**
 * The metric of the noise, which depends on the law: from semicircles in the place of the bulks at first (of a spectrum over decades: from the empirical transform), then twice from the law by
 * construction that comes nearest. Where none comes near, from a dense curve.
 */
function metricOf(
  samples: Samples,
  preparation: Preparation,
  symmetry: Symmetry,
  budget: Budget,
): { weighted: Weighted; rough: DoubleCurve } {
  const { transform, contour, size, copies } = samples;
  const jets = contour === "sectors" ? transform : semicircleJets(samples, preparation.bulk.length);
  let weighted = weigh(samples, jets, symmetry, roughFloor);
  let rough: DoubleCurve | undefined;
  for (let round = 0; round < metricRounds; round++) {
    const nearest = roughCurves(weighted, preparation, Math.log(size ** 2 * copies), round > 0, budget);
    for (const { curve } of nearest) {
      const better = branchJets(curve, samples, transform);
      if (better === undefined) continue;
      const next = weigh(samples, better, symmetry);
      if (!next.consistent) continue;
      weighted = next;
      rough = curve;
      break;
    }
    rough ??= nearest[0]!.curve;
  }
  return { weighted, rough: rough! };
}

/** Free Lévy laws, and dense curves if those are far off in a metric that can be trusted, the nearest first. */
function roughCurves(
  weighted: Weighted,
  preparation: Preparation,
  penalty: number,
  trusted: boolean,
  budget: Budget,
): CurveFit[] {
  const score = (curve: CurveFit): number => curve.misfit + curve.freedom * penalty;
  const order = [...roughLaws(weighted, preparation, budget)].sort((a, b) => score(a) - score(b));
  const first = order[0];
  if (first !== undefined && !trusted) return order;
  if (first !== undefined && first.misfit < farOff * Math.max(1, weighted.modes - first.freedom)) return order;
  const conditions = denseConditions(weighted, preparation, {}, () => QQ.zero);
  const dense = [2, 3, 4].flatMap((degM) =>
    [1, 2].map((degZ) => fitDenseCurve(weighted, degM, degZ, conditions, "full", budget)),
  );
  return [...dense.sort((a, b) => score(a) - score(b)), ...order];
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
  if (diagnosis.verdict === "poor") warnings.push(diagnosis.text);
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
