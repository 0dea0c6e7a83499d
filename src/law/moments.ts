import { type Budget, DomainError, unlimited } from "../core/index.js";
import type { RationalFunction } from "../poly/index.js";
import { momentSeries } from "./branch-at-infinity.js";
import { cumulantsOfSeries } from "./free-cumulants.js";
import type { Law } from "./law.js";
import { termsByRecurrence } from "./moment-recurrence.js";

/**
 * The moments mu_1, …, mu_n of the law: coefficients of m = −1/z − mu_1/z² − … on the physical branch, as rational
 * functions of the parameters (constants where there are none). Exact. Few moments come from the series of the branch, many from their
 * recurrence: 10 000 of `fussCatalan(2)` in a fraction of a second.
 *
 * @example moments(ensembles.mp("c"), 3) // 1, c + 1, c^2 + 3*c + 1
 */
export function moments(law: Law, n: number, budget: Budget = unlimited): readonly RationalFunction[] {
  return termsByRecurrence(law, "moments", checkedCount(n), budget) ?? momentSeries(law, n, budget).slice(1);
}

/**
 * The free cumulants kappa_1, …, kappa_n: coefficients of R(s) = sum kappa_n s^(n−1) with z = R(−m) − 1/m. Exact; from the moments,
 * or where there are many from their own recurrence.
 */
export function cumulants(law: Law, n: number, budget: Budget = unlimited): readonly RationalFunction[] {
  return (
    termsByRecurrence(law, "cumulants", checkedCount(n), budget) ??
    cumulantsOfSeries(momentSeries(law, n, budget), budget)
  );
}

function checkedCount(n: number): number {
  if (!Number.isInteger(n) || n < 1)
    throw new DomainError(`the number of moments must be a positive integer; got ${n}`);
  return n;
}
