// Certified: the critical points of a curve, and its physical sheet, followed from infinity by overlapping discs. Every inequality is exact.
import { bitLength, floorDivide, integerSqrt, QQ, type Rational, ZZ } from "../rings/index.js";
import {
  checkResultant,
  compareRoot,
  type Factor,
  factorOf,
  quotient,
  type Root,
  rootOf,
  rootText,
  signAt,
  valuation,
} from "./algebra.js";
import { atInfinity, hasBranch } from "./derivation.js";
import {
  add,
  type Dense,
  dense,
  derivative,
  number,
  type Poly,
  polyOf,
  rows,
  substitute,
  variable,
} from "./polynomial.js";
import { claim, integers, listOf, natural, object, positive, rationalOf, textOf, tuple } from "./reading.js";
import { spend } from "./work.js";

/** A complex number, its parts in units of 2^-bits; the bits are those of its step. */
export interface Gauss {
  readonly re: bigint;
  readonly im: bigint;
}
/** A lower and an upper bound of a magnitude. */
export type Size = readonly [bigint, bigint];
/** [j][i] multiplies y^j x^i. */
export type Table = readonly Dense[];

const real = (re: bigint): Gauss => ({ re, im: 0n });
export const times = (a: Gauss, b: Gauss): Gauss => ({ re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re });
export const plus = (a: Gauss, b: Gauss): Gauss => ({ re: a.re + b.re, im: a.im + b.im });
export const minus = (a: Gauss, b: Gauss): Gauss => ({ re: a.re - b.re, im: a.im - b.im });
const lifted = ({ re, im }: Gauss, bits: number): Gauss => ({ re: re << BigInt(bits), im: im << BigInt(bits) });

/** |a|, rounded down and up, to 24 bits or more. */
export function size({ re, im }: Gauss): Size {
  const places = BigInt(Math.max(0, bitLength(re) - 25, bitLength(im) - 25));
  const [x, y] = [re, im].map((part) => (part < 0n ? -part : part) >> places) as [bigint, bigint];
  const more = places === 0n ? 0n : 1n;
  const above = (x + more) ** 2n + (y + more) ** 2n;
  const root = integerSqrt(above);
  return [integerSqrt(x * x + y * y) << places, (root * root === above ? root : root + 1n) << places];
}

/** Whether |a − b| ≤ room. */
export const within = (a: Gauss, b: Gauss, room: bigint): boolean => size(minus(a, b))[1] <= room;

/** The coefficients c about a point, which overwrite them. */
function about(point: Gauss, c: Gauss[]): Gauss[] {
  for (let low = 0; low < c.length - 1; low++)
    for (let k = c.length - 2; k >= low; k--) c[k] = plus(c[k]!, times(point, c[k + 1]!));
  return c;
}

/** The magnitudes of the Taylor coefficients [i][j] of u^i v^j about (x, y), in units of 2^-bits to such powers that all terms have one unit. */
export function taylor(table: Table, bits: number, x: Gauss, y: Gauss): readonly (readonly Size[])[] {
  const width = Math.max(...table.map((row) => row.length));
  const scale = (i: number, j: number): number => bits * (table.length + width - 2 - i - j);
  const entries = table.map((row, j) =>
    Array.from({ length: width }, (_, i) => lifted(real(row[i] ?? 0n), scale(i, j))),
  );
  const lines = entries.map((row) => about(x, row));
  return lines[0]!.map((_, i) => {
    const column = lines.map((line) => line[i]!);
    return about(y, column).map(size);
  });
}

/**
 * Pellet's test over a disc of base points: whether |a_0k| R^k > Σ |a_ij| r^i R^j over the other (i, j). Then for every |u| ≤ r exactly k
 * points of the fibre are within R, and none at the distance R [Pellet 1881; Rouché].
 */
export function pellet(sizes: readonly (readonly Size[])[], k: number, r: bigint, R: bigint): boolean {
  const others = sizes.reduceRight(
    (sum, column, i) => sum * r + column.reduceRight((all, [, a], j) => all * R + (i === 0 && j === k ? 0n : a), 0n),
    0n,
  );
  const [main] = sizes[0]![k] ?? [0n];
  return main * R ** BigInt(k) > others;
}

