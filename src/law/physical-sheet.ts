import { InternalError, LimitError, type Outcome, unable } from "../core/index.js";
import {
  type Complex,
  createTracker,
  fibre,
  integerTable,
  type SheetPoint,
  type Tracker,
  tableOf,
} from "../curve/index.js";
import { QQ, type Rational, rational, rationalToNumber, ZZ } from "../rings/index.js";
import { rationalValue, realRoots } from "../roots/index.js";
import { type BivariateTable, expandBranch } from "../series/index.js";
import { branchAtInfinity } from "./branch-at-infinity.js";
import { type Law, requireNumeric } from "./law.js";

/**
 * The physical sheet of a law without parameters: the continuation of m = −1/z − … from infinity into the upper half-plane, with a
 * proof at every step.
 */
export interface PhysicalSheet {
  readonly tracker: Tracker;
  /** A proved point far above the support. */
  readonly base: SheetPoint;
  /** Continues from the base along the segment to z, Im z ≥ 0. */
  to(z: Complex): Outcome<SheetPoint>;
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
export function physicalSheet(law: Law): PhysicalSheet {
  const cached = known.get(law);
  if (cached !== undefined) return cached;
  requireNumeric(law, "the physical branch");
  const at = branchAtInfinity(law);
  if (at.kind !== "numeric") throw new InternalError("a law without parameters has a numeric branch");
  const { prefix, reduced, start } = at.branch;
  const size = sizeOf(expandBranch(QQ, at.branch, 3));
  const w: Complex = { re: direction.re / size, im: -direction.im / size };
  const near = createTracker(integersOf(reduced));
  const first = near.certify({ re: 0, im: 0 }, { re: rationalToNumber(start), im: 0 });
  const end = first === undefined ? unable("") : near.track(first, w);
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
  const table = integerTable(law.curve);
  const tracker = createTracker(table);
  // 1/w is this point up to rounding; both are taken at face value, so their mismatch of a few units of the last place is part of
  // the error below.
  const base = tracker.certify({ re: direction.re * size, im: direction.im * size }, m);
  if (base === undefined || Math.hypot(base.m.re - m.re, base.m.im - m.im) + error > tracker.isolation(base)) {
    throw new LimitError("the branch at infinity could not be told from its neighbours at a finite point");
  }
  const sheet: PhysicalSheet = { tracker, base, to: (z) => tracker.track(base, z) };
  known.set(law, sheet);
  return sheet;
}

/** A number of the order of the spectrum's size, from mu_1 and mu_2. */
function sizeOf(series: readonly Rational[]): number {
  const size = 4 * Math.max(Math.abs(rationalToNumber(series[1]!)), Math.sqrt(Math.abs(rationalToNumber(series[2]!))));
  return size > 1e-150 && size < 1e150 ? size : 1;
}

/** The value of m at a rational x outside the support, when it is rational; undefined when not. Exact. */
export function rationalTransformAt(law: Law, x: Rational): Rational | undefined {
  const { tracker, to } = physicalSheet(law);
  const near = rationalToNumber(x);
  const reached = to({ re: near, im: 0 });
  if (reached.kind !== "ok") throw new LimitError(`the physical branch could not be decided at x = ${near}`);
  const point = reached.value;
  // The disc that isolates the point over the double next to x must do so over x itself.
  if (!tracker.ordinaryWithin(point, Math.abs(near) * 2 ** -52)) {
    throw new LimitError(`the physical branch could not be decided at x = ${near}`);
  }
  const isolation = tracker.isolation(point);
  return realRoots(fibre(tracker.table, x))
    .flatMap(({ root }) => rationalValue(root) ?? [])
    .find((m) => Math.hypot(rationalToNumber(m) - point.m.re, point.m.im) < isolation / 2);
}

function integersOf(table: BivariateTable<Rational>): ReturnType<typeof tableOf> {
  let common = 1n;
  for (const row of table) for (const c of row) common = (common * c.den) / ZZ.gcd(common, c.den);
  return tableOf(table.map((row) => row.map((c) => QQ.mul(c, rational(common)).num)));
}

function times(a: Complex, b: Complex): Complex {
  return { re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re };
}
