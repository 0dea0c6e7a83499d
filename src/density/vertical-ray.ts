import { complexBalls, piBall, type RealBall, realBalls, toNumber } from "../ball/index.js";
import { type Budget, InternalError, type Outcome, ok, orThrow } from "../core/index.js";
import type { PathOptions, SheetPoint, Tracker } from "../curve/index.js";
import { anatomy, atoms, type Cell, distanceTo, type Law, shiftedSheet } from "../law/index.js";
import { powerOfTwo, QQ, type Rational, rationalToNumber } from "../rings/index.js";
import { type AlgebraicNumber, algebraicFromRational } from "../roots/index.js";
import { fejerCount, fejerRule } from "./fejer-rule.js";
import { sheetBall } from "./sheet-ball.js";

/** The physical sheet over the half line x + iy, y ≥ 0, in the coordinate u = z − x. */
export interface VerticalRay {
  readonly tracker: Tracker;
  /** Over exactly x. */
  readonly point: SheetPoint;
  /** The sheet is analytic for |u| < reach, where |m| ≤ bound. */
  readonly reach: number;
  readonly bound: number;
  /** No point of the support is as far from x. */
  readonly farthest: number;
}

/** A part of the ray with what bounds the error of a quadrature rule on it. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  /** m is analytic in the ellipse with the ends for foci and this sum of half axes over half the length, and |m| is at most this there. */
  readonly ellipse: number;
  readonly bound: number;
}

/** The sum of the half axes, over the distance of a focus from the centre, of the ellipse whose long one is a times that distance. */
const ellipseOf = (a: number): number => (a + Math.sqrt(a * a - 1)) * (1 - 1e-12);

// Distances are known to a millionth.
const outward = 1 + 1e-5;
const inward = 1 - 1e-5;

/** Next to a pole, discs over which the sheet is alone are much smaller than the way to it. */
const narrowest = 2 ** -80;

/** The ray above a rational x inside a cell, unable where no disc around x was found over which the sheet is alone. */
export function verticalRay(law: Law, x: Rational, cell: Cell, budget: Budget): Outcome<VerticalRay> {
  const { points, singular } = anatomy(law, budget);
  const support = [...singular.map(({ at }) => at), ...atoms(law, budget).map(({ at }) => at)];
  const distances = (places: readonly AlgebraicNumber[]): number[] => places.map((at) => distanceTo(x, at));
  const farthest = Math.max(...distances(support)) * outward;
  const { tracker, start } = shiftedSheet(law, algebraicFromRational(x), cell, QQ.zero, budget);
  const reached = toOrigin(tracker, start, { budget });
  if (reached.kind !== "ok") return reached;
  const point = reached.value;
  if (cell.real) {
    // m is analytic off the support, and at most one over the distance from it.
    const distance = Math.min(...distances(support)) * inward;
    return ok({ tracker, point, reach: 0.9 * distance, bound: 10.1 / distance, farthest });
  }
  const nearest = Math.min(...distances(points.map(({ at }) => at)), farthest);
  for (let reach = nearest / 2; reach > nearest * narrowest; reach /= 2) {
    const spread = tracker.spread(point, reach);
    if (spread === undefined) continue;
    const size = Math.hypot(point.m.re, point.m.im) + point.radius;
    return ok({ tracker, point, reach, bound: (size + spread.radius) * outward, farthest });
  }
  return { kind: "unable", reason: `the sheet next to x = ${rationalToNumber(x)} could not be followed` };
}

/** The sheet over u = 0, reached along the real line, or over it. */
function toOrigin(tracker: Tracker, start: SheetPoint, options: PathOptions): Outcome<SheetPoint> {
  const origin = { re: 0, im: 0 };
  if (start.z.re === 0) return ok(start);
  const straight = tracker.track(start, origin, { maxSteps: 500, ...options });
  if (straight.kind === "ok") return straight;
  const rise = Math.abs(start.z.re) / 2;
  return tracker.trackThrough(start, [{ re: start.z.re, im: rise }, { re: 0, im: rise }, origin], options);
}

/** The ray is cut into parts that are so many times as far from the real line at the upper end as at the lower one. */
const growth = 4;

function stretchesOf({ reach, bound, farthest }: VerticalRay): readonly Stretch[] {
  // Centre and half length are a quarter of the reach, and 1 + 3 quarters of it the whole.
  const stretches: Stretch[] = [{ from: 0, to: reach / 2, ellipse: ellipseOf(3 * inward), bound }];
  for (let from = reach / 2; from < 3 * farthest; from *= growth) {
    // With from = 1 the ellipse ends at 2.5 − 1.6·1.5 = 0.1 above the real line, where |m| is at most 10.
    stretches.push({ from, to: growth * from, ellipse: ellipseOf(1.6 * inward), bound: 10.1 / from });
  }
  return stretches;
}

