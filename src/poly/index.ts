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
export { divideExact } from "./exact-division.js";
export { type Factorization, factor, isIrreducible } from "./factor.js";
export { content, contentIn, gcd, gcdOf, lcm } from "./gcd.js";
export { fromIntegerPoly, toIntegerPoly } from "./integer-poly-conversion.js";
export {
  add,
  coefficients,
  constant,
  constantValue,
  degree,
  derivative,
  equals,
  fromCoefficients,
  isConstant,
  isZero,
  leadingCoefficient,
  monomial,
  multiply,
  negate,
  onePolynomial,
  type Polynomial,
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
  totalDegree,
  variable,
  zeroPolynomial,
} from "./polynomial.js";
export { parsePolynomial, toText } from "./polynomial-text.js";
export {
  composeFraction,
  fractionConstant,
  fractions,
  parseRationalFunction,
  type RationalFunction,
  rationalFunction,
  rationalFunctionToText,
  substituteFractions,
} from "./rational-function.js";
export {
  determinant,
  discriminant,
  resultant,
  resultantByInterpolation,
  resultantBySubresultants,
  resultantBySylvester,
  sylvesterMatrix,
} from "./resultant.js";
export { type PolynomialPower, squareFree, squareFreePart } from "./square-free.js";
