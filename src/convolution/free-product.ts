import { type Budget, DomainError, unlimited } from "../core/index.js";
import { type BirationalMap, rationalProductMap, transformCurve } from "../flow/index.js";
import {
  type Derivation,
  derivationOf,
  type Law,
  type LawOptions,
  lawFromCurve,
  moments,
  numericValue,
  type Scalar,
  toRationalFunction,
  withoutContents,
} from "../law/index.js";
import {
  coefficients,
  degree,
  fractions,
  multiply,
  type Polynomial,
  parsePolynomial,
  parseRationalFunction,
  power,
  type RationalFunction,
  rationalFunction,
  rationalFunctionToText,
  resultant,
  squareFreePart,
  substitute,
  substituteFractions,
  subtract,
  variable,
} from "../poly/index.js";
import { QQ, type Rational, rational } from "../rings/index.js";
import { lawOfEliminant } from "./law-factor.js";
import { momentsRefutePositivity } from "./positivity.js";
import { multiplicativePowerMoments, productMoments } from "./product-moments.js";
import { areVisiblyEqual, atomAtZero, isAtomAtZero } from "./special-laws.js";
import { substitutedLaw } from "./substituted-law.js";

/**
 * The free multiplicative convolution A ⊠ B of two laws, one of them positive. With y = −1 − z m shared, z = z1 z2 y/(1 + y) and
 * m_i = −(1 + y)/z_i. When one factor has a rational S-transform it is the substitution z ← z S(y), m ← m/S(y) in the curve of the
 * other, and for two equal laws {@link multiplicativePower}; else z1 is eliminated and the law's factor is the one with the moments
 * of the product. Exact. That one law is positive is the caller's to know: two laws that their first moments show to be not positive are
 * refused.
 *
 * @throws DomainError when the first moments show that neither law is positive, LimitError when the eliminant could not be factored
 * with proof.
 * @see A. Nica, R. Speicher, Lectures on the Combinatorics of Free Probability (2006), Lecture 18.
 * @example freeProduct(ensembles.mp("c1"), ensembles.mp("c2"))
 */
export function freeProduct(a: Law, b: Law, budget: Budget = unlimited): Law {
  const derivation = derivationOf("freeProduct", [a, b]);
  if (!isAtomAtZero(a) && !isAtomAtZero(b)) requireOnePositive(a, b, budget);
  return formalProduct(a, b, derivation, budget);
}

/** Curves of higher powers, or of roots of a higher order, have too many terms to be of use. */
const largestExponent = 1000n;

/**
 * The free multiplicative power of a positive law: S-transform to the power s = p/q > 0. For an integer s it is the free product of s
 * copies; for other s ≥ 1 it is a law too, for s < 1 it need not be, which `isSpectrum` decides. The coordinate z of the result
 * has z^q = z1^p (y/(1 + y))^(p − q) on the curve of the law. For an integer the minimal polynomial of that over the functions of
 * y is the new curve, so that the elimination makes no other factors; else the law's factor is the one with the moments of
 * S^s. Exact.
 *
 * @throws DomainError when s is no such number, when the first moments show that the law is not positive, or when its mean has no rational
 * power s.
 * @see H. Bercovici, D. Voiculescu, Lévy–Hinčin type theorems for multiplicative and additive free convolution, Pacific J. Math.
 * 153 (1992) 217–248; S. Belinschi, H. Bercovici, Partially defined semigroups relative to multiplicative free convolution,
 * IMRN 2005, 65–101.
 * @example multiplicativePower(ensembles.mp(1), 3) // the curve of fussCatalan(3)
 */
export function multiplicativePower(law: Law, s: Scalar, budget: Budget = unlimited): Law {
  const exponent = toRationalFunction(s);
  const value = numericValue(exponent);
  if (value === undefined || value.num < 1n || value.num > largestExponent || value.den > largestExponent) {
    throw new DomainError(
      `multiplicativePower(law, s) needs a number s > 0 with numerator and denominator up to ${largestExponent}; got ${rationalFunctionToText(exponent)}`,
    );
  }
  if (!QQ.equals(value, QQ.one) && !isAtomAtZero(law) && momentsRefutePositivity(law, budget)) {
    throw new DomainError(
      "multiplicativePower(law, s) needs a positive law, and the moments of this one show that it is not positive",
    );
  }
  const derivation: Derivation = {
    operation: "multiplicativePower",
    operands: [
      { kind: "law", law },
      { kind: "scalar", value: exponent },
    ],
  };
  return formalMultiplicativePower(law, value, derivation, budget);
}

/**
 * The multiplicative free deconvolution: the B with A ⊠ B = C, whose S-transform is S_C/S_A. The curve is that of {@link freeProduct} of C
 * with the formal law of S-transform 1/S_A; whether B is a probability measure is another question, which `isSpectrum`
 * answers. Exact.
 *
 * @throws DomainError when the mean of A is zero, LimitError when the eliminant could not be factored with proof.
 * @see Ø. Ryan, M. Debbah, Free deconvolution for signal processing applications, ISIT 2007.
 * @example freeQuotient(freeProduct(ensembles.mp("c"), ensembles.bures()), ensembles.mp("c")) // the curve of bures()
 */
