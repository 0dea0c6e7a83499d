import { type Budget, DomainError, unlimited } from "../core/index.js";
import { cumulantFluctuation, freeCumulants } from "./free-cumulants.js";
import { compareSpectra, type SpectraOfSize, type SpectrumComparison } from "./spectrum-comparison.js";
import { judgeSpectrum, type SamplingDesign, type Verdict } from "./spectrum-verdict.js";

/** One or several independent spectra of a size; `size` when zeros were left out. */
export type SizedSpectra =
  | { readonly eigenvalues: ArrayLike<number>; readonly size?: number }
  | { readonly samples: readonly ArrayLike<number>[]; readonly size?: number };

export interface AssumptionOptions {
  /**
   * How the two came about: `nested`: the small matrix is part of the large one; `independent`: both are parts of a much larger one;
   * `unknown` (default): a conclusion must hold for both.
   */
  readonly design?: SamplingDesign;
  /** 1 for real symmetric matrices (default), 2 for complex Hermitian ones. */
  readonly beta?: 1 | 2;
  /** A cumulant that is off by less than this share is near enough, however small its error; 0.1 by default. */
  readonly tolerance?: number;
  /** Distribution functions that differ by less than this are near enough, however small the error; 0.02 by default. */
  readonly distance?: number;
}

/** One free cumulant at the small size: as found, and as the large size predicts it. Both are freed from their bias of order 1/n. */
export interface CumulantComparison {
  readonly order: number;
  readonly found: number;
  /** kappa_k(large)/tau^(k−1). */
  readonly predicted: number;
  /** (found − predicted) / max(|predicted|, predicted kappa_2^(k/2)). */
  readonly relative: number;
  /** Standard error of `found − predicted`, for a small matrix that is part of the large one. */
  readonly error: number;
  /** The same when both are parts of a much larger matrix: never less than `error`. */
  readonly errorIndependent: number;
}

/** What two sizes of one matrix say about the flow: kappa_k grows by tau^(k−1). */
export interface AssumptionCheck {
  readonly size: { readonly small: number; readonly large: number };
  /** Whether the flow holds; "undecided" when the errors are too large, or the answer hangs on the design. */
  readonly holds: boolean | "undecided";
  /** Why, in one sentence. */
  readonly reason: string;
  /** Orders 1 to 4. */
  readonly cumulants: readonly CumulantComparison[];
  /** The whole spectrum, small eigenvalues too; missing where there are too few eigenvalues, or the verdict is `by-size`. */
  readonly spectrum?: SpectrumComparison;
  /** Entry [k − 1]: kappa_k(large)/kappa_k(small)/tau^(k−1), 1 when the flow holds. NaN where a cumulant is too small to compare. */
  readonly ratios: readonly number[];
  /** The largest |ratio − 1| over k = 1, …, 4. */
  readonly deviation: number;
  /**
   * `flow`: the ratios are near 1; `by-size`: they fall like tau^-k, as for a matrix divided by its own size (1/n times a Gram matrix), which the flow does
   * not describe until that division is undone; `neither`.
   */
  readonly verdict: "flow" | "by-size" | "neither";
  /** Where the verdict is `by-size`: the check of the two matrices multiplied by their sizes. */
  readonly undone?: AssumptionCheck;
}

const orders = 4;
/** A difference of so many standard errors is no chance: about one false alarm in 4000 for four orders. */
const significance = 4;
const defaultTolerance = 0.1;
/** Differences up to this share may be rounding. */
const negligible = 1e-6;

/**
 * Compares two sizes of one matrix, with the sampling error that a corner in general position has; a matrix whose eigenvectors are not in general position scatters more.
 *
 * The free cumulants ({@link cumulantFluctuation}) see the large eigenvalues: the flow is denied when one of the first four is off by more than `significance` standard
 * errors and by more than `tolerance`. The whole spectrum is compared with the free compression of the large one (`compareSpectra`): the
 * flow is denied when the distribution functions differ by more than `distance` and by more than 999 of 1000 corners in general position do. The verdict on normalisation
 * estimates the exponent e in ratio_k ~ tau^(−e·k) over k = 1, …, 4: below 0.15 the flow, between 0.85 and 1.15 a matrix divided by its size.
 * Estimates: sampling errors to leading order in 1/n.
 *
 * @throws DomainError when the sizes are equal or a spectrum has more eigenvalues than its size.
 */
