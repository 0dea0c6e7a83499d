// Exact: integers and fractions throughout.
import { type Budget, seededRandom, unlimited } from "../core/index.js";
import { evaluationPlan, gcdModulo, visitGrid } from "../modular/index.js";
import { integerGcd, QQ, wordPrime } from "../rings/index.js";
import {
  canonicalPolynomial,
  coefficients,
  degree,
  divideExact,
  equals,
  fromIntegerPoly,
  integerContent,
  isConstant,
  isZero,
  leadingCoefficient,
  multiply,
  onePolynomial,
  type Polynomial,
  polynomialFromTerms,
  primitive,
  quotientExact,
  scale,
  sumOf,
  type Term,
  toIntegerPoly,
  zeroPolynomial,
} from "../sparse/index.js";
import { type IntegerPoly, integerPoly } from "../univariate/index.js";
import { gcdByImages } from "./gcd-images.js";

/**
 * The greatest common divisor over QQ in any number of variables, as a primitive integer polynomial with the canonical sign;
 * gcd(0, 0) = 0. Exact: what the modular algorithm proposes is returned only when it divides both.
 *
 * The cheap cases come first (constants, common monomials, variables that only one of the two has, one divides the other);
 * the rest is Brown's modular algorithm with word-size primes and evaluation of all variables but one [Brown, J. ACM 18
 * (1971) 478–504].
 *
 * @example
 * toText(gcd(parsePolynomial("x^2 - y^2"), parsePolynomial("x^2 + 2*x*y + y^2"))) // "x + y"
 */
export function gcd(p: Polynomial, q: Polynomial, budget: Budget = unlimited): Polynomial {
  if (isZero(p)) return primitive(q);
  if (isZero(q)) return primitive(p);
  if (isConstant(p) || isConstant(q)) return onePolynomial;
  const a = splitMonomial(primitive(p));
  const b = splitMonomial(primitive(q));
  const common = commonMonomial(a, b);
  const rest = gcdWithoutMonomials(a.rest, b.rest, budget);
  return isConstant(common) ? rest : primitive(multiply(common, rest));
}

/**
 * The greatest common divisor of a list; 0 for the empty list. The shortest polynomial is compared with a random combination of
 * the others, which nearly always gives the answer at once; what does not divide all of them is compared with the rest.
 */
export function gcdOf(list: readonly Polynomial[], budget: Budget = unlimited): Polynomial {
  const sorted = list.filter((p) => !isZero(p)).sort((a, b) => a.terms.length - b.terms.length);
  if (sorted.length === 0) return zeroPolynomial;
  let g = primitive(sorted[0]!);
  let others = sorted.slice(1);
  const random = seededRandom(probeSeed);
  while (others.length > 0) {
    if (isConstant(g)) return onePolynomial;
    const combined =
      others.length === 1
        ? others[0]!
        : sumOf(others.map((p) => scale(p, QQ.fromInteger(BigInt(random.integer(1, 1000))))));
    g = gcd(g, isZero(combined) ? others[0]! : combined, budget);
    if (isConstant(g)) return onePolynomial;
    const divisor = g;
    const left = others.filter((p) => divideExact(p, divisor) === undefined);
    // A combination that vanishes or hides a polynomial by chance: one of them is taken alone.
    if (left.length === others.length && left.length > 1) {
      g = gcd(g, left[0]!, budget);
      left.shift();
    }
    others = left;
  }
  return g;
}

/** The gcd of the coefficients of p with respect to v, primitive with the canonical sign; 0 for 0. */
export function content(p: Polynomial, v: string, budget: Budget = unlimited): Polynomial {
  return gcdOf(coefficients(p, v), budget);
}

/** p as its content with respect to v times a primitive polynomial, up to a rational factor. */
export function splitContent(
  p: Polynomial,
  v: string,
  budget: Budget = unlimited,
): { content: Polynomial; rest: Polynomial } {
  if (p.variables.length === 2 && p.variables.includes(v)) return splitBivariateContent(p, v, budget);
  const c = content(p, v, budget);
  return { content: c, rest: primitive(isConstant(c) ? p : quotientExact(p, c)) };
}

