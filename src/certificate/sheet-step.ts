// The chain of discs that follows the physical sheet from infinity to every place that an answer needs.
import { type Budget, BudgetError, LimitError } from "../core/index.js";
import { type Polynomial, toText } from "../poly/index.js";
import {
  bitLength,
  powerOfTwo,
  QQ,
  type Rational,
  rational,
  rationalToNumber,
  rationalToText,
} from "../rings/index.js";
import { type AlgebraicNumber, compareWithRational, refine } from "../roots/index.js";
import { atInfinity, dense, pellet, polyOf, quotient, rows, taylor } from "../verify/index.js";
import { type Charts, chartText } from "./charts.js";
import {
  type CriticalData,
  type CriticalFields,
  type CriticalPlace,
  criticalFields,
  type UpperDisc,
} from "./critical-step.js";
import { type Chain, discChain, type Link, type Outside } from "./disc-chain.js";

/** What of the sheet an answer needs beside the cells, the poles and the upper half-plane. */
export interface Needs {
  /** What the sheet does at real critical points where nothing changes: at none, only at those inside the density, or at all. */
  readonly passing: "nowhere" | "inside" | "everywhere";
  /** Values of the density at these places, to so many digits. */
  readonly at: readonly Rational[];
  readonly digits: number;
}

/** The fields of a step on a chain of discs. */
export interface ChainFields {
  readonly bits: string;
  readonly infinity: string;
  readonly charts: readonly (readonly [string, string])[];
  readonly discs: readonly string[];
}

/** The fields of a step on the sheet, without the weights of its atoms. */
export interface SheetFields extends ChainFields, CriticalFields {
  readonly upper: readonly string[];
  readonly values: readonly string[];
}

export function sheetStep(of: Polynomial, critical: CriticalData, needs: Needs, budget: Budget): SheetFields {
  const { paths, fields } = start(of, critical, needs.at, budget);
  const inner = critical.real.slice(1).map((_, k) => paths.decideCell(k + 1));
  const density = [false, ...inner.map((link) => link.y.im !== 0n), false];
  const places = critical.real.map((place, k): readonly Link[] => {
    const { power: multiplicity, inLeading } = place.factor;
    const [isPole, isEdge, inside] = [inLeading > 0, density[k] !== density[k + 1], density[k]!];
    const asked = needs.passing === "everywhere" || (needs.passing === "inside" && inside);
    const isCritical =
      multiplicity - inLeading > (isEdge ? 1 : 0) && (asked || (isEdge && needs.passing !== "nowhere"));
    if (!isPole && !isCritical) return [];
    const found = paths.show(place, { isEdge, passing: asked && !isEdge, charts: critical.charts });
    if (found === undefined && (isPole || !isEdge))
      throw new LimitError(
        `no disc was found that shows what the sheet does near x = ${rationalToNumber(place.at.lower)}`,
      );
    return found === undefined ? [] : [found];
  });
  const upper = critical.upper.map((disc) => paths.reachUpper(disc));
  const values = needs.at.map((x) => paths.showValue(x, needs.digits));
  const crossings = critical.factors.flatMap((factor) => factor.crossings);
  const { placed, chain } = fields([...inner, ...places.flat(), ...upper, ...values.flat()], crossings);
  const scaled = (part: Rational): bigint => QQ.round(QQ.mul(part, powerOfTwo(Number(chain.bits))));
  return {
    ...chain,
    ...criticalFields(critical, placed, needs.digits),
    upper: critical.upper.map(({ factor, re, im, radius }) =>
      [critical.factors.indexOf(factor), ...[re, im, radius].map(scaled)].join(" "),
    ),
    values: needs.at.map(rationalToText),
  };
}

/** What the physical sheet is followed with, from infinity on. */
interface Start {
  readonly chain: Chain;
  readonly paths: Paths;
  /** With the discs that lead to those that are used, with their charts and these others, and the index of a chart among them. */
  readonly fields: (
    used: readonly Link[],
    others: readonly number[],
  ) => { readonly chain: ChainFields; readonly placed: (chart: number) => number };
}

