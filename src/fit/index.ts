export { answersOf, type LawAnswer } from "./answers.js";
export type { Band, Bands } from "./bands.js";
export type { Constraints } from "./candidates.js";
export type { Candidate } from "./choice.js";
export type { Diagnosis } from "./diagnosis.js";
export { type Distances, distances, type Predicted } from "./distances.js";
export {
  type ExtrapolateOptions,
  type Extrapolation,
  extrapolate,
  extrapolateSteps,
  type Projection,
} from "./extrapolate.js";
export { type Fit, type FitOptions, fit, fitSteps, projectToDivisible } from "./fit.js";
export { horizonOfFit } from "./horizon-of-fit.js";
export type { Bulk } from "./large-bulk.js";
export type { Outlier } from "./outliers.js";
export {
  orderOf,
  type PackedBatch,
  type PackedResult,
  packBatch,
  packResult,
  performPiece,
  type Result,
  unpackBatch,
  unpackResult,
} from "./pieces.js";
export { type Preparation, type PreparationOptions, prepareSpectrum } from "./preparation.js";
export { type Performer, performedBy, type Steps, type Work } from "./steps.js";
