import { type Budget, LimitError, orThrow, unlimited } from "../core/index.js";
import type { SheetPoint, Tracker } from "../curve/index.js";
import type { Law } from "../law/index.js";
import {
  type Anatomy,
  anatomy,
  atoms,
  type ShiftedSheet,
  type SideOfPoint,
  type SingularPoint,
  shiftedSheet,
} from "../law/index.js";
import { QQ, type Rational, rationalFromNumber, rationalToNumber } from "../rings/index.js";
import { type AlgebraicNumber, algebraicToNumber, compareAlgebraic, rationalValue, refine } from "../roots/index.js";
import {
  antiderivative,
  chebyshevCoefficients,
  chebyshevPoint,
  clenshaw,
  timesLinear,
  truncated,
} from "./chebyshev.js";
import { compensatedNewton } from "./compensated-newton.js";

/** A Chebyshev interpolant for s in [from, to], in t = scale·s − offset, which is in [−1, 1] or a little below. */
export interface ChebyshevPiece {
  readonly from: number;
  readonly to: number;
  readonly scale: number;
  readonly offset: number;
  /** Of h, where the density is s^valuation·h(s). */
  readonly coeffs: Float64Array;
  /** Of the mass per unit of t. */
  readonly rate: Float64Array;
  /** Of the mass at smaller s. */
  readonly cumulated: Float64Array;
  /** The mass at smaller s than from, and that of the piece. */
  readonly before: number;
  readonly mass: number;
}

/**
 * The density on one side of a singular point: x = origin + side·length·s^ramification with s in [0, 1], so that it is s^valuation
 * times a function analytic at s = 0.
 */
export interface HalfInterval {
  readonly originHigh: number;
  readonly originLow: number;
  readonly side: 1 | -1;
  readonly length: number;
  readonly ramification: number;
  readonly valuation: number;
  readonly pieces: readonly ChebyshevPiece[];
  readonly mass: number;
}

/** The density between two neighbouring singular points, in two halves that meet near the middle. */
export interface DensityInterval {
  readonly left: AlgebraicNumber;
  readonly right: AlgebraicNumber;
  readonly middle: number;
  readonly halves: readonly [HalfInterval, HalfInterval];
  readonly mass: number;
}

const known = new WeakMap<Law, readonly DensityInterval[]>();

/**
 * The density as piecewise Chebyshev interpolants. Each node is a proved value of the physical branch, refined to full double precision;
 * between the nodes the interpolants are an estimate: degrees are doubled, and pieces divided, until the last coefficients are as
 * small as rounding and the proved value at a point between the nodes agrees.
 */
export function densityIntervals(law: Law, budget: Budget = unlimited): readonly DensityInterval[] {
  const cached = known.get(law);
  if (cached !== undefined) return cached;
  const found = anatomy(law, budget);
  const result: DensityInterval[] = [];
  found.singular.forEach((start, k) => {
    const end = found.singular[k + 1];
    if (start.right === undefined || end === undefined) return;
    budget.spend(1000, "preparing the density");
    result.push(interval(law, found, start, end, budget));
  });
  known.set(law, result);
  return result;
}

function interval(law: Law, found: Anatomy, start: SingularPoint, end: SingularPoint, budget: Budget): DensityInterval {
  const left = algebraicToNumber(start.at);
  const right = algebraicToNumber(end.at);
  // Near the middle, and not at it: a symmetric law may have a point there where two sheets cross.
  const middle = left + 0.4859 * (right - left);
  // Any cell of the interval gives the branch; the one that holds the middle is the nearest.
  const inside = found.cells.filter(
    (cell) =>
      cell.left !== undefined &&
      cell.right !== undefined &&
      algebraicToNumber(cell.left.at) >= left &&
      algebraicToNumber(cell.right.at) <= right,
  );
  const cell = inside.reduce((best, candidate) =>
    Math.abs(rationalToNumber(candidate.at) - middle) < Math.abs(rationalToNumber(best.at) - middle) ? candidate : best,
  );
  const lower = half(
    shiftedSheet(law, start.at, cell, atomAt(law, start.at, budget), budget),
    1,
    start.right!,
    middle,
    budget,
  );
  const upper = half(
    shiftedSheet(law, end.at, cell, atomAt(law, end.at, budget), budget),
    -1,
    end.left!,
    middle,
    budget,
  );
  return { left: start.at, right: end.at, middle, halves: [lower, upper], mass: lower.mass + upper.mass };
}

/** The weight of the atom at a singular point, 0 where there is none. */
function atomAt(law: Law, at: AlgebraicNumber, budget: Budget): Rational {
  const atom = atoms(law, budget).find((candidate) => compareAlgebraic(candidate.at, at) === 0);
  if (atom === undefined) return QQ.zero;
  // Where they are irrational, place and weight are rounded far beyond double precision, and nothing of the pole is left to see.
  return rationalValue(atom.weight) ?? refine(atom.weight, 256).lower;
}

