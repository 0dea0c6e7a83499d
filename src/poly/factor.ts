import { DomainError, LimitError, type Random, seededRandom } from "../core/index.js";
import type { Rational } from "../rings/index.js";
import {
  add,
  constant,
  constantValue,
  degree,
  divideExact,
  fromIntegerPoly,
  isConstant,
  isZero,
  type Polynomial,
  polynomialFromTerms,
  power,
  primitive,
  productOf,
  quotientExact,
  substitute,
  type Term,
  toIntegerPoly,
  toText,
  variable,
} from "../sparse/index.js";
import { type IntegerPoly, integerPoly } from "../univariate/index.js";
import { content } from "./gcd.js";
import { type PolynomialPower, splitSquareFree } from "./square-free.js";

/** The factorisation unit · ∏ factor^multiplicity into irreducible factors. */
export interface Factorization {
  readonly unit: Rational;
  readonly factors: readonly PolynomialPower[];
}

/** Integer specialisations whose factor degrees are intersected before anything heavier starts. */
const specialisations = 6;
/** The largest degree of the univariate polynomial that stands for one in several variables. */
const largestImageDegree = 400;
/** Images with at most so many factors are taken at once; otherwise so many shifts of the variables are tried. */
const fewParts = 10;
const shiftsTried = 4;
/** The largest number of subsets of its factors that are tried. */
const largestSubsetCount = 20_000;

/**
 * The factorisation over QQ into irreducible polynomials, primitive with the canonical sign, sorted by total degree, then by
 * number of terms and text. Exact, and each factor proved irreducible; `DomainError` for 0.
 *
 * One variable: Zassenhaus. Several: variables, contents and square-free parts are split off; what is left is
 * irreducible when it is linear in a variable, or when the factor degrees of some specialisations at integers exclude every
 * proper factor; otherwise Kronecker's substitution reduces it to one variable, and all combinations of the factors are tried
 * [von zur Gathen & Gerhard, Modern Computer Algebra, 15.6 and exercise 16.2]. `LimitError` when these would be too many or
 * too large.
 *
 * @example
 * factor(parsePolynomial("2*x^2*y - 2*y^3")) // 2 · y · (x + y) · (x − y)
 */
export function factor(p: Polynomial): Factorization {
  if (isZero(p)) throw new DomainError("the zero polynomial has no factorisation");
  const found = new Map<string, PolynomialPower>();
  for (const part of splitSquareFree(p)) {
    for (const piece of splitContents(part.factor)) {
      for (const irreducible of factorPrimitive(piece)) {
        const key = toText(irreducible);
        const multiplicity = part.multiplicity + (found.get(key)?.multiplicity ?? 0);
        found.set(key, { factor: irreducible, multiplicity });
      }
    }
  }
  const factors = [...found.entries()]
    .sort(([textA, a], [textB, b]) => compareFactors(a.factor, b.factor) || (textA < textB ? -1 : 1))
    .map(([, power]) => power);
  const product = productOf(factors.map((f) => power(f.factor, f.multiplicity)));
  return { unit: constantValue(quotientExact(p, product)), factors };
}

/** Whether p is irreducible over QQ: not constant, and not a product of two polynomials that are not. May throw `LimitError`. */
export function isIrreducible(p: Polynomial): boolean {
  if (isConstant(p)) return false;
  const { factors } = factor(p);
  return factors.length === 1 && factors[0]!.multiplicity === 1;
}

function compareFactors(a: Polynomial, b: Polynomial): number {
  const size = (p: Polynomial): number => Math.max(...p.terms.map((t) => t.exponents.reduce((sum, e) => sum + e, 0)));
  return size(a) - size(b) || a.terms.length - b.terms.length;
}

