import { InternalError } from "../core/index.js";
import { type Law, moments, numericValue } from "../law/index.js";
import { QQ, type Rational } from "../rings/index.js";

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
 * that is negative is a proof that there is no measure [Hamburger 1920]. By the algorithm of Chebyshev, whose pivots
 * sigma_(k,k) are the quotients of neighbouring determinants. Exact; O(order²) operations on rationals.
 *
 * @throws DomainError when the law has parameters.
 */
export function hankelTest(law: Law, order: number = 5): HankelTest {
  const mu = [QQ.one, ...moments(law, 2 * order).map(rationalOf)];
  let before: readonly Rational[] = mu.map(() => QQ.zero);
  let row: readonly Rational[] = mu;
  let [a, b] = [mu[1]!, QQ.zero];
  for (let k = 1; k <= order; k++) {
    // sigma_(k,l) = ∫ pi_k(x) x^l for the monic orthogonal polynomials pi_(k+1) = (x − a_k) pi_k − b_k pi_(k−1).
    const next: Rational[] = mu.map(() => QQ.zero);
    for (let l = k; l <= 2 * order - k; l++) {
      next[l] = QQ.sub(QQ.sub(row[l + 1]!, QQ.mul(a, row[l]!)), QQ.mul(b, before[l]!));
    }
    const pivot = next[k]!;
    const sign = QQ.sign(pivot);
    if (sign < 0) return { negative: k, zero: undefined, order: k };
    if (sign === 0) return { negative: undefined, zero: k, order: k };
    if (k < order) {
      a = QQ.sub(QQ.div(next[k + 1]!, pivot), QQ.div(row[k]!, row[k - 1]!));
      b = QQ.div(pivot, row[k - 1]!);
    }
    [before, row] = [row, next];
  }
  return { negative: undefined, zero: undefined, order };
}

function rationalOf(f: ReturnType<typeof moments>[number]): Rational {
  const value = numericValue(f);
  if (value === undefined) throw new InternalError("a law without parameters has numbers as moments");
  return value;
}
