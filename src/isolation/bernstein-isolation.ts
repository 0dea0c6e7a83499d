import { type Budget, unlimited } from "../core/index.js";
import type { IntegerPoly } from "../univariate/index.js";
import { signVariations } from "./continued-fraction-isolation.js";
import { leadingBits } from "./leading-bits.js";

/** The interval from lower/2^level to upper/2^level, a part of [0, 1]. */
export interface UnitInterval {
  readonly lower: bigint;
  readonly upper: bigint;
  readonly level: number;
}

/** What the search says of an interval: one root inside, with an estimate of it, or undecided at this depth. */
export interface BernsteinFinding {
  readonly interval: UnitInterval;
  readonly isolated: boolean;
  /** An approximation of the one root, as its position between the ends of the interval, 0 … 1; an estimate. */
  readonly position: number;
}

/** Bernstein coefficients on an interval in doubles: |error of coeffs[k]| <= operations * 2^-53 * sizes[k] + blur. */
interface Doubles {
  readonly coeffs: Float64Array;
  readonly sizes: Float64Array;
  readonly operations: number;
  readonly blur: number;
}

/** Bernstein coefficients on an interval as integers times one power of two: every error is at most `error` units. */
interface FixedPoint {
  readonly coeffs: readonly bigint[];
  readonly error: bigint;
  readonly bits: number;
}

/** The two parts of a split at a point, in sixteenths, where the value has a certain sign. */
interface Halves {
  readonly at: number;
  readonly parts: readonly [Part, Part];
}

interface Part {
  readonly doubles: Doubles;
  readonly fixed: FixedPoint | undefined;
}

interface Node {
  readonly interval: UnitInterval;
  readonly depth: number;
  readonly parent: Node | undefined;
  /** The split of the parent that made this node, in sixteenths, and which side it is. */
  readonly split: number;
  readonly side: 0 | 1;
  fixed: FixedPoint | undefined;
}

const unitRoundoff = 2 ** -53;
/** Below this depth bisection is given up: the interval holds a cluster, or a root very near its end. */
const deepest = 56;
/** Split points in sixteenths, in the order in which they are tried. */
const splits = [8, 7, 9, 6, 10, 5, 11];

/**
 * Disjoint open intervals in ascending order that together hold every t in (0, 1) with (1 - t)^n p(2^scale * t/(1 - t)) = 0, that is
 * every positive root of the square-free polynomial p of degree n with p(0) not 0. The Bernstein coefficients there are
 * c_k 2^(scale*k)/binomial(n, k), and Descartes' rule in Bernstein form is applied to halves by de Casteljau's algorithm: in
 * doubles with a running error bound, and where these leave a sign open in fixed point of doubled precision
 * [Rouillier & Zimmermann, J. Comput. Appl. Math. 162 (2004); Eigenwillig et al., CASC 2005]. A finding with `isolated` false was
 * given up at depth 56 or at the precision limit; no end of an interval inside (0, 1) is a root. O(n^2) operations for each interval.
 */
export function isolateInBernsteinForm(p: IntegerPoly, scale: number, budget: Budget = unlimited): BernsteinFinding[] {
  const n = p.length - 1;
  const search = new BernsteinSearch(p, scale);
  const found: BernsteinFinding[] = [];
  const whole: Node = {
    interval: { lower: 0n, upper: 1n, level: 0 },
    depth: 0,
    parent: undefined,
    split: 0,
    side: 0,
    fixed: undefined,
  };
  const stack: { node: Node; doubles: Doubles; fresh: boolean }[] = [
    { node: whole, doubles: search.start(), fresh: false },
  ];
  const work = 1 + (n * n) / 2000;
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    budget.spend(work, "isolating real roots");
    const { node } = item;
    let { doubles, fresh } = item;
    let variations = countVariations(doubles);
    if (variations === undefined && !fresh) {
      const refreshed = search.refresh(node);
      if (refreshed === undefined) {
        found.push({ interval: node.interval, isolated: false, position: 0.5 });
        continue;
      }
      doubles = refreshed;
      fresh = true;
      variations = countVariations(doubles);
    }
    if (variations === 0) continue;
    if (variations === 1) {
      found.push({ interval: node.interval, isolated: true, position: rootPosition(doubles.coeffs) });
      continue;
    }
    const halves = node.depth < deepest ? (splitDoubles(doubles) ?? search.splitInFixedPoint(node)) : undefined;
    if (halves === undefined) {
      found.push({ interval: node.interval, isolated: false, position: 0.5 });
      continue;
    }
    const { at } = halves;
    for (const side of [1, 0] as const) {
      const part = halves.parts[side];
      const interval = partOf(node.interval, at, side);
      const child: Node = { interval, depth: node.depth + 1, parent: node, split: at, side, fixed: part.fixed };
      stack.push({ node: child, doubles: part.doubles, fresh: part.fixed !== undefined });
    }
  }
  return found;
}

