export { bitLength, floorDivide, type IntegerRing, integerGcd, integerSqrt, lehmerCofactors, ZZ } from "./integers.js";
export { isProvedPrime } from "./primality.js";
export {
  GF,
  invertModulo,
  isPrime,
  multiplyModulo,
  type PrimeField,
  reduceModulo,
  wordPrime,
  wordPrimeLimit,
} from "./prime-field.js";
export { parseRational, rationalToDecimal } from "./rational-text.js";
export {
  powerOfTwo,
  QQ,
  type Rational,
  type RationalField,
  rational,
  rationalFromNumber,
  rationalToNumber,
  rationalToText,
  simplestRationalBetween,
} from "./rationals.js";
export { type Field, powerBySquaring, type Ring } from "./ring.js";
