/** Kernels on residues modulo word-size primes: images of polynomials, evaluation, interpolation, Chinese remainders. */
export {
  centred,
  centredInverse,
  centredPower,
  centredProduct,
  type IntegerImages,
  integerImages,
  invertAll,
} from "./centred-residues.js";
export { absorbResidues, type ChineseRemainders, liftResidues } from "./chinese-remainders.js";
export { interpolateGrid } from "./grid-interpolation.js";
export { type EvaluationPlan, evaluationPlan, gridCost, visitGrid } from "./image-grid.js";
export {
  collapseAxis,
  collapseDegree,
  evaluateRows,
  type LinePlan,
  lineLists,
  linePlan,
  powerTable,
  type TermTable,
} from "./line-images.js";
export { interpolateLowerSet, type LowerSet, lowerSet, lowerSetSize, type WeightLimit } from "./lower-set.js";
export { gcdModulo, resultantModulo } from "./residue-euclid.js";
export { resultantFraction } from "./residue-resultant.js";
