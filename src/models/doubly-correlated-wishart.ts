import { freeProduct } from "../convolution/index.js";
import { type Budget, DomainError, unlimited } from "../core/index.js";
import { derivationOf, type Law, type Scalar } from "../law/index.js";
import { hasNegativePart, positiveScalar } from "./domain.js";
import { weightedWishart } from "./sample-covariance.js";

/**
 * The doubly correlated Wishart law, with separable covariance: A^(1/2) X B X* A^(1/2)/n for a p×n matrix X of independent entries of
 * variance 1, c = p/n, where A is the law of the p×p covariance between rows and B of the n×n one between columns. One of A and B is
 * non-negative, the other may have any sign. It is A ⊠ {@link weightedWishart}(B, c); with y = −1 − z m = −1 − z_A m_A and
 * c y = −1 − z_B m_B the equations of the source become z = c y z_A z_B. Exact; a substitution where A or B
 * has a rational S-transform (Marchenko–Pastur, Wachter, Fuss–Catalan, a projection), else an elimination. With B = δ_1 it is
 * {@link sampleCovariance}, with A = δ_1 {@link weightedWishart}.
 *
 * @throws DomainError when c is not positive or both A and B have negative eigenvalues (decided where they have no parameters),
 * LimitError when the eliminant could not be factored with proof.
 * @see D. Paul, J. W. Silverstein, No eigenvalues outside the support of the limiting empirical spectral distribution of a separable
 * covariance matrix, J. Multivariate Anal. 100 (2009) 37–57.
 * @example doublyCorrelatedWishart(ensembles.atoms([[1, "1/2"], [3, "1/2"]]), ensembles.mp("1/3"), "1/2")
 */
export function doublyCorrelatedWishart(a: Law, b: Law, c: Scalar, budget: Budget = unlimited): Law {
  const call = "doublyCorrelatedWishart(A, B, c)";
  const ratio = positiveScalar(c, call, "c");
  if (hasNegativePart(a, budget) && hasNegativePart(b, budget)) {
    throw new DomainError(`${call} needs A or B on [0, infinity); here both have negative eigenvalues`);
  }
  const product = freeProduct(a, weightedWishart(b, ratio, budget), budget);
  // A substitution, if it was one, is one in the curve of A.
  const derivation = { ...product.derivation, ...derivationOf("doublyCorrelatedWishart", [a, b], [ratio]) };
  return { ...product, derivation };
}
