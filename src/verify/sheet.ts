// Certified: the physical sheet, followed from infinity by overlapping discs with one point of the fibre each.
import { QQ, type Rational } from "../rings/index.js";
import {
  claim,
  divides,
  type Factor,
  factorOf,
  isExact,
  type Root,
  rootOf,
  signAt,
  valuation,
  variations,
} from "./algebra.js";
import { type Critical, type CriticalFactor, cellOf, type UpperPoint } from "./critical.js";
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
import { type Dense, integers, list, natural, object, rationalOf } from "./polynomial.js";

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

/** What was followed from infinity through the closed upper half-plane. */
interface Followed {
  readonly critical: Critical;
  /** w = 1/(z − q). */
  readonly q: Rational;
  /** The factors of the leading coefficient in w; h is their product. */
  readonly h: readonly Dense[];
  readonly lifted: Table;
  readonly discs: readonly Disc[];
}

export interface Sheet extends Followed {
  /** The weights of some of the atoms, not proved yet, by the index of their place. */
  readonly weights: ReadonlyMap<number, Root>;
  /** From left to right: cells[k] lies between the real critical points k − 1 and k. */
  readonly cells: readonly Density[];
}

/** Proves of every disc of a step that it holds the physical point, and what the density is on each cell of the real line. */
export function checkSheet(critical: Critical, step: unknown): Sheet {
  const given = object(step, "kind", "of", "around", "discs", "weights");
  const followed = follow(critical, given.around, given.discs);
  const weights = list(given.weights).map((entry): [number, Root<Factor>] => {
    const [index, polynomial, witness, ...ends] = list(entry, 5);
    return [natural(index), rootOf(["0", ...ends], [factorOf([polynomial, witness], "x")])];
  });
  return { ...followed, weights: new Map(weights), cells: cellsOf(followed) };
}

/** Proves that the branch is not analytic in the upper half-plane: over one place it has two values, after two paths. */
export function checkTwoValues(critical: Critical, step: unknown): void {
  const given = object(step, "kind", "of", "around", "discs", "two");
  const { discs } = follow(critical, given.around, given.discs);
  const [a, b] = list(given.two, 2).map((index) => discs[natural(index)]) as [Disc?, Disc?];
  const single = [a, b].every((disc) => disc !== undefined && disc.count === 1 && !disc.lifted);
  claim(single && within(a!.at, b!.at, QQ.zero, b!.reach), "two values of the branch are not over one place");
  const apart = QQ.compare(norm(minus(a!.value, b!.value)), QQ.pow(QQ.add(a!.radius, b!.radius), 2)) >= 0;
  claim(apart, "two values of the branch may be the same");
}

function follow(critical: Critical, around: unknown, entries: unknown): Followed {
  const q = rationalOf(around);
  const first = critical.real[0]?.lower;
  const isLeft = first === undefined || QQ.compare(q, first) < 0;
  claim(isLeft, "the centre of the coordinates is not left of all critical points");
  const h = critical.factors.filter(({ inLeading }) => inLeading > 0).map(({ f }) => turned(f, q));
  const tables = [tableOf(critical.curve, q, []), tableOf(critical.curve, q, h)] as const;
  const discs: Disc[] = [];
  for (const entry of list(entries)) {
    const disc = discOf(integers(entry, 10), tables, discs);
    if (disc.parent === undefined) checkStart(disc, tables[0]);
    else checkLink(disc, disc.parent, h);
    discs.push(disc);
  }
  claim(discs.length > 0, "no disc is given");
  return { critical, q, h, lifted: tables[1], discs };
}

