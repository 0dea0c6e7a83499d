import { type Budget, type BudgetOptions, DomainError, type Outcome, unable, unlimited } from "../core/index.js";
import type { Horizon } from "../evolution/index.js";
import { decompress, deform, scale } from "../flow/index.js";
import type { Atom, Law, Support } from "../law/index.js";
import { type AssumptionCheck, checkAssumption, empiricalDistribution, kolmogorovSmirnov } from "../measured/index.js";
import { QQ, type Rational, rational } from "../rings/index.js";
import { algebraicToDecimal, algebraicToNumber, compareWithRational } from "../roots/index.js";
import { answersOf, type LawAnswer } from "./answers.js";
import { type Bands, bandedAnswers, bandsOf, drawLaws } from "./bands.js";
import { bounded } from "./bounded.js";
import { type Distances, distances } from "./distances.js";
import { isDivisible } from "./divisible.js";
import type { DrawnLaw } from "./drawn-laws.js";
import { excessScore, type Fit, type FitOptions, fitSteps, projectToCorner, projectToDivisible } from "./fit.js";
import { horizonOfFit } from "./horizon-of-fit.js";
import { type Bulk, type LargeBulk, largeBulk } from "./large-bulk.js";
import { averagedOutliers, combine, moveOutliers, type Outlier } from "./outliers.js";
import { prepareSpectrum } from "./preparation.js";
import { inLine, type Steps } from "./steps.js";

export interface ExtrapolateOptions extends FitOptions {
  /** The size N of the large matrix. */
  readonly to: number;
  /** Measured eigenvalues of the large matrix (all N of them, or the others are zeros): adds the distances, and tests the assumption between the two. */
  readonly truth?: ArrayLike<number>;
  /** Eigenvalues of the same matrix at a second size: tests the assumption and, under `auto`, finds the normalisation. */
  readonly second?: { readonly eigenvalues: ArrayLike<number>; readonly size?: number };
  /**
   * `fixed`: entries do not depend on the size, which is the flow. `by-size`: the matrix is divided by its own size, so that results are divided
   * by tau once more. `auto` (default): `by-size` when `second` shows it, else `fixed`, which is then an assumption.
   */
  readonly normalisation?: "auto" | "fixed" | "by-size";
  /**
   * The matrix is the Gram matrix of n rows, and rows are added while the columns stay: the aspect ratio of the small one, rows over columns. Without it the small matrix is a
   * corner of the large one.
   */
  readonly deform?: Rational;
  /** Places of which the share of the eigenvalues below is asked. */
  readonly below?: readonly number[];
  /** Whether answers and bands are wanted; true by default. */
  readonly bands?: boolean;
}

/** What became of a fitted curve that cannot be decompressed as far as is asked. */
export interface Projection {
  /** Why the curve itself does not do. */
  readonly reason: string;
  /** The nearest freely infinitely divisible law, and its distance from the data beside that of the curve. */
  readonly law: Law;
  readonly name: string;
  readonly residual: { readonly curve: number; readonly law: number };
  /** Whether the extrapolation rests on it: not when the degrees were forced. */
  readonly used: boolean;
}

export interface Extrapolation {
  readonly size: { readonly from: number; readonly to: number };
  readonly fit: Fit;
  /** The law of the bulk at the large size: an exact curve also where it is no spectrum. */
  readonly law: Law;
  readonly degrees: Fit["degrees"];
  readonly residual: number;
  readonly physical: { readonly fitted: Outcome<true>; readonly extrapolated: Outcome<true> };
  /** How far the fitted law can be decompressed. */
  readonly horizon: Outcome<Horizon>;
  /** `certified`: support and atoms come from the exact law; `estimate`: from the branch continued in doubles. Quantiles are estimates always. */
  readonly guarantee: "certified" | "estimate";
  /** Present when certified. */
  readonly support?: Support;
  readonly bulks: readonly Bulk[];
  readonly atoms: readonly { readonly at: number; readonly weight: number; readonly exact?: Atom }[];
  /** Density plus atoms before any normalisation: 1 for a law. */
  readonly mass: number;
  /** min(N, 10000) estimated eigenvalues in order, atoms and outliers included. */
  readonly quantiles: Float64Array;
  readonly outliers: readonly Outlier[];
  /** The predicted distribution function of all N eigenvalues. */
  cumulative(x: number): number;
  /** When the fitted curve is no spectrum or its horizon is too near. */
  readonly projection?: Projection;
  /** 90 % bands of the law of the bulk. */
  readonly bands?: Bands;
  /** Quantiles, edges, log-determinant, norms … of the law of the bulk, without outliers. */
  readonly answers: readonly LawAnswer[];
  /** Whether a division by the size was undone. */
  readonly normalisation: "fixed" | "by-size";
  /** With `second`: the two sizes that are known. */
  readonly assumption?: AssumptionCheck;
  /** With `truth`, and for corners: whether the measured large matrix is one that this small one tells of. */
  readonly agreement?: AssumptionCheck;
  /** With `truth`. */
  readonly distances?: Distances & {
    /** The Kolmogorov–Smirnov distance of the small spectrum itself, without extrapolation. */
    readonly ksWithout: number;
  };
  readonly warnings: readonly string[];
}

