// Each disc is found with doubles and kept only when the checker's own inequalities hold for it.
import { type Budget, LimitError } from "../core/index.js";
import { bitLength, QQ, type Rational, rational } from "../rings/index.js";
import { enclosure, type Gauss, type Point, pellet, type Table, taylor } from "../verify/index.js";

/** A disc of the chain; x, y, reach, radius and near count units of 2^-bits. */
export interface Link {
  readonly index: number;
  readonly lifted: boolean;
  readonly count: number;
  readonly bits: number;
  readonly x: Gauss;
  readonly y: Gauss;
  readonly reach: bigint;
  readonly radius: bigint;
  readonly near: bigint;
}

/** What a disc is to be: where, and how far it must reach beyond the middle of the one before. */
interface Wanted {
  readonly bits: number;
  readonly x: Gauss;
  /** In units of 2^-bits. */
  readonly reach: bigint;
  readonly lifted: boolean;
  /** Try a real value. */
  readonly real?: boolean;
}

export interface Chain {
  readonly texts: readonly string[];
  readonly root: Link;
  /** Along the segment to a place; every disc reaches `margin` farther than to the one before. LimitError where it comes to no end. */
  follow(from: Link, to: Point, margin?: Rational): Link;
  /** One disc about exactly the (rounded) place w that reaches the middle of `from`, or undefined where that cannot be shown. */
  cover(
    from: Link,
    w: Point,
    options: { readonly lifted?: boolean; readonly real?: boolean; readonly bits?: number; readonly tight?: boolean },
  ): Link | undefined;
  /**
   * A disc that holds `count` sheets, the physical one among them: about (w, 0) or (w, re y of `from`) in the lifted coordinate, or about
   * (w, y of `from`).
   */
  gather(from: Link, w: Point, count: number, about: "zero" | "pole" | "value"): Link | undefined;
}

const mostSteps = 600;

