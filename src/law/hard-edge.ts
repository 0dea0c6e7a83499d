import { type Budget, type Outcome, ok, unable } from "../core/index.js";
import { createTracker, type SheetPoint, type Tracker, throughRoot } from "../curve/index.js";

/** A proved point of a sheet, within `isolation` of which the fibre has no second one. */
export interface IsolatedPoint extends SheetPoint {
  readonly isolation: number;
}

/** How the physical sheet is followed towards a critical point where sheets are infinite, in the coordinate u = side·(x − a) > 0. */
export interface HardEdgePath {
  /** The value at u, which may be off by 2^-51 of itself. */
  to(u: number): Outcome<IsolatedPoint>;
}

/** Doubles and a little more: a sheet that is smooth here needs no other numbers. */
const bits = [256];

/** How many doubles lie between the square of a rounded root and the number itself, and more. */
const rounding = 2 ** -50;

/**
 * Next to a hard edge m ~ c/sqrt(u), and the sheets of a mixture differ by little beside that: followed in z, their curvature alone takes thousands of
 * steps. With u = t² and m = y/t they are y = c + c'·t + …, nearly straight. `start` is a proved point of `tracker`, whose curve is shifted to
 * the edge.
 */
export function hardEdgePath(tracker: Tracker, start: SheetPoint, side: 1 | -1, budget: Budget): HardEdgePath {
  const rooted = createTracker(throughRoot(tracker.table, side), { bits });
  let first: Outcome<SheetPoint> | undefined;
  return {
    to(u) {
      first ??= rootOf(tracker, rooted, start);
      if (first.kind !== "ok") return first;
      const t = Math.sqrt(u);
      const reached = rooted.track(first.value, { re: t, im: 0 }, { budget });
      if (reached.kind !== "ok") return reached;
      // The root of u is within the rounding of t.
      const spread = rooted.spread(reached.value, t * rounding);
      if (spread === undefined || reached.value.fine !== undefined)
        return unable("two sheets come too close at a hard edge");
      const { m: y } = reached.value;
      const m = { re: y.re / t, im: y.im / t };
      const rounded = Math.hypot(m.re, m.im) * rounding;
      const radius = (spread.radius / t + rounded) * (1 + 1e-12);
      const isolation = (spread.isolation / t - rounded) * (1 - 1e-12);
      return ok({ z: { re: side * u, im: 0 }, m, radius, isolation });
    },
  };
}

/** The point of the curve in t and y that a point of the sheet over a real number is. */
function rootOf(tracker: Tracker, rooted: Tracker, point: SheetPoint): Outcome<SheetPoint> {
  const u = Math.abs(point.z.re);
  const t = Math.sqrt(u);
  const found = rooted.certify({ re: t, im: 0 }, { re: t * point.m.re, im: t * point.m.im });
  const spread = tracker.spread(point, u * rounding);
  // Doubles are carried from one coordinate to the other here.
  const isCoarse = found?.fine === undefined && point.fine === undefined;
  if (found === undefined || spread === undefined || !isCoarse)
    return unable("a sheet could not be told from its neighbours");
  const m = { re: found.m.re / t, im: found.m.im / t };
  const away = Math.hypot(m.re - point.m.re, m.im - point.m.im) + Math.hypot(m.re, m.im) * rounding;
  return away + (found.radius / t) * (1 + 1e-12) < spread.isolation
    ? ok(found)
    : unable("a sheet could not be told from its neighbours");
}