function start(of: Polynomial, critical: CriticalData, at: readonly Rational[], budget: Budget): Start {
  const { centre, extent } = spread(critical, at);
  const outside = outsideOf(of, centre, extent);
  const { charts, upper } = critical;
  const chain = discChain(charts.all, outside, budget);
  const fields: Start["fields"] = (used, others) => {
    const kept = leadingTo(chain, used);
    const own = [...new Set([0, ...kept.map((link) => link.chart), ...others])];
    const placed = (index: number): number => own.indexOf(index);
    const { q, e, d } = outside;
    const bits = Math.max(d, -e, bitLength(q.den), ...[...upper, ...kept].map((disc) => disc.bits)) + 8;
    const scaled = (part: Rational): bigint => QQ.round(QQ.mul(part, powerOfTwo(bits)));
    const order = new Map(kept.map(({ index }, k) => [index, k]));
    const discs = kept.map((link): string => {
      const { from, chart, count, x, y, reach, radius } = link;
      const numbers = [x.re, x.im, y.re, y.im, reach, radius].map((n) => n << BigInt(bits - link.bits));
      return [order.get(from) ?? -1, placed(chart), count, ...numbers].join(" ");
    });
    const infinity = [q, powerOfTwo(e), powerOfTwo(-d)].map(scaled).join(" ");
    const texts = own.slice(1).map((index) => chartText(charts.all[index]!));
    return { chain: { bits: String(bits), infinity, charts: texts, discs }, placed };
  };
  return { chain, paths: pathsOf(chain, critical, outside, extent), fields };
}

/** The discs by which those that are used were reached, and these, in their order. */
function leadingTo({ links }: Chain, used: readonly Link[]): readonly Link[] {
  const kept = new Set<number>();
  for (const { index } of used) for (let k = index; k >= 0 && !kept.has(k); k = links[k]!.from) kept.add(k);
  return links.filter(({ index }) => kept.has(index));
}

/** Where the branch at infinity is shown to be alone, as near as it can be seen. */
function outsideOf(curve: Polynomial, q: Rational, extent: number): Outside {
  const table = rows(atInfinity(polyOf(toText(curve)), q), "$y").map((row) => dense(row, "$x"));
  const first = Math.ceil(Math.log2(extent));
  for (let e = first; e < first + 80; e++) {
    for (const d of [5, 8, 12, 3]) {
      const bits = BigInt(Math.max(e, 0) + d);
      const coefficients = taylor(table, Number(bits), { re: 0n, im: 0n }, { re: 1n << bits, im: 0n });
      if (pellet(coefficients, 1, 1n << (bits - BigInt(e)), 1n << (bits - BigInt(d)))) return { q, e, d };
    }
  }
  throw new LimitError("no region about infinity could be found in which the branch is alone");
}

/**
 * Discs that show that the branch is the transform of no measure: two over one place below a branch point of the upper half-plane, with other
 * values left and right of it, or one with a value in the lower half-plane. Undefined where none were found.
 */
export function noMeasureStep(of: Polynomial, critical: CriticalData, budget: Budget): ChainFields | undefined {
  const { chain, paths, fields } = start(of, critical, [], budget);
  const tries = [
    ...critical.upper.map((place) => () => paths.goAround(place)),
    ...critical.real.slice(1).map((_, k) => () => void paths.decideCell(k + 1)),
    ...critical.real.filter(({ factor }) => factor.inLeading > 0).map((place) => () => paths.approachFrom(place)),
  ];
  for (const attempt of tries) {
    try {
      const two = attempt() ?? belowIn(chain);
      if (two !== undefined) return fields(two, []).chain;
    } catch (error) {
      if (error instanceof BudgetError || !(error instanceof LimitError)) throw error;
    }
  }
  return undefined;
}

/** A disc with a value in the lower half-plane, twice. */
function belowIn({ links }: Chain): readonly [Link, Link] | undefined {
  const found = links.find(({ chart, count, y, near }) => chart === 0 && count === 1 && y.im + near < 0n);
  return found === undefined ? undefined : [found, found];
}

/** A rational in the middle of everything, and how far it is from there, at least roughly. */
function spread({ real, upper }: CriticalData, at: readonly Rational[]): { centre: Rational; extent: number } {
  const places = [...real.map(({ at: place }) => fine(place).lower), ...upper.map(({ re }) => re), ...at];
  const [lowest, highest] = [QQ.min, QQ.max].map((end) => places.reduce(end, places[0] ?? QQ.zero)) as [
    Rational,
    Rational,
  ];
  const width = QQ.max(QQ.sub(highest, lowest), QQ.mul(QQ.max(QQ.abs(lowest), QQ.abs(highest)), rational(1, 1000)));
  const centre = simple(QQ.midpoint(lowest, highest), QQ.isZero(width) ? QQ.one : width);
  const heights = upper.map(({ im }) => rationalToNumber(im));
  return { centre, extent: Math.max(QQ.isZero(width) ? 1 : rationalToNumber(width), ...heights) };
}

