import { type Budget, LimitError, type Outcome, ok, orThrow, unlimited } from "../core/index.js";
import {
  type Complex,
  type ComplexCriticalPoint,
  type CriticalPoint,
  complexCriticalPoints,
  createTracker,
  decideRamification,
  distanceOf,
  type FinePoint,
  shiftZ,
  trackAround,
} from "../curve/index.js";
import { powerOfTwo, QQ, rationalToNumber } from "../rings/index.js";
import { type AlgebraicNumber, affineImage, algebraicToNumber, refine } from "../roots/index.js";
import { type Anatomy, anatomy, shiftedSheet } from "./anatomy.js";
import { type Law, requireNumeric } from "./law.js";
import { complexOutOfNormal, isNormalised, normalisation } from "./normalisation.js";
import { isCoarse, upperPoints } from "./spectrum.js";

/** A branch point that is not real, to double precision. */
export interface ComplexBranchPoint extends Complex {
  /** Whether the physical sheet branches there: the law is no spectrum then. */
  readonly onPhysicalSheet: boolean;
  /** The half-plane in which it lies. */
  readonly side: "above" | "below";
}

export interface BranchPoints {
  /** On whatever sheet, in ascending order; most of them are no edges of the support. */
  readonly real: readonly AlgebraicNumber[];
  /**
   * For each real one, whether the boundary values of the physical sheet branch there: from above, and then from below as well, since the
   * sheet takes conjugate values at conjugate points. Edges, cusps and other singular points of the density are such, and nothing else.
   */
  readonly onPhysicalBoundary: readonly boolean[];
  /** With conjugates. */
  readonly complex: readonly ComplexBranchPoint[];
}

const known = new WeakMap<Law, BranchPoints>();

/**
 * The finite branch points of the curve: roots of disc_m(P) at which two sheets really ramify. A root of odd multiplicity does by
 * itself (the discriminant is a square times the product over the ramified places); at one of even multiplicity every
 * sheet is followed around it. Whether the physical sheet branches at a real one is decided by following it around the point from the
 * upper half-plane. Exact for the real ones; the others are certified, and rounded to doubles.
 *
 * @throws DomainError when the law has parameters, LimitError when a certificate could not be reached.
 */
export function branchPoints(law: Law, budget: Budget = unlimited): BranchPoints {
  requireNumeric(law, "the list of branch points");
  const cached = known.get(law);
  if (cached !== undefined) return cached;
  const frame = normalisation(law, budget);
  let result: BranchPoints;
  if (isNormalised(frame)) result = branchPointsOfModerateLaw(law, budget);
  else {
    const normal = branchPoints(frame.law, budget);
    result = {
      ...normal,
      real: normal.real.map((at) => affineImage(at, powerOfTwo(frame.exponent), frame.centre)),
      complex: normal.complex.map((point) => ({ ...point, ...complexOutOfNormal(frame, point) })),
    };
  }
  known.set(law, result);
  return result;
}

function branchPointsOfModerateLaw(law: Law, budget: Budget): BranchPoints {
  const found = anatomy(law, budget);
  const { tracker } = found.sheet;
  const complex = complexCriticalPoints(law.curve, budget);
  const real = found.points.map((point) => ({ ...point, fine: { re: refine(point.at, fineBits).lower, im: QQ.zero } }));
  const everywhere: readonly FinePoint[] = [...real, ...complex].map(({ fine }) => fine);
  const apartFrom = (at: FinePoint): number => {
    const size = Math.hypot(rationalToNumber(at.re), rationalToNumber(at.im));
    return Math.min(...everywhere.filter((other) => other !== at).map((other) => distanceOf(other, at)), size + 1);
  };
  const ramified = (fine: FinePoint, multiplicity: number): Outcome<boolean> => {
    budget.spend(50, "deciding which critical points are branch points");
    if (multiplicity % 2 === 1) return ok(true);
    if (multiplicity === 0) return ok(false);
    const [at, apart] = [{ re: rationalToNumber(fine.re), im: rationalToNumber(fine.im) }, apartFrom(fine)];
    if (!isCoarse(at, apart)) return decideRamification(tracker, at, apart, budget);
    return decideRamification(createTracker(shiftZ(tracker.table, fine.re)), { re: 0, im: at.im }, apart, budget);
  };
  const branching = real.flatMap((point, k) =>
    orThrow(ramified(point.fine, point.multiplicity))
      ? [{ at: point.at, physical: branchesAtBoundary(law, found, point, k, apartFrom(point.fine), budget) }]
      : [],
  );
  return {
    real: branching.map(({ at }) => at),
    onPhysicalBoundary: branching.map(({ physical }) => physical),
    complex: complexBranchPoints(law, complex, ramified, budget),
  };
}

/** Bits to which a real critical point is known when its distance from others is computed. */
const fineBits = 256;

function complexBranchPoints(
  law: Law,
  points: readonly ComplexCriticalPoint[],
  ramified: (at: FinePoint, multiplicity: number) => Outcome<boolean>,
  budget: Budget,
): readonly ComplexBranchPoint[] {
  const upper = orThrow(upperPoints(law, budget));
  return points
    .filter((point) => orThrow(ramified(point.fine, point.multiplicity)))
    .map(({ at }) => ({
      ...at,
      onPhysicalSheet: upper.some(
        (point) => point.kind === "branch-point" && point.at.re === at.re && point.at.im === Math.abs(at.im),
      ),
      side: at.im > 0 ? "above" : "below",
    }));
}

/** Whether the boundary value from the upper half-plane, continued once around the real point, does not come back to itself. */
function branchesAtBoundary(
  law: Law,
  found: Anatomy,
  point: CriticalPoint,
  index: number,
  apart: number,
  budget: Budget,
): boolean {
  const [left, right] = [found.cells[index]!, found.cells[index + 1]!];
  if (left.real !== right.real) return true;
  const place = algebraicToNumber(point.at);
  const { tracker, start } = shiftedSheet(law, point.at, right, QQ.zero, budget);
  const above = tracker.track(start, { re: 0, im: apart / 2 }, { budget });
  const loop = above.kind === "ok" ? trackAround(tracker, above.value, { re: 0, im: 0 }, budget) : above;
  if (loop.kind === "ok") return !loop.value.closed;
  throw new LimitError(`whether the physical sheet branches at x = ${place} could not be decided: ${loop.reason}`);
}