export function freeQuotient(c: Law, a: Law, budget: Budget = unlimited): Law {
  const [mean] = moments(a, 1, budget);
  if (fractions.isZero(mean!)) {
    throw new DomainError(
      "freeQuotient(C, A) needs a law A whose mean is not 0: the S-transform of this A does not exist",
    );
  }
  const count = a.givenMoments.length;
  const known = momentSeries(a, Math.max(1, count), budget);
  const options: LawOptions = {
    derivation: { operation: "freeQuotient", operands: [{ kind: "law", law: a }] },
    moments: count === 0 ? [] : multiplicativePowerMoments(known, rational(-1), budget).slice(1),
  };
  const reciprocal = lawFromCurve(transformCurve(a.curve, reciprocalMap(), budget), options, budget);
  return formalProduct(c, reciprocal, derivationOf("freeQuotient", [c, a]), budget);
}

/** S → 1/S: with y = −1 − z m kept, z ← (1 + y)²/(y² z); its own inverse. */
function reciprocalMap(): BirationalMap {
  const old = { z: parseRationalFunction("z*m^2/(1 + z*m)^2"), m: parseRationalFunction("(1 + z*m)^2/m") };
  return { old, inverse: old };
}

function requireOnePositive(a: Law, b: Law, budget: Budget): void {
  if (!momentsRefutePositivity(a, budget) || !momentsRefutePositivity(b, budget)) return;
  throw new DomainError(
    "the free product needs a positive law, and the moments of both laws show that they are not positive",
  );
}

/** The product of S-transforms, as algebra: the result need not be a law. */
export function formalProduct(a: Law, b: Law, derivation: Derivation, budget: Budget): Law {
  if (isAtomAtZero(a) || isAtomAtZero(b)) return lawFromCurve(atomAtZero, { derivation }, budget);
  if (areVisiblyEqual(a, b)) return formalMultiplicativePower(a, rational(2), derivation, budget);
  const expected = (n: number): readonly RationalFunction[] =>
    productMoments(momentSeries(a, n, budget), momentSeries(b, n, budget), budget);
  const [left, right] = [onHyperbola(a.curve, budget), onHyperbola(b.curve, budget)];
  const [simple, onSheets, other] = degree(right, "z") === 1 ? [b, right, a] : [a, left, b];
  if (degree(onSheets, "z") === 1) {
    const map = rationalProductMap(sTransform(onSheets), "y_", budget);
    const [factor] = moments(simple, 1, budget);
    const mean = (mu: RationalFunction): RationalFunction => fractions.mul(mu, factor!);
    return substitutedLaw(other, map, { expected, mean }, derivation, budget);
  }
  const first = substitute(left, { z: variable("z1_") });
  const z2 = parseRationalFunction("z*(1 + y_)/(y_*z1_)");
  const second = substituteFractions(right, { z: z2 }, budget).numerator;
  return lawOfEliminant(inPlane(resultant(first, second, "z1_", budget), budget), expected, derivation, { budget });
}

/** The power of an S-transform, as algebra. */
function formalMultiplicativePower(law: Law, s: Rational, derivation: Derivation, budget: Budget): Law {
  if (isAtomAtZero(law) || QQ.equals(s, QQ.one)) return { ...law, derivation };
  const expected = (n: number): readonly RationalFunction[] =>
    multiplicativePowerMoments(momentSeries(law, n, budget), s, budget);
  const [p, q] = [Number(s.num), Number(s.den)];
  const onSheets = onHyperbola(law.curve, budget);
  // z^q (1 + y)^(p − q) = z1^p y^(p − q), with the negative powers on the other side
  const [above, below] = [Math.max(0, p - q), Math.max(0, q - p)];
  const [y, lifted] = [variable("y_"), parsePolynomial("1 + y_")];
  const relation = subtract(
    multiply(power(variable("z"), q), multiply(power(lifted, above), power(y, below))),
    multiply(power(variable("z1_"), p), multiply(power(y, above), power(lifted, below))),
  );
  const norm = resultant(substitute(onSheets, { z: variable("z1_") }), relation, "z1_", budget);
  if (q > 1) return lawOfEliminant(inPlane(norm, budget), expected, derivation, { budget });
  // The characteristic polynomial of an element of an extension field is a power of its minimal polynomial.
  const minimal = withoutContents(squareFreePart(norm, budget), ["z"], budget);
  return lawFromCurve(inPlane(minimal, budget), { derivation, moments: expected(4).slice(1) }, budget);
}

function momentSeries(law: Law, n: number, budget: Budget): readonly RationalFunction[] {
  return [fractions.one, ...moments(law, n, budget)];
}

/** P(z, −(1 + y_)/z) without denominators and without factors that lack z or y_. */
function onHyperbola(curve: Polynomial, budget: Budget): Polynomial {
  const moved = substituteFractions(curve, { m: parseRationalFunction("-(1 + y_)/z") }, budget).numerator;
  return withoutContents(moved, ["z", "y_"], budget);
}

/** Back to the plane of z and m: y_ = −1 − z m. */
function inPlane(p: Polynomial, budget: Budget): Polynomial {
  return withoutContents(substitute(p, { y_: parsePolynomial("-1 - z*m") }), ["m", "z"], budget);
}

/** S(y) = (1 + y)/(y z), for c_0(y) + c_1(y) z = 0. */
function sTransform(onSheets: Polynomial): RationalFunction {
  const [free, factor] = coefficients(onSheets, "z").map((c) => rationalFunction(c));
  const ratio = fractions.neg(fractions.div(factor!, free!));
  return fractions.mul(ratio, parseRationalFunction("(1 + y_)/y_"));
}
