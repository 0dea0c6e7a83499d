import { type Budget, unlimited } from "../core/index.js";
import type { Extrapolation } from "../fit/index.js";
import type { PictureInterval, PictureSpectrum, SpectrumPicture } from "../picture/index.js";
import { spectrumSvg } from "../picture/index.js";
import { pictureOfLaw, samplePoints } from "./plot.js";

export interface ExtrapolationPlotOptions extends Omit<SpectrumPicture, "spectra"> {
  /** All measured eigenvalues of the large matrix, zeros included: drawn as a histogram under the prediction. */
  readonly truth?: ArrayLike<number>;
}

/**
 * The predicted spectrum of the large matrix over the measured one, if there is one. Where the prediction is an estimate its curve
 * is a difference quotient of the distribution function. Estimate, as what it shows.
 */
export function plotExtrapolationSvg(
  answer: Extrapolation,
  options: ExtrapolationPlotOptions = {},
  budget: Budget = unlimited,
): string {
  const { truth, ...picture } = options;
  const { from, to } = answer.size;
  const label = `predicted at ${to} from ${from} eigenvalues${answer.guarantee === "estimate" ? " (estimate)" : ""}`;
  const spectra = [pictureOfExtrapolation(answer, label, budget)];
  if (truth !== undefined) spectra.push({ label: `measured at ${to}`, histogram: { values: padded(truth, to) } });
  return spectrumSvg({ title: `Spectrum of size ${to}, from size ${from}`, ...picture, spectra });
}

/** The predicted density, atoms and outliers of the large matrix as one spectrum of a picture. */
export function pictureOfExtrapolation(
  answer: Extrapolation,
  label: string,
  budget: Budget = unlimited,
): PictureSpectrum {
  // The outliers hold 1/N each of the mass; the bulk has the rest.
  const share = 1 - answer.outliers.length / answer.size.to;
  const outliers = answer.outliers.map((o) => o.to);
  if (answer.support !== undefined) {
    const { density = [], atoms = [], ...shape } = pictureOfLaw(answer.law, answer.support, label, undefined, budget);
    return {
      ...shape,
      density: Array.from(density, (v) => share * v),
      atoms: atoms.map(({ at, weight }) => ({ at, weight: share * weight })),
      outliers,
    };
  }
  const intervals = answer.bulks.map(({ left, right }): PictureInterval => ({ left, right }));
  const x: number[] = [];
  const density: number[] = [];
  for (const { left, right } of intervals) {
    const ends = [left, ...samplePoints(left, right, 160), right];
    for (let k = 0; k + 1 < ends.length; k++) {
      const [low, high] = [ends[k]!, ends[k + 1]!];
      x.push((low + high) / 2);
      density.push(Math.max(0, answer.cumulative(high) - answer.cumulative(low)) / (high - low));
    }
  }
  return {
    label,
    x,
    density,
    intervals,
    atoms: answer.atoms.map(({ at, weight }) => ({ at, weight: share * weight })),
    outliers,
  };
}

/** Eigenvalues that a file leaves out are zeros. */
function padded(values: ArrayLike<number>, size: number): Float64Array {
  const all = new Float64Array(Math.max(size, values.length));
  all.set(Array.from(values));
  return all;
}
