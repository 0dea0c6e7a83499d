// The chain of discs that follows the physical sheet from infinity to every place that an answer needs.
import { type Budget, BudgetError, LimitError } from "../core/index.js";
import type { Law } from "../law/index.js";
import { toText } from "../poly/index.js";
import { QQ, type Rational, rational, rationalToNumber, rationalToText } from "../rings/index.js";
import { type AlgebraicNumber, compareWithRational, refine } from "../roots/index.js";
import { parsePoly, tableOf, turned } from "../verify/index.js";
import type { Step } from "./certificate.js";
import type { CriticalData, CriticalPlace, UpperDisc } from "./critical-step.js";
import { type Chain, discChain, type Link, type Place } from "./disc-chain.js";

/** What of the sheet an answer needs beside the cells, the poles and the upper half-plane. */
export interface Needs {
  /** What the sheet does at real critical points where nothing changes: only at those inside the density, or at all. */
  readonly passing: "inside" | "everywhere";
  /** Values of the density at these places, to so many digits. */
  readonly at: readonly Rational[];
  readonly digits: number;
}

const zero = QQ.zero;

export function sheetStep(law: Law, critical: CriticalData, needs: Needs, budget: Budget): Omit<Step, "kind" | "of"> {
  const q = centre(critical, needs.at);
  const h = critical.factors.filter(({ inLeading }) => inLeading > 0).map(({ f }) => turned(f, q));
  const curve = parsePoly(toText(law.curve));
  const tables = [tableOf(curve, q, []), tableOf(curve, q, h)] as const;
  const lift = (w: Place): Place => h.reduce<Place>((all, f) => times(all, valueAt(f, w)), { re: QQ.one, im: zero });
  const reach = extent(critical, q);
  const chain = discChain(tables, lift, 1 / reach, budget);
  const paths = pathsOf(chain, critical, q, reach);
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
    if (left === right && (left || needs.passing === "everywhere") && place.factor.power > place.factor.inLeading)
      paths.showPassing(place, tables[1], q);
    else if (left !== right && place.factor.power - place.factor.inLeading > 1) paths.tryGather(place, tables[1], q);
  });
  for (const disc of critical.upper) paths.reachUpper(disc);
  for (const x of needs.at) paths.showValue(x, needs.digits);
  return { around: rationalToText(q), discs: chain.texts };
}

/** A rational left of everything: w = 1/(z − q). */
function centre({ cuts }: CriticalData, at: readonly Rational[]): Rational {
  const lowest = [...cuts, ...at].reduce((a, b) => (QQ.compare(a, b) <= 0 ? a : b));
  const highest = [...cuts, ...at].reduce((a, b) => (QQ.compare(a, b) >= 0 ? a : b));
  const width = QQ.max(QQ.sub(highest, lowest), QQ.mul(QQ.max(QQ.abs(lowest), QQ.abs(highest)), rational(1, 1000)));
  return simple(QQ.sub(lowest, QQ.mul(QQ.isZero(width) ? QQ.one : width, rational(1, 4))), width);
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
  showValue(x: Rational, digits: number): void;
}

function pathsOf(chain: Chain, critical: CriticalData, q: Rational, reach: number): Paths {
  const inverse = (z: Place): Place => {
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
  const approach = (place: CriticalPlace, show: (from: Link, w: Place) => boolean): boolean => {
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
        const found = chain.cover(from, w, { lifted: true, real: true });
        return found !== undefined && (found.y.re < 0n ? -found.y.re : found.y.re) > found.radius;
      });
      if (!shown)
        throw new LimitError(
          `no disc was found that shows whether there is an atom near x = ${rationalToNumber(place.at.lower)}`,
        );
    },
    showPassing(place, lifted, at) {
      const count = vanishingRows(place, lifted, at);
      const shown = approach(place, (from, w) => {
        if (chain.cover(from, w, {}) !== undefined) return true;
        if (count > 1 && chain.gather(from, w, count, "zero") !== undefined) return true;
        return [2, 3, 4].some((many) => {
          const found = chain.gather(from, w, many, "value");
          return found !== undefined && (found.y.im < 0n ? -found.y.im : found.y.im) > found.radius;
        });
      });
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

function vanishingRows(place: CriticalPlace, lifted: readonly (readonly bigint[])[], q: Rational): number {
  const f = turned(place.factor.f, q);
  return lifted.findIndex((row) => !divides(f, row));
}

function divides(f: readonly bigint[], row: readonly bigint[]): boolean {
  const rest = [...row];
  for (let k = row.length - f.length; k >= 0; k--) {
    const top = rest[k + f.length - 1]!;
    if (top % f.at(-1)! !== 0n) return false;
    const c = top / f.at(-1)!;
    f.forEach((d, i) => {
      rest[k + i] = rest[k + i]! - c * d;
    });
  }
  return rest.every((c) => c === 0n);
}

const fine = (a: AlgebraicNumber): AlgebraicNumber => refine(a, 120);

/** A simple rational in the middle of the gap. */
function middle(left: AlgebraicNumber, right: AlgebraicNumber): Rational {
  const [low, high] = [fine(left).upper, fine(right).lower];
  return simple(QQ.midpoint(low, high), QQ.sub(high, low));
}

const powerOfTwo = (n: number): Rational => (n >= 0 ? rational(1n << BigInt(n)) : rational(1n, 1n << BigInt(-n)));

const times = (a: Place, b: Place): Place => ({
  re: QQ.sub(QQ.mul(a.re, b.re), QQ.mul(a.im, b.im)),
  im: QQ.add(QQ.mul(a.re, b.im), QQ.mul(a.im, b.re)),
});

const valueAt = (f: readonly bigint[], w: Place): Place =>
  f.reduceRight<Place>(
    (sum, c) => {
      const { re, im } = times(sum, w);
      return { re: QQ.add(re, QQ.fromInteger(c)), im };
    },
    { re: zero, im: zero },
  );
