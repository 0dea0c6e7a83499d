import { type Budget, DomainError, unlimited } from "../core/index.js";
import { gram, symmetricEigenvalues } from "../matrices/index.js";
import { kolmogorovSmirnov } from "../measured/index.js";
import { fitHighTemperature } from "./high-temperature-fit.js";
import { type BulkFit, fitMarchenkoPastur, type NumericLaw, type SpikeLevel } from "./marchenko-pastur-bulk.js";
import { type PowerLawTail, powerLawTail } from "./power-law-tail.js";

export interface WeightOptions {
  /** Chance that pure noise shows a spike; 0.01 by default. */
  readonly level?: SpikeLevel;
  /** Bootstrap samples of the tail. */
  readonly resamples?: number;
  readonly seed?: number;
  /** Other laws to be put beside the Marchenko–Pastur bulk. */
  readonly rivals?: readonly Rival[];
}

/** A law and how to fit it to ascending eigenvalues of the ratio p/n. */
export interface Rival {
  readonly name: string;
  fit(
    eigenvalues: Float64Array,
    ratio: number,
    budget: Budget,
  ): {
    readonly law: NumericLaw;
    readonly parameters: Readonly<Record<string, number>>;
    /** A remark on the fit. */
    readonly note?: string;
  };
}

/** The Marchenko–Pastur law at high temperature, {@link fitHighTemperature}. */
export const highTemperatureRival: Rival = {
  name: "high-temperature Marchenko-Pastur",
  fit(eigenvalues, ratio, budget) {
    const { law, kappa, atLimit, variance } = fitHighTemperature(eigenvalues, ratio, budget);
    const note = "kappa at the upper end of what is tried, which the largest eigenvalue sets: the best may be larger";
    return { law, parameters: { ratio, variance, kappa }, ...(atLimit ? { note } : {}) };
  },
};

/** How near a law comes to the eigenvalues. */
export interface LawComparison {
  readonly name: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly note?: string;
  /** Kolmogorov–Smirnov distance to all eigenvalues, spikes included. */
  readonly ks: number;
  /** Mean log density over the eigenvalues inside the Marchenko–Pastur edges, the same ones for every law. */
  readonly meanLogDensity: number;
}

/** The shape of the spectrum of one weight matrix. */
export interface WeightShape {
  /** Shorter and longer side, and their ratio. */
  readonly p: number;
  readonly n: number;
  readonly ratio: number;
  readonly bulk: BulkFit;
  /** The tail of all eigenvalues; why there is none. */
  readonly tail: PowerLawTail | { readonly none: string };
  readonly laws: readonly LawComparison[];
  readonly verdict: "random-like" | "spikes" | "heavy-tailed" | "undecided";
  /** By what the verdict was reached, in one sentence. */
  readonly reason: string;
}

/** Eigenvalues of W Wᵀ/n, ascending; p is the shorter side of W, n the longer one. */
export interface WeightSpectrum {
  readonly eigenvalues: Float64Array;
  readonly p: number;
  readonly n: number;
}

/**
 * The squared singular values over n of a weight matrix, row by row, from its smaller Gram matrix. Estimates: absolute errors of 2^-52 times the largest.
 *
 * @throws DomainError for a side below 2.
 */
export function weightSpectrum(
  rows: number,
  columns: number,
  entries: Float64Array,
  budget: Budget = unlimited,
): WeightSpectrum {
  if (rows < 2 || columns < 2 || entries.length !== rows * columns) {
    throw new DomainError(`a weight matrix has at least two rows and two columns; got ${rows} x ${columns}`);
  }
  const [p, n] = [Math.min(rows, columns), Math.max(rows, columns)];
  const wide =
    rows <= columns
      ? entries
      : Float64Array.from(entries, (_, k) => entries[(k % rows) * columns + Math.floor(k / rows)]!);
  const product = gram({ rows: p, columns: n, entries: wide }, budget).entries;
  const eigenvalues = symmetricEigenvalues(product, p, budget).map((value) => Math.max(0, value) / n);
  return { eigenvalues, p, n };
}

