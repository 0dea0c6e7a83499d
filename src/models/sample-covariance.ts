import { type Budget, unlimited } from "../core/index.js";
import { transformLaw } from "../flow/index.js";
import type { Law, Scalar } from "../law/index.js";
import { positiveScalar } from "./domain.js";
import { sampleCovarianceMap, weightedWishartMap } from "./maps.js";

/**
 * The sample covariance law of a population covariance with law A: A^(1/2) X X* A^(1/2)/n for a p×n matrix X of independent entries of
 * variance 1, c = p/n, that is A ⊠ mp(c): m = ∫ dA(t)/(t(1 − c − c z m) − z). A may have any sign; then it is the law of
 * W^(1/2) A W^(1/2) with W = X X* /n. Exact; a substitution in the curve of A.
 *
 * @throws DomainError when c is not positive.
 * @see J. W. Silverstein, Strong convergence of the empirical distribution of eigenvalues of large dimensional random matrices,
 * J. Multivariate Anal. 55 (1995) 331–339.
 * @example sampleCovariance(ensembles.atoms([[1, "1/2"], [3, "1/2"]]), "c") // silverstein(c, [[1, 1/2], [3, 1/2]])
 */
export function sampleCovariance(a: Law, c: Scalar, budget: Budget = unlimited): Law {
  const ratio = positiveScalar(c, "sampleCovariance(A, c)", "c");
  return transformLaw(a, "sampleCovariance", [ratio], sampleCovarianceMap(ratio), undefined, budget);
}

/**
 * The law of X B X* /n for a p×n matrix X of independent entries of variance 1, c = p/n, and an n×n matrix B, symmetric, of any sign: the
 * compound free Poisson law with jumps of law B, of free cumulants c^(k−1) mu_k(B); R(s) = ∫ t/(1 − c t s) dB(t). With
 * {@link freeSum} it gives A + X B X* /n. Exact; a substitution in the curve of B.
 *
 * @throws DomainError when c is not positive.
 * @see J. W. Silverstein, Z. D. Bai, On the empirical distribution of eigenvalues of a class of large dimensional random matrices,
 * J. Multivariate Anal. 54 (1995) 175–192.
 * @example freeSum(ensembles.wachter(2, 3), weightedWishart(ensembles.atoms([[1, "1/2"], [-1, "1/2"]]), "1/2"))
 */
export function weightedWishart(b: Law, c: Scalar, budget: Budget = unlimited): Law {
  const ratio = positiveScalar(c, "weightedWishart(B, c)", "c");
  return transformLaw(b, "weightedWishart", [ratio], weightedWishartMap(ratio), undefined, budget);
}
