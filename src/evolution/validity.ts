import {
  type Budget,
  BudgetError,
  LimitError,
  notDefined,
  type Outcome,
  ok,
  unable,
  unlimited,
} from "../core/index.js";
import { distribution } from "../density/index.js";
import {
  anatomy,
  atoms,
  decideSpectrum,
  type Law,
  requireNumeric,
  steepPoles,
  upperPlaceText,
  upperPoints,
} from "../law/index.js";
import { QQ, rational, rationalToText } from "../rings/index.js";
import { algebraicToDecimal, signOf } from "../roots/index.js";
import { hankelTest, zeroDeterminant } from "./validity-moments.js";

/**
 * What a transform must have to be that of a probability measure, in the order in which it is asked:
 * `moments` — the Hankel determinants of the exact moments are positive, or from some order on zero (necessary, independent of the others; left
 * out where they are irrational);
 * `branch-points`, `poles` — none in the open upper half-plane on the physical sheet;
 * `density` — not negative on any cell of the real line;
 * `integrability` — at every real singularity the transform grows slower than a simple pole, or like one;
 * `atoms` — the weights of the real poles are positive;
 * `mass` — density and atoms have total mass one.
 */
export type CriterionName = "moments" | "branch-points" | "poles" | "density" | "integrability" | "atoms" | "mass";

export interface Criterion {
  readonly name: CriterionName;
  readonly outcome: "passed" | "failed" | "undecided";
  /** One line: what was found. */
  readonly detail: string;
}

export interface SpectrumReport {
  /** Whether the law is a probability measure; the reason when it is none, or when that could not be decided. */
  readonly spectrum: Outcome<true>;
  readonly criteria: readonly Criterion[];
}

/**
 * Whether the physical branch of a law is the Stieltjes transform of a probability measure, criterion by criterion. All but `moments` and
 * `mass` together are sufficient, since the branch is −1/z at infinity [Nevanlinna]; those two are independent checks. Exact but for
 * the number in the line of `mass`, which is an estimate.
 *
 * @throws DomainError when the law has parameters or no physical branch.
 * @example isSpectrum(decompress(ensembles.kestenMcKay(4), 5)).spectrum.kind // "undefined"
 */
export function isSpectrum(law: Law, budget: Budget = unlimited): SpectrumReport {
  requireNumeric(law, "the test for a spectrum");
  const tests: readonly ((law: Law, budget: Budget) => Criterion | readonly Criterion[])[] = [
    momentsCriterion,
    upperCriteria,
    densityCriterion,
    integrabilityCriterion,
    atomsCriterion,
  ];
  const names: readonly (readonly CriterionName[])[] = [
    ["moments"],
    ["branch-points", "poles"],
    ["density"],
    ["integrability"],
    ["atoms"],
  ];
  const criteria = tests.flatMap((test, k) => {
    budget.spend(100, "testing for a spectrum");
    try {
      return test(law, budget);
    } catch (error) {
      if (!(error instanceof LimitError) || error instanceof BudgetError) throw error;
      return names[k]!.map((name): Criterion => ({ name, outcome: "undecided", detail: error.message }));
    }
  });
  const before = summary(criteria);
  if (before.kind !== "ok") return { spectrum: before, criteria };
  const all = [...criteria, massCriterion(law, budget)];
  return { spectrum: summary(all), criteria: all };
}

/**
 * Whether a law is a spectrum, as fast as that can be known: a few Hankel determinants first, then {@link decideSpectrum}, then more
 * determinants. Exact; reads no criterion that is not needed.
 */
export function tryValidity(law: Law, budget: Budget = unlimited): Outcome<true> {
  budget.spend(100, "testing for a spectrum");
  const { refutation } = hankelTest(law, 5, budget);
  if (refutation !== undefined) return notDefined(refutation);
  const decided = decideSpectrum(law, budget);
  if (decided.kind !== "unable") return decided;
  // More moments may still refute what could not be followed.
  const further = hankelTest(law, 14, budget).refutation;
  return further === undefined ? decided : notDefined(further);
}

function summary(criteria: readonly Criterion[]): Outcome<true> {
  const failed = criteria.filter((c) => c.outcome === "failed");
  // The geometric reason says more than the sign of a determinant.
  const told = failed.find((c) => c.name !== "moments") ?? failed[0];
  if (told !== undefined) return notDefined(told.detail);
  const open = criteria.find((c) => c.outcome === "undecided");
  return open === undefined ? ok<true>(true) : unable(open.detail);
}

