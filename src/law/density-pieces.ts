import { LimitError, orThrow } from "../core/index.js";
import type { SheetPoint, Tracker } from "../curve/index.js";
import { QQ, type Rational, rationalFromNumber, rationalToNumber } from "../rings/index.js";
import {
  type AlgebraicNumber,
  algebraicToNumber,
  compareAlgebraic,
  isRational,
  rationalValue,
} from "../roots/index.js";
import {
  type Anatomy,
  anatomy,
  type ShiftedSheet,
  type SideOfPoint,
  type SingularPoint,
  shiftedSheet,
} from "./anatomy.js";
import { atoms } from "./atoms.js";
import type { Law } from "./law.js";

/** A Chebyshev interpolant on s in [from, to]. */
interface ChebyshevPiece {
  readonly from: number;
  readonly to: number;
  /** Of h, where the density is s^valuation·h(s). */
  readonly coeffs: Float64Array;
  /** Of the mass between s = 0 and s, counted from the piece's own left end. */
  readonly antiderivative: Float64Array;
  /** The mass at smaller s, and that of the piece. */
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
 * The density as piecewise Chebyshev interpolants. Each node is a proved value of the physical branch, polished to full double precision; between
 * the nodes the interpolants are an estimate: pieces are halved until their last coefficients fall below 1e-14 of the largest or below the
 * proved error of the nodes.
 */
export function densityIntervals(law: Law): readonly DensityInterval[] {
  const cached = known.get(law);
  if (cached !== undefined) return cached;
  const found = anatomy(law);
  const result: DensityInterval[] = [];
  found.singular.forEach((start, k) => {
    const end = found.singular[k + 1];
    if (start.right === undefined || end === undefined) return;
    result.push(interval(law, found, start, end));
  });
  known.set(law, result);
  return result;
}

function interval(law: Law, found: Anatomy, start: SingularPoint, end: SingularPoint): DensityInterval {
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
  const lower = half(shiftedSheet(law, start.at, cell, atomAt(law, start.at)), 1, start.right!, middle);
  const upper = half(shiftedSheet(law, end.at, cell, atomAt(law, end.at)), -1, end.left!, middle);
  return { left: start.at, right: end.at, middle, halves: [lower, upper], mass: lower.mass + upper.mass };
}

const nodesPerPiece = 32;
const deepestHalving = 48;
/** How much smaller than its a-priori bound the rounding error of a node usually is. */
const pessimism = 64;

/** The weight of the atom at a singular point, 0 where there is none. */
function atomAt(law: Law, at: AlgebraicNumber): Rational {
  const atom = atoms(law).find((candidate) => compareAlgebraic(candidate.at, at) === 0);
  if (atom === undefined) return QQ.zero;
  const weight = isRational(at) ? rationalValue(atom.weight) : undefined;
  if (weight === undefined) {
    throw new LimitError(
      `the density next to the atom at ${algebraicToNumber(at)}, which touches a bulk, is not available yet when its place or weight is irrational`,
    );
  }
  return weight;
}

function half(sheet: ShiftedSheet, side: 1 | -1, edge: SideOfPoint, middle: number): HalfInterval {
  const originHigh = rationalToNumber(sheet.origin);
  const originLow = rationalToNumber(QQ.sub(sheet.origin, rationalFromNumber(originHigh)));
  const length = side * (middle - originHigh - originLow);
  const { ramification, exponent } = edge;
  const valuation = rationalToNumber(orThrow(exponent)) * ramification;
  const at = (s: number): number => side * length * s ** ramification;
  const densityAt = (point: SheetPoint, s: number): number => sheet.tracker.polish(point).im / Math.PI / s ** valuation;
  const pieces: Omit<ChebyshevPiece, "before">[] = [];
  /** Builds the pieces of [from, to], right to left; `point` is the branch over s = to. Returns it over the lowest node. */
  const build = (from: number, to: number, point: SheetPoint, depth: number): SheetPoint => {
    let here = point;
    const values = new Float64Array(nodesPerPiece);
    const weighted = new Float64Array(nodesPerPiece);
    let noise = 0;
    for (let k = 0; k < nodesPerPiece; k++) {
      // Chebyshev nodes of the first kind in descending order.
      const s = from + ((to - from) / 2) * (1 + Math.cos((Math.PI * (k + 0.5)) / nodesPerPiece));
      here = walk(sheet.tracker, here, at(s));
      values[k] = densityAt(here, s);
      noise += here.radius / Math.PI / s ** valuation / nodesPerPiece / pessimism;
      weighted[k] = values[k]! * length * ramification * s ** (valuation + ramification - 1);
    }
    const coeffs = chebyshevCoefficients(values);
    if (resolved(coeffs, noise) || depth === deepestHalving) {
      const antiderivative = integrate(chebyshevCoefficients(weighted), to - from);
      pieces.push({ from, to, coeffs, antiderivative, mass: clenshaw(antiderivative, 1) });
      return here;
    }
    const centre = from + (to - from) / 2;
    build(centre, to, point, depth + 1);
    return build(from, centre, walk(sheet.tracker, point, at(centre)), depth + 1);
  };
  build(0, 1, walk(sheet.tracker, sheet.start, at(1)), 0);
  pieces.reverse();
  let mass = 0;
  const counted = pieces.map((piece) => {
    const before = mass;
    mass += piece.mass;
    return { ...piece, before };
  });
  return { originHigh, originLow, side, length, ramification, valuation, pieces: counted, mass };
}

/** Follows the branch along the real axis, or around what stands on it, through the upper half-plane. */
function walk(tracker: Tracker, from: SheetPoint, to: number): SheetPoint {
  const target = { re: to, im: 0 };
  const straight = tracker.track(from, target, { maxSteps: 10_000 });
  if (straight.kind === "ok") return straight.value;
  const rise = Math.abs(to - from.z.re) / 2;
  const corners = [{ re: from.z.re, im: rise }, { re: to, im: rise }, target];
  const around = tracker.trackThrough(from, corners, { maxSteps: 10_000 });
  if (around.kind === "ok") return around.value;
  throw new LimitError(`the density could not be followed to every node: ${around.reason}`);
}

/** Whether the last coefficients are as small as rounding, or as the proved error of the nodes, lets them be. */
function resolved(coeffs: Float64Array, noise: number): boolean {
  let largest = 0;
  for (const c of coeffs) largest = Math.max(largest, Math.abs(c));
  const tail = Math.max(...Array.from(coeffs.slice(-3), (c) => Math.abs(c)));
  return tail <= Math.max(1e-14 * largest, noise);
}

/** Coefficients of the interpolant through values at the nodes cos(pi (k + 1/2)/n), k = 0, 1, …. */
function chebyshevCoefficients(values: Float64Array): Float64Array {
  const n = values.length;
  const coeffs = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += values[k]! * Math.cos((Math.PI * j * (k + 0.5)) / n);
    coeffs[j] = (sum * (j === 0 ? 1 : 2)) / n;
  }
  return coeffs;
}

