import { DomainError, type Outcome, ok } from "../core/index.js";
import { decideSpectrum, type Law, lawFromCurve } from "../law/index.js";
import {
  type BranchConditions,
  type CurveFit,
  estimateSpectrum,
  fitContinuousLevyCurves,
  fitDenseCurve,
  fitLevyCurves,
  type Samples,
  type SpectrumEstimate,
  sampleTransform,
  windowFor,
} from "../regression/index.js";
import { QQ, type Rational, rational, rationalFromNumber } from "../rings/index.js";
import { kolmogorovSmirnov } from "./distances.js";
import { type Preparation, type PreparationOptions, prepareSpectrum } from "./preparation.js";

export interface FitOptions extends PreparationOptions {
  /** Degrees of a dense curve, to be given together; without them the degrees are chosen, see {@link fit}. */
  readonly degM?: number;
  readonly degZ?: number;
}

/** One curve that was tried. */
export interface Candidate {
  readonly family: CurveFit["family"];
  readonly degrees: { readonly m: number; readonly z: number };
  /** How many numbers were fitted. */
  readonly freedom: number;
  readonly residual: number;
  readonly condition: number;
  /** Whether the curve is a spectrum: proved, refuted or not looked at because a simpler curve was chosen. */
  readonly physical: "yes" | "no" | "unknown" | "not tested";
  readonly chosen: boolean;
}

/** A law fitted to eigenvalues. */
export interface Fit {
  /** The law of the bulk: all eigenvalues but the outliers, numerical zeros as an atom at 0. Exact rational coefficients. */
  readonly law: Law;
  readonly family: CurveFit["family"];
  readonly degrees: { readonly m: number; readonly z: number };
  /** Root mean square of |m_fit − m_n| on the contour, in units of the standard error of m_n: about 1 or less is a good fit. */
  readonly residual: number;
  /** Conditioning of the least-squares problem: relative changes of the data are amplified by up to this in the coefficients. */
  readonly condition: number;
  /** Kolmogorov–Smirnov distance between the law and the bulk it was fitted to (estimate). */
  readonly ks: number;
  /** Whether the physical branch is a probability measure. */
  readonly physical: Outcome<true>;
  readonly candidates: readonly Candidate[];
  readonly preparation: Preparation;
  readonly warnings: readonly string[];
  /** The fitted curve and its samples in the scaled coordinate, for the double-precision estimates of this room. */
  readonly numeric: { readonly samples: Samples; readonly curve: CurveFit };
}

/** Tolerances on the residual, tried in turn: the first at which some candidate is a spectrum decides. */
const tolerances = [1.25, 2.5, 5, 10, 20];
/** A law by construction may be this much farther from the data than a dense curve. */
const lawBonus = 1.2;
const denseShapes = [
  [2, 1],
  [2, 2],
  [3, 2],
  [3, 3],
  [4, 2],
  [4, 3],
  [4, 4],
] as const;
const mostJumps = 4;
const few = 30;

/**
 * Eigenvalues to a law with an exact curve. The empirical transform m_n is sampled on contours around the bulk, curves of several
 * shapes are fitted under exact conditions (branch −1/z − mu_1/z² at infinity with mu_1 the mean; the atom of the numerical zeros; for a
 * non-negative spectrum that spans decades, atoms born at 0 alone), and one is chosen:
 *
 * Criterion: among the candidates whose residual is at most 1.25 standard errors of m_n (1.5 for a free Lévy law, which is a law by
 * construction), the one with the fewest fitted numbers that is a spectrum; a dense curve is decided by {@link decideSpectrum}. If there is
 * none, the same with 2.5, 5, 10 and 20 standard errors; if still none, the curve of least residual, with a warning. `degM` and `degZ`
 * force one dense curve.
 *
 * @throws DomainError when the options make no sense or too few eigenvalues are there.
 */
export function fit(eigenvalues: ArrayLike<number>, options: FitOptions = {}): Fit {
  const preparation = prepareSpectrum(eigenvalues, options);
  if (preparation.bulk[0] === preparation.bulk.at(-1)) {
    throw new DomainError(
      `all eigenvalues of the bulk equal ${preparation.bulk[0]}: a point mass, to which no curve is fitted`,
    );
  }
  const samples = sampleTransform(preparation.bulk);
  const exact = conditionsOf(preparation, samples);
  const forced = forcedShape(options);
  const curves =
    forced === undefined ? allCurves(samples, preparation, exact) : [fitDenseCurve(samples, ...forced, exact.branch)];
  const { chosen, law, physical, verdicts } = choose(curves, forced !== undefined);
  const scaled = scaledBulk(preparation, samples);
  const ks = kolmogorovSmirnov(spectrumOf(chosen, scaled, samples, 1).cumulative, scaled);
  return {
    law,
    family: chosen.family,
    degrees: chosen.degrees,
    residual: chosen.residual,
    condition: chosen.condition,
    ks,
    physical,
    candidates: curves.map((curve) => ({
      family: curve.family,
      degrees: curve.degrees,
      freedom: curve.freedom,
      residual: curve.residual,
      condition: curve.condition,
      physical: verdicts.get(curve) ?? "not tested",
      chosen: curve === chosen,
    })),
    preparation,
    warnings: warningsOf(preparation, chosen, physical, samples),
    numeric: { samples, curve: chosen },
  };
}

