// Exact: polynomials in one algebraic number; signs by refining it.
import { type RealBall, realBalls } from "../ball/index.js";
import { type Budget, InternalError, unlimited } from "../core/index.js";
import { nullspace } from "../linear/index.js";
import { integerGcd, QQ } from "../rings/index.js";
import {
  type IntegerPoly,
  integerPoly,
  type NumberField,
  type NumberFieldElement,
  numberField,
} from "../univariate/index.js";
import {
  type AlgebraicNumber,
  algebraicFromRational,
  algebraicToBall,
  isRational,
  refine,
} from "./algebraic-number.js";
import { rootsOfIrreducible } from "./real-roots.js";

/** The field Q(alpha) for a real algebraic number alpha, as an ordered field. */
export interface RealNumberField extends NumberField {
  readonly alpha: AlgebraicNumber;
  /** The sign of the real number, exactly. */
  sign(a: NumberFieldElement): -1 | 0 | 1;
  compare(a: NumberFieldElement, b: NumberFieldElement): -1 | 0 | 1;
  /** The real number with its own minimal polynomial. */
  toAlgebraic(a: NumberFieldElement): AlgebraicNumber;
}

/**
 * The ordered field Q(alpha): arithmetic at the cost of polynomials of the degree of alpha, however many operations are made.
 */
export function realNumberField(alpha: AlgebraicNumber, name = "alpha"): RealNumberField {
  const field = numberField(alpha.minimalPolynomial, name);
  const sign = (a: NumberFieldElement): -1 | 0 | 1 => signAt(a.coeffs, alpha);
  return {
    ...field,
    alpha,
    sign,
    compare: (a, b) => sign(field.sub(a, b)),
    toAlgebraic: (a) => algebraicOf(field, a, alpha, unlimited),
  };
}

/** The ball p(a) at a precision. */
function ballValue(p: IntegerPoly, a: AlgebraicNumber, bits: number): RealBall {
  const balls = realBalls(bits);
  const x = algebraicToBall(a, bits);
  return p.reduceRight((value, c) => balls.add(balls.mul(value, x), balls.fromInteger(c)), balls.zero);
}

/** The sign of p(a) for a polynomial with integer coefficients, exactly: 0 when the minimal polynomial divides p. */
export function signAt(p: IntegerPoly, a: AlgebraicNumber, budget: Budget = unlimited): -1 | 0 | 1 {
  if (isRational(a)) return integerPoly.signAt(p, a.lower);
  if (p.length === 0) return 0;
  for (let bits = 64; ; bits *= 2) {
    budget.spend(p.length, "finding the sign of a polynomial at an algebraic number");
    const sign = realBalls(bits).sign(ballValue(p, a, bits));
    if (sign !== undefined && sign !== 0) return sign;
    // A value that stays open is probably zero, which is a question of divisibility.
    if (bits === 64 && integerPoly.pseudoDivide(p, a.minimalPolynomial).remainder.length === 0) return 0;
  }
}

/** The number p(a) for a polynomial with integer coefficients, with its minimal polynomial; its degree divides that of a. */
export function polynomialValue(p: IntegerPoly, a: AlgebraicNumber, budget: Budget = unlimited): AlgebraicNumber {
  if (isRational(a)) return algebraicFromRational(integerPoly.evaluate(p, a.lower));
  const field = numberField(a.minimalPolynomial);
  return algebraicOf(field, field.fromCoefficients(p), a, budget);
}

/** The real number that an element of Q(alpha) is. */
function algebraicOf(
  field: NumberField,
  element: NumberFieldElement,
  alpha: AlgebraicNumber,
  budget: Budget,
): AlgebraicNumber {
  const value = field.toRational(element);
  if (value !== undefined) return algebraicFromRational(value);
  const minimalPolynomial = minimalPolynomialOf(field, element, budget);
  const candidates = rootsOfIrreducible(minimalPolynomial, budget);
  const { coeffs, denominator } = element;
  for (let bits = 64; ; bits *= 2) {
    budget.spend(coeffs.length + candidates.length, "telling algebraic numbers apart");
    const balls = realBalls(bits);
    const ball = ballValue(coeffs, alpha, bits);
    const scale = QQ.fromRatio(1n, denominator);
    const [lower, upper] = [QQ.mul(balls.lower(ball), scale), QQ.mul(balls.upper(ball), scale)];
    const near = candidates
      .map((root) => refine(root, bits))
      .filter((root) => QQ.compare(root.upper, lower) >= 0 && QQ.compare(root.lower, upper) <= 0);
    if (near.length === 1) return near[0]!;
    if (near.length === 0) throw new InternalError("an element of a number field is no root of its minimal polynomial");
  }
}

/** The minimal polynomial over ZZ: the first linear relation between the powers of the element. */
function minimalPolynomialOf(field: NumberField, element: NumberFieldElement, budget: Budget): IntegerPoly {
  const powers: NumberFieldElement[] = [field.one];
  for (let k = 1; k <= field.degree; k++) powers.push(field.mul(powers[k - 1]!, element));
  const common = powers.reduce((l, x) => (l / integerGcd(l, x.denominator)) * x.denominator, 1n);
  const matrix = Array.from({ length: field.degree }, (_, i) =>
    powers.map((x) => (x.coeffs[i] ?? 0n) * (common / x.denominator)),
  );
  return integerPoly.primitive(integerPoly.trim(nullspace(matrix, budget)[0]!));
}
