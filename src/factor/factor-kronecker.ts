import { type Budget, LimitError, seededRandom, unlimited } from "../core/index.js";
import {
  add,
  constant,
  degree,
  divideExact,
  isConstant,
  type Polynomial,
  polynomialFromTerms,
  primitive,
  substitute,
  type Term,
  variable,
} from "../sparse/index.js";
import { type IntegerPoly, integerPoly } from "../univariate/index.js";

/** The largest degree of the univariate polynomial that stands for one in several variables. */
const largestImageDegree = 400;
/** Images with at most so many factors are taken at once; otherwise so many shifts of the variables are tried. */
const fewParts = 10;
const shiftsTried = 4;
/** The largest number of subsets of its factors that are tried. */
const largestSubsetCount = 20_000;

/**
 * The irreducible factors of a polynomial that is square-free and primitive with respect to each of its variables, by
 * Kronecker's substitution of powers of one variable, so high that no two monomials up to the degrees of p meet: each factor of
 * p becomes a product of some of the irreducible factors of the image, and is found again by trying all subsets, the small
 * ones first [von zur Gathen & Gerhard, Modern Computer Algebra, 15.6 and exercise 16.2]. When the image of a symmetric
 * polynomial falls into many factors, the variables are shifted by integers first.
 *
 * Slow, but without any lifting: the witness against which the other algorithm is played. `LimitError` when the image or the
 * number of subsets would be too large.
 */
export function factorByKronecker(p: Polynomial, budget: Budget = unlimited): Polynomial[] {
  const names = [...p.variables].sort((a, b) => degree(p, b) - degree(p, a));
  const radices = names.map((name) => degree(p, name) + 1);
  const imageDegree = radices.reduce((n, r) => n * r, 1) - 1;
  if (imageDegree > largestImageDegree) {
    const degrees = p.variables.map((name) => `${degree(p, name)} in ${name}`).join(", ");
    throw new LimitError(
      `Kronecker's substitution turns a polynomial of degree ${degrees} into one of a degree beyond ${largestImageDegree}`,
    );
  }
  const random = seededRandom(p.terms.length);
  let best: { readonly shift: readonly number[]; readonly parts: IntegerPoly[] } | undefined;
  for (let attempt = 0; attempt < shiftsTried; attempt++) {
    const shift = names.map(() => (attempt === 0 ? 0 : random.integer(-attempt - 1, attempt + 1)));
    const image = foldVariables(shifted(p, names, shift, 1), names, radices);
    const parts = integerPoly
      .factor(image, budget)
      .factors.flatMap((f) => new Array<IntegerPoly>(f.multiplicity).fill(f.factor));
    if (best === undefined || parts.length < best.parts.length) best = { shift, parts };
    if (best.parts.length <= fewParts) break;
  }
  const { shift, parts } = best!;
  return recombine(shifted(p, names, shift, 1), parts, names, radices, budget).map((f) =>
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
  budget: Budget,
): Polynomial[] {
  const factors: Polynomial[] = [];
  let parts = imageFactors;
  let rest = p;
  let tried = 0;
  for (let size = 1; 2 * size <= parts.length; ) {
    const hit = firstSubset(parts.length, size, (subset) => {
      if (++tried > largestSubsetCount) {
        throw new LimitError(
          `Kronecker's substitution needs more than ${largestSubsetCount} combinations of factors for a polynomial in ${p.variables.join(", ")}`,
        );
      }
      budget.spend(rest.terms.length, "trying combinations of factors");
      const product = subset.map((i) => parts[i]!).reduce(integerPoly.mul);
      const candidate = primitive(unfoldVariables(product, names, radices));
      const quotient = isConstant(candidate) ? undefined : divideExact(rest, candidate);
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
