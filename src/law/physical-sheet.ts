import { InternalError, LimitError, type Outcome, unable } from "../core/index.js";
import { type Complex, createTracker, integerTable, type SheetPoint, type Tracker, tableOf } from "../curve/index.js";
import { QQ, type Rational, rational, rationalToNumber, ZZ } from "../rings/index.js";
import { type BivariateTable, expandBranch } from "../series/index.js";
import { branchAtInfinity } from "./branch-at-infinity.js";
import { type Law, requireNumeric } from "./law.js";

/**
 * The physical sheet of a law without parameters: the continuation of m = −1/z − … from infinity into the upper half-plane, with a
 * proof at every step.
 */
export interface PhysicalSheet {
  readonly tracker: Tracker;
  /** A proved point high above the support, on the imaginary axis. */
  readonly base: SheetPoint;
  /** Continues from the base along the segment to z, Im z ≥ 0. */
  to(z: Complex): Outcome<SheetPoint>;
}

const known = new WeakMap<Law, PhysicalSheet>();

/**
 * The physical sheet. From z = ∞ to the base point the moment series is continued along the imaginary axis in the coordinates
 * w = 1/z, y = −m/w, where infinity is an ordinary point of the branch; so no truncation of a series has to be estimated.
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
  const height = sizeOf(expandBranch(QQ, at.branch, 3));
  const w: Complex = { re: 0, im: -1 / height };
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
  const error = (end.value.radius / height ** prefix.length + 1e-13) / height;
  const table = integerTable(law.curve);
  const tracker = createTracker(table);
  // 1/w is the point i·height up to rounding of the quotient; `height` and −1/height are both taken at face value, so their
  // mismatch of one unit of the last place is part of the error below.
  const base = tracker.certify({ re: 0, im: height }, m);
  if (base === undefined || Math.hypot(base.m.re - m.re, base.m.im - m.im) + error > tracker.isolation(base)) {
    throw new LimitError("the branch at infinity could not be told from its neighbours at a finite point");
  }
  const sheet: PhysicalSheet = { tracker, base, to: (z) => tracker.track(base, z) };
  known.set(law, sheet);
  return sheet;
}

/** A height of the order of the spectrum's size, from mu_1 and mu_2. */
function sizeOf(series: readonly Rational[]): number {
  const size = 4 * Math.max(Math.abs(rationalToNumber(series[1]!)), Math.sqrt(Math.abs(rationalToNumber(series[2]!))));
  return size > 1e-150 && size < 1e150 ? size : 1;
}

function integersOf(table: BivariateTable<Rational>): ReturnType<typeof tableOf> {
  let common = 1n;
  for (const row of table) for (const c of row) common = (common * c.den) / ZZ.gcd(common, c.den);
  return tableOf(table.map((row) => row.map((c) => QQ.mul(c, rational(common)).num)));
}

function times(a: Complex, b: Complex): Complex {
  return { re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re };
}
