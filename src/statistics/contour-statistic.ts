import { complexBalls, type RealBall, realBalls, toNumber } from "../ball/index.js";
import { type Budget, orThrow } from "../core/index.js";
import { type Law, physicalSheet, type Support } from "../law/index.js";
import { rational } from "../rings/index.js";
import { type AlgebraicNumber, algebraicToBall, algebraicToNumber, complexRoots } from "../roots/index.js";
import { boundOnEllipse, ellipseNode, ellipseThrough, halfAxes, type Segment } from "./analytic-region.js";
import { rootNear } from "./certified-transform.js";
import { analyticValue, asRationalFunction, criticalParts, type RealFunction, realValue } from "./real-function.js";

/** A part of the support in a region where f is analytic, with what bounds the error of the trapezoidal rule around it. */
interface Piece {
  readonly segment: Segment;
  /** f is analytic, and nothing else of the support is, within the ellipse of this R. */
  readonly radius: number;
  /** On the ellipses from R^innermost to R: an upper bound of |f| · half·(R + 1/R)/2 / dist(z, support). */
  readonly bound: number;
}

/** Where the strip of analyticity begins, as a power of R. */
const innermost = 0.1;
/** Below this R the nodes are too many, and another method is taken where its digits suffice. */
const narrowest = (digits: number): number => (digits > 15 ? 1.005 : 1.03);

/**
 * ∫ f drho for an f that is analytic around the support: −1/(2 pi i) ∮ f(z) m(z) dz by the trapezoidal rule on ellipses around the
 * support, or around each bulk. On an ellipse the integrand is analytic in a strip and bounded there by
 * sup|f|/dist(z, support), since rho is a probability measure; with half width α of the strip and bound M the rule with N nodes errs
 * by 2M/(exp(αN) − 1) at most [Trefethen and Weideman, SIAM Review 56 (2014), Theorem 3.2]. Values of m and f are balls. So the
 * result contains the integral. Undefined when no such region was found.
 */
export function contourStatistic(
  law: Law,
  f: RealFunction,
  shape: Support,
  digits: number,
  budget: Budget,
): RealBall | undefined {
  const plan = planOf(f, shape, narrowest(digits), budget);
  if (plan === undefined) return undefined;
  const { pieces, points } = plan;
  const first = Math.max(64, Math.ceil(digits * 3.33) + 14);
  for (let bits = first; ; bits *= 2) {
    const real = realBalls(bits);
    let total = real.zero;
    let size = 0;
    for (const { at, weight } of points) {
      const value = real.mul(algebraicToBall(weight, bits), realValue(f, algebraicToBall(at, bits), bits));
      if (!real.isBounded(value)) return undefined;
      size += Math.abs(toNumber(value));
      total = real.add(total, value);
    }
    for (const piece of pieces) {
      const part = integralAround(law, f, piece, bits, budget);
      size += part.size;
      total = real.add(total, part.value);
    }
    const value = Math.abs(toNumber(total));
    const radius = toNumber(real.fromRational(real.radiusRational(total)));
    // A mean that vanishes has no significant digits: then those of the mean of |f| count.
    if (radius <= 10 ** -Math.min(digits + 1, 300) * Math.max(value, 1e-3 * size) || bits >= 4 * first) return total;
  }
}

function planOf(
  f: RealFunction,
  { intervals, atoms }: Support,
  least: number,
  budget: Budget,
): { readonly pieces: readonly Piece[]; readonly points: Support["atoms"] } | undefined {
  if (intervals.length === 0) return { pieces: [], points: atoms };
  const singular = singularPlaces(f, budget);
  const ends = [...intervals.flatMap(({ left, right }) => [left, right]), ...atoms.map(({ at }) => at)];
  const whole = pieceAround(f, around(ends), singular, [], least);
  if (whole !== undefined) return { pieces: [whole], points: [] };
  const pieces: Piece[] = [];
  let points = atoms;
  for (const { left, right } of intervals) {
    const segment = around([left, right]);
    const isInside = (at: AlgebraicNumber): boolean => Math.abs(algebraicToNumber(at) - segment.centre) <= segment.half;
    points = points.filter(({ at }) => !isInside(at));
    const others = ends.filter((at) => !isInside(at)).map(algebraicToNumber);
    const piece = pieceAround(f, segment, singular, others, least);
    if (piece === undefined) return undefined;
    pieces.push(piece);
  }
  return { pieces, points };
}

