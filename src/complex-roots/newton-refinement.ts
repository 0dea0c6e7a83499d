import { type Budget, InternalError } from "../core/index.js";
import {
  type DyadicPoint,
  differenceOf,
  LOG_SLACK,
  logModulus,
  logSum,
  quotientOf,
  roundedTo,
} from "./dyadic-point.js";
import { evaluateFixedPoint, type FixedPointPolynomial } from "./fixed-point-evaluation.js";
import type { IsolatedRoot } from "./inclusion-discs.js";

/** |centre − root| <= 2^radius. */
export interface RefinedRoot {
  readonly centre: DyadicPoint;
  readonly radius: number;
}

/**
 * The root in the disc with |centre − root| <= 2^-bits |root|, by Newton's iteration with as many digits in each step as it yields.
 * No evaluation at the end is needed to prove it: with the other roots ζ_j and S = Σ 1/|x − ζ_j| the step leads from x to
 * ζ + h·(hs/(1 + hs)) for h = x − ζ and some |s| <= S, so that |h|² S/(1 − |h| S) and the errors of p(x)/p'(x) bound the new distance.
 */
export function refineRoot(p: FixedPointPolynomial, root: IsolatedRoot, bits: number, budget: Budget): RefinedRoot {
  let { centre, radius, slope } = root;
  const { crowding } = root;
  const n = p.re.length;
  for (let steps = 0; ; steps++) {
    const logX = logModulus(centre);
    if (radius <= logX - bits - 1) return { centre, radius };
    if (steps > 200) throw new InternalError("Newton's iteration does not reach the precision asked for");
    const crowd = Math.max(-3, crowding + logX);
    const accuracy = logX - radius;
    // What the last steps need, each half of the next one; this step goes as far as the first of them that it can reach.
    let next = bits + 2;
    while (next > 2 * accuracy - crowd - 3) next = Math.ceil((next + crowd + 3) / 2);
    next = Math.max(next, Math.ceil(accuracy + 1));
    const x = roundedTo(centre, Math.floor(logX - accuracy - 4));
    radius = logSum(radius, Math.floor(logX - accuracy - 4) + 1);
    const guard = Math.ceil(Math.log2(n)) + 6;
    const valueBits = Math.ceil(next - logX - slope) + guard;
    const slopeBits = Math.ceil(next - accuracy - slope + logX) + guard + 4;
    budget.spend(1 + (n * next) / 20000, "refining the roots of a polynomial");
    const { value, valueError, derivative, derivativeError } = evaluateFixedPoint(p, x, valueBits, slopeBits);
    const logSlope = logModulus(derivative);
    const lost = derivativeError - logSlope;
    if (!(lost < -2)) throw new InternalError("the derivative at an isolated root is lost in rounding");
    const slopeBelow = logSlope + Math.log2(1 - 2 ** lost) - LOG_SLACK;
    slope = logSlope;
    const grid = Math.floor(logX) - next - 5;
    centre = differenceOf(x, quotientOf(value, derivative, grid));
    // |p/p' − v/d| <= (error of v + |v/d|·error of d)/|p'|, and |v/d| <= 2|h| + error; two roundings to the grid.
    const stepSize = logModulus(value) - logSlope + LOG_SLACK;
    const quotientError = logSum(valueError, stepSize + derivativeError) - slopeBelow + LOG_SLACK;
    const contraction = 2 * radius + crowding - Math.log2(1 - 2 ** (radius + crowding)) + LOG_SLACK;
    radius = logSum(logSum(contraction, quotientError), grid + 2);
  }
}
