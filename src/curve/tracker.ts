import { type Budget, type Outcome, ok, unable, unlimited } from "../core/index.js";
import { powerOfTwo, QQ, type Rational, rationalToNumber } from "../rings/index.js";
import type { GaussianDyadic } from "./dyadic.js";
import { exactArithmetic } from "./exact-arithmetic.js";
import { inclusionRadius, isolationRadius } from "./inclusion.js";
import { type IntegerTable, scaledTable } from "./integer-table.js";
import { type Arithmetic, type Complex, type LocalExpansion, length, quotient, scaledBy } from "./local-expansion.js";
import { machineArithmetic } from "./machine-arithmetic.js";
import { roundedArithmetic } from "./rounded-arithmetic.js";
import { apart, type FineValue, roundedDisc, type SheetValue, timesPowerOfTwo } from "./sheet-value.js";

/**
 * A proved point of one sheet: over z the curve has exactly one point within `radius` of m, or of `fine` where that is given, since the next sheet
 * comes nearer than doubles tell, and it belongs to the sheet that is followed. Compare two of them by {@link apart}.
 */
export interface SheetPoint extends SheetValue {
  readonly z: Complex;
  readonly radius: number;
}

/** How a tracker computes. */
export interface TrackerOptions {
  /** z is measured in units of 2^scale inside, and m in units of 2^-scale, so that both are of moderate size. */
  readonly scale?: number;
  /** The binary places of the exact arithmetics that follow where doubles cannot prove a step, ascending; {@link precisions} by default. */
  readonly bits?: readonly number[];
}

/** How far one path is pursued. */
export interface PathOptions {
  /** Steps on one segment before it gives up; 4000 by default. */
  readonly maxSteps?: number;
  /** Give up when the certified step falls below this share of the distance still to go. */
  readonly smallestStep?: number;
  readonly budget?: Budget;
}

/** How a path ended: at its target, or because sheets come too close, are not separated, or after too many steps. */
export type PathCode = "arrived" | "too-close" | "not-separated" | "step-limit";

/** Where a path is. */
export interface PathState {
  /** The last proved point. */
  readonly point: SheetPoint;
  readonly steps: number;
  /** Binary places of the arithmetic that proved it; 53 for doubles. */
  readonly bits: number;
}

/** Where a path ended, and why. */
export interface PathResult {
  readonly code: PathCode;
  readonly state: PathState;
}

/** A sheet over a disc of base points, measured from its point over the middle. */
export interface Spread {
  /** It stays within this distance. */
  readonly radius: number;
  /** No second sheet comes within this distance. */
  readonly isolation: number;
}

/** The value of a sheet over an exact base point, within `radius`; no second sheet comes within `isolation`. */
export interface DisplacedValue extends SheetValue {
  readonly radius: number;
  readonly isolation: number;
}

/** Follows sheets of one curve with a proof at every step. */
export interface Tracker {
  readonly table: IntegerTable;
  /** Proves the point of the fibre over z next to the guess m, after Newton's iteration; undefined when that cannot be done. */
  certify(z: Complex, guess: Complex, fine?: FineValue): SheetPoint | undefined;
  /** A radius around point.m, as large as could be proved, within which the fibre over point.z has no second point. */
  isolation(point: SheetPoint): number;
  /** m of the point to full double precision: one step of Newton's iteration with exact values. An estimate inside the proved disc. */
  polish(point: SheetPoint): Complex;
  /** What is proved about the sheet over the whole disc of this radius around point.z, where it is analytic then; undefined when nothing is. */
  spread(point: SheetPoint, baseRadius: number): Spread | undefined;
  /** The value of the sheet over exactly point.z + by; undefined where nothing is proved. */
  displaced(point: SheetPoint, by: Rational): DisplacedValue | undefined;
  /** Whether a proof was found that the sheet is analytic in the disc of this radius around point.z. */
  ordinaryWithin(point: SheetPoint, baseRadius: number): boolean;
  /** Continues along the segment from start.z to the target. */
  follow(start: SheetPoint, target: Complex, options?: PathOptions): PathResult;
  /** {@link follow}, as an outcome: the end, or where and why there is none. */
  track(start: SheetPoint, target: Complex, options?: PathOptions): Outcome<SheetPoint>;
  /** Continues along the polygon through the targets. */
  trackThrough(start: SheetPoint, targets: readonly Complex[], options?: PathOptions): Outcome<SheetPoint>;
}

/** The binary places that are tried, one after the other, where doubles cannot prove a step. */
export const precisions: readonly number[] = [256, 1024, 4096];

