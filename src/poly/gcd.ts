import { InternalError, type Random, seededRandom } from "../core/index.js";
import { integerGcd, multiplyModulo, QQ, wordPrime } from "../rings/index.js";
import {
  coefficients,
  degree,
  divideExact,
  equals,
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
  type Term,
} from "../sparse/index.js";
import {
  absorbResidues,
  type ChineseRemainders,
  evaluationPlan,
  gcdModulo,
  interpolateGrid,
  visitGrid,
} from "./modular-images.js";

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
export function gcd(p: Polynomial, q: Polynomial): Polynomial {
  if (isZero(p)) return primitive(q);
  if (isZero(q)) return primitive(p);
  if (isConstant(p) || isConstant(q)) return onePolynomial;
  const a = splitMonomial(primitive(p));
  const b = splitMonomial(primitive(q));
  const common = commonMonomial(a, b);
  const rest = gcdWithoutMonomials(a.rest, b.rest);
  return isConstant(common) ? rest : primitive(multiply(common, rest));
}

/** The greatest common divisor of a list; 0 for the empty list. */
export function gcdOf(list: readonly Polynomial[]): Polynomial {
  const sorted = list.filter((p) => !isZero(p)).sort((a, b) => a.terms.length - b.terms.length);
  let g: Polynomial | undefined;
  for (const p of sorted) {
    g = g === undefined ? primitive(p) : gcd(g, p);
    if (isConstant(g)) return onePolynomial;
  }
  return g ?? { variables: [], terms: [], denominator: 1n };
}

/** The gcd of the coefficients of p with respect to v, primitive with the canonical sign; 0 for 0. */
export function content(p: Polynomial, v: string): Polynomial {
  return gcdOf(coefficients(p, v));
}

/** The gcd of the coefficients of p seen as a polynomial in `names`: the largest divisor of p in which none of them occurs. */
export function contentIn(p: Polynomial, names: readonly string[]): Polynomial {
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
  return gcdOf([...groups.values()].map((terms) => polynomialFromTerms(outside, terms)));
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
  return { exponents, rest: polynomialFromTerms(p.variables, terms, p.denominator) };
}

function commonMonomial(a: Monomial, b: Monomial): Polynomial {
  const names = [...a.exponents.keys()].filter((name) => b.exponents.has(name));
  const exponents = names.map((name) => Math.min(a.exponents.get(name)!, b.exponents.get(name)!));
  return polynomialFromTerms(names, [{ exponents, coefficient: 1n }]);
}