/** from, lifted, count, bits; then w, y (re and im), reach and radius in units of 2^-bits. */
function discOf(numbers: readonly bigint[], tables: readonly Table[], before: readonly Disc[]): Disc {
  const [from, index, count, bits] = numbers.slice(0, 4).map(Number) as [number, number, number, number];
  const [xre, xim, yre, yim, r, R] = numbers.slice(4) as [bigint, bigint, bigint, bigint, bigint, bigint];
  const [table, x, y] = [tables[index], { re: xre, im: xim }, { re: yre, im: yim }];
  const isLinked = before.length === 0 ? from === -1 : before[from] !== undefined;
  claim(table !== undefined && isLinked, "a disc comes from nowhere");
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
  const holds = within(times(parent.value, factor), disc.value, slack, disc.radius);
  claim(holds, "a disc is not shown to hold the sheet of the one before");
}

/** m over a real place x ≠ q, and how far it may be from that, by the first disc that reaches it with one point. */
export function transformAt(sheet: Followed, x: Rational, disc: Disc): { readonly m: Point; readonly error: Rational } {
  const w = QQ.inv(QQ.sub(x, sheet.q));
  const lift = disc.lifted ? liftAt(sheet.h, real(w)).re : QQ.one;
  const factor = QQ.neg(QQ.div(w, lift));
  const error = QQ.equals(disc.at.re, w) ? disc.near : disc.radius;
  return { m: times(disc.value, real(factor)), error: QQ.mul(error, QQ.abs(factor)) };
}