/** A dyadic number near to x, to an eighth of the width. */
function simple(x: Rational, width: Rational): Rational {
  let unit = QQ.one;
  const eighth = QQ.mul(width, rational(1, 8));
  if (QQ.isZero(eighth)) return rational(QQ.floor(x));
  while (QQ.compare(unit, eighth) > 0) unit = QQ.mul(unit, rational(1, 2));
  while (QQ.compare(QQ.mul(unit, rational(2)), eighth) <= 0) unit = QQ.mul(unit, rational(2));
  return QQ.mul(rational(QQ.floor(QQ.div(x, unit))), unit);
}

interface Paths {
  /** A disc about a place left of the critical point k, real where the density is zero. */
  decideCell(k: number): Link;
  /** A disc that shows what the sheet does at a critical point; `passing` asks for one with one sheet, if there is one. */
  show(
    place: CriticalPlace,
    options: { readonly isEdge: boolean; readonly passing: boolean; readonly charts: Charts },
  ): Link | undefined;
  reachUpper(disc: UpperDisc): Link;
  /** Two discs over one place, reached on both sides of a critical point, that differ. */
  goAround(disc: UpperDisc): readonly [Link, Link] | undefined;
  /** Comes down close to a real critical point. */
  approachFrom(place: CriticalPlace): undefined;
  showValue(x: Rational, digits: number): readonly Link[];
}

