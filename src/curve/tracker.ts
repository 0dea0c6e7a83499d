import { type Budget, type Outcome, ok, unable, unlimited } from "../core/index.js";
import { inclusionRadius, isolationRadius } from "./inclusion.js";
import type { IntegerTable } from "./integer-table.js";
import {
  type Arithmetic,
  type Complex,
  exactArithmetic,
  type LocalExpansion,
  machineArithmetic,
  quotient,
} from "./local-expansion.js";

/**
 * A proved point of one sheet: over z the curve has exactly one point within `radius` of m, and it belongs to the sheet that is
 * followed.
 */
export interface SheetPoint {
  readonly z: Complex;
  readonly m: Complex;
  readonly radius: number;
}

export interface TrackerOptions {
  /** Steps on one segment before it gives up. */
  readonly maxSteps?: number;
  /** Give up when the certified step falls below this share of the distance still to go. */
  readonly smallestStep?: number;
  readonly budget?: Budget;
}

/** Follows sheets of one curve with a proof at every step. */
export interface Tracker {
  readonly table: IntegerTable;
  /** Proves the point of the fibre over z next to the guess m, after Newton's iteration; undefined when that cannot be done. */
  certify(z: Complex, guess: Complex): SheetPoint | undefined;
  /** A radius around point.m, as large as could be proved, within which the fibre over point.z has no second point. */
  isolation(point: SheetPoint): number;
  /** m of the point to full double precision: one step of Newton's iteration with exact values. An estimate inside the proved disc. */
  polish(point: SheetPoint): Complex;
  /** Whether a proof was found that the sheet is analytic in the disc of this radius around point.z. */
  ordinaryWithin(point: SheetPoint, baseRadius: number): boolean;
  /** Continues along the segment from start.z to the target. */
  track(start: SheetPoint, target: Complex, options?: TrackerOptions): Outcome<SheetPoint>;
  /** Continues along the polygon through the targets. */
  trackThrough(start: SheetPoint, targets: readonly Complex[], options?: TrackerOptions): Outcome<SheetPoint>;
}

const exactBits = 256;

/**
 * Certified path tracking: at each point a disc of base points |z − z0| ≤ r and a disc |m − m0 − t(z − z0)| < R about the tangent are
 * found over which exactly one sheet runs ({@link inclusionRadius}); the next point is taken within the first disc, and its own,
 * smaller disc must lie in the second. So the sheet followed is the same, without any assumption on step size. Doubles with a rounding bound
 * are tried first; where they cannot prove a step, exact dyadic arithmetic does.
 */
export function createTracker(table: IntegerTable): Tracker {
  const machine = machineArithmetic(table);
  let exact: Arithmetic<{ re: bigint; im: bigint }> | undefined;
  const exactly = (): Arithmetic<{ re: bigint; im: bigint }> => {
    exact ??= exactArithmetic(table, exactBits);
    return exact;
  };
  const certify = (z: Complex, guess: Complex): SheetPoint | undefined => {
    const fast = settle(machine, z, guess) ?? settle(exactly(), z, exactly().fromComplex(guess));
    return fast === undefined ? undefined : { z, m: fast.centre, radius: fast.radius };
  };
  const track = (start: SheetPoint, target: Complex, options: TrackerOptions = {}): Outcome<SheetPoint> => {
    const fast = follow(machine, start, target, options);
    if (fast.end !== undefined) return ok(fast.end);
    const slow = follow(exactly(), fast.reached, target, options);
    if (slow.end !== undefined) return ok(slow.end);
    const { z } = slow.reached;
    return unable(`the sheet could not be followed with proof beyond z = ${z.re} + ${z.im}i, ${slow.reason}`);
  };
  return {
    table,
    certify,
    isolation(point) {
      const fast = settle(machine, point.z, point.m);
      return fast === undefined ? point.radius : isolationRadius(fast.local, 0, fast.radius);
    },
    polish(point) {
      const { value, slope } = exactly().expandFibre(point.z, exactly().fromComplex(point.m));
      const delta = quotient(value, slope);
      return delta === undefined ? point.m : { re: point.m.re - delta.re, im: point.m.im - delta.im };
    },
    ordinaryWithin(point, baseRadius) {
      if (inclusionRadius(machine.expand(point.z, point.m), baseRadius) !== undefined) return true;
      const slow = settle(exactly(), point.z, exactly().fromComplex(point.m));
      return slow !== undefined && inclusionRadius(exactly().expand(point.z, slow.m), baseRadius) !== undefined;
    },
    track,
    trackThrough(start, targets, options) {
      let at: Outcome<SheetPoint> = ok(start);
      for (const target of targets) {
        if (at.kind !== "ok") return at;
        at = track(at.value, target, options);
      }
      return at;
    },
  };
}

