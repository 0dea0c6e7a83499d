import type { Budget } from "../core/index.js";
import { fractions, fractionsWithin, type RationalFunction } from "../poly/index.js";
import { type PowerSeries, type PowerSeriesRing, powerSeries } from "../series/index.js";

// Moments of the results, from those of the arguments and without any curve. Lists start with the first moment or cumulant.

type List = readonly RationalFunction[];

/**
 * The rectangular free cumulants c_1, …, c_n of ratio c from mu_1, …, mu_n of the law of Y Y*: with M(u) = Σ mu_k u^k the series
 * C(w) = Σ c_k w^k has C(u (1 + M)(1 + c M)) = M.
 */
export function rectangularCumulantsOfMoments(moments: List, c: RationalFunction, budget: Budget): List {
  const ring = powerSeries(fractionsWithin(budget));
  const series = [fractions.zero, ...moments];
  const argument = [fractions.zero, ...rectangularFactor(ring, series, c).slice(0, -1)];
  return ring.compose(series, ring.reversion(argument)).slice(1);
}

/** mu_1, …, mu_n from the rectangular free cumulants c_1, …, c_n: M is C at the inverse of w/((1 + C)(1 + c C)). */
export function momentsOfRectangularCumulants(cumulants: List, c: RationalFunction, budget: Budget): List {
  const ring = powerSeries(fractionsWithin(budget));
  const series = [fractions.zero, ...cumulants];
  const argument = [fractions.zero, ...ring.inverse(rectangularFactor(ring, series, c)).slice(0, -1)];
  return ring.compose(series, ring.reversion(argument)).slice(1);
}

/** (1 + f)(1 + c f) for a series f without constant term. */
function rectangularFactor(
  ring: PowerSeriesRing<RationalFunction>,
  f: PowerSeries<RationalFunction>,
  c: RationalFunction,
): PowerSeries<RationalFunction> {
  const one = ring.constant(fractions.one, f.length);
  return ring.mul(ring.add(one, f), ring.add(one, ring.scale(f, c)));
}