const mostQuantiles = 10_000;

/**
 * Measured eigenvalues of an n×n matrix to the spectrum of the N×N matrix it is a corner of: {@link fit}, free decompression of the bulk by
 * (N − k)/(n − k), k outliers moved on their own, then support, atoms and quantiles.
 *
 * An outlier theta of weight 1/n over a bulk of transform m moves along the characteristic theta + (tau − 1)·(−1/m(theta)), tau = N/n: in z = −1/m + R(−m)
 * a spike adds (1/n)·t/(1 + t m), which detaches at m(theta) = −1/t, and the flow carries (t, 1/n) to (tau t, 1/N). To leading
 * order in 1/n; the fluctuation of theta itself is of relative order 1/√n.
 *
 * Where the decompressed curve is proved a spectrum, support and atoms are exact. Otherwise — past the horizon, or undecided — the answer is an
 * `estimate`: the branch continued in tau from 1 above each point of the real axis, its mass reported, quantiles from its positive
 * part normalised to one; `warnings` and `physical` say so. Estimate, as everything that starts from measured numbers.
 *
 * @throws DomainError for sizes that make no sense.
 */
export function extrapolate(
  eigenvalues: ArrayLike<number>,
  options: ExtrapolateOptions,
  budget: Budget = unlimited,
): Extrapolation {
  return inLine(extrapolateSteps(eigenvalues, options, budget), budget);
}

