export {
  betaHermite,
  betaJacobi,
  betaLaguerre,
  manovaEigenvalues,
  type TridiagonalMatrix,
  wignerEigenvalues,
  wishartEigenvalues,
} from "./beta-ensembles.js";
export {
  addMatrices,
  checkSize,
  type DenseMatrix,
  gram,
  multiply,
  scaleMatrix,
  scaleRows,
  zeroMatrix,
} from "./dense-matrix.js";
export { chiVariate, gammaVariate } from "./gamma-variates.js";
export { gaussianMatrix, haarOrthogonal, weightedWishart, wignerMatrix } from "./gaussian-matrices.js";
export { monomialEnsemble } from "./monomial-ensemble.js";
export { symmetricEigenvalues } from "./symmetric-eigenvalues.js";
export { tridiagonalEigenvalues } from "./tridiagonal-eigenvalues.js";
