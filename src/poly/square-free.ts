import {
  degree,
  derivative,
  isConstant,
  isZero,
  type Polynomial,
  primitive,
  productOf,
  quotientExact,
  subtract,
  variable,
} from "../sparse/index.js";
import { content, gcd, splitMonomial } from "./gcd.js";

/** A factor, primitive with the canonical sign, and how often it divides. */
export interface PolynomialPower {
  readonly factor: Polynomial;
  readonly multiplicity: number;
}

/**
 * The square-free factorisation over QQ: p is a rational number times the product of factor^multiplicity; the factors are
 * not constant, square-free and coprime to each other, one for each multiplicity, multiplicities ascending. [] for constants.
 *
 * @example
 * squareFree(parsePolynomial("2*x*(x + y)^2")) // x once, x + y twice
 */
export function squareFree(p: Polynomial): PolynomialPower[] {
  const groups = new Map<number, Polynomial[]>();
  for (const { factor, multiplicity } of splitSquareFree(p)) {
    const group = groups.get(multiplicity);
    if (group === undefined) groups.set(multiplicity, [factor]);
    else group.push(factor);
  }
  return [...groups.entries()]
    .sort(([a], [b]) => a - b)
    .map(([multiplicity, group]) => ({ factor: primitive(productOf(group)), multiplicity }));
}

/** The product of the different irreducible factors of p, primitive; 1 for a nonzero constant, 0 for 0. */
export function squareFreePart(p: Polynomial): Polynomial {
  return isZero(p) ? p : primitive(productOf(splitSquareFree(p).map(({ factor }) => factor)));
}

/**
 * The square-free factorisation as it is found, finer than {@link squareFree}: first the variables that divide, then for one
 * variable after the other Yun's algorithm on the part that is primitive in it [Yun, SYMSAC 1976, 26–35].
 */
export function splitSquareFree(p: Polynomial): PolynomialPower[] {
  if (isConstant(p)) return [];
  const { exponents, rest } = splitMonomial(primitive(p));
  const found: PolynomialPower[] = [...exponents].map(([name, multiplicity]) => ({
    factor: variable(name),
    multiplicity,
  }));
  let left = rest;
  while (!isConstant(left)) {
    const v = variableOfLowestDegree(left);
    const c = content(left, v);
    found.push(...splitPrimitive(primitive(isConstant(c) ? left : quotientExact(left, c)), v));
    left = c;
  }
  return found;
}

function variableOfLowestDegree(p: Polynomial): string {
  return p.variables.reduce((best, name) => (degree(p, name) < degree(p, best) ? name : best));
}

/** Yun's algorithm for a polynomial that is primitive with respect to v. */
function splitPrimitive(p: Polynomial, v: string): PolynomialPower[] {
  if (degree(p, v) === 1) return [{ factor: p, multiplicity: 1 }];
  const slope = derivative(p, v);
  const repeated = gcd(p, slope);
  if (isConstant(repeated)) return [{ factor: p, multiplicity: 1 }];
  const found: PolynomialPower[] = [];
  let rest = quotientExact(p, repeated);
  let difference = subtract(quotientExact(slope, repeated), derivative(rest, v));
  for (let multiplicity = 1; !isConstant(rest); multiplicity++) {
    const factor = gcd(rest, difference);
    if (!isConstant(factor)) found.push({ factor, multiplicity });
    rest = quotientExact(rest, factor);
    difference = subtract(quotientExact(difference, factor), derivative(rest, v));
  }
  return found;
}