/** The part of an interval on one side of a point given in sixteenths. */
function partOf(interval: UnitInterval, at: number, side: 0 | 1): UnitInterval {
  const { lower, upper, level } = interval;
  if (at === 8) {
    const middle = lower + upper;
    return side === 0
      ? { lower: 2n * lower, upper: middle, level: level + 1 }
      : { lower: middle, upper: 2n * upper, level: level + 1 };
  }
  const middle = lower * BigInt(16 - at) + upper * BigInt(at);
  return side === 0
    ? { lower: 16n * lower, upper: middle, level: level + 4 }
    : { lower: middle, upper: 16n * upper, level: level + 4 };
}

/**
 * The number of sign changes when the signs that are certain decide whether it is 0 or 1, else 2 for "at least 2"; undefined when
 * neither is certain.
 */
function countVariations(doubles: Doubles): 0 | 1 | 2 | undefined {
  const { coeffs, sizes, blur } = doubles;
  const relative = doubles.operations * unitRoundoff;
  let least: 0 | 1 = 0;
  let undecided = false;
  let openRun = 0;
  let previous = 0;
  for (let k = 0; k < coeffs.length; k++) {
    const c = coeffs[k]!;
    if (Math.abs(c) <= relative * sizes[k]! + blur) {
      openRun += 1;
      continue;
    }
    const sign = c > 0 ? 1 : -1;
    if (sign === -previous) {
      if (least === 1) return 2;
      least = 1;
      // One open sign between two different ones leaves the one change; two may add a pair.
      if (openRun > 1) undecided = true;
    } else if (openRun > 0) undecided = true;
    previous = sign;
    openRun = 0;
  }
  return undecided || openRun > 0 ? undefined : least;
}

/** The two parts at the first split point where the value has a certain sign. */
function splitDoubles(doubles: Doubles): Halves | undefined {
  const n = doubles.coeffs.length - 1;
  for (const at of splits) {
    const right = doubles.coeffs.slice();
    const left = deCasteljau(right, at);
    const sizesRight = doubles.sizes.slice();
    const sizesLeft = deCasteljau(sizesRight, at);
    // Roundings of the values and of the sizes; a sum of two products has two on every path.
    const operations = doubles.operations * (1 + 2 ** -30) + (at === 8 ? 2 : 4) * (n + 1);
    const blur = doubles.blur * (1 + 2 ** -30);
    if (Math.abs(right[0]!) <= operations * unitRoundoff * sizesRight[0]! + blur) continue;
    return {
      at,
      parts: [
        { doubles: { coeffs: left, sizes: sizesLeft, operations, blur }, fixed: undefined },
        { doubles: { coeffs: right, sizes: sizesRight, operations, blur }, fixed: undefined },
      ],
    };
  }
  return undefined;
}

/** Replaces the coefficients on [0, 1] by those on [at/16, 1] and returns those on [0, at/16]. */
function deCasteljau(b: Float64Array, at: number): Float64Array {
  const n = b.length - 1;
  const left = new Float64Array(n + 1);
  left[0] = b[0]!;
  if (at === 8) {
    for (let j = 1; j <= n; j++) {
      let current = b[0]!;
      for (let k = 0; k <= n - j; k++) {
        const next = b[k + 1]!;
        b[k] = (current + next) * 0.5;
        current = next;
      }
      left[j] = b[0]!;
    }
    return left;
  }
  const t = at / 16;
  const s = 1 - t;
  for (let j = 1; j <= n; j++) {
    for (let k = 0; k <= n - j; k++) b[k] = s * b[k]! + t * b[k + 1]!;
    left[j] = b[0]!;
  }
  return left;
}

