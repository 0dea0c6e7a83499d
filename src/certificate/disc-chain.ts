// Each disc is found with doubles and kept only when the checker's own inequalities hold for it.
import { type Budget, LimitError } from "../core/index.js";
import { bitLength, QQ, type Rational, rational } from "../rings/index.js";
import { type Chart, enclosure, type Gauss, pellet, plus, taylor, times, valueAt } from "../verify/index.js";

/** A complex number with rational parts. */
export interface Point {
  readonly re: Rational;
  readonly im: Rational;
}

/** A disc of the chain; x, y, reach, radius and near count units of 2^-bits. */
export interface Link {
  readonly index: number;
  /** The index of the one before, −1 at infinity. */
  readonly from: number;
  /** The index of its chart; 0 is that of m. */
  readonly chart: number;
  readonly count: number;
  readonly bits: number;
  readonly x: Gauss;
  readonly y: Gauss;
  readonly reach: bigint;
  readonly radius: bigint;
  readonly near: bigint;
}

/** Where the branch m = −1/(z − q) − … is alone: for |z − q| ≥ 2^e, where |(z − q) m + 1| < 2^-d. */
export interface Outside {
  readonly q: Rational;
  readonly e: number;
  readonly d: number;
}

export interface Chain {
  readonly links: readonly Link[];
  /** The disc next to infinity above x, which reaches `margin`. */
  begin(x: Rational, margin?: Rational): Link;
  /** Along the segment to a place; every disc reaches `margin` farther than to the one before. LimitError where it comes to no end. */
  follow(from: Link, to: Point, margin?: Rational): Link;
  /** One disc about exactly the (rounded) place that reaches the middle of `from`, or undefined where that cannot be shown. */
  cover(
    from: Link,
    to: Point,
    options: { readonly chart?: number; readonly real?: boolean; readonly bits?: number; readonly tight?: boolean },
  ): Link | undefined;
  /** A disc that holds `count` points, the physical one among them: about y = 0, the real part of y of `from`, or its y. */
  gather(from: Link, to: Point, count: number, about: "zero" | "real" | "value", chart: number): Link | undefined;
}

/** What a disc is to be: where, and how far it must reach beyond the middle of the one before. */
interface Wanted {
  readonly bits: number;
  readonly x: Gauss;
  /** In units of 2^-bits. */
  readonly reach: bigint;
  readonly chart: number;
  /** Try a real value. */
  readonly real?: boolean;
}

/** A disc with its reasons, before it has its place in the chain. */
type Found = Omit<Link, "index" | "from">;

const mostSteps = 600;

