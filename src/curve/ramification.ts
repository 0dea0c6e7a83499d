import { type ComplexBall, complexBalls } from "../ball/index.js";
import { type Budget, type Outcome, ok, unable, unlimited } from "../core/index.js";
import { complexRootsOfBalls } from "../roots/index.js";
import type { Complex } from "./local-expansion.js";
import { apart, roundedValue, type SheetValue } from "./sheet-value.js";
import type { SheetPoint, Tracker } from "./tracker.js";

/** A sheet followed once around a point, counterclockwise. */
export interface Loop {
  readonly end: SheetPoint;
  /** Whether it came back to where it began. */
  readonly closed: boolean;
  /** How often m turned around 0 on the way, rounded: with a closed loop, zeros minus poles inside. */
  readonly winding: number;
}

const corners = 24;

/** Follows a sheet around `centre`, along the regular polygon that begins at start.z. */
export function trackAround(
  tracker: Tracker,
  start: SheetPoint,
  centre: Complex,
  budget: Budget = unlimited,
): Outcome<Loop> {
  const arm = { re: start.z.re - centre.re, im: start.z.im - centre.im };
  let here = start;
  let turned = 0;
  for (let k = 1; k <= corners; k++) {
    const angle = (2 * Math.PI * k) / corners;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const target =
      k === corners
        ? start.z
        : { re: centre.re + arm.re * cos - arm.im * sin, im: centre.im + arm.re * sin + arm.im * cos };
    const next = tracker.track(here, target, { budget });
    if (next.kind !== "ok") return next;
    turned += angleBetween(here.m, next.value.m);
    here = next.value;
  }
  const away = apart(here, start);
  // Two discs that overlap hold the same single point of the fibre only if they lie in one isolating disc.
  if (away * (1 - 1e-12) > here.radius + start.radius) return ok({ end: here, closed: false, winding: Number.NaN });
  if (away + here.radius < tracker.isolation(start)) {
    return ok({ end: here, closed: true, winding: Math.round(turned / (2 * Math.PI)) });
  }
  return unable("whether a sheet closes around a point could not be decided");
}

/** Whether any sheet ramifies at `centre`, which is `apart` from every other critical point: all of them are followed around it. */
export function decideRamification(
  tracker: Tracker,
  centre: Complex,
  apart: number,
  budget: Budget = unlimited,
): Outcome<boolean> {
  const base = { re: centre.re + apart / 4, im: centre.im };
  const points = fibreOver(tracker, base, budget);
  if (points.kind !== "ok") return points;
  for (const guess of points.value) {
    const start = tracker.certify(base, guess.m, guess.fine);
    if (start === undefined) return unable("a sheet next to a critical point could not be certified");
    const loop = trackAround(tracker, start, centre, budget);
    if (loop.kind !== "ok") return loop;
    if (!loop.value.closed) return ok(true);
  }
  return ok(false);
}

/** The finite fibre over a complex double, complete: the centres of disjoint proved discs with one point each. */
export function fibreOver(tracker: Tracker, z: Complex, budget: Budget = unlimited): Outcome<readonly SheetValue[]> {
  const balls = complexBalls(256);
  const at = balls.fromNumbers(z.re, z.im);
  const coeffs = tracker.table.rows.map((row) =>
    balls.horner(
      row.map((c) => balls.fromInteger(c)),
      at,
    ),
  );
  const roots = complexRootsOfBalls(coeffs, 80, budget);
  if (roots.kind !== "ok") return roots;
  return ok(roots.value.map(centreOf));
}

/** The centre of a ball, exactly. */
function centreOf({ re, im }: ComplexBall): SheetValue {
  const places = Math.max(0, -re.exponent, -im.exponent);
  const fine = {
    re: re.mantissa << BigInt(re.exponent + places),
    im: im.mantissa << BigInt(im.exponent + places),
    places,
  };
  return { m: roundedValue(fine), fine };
}

function angleBetween(a: Complex, b: Complex): number {
  return Math.atan2(a.re * b.im - a.im * b.re, a.re * b.re + a.im * b.im);
}
