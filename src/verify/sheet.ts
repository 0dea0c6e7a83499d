// Certified: the physical sheet, followed from infinity by overlapping discs with one point of the fibre each.
import { QQ, type Rational } from "../rings/index.js";
import { claim, divides, narrowed, type RealRoot, signAt, valuation } from "./algebra.js";
import { type Critical, cellOf } from "./critical.js";
import {
  dyadic,
  enclosure,
  inverse,
  minus,
  norm,
  type Point,
  pellet,
  real,
  scaled,
  size,
  type Table,
  tableOf,
  taylor,
  times,
  turned,
  valueAt,
  within,
} from "./discs.js";
import { type Dense, integers, list, object, rationalOf } from "./polynomial.js";

/** A disc of base points |w − at| ≤ reach over which exactly `count` points of the curve have |y − value| < radius. */
export interface Disc {
  /** Whether y has the factor h, which makes it finite at simple poles. */
  readonly lifted: boolean;
  readonly parent: Disc | undefined;
  readonly count: number;
  readonly at: Point;
  readonly value: Point;
  readonly reach: Rational;
  readonly radius: Rational;
  /** Where the count is 1: so near to `value` is the physical point over `at`. */
  readonly near: Rational;
}

export type Density = "zero" | "positive" | "negative";

export interface Sheet {
  readonly critical: Critical;
  /** w = 1/(z − q). */
  readonly q: Rational;
  /** The factors of the leading coefficient in w; h is their product. */
  readonly h: readonly Dense[];
  readonly lifted: Table;
  readonly discs: readonly Disc[];
  /** From left to right: cells[k] lies between the real critical points k − 1 and k. */
  readonly cells: readonly Density[];
}

/** Proves of every disc of a step that it holds the physical point, and what the density is on each cell of the real line. */
export function checkSheet(critical: Critical, step: unknown): Sheet {
  const given = object(step, "kind", "of", "around", "discs");
  const q = rationalOf(given.around);
  const first = critical.real[0]?.root.lower;
  claim(
    first === undefined || QQ.compare(q, first) < 0,
    "the centre of the coordinates is not left of all critical points",
  );
  const h = critical.factors.filter(({ inLeading }) => inLeading > 0).map(({ f }) => turned(f, q));
  const tables = [tableOf(critical.curve, q, []), tableOf(critical.curve, q, h)] as const;
  const sheet = { critical, q, h, lifted: tables[1] };
  const discs: Disc[] = [];
  for (const entry of list(given.discs)) {
    const disc = discOf(integers(entry, 10), tables, discs);
    if (disc.parent === undefined) checkStart(disc, tables[0]);
    else checkLink(disc, disc.parent, h);
    discs.push(disc);
  }
  claim(discs.length > 0, "no disc is given");
  return { ...sheet, discs, cells: cellsOf({ ...sheet, discs, cells: [] }) };
}

/** from, lifted, count, bits; then w, y (re and im), reach and radius in units of 2^-bits. */
function discOf(numbers: readonly bigint[], tables: readonly Table[], before: readonly Disc[]): Disc {
  const [from, index, count, bits] = numbers.slice(0, 4).map(Number) as [number, number, number, number];
  const [xre, xim, yre, yim, r, R] = numbers.slice(4) as [bigint, bigint, bigint, bigint, bigint, bigint];
  const [table, x, y] = [tables[index], { re: xre, im: xim }, { re: yre, im: yim }];
  claim(
    table !== undefined && (before.length === 0 ? from === -1 : before[from] !== undefined),
    "a disc comes from nowhere",
  );
  claim(bits >= 0 && bits <= 20_000 && r >= 0n && R > 0n && count >= 1, "the radii of a disc are not positive");
  claim(xim <= 0n, "a disc has its middle in the lower half-plane of z");
  const coefficients = taylor(table, bits, x, y);
  claim(pellet(coefficients, count, r, R), `a disc is not shown to hold as many sheets as it says (${count})`);
  const near = dyadic(count === 1 ? enclosure(coefficients, R) : R, bits);
  const [at, value, reach, radius] = [scaled(x, bits), scaled(y, bits), dyadic(r, bits), dyadic(R, bits)];
  return { lifted: index === 1, parent: before[from], count, at, value, reach, radius, near };
}