function pathsOf(chain: Chain, critical: CriticalData, { q, e }: Outside, extent: number): Paths {
  const onLine = (re: Rational, im: Rational = QQ.zero): { readonly re: Rational; readonly im: Rational } => ({
    re,
    im,
  });
  const widest = powerOfTwo(Math.ceil(Math.log2(extent)));
  /** From infinity to a height above all critical points, over the middle of them. */
  const top = QQ.mul(widest, rational(2));
  let trunk: Link | undefined;
  const grown = (): Link => {
    let here = chain.begin(q);
    for (let height = powerOfTwo(e - 1); QQ.compare(height, top) >= 0; height = QQ.mul(height, QQ.half))
      here = chain.follow(here, onLine(q, height));
    return here;
  };
  /** Down the vertical line above x, to a height below `lowest`; the places on the way. */
  const descend = function* (x: Rational, lowest: Rational): Generator<Link> {
    trunk ??= grown();
    let here = trunk;
    for (let height = top; ; height = QQ.mul(height, QQ.half)) {
      here = chain.follow(here, onLine(x, height));
      yield here;
      if (QQ.compare(height, lowest) <= 0) return;
    }
  };
  const last = (links: Iterable<Link>): Link => [...links].at(-1)!;
  /** Half of the way to the nearest other critical point. */
  const room = (place: CriticalPlace): Rational => {
    const middle = fine(place.at).lower;
    const others = critical.real
      .filter((other) => other !== place)
      .map(({ at }) => QQ.abs(QQ.sub(fine(at).lower, middle)));
    return QQ.mul(others.reduce(QQ.min, widest), QQ.half);
  };
  /** Comes down to a critical point until something is shown about it. */
  const approach = (place: CriticalPlace, found: (from: Link) => Link | undefined): Link | undefined => {
    const start = room(place);
    const x = simple(fine(place.at).lower, QQ.mul(start, rational(1, 64)));
    try {
      for (const link of descend(x, QQ.mul(start, powerOfTwo(-40)))) {
        const isNear = QQ.compare(rational(link.x.im, 1n << BigInt(link.bits)), start) < 0;
        const shown = isNear ? found(link) : undefined;
        if (shown !== undefined) return shown;
      }
    } catch (error) {
      if (!(error instanceof LimitError) || error instanceof BudgetError) throw error;
    }
    return undefined;
  };
  return {
    decideCell(k) {
      const [left, right] = [critical.real[k - 1]!.at, critical.real[k]!.at];
      const x = middle(left, right);
      const gap = QQ.mul(QQ.sub(fine(right).lower, fine(left).upper), rational(1, 8));
      const above = last(descend(x, gap));
      // Real where a disc about a real value can be linked; else followed to the axis.
      const real = chain.cover(above, onLine(x), { real: true });
      if (real !== undefined) return real;
      const end = chain.follow(above, onLine(x));
      return chain.cover(end, onLine(x), { real: true }) ?? end;
    },
    show(place, { isEdge, passing, charts }) {
      const z = onLine(fine(place.at).lower);
      const { f, inLeading } = place.factor;
      const isPole = inLeading > 0;
      const own = isPole
        ? [charts.indexOf(f, [0n])]
        : place.factor.meetings.map(({ numerator, denominator }) => charts.indexOf([denominator], numerator));
      const plain = (from: Link): Link | undefined => {
        if (isEdge) return undefined;
        const single = chain.cover(from, z, {});
        if (single !== undefined || isPole) return single;
        return firstOf([2, 3, 4], (many) =>
          only(chain.gather(from, z, many, "value", 0), ({ y, radius }) => abs(y.im) > radius),
        );
      };
      const pole = (from: Link): Link | undefined => {
        const [chart] = own;
        if (!isPole || chart === undefined) return undefined;
        const alone = only(chain.cover(from, z, { chart, real: true }), isAwayFromZero);
        return (
          alone ?? firstOf([2, 3, 4, 5], (many) => only(chain.gather(from, z, many, "real", chart), isAwayFromZero))
        );
      };
      const vanishing = (from: Link): Link | undefined =>
        firstOf(own, (chart) => {
          const count = charts.all[chart]!.table.findIndex((row) => quotient(row, f) === undefined);
          return count > (isPole ? 0 : 1) ? chain.gather(from, z, count, "zero", chart) : undefined;
        });
      // One sheet says more than several that vanish.
      const first = approach(place, (from) => plain(from) ?? (passing ? undefined : vanishing(from)) ?? pole(from));
      return first ?? (passing ? approach(place, vanishing) : undefined);
    },
    reachUpper({ re, im, radius }) {
      return chain.follow(chain.begin(re, radius), { re, im }, radius);
    },
    goAround({ re, im }) {
      const below = onLine(re, QQ.mul(im, QQ.half));
      const ends = [QQ.neg(im), im].map((by) => {
        const x = QQ.add(re, QQ.mul(by, QQ.half));
        return chain.follow(chain.follow(last(descend(x, im)), onLine(x, below.im)), below);
      });
      const bits = Math.max(...ends.map((end) => end.bits));
      const [left, right] = ends.map((end) => chain.cover(end, below, { bits }));
      if (left === undefined || right === undefined) return undefined;
      const apart = (left.y.re - right.y.re) ** 2n + (left.y.im - right.y.im) ** 2n;
      return apart > (left.near + right.near) ** 2n ? [left, right] : undefined;
    },
    approachFrom(place) {
      approach(place, () => undefined);
    },
    showValue(x, digits) {
      const below = critical.real.filter(({ at }) => compareWithRational(at, x) < 0).length;
      if (critical.real.some(({ at }) => compareWithRational(at, x) === 0)) return [];
      const near = critical.real
        .slice(Math.max(0, below - 1), below + 1)
        .map(({ at }) => QQ.abs(QQ.sub(fine(at).lower, x)));
      const gap = near.reduce(QQ.min, widest);
      const end = chain.follow(last(descend(x, QQ.mul(gap, rational(1, 8)))), onLine(x));
      const bits = end.bits + Math.ceil(digits * 3.33) + 60;
      const exact = chain.cover(end, onLine(x), { bits });
      const tight = exact === undefined ? undefined : chain.cover(exact, onLine(x), { bits, tight: true });
      return tight === undefined ? [] : [tight];
    },
  };
}

const abs = (n: bigint): bigint => (n < 0n ? -n : n);
const isAwayFromZero = ({ y, radius }: Link): boolean => abs(y.re) > radius;
const only = (link: Link | undefined, holds: (link: Link) => boolean): Link | undefined =>
  link !== undefined && holds(link) ? link : undefined;

function firstOf<T, R>(all: readonly T[], find: (entry: T) => R | undefined): R | undefined {
  for (const entry of all) {
    const found = find(entry);
    if (found !== undefined) return found;
  }
  return undefined;
}

const fine = (a: AlgebraicNumber): AlgebraicNumber => refine(a, 120);

/** A simple rational in the middle of the gap. */
function middle(left: AlgebraicNumber, right: AlgebraicNumber): Rational {
  const [low, high] = [fine(left).upper, fine(right).lower];
  return simple(QQ.midpoint(low, high), QQ.sub(high, low));
}
