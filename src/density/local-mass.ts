import {
  type ComplexBall,
  type ComplexBalls,
  complexBalls,
  piBall,
  type RealBall,
  realBalls,
  toNumber,
} from "../ball/index.js";
import { type Budget, LimitError, orThrow } from "../core/index.js";
import {
  apart,
  complexCriticalPoints,
  distanceOf,
  type IntegerTable,
  type SheetPoint,
  type Tracker,
} from "../curve/index.js";
import { anatomy, type Cell, distanceTo, type Law, shiftedSheet } from "../law/index.js";
import { bitLength, powerOfTwo, QQ, type Rational } from "../rings/index.js";
import {
  type AlgebraicNumber,
  algebraicToBall,
  algebraicToNumber,
  compareAlgebraic,
  isRational,
} from "../roots/index.js";
import { sheetBall } from "./sheet-ball.js";

/** The masses next to a point of the real line, from the Puiseux expansion of the physical sheet there. */
export interface LocalMass {
  /** How far it tells them. */
  readonly reach: number;
  /**
   * The mass between the point and one at this distance, 0 < distance ≤ reach, above (1) or below (−1) it; an atom at the point itself is not counted.
   * Certified; the radius is about 2^-bits.
   */
  within(distance: RealBall, side: 1 | -1, bits: number, budget: Budget): RealBall;
}

/** The coefficients of the expansion, in s, u = side·radius·s^turns: ∫ (m + w/u) du = turns·Σ g_k s^(k + 1)/(k + 1). */
interface Expansion {
  readonly bits: number;
  /** The arithmetic of the coefficients. */
  readonly balls: ComplexBalls;
  /** How often the sheet is followed around the point until it comes back to itself. */
  readonly turns: number;
  /** That many coefficients are known. */
  readonly count: number;
  coefficient(k: number): ComplexBall;
}

/** The sheet is followed on a circle that is so many times narrower, as a power of two, than the disc in which it is bounded. */
const margin = 2;
/** And so much of the way to the next critical point is in that disc. */
const outer = 0.75;
/** Distances are known to a millionth. */
const inward = 1 - 1e-5;
/** Sides of the polygon, at least, that goes around the point. */
const fewest = 12;
/** Bits of the arithmetic beyond those of the result. */
const spare = 24;

/**
 * The masses next to a point, which may be singular: an edge, a cusp, a place where sheets are infinite or an atom of the given weight, or ordinary. `cell` has
 * density, and the point is inside or at an end of it; the law is normalised.
 *
 * In the disc of radius D around the point a, D the distance to the next critical one, m + w/u with u = z − a and the weight w is analytic in t = u^(1/r) but
 * for t = 0, where r turns around a bring the sheet back to itself; there it is less than t^-r, as u·m → −w within the half-plane. So ρ(m + w/u)s^(r − 1) = Σ g_k s^k with
 * u = ρs^r. The g_k are found from values at the n roots of unity s; the error is at most M·Q^-k/(Q^n − 1), where M bounds the function for |s| = Q:
 * by Fujiwara's bound of all sheets over |u| = 3D/4. Certified.
 *
 * @throws LimitError when a certificate could not be reached.
 */