/** Splits a square-free polynomial into parts that are primitive with respect to each of their variables. */
function splitContents(p: Polynomial): Polynomial[] {
  if (isConstant(p)) return [];
  if (p.variables.length === 1) return [p];
  for (const name of p.variables) {
    const c = content(p, name);
    if (!isConstant(c)) return [...splitContents(c), ...splitContents(primitive(quotientExact(p, c)))];
  }
  return [p];
}

/** The irreducible factors of a square-free polynomial that is primitive with respect to each of its variables. */
function factorPrimitive(p: Polynomial): Polynomial[] {
  if (p.variables.length === 1) {
    const v = p.variables[0]!;
    return integerPoly.factor(toIntegerPoly(p, v)).factors.map((f) => fromIntegerPoly(f.factor, v));
  }
  if (p.variables.some((name) => degree(p, name) === 1)) return [p];
  const possible = new Map<string, ReadonlySet<number>>();
  const random = seededRandom(p.terms.length);
  for (const name of byDegree(p)) {
    const degrees = factorDegrees(p, name, random);
    if (degrees.size === 2) return [p];
    possible.set(name, degrees);
  }
  return factorByKronecker(p, possible);
}

function byDegree(p: Polynomial): string[] {
  return [...p.variables].sort((a, b) => degree(p, a) - degree(p, b));
}

/**
 * Degrees in v that a factor of p can have, from univariate specialisations of the other variables at integers that keep the
 * degree in v: a factor goes over into a product of some of the irreducible factors of the image. Contains 0 and the degree of
 * p; if nothing else, p is irreducible, because it is primitive with respect to v.
 */
function factorDegrees(p: Polynomial, v: string, random: Random): ReadonlySet<number> {
  const whole = degree(p, v);
  let possible: ReadonlySet<number> = new Set(Array.from({ length: whole + 1 }, (_, d) => d));
  for (let attempt = 0; attempt < specialisations && possible.size > 2; attempt++) {
    const size = 3 + 4 * attempt;
    const values: Record<string, Polynomial> = {};
    for (const name of p.variables) if (name !== v) values[name] = constant(random.integer(-size, size));
    const image = substitute(p, values);
    if (degree(image, v) !== whole) continue;
    const sums = new Set([0]);
    for (const { factor: part, multiplicity } of integerPoly.factor(toIntegerPoly(image, v)).factors) {
      for (let k = 0; k < multiplicity; k++) for (const s of [...sums]) sums.add(s + part.length - 1);
    }
    possible = new Set([...possible].filter((d) => sums.has(d)));
  }
  return possible;
}

/**
 * The irreducible factors by Kronecker's substitution of powers of one variable, so high that no two monomials up to the degrees
 * of p meet: each factor of p becomes a product of some of the irreducible factors of the image, and is found again by
 * trying all subsets, the small ones first. When the image of a symmetric polynomial falls into many factors, the variables
 * are shifted by integers first.
 */
function factorByKronecker(p: Polynomial, possible: ReadonlyMap<string, ReadonlySet<number>>): Polynomial[] {
  const names = byDegree(p).reverse();
  const radices = names.map((name) => degree(p, name) + 1);
  const imageDegree = radices.reduce((n, r) => n * r, 1) - 1;
  if (imageDegree > largestImageDegree) {
    const degrees = p.variables.map((name) => `${degree(p, name)} in ${name}`).join(", ");
    throw new LimitError(
      `the factorisation of a polynomial of degree ${degrees} is not available yet: its image in one variable has a degree beyond ${largestImageDegree}`,
    );
  }
  const random = seededRandom(p.terms.length);
  let best: { readonly shift: readonly number[]; readonly parts: IntegerPoly[] } | undefined;
  for (let attempt = 0; attempt < shiftsTried; attempt++) {
    const shift = names.map(() => (attempt === 0 ? 0 : random.integer(-attempt - 1, attempt + 1)));
    const image = foldVariables(shifted(p, names, shift, 1), names, radices);
    const parts = integerPoly
      .factor(image)
      .factors.flatMap((f) => new Array<IntegerPoly>(f.multiplicity).fill(f.factor));
    if (best === undefined || parts.length < best.parts.length) best = { shift, parts };
    if (best.parts.length <= fewParts) break;
  }
  const { shift, parts } = best!;
  return recombine(shifted(p, names, shift, 1), parts, names, radices, possible).map((f) =>
    primitive(shifted(f, names, shift, -1)),
  );
}

