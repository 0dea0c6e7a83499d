import {
  type Budget,
  BudgetError,
  DomainError,
  InternalError,
  LimitError,
  notDefined,
  type Outcome,
  ok,
  unable,
} from "../core/index.js";
import { decideSpectrum, type Law } from "../law/index.js";
import type { CurveFit, Family, Rounded, Weighted } from "../regression/index.js";
import { diagnose } from "./diagnosis.js";
import { isDivisible } from "./divisible.js";
import type { HeldOut } from "./held-out.js";

/** One curve that was tried. */
export interface Candidate {
  readonly family: Family;
  readonly name: string;
  readonly degrees: { readonly m: number; readonly z: number };
  /** How many numbers were fitted. */
  readonly freedom: number;
  readonly residual: number;
  /** The criterion: smaller is better; see {@link chooseCurve}. */
  readonly score: number;
  readonly condition: number;
  /** Of pooled matrices: how far one of them is from what the others predict by this curve, in units of its noise; 1 is expected of a right law. */
  readonly heldOut?: number;
  /** Whether the curve is a spectrum: by construction or proved, refuted, undecided, or not looked at because it was no match. */
  readonly physical: "yes" | "no" | "unknown" | "not tested";
  readonly chosen: boolean;
}

export interface Choice {
  readonly chosen: CurveFit;
  readonly exact: Rounded;
  readonly physical: Outcome<true>;
  /** How much larger than the theory of the noise says the variance of the data is, by the candidate that comes nearest; at least 1. */
  readonly excess: number;
  readonly candidates: readonly Candidate[];
  /** The curves of the candidates, in the same order: the least score first. */
  readonly ordered: readonly CurveFit[];
  /** Those of them that are freely infinitely divisible. */
  readonly divisible: readonly CurveFit[];
}

/** Scores that differ by less say nothing. */
const tie = 2;
/** A dense curve replaces a law by construction only when its score is better by this much: odds of 20 to 1. */
const strongEvidence = 6;
/** … and, when that law is as near to the data as a right one, by this much. */
const overwhelmingEvidence = 20;
/** … and so many more, in order, where none of those has an exact form that meets the conditions. */
const mostTried = 20;
/** The square of two standard deviations. */
const byChance = 4;
/** A number more than needed. */
const simplicity = 4;
/** Of even numbers, which have no noise but that of being discrete: right laws leave 0.001 to 0.01 on their quantiles, too much for what is in one mode to mean anything. */
const leastExcess = 0.02;
/** Of the modes of the data, for a curve that is asked whether the noise is that of the theory. */
const mostShare = 2 / 3;
/** So many dense curves are looked at exactly. */
const mostDecided = 3;

/**
 * Chooses by the evidence in Laplace's approximation: score = misfit/excess + Σ log(1 + reach²/excess) + 4·freedom, minus twice the logarithm of the probability of the data, up to a constant. The misfit is the
 * squared deviation in units of its noise. Every fitted number costs the share of what was thinkable before that the data leave: where they fix it sharply that is log n² and more (linear statistics fluctuate by
 * O(1/n), so that information grows like n²), as in the Bayesian information criterion, and little where they hardly see it, for which that criterion charges as much. One number more than needed is believed
 * with odds of 1 to 7 beforehand. `excess` is the least misfit per remaining mode over all candidates that leave a third of them, where that is above 1 (the noise of the data is
 * then larger than that of the theory, and every misfit is measured by it).
 *
 * Of several pooled matrices each is left out once and predicted from the others: curves that predict clearly worse than the best are not chosen (see `leaveOneOut`).
 *
 * Among laws by construction the least score wins, and among those that differ by less than 2 from it one without a free drift. A dense curve has to beat it by 6 (odds of 20 to 1), by 20 where the law explains the data to within
 * their noise, and to be proved a spectrum. When only dense curves are there, the best that is
 * a spectrum, and if none is, the best.
 */