/** How near the one point of the fibre over the middle is: a radius, at most R, that passes the test with r = 0. */
export function enclosure([fibre]: readonly (readonly Size[])[], R: bigint): bigint {
  const [free, slope] = fibre!;
  const radius = (2n * free![1]) / (slope![0] || 1n) + 1n;
  return radius < R && pellet([fibre!], 1, 0n, radius) ? radius : R;
}

/** The curve in z and y = h·m − g, for polynomials h and g in z. */
export interface Chart {
  readonly h: Dense;
  readonly g: Dense;
  /** How often h divides what is left when m = (y + g)/h is cleared of denominators; it is left out of the table. */
  readonly power: number;
  readonly table: Table;
}

/** A disc of base points |z − x| ≤ reach over which exactly `count` points of the curve have |h·m − g − y| < radius. */
export interface Disc {
  readonly chart: Chart;
  readonly parent: Disc | undefined;
  readonly count: number;
  readonly x: Gauss;
  readonly y: Gauss;
  readonly reach: bigint;
  readonly radius: bigint;
  /** Where the count is 1: so near to y is the physical point over x. */
  readonly near: bigint;
}

/** Whether y is m. */
const isPlain = ({ chart: { h, g } }: Pick<Disc, "chart">): boolean => h.join() === "1" && g.join() === "0";
/** Whether it holds one value of m. */
const isSingle = (disc: Disc): boolean => disc.count === 1 && isPlain(disc);

/**
 * The bits; the region about infinity; h and g of each chart beside that of m itself, which is the first; of each disc the index of the one
 * before, or −1, of its chart, the count, z and y (re and im), reach and radius.
 */
const chainFields = {
  bits: natural,
  infinity: integers(3),
  charts: listOf(tuple(polyOf, polyOf)),
  discs: listOf(integers(9)),
};
type ChainFields = { readonly [K in keyof typeof chainFields]: ReturnType<(typeof chainFields)[K]> };
type Chain = { readonly bits: number; readonly charts: readonly Chart[]; readonly discs: readonly Disc[] };

/** Proves of every disc that it holds the physical point, reached from infinity by a path in the closed upper half-plane. */
function follow(curve: Poly, { bits, infinity, charts: others, discs: listed }: ChainFields): Chain {
  const charts = [[number(1n), number(0n)] as const, ...others].map(([h, g]) => chartOf(curve, h, g));
  const [q, beyond, part] = infinity as [bigint, bigint, bigint];
  const unit = 1n << BigInt(bits);
  const isThere = beyond > 0n && part > 0n && hasBranch(curve);
  claim(isThere, "the curve has no branch m = -1/z - … at infinity, or its region is empty");
  // For |z − q| ≥ beyond one point of the curve has |(z − q) m + 1| < part, and it is that of the branch m = −1/z − ….
  const outside = rows(atInfinity(curve, QQ.fromRatio(q, unit)), "$y").map((row) => dense(row, "$x"));
  const isAlone = pellet(taylor(outside, bits, real(0n), real(unit)), 1, (unit * unit) / beyond + 1n, part);
  claim(isAlone, "the branch m = -1/z - … is not shown to be alone about infinity");
  const discs: Disc[] = [];
  for (const numbers of listed) {
    const [from, index, count] = numbers.slice(0, 3).map(Number) as [number, number, number];
    const [xre, xim, yre, yim, reach, radius] = numbers.slice(3) as [bigint, bigint, bigint, bigint, bigint, bigint];
    const [chart, parent, x, y] = [charts[index], discs[from], { re: xre, im: xim }, { re: yre, im: yim }];
    claim(chart !== undefined && reach >= 0n && radius > 0n && xim >= 0n, "a disc is not in the upper half-plane");
    const degrees = chart.table.length + Math.max(...chart.table.map((row) => row.length));
    claim(bits * degrees <= 100_000 && count < chart.table.length, "a disc has too many bits, or sheets");
    const width = degrees - chart.table.length;
    spend(2 * degrees * width * chart.table.length, bits * degrees);
    const sizes = taylor(chart.table, bits, x, y);
    const holds = count > 0 && pellet(sizes, count, reach, radius);
    claim(holds, `a disc is not shown to hold as many sheets as it says (${count})`);
    if (parent === undefined) {
      claim(from === -1 && xim >= beyond && isPlain({ chart }), "a disc comes from nowhere");
      const away = minus(x, real(q));
      const error = size(plus(times(away, y), real(unit * unit)))[1] + part * unit;
      claim(error <= radius * size(away)[0], "a disc is not shown to hold the branch m = -1/z - …");
    } else {
      claim(isSingle(parent), "a disc comes from one with several sheets, or in another coordinate");
      claim(within(parent.x, x, reach), "a disc does not reach the middle of the one before");
      const degree = Math.max(chart.h.length, chart.g.length) - 1;
      const [h, g] = [chart.h, chart.g].map((f) => valueAt(f, parent.x, bits, degree)) as [Gauss, Gauss];
      const value = minus(times(h, parent.y), lifted(g, bits));
      const room = (radius << BigInt(bits * degree)) - parent.near * size(h)[1];
      claim(within(value, lifted(y, bits * degree), room), "a disc is not shown to hold the sheet of the one before");
    }
    discs.push({ chart, parent, count, x, y, reach, radius, near: enclosure(sizes, radius) });
  }
  return { bits, charts, discs };
}

