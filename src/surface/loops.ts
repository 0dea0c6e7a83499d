import { type Budget, LimitError } from "../core/index.js";
import { type Complex, complexCriticalPoints, criticalPoints } from "../curve/index.js";
import type { Polynomial } from "../poly/index.js";
import { algebraicToNumber } from "../roots/index.js";

/** A point over which sheets may meet, with the loop around it. */
export interface LoopPlan {
  readonly at: Complex;
  readonly real: boolean;
  /** Where the way from the base point, a segment, meets the circle around the point. */
  readonly entry: Complex;
}

/**
 * A base point outside a circle around all critical points, and a loop around each of them: along a segment, once around
 * counterclockwise and back. The loops stand in counterclockwise order of their segments, so that one after the other they are homotopic
 * to the circle through the base point, once around counterclockwise.
 */
export interface LoopSystem {
  readonly base: Complex;
  readonly centre: Complex;
  readonly loops: readonly LoopPlan[];
}

/** As double precision sees it, points that are closer than this, seen from the base point, are not in order. */
const smallestAngle = 1e-9;
const directions = 48;

/** The loop system of a square-free curve in z and m. LimitError when its critical points are too close for double precision. */
export function loopSystem(curve: Polynomial, budget: Budget): LoopSystem {
  const points = [
    ...criticalPoints(curve, budget).real.map(({ at }) => ({ at: { re: algebraicToNumber(at), im: 0 }, real: true })),
    ...complexCriticalPoints(curve, budget).map(({ at }) => ({ at, real: false })),
  ];
  const count = Math.max(1, points.length);
  const centre: Complex = {
    re: points.reduce((sum, { at }) => sum + at.re, 0) / count,
    im: 0,
  };
  const reach = Math.max(0, ...points.map(({ at }) => distance(at, centre)));
  const radius = reach > 0 ? reach : 1;
  let best: { readonly base: Complex; readonly apart: number } | undefined;
  for (let k = 0; k < directions; k++) {
    // Never on an axis of symmetry, beginning below the real axis.
    const angle = -Math.PI / 2 + (2 * Math.PI * (k + 0.29)) / directions;
    const base = { re: centre.re + 2 * radius * Math.cos(angle), im: 2 * radius * Math.sin(angle) };
    const apart = leastAngle(points.map(({ at }) => angleFrom(base, centre, at)));
    if (best === undefined || apart > 2 * best.apart) best = { base, apart };
  }
  const { base, apart } = best!;
  if (apart < smallestAngle) throw tooClose();
  const loops = points
    .map(({ at, real }) => {
      const away = distance(at, base);
      const near = Math.min(away, ...points.filter((other) => other.at !== at).map((other) => distance(other.at, at)));
      if (near < 1e-10 * (Math.hypot(at.re, at.im) + reach)) throw tooClose();
      const share = near / 3 / away;
      const entry = { re: at.re + share * (base.re - at.re), im: at.im + share * (base.im - at.im) };
      return { at, real, entry, angle: angleFrom(base, centre, at) };
    })
    .sort((a, b) => a.angle - b.angle);
  return { base, centre, loops: loops.map(({ at, real, entry }) => ({ at, real, entry })) };
}

function tooClose(): LimitError {
  return new LimitError(
    "critical points of the curve are too close to one another for loops around them in double precision",
  );
}

/** The angle at the base between the centre and a point, counterclockwise; smaller than pi/2. */
function angleFrom(base: Complex, centre: Complex, at: Complex): number {
  const [a, b] = [centre.re - base.re, centre.im - base.im];
  const [x, y] = [at.re - base.re, at.im - base.im];
  return Math.atan2(a * y - b * x, a * x + b * y);
}

function leastAngle(angles: readonly number[]): number {
  const sorted = [...angles].sort((a, b) => a - b);
  return Math.min(Number.POSITIVE_INFINITY, ...sorted.slice(1).map((angle, k) => angle - sorted[k]!));
}

function distance(a: Complex, b: Complex): number {
  return Math.hypot(a.re - b.re, a.im - b.im);
}
