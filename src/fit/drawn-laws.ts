import type { Budget } from "../core/index.js";
import { estimateSpectrum, levySpectrum, type Sketch, type Window } from "../regression/index.js";
import { answersOf, type LawAnswer } from "./answers.js";

/** What a draw of the bootstrap says of the large matrix: plain data. */
export interface DrawnLaw {
  readonly bulks: readonly { readonly left: number; readonly right: number }[];
  readonly atoms: readonly { readonly at: number; readonly weight: number }[];
  /** At the {@link bandProbabilities}. */
  readonly quantiles: readonly number[];
  readonly answers: readonly LawAnswer[];
}

/** From curves in the scaled coordinate of the samples to eigenvalues of the large matrix. */
export interface DrawSetting {
  readonly tau: number;
  readonly window: Window;
  readonly shift: number;
  readonly dilation: number;
  readonly shrink: number;
  readonly below: readonly number[];
}

export const bandProbabilities: readonly number[] = [
  0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99,
];

/** The laws of sketches; those that are no spectra or cannot be followed are left out. */
export function drawnLaws(setting: DrawSetting, sketches: readonly Sketch[], budget: Budget): DrawnLaw[] {
  const { tau, window, shift, dilation, shrink, below } = setting;
  const place = (w: number): number => shrink * (shift + dilation * w);
  return sketches.flatMap(({ curve, tau: done, levy }) => {
    budget.spend(levy === undefined ? 10_000 : 100, "drawing bands");
    const found = levy === undefined ? estimateSpectrum(curve, tau / done, window) : levySpectrum(levy);
    if (found === undefined || Math.abs(found.mass - 1) > 0.03 || found.negative > 0.01) return [];
    const law = {
      bulks: found.intervals.map(({ left, right }) => ({ left: place(left), right: place(right) })),
      atoms: found.atoms.map(({ at, weight }) => ({ at: place(at), weight })),
      quantile: (p: number) => place(found.quantile(p)),
      cumulative: (x: number) => found.cumulative((x / shrink - shift) / dilation),
    };
    const { bulks, atoms } = law;
    return [{ bulks, atoms, quantiles: bandProbabilities.map(law.quantile), answers: answersOf(law, below) }];
  });
}
