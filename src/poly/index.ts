/**
 * Polynomials with rational coefficients in any number of variables: arithmetic, gcd, factors, resultants, discriminants, rational functions.
 *
 * @module freecurve/poly
 */
export {
  content,
  contentIn,
  type Factorization,
  factor,
  gcd,
  gcdOf,
  isIrreducible,
  lcm,
  type PolynomialPower,
  squareFree,
  squareFreePart,
} from "../factor/index.js";
export type { ExactDomain } from "../linear/index.js";
export * as linearAlgebra from "../linear/index.js";
export type { Field, Ring } from "../rings/index.js";
export {
  add,
  coefficients,
  constant,
  constantValue,
  degree,
  derivative,
  divideExact,
  equals,
  fromCoefficients,
  fromIntegerPoly,
  isConstant,
  isZero,
  leadingCoefficient,
  monomial,
  multiply,
  negate,
  onePolynomial,
  type Polynomial,
  parsePolynomial,
  polynomialFromTerms,
  power,
  primitive,
  productOf,
  rationalContent,
  scale,
  substitute,
  subtract,
  sumOf,
  type Term,
  toIntegerPoly,
  toText,
  totalDegree,
  variable,
  zeroPolynomial,
} from "../sparse/index.js";
export {
  type DensePoly,
  type DensePolyRing,
  densePoly,
  type IntegerFactorization,
  type IntegerPoly,
  integerPoly,
  type NumberField,
  type NumberFieldElement,
  numberField,
} from "../univariate/index.js";
export {
  discriminant,
  discriminantByInterpolation,
  discriminantBySubresultants,
  discriminantParts,
} from "./discriminant.js";
export type { EliminantParts } from "./eliminant-expansion.js";
export {
  composeFraction,
  fractionConstant,
  fractions,
  fractionsWithin,
  parseRationalFunction,
  type RationalFunction,
  rationalFunction,
  rationalFunctionToText,
  substituteFractions,
} from "./rational-function.js";
export { resultant, resultantByInterpolation } from "./resultant.js";
export { principalSubresultants, resultantBySubresultants, subresultants } from "./subresultants.js";
export {
  determinant,
  polynomialDomain,
  resultantByBezout,
  resultantBySylvester,
  sylvesterMatrix,
} from "./sylvester.js";
