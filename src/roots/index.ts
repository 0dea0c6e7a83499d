/**
 * Real algebraic numbers, as minimal polynomial and isolating interval, and roots of polynomials: real ones exactly, complex ones in proved
 * discs, radicals where there are some.
 *
 * @module freecurve/roots
 */
export {
  type ComplexRoot,
  type ComplexRootsOptions,
  complexRoots,
  complexRootsOfBalls,
} from "../complex-roots/index.js";
export type { IsolatingInterval } from "../isolation/index.js";
export { isolateRealRoots } from "../isolation/index.js";
export { type AlgebraicField, type AlgebraicFieldOptions, algebraicField, algebraicToText } from "./algebraic-field.js";
export {
  type AlgebraicNumber,
  affineImage,
  algebraicEquals,
  algebraicFromIsolated,
  algebraicFromRational,
  algebraicToBall,
  algebraicToDecimal,
  algebraicToNumber,
  compareAlgebraic,
  compareWithRational,
  isRational,
  rationalBetween,
  rationalValue,
  refine,
  signOf,
} from "./algebraic-number.js";
export { radicals } from "./radicals.js";
export { polynomialValue, type RealNumberField, realNumberField, signAt } from "./real-number-field.js";
export {
  algebraicRoots,
  type RealRoot,
  realRootDecimals,
  realRoots,
  rootInInterval,
  rootsBetween,
} from "./real-roots.js";
export { radicalRoots, type SymbolicRoot } from "./symbolic-radicals.js";
