import { realBalls } from "../ball/index.js";
import { type Budget, DomainError, LimitError, unlimited } from "../core/index.js";
import { anatomy, atoms, type Law, locate, requireNumeric, requireSpectrum } from "../law/index.js";
import {
  bitLength,
  QQ,
  type Rational,
  rational,
  rationalFromNumber,
  rationalToDecimal,
  rationalToNumber,
  rationalToText,
} from "../rings/index.js";
import {
  type AlgebraicNumber,
  algebraicField,
  algebraicFromRational,
  algebraicToDecimal,
  algebraicToNumber,
  compareAlgebraic,
  compareWithRational,
  refine,
} from "../roots/index.js";
import { type CumulatedMass, centreOf, cumulatedMass, type Mass, massAtPoint } from "./cumulated-mass.js";
import { distribution } from "./distribution.js";
import { massBesideRay, verticalRay } from "./vertical-ray.js";

/** The masses on both sides of a point as decimal texts. */
export interface DistributionValue {
  /** F(x), the mass of (−∞, x]. */
  readonly cumulative: string;
  /** 1 − F(x), the mass of (x, ∞). */
  readonly survival: string;
}

/**
 * The distribution function F(x) = rho((−∞, x]) of a law at a rational x and its complement, each to the given number of significant digits, as decimal
 * texts. An atom at x counts in full. Certified: every digit is proved, by quadrature of the Stieltjes transform above x in balls; exact next to gaps
 * where the mass on one side is known, for instance outside the support. {@link distribution} is a fast estimate.
 *
 * @throws DomainError when the law has parameters or its curve is no spectrum, LimitError when a certificate could not be reached.
 * @example distributionAt(ensembles.semicircle(1), rational(1), 20) // 1/2 + √3/(4 pi) + 1/6
 */
export function distributionAt(law: Law, x: Rational, digits = 15, budget: Budget = unlimited): DistributionValue {
  requireDigits(digits);
  requireNumeric(law, "the distribution");
  requireSpectrum(law, budget);
  const { upTo } = cumulatedMass(law, x, budget);
  return { cumulative: massToText(upTo, digits, false, budget), survival: massToText(upTo, digits, true, budget) };
}

function requireDigits(digits: number): void {
  if (!Number.isInteger(digits) || digits < 1) throw new DomainError(`digits is ${digits}; it must be an integer >= 1`);
}

const bitsPerDigit = Math.log2(10);

/** A mass, or what is left of one, to so many significant digits. */
function massToText({ exact, ball }: Mass, digits: number, isRest: boolean, budget: Budget): string {
  if (exact !== undefined) {
    const field = algebraicField({ budget });
    return algebraicToDecimal(isRest ? field.sub(field.one, exact) : exact, digits);
  }
  const first = Math.ceil(digits * bitsPerDigit) + 20;
  for (let bits = first; bits < 1 << 17; bits *= 2) {
    const real = realBalls(bits + 40);
    const mass = isRest ? real.sub(real.one, ball(bits)) : ball(bits);
    if (real.sign(mass) !== 1) continue;
    const text = rationalToDecimal(real.lower(mass), digits);
    // A value half way between two texts is rounded either way.
    const isTie = bits > 4 * first && QQ.compare(real.lower(mass), QQ.mul(real.upper(mass), rational(1, 2))) > 0;
    if (isTie || text === rationalToDecimal(real.upper(mass), digits)) return text;
  }
  throw new LimitError(`a mass could not be rounded to ${digits} digits`);
}

/** A place that parts the support, with the distribution function there. */
interface Landmark {
  readonly at: AlgebraicNumber;
  mass(): CumulatedMass;
}

/**
 * The quantile of a law at a rational probability p, 0 < p ≤ 1: the least x with F(x) ≥ p, to the given number of significant digits, as decimal text; at
 * p = 1 the right end of the support. Certified: every digit is proved. Where p falls into the jump of an atom, or into a gap whose masses are
 * known exactly, the answer is that atom or edge. {@link quantiles} are fast estimates.
 *
 * @throws DomainError when p is out of range, the law has parameters or its curve is no spectrum; LimitError when a certificate could not be reached, as
 * where p agrees with the mass up to a gap to many digits and that is not known exactly.
 * @example quantileAt(ensembles.arcsine(0, 1), rational(1, 3), 20) // sin²(pi/6) = 1/4
 */
export function quantileAt(law: Law, p: Rational, digits = 15, budget: Budget = unlimited): string {
  requireDigits(digits);
  if (QQ.sign(p) <= 0 || QQ.compare(p, QQ.one) > 0) {
    throw new DomainError(`a quantile needs a probability p with 0 < p <= 1, not ${rationalToText(p)}`);
  }
  requireNumeric(law, "a quantile");
  requireSpectrum(law, budget);
  const places = landmarks(law, budget);
  for (const [k, { at, mass }] of places.entries()) {
    const { below, upTo } = mass();
    if (compareMass(upTo, p, at, digits) < 0) continue;
    const order = compareMass(below, p, at, digits);
    return order <= 0 ? algebraicToDecimal(at, digits) : placeInBulk(law, p, places[k - 1]!.at, at, digits, budget);
  }
  throw new LimitError(`the quantile at p = ${rationalToText(p)} could not be found`);
}

/** Edges, atoms, singular points inside the support and the centre of a symmetric law, from left to right. */
function landmarks(law: Law, budget: Budget): readonly Landmark[] {
  const centre = centreOf(law, budget);
  const places = [
    ...anatomy(law, budget).singular.map(({ at }) => at),
    ...atoms(law, budget).map(({ at }) => at),
    ...(centre === undefined ? [] : [algebraicFromRational(centre)]),
  ].sort(compareAlgebraic);
  return places
    .filter((at, k) => k === 0 || compareAlgebraic(at, places[k - 1]!) !== 0)
    .map((at) => ({ at, mass: () => massAt(law, at, centre, budget) }));
}