/** That chart of a curve. */
export function chartOf(curve: Poly, h: Poly, g: Poly): Chart {
  const table = rows(substitute(curve, "m", { num: add(variable("m"), g), den: h }), "m").map((row) => dense(row, "z"));
  const [above, below] = [dense(g, "z"), dense(h, "z")];
  claim(h.size > 0, "a coordinate h m - g has h = 0");
  const content = below.reduce(ZZ.gcd);
  const divisor = below.map((c) => c / content);
  const power = below.length === 1 ? 0 : Math.min(...table.map((row) => valuation(row, divisor)));
  const divided = (row: Dense, times: number): Dense =>
    times === 0 ? row : divided(quotient(row, divisor)!, times - 1);
  return { h: below, g: above, power, table: table.map((row) => divided(row, power)) };
}

/** f(x), times 2^(bits·degree). */
export const valueAt = (f: Dense, x: Gauss, bits: number, degree: number): Gauss =>
  f.reduceRight((sum, c, k) => plus(times(sum, x), lifted(real(c), bits * (degree - k))), real(0n));

/** A factor of the resultant of P and dP/dm: how often it divides the discriminant of P, and its leading coefficient. */
export interface CriticalFactor extends Factor {
  readonly inDiscriminant: number;
  readonly inLeading: number;
  /** How many of the coefficients of the highest powers of m it divides. */
  readonly atInfinity: number;
  /** Whether a simple crossing of sheets is proved to be all of its part of the discriminant: nothing ramifies there. */
  readonly crosses: boolean;
}

/** A critical point of the open upper half-plane, alone in its disc. */
export interface UpperPoint {
  readonly of: CriticalFactor;
  readonly x: Gauss;
  readonly radius: bigint;
}

/** A real critical point, the sign of the density on its left and on its right, and the discs that reach over all of its interval. */
export interface Place {
  readonly root: Root<CriticalFactor>;
  readonly before: number;
  readonly after: number;
  readonly discs: readonly Disc[];
  /** What its atom is said to weigh, if it is said. */
  readonly weights: readonly Root[];
}

/** The branch in the upper half-plane, where it is analytic, and at its border. */
export interface Sheet {
  readonly bits: number;
  /** From left to right. */
  readonly places: readonly Place[];
  readonly upper: readonly UpperPoint[];
  /** Rational places with the discs that reach over them, and the sign of the density on their cell; undefined at a critical point. */
  readonly values: readonly (Pick<Place, "discs"> & { readonly x: Rational; readonly sign: number | undefined })[];
}

const sheetFields = {
  kind: textOf,
  of: natural,
  ...chainFields,
  factors: listOf(tuple(textOf, positive, textOf, listOf(natural))),
  real: listOf(rootText),
  upper: listOf(integers(4)),
  weights: listOf(tuple(natural, textOf, textOf, rootText)),
  values: listOf(rationalOf),
};
type Critical = Pick<Sheet, "upper"> & { readonly roots: readonly Root<CriticalFactor>[] };
type SheetFields = { readonly [K in keyof typeof sheetFields]: ReturnType<(typeof sheetFields)[K]> };

