import { type Budget, LimitError } from "../core/index.js";
import { QQ, type Rational, rational, rationalToNumber } from "../rings/index.js";
import {
  type AlgebraicNumber,
  algebraicFromRational,
  algebraicToNumber,
  compareAlgebraic,
  compareWithRational,
  refine,
} from "../roots/index.js";
import { type Anatomy, anatomy, type Cell, shiftedSheet } from "./anatomy.js";
import { atoms } from "./atoms.js";
import { leadingMoments } from "./branch-at-infinity.js";
import type { Law } from "./law.js";

/** The step of the trapezoidal rule in t: its error is about exp(−pi²/step). */
const step = 0.27;
/** Where the integral is cut off, in units of the size of the support: the integrand falls like the fourth power. */
const farthest = 2e5;

/**
 * The masses of the bulks of a spectrum, given by their edges from left to right. For a point x in each gap,
 *
 *     rho(x, ∞) − rho(−∞, x) = (2/pi) ∫_0^∞ Re m(x + iy) dy,
 *
 * by the trapezoidal rule in t with y = d·sinh t, d the distance from x to the nearest critical point: the integrand is even and analytic
 * for |Im t| < pi/2. A single bulk has the mass that the atoms leave. The values of m are proved; the sums are estimates, usually
 * to 14 digits.
 */
export function bulkMasses(
  law: Law,
  bulks: readonly (readonly [AlgebraicNumber, AlgebraicNumber])[],
  budget: Budget,
): readonly number[] {
  const points = atoms(law, budget);
  const cells = bulks.slice(1).map((bulk, k) => gapBetween(anatomy(law, budget), bulks[k]![1], bulk[0]));
  const places = [...bulks.flat(), ...points.map((atom) => atom.at)].map(algebraicToNumber);
  const below = [0, ...cells.map((cell) => massBelow(law, cell, Math.min(...places), Math.max(...places), budget)), 1];
  return bulks.map((_, k) => {
    const inside = points.filter(({ at }) => isBetween(at, cells[k - 1]?.at, cells[k]?.at));
    return inside.reduce((mass, { weight }) => mass - algebraicToNumber(weight), below[k + 1]! - below[k]!);
  });
}

function isBetween(at: AlgebraicNumber, low: Rational | undefined, high: Rational | undefined): boolean {
  return (
    (low === undefined || compareWithRational(at, low) > 0) && (high === undefined || compareWithRational(at, high) < 0)
  );
}

/** The widest cell between two bulks. */
function gapBetween(found: Anatomy, from: AlgebraicNumber, to: AlgebraicNumber): Cell {
  const inside = found.cells.filter(
    ({ left, right }) =>
      left !== undefined &&
      right !== undefined &&
      compareAlgebraic(left.at, from) >= 0 &&
      compareAlgebraic(right.at, to) <= 0,
  );
  return widestCell(inside);
}

/** The widest of some bounded cells. */
export function widestCell(cells: readonly Cell[]): Cell {
  const width = ({ left, right, at }: Cell): number => distanceTo(at, left!.at) + distanceTo(at, right!.at);
  return cells.reduce((best, cell) => (width(cell) > width(best) ? cell : best));
}

/** |x − a| for x ≠ a, to several digits. */
export function distanceTo(x: Rational, a: AlgebraicNumber): number {
  for (let bits = 32; ; bits *= 2) {
    const { lower, upper } = refine(a, bits);
    const difference = QQ.abs(QQ.sub(x, lower));
    const width = QQ.sub(upper, lower);
    if (QQ.compare(QQ.mul(width, rational(1 << 20)), difference) < 0) return rationalToNumber(difference);
  }
}

/** The mass of (−∞, x) for the test point x of a cell in a gap of a spectrum that begins at `first` and ends at `last`. */
function massBelow(law: Law, cell: Cell, first: number, last: number, budget: Budget): number {
  const { tracker, start } = shiftedSheet(law, algebraicFromRational(cell.at), cell, QQ.zero, budget);
  const x = rationalToNumber(cell.at);
  const near = Math.min(distanceTo(cell.at, cell.left!.at), distanceTo(cell.at, cell.right!.at));
  // Two point masses at the ends with the same total mass and mean: what they contribute is known, and the rest decays faster.
  const [a, b] = [first - x, last - x];
  const share = (last - rationalToNumber(leadingMoments(law, budget)[0])) / (last - first);
  const rest = (re: number, y: number): number =>
    re - (share * a) / (a * a + y * y) - ((1 - share) * b) / (b * b + y * y);
  let here = start;
  let sum = (rest(start.m.re, 0) * near) / 2;
  const count = Math.ceil(Math.asinh((farthest * (last - first)) / near) / step);
  for (let k = 1; k <= count; k++) {
    const y = near * Math.sinh(k * step);
    const next = tracker.track(here, { re: 0, im: y }, { budget });
    if (next.kind !== "ok")
      throw new LimitError(`the masses on both sides of x = ${x} could not be found: ${next.reason}`);
    here = next.value;
    sum += rest(here.m.re, y) * near * Math.cosh(k * step);
  }
  return share - (step * sum) / Math.PI;
}
