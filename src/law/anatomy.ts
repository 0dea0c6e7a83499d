import { InternalError, LimitError, type Outcome, ok, unable } from "../core/index.js";
import {
  type Chart,
  type CriticalPoint,
  createTracker,
  criticalPoints,
  exponentOfReciprocal,
  fibrePoints,
  type LocalCurve,
  limitOf,
  localCurve,
  type Neighbourhood,
  neighbourhoods,
  ramificationExponents,
  type SheetPoint,
  type SheetValues,
  shiftZ,
  type Tracker,
  totalExponent,
  withoutPole,
} from "../curve/index.js";
import { QQ, type Rational, rational, rationalToNumber } from "../rings/index.js";
import {
  type AlgebraicNumber,
  algebraicToNumber,
  isRational,
  rationalBetween,
  rationalValue,
  refine,
} from "../roots/index.js";
import type { Law } from "./law.js";
import { type PhysicalSheet, physicalSheet } from "./physical-sheet.js";

/** An open interval between neighbouring critical points, with the physical branch proved over one rational point of it. */
export interface Cell {
  readonly left: CriticalPoint | undefined;
  readonly right: CriticalPoint | undefined;
  readonly at: Rational;
  readonly point: SheetPoint;
  /** Whether the physical branch is real over the cell; the cell belongs to the support when it is not. */
  readonly real: boolean;
}

/** The density next to a singular point: rho ~ distance^exponent times a power series in distance^(1/ramification). */
export interface SideOfPoint {
  /** 0 where the density has a positive finite limit. */
  readonly exponent: Outcome<Rational>;
  /** NaN where the exponent could not be decided. */
  readonly ramification: number;
}

/** A critical point where the physical boundary value need not be analytic: an edge of the support, or a point inside. */
export interface SingularPoint {
  readonly at: AlgebraicNumber;
  /** Below and above the point; undefined on a side without density. */
  readonly left: SideOfPoint | undefined;
  readonly right: SideOfPoint | undefined;
}

/** The real line as the physical branch of a law sees it. */
export interface Anatomy {
  readonly sheet: PhysicalSheet;
  /** From left to right; cells[k] and cells[k + 1] meet at points[k]. */
  readonly cells: readonly Cell[];
  readonly points: readonly CriticalPoint[];
  readonly singular: readonly SingularPoint[];
}

const known = new WeakMap<Law, Anatomy>();

/**
 * Cuts the real line at the critical points and decides, on each cell, whether the physical branch is real there: the branch is
 * followed from infinity to one rational point of the cell, and a disc with real centre that holds one point of the fibre
 * proves it real, a disc off the real axis proves it not. Exact up to the certificates.
 *
 * @throws LimitError when a certificate could not be reached, DomainError when the law has parameters.
 */
export function anatomy(law: Law): Anatomy {
  const cached = known.get(law);
  if (cached !== undefined) return cached;
  const sheet = physicalSheet(law);
  const { real: points } = criticalPoints(law.curve);
  const cells: Cell[] = [];
  for (let k = 0; k <= points.length; k++) {
    const [left, right] = [points[k - 1], points[k]];
    const at = between(left?.at, right?.at);
    const point = boundaryPoint(sheet, at);
    cells.push({ left, right, at, point, real: isReal(sheet.tracker, point) });
  }
  const singular: SingularPoint[] = [];
  points.forEach((point, k) => {
    const found = singularity(law, point, cells[k]!, cells[k + 1]!);
    if (found !== undefined) singular.push(found);
  });
  const result = { sheet, cells, points, singular };
  known.set(law, result);
  return result;
}

/** The physical boundary value over the double next to a rational x, from the upper half-plane, proved. */
function boundaryPoint(sheet: PhysicalSheet, x: Rational): SheetPoint {
  const reached = sheet.to({ re: rationalToNumber(x), im: 0 });
  if (reached.kind !== "ok") {
    throw new LimitError(`the physical branch could not be decided at x = ${rationalToNumber(x)}: ${reached.reason}`);
  }
  return reached.value;
}

