import { type RealBall, realBalls, toNumber } from "../ball/index.js";
import { type Budget, BudgetError, LimitError } from "../core/index.js";
import { anatomy, type Cell, type Law, locate } from "../law/index.js";
import { bitLength, QQ, type Rational, rational, rationalFromNumber, rationalToNumber } from "../rings/index.js";
import {
  type AlgebraicNumber,
  algebraicFromRational,
  compareAlgebraic,
  compareWithRational,
  refine,
} from "../roots/index.js";
import { cumulatedMass, localMassAt, type Mass } from "./cumulated-mass.js";
import { distribution } from "./distribution.js";
import { type LocalMass, localMass } from "./local-mass.js";

/** A point of a bulk, the mass up to it and the masses next to it, among which is that up to the quantile. */
interface Base {
  readonly at: AlgebraicNumber;
  readonly mass: Mass;
  readonly local: LocalMass;
  /** On which side of it the quantile is, where that is known. */
  readonly side: 1 | -1 | undefined;
}

/** A point that parts the support, with the mass to the left of its right side, or to the right of its left one. */
export interface BulkEnd {
  readonly at: AlgebraicNumber;
  readonly mass: Mass;
}

/**
 * The x with F(x) = p in a bulk, or a part of one, of a normalised law: an interval that contains it, or undefined where so many bits are not enough. It is about 2^-bits
 * as long as its distance from some point nearby. Certified: F is below p at the left end and above it at the right one.
 *
 * @throws LimitError when a certificate could not be reached.
 */
export function quantileInBulk(
  law: Law,
  p: Rational,
  left: BulkEnd,
  right: BulkEnd,
  budget: Budget,
): (bits: number) => readonly [Rational, Rational] | undefined {
  const base =
    baseAtEnd(law, p, left, 1, budget) ??
    baseAtEnd(law, p, right, -1, budget) ??
    baseInside(law, p, left.at, right.at, budget);
  return (bits) => {
    const real = realBalls(bits + spare);
    const missing = real.sub(real.fromRational(p), base.mass.ball(bits, budget));
    const [low, high] = [
      placeOf(base, real.lower(missing), bits, budget),
      placeOf(base, real.upper(missing), bits, budget),
    ];
    return low === undefined || high === undefined ? undefined : [low[0], high[1]];
  };
}

/** Bits of the arithmetic beyond those of the result. */
const spare = 40;
/** Bits that do to tell on which side of a point something lies, unless it is very near. */
const coarse = 64;

/** An end of a bulk, where the masses next to it reach as far as the quantile. */
function baseAtEnd(law: Law, p: Rational, { at, mass }: BulkEnd, side: 1 | -1, budget: Budget): Base | undefined {
  const local = localMassAt(law, at, cellBeside(law, at, side, budget), budget);
  const base = { at, mass, local, side };
  return isReached(base, p, side, budget) ? base : undefined;
}

function isReached({ mass, local }: Base, p: Rational, side: 1 | -1, budget: Budget): boolean {
  const real = realBalls(coarse + spare);
  const missing = real.sub(real.fromRational(p), mass.ball(coarse, budget));
  const most = local.within(real.fromNumber(local.reach), side, coarse, budget);
  return real.compare(side === 1 ? missing : real.neg(missing), most) === -1;
}

/** The cell on one side of a point, or around it. */
function cellBeside(law: Law, at: AlgebraicNumber, side: 1 | -1, budget: Budget): Cell {
  const { points, cells } = anatomy(law, budget);
  const below = points.filter((point) => compareAlgebraic(point.at, at) < 0).length;
  const isCritical = points[below] !== undefined && compareAlgebraic(points[below].at, at) === 0;
  return cells[isCritical && side === 1 ? below + 1 : below]!;
}

/** So many points are tried. */
const mostSteps = 200;

