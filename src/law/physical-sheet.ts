import { type Budget, InternalError, LimitError, type Outcome, ok, unable, unlimited } from "../core/index.js";
import {
  apart,
  type Complex,
  createTracker,
  type DisplacedValue,
  type FineValue,
  fibre,
  type GaussianDyadic,
  integerTable,
  roundedValue,
  type SheetPoint,
  type SheetValue,
  shiftZ,
  type Tracker,
  tableOf,
  timesPowerOfTwo,
  withPlaces,
} from "../curve/index.js";
import { powerOfTwo, QQ, type Rational, rational, rationalFromNumber, rationalToNumber, ZZ } from "../rings/index.js";
import { type AlgebraicNumber, algebraicToNumber, rootsBetween } from "../roots/index.js";
import type { BivariateTable } from "../series/index.js";
import { branchAtInfinity, leadingMoments } from "./branch-at-infinity.js";
import { type Law, requireNumeric } from "./law.js";
import { intoNormal, isNormalised, type Normalisation, normalisation } from "./normalisation.js";

/**
 * The physical sheet of a law without parameters: the continuation of m = −1/z − … from infinity into the upper half-plane, with a
 * proof at every step.
 */
export interface PhysicalSheet {
  readonly tracker: Tracker;
  /** A proved point far above the support. */
  readonly base: SheetPoint;
  /** Continues from the base along the segment to z, Im z ≥ 0. */
  to(z: Complex, budget?: Budget): Outcome<SheetPoint>;
  /** The boundary value over exactly the rational x, from the upper half-plane. */
  over(x: Rational, budget?: Budget): Outcome<BoundaryPoint>;
}

/** The physical branch over a rational x: the fibre over x has one point within `isolation` of the value, and it is within `radius`. */
export interface BoundaryPoint extends SheetValue {
  readonly radius: number;
  readonly isolation: number;
  /** Whether that point is real. */
  readonly real: boolean;
}

const known = new WeakMap<Law, PhysicalSheet>();

/** A slanted direction: straight down from the imaginary axis, singular points of a symmetric law hide one another. */
const direction: Complex = { re: 9 / 32, im: 31 / 32 };

/**
 * The physical sheet. From z = ∞ to the base point the moment series is continued along a ray in the coordinates w = 1/z, y = −m/w,
 * where infinity is an ordinary point of the branch; so no truncation of a series has to be estimated.
 *
 * @throws DomainError when the law has parameters or no branch at infinity, LimitError when the continuation could not be proved.
 */
export function physicalSheet(law: Law, budget: Budget = unlimited): PhysicalSheet {
  const cached = known.get(law);
  if (cached !== undefined) return cached;
  requireNumeric(law, "the physical branch");
  const normal = normalisation(law, budget);
  const sheet = isNormalised(normal)
    ? sheetOfModerateLaw(law, budget)
    : movedSheet(law, normal, physicalSheet(normal.law, budget));
  known.set(law, sheet);
  return sheet;
}

function sheetOfModerateLaw(law: Law, budget: Budget): PhysicalSheet {
  const tracker = createTracker(integerTable(law.curve));
  const base = basePoint(law, tracker, budget);
  return {
    tracker,
    base,
    to: (z, asked = unlimited) => tracker.track(base, z, { budget: asked }),
    over: (x, asked = unlimited) => boundaryPoint(tracker, base, x, asked),
  };
}

