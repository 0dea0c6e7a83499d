import { realBalls } from "../ball/index.js";
import { type Budget, DomainError, LimitError, unlimited } from "../core/index.js";
import {
  anatomy,
  atoms,
  intoNormal,
  type Law,
  normalisation,
  outOfNormal,
  requireNumeric,
  requireSpectrum,
} from "../law/index.js";
import { powerOfTwo, QQ, type Rational, rational, rationalToDecimal, rationalToText } from "../rings/index.js";
import {
  type AlgebraicNumber,
  affineImage,
  algebraicField,
  algebraicFromRational,
  algebraicToDecimal,
  compareAlgebraic,
  compareWithRational,
  rationalValue,
  refine,
} from "../roots/index.js";
import { type CumulatedMass, centreOf, cumulatedMass, type Mass, massAtPoint } from "./cumulated-mass.js";
import { quantileInBulk } from "./quantile-in-bulk.js";

/** The masses on both sides of a point as decimal texts. */
export interface DistributionValue {
  /** F(x), the mass of (−∞, x]. */
  readonly cumulative: string;
  /** 1 − F(x), the mass of (x, ∞). */
  readonly survival: string;
}

/**
 * The distribution function F(x) = rho((−∞, x]) of a law at a rational x, an edge of the support or an atom, and its complement, each to the given number of
 * significant digits, as decimal texts. An atom at x counts in full. Certified: every digit is proved, by quadrature of the Stieltjes transform above x in
 * balls, and by its Puiseux expansion next to a point where it is singular; exact in gaps where the mass on one side is known, for instance
 * outside the support. {@link distribution} is a fast estimate.
 *
 * @throws DomainError when the law has parameters or its curve is no spectrum, or at another irrational x; LimitError when a certificate could not be reached.
 * @example distributionAt(ensembles.semicircle(1), rational(1), 20) // 1/2 + √3/(4 pi) + 1/6
 */
export function distributionAt(
  law: Law,
  x: Rational | AlgebraicNumber,
  digits = 15,
  budget: Budget = unlimited,
): DistributionValue {
  requireDigits(digits);
  requireNumeric(law, "the distribution");
  requireSpectrum(law, budget);
  const exact = "num" in x ? x : rationalValue(x);
  const frame = normalisation(law, budget);
  const { upTo } =
    exact === undefined
      ? massAtPoint(frame.law, criticalPointAt(law, x as AlgebraicNumber, budget), budget)
      : cumulatedMass(frame.law, intoNormal(frame, exact), budget);
  return { cumulative: massToText(upTo, digits, false, budget), survival: massToText(upTo, digits, true, budget) };
}

/** The point of the normalised law that an edge or another critical point of the law becomes. */
function criticalPointAt(law: Law, x: AlgebraicNumber, budget: Budget): AlgebraicNumber {
  const k = anatomy(law, budget).points.findIndex(({ at }) => compareAlgebraic(at, x) === 0);
  if (k < 0) throw new DomainError("the distribution function at an irrational x is available at edges and atoms only");
  return anatomy(normalisation(law, budget).law, budget).points[k]!.at;
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
    const mass = isRest ? real.sub(real.one, ball(bits, budget)) : ball(bits, budget);
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
 * known exactly, the answer is that atom or edge. An x smaller than 10^-(2·digits + 20) times the size of the support is given as 0. {@link quantiles} are fast
 * estimates.
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
  const frame = normalisation(law, budget);
  const normal = frame.law;
  const places = landmarks(normal, budget);
  for (const [k, { at, mass }] of places.entries()) {
    const { below, upTo } = mass();
    if (compareMass(upTo, p, at, digits, budget) < 0) continue;
    if (compareMass(below, p, at, digits, budget) <= 0) {
      return algebraicToDecimal(affineImage(at, powerOfTwo(frame.exponent), frame.centre), digits);
    }
    const left = places[k - 1]!;
    const enclose = quantileInBulk(normal, p, { at: left.at, mass: left.mass().upTo }, { at, mass: below }, budget);
    const size = QQ.mul(powerOfTwo(frame.exponent), QQ.max(sizeOf(left.at), sizeOf(at)));
    const moved = (bits: number): readonly [Rational, Rational] | undefined => {
      const found = enclose(bits);
      return found === undefined ? undefined : [outOfNormal(frame, found[0]), outOfNormal(frame, found[1])];
    };
    return placeToText(moved, size, digits);
  }
  throw new LimitError(`the quantile at p = ${rationalToText(p)} could not be found`);
}

/** An x that is enclosed the better the more bits are asked for, to so many significant digits; one that is negligible beside `size` is 0. */
function placeToText(
  enclose: (bits: number) => readonly [Rational, Rational] | undefined,
  size: Rational,
  digits: number,
): string {
  const first = Math.ceil(digits * bitsPerDigit) + 20;
  const negligible = QQ.mul(size, QQ.pow(rational(1, 10), 2 * digits + 20));
  for (let bits = first; bits < 1 << 17; bits *= 2) {
    const found = enclose(bits);
    if (found === undefined) continue;
    const [low, high] = found;
    const text = rationalToDecimal(low, digits);
    const width = QQ.sub(high, low);
    const isTie = bits > 4 * first && QQ.compare(width, QQ.mul(QQ.abs(low), powerOfTwo(-2 * first))) < 0;
    if (isTie || text === rationalToDecimal(high, digits)) return text;
    if (QQ.sign(low) < 0 && QQ.sign(high) > 0 && QQ.compare(width, negligible) < 0) return "0";
  }
  throw new LimitError(`a quantile could not be rounded to ${digits} digits`);
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

/** An upper bound of |a|. */
function sizeOf(a: AlgebraicNumber): Rational {
  const { lower, upper } = refine(a, 8);
  return QQ.max(QQ.abs(lower), QQ.abs(upper));
}

/** The order of a mass and a probability; throws where they agree too far. */
function compareMass(
  { exact, ball }: Mass,
  p: Rational,
  at: AlgebraicNumber,
  digits: number,
  budget: Budget,
): -1 | 0 | 1 {
  if (exact !== undefined) return compareWithRational(exact, p);
  const most = 2 * Math.ceil(digits * bitsPerDigit) + 128;
  for (let bits = 16; bits <= most; bits *= 2) {
    const real = realBalls(bits + 40);
    const order = real.compare(ball(bits, budget), real.fromRational(p));
    if (order !== undefined && order !== 0) return order;
  }
  throw new LimitError(
    `p = ${rationalToText(p)} agrees with the mass up to x = ${algebraicToDecimal(at, Math.min(digits, 15))} to more than ${digits} digits: where they are equal, that x is the quantile`,
  );
}
