// Certified: the physical sheet, followed from infinity by overlapping discs with one point of the fibre each.
import type { Budget } from "../core/index.js";
import { powerOfTwo, QQ, type Rational } from "../rings/index.js";
import { claim, factorOf, isExact, type Root, rootOf, rootText, signAt, valuation, variations } from "./algebra.js";
import { type Critical, type CriticalFactor, cellOf, type UpperPoint } from "./critical.js";
import { atInfinity, hasBranch } from "./derivation.js";
import {
  type Chart,
  chartFields,
  chartOf,
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
  tableOf,
  taylor,
  times,
  valueAt,
  within,
} from "./discs.js";
import { type Dense, dense, type Poly, rows } from "./polynomial.js";
import { integers, listOf, natural, object, rationalOf, textOf, tuple } from "./reading.js";

/** A disc of base points |z − at| ≤ reach over which exactly `count` points of the curve have |y − value| < radius. */
export interface Disc {
  readonly chart: Chart;
  readonly parent: Disc | undefined;
  readonly count: number;
  readonly at: Point;
  readonly value: Point;
  readonly reach: Rational;
  readonly radius: Rational;
  /** Where the count is 1: so near to `value` is the physical point over `at`. */
  readonly near: Rational;
}

const isZero = (f: Dense): boolean => f.every((c) => c === 0n);
/** Whether y is m. */
const isPlain = ({ h, g }: Chart): boolean => h.length === 1 && h[0] === 1n && isZero(g);

const followedFields = {
  infinity: tuple(rationalOf, integers(2)),
  charts: listOf(chartFields),
  discs: listOf(integers(10)),
};
type FollowedFields = { readonly [K in keyof typeof followedFields]: ReturnType<(typeof followedFields)[K]> };

/**
 * Proves of every disc that it holds the physical point, reached from infinity by a path in the closed upper half-plane. The first chart is
 * that of m itself; of the others h, g, the power of h that is left out, and the curve are given.
 */
function follow(curve: Poly, given: FollowedFields, budget: Budget): readonly Disc[] {
  const charts = [
    { h: [1n], g: [0n], power: 0, table: tableOf(curve) },
    ...given.charts.map((fields) => chartOf(curve, fields)),
  ];
  const start = checkInfinity(curve, given.infinity);
  const discs: Disc[] = [];
  for (const numbers of given.discs) {
    budget.spend(1, "checking a chain of discs");
    const disc = discOf(numbers, charts, discs);
    // Next to infinity m is −1/(z − q) to within a small part of it.
    const isHigh = numbers[0] === -1n && QQ.compare(disc.at.im, start.radius) >= 0;
    const before = disc.parent ?? { at: disc.at, value: inverse(minus(real(start.q), disc.at)), near: start.near };
    claim(isHigh || disc.parent?.count === 1, "a disc comes from nowhere, or from one with several sheets");
    claim(disc.parent === undefined || isPlain(disc.parent.chart), "a disc comes from one in another coordinate");
    claim(within(before.at, disc.at, QQ.zero, disc.reach), "a disc does not reach the middle of the one before");
    const h = valueAt(disc.chart.h, before.at);
    const value = minus(times(h, before.value), valueAt(disc.chart.g, before.at));
    const holds = within(value, disc.value, QQ.mul(before.near, size(h)), disc.radius);
    claim(holds, "a disc is not shown to hold the sheet of the one before");
    discs.push(disc);
  }
  return discs;
}

/** For |z − q| ≥ radius the branch m = −1/z − … differs from −1/(z − q) by less than `near`. */
interface Outside {
  readonly q: Rational;
  readonly radius: Rational;
  readonly near: Rational;
}

