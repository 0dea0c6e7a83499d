import { type Budget, InternalError, LimitError, type Outcome, ok, unable, unlimited } from "../core/index.js";
import {
  type Complex,
  createTracker,
  fibre,
  integerTable,
  type SheetPoint,
  shiftZ,
  type Tracker,
  tableOf,
} from "../curve/index.js";
import { QQ, type Rational, rational, rationalFromNumber, rationalToNumber, ZZ } from "../rings/index.js";
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

/** The physical branch over a rational x: the fibre over x has one point within `isolation` of m, and it is within `radius`. */
export interface BoundaryPoint {
  readonly m: Complex;
  readonly radius: number;
  readonly isolation: number;
  /** Whether that point is real. */
  readonly real: boolean;
}

const known = new WeakMap<Law, PhysicalSheet>();

/** A slanted direction of length one: straight down from the imaginary axis, singular points of a symmetric law hide one another. */
const direction: Complex = { re: 0.28, im: 0.96 };

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
      const { m, radius, isolation, real } = found.value;
      return ok({
        m: { re: m.re / unit, im: m.im / unit },
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
  const guess: Complex = { re: normal.base.m.re / unit, im: normal.base.m.im / unit };
  // Where the sum rounds, the sheet over the rounded point is meant.
  const exact = intoNormal(frame, rationalFromNumber(z.re));
  const rounding = rationalToNumber(QQ.abs(QQ.sub(exact, rationalFromNumber(normal.base.z.re))));
  const spread = normal.tracker.spread(normal.base, rounding * (1 + 1e-12));
  const base = tracker.certify(z, guess);
  const away = base === undefined ? 0 : unit * Math.hypot(base.m.re - guess.re, base.m.im - guess.im);
  if (base === undefined || spread === undefined || away + unit * base.radius > spread.isolation) {
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
  const size = reach > 0 ? reach : 1;
  const w: Complex = { re: direction.re / size, im: -direction.im / size };
  const near = createTracker(integersOf(reduced));
  const first = near.certify({ re: 0, im: 0 }, { re: start, im: 0 });
  const end = first === undefined ? unable("") : near.track(first, w, { budget });
  if (end.kind !== "ok")
    throw new LimitError("the branch at infinity could not be continued to a finite point with proof");
  // m = −w (prefix[0] + prefix[1] w + … + w^s t), and its error from that of t.
  let m = end.value.m;
  for (let k = prefix.length - 1; k >= 0; k--) {
    m = times(m, w);
    m = { re: m.re + rationalToNumber(prefix[k]!), im: m.im };
  }
  m = times({ re: -m.re, im: -m.im }, w);
  const error = (end.value.radius / size ** prefix.length + 1e-13) / size;
  // 1/w is this point up to rounding; both are taken at face value, so their mismatch of a few units of the last place is part of
  // the error above.
  const base = tracker.certify({ re: direction.re * size, im: direction.im * size }, m);
  if (base === undefined || Math.hypot(base.m.re - m.re, base.m.im - m.im) + error > tracker.isolation(base)) {
    throw new LimitError("the branch at infinity could not be told from its neighbours at a finite point");
  }
  return base;
}

/** The point over x that is reached from the base: in these coordinates, or, where doubles around x are too coarse, in z − x. */
function boundaryPoint(tracker: Tracker, base: SheetPoint, x: Rational, budget: Budget): Outcome<BoundaryPoint> {
  const near = rationalToNumber(x);
  const reached = tracker.track(base, { re: near, im: 0 }, { budget });
  if (reached.kind === "ok") {
    const rounding = rationalToNumber(QQ.abs(QQ.sub(x, rationalFromNumber(near)))) * (1 + 1e-12);
    const found = decidedPoint(tracker, reached.value, rounding);
    if (found.kind === "ok") return found;
  }
  const local = createTracker(shiftZ(tracker.table, x));
  const start = transferred(tracker, base, local, x);
  if (start.kind !== "ok") return start;
  const there = local.track(start.value, { re: 0, im: 0 }, { budget });
  if (there.kind !== "ok") {
    return unable(`${there.reason}, in the coordinate z ${near < 0 ? "+" : "-"} ${Math.abs(near)}`);
  }
  return decidedPoint(local, there.value, 0);
}

/** A proved point in the coordinate z − x, x rational; `to` follows the curve that is shifted so ({@link shiftZ}). */
export function transferred(from: Tracker, point: SheetPoint, to: Tracker, x: Rational): Outcome<SheetPoint> {
  const exact = QQ.sub(rationalFromNumber(point.z.re), x);
  const u = rationalToNumber(exact);
  const rounding = rationalToNumber(QQ.abs(QQ.sub(exact, rationalFromNumber(u)))) * (1 + 1e-12);
  const spread = from.spread(point, rounding);
  const start = to.certify({ re: u, im: point.z.im }, point.m);
  const away = start === undefined ? 0 : Math.hypot(start.m.re - point.m.re, start.m.im - point.m.im);
  return start === undefined || spread === undefined || away + start.radius > spread.isolation
    ? unable("a sheet could not be told from its neighbours in a shifted coordinate")
    : ok(start);
}

/** The point of the sheet over the exact x, which is within `rounding` of the real number point.z, and whether it is real. */
function decidedPoint(tracker: Tracker, point: SheetPoint, rounding: number): Outcome<BoundaryPoint> {
  const spread = tracker.spread(point, rounding);
  if (spread === undefined) return unable("two sheets come too close");
  const found = { m: point.m, ...spread };
  if (Math.abs(point.m.im) > spread.radius) return ok({ ...found, real: false });
  // The curve has real coefficients: what is alone in a disc with real centre is real.
  const onAxis = tracker.certify(point.z, { re: point.m.re, im: 0 });
  const around = onAxis === undefined || onAxis.m.im !== 0 ? undefined : tracker.spread(onAxis, rounding);
  if (onAxis === undefined || around === undefined) return unable("whether the physical branch is real is not decided");
  const away = Math.hypot(onAxis.m.re - point.m.re, point.m.im);
  return away + spread.radius < around.isolation
    ? ok({ ...found, m: onAxis.m, real: true })
    : unable("whether the physical branch is real is not decided");
}

/** The value of m at a rational x outside the support: exact, with its minimal polynomial. */
export function transformAt(law: Law, x: Rational, budget: Budget = unlimited): AlgebraicNumber {
  const reached = physicalSheet(law, budget).over(x, budget);
  const place = rationalToNumber(x);
  if (reached.kind !== "ok")
    throw new LimitError(`the transform at x = ${place} could not be decided: ${reached.reason}`);
  const { m, radius, isolation, real } = reached.value;
  if (!real) throw new InternalError(`the transform at x = ${place} is asked for as a real number, and it is none`);
  const reach = Math.max(2 * radius, Math.abs(m.re) * 2 ** -40);
  if (!(2 * reach < isolation))
    throw new LimitError(`the transform at x = ${place} could not be told from its neighbours`);
  const polynomial = fibre(integerTable(law.curve), x);
  const [value, ...others] = rootsBetween(
    polynomial,
    rationalFromNumber(m.re - reach),
    rationalFromNumber(m.re + reach),
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

function times(a: Complex, b: Complex): Complex {
  return { re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re };
}
