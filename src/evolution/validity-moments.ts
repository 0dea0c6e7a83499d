import { type Budget, unlimited } from "../core/index.js";
import { hankelDeterminants, irrationalMean, type Law } from "../law/index.js";
import { fractionConstant } from "../poly/index.js";
import { QQ } from "../rings/index.js";

/** What the Hankel determinants det(mu_(i+j)), 0 ≤ i, j ≤ k, of a law say. */
export interface HankelTest {
  /** Why no measure has these moments, in one line; undefined where they refute none. */
  readonly refutation: string | undefined;
  /** The first k whose determinant is zero: a measure with these moments has k atoms and nothing else. */
  readonly zero: number | undefined;
  /** The determinants 0, …, order were looked at. */
  readonly order: number;
}

/**
 * The signs of the Hankel determinants of the exact moments mu_0, …, mu_(2·order): a measure has none that is negative, and once one is zero
 * so are all that follow, so anything else is a proof that there is no measure [Hamburger 1920]. Of irrational moments none is computed,
 * and `order` is −1.
 */
export function hankelTest(law: Law, order: number = 5, budget: Budget = unlimited): HankelTest {
  if (irrationalMean(law, budget) !== undefined) return { refutation: undefined, zero: undefined, order: -1 };
  const signs = hankelDeterminants(law, order + 1, budget).map((h) => QQ.sign(fractionConstant(h)));
  const first = signs.findIndex((sign) => sign <= 0);
  if (first < 0) return { refutation: undefined, zero: undefined, order };
  if (signs[first]! < 0) return { refutation: `${determinantOf(first)} is negative`, zero: undefined, order };
  const later = signs.findIndex((sign, k) => k > first && sign !== 0);
  const refutation =
    later < 0 ? undefined : `${zeroDeterminant(first)}, but that of mu_0, …, mu_${2 * later} is not zero`;
  return { refutation, zero: first, order };
}

/** That the determinant of order k is zero, in words. */
export function zeroDeterminant(k: number): string {
  return `${determinantOf(k)} is zero, as for ${k === 1 ? "one atom" : `${k} atoms`}`;
}

function determinantOf(k: number): string {
  return `the Hankel determinant of its moments mu_0, …, mu_${2 * k}`;
}