/** The first disc, about w = 0, holds the one branch with y(0) = 1, that is m = −1/z − …. */
function checkStart({ lifted, count, at, value, radius }: Disc, table: Table): void {
  claim(!lifted && count === 1 && QQ.isZero(norm(at)), "the first disc is not about infinity");
  const fibre = table.map((row) => row[0] ?? 0n);
  claim(signAt(fibre, QQ.one) === 0, "the curve has no branch m = -1/z - … at infinity");
  const slope = fibre.reduce((sum, c, k) => sum + c * BigInt(k), 0n);
  claim(slope !== 0n, "the curve has several branches m = -1/z - … at infinity");
  claim(within(real(QQ.one), value, QQ.zero, radius), "the first disc does not hold the branch at infinity");
}

const liftAt = (h: readonly Dense[], w: Point): Point => h.reduce((all, f) => times(all, valueAt(f, w)), real(QQ.one));

/** The physical point over the middle of the disc before lies in this disc, which holds nothing else there (or `count` points). */
function checkLink(disc: Disc, parent: Disc, h: readonly Dense[]): void {
  claim(parent.count === 1, "a disc comes from one in which sheets are not told apart");
  claim(within(parent.at, disc.at, QQ.zero, disc.reach), "a disc does not reach the middle of the one before");
  const lift = liftAt(h, parent.at);
  claim(disc.lifted === parent.lifted || !QQ.isZero(norm(lift)), "a disc is linked at a pole");
  const factor = disc.lifted === parent.lifted ? real(QQ.one) : disc.lifted ? lift : inverse(lift);
  const slack = QQ.mul(parent.near, disc.lifted === parent.lifted ? QQ.one : size(factor));
  claim(
    within(times(parent.value, factor), disc.value, slack, disc.radius),
    "a disc is not shown to hold the sheet of the one before",
  );
}

/** m over a real place x ≠ q, and how far it may be from that, by the first disc that reaches it with one point. */
export function transformAt(sheet: Sheet, x: Rational, disc: Disc): { readonly m: Point; readonly error: Rational } {
  const w = QQ.inv(QQ.sub(x, sheet.q));
  const lift = disc.lifted ? liftAt(sheet.h, real(w)).re : QQ.one;
  const factor = QQ.neg(QQ.div(w, lift));
  const error = QQ.equals(disc.at.re, w) ? disc.near : disc.radius;
  return { m: times(disc.value, real(factor)), error: QQ.mul(error, QQ.abs(factor)) };
}

/** Decided by the discs over real places; the two outer cells meet at infinity, where the branch is real. */
function cellsOf(sheet: Sheet): readonly Density[] {
  const { critical, q, discs } = sheet;
  const cells = new Array<Density | undefined>(critical.real.length + 1).fill(undefined);
  cells[0] = cells[cells.length - 1] = "zero";
  for (const disc of discs) {
    if (!QQ.isZero(disc.at.im) || QQ.isZero(disc.at.re) || disc.count !== 1) continue;
    const x = QQ.add(q, QQ.inv(disc.at.re));
    const cell = cellOf(critical, x);
    if (cell === undefined) continue;
    const { m, error } = transformAt(sheet, x, disc);
    if (!QQ.isZero(m.im) && QQ.compare(QQ.abs(m.im), error) <= 0) continue;
    const decided = QQ.isZero(m.im) ? "zero" : QQ.sign(m.im) > 0 ? "positive" : "negative";
    claim((cells[cell] ?? decided) === decided, "two discs over one cell of the real line contradict each other");
    cells[cell] = decided;
  }
  return cells.map((cell, k) => {
    claim(cell !== undefined, `no disc decides the density between the real critical points ${k} and ${k + 1}`);
    return cell;
  });
}

/** The discs that hold a real place, the root narrowed to a small part of the disc. */
function discsOver({ discs, q }: Sheet, root: RealRoot): readonly Disc[] {
  return discs.filter(({ at, reach }) => {
    const distance = QQ.sub(root.lower, q);
    const fine = narrowed(root, QQ.mul(QQ.mul(reach, dyadic(1n, 20)), QQ.mul(distance, distance)));
    return [fine.lower, fine.upper].every((z) => within(real(QQ.inv(QQ.sub(z, q))), at, QQ.zero, reach));
  });
}

