import { type Budget, DomainError, LimitError, orThrow, unlimited } from "../core/index.js";
import {
  apart,
  type Complex,
  createTracker,
  fibreOver,
  integerTable,
  type SheetPoint,
  type Tracker,
} from "../curve/index.js";
import { degree, type Polynomial, parsePolynomial } from "../poly/index.js";
import { loopSystem } from "./loops.js";
import { orbits, type Permutation } from "./permutation.js";

/** A curve P(z, m) = 0 over the rationals: a polynomial, its text, or something like a law that has one. */
export type CurveLike = Polynomial | string | { readonly curve: Polynomial };

/** What a loop around one critical point does to the sheets. */
export interface SheetLoop {
  readonly at: Complex;
  readonly real: boolean;
  /** `permutation[i]` is the sheet on which sheet i ends. */
  readonly permutation: Permutation;
}

/** How the sheets of a curve over the z-plane hang together. */
export interface Monodromy {
  readonly base: Complex;
  /** m over the base point on each sheet, ascending by real part, then by imaginary part. */
  readonly sheets: readonly Complex[];
  /**
   * One loop for each finite critical point, the trivial ones included, in counterclockwise order as seen from the base point. One
   * after the other they are homotopic to a circle around all of them.
   */
  readonly loops: readonly SheetLoop[];
  /** Once around infinity, which is clockwise around everything else: after all loops it makes the identity. */
  readonly infinity: Permutation;
  /** The sheets of each component of the curve over the complex numbers. */
  readonly components: readonly (readonly number[])[];
}

const known = new WeakMap<Polynomial, Monodromy>();
/** Corners of the polygons that stand for circles. */
const corners = 16;

/**
 * The monodromy of the curve: every sheet over a base point followed along a loop around each critical point, with a proof at every
 * step. Critical points are double-precision numbers inside their loops; that they are is proved, and so are the permutations. The curve is
 * irreducible over the complex numbers just when there is one component. Certified.
 *
 * @throws DomainError when the curve has parameters or a repeated factor, LimitError when a certificate could not be reached.
 * @example monodromy("m^3 - z").loops[0].permutation // a cycle of three sheets
 */
export function monodromy(of: CurveLike, budget: Budget = unlimited): Monodromy {
  const curve = curveOf(of);
  const cached = known.get(curve);
  if (cached !== undefined) return cached;
  const { base, centre, loops } = loopSystem(curve, budget);
  const tracker = createTracker(integerTable(curve), { scale: scaleOf(distance(base, centre)) });
  const sheets = sheetsOver(tracker, base, budget);
  const found = loops.map(({ at, real, entry }): SheetLoop => {
    const there = transport(tracker, sheets, [entry], budget);
    const around = transport(tracker, there, circle(at, entry, 1), budget);
    return { at, real, permutation: matching(tracker, there, around) };
  });
  const infinity = matching(tracker, sheets, transport(tracker, sheets, circle(centre, base, -1), budget));
  const result: Monodromy = {
    base,
    sheets: sheets.map((point) => point.m),
    loops: found,
    infinity,
    components: orbits(
      sheets.length,
      found.map((loop) => loop.permutation),
    ),
  };
  known.set(curve, result);
  return result;
}

/** The polynomial, without parameters and with z and m in it. */
export function curveOf(of: CurveLike): Polynomial {
  const curve = typeof of === "string" ? parsePolynomial(of) : "curve" in of ? of.curve : of;
  const stray = curve.variables.find((name) => name !== "z" && name !== "m");
  if (stray !== undefined) {
    throw new DomainError(`the sheets of a curve need numbers, and it still has the free parameter ${stray}`);
  }
  if (degree(curve, "m") < 1) throw new DomainError("a curve without m has no sheets over the z-plane");
  return curve;
}

/** All points over z, proved, by real and then imaginary part. */
export function sheetsOver(tracker: Tracker, z: Complex, budget: Budget = unlimited): readonly SheetPoint[] {
  const points = orThrow(fibreOver(tracker, z, budget)).map((guess) => tracker.certify(z, guess.m, guess.fine));
  const proved = points.filter((point) => point !== undefined);
  if (proved.length < tracker.table.degreeM) {
    throw new LimitError(`the sheets over the base point ${z.re} + ${z.im}i could not be told apart`);
  }
  return proved.sort((a, b) => a.m.re - b.m.re || a.m.im - b.m.im);
}

function transport(
  tracker: Tracker,
  starts: readonly SheetPoint[],
  targets: readonly Complex[],
  budget: Budget,
): readonly SheetPoint[] {
  return starts.map((start) => orThrow(tracker.trackThrough(start, targets, { budget })));
}

/** Once around the centre along a regular polygon that begins and ends at `from`, counterclockwise for turn 1. */
function circle(centre: Complex, from: Complex, turn: 1 | -1): readonly Complex[] {
  const [x, y] = [from.re - centre.re, from.im - centre.im];
  return Array.from({ length: corners }, (_, k) => {
    if (k === corners - 1) return from;
    const angle = (turn * 2 * Math.PI * (k + 1)) / corners;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    return { re: centre.re + x * cos - y * sin, im: centre.im + x * sin + y * cos };
  });
}

/** Which of the points each end is. Two proved discs hold the same point of the fibre when they lie in one isolating disc. */
export function matching(tracker: Tracker, points: readonly SheetPoint[], ends: readonly SheetPoint[]): Permutation {
  const isolations = points.map((point) => tracker.isolation(point));
  const images = ends.map((end) => points.findIndex((point, k) => apart(point, end) + end.radius < isolations[k]!));
  if (images.includes(-1) || new Set(images).size < images.length) {
    throw new LimitError("the sheets at the end of a loop could not be matched with those at its beginning");
  }
  return images;
}

/** The binary exponent of a size, where it is far from one. */
export function scaleOf(size: number): number {
  const exponent = Math.round(Math.log2(size));
  return Math.abs(exponent) > 16 ? exponent : 0;
}

function distance(a: Complex, b: Complex): number {
  return Math.hypot(a.re - b.re, a.im - b.im);
}