/** For |z − q| ≥ 2^e one point of the curve has |(z − q) m + 1| < 2^-d, and it is that of the branch m = −1/z − …. */
function checkInfinity(curve: Poly, [q, exponents]: FollowedFields["infinity"]): Outside {
  const [e, d] = exponents.map(Number) as [number, number];
  claim(Math.abs(e) <= 20_000 && d >= 0 && d <= 20_000, "the region about infinity is too small or too large");
  claim(hasBranch(curve), "the curve has no branch m = -1/z - … at infinity");
  const table = rows(atInfinity(curve, q), "y").map((row) => dense(row, "x"));
  const bits = Math.max(e, 0) + d;
  const coefficients = taylor(table, bits, { re: 0n, im: 0n }, { re: 1n << BigInt(bits), im: 0n });
  const isAlone = pellet(coefficients, 1, 1n << BigInt(bits - e), 1n << BigInt(bits - d));
  claim(isAlone, "the branch m = -1/z - … is not shown to be alone about infinity");
  return { q, radius: powerOfTwo(e), near: powerOfTwo(-d - e) };
}

/** From, chart, count, bits; then z, y (re and im), reach and radius in units of 2^-bits. */
function discOf(numbers: readonly bigint[], charts: readonly Chart[], before: readonly Disc[]): Disc {
  const [from, index, count, bits] = numbers.slice(0, 4).map(Number) as [number, number, number, number];
  const [xre, xim, yre, yim, r, R] = numbers.slice(4) as [bigint, bigint, bigint, bigint, bigint, bigint];
  const [chart, x, y] = [charts[index], { re: xre, im: xim }, { re: yre, im: yim }];
  claim(chart !== undefined && bits >= 0 && bits <= 20_000, "a disc has no coordinates");
  claim(r >= 0n && R > 0n && count >= 1, "the radii of a disc are not positive");
  claim(xim >= 0n, "a disc has its middle in the lower half-plane");
  const coefficients = taylor(chart.table, bits, x, y);
  claim(pellet(coefficients, count, r, R), `a disc is not shown to hold as many sheets as it says (${count})`);
  const near = dyadic(count === 1 ? enclosure(coefficients, R) : R, bits);
  const [at, value, reach, radius] = [scaled(x, bits), scaled(y, bits), dyadic(r, bits), dyadic(R, bits)];
  return { chart, parent: before[from], count, at, value, reach, radius, near };
}

const chosen = (discs: readonly Disc[], index: number): Disc => {
  const disc = discs[index];
  claim(disc !== undefined, "a disc is none of those given");
  return disc;
};

/**
 * Proves that the branch is the transform of no measure: over one place of the upper half-plane it has two values, after two paths, or one
 * with a negative imaginary part.
 */
export function checkNoMeasure(curve: Poly, step: unknown, budget: Budget): void {
  const given = object(step, { kind: textOf, of: natural, ...followedFields, values: tuple(natural, natural) });
  const discs = follow(curve, given, budget);
  const [a, b] = given.values.map((index) => chosen(discs, index)) as [Disc, Disc];
  claim(
    [a, b].every((disc) => disc.count === 1 && isPlain(disc.chart)),
    "a value of the branch is not alone",
  );
  const isOnePlace = norm(minus(a.at, b.at)).num === 0n;
  const apart = QQ.compare(norm(minus(a.value, b.value)), QQ.pow(QQ.add(a.near, b.near), 2)) > 0;
  const below = QQ.compare(QQ.add(a.value.im, a.near), QQ.zero) < 0;
  claim((isOnePlace && apart) || below, "nothing shows that the branch is the transform of no measure");
}

export type Density = "zero" | "positive" | "negative";

/** A real critical point with the density next to it, and what was given there. */
export interface Place {
  readonly root: Root<CriticalFactor>;
  readonly before: Density;
  readonly after: Density;
  /** It reaches over the whole interval of the root. */
  readonly disc: Disc | undefined;
  /** Of an atom, not proved yet. */
  readonly weight: Root | undefined;
}

/** The branch in the upper half-plane, where it is analytic, and at its border. */
export interface Sheet {
  readonly critical: Critical;
  /** From left to right. */
  readonly places: readonly Place[];
  readonly values: readonly {
    readonly x: Rational;
    readonly disc: Disc | undefined;
    readonly density: Density | undefined;
  }[];
}

/**
 * Proves of every disc of a step that it holds the physical point, that the branch is analytic in the upper half-plane, and what the density
 * is on each cell of the real line: the two outer ones meet at infinity, where the branch is real, and each of the others has its disc.
 */
