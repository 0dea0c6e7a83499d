import { type Budget, LimitError, type Outcome, ok, orThrow, unlimited } from "../core/index.js";
import {
  type Complex,
  type ComplexCriticalPoint,
  type CriticalPoint,
  complexCriticalPoints,
  decideRamification,
  trackAround,
} from "../curve/index.js";
import { type AlgebraicNumber, affineImage, algebraicToNumber } from "../roots/index.js";
import { type Anatomy, anatomy, shiftedSheet } from "./anatomy.js";
import { type Law, requireNumeric } from "./law.js";
import { complexOutOfNormal, isNormalised, normalisation, powerOfTwo } from "./normalisation.js";
import { upperPoints } from "./spectrum.js";

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
 * upper half-plane. Real ones exact.
 *
 * @throws DomainError when the law has parameters, LimitError when a certificate could not be reached.
 */
export function branchPoints(law: Law, budget: Budget = unlimited): BranchPoints {
  requireNumeric(law, "the list of branch points");
  const cached = known.get(law);
  if (cached !== undefined) return cached;
  const frame = normalisation(law);
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
  const complex = complexCriticalPoints(law.curve);
  const everywhere: Complex[] = [
    ...found.points.map(({ at }) => ({ re: algebraicToNumber(at), im: 0 })),
    ...complex.map(({ at }) => at),
  ];
  const apartFrom = (at: Complex): number => {
    const others = everywhere.filter((other) => other.re !== at.re || other.im !== at.im);
    return Math.min(...others.map((other) => Math.hypot(other.re - at.re, other.im - at.im)), Math.abs(at.re) + 1);
  };
  const ramified = (at: Complex, multiplicity: number): Outcome<boolean> => {
    budget.spend(50, "deciding which critical points are branch points");
    if (multiplicity % 2 === 1) return ok(true);
    return multiplicity === 0 ? ok(false) : decideRamification(tracker, at, apartFrom(at), budget);
  };
  const real = found.points.flatMap((point, k) => {
    const at: Complex = { re: algebraicToNumber(point.at), im: 0 };
    if (!orThrow(ramified(at, point.multiplicity))) return [];
    return [{ at: point.at, physical: branchesAtBoundary(law, found, point, k, apartFrom(at), budget) }];
  });
  return {
    real: real.map(({ at }) => at),
    onPhysicalBoundary: real.map(({ physical }) => physical),
    complex: complexBranchPoints(law, complex, ramified, budget),
  };
}

function complexBranchPoints(
  law: Law,
  points: readonly ComplexCriticalPoint[],
  ramified: (at: Complex, multiplicity: number) => Outcome<boolean>,
  budget: Budget,
): readonly ComplexBranchPoint[] {
  const upper = orThrow(upperPoints(law, budget));
  return points
    .filter((point) => orThrow(ramified(point.at, point.multiplicity)))
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
  const { tracker, start } = shiftedSheet(law, point.at, right);
  const above = tracker.track(start, { re: 0, im: apart / 2 }, { budget });
  const loop = above.kind === "ok" ? trackAround(tracker, above.value, { re: 0, im: 0 }, budget) : above;
  if (loop.kind === "ok") return !loop.value.closed;
  throw new LimitError(`whether the physical sheet branches at x = ${place} could not be decided: ${loop.reason}`);
}
