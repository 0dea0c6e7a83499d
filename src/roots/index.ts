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
export { type ComplexRoot, type ComplexRootsOptions, complexRoots, complexRootsOfBalls } from "./complex-roots.js";
export { radicals } from "./radicals.js";
export { algebraicRoots, type RealRoot, realRoots, rootInInterval, rootsBetween } from "./real-roots.js";
