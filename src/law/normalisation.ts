import { type Budget, unlimited } from "../core/index.js";
import type { Complex } from "../curve/index.js";
import {
  add,
  constant,
  fractions,
  multiply,
  type Polynomial,
  power,
  primitive,
  type RationalFunction,
  rationalFunction,
  substitute,
  variable,
} from "../poly/index.js";
import { bitLength, powerOfTwo, QQ, type Rational, rational, rationalToNumber } from "../rings/index.js";
import { leadingMoments } from "./branch-at-infinity.js";
import type { Law } from "./law.js";

/**
 * The law of (X − centre)/2^exponent, mean and standard deviation of moderate size: what is computed in floating point about a law is
 * computed about this one.
 */
export interface Normalisation {
  readonly law: Law;
  readonly centre: Rational;
  readonly exponent: number;
}

const known = new WeakMap<Law, Normalisation>();

/** Beyond 2^±16 a law is scaled, beyond 2^4 standard deviations from 0 it is shifted. */
const largestExponent = 16;
const farthest = 4;

const noise = 100;

/** The normalised law; the law itself when it is of moderate size already. Exact. */
export function normalisation(law: Law, budget: Budget = unlimited): Normalisation {
  const cached = known.get(law);
  if (cached !== undefined) return cached;
  const [mean, second] = leadingMoments(law, budget);
  const variance = QQ.sub(second, QQ.mul(mean, mean));
  const location = QQ.isZero(mean) ? Number.NEGATIVE_INFINITY : binaryExponent(mean);
  // Irrational moments are known to 64 bits here, and a variance of zero is not zero then.
  const vanishes =
    QQ.isZero(variance) || (law.meanBetween !== undefined && binaryExponent(variance) < 2 * location - noise);
  const spread = vanishes ? undefined : Math.ceil(binaryExponent(variance) / 2);
  if (spread === undefined && QQ.isZero(mean)) {
    const same: Normalisation = { law, centre: QQ.zero, exponent: 0 };
    known.set(law, same);
    return same;
  }
  const isFar =
    location > (spread ?? Number.NEGATIVE_INFINITY) + farthest && (spread !== undefined || location > farthest);
  const size = isFar ? (spread ?? 0) : Math.max(spread ?? location, location);
  const exponent = Number.isFinite(size) && Math.abs(size) > largestExponent ? size : 0;
  // A multiple of a power of two below the standard deviation: as few digits as do.
  const onGrid = (grid: Rational): Rational => QQ.mul(rational(QQ.floor(QQ.div(mean, grid))), grid);
  const centre = !isFar ? QQ.zero : spread === undefined ? mean : onGrid(powerOfTwo(spread - 1));
  const isModerate = exponent === 0 && QQ.isZero(centre);
  const found: Normalisation = { law: isModerate ? law : moved(law, centre, exponent), centre, exponent };
  known.set(law, found);
  if (!isModerate) known.set(found.law, { law: found.law, centre: QQ.zero, exponent: 0 });
  return found;
}

/** Whether the law is its own normalisation. */
export function isNormalised({ centre, exponent }: Normalisation): boolean {
  return exponent === 0 && QQ.isZero(centre);
}

/** (x − centre)/2^exponent. */
export function intoNormal({ centre, exponent }: Normalisation, x: Rational): Rational {
  return QQ.mul(QQ.sub(x, centre), powerOfTwo(-exponent));
}

/** centre + 2^exponent·x. */
export function outOfNormal({ centre, exponent }: Normalisation, x: Rational): Rational {
  return QQ.add(centre, QQ.mul(x, powerOfTwo(exponent)));
}

/** {@link outOfNormal} in double precision. */
export function complexOutOfNormal({ centre, exponent }: Normalisation, z: Complex): Complex {
  const unit = 2 ** exponent;
  return { re: rationalToNumber(centre) + unit * z.re, im: unit * z.im };
}

/** Some e with 2^(e − 1) < |r| < 2^(e + 1). */
function binaryExponent(r: Rational): number {
  return bitLength(r.num) - bitLength(r.den);
}

function moved(law: Law, centre: Rational, exponent: number): Law {
  const unit = powerOfTwo(exponent);
  const into = (x: Rational): Rational => QQ.div(QQ.sub(x, centre), unit);
  const z = add(constant(centre), multiply(constant(unit), variable("z")));
  const m = multiply(constant(powerOfTwo(-exponent)), variable("m"));
  return {
    ...law,
    curve: primitive(substitute(law.curve, { z, m })),
    givenMoments: movedMoments(law.givenMoments, centre, exponent),
    ...(law.meanBetween === undefined ? {} : { meanBetween: [into(law.meanBetween[0]), into(law.meanBetween[1])] }),
  };
}

/** E ((X − centre)/unit)^k from E X^k. */
function movedMoments(
  given: readonly RationalFunction[],
  centre: Rational,
  exponent: number,
): readonly RationalFunction[] {
  const moments = [fractions.one, ...given];
  const x = variable("x_");
  const shifted: Polynomial = multiply(constant(powerOfTwo(-exponent)), add(x, constant(QQ.neg(centre))));
  return given.map((_, index) => {
    const expanded = power(shifted, index + 1);
    // Linear in the powers of x_, which stand for the moments.
    return expanded.terms.reduce((sum, { exponents, coefficient }) => {
      const mu = moments[exponents[0] ?? 0]!;
      const factor = rationalFunction(constant(QQ.fromRatio(coefficient, expanded.denominator)));
      return fractions.add(sum, fractions.mul(factor, mu));
    }, fractions.zero);
  });
}
