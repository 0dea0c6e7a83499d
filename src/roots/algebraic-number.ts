// Exact: an isolating interval is refined until it decides.
import { type RealBall, realBalls } from "../ball/index.js";
import { DomainError, InternalError } from "../core/index.js";
import { boundsOf, type GridCell, refineCell, startingCell, widestAround } from "../isolation/index.js";
import { QQ, type Rational, rationalToDecimal, rationalToNumber, simplestRationalBetween } from "../rings/index.js";
import { type IntegerPoly, integerPoly } from "../univariate/index.js";

/**
 * A real algebraic number: its minimal polynomial over ZZ (primitive, irreducible, positive leading coefficient) and an interval
 * [lower, upper] that contains exactly one root of it. A rational number has degree 1 and lower = upper; for any other the ends
 * are not roots.
 */
export interface AlgebraicNumber {
  readonly minimalPolynomial: IntegerPoly;
  readonly lower: Rational;
  readonly upper: Rational;
}

/** The smallest cell that was computed for a number, so that no digit is computed twice. */
const knownCells = new WeakMap<AlgebraicNumber, GridCell>();

export function algebraicFromRational(r: Rational): AlgebraicNumber {
  return { minimalPolynomial: [-r.num, r.den], lower: r, upper: r };
}

export function isRational(a: AlgebraicNumber): boolean {
  return a.minimalPolynomial.length === 2;
}

/** The value of a rational number, undefined for any other. */
export function rationalValue(a: AlgebraicNumber): Rational | undefined {
  return isRational(a) ? a.lower : undefined;
}

/**
 * The root of an irreducible polynomial of degree >= 2 in an interval at whose ends the polynomial has opposite signs and in which
 * it has no other root; the interval is narrowed to a dyadic one, with less work when an estimate of the root is given.
 */
export function algebraicFromIsolated(
  minimalPolynomial: IntegerPoly,
  lower: Rational,
  upper: Rational,
  near?: Rational,
): AlgebraicNumber {
  const cell = startingCell(minimalPolynomial, lower, upper, near);
  // The ends have few digits; what is known beyond them waits for the first refinement.
  const number = { minimalPolynomial, ...boundsOf(widestAround(cell, lower, upper)) };
  knownCells.set(number, cell);
  return number;
}

/** The same number with an isolating interval of width at most 2^-bits * |a| and with dyadic ends. */
export function refine(a: AlgebraicNumber, bits: number): AlgebraicNumber {
  if (isRational(a)) return a;
  const known = knownCells.get(a) ?? startingCell(a.minimalPolynomial, a.lower, a.upper);
  const cell = refineCell(a.minimalPolynomial, known, bits);
  if (cell !== known || !knownCells.has(a)) knownCells.set(a, cell);
  const { lower, upper } = boundsOf(cell);
  if (QQ.equals(lower, a.lower) && QQ.equals(upper, a.upper)) return a;
  const refined = { minimalPolynomial: a.minimalPolynomial, lower, upper };
  knownCells.set(refined, cell);
  return refined;
}

/** The sign of a, exactly. */
export function signOf(a: AlgebraicNumber): -1 | 0 | 1 {
  return compareWithRational(a, QQ.zero);
}

/** The sign of a - r, exactly. */
export function compareWithRational(a: AlgebraicNumber, r: Rational): -1 | 0 | 1 {
  if (isRational(a)) return QQ.compare(a.lower, r);
  if (QQ.compare(r, a.lower) <= 0) return 1;
  if (QQ.compare(r, a.upper) >= 0) return -1;
  const p = a.minimalPolynomial;
  return integerPoly.signAt(p, r) === integerPoly.signAt(p, a.lower) ? 1 : -1;
}

/** The sign of a - b, exactly. */
export function compareAlgebraic(a: AlgebraicNumber, b: AlgebraicNumber): -1 | 0 | 1 {
  if (a === b) return 0;
  if (isRational(b)) return compareWithRational(a, b.lower);
  if (isRational(a)) return -compareWithRational(b, a.lower) as -1 | 0 | 1;
  const order = separated(a, b);
  if (order !== undefined) return order;
  if (algebraicEqualsOverlapping(a, b)) return 0;
  for (let bits = 8; ; bits *= 2) {
    const decided = separated(refine(a, bits), refine(b, bits));
    if (decided !== undefined) return decided;
  }
}

