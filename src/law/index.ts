export { type Anatomy, anatomy, type Cell, located, type SingularPoint } from "./anatomy.js";
export { type Atom, atoms, steepPoles } from "./atoms.js";
export { type BoundaryValue, boundaryValue } from "./boundary-value.js";
export { tableAtInfinity } from "./branch-at-infinity.js";
export { type BranchPoints, branchPoints } from "./branch-points.js";
export { type DensityEvaluator, density, densityAt } from "./density.js";
export { type DensityInterval, densityAtDistance, densityIntervals, type HalfInterval } from "./density-pieces.js";
export { type Distribution, distribution, quantiles } from "./distribution.js";
export {
  type Derivation,
  type Law,
  type LawOptions,
  lawFromCurve,
  type Operand,
  requireNumeric,
  specialise,
  withoutContents,
} from "./law.js";
export { cumulants, cumulantsOfMoments, moments, momentsOfCumulants } from "./moments.js";
export {
  type BoundaryPoint,
  type PhysicalSheet,
  physicalSheet,
  transformAt,
} from "./physical-sheet.js";
export { numericValue, type Scalar, toRationalFunction } from "./scalar.js";
export { decideSpectrum, requireSpectrum, type UpperPoint, upperPoints } from "./spectrum.js";
export { pointOfSupport, type Support, type SupportInterval, support } from "./support.js";