/** p with name + sign·shift in the place of each name. */
function shifted(p: Polynomial, names: readonly string[], shift: readonly number[], sign: 1 | -1): Polynomial {
  if (shift.every((s) => s === 0)) return p;
  const values = names.map((name, i) => [name, add(variable(name), constant(sign * shift[i]!))] as const);
  return primitive(substitute(p, Object.fromEntries(values)));
}

/** The irreducible factors of p from the irreducible factors of its image. */
function recombine(
  p: Polynomial,
  imageFactors: readonly IntegerPoly[],
  names: readonly string[],
  radices: readonly number[],
  possible: ReadonlyMap<string, ReadonlySet<number>>,
): Polynomial[] {
  const factors: Polynomial[] = [];
  let parts = imageFactors;
  let rest = p;
  let tried = 0;
  for (let size = 1; 2 * size <= parts.length; ) {
    const hit = firstSubset(parts.length, size, (subset) => {
      if (++tried > largestSubsetCount) {
        throw new LimitError(
          `the factorisation of a polynomial in ${p.variables.join(", ")} is not available yet: it needs more than ${largestSubsetCount} combinations of factors`,
        );
      }
      const product = subset.map((i) => parts[i]!).reduce(integerPoly.mul);
      const candidate = primitive(unfoldVariables(product, names, radices));
      const allowed = names.every((name) => possible.get(name)!.has(degree(candidate, name)));
      const quotient = allowed && !isConstant(candidate) ? divideExact(rest, candidate) : undefined;
      if (quotient === undefined) return false;
      factors.push(candidate);
      rest = primitive(quotient);
      return true;
    });
    if (hit === undefined) size++;
    else parts = parts.filter((_, i) => !hit.includes(i));
  }
  if (!isConstant(rest)) factors.push(rest);
  return factors;
}

/** The first subset of 0 … n − 1 of the given size, in lexicographic order, that the test accepts. */
function firstSubset(n: number, size: number, accept: (subset: readonly number[]) => boolean): number[] | undefined {
  const subset = Array.from({ length: size }, (_, i) => i);
  for (;;) {
    if (accept(subset)) return subset;
    let i = size - 1;
    while (i >= 0 && subset[i] === n - size + i) i--;
    if (i < 0) return undefined;
    subset[i]!++;
    for (let j = i + 1; j < size; j++) subset[j] = subset[j - 1]! + 1;
  }
}

/** p with the variables replaced by powers of one: the exponents become the digits of one exponent, the first the lowest. */
function foldVariables(p: Polynomial, names: readonly string[], radices: readonly number[]): IntegerPoly {
  const position = names.map((name) => p.variables.indexOf(name));
  const coeffs: bigint[] = new Array(radices.reduce((n, r) => n * r, 1)).fill(0n);
  for (const term of p.terms) {
    const exponent = position.reduceRight((sum, at, i) => sum * radices[i]! + term.exponents[at]!, 0);
    coeffs[exponent] = term.coefficient;
  }
  while (coeffs.at(-1) === 0n) coeffs.pop();
  return coeffs;
}

function unfoldVariables(c: IntegerPoly, names: readonly string[], radices: readonly number[]): Polynomial {
  const terms: Term[] = [];
  for (const [k, coefficient] of c.entries()) {
    if (coefficient === 0n) continue;
    let rest = k;
    const exponents = radices.map((radix) => {
      const digit = rest % radix;
      rest = Math.floor(rest / radix);
      return digit;
    });
    terms.push({ exponents, coefficient });
  }
  return polynomialFromTerms(names, terms);
}