/** The chain of discs that begins at infinity. */
export function discChain(charts: readonly Chart[], { q, e, d }: Outside, budget: Budget): Chain {
  const links: Link[] = [];

  const add = (from: number, link: Found): Link => {
    links.push({ ...link, from, index: links.length });
    return links.at(-1)!;
  };

  /** y of a link in m in a chart, in units of 2^-bits, with a bound of its error. */
  const valueIn = (from: Link, chart: number, bits: number): { readonly y: Gauss; readonly near: bigint } => {
    const scale = 1n << BigInt(from.bits);
    const [x, m] = [from.x, from.y].map(({ re, im }) => ({ re: rational(re, scale), im: rational(im, scale) })) as [
      Point,
      Point,
    ];
    const near = rational(from.near, scale);
    if (chart === from.chart) return { y: inUnitsOf(m, bits), near: inUnits(near, bits) + 2n };
    const [h, g] = [charts[chart]!.h, charts[chart]!.g].map((f) => exactValue(f, x)) as [Point, Point];
    const y = { re: QQ.sub(product(h, m).re, g.re), im: QQ.sub(product(h, m).im, g.im) };
    return {
      y: inUnitsOf(y, bits),
      near: inUnits(QQ.mul(near, QQ.add(QQ.abs(h.re), QQ.abs(h.im))), bits) + 2n,
    };
  };

  const attempt = (from: Link, wanted: Wanted): Found | undefined => {
    const { bits, x, chart, real = false } = wanted;
    const { y: start, near } = valueIn(from, chart, bits);
    let y: Gauss = real ? { re: start.re, im: 0n } : start;
    const values = fibre(charts[chart]!, bits, x);
    for (let round = 0; round < 40; round++) {
      const step = quotient(...valueAndSlope(values, y));
      if (step === undefined) return undefined;
      y = { re: y.re - step.re, im: real ? 0n : y.im - step.im };
      if (length(step) <= 1n) break;
    }
    const sizes = taylor(charts[chart]!.table, bits, x, y);
    const isLikely = guessing(sizes, 1, wanted.reach);
    const needed = length({ re: y.re - start.re, im: y.im - start.im }) + near + 2n;
    // Radii from what is needed upwards: the smallest that passes, then a larger one if it does too.
    for (let radius = needed + needed / 16n + 2n, tries = 0; tries < 60; tries++) {
      if (isLikely(radius) && pellet(sizes, 1, wanted.reach, radius)) {
        return { chart, count: 1, bits, x, y, reach: wanted.reach, radius, near: enclosure(sizes, radius) };
      }
      radius = (radius * 7n) / 4n + 1n;
    }
    return undefined;
  };

  const places = (from: Link, bits: number): Gauss => rescaled(from.x, from.bits, bits);

  const follow = (from: Link, to: Point, margin: Rational = QQ.zero): Link => {
    let here = from;
    let share = 1; // of the way that is left, to be tried next
    for (let steps = 0; steps < mostSteps; steps++) {
      budget.spend(5, "looking for a chain of discs");
      const bits = Math.max(here.bits, placesFor(here, to));
      const target = inUnitsOf(to, bits);
      const at = places(here, bits);
      const rest = { re: target.re - at.re, im: target.im - at.im };
      if (rest.re === 0n && rest.im === 0n) return here;
      const part = BigInt(Math.max(1, Math.floor(Math.min(1, share) * 2 ** 40)));
      const x = share >= 1 ? target : { re: at.re + ((rest.re * part) >> 40n), im: at.im + ((rest.im * part) >> 40n) };
      const way = length({ re: x.re - at.re, im: x.im - at.im });
      if (way < 64n || share < 2 ** -36) throw new LimitError("two sheets come too close for a chain of discs");
      const extra = margin.num === 0n ? 0n : inUnits(margin, bits) * 2n + 8n;
      const found = attempt(here, { bits, x, reach: way + way / 64n + 4n + extra, chart: 0 });
      if (found === undefined) {
        share /= 2;
        continue;
      }
      here = add(here.index, found);
      if (share >= 1) return here;
      // The same step, seen from the end of it, and a half more.
      share = (1.5 * share) / (1 - share);
    }
    throw new LimitError("a chain of discs has too many links");
  };

  return {
    links,
    begin(x, margin = QQ.zero) {
      const bits = 48 + d + Math.abs(e) + Math.max(0, bitLength(x.den) - 1);
      const at = { re: inUnits(x, bits), im: 1n << BigInt(bits + e) };
      // −1/(z − q).
      const z = { re: QQ.sub(rational(at.re, 1n << BigInt(bits)), q), im: rational(at.im, 1n << BigInt(bits)) };
      const norm = QQ.add(QQ.mul(z.re, z.re), QQ.mul(z.im, z.im));
      const y = inUnitsOf({ re: QQ.neg(QQ.div(z.re, norm)), im: QQ.div(z.im, norm) }, bits);
      const near = (1n << BigInt(bits - d - e)) + 2n;
      const outside = { index: -1, from: -1, chart: 0, count: 1, bits, x: at, y, reach: 0n, radius: near, near };
      const found = attempt(outside, { bits, x: at, reach: inUnits(margin, bits) * 2n + 8n, chart: 0 });
      if (found === undefined) throw new LimitError("no disc next to infinity could be found");
      return add(-1, found);
    },
    follow,
    cover(from, to, options) {
      const { chart = 0, real = false, tight = false } = options;
      const bits = options.bits ?? Math.max(from.bits, placesFor(from, to));
      const x = inUnitsOf(to, bits);
      const at = places(from, bits);
      const way = length({ re: x.re - at.re, im: x.im - at.im });
      const reach = tight ? way + 1n : way + way / 64n + 4n;
      const found = attempt(from, { bits, x, reach, chart, real });
      return found === undefined ? undefined : add(from.index, found);
    },
    gather(from, to, count, about, chart) {
      const bits = Math.max(from.bits, placesFor(from, to));
      const x = inUnitsOf(to, bits);
      const at = places(from, bits);
      const way = length({ re: x.re - at.re, im: x.im - at.im });
      const { y: start, near } = valueIn(from, chart, bits);
      const y = about === "zero" ? { re: 0n, im: 0n } : about === "real" ? { re: start.re, im: 0n } : start;
      const sizes = taylor(charts[chart]!.table, bits, x, y);
      const needed = length({ re: y.re - start.re, im: y.im - start.im }) + near + 2n;
      const reach = way + way / 64n + 4n;
      const isLikely = guessing(sizes, count, reach);
      const largest = 2n * length(y) + (4n << BigInt(bits));
      for (let radius = needed + needed / 16n + 2n; radius < largest; radius *= 2n) {
        if (isLikely(radius) && pellet(sizes, count, reach, radius)) {
          return add(from.index, { chart, count, bits, x, y, reach, radius, near: radius });
        }
      }
      return undefined;
    },
  };
}