const lowestDegree = 16;
const highestDegree = 64;
const deepestDivision = 48;
/** From this depth on, the proved error of the nodes counts as their noise. */
const patience = 8;
/** How much smaller than its a-priori bound the rounding error of a node usually is. */
const pessimism = 64;
/** The interpolation next to the origin begins at this share of the piece, where sheets are apart already. */
const clearance = 2 ** -12;

/** A node: s, the proved branch over it, and the value of h. */
interface Node {
  readonly s: number;
  readonly point: SheetPoint;
  readonly value: number;
}

function half(sheet: ShiftedSheet, side: 1 | -1, edge: SideOfPoint, middle: number, budget: Budget): HalfInterval {
  const originHigh = rationalToNumber(sheet.origin);
  const originLow = rationalToNumber(QQ.sub(sheet.origin, rationalFromNumber(originHigh)));
  const length = side * (middle - originHigh - originLow);
  const { ramification, exponent } = edge;
  const valuation = rationalToNumber(orThrow(exponent)) * ramification;
  const refine = compensatedNewton(sheet.tracker.table);
  /** h at s, the branch followed there from a point nearby. */
  const nodeAt = (s: number, from: SheetPoint): Node => {
    const u = side * length * s ** ramification;
    const point = walk(sheet.tracker, from, u, budget);
    const refined = refine(u, point.m);
    const stays =
      refined !== undefined && Math.hypot(refined.re - point.m.re, refined.im - point.m.im) <= 2 * point.radius;
    const { im } = stays ? refined : sheet.tracker.polish(point);
    return { s, point, value: im / Math.PI / s ** valuation };
  };
  const pieces: Omit<ChebyshevPiece, "before">[] = [];
  /** Builds the pieces of [from, to], right to left; `point` is the branch near s = to. */
  const build = (from: number, to: number, point: SheetPoint, depth: number): void => {
    const low = from === 0 ? to * clearance : from;
    const place = (t: number): number => low + ((to - low) / 2) * (1 + t);
    let nodes: Node[] = [];
    for (let n = lowestDegree; ; n *= 2) {
      const finer: Node[] = [];
      for (let k = 0; k <= n; k++) {
        const known = k % 2 === 0 ? nodes[k / 2] : undefined;
        finer.push(known ?? nodeAt(place(chebyshevPoint(n, k)), finer.at(-1)?.point ?? point));
      }
      nodes = finer;
      const coeffs = chebyshevCoefficients(nodes.map((node) => node.value));
      const noise = depth < patience ? 0 : nodeNoise(nodes, valuation);
      const slack = Math.max(slackOf(coeffs, (to + low) / (to - low)), noise);
      if (isResolved(coeffs, slack)) {
        const kept = truncated(coeffs, slack);
        // Half way between two nodes the proved value must agree with the interpolant.
        const t = chebyshevPoint(2 * n, n + 1);
        const { value } = nodeAt(place(t), nodes[n / 2]!.point);
        if (Math.abs(clenshaw(kept, t) - value) <= 16 * slack || depth === deepestDivision) {
          pieces.push(pieceOf(kept, from, low, to));
          return;
        }
      }
      if (n === highestDegree || degreeNeeded(coeffs, slack) > highestDegree) {
        if (depth === deepestDivision) {
          pieces.push(pieceOf(coeffs, from, low, to));
          return;
        }
        const centre = nodes[n / 2]!;
        build(centre.s, to, point, depth + 1);
        build(from, centre.s, centre.point, depth + 1);
        return;
      }
    }
  };
  const pieceOf = (coeffs: Float64Array, from: number, low: number, to: number): Omit<ChebyshevPiece, "before"> => {
    const halfWidth = (to - low) / 2;
    const scale = 1 / halfWidth;
    const offset = low * scale + 1;
    // The mass per unit of s is length·ramification·s^(valuation + ramification − 1)·h, and that power is a polynomial in t.
    let rate: Float64Array = coeffs.map((c) => c * length * ramification * halfWidth);
    for (let k = valuation + ramification - 1; k > 0; k--) rate = timesLinear(rate, (to + low) / 2, halfWidth);
    const cumulated = antiderivative(rate, 1);
    cumulated[0] = -clenshaw(cumulated, from * scale - offset);
    return { from, to, scale, offset, coeffs, rate, cumulated, mass: clenshaw(cumulated, 1) };
  };
  build(0, 1, walk(sheet.tracker, sheet.start, side * length, budget), 0);
  pieces.reverse();
  let mass = 0;
  const counted = pieces.map((piece) => {
    const before = mass;
    mass += piece.mass;
    return { ...piece, before };
  });
  return { originHigh, originLow, side, length, ramification, valuation, pieces: counted, mass };
}

/** The mean of the proved errors of the nodes, as far as they are usually real. */
function nodeNoise(nodes: readonly Node[], valuation: number): number {
  const sum = nodes.reduce((total, { s, point }) => total + point.radius / s ** valuation, 0);
  return sum / Math.PI / nodes.length / pessimism;
}

