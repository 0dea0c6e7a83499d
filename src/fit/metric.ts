import {
  branchJets,
  type CurveFit,
  type DoubleCurve,
  type Samples,
  type Scatter,
  type Symmetry,
  semicircleJets,
  type Weighted,
  weigh,
} from "../regression/index.js";
import { QQ } from "../rings/index.js";
import { denseConditions, densePiece, roughLaws } from "./candidates.js";
import { chiSquaredTail } from "./diagnosis.js";
import type { Preparation } from "./preparation.js";
import type { Spacings } from "./spacing-ratio.js";
import { fitPieces, type Steps } from "./steps.js";

/** Curves with the metric they were fitted in. */
export interface Fitted {
  readonly weighted: Weighted;
  readonly curves: readonly CurveFit[];
}

/** Curves fitted in a metric, given the rough curve the metric was made from. */
export type CurvesIn = (weighted: Weighted, rough: DoubleCurve) => Steps<readonly CurveFit[]>;

const roughFloor = 0.02;
/** Against correlations between −1 and 1: every point of the contour then counts nearly on its own. */
const looseFloor = 1;
/** The covariance of a law is positive, that of another curve need not be: the former is used unless it is as far off as this … */
const farOff = 9;
/** … in a metric made from such a law, and as this in the rough one. A law farther off can lay its edges across the contours, and then nearly nothing is left of the data in its metric. */
const farOffRoughly = 50;
/** Data are farther from a right law than this, or nearer, once in so many cases. */
const tooFar = 1e-3;
const tooNear = 1e-3;

/**
 * Fits in the metric of the noise that the data have. Numbers with even spacings are quantiles of a law and no eigenvalues: they have no noise, and no shift of the mean. All others are fitted as eigenvalues of a matrix first.
 * Where no curve is as near as eigenvalues are to their law, and the spacings are those of independent draws, they are fitted as such; unless a curve is then nearer than draws ever are. When nothing holds,
 * correlations are not trusted: they would rule the fit.
 */
export function* fitInMetric(
  samples: Samples,
  preparation: Preparation,
  symmetry: Symmetry,
  spacings: Spacings,
  curvesIn: CurvesIn,
): Steps<Fitted> {
  const fitAs = function* (scatter: Scatter): Steps<Fitted & { readonly rough: DoubleCurve; readonly near: boolean }> {
    const { weighted, rough, near } = yield* metricOf(samples, preparation, scatter);
    return { weighted, curves: yield* curvesIn(weighted, rough), rough, near };
  };
  const first = yield* fitAs(spacings === "even" ? "even" : symmetry);
  if (explained(first)) return first;
  if (spacings === "free") {
    const independent = yield* fitAs("independent");
    if (chanceOfLess(independent) >= tooNear) return independent;
  }
  if (first.near || first.curves.some((curve) => curve.family !== "dense" && isNear(curve, first.weighted)))
    return first;
  const weighted = weigh(samples, samples.transform, symmetry, looseFloor);
  return { weighted, curves: yield* curvesIn(weighted, first.rough) };
}

/** Whether one of the curves is as near to the data as a right law, be it one of many numbers: then the metric is right. */
function explained({ weighted: { modes }, curves }: Fitted): boolean {
  return curves.some(({ misfit, freedom }) => freedom + 2 < modes && chiSquaredTail(misfit, modes - freedom) >= tooFar);
}

/**
 * The chance that a right law deviates less from its data than the curve that a right law is most probably among: the one of the least misfit plus twice the freedom
 * [H. Akaike, IEEE Trans. Autom. Control 19 (1974) 716].
 */
function chanceOfLess({ weighted: { modes }, curves }: Fitted): number {
  const simple = curves.filter(({ freedom }) => freedom < modes / 2);
  const cost = ({ misfit, freedom }: CurveFit): number => misfit + 2 * freedom;
  const best = (simple.length > 0 ? simple : curves).reduce((a, b) => (cost(b) < cost(a) ? b : a));
  return 1 - chiSquaredTail(best.misfit, Math.max(1, modes - best.freedom));
}

/** Whether a curve is within ten times the noise. */
function isNear(curve: CurveFit, weighted: Weighted): boolean {
  return curve.misfit < 100 * Math.max(1, weighted.modes - curve.freedom);
}

const metricRounds = 2;

/**
 * The metric of the noise, which depends on the law: from semicircles in the place of the bulks at first (of a spectrum over decades: from the empirical transform), then twice from the law by
 * construction that comes nearest. Where none comes near to eigenvalues of a matrix, from a dense curve; independent draws are too uncertain for that.
 *
 * @returns also whether the last of these curves was near to the data: then the metric can be trusted, though no curve that may be chosen explains them.
 */
function* metricOf(
  samples: Samples,
  preparation: Preparation,
  scatter: Scatter,
): Steps<{ weighted: Weighted; rough: DoubleCurve; near: boolean }> {
  const { transform, contour, size, copies } = samples;
  const jets = contour === "sectors" ? transform : semicircleJets(samples);
  let weighted = weigh(samples, jets, scatter, roughFloor);
  let rough: DoubleCurve | undefined;
  let near = false;
  for (let round = 0; round < metricRounds; round++) {
    const trusted = round > 0 && scatter !== "independent";
    const nearest = yield* roughCurves(weighted, preparation, Math.log(size ** 2 * copies), trusted);
    for (const { curve, misfit, freedom } of nearest) {
      const better = branchJets(curve, samples, transform);
      if (better === undefined) continue;
      const next = weigh(samples, better, scatter);
      if (!next.consistent) continue;
      near = freedom + 1 < weighted.modes && misfit < farOff * (weighted.modes - freedom);
      weighted = next;
      rough = curve;
      break;
    }
    rough ??= nearest[0]!.curve;
  }
  return { weighted, rough: rough!, near };
}

/** Free Lévy laws, and dense curves if those are far off, the nearest first. `trusted`: whether the metric was made from a law. */
function* roughCurves(
  weighted: Weighted,
  preparation: Preparation,
  penalty: number,
  trusted: boolean,
): Steps<CurveFit[]> {
  const score = (curve: CurveFit): number => curve.misfit + curve.freedom * penalty;
  const laws = yield* fitPieces(weighted, roughLaws(weighted, preparation));
  const order = laws.sort((a, b) => score(a) - score(b));
  const first = order[0];
  const limit = trusted ? farOff : farOffRoughly;
  if (first !== undefined && first.misfit < limit * Math.max(1, weighted.modes - first.freedom)) return order;
  const conditions = denseConditions(weighted, preparation, {}, () => QQ.zero);
  const dense = yield* fitPieces(
    weighted,
    [2, 3, 4].flatMap((degM) => [1, 2].map((degZ) => densePiece(degM, degZ, ["full"], conditions))),
  );
  return [...dense.sort((a, b) => score(a) - score(b)), ...order];
}