function massAt(law: Law, at: AlgebraicNumber, centre: Rational | undefined, budget: Budget): CumulatedMass {
  const isCentre = centre !== undefined && compareWithRational(at, centre) === 0;
  return isCentre ? cumulatedMass(law, centre, budget) : massAtPoint(law, at, budget);
}

/** The order of a mass and a probability; throws where they agree too far. */
function compareMass({ exact, ball }: Mass, p: Rational, at: AlgebraicNumber, digits: number): -1 | 0 | 1 {
  if (exact !== undefined) return compareWithRational(exact, p);
  const most = 2 * Math.ceil(digits * bitsPerDigit) + 128;
  for (let bits = 16; bits <= most; bits *= 2) {
    const real = realBalls(bits + 40);
    const order = real.compare(ball(bits), real.fromRational(p));
    if (order !== undefined && order !== 0) return order;
  }
  throw new LimitError(
    `p = ${rationalToText(p)} agrees with the mass up to x = ${algebraicToDecimal(at, Math.min(digits, 15))} to more than ${digits} digits: where they are equal, that x is the quantile`,
  );
}

/** So many points are tried. */
const mostSteps = 400;

/**
 * The x between two landmarks with F(x) = p: Newton's iteration, and where |p − F(x)| is so small that on the disc of the ray above x the density stays
 * above half of its value there, x is as near as 2|p − F(x)| over that.
 */
function placeInBulk(
  law: Law,
  p: Rational,
  left: AlgebraicNumber,
  right: AlgebraicNumber,
  digits: number,
  budget: Budget,
): string {
  const scale = rationalFromNumber(Math.max(Math.abs(algebraicToNumber(left)), Math.abs(algebraicToNumber(right))));
  const negligible = QQ.mul(scale, QQ.pow(rational(1, 10), 2 * digits + 20));
  let [low, high] = [refine(left, 64).lower, refine(right, 64).upper];
  let x = rationalFromNumber(
    distribution(law, budget).quantile(Math.min(Math.max(rationalToNumber(p), 1e-300), 1 - 2 ** -53)),
  );
  if (QQ.compare(x, low) <= 0 || QQ.compare(x, high) >= 0) x = QQ.mul(QQ.add(low, high), rational(1, 2));
  let bits = 100;
  for (let step = 0; step < mostSteps; step++) {
    budget.spend(10, "looking for a quantile");
    const place = locate(anatomy(law, budget), x, compareWithRational);
    const cell = "cell" in place ? place.cell : place.left;
    const ray = cell.real ? undefined : verticalRay(law, x, cell, QQ.zero, budget);
    if (ray?.kind !== "ok") {
      // Beyond an end that is known to some bits only, or at a singular point of no importance.
      if (compareWithRational(left, x) >= 0) low = x;
      if (compareWithRational(right, x) <= 0) high = x;
      x = QQ.add(x, QQ.mul(QQ.sub(QQ.compare(x, low) === 0 ? high : low, x), rational(1, 1024)));
      continue;
    }
    const { point, reach, bound } = ray.value;
    const real = realBalls(bits + 40);
    const missing = real.sub(real.fromRational(p), massBesideRay(ray.value, bits, budget));
    const most = real.upper(real.abs(missing));
    const radius = radiusAround(most, (point.m.im - point.radius) * (1 - 1e-12), reach, bound);
    if (radius !== undefined) {
      const [from, to] = [QQ.sub(x, radius), QQ.add(x, radius)];
      const text = rationalToDecimal(from, digits);
      if (text === rationalToDecimal(to, digits)) return text;
      if (QQ.sign(from) <= 0 && QQ.sign(to) >= 0 && QQ.compare(radius, negligible) < 0) return "0";
    }
    const order = real.sign(missing);
    if (order === 1) low = x;
    if (order === -1) high = x;
    bits = Math.max(100, 64 + bitLength(most.den) - bitLength(most.num), order === undefined ? bits + 60 : 0);
    const move = QQ.mul(realBalls(64).midpointRational(missing), rationalFromNumber(Math.PI / point.m.im));
    const next = QQ.add(x, move);
    // Where the density is steep Newton's iteration leaves the bracket: then nearer to that end.
    if (QQ.compare(next, low) <= 0) x = QQ.add(low, QQ.mul(QQ.sub(x, low), rational(1, 16)));
    else if (QQ.compare(next, high) >= 0) x = QQ.sub(high, QQ.mul(QQ.sub(high, x), rational(1, 16)));
    else x = next;
  }
  throw new LimitError(`the quantile at p = ${rationalToText(p)} could not be rounded to ${digits} digits`);
}

/**
 * How far the quantile is from x at most when F(x) misses p by so much, Im m(x) is at least `slope`, and |m| at most `bound` for |u| < reach: there
 * |m(u) − m(0)| ≤ 2·bound·|u|/reach by Schwarz's lemma. Undefined where the density may fall below half of its value on the way.
 */
function radiusAround(missing: Rational, slope: number, reach: number, bound: number): Rational | undefined {
  if (!(slope > 0)) return undefined;
  const radius = QQ.mul(missing, rationalFromNumber(((2 * Math.PI) / slope) * (1 + 1e-12)));
  const allowed = reach * Math.min(0.99, slope / (4.01 * bound));
  return QQ.compare(radius, rationalFromNumber(allowed)) < 0 ? radius : undefined;
}