/** The value at t of Bernstein coefficients up to a positive factor that is smooth in each half of [0, 1]; O(n). */
function valueAt(b: Float64Array, t: number, lowerHalf: boolean): number {
  const n = b.length - 1;
  // Horner's rule in t/(1 - t) or in its reciprocal.
  if (lowerHalf) {
    const r = t / (1 - t);
    let value = b[n]!;
    for (let k = n - 1; k >= 0; k--) value = value * (((n - k) / (k + 1)) * r) + b[k]!;
    return value;
  }
  const r = (1 - t) / t;
  let value = b[0]!;
  for (let k = 1; k <= n; k++) value = value * ((k / (n - k + 1)) * r) + b[k]!;
  return value;
}

/** Where the one root lies in [0, 1], by regula falsi (Illinois) in the half that holds it; an estimate. */
function rootPosition(b: Float64Array): number {
  const lowerHalf = valueAt(b, 0.5, true) < 0 !== b[0]! < 0;
  let [x0, x1] = lowerHalf ? [0, 0.5] : [0.5, 1];
  let [y0, y1] = [valueAt(b, x0, lowerHalf), valueAt(b, x1, lowerHalf)];
  for (let step = 0; step < 50 && Math.abs(x1 - x0) > 2 ** -50; step++) {
    const middle = step % 4 === 3 ? (x0 + x1) / 2 : x1 - (y1 * (x1 - x0)) / (y1 - y0);
    const x = middle > 0 && middle < 1 ? middle : (x0 + x1) / 2;
    const y = valueAt(b, x, lowerHalf);
    if (y === 0 || x === x1) return x;
    if (y < 0 !== y1 < 0) [x0, y0] = [x1, y1];
    else y0 /= 2;
    [x1, y1] = [x, y];
  }
  return x1;
}

/** The Bernstein coefficients of one polynomial, in doubles and in fixed point of growing precision. */
class BernsteinSearch {
  readonly #p: IntegerPoly;
  readonly #scale: number;
  readonly #binomials: readonly bigint[];
  /** An exponent e with all coefficients below 2^e. */
  readonly #top: number;
  #bits: number;
  readonly #mostBits: number;
  /** How many more splits may be made in fixed point: a cluster that asks for more is left to another method. */
  #patience: number;

  constructor(p: IntegerPoly, scale: number) {
    const n = p.length - 1;
    this.#p = p;
    this.#scale = scale;
    const binomials = [1n];
    for (let k = 1; k <= n; k++) binomials.push((binomials[k - 1]! * BigInt(n - k + 1)) / BigInt(k));
    this.#binomials = binomials;
    let top = Number.NEGATIVE_INFINITY;
    let least = Number.POSITIVE_INFINITY;
    p.forEach((c, k) => {
      if (c === 0n) return;
      const size = leadingBits(c).exponent + scale * k - leadingBits(binomials[k]!).exponent;
      top = Math.max(top, size + 55);
      least = Math.min(least, size);
    });
    this.#top = top;
    this.#bits = Math.min(top - least + 64, 2 * n + 128);
    this.#mostBits = 8 * (top - least + 64 + n);
    this.#patience = 24 + 4 * signVariations(p);
  }

