// Exact: integers and fractions throughout.
import { type Budget, DomainError, unlimited } from "../core/index.js";
import { gcd } from "../factor/index.js";
import { type Field, QQ } from "../rings/index.js";
import {
  add,
  coefficients,
  constant,
  constantValue,
  degree,
  equals,
  evaluateExpression,
  guardedPower,
  guardedProduct,
  integerConstant,
  isConstant,
  isZero,
  multiplyWithin,
  negate,
  onePolynomial,
  type Polynomial,
  power,
  primitive,
  productOf,
  quotientExact,
  rationalContent,
  scale,
  sumOf,
  toText,
  variable,
  zeroPolynomial,
} from "../sparse/index.js";

/**
 * A rational function over QQ in any number of variables, canonical: numerator and denominator coprime, the denominator an
 * integer polynomial without common factor and with the canonical sign (1 when it is constant), 0 as 0/1. Equal functions
 * have equal data.
 */
export interface RationalFunction {
  readonly numerator: Polynomial;
  readonly denominator: Polynomial;
}

const zero: RationalFunction = { numerator: zeroPolynomial, denominator: onePolynomial };
const one: RationalFunction = { numerator: onePolynomial, denominator: onePolynomial };

/** num/den for coprime num and den: moves the rational content of the denominator up. */
function normalised(num: Polynomial, den: Polynomial): RationalFunction {
  if (isZero(num)) return zero;
  const unit = rationalContent(den);
  return { numerator: scale(num, QQ.inv(unit)), denominator: isConstant(den) ? onePolynomial : primitive(den) };
}

/** num/den in lowest terms; `DomainError` when den is zero. */
export function rationalFunction(
  num: Polynomial,
  den: Polynomial = onePolynomial,
  budget: Budget = unlimited,
): RationalFunction {
  if (isZero(den)) throw new DomainError("division by zero");
  if (isConstant(den) || isConstant(num)) return normalised(num, den);
  const g = gcd(num, den, budget);
  return isConstant(g) ? normalised(num, den) : normalised(quotientExact(num, g), quotientExact(den, g));
}

function sum(f: RationalFunction, g: RationalFunction, budget: Budget): RationalFunction {
  const times = (p: Polynomial, q: Polynomial): Polynomial => announcedProduct(budget, p, q);
  if (equals(f.denominator, g.denominator)) {
    return rationalFunction(add(f.numerator, g.numerator), f.denominator, budget);
  }
  if (isConstant(f.denominator) || isConstant(g.denominator)) {
    const num = add(times(f.numerator, g.denominator), times(g.numerator, f.denominator));
    return normalised(num, times(f.denominator, g.denominator));
  }
  // Henrici's rule [Knuth, TAOCP 2, 4.5.1]: only the common part of the denominators can cancel.
  const common = gcd(f.denominator, g.denominator, budget);
  const restF = quotientExact(f.denominator, common);
  const restG = quotientExact(g.denominator, common);
  const num = add(times(f.numerator, restG), times(g.numerator, restF));
  const cancelled = isConstant(common) ? onePolynomial : gcd(num, common, budget);
  return normalised(quotientExact(num, cancelled), times(times(restF, restG), quotientExact(common, cancelled)));
}

function opposite(f: RationalFunction): RationalFunction {
  return { numerator: negate(f.numerator), denominator: f.denominator };
}

function product(f: RationalFunction, g: RationalFunction, budget: Budget): RationalFunction {
  if (isZero(f.numerator) || isZero(g.numerator)) return zero;
  const left = rationalFunction(f.numerator, g.denominator, budget);
  const right = rationalFunction(g.numerator, f.denominator, budget);
  return normalised(
    announcedProduct(budget, left.numerator, right.numerator),
    announcedProduct(budget, left.denominator, right.denominator),
  );
}

function inverse(f: RationalFunction): RationalFunction {
  if (isZero(f.numerator)) throw new DomainError("division by zero");
  return normalised(f.denominator, f.numerator);
}

function raised(f: RationalFunction, n: number): RationalFunction {
  if (n < 0) return raised(inverse(f), -n);
  return { numerator: power(f.numerator, n), denominator: power(f.denominator, n) };
}

/** The field of {@link fractions} whose sums, products and quotients are announced to a budget. */
export function fractionsWithin(budget: Budget): Field<RationalFunction> {
  return {
    name: "fractions of polynomials over QQ",
    zero,
    one,
    add: (f, g) => sum(f, g, budget),
    sub: (f, g) => sum(f, opposite(g), budget),
    mul: (f, g) => product(f, g, budget),
    neg: opposite,
    inv: inverse,
    div: (f, g) => product(f, inverse(g), budget),
    equals: (f, g) => equals(f.numerator, g.numerator) && equals(f.denominator, g.denominator),
    isZero: (f) => isZero(f.numerator),
    fromInteger: (n) => ({ numerator: constant(n), denominator: onePolynomial }),
    pow: raised,
    toText: rationalFunctionToText,
  };
}

/** The field of rational functions over QQ in all variables. */
export const fractions: Field<RationalFunction> = fractionsWithin(unlimited);

/**
 * The text `numerator/(denominator)`, each in canonical text, with parentheses where they are needed.
 *
 * @example
 * rationalFunctionToText(parseRationalFunction("(x - 1/2)/(2*x)")) // "(1/2*x - 1/4)/x"
 */
export function rationalFunctionToText(f: RationalFunction): string {
  const num = toText(f.numerator);
  if (isConstant(f.denominator)) return num;
  const den = toText(f.denominator);
  const above = f.numerator.terms.length > 1 ? `(${num})` : num;
  return /^[\p{L}\p{N}_]+(\^\d+)?$/u.test(den) ? `${above}/${den}` : `${above}/(${den})`;
}

