import {
  type Budget,
  BudgetError,
  DomainError,
  LimitError,
  notDefined,
  type Outcome,
  ok,
  unable,
  unlimited,
} from "../core/index.js";
import {
  type Complex,
  type ComplexCriticalPoint,
  complexCriticalPoints,
  createTracker,
  distanceOf,
  shiftZ,
  trackAround,
} from "../curve/index.js";
import { QQ, rational, rationalToNumber, rationalToText } from "../rings/index.js";
import { algebraicToDecimal, signOf } from "../roots/index.js";
import { anatomy } from "./anatomy.js";
import { atoms, steepPoles } from "./atoms.js";
import { type Law, requireNumeric } from "./law.js";
import { complexOutOfNormal, isNormalised, type Normalisation, normalisation } from "./normalisation.js";
import { overlooking, type PhysicalSheet, physicalSheet, transferred } from "./physical-sheet.js";

/** A critical point in the open upper half-plane and what the physical sheet does there. */
export interface UpperPoint {
  readonly at: Complex;
  /** `ordinary` is analytic, `branch-point` ramifies, `pole` is infinite. */
  readonly kind: "ordinary" | "branch-point" | "pole";
}

const knownUpper = new WeakMap<Law, Outcome<readonly UpperPoint[]>>();
const known = new WeakMap<Law, Outcome<true>>();

/**
 * Whether the physical branch is the Stieltjes transform of a probability measure: analytic in the open upper half-plane, with
 * non-negative imaginary part on the real axis, simple real poles of positive weight, and other real singularities
 * integrable. The branch has −1/z at infinity, so the mass is one then [Nevanlinna representation]. `undefined` with the
 * reason when it is not, `unable` when it could not be decided. Exact: what is said was proved.
 */
export function decideSpectrum(law: Law, budget: Budget = unlimited): Outcome<true> {
  const cached = known.get(law);
  if (cached !== undefined) return cached;
  let result: Outcome<true>;
  try {
    result = decide(law, budget);
  } catch (error) {
    if (!(error instanceof LimitError) || error instanceof BudgetError) throw error;
    result = unable(error.message);
  }
  known.set(law, result);
  return result;
}

/** Throws the plain sentence when the curve is no spectrum, or when that could not be decided. */
export function requireSpectrum(law: Law, budget: Budget = unlimited): void {
  const outcome = decideSpectrum(law, budget);
  if (outcome.kind === "undefined") throw new DomainError(`this curve is not a spectrum: ${outcome.reason}`);
  if (outcome.kind === "unable") {
    throw new LimitError(`whether this curve is a spectrum could not be decided: ${outcome.reason}`);
  }
}

function decide(law: Law, budget: Budget): Outcome<true> {
  requireNumeric(law, "the test for a spectrum");
  const upper = upperPoints(law, budget);
  if (upper.kind !== "ok") return upper;
  const bad = upper.value.find((point) => point.kind !== "ordinary");
  if (bad !== undefined) {
    const what = bad.kind === "pole" ? "a pole" : "a branch point";
    return notDefined(`its physical sheet has ${what} at z = ${upperPlaceText(bad.at)} in the upper half-plane`);
  }
  const { cells, singular } = anatomy(law, budget);
  for (const cell of cells) {
    if (!cell.real && cell.point.m.im < 0) {
      return notDefined(`its density is negative at x = ${rationalToText(cell.at)}`);
    }
  }
  for (const point of singular) {
    for (const side of [point.left, point.right]) {
      if (side === undefined) continue;
      const { exponent } = side;
      if (exponent.kind !== "ok") return exponent;
      if (QQ.compare(exponent.value, rational(-1)) <= 0) {
        return notDefined(`its density is not integrable at x = ${algebraicToDecimal(point.at, 8)}`);
      }
    }
  }
  const [steep] = steepPoles(law, budget);
  if (steep !== undefined) {
    return notDefined(`its transform grows faster than a simple pole at x = ${algebraicToDecimal(steep, 8)}`);
  }
  for (const atom of atoms(law, budget)) {
    if (signOf(atom.weight) < 0) {
      return notDefined(
        `it has an atom of negative weight ${algebraicToDecimal(atom.weight, 6)} at x = ${algebraicToDecimal(atom.at, 8)}`,
      );
    }
  }
  return ok(true);
}

/**
 * The critical points in the open upper half-plane, each with its kind on the physical sheet, reached along the segment from a
 * point high above. When none of them is singular there, the branch is analytic in the whole half-plane, since every
 * point of it is reached along such a segment.
 */
