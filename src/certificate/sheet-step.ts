// The chain of discs that follows the physical sheet from infinity to every place that an answer needs.
import { type Budget, BudgetError, LimitError } from "../core/index.js";
import { type Polynomial, toText } from "../poly/index.js";
import { powerOfTwo, QQ, type Rational, rational, rationalToNumber, rationalToText } from "../rings/index.js";
import { type AlgebraicNumber, compareWithRational, refine } from "../roots/index.js";
import {
  divides,
  type Gauss,
  type Point,
  parsePoly,
  type Table,
  tableOf,
  times,
  turned,
  valueAt,
} from "../verify/index.js";
import type { CriticalData, CriticalPlace, UpperDisc } from "./critical-step.js";
import { type Chain, discChain, type Link } from "./disc-chain.js";

/** What of the sheet an answer needs beside the cells, the poles and the upper half-plane. */
export interface Needs {
  /** What the sheet does at real critical points where nothing changes: at none, only at those inside the density, or at all. */
  readonly passing: "nowhere" | "inside" | "everywhere";
  /** Values of the density at these places, to so many digits. */
  readonly at: readonly Rational[];
  readonly digits: number;
}

const zero = QQ.zero;

export function sheetStep(
  of: Polynomial,
  critical: CriticalData,
  needs: Needs,
  budget: Budget,
): { readonly around: string; readonly discs: readonly string[] } {
  const { chain, paths, tables, q } = start(of, critical, needs.at, budget);
  const cells: boolean[] = [];
  for (let k = 0; k <= critical.real.length; k++) cells.push(k > 0 && k < critical.real.length && paths.decideCell(k));
  critical.real.forEach((place, k) => {
    const [left, right] = [cells[k]!, cells[k + 1]!];
    if (place.factor.inLeading > 0) {
      const first = tables[1].findIndex(
        (row) => !row.every((c) => c === 0n) && !divides(turned(place.factor.f, q), row),
      );
      paths.showPole(place, first);
    }
    if (needs.passing === "nowhere") return;
    if (left === right && (left || needs.passing === "everywhere") && place.factor.power > place.factor.inLeading)
      paths.showPassing(place, tables[1], q);
    else if (left !== right && place.factor.power - place.factor.inLeading > 1) paths.tryGather(place, tables[1], q);
  });
  for (const disc of critical.upper) paths.reachUpper(disc);
  for (const x of needs.at) paths.showValue(x, needs.digits);
  return { around: rationalToText(q), discs: chain.texts };
}

/** What the physical sheet is followed with, from infinity on. */
function start(
  of: Polynomial,
  critical: CriticalData,
  at: readonly Rational[],
  budget: Budget,
): { readonly chain: Chain; readonly paths: Paths; readonly tables: readonly [Table, Table]; readonly q: Rational } {
  const q = centre(critical, at);
  const h = critical.factors.filter(({ inLeading }) => inLeading > 0).map(({ f }) => turned(f, q));
  const curve = parsePoly(toText(of));
  const tables = [tableOf(curve, q, []), tableOf(curve, q, h)] as const;
  const lift = (w: Point): Point => h.reduce<Point>((all, f) => times(all, valueAt(f, w)), { re: QQ.one, im: zero });
  const reach = extent(critical, q);
  const chain = discChain(tables, lift, 1 / reach, budget);
  return { chain, paths: pathsOf(chain, critical, q, reach), tables, q };
}

/** Two discs over one place below a branch point of the upper half-plane, with other values left and right of it; undefined without one. */
export function twoValuesStep(
  of: Polynomial,
  critical: CriticalData,
  budget: Budget,
): { readonly around: string; readonly discs: readonly string[]; readonly two: readonly string[] } | undefined {
  for (const place of critical.upper) {
    const { chain, paths, q } = start(of, critical, [], budget);
    const two = paths.goAround(place);
    if (two !== undefined) return { around: rationalToText(q), discs: chain.texts, two: two.map(String) };
  }
  return undefined;
}

