import {
  type Budget,
  BudgetError,
  type BudgetOptions,
  DomainError,
  LimitError,
  type Outcome,
  ok,
} from "../core/index.js";
import { distribution } from "../density/index.js";
import { type Atom, decideSpectrum, type Law, type Support, support } from "../law/index.js";
import { estimateSpectrum, intoScale, toDoubleCurve, windowFor } from "../regression/index.js";
import { rationalToNumber } from "../rings/index.js";
import { algebraicToNumber } from "../roots/index.js";
import { bounded } from "./bounded.js";
import { isLawAt } from "./divisible.js";
import { type Fit, scaledBulk, spectrumOf } from "./fit.js";

/** Part of the spectrum as doubles: of a certified support, or of an estimate. */
export interface Bulk {
  readonly left: number;
  readonly right: number;
  readonly mass: number;
}

/** The bulk at the large size, whichever way it was found. */
export interface LargeBulk {
  readonly guarantee: "certified" | "estimate";
  readonly physical: Outcome<true>;
  readonly support?: Support;
  readonly bulks: readonly Bulk[];
  readonly atoms: readonly { readonly at: number; readonly weight: number; readonly exact?: Atom }[];
  readonly mass: number;
  cumulative(x: number): number;
  quantile(p: number): number;
}

/** How the law of the large matrix came from the fitted one. */
export interface Flow {
  readonly law: Law;
  readonly tau: number;
  /** What eigenvalues are multiplied by after the flow. */
  readonly shrink: number;
  /** `gram`: rows are added to a Gram matrix of this kind, and the law itself is evaluated instead of the flow. */
  readonly kind: "corner" | "gram";
}

/** What support and distribution of the exact law may take before the estimate takes their place: eight times what they took of any of thirty measured spectra. A clock would make the guarantee one of the machine and its load. */
const certifiedWork: BudgetOptions = { limit: 100_000 };

/** Exact where the law is proved a spectrum, and found in reasonable time, else an estimate, with a warning that says why. */
export function largeBulk(fitted: Fit, flow: Flow, warnings: string[], budget: Budget): LargeBulk {
  const { law } = flow;
  const lawful = flow.kind === "corner" && isLawAt(fitted.numeric.curve, flow.tau);
  const proved = fitted.physical.kind !== "ok" ? fitted.physical : lawful ? ok<true>(true) : decideInTime(law, budget);
  let reason = "";
  if (proved.kind === "ok") {
    try {
      const found = bounded(certifiedWork, budget, (own) => certified(law, own));
      if (found.kind === "ok") return found.value;
      reason = found.reason;
    } catch (error) {
      if (error instanceof BudgetError || !(error instanceof LimitError || error instanceof DomainError)) throw error;
      reason = error.message;
    }
  } else reason = fitted.physical.kind === "ok" ? proved.reason : "the fitted curve itself is not proved a spectrum";
  return estimated(fitted, flow, proved, reason, warnings);
}

function decideInTime(law: Law, budget: Budget): Outcome<true> {
  const found = bounded(certifiedWork, budget, (own) => decideSpectrum(law, own));
  return found.kind === "ok" ? found.value : found;
}

function certified(law: Law, budget: Budget): LargeBulk {
  const found = support(law, budget);
  const whole = distribution(law, budget);
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

function estimated(
  fitted: Fit,
  { law, tau, shrink, kind }: Flow,
  physical: Outcome<true>,
  reason: string,
  warnings: string[],
): LargeBulk {
  const { samples, scaled } = fitted.numeric;
  const bulk = scaledBulk(fitted.preparation, samples);
  const sectors = samples.contour === "sectors";
  const found =
    kind === "corner"
      ? spectrumOf(scaled, bulk, samples, tau)
      : estimateSpectrum(toDoubleCurve(intoScale(law.curve, samples)), 1, windowFor(bulk, sectors, tau));
  const [shift, dilation] = [rationalToNumber(samples.shift), rationalToNumber(samples.dilation)];
  const factor = kind === "corner" ? shrink : 1;
  const toEigenvalue = (w: number): number => factor * (shift + dilation * w);
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
    cumulative: (x) => found.cumulative((x / factor - shift) / dilation),
    quantile: (p) => toEigenvalue(found.quantile(p)),
  };
}