/** None where the moments are irrational: the other criteria are sufficient. */
function momentsCriterion(law: Law, budget: Budget): Criterion | readonly Criterion[] {
  const { refutation, zero, order } = hankelTest(law, 5, budget);
  if (order < 0) return [];
  if (refutation !== undefined) return { name: "moments", outcome: "failed", detail: refutation };
  return {
    name: "moments",
    outcome: "passed",
    detail:
      zero === undefined
        ? `the Hankel determinants of its moments mu_0, …, mu_${2 * order} are positive`
        : zeroDeterminant(zero),
  };
}

function upperCriteria(law: Law, budget: Budget): readonly Criterion[] {
  const points = upperPoints(law, budget);
  const kinds = [
    ["branch-points", "branch-point", "branch point"],
    ["poles", "pole", "pole"],
  ] as const;
  return kinds.map(([name, kind, noun]): Criterion => {
    if (points.kind !== "ok") return { name, outcome: "undecided", detail: points.reason };
    const found = points.value.filter((point) => point.kind === kind);
    if (found.length === 0) {
      return { name, outcome: "passed", detail: `its physical sheet has no ${noun} in the upper half-plane` };
    }
    const places = found.map(({ at }) => upperPlaceText(at)).join(" and ");
    const what = found.length === 1 ? `a ${noun}` : `${noun}s`;
    return {
      name,
      outcome: "failed",
      detail: `its physical sheet has ${what} at z = ${places} in the upper half-plane`,
    };
  });
}

function densityCriterion(law: Law, budget: Budget): Criterion {
  const { cells } = anatomy(law, budget);
  const negative = cells.find((cell) => !cell.real && cell.point.m.im < 0);
  if (negative !== undefined) {
    return {
      name: "density",
      outcome: "failed",
      detail: `its density is negative at x = ${rationalToText(negative.at)}`,
    };
  }
  const positive = cells.filter((cell) => !cell.real).length;
  return {
    name: "density",
    outcome: "passed",
    detail: `its density is positive on ${positive} and zero on ${cells.length - positive} of the ${cells.length} cells of the real line`,
  };
}

function integrabilityCriterion(law: Law, budget: Budget): Criterion {
  const name = "integrability";
  const { singular } = anatomy(law, budget);
  for (const point of singular) {
    for (const side of [point.left, point.right]) {
      if (side === undefined) continue;
      if (side.exponent.kind !== "ok") return { name, outcome: "undecided", detail: side.exponent.reason };
      if (QQ.compare(side.exponent.value, rational(-1)) <= 0) {
        const at = algebraicToDecimal(point.at, 8);
        return { name, outcome: "failed", detail: `its density is not integrable at x = ${at}` };
      }
    }
  }
  const [steep] = steepPoles(law, budget);
  if (steep !== undefined) {
    const at = algebraicToDecimal(steep, 8);
    return { name, outcome: "failed", detail: `its transform grows faster than a simple pole at x = ${at}` };
  }
  const count = singular.length;
  const where = count === 1 ? "its singular point" : `each of its ${count} singular points`;
  return {
    name,
    outcome: "passed",
    detail: count === 0 ? "it has no density" : `its density is integrable at ${where}`,
  };
}

function atomsCriterion(law: Law, budget: Budget): Criterion {
  const name = "atoms";
  const found = atoms(law, budget);
  const negative = found.find((atom) => signOf(atom.weight) < 0);
  if (negative !== undefined) {
    const [weight, at] = [algebraicToDecimal(negative.weight, 6), algebraicToDecimal(negative.at, 8)];
    return { name, outcome: "failed", detail: `it has an atom of negative weight ${weight} at x = ${at}` };
  }
  const list = found.map((atom) => `${algebraicToDecimal(atom.weight, 6)} at ${algebraicToDecimal(atom.at, 8)}`);
  return {
    name,
    outcome: "passed",
    detail: found.length === 0 ? "it has no atom" : `its atoms have positive weights: ${list.join(", ")}`,
  };
}

function massCriterion(law: Law, budget: Budget): Criterion {
  const name = "mass";
  const exact = "its transform is -1/z - … at infinity, which is mass one";
  try {
    const { mass } = distribution(law, budget);
    const detail = `${exact}; density and atoms add up to ${mass.toPrecision(10)}`;
    return { name, outcome: Math.abs(mass - 1) < 1e-6 ? "passed" : "undecided", detail };
  } catch (error) {
    if (!(error instanceof LimitError) || error instanceof BudgetError) throw error;
    return { name, outcome: "passed", detail: exact };
  }
}