/**
 * What rounding alone leaves in the coefficients: units of the last place of the values, and of s where they change fast;
 * `steepness` is the change of t for a relative one of s.
 */
function slackOf(coeffs: Float64Array, steepness: number): number {
  let [size, slope] = [0, 0];
  for (const [j, c] of coeffs.entries()) {
    size = Math.max(size, Math.abs(c));
    slope = Math.max(slope, j * Math.abs(c));
  }
  return 2 ** -52 * (4 * size + 2 * slope * steepness);
}

/** Whether the last coefficients are no larger than rounding lets them be. */
function isResolved(coeffs: Float64Array, slack: number): boolean {
  const count = Math.max(3, coeffs.length >> 3);
  return coeffs.slice(-count).every((c) => Math.abs(c) <= slack);
}

/** The degree at which coefficients that fall as fast as these would reach the slack. */
function degreeNeeded(coeffs: Float64Array, slack: number): number {
  const n = coeffs.length - 1;
  const largest = (from: number, to: number): number => Math.max(...coeffs.slice(from, to).map(Math.abs));
  const [head, tail] = [largest(0, 4), largest(n - 4, n)];
  if (tail <= slack) return n;
  if (tail >= head) return Number.POSITIVE_INFINITY;
  return (n * Math.log(slack / head)) / Math.log(tail / head);
}

/** Follows the branch along the real axis, or around what stands on it, through the upper half-plane. */
function walk(tracker: Tracker, from: SheetPoint, to: number, budget: Budget): SheetPoint {
  const target = { re: to, im: 0 };
  const straight = tracker.track(from, target, { maxSteps: 10_000, budget });
  if (straight.kind === "ok") return straight.value;
  const rise = Math.abs(to - from.z.re) / 2;
  const corners = [{ re: from.z.re, im: rise }, { re: to, im: rise }, target];
  const around = tracker.trackThrough(from, corners, { maxSteps: 10_000, budget });
  if (around.kind === "ok") return around.value;
  throw new LimitError(`the density could not be followed to every node: ${around.reason}`);
}

/** The distance of a double x from the origin of a half interval. */
function distanceOf(half: HalfInterval, x: number): number {
  return half.side * (x - half.originHigh - half.originLow);
}

/** s at a distance from the origin. */
function parameterAt(half: HalfInterval, distance: number): number {
  const share = distance / half.length;
  if (!(share > 0)) return 0;
  if (share >= 1) return 1;
  switch (half.ramification) {
    case 1:
      return share;
    case 2:
      return Math.sqrt(share);
    case 3:
      return Math.cbrt(share);
    default:
      return share ** (1 / half.ramification);
  }
}

function pieceAt(half: HalfInterval, s: number): ChebyshevPiece {
  const { pieces } = half;
  let k = 0;
  while (k < pieces.length - 1 && s > pieces[k]!.to) k++;
  return pieces[k]!;
}

/** The density of a half interval at a double x in it. */
export function densityOfHalf(half: HalfInterval, x: number): number {
  return densityAtDistance(half, distanceOf(half, x));
}

/** The density at a distance from the origin of a half interval, which may be far smaller than doubles around the origin can tell. */
export function densityAtDistance(half: HalfInterval, distance: number): number {
  const s = parameterAt(half, distance);
  const piece = pieceAt(half, s);
  const h = clenshaw(piece.coeffs, piece.scale * s - piece.offset);
  switch (half.valuation) {
    case 1:
      return s * h;
    case 0:
      return h;
    case -1:
      return h / s;
    default:
      return s ** half.valuation * h;
  }
}

/** The mass between the origin of a half interval and a double x in it. */
export function massOfHalf(half: HalfInterval, x: number): number {
  const s = parameterAt(half, distanceOf(half, x));
  const piece = pieceAt(half, s);
  return piece.before + clenshaw(piece.cumulated, piece.scale * s - piece.offset);
}

/** The x of a half interval that has the given mass between it and the origin, 0 ≤ mass ≤ half.mass: Newton's iteration, bracketed. */
export function invertHalf(half: HalfInterval, mass: number): number {
  const piece = half.pieces.find((candidate) => mass <= candidate.before + candidate.mass) ?? half.pieces.at(-1)!;
  const wanted = mass - piece.before;
  let [low, high] = [piece.scale * piece.from - piece.offset, 1];
  let t = low + (high - low) * Math.min(1, Math.max(0, wanted / piece.mass));
  for (let k = 0; k < 100 && high - low > 1e-16; k++) {
    const excess = clenshaw(piece.cumulated, t) - wanted;
    if (excess < 0) low = t;
    else high = t;
    const next = t - excess / clenshaw(piece.rate, t);
    const inside = next > low && next < high;
    if (inside && Math.abs(next - t) <= 1e-16) break;
    t = inside ? next : (low + high) / 2;
  }
  const s = (t + piece.offset) / piece.scale;
  return half.originHigh + (half.originLow + half.side * half.length * s ** half.ramification);
}