/** The bulk in the scaled coordinate of the samples. */
export function scaledBulk(preparation: Preparation, samples: Samples): Float64Array {
  const [shift, dilation] = [toNumber(samples.shift), toNumber(samples.dilation)];
  return preparation.bulk.map((value) => (value - shift) / dilation);
}

/** The double-precision estimate of a fitted curve after decompression by tau, in the scaled coordinate. */
export function spectrumOf(curve: CurveFit, scaled: Float64Array, samples: Samples, tau: number): SpectrumEstimate {
  return estimateSpectrum(curve.scaled, tau, windowFor(scaled, samples.contour === "sectors", tau));
}

function toNumber(r: Rational): number {
  return Number(r.num) / Number(r.den);
}

interface ExactConditions {
  readonly branch: BranchConditions;
  readonly mean: Rational;
  readonly zeroWeight: Rational | undefined;
  readonly positive: boolean;
}

function conditionsOf(preparation: Preparation, samples: Samples): ExactConditions {
  const scaled = scaledBulk(preparation, samples);
  // The sampling error of the mean is far above 2^-30 of the scale of the spectrum: more bits would say nothing.
  const sum = scaled.reduce((total, value) => total + value, 0);
  const mean = QQ.div(rationalFromNumber(Math.round((sum / scaled.length) * 2 ** 30)), rational(2n ** 30n));
  const zeroWeight = preparation.zeros > 0 ? rational(preparation.zeros, scaled.length) : undefined;
  const at = QQ.neg(QQ.div(samples.shift, samples.dilation));
  const atom =
    zeroWeight !== undefined ? { at, weight: zeroWeight } : samples.contour === "sectors" ? { at } : undefined;
  return {
    branch: atom === undefined ? { mean } : { mean, atom },
    mean,
    zeroWeight,
    positive: preparation.bulk[0]! >= 0,
  };
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

function allCurves(samples: Samples, preparation: Preparation, exact: ExactConditions): CurveFit[] {
  const { branch, mean, zeroWeight, positive } = exact;
  const curves: CurveFit[] = [];
  if (samples.contour === "sectors" || (positive && QQ.isZero(samples.shift)) || zeroWeight !== undefined) {
    const zero = zeroWeight === undefined ? {} : { zeroWeight };
    if (samples.contour === "sectors") curves.push(...fitContinuousLevyCurves(samples, { mean, ...zero }));
    if (QQ.isZero(samples.shift)) {
      curves.push(...fitLevyCurves(samples, { mean, positive, drift: false, ...zero }, mostJumps));
    }
  }
  if (samples.contour === "ellipses" && zeroWeight === undefined) {
    curves.push(...fitLevyCurves(samples, { mean, positive: false, drift: true }, mostJumps));
  }
  const nonzero = preparation.bulk.length - preparation.zeros;
  for (const [degM, degZ] of denseShapes) {
    if ((degM + 1) * (degZ + 1) < nonzero / 2) curves.push(fitDenseCurve(samples, degM, degZ, branch));
  }
  if (curves.length === 0) curves.push(fitDenseCurve(samples, 2, 1, branch));
  const rank = (curve: CurveFit): number => (curve.family === "dense" ? 1 : 0);
  return curves.sort((a, b) => a.freedom - b.freedom || rank(a) - rank(b) || a.residual - b.residual);
}

interface Choice {
  readonly chosen: CurveFit;
  readonly law: Law;
  readonly physical: Outcome<true>;
  readonly verdicts: ReadonlyMap<CurveFit, Candidate["physical"]>;
}

function choose(curves: readonly CurveFit[], forced: boolean): Choice {
  const verdicts = new Map<CurveFit, Candidate["physical"]>();
  const laws = new Map<CurveFit, { law: Law; physical: Outcome<true> }>();
  const decide = (curve: CurveFit): { law: Law; physical: Outcome<true> } => {
    const known = laws.get(curve);
    if (known !== undefined) return known;
    const law = lawFromCurve(curve.polynomial);
    const physical = curve.family === "dense" ? decideSpectrum(law) : ok<true>(true);
    verdicts.set(curve, physical.kind === "ok" ? "yes" : physical.kind === "undefined" ? "no" : "unknown");
    laws.set(curve, { law, physical });
    return { law, physical };
  };
  if (!forced) {
    for (const tolerance of tolerances) {
      for (const curve of curves) {
        if (curve.residual > tolerance * (curve.family === "dense" ? 1 : lawBonus)) continue;
        const { law, physical } = decide(curve);
        if (physical.kind === "ok") return { chosen: curve, law, physical, verdicts };
      }
    }
  }
  const chosen = curves.reduce((best, curve) => (curve.residual < best.residual ? curve : best));
  return { chosen, ...decide(chosen), verdicts };
}

function warningsOf(preparation: Preparation, chosen: CurveFit, physical: Outcome<true>, samples: Samples): string[] {
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
  if (chosen.residual > tolerances[0]! * lawBonus) {
    warnings.push(
      `the fitted curve is ${chosen.residual.toPrecision(3)} standard errors away from the data, more than sampling explains`,
    );
  }
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
