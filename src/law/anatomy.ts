import { type Budget, InternalError, LimitError, type Outcome, ok, unable, unlimited } from "../core/index.js";
import {
  apart,
  type Chart,
  type CriticalPoint,
  createTracker,
  criticalPoints,
  exponentOfReciprocal,
  fibrePoints,
  integerTable,
  type LocalCurve,
  limitOf,
  localCurve,
  type Neighbourhood,
  neighbourhoods,
  type PathOptions,
  ramificationExponents,
  roundedDisc,
  type SheetPoint,
  type SheetValues,
  shiftZ,
  type Tracker,
  timesPowerOfTwo,
  totalExponent,
  withoutPole,
} from "../curve/index.js";
import { powerOfTwo, QQ, type Rational, rational, rationalToNumber, simplestRationalBetween } from "../rings/index.js";
import {
  type AlgebraicNumber,
  affineImage,
  algebraicToNumber,
  isRational,
  rationalBetween,
  rationalValue,
  refine,
} from "../roots/index.js";
import { type HardEdgePath, hardEdgePath } from "./hard-edge.js";
import type { Law } from "./law.js";
import { isNormalised, type Normalisation, normalisation, outOfNormal } from "./normalisation.js";
import { type PhysicalSheet, physicalSheet, transferred } from "./physical-sheet.js";