export function checkAssumption(
  first: SizedSpectra,
  second: SizedSpectra,
  options: AssumptionOptions = {},
  budget: Budget = unlimited,
): AssumptionCheck {
  const [smaller, larger] = [spectraOfSize(first), spectraOfSize(second)].sort((a, b) => a.size - b.size) as [
    SpectraOfSize,
    SpectraOfSize,
  ];
  const [small, large] = [estimateCumulants(smaller), estimateCumulants(larger)];
  const tau = large.size / small.size;
  if (tau === 1) throw new DomainError(`two sizes are needed to test the flow; both spectra have size ${small.size}`);
  const beta = options.beta ?? 1;
  const cumulants = compare(small, large, beta);
  const ratios = ratiosOf(small, large);
  const verdict = normalisation(ratios, tau);
  const found = {
    size: { small: small.size, large: large.size },
    cumulants,
    ratios,
    deviation: ratios.reduce((most, ratio) => (Number.isNaN(ratio) ? most : Math.max(most, Math.abs(ratio - 1))), 0),
    verdict,
  };
  if (verdict === "by-size") {
    const undone = checkAssumption(timesSize(smaller), timesSize(larger), options, budget);
    return { ...found, ...dividedBySize, undone };
  }
  const spectrum = compareSpectra(smaller, larger, options, budget);
  const ofCumulants = decide(cumulants, tau, options);
  return {
    ...found,
    ...(spectrum === undefined ? ofCumulants : bothVerdicts(ofCumulants, judgeSpectrum(spectrum, found.size, options))),
    ...(spectrum === undefined ? {} : { spectrum }),
  };
}

const dividedBySize = {
  holds: false,
  reason:
    "the cumulants fall as those of a matrix that is divided by its own size, which the flow does not describe; multiply each matrix by its size",
} as const;

function timesSize({ samples, size }: SpectraOfSize): SpectraOfSize {
  return { samples: samples.map((sample) => Float64Array.from(sample, (value) => value * size)), size };
}

/** The flow holds when both say so; what denies it comes first. */
export function bothVerdicts(ofCumulants: Verdict, ofSpectrum: Verdict): Verdict {
  if (ofCumulants.holds === true && ofSpectrum.holds === false) {
    return {
      holds: false,
      reason: `${ofSpectrum.reason}. What the large eigenvalues rule still holds: ${ofCumulants.reason}`,
    };
  }
  const first = [false, "undecided" as const].flatMap((holds) =>
    [ofCumulants, ofSpectrum].filter((one) => one.holds === holds),
  )[0];
  return first ?? { holds: true, reason: `${ofCumulants.reason}; ${ofSpectrum.reason}` };
}

/** The same comparison for submatrices of a known matrix, with the error that their own scatter shows. */
export function compareWithWhole(
  samples: readonly Float64Array[],
  whole: Float64Array,
  beta: 1 | 2,
): { readonly cumulants: readonly CumulantComparison[]; readonly scatter: readonly number[] } {
  const [small, large] = [
    estimateCumulants(spectraOfSize({ samples })),
    estimateCumulants(spectraOfSize({ eigenvalues: whole })),
  ];
  const each = samples.map((sample) => freeCumulants(sample, orders));
  const deviations = Array.from({ length: orders }, (_, k) => {
    const mean = each.reduce((sum, kappas) => sum + kappas[k]!, 0) / each.length;
    return Math.sqrt(each.reduce((sum, kappas) => sum + (kappas[k]! - mean) ** 2, 0) / (each.length - 1));
  });
  const independent = Math.min(samples.length, (large.size / small.size) ** 2);
  const compared = compare(small, large, beta);
  return {
    cumulants: compared.map((c, k) => {
      // A dozen draws may scatter less than corners in general position by chance alone.
      const error = Math.max(deviations[k]!, c.error * Math.sqrt(samples.length)) / Math.sqrt(independent);
      return { ...c, error, errorIndependent: error };
    }),
    scatter: compared.map((c, k) => deviations[k]! / (c.error * Math.sqrt(samples.length))),
  };
}

interface Estimate {
  readonly size: number;
  readonly samples: number;
  /** Twice as many as are compared: the error of kappa_k takes kappa_2k. */
  readonly kappas: readonly number[];
}

function spectraOfSize(spectra: SizedSpectra): SpectraOfSize {
  const samples = "samples" in spectra ? spectra.samples : [spectra.eigenvalues];
  if (samples.length === 0) throw new DomainError("at least one spectrum of each size is needed");
  const size = spectra.size ?? samples[0]!.length;
  const longer = samples.find((sample) => sample.length > size);
  if (longer !== undefined)
    throw new DomainError(`a spectrum has ${longer.length} eigenvalues, more than the size ${size}`);
  return { samples, size };
}

function estimateCumulants({ samples, size }: SpectraOfSize): Estimate {
  const each = samples.map((sample) => freeCumulants(sample, 2 * orders, size));
  return {
    size,
    samples: each.length,
    kappas: each[0]!.map((_, k) => each.reduce((sum, kappas) => sum + kappas[k]!, 0) / each.length),
  };
}

