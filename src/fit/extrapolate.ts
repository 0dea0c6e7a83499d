import { DomainError, LimitError, type Outcome, ok } from "../core/index.js";
import { distribution } from "../density/index.js";
import type { Horizon } from "../evolution/index.js";
import { decompress, scale } from "../flow/index.js";
import { type Atom, decideSpectrum, type Law, type Support, support } from "../law/index.js";
import { QQ, type Rational, rational } from "../rings/index.js";
import { algebraicToDecimal, algebraicToNumber, compareWithRational } from "../roots/index.js";
import { type AssumptionCheck, checkAssumption } from "./assumption.js";
import { type Distances, distances, empiricalDistribution, kolmogorovSmirnov } from "./distances.js";
import { type Fit, type FitOptions, fit as fitLaw, scaledBulk, spectrumOf } from "./fit.js";
import { horizonOfFit } from "./horizon-of-fit.js";
import { prepareSpectrum } from "./preparation.js";

export interface ExtrapolateOptions extends FitOptions {
  /** The size N of the large matrix. */
  readonly to: number;
  /** Measured eigenvalues of the large matrix (all N of them, or the others are zeros): adds the distances. */
  readonly truth?: ArrayLike<number>;
  /** Eigenvalues of the same matrix at a second size: tests the assumption and, under `auto`, finds the normalisation. */
  readonly second?: { readonly eigenvalues: ArrayLike<number>; readonly size?: number };
  /**
   * `fixed`: entries do not depend on the size, which is the flow. `by-size`: the matrix is divided by its own size, so that results are divided
   * by tau once more. `auto` (default): `by-size` when `second` shows it, else `fixed`, which is then an assumption.
   */
  readonly normalisation?: "auto" | "fixed" | "by-size";
}

/** Part of the spectrum as doubles: of a certified support, or of an estimate. */
export interface Bulk {
  readonly left: number;
  readonly right: number;
  readonly mass: number;
}

export interface Outlier {
  readonly from: number;
  readonly to: number;
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
  readonly assumption?: AssumptionCheck;
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
 * part normalised to one; `warnings` and `physical` say so.
 *
 * @throws DomainError for sizes that make no sense.
 */
export function extrapolate(eigenvalues: ArrayLike<number>, options: ExtrapolateOptions): Extrapolation {
  const { to } = options;
  const fitted = fitLaw(eigenvalues, options);
  const { preparation } = fitted;
  const from = preparation.size;
  const k = preparation.outliers.length;
  if (!Number.isSafeInteger(to) || to < 1)
    throw new DomainError(`the target size must be a positive whole number; got ${to}`);
  if (to <= k) throw new DomainError(`the target size ${to} leaves no bulk beside ${k} outliers`);
  const warnings = [...fitted.warnings];
  const assumption = options.second && checkAssumption({ eigenvalues, size: from }, options.second);
  const bySize = divided(options, assumption, warnings);
  const shrink = bySize ? from / to : 1;
  const tau = rational(to - k, from - k);
  const flowed = decompress(fitted.law, tau);
  const law = bySize ? scale(flowed, rational(from, to)) : flowed;
  const reach = horizonOfFit(fitted);
  warnPast(reach, tau, { from, outliers: k }, warnings);
  const spectrum = largeBulk(fitted, law, (to - k) / (from - k), shrink, warnings);
  const outliers = moveOutliers(fitted, to / from, shrink, spectrum, warnings);
  const whole = combine(spectrum, outliers, to, fitted);
  const count = Math.min(to, mostQuantiles);
  const quantiles = Float64Array.from({ length: count }, (_, i) => whole.quantile((i + 0.5) / count));
  if (to > mostQuantiles) warnings.push(`${count} quantiles stand for the ${to} eigenvalues`);
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
    ...(assumption === undefined ? {} : { assumption }),
    ...(options.truth === undefined ? {} : { distances: compare(whole, options.truth, eigenvalues, from, to) }),
    warnings,
  };
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
  const percent = (100 * assumption.deviation).toPrecision(2);
  if (assumption.verdict === "by-size") {
    warnings.push(
      wanted === "fixed"
        ? "the two sizes show a matrix divided by its own size, which the flow does not describe; normalisation by-size undoes it"
        : "the two sizes show a matrix divided by its own size: that division was undone before the flow and applied again after it",
    );
  } else if (assumption.verdict === "neither" || assumption.deviation > 0.2) {
    warnings.push(
      `the two sizes do not follow the flow well: free cumulants over tau^(k-1) change by up to ${percent} % from size ${assumption.size.small} to ${assumption.size.large}`,
    );
  }
  return wanted === "by-size" || (wanted === "auto" && assumption.verdict === "by-size");
}

/** The bulk at the large size, whichever way it was found. */
interface LargeBulk {
  readonly guarantee: "certified" | "estimate";
  readonly physical: Outcome<true>;
  readonly support?: Support;
  readonly bulks: readonly Bulk[];
  readonly atoms: readonly { readonly at: number; readonly weight: number; readonly exact?: Atom }[];
  readonly mass: number;
  cumulative(x: number): number;
  quantile(p: number): number;
}

function largeBulk(fitted: Fit, law: Law, tau: number, shrink: number, warnings: string[]): LargeBulk {
  const proved = fitted.physical.kind === "ok" ? decideSpectrum(law) : fitted.physical;
  let reason = "";
  if (proved.kind === "ok") {
    try {
      return certified(law);
    } catch (error) {
      if (!(error instanceof LimitError || error instanceof DomainError)) throw error;
      reason = error.message;
    }
  } else reason = fitted.physical.kind === "ok" ? proved.reason : "the fitted curve itself is not proved a spectrum";
  return estimated(fitted, law, tau, shrink, reason, warnings);
}