export function checkSheet(critical: Critical, step: unknown, budget: Budget): Sheet {
  const given = object(step, {
    kind: textOf,
    of: natural,
    ...followedFields,
    cells: listOf(natural),
    upper: listOf(natural),
    places: listOf(listOf(natural)),
    weights: listOf(tuple(natural, textOf, textOf, rootText)),
    values: listOf(tuple(rationalOf, listOf(natural))),
  });
  const { real: roots, upper } = critical;
  const discs = follow(critical.curve, given, budget);
  const counts = [given.cells.length - Math.max(0, roots.length - 1), given.places.length - roots.length];
  claim(counts.every((c) => c === 0) && given.upper.length === upper.length, "a cell or a critical point has no entry");
  const cells = [
    "zero",
    ...given.cells.map((d, k) => densityOf(critical, k + 1, chosen(discs, d))),
    "zero",
  ] as Density[];
  const regular = upper.every((point, k) => isRegularAt(chosen(discs, given.upper[k]!), point));
  claim(regular, "the branch is not shown to be analytic in the upper half-plane");
  const places = roots.map((root, k): Place => {
    const [disc] = given.places[k]!.map((d) => chosen(discs, d));
    claim(disc === undefined || reaches(disc, root), "a disc does not reach over its critical point");
    const [, polynomial, witness, ends] = given.weights.find(([index]) => index === k) ?? [];
    const weight = ends === undefined ? undefined : rootOf(ends, [factorOf(polynomial!, witness!, "x")]);
    return { root, before: cells[k]!, after: cells[k + 1]!, disc, weight };
  });
  const values = given.values.map(([x, indices]) => {
    const [disc, cell] = [indices.map((d) => chosen(discs, d))[0], cellOf(critical, x)];
    claim(disc === undefined || reaches(disc, { lower: x, upper: x }), "a disc does not reach over its place");
    return { x, disc, density: cell === undefined ? undefined : cells[cell] };
  });
  return { critical, places, values };
}

const reaches = ({ at, reach }: Disc, { lower, upper }: Pick<Root, "lower" | "upper">): boolean =>
  [lower, upper].every((end) => within(real(end), at, QQ.zero, reach));

/** The density on a cell, by a disc about a place in it: where its one point is symmetric it is real. */
function densityOf(critical: Critical, cell: number, { at, value, near, count, chart }: Disc): Density {
  const isThere = QQ.isZero(at.im) && cellOf(critical, at.re) === cell && count === 1 && isPlain(chart);
  claim(isThere, "the disc of a cell is elsewhere, or not of one sheet");
  if (QQ.isZero(value.im)) return "zero";
  claim(QQ.compare(QQ.abs(value.im), near) > 0, "a disc does not decide the density on its cell");
  return QQ.sign(value.im) > 0 ? "positive" : "negative";
}

/**
 * Whether the branch is shown to be analytic around a critical point of the upper half-plane: reached by discs that cover the vertical line
 * from infinity to it. When it is at all of them it is analytic in the half-plane, which is a union of such lines.
 */
function isRegularAt(disc: Disc, { at, radius }: UpperPoint): boolean {
  const isOnLine = ({ at: middle, reach, parent }: Disc): boolean =>
    QQ.equals(middle.re, at.re) &&
    within(parent?.at ?? middle, middle, radius, reach) &&
    (parent === undefined || isOnLine(parent));
  return disc.count === 1 && isPlain(disc.chart) && within(at, disc.at, radius, disc.reach) && isOnLine(disc);
}

/** Whether the physical sheet is shown to be analytic around a real place. */
export const passes = ({ disc }: Pick<Place, "disc">): boolean => disc?.count === 1 && isPlain(disc.chart);

/** Whether a disc over a real place keeps away from the real axis: the density is positive there. */
export const staysAway = ({ disc }: Place): boolean =>
  disc !== undefined && isPlain(disc.chart) && QQ.compare(QQ.abs(disc.value.im), disc.radius) > 0;