/**
 * The mass to the left of x:
 *
 *     1/2 − (1/pi) ∫_0^∞ Re m(x + iy) dy,
 *
 * since the integral over y of the real part of 1/(t − x − iy) is pi/2 times the sign of t − x. Fejér's rule on parts of the ray, each with an ellipse in
 * which m is analytic and bounded: around x the disc over which the sheet was proved alone, above it by |m| ≤ 1/Im z. From y = H ≥ 3B on, with
 * the support in [x − B, x + B], in s = 1/y: there Re m(i/s)/s² = ∫ t rho(dt)/(1 + s²t²), t from x, is at most B/(1 − B²|s|²). The values are
 * those over rational points next to the nodes; the bound on the ellipse bounds the derivative between them. Certified: the ball contains the mass; its
 * radius is about 2^-bits.
 */
export function massBesideRay(ray: VerticalRay, bits: number, budget: Budget): RealBall {
  const stretches = stretchesOf(ray);
  const wanted = bits + Math.ceil(Math.log2(stretches.length + 2)) + 2;
  let here = ray.point;
  const realPart: RealPart = (y, precision) => {
    budget.spend(1, "integrating a law");
    here = orThrow(ray.tracker.track(here, { re: 0, im: toNumber(y) }, { budget }));
    const place = complexBalls(precision).fromParts(realBalls(precision).zero, y);
    return sheetBall(ray.tracker, here, place, precision).re;
  };
  const real = realBalls(bits + spare);
  const parts = stretches.map((stretch) => partOf(stretch, wanted, realPart));
  const tail = tailOf(stretches.at(-1)!.to, ray.farthest, wanted, realPart);
  const sum = parts.reduce((total, part) => real.add(total, part), tail);
  const total = real.inflate(sum, real.fromRational(powerOfTwo(-bits)));
  return real.sub(real.scaleByPowerOfTwo(real.one, -1), real.div(total, piBall(bits + spare)));
}

/** Re m over u = iy for an exact y. */
type RealPart = (y: RealBall, precision: number) => RealBall;

/** Bits of the arithmetic beyond those of the result. */
const spare = 40;

/** ∫ Re m(iy) dy over a stretch. */
function partOf({ from, to, ellipse, bound }: Stretch, bits: number, realPart: RealPart): RealBall {
  const real = realBalls(bits + spare);
  const count = fejerCount(ellipse, bound * (to - from), bits);
  const { nodes, weights } = fejerRule(count, bits + spare);
  const centre = real.scaleByPowerOfTwo(real.add(real.fromNumber(from), real.fromNumber(to)), -1);
  const half = real.sub(real.fromNumber(to), centre);
  // The ellipses end at half of the half length or more from the stretch.
  const slope = real.fromNumber((4.1 * bound) / (to - from));
  let sum = real.zero;
  // Upwards.
  for (let j = count - 1; j >= 0; j--) {
    const y = real.add(centre, real.mul(half, nodes[j]!));
    const value = realPart(real.midpoint(y), bits + spare);
    const error = real.mul(slope, real.fromRational(real.radiusRational(y)));
    sum = real.add(sum, real.mul(weights[j]!, real.inflate(value, error)));
  }
  return real.mul(half, sum);
}

/** ∫_H^∞ Re m(iy) dy = ∫_0^{1/H} Re m(i/s)/s² ds. */
function tailOf(H: number, B: number, bits: number, realPart: RealPart): RealBall {
  if (!(H >= 3 * B * inward)) throw new InternalError("the tail of an integral begins inside the support");
  // Centre and half length 1/(2H) ≤ 1/(6B): the ellipse of 3.8 ends at 0.8/B.
  const bound = B / 0.35;
  const count = fejerCount(ellipseOf(3.8 * inward * inward), bound / H, bits);
  // Re m is smaller than |m| by up to y/B.
  const precision = bits + spare + Math.ceil(4 * Math.log2(count) + 2 * Math.log2(H / B));
  const real = realBalls(precision);
  const { nodes, weights } = fejerRule(count, precision);
  const half = real.inv(real.fromNumber(2 * H));
  // The ellipse ends at 2.7 half lengths or more from the stretch; the inverse of the midpoint of 1/s is in twice the ball of s.
  const slope = real.fromNumber(2 * bound * H);
  let sum = real.zero;
  for (let j = 0; j < count; j++) {
    const s = real.mul(half, real.add(real.one, nodes[j]!));
    const y = real.midpoint(real.inv(s));
    const error = real.mul(slope, real.fromRational(real.radiusRational(real.union(s, real.inv(y)))));
    const value = real.mul(real.sqr(y), realPart(y, precision));
    sum = real.add(sum, real.mul(weights[j]!, real.inflate(value, error)));
  }
  return real.mul(half, sum);
}