export function upperPoints(law: Law, budget: Budget = unlimited): Outcome<readonly UpperPoint[]> {
  const cached = knownUpper.get(law);
  if (cached !== undefined) return cached;
  const frame = normalisation(law, budget);
  const outcome = isNormalised(frame)
    ? upperPointsOfModerateLaw(law, budget)
    : movedPoints(frame, upperPoints(frame.law, budget));
  knownUpper.set(law, outcome);
  return outcome;
}

function movedPoints(frame: Normalisation, found: Outcome<readonly UpperPoint[]>): Outcome<readonly UpperPoint[]> {
  if (found.kind !== "ok") return found;
  return ok(found.value.map(({ at, kind }) => ({ at: complexOutOfNormal(frame, at), kind })));
}

function upperPointsOfModerateLaw(law: Law, budget: Budget): Outcome<readonly UpperPoint[]> {
  const sheet = physicalSheet(law, budget);
  const points = complexCriticalPoints(law.curve, budget).filter(({ at }) => at.im > 0);
  const result: UpperPoint[] = [];
  for (const point of points) {
    budget.spend(50, "looking for singular points in the upper half-plane");
    const others = points.filter((other) => other !== point);
    const apart = Math.min(point.at.im, ...others.map((other) => distanceOf(other.fine, point.fine)));
    const kind = isCoarse(point.at, apart)
      ? kindInShift(sheet, point, apart, budget)
      : kindAt(sheet, point.at, apart, budget);
    if (kind.kind !== "ok") return kind;
    result.push({ at: point.at, kind: kind.value });
  }
  return ok(result);
}

/** Whether doubles do not tell a point from what is so far from it. */
export function isCoarse(at: Complex, apart: number): boolean {
  return apart < 2 ** -40 * Math.hypot(at.re, at.im);
}

/** {@link kindAt} in the coordinate z − Re of the point, where small distances are represented. */
function kindInShift(
  { tracker, base }: PhysicalSheet,
  { at, fine }: ComplexCriticalPoint,
  apart: number,
  budget: Budget,
): Outcome<UpperPoint["kind"]> {
  const above = overlooking(tracker, base, Math.hypot(at.re, at.im), budget);
  if (above.kind !== "ok") return above;
  const shifted = createTracker(shiftZ(tracker.table, fine.re));
  const start = transferred(tracker, above.value, shifted, fine.re);
  if (start.kind !== "ok") return start;
  return kindAt({ tracker: shifted, base: start.value }, { re: 0, im: rationalToNumber(fine.im) }, apart, budget);
}

/** What the physical sheet does at a critical point that is `apart` from every other one and from the real axis. */
function kindAt(
  { tracker, base: lowest }: Pick<PhysicalSheet, "tracker" | "base">,
  at: Complex,
  apart: number,
  budget: Budget,
): Outcome<UpperPoint["kind"]> {
  const above = overlooking(tracker, lowest, Math.hypot(at.re, at.im), budget);
  if (above.kind !== "ok") return above;
  const base = above.value;
  const length = distance(base.z, at);
  const radius = Math.min(apart, length) / 4;
  const near = {
    re: at.re + (radius * (base.z.re - at.re)) / length,
    im: at.im + (radius * (base.z.im - at.im)) / length,
  };
  const start = tracker.track(base, near, { budget });
  if (start.kind !== "ok") return start;
  // Few steps lead to an ordinary point, and endlessly many to a branch point: there the loop decides.
  const reached = tracker.track(start.value, at, { maxSteps: 12, budget });
  // The exact point is within a few units of the last place of `at`; a disc that wide around it must be ordinary.
  if (reached.kind === "ok" && tracker.ordinaryWithin(reached.value, 1e-14 * (Math.abs(at.re) + Math.abs(at.im)))) {
    return ok("ordinary");
  }
  const loop = trackAround(tracker, start.value, at, budget);
  if (loop.kind !== "ok") return loop;
  if (!loop.value.closed) return ok("branch-point");
  return ok(loop.value.winding < 0 ? "pole" : "ordinary");
}

/** A place beside the real line as sentences show it: six digits; a part that is zero to double precision beside the other one is 0. */
export function upperPlaceText({ re, im }: Complex): string {
  const size = Math.hypot(re, im);
  const part = (x: number): string => String(Number((Math.abs(x) < 1e-15 * size ? 0 : x).toPrecision(6)));
  return `${part(re)} + ${part(im)}i`;
}

function distance(a: Complex, b: Complex): number {
  return Math.hypot(a.re - b.re, a.im - b.im);
}
