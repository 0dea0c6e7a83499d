/** Dense polynomials in ZZ[x] on bigint, entered as the name space `integerPoly`. */
export { factor, type IntegerFactorization, isIrreducible } from "./factor-integer-poly.js";
export {
  add,
  compose,
  content,
  degree,
  derivative,
  divideExact,
  equals,
  evaluate,
  evaluateHomogeneous,
  type IntegerPoly,
  leadingCoefficient,
  mul,
  multiplyBySchoolbook,
  negate,
  normSquared,
  pow,
  primitive,
  pseudoDivide,
  pullBackMobius,
  quotientExact,
  reverse,
  scale,
  scaleVariable,
  signAt,
  sub,
  taylorShift,
  toText,
  trim,
} from "./integer-poly-arithmetic.js";
export { gcd, squareFree, squareFreePart } from "./integer-poly-gcd.js";
export { multiplyByKronecker } from "./kronecker-product.js";