/** The sheet of a law in its own coordinates, from that of its normalisation. */
function movedSheet(law: Law, frame: Normalisation, normal: PhysicalSheet): PhysicalSheet {
  const unit = 2 ** frame.exponent;
  let here: { readonly tracker: Tracker; readonly base: SheetPoint } | undefined;
  // Far from the origin doubles may be too coarse for this, and nobody may ask.
  const inOwnCoordinates = (): { readonly tracker: Tracker; readonly base: SheetPoint } => {
    here ??= movedBase(law, frame, normal);
    return here;
  };
  return {
    get tracker() {
      return inOwnCoordinates().tracker;
    },
    get base() {
      return inOwnCoordinates().base;
    },
    to(target, budget = unlimited) {
      const { tracker, base } = inOwnCoordinates();
      return tracker.track(base, target, { budget });
    },
    over(x, budget = unlimited) {
      const found = normal.over(intoNormal(frame, x), budget);
      if (found.kind !== "ok") return found;
      const { radius, isolation, real } = found.value;
      return ok({
        ...timesPowerOfTwo(found.value, -frame.exponent),
        radius: radius / unit,
        isolation: isolation / unit,
        real,
      });
    },
  };
}

function movedBase(
  law: Law,
  frame: Normalisation,
  normal: PhysicalSheet,
): { readonly tracker: Tracker; readonly base: SheetPoint } {
  const tracker = createTracker(integerTable(law.curve), { scale: frame.exponent });
  const unit = 2 ** frame.exponent;
  const centre = rationalToNumber(frame.centre);
  const z: Complex = { re: centre + unit * normal.base.z.re, im: unit * normal.base.z.im };
  // Where the sum rounds, the sheet over the rounded point is meant.
  const exact = intoNormal(frame, rationalFromNumber(z.re));
  const found = normal.tracker.displaced(normal.base, QQ.sub(exact, rationalFromNumber(normal.base.z.re)));
  const value = found === undefined ? undefined : timesPowerOfTwo(found, -frame.exponent);
  const base = value === undefined ? undefined : tracker.certify(z, value.m, value.fine);
  if (
    base === undefined ||
    value === undefined ||
    apart(base, value) + found!.radius / unit > tracker.isolation(base) * (1 - 1e-12)
  ) {
    throw new LimitError(
      "doubles are too coarse for the place of this law; scale and shift it to mean zero and a size of about one",
    );
  }
  return { tracker, base };
}

/** A proved point of the physical branch well above everything of a law of moderate size. */
function basePoint(law: Law, tracker: Tracker, budget: Budget): SheetPoint {
  const at = branchAtInfinity(law, budget);
  if (at.kind === "symbolic") throw new InternalError("a law without parameters has a numeric branch");
  const { prefix, reduced, start } =
    at.kind === "numeric"
      ? { ...at.branch, start: rationalToNumber(at.branch.start) }
      : { prefix: [QQ.one], reduced: at.branch.reduced, start: algebraicToNumber(at.branch.mean) };
  const [mean, second] = leadingMoments(law, budget);
  const reach = 4 * Math.max(Math.abs(rationalToNumber(mean)), Math.sqrt(Math.abs(rationalToNumber(second))));
  const exponent = reach > 0 ? Math.ceil(Math.log2(reach)) : 0;
  const size = 2 ** exponent;
  // z = (1 + i)·size, whose reciprocal is exact.
  const high: Complex = { re: size, im: size };
  const w: Complex = { re: 0.5 / size, im: -0.5 / size };
  const near = createTracker(integersOf(reduced));
  const first = near.certify({ re: 0, im: 0 }, { re: start, im: 0 });
  const end = first === undefined ? unable("") : near.track(first, w, { smallestStep: 0, budget });
  if (end.kind !== "ok")
    throw new LimitError("the branch at infinity could not be continued to a finite point with proof");
  const value = atReciprocal(end.value, prefix, exponent + 1);
  const there = tracker.certify(high, value.m, value.fine);
  if (there === undefined || apart(there, value) + value.radius > tracker.isolation(there) * (1 - 1e-12)) {
    throw new LimitError("the branch at infinity could not be told from its neighbours at a finite point");
  }
  const base = tracker.track(there, { re: direction.re * size, im: direction.im * size }, { budget });
  if (base.kind !== "ok")
    throw new LimitError("the branch at infinity could not be continued to a finite point with proof");
  return base.value;
}

/** Binary places of a value that is carried from one coordinate to another. */
const carried = 2048;

