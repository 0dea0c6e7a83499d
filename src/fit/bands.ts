import { seededRandom } from "../core/index.js";
import { type Sketch, windowFor } from "../regression/index.js";
import { rationalToNumber } from "../rings/index.js";
import { type AnsweredLaw, answersOf, bandOf, type LawAnswer, withBands } from "./answers.js";
import { bandProbabilities, type DrawnLaw } from "./drawn-laws.js";
import { type Fit, scaledBulk } from "./fit.js";
import { drawPieces, type Steps } from "./steps.js";

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
/** So many draws are a piece of work for a thread. */
const chunkOfLevy = 20;
const seed = 20240607;

/**
 * Laws that other data of the same noise would have given: parameters drawn from the normal distribution whose covariance is (J* C^-1 J)^-1 times the excess of the noise, decompressed by
 * tau. Draws that are no spectra or cannot be followed are left out; none is returned where that is more than every second one, since the rest would not be typical.
 *
 * @param meanwhile what is to be done beside them.
 */
export function* drawLaws(
  fit: Fit,
  { tau, shrink, below }: { readonly tau: number; readonly shrink: number; readonly below: readonly number[] },
  meanwhile: () => void,
): Steps<DrawnLaw[]> {
  const { curve, samples, excess } = fit.numeric;
  const random = seededRandom(seed);
  const draw = (): Sketch =>
    curve.draw(
      Array.from({ length: curve.coordinates }, () => Math.sqrt(excess) * random.normal()),
      tau,
    );
  const first = draw();
  const [draws, chunk] = first.levy === undefined ? [drawsOfCurve, 1] : [drawsOfLevy, chunkOfLevy];
  const sketches = [first, ...Array.from({ length: draws - 1 }, draw)];
  const pieces = Array.from({ length: draws / chunk }, (_, k) => sketches.slice(k * chunk, (k + 1) * chunk));
  const window = windowFor(scaledBulk(fit.preparation, samples), samples.contour === "sectors", tau);
  const [shift, dilation] = [rationalToNumber(samples.shift), rationalToNumber(samples.dilation)];
  const laws = yield* drawPieces({ tau, window, shift, dilation, shrink, below }, pieces, meanwhile);
  return 2 * laws.length < draws ? [] : laws;
}

/** Bands of the shape of a law, from draws. */
export function bandsOf(law: AnsweredLaw, draws: readonly DrawnLaw[]): Bands {
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
    quantiles: bandProbabilities.flatMap((p, k) => {
      const band = bandOf(
        draws.map((draw) => draw.quantiles[k]!),
        draws.length,
      );
      return band === undefined ? [] : [{ p, band }];
    }),
  };
}

/** The answers of a law with their bands. */
export function bandedAnswers(
  law: AnsweredLaw,
  draws: readonly DrawnLaw[],
  below: readonly number[] = [],
): LawAnswer[] {
  return withBands(
    answersOf(law, below),
    draws.map(({ answers }) => answers),
  );
}