/**
 * The rational function of a text in `+ - * / ^`, parentheses, exact decimals and names. `DomainError` for a mistake and
 * for a division by zero, with the column and a caret; `LimitError` as for `parsePolynomial`.
 */
export function parseRationalFunction(text: string): RationalFunction {
  const raise = (f: RationalFunction, n: number): RationalFunction => ({
    numerator: guardedPower(f.numerator, n),
    denominator: guardedPower(f.denominator, n),
  });
  const inverted = (f: RationalFunction): RationalFunction => {
    if (isZero(f.numerator)) throw new DomainError("this divides by zero");
    return inverse(f);
  };
  const guarded = (f: RationalFunction, g: RationalFunction): RationalFunction => {
    if (isConstant(f.denominator) && isConstant(g.denominator)) {
      return { numerator: guardedProduct(f.numerator, g.numerator), denominator: onePolynomial };
    }
    return fractions.mul(f, g);
  };
  return evaluateExpression<RationalFunction>(text, {
    number: (r) => ({ numerator: constant(r), denominator: onePolynomial }),
    variable: (name) => ({ numerator: variable(name), denominator: onePolynomial }),
    add: fractions.add,
    subtract: fractions.sub,
    negate: opposite,
    multiply: guarded,
    divide: (f, g) => guarded(f, inverted(g)),
    power: (f, n) => (n < 0 ? raise(inverted(f), -n) : raise(f, n)),
    integerValue: (f) => (isConstant(f.denominator) ? integerConstant(f.numerator) : undefined),
  });
}

/**
 * p with rational functions in the place of variables, all at once: the new values may contain the old names. The whole sum is
 * taken over one common denominator, the product of the denominators to the degrees of p, which is cancelled at the end.
 */
export function substituteFractions(
  p: Polynomial,
  values: Readonly<Record<string, RationalFunction>>,
  budget: Budget = unlimited,
): RationalFunction {
  const cleared = clearedSubstitution(p, values, budget);
  return cancelPowers(cleared.numerator, cleared.denominators, budget);
}

/** f with rational functions in the place of variables, all at once; `DomainError` when its denominator becomes zero. */
export function composeFraction(
  f: RationalFunction,
  values: Readonly<Record<string, RationalFunction>>,
  budget: Budget = unlimited,
): RationalFunction {
  const [above, below] = [f.numerator, f.denominator].map((part) => substituteFractions(part, values, budget));
  return fractionsWithin(budget).div(above!, below!);
}

interface PowerFactor {
  readonly base: Polynomial;
  readonly exponent: number;
}

/** The numerator over the product of the powers of the denominators, as the sum gives it, nothing cancelled. */
function clearedSubstitution(
  p: Polynomial,
  values: Readonly<Record<string, RationalFunction>>,
  budget: Budget,
): { numerator: Polynomial; denominators: PowerFactor[] } {
  const names = p.variables.filter((name) => Object.hasOwn(values, name));
  const degrees = names.map((name) => degree(p, name));
  // weights[i][k] = num^k · den^(degree − k)
  const weights = names.map((name, i) => {
    const { numerator, denominator } = values[name]!;
    const above = powersOf(numerator, degrees[i]!, budget);
    const below = powersOf(denominator, degrees[i]!, budget);
    return above.map((a, k) => announcedProduct(budget, a, below[degrees[i]! - k]!));
  });
  const replace = (q: Polynomial, i: number): Polynomial => {
    if (i === names.length || isZero(q)) return q;
    return sumOf(
      coefficients(q, names[i]!).map((c, k) => announcedProduct(budget, replace(c, i + 1), weights[i]![k]!)),
    );
  };
  const denominators = names.map((name, i) => ({ base: values[name]!.denominator, exponent: degrees[i]! }));
  return { numerator: replace(p, 0), denominators: denominators.filter((f) => !isConstant(f.base)) };
}

/** Products of two terms that take about as long as a unit of work. */
const productsPerUnit = 20;
const doing = "computing with rational functions";

function announcedProduct(budget: Budget, p: Polynomial, q: Polynomial): Polynomial {
  budget.spend((p.terms.length * q.terms.length) / productsPerUnit, doing);
  return multiplyWithin(p, q, budget, doing);
}

function powersOf(p: Polynomial, highest: number, budget: Budget): Polynomial[] {
  const powers = [onePolynomial];
  for (let k = 1; k <= highest; k++) powers.push(announcedProduct(budget, powers[k - 1]!, p));
  return powers;
}

/** num / ∏ base^exponent in lowest terms: each base is cancelled, or split where only a part of it cancels. */
function cancelPowers(num: Polynomial, factors: readonly PowerFactor[], budget: Budget): RationalFunction {
  if (isZero(num)) return zero;
  const pending = [...factors];
  const kept: Polynomial[] = [];
  let rest = num;
  for (let factor = pending.pop(); factor !== undefined; factor = pending.pop()) {
    const { base } = factor;
    let { exponent } = factor;
    while (exponent > 0) {
      const g = gcd(rest, base, budget);
      if (isConstant(g)) break;
      if (g.terms.length !== base.terms.length || !equals(g, primitive(base))) {
        pending.push({ base: g, exponent }, { base: quotientExact(base, g), exponent });
        exponent = 0;
      } else {
        rest = quotientExact(rest, base);
        exponent--;
      }
    }
    kept.push(power(base, exponent));
  }
  return normalised(rest, productOf(kept));
}

/** The value of a rational function that is constant; `InternalError` when a variable occurs. */
export function fractionConstant(f: RationalFunction): ReturnType<typeof constantValue> {
  return QQ.div(constantValue(f.numerator), constantValue(f.denominator));
}
