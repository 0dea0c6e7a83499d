import { type ChanceOfDistance, nearEnough, type SpectrumComparison } from "./spectrum-comparison.js";

/** How two sizes of a matrix came about. */
export type SamplingDesign = "nested" | "independent" | "unknown";

/** Whether the flow holds, and why, in one sentence. */
export interface Verdict {
  readonly holds: boolean | "undecided";
  readonly reason: string;
}

interface Sizes {
  readonly small: number;
  readonly large: number;
}

/** One false alarm in a thousand. */
const significance = 1e-3;

/**
 * What the whole spectrum says of the flow: denied when the distribution functions differ by more than `distance` and corners in general
 * position differ as much in at most one case of a thousand.
 */
export function judgeSpectrum(
  spectrum: SpectrumComparison,
  size: Sizes,
  options: { readonly design?: SamplingDesign; readonly distance?: number },
): Verdict {
  const { design = "unknown", distance = nearEnough } = options;
  const far = ({ p }: ChanceOfDistance): boolean => p <= significance && spectrum.distance > distance;
  const lenient = design === "nested" ? spectrum.nested : spectrum.independent;
  const strict = design === "independent" ? spectrum.independent : spectrum.nested;
  if (far(lenient)) return { holds: false, reason: denial(spectrum, size, lenient) };
  if (far(strict)) {
    return {
      holds: "undecided",
      reason: `the distribution functions differ by ${percent(spectrum.distance)}: too much for a small matrix that is part of the large one, not too much for two independent parts of a larger one; say which`,
    };
  }
  return {
    holds: true,
    reason:
      strict.p <= significance
        ? `the distribution functions differ by up to ${percent(spectrum.distance)} at ${spectrum.worst.x.toPrecision(3)}, more than the sampling of a corner in general position explains (${percent(strict.critical)})${rankText(spectrum)}; an extrapolation inherits errors of that size`
        : "the whole spectrum is as the flow predicts, within its sampling error",
  };
}

function denial(spectrum: SpectrumComparison, { small, large }: Sizes, chance: ChanceOfDistance): string {
  const { worst } = spectrum;
  return `freeness fails ${placeOf(spectrum)}: below ${worst.x.toPrecision(3)} lie ${percent(worst.found)} of the eigenvalues of size ${small} where size ${large} predicts ${percent(worst.predicted)}, a difference that stays below ${percent(chance.critical)} for 999 of 1000 corners in general position${rankText(spectrum)}`;
}

/** The rank of a corner in general position is no matter of chance. */
function rankText({ rank }: SpectrumComparison): string {
  const [found, predicted] = [rank.found, rank.predicted].map((value) => Number(value.toPrecision(6)));
  return Math.abs(rank.found - rank.predicted) < 0.5
    ? ""
    : `; the rank is ${found} where a corner in general position has ${predicted}`;
}

/** Where the differences are, in plain words. */
function placeOf({ off, worst }: SpectrumComparison): string {
  const { from, to } = off ?? { from: worst, to: worst };
  const [first, last] = [from.x.toPrecision(3), to.x.toPrecision(3)];
  if (to.predicted < 3 / 4) return `at the ${from.x >= 0 ? "small" : "lower"} eigenvalues, those up to ${last}`;
  if (from.predicted > 1 / 4) return `at the ${from.x >= 0 ? "large" : "upper"} eigenvalues, those from ${first} on`;
  return `from ${first} to ${last}`;
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}