/** {@link extrapolate}, with the curves of each kind and the draws of the bands as pieces. */
export function* extrapolateSteps(
  eigenvalues: ArrayLike<number>,
  options: ExtrapolateOptions,
  budget: Budget,
): Steps<Extrapolation> {
  const { to } = options;
  if (!Number.isSafeInteger(to) || to < 1)
    throw new DomainError(`the target size must be a positive whole number; got ${to}`);
  const { truth } = options;
  if (truth !== undefined && truth.length > to)
    throw new DomainError(`the measured spectrum has ${truth.length} eigenvalues, more than the target size ${to}`);
  const first = yield* fitSteps(eigenvalues, options, budget);
  const { copies } = first.numeric;
  const from = first.preparation.size / copies;
  const k = averagedOutliers(first).length;
  if (to <= k) throw new DomainError(`the target size ${to} leaves no bulk beside ${k} outliers`);
  const tau = rational(to - k, from - k);
  const { fitted, reach, projection } = reachable(first, tau, options, budget);
  const warnings = [...fitted.warnings];
  if (projection !== undefined) warnings.push(projectionText(projection));
  const beta = options.symmetry === "complex" ? 2 : 1;
  const measured = { samples: [eigenvalues, ...(options.samples ?? [])], size: from };
  const assumption = options.second && checkAssumption(measured, options.second, { beta }, budget);
  const gram = options.deform;
  const bySize = gram === undefined && divided(options, assumption, warnings);
  const shrink = bySize ? from / to : 1;
  const agreement =
    truth === undefined || gram !== undefined || to === from
      ? undefined
      : checkAssumption(measured, { eigenvalues: truth, size: to }, { beta }, budget);
  if (gram === undefined) warnPast(reach, tau, { from, outliers: k }, warnings);
  const law = flowedLaw(fitted.law, tau, bySize ? rational(from, to) : undefined, gram, budget);
  const tauNumber = (to - k) / (from - k);
  const kind = gram === undefined ? "corner" : "gram";
  const describe = (): Described => {
    const spectrum = largeBulk(fitted, { law, tau: tauNumber, shrink, kind }, warnings, budget);
    const outliers = moveOutliers(fitted, to / from, shrink, spectrum, warnings);
    const whole = combine(spectrum, outliers, to, fitted);
    const count = Math.min(to, mostQuantiles);
    const quantiles = Float64Array.from({ length: count }, (_, i) => whole.quantile((i + 0.5) / count));
    if (to > mostQuantiles) warnings.push(`${count} quantiles stand for the ${to} eigenvalues`);
    return { spectrum, outliers, whole, quantiles };
  };
  const wanted = options.bands !== false && kind === "corner";
  let described: Described | undefined;
  const draws: readonly DrawnLaw[] = wanted
    ? yield* drawLaws(fitted, { tau: tauNumber, shrink, below: options.below ?? [] }, () => {
        described = describe();
      })
    : [];
  const { spectrum, outliers, whole, quantiles } = described ?? describe();
  const enough = draws.length >= fewestDraws;
  if (wanted && !enough)
    warnings.push("no bands: other data of the same noise would mostly give no spectrum at this size");
  return {
    size: { from, to },
    fit: fitted,
    law,
    degrees: fitted.degrees,
    residual: fitted.residual,
    physical: { fitted: fitted.physical, extrapolated: spectrum.physical },
    horizon: reach,
    guarantee: spectrum.guarantee,
    ...(spectrum.support === undefined ? {} : { support: spectrum.support }),
    bulks: spectrum.bulks,
    atoms: spectrum.atoms,
    mass: spectrum.mass,
    quantiles,
    outliers,
    cumulative: whole.cumulative,
    ...(projection === undefined ? {} : { projection }),
    ...(enough ? { bands: bandsOf(spectrum, draws) } : {}),
    answers: enough ? bandedAnswers(spectrum, draws, options.below) : answersOf(spectrum, options.below),
    normalisation: bySize ? "by-size" : "fixed",
    ...(assumption === undefined ? {} : { assumption }),
    ...(agreement === undefined ? {} : { agreement }),
    ...(truth === undefined ? {} : { distances: compare(whole, truth, eigenvalues, from, to) }),
    warnings,
  };
}

/** The large matrix without its bands. */
interface Described {
  readonly spectrum: LargeBulk;
  readonly outliers: readonly Outlier[];
  readonly whole: ReturnType<typeof combine>;
  readonly quantiles: Float64Array;
}

const fewestDraws = 10;
/** What deciding the horizon of a curve may take before the nearest law is used instead: three times what it took of any of thirty measured spectra. A clock would make the answer one of the machine and its load. */
const horizonWork: BudgetOptions = { limit: 100_000 };

/** A law made for the size that is asked for takes the place of another only when its score is better by this much: odds of 20 to 1. */
const strongEvidence = 6;

/** The fit that is decompressed: the chosen one, or, where that does not reach so far or a law made for that size has more evidence, the nearest law that does. */
function reachable(
  first: Fit,
  tau: Rational,
  { degM, constraints = {}, deform: gram }: ExtrapolateOptions,
  budget: Budget,
): { fitted: Fit; reach: Outcome<Horizon>; projection?: Projection } {
  const forced = degM !== undefined;
  const reach = boundedHorizon(first, forced, budget);
  const far = reach.kind === "ok" && (reach.value.tau === "infinity" || compareWithRational(reach.value.tau, tau) >= 0);
  const enough = isDivisible(first.family) && first.diagnosis.verdict === "good";
  if (enough || QQ.compare(tau, QQ.one) <= 0) return { fitted: first, reach };
  const conditioned = Object.values(constraints).some((values) => values.length > 0);
  const corner = forced || conditioned || gram !== undefined ? undefined : projectToCorner(first, tau, budget);
  const other = far ? first : (projectToDivisible(first) ?? corner);
  const nearest =
    other !== undefined && corner !== undefined && excessScore(other, corner) > strongEvidence ? corner : other;
  if (nearest === undefined || nearest === first) return { fitted: first, reach };
  const why = (): string =>
    reach.kind === "ok" ? `it can be decompressed only up to tau = ${horizonText(reach.value)}` : reach.reason;
  const projection: Projection = {
    reason: far ? "a law made for the size that is asked for has more evidence" : why(),
    law: nearest.law,
    name: nearest.name,
    residual: { curve: first.residual, law: nearest.residual },
    used: !forced,
  };
  return forced
    ? { fitted: first, reach, projection }
    : { fitted: nearest, reach: horizonOfFit(nearest, budget), projection };
}

