// Exact: integers and fractions throughout.
import { DomainError, LimitError } from "../core/index.js";
import { bitLength, QQ, rationalToText } from "../rings/index.js";
import { evaluateExpression, largestExponent } from "./expression-parser.js";
import {
  add,
  constant,
  constantValue,
  isConstant,
  multiply,
  negate,
  type Polynomial,
  power,
  scale,
  subtract,
  totalDegree,
  variable,
} from "./polynomial.js";

/**
 * The canonical text: terms in descending powers of m, then z, then the other variables in alphabetical order; inside a term
 * the coefficient and then the variables in alphabetical order.
 *
 * @example
 * toText(parsePolynomial("c*z*m^2 + (z + c - 1)*m + 1")) // "c*m^2*z + m*z + c*m - m + 1"
 */
export function toText(p: Polynomial): string {
  if (p.terms.length === 0) return "0";
  let text = "";
  for (const term of p.terms) {
    const negative = term.coefficient < 0n;
    const magnitude = QQ.fromRatio(negative ? -term.coefficient : term.coefficient, p.denominator);
    const factors = p.variables.flatMap((name, i) => {
      const e = term.exponents[i]!;
      return e === 0 ? [] : [e === 1 ? name : `${name}^${e}`];
    });
    if (factors.length === 0 || !QQ.equals(magnitude, QQ.one)) factors.unshift(rationalToText(magnitude));
    const sign = text === "" ? (negative ? "-" : "") : negative ? " - " : " + ";
    text += sign + factors.join("*");
  }
  return text;
}

/** The largest number of terms, and of binary digits of a constant, that a power in a text may expand to. */
const largestExpansion = 200_000;
const largestPowerBits = 2_000_000;

/** p^n for a text of a user: `LimitError` when the result would be absurdly large. */
export function guardedPower(p: Polynomial, n: number): Polynomial {
  if (totalDegree(p) * n > largestExponent) {
    throw new LimitError(`the power has a degree beyond the limit ${largestExponent}`);
  }
  const bits = p.terms.reduce((b, t) => Math.max(b, bitLength(t.coefficient)), bitLength(p.denominator));
  let terms = 1;
  for (let k = 1; k < p.terms.length && terms <= largestExpansion; k++) terms *= (n + k) / k;
  let box = 1;
  for (let i = 0; i < p.variables.length; i++) {
    box *= n * p.terms.reduce((d, t) => Math.max(d, t.exponents[i]!), 0) + 1;
  }
  if (Math.min(terms, box) > largestExpansion || bits * n * Math.min(terms, box) > 100 * largestPowerBits) {
    throw new LimitError(`the power expands beyond the limit of ${largestExpansion} terms`);
  }
  if (bits * n > largestPowerBits) {
    throw new LimitError(`the power has a number of more than ${largestPowerBits} binary digits`);
  }
  return power(p, n);
}

/** p·q for a text of a user: `LimitError` when the result would be absurdly large. */
export function guardedProduct(p: Polynomial, q: Polynomial): Polynomial {
  if (totalDegree(p) + totalDegree(q) > largestExponent) {
    throw new LimitError(`the product has a degree beyond the limit ${largestExponent}`);
  }
  if (p.terms.length * q.terms.length > 50 * largestExpansion) {
    throw new LimitError(`the product expands beyond the limit of ${largestExpansion} terms`);
  }
  return multiply(p, q);
}

/**
 * The polynomial of a text in `+ - * / ^`, parentheses, exact decimals and names; `/` divides by constants only. `DomainError`
 * for a mistake, with the column and a caret; `LimitError` for exponents and expansions beyond 10000 and 200000 terms.
 *
 * @example
 * parsePolynomial("0.5*(x + 1)^2") // 1/2*x^2 + x + 1/2
 */
export function parsePolynomial(text: string): Polynomial {
  return evaluateExpression<Polynomial>(text, {
    number: constant,
    variable,
    add,
    subtract,
    negate,
    multiply: guardedProduct,
    divide(p, q) {
      if (!isConstant(q)) throw new DomainError("a polynomial can be divided by a constant only");
      const divisor = constantValue(q);
      if (QQ.isZero(divisor)) throw new DomainError("this divides by zero");
      return scale(p, QQ.inv(divisor));
    },
    power(p, n) {
      if (n >= 0) return guardedPower(p, n);
      if (!isConstant(p)) throw new DomainError("a negative exponent does not give a polynomial");
      const base = constantValue(p);
      if (QQ.isZero(base)) throw new DomainError("this divides by zero");
      return guardedPower(constant(QQ.inv(base)), -n);
    },
    integerValue: integerConstant,
  });
}

/** The value of p when it is an integer. */
export function integerConstant(p: Polynomial): bigint | undefined {
  if (!isConstant(p)) return undefined;
  const value = constantValue(p);
  return value.den === 1n ? value.num : undefined;
}
