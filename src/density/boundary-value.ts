import { type ComplexBall, complexBalls, toNumber } from "../ball/index.js";
import { type Budget, InternalError, LimitError, orThrow, unlimited } from "../core/index.js";
import {
  type CriticalPoint,
  certifiedRoot,
  fibre,
  type IntegerTable,
  integerTable,
  type SheetValue,
} from "../curve/index.js";
import type { Law } from "../law/index.js";
import {
  anatomy,
  atoms,
  type Cell,
  hardEdgePath,
  isNormalised,
  locate,
  located,
  normalisation,
  physicalSheet,
  shiftedSheet,
} from "../law/index.js";
import { QQ, type Rational, rational, rationalToNumber } from "../rings/index.js";
import { compareAlgebraic, compareWithRational, complexRoots, isRational, rationalValue } from "../roots/index.js";

/** The limit of m at a point of the real line from above, or that there is none. */
export type BoundaryValue =
  | { readonly kind: "infinite" }
  /** The ball has a radius of about 2^-bits times the modulus of m. */
  | { readonly kind: "finite"; ball(bits: number): ComplexBall };

const infinite: BoundaryValue = { kind: "infinite" };

/**
 * m(x + i0) at a rational x, certified: at ordinary points, at edges and cusps, and where sheets meet. At an atom of rational weight
 * w, `continuous` gives the limit of m + w/(z − x) and `whole` none.
 *
 * @throws LimitError when a certificate could not be reached.
 */
export function boundaryValue(
  law: Law,
  x: Rational,
  part: "whole" | "continuous" = "whole",
  budget: Budget = unlimited,
): BoundaryValue {
  const found = anatomy(law, budget);
  const place = locate(found, x, compareWithRational);
  if ("cell" in place) return valueNextToEdge(law, x, place.cell, budget) ?? simpleValue(law, x, budget) ?? fail(x);
  const { point, left, right } = place;
  const cell = right.real ? left : right;
  if (atoms(law, budget).some((atom) => compareAlgebraic(atom.at, point.at) === 0)) {
    return part === "whole" ? infinite : withoutAtom(law, x, point, cell, budget);
  }
  const isSingular = found.singular.some((candidate) => candidate.at === point.at);
  const simple = isSingular ? undefined : simpleValue(law, x, budget);
  return simple ?? limitAtMeeting(law, x, point, cell, cell === right ? 1 : -1, budget);
}

/** The value where the fibre has it as a simple root. */
function simpleValue(law: Law, x: Rational, budget: Budget): BoundaryValue | undefined {
  const reached = physicalSheet(law, budget).over(x, budget);
  if (reached.kind !== "ok") return undefined;
  return isolatedValue(integerTable(law.curve), x, reached.value, reached.value.isolation);
}

function isolatedValue(table: IntegerTable, x: Rational, near: SheetValue, isolation: number): BoundaryValue {
  const polynomial = fibre(table, x);
  return { kind: "finite", ball: (bits) => orThrow(certifiedRoot(polynomial, near, isolation, bits)) };
}

/** Points are next to an edge when they are nearer to it than to the middle of their cell by this. */
const nextTo = rational(1, 256);

/**
 * The value next to a point where sheets are infinite, the pole of an atom taken away: reached in the coordinates in which they are smooth there
 * ({@link hardEdgePath}). Undefined elsewhere, and where that way does not lead there.
 */
function valueNextToEdge(law: Law, x: Rational, cell: Cell, budget: Budget): BoundaryValue | undefined {
  if (cell.real || !isNormalised(normalisation(law, budget))) return undefined;
  for (const [point, side] of [[cell.left, 1] as const, [cell.right, -1] as const]) {
    if (point === undefined || point.sheetsAtInfinity < 2) continue;
    const atom = atoms(law, budget).find((candidate) => compareAlgebraic(candidate.at, point.at) === 0);
    const weight = atom === undefined ? QQ.zero : isRational(point.at) ? rationalValue(atom.weight) : undefined;
    if (weight === undefined) continue;
    const { tracker, origin, start } = shiftedSheet(law, point.at, cell, weight, budget);
    const u = QQ.sub(x, origin);
    const middle = QQ.sub(cell.at, origin);
    if (QQ.compare(QQ.abs(u), QQ.abs(QQ.mul(nextTo, middle))) > 0) continue;
    const reached = hardEdgePath(tracker, start, side, budget).to(Math.abs(rationalToNumber(u)));
    if (reached.kind !== "ok") continue;
    const value = isolatedValue(tracker.table, u, reached.value, reached.value.isolation);
    if (QQ.isZero(weight) || value.kind === "infinite") return value;
    return {
      kind: "finite",
      ball(bits) {
        const balls = complexBalls(bits + 64);
        return balls.sub(value.ball(bits), balls.fromRational(QQ.div(weight, u)));
      },
    };
  }
  return undefined;
}

/** The limit at a point where several sheets have the same one: a multiple root of the fibre. */
function limitAtMeeting(
  law: Law,
  x: Rational,
  point: CriticalPoint,
  cell: Cell,
  side: 1 | -1,
  budget: Budget,
): BoundaryValue {
  const { place } = orThrow(located(law, point, cell, side, "finite", budget));
  if (place === undefined) return infinite;
  const { centre, error } = place.point;
  const polynomial = fibre(integerTable(law.curve), x);
  const reach = 4 * error + 1e-12 * Math.hypot(centre.re, centre.im) + Number.MIN_VALUE;
  return {
    kind: "finite",
    ball(bits) {
      const near = complexRoots(polynomial, { digits: Math.ceil(bits / 3.32) + 1 }, budget).filter(
        ({ ball }) => Math.hypot(toNumber(ball.re) - centre.re, toNumber(ball.im) - centre.im) <= reach,
      );
      return near.length === 1 ? near[0]!.ball : fail(x);
    },
  };
}

/** The limit at an atom once its pole is taken away. */
function withoutAtom(law: Law, x: Rational, point: CriticalPoint, cell: Cell, budget: Budget): BoundaryValue {
  const atom = atoms(law, budget).find((candidate) => compareAlgebraic(candidate.at, point.at) === 0);
  if (atom === undefined || !isRational(point.at)) throw new InternalError("there is no atom at this rational point");
  const weight = rationalValue(atom.weight);
  if (weight === undefined) {
    throw new LimitError(
      `the value at x = ${rationalToNumber(x)} beside its atom is not available when the weight is irrational; ask next to it`,
    );
  }
  const sheet = shiftedSheet(law, point.at, cell, weight, budget);
  const reached = sheet.tracker.track(sheet.start, { re: 0, im: 0 }, { budget });
  if (reached.kind !== "ok") fail(x);
  const isolation = sheet.tracker.isolation(reached.value);
  return isolatedValue(sheet.tracker.table, { num: 0n, den: 1n }, reached.value, isolation);
}

function fail(x: Rational): never {
  throw new LimitError(`the physical branch at x = ${rationalToNumber(x)} could not be certified`);
}
