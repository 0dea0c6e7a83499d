/**
 * Real and complex balls: intervals and rectangles of numbers with a midpoint of any precision and a small radius.
 *
 * The promise. For every operation f here and every choice of points x, y, … in its input balls, f(x, y, …) lies in the ball that is
 * returned. It holds for each rounding, at each precision, and so for every composition of operations, as long as it makes its
 * decisions with predicates that are decided (`sign`, `contains`, `compare` … never by looking at midpoints). Where f is not defined
 * on all of the input (a divisor that is or may be 0, a root of what may be negative) the result is the whole line or plane, which
 * keeps the promise and says nothing; a root or a logarithm that is real nowhere on the input is a DomainError.
 *
 * Functions with branches (the argument, the logarithm, the square root, powers of complex balls) take their principal values, cut along
 * the negative real axis and continuous from above there. A rectangle that meets the cut from below holds points on both sides, and
 * the result contains the values on both.
 *
 * What is not promised. That a ball is the smallest one: radii are rounded outward, operations forget how their inputs depend on each
 * other (x − x is a ball around 0), and a complex ball is a rectangle with sides along the axes. That more precision gives a subset
 * of what less precision gave; it gives a smaller radius unless the inputs are the limit. That results are correctly rounded, or
 * that two ways to compute one number give overlapping midpoints. `bits` is the length of midpoints, not a number of correct bits:
 * the radius tells those. An exact input stays exact only where the result fits: sums, products, quotients and roots that are
 * dyadic numbers of at most `bits` bits.
 *
 * @module freecurve/ball
 */
export { type ComplexBalls, complexBalls } from "./complex-balls.js";
export type { ComplexBall } from "./complex-elementary.js";
export { piBall } from "./pi.js";
export type { BallPolynomials } from "./polynomial.js";
export { containsRational, decideEqual, decideLess, isExact, type RealBall } from "./real-ball.js";
export { type BallField, type RealBalls, realBalls } from "./real-balls.js";
export {
  ballToText,
  certifiedDecimal,
  complexBallToText,
  radiusToNumber,
  toComplex,
  toDecimal,
  toNumber,
  tryDecimal,
} from "./text.js";