/** From so many binary places on, the Taylor coefficients are exact. */
const exactFrom = 2048;

/**
 * Certified path tracking: at each point a disc of base points |z − z0| ≤ r and a disc |m − m0 − t(z − z0)| < R about the tangent are
 * found over which exactly one sheet runs ({@link inclusionRadius}); the next point is taken within the first disc, and its own,
 * smaller disc must lie in the second. So the sheet followed is the same, without any assumption on step size. Doubles with a rounding bound
 * are tried first; where they cannot prove a step, arithmetic on dyadic numbers of rising length does, at last an exact one.
 */
export function createTracker(table: IntegerTable, options: TrackerOptions = {}): Tracker {
  const { scale = 0, bits = precisions } = options;
  return scale === 0
    ? unscaledTracker(table, bits)
    : rescaled(table, unscaledTracker(scaledTable(table, scale), bits), scale);
}

/** The tracker of the curve of `table` from that of its {@link scaledTable}. Powers of two are exact. */
function rescaled(table: IntegerTable, inner: Tracker, scale: number): Tracker {
  const times = (x: Complex, exponent: number): Complex => ({
    re: scaledBy(x.re, exponent),
    im: scaledBy(x.im, exponent),
  });
  const into = (point: SheetPoint): SheetPoint => ({
    ...timesPowerOfTwo(point, scale),
    z: times(point.z, -scale),
    radius: scaledBy(point.radius, scale),
  });
  const outOf = (point: SheetPoint): SheetPoint => ({
    ...timesPowerOfTwo(point, -scale),
    z: times(point.z, scale),
    radius: scaledBy(point.radius, -scale),
  });
  const outcomeOf = (found: Outcome<SheetPoint>): Outcome<SheetPoint> =>
    found.kind === "ok" ? ok(outOf(found.value)) : found;
  return {
    table,
    certify(z, m, fine) {
      const guess = timesPowerOfTwo({ m, fine }, scale);
      const found = inner.certify(times(z, -scale), guess.m, guess.fine);
      return found === undefined ? undefined : { ...outOf(found), z };
    },
    isolation: (point) => scaledBy(inner.isolation(into(point)), -scale),
    polish: (point) => times(inner.polish(into(point)), -scale),
    spread(point, baseRadius) {
      const found = inner.spread(into(point), scaledBy(baseRadius, -scale));
      if (found === undefined) return undefined;
      return { radius: scaledBy(found.radius, -scale), isolation: scaledBy(found.isolation, -scale) };
    },
    displaced(point, by) {
      const found = inner.displaced(into(point), QQ.mul(by, powerOfTwo(-scale)));
      if (found === undefined) return undefined;
      return {
        ...timesPowerOfTwo(found, -scale),
        radius: scaledBy(found.radius, -scale),
        isolation: scaledBy(found.isolation, -scale),
      };
    },
    ordinaryWithin: (point, baseRadius) => inner.ordinaryWithin(into(point), scaledBy(baseRadius, -scale)),
    follow(start, target, options) {
      const { code, state } = inner.follow(into(start), times(target, -scale), options);
      return { code, state: { ...state, point: outOf(state.point) } };
    },
    track: (start, target, options) => outcomeOf(inner.track(into(start), times(target, -scale), options)),
    trackThrough: (start, targets, options) =>
      outcomeOf(
        inner.trackThrough(
          into(start),
          targets.map((target) => times(target, -scale)),
          options,
        ),
      ),
  };
}