/** Whether the physical sheet is shown to be analytic around a real place. */
export const passes = (sheet: Sheet, root: RealRoot): boolean =>
  discsOver(sheet, root).some(({ count, lifted }) => count === 1 && !lifted);

/** Whether a disc over a real place keeps away from the real axis: the density is positive there. */
export const staysAway = (sheet: Sheet, root: RealRoot): boolean =>
  discsOver(sheet, root).some(({ lifted, value, radius }) => !lifted && QQ.compare(QQ.abs(value.im), radius) > 0);

/** The discs over a root a of f in which all points over a are proved to be y = 0. */
const vanishing = (sheet: Sheet, f: Dense, root: RealRoot): readonly Disc[] =>
  discsOver(sheet, root).filter(
    ({ lifted, count, value, radius }) =>
      lifted &&
      within(real(QQ.zero), value, QQ.zero, radius) &&
      sheet.lifted.slice(0, count).every((row) => divides(turned(f, sheet.q), row)),
  );

/**
 * The exponent of the density next to a root a of f, where h·m tends to 0: all sheets of a disc do, and Newton's polygon about (a, 0) has
 * one edge, which shows them to be one cycle; those of them that are not real have this exponent. Undefined where no disc shows it.
 */
export function exponentAt(sheet: Sheet, f: Dense, inLeading: number, root: RealRoot): Rational | undefined {
  for (const { count } of vanishing(sheet, f, root)) {
    const local = turned(f, sheet.q);
    const orders = sheet.lifted
      .slice(0, count)
      .map((row) => (row.every((c) => c === 0n) ? Number.POSITIVE_INFINITY : valuation(row, local)));
    const height = orders[0]!;
    const slope = Number.isFinite(height) ? QQ.fromRatio(BigInt(height), BigInt(count)) : QQ.zero;
    const oneEdge = orders.every((order, j) => order * count + j * height >= height * count);
    if (count > 1 && oneEdge && slope.den === BigInt(count)) return inLeading > 0 ? QQ.sub(slope, QQ.one) : slope;
  }
  return undefined;
}

/** Whether the sheet has a simple pole at a root of the factor f of the leading coefficient: the disc that shows it, or "none". */
export function poleAt(sheet: Sheet, f: Dense, root: RealRoot): "none" | Disc {
  if (vanishing(sheet, f, root).length > 0) return "none";
  const found = discsOver(sheet, root).find(
    ({ lifted, count, value, radius }) => lifted && count === 1 && !within(real(QQ.zero), value, QQ.zero, radius),
  );
  claim(found !== undefined, `no disc shows whether there is an atom near x = ${QQ.toText(root.lower).slice(0, 40)}`);
  return found;
}

/**
 * Whether the branch is shown to be analytic around a critical point c of the upper half-plane: reached by discs that cover the segment from
 * infinity (w = 0) to it. When it is at all of them it is analytic in the half-plane, which is a union of such segments.
 */
export function isRegularAt({ discs, q }: Sheet, { at, radius }: Critical["upper"][0]): boolean {
  const away = minus(at, real(q));
  const c = inverse(away);
  // |1/z − 1/z0| ≤ radius/(|z0|(|z0| − radius)), and |z0| is at least |z0|²/size.
  const length = QQ.div(norm(away), size(away));
  if (QQ.compare(length, radius) <= 0) return false;
  const spread = QQ.div(radius, QQ.mul(length, QQ.sub(length, radius)));
  const onRay = ({ at: w, reach, parent }: Disc): boolean => {
    if (parent === undefined) return true;
    const ratio = times(parent.at, away).re;
    const place = times(c, real(ratio));
    const inBoth = within(place, parent.at, spread, parent.reach) && within(place, w, spread, reach);
    return inBoth && QQ.sign(ratio) >= 0 && QQ.compare(ratio, QQ.one) <= 0 && onRay(parent);
  };
  return discs.some(
    (disc) => disc.count === 1 && !disc.lifted && within(c, disc.at, spread, disc.reach) && onRay(disc),
  );
}