/** {@link splitContent} in two variables, on dense coefficients in the other variable. */
function splitBivariateContent(p: Polynomial, v: string, budget: Budget): { content: Polynomial; rest: Polynomial } {
  const at = p.variables.indexOf(v);
  const other = p.variables[1 - at]!;
  const columns: bigint[][] = Array.from({ length: degree(p, v) + 1 }, () => []);
  for (const { exponents, coefficient } of p.terms) {
    const column = columns[exponents[at]!]!;
    while (column.length <= exponents[1 - at]!) column.push(0n);
    column[exponents[1 - at]!] = coefficient;
  }
  const shortest = columns.reduce((a, b) => (a.length === 0 || (b.length > 0 && b.length < a.length) ? b : a));
  let c = integerPoly.primitive(shortest);
  const random = seededRandom(probeSeed);
  // A random combination of the others nearly always has no more in common with the shortest than all of them have.
  const combined: bigint[] = [];
  for (const column of columns) {
    if (column === shortest) continue;
    const factor = BigInt(random.integer(1, 1000));
    for (const [k, x] of column.entries()) combined[k] = (combined[k] ?? 0n) + factor * x;
  }
  if (combined.length > 0) c = integerPoly.primitive(integerPoly.gcd(c, integerPoly.trim(combined), budget));
  let quotients: IntegerPoly[] = [];
  for (let k = 0; k < columns.length && c.length > 1; k++) {
    const quotient = integerPoly.divideExact(columns[k]!, c);
    if (quotient === undefined) {
      c = integerPoly.primitive(integerPoly.gcd(c, columns[k]!, budget));
      quotients = [];
      k = -1;
    } else quotients.push(quotient);
  }
  if (c.length <= 1) return { content: onePolynomial, rest: primitive(p) };
  const terms: Term[] = [];
  for (const [k, quotient] of quotients.entries()) {
    for (const [e, coefficient] of quotient.entries()) {
      if (coefficient !== 0n) terms.push({ exponents: at === 0 ? [k, e] : [e, k], coefficient });
    }
  }
  return { content: primitive(fromIntegerPoly(c, other)), rest: primitive(polynomialFromTerms(p.variables, terms)) };
}

/** The gcd of the coefficients of p seen as a polynomial in `names`: the largest divisor of p in which none of them occurs. */
export function contentIn(p: Polynomial, names: readonly string[], budget: Budget = unlimited): Polynomial {
  const inside = p.variables.map((name) => names.includes(name));
  if (!inside.includes(true)) return primitive(p);
  const outside = p.variables.filter((_, i) => !inside[i]);
  const groups = new Map<string, Term[]>();
  for (const term of p.terms) {
    const key = term.exponents.filter((_, i) => inside[i]).join();
    const reduced = { exponents: term.exponents.filter((_, i) => !inside[i]), coefficient: term.coefficient };
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [reduced]);
    else group.push(reduced);
  }
  const parts = [...groups.values()].map((terms) => polynomialFromTerms(outside, terms));
  return gcdOf(parts, budget);
}

interface Monomial {
  readonly exponents: ReadonlyMap<string, number>;
  readonly rest: Polynomial;
}

/** p as a monomial times a polynomial that no variable divides. */
export function splitMonomial(p: Polynomial): Monomial {
  const lowest = p.variables.map((_, i) => p.terms.reduce((e, t) => Math.min(e, t.exponents[i]!), Infinity));
  const exponents = new Map<string, number>();
  for (const [i, e] of lowest.entries()) if (e > 0) exponents.set(p.variables[i]!, e);
  if (exponents.size === 0) return { exponents, rest: p };
  const terms = p.terms.map((t) => ({
    exponents: t.exponents.map((e, i) => e - lowest[i]!),
    coefficient: t.coefficient,
  }));
  return { exponents, rest: canonicalPolynomial(p.variables, terms, p.denominator) };
}

function commonMonomial(a: Monomial, b: Monomial): Polynomial {
  const names = [...a.exponents.keys()].filter((name) => b.exponents.has(name));
  const exponents = names.map((name) => Math.min(a.exponents.get(name)!, b.exponents.get(name)!));
  return polynomialFromTerms(names, [{ exponents, coefficient: 1n }]);
}

