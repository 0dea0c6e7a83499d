export { certifiedRoot, certifiedRootOfBalls } from "./certified-root.js";
export {
  type ComplexCriticalPoint,
  type CriticalPoint,
  type CriticalPoints,
  complexCriticalPoints,
  criticalPoints,
  distanceOf,
  type FinePoint,
} from "./critical-points.js";
export type { GaussianDyadic } from "./dyadic.js";
export { exactArithmetic } from "./exact-arithmetic.js";
export { inclusionRadius, isolationRadius } from "./inclusion.js";
export {
  fibre,
  type IntegerTable,
  integerTable,
  scaledTable,
  shiftZ,
  tableOf,
  throughRoot,
  withoutPole,
} from "./integer-table.js";
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
export type { Arithmetic, Complex, LocalExpansion } from "./local-expansion.js";
export { machineArithmetic } from "./machine-arithmetic.js";
export { decideRamification, fibreOver, type Loop, trackAround } from "./ramification.js";
export { roundedArithmetic } from "./rounded-arithmetic.js";
export {
  apart,
  type FineValue,
  roundedDisc,
  roundedValue,
  type SheetValue,
  timesPowerOfTwo,
  withPlaces,
} from "./sheet-value.js";
export {
  createTracker,
  type DisplacedValue,
  type PathCode,
  type PathOptions,
  type PathResult,
  type PathState,
  precisions,
  type SheetPoint,
  type Spread,
  type Tracker,
  type TrackerOptions,
} from "./tracker.js";
