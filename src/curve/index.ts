export { certifiedRoot } from "./certified-root.js";
export {
  type ComplexCriticalPoint,
  type CriticalPoint,
  type CriticalPoints,
  complexCriticalPoints,
  criticalPoints,
} from "./critical-points.js";
export { inclusionRadius, isolationRadius } from "./inclusion.js";
export { fibre, type IntegerTable, integerTable, shiftZ, tableOf, withoutPole } from "./integer-table.js";
export {
  type Chart,
  exponentOfReciprocal,
  type FibrePoint,
  fibrePoints,
  type LocalCurve,
  limitOf,
  localCurve,
  type Neighbourhood,
  neighbourhoods,
  ramificationExponents,
  type SheetValues,
  totalExponent,
} from "./local-branches.js";
export {
  type Arithmetic,
  type Complex,
  exactArithmetic,
  type LocalExpansion,
  machineArithmetic,
} from "./local-expansion.js";
export { decideRamification, type Loop, trackAround } from "./ramification.js";
export { createTracker, type SheetPoint, type Tracker, type TrackerOptions } from "./tracker.js";
