import { type Budget, unlimited } from "../core/index.js";
import { transformLaw } from "../flow/index.js";
import type { Law, Scalar } from "../law/index.js";
import { nonNegativeScalar, positiveScalar, requireGram } from "./domain.js";
import { informationPlusNoiseMap } from "./maps.js";

/**
 * Information plus noise: the law of (R + √v X)(R + √v X)* /n, where R R* /n has the law A and X is p×n with independent entries
 * of variance 1, c = p/n: m = ∫ dA(t)/(t/(1 + v c m) − (1 + v c m) z + v(1 − c)). Exact; a substitution in the curve of A. With
 * v = 0 it is A.
 *
 * @throws DomainError when c is not positive, v is negative, or A is the law of no R R* for a p×n matrix R: negative eigenvalues, or,
 * for c > 1, less than the share 1 − 1/c of zeros (decided where A has no parameters).
 * @see R. B. Dozier, J. W. Silverstein, On the empirical distribution of eigenvalues of large dimensional
 * information-plus-noise-type matrices, J. Multivariate Anal. 98 (2007) 678–694.
 * @example informationPlusNoise(ensembles.atoms([[1, "1/2"], [4, "1/2"]]), "v", "1/2")
 */
export function informationPlusNoise(a: Law, v: Scalar, c: Scalar, budget: Budget = unlimited): Law {
  const call = "informationPlusNoise(A, v, c)";
  const variance = nonNegativeScalar(v, call, "v");
  const ratio = positiveScalar(c, call, "c");
  requireGram(a, ratio, call, "A", budget);
  const map = informationPlusNoiseMap(variance, ratio);
  return transformLaw(a, "informationPlusNoise", [variance, ratio], map, undefined, budget);
}
