export { type DensePoly, type DensePolyRing, densePoly } from "./dense-poly.js";
export {
  countFactors,
  distinctDegreeFactors,
  type EqualDegreePart,
  factorsModulo,
  isSquareFreeModulo,
  possibleDegrees,
} from "./factor-prime-field-poly.js";
export type { IntegerFactorization, IntegerPoly } from "./integer-poly.js";
export * as integerPoly from "./integer-poly.js";
export { type NumberField, type NumberFieldElement, numberField } from "./number-field.js";
export {
  bezoutResidues,
  derivativeResidues,
  divideResidues,
  evaluateResidues,
  gcdResidues,
  lightPrime,
  monicResidues,
  multiplyResidues,
  oneResidues,
  productsBetweenReductions,
  type ResiduePoly,
  reduceResidue,
  remainderResidues,
  scaleResidues,
  toResidues,
  trimResidues,
} from "./prime-field-poly.js";
