export { fitContinuousLevyCurves } from "./continuous-levy-fit.js";
export type { CurveFit } from "./curve-fit.js";
export { type BranchConditions, fitDenseCurve } from "./dense-fit.js";
export { type DoubleCurve, toDoubleCurve } from "./double-curve.js";
export { fitLevyCurves } from "./levy-fit.js";
export { type Samples, sampleTransform } from "./samples.js";
export { estimateSpectrum, type SpectrumEstimate, windowFor } from "./spectrum-estimate.js";