/** A proved root: the disc around `centre` holds exactly one root of the fibre. */
interface Settled<M> {
  readonly m: M;
  readonly centre: Complex;
  readonly radius: number;
  /** At u = 0 alone. */
  readonly local: LocalExpansion;
}

/** Newton's iteration from the guess, then the inclusion test. */
function settle<M>(arithmetic: Arithmetic<M>, z: Complex, guess: M): Settled<M> | undefined {
  let m = guess;
  let best: Settled<M> | undefined;
  for (let iteration = 0; iteration < 12; iteration++) {
    const local = arithmetic.expandFibre(z, m);
    const radius = inclusionRadius(local, 0);
    if (radius !== undefined && (best === undefined || radius < 0.25 * best.radius)) {
      const centre = arithmetic.toComplex(m);
      best = { m, centre, radius: radius + arithmetic.distance(m, arithmetic.fromComplex(centre)), local };
    } else if (best !== undefined) break;
    const delta = quotient(local.value, local.slope);
    if (delta === undefined) break;
    m = arithmetic.correct(m, { re: -delta.re, im: -delta.im });
  }
  return best;
}

function follow<M>(
  arithmetic: Arithmetic<M>,
  start: SheetPoint,
  target: Complex,
  options: TrackerOptions,
): { reached: SheetPoint; end: SheetPoint | undefined; reason: string } {
  const { maxSteps = 4000, smallestStep = 1e-12, budget = unlimited } = options;
  const first = settle(arithmetic, start.z, arithmetic.fromComplex(start.m));
  if (first === undefined || modulus(first.centre, start.m) > start.radius + first.radius) {
    return { reached: start, end: undefined, reason: "where the working precision does not separate the sheets" };
  }
  let here = first;
  let z = start.z;
  let local = arithmetic.expand(z, here.m);
  let guess = Math.max(modulus(z, target), Number.MIN_VALUE);
  const reached = (): SheetPoint => ({ z, m: here.centre, radius: here.radius });
  for (let count = 0; count < maxSteps; count++) {
    const left = modulus(z, target);
    if (left === 0) return { reached: reached(), end: reached(), reason: "" };
    budget.spend(1, "following a sheet");
    let step = Math.min(left / 0.9, guess);
    let radius = inclusionRadius(local, step);
    if (radius !== undefined) {
      for (let grown = 0; grown < 40 && 0.9 * step < left; grown++) {
        const wider = inclusionRadius(local, step * 1.5);
        if (wider === undefined) break;
        step *= 1.5;
        radius = wider;
      }
    }
    let next: Settled<M> | undefined;
    let zNext = z;
    for (;;) {
      if (step < smallestStep * left || step < 1e-300) {
        return { reached: reached(), end: undefined, reason: "where two sheets come too close" };
      }
      if (radius !== undefined) {
        const share = Math.min(1, (0.9 * step) / left);
        zNext = share === 1 ? target : { re: z.re + share * (target.re - z.re), im: z.im + share * (target.im - z.im) };
        const change = predict(local, z, zNext);
        const centre = arithmetic.correct(here.m, change.by);
        next = settle(arithmetic, zNext, centre);
        const rounding = change.error + 2 ** -52 * (Math.hypot(here.centre.re, here.centre.im) + change.size);
        if (
          next !== undefined &&
          arithmetic.distance(next.m, centre) + next.radius + rounding <
            isolationRadius(local, step, radius) * (1 - 1e-12)
        ) {
          break;
        }
      }
      step /= 2;
      radius = inclusionRadius(local, step);
    }
    here = next;
    z = zNext;
    local = arithmetic.expand(z, here.m);
    guess = step;
  }
  return { reached: reached(), end: undefined, reason: `after ${maxSteps} steps; raise \`maxSteps\`` };
}

/** The change of m along the tangent from z to zNext, with a bound of the rounding of the difference of the two. */
function predict(
  local: LocalExpansion,
  z: Complex,
  zNext: Complex,
): { readonly by: Complex; readonly size: number; readonly error: number } {
  const { tangent } = local;
  const [dx, dy] = [zNext.re - z.re, zNext.im - z.im];
  const steepness = Math.hypot(tangent.re, tangent.im);
  return {
    by: { re: tangent.re * dx - tangent.im * dy, im: tangent.re * dy + tangent.im * dx },
    size: steepness * Math.hypot(dx, dy),
    error: 2 ** -52 * steepness * (Math.hypot(dx, dy) + Math.hypot(z.re, z.im)),
  };
}

function modulus(a: Complex, b: Complex): number {
  return Math.hypot(a.re - b.re, a.im - b.im);
}
