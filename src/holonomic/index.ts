/** Linear differential equations of algebraic functions, and the recurrences of the coefficients of their series. */
export {
  type DifferentialEquation,
  differentialEquation,
  type EquationOptions,
  satisfies,
} from "./differential-equation.js";
export { equationToLatex, equationToText, recurrenceToLatex, recurrenceToText } from "./holonomic-text.js";
export { orderOf, type Recurrence, recurrenceOfEquation, termsToGive } from "./recurrence.js";
export { integerTerms, polynomialTerms, type TermRing, type UnrollStart, unroll } from "./unroll.js";
