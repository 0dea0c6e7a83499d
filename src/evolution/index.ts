export { criticalTimes } from "./critical-times.js";
export { type DualLine, type EdgePolynomial, edgePolynomial } from "./edge-polynomial.js";
export { type EventOptions, events, type SpectralEvent } from "./events.js";
export type { EventKind } from "./events-kinds.js";
export type { ShapeEdge } from "./events-shape.js";
export { type Horizon, type HorizonCause, horizon } from "./horizon.js";
export { type EdgeSample, type Trajectories, trajectories } from "./trajectories.js";
export { type Criterion, type CriterionName, isSpectrum, type SpectrumReport, tryValidity } from "./validity.js";
export { vanishingWeights } from "./vanishing-weights.js";