/** Whether Pellet's test with a radius is about to pass, in doubles: what it says is tried, and what it denies is not. */
function guessing(sizes: ReturnType<typeof taylor>, count: number, reach: bigint): (radius: bigint) => boolean {
  const base = logOf(reach);
  const terms = sizes.flatMap((column, i) =>
    column.map(([, size], j) => ({ j, log: logOf(size) + (i === 0 ? 0 : i * base), isMain: i === 0 && j === count })),
  );
  const main = terms.find(({ isMain }) => isMain)?.log ?? Number.NEGATIVE_INFINITY;
  return (radius) => {
    const slope = logOf(radius);
    const share = terms.reduce(
      (sum, { j, log, isMain }) => sum + (isMain ? 0 : 2 ** (log - main + (j - count) * slope)),
      0,
    );
    return share < 1.001;
  };
}

/** log2 of a natural number. */
function logOf(n: bigint): number {
  const excess = Math.max(0, bitLength(n) - 53);
  return Math.log2(Number(n >> BigInt(excess))) + excess;
}

/** The coefficients of the powers of y in the fibre over x, times a common power of two, for y in units of 2^-bits. */
function fibre({ table }: Chart, bits: number, x: Gauss): readonly Gauss[] {
  const all = table.length - 2 + Math.max(...table.map((row) => row.length));
  return table.map((row, j) => valueAt(row, x, bits, all - j));
}

/** Of a polynomial and its derivative at y. */
function valueAndSlope(values: readonly Gauss[], y: Gauss): readonly [Gauss, Gauss] {
  const zero = { re: 0n, im: 0n };
  return values.reduceRight<readonly [Gauss, Gauss]>(
    ([value, slope], c) => [plus(times(value, y), c), plus(times(slope, y), value)],
    [zero, zero],
  );
}

const product = (a: Point, b: Point): Point => ({
  re: QQ.sub(QQ.mul(a.re, b.re), QQ.mul(a.im, b.im)),
  im: QQ.add(QQ.mul(a.re, b.im), QQ.mul(a.im, b.re)),
});

const exactValue = (f: readonly bigint[], x: Point): Point =>
  f.reduceRight<Point>(
    (sum, c) => {
      const { re, im } = product(sum, x);
      return { re: QQ.add(re, rational(c)), im };
    },
    { re: QQ.zero, im: QQ.zero },
  );

/** Binary places with which the way to a place and the fibre are resolved. */
function placesFor(from: Link, to: Point): number {
  const way = QQ.add(
    QQ.abs(QQ.sub(to.re, rational(from.x.re, 1n << BigInt(from.bits)))),
    QQ.abs(QQ.sub(to.im, rational(from.x.im, 1n << BigInt(from.bits)))),
  );
  const small = (r: Rational): number => (r.num === 0n ? 0 : bitLength(r.den) - bitLength(r.num));
  return 44 + Math.max(0, small(way), from.bits - bitLength(from.radius));
}

const inUnits = (r: Rational, bits: number): bigint => QQ.round(QQ.mul(r, rational(1n << BigInt(bits))));
const inUnitsOf = ({ re, im }: Point, bits: number): Gauss => ({ re: inUnits(re, bits), im: inUnits(im, bits) });
function rescaled({ re, im }: Gauss, from: number, to: number): Gauss {
  if (to >= from) return { re: re << BigInt(to - from), im: im << BigInt(to - from) };
  return { re: re >> BigInt(from - to), im: im >> BigInt(from - to) };
}

/** |a| for integers, rounded up a little. */
function length({ re, im }: Gauss): bigint {
  const excess = Math.max(0, Math.max(bitLength(re), bitLength(im)) - 50);
  const shift = BigInt(excess);
  const value = Math.hypot(Number(re >> shift), Number(im >> shift));
  return (BigInt(Math.ceil(value * (1 + 1e-12))) + 1n) << shift;
}

/** a/b, rounded to an integer; undefined for b = 0. */
function quotient(a: Gauss, b: Gauss | undefined): Gauss | undefined {
  const norm = b === undefined ? 0n : b.re * b.re + b.im * b.im;
  if (b === undefined || norm === 0n) return undefined;
  const rounded = (n: bigint): bigint => (2n * n + norm) / (2n * norm);
  return { re: rounded(a.re * b.re + a.im * b.im), im: rounded(a.im * b.re - a.re * b.im) };
}
