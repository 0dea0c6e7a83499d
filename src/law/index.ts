export {
  type Anatomy,
  anatomy,
  type Cell,
  locate,
  located,
  type ShiftedSheet,
  type SideOfPoint,
  type SingularPoint,
  shiftedSheet,
} from "./anatomy.js";
export { type Atom, atoms, steepPoles } from "./atoms.js";
export { AmbiguousBranchError, irrationalMean, specialiseOrRemake, tableAtInfinity } from "./branch-at-infinity.js";
export { type BranchPoints, branchPoints, type ComplexBranchPoint } from "./branch-points.js";
export { distanceTo, widestCell } from "./bulk-masses.js";
export { cumulantPolynomials, cumulantsOfMoments, momentPolynomials, momentsOfCumulants } from "./free-cumulants.js";
export { hardEdgePath } from "./hard-edge.js";
export {
  type Derivation,
  derivationOf,
  type Law,
  type LawOptions,
  lawFromCurve,
  type Operand,
  requireNumeric,
  specialise,
  withoutContents,
} from "./law.js";
export { hankelDeterminants, type JacobiCoefficients, jacobiCoefficients } from "./moment-determinants.js";
export {
  cumulantRecurrence,
  momentEquation,
  momentRecurrence,
  type SequenceRecurrence,
} from "./moment-recurrence.js";
export { cumulants, moments } from "./moments.js";
export { intoNormal, isNormalised, normalisation, outOfNormal } from "./normalisation.js";
export { type BoundaryPoint, type PhysicalSheet, physicalSheet, transformAt } from "./physical-sheet.js";
export { numericValue, type Scalar, toRationalFunction, whyNotParameter } from "./scalar.js";
export { decideSpectrum, requireSpectrum, type UpperPoint, upperPlaceText, upperPoints } from "./spectrum.js";
export { pointOfSupport, type Support, type SupportInterval, support } from "./support.js";