/** The antiderivative that vanishes at −1, of a Chebyshev series on an interval of the given width. */
function integrate(coeffs: Float64Array, width: number): Float64Array {
  const n = coeffs.length;
  const result = new Float64Array(n + 1);
  for (let j = 1; j <= n; j++) {
    const below = coeffs[j - 1]! * (j === 1 ? 2 : 1);
    result[j] = ((below - (coeffs[j + 1] ?? 0)) / (2 * j)) * (width / 2);
  }
  let atLeft = 0;
  for (let j = 1; j <= n; j++) atLeft += j % 2 === 0 ? result[j]! : -result[j]!;
  result[0] = -atLeft;
  return result;
}

/** The value of a Chebyshev series at t in [−1, 1]. */
function clenshaw(coeffs: Float64Array, t: number): number {
  let [a, b] = [0, 0];
  for (let j = coeffs.length - 1; j >= 1; j--) [a, b] = [coeffs[j]! + 2 * t * a - b, a];
  return coeffs[0]! + t * a - b;
}

/** The density of a half interval at a double x in it, and the mass between its origin and x. */
export function evaluateHalf(half: HalfInterval, x: number): { readonly density: number; readonly mass: number } {
  const distance = half.side * (x - half.originHigh - half.originLow);
  const s = Math.min(1, Math.max(0, distance / half.length) ** (1 / half.ramification));
  const piece = pieceAt(half, s);
  const t = (2 * (s - piece.from)) / (piece.to - piece.from) - 1;
  return {
    density: s ** half.valuation * clenshaw(piece.coeffs, t),
    mass: piece.before + clenshaw(piece.antiderivative, t),
  };
}

function pieceAt(half: HalfInterval, s: number): ChebyshevPiece {
  const { pieces } = half;
  let [low, high] = [0, pieces.length - 1];
  while (low < high) {
    const centre = (low + high) >> 1;
    if (s <= pieces[centre]!.to) high = centre;
    else low = centre + 1;
  }
  return pieces[low]!;
}

/** The x of a half interval that has the given mass between it and the origin, 0 ≤ mass ≤ half.mass. */
export function invertHalf(half: HalfInterval, mass: number): number {
  const piece = half.pieces.find((candidate) => mass <= candidate.before + candidate.mass) ?? half.pieces.at(-1)!;
  let [low, high] = [-1, 1];
  for (let k = 0; k < 60 && high - low > 1e-16; k++) {
    const t = (low + high) / 2;
    if (piece.before + clenshaw(piece.antiderivative, t) < mass) low = t;
    else high = t;
  }
  const s = piece.from + ((piece.to - piece.from) * (1 + (low + high) / 2)) / 2;
  return half.originHigh + (half.originLow + half.side * half.length * s ** half.ramification);
}