function compare(small: Estimate, large: Estimate, beta: 1 | 2): CumulantComparison[] {
  const alpha = small.size / large.size;
  const carried = large.kappas.map((kappa, k) => kappa * alpha ** k);
  const own = cumulantFluctuation(carried, orders, small.size, 0, beta);
  const within = cumulantFluctuation(carried, orders, small.size, alpha, beta);
  return Array.from({ length: orders }, (_, k) => {
    const found = small.kappas[k]! - own.bias[k]!;
    // The bias of the large matrix, carried to the small size, is what the two of them do not share.
    const predicted = carried[k]! - (own.bias[k]! - within.bias[k]!);
    const [all, nested] = [own.covariance[k]![k]!, within.covariance[k]![k]!];
    const variance = Math.max(0, nested) / small.samples;
    return {
      order: k + 1,
      found,
      predicted,
      relative: (found - predicted) / scaleOf(carried, k),
      error: Math.sqrt(variance),
      errorIndependent: Math.sqrt(Math.max(variance, all / small.samples + (all - nested) / large.samples)),
    };
  });
}

/** A cumulant far below the spread of its order is measured against that. */
function scaleOf(kappas: readonly number[], k: number): number {
  return Math.max(Math.abs(kappas[k]!), Math.abs(kappas[1]!) ** ((k + 1) / 2));
}

/** The verdict of differences and their errors, with its reason. */
export function decide(cumulants: readonly CumulantComparison[], tau: number, options: AssumptionOptions): Verdict {
  const { design = "unknown", tolerance = defaultTolerance } = options;
  const off = (error: keyof CumulantComparison) =>
    cumulants.filter(
      (c) => Math.abs(c.found - c.predicted) > significance * c[error] && Math.abs(c.relative) > negligible,
    );
  const [lenient, strict] = [
    off(design === "nested" ? "error" : "errorIndependent"),
    off(design === "independent" ? "errorIndependent" : "error"),
  ];
  const far = (list: readonly CumulantComparison[]): CumulantComparison | undefined =>
    list.filter((c) => Math.abs(c.relative) > tolerance).sort((a, b) => Math.abs(b.relative) - Math.abs(a.relative))[0];
  const worst = far(lenient);
  if (worst !== undefined) {
    return {
      holds: false,
      reason: `free cumulant ${worst.order} is off by ${percent(worst.relative)}, ${deviations(worst, design === "nested" ? "error" : "errorIndependent")} standard errors: the corner is not free from what cuts it, and its spectrum cannot be extrapolated this way`,
    };
  }
  const open = far(strict);
  if (open !== undefined) {
    return {
      holds: "undecided",
      reason: `free cumulant ${open.order} is off by ${percent(open.relative)}: too much for a small matrix that is part of the large one, not too much for two independent parts of a larger one; say which`,
    };
  }
  const second = cumulants[1]!;
  if ((tau - 1) * second.predicted < 2 * significance * second.errorIndependent) {
    return {
      holds: "undecided",
      reason:
        "the sampling error is too large to tell the flow from a spectrum that does not change with the size; larger matrices would decide",
    };
  }
  const small = strict.reduce((most, c) => Math.max(most, Math.abs(c.relative)), 0);
  return {
    holds: true,
    reason:
      small === 0
        ? "every free cumulant is as the flow predicts, within its sampling error"
        : `every free cumulant is within ${percent(tolerance)} of what the flow predicts, though by up to ${percent(small)} off, more than the sampling of a corner in general position explains; an extrapolation inherits errors of that size`,
  };
}

function percent(share: number): string {
  return Math.abs(share) > 10
    ? `${Math.abs(share).toPrecision(2)} times its predicted size`
    : `${Number((100 * Math.abs(share)).toPrecision(2))} %`;
}

function deviations(c: CumulantComparison, error: "error" | "errorIndependent"): string {
  return String(Math.round(Math.abs(c.found - c.predicted) / c[error]));
}

function ratiosOf(small: Estimate, large: Estimate): number[] {
  const tau = large.size / small.size;
  const spread = Math.sqrt(Math.abs(small.kappas[1]!));
  return small.kappas.slice(0, orders).map((kappa, j) =>
    // A cumulant below the sampling noise of its order says nothing.
    Math.abs(kappa) > 3 * (spread / Math.sqrt(small.size)) * spread ** j
      ? large.kappas[j]! / kappa / tau ** j
      : Number.NaN,
  );
}

function normalisation(ratios: readonly number[], tau: number): AssumptionCheck["verdict"] {
  const known = ratios.flatMap((ratio, j) => (ratio > 0 ? [-Math.log(ratio) / ((j + 1) * Math.log(tau))] : []));
  const exponent = known.reduce((sum, e) => sum + e, 0) / known.length;
  return Math.abs(exponent) < 0.15 ? "flow" : Math.abs(exponent - 1) < 0.15 ? "by-size" : "neither";
}