/** m = −w (prefix[0] + prefix[1] w + … + w^s t) at w = (1 − i)·2^-exponent, from a value of t. */
function atReciprocal(
  point: SheetPoint,
  prefix: readonly Rational[],
  exponent: number,
): SheetValue & { readonly radius: number } {
  // Multiplication by w is exact but for what lies beyond the places.
  const timesW = ({ re, im }: GaussianDyadic): GaussianDyadic => halved({ re: re + im, im: im - re }, exponent);
  let value = timesW(withPlaces(point, carried));
  for (let k = prefix.length - 1; k >= 0; k--) {
    const { num, den } = prefix[k]!;
    value = timesW({ re: value.re + (num << BigInt(carried)) / den, im: value.im });
  }
  const fine: FineValue = { re: -value.re, im: -value.im, places: carried };
  const radius = point.radius * (Math.SQRT2 * 2 ** -exponent) ** (prefix.length + 1) * (1 + 1e-12);
  return { m: roundedValue(fine), fine, radius: radius + 2 ** -1000 };
}

/** Times 2^-exponent. */
function halved({ re, im }: GaussianDyadic, exponent: number): GaussianDyadic {
  const by = BigInt(exponent);
  return exponent >= 0 ? { re: re >> by, im: im >> by } : { re: re << -by, im: im << -by };
}

/** Where more steps are needed in these coordinates, z − x is likely to be better. */
const patience = 250;

/** The point over x that is reached from the base: in these coordinates, or, where doubles around x are too coarse, in z − x. */
function boundaryPoint(tracker: Tracker, base: SheetPoint, x: Rational, budget: Budget): Outcome<BoundaryPoint> {
  const near = rationalToNumber(x);
  const above = overlooking(tracker, base, near, budget);
  if (above.kind !== "ok") return above;
  const reached = tracker.track(above.value, { re: near, im: 0 }, { maxSteps: patience, budget });
  if (reached.kind === "ok") {
    const rounding = rationalToNumber(QQ.abs(QQ.sub(x, rationalFromNumber(near)))) * (1 + 1e-12);
    const found = decidedPoint(tracker, reached.value, rounding);
    if (found.kind === "ok") return found;
  }
  const local = createTracker(shiftZ(tracker.table, x));
  const start = transferred(tracker, above.value, local, x);
  if (start.kind !== "ok") return start;
  const there = local.track(start.value, { re: 0, im: 0 }, { budget });
  if (there.kind !== "ok") {
    return unable(`${there.reason}, in the coordinate z ${near < 0 ? "+" : "-"} ${Math.abs(near)}`);
  }
  return decidedPoint(local, there.value, 0);
}

/**
 * A point of the sheet from which a place of this size is not far away beside its distance to everything nearer by: the base, or one as high
 * above it as the place is far off.
 */
export function overlooking(
  tracker: Tracker,
  base: SheetPoint,
  size: number,
  budget: Budget = unlimited,
): Outcome<SheetPoint> {
  const ratio = Math.abs(size) / length(base.z);
  if (!(ratio > 4)) return ok(base);
  const factor = 2 ** Math.ceil(Math.log2(ratio));
  return tracker.track(base, { re: factor * base.z.re, im: factor * base.z.im }, { smallestStep: 0, budget });
}

function length({ re, im }: Complex): number {
  return Math.hypot(re, im);
}

/**
 * A proved point in the coordinate z − x, x rational, next to the given one; `to` follows the curve that is shifted so ({@link shiftZ}), and from which the pole
 * −weight/(z − x) is taken away.
 */