function gcdWithoutMonomials(p: Polynomial, q: Polynomial, budget: Budget): Polynomial {
  if (isConstant(p) || isConstant(q)) return onePolynomial;
  if (equals(p, q)) return p;
  const onlyP = p.variables.filter((name) => !q.variables.includes(name));
  const onlyQ = q.variables.filter((name) => !p.variables.includes(name));
  if (onlyP.length + onlyQ.length > 0) return gcd(contentIn(p, onlyP, budget), contentIn(q, onlyQ, budget), budget);
  if (p.variables.length === 1) {
    const v = p.variables[0]!;
    return primitive(fromIntegerPoly(integerPoly.gcd(toIntegerPoly(p, v), toIntegerPoly(q, v), budget), v));
  }
  const bounds = degreeBounds(p, q);
  if (bounds.every((d) => d === 0)) return onePolynomial;
  const free = p.variables.filter((_, i) => bounds[i] === 0);
  if (free.length > 0) return gcd(contentIn(p, free, budget), contentIn(q, free, budget), budget);
  const [small, large] = p.terms.length <= q.terms.length ? [p, q] : [q, p];
  for (const [divisor, multiple] of [
    [small, large],
    [large, small],
  ] as const) {
    if (divisor.variables.every((name, i) => bounds[i] === degree(divisor, name))) {
      if (divideExact(multiple, divisor) !== undefined) return primitive(divisor);
    }
  }
  return gcdOfPrimitiveParts(p, q, bounds, budget);
}

const probeSeed = 20_240_301;

/**
 * For every variable of p (which are those of q) an upper bound of the degree of the gcd, from one univariate image each
 * modulo a prime; a proven bound, and nearly always the degree itself.
 */
function degreeBounds(p: Polynomial, q: Polynomial): number[] {
  const random = seededRandom(probeSeed);
  return p.variables.map((name) => {
    const axes = p.variables.filter((other) => other !== name);
    const plans = [evaluationPlan(p, name, axes), evaluationPlan(q, name, axes)];
    for (let attempt = 0; attempt < 20; attempt++) {
      const prime = wordPrime(attempt);
      const grid = axes.map(() => [random.integer(1, prime - 1)]);
      let bound: number | undefined;
      visitGrid(plans, grid, prime, (_, [a, b]) => {
        // The image of the gcd keeps its degree when one leading coefficient does not vanish.
        if (a!.at(-1) !== 0 || b!.at(-1) !== 0) bound = gcdModulo(a!, b!, prime).length - 1;
        return true;
      });
      if (bound !== undefined) return bound;
    }
    return Math.min(degree(p, name), degree(q, name));
  });
}

/** The gcd of two polynomials in the same variables: contents and primitive parts in the main variable apart. */
function gcdOfPrimitiveParts(p: Polynomial, q: Polynomial, bounds: readonly number[], budget: Budget): Polynomial {
  const main = chooseMainVariable(p, q, bounds);
  const a = splitContent(p, main, budget);
  const b = splitContent(q, main, budget);
  const g = primitiveGcd(a.rest, b.rest, main, budget);
  return primitive(multiply(gcd(a.content, b.content, budget), g));
}

/** The variable whose choice as the main one needs the fewest points of evaluation. */
function chooseMainVariable(p: Polynomial, q: Polynomial, bounds: readonly number[]): string {
  let best = p.variables[0]!;
  let lowest = Number.POSITIVE_INFINITY;
  for (const name of p.variables) {
    const leads = [leadingCoefficient(p, name), leadingCoefficient(q, name)] as const;
    let points = 1;
    for (const [i, other] of p.variables.entries()) {
      if (other !== name) points *= bounds[i]! + 1 + Math.min(degree(leads[0], other), degree(leads[1], other));
    }
    if (points < lowest) {
      lowest = points;
      best = name;
    }
  }
  return best;
}

/** The gcd of two polynomials that are primitive with respect to `main`. */
function primitiveGcd(p: Polynomial, q: Polynomial, main: string, budget: Budget): Polynomial {
  if (degree(p, main) === 0 || degree(q, main) === 0) return onePolynomial;
  if (p.variables.join() !== q.variables.join()) return gcd(p, q, budget);
  const leads = [leadingCoefficient(p, main), leadingCoefficient(q, main)] as const;
  const common = integerGcd(integerContent(leads[0]), integerContent(leads[1]));
  const lead = scale(gcd(...leads, budget), QQ.fromInteger(common));
  const images = { p, q, main, lead, bounds: degreeBounds(p, q) };
  return gcdByImages(images, (candidate) => splitContent(candidate, main, budget).rest, budget);
}

/** The least common multiple, primitive with the canonical sign; 0 when one of the two is 0. */
export function lcm(p: Polynomial, q: Polynomial, budget: Budget = unlimited): Polynomial {
  if (isZero(p) || isZero(q)) return zeroPolynomial;
  return primitive(multiply(primitive(p), quotientExact(primitive(q), gcd(p, q, budget))));
}
