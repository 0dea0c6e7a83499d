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
import type { CurveFit, Rounded, Weighted } from "../regression/index.js";
import { isDivisible } from "./divisible.js";

/** One curve that was tried. */
export interface Candidate {
  readonly family: CurveFit["family"];
  readonly name: string;
  readonly degrees: { readonly m: number; readonly z: number };
  /** How many numbers were fitted. */
  readonly freedom: number;
  readonly residual: number;
  /** The criterion: smaller is better; see {@link chooseCurve}. */
  readonly score: number;
  readonly condition: number;
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
/** So many dense curves are looked at exactly. */
const mostDecided = 3;

/**
 * Chooses by the Bayesian information criterion: score = misfit/excess + freedom·log(n²·copies), where the misfit is the squared deviation in units of its noise. The
 * information on every parameter grows like n², not n, since linear statistics fluctuate by O(1/n); Laplace's approximation of the evidence then has log n² where independent data have log n. `excess` is the least misfit per remaining mode over all candidates where that is above 1 (the noise of the data is
 * then larger than that of the theory, and every misfit is measured by it).
 *
 * Among laws by construction the least score wins, and among those that differ by less than 2 from it one without a free drift. A dense curve has to beat it by 6 (odds of 20 to 1) and to be proved a spectrum. When only dense curves are there, the best that is
 * a spectrum, and if none is, the best.
 */
export function chooseCurve(curves: readonly CurveFit[], weighted: Weighted, budget: Budget): Choice {
  const { modes, samples } = weighted;
  const perMode = (curve: CurveFit): number => curve.misfit / Math.max(1, modes - curve.freedom);
  const excess = Math.max(1, Math.min(...curves.filter((c) => c.freedom < modes / 2).map(perMode)));
  const penalty = Math.log(samples.size ** 2 * samples.copies);
  const score = (curve: CurveFit): number => curve.misfit / excess + curve.freedom * penalty;
  const ordered = [...curves].sort((a, b) => score(a) - score(b));
  const verdicts = new Map<CurveFit, { exact: Rounded; physical: Outcome<true> }>();
  const decide = (curve: CurveFit): { exact: Rounded; physical: Outcome<true> } | undefined => {
    const known = verdicts.get(curve);
    if (known !== undefined) return known;
    const exact = curve.exact();
    if (exact === undefined) return undefined;
    const physical = curve.family === "dense" ? tryDecide(exact.law, budget) : ok<true>(true);
    const found = { exact, physical };
    verdicts.set(curve, found);
    return found;
  };
  const leastLawful = Math.min(...ordered.filter((c) => c.family !== "dense").map(score));
  // Exact forms are made of those few laws that can still be chosen.
  const decideOnce = (curve: CurveFit): boolean => score(curve) < leastLawful + 20 && decide(curve) !== undefined;
  const pick = (): CurveFit => {
    const laws = ordered.filter((curve) => curve.family !== "dense" && decideOnce(curve));
    const lawful = laws.find((curve) => !curve.shifted && score(curve) < score(laws[0]!) + tie) ?? laws[0];
    const limit = lawful === undefined ? Number.POSITIVE_INFINITY : score(lawful) - strongEvidence;
    const rivals = ordered.filter((curve) => curve.family === "dense" && score(curve) < limit).slice(0, mostDecided);
    const proved = rivals.find((curve) => decide(curve)?.physical.kind === "ok");
    const best = proved ?? lawful ?? rivals.find((curve) => decide(curve) !== undefined);
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
      physical: curve.family !== "dense" ? "yes" : verdictOf(verdicts.get(curve)?.physical),
      chosen: curve === chosen,
    })),
  };
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