function gcdWithoutMonomials(p: Polynomial, q: Polynomial): Polynomial {
  if (isConstant(p) || isConstant(q)) return onePolynomial;
  if (equals(p, q)) return p;
  const onlyP = p.variables.filter((name) => !q.variables.includes(name));
  const onlyQ = q.variables.filter((name) => !p.variables.includes(name));
  if (onlyP.length + onlyQ.length > 0) return gcd(contentIn(p, onlyP), contentIn(q, onlyQ));
  const bounds = degreeBounds(p, q);
  if (bounds.every((d) => d === 0)) return onePolynomial;
  const free = p.variables.filter((_, i) => bounds[i] === 0);
  if (free.length > 0) return gcd(contentIn(p, free), contentIn(q, free));
  const [small, large] = p.terms.length <= q.terms.length ? [p, q] : [q, p];
  for (const [divisor, multiple] of [
    [small, large],
    [large, small],
  ] as const) {
    if (divisor.variables.every((name, i) => bounds[i] === degree(divisor, name))) {
      if (divideExact(multiple, divisor) !== undefined) return primitive(divisor);
    }
  }
  return gcdOfPrimitiveParts(p, q, bounds);
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
function gcdOfPrimitiveParts(p: Polynomial, q: Polynomial, bounds: readonly number[]): Polynomial {
  const main = chooseMainVariable(p, q, bounds);
  const a = splitContent(p, main);
  const b = splitContent(q, main);
  const g = gcdByImages(a.rest, b.rest, main);
  return primitive(multiply(gcd(a.content, b.content), g));
}

/** p as its content with respect to v times a primitive polynomial, up to a rational factor. */
function splitContent(p: Polynomial, v: string): { content: Polynomial; rest: Polynomial } {
  const c = content(p, v);
  return { content: c, rest: primitive(isConstant(c) ? p : quotientExact(p, c)) };
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

/**
 * Brown's modular algorithm for p and q that are primitive with respect to `main` and with integer coefficients: images modulo
 * primes on a grid of points, scaled to the leading coefficient γ = gcd of the leading coefficients, interpolated, lifted
 * with the Chinese remainder theorem until they stay, and then tried by division.
 *
 * Right, because no image has a degree below that of the gcd in `main`, so that a primitive common divisor of the degree of
 * the images is the gcd. A point or prime that does not lift makes the degree too large, and is thrown away; one that
 * shows a smaller degree starts everything anew.
 */
function gcdByImages(p: Polynomial, q: Polynomial, main: string): Polynomial {
  if (degree(p, main) === 0 || degree(q, main) === 0) return onePolynomial;
  const variables = p.variables;
  if (variables.join() !== q.variables.join()) return gcd(p, q);
  const bounds = degreeBounds(p, q);
  const axes = variables.filter((name) => name !== main);
  const leadP = leadingCoefficient(p, main);
  const leadQ = leadingCoefficient(q, main);
  const lead = scale(gcd(leadP, leadQ), QQ.fromInteger(integerGcd(integerContent(leadP), integerContent(leadQ))));
  const plans = [evaluationPlan(p, main, axes), evaluationPlan(q, main, axes), evaluationPlan(lead, main, axes)];
  const counts = axes.map((name) => bounds[variables.indexOf(name)]! + degree(lead, name) + 1);
  const points = counts.reduce((n, c) => n * c, 1);
  const random = seededRandom(probeSeed + 1);
  let expected = bounds[variables.indexOf(main)]!;
  let state: ChineseRemainders = { values: [], modulus: 1n };
  for (let attempt = 0; attempt < 20_000; attempt++) {
    if (expected === 0) return onePolynomial;
    const prime = wordPrime(attempt);
    const grid = counts.map((count) => distinctPoints(count, prime, random));
    const width = expected + 1;
    const data = new Float64Array(points * width);
    let found = expected;
    const complete = visitGrid(plans, grid, prime, (index, [a, b, c]) => {
      const factor = c![0]!;
      if (factor === 0) return false;
      const g = gcdModulo(a!, b!, prime);
      found = g.length - 1;
      if (found !== expected) return false;
      for (let k = 0; k < width; k++) data[index * width + k] = multiplyModulo(g[k]!, factor, prime, 1 / prime);
      return true;
    });
    if (!complete) {
      if (found < expected) {
        expected = found;
        state = { values: [], modulus: 1n };
      }
      continue;
    }
    interpolateGrid(data, width, grid, prime);
    if (!absorbResidues(state, data, prime)) continue;
    const candidate = splitContent(polynomialOfBlocks(state.values, width, counts, main, axes), main).rest;
    if (divideExact(p, candidate) !== undefined && divideExact(q, candidate) !== undefined) return candidate;
  }
  throw new InternalError("the modular gcd ran out of primes");
}

function distinctPoints(count: number, prime: number, random: Random): number[] {
  const points = new Set<number>();
  while (points.size < count) points.add(random.integer(1, prime - 1));
  return [...points];
}

/** The polynomial whose coefficients stand in blocks as `interpolateGrid` leaves them. */
function polynomialOfBlocks(
  values: readonly bigint[],
  width: number,
  counts: readonly number[],
  main: string,
  axes: readonly string[],
): Polynomial {
  const terms: Term[] = [];
  for (const [k, coefficient] of values.entries()) {
    if (coefficient === 0n) continue;
    const exponents = [k % width];
    let block = Math.floor(k / width);
    for (const count of counts) {
      exponents.push(block % count);
      block = Math.floor(block / count);
    }
    terms.push({ exponents, coefficient });
  }
  return polynomialFromTerms([main, ...axes], terms);
}

/** The least common multiple, primitive with the canonical sign; 0 when one of the two is 0. */
export function lcm(p: Polynomial, q: Polynomial): Polynomial {
  if (isZero(p) || isZero(q)) return { variables: [], terms: [], denominator: 1n };
  return primitive(multiply(primitive(p), quotientExact(primitive(q), gcd(p, q))));
}
