/** Sparse polynomials over QQ in any number of variables: arithmetic, exact division, canonical text. */
export { divideExact, quotientExact } from "./exact-division.js";
export { evaluateExpression } from "./expression-parser.js";
export { fromIntegerPoly, toIntegerPoly } from "./integer-poly-conversion.js";
export * from "./polynomial.js";
export { guardedPower, guardedProduct, integerConstant, parsePolynomial, toText } from "./polynomial-text.js";
export { unionOfVariables } from "./term-order.js";
