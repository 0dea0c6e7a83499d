import { DomainError } from "../core/index.js";
import { type Field, integerGcd, powerBySquaring, type Rational } from "../rings/index.js";
import {
  add,
  content,
  equals,
  type IntegerPoly,
  toText as integerPolyToText,
  leadingCoefficient,
  mul,
  negate,
  primitive,
  pseudoDivide,
  quotientExact,
  scale,
  sub,
  trim,
} from "./integer-poly-arithmetic.js";

/** The element (coeffs[0] + coeffs[1]*theta + ...)/denominator: fewer coefficients than the degree of the field, in lowest terms. */
export interface NumberFieldElement {
  readonly coeffs: IntegerPoly;
  readonly denominator: bigint;
}

/** The field Q(theta) = Q[x]/(f). */
export interface NumberField extends Field<NumberFieldElement> {
  readonly minimalPolynomial: IntegerPoly;
  readonly degree: number;
  /** theta, the class of x. */
  readonly generator: NumberFieldElement;
  fromRational(r: Rational): NumberFieldElement;
  /** The value of an element that is rational, undefined for any other. */
  toRational(a: NumberFieldElement): Rational | undefined;
  /** The class of a polynomial with integer coefficients over a common denominator. */
  fromCoefficients(coeffs: IntegerPoly, denominator?: bigint): NumberFieldElement;
}

/**
 * The number field Q[x]/(f) for an irreducible f of positive degree, which need not be monic; the caller answers for
 * irreducibility (an element that shares a factor with a reducible f has no inverse: DomainError). `name` is the generator's in texts. Exact.
 */
export function numberField(minimalPolynomial: IntegerPoly, name = "theta"): NumberField {
  const f = primitive(trim(minimalPolynomial));
  if (f.length < 2) throw new DomainError("a number field needs a minimal polynomial of positive degree");
  const lead = leadingCoefficient(f);

  const lowestTerms = (coeffs: IntegerPoly, denominator: bigint): NumberFieldElement => {
    if (coeffs.length === 0) return { coeffs: [], denominator: 1n };
    const common = integerGcd(content(coeffs), denominator);
    const divisor = denominator < 0n ? -common : common;
    return divisor === 1n
      ? { coeffs, denominator }
      : { coeffs: coeffs.map((c) => c / divisor), denominator: denominator / divisor };
  };
  const reduce = (coeffs: IntegerPoly, denominator: bigint): NumberFieldElement => {
    if (coeffs.length < f.length) return lowestTerms(coeffs, denominator);
    const factor = lead ** BigInt(coeffs.length - f.length + 1);
    return lowestTerms(pseudoDivide(coeffs, f).remainder, denominator * factor);
  };
  const combine = (a: NumberFieldElement, b: NumberFieldElement, join: typeof add): NumberFieldElement =>
    a.denominator === b.denominator
      ? lowestTerms(join(a.coeffs, b.coeffs), a.denominator)
      : lowestTerms(
          join(scale(a.coeffs, b.denominator), scale(b.coeffs, a.denominator)),
          a.denominator * b.denominator,
        );
  const zero: NumberFieldElement = { coeffs: [], denominator: 1n };
  const one: NumberFieldElement = { coeffs: [1n], denominator: 1n };
  const times = (a: NumberFieldElement, b: NumberFieldElement): NumberFieldElement =>
    reduce(mul(a.coeffs, b.coeffs), a.denominator * b.denominator);
  const inv = (a: NumberFieldElement): NumberFieldElement => {
    if (a.coeffs.length === 0) throw new DomainError("0 has no inverse");
    const { cofactor, constant } = invertModuloPoly(a.coeffs, f);
    return lowestTerms(scale(cofactor, a.denominator), constant);
  };
  const fromInteger = (n: bigint): NumberFieldElement => ({ coeffs: trim([n]), denominator: 1n });

  return {
    name: `Q[${name}]/(${integerPolyToText(f, name)})`,
    minimalPolynomial: f,
    degree: f.length - 1,
    generator: reduce([0n, 1n], 1n),
    zero,
    one,
    add: (a, b) => combine(a, b, add),
    sub: (a, b) => combine(a, b, sub),
    neg: (a) => ({ coeffs: negate(a.coeffs), denominator: a.denominator }),
    mul: times,
    inv,
    div: (a, b) => times(a, inv(b)),
    pow: (a, n) => powerBySquaring(one, times, n < 0 ? inv(a) : a, Math.abs(n)),
    equals: (a, b) => a.denominator === b.denominator && equals(a.coeffs, b.coeffs),
    isZero: (a) => a.coeffs.length === 0,
    fromInteger,
    fromRational: (r) => ({ coeffs: trim([r.num]), denominator: r.den }),
    toRational: (a) => (a.coeffs.length > 1 ? undefined : { num: a.coeffs[0] ?? 0n, den: a.denominator }),
    fromCoefficients: (coeffs, denominator = 1n) => {
      if (denominator === 0n) throw new DomainError("division by zero");
      return reduce(trim(coeffs), denominator);
    },
    toText: (a) => {
      const text = integerPolyToText(a.coeffs, name);
      if (a.denominator === 1n) return text;
      return a.coeffs.filter((c) => c !== 0n).length > 1 ? `(${text})/${a.denominator}` : `${text}/${a.denominator}`;
    },
  };
}

/**
 * A cofactor t and a constant r, not 0, with t*a = r modulo f: the subresultant remainder sequence of f and a with the cofactors of a,
 * in which every division is exact [Cohen, A Course in Computational Algebraic Number Theory, algorithm 3.3.1].
 */
function invertModuloPoly(a: IntegerPoly, f: IntegerPoly): { cofactor: IntegerPoly; constant: bigint } {
  let [r0, r1]: [IntegerPoly, IntegerPoly] = [f, a];
  let [t0, t1]: [IntegerPoly, IntegerPoly] = [[], [1n]];
  let g = 1n;
  let h = 1n;
  while (r1.length > 1) {
    const gap = r0.length - r1.length;
    const { quotient, remainder } = pseudoDivide(r0, r1);
    if (remainder.length === 0)
      throw new DomainError("an element that is not a unit has no inverse: the polynomial of the field is reducible");
    const factor = leadingCoefficient(r1) ** BigInt(gap + 1);
    const cofactor = sub(scale(t0, factor), mul(quotient, t1));
    const divisor = g * h ** BigInt(gap);
    [r0, r1] = [r1, remainder.map((c) => c / divisor)];
    [t0, t1] = [t1, quotientExact(cofactor, [divisor])];
    g = leadingCoefficient(r0);
    h = gap === 0 ? h : gap === 1 ? g : g ** BigInt(gap) / h ** BigInt(gap - 1);
  }
  return { cofactor: t1, constant: r1[0]! };
}