export function localMass(
  law: Law,
  at: AlgebraicNumber,
  cell: Cell,
  weight: AlgebraicNumber | undefined,
  budget: Budget,
): LocalMass {
  const { tracker, origin, start } = shiftedSheet(law, at, cell, QQ.zero, budget);
  const distance = distanceToOthers(law, at, origin, budget);
  const wide = outer * distance;
  const radius = wide * 2 ** -margin;
  const side = cell.right !== undefined && compareAlgebraic(cell.right.at, at) === 0 ? -1 : 1;
  // (|m| + w/wide)·radius·Q^(r − 1), and Q^r = 2^margin.
  const sheets = largestSheet(tracker.table, wide, distance - wide) + Math.log2(radius);
  const size = Math.ceil(margin + 1 + Math.max(sheets, -margin));
  const circle: Circle = { tracker, start, at, origin, weight, side, radius, size };
  let best: Expansion | undefined;
  return {
    reach: radius * inward,
    within(length, direction, bits, patience) {
      if (best === undefined || best.bits < bits) best = expand(circle, bits, patience);
      const { balls, turns, count, coefficient } = best;
      const real = realBalls(balls.bits);
      const share = real.div(length, real.fromNumber(radius));
      const root = real.powRational(share, QQ.fromRatio(1n, BigInt(turns)));
      // Upwards around the point, from one side to the other.
      const angle = real.div(piBall(balls.bits), real.fromInteger(side * turns));
      const isStart = direction === side;
      const s = isStart ? balls.fromReal(root) : balls.scaleReal({ re: real.cos(angle), im: real.sin(angle) }, root);
      const slope = Math.log2(Math.max(toNumber(root), Number.MIN_VALUE));
      const terms = Math.min(count, Math.ceil((bits + 4 + size + tailSize(turns)) / (margin / turns - slope)));
      let sum = balls.zero;
      for (let k = terms - 1; k >= 0; k--) {
        sum = balls.add(balls.mul(sum, s), balls.scaleReal(coefficient(k), real.inv(real.fromInteger(k + 1))));
      }
      const { im } = balls.mul(sum, s);
      const mass = real.div(real.mul(im, real.fromInteger(direction * turns)), piBall(balls.bits));
      return real.inflate(mass, real.fromRational(powerOfTwo(-bits - 1)));
    },
  };
}

/** The circle around a point on which a sheet is followed. */
interface Circle {
  readonly tracker: Tracker;
  readonly start: SheetPoint;
  readonly at: AlgebraicNumber;
  /** The point of which the coordinate of the tracker is the distance. */
  readonly origin: Rational;
  readonly weight: AlgebraicNumber | undefined;
  /** Where it begins. */
  readonly side: 1 | -1;
  readonly radius: number;
  /** log2 of M. */
  readonly size: number;
}

function expand(circle: Circle, bits: number, budget: Budget): Expansion {
  const { tracker, start, at, origin, weight, side, radius, size } = circle;
  const most = tracker.table.degreeM;
  const perTurn = Math.max(fewest, Math.ceil((bits + 4 + size + tailSize(most)) / margin));
  const precision = Math.max(64, Math.ceil(bits + size + tailSize(most)) + spare);
  const balls = complexBalls(precision);
  const real = realBalls(precision);
  const arm = real.fromNumber(side * radius);
  const offset = balls.fromReal(offsetOf(at, origin, radius, precision));
  const pole = weight === undefined ? balls.zero : balls.fromReal(algebraicToBall(weight, precision));
  const ring = rootsOfUnity(perTurn, precision);
  const values: ComplexBall[] = [];
  const first = orThrow(tracker.track(start, { re: side * radius, im: 0 }, { budget }));
  let here = first;
  for (let turns = 1; turns <= most; turns++) {
    for (const corner of ring) {
      budget.spend(1, "expanding a law at a point");
      const ideal = balls.add(balls.scaleReal(corner, arm), offset);
      const place = balls.midpoint(ideal);
      here = orThrow(tracker.track(here, { re: toNumber(place.re), im: toNumber(place.im) }, { budget }));
      const m = sheetBall(tracker, here, place, precision);
      const whole = balls.add(m, balls.div(pole, balls.sub(place, offset)));
      // In the disc of half the radius around the corner m + w/u is at most 2M/radius.
      const away = balls.absUpper(balls.sub(ideal, place));
      const error = real.div(real.mul(real.fromRational(powerOfTwo(size + 2)), away), real.sqr(arm));
      values.push(balls.scaleReal(balls.inflate(whole, error), arm));
    }
    here = orThrow(tracker.track(here, first.z, { budget }));
    if (apart(here, first) + here.radius < tracker.isolation(first)) return expansionOf(values, turns, bits, balls);
  }
  throw new LimitError("the sheets that meet at a point could not be told apart around it");
}

