export { anticommutator, commutator } from "./commutator.js";
export { freeProduct, freeQuotient, multiplicativePower } from "./free-product.js";
export { freeDifference, freeSum } from "./free-sum.js";
export { type ExpectedMoments, lawOfEliminant } from "./law-factor.js";
export { mix } from "./mixture.js";
export { isPositive } from "./positivity.js";
export { areVisiblyEqual, isAtomAtZero, isSymmetric } from "./special-laws.js";
export { square, squareRoot } from "./square.js";
export { type CarriedMoments, substitutedLaw } from "./substituted-law.js";