/**
 * Where all points of a disc over a critical point are proved to be y = 0: how often its polynomial divides the coefficients of 1, y, y², …
 * there, as many as the disc has points.
 */
function ordersAt({ root: { of }, disc }: Place): readonly number[] | undefined {
  if (disc === undefined || !within(real(QQ.zero), disc.value, QQ.zero, disc.radius)) return undefined;
  const orders = disc.chart.table
    .slice(0, disc.count)
    .map((row) => (isZero(row) ? Number.POSITIVE_INFINITY : valuation(row, of.f)));
  return orders.includes(0) ? undefined : orders;
}

/**
 * The exponent of the density next to a critical point where all sheets of a disc have y = 0 and Newton's polygon has one edge, which shows
 * them to be one cycle; those of them that are not real have this exponent. Undefined where that is not shown.
 */
export function exponentAt(place: Place): Rational | undefined {
  const [{ of }, orders] = [place.root, ordersAt(place)];
  if (!of.irreducible || orders === undefined || orders[0] === Number.POSITIVE_INFINITY) return undefined;
  const [height, count] = [orders[0]!, orders.length];
  const slope = QQ.fromRatio(BigInt(height), BigInt(count));
  const oneEdge = orders.every((order, j) => order * count + j * height >= height * count);
  if (count === 1 || !oneEdge || slope.den !== BigInt(count)) return undefined;
  return QQ.sub(slope, QQ.fromInteger(BigInt(valuation(place.disc!.chart.h, of.f))));
}

/**
 * Proves that the branch is the transform of a probability measure: analytic in the upper half-plane, with a density that is nowhere negative
 * and simple real poles of positive weight [Nevanlinna]. Gives the poles.
 */
export function checkMeasure({ places }: Sheet): readonly Place[] {
  claim(!places.some(({ after }) => after === "negative"), "the density is negative somewhere");
  return places.filter((place) => {
    const { root, disc } = place;
    // Where a disc of finite points is, or the leading coefficient is not zero, there is no pole.
    if (root.of.inLeading === 0 || (disc !== undefined && isPlain(disc.chart))) return false;
    const own = disc !== undefined && disc.chart.h.join() === root.of.f.join() && isZero(disc.chart.g);
    claim(own, `no disc shows whether there is an atom near x = ${QQ.toText(root.lower).slice(0, 40)}`);
    // f·m tends to 0, or to f′(a) times minus the weight, which is real as the density is nowhere negative on both sides.
    if (ordersAt(place) !== undefined) return false;
    claim(QQ.compare(QQ.abs(disc.value.re), disc.radius) > 0, "a disc does not show whether there is an atom");
    const slope = isExact(root) ? 1 : signAt(root.of.f, root.upper);
    claim(QQ.sign(disc.value.re) * slope < 0, "an atom has a weight that is not positive");
    return true;
  });
}

/** The weight of an atom at a rational place, when it was given: a root of the fibre there, in the disc, as often as that holds points. */
export function weightOf({ root, disc, weight }: Place): Root | undefined {
  if (weight === undefined || disc === undefined) return undefined;
  claim(isExact(root), "the weight of an atom at an irrational place is not checked");
  const { lower, upper, of } = weight;
  // The fibre Σ row_j(a) y^j at y = −f′·x, with the common denominator taken away.
  const [, slope] = root.of.f as [bigint, bigint];
  const { num, den } = root.lower;
  const width = Math.max(...disc.chart.table.map((row) => row.length));
  const equation = disc.chart.table.map(
    (row, j) =>
      row.reduce((all, c, i) => all + c * num ** BigInt(i) * den ** BigInt(width - i), 0n) * (-slope) ** BigInt(j),
  );
  claim(valuation(equation, of.f) >= disc.count, "the polynomial of a weight does not divide its equation");
  const ends = [lower, upper].map((end) => real(QQ.mul(end, QQ.fromInteger(-slope))));
  const inside = ends.every((end) => within(end, disc.value, QQ.zero, disc.radius));
  const alone = isExact(weight) || variations(of.f, lower, upper) === 1;
  claim(inside && alone, "the interval of a weight is not in the disc of its pole, or holds another root");
  return weight;
}