/** A bulk that lies nearer to the Marchenko–Pastur law than this, plus 1/p, is one. */
const bulkDistance = 0.05;
/** More spikes than this share of the eigenvalues are no spikes. */
const mostSpikes = 0.1;
/** A power law needs this share of the eigenvalues, this plausibility and an exponent up to this. */
const heavy = { share: 0.1, plausibility: 0.1, alpha: 6 } as const;

/**
 * Random-like, spikes or heavy-tailed: a Marchenko–Pastur bulk (distance up to 0.05 + 1/p) without spikes; such a bulk with at most a tenth of the
 * eigenvalues above its edge; neither, but a power law (of a tenth of the eigenvalues, plausibility at least 0.1, density exponent at most 6);
 * "undecided" where none of these holds.
 *
 * Source of the classes: C. H. Martin and M. W. Mahoney, J. Mach. Learn. Res. 22 (2021) 165, section 4; the criteria are this function's own.
 * Estimate.
 *
 * @throws DomainError for fewer than 20 eigenvalues or a negative one.
 */
export function weightShape(
  spectrum: WeightSpectrum,
  options: WeightOptions = {},
  budget: Budget = unlimited,
): WeightShape {
  const { eigenvalues, p, n } = spectrum;
  if (eigenvalues.length < 20) {
    throw new DomainError(`${eigenvalues.length} eigenvalues have no shape; at least 20 are needed`);
  }
  if (eigenvalues[0]! < 0) {
    throw new DomainError(`an eigenvalue is ${eigenvalues[0]}; squared singular values are at least 0`);
  }
  const ratio = p / n;
  const bulk = fitMarchenkoPastur(eigenvalues, ratio, options.level);
  const tail = tailOf(eigenvalues, options, budget);
  const core = eigenvalues.filter((value) => bulk.law.logDensity(value) > Number.NEGATIVE_INFINITY);
  const compare = (name: string, law: NumericLaw, parameters: LawComparison["parameters"]): LawComparison => ({
    name,
    parameters,
    ks: kolmogorovSmirnov((x) => law.cumulative(x), eigenvalues),
    meanLogDensity: core.reduce((sum, value) => sum + law.logDensity(value), 0) / core.length,
  });
  const laws = [
    compare("Marchenko-Pastur", bulk.law, { ratio, variance: bulk.law.variance }),
    ...(options.rivals ?? []).map((rival) => {
      const { law, parameters, note } = rival.fit(eigenvalues, ratio, budget);
      return { ...compare(rival.name, law, parameters), ...(note === undefined ? {} : { note }) };
    }),
  ];
  return { p, n, ratio, bulk, tail, laws, ...judge(bulk, tail, eigenvalues.length) };
}

function tailOf(eigenvalues: Float64Array, options: WeightOptions, budget: Budget): WeightShape["tail"] {
  try {
    return powerLawTail(eigenvalues, options, budget);
  } catch (error) {
    if (error instanceof DomainError) return { none: error.message };
    throw error;
  }
}

function judge(bulk: BulkFit, tail: WeightShape["tail"], count: number): Pick<WeightShape, "verdict" | "reason"> {
  const distance = `the bulk is ${bulk.ks.toPrecision(2)} from the Marchenko-Pastur law (Kolmogorov-Smirnov)`;
  const spikes = bulk.spikes.length;
  if (bulk.ks <= bulkDistance + 1 / count) {
    if (spikes === 0) return { verdict: "random-like", reason: `${distance} and no eigenvalue lies above its edge` };
    if (spikes <= mostSpikes * count) {
      return {
        verdict: "spikes",
        reason: `${distance}, and ${spikes} eigenvalue${spikes === 1 ? " lies" : "s lie"} above its edge`,
      };
    }
  }
  if ("none" in tail) return { verdict: "undecided", reason: `${distance}, and there is no tail: ${tail.none}` };
  const above = `${spikes} of ${count} eigenvalues lie above its edge`;
  const law = `a power law of exponent ${tail.alpha.toPrecision(3)} holds the upper ${tail.count} eigenvalues with plausibility ${tail.plausibility}`;
  const isHeavy =
    tail.alpha <= heavy.alpha && tail.plausibility >= heavy.plausibility && tail.count >= heavy.share * count;
  return { verdict: isHeavy ? "heavy-tailed" : "undecided", reason: `${distance}, ${above}, and ${law}` };
}
