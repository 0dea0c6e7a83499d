export { type DensePoly, type DensePolyRing, densePoly } from "./dense-poly.js";
export type { IntegerFactorization, IntegerPoly } from "./integer-poly.js";
export * as integerPoly from "./integer-poly.js";
export { type NumberField, type NumberFieldElement, numberField } from "./number-field.js";
