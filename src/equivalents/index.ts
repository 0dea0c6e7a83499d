/** Deterministic equivalents: what the law of a population says about estimates from samples. Ridge regression. */
export { ridgeCurve } from "./ridge-curve.js";
export { type RidgeQuantity, ridgeQuantities } from "./ridge-formulas.js";
export { parametersOf, type RidgeModel, type RidgeOptions, ridgeRegression } from "./ridge-model.js";
export {
  isotropicOptimum,
  limitingTestError,
  type OptimalPenalty,
  optimalRidge,
  optimalRidgeByElimination,
} from "./ridge-optimum.js";
export { type RidgeBalls, type RidgeValues, ridgeBalls, ridgeErrors, ridgeValue } from "./ridge-values.js";
export { type RidgelessQuantity, type RidgelessValues, ridgelessErrors, ridgelessQuantities } from "./ridgeless.js";