/** The chain of discs that begins at infinity. `lift` is h at a place. */
export function discChain(
  tables: readonly [Table, Table],
  lift: (w: Point) => Point,
  size: number,
  budget: Budget,
): Chain {
  const texts: string[] = [];
  const tableOf = (lifted: boolean): Table => tables[lifted ? 1 : 0];

  const add = (from: number, link: Omit<Link, "index">): Link => {
    const { lifted, count, bits, x, y, reach, radius } = link;
    texts.push([from, lifted ? 1 : 0, count, bits, x.re, x.im, y.re, y.im, reach, radius].join(" "));
    return { ...link, index: texts.length - 1 };
  };

  const start = (): Link => {
    const bits = 40 + Math.max(0, Math.ceil(Math.log2(size)));
    const one = 1n << BigInt(bits);
    const origin = { re: 0n, im: 0n };
    const coefficients = taylor(tableOf(false), bits, origin, { re: one, im: 0n });
    for (let shift = 0; shift < 200; shift++) {
      const reach = one / (1n << BigInt(shift)) / BigInt(Math.max(1, Math.floor(size)));
      for (const part of [2n, 4n, 8n, 16n, 64n, 256n, 4096n]) {
        const radius = one / part;
        if (!pellet(coefficients, 1, reach, radius)) continue;
        return add(-1, {
          lifted: false,
          count: 1,
          bits,
          x: origin,
          y: { re: one, im: 0n },
          reach,
          radius,
          near: enclosure(coefficients, radius),
        });
      }
    }
    throw new LimitError("no disc about infinity could be found");
  };

  /** y of a link in the coordinate that is wanted, in units of 2^-bits, with a bound of its error. */
  const valueIn = (from: Link, lifted: boolean, bits: number): { y: Gauss; near: bigint } => {
    const scale = 1n << BigInt(from.bits);
    let [re, im, near] = [from.y.re, from.y.im, from.near].map((n) => rational(n, scale)) as [
      Rational,
      Rational,
      Rational,
    ];
    if (lifted !== from.lifted) {
      const h = lift({ re: rational(from.x.re, scale), im: rational(from.x.im, scale) });
      const n = QQ.add(QQ.mul(h.re, h.re), QQ.mul(h.im, h.im));
      const factor = lifted ? h : { re: QQ.div(h.re, n), im: QQ.neg(QQ.div(h.im, n)) };
      [re, im] = [
        QQ.sub(QQ.mul(re, factor.re), QQ.mul(im, factor.im)),
        QQ.add(QQ.mul(re, factor.im), QQ.mul(im, factor.re)),
      ];
      near = QQ.mul(near, QQ.add(QQ.abs(factor.re), QQ.abs(factor.im)));
    }
    return { y: { re: inUnits(re, bits), im: inUnits(im, bits) }, near: inUnits(near, bits) + 2n };
  };

  const attempt = (from: Link, wanted: Wanted): Omit<Link, "index"> | undefined => {
    const { bits, x, lifted, real = false } = wanted;
    const table = tableOf(lifted);
    const { y: start, near } = valueIn(from, lifted, bits);
    let y: Gauss = real ? { re: start.re, im: 0n } : start;
    let coefficients = taylor(table, bits, x, y);
    for (let round = 0; round < 40; round++) {
      const step = quotient(coefficients[0]![0]!, coefficients[1]?.[0]);
      if (step === undefined) return undefined;
      const next = { re: y.re - step.re, im: real ? 0n : y.im - step.im };
      const size = length(step);
      if (size <= 1n && round > 0) break;
      y = next;
      coefficients = taylor(table, bits, x, y);
    }
    const needed = length({ re: y.re - start.re, im: y.im - start.im }) + near + 2n;
    // Radii from what is needed upwards: the smallest that passes, then a larger one if it does too.
    for (let radius = needed + needed / 16n + 2n, tries = 0; tries < 60; tries++) {
      if (pellet(coefficients, 1, wanted.reach, radius)) {
        return { lifted, count: 1, bits, x, y, reach: wanted.reach, radius, near: enclosure(coefficients, radius) };
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
      const target = { re: inUnits(to.re, bits), im: inUnits(to.im, bits) };
      const at = places(here, bits);
      const rest = { re: target.re - at.re, im: target.im - at.im };
      if (rest.re === 0n && rest.im === 0n) return here;
      const part = BigInt(Math.max(1, Math.floor(Math.min(1, share) * 2 ** 40)));
      const x = share >= 1 ? target : { re: at.re + ((rest.re * part) >> 40n), im: at.im + ((rest.im * part) >> 40n) };
      const way = length({ re: x.re - at.re, im: x.im - at.im });
      if (way < 64n || share < 2 ** -36) throw new LimitError("two sheets come too close for a chain of discs");
      const extra = margin.num === 0n ? 0n : inUnits(margin, bits) * 2n + 8n;
      const found = attempt(here, { bits, x, reach: way + way / 64n + 4n + extra, lifted: false });
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
    texts,
    root: start(),
    follow,
    cover(from, w, options) {
      const { lifted = false, real = false, tight = false } = options;
      const bits = options.bits ?? Math.max(from.bits, placesFor(from, w));
      const x = { re: inUnits(w.re, bits), im: inUnits(w.im, bits) };
      const at = places(from, bits);
      const way = length({ re: x.re - at.re, im: x.im - at.im });
      const reach = tight ? way + 1n : way + way / 64n + 4n;
      const found = attempt(from, { bits, x, reach, lifted, real });
      return found === undefined ? undefined : add(from.index, found);
    },
    gather(from, w, count, about) {
      const bits = Math.max(from.bits, placesFor(from, w));
      const lifted = about !== "value";
      const x = { re: inUnits(w.re, bits), im: inUnits(w.im, bits) };
      const at = places(from, bits);
      const way = length({ re: x.re - at.re, im: x.im - at.im });
      const { y: start, near } = valueIn(from, lifted, bits);
      const y = about === "zero" ? { re: 0n, im: 0n } : about === "pole" ? { re: start.re, im: 0n } : start;
      const coefficients = taylor(tableOf(lifted), bits, x, y);
      const needed = length({ re: y.re - start.re, im: y.im - start.im }) + near + 2n;
      const reach = way + way / 64n + 4n;
      const largest = 2n * length(y) + (4n << BigInt(bits));
      for (let radius = needed + needed / 16n + 2n; radius < largest; radius *= 2n) {
        if (pellet(coefficients, count, reach, radius)) {
          return add(from.index, { lifted, count, bits, x, y, reach, radius, near: radius });
        }
      }
      return undefined;
    },
  };
}

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