/** A segment of doubles that contains the numbers. */
function around(ends: readonly AlgebraicNumber[]): Segment {
  const values = ends.map(algebraicToNumber);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const centre = (low + high) / 2;
  const half = Math.max(high - centre, centre - low);
  return { centre, half: half * (1 + 1e-14) + Math.abs(centre) * 1e-15 };
}

/** Zeros and poles of the critical parts of f that are rational, real and complex. */
function singularPlaces(f: RealFunction, budget: Budget): readonly (readonly [number, number])[] {
  return criticalParts(f).flatMap((part) => {
    const rational = asRationalFunction(part);
    if (rational === undefined) return [];
    return [rational.numerator, rational.denominator]
      .filter((p) => p.variables.includes("x"))
      .flatMap((p) => complexRoots(p, {}, budget).map(({ ball }) => [toNumber(ball.re), toNumber(ball.im)] as const));
  });
}

/** How much of the way to the nearest singularity is tried, as powers of R. */
const shares = [0.9, 0.7, 0.5, 0.3, 0.15];
const widest = 8;

function pieceAround(
  f: RealFunction,
  segment: Segment,
  singular: readonly (readonly [number, number])[],
  others: readonly number[],
  least: number,
): Piece | undefined {
  const places = [...singular, ...others.map((x) => [x, 0] as const)];
  const limit = Math.min(...places.map(([re, im]) => ellipseThrough(segment, re, im)), widest ** (1 / 0.9));
  for (const share of shares) {
    const radius = limit ** share;
    if (radius < least) return undefined;
    const { major } = halfAxes(segment, radius);
    const inner = halfAxes(segment, radius ** innermost).major - segment.half;
    const distance = Math.min(inner, ...others.map((x) => Math.abs(x - segment.centre) - major)) * (1 - 1e-9);
    if (!(distance > 0)) continue;
    const largest = boundOnEllipse(f, segment, radius);
    if (largest === undefined || largest > 1e100) continue;
    return { segment, radius, bound: ((largest * major) / distance) * (1 + 1e-9) };
  }
  return undefined;
}

function integralAround(
  law: Law,
  f: RealFunction,
  { segment, radius, bound }: Piece,
  bits: number,
  budget: Budget,
): { readonly value: RealBall; readonly size: number } {
  const strip = ((1 - innermost) / 2) * Math.log(radius) * (1 - 1e-9);
  // The rule errs by less than 2^-bits.
  const nodes = 2 * Math.ceil((Math.log(4 * bound + 1) + bits * Math.LN2) / strip / 2) + 2;
  const middle = radius ** ((1 + innermost) / 2);
  const real = realBalls(bits);
  const balls = complexBalls(bits);
  const sheet = physicalSheet(law, budget);
  let sum = real.zero;
  let size = 0;
  let previous = sheet.base;
  // The nodes are symmetric about the real axis, and their terms are conjugate.
  for (let j = 0; j < nodes / 2; j++) {
    budget.spend(1, "integrating along a contour");
    const { z, slope } = ellipseNode(segment, middle, 2 * j + 1, nodes, bits + 20);
    const near = { re: toNumber(z.re), im: toNumber(z.im) };
    previous = orThrow(sheet.tracker.track(previous, near, { budget }));
    const m = rootNear(law, previous, z, bits, budget);
    const term = balls.mul(balls.mul(analyticValue(f, z, bits), m), slope).re;
    size += Math.abs(toNumber(term));
    sum = real.add(sum, term);
  }
  const share = real.div(real.fromInteger(-2), real.fromInteger(nodes));
  const tail = real.fromRational(rational(1, 1n << BigInt(bits)));
  const value = real.inflate(real.mul(sum, share), tail);
  return { value, size: (2 * size) / nodes };
}