  /** The coefficients on [0, 1] in doubles. */
  start(): Doubles {
    const n = this.#p.length - 1;
    const coeffs = new Float64Array(n + 1);
    const sizes = new Float64Array(n + 1);
    for (let k = 0; k <= n; k++) {
      const c = this.#p[k]!;
      if (c !== 0n) {
        const top = leadingBits(c);
        const bottom = leadingBits(this.#binomials[k]!);
        const exponent = top.exponent + this.#scale * k - bottom.exponent - this.#top + 900;
        coeffs[k] = exponent < -1000 ? 0 : (top.mantissa / bottom.mantissa) * 2 ** exponent;
      }
      // What is lost to underflow, here and later, stays far below this.
      sizes[k] = Math.abs(coeffs[k]!) + 2 ** -900;
    }
    return { coeffs, sizes, operations: 4, blur: 0 };
  }

  /** The coefficients on the interval of a node anew from fixed point, good to about 53 bits; undefined at the precision limit. */
  refresh(node: Node): Doubles | undefined {
    do {
      if (this.#patience <= 0) return undefined;
      const fixed = this.#fixedOf(node);
      const endsKnown = isCertain(fixed.coeffs[0]!, fixed) && isCertain(fixed.coeffs.at(-1)!, fixed);
      const largest = largestOf(fixed.coeffs);
      if (endsKnown && largest >> 52n > fixed.error) return toDoubles(fixed, largest);
    } while (this.#raisePrecision());
    return undefined;
  }

  /** As {@link splitDoubles} in fixed point, of higher precision when it must be; undefined at the precision limit. */
  splitInFixedPoint(node: Node): Halves | undefined {
    do {
      if (this.#patience <= 0) return undefined;
      const whole = this.#fixedOf(node);
      for (const at of splits) {
        const left = partInFixedPoint(whole, at, 0);
        if (!isCertain(left.coeffs.at(-1)!, left)) continue;
        const part = (fixed: FixedPoint): Part => ({ doubles: toDoubles(fixed, largestOf(fixed.coeffs)), fixed });
        return { at, parts: [part(left), part(partInFixedPoint(whole, at, 1))] };
      }
    } while (this.#raisePrecision());
    return undefined;
  }

  #raisePrecision(): boolean {
    if (2 * this.#bits > this.#mostBits) return false;
    this.#bits *= 2;
    return true;
  }

  #fixedOf(node: Node): FixedPoint {
    if (node.fixed !== undefined && node.fixed.bits >= this.#bits) return node.fixed;
    this.#patience -= 1;
    if (node.parent === undefined) node.fixed = this.#startFixed();
    else node.fixed = partInFixedPoint(this.#fixedOf(node.parent), node.split, node.side);
    return node.fixed;
  }

  #startFixed(): FixedPoint {
    const coeffs = this.#p.map((c, k) => {
      const shift = this.#scale * k - this.#top + this.#bits;
      const binomial = this.#binomials[k]!;
      return shift >= 0 ? (c << BigInt(shift)) / binomial : (c >> BigInt(-shift)) / binomial;
    });
    return { coeffs, error: 2n, bits: this.#bits };
  }
}

function isCertain(c: bigint, { error }: FixedPoint): boolean {
  return (c < 0n ? -c : c) >> 8n > error;
}

function largestOf(coeffs: readonly bigint[]): bigint {
  let largest = 0n;
  for (const c of coeffs) {
    if (c > largest) largest = c;
    else if (-c > largest) largest = -c;
  }
  return largest;
}

function toDoubles(fixed: FixedPoint, largest: bigint): Doubles {
  const top = leadingBits(largest);
  const excess = top.exponent + 53 - 900;
  const n = fixed.coeffs.length - 1;
  const coeffs = new Float64Array(n + 1);
  const sizes = new Float64Array(n + 1);
  const unit = 2 ** -Math.max(0, excess);
  for (let k = 0; k <= n; k++) {
    const c = fixed.coeffs[k]!;
    coeffs[k] = excess > 0 ? Number(c >> BigInt(excess)) : Number(c);
    sizes[k] = Math.abs(coeffs[k]!) + 2 ** -900;
  }
  return { coeffs, sizes, operations: 2, blur: Number(fixed.error) * unit * 1.0001 + (excess > 0 ? 1 : 0) };
}

/** One side of de Casteljau's algorithm on integers; one more unit of error. */
function partInFixedPoint(whole: FixedPoint, at: number, side: 0 | 1): FixedPoint {
  const b = whole.coeffs.slice();
  const n = b.length - 1;
  const part = new Array<bigint>(n + 1);
  // From the left the first entries of the rows are the result, from the right the last ones.
  const [near, far] = side === 0 ? [16 - at, at] : [at, 16 - at];
  if (side === 1) b.reverse();
  part[0] = b[0]!;
  if (at === 8) {
    for (let j = 1; j <= n; j++) {
      for (let k = 0; k <= n - j; k++) b[k] = b[k]! + b[k + 1]!;
      part[j] = b[0]! >> BigInt(j);
    }
  } else {
    const [x, y] = [BigInt(near), BigInt(far)];
    for (let j = 1; j <= n; j++) {
      for (let k = 0; k <= n - j; k++) b[k] = x * b[k]! + y * b[k + 1]!;
      part[j] = b[0]! >> BigInt(4 * j);
    }
  }
  if (side === 1) part.reverse();
  return { coeffs: part, error: whole.error + 1n, bits: whole.bits };
}