function unscaledTracker(table: IntegerTable, bits: readonly number[]): Tracker {
  const machine = machineArithmetic(table);
  const made: Arithmetic<GaussianDyadic>[] = [];
  const exactly = (level: number): Arithmetic<GaussianDyadic> => {
    const places = bits[level]!;
    made[level] ??= places < exactFrom ? roundedArithmetic(table, places) : exactArithmetic(table, places);
    return made[level];
  };
  /** The first answer that is not undefined, of doubles and then of the exact arithmetics. */
  const rising = <T>(question: <M>(arithmetic: Arithmetic<M>) => T | undefined): T | undefined => {
    let answer = question(machine);
    for (let level = 0; answer === undefined && level < bits.length; level++) answer = question(exactly(level));
    return answer;
  };
  const follow = (start: SheetPoint, target: Complex, options: PathOptions = {}): PathResult => {
    const { maxSteps = defaultSteps } = options;
    const isPlace = Number.isFinite(target.re) && Number.isFinite(target.im);
    if (!isPlace) return { code: "too-close", state: { point: start, steps: 0, bits: 53 } };
    let result = followWith(machine, 53, { point: start, steps: 0, bits: 53 }, target, options, patience);
    for (let level = 0; result.code !== "arrived" && result.state.steps < maxSteps && level < bits.length; level++) {
      const last = level === bits.length - 1 ? maxSteps : patience * 4 ** (level + 1);
      const { state } = result;
      result = followWith(exactly(level), bits[level]!, state, target, options, last);
      // A point that was reached with fewer bits is not told from others by more: begin again.
      if (result.code === "not-separated") {
        result = followWith(exactly(level), bits[level]!, { ...state, point: start }, target, options, last);
      }
    }
    return result;
  };
  const track = (start: SheetPoint, target: Complex, options: PathOptions = {}): Outcome<SheetPoint> => {
    const { code, state } = follow(start, target, options);
    return code === "arrived" ? ok(state.point) : unable(reasonOf(code, state, options));
  };
  const spread = (point: SheetPoint, baseRadius: number): Spread | undefined =>
    rising((arithmetic) => {
      const settled = settledAt(arithmetic, point);
      if (settled === undefined) return undefined;
      const local = arithmetic.expand(point.z, settled.m);
      const radius = inclusionRadius(local, baseRadius);
      if (radius === undefined) return undefined;
      // The discs are about the tangent at the settled point.
      const drift =
        length(local.tangent.re, local.tangent.im) * baseRadius * (1 + 1e-15) +
        apart(arithmetic.toValue(settled.m), point);
      const isolation = isolationRadius(local, baseRadius, radius) - drift;
      return { radius: (radius + drift) * (1 + 1e-12), isolation: isolation * (1 - 1e-12) };
    });
  return {
    table,
    certify: (z, m, fine) =>
      rising((arithmetic) => {
        const settled = settle(arithmetic, z, arithmetic.fromValue({ m, fine }));
        return settled === undefined ? undefined : pointOf(arithmetic, z, settled);
      }),
    isolation(point) {
      const found = rising((arithmetic) => {
        const settled = settledAt(arithmetic, point);
        if (settled === undefined) return undefined;
        const away = apart(arithmetic.toValue(settled.m), point);
        return Math.max(point.radius, isolationOf(settled) - away * (1 + 1e-12));
      });
      return found ?? point.radius;
    },
    polish(point) {
      const arithmetic = exactly(0);
      const m = arithmetic.fromValue(point);
      const { value, slope } = arithmetic.expandFibre(point.z, m);
      const delta = quotient(value, slope);
      return delta === undefined
        ? point.m
        : arithmetic.toComplex(arithmetic.correct(m, { re: -delta.re, im: -delta.im }));
    },
    spread,
    displaced: (point, by) =>
      rising((arithmetic) => {
        const settled = settledAt(arithmetic, point);
        if (settled === undefined) return undefined;
        const reach = Math.abs(rationalToNumber(by)) * (1 + 1e-12);
        const local = arithmetic.expand(point.z, settled.m, Math.max(reach, 1e-300));
        const radius = inclusionRadius(local, reach);
        if (radius === undefined) return undefined;
        const { value, error } = arithmetic.aheadBy(local, settled.m, by);
        const isolation = (isolationRadius(local, reach, radius) - error) * (1 - 1e-12);
        const found = { m: value, radius: (radius + error) * (1 + 1e-12) };
        if (!(found.radius < isolation)) return undefined;
        return { ...disc(arithmetic, found, isolation), isolation: isolation * (1 - enoughRoom) };
      }),
    ordinaryWithin: (point, baseRadius) => spread(point, baseRadius) !== undefined,
    follow,
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

function reasonOf(code: PathCode, { point, bits }: PathState, { maxSteps = defaultSteps }: PathOptions): string {
  const sign = point.z.im < 0 ? "-" : "+";
  const place = `the sheet could not be followed with proof beyond z = ${point.z.re} ${sign} ${Math.abs(point.z.im)}i`;
  switch (code) {
    case "step-limit":
      return `${place}, after ${maxSteps} steps; raise \`maxSteps\``;
    case "not-separated":
      return `${place}, where ${bits} bits do not separate the sheets`;
    default:
      return `${place}, where two sheets come too close`;
  }
}

/** A proved root: the disc of this radius around m holds exactly one root of the fibre. */
interface Settled<M> {
  readonly m: M;
  readonly radius: number;
  /** At u = 0 alone. */
  readonly local: LocalExpansion;
}

/** A larger disc that holds no other root. */
function isolationOf({ local, radius }: Settled<unknown>): number {
  return isolationRadius(local, 0, radius) * (1 - 1e-12);
}

/** Newton's iteration from the guess, then the inclusion test, until the radius is no more than `enough` or as small as it gets. */
function settle<M>(arithmetic: Arithmetic<M>, z: Complex, guess: M, enough = 0): Settled<M> | undefined {
  let m = guess;
  let best: Settled<M> | undefined;
  for (let iteration = 0; iteration < 12; iteration++) {
    const local = arithmetic.expandFibre(z, m);
    const radius = inclusionRadius(local, 0);
    if (radius !== undefined && (best === undefined || radius < 0.25 * best.radius)) {
      best = { m, radius, local };
      if (radius <= enough) break;
    } else if (best !== undefined) break;
    const delta = quotient(local.value, local.slope);
    if (delta === undefined) break;
    m = arithmetic.correct(m, { re: -delta.re, im: -delta.im });
  }
  return best;
}

/** The same root as that of a proved point: its disc lies in the one around this that holds one root. */
function settledAt<M>(arithmetic: Arithmetic<M>, point: SheetPoint): Settled<M> | undefined {
  const found = settle(arithmetic, point.z, arithmetic.fromValue(point));
  if (found === undefined) return undefined;
  const away = apart(arithmetic.toValue(found.m), point);
  return (away + point.radius) * (1 + 1e-12) < isolationOf(found) ? found : undefined;
}

/** What a disc may be beside the one that holds no second root, and still leave room for the rounding of what is compared with it. */
const enoughRoom = 2 ** -10;

function pointOf<M>(arithmetic: Arithmetic<M>, z: Complex, settled: Settled<M>): SheetPoint {
  return { z, ...disc(arithmetic, settled, isolationOf(settled)) };
}

/** A disc about a value in doubles, unless their rounding is not small beside the distance to the next one. */
function disc<M>(
  arithmetic: Arithmetic<M>,
  { m, radius }: { readonly m: M; readonly radius: number },
  isolation: number,
): SheetValue & { readonly radius: number } {
  const value = arithmetic.toValue(m);
  const rounded = roundedDisc({ ...value, radius });
  return value.fine === undefined || rounded.radius <= enoughRoom * isolation ? rounded : { ...value, radius };
}

const defaultSteps = 4000;
/** So many steps are made in doubles; where more are needed, their rounding is often what keeps the steps short. */
const patience = 250;

function followWith<M>(
  arithmetic: Arithmetic<M>,
  bits: number,
  from: PathState,
  target: Complex,
  options: PathOptions,
  mostSteps: number,
): PathResult {
  const { maxSteps = defaultSteps, smallestStep = 1e-12, budget = unlimited } = options;
  const { point: start } = from;
  const first = settledAt(arithmetic, start);
  if (first === undefined) return { code: "not-separated", state: { ...from, bits } };
  let here = first;
  let z = start.z;
  let guess = Math.max(modulus(z, target), Number.MIN_VALUE);
  let local = arithmetic.expand(z, here.m, guess);
  let steps = 0;
  const ended = (code: PathCode): PathResult => ({
    code,
    state: { point: pointOf(arithmetic, z, here), steps: from.steps + steps, bits },
  });
  const allowed = Math.min(mostSteps, maxSteps - from.steps);
  for (; steps < allowed; steps++) {
    const left = modulus(z, target);
    if (left === 0) return ended("arrived");
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
      budget.spend(bits / 53, "following a sheet");
      if (step < smallestStep * left || step < 1e-300) return ended("too-close");
      if (radius !== undefined) {
        const share = Math.min(1, (0.9 * step) / left);
        zNext = share === 1 ? target : { re: z.re + share * (target.re - z.re), im: z.im + share * (target.im - z.im) };
        // The step is lost in the last place of z.
        if (zNext.re === z.re && zNext.im === z.im) return ended("too-close");
        const { value, error } = arithmetic.ahead(local, here.m, z, zNext);
        const isolation = isolationRadius(local, step, radius) * (1 - 1e-12);
        // The end is found as exactly as it can be; on the way a disc is enough that is small beside the one it has to lie in.
        next = settle(arithmetic, zNext, value, share === 1 ? 0 : 1e-5 * isolation);
        if (next !== undefined && arithmetic.distance(next.m, value) + next.radius + error < isolation) break;
      }
      step /= 2;
      radius = inclusionRadius(local, step);
    }
    here = next;
    z = zNext;
    guess = step;
    local = arithmetic.expand(z, here.m, guess);
  }
  return ended("step-limit");
}

function modulus(a: Complex, b: Complex): number {
  return length(a.re - b.re, a.im - b.im);
}
