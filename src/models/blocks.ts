import { type Budget, DomainError, unlimited } from "../core/index.js";
import { composeMaps, decompressionMap, transformLaw } from "../flow/index.js";
import { type Law, numericValue, type Scalar, toRationalFunction } from "../law/index.js";
import { fractions, rationalFunctionToText } from "../poly/index.js";
import { QQ } from "../rings/index.js";
import { augmentationMap } from "./maps.js";

/**
 * The law of the block-diagonal matrix of A and x times the identity, where the second block is the share w of the whole:
 * (1 − w) A + w δ_x. Exact; a substitution, unlike the mixture of any two laws.
 *
 * @throws DomainError when w is a number outside (0, 1).
 * @see N. R. Rao, A. Edelman, The polynomial method for random matrices, Found. Comput. Math. 8 (2008) 649–702.
 * @example augment(ensembles.mp("1/4"), "3/4", 0) // mp(4) without its dilation: the companion of mp(1/4)
 */
export function augment(a: Law, w: Scalar, x: Scalar, budget: Budget = unlimited): Law {
  const [share, at] = [toRationalFunction(w), toRationalFunction(x)];
  const value = numericValue(share);
  if (value !== undefined && (QQ.sign(value) <= 0 || QQ.compare(value, QQ.one) >= 0)) {
    throw new DomainError(`augment(A, w, x) needs 0 < w < 1; got w = ${rationalFunctionToText(share)}`);
  }
  return transformLaw(a, "augment", [share, at], augmentationMap(share, at), undefined, budget);
}

/**
 * The law of P A P on the whole space, for a projection P of rank alpha times the size, free from A: the corner of relative size
 * alpha, {@link compress}, and zeros for the rest: A ⊠ ((1 − alpha) δ_0 + alpha δ_1). Exact; a substitution.
 *
 * @throws DomainError when alpha is a number outside (0, 1].
 * @example project(ensembles.atoms([[0, "1/2"], [1, "1/2"]]), "1/2") // two free projections: arcsine on [0, 1], halved, and zeros
 */
export function project(a: Law, alpha: Scalar, budget: Budget = unlimited): Law {
  const share = toRationalFunction(alpha);
  const value = numericValue(share);
  if (value !== undefined && (QQ.sign(value) <= 0 || QQ.compare(value, QQ.one) > 0)) {
    throw new DomainError(`project(A, alpha) needs 0 < alpha <= 1; got ${rationalFunctionToText(share)}`);
  }
  const zeros = augmentationMap(fractions.sub(fractions.one, share), fractions.zero);
  return transformLaw(a, "project", [share], composeMaps(decompressionMap(share), zeros), undefined, budget);
}