export function transferred(
  from: Tracker,
  point: SheetPoint,
  to: Tracker,
  x: Rational,
  weight: Rational = QQ.zero,
): Outcome<SheetPoint> {
  const exact = QQ.sub(rationalFromNumber(point.z.re), x);
  const u = rationalToNumber(exact);
  const found = from.displaced(point, QQ.sub(rationalFromNumber(u), exact));
  const value = found === undefined ? undefined : withPole(found, weight, u);
  const start = value === undefined ? undefined : to.certify({ re: u, im: point.z.im }, value.m, value.fine);
  return start === undefined ||
    value === undefined ||
    apart(start, value) + value.radius > to.isolation(start) * (1 - 1e-12)
    ? unable("a sheet could not be told from its neighbours in a shifted coordinate")
    : ok(start);
}

/** The value plus weight/u for a real u. */
function withPole(found: DisplacedValue, weight: Rational, u: number): SheetValue & { readonly radius: number } {
  if (QQ.isZero(weight)) return found;
  const pole = QQ.div(weight, rationalFromNumber(u));
  const { re, im } = withPlaces(found, carried);
  const fine: FineValue = { re: re + (pole.num << BigInt(carried)) / pole.den, im, places: carried };
  return { m: roundedValue(fine), fine, radius: found.radius + 2 ** -1000 };
}

/** The point of the sheet over the exact x, which is within `rounding` of the real number point.z, and whether it is real. */
function decidedPoint(tracker: Tracker, point: SheetPoint, rounding: number): Outcome<BoundaryPoint> {
  const spread = tracker.spread(point, rounding);
  if (spread === undefined || !(spread.radius < spread.isolation)) return unable("two sheets come too close");
  const found = { m: point.m, fine: point.fine, ...spread };
  const axis: SheetValue = {
    m: { re: point.m.re, im: 0 },
    fine: point.fine === undefined ? undefined : { ...point.fine, im: 0n },
  };
  if (apart(point, axis) > spread.radius * (1 + 1e-12)) return ok({ ...found, real: false });
  // The curve has real coefficients: what is alone in a disc with real centre is real.
  const onAxis = tracker.certify(point.z, axis.m, axis.fine);
  const around = onAxis === undefined || onAxis.m.im !== 0 ? undefined : tracker.spread(onAxis, rounding);
  if (onAxis === undefined || around === undefined) return unable("whether the physical branch is real is not decided");
  return apart(onAxis, point) + spread.radius < around.isolation
    ? ok({ ...found, m: onAxis.m, fine: onAxis.fine, real: true })
    : unable("whether the physical branch is real is not decided");
}

/** The value of m at a rational x outside the support: exact, with its minimal polynomial. */
export function transformAt(law: Law, x: Rational, budget: Budget = unlimited): AlgebraicNumber {
  const reached = physicalSheet(law, budget).over(x, budget);
  const place = rationalToNumber(x);
  if (reached.kind !== "ok")
    throw new LimitError(`the transform at x = ${place} could not be decided: ${reached.reason}`);
  const { m, fine, radius, isolation, real } = reached.value;
  if (!real) throw new InternalError(`the transform at x = ${place} is asked for as a real number, and it is none`);
  const reach = Math.max(2 * radius, fine === undefined ? Math.abs(m.re) * 2 ** -40 : 0);
  if (!(2 * reach < isolation))
    throw new LimitError(`the transform at x = ${place} could not be told from its neighbours`);
  const polynomial = fibre(integerTable(law.curve), x);
  const centre = fine === undefined ? rationalFromNumber(m.re) : QQ.mul(rational(fine.re), powerOfTwo(-fine.places));
  const [value, ...others] = rootsBetween(
    polynomial,
    QQ.sub(centre, rationalFromNumber(reach)),
    QQ.add(centre, rationalFromNumber(reach)),
    budget,
  );
  if (value === undefined || others.length > 0) {
    throw new InternalError(`the transform at x = ${place} is not the one root of its equation`);
  }
  return value;
}

function integersOf(table: BivariateTable<Rational>): ReturnType<typeof tableOf> {
  let common = 1n;
  for (const row of table) for (const c of row) common = (common * c.den) / ZZ.gcd(common, c.den);
  return tableOf(table.map((row) => row.map((c) => QQ.mul(c, rational(common)).num)));
}