function certified(law: Law): LargeBulk {
  const found = support(law);
  const whole = distribution(law);
  return {
    guarantee: "certified",
    physical: ok<true>(true),
    support: found,
    bulks: found.intervals.map(({ left, right, mass }) => ({
      left: algebraicToNumber(left),
      right: algebraicToNumber(right),
      mass,
    })),
    atoms: found.atoms.map((exact) => ({
      at: algebraicToNumber(exact.at),
      weight: algebraicToNumber(exact.weight),
      exact,
    })),
    mass: whole.mass,
    cumulative: (x) => whole.cumulative(x),
    quantile: (p) => whole.quantile(p),
  };
}

function estimated(fitted: Fit, law: Law, tau: number, shrink: number, reason: string, warnings: string[]): LargeBulk {
  const { samples, curve } = fitted.numeric;
  const found = spectrumOf(curve, scaledBulk(fitted.preparation, samples), samples, tau);
  const [shift, dilation] = [
    Number(samples.shift.num) / Number(samples.shift.den),
    Number(samples.dilation.num) / Number(samples.dilation.den),
  ];
  const toEigenvalue = (w: number): number => shrink * (shift + dilation * w);
  const physical: Outcome<true> =
    fitted.physical.kind === "ok" && curve.family !== "dense" ? ok<true>(true) : decideSpectrum(law);
  if (physical.kind === "ok") {
    warnings.push(
      `support and quantiles are estimates in double precision, since the exact answer was not reached: ${reason}`,
    );
  } else {
    const why =
      physical.kind === "undefined"
        ? `the decompressed curve is no spectrum (${physical.reason})`
        : `whether the decompressed curve is a spectrum could not be decided (${physical.reason})`;
    warnings.push(
      `${why}: what follows is an estimate from its branch continued in tau, of total mass ${found.mass.toPrecision(5)}, quantiles from the density normalised to 1`,
    );
  }
  if (found.negative > 1e-4) {
    warnings.push(`a part of mass ${found.negative.toPrecision(2)} is negative and left out of the quantiles`);
  }
  if (found.failures > 0)
    warnings.push(`the branch could not be followed at ${found.failures} points, which count as empty`);
  return {
    guarantee: "estimate",
    physical,
    bulks: found.intervals.map(({ left, right, mass }) => ({
      left: toEigenvalue(left),
      right: toEigenvalue(right),
      mass,
    })),
    atoms: found.atoms.map(({ at, weight }) => ({ at: toEigenvalue(at), weight })),
    mass: found.mass,
    cumulative: (x) => found.cumulative((x / shrink - shift) / dilation),
    quantile: (p) => toEigenvalue(found.quantile(p)),
  };
}

function moveOutliers(fitted: Fit, tau: number, shrink: number, spectrum: LargeBulk, warnings: string[]): Outlier[] {
  const { bulk, outliers } = fitted.preparation;
  const ends = [
    Math.min(...spectrum.bulks.map((part) => part.left), ...spectrum.atoms.map((atom) => atom.at)),
    Math.max(...spectrum.bulks.map((part) => part.right), ...spectrum.atoms.map((atom) => atom.at)),
  ] as const;
  return Array.from(outliers, (theta) => {
    const m = bulk.reduce((sum, value) => sum + 1 / (value - theta), 0) / bulk.length;
    const to = shrink * (theta - (tau - 1) / m);
    if (to > ends[0] && to < ends[1])
      warnings.push(`the outlier ${theta.toPrecision(6)} moves to ${to.toPrecision(6)}, inside the bulk`);
    return { from: theta, to };
  });
}

/** Bulk of weight (N − k)/N and k outliers of weight 1/N each. */
function combine(
  spectrum: LargeBulk,
  outliers: readonly Outlier[],
  size: number,
  fitted: Fit,
): { cumulative(x: number): number; quantile(p: number): number; zeroWeight: number } {
  const share = (size - outliers.length) / size;
  const places = outliers.map((outlier) => outlier.to).sort((a, b) => a - b);
  const middle = fitted.preparation.bulk[fitted.preparation.bulk.length >> 1]!;
  const below = outliers.filter((outlier) => outlier.from < middle).length;
  return {
    cumulative: (x) => share * spectrum.cumulative(x) + places.filter((place) => place <= x).length / size,
    quantile(p) {
      const rank = p * size;
      if (rank < below) return places[Math.floor(rank)]!;
      if (rank >= size - outliers.length + below)
        return places[Math.min(outliers.length - 1, Math.floor(rank) - (size - outliers.length))]!;
      return spectrum.quantile(Math.min(1 - 1e-12, Math.max(1e-12, (rank - below) / (size - outliers.length))));
    },
    zeroWeight: share * spectrum.atoms.reduce((sum, atom) => sum + (atom.at === 0 ? atom.weight : 0), 0),
  };
}

function compare(
  predicted: ReturnType<typeof combine>,
  truth: ArrayLike<number>,
  small: ArrayLike<number>,
  from: number,
  to: number,
): NonNullable<Extrapolation["distances"]> {
  if (truth.length > to) {
    throw new DomainError(`the measured spectrum has ${truth.length} eigenvalues, more than the target size ${to}`);
  }
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
