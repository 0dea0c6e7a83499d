import { type Budget, type Outcome, ok, unable, unlimited } from "../core/index.js";
import { exactArithmetic, type GaussianDyadic } from "./exact-arithmetic.js";
import { inclusionRadius, isolationRadius } from "./inclusion.js";
import { type IntegerTable, scaledTable } from "./integer-table.js";
import { type Arithmetic, type Complex, type LocalExpansion, length, quotient } from "./local-expansion.js";
import { machineArithmetic } from "./machine-arithmetic.js";
import { roundedArithmetic } from "./rounded-arithmetic.js";

/**
 * A proved point of one sheet: over z the curve has exactly one point within `radius` of m, and it belongs to the sheet that is
 * followed.
 */
export interface SheetPoint {
  readonly z: Complex;
  readonly m: Complex;
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

/** Follows sheets of one curve with a proof at every step. */
export interface Tracker {
  readonly table: IntegerTable;
  /** Proves the point of the fibre over z next to the guess m, after Newton's iteration; undefined when that cannot be done. */
  certify(z: Complex, guess: Complex): SheetPoint | undefined;
  /** A radius around point.m, as large as could be proved, within which the fibre over point.z has no second point. */
  isolation(point: SheetPoint): number;
  /** m of the point to full double precision: one step of Newton's iteration with exact values. An estimate inside the proved disc. */
  polish(point: SheetPoint): Complex;
  /** What is proved about the sheet over the whole disc of this radius around point.z, where it is analytic then; undefined when nothing is. */
  spread(point: SheetPoint, baseRadius: number): Spread | undefined;
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
    re: shifted(x.re, exponent),
    im: shifted(x.im, exponent),
  });
  const into = ({ z, m, radius }: SheetPoint): SheetPoint => ({
    z: times(z, -scale),
    m: times(m, scale),
    radius: shifted(radius, scale),
  });
  const outOf = ({ z, m, radius }: SheetPoint): SheetPoint => ({
    z: times(z, scale),
    m: times(m, -scale),
    radius: shifted(radius, -scale),
  });
  const outcomeOf = (found: Outcome<SheetPoint>): Outcome<SheetPoint> =>
    found.kind === "ok" ? ok(outOf(found.value)) : found;
  return {
    table,
    certify(z, guess) {
      const found = inner.certify(times(z, -scale), times(guess, scale));
      return found === undefined ? undefined : { ...outOf(found), z };
    },
    isolation: (point) => shifted(inner.isolation(into(point)), -scale),
    polish: (point) => times(inner.polish(into(point)), -scale),
    spread(point, baseRadius) {
      const found = inner.spread(into(point), shifted(baseRadius, -scale));
      if (found === undefined) return undefined;
      return { radius: shifted(found.radius, -scale), isolation: shifted(found.isolation, -scale) };
    },
    ordinaryWithin: (point, baseRadius) => inner.ordinaryWithin(into(point), shifted(baseRadius, -scale)),
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

/** x·2^exponent, exact unless it under- or overflows. */
function shifted(x: number, exponent: number): number {
  const half = Math.trunc(exponent / 2);
  return x * 2 ** half * 2 ** (exponent - half);
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
    let result = followWith(machine, 53, { point: start, steps: 0, bits: 53 }, target, options, patience);
    for (let level = 0; result.code !== "arrived" && result.state.steps < maxSteps && level < bits.length; level++) {
      const last = level === bits.length - 1 ? maxSteps : patience * 4 ** (level + 1);
      const { state } = result;
      result = followWith(exactly(level), bits[level]!, state, target, options, last);
      // A point that was reached with more bits than a double has cannot be handed on as one: begin again.
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
      const settled = settle(arithmetic, point.z, arithmetic.fromComplex(point.m));
      if (settled === undefined || modulus(settled.centre, point.m) > settled.radius + point.radius) return undefined;
      const local = arithmetic.expand(point.z, settled.m);
      const radius = inclusionRadius(local, baseRadius);
      if (radius === undefined) return undefined;
      // The discs are about the tangent at the settled point.
      const drift =
        length(local.tangent.re, local.tangent.im) * baseRadius +
        modulus(settled.centre, point.m) +
        2 ** -52 * length(point.m.re, point.m.im);
      const isolation = isolationRadius(local, baseRadius, radius) - drift;
      return { radius: (radius + drift) * (1 + 1e-12), isolation: isolation * (1 - 1e-12) };
    });
  return {
    table,
    certify(z, guess) {
      const found = rising((arithmetic) => {
        const settled = settle(arithmetic, z, arithmetic.fromComplex(guess));
        return settled === undefined ? undefined : { centre: settled.centre, radius: settled.radius };
      });
      return found === undefined ? undefined : { z, m: found.centre, radius: found.radius };
    },
    isolation(point) {
      const found = rising((arithmetic) => {
        const settled = settle(arithmetic, point.z, arithmetic.fromComplex(point.m));
        if (settled === undefined) return undefined;
        const away = modulus(settled.centre, point.m);
        return away > settled.radius + point.radius
          ? point.radius
          : Math.max(point.radius, isolationRadius(settled.local, 0, settled.radius) - away * (1 + 1e-12));
      });
      return found ?? point.radius;
    },
    polish(point) {
      const arithmetic = exactly(0);
      const { value, slope } = arithmetic.expandFibre(point.z, arithmetic.fromComplex(point.m));
      const delta = quotient(value, slope);
      return delta === undefined ? point.m : { re: point.m.re - delta.re, im: point.m.im - delta.im };
    },
    spread,
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

/** A proved root: the disc around `centre` holds exactly one root of the fibre. */
interface Settled<M> {
  readonly m: M;
  readonly centre: Complex;
  readonly radius: number;
  /** At u = 0 alone. */
  readonly local: LocalExpansion;
}

/** Newton's iteration from the guess, then the inclusion test, until the radius is no more than `enough` or as small as it gets. */
function settle<M>(arithmetic: Arithmetic<M>, z: Complex, guess: M, enough = 0): Settled<M> | undefined {
  let m = guess;
  let best: Settled<M> | undefined;
  for (let iteration = 0; iteration < 12; iteration++) {
    const local = arithmetic.expandFibre(z, m);
    const radius = inclusionRadius(local, 0);
    if (radius !== undefined && (best === undefined || radius < 0.25 * best.radius)) {
      const centre = arithmetic.toComplex(m);
      best = { m, centre, radius: radius + arithmetic.distance(m, arithmetic.fromComplex(centre)), local };
      if (radius <= enough) break;
    } else if (best !== undefined) break;
    const delta = quotient(local.value, local.slope);
    if (delta === undefined) break;
    m = arithmetic.correct(m, { re: -delta.re, im: -delta.im });
  }
  return best;
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
  const first = settle(arithmetic, start.z, arithmetic.fromComplex(start.m));
  if (first === undefined || modulus(first.centre, start.m) > start.radius + first.radius) {
    return { code: "not-separated", state: { ...from, bits } };
  }
  let here = first;
  let z = start.z;
  let local = arithmetic.expand(z, here.m);
  let guess = Math.max(modulus(z, target), Number.MIN_VALUE);
  let steps = 0;
  const ended = (code: PathCode): PathResult => ({
    code,
    state: { point: { z, m: here.centre, radius: here.radius }, steps: from.steps + steps, bits },
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
      budget.spend(1, "following a sheet");
      if (step < smallestStep * left || step < 1e-300) return ended("too-close");
      if (radius !== undefined) {
        const share = Math.min(1, (0.9 * step) / left);
        zNext = share === 1 ? target : { re: z.re + share * (target.re - z.re), im: z.im + share * (target.im - z.im) };
        // The step is lost in the last place of z.
        if (zNext.re === z.re && zNext.im === z.im) return ended("too-close");
        const change = predict(local.tangent, z, zNext);
        const centre = arithmetic.correct(here.m, change.by);
        const isolation = isolationRadius(local, step, radius) * (1 - 1e-12);
        // The end is found as exactly as it can be; on the way a disc is enough that is small beside the one it has to lie in.
        next = settle(arithmetic, zNext, centre, share === 1 ? 0 : 1e-5 * isolation);
        const rounding = change.error + arithmetic.rounding(here.m);
        if (next !== undefined && arithmetic.distance(next.m, centre) + next.radius + rounding < isolation) break;
      }
      step /= 2;
      radius = inclusionRadius(local, step);
    }
    here = next;
    z = zNext;
    local = arithmetic.expand(z, here.m);
    guess = step;
  }
  return ended("step-limit");
}

/** The change of m along the tangent from z to zNext, with a bound of its rounding. */
function predict(tangent: Complex, z: Complex, zNext: Complex): { readonly by: Complex; readonly error: number } {
  const [dx, dy] = [zNext.re - z.re, zNext.im - z.im];
  return {
    by: { re: tangent.re * dx - tangent.im * dy, im: tangent.re * dy + tangent.im * dx },
    error: 2 ** -50 * length(tangent.re, tangent.im) * length(dx, dy),
  };
}

function modulus(a: Complex, b: Complex): number {
  return length(a.re - b.re, a.im - b.im);
}
