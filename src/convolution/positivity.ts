import { type Budget, unlimited } from "../core/index.js";
import { type Law, moments, numericValue, support } from "../law/index.js";
import { fractions } from "../poly/index.js";
import { QQ } from "../rings/index.js";
import { signOf } from "../roots/index.js";
import { powerSeries } from "../series/index.js";
import { isAtomAtZero } from "./special-laws.js";

/** So many moments are asked whether a law can live on the positive half-line. */
const momentsAsked = 6;

/**
 * Whether the first moments refute that the law lives on [0, ∞): its moment series 1/(1 − c_1 u/(1 − c_2 u/(1 − …))) has a
 * negative c_k [Stieltjes 1894]. Exact, and a proof when true; with parameters only a mean that is identically zero is seen, and of
 * a law with irrational moments only a negative mean. {@link isPositive} decides.
 */
export function momentsRefutePositivity(law: Law, budget: Budget = unlimited): boolean {
  if (law.meanBetween !== undefined) return QQ.sign(law.meanBetween[1]) < 0;
  if (law.parameters.length > 0) return !isAtomAtZero(law) && fractions.isZero(moments(law, 1, budget)[0]!);
  const ring = powerSeries(QQ);
  let series = [QQ.one, ...moments(law, momentsAsked, budget).map((mu) => numericValue(mu)!)];
  while (series.length > 1) {
    // 1/M = 1 − c u M_1
    const rest = ring.inverse(series).slice(1).map(QQ.neg);
    const sign = QQ.sign(rest[0]!);
    if (sign <= 0) return sign < 0 || rest.some((c) => !QQ.isZero(c));
    series = rest.map((c) => QQ.div(c, rest[0]!));
  }
  return false;
}

/**
 * Whether the support lies in [0, ∞). Exact.
 *
 * @throws DomainError when the law has parameters or is no spectrum, LimitError when that could not be decided.
 */
export function isPositive(law: Law, budget: Budget = unlimited): boolean {
  if (momentsRefutePositivity(law, budget)) return false;
  const { intervals, atoms } = support(law, budget);
  return [...intervals.slice(0, 1).map((bulk) => bulk.left), ...atoms.map((atom) => atom.at)].every(
    (x) => signOf(x) >= 0,
  );
}