/** Decided by the discs over real places; the two outer cells meet at infinity, where the branch is real. */
function cellsOf(sheet: Followed): readonly Density[] {
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

/** The discs that hold a real place. */
const discsOver = ({ discs, q }: Sheet, { lower, upper }: Root): readonly Disc[] =>
  discs.filter(({ at, reach }) => [lower, upper].every((z) => within(real(QQ.inv(QQ.sub(z, q))), at, QQ.zero, reach)));

/** Whether the physical sheet is shown to be analytic around a real place. */
export const passes = (sheet: Sheet, root: Root): boolean =>
  discsOver(sheet, root).some(({ count, lifted }) => count === 1 && !lifted);

/** Whether a disc over a real place keeps away from the real axis: the density is positive there. */
export const staysAway = (sheet: Sheet, root: Root): boolean =>
  discsOver(sheet, root).some(({ lifted, value, radius }) => !lifted && QQ.compare(QQ.abs(value.im), radius) > 0);

/** The discs over a critical point a in which all points over a are proved to be y = 0. */
const vanishing = (sheet: Sheet, root: Root): readonly Disc[] =>
  discsOver(sheet, root).filter(
    ({ lifted, count, value, radius }) =>
      lifted &&
      within(real(QQ.zero), value, QQ.zero, radius) &&
      sheet.lifted.slice(0, count).every((row) => divides(turned(root.of.f, sheet.q), row)),
  );

/**
 * The exponent of the density next to a critical point a where h·m tends to 0: all sheets of a disc do, and Newton's polygon about (a, 0) has
 * one edge, which shows them to be one cycle; those of them that are not real have this exponent. Undefined where no disc shows it.
 */
export function exponentAt(sheet: Sheet, root: Root<CriticalFactor>): Rational | undefined {
  if (!root.of.irreducible) return undefined;
  for (const { count } of vanishing(sheet, root)) {
    const local = turned(root.of.f, sheet.q);
    const orders = sheet.lifted
      .slice(0, count)
      .map((row) => (row.every((c) => c === 0n) ? Number.POSITIVE_INFINITY : valuation(row, local)));
    const height = orders[0]!;
    const slope = Number.isFinite(height) ? QQ.fromRatio(BigInt(height), BigInt(count)) : QQ.zero;
    const oneEdge = orders.every((order, j) => order * count + j * height >= height * count);
    if (count > 1 && oneEdge && slope.den === BigInt(count))
      return root.of.inLeading > 0 ? QQ.sub(slope, QQ.one) : slope;
  }
  return undefined;
}

/**
 * The disc that shows a simple pole at a root of the leading coefficient: all of its values y have real parts of one sign. Undefined where a
 * disc shows that there is none.
 */
function poleAt(sheet: Sheet, root: Root): Disc | undefined {
  if (vanishing(sheet, root).length > 0) return undefined;
  const found = discsOver(sheet, root).find(
    ({ lifted, value, radius }) => lifted && QQ.compare(QQ.abs(value.re), radius) > 0,
  );
  claim(found !== undefined, `no disc shows whether there is an atom near x = ${QQ.toText(root.lower).slice(0, 40)}`);
  return found;
}

/** An atom at the real critical point of this index. */
export interface Pole {
  readonly index: number;
  readonly disc: Disc;
}

/**
 * Proves that the branch is the transform of a probability measure: analytic in the upper half-plane, with a density that is nowhere negative
 * and simple real poles of positive weight [Nevanlinna]. Gives the poles.
 */
export function checkMeasure(sheet: Sheet): readonly Pole[] {
  const { critical, cells } = sheet;
  const analytic = critical.upper.every((point) => isRegularAt(sheet, point));
  claim(analytic, "the branch is not shown to be analytic in the upper half-plane");
  claim(!cells.includes("negative"), "the density is negative somewhere");
  return critical.real.flatMap((root, index) => {
    const disc = root.of.inLeading > 0 ? poleAt(sheet, root) : undefined;
    if (disc === undefined) return [];
    // −(x − a)m for x next to a, which tends to a real number: the density is nowhere negative on both sides.
    const weight = isExact(root)
      ? QQ.sign(disc.value.re) * QQ.sign(weightFactor(sheet, root))
      : -QQ.sign(transformAt(sheet, root.upper, disc).m.re);
    claim(weight > 0, "an atom has a weight that is not positive");
    return [{ index, disc }];
  });
}

/** kappa with y(a) = kappa·weight at a rational simple root a of the leading coefficient: h(w)/(z − a) at a, times a − q. */
function weightFactor({ h, q }: Sheet, { lower: a, of }: Root): Rational {
  const w = QQ.inv(QQ.sub(a, q));
  const values = h.map((factor) => valueAt(factor, real(w)).re);
  const own = h[values.findIndex((v) => QQ.isZero(v))] ?? of.f;
  const slope = valueAt(own.map((c, k) => c * BigInt(k)).slice(1), real(w)).re;
  return values.filter((v) => !QQ.isZero(v)).reduce((all, v) => QQ.mul(all, v), QQ.neg(QQ.mul(w, slope)));
}

/** The weight of an atom at a rational place, when it was given: a root of the fibre there, in the disc, as often as that holds points. */
export function weightOf(sheet: Sheet, { index, disc }: Pole): Root | undefined {
  const [root, weight] = [sheet.critical.real[index]!, sheet.weights.get(index)];
  if (weight === undefined) return undefined;
  claim(isExact(root), "the weight of an atom at an irrational place is not checked");
  const { lower, upper, of } = weight;
  const [kappa, w] = [weightFactor(sheet, root), QQ.inv(QQ.sub(root.lower, sheet.q))];
  // The fibre Σ row_j(w) y^j at y = kappa·x, with the common denominator taken away.
  const fibre = sheet.lifted.map((row, j) => QQ.mul(valueAt(row, real(w)).re, QQ.pow(kappa, j)));
  const common = fibre.reduce((all, c) => all * c.den, 1n);
  const equation = fibre.map((c) => (c.num * common) / c.den);
  claim(valuation(equation, of.f) >= disc.count, "the polynomial of a weight does not divide its equation");
  const inside = [lower, upper].every((end) => within(real(QQ.mul(kappa, end)), disc.value, QQ.zero, disc.radius));
  const alone = isExact(weight) || variations(of.f, lower, upper) === 1;
  claim(inside && alone, "the interval of a weight is not in the disc of its pole, or holds another root");
  return weight;
}

/**
 * Whether the branch is shown to be analytic around a critical point c of the upper half-plane: reached by discs that cover the segment from
 * infinity (w = 0) to it. When it is at all of them it is analytic in the half-plane, which is a union of such segments.
 */
export function isRegularAt({ discs, q }: Sheet, { at, radius }: UpperPoint): boolean {
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