/** Whether a and b are the same number, exactly. */
export function algebraicEquals(a: AlgebraicNumber, b: AlgebraicNumber): boolean {
  if (a === b) return true;
  if (!integerPoly.equals(a.minimalPolynomial, b.minimalPolynomial)) return false;
  return isRational(a) || (separated(a, b) === undefined && algebraicEqualsOverlapping(a, b));
}

/** The order of two irrational numbers whose intervals share at most an end, which is not a root of either. */
function separated(a: AlgebraicNumber, b: AlgebraicNumber): -1 | 1 | undefined {
  if (QQ.compare(a.upper, b.lower) <= 0) return -1;
  return QQ.compare(b.upper, a.lower) <= 0 ? 1 : undefined;
}

/** Two irrational numbers with overlapping intervals are equal when the one root of each lies in the common part. */
function algebraicEqualsOverlapping(a: AlgebraicNumber, b: AlgebraicNumber): boolean {
  const p = a.minimalPolynomial;
  if (!integerPoly.equals(p, b.minimalPolynomial)) return false;
  const lower = QQ.max(a.lower, b.lower);
  const upper = QQ.min(a.upper, b.upper);
  return integerPoly.signAt(p, lower) !== integerPoly.signAt(p, upper);
}

/** A simple rational number strictly between a < b: few digits, but not always the fewest. DomainError unless a < b. */
export function rationalBetween(a: AlgebraicNumber, b: AlgebraicNumber): Rational {
  if (compareAlgebraic(a, b) >= 0) {
    throw new DomainError(
      `no number lies strictly between ${algebraicToDecimal(a, 15)} and ${algebraicToDecimal(b, 15)}`,
    );
  }
  for (let bits = 4; ; bits *= 2) {
    const left = refine(a, bits);
    const right = refine(b, bits);
    const gap = QQ.sub(right.lower, left.upper);
    const blur = QQ.add(QQ.sub(left.upper, left.lower), QQ.sub(right.upper, right.lower));
    if (QQ.compare(gap, QQ.mul(QQ.fromInteger(8n), blur)) > 0) return simplestRationalBetween(left.upper, right.lower);
  }
}

/** a in decimal. Certified: rounded correctly to the given number of significant digits; notation as decimal.js. */
export function algebraicToDecimal(a: AlgebraicNumber, digits: number): string {
  return roundedBy(a, Math.ceil(digits * 3.33) + 8, (r) => rationalToDecimal(r, digits));
}

/** The double nearest to a. Certified. */
export function algebraicToNumber(a: AlgebraicNumber): number {
  return roundedBy(a, 64, rationalToNumber);
}

/** A ball of the given precision that contains a; its radius is at most about 2^(1-bits) * |a|. Certified. */
export function algebraicToBall(a: AlgebraicNumber, bits: number): RealBall {
  const balls = realBalls(bits);
  if (isRational(a)) return balls.fromRational(a.lower);
  const { lower, upper } = refine(a, bits + 8);
  return balls.fromInterval(lower, upper);
}

/** A monotone rounding of a: both ends of the interval are refined until they round to the same. */
function roundedBy<T>(a: AlgebraicNumber, bits: number, round: (r: Rational) => T): T {
  if (isRational(a)) return round(a.lower);
  for (let precision = bits; ; precision += 32 + (precision >> 2)) {
    const { lower, upper } = refine(a, precision);
    const value = round(lower);
    if (value === round(upper)) return value;
  }
}

/** factor*a + shift for a rational factor that is not 0. */
export function affineImage(a: AlgebraicNumber, factor: Rational, shift: Rational): AlgebraicNumber {
  if (factor.num === 0n) throw new InternalError("affineImage needs a factor that is not 0");
  const image = (r: Rational): Rational => QQ.add(QQ.mul(factor, r), shift);
  if (isRational(a)) return algebraicFromRational(image(a.lower));
  // p((x - shift)/factor), cleared of denominators.
  const num = factor.den * shift.den;
  const p = integerPoly.pullBackMobius(a.minimalPolynomial, num, -shift.num * factor.den, 0n, factor.num * shift.den);
  const [x, y] = [image(a.lower), image(a.upper)];
  return { minimalPolynomial: integerPoly.primitive(p), lower: QQ.min(x, y), upper: QQ.max(x, y) };
}
