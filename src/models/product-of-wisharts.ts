import { type Budget, DomainError, unlimited } from "../core/index.js";
import { coordinates } from "../flow/index.js";
import { type Derivation, type Law, lawFromCurve, type Scalar } from "../law/index.js";
import { fractionsWithin } from "../poly/index.js";
import { positiveScalar } from "./domain.js";

/**
 * The law of Y Y* for a product Y = X_1 X_2 ⋯ X_k/√(n_1 ⋯ n_k) of independent rectangular matrices X_i, n_(i−1)×n_i, of independent
 * entries of variance 1, with p = n_0 rows and c_i = p/n_i: mp(c_1) ⊠ … ⊠ mp(c_k), whatever the order of the c_i. The curve is
 * 1 + z m = m Π (1 − c_i − c_i z m), of degree k in z and k + 1 in m, from S(y) = Π 1/(1 + c_i y).
 * Exact; no elimination. With all c_i = 1 it is fussCatalan(k).
 *
 * @throws DomainError when the list is empty or a ratio is not positive.
 * @see Z. Burda, A. Jarosz, G. Livan, M. A. Nowak, A. Swiech, Eigenvalues and singular values of products of rectangular Gaussian random
 * matrices, Phys. Rev. E 82 (2010) 061114.
 * @example productOfWisharts(["c", "d"]) // mp(c) ⊠ mp(d)
 */
export function productOfWisharts(ratios: readonly Scalar[], budget: Budget = unlimited): Law {
  const call = "productOfWisharts(ratios)";
  if (ratios.length === 0)
    throw new DomainError(`${call} needs at least one ratio, as in productOfWisharts([1/2, 1/3])`);
  const exact = ratios.map((ratio) => positiveScalar(ratio, call, "every ratio"));
  const { add, sub, mul, one } = fractionsWithin(budget);
  const { z, m } = coordinates;
  const lifted = add(one, mul(z, m));
  // y = −1 − z m turns it into y z = (1 + y) Π (1 + c_i y), linear in z with coprime coefficients: irreducible.
  const product = exact.reduce((value, c) => mul(value, sub(one, mul(c, lifted))), m);
  const derivation: Derivation = { operation: "productOfWisharts", operands: [{ kind: "scalars", values: exact }] };
  return lawFromCurve(sub(lifted, product).numerator, { derivation }, budget);
}