/** Whether the point of the fibre over a real z is real; the curve has real coefficients, so a unique point near its conjugate is. */
export function isReal(tracker: Tracker, point: SheetPoint): boolean {
  if (Math.abs(point.m.im) > point.radius) return false;
  const onAxis = tracker.certify(point.z, { re: point.m.re, im: 0 });
  if (onAxis !== undefined && onAxis.m.im === 0 && Math.abs(onAxis.m.re - point.m.re) < tracker.isolation(onAxis)) {
    return true;
  }
  throw new LimitError(`whether the physical branch is real at x = ${point.z.re} could not be decided`);
}

function between(left: AlgebraicNumber | undefined, right: AlgebraicNumber | undefined): Rational {
  if (left !== undefined && right !== undefined) return rationalBetween(left, right);
  if (left !== undefined) return rational(QQ.floor(left.upper) + 2n);
  if (right !== undefined) return rational(QQ.ceil(right.lower) - 2n);
  return rational(0);
}

function singularity(law: Law, point: CriticalPoint, left: Cell, right: Cell): SingularPoint | undefined {
  if (left.real && right.real) return undefined;
  // A simple zero of the discriminant has one double point of the fibre, hence a real one, and the two sheets through it are
  // real on exactly one side: the physical sheet is one of them only if it changes there.
  if (point.multiplicity <= 1) {
    if (left.real === right.real) return undefined;
    const edge = sideOf(ok(rational(point.sheetsAtInfinity >= 2 ? -1 : 1, 2)));
    return { at: point.at, left: left.real ? undefined : edge, right: right.real ? undefined : edge };
  }
  const below = left.real ? undefined : behaviour(law, point, left, -1);
  const above = right.real ? undefined : behaviour(law, point, right, 1);
  // One branch of the curve passes there alone: it is analytic, from either side.
  if (below === "analytic" || above === "analytic") return undefined;
  return { at: point.at, left: below, right: above };
}

function sideOf(exponent: Outcome<Rational>): SideOfPoint {
  return { exponent, ramification: exponent.kind === "ok" ? Number(exponent.value.den) : Number.NaN };
}

/** The density at the end of a cell, or "analytic" when the branch passes there alone. */
function behaviour(law: Law, point: CriticalPoint, cell: Cell, side: 1 | -1): SideOfPoint | "analytic" {
  const finite = located(law, point, cell, side, "finite");
  if (finite.kind !== "ok") return sideOf(finite);
  const { curve, place, sheet } = finite.value;
  if (place !== undefined) {
    const { real, multiplicity } = place.point;
    if (multiplicity === 1) return "analytic";
    // Off the real axis the density has a positive limit, and sheets may hang together in roots up to the multiplicity.
    if (!real) return { exponent: ok(rational(0)), ramification: multiplicity };
    const exponents = ramificationExponents(curve, place.point, sheet);
    return sideOf(exponents.kind === "ok" ? ok(totalExponent(exponents.value)) : exponents);
  }
  const infinite = located(law, point, cell, side, "infinite");
  if (infinite.kind !== "ok") return sideOf(infinite);
  const at = infinite.value.place;
  if (at === undefined) return sideOf(unable("the branch could not be located at an edge"));
  const exponents = ramificationExponents(infinite.value.curve, at.point, infinite.value.sheet);
  return sideOf(exponents.kind === "ok" ? ok(exponentOfReciprocal(exponents.value)) : exponents);
}

/** Where the physical branch ends in a chart above a critical point, approached inside a cell. */
export function located(law: Law, point: CriticalPoint, cell: Cell, side: 1 | -1, chart: Chart): Outcome<Located> {
  const curve = localCurve(law.curve, point.at, side, chart);
  const points = fibrePoints(curve);
  if (points.kind !== "ok") return points;
  const places = neighbourhoods(curve, points.value);
  if (places.kind !== "ok") return places;
  const sheet = valuesAlong(law, point, cell, side, chart);
  if (places.value.length === 0) return ok({ curve, place: undefined, sheet });
  const limit = limitOf(places.value, sheet);
  return limit.kind === "ok" ? ok({ curve, place: limit.value, sheet }) : limit;
}

