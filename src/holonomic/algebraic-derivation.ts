import { type Budget, DomainError, unlimited } from "../core/index.js";
import {
  add,
  coefficients,
  constant,
  derivative,
  gcd,
  isConstant,
  lcm,
  linearAlgebra,
  multiply,
  negate,
  onePolynomial,
  type Polynomial,
  polynomialDomain,
  subtract,
  sumOf,
  zeroPolynomial,
} from "../poly/index.js";
import { quotientExact } from "../sparse/index.js";
import { withoutCommonFactor } from "./common-factor.js";
import { independentColumns } from "./random-image.js";

/** The coordinates of an element of K(x)[y]/(P) in the basis 1, y, …, y^(D−1), over one denominator. */
export interface AlgebraElement {
  readonly numerators: readonly Polynomial[];
  readonly denominator: Polynomial;
}

/**
 * The derivation d/dx of the algebra A = K(x)[y]/(P) of dimension D = deg_y P, for a P that is square-free in y: the only one with
 * dx/dx = 1, since P_x + P_y y' = 0 fixes y' = −P_x/P_y. K is the field of rational functions in the other variables of P.
 */
export interface AlgebraicDerivation {
  readonly variable: string;
  readonly dimension: number;
  /** y itself. */
  readonly unknown: AlgebraElement;
  /** Column j holds the coordinates of (y^j)' times `denominator`. */
  readonly matrix: readonly (readonly Polynomial[])[];
  readonly denominator: Polynomial;
}

/**
 * The derivation of the algebra of a polynomial P(x, y), exact; all denominators reduced. DomainError when P has a repeated factor
 * or does not contain y.
 */
export function algebraicDerivation(
  polynomial: Polynomial,
  variable: string,
  unknown: string,
  budget: Budget = unlimited,
): AlgebraicDerivation {
  const relation = coefficients(polynomial, unknown);
  const dimension = relation.length - 1;
  if (dimension < 1) throw new DomainError(`a polynomial that contains ${unknown} is needed`);
  if (dimension === 1) {
    return {
      variable,
      dimension,
      unknown: reduced([negate(relation[0]!)], relation[1]!, budget),
      matrix: [[zeroPolynomial]],
      denominator: onePolynomial,
    };
  }
  // power is the element y^j y', of which (j + 1) times is the derivative of y^(j+1).
  let power = slope(relation, variable, budget);
  const columns: AlgebraElement[] = [];
  for (let j = 0; j < dimension - 1; j++) {
    if (j > 0) power = timesUnknown(power, relation, budget);
    columns.push(power);
    budget.spend(1, "differentiating an algebraic function");
  }
  const denominator = columns.reduce((common, column) => lcm(common, column.denominator, budget), onePolynomial);
  const scaled = columns.map((column, j) => {
    const factor = multiply(constant(j + 1), quotientExact(denominator, column.denominator));
    return column.numerators.map((p) => multiply(p, factor));
  });
  return {
    variable,
    dimension,
    unknown: {
      numerators: relation.slice(1).map((_, i) => (i === 1 ? onePolynomial : zeroPolynomial)),
      denominator: onePolynomial,
    },
    matrix: relation.slice(1).map((_, i) => [zeroPolynomial, ...scaled.map((column) => column[i]!)]),
    denominator,
  };
}

/** y' = −P_x/P_y: the u of degree below D in y with P_y u + P s = −P_x, from the linear system for the coefficients of u and s. */
function slope(relation: readonly Polynomial[], variable: string, budget: Budget): AlgebraElement {
  const dimension = relation.length - 1;
  const inUnknown = relation.slice(1).map((c, j) => multiply(c, constant(j + 1)));
  const rows = Array.from({ length: 2 * dimension - 1 }, (_, k) => [
    ...Array.from({ length: dimension }, (__, j) => inUnknown[k - j] ?? zeroPolynomial),
    ...Array.from({ length: dimension - 1 }, (__, j) => relation[k - j] ?? zeroPolynomial),
  ]);
  const right = rows.map((_, k) => negate(derivative(relation[k] ?? zeroPolynomial, variable)));
  const domain = polynomialDomain(budget, "differentiating an algebraic function");
  const solution = linearAlgebra.solveByBareiss(domain, rows, right, budget);
  const regular =
    independentColumns(rows, 0, budget) === rows.length ||
    linearAlgebra.rankByBareiss(domain, rows, budget) === rows.length;
  if (solution === undefined || !regular)
    throw new DomainError("the polynomial has a repeated factor; give its square-free part instead");
  return reduced(solution.numerators.slice(0, dimension), solution.denominator, budget);
}

/** y·a, reduced by P. */
function timesUnknown(a: AlgebraElement, relation: readonly Polynomial[], budget: Budget): AlgebraElement {
  const leading = relation.at(-1)!;
  const top = a.numerators.at(-1)!;
  const numerators = a.numerators.map((_, i) =>
    subtract(multiply(leading, i === 0 ? zeroPolynomial : a.numerators[i - 1]!), multiply(top, relation[i]!)),
  );
  return reduced(numerators, multiply(leading, a.denominator), budget);
}

/** The derivative of an element of the algebra. */
export function differentiate(
  derivation: AlgebraicDerivation,
  element: AlgebraElement,
  budget: Budget = unlimited,
): AlgebraElement {
  const { variable, matrix } = derivation;
  const { numerators, denominator } = element;
  // (v/d)' = (v' e − v f)/(d e) with e = d/gcd(d, d') and f = d'/gcd(d, d'), to which N v/(d delta) is added.
  const rate = derivative(denominator, variable);
  const common = isConstant(denominator) ? onePolynomial : gcd(denominator, rate, budget);
  const e = quotientExact(denominator, common);
  const f = quotientExact(rate, common);
  const both = lcm(e, derivation.denominator, budget);
  const first = quotientExact(both, e);
  const second = quotientExact(both, derivation.denominator);
  return reduced(
    numerators.map((v, i) => {
      const own = subtract(multiply(derivative(v, variable), e), multiply(v, f));
      const turned = sumOf(matrix[i]!.map((entry, j) => multiply(entry, numerators[j]!)));
      return add(multiply(own, first), multiply(turned, second));
    }),
    multiply(denominator, both),
    budget,
  );
}

function reduced(numerators: readonly Polynomial[], denominator: Polynomial, budget: Budget): AlgebraElement {
  const list = withoutCommonFactor([...numerators, denominator], budget);
  return { numerators: list.slice(0, -1), denominator: list.at(-1)! };
}

/** Σ factors[k]·elements[k], times a common denominator that is not zero: it is 0 exactly where these coordinates are. */
export function combination(
  factors: readonly Polynomial[],
  elements: readonly AlgebraElement[],
  budget: Budget = unlimited,
): readonly Polynomial[] {
  const denominator = elements.reduce((common, element) => lcm(common, element.denominator, budget), onePolynomial);
  const weights = elements.map((element, k) => multiply(factors[k]!, quotientExact(denominator, element.denominator)));
  return elements[0]!.numerators.map((_, i) =>
    sumOf(elements.map((element, k) => multiply(weights[k]!, element.numerators[i]!))),
  );
}

/** The element 1. */
export function unit(dimension: number): AlgebraElement {
  return {
    numerators: Array.from({ length: dimension }, (_, i) => (i === 0 ? onePolynomial : zeroPolynomial)),
    denominator: onePolynomial,
  };
}
