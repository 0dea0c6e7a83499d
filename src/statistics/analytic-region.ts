import { type ComplexBall, complexBalls, piBall, type RealBall, realBalls, toNumber } from "../ball/index.js";
import { rationalFromNumber } from "../rings/index.js";
import { analyticValue, type RealFunction } from "./real-function.js";

/** The ellipses around the segment [centre − half, centre + half], with its ends for foci: R > 1 is the sum of their half axes over half. */
export interface Segment {
  readonly centre: number;
  readonly half: number;
}

/** The half axes of an ellipse. */
export function halfAxes({ half }: Segment, radius: number): { readonly major: number; readonly minor: number } {
  return { major: (half * (radius + 1 / radius)) / 2, minor: (half * (radius - 1 / radius)) / 2 };
}

/** The R of the ellipse through re + i·im, to double precision. */
export function ellipseThrough({ centre, half }: Segment, re: number, im: number): number {
  const [x, y] = [(re - centre) / half, im / half];
  // The sum of the distances from the foci is R + 1/R.
  const sum = (Math.hypot(x - 1, y) + Math.hypot(x + 1, y)) / 2;
  return sum + Math.sqrt(Math.max(0, sum * sum - 1));
}

const mostBoxes = 3000;
const deepest = 30;
const bits = 64;

/**
 * A proved upper bound of |f| on the closed ellipse, within which f is analytic: the upper half is covered by rectangles on which
 * the values of f are bounded, and f is real on the real line. Undefined where no such covering was found.
 */
export function boundOnEllipse(f: RealFunction, segment: Segment, radius: number): number | undefined {
  const { major, minor } = halfAxes(segment, radius);
  const real = realBalls(bits);
  const balls = complexBalls(bits);
  let largest = 0;
  let boxes = 0;
  const side = (from: number, to: number): RealBall =>
    real.fromInterval(rationalFromNumber(from), rationalFromNumber(to));
  const cover = (x0: number, x1: number, y0: number, y1: number, depth: number): boolean => {
    // The point of the rectangle that is nearest to the centre, a little nearer still.
    const dx = Math.max(0, x0 - segment.centre, segment.centre - x1) * (1 - 1e-9);
    if ((dx / major) ** 2 + ((y0 * (1 - 1e-9)) / minor) ** 2 > 1) return true;
    boxes++;
    if (boxes > mostBoxes) return false;
    const value = analyticValue(f, balls.fromParts(side(x0, x1), side(y0, y1)), bits);
    if (balls.isBounded(value)) {
      const size = toNumber(balls.absUpper(value)) * (1 + 1e-9);
      if (Number.isFinite(size)) {
        largest = Math.max(largest, size);
        return true;
      }
    }
    if (depth === deepest) return false;
    const [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2];
    return (
      cover(x0, x, y0, y, depth + 1) &&
      cover(x, x1, y0, y, depth + 1) &&
      cover(x0, x, y, y1, depth + 1) &&
      cover(x, x1, y, y1, depth + 1)
    );
  };
  const [low, high] = [segment.centre - major * (1 + 1e-12), segment.centre + major * (1 + 1e-12)];
  return cover(low, high, 0, minor * (1 + 1e-12), 0) ? largest : undefined;
}

/** A node of the trapezoidal rule on an ellipse: z, and dz/dθ over i. */
export interface EllipseNode {
  readonly z: ComplexBall;
  readonly slope: ComplexBall;
}

/** The point of the ellipse with parameter θ = pi·num/den: z = centre + half·(ζ + 1/ζ)/2 with ζ = radius·exp(iθ). */
export function ellipseNode(
  segment: Segment,
  radius: number,
  num: number,
  den: number,
  precision: number,
): EllipseNode {
  const real = realBalls(precision);
  const balls = complexBalls(precision);
  const angle = real.div(real.mul(piBall(precision), real.fromInteger(num)), real.fromInteger(den));
  const [cos, sin] = [real.cos(angle), real.sin(angle)];
  const r = real.fromNumber(radius);
  const inverse = real.inv(r);
  const half = real.scaleByPowerOfTwo(real.fromNumber(segment.half), -1);
  const [wide, narrow] = [real.mul(half, real.add(r, inverse)), real.mul(half, real.sub(r, inverse))];
  return {
    z: balls.fromParts(real.add(real.fromNumber(segment.centre), real.mul(wide, cos)), real.mul(narrow, sin)),
    slope: balls.fromParts(real.mul(narrow, cos), real.mul(wide, sin)),
  };
}