/**
 * Proves every claim of a step on the sheet of a curve: that all its critical points are given, that every disc holds the physical point, that
 * the branch is analytic in the upper half-plane, and what the density is on each cell of the real line. The two outer cells meet at
 * infinity, where the branch is real; in each of the others there is a disc.
 */
export function checkSheet(curve: Poly, step: unknown): Sheet {
  const given = object(step, sheetFields);
  const { bits, charts, discs } = follow(curve, given);
  const { roots, upper } = checkCritical(curve, given, charts);
  const cellOf = (x: Rational): number | undefined => {
    const order = roots.map((root) => compareRoot(root, x));
    return order.includes(0) ? undefined : order.filter((side) => side < 0).length;
  };
  const inCells = discs.filter((disc) => isSingle(disc) && disc.x.im === 0n);
  const cells = inCells.map(({ x }) => cellOf(QQ.fromRatio(x.re, 1n << BigInt(bits))));
  const signs = [...roots, undefined].map((_, k) => {
    if (k === 0 || k === roots.length) return 0;
    // About a real value the one point is symmetric, and so real.
    const disc = inCells.find(({ y, near }, i) => cells[i] === k && (y.im === 0n || size(real(y.im))[0] > near));
    claim(disc !== undefined, "no disc decides the density on a cell");
    return Number(disc.y.im > 0n) - Number(disc.y.im < 0n);
  });
  const regular = upper.every((point) => discs.some((disc) => isRegularAt(disc, point)));
  claim(regular, "the branch is not shown to be analytic in the upper half-plane");
  const over = (low: Rational, high: Rational): readonly Disc[] => {
    spend(5 * discs.length);
    const [left, right] = [low, high].map(({ num, den }) => floorDivide(num << BigInt(bits), den)) as [bigint, bigint];
    return discs.filter(({ x, reach }) => [left, right + 1n].every((end) => within(real(end), x, reach)));
  };
  const places = roots.map((root, k): Place => {
    const [, text, witness, weight] = given.weights.find(([index]) => index === k) ?? [];
    const weights = weight === undefined ? [] : [rootOf(weight, [factorOf(text!, witness!, "x")])];
    return { root, before: signs[k]!, after: signs[k + 1]!, discs: over(root.lower, root.upper), weights };
  });
  const values = given.values.map((x) => ({ x, discs: over(x, x), sign: signs[cellOf(x) ?? -1] }));
  return { bits, places, upper, values };
}

/**
 * The places are disjoint and hold a root each, and with the conjugate ones they are as many as the degree of the product of the factors: so
 * they are all, and no two factors have one in common.
 */
function checkCritical(curve: Poly, given: SheetFields, charts: readonly Chart[]): Critical {
  const table = charts[0]!.table;
  const factors = given.factors.map(([text, power, witness, crossing]): CriticalFactor => {
    const factor = factorOf(text, witness, "z");
    const inLeading = valuation(table.at(-1)!, factor.f);
    const inDiscriminant = power - inLeading;
    const atInfinity = [...table].reverse().findIndex((row) => valuation(row, factor.f) === 0);
    claim(atInfinity >= 0, "the curve is a multiple of a polynomial in z");
    const shown = crossing.flatMap((k) => charts[k] ?? []);
    const crosses = shown.length > 0 && isCrossing(factor, inDiscriminant, shown);
    claim(crosses || crossing.length === 0, "a crossing is none");
    return { ...factor, inDiscriminant, inLeading, atInfinity, crosses };
  });
  const powers = given.factors.map(([, power], k) => [factors[k]!.p, power] as const);
  checkResultant(curve, derivative(curve, "m"), "m", powers);
  const sum = (count: (factor: CriticalFactor) => number): number =>
    factors.reduce((all, factor) => all + count(factor) * (factor.f.length - 1), 0);
  const isWhole = sum(({ inLeading }) => inLeading) === table.at(-1)!.length - 1;
  claim(isWhole, "a factor of the resultant divides the leading coefficient in part only");
  const roots = given.real.map((entry) => rootOf(entry, factors));
  const ascending = roots.every(({ lower }, k) => k === 0 || QQ.compare(roots[k - 1]!.upper, lower) < 0);
  claim(ascending, "the real critical points are not in ascending, disjoint intervals");
  const upper = given.upper.map((numbers): UpperPoint => {
    const [index, re, im, radius] = numbers as [bigint, bigint, bigint, bigint];
    const [of, x] = [factors[Number(index)], { re, im }];
    claim(of !== undefined && im > radius && radius > 0n, "a disc of a critical point is not in the upper half-plane");
    const column = of.f.map((c, k) => lifted(real(c), given.bits * (of.f.length - 1 - k)));
    claim(pellet([about(x, column).map(size)], 1, 0n, radius), "a disc is not shown to hold one critical point");
    return { of, x, radius };
  });
  const apart = upper.every((a, k) => upper.slice(0, k).every((b) => size(minus(a.x, b.x))[0] > a.radius + b.radius));
  claim(apart, "two discs of critical points overlap");
  claim(roots.length + 2 * upper.length === sum(() => 1), "the critical points that are given are not all of them");
  return { roots, upper };
}

