import { type Budget, DomainError, type Outcome, ok, orThrow, unlimited } from "../core/index.js";
import { type Complex, createTracker, integerTable, type SheetPoint } from "../curve/index.js";
import { type CurveLike, curveOf, matching, scaleOf, sheetsOver } from "./monodromy.js";
import type { Permutation } from "./permutation.js";

/** What a closed polygon in the z-plane does to the sheets. */
export interface PolygonLoop {
  /** The first corner. */
  readonly base: Complex;
  /** m over the base point on each sheet, ascending by real part, then by imaginary part. */
  readonly sheets: readonly Complex[];
  /** `permutation[i]` is the sheet on which sheet i ends. */
  readonly permutation: Permutation;
  /** For each sheet the values of m on the way: at every corner in order, the base first and again last. */
  readonly paths: readonly (readonly Complex[])[];
}

/**
 * The permutation of the sheets of a curve along the closed polygon through the given corners, back to the first one: each sheet is followed
 * with a proof at every step. The corners are doubles and count as exact. Certified.
 *
 * @throws DomainError when the curve has parameters or there are fewer than three corners, LimitError when a side runs into a critical point or
 * comes too close to one.
 * @example permutationAlong("m^2 + z*m + 1", [{ re: 1, im: -1 }, { re: 3, im: 0 }, { re: 1, im: 1 }]).permutation // [1, 0]: once around 2
 */
export function permutationAlong(of: CurveLike, corners: readonly Complex[], budget: Budget = unlimited): PolygonLoop {
  const curve = curveOf(of);
  const [base, ...rest] = corners;
  if (base === undefined || rest.length < 2) {
    throw new DomainError(`a loop is a polygon of at least three corners; got ${corners.length}`);
  }
  const bad = corners.find(({ re, im }) => !Number.isFinite(re) || !Number.isFinite(im));
  if (bad !== undefined) throw new DomainError("the corners of a loop must be finite numbers");
  const size = Math.max(...corners.map(({ re, im }) => Math.hypot(re, im)), Number.MIN_VALUE);
  const tracker = createTracker(integerTable(curve), { scale: scaleOf(size) });
  const starts = sheetsOver(tracker, base, budget);
  const paths = starts.map((start) => {
    const path: SheetPoint[] = [start];
    for (const target of [...rest, base]) {
      const next: Outcome<SheetPoint> = isSame(path.at(-1)!.z, target)
        ? ok(path.at(-1)!)
        : tracker.track(path.at(-1)!, target, { budget });
      path.push(orThrow(next));
    }
    return path;
  });
  return {
    base,
    sheets: starts.map((point) => point.m),
    permutation: matching(
      tracker,
      starts,
      paths.map((path) => path.at(-1)!),
    ),
    paths: paths.map((path) => path.map((point) => point.m)),
  };
}

function isSame(a: Complex, b: Complex): boolean {
  return a.re === b.re && a.im === b.im;
}
