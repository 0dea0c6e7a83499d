import { type Budget, DomainError, LimitError, unlimited } from "../core/index.js";
import {
  type Derivation,
  type Law,
  type LawOptions,
  lawFromCurve,
  tableAtInfinity,
  withoutContents,
} from "../law/index.js";
import {
  degree,
  factor,
  fractions,
  fractionsWithin,
  isZero,
  type Polynomial,
  type RationalFunction,
  rationalFunction,
  squareFree,
} from "../poly/index.js";
import { powerSeries } from "../series/index.js";

/** The moments mu_0 = 1, mu_1, …, mu_n of the law that is sought, computed from the inputs without the elimination. */
export type ExpectedMoments = (n: number) => readonly RationalFunction[];

const mostMoments: number = 48;

/** So many moments go with the law, or those that were needed to choose its factor if they were more: a curve can have several branches. */
const momentsKept: number = 4;

/**
 * The law's own factor of an eliminant. The eliminant vanishes on the true branch m = −1/z − mu_1/z² − … identically, so exactly one of
 * its irreducible factors does; every other one is excluded when its value on the truncated moment series is not zero
 * within the order that is known. Exact: nothing is chosen by numerical values.
 *
 * @throws LimitError when the eliminant could not be factored with proof, or the series would have to be too long.
 */
export function lawOfEliminant(
  eliminant: Polynomial,
  expected: ExpectedMoments,
  derivation: Derivation,
  { most = mostMoments, budget = unlimited }: { readonly most?: number; readonly budget?: Budget } = {},
): Law {
  if (isZero(eliminant)) throw new DomainError("the elimination gives no curve: the two equations share a factor");
  let candidates = irreducibleCurves(eliminant, budget);
  let known = momentsKept;
  for (let order = 4; candidates.length > 1 && order <= most; order += 2) {
    budget.spend(100, "telling the factors of an eliminant apart by moments");
    const series = expected(order);
    known = order;
    candidates = candidates.filter((candidate) => vanishesOn(candidate, series, budget));
  }
  const [only] = candidates;
  if (only === undefined) throw new DomainError("no factor of the eliminant has the moments of the law");
  if (candidates.length > 1) {
    throw new LimitError(`${candidates.length} factors of the eliminant share the first ${most} moments of the law`);
  }
  const options: LawOptions = { derivation, moments: expected(known).slice(1) };
  return lawFromCurve(only, options, budget);
}

function irreducibleCurves(eliminant: Polynomial, budget: Budget): readonly Polynomial[] {
  return squareFree(withoutContents(eliminant, ["m", "z"], budget), budget)
    .filter(({ factor: part }) => degree(part, "m") > 0 && degree(part, "z") > 0)
    .flatMap(({ factor: part }) => factor(part, budget).factors.map((piece) => piece.factor))
    .filter((piece) => degree(piece, "m") > 0 && degree(piece, "z") > 0);
}

/** Whether P(1/w, −w·y(w)), cleared of denominators, is zero to the order to which the moment series y is known. */
function vanishesOn(curve: Polynomial, moments: readonly RationalFunction[], budget: Budget): boolean {
  const ring = powerSeries(fractionsWithin(budget));
  const order = moments.length;
  let power = ring.constant(fractions.one, order);
  let total = ring.constant(fractions.zero, order);
  for (const row of tableAtInfinity(curve, (p) => rationalFunction(p))) {
    const coeffs = Array.from({ length: order }, (_, k) => row[k] ?? fractions.zero);
    total = ring.add(total, ring.mul(coeffs, power));
    power = ring.mul(power, moments);
  }
  return total.every((c) => fractions.isZero(c));
}