/**
 * Whether no sheets ramify over the roots of f: in coordinates y = h·m − g, with one h, the discriminant has there the multiplicity 2 for each of
 * the given singular points y = 0 of the curve and no more, so that they are nodes with two smooth branches and the other points are simple.
 * With n sheets the discriminant of the curve in y is that of the curve in m times h^(n(n − 1)), without h^(2(n − 1)) for each power left out.
 */
function isCrossing({ f, irreducible }: Factor, inDiscriminant: number, charts: readonly Chart[]): boolean {
  const [{ h, power, table }] = charts as [Chart];
  const sheets = table.length - 1;
  const multiplicity = inDiscriminant + valuation(h, f) * (sheets * (sheets - 1) - 2 * power * (sheets - 1));
  const nodes = charts.filter(({ table: [free, slope] }) => valuation(free!, f) > 1 && valuation(slope!, f) > 0);
  const differ = (a: Chart, b: Chart): boolean =>
    a.h.join() === b.h.join() && a.power === b.power && quotient(difference(a.g, b.g), f) === undefined;
  const allDiffer = charts.every((a, k) => charts.slice(0, k).every((b) => differ(a, b)));
  return irreducible && multiplicity === 2 * nodes.length && allDiffer;
}

const difference = (a: Dense, b: Dense): Dense =>
  Array.from({ length: Math.max(a.length, b.length) }, (_, k) => (a[k] ?? 0n) - (b[k] ?? 0n));

/**
 * Whether the branch is shown to be analytic around a critical point of the upper half-plane: reached by discs that cover the vertical line
 * from infinity to it. When it is at all of them it is analytic in the half-plane, which is a union of such lines.
 */
function isRegularAt(disc: Disc, { x, radius }: UpperPoint): boolean {
  const isOnLine = ({ x: middle, reach, parent }: Disc): boolean =>
    middle.re === x.re &&
    within(parent?.x ?? middle, middle, reach - radius) &&
    (parent === undefined || isOnLine(parent));
  return isSingle(disc) && within(x, disc.x, disc.reach - radius) && isOnLine(disc);
}

/**
 * Proves that the branch is the transform of no measure: over one place of the upper half-plane it has two values, after two paths, or one
 * with a negative imaginary part.
 */
export function checkNoMeasure(curve: Poly, step: unknown): void {
  const { discs } = follow(curve, object(step, { kind: textOf, of: natural, ...chainFields }));
  const single = discs.filter(isSingle);
  const differs = (a: Disc, b: Disc): boolean => within(a.x, b.x, 0n) && size(minus(a.y, b.y))[0] > a.near + b.near;
  const found = single.some((a) => a.y.im + a.near < 0n || single.some((b) => differs(a, b)));
  claim(found, "nothing shows that the branch is the transform of no measure");
}

/** Whether the physical sheet is shown to be analytic around a real place. */
export const passes = ({ discs }: Pick<Place, "discs">): boolean => discs.some(isSingle);

/** Whether a disc over a real place keeps away from the real axis: the density is positive there. */
export const staysAway = ({ discs }: Place): boolean =>
  discs.some((disc) => isPlain(disc) && size(real(disc.y.im))[0] > disc.radius);

