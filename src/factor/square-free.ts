import { type Budget, seededRandom, unlimited } from "../core/index.js";
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
import { gcdResidues, isSquareFreeModulo, lightPrime, trimResidues } from "../univariate/index.js";
import { gcd, splitContent, splitMonomial } from "./gcd.js";
import { imageAt, reduceTerms, termTable } from "./residue-terms.js";

/** A factor, primitive with the canonical sign, and how often it divides. */
export interface PolynomialPower {
  readonly factor: Polynomial;
  readonly multiplicity: number;
}

/** Random images that may fail to prove something before the exact computation starts. */
const imagesTried = 3;

/**
 * The square-free factorisation over QQ: p is a rational number times the product of factor^multiplicity; the factors are
 * not constant, square-free and coprime to each other, one for each multiplicity, multiplicities ascending. [] for constants.
 * `LimitError` when the budget is spent. Exact.
 *
 * @example
 * squareFree(parsePolynomial("2*x*(x + y)^2")) // x once, x + y twice
 */
export function squareFree(p: Polynomial, budget: Budget = unlimited): PolynomialPower[] {
  const groups = new Map<number, Polynomial[]>();
  for (const { factor, multiplicity } of splitSquareFree(p, budget)) {
    const group = groups.get(multiplicity);
    if (group === undefined) groups.set(multiplicity, [factor]);
    else group.push(factor);
  }
  return [...groups.entries()]
    .sort(([a], [b]) => a - b)
    .map(([multiplicity, group]) => ({ factor: primitive(productOf(group)), multiplicity }));
}

/** The product of the different irreducible factors of p, primitive; 1 for a nonzero constant, 0 for 0. Exact. */
export function squareFreePart(p: Polynomial, budget: Budget = unlimited): Polynomial {
  return isZero(p) ? p : primitive(productOf(splitSquareFree(p, budget).map(({ factor }) => factor)));
}

/**
 * The square-free factorisation as it is found, finer than {@link squareFree}: coprime factors, each square-free and primitive
 * with respect to each of its variables. First the variables that divide and the contents, then Yun's algorithm [Yun,
 * SYMSAC 1976, 26–35]; images modulo a prime prove in most cases that there is nothing to split.
 */
export function splitSquareFree(p: Polynomial, budget: Budget = unlimited): PolynomialPower[] {
  if (isConstant(p)) return [];
  const { exponents, rest } = splitMonomial(primitive(p));
  const found: PolynomialPower[] = [...exponents].map(([name, multiplicity]) => ({
    factor: variable(name),
    multiplicity,
  }));
  for (const part of splitContents(rest, budget)) found.push(...splitPrimitive(part, budget));
  return found;
}

/** Coprime parts with product p (up to sign), each primitive with respect to each of its variables. */
function splitContents(p: Polynomial, budget: Budget): Polynomial[] {
  if (isConstant(p)) return [];
  if (p.variables.length === 1) return [p];
  for (const name of p.variables) {
    budget.spend(p.terms.length, "looking for factors that are free of a variable");
    if (isProvedPrimitive(p, name)) continue;
    const { content, rest } = splitContent(p, name, budget);
    if (!isConstant(content)) return [...splitContents(content, budget), ...splitContents(rest, budget)];
  }
  return [p];
}

/**
 * Whether images modulo a prime prove that p has no factor that is free of v: such a factor, of positive degree in w, divides
 * the images of p for two values of v, and keeps its degree there when p does.
 */
function isProvedPrimitive(p: Polynomial, v: string): boolean {
  const random = seededRandom(p.terms.length);
  return p.variables.every((w) => {
    if (w === v) return true;
    const axes = p.variables.filter((name) => name !== w);
    const table = termTable(p, w, axes);
    for (let k = 0; k < imagesTried; k++) {
      const prime = lightPrime(k);
      const terms = reduceTerms(table, prime);
      const point = axes.map(() => random.integer(1, prime - 1));
      const first = imageAt(terms, point);
      const second = imageAt(
        terms,
        point.map((x, j) => (axes[j] === v ? random.integer(1, prime - 1) : x)),
      );
      if (first[table.degree] === 0) continue;
      return gcdResidues(first, trimResidues(second), prime).length === 1;
    }
    return false;
  });
}

/** Yun's algorithm for a polynomial that is primitive with respect to each of its variables. */
function splitPrimitive(p: Polynomial, budget: Budget): PolynomialPower[] {
  const v = p.variables.reduce((best, name) => (degree(p, name) < degree(p, best) ? name : best));
  if (degree(p, v) === 1 || isProvedSquareFree(p, v)) return [{ factor: p, multiplicity: 1 }];
  const slope = derivative(p, v);
  const repeated = gcd(p, slope, budget);
  if (isConstant(repeated)) return [{ factor: p, multiplicity: 1 }];
  const found: PolynomialPower[] = [];
  let rest = quotientExact(p, repeated);
  let difference = subtract(quotientExact(slope, repeated), derivative(rest, v));
  for (let multiplicity = 1; !isConstant(rest); multiplicity++) {
    budget.spend(rest.terms.length, "splitting repeated factors off");
    const factor = gcd(rest, difference, budget);
    if (!isConstant(factor)) found.push({ factor, multiplicity });
    rest = quotientExact(rest, factor);
    difference = subtract(quotientExact(difference, factor), derivative(rest, v));
  }
  return found;
}

/** Whether an image modulo a prime that keeps the degree in v is square-free; then p is, when it is primitive with respect to v. */
function isProvedSquareFree(p: Polynomial, v: string): boolean {
  const random = seededRandom(p.terms.length);
  const axes = p.variables.filter((name) => name !== v);
  const table = termTable(p, v, axes);
  for (let k = 0; k < imagesTried; k++) {
    const prime = lightPrime(k);
    const image = imageAt(
      reduceTerms(table, prime),
      axes.map(() => random.integer(1, prime - 1)),
    );
    if (image[table.degree] !== 0 && isSquareFreeModulo(image, prime)) return true;
  }
  return false;
}