/** A rational left of everything: w = 1/(z − q). */
function centre({ real, upper }: CriticalData, at: readonly Rational[]): Rational {
  const places = [...real.map(({ at: place }) => fine(place).lower), ...upper.map(({ re }) => re), ...at];
  const [lowest, highest] = [QQ.min, QQ.max].map((end) => places.reduce(end, places[0] ?? QQ.zero)) as [
    Rational,
    Rational,
  ];
  const width = QQ.max(QQ.sub(highest, lowest), QQ.mul(QQ.max(QQ.abs(lowest), QQ.abs(highest)), rational(1, 1000)));
  const room = QQ.isZero(width) ? QQ.one : width;
  return simple(QQ.sub(lowest, QQ.mul(room, rational(1, 2))), room);
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

/** How far the critical points are from q, roughly. */
function extent({ real, upper }: CriticalData, q: Rational): number {
  const from = rationalToNumber(q);
  const distances = [
    ...real.map(({ at }) => Math.abs(rationalToNumber(at.upper) - from)),
    ...upper.map(({ re, im }) => Math.hypot(rationalToNumber(re) - from, rationalToNumber(im))),
  ];
  return Math.max(...distances, Number.MIN_VALUE) || 1;
}

interface Paths {
  /** Whether the density is positive on the cell left of the critical point k. */
  decideCell(k: number): boolean;
  showPole(place: CriticalPlace, count: number): void;
  showPassing(place: CriticalPlace, lifted: readonly (readonly bigint[])[], q: Rational): void;
  tryGather(place: CriticalPlace, lifted: readonly (readonly bigint[])[], q: Rational): void;
  reachUpper(disc: UpperDisc): void;
  /** The indices of two discs over one place, reached on both sides of a critical point, that differ. */
  goAround(disc: UpperDisc): readonly [number, number] | undefined;
  showValue(x: Rational, digits: number): void;
}

function pathsOf(chain: Chain, critical: CriticalData, q: Rational, reach: number): Paths {
  const inverse = (z: Point): Point => {
    const [re, im] = [QQ.sub(z.re, q), z.im];
    const norm = QQ.add(QQ.mul(re, re), QQ.mul(im, im));
    return { re: QQ.div(re, norm), im: QQ.neg(QQ.div(im, norm)) };
  };
  const heights: Rational[] = [];
  for (let height = powerOfTwo(Math.ceil(Math.log2(reach)) + 2), k = 0; k < 200; k++) {
    heights.push(height);
    height = QQ.mul(height, QQ.half);
  }
  /** Down the vertical line above x, to a height below `lowest`; the places on the way. */
  const descend = function* (x: Rational, lowest: Rational): Generator<Link> {
    let here = chain.root;
    for (const height of heights) {
      here = chain.follow(here, inverse({ re: x, im: height }));
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
    return QQ.mul(
      others.reduce((a, b) => QQ.min(a, b), powerOfTwo(Math.ceil(Math.log2(reach)))),
      rational(1, 2),
    );
  };
  /** Comes down to a critical point until something is shown about it. */
  const approach = (place: CriticalPlace, show: (from: Link, w: Point) => boolean): boolean => {
    const x = simple(fine(place.at).lower, QQ.mul(room(place), rational(1, 64)));
    const w = inverse({ re: fine(place.at).lower, im: zero });
    const start = room(place);
    try {
      for (const link of descend(x, QQ.mul(start, powerOfTwo(-40)))) {
        const height = QQ.div(
          rational(link.x.im < 0n ? -link.x.im : link.x.im, 1n << BigInt(link.bits)),
          QQ.mul(w.re, w.re),
        );
        if (QQ.compare(height, start) < 0 && show(link, w)) return true;
      }
    } catch (error) {
      if (!(error instanceof LimitError) || error instanceof BudgetError) throw error;
    }
    return false;
  };
  return {
    decideCell(k) {
      const [left, right] = [critical.real[k - 1]!.at, critical.real[k]!.at];
      const x = middle(left, right);
      const gap = QQ.mul(QQ.sub(fine(right).lower, fine(left).upper), rational(1, 8));
      const above = last(descend(x, gap));
      const w = inverse({ re: x, im: zero });
      // Real where a disc about a real value can be linked; else followed to the axis.
      const real = chain.cover(above, w, { real: true });
      if (real !== undefined) return false;
      const end = chain.follow(above, w);
      if (chain.cover(end, w, { real: true }) !== undefined) return false;
      return true;
    },
    showPole(place, count) {
      const shown = approach(place, (from, w) => {
        if (count > 0 && chain.gather(from, w, count, "zero") !== undefined) return true;
        const alone = chain.cover(from, w, { lifted: true, real: true });
        if (alone !== undefined) return isAwayFromZero(alone);
        return [2, 3, 4, 5].some((many) => {
          const found = chain.gather(from, w, many, "pole");
          return found !== undefined && isAwayFromZero(found);
        });
      });
      if (!shown)
        throw new LimitError(
          `no disc was found that shows whether there is an atom near x = ${rationalToNumber(place.at.lower)}`,
        );
    },
    showPassing(place, lifted, at) {
      const count = vanishingRows(place, lifted, at);
      // A disc with one sheet, or one that keeps away from the real axis, says more than one in which all sheets vanish.
      const shown =
        approach(place, (from, w) => {
          if (chain.cover(from, w, {}) !== undefined) return true;
          return [2, 3, 4].some((many) => {
            const found = chain.gather(from, w, many, "value");
            return found !== undefined && (found.y.im < 0n ? -found.y.im : found.y.im) > found.radius;
          });
        }) ||
        (count > 1 && approach(place, (from, w) => chain.gather(from, w, count, "zero") !== undefined));
      if (!shown)
        throw new LimitError(
          `no disc was found that shows what the sheet does near x = ${rationalToNumber(place.at.lower)}`,
        );
    },
    tryGather(place, lifted, at) {
      const count = vanishingRows(place, lifted, at);
      if (count > 1) approach(place, (from, w) => chain.gather(from, w, count, "zero") !== undefined);
    },
    reachUpper({ re, im, radius }) {
      const w = inverse({ re, im });
      // |1/z − 1/z0| is about radius·|w|².
      const margin = QQ.mul(QQ.mul(radius, rational(4)), QQ.add(QQ.mul(w.re, w.re), QQ.mul(w.im, w.im)));
      chain.follow(chain.root, w, margin);
    },
    goAround({ re, im }) {
      const below = inverse({ re, im: QQ.mul(im, QQ.half) });
      const [left, right] = [QQ.neg(im), im].map((by) => {
        const x = QQ.add(re, QQ.mul(by, QQ.half));
        const beside = chain.follow(last(descend(x, im)), inverse({ re: x, im: QQ.mul(im, QQ.half) }));
        return chain.cover(chain.follow(beside, below), below, {});
      });
      if (left === undefined || right === undefined) return undefined;
      const bits = Math.max(left.bits, right.bits);
      const [a, b] = [left, right].map(({ y, bits: own }) => ({
        re: y.re << BigInt(bits - own),
        im: y.im << BigInt(bits - own),
      })) as [Gauss, Gauss];
      const radius = (left.radius << BigInt(bits - left.bits)) + (right.radius << BigInt(bits - right.bits));
      const apart = (a.re - b.re) ** 2n + (a.im - b.im) ** 2n >= radius ** 2n;
      return apart ? [left.index, right.index] : undefined;
    },
    showValue(x, digits) {
      const below = critical.real.filter(({ at }) => compareWithRational(at, x) < 0).length;
      if (critical.real.some(({ at }) => compareWithRational(at, x) === 0)) return;
      const near = critical.real
        .slice(Math.max(0, below - 1), below + 1)
        .map(({ at }) => QQ.abs(QQ.sub(fine(at).lower, x)));
      const gap = near.reduce((a, b) => QQ.min(a, b), powerOfTwo(Math.ceil(Math.log2(reach))));
      const w = inverse({ re: x, im: zero });
      const end = chain.follow(last(descend(x, QQ.mul(gap, rational(1, 8)))), w);
      const bits = end.bits + Math.ceil(digits * 3.33) + 60;
      const exact = chain.cover(end, w, { bits });
      if (exact !== undefined) chain.cover(exact, w, { bits, tight: true });
    },
  };
}

const isAwayFromZero = ({ y, radius }: Link): boolean => (y.re < 0n ? -y.re : y.re) > radius;

function vanishingRows(place: CriticalPlace, lifted: readonly (readonly bigint[])[], q: Rational): number {
  const f = turned(place.factor.f, q);
  return lifted.findIndex((row) => !divides(f, row));
}

const fine = (a: AlgebraicNumber): AlgebraicNumber => refine(a, 120);

/** A simple rational in the middle of the gap. */
function middle(left: AlgebraicNumber, right: AlgebraicNumber): Rational {
  const [low, high] = [fine(left).upper, fine(right).lower];
  return simple(QQ.midpoint(low, high), QQ.sub(high, low));
}