/**
 * Where all points of a disc over a critical point are proved to be y = 0: how often its polynomial divides the coefficients of 1, y, y², …
 * there, as many as the disc has points.
 */
function ordersAt({ root: { of } }: Place, { chart, y, count, radius }: Disc): readonly number[] | undefined {
  const orders = chart.table.slice(0, count).map((row) => valuation(row, of.f));
  return size(y)[1] > radius || orders.includes(0) ? undefined : orders;
}

/**
 * The exponent of the density next to a critical point where all sheets of a disc have y = 0 and Newton's polygon has one edge, which shows
 * them to be one cycle; those of them that are not real have this exponent. Undefined where that is not shown.
 */
export function exponentAt(place: Place): Rational | undefined {
  const { of } = place.root;
  const found = place.discs.map((disc): Rational | undefined => {
    const [height, ...others] = ordersAt(place, disc) ?? [];
    const count = others.length + 1;
    if (height === undefined || !Number.isFinite(height) || count === 1 || !of.irreducible) return undefined;
    const slope = QQ.fromRatio(BigInt(height), BigInt(count));
    const oneEdge = others.every((order, j) => order * count + (j + 1) * height >= height * count);
    if (!oneEdge || slope.den !== BigInt(count)) return undefined;
    return QQ.sub(slope, QQ.fromInteger(BigInt(valuation(disc.chart.h, of.f))));
  });
  return found.find((exponent) => exponent !== undefined);
}

/**
 * Proves that the branch is the transform of a probability measure: analytic in the upper half-plane, with a density that is nowhere negative
 * and simple real poles of positive weight [Nevanlinna]. Gives the poles, each with a disc in the coordinate f·m.
 */
export function checkMeasure({ places }: Sheet): ReadonlyMap<Place, Disc> {
  claim(!places.some(({ after }) => after < 0), "the density is negative somewhere");
  const poles = places.flatMap((place) => {
    const { of, lower, upper } = place.root;
    // Where a disc of finite points is, or the leading coefficient is not zero, there is no pole.
    if (of.inLeading === 0 || place.discs.some(isPlain)) return [];
    const own = place.discs.filter(({ chart: { h, g } }) => h.join() === of.f.join() && g.join() === "0");
    // f·m tends to 0, or to f′(a) times minus the weight, which is real as the density is nowhere negative on both sides.
    if (own.some((disc) => ordersAt(place, disc) !== undefined)) return [];
    const disc = own.find(({ y, radius }) => size(real(y.re))[0] > radius);
    claim(disc !== undefined, `no disc shows whether there is an atom near x = ${QQ.toText(lower).slice(0, 40)}`);
    const slope = QQ.equals(lower, upper) ? 1 : signAt(of.f, upper);
    claim(disc.y.re > 0n === slope < 0, "an atom has a weight that is not positive");
    return [[place, disc] as const];
  });
  return new Map(poles);
}

/** The weight of an atom at a rational place, when it was given: a root of the fibre there, in the disc, as often as that holds points. */
export function weightOf({ bits }: Sheet, place: Place, { chart, count, y, radius }: Disc): Root | undefined {
  const [{ of, lower: a }, [weight]] = [place.root, place.weights];
  if (weight === undefined) return undefined;
  claim(of.f.length === 2, "the weight of an atom at an irrational place is not checked");
  // The fibre Σ row_j(a) y^j at y = −f′·x, with the common denominator taken away.
  const slope = -of.f[1]!;
  const degree = Math.max(...chart.table.map((row) => row.length));
  const valueIn = (row: Dense): bigint =>
    row.reduce((sum, c, i) => sum + c * a.num ** BigInt(i) * a.den ** BigInt(degree - i), 0n);
  const equation = chart.table.map((row, j) => valueIn(row) * slope ** BigInt(j));
  claim(valuation(equation, weight.of.f) >= count, "the polynomial of a weight does not divide its equation");
  const inside = [weight.lower, weight.upper].every((end) =>
    within(real((end.num * slope) << BigInt(bits)), times(y, real(end.den)), radius * end.den),
  );
  claim(inside, "the interval of a weight is not in the disc of its pole");
  return weight;
}