export function chooseCurve(
  curves: readonly CurveFit[],
  weighted: Weighted,
  heldOut: HeldOut | undefined,
  budget: Budget,
): Choice {
  const { modes, scatter } = weighted;
  const perMode = (curve: CurveFit): number => curve.misfit / Math.max(1, modes - curve.freedom);
  const excess = Math.max(
    scatter === "even" ? leastExcess : 1,
    Math.min(...curves.filter((c) => c.freedom < mostShare * modes).map(perMode)),
  );
  const scores = new Map(curves.map((curve) => [curve, scoreOf(curve, excess)]));
  const score = (curve: CurveFit): number => scores.get(curve)!;
  const predictions = heldOut && new Map(curves.map((curve) => [curve, heldOut(curve)]));
  const poor = predictions === undefined ? new Set<CurveFit>() : poorPredictors(predictions);
  const ordered = [...curves].sort((a, b) => Number(poor.has(a)) - Number(poor.has(b)) || score(a) - score(b));
  const verdicts = new Map<CurveFit, { exact: Rounded; physical: Outcome<true> }>();
  const decide = (curve: CurveFit): { exact: Rounded; physical: Outcome<true> } | undefined => {
    const known = verdicts.get(curve);
    if (known !== undefined) return known;
    const exact = curve.exact(budget);
    if (exact === undefined) return undefined;
    const physical = curve.family === "dense" ? tryDecide(exact.law, budget) : ok<true>(true);
    const found = { exact, physical };
    verdicts.set(curve, found);
    return found;
  };
  const explains = ({ misfit, freedom, condition }: CurveFit): boolean =>
    diagnose({ misfit, modes, freedom, excess, condition, scatter }, ok<true>(true)).verdict === "good";
  const leastLawful = Math.min(...ordered.filter((c) => c.family !== "dense" && !poor.has(c)).map(score));
  // Exact forms are made of those few laws that can still be chosen.
  const decideOnce = (curve: CurveFit): boolean => score(curve) < leastLawful + 20 && decide(curve) !== undefined;
  const bestLawful = (fair: readonly CurveFit[]): CurveFit | undefined => {
    let first: CurveFit | undefined;
    for (const curve of fair) {
      if (first !== undefined && !(score(curve) < score(first) + tie)) break;
      if (curve.family === "dense" || (first !== undefined && curve.shifted) || !decideOnce(curve)) continue;
      if (!curve.shifted) return curve;
      first = curve;
    }
    return first;
  };
  const pick = (): CurveFit => {
    const fair = ordered.filter((curve) => !poor.has(curve));
    const lawful = bestLawful(fair);
    const odds = lawful !== undefined && explains(lawful) ? overwhelmingEvidence : strongEvidence;
    const limit = lawful === undefined ? Number.POSITIVE_INFINITY : score(lawful) - odds;
    const rivals = fair.filter((curve) => curve.family === "dense" && score(curve) < limit).slice(0, mostDecided);
    const proved = rivals.find((curve) => decide(curve)?.physical.kind === "ok");
    const best = proved ?? lawful ?? ordered.slice(0, mostTried).find((curve) => decide(curve) !== undefined);
    if (best === undefined) throw new DomainError("no curve could be fitted to these eigenvalues");
    return best;
  };
  const chosen = pick();
  const decided = decide(chosen);
  if (decided === undefined) throw new InternalError("the chosen curve has no exact form");
  return {
    chosen,
    ...decided,
    excess,
    ordered,
    divisible: ordered.filter((curve) => isDivisible(curve.family)),
    candidates: ordered.map((curve) => ({
      family: curve.family,
      name: curve.name,
      degrees: curve.degrees,
      freedom: curve.freedom,
      residual: Math.sqrt(perMode(curve)),
      score: score(curve),
      condition: curve.condition,
      ...(predictions === undefined ? {} : { heldOut: heldOutResidual(predictions.get(curve)!, modes) }),
      physical: curve.family !== "dense" ? "yes" : verdictOf(verdicts.get(curve)?.physical),
      chosen: curve === chosen,
    })),
  };
}

/**
 * The curves that predict matrices which were left out worse than the best does: in total by more than one standard error of the difference [the rule of L. Breiman, J. Friedman, R. Olshen and C. Stone, Classification and
 * Regression Trees (1984), section 3.4.3] and by more than chance gives for one number.
 */
function poorPredictors(predictions: ReadonlyMap<CurveFit, readonly number[]>): Set<CurveFit> {
  const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
  const all = [...predictions.values()];
  const best = all.reduce((a, b) => (total(b) < total(a) ? b : a));
  const poor = [...predictions].filter(([, values]) => {
    const differences = values.map((value, k) => value - best[k]!);
    const worse = total(differences);
    const mean = worse / differences.length;
    const variance = total(differences.map((value) => (value - mean) ** 2)) / (differences.length - 1);
    return !(worse <= Math.max(byChance, Math.sqrt(variance * differences.length)));
  });
  return new Set(poor.map(([curve]) => curve));
}

function heldOutResidual(values: readonly number[], modes: number): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value, 0) / (values.length * modes));
}

/** A choice with further laws by construction in its list, none of them chosen; where they explain more of the data than what was tried before, less of the deviation is noise, and all scores are made again. */
export function withCandidates(choice: Choice, laws: readonly CurveFit[], { modes }: Weighted): Choice {
  const perMode = ({ misfit, freedom }: CurveFit): number => misfit / Math.max(1, modes - freedom);
  const excess = Math.min(choice.excess, Math.max(1, Math.min(...laws.map(perMode))));
  const before = choice.ordered.map((curve, k) => ({
    curve,
    candidate: { ...choice.candidates[k]!, score: scoreOf(curve, excess) },
  }));
  const added = laws.map((curve) => {
    const { family, name, degrees, freedom, condition } = curve;
    const [residual, score] = [Math.sqrt(perMode(curve)), scoreOf(curve, excess)];
    const candidate: Candidate = {
      ...{ family, name, degrees, freedom, residual, score, condition },
      physical: "yes",
      chosen: false,
    };
    return { curve, candidate };
  });
  const all = [...added, ...before].sort((a, b) => a.candidate.score - b.candidate.score);
  return {
    ...choice,
    excess,
    ordered: all.map(({ curve }) => curve),
    candidates: all.map(({ candidate }) => candidate),
  };
}

/** Minus twice the logarithm of the evidence. */
export function scoreOf({ misfit, reach, freedom }: CurveFit, excess: number): number {
  return reach.reduce((sum, value) => sum + Math.log1p(value ** 2 / excess), misfit / excess + simplicity * freedom);
}

/** A fitted curve may have no branch of mass one at all: then it is no spectrum, and that is no mistake of the user. */
function tryDecide(law: Law, budget: Budget): Outcome<true> {
  try {
    return decideSpectrum(law, budget);
  } catch (error) {
    if (error instanceof BudgetError) throw error;
    if (error instanceof DomainError) return notDefined(error.message);
    if (error instanceof LimitError) return unable(error.message);
    throw error;
  }
}

function verdictOf(physical: Outcome<true> | undefined): Candidate["physical"] {
  if (physical === undefined) return "not tested";
  return physical.kind === "ok" ? "yes" : physical.kind === "undefined" ? "no" : "unknown";
}