/** A point near the quantile: Newton's iteration from the estimate, bracketed. */
function baseInside(law: Law, p: Rational, left: AlgebraicNumber, right: AlgebraicNumber, budget: Budget): Base {
  const half = rational(1, 2);
  let [low, high] = [refine(left, coarse).lower, refine(right, coarse).upper];
  // Not the middle, which may be a critical point of a symmetric law.
  const between = (): Rational => QQ.add(low, QQ.mul(QQ.sub(high, low), rational(15, 31)));
  let x = estimateOf(law, p, budget) ?? between();
  for (let step = 0; step < mostSteps; step++) {
    budget.spend(10, "looking for a quantile");
    const isInside = compareWithRational(left, x) < 0 && compareWithRational(right, x) > 0;
    const place = locate(anatomy(law, budget), x, compareWithRational);
    if (!isInside || "point" in place) {
      if (compareWithRational(left, x) >= 0) low = QQ.max(low, x);
      if (compareWithRational(right, x) <= 0) high = QQ.min(high, x);
      x = between();
      continue;
    }
    const at = algebraicFromRational(x);
    const base = {
      at,
      mass: cumulatedMass(law, x, budget).upTo,
      local: localMass(law, at, place.cell, undefined, budget),
      side: undefined,
    };
    const real = realBalls(coarse + spare);
    const missing = real.midpointRational(real.sub(real.fromRational(p), base.mass.ball(coarse, budget)));
    const side = QQ.sign(missing) < 0 ? -1 : 1;
    if (isReached(base, p, side, budget)) return base;
    if (side === 1) low = x;
    else high = x;
    const most = base.local.within(real.fromNumber(base.local.reach), side, coarse, budget);
    const next = QQ.add(x, QQ.div(QQ.mul(missing, rationalFromNumber(base.local.reach)), real.midpointRational(most)));
    const isBetween = QQ.compare(next, low) > 0 && QQ.compare(next, high) < 0;
    x = isBetween ? next : QQ.mul(QQ.add(low, high), half);
  }
  throw new LimitError("a quantile could not be found");
}

/** The quantile in double precision, undefined where the density could not be interpolated. */
function estimateOf(law: Law, p: Rational, budget: Budget): Rational | undefined {
  try {
    const inside = Math.min(Math.max(rationalToNumber(p), 1e-300), 1 - 2 ** -53);
    return rationalFromNumber(distribution(law, budget).quantile(inside));
  } catch (error) {
    if (!(error instanceof LimitError) || error instanceof BudgetError) throw error;
    return undefined;
  }
}

/** The place up to which there is so much more mass than up to the base. */
function placeOf(
  { at, local, side }: Base,
  mass: Rational,
  bits: number,
  budget: Budget,
): readonly [Rational, Rational] | undefined {
  const sign = QQ.sign(mass);
  if (side !== undefined && sign !== side) return undefined;
  const { lower, upper } = refine(at, bits + 8);
  if (sign === 0) return [lower, upper];
  const distances = distancesAround(local, sign, QQ.abs(mass), bits, budget);
  if (distances === undefined) return undefined;
  const [near, far] = distances;
  return sign === 1 ? [QQ.add(lower, near), QQ.add(upper, far)] : [QQ.sub(lower, far), QQ.sub(upper, near)];
}

/**
 * Two distances, apart by about 2^-bits of their size, with less and with more than the given mass > 0 between a point and there: the secant method for
 * logarithms, since next to the point the mass is about a power of the distance.
 */
function distancesAround(
  local: LocalMass,
  side: 1 | -1,
  mass: Rational,
  bits: number,
  budget: Budget,
): readonly [Rational, Rational] | undefined {
  const real = realBalls(bits + spare);
  const wanted = real.fromRational(mass);
  const absolute = bits + spare + Math.max(0, bitLength(mass.den) - bitLength(mass.num));
  const within = (distance: RealBall): RealBall => local.within(distance, side, absolute, budget);
  /** log of what the mass up to there is beside the wanted one; undefined where it is not told from 0. */
  const excessAt = (distance: RealBall): RealBall | undefined => {
    const found = within(distance);
    return real.sign(found) === 1 ? real.midpoint(real.log(real.div(found, wanted))) : undefined;
  };
  const whole = real.fromNumber(local.reach);
  let [low, high] = [real.zero, whole];
  let [last, lastExcess] = [whole, excessAt(whole)];
  let here = real.scaleByPowerOfTwo(whole, -2);
  for (let step = 0; step < mostSteps; step++) {
    budget.spend(1, "looking for a quantile");
    const excess = excessAt(here);
    if (excess !== undefined && Math.abs(toNumber(excess)) < 2 ** (-bits - 2)) {
      const part = real.mul(here, real.scaleByPowerOfTwo(real.one, -bits));
      const [near, far] = [real.midpoint(real.sub(here, part)), real.midpoint(real.add(here, part))];
      const isBetween = real.compare(within(near), wanted) === -1 && real.compare(within(far), wanted) === 1;
      return isBetween ? [real.midpointRational(near), real.midpointRational(far)] : undefined;
    }
    if (excess !== undefined && real.sign(excess) === 1) high = here;
    else low = here;
    // Half way, in the logarithm, where the secant leads nowhere.
    let next = real.sign(low) === 0 ? real.scaleByPowerOfTwo(high, -10) : real.sqrt(real.mul(low, high));
    if (excess !== undefined && lastExcess !== undefined) {
      const slope = real.div(real.sub(lastExcess, excess), real.log(real.div(last, here)));
      const guess = real.midpoint(real.mul(here, real.exp(real.neg(real.div(excess, slope)))));
      if (real.compare(guess, low) === 1 && real.compare(guess, high) === -1) next = guess;
    }
    [last, lastExcess] = [here, excess];
    here = real.midpoint(next);
  }
  return undefined;
}