export interface Located {
  readonly curve: LocalCurve;
  readonly place: Neighbourhood | undefined;
  readonly sheet: SheetValues;
}

/** The curve shifted to a critical point, so that small distances from it are represented without cancellation. */
export interface ShiftedSheet {
  readonly tracker: Tracker;
  /** The critical point rounded to a rational far beyond double precision. */
  readonly origin: Rational;
  /** The physical branch over the test point of the cell, in the shifted coordinate. */
  readonly start: SheetPoint;
}

/**
 * The physical branch over a cell in the coordinate u = x − origin; where the origin is an atom of the given weight, the branch of
 * m + weight/u, which has no pole there.
 */
export function shiftedSheet(law: Law, origin: AlgebraicNumber, cell: Cell, weight: Rational = QQ.zero): ShiftedSheet {
  const { tracker: original } = physicalSheet(law);
  const fine = isRational(origin) ? rationalValue(origin)! : refine(origin, 256).lower;
  const shifted = shiftZ(original.table, fine);
  const tracker = createTracker(QQ.isZero(weight) ? shifted : withoutPole(shifted, weight));
  const u = rationalToNumber(QQ.sub(cell.at, fine));
  const guess = { re: cell.point.m.re + rationalToNumber(weight) / u, im: cell.point.m.im };
  const start = tracker.certify({ re: u, im: 0 }, guess);
  if (start === undefined) throw new LimitError("a sheet could not be followed to an edge");
  const away = Math.hypot(start.m.re - guess.re, start.m.im - guess.im);
  if (away + cell.point.radius > tracker.isolation(start)) {
    throw new LimitError("a sheet could not be told from its neighbours on the way to an edge");
  }
  return { tracker, origin: fine, start };
}

function valuesAlong(law: Law, point: CriticalPoint, cell: Cell, side: 1 | -1, chart: Chart): SheetValues {
  let shifted: ShiftedSheet | undefined;
  return {
    reach: Math.abs(rationalToNumber(cell.at) - algebraicToNumber(point.at)),
    at(u) {
      shifted ??= shiftedSheet(law, point.at, cell);
      const reached = shifted.tracker.track(shifted.start, { re: side * u, im: 0 });
      if (reached.kind !== "ok") return reached;
      const { m, radius } = reached.value;
      if (chart === "finite") return ok({ y: m, radius });
      if (chart === "residue") {
        return ok({ y: { re: -side * u * m.re, im: -side * u * m.im }, radius: u * radius * (1 + 1e-12) });
      }
      const size = Math.hypot(m.re, m.im);
      if (size <= 2 * radius) return unable("the branch vanishes where it should be large");
      return ok({
        y: { re: m.re / size / size, im: -m.im / size / size },
        radius: (radius / (size * (size - radius))) * (1 + 1e-12),
      });
    },
  };
}

/** The cell that holds a rational point, or the critical point it is. */
export function locate(
  found: Anatomy,
  x: Rational,
  compare: (a: AlgebraicNumber, r: Rational) => -1 | 0 | 1,
): { readonly cell: Cell } | { readonly point: CriticalPoint; readonly left: Cell; readonly right: Cell } {
  for (let k = 0; k < found.points.length; k++) {
    const order = compare(found.points[k]!.at, x);
    if (order === 0) return { point: found.points[k]!, left: found.cells[k]!, right: found.cells[k + 1]! };
    if (order > 0) return { cell: found.cells[k]! };
  }
  const last = found.cells.at(-1);
  if (last === undefined) throw new InternalError("an anatomy has at least one cell");
  return { cell: last };
}
