export { type AssumptionCheck, checkAssumption, freeCumulants } from "./assumption.js";
export { type Distances, distances, empiricalDistribution, kolmogorovSmirnov, type Predicted } from "./distances.js";
export { type Bulk, type ExtrapolateOptions, type Extrapolation, extrapolate, type Outlier } from "./extrapolate.js";
export { type Candidate, type Fit, type FitOptions, fit } from "./fit.js";
export { horizonOfFit } from "./horizon-of-fit.js";
export { type Preparation, type PreparationOptions, prepareSpectrum } from "./preparation.js";
export { readEigenvalues } from "./read-eigenvalues.js";