/** at − origin, small beside the radius. */
function offsetOf(at: AlgebraicNumber, origin: Rational, radius: number, bits: number): RealBall {
  if (isRational(at)) return realBalls(bits).zero;
  // As many bits below the radius as asked for.
  const fine = bits + 8 + Math.max(0, Math.ceil(Math.log2(Math.abs(algebraicToNumber(at)) / radius)));
  const real = realBalls(fine);
  return real.sub(algebraicToBall(at, fine), real.fromRational(origin));
}

/** The distance from a point to the next other critical one. */
function distanceToOthers(law: Law, at: AlgebraicNumber, origin: Rational, budget: Budget): number {
  const others = anatomy(law, budget).points.filter((point) => compareAlgebraic(point.at, at) !== 0);
  const real = others.map((point) => distanceTo(origin, point.at));
  const centre = { re: origin, im: QQ.zero };
  const complex = complexCriticalPoints(law.curve, budget).map(({ fine }) => distanceOf(fine, centre));
  const nearest = Math.min(...real, ...complex);
  return (Number.isFinite(nearest) ? nearest : 1) * inward;
}

/**
 * log2 of a bound of |m| on all sheets over |u| = radius, when no zero of the leading coefficient but u = 0 is nearer to that circle than `room` [Fujiwara 1916]:
 * 2·max |a_(K − k)/a_K|^(1/k).
 */
function largestSheet({ rows, degreeM }: IntegerTable, radius: number, room: number): number {
  const unit = Math.log2(radius) + 1e-6;
  const upper = rows.map((row) => {
    const sizes = row.map((c, i) => (c === 0n ? Number.NEGATIVE_INFINITY : bitLength(c) + i * unit));
    return Math.max(...sizes) + Math.log2(row.length);
  });
  const leading = rows[degreeM]!;
  const degree = leading.findLastIndex((c) => c !== 0n);
  const lower = bitLength(leading[degree]!) - 1 + degree * (Math.log2(Math.min(radius, room)) - 1e-6);
  return 1 + Math.max(...Array.from({ length: degreeM }, (_, k) => (upper[degreeM - k - 1]! - lower) / (k + 1)));
}

/** log2 of r·Σ_k Q^-k with Q^r = 2^margin. */
function tailSize(turns: number): number {
  return Math.log2(turns / (1 - 2 ** (-margin / turns)));
}

/** exp(2pi·i·k/count), k = 0 … count − 1. */
function rootsOfUnity(count: number, bits: number): readonly ComplexBall[] {
  const real = realBalls(bits + 8);
  const full = real.scaleByPowerOfTwo(piBall(bits + 8), 1);
  return Array.from({ length: count }, (_, k) => {
    const angle = real.div(real.mul(full, real.fromInteger(k)), real.fromInteger(count));
    return { re: real.cos(angle), im: real.sin(angle) };
  });
}

/** The expansion from the values of side·radius·(m + w/u) over the corners, turn after turn. */
function expansionOf(values: readonly ComplexBall[], turns: number, bits: number, balls: ComplexBalls): Expansion {
  const count = values.length;
  const ring = rootsOfUnity(count, balls.bits);
  const scaled = values.map((value, j) => balls.mul(value, ring[(j * (turns - 1)) % count]!));
  const share = realBalls(balls.bits).inv(realBalls(balls.bits).fromInteger(count));
  const known: ComplexBall[] = [];
  return {
    bits,
    balls,
    turns,
    count,
    coefficient(k) {
      const turned = (j: number): ComplexBall => ring[(count - ((j * k) % count)) % count]!;
      known[k] ??= balls.scaleReal(
        scaled.reduce((sum, value, j) => balls.add(sum, balls.mul(value, turned(j))), balls.zero),
        share,
      );
      return known[k];
    },
  };
}
