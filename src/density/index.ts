/** The density of a law: fast on typed arrays, certified to any digits; distribution function and quantiles. */
export { type BoundaryValue, boundaryValue } from "./boundary-value.js";
export { type DensityEvaluator, density, densityAt } from "./density.js";
export { type DensityInterval, densityAtDistance, densityIntervals, type HalfInterval } from "./density-pieces.js";
export { type Distribution, distribution, quantiles } from "./distribution.js";
export { type DistributionValue, distributionAt, quantileAt } from "./distribution-at.js";
export { sheetBall } from "./sheet-ball.js";
