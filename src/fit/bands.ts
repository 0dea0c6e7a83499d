import { type Budget, seededRandom } from "../core/index.js";
import { estimateSpectrum, levySpectrum, type SpectrumEstimate, windowFor } from "../regression/index.js";
import { rationalToNumber } from "../rings/index.js";
import { type AnsweredLaw, answersOf, bandOf, type LawAnswer, withBands } from "./answers.js";
import { type Fit, scaledBulk } from "./fit.js";

export type Band = readonly [low: number, high: number];

/** 90 % bands of the law of the large matrix, from a parametric bootstrap in the Gaussian limit of the noise. */
export interface Bands {
  /** How many draws they rest on. */
  readonly draws: number;
  /** The edges in order; missing where the draws do not agree on the number of bulks. */
  readonly edges?: readonly Band[];
  /** The weights of the atoms in order. */
  readonly atoms?: readonly Band[];
  /** The distribution as quantiles at the given probabilities. */
  readonly quantiles: readonly { readonly p: number; readonly band: Band }[];
}

/** A free Lévy law takes a millisecond; the branch of another curve is followed from point to point. */
const drawsOfLevy = 200;
const drawsOfCurve = 12;
const seed = 20240607;
const probabilities = [0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99];

/**
 * Laws that other data of the same noise would have given: parameters drawn from the normal distribution whose covariance is (J* C^-1 J)^-1 times the excess of the noise, decompressed by
 * tau. Draws that are no spectra or cannot be followed are left out; none is returned where that is more than every second one, since the rest would not be typical.
 */
export function drawLaws(fit: Fit, tau: number, shrink: number, budget: Budget): AnsweredLaw[] {
  const { curve, samples, excess } = fit.numeric;
  const random = seededRandom(seed);
  const normals = (): number[] => Array.from({ length: curve.coordinates }, () => Math.sqrt(excess) * random.normal());
  const [shift, dilation] = [rationalToNumber(samples.shift), rationalToNumber(samples.dilation)];
  const place = (w: number): number => shrink * (shift + dilation * w);
  const laws: AnsweredLaw[] = [];
  const put = (found: SpectrumEstimate | undefined): void => {
    if (found === undefined || Math.abs(found.mass - 1) > 0.03 || found.negative > 0.01) return;
    laws.push({
      bulks: found.intervals.map(({ left, right }) => ({ left: place(left), right: place(right) })),
      atoms: found.atoms.map(({ at, weight }) => ({ at: place(at), weight })),
      quantile: (p) => place(found.quantile(p)),
      cumulative: (x) => found.cumulative((x / shrink - shift) / dilation),
    });
  };
  const bulk = scaledBulk(fit.preparation, samples);
  const window = windowFor(bulk, samples.contour === "sectors", tau);
  let draws = drawsOfLevy;
  for (let k = 0; k < draws; k++) {
    const sketch = curve.draw(normals(), tau);
    if (sketch.levy === undefined) draws = drawsOfCurve;
    budget.spend(sketch.levy === undefined ? 10_000 : 100, "drawing bands");
    put(
      sketch.levy === undefined ? estimateSpectrum(sketch.curve, tau / sketch.tau, window) : levySpectrum(sketch.levy),
    );
  }
  return 2 * laws.length < draws ? [] : laws;
}

/** Bands of the shape of a law, from draws. */
export function bandsOf(law: AnsweredLaw, draws: readonly AnsweredLaw[]): Bands {
  const sameBulks = draws.filter((draw) => draw.bulks.length === law.bulks.length);
  const edges = law.bulks.flatMap((_, k) =>
    (["left", "right"] as const).map((side) =>
      bandOf(
        sameBulks.map((draw) => draw.bulks[k]![side]),
        draws.length,
      ),
    ),
  );
  const sameAtoms = draws.filter((draw) => draw.atoms.length === law.atoms.length);
  const atoms = law.atoms.map((_, k) =>
    bandOf(
      sameAtoms.map((draw) => draw.atoms[k]!.weight),
      draws.length,
    ),
  );
  return {
    draws: draws.length,
    ...(edges.every((band) => band !== undefined) ? { edges } : {}),
    ...(atoms.every((band) => band !== undefined) ? { atoms } : {}),
    quantiles: probabilities.flatMap((p) => {
      const band = bandOf(
        draws.map((draw) => draw.quantile(p)),
        draws.length,
      );
      return band === undefined ? [] : [{ p, band }];
    }),
  };
}

/** The answers of a law with their bands. */
export function bandedAnswers(
  law: AnsweredLaw,
  draws: readonly AnsweredLaw[],
  below: readonly number[] = [],
): LawAnswer[] {
  return withBands(
    answersOf(law, below),
    draws.map((draw) => answersOf(draw, below)),
  );
}