function horizonText({ tau }: Horizon): string {
  return tau === "infinity" ? "infinity" : algebraicToDecimal(tau, 6);
}

/** Without a time limit where the user wants this curve and no other. */
function boundedHorizon(fit: Fit, forced: boolean, budget: Budget): Outcome<Horizon> {
  if (forced) return horizonOfFit(fit, budget);
  const found = bounded(horizonWork, budget, (own) => horizonOfFit(fit, own));
  if (found.kind === "ok") return found.value;
  return unable(`how far it can be decompressed was not decided: ${found.reason}`);
}

function projectionText({ reason, name, residual, used }: Projection): string {
  const price = `residual ${residual.law.toPrecision(3)} instead of ${residual.curve.toPrecision(3)}`;
  return used
    ? `the nearest curve is not decompressed: ${reason}; in its place stands the nearest law that can be, ${name}, at a price: ${price}`
    : `the nearest law that can be decompressed by any factor is ${name} (${price}); leave out the degrees to use it`;
}

function flowedLaw(
  law: Law,
  tau: Rational,
  shrink: Rational | undefined,
  ratio: Rational | undefined,
  budget: Budget,
): Law {
  if (ratio !== undefined) return deform(law, ratio, tau, budget);
  const flowed = decompress(law, tau, budget);
  return shrink === undefined ? flowed : scale(flowed, shrink, budget);
}

/** Says so when the target lies past the horizon of the fitted law. */
function warnPast(
  reach: Outcome<Horizon>,
  tau: Rational,
  size: { readonly from: number; readonly outliers: number },
  warnings: string[],
): void {
  if (reach.kind !== "ok" || reach.value.tau === "infinity") return;
  const { tau: end } = reach.value;
  if (compareWithRational(end, tau) >= 0) return;
  const largest = Math.floor(algebraicToNumber(end) * (size.from - size.outliers)) + size.outliers;
  warnings.push(
    `the target lies past the horizon of the fitted law: it can be decompressed up to tau = ${algebraicToDecimal(end, 6)} (size ${largest}), and ${QQ.toText(tau)} is asked for`,
  );
}

function divided(options: ExtrapolateOptions, assumption: AssumptionCheck | undefined, warnings: string[]): boolean {
  const wanted = options.normalisation ?? "auto";
  if (assumption === undefined) {
    if (wanted === "auto") {
      warnings.push(
        "assumed: the entries of the matrix do not depend on its size (not, for instance, a Gram matrix divided by its growing size)",
      );
    }
    return wanted === "by-size";
  }
  if (assumption.verdict === "by-size") {
    warnings.push(
      wanted === "fixed"
        ? "the two sizes show a matrix divided by its own size, which the flow does not describe; normalisation by-size undoes it"
        : "the two sizes show a matrix divided by its own size: that division was undone before the flow and applied again after it",
    );
  }
  const { holds, reason } = wanted === "fixed" ? assumption : (assumption.undone ?? assumption);
  if (holds !== true) {
    warnings.push(
      `${holds === false ? "the two sizes deny the flow" : "the two sizes leave it open whether the flow holds"}: ${reason}`,
    );
  }
  return wanted === "by-size" || (wanted === "auto" && assumption.verdict === "by-size");
}

function compare(
  predicted: ReturnType<typeof combine>,
  truth: ArrayLike<number>,
  small: ArrayLike<number>,
  from: number,
  to: number,
): NonNullable<Extrapolation["distances"]> {
  const measured = wholeSpectrum(truth, to);
  return {
    ...distances(predicted, measured),
    ksWithout: kolmogorovSmirnov(empiricalDistribution(wholeSpectrum(small, from)), measured),
  };
}

/** All eigenvalues, ascending, with numerical zeros and missing ones as exact 0. */
function wholeSpectrum(eigenvalues: ArrayLike<number>, size: number): Float64Array {
  return prepareSpectrum(eigenvalues, {
    size: Math.max(size, eigenvalues.length),
    outliers: { largest: 0, smallest: 0 },
  }).bulk;
}
