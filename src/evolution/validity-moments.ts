import { type Budget, unlimited } from "../core/index.js";
import { hankelDeterminants, irrationalMean, type Law } from "../law/index.js";
import { fractionConstant } from "../poly/index.js";
import { QQ } from "../rings/index.js";

/** What the Hankel determinants det(mu_(i+j)), 0 ≤ i, j ≤ k, of a law say. */
export interface HankelTest {
  /** The first k whose determinant is negative: no measure has these moments. */
  readonly negative: number | undefined;
  /** The first k whose determinant is zero: a measure with these moments has k atoms and nothing else. */
  readonly zero: number | undefined;
  /** The determinants 0, …, order were looked at, up to the first that is not positive. */
  readonly order: number;
}

/**
 * The signs of the Hankel determinants of the exact moments mu_0, …, mu_(2·order): a measure has none that is negative, so one
 * that is negative is a proof that there is no measure [Hamburger 1920]. Of irrational moments none is computed, and `order` is −1.
 */
export function hankelTest(law: Law, order: number = 5, budget: Budget = unlimited): HankelTest {
  if (irrationalMean(law, budget) !== undefined) return { negative: undefined, zero: undefined, order: -1 };
  const signs = hankelDeterminants(law, order + 1, budget).map((h) => QQ.sign(fractionConstant(h)));
  const first = signs.findIndex((sign) => sign <= 0);
  if (first < 0) return { negative: undefined, zero: undefined, order };
  return signs[first]! < 0
    ? { negative: first, zero: undefined, order: first }
    : { negative: undefined, zero: first, order: first };
}