/** An open interval between neighbouring critical points, with the physical branch proved over one rational point of it. */
export interface Cell {
  readonly left: CriticalPoint | undefined;
  readonly right: CriticalPoint | undefined;
  readonly at: Rational;
  /** The boundary value over exactly `at`. */
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
export function anatomy(law: Law, budget: Budget = unlimited): Anatomy {
  const cached = known.get(law);
  if (cached !== undefined) return cached;
  const normal = normalisation(law, budget);
  const result = isNormalised(normal) ? dissect(law, budget) : moved(law, normal, anatomy(normal.law, budget), budget);
  known.set(law, result);
  return result;
}

function dissect(law: Law, budget: Budget): Anatomy {
  const sheet = physicalSheet(law, budget);
  const { real: points } = criticalPoints(law.curve, budget);
  const cells: Cell[] = [];
  for (let k = 0; k <= points.length; k++) {
    budget.spend(20, "deciding where the physical branch is real");
    const [left, right] = [points[k - 1], points[k]];
    const at = between(left?.at, right?.at);
    const reached = sheet.over(at, budget);
    const place = rationalToNumber(at);
    if (reached.kind !== "ok") {
      throw new LimitError(`the physical branch could not be decided at x = ${place}: ${reached.reason}`);
    }
    const { m, fine, radius, real } = reached.value;
    cells.push({ left, right, at, point: { z: { re: place, im: 0 }, m, fine, radius }, real });
  }
  const singular: SingularPoint[] = [];
  points.forEach((point, k) => {
    budget.spend(20, "looking at the singular points of a density");
    const found = singularity(law, sheet.tracker, point, cells[k]!, cells[k + 1]!, budget);
    if (found !== undefined) singular.push(found);
  });
  return { sheet, cells, points, singular };
}

/** The anatomy of a law from that of its normalisation. */
function moved(law: Law, frame: Normalisation, normal: Anatomy, budget: Budget): Anatomy {
  const unit = powerOfTwo(frame.exponent);
  const scale = 2 ** frame.exponent;
  const images = new Map(
    normal.points.map((point) => [point.at, { ...point, at: affineImage(point.at, unit, frame.centre) }]),
  );
  const imageOf = (point: CriticalPoint | undefined): CriticalPoint | undefined =>
    point === undefined ? undefined : images.get(point.at);
  return {
    sheet: physicalSheet(law, budget),
    points: [...images.values()],
    singular: normal.singular.map((point) => ({ ...point, at: images.get(point.at)!.at })),
    cells: normal.cells.map(({ left, right, at, point, real }) => {
      const place = outOfNormal(frame, at);
      return {
        left: imageOf(left),
        right: imageOf(right),
        at: place,
        point: {
          ...timesPowerOfTwo(point, -frame.exponent),
          z: { re: rationalToNumber(place), im: 0 },
          radius: point.radius / scale,
        },
        real,
      };
    }),
  };
}

function between(left: AlgebraicNumber | undefined, right: AlgebraicNumber | undefined): Rational {
  if (left !== undefined && right !== undefined) return nearTheMiddle(left, right);
  if (left !== undefined) return rational(QQ.floor(left.upper) + 2n);
  if (right !== undefined) return rational(QQ.ceil(right.lower) - 2n);
  return rational(0);
}

/** A simple rational in the middle half: one next to an end may have fewer digits, and the way there is long. */
function nearTheMiddle(left: AlgebraicNumber, right: AlgebraicNumber): Rational {
  const somewhere = rationalBetween(left, right);
  for (let bits = 8; ; bits *= 2) {
    const [low, high] = [refine(left, bits).upper, refine(right, bits).lower];
    const quarter = QQ.mul(QQ.sub(high, low), rational(1, 4));
    const width = QQ.sub(refine(right, bits).upper, refine(left, bits).lower);
    if (QQ.compare(QQ.mul(width, rational(1, 8)), quarter) > 0) continue;
    const [from, to] = [QQ.add(low, quarter), QQ.sub(high, quarter)];
    const fits = QQ.compare(from, somewhere) < 0 && QQ.compare(somewhere, to) < 0;
    return fits ? somewhere : simplestRationalBetween(from, to);
  }
}

function singularity(
  law: Law,
  tracker: Tracker,
  point: CriticalPoint,
  left: Cell,
  right: Cell,
  budget: Budget,
): SingularPoint | undefined {
  if (left.real && right.real) return undefined;
  // A simple zero of the discriminant has one double point of the fibre, hence a real one, and the two sheets through it are
  // real on exactly one side: the physical sheet is one of them only if it changes there.
  if (point.multiplicity <= 1) {
    if (left.real === right.real) return undefined;
    const edge = sideOf(ok(rational(point.sheetsAtInfinity >= 2 ? -1 : 1, 2)));
    return { at: point.at, left: left.real ? undefined : edge, right: right.real ? undefined : edge };
  }
  const someFinite = point.sheetsAtInfinity < tracker.table.degreeM;
  if (!left.real && !right.real && someFinite && passesAlone(tracker, left, right, budget)) return undefined;
  const below = left.real ? undefined : behaviour(law, point, left, -1, budget);
  const above = right.real ? undefined : behaviour(law, point, right, 1, budget);
  // One branch of the curve passes there alone: it is analytic, from either side.
  if (below === "analytic" || above === "analytic") return undefined;
  return { at: point.at, left: below, right: above };
}

/** How far a path through a critical point is pursued before the fibre over it is computed instead. */
const shortPath: PathOptions = { maxSteps: 200, smallestStep: 1e-6 };

/**
 * Whether the boundary value was followed along the real line from one cell to the next, through the critical point between them: a
 * disc that holds one sheet over a disc of base points around the point proves that the others meet without it.
 */
function passesAlone(tracker: Tracker, left: Cell, right: Cell, budget: Budget): boolean {
  const reached = tracker.track(left.point, right.point.z, { ...shortPath, budget });
  if (reached.kind !== "ok") return false;
  return apart(reached.value, right.point) + right.point.radius < tracker.isolation(reached.value);
}

function sideOf(exponent: Outcome<Rational>): SideOfPoint {
  return { exponent, ramification: exponent.kind === "ok" ? Number(exponent.value.den) : Number.NaN };
}

/** The density at the end of a cell, or "analytic" when the branch passes there alone. */
function behaviour(law: Law, point: CriticalPoint, cell: Cell, side: 1 | -1, budget: Budget): SideOfPoint | "analytic" {
  const finite = located(law, point, cell, side, "finite", budget);
  if (finite.kind !== "ok") return sideOf(finite);
  const { curve, place, sheet } = finite.value;
  if (place !== undefined) {
    const { real, multiplicity } = place.point;
    if (multiplicity === 1) return "analytic";
    // Off the real axis the density has a positive limit, and sheets may hang together in roots up to the multiplicity.
    if (!real) return { exponent: ok(rational(0)), ramification: multiplicity };
    const exponents = ramificationExponents(curve, place.point, sheet, budget);
    return sideOf(exponents.kind === "ok" ? ok(totalExponent(exponents.value)) : exponents);
  }
  const infinite = located(law, point, cell, side, "infinite", budget);
  if (infinite.kind !== "ok") return sideOf(infinite);
  const at = infinite.value.place;
  if (at === undefined) return sideOf(unable("the branch could not be located at an edge"));
  const exponents = ramificationExponents(infinite.value.curve, at.point, infinite.value.sheet, budget);
  return sideOf(exponents.kind === "ok" ? ok(exponentOfReciprocal(exponents.value)) : exponents);
}

/** Where the physical branch ends in a chart above a critical point, approached inside a cell. */
export function located(
  law: Law,
  point: CriticalPoint,
  cell: Cell,
  side: 1 | -1,
  chart: Chart,
  budget: Budget = unlimited,
): Outcome<Located> {
  const curve = localCurve(law.curve, point.at, side, chart);
  const points = fibrePoints(curve, budget);
  if (points.kind !== "ok") return points;
  const places = neighbourhoods(curve, points.value, budget);
  if (places.kind !== "ok") return places;
  const sheet = valuesAlong(law, point, cell, side, chart, budget);
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

/** Binary places to which an irrational origin of a coordinate is known. */
const fineBits = 256;

/**
 * The physical branch over a cell in the coordinate u = x − origin; where the origin is an atom of the given weight, the branch of
 * m + weight/u, which has no pole there.
 */
export function shiftedSheet(
  law: Law,
  origin: AlgebraicNumber,
  cell: Cell,
  weight: Rational = QQ.zero,
  budget: Budget = unlimited,
): ShiftedSheet {
  const fine = isRational(origin) ? rationalValue(origin)! : refine(origin, fineBits).lower;
  const shifted = shiftZ(integerTable(law.curve), fine);
  const { exponent } = normalisation(law, budget);
  const tracker = createTracker(QQ.isZero(weight) ? shifted : withoutPole(shifted, weight), { scale: exponent });
  // The value of the cell is that over exactly its rational point.
  const around = createTracker(shiftZ(integerTable(law.curve), cell.at), { scale: exponent });
  const middle = { ...cell.point, z: { re: 0, im: 0 } };
  const start = transferred(around, middle, tracker, QQ.sub(fine, cell.at), weight);
  if (start.kind !== "ok") throw new LimitError("a sheet could not be told from its neighbours on the way to an edge");
  return { tracker, origin: fine, start: start.value };
}

function valuesAlong(
  law: Law,
  point: CriticalPoint,
  cell: Cell,
  side: 1 | -1,
  chart: Chart,
  budget: Budget,
): SheetValues {
  let shifted: ShiftedSheet | undefined;
  let path: HardEdgePath | undefined;
  const reachedAt = (u: number): Outcome<SheetPoint> => {
    shifted ??= shiftedSheet(law, point.at, cell, QQ.zero, budget);
    const { tracker, start } = shifted;
    if (point.sheetsAtInfinity > 1 && isNormalised(normalisation(law, budget))) {
      path ??= hardEdgePath(tracker, start, side, budget);
      const reached = path.to(u);
      if (reached.kind === "ok") return reached;
    }
    return tracker.track(start, { re: side * u, im: 0 }, { budget });
  };
  return {
    reach: Math.abs(rationalToNumber(cell.at) - algebraicToNumber(point.at)),
    at(u) {
      const reached = reachedAt(u);
      if (reached.kind !== "ok") return reached;
      const { m, radius } = roundedDisc(reached.value);
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
