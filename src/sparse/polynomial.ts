// Exact: integers and fractions throughout.
import { type Budget, DomainError, InternalError, unlimited } from "../core/index.js";
import { integerGcd, powerBySquaring, QQ, type Rational, rational } from "../rings/index.js";
import { paceOf } from "./pace.js";
import { canonicalRank, expandExponents, packingFor, unionOfVariables } from "./term-order.js";

/** One term of a polynomial: the exponents stand beside the variables of the polynomial. */
export interface Term {
  readonly exponents: readonly number[];
  readonly coefficient: bigint;
}

/**
 * A polynomial over QQ in any number of variables, sparse: integer coefficients over one common denominator.
 *
 * Canonical, so that equal polynomials have equal data: `variables` in alphabetical order and only those that occur; `terms`
 * without zeros, in the order of the canonical text (descending in m, then z, then the other variables alphabetically);
 * `denominator` positive and without a common factor with all the coefficients; zero has no terms and denominator 1.
 */
export interface Polynomial {
  readonly variables: readonly string[];
  readonly terms: readonly Term[];
  readonly denominator: bigint;
}

/** The polynomial 0. */
export const zeroPolynomial: Polynomial = { variables: [], terms: [], denominator: 1n };

/** The polynomial 1. */
export const onePolynomial: Polynomial = {
  variables: [],
  terms: [{ exponents: [], coefficient: 1n }],
  denominator: 1n,
};

/** The greatest common divisor of the integer coefficients (without the denominator), >= 0. */
export function integerContent(p: Polynomial): bigint {
  let g = 0n;
  for (const term of p.terms) {
    g = integerGcd(g, term.coefficient);
    if (g === 1n) break;
  }
  return g;
}

/** Makes terms canonical that are already sorted, distinct and nonzero: drops idle variables and the common factor. */
export function canonicalPolynomial(
  variables: readonly string[],
  terms: readonly Term[],
  denominator: bigint,
): Polynomial {
  if (terms.length === 0) return zeroPolynomial;
  let kept = terms;
  let names = variables;
  const used = variables.map((_, i) => terms.some((term) => term.exponents[i] !== 0));
  if (used.includes(false)) {
    names = variables.filter((_, i) => used[i]);
    kept = terms.map((t) => ({ exponents: t.exponents.filter((_, i) => used[i]), coefficient: t.coefficient }));
  }
  if (denominator === 1n) return { variables: names, terms: kept, denominator };
  let g = denominator;
  for (const term of kept) {
    g = integerGcd(g, term.coefficient);
    if (g === 1n) return { variables: names, terms: kept, denominator };
  }
  return {
    variables: names,
    terms: kept.map((t) => ({ exponents: t.exponents, coefficient: t.coefficient / g })),
    denominator: denominator / g,
  };
}

/** The sum of any terms, in any order and with repetitions, over the (nonzero) common denominator. */
export function polynomialFromTerms(
  variables: readonly string[],
  terms: readonly Term[],
  denominator: bigint = 1n,
): Polynomial {
  if (denominator === 0n) throw new DomainError("division by zero");
  const names = [...variables].sort();
  if (names.some((name, i) => i > 0 && names[i - 1] === name)) throw new InternalError("a variable stands twice");
  const position = names.map((name) => variables.indexOf(name));
  const sums = new Map<string, { exponents: number[]; coefficient: bigint }>();
  for (const term of terms) {
    const exponents = position.map((i) => term.exponents[i] ?? 0);
    const key = exponents.join();
    const present = sums.get(key);
    if (present === undefined) sums.set(key, { exponents, coefficient: term.coefficient });
    else present.coefficient += term.coefficient;
  }
  const rank = canonicalRank(names);
  const sign = denominator < 0n ? -1n : 1n;
  const sorted = [...sums.values()]
    .filter((t) => t.coefficient !== 0n)
    .map((t) => ({ exponents: t.exponents, coefficient: sign * t.coefficient }))
    .sort((a, b) => compareTerms(a, b, rank));
  return canonicalPolynomial(names, sorted, sign * denominator);
}

/** Negative when a stands before b in the canonical order. */
function compareTerms(a: Term, b: Term, rank: readonly number[]): number {
  for (const i of rank) {
    const difference = b.exponents[i]! - a.exponents[i]!;
    if (difference !== 0) return difference;
  }
  return 0;
}

/** A constant; a `number` must be an integer (a decimal is exact only as text, see `parseRational`). */
export function constant(value: Rational | bigint | number): Polynomial {
  const r = typeof value === "object" ? value : rational(value);
  if (r.num === 0n) return zeroPolynomial;
  return { variables: [], terms: [{ exponents: [], coefficient: r.num }], denominator: r.den };
}

/** The variable of the given name as a polynomial. */
export function variable(name: string): Polynomial {
  return monomial(name, 1);
}

/** name^exponent for an exponent >= 0. */
export function monomial(name: string, exponent: number): Polynomial {
  if (exponent === 0) return onePolynomial;
  return { variables: [name], terms: [{ exponents: [exponent], coefficient: 1n }], denominator: 1n };
}

export function isZero(p: Polynomial): boolean {
  return p.terms.length === 0;
}

export function isConstant(p: Polynomial): boolean {
  return p.variables.length === 0;
}

/** The value of a constant polynomial; `InternalError` when a variable occurs. */
export function constantValue(p: Polynomial): Rational {
  if (p.variables.length > 0) throw new InternalError(`a polynomial in ${p.variables.join(", ")} is not a constant`);
  return { num: p.terms[0]?.coefficient ?? 0n, den: p.denominator };
}

export function equals(p: Polynomial, q: Polynomial): boolean {
  return (
    p.terms.length === q.terms.length &&
    p.denominator === q.denominator &&
    p.variables.length === q.variables.length &&
    p.variables.every((name, i) => name === q.variables[i]) &&
    p.terms.every((term, k) => {
      const other = q.terms[k]!;
      return term.coefficient === other.coefficient && term.exponents.every((e, i) => e === other.exponents[i]);
    })
  );
}

/** The degree in v; -1 for the zero polynomial. */
export function degree(p: Polynomial, v: string): number {
  if (p.terms.length === 0) return -1;
  const i = p.variables.indexOf(v);
  return i < 0 ? 0 : p.terms.reduce((d, term) => Math.max(d, term.exponents[i]!), 0);
}

/** The largest sum of exponents of a term; -1 for the zero polynomial. */
export function totalDegree(p: Polynomial): number {
  return p.terms.reduce(
    (d, term) =>
      Math.max(
        d,
        term.exponents.reduce((sum, e) => sum + e, 0),
      ),
    -1,
  );
}

export function negate(p: Polynomial): Polynomial {
  const terms = p.terms.map((t) => ({ exponents: t.exponents, coefficient: -t.coefficient }));
  return { variables: p.variables, terms, denominator: p.denominator };
}

/** r·p. */
export function scale(p: Polynomial, r: Rational): Polynomial {
  if (r.num === 0n) return zeroPolynomial;
  if (r.num === 1n && r.den === 1n) return p;
  const terms = p.terms.map((t) => ({ exponents: t.exponents, coefficient: t.coefficient * r.num }));
  return canonicalPolynomial(p.variables, terms, p.denominator * r.den);
}

/** p + sign·q, by merging the two sorted lists of terms. */
function combine(p: Polynomial, q: Polynomial, sign: bigint): Polynomial {
  if (p.terms.length === 0) return sign === 1n ? q : negate(q);
  if (q.terms.length === 0) return p;
  const variables = unionOfVariables(p.variables, q.variables);
  const rank = canonicalRank(variables);
  const a = expandExponents(p, variables);
  const b = expandExponents(q, variables);
  const g = p.denominator === q.denominator ? p.denominator : integerGcd(p.denominator, q.denominator);
  const scaleA = q.denominator / g;
  const scaleB = sign * (p.denominator / g);
  const terms: Term[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const order = i >= a.length ? 1 : j >= b.length ? -1 : compareTerms(a[i]!, b[j]!, rank);
    if (order < 0) {
      const term = a[i++]!;
      terms.push(scaleA === 1n ? term : { exponents: term.exponents, coefficient: term.coefficient * scaleA });
    } else if (order > 0) {
      const term = b[j++]!;
      terms.push(scaleB === 1n ? term : { exponents: term.exponents, coefficient: term.coefficient * scaleB });
    } else {
      const term = a[i++]!;
      const coefficient = term.coefficient * scaleA + b[j++]!.coefficient * scaleB;
      if (coefficient !== 0n) terms.push({ exponents: term.exponents, coefficient });
    }
  }
  return canonicalPolynomial(variables, terms, p.denominator * scaleA);
}

export function add(p: Polynomial, q: Polynomial): Polynomial {
  return combine(p, q, 1n);
}

export function subtract(p: Polynomial, q: Polynomial): Polynomial {
  return combine(p, q, -1n);
}

/** The product; one bigint multiplication for each pair of terms, on packed exponents. */
export function multiply(p: Polynomial, q: Polynomial): Polynomial {
  return multiplyWithin(p, q, unlimited, "multiplying polynomials");
}

/** {@link multiply} that can be stopped: a product of polynomials with thousands of terms each takes seconds. The caller announces its cost. */
export function multiplyWithin(p: Polynomial, q: Polynomial, budget: Budget, doing: string): Polynomial {
  if (p.terms.length === 0 || q.terms.length === 0) return zeroPolynomial;
  if (p.variables.length === 0) return scale(q, constantValue(p));
  if (q.variables.length === 0) return scale(p, constantValue(q));
  const variables = unionOfVariables(p.variables, q.variables);
  const a = expandExponents(p, variables);
  const b = expandExponents(q, variables);
  const denominator = p.denominator * q.denominator;
  if (a.length === 1 || b.length === 1) {
    const [one, many] = a.length === 1 ? [a[0]!, b] : [b[0]!, a];
    const terms = many.map((t) => ({
      exponents: t.exponents.map((e, i) => e + one.exponents[i]!),
      coefficient: t.coefficient * one.coefficient,
    }));
    return canonicalPolynomial(variables, terms, denominator);
  }
  const degrees = variables.map((name) => degree(p, name) + degree(q, name));
  const packing = packingFor(variables, degrees);
  if (packing === undefined) return multiplyWide(variables, a, b, denominator);
  const keysB = b.map((t) => packing.pack(t.exponents));
  const coefficientsB = b.map((t) => t.coefficient);
  const sums = new Map<number, bigint>();
  const dense: (bigint | undefined)[] | undefined =
    packing.size <= 4 * a.length * b.length + 64 ? new Array(packing.size) : undefined;
  const pace = paceOf(budget, doing);
  for (const term of a) {
    pace(keysB.length);
    const key = packing.pack(term.exponents);
    const c = term.coefficient;
    for (let j = 0; j < keysB.length; j++) {
      const k = key + keysB[j]!;
      const product = c * coefficientsB[j]!;
      const present = dense === undefined ? sums.get(k) : dense[k];
      const sum = present === undefined ? product : present + product;
      if (dense === undefined) sums.set(k, sum);
      else dense[k] = sum;
    }
  }
  const terms: Term[] = [];
  const push = (key: number, coefficient: bigint | undefined): void => {
    if (coefficient !== undefined && coefficient !== 0n) terms.push({ exponents: packing.unpack(key), coefficient });
  };
  if (dense === undefined) {
    for (const key of Float64Array.from(sums.keys()).sort().reverse()) push(key, sums.get(key));
  } else {
    for (let key = packing.size - 1; key >= 0; key--) push(key, dense[key]);
  }
  return canonicalPolynomial(variables, terms, denominator);
}

/** The product when the exponents do not fit into one double. */
function multiplyWide(variables: readonly string[], a: readonly Term[], b: readonly Term[], den: bigint): Polynomial {
  const terms = a.flatMap((s) =>
    b.map((t) => ({
      exponents: s.exponents.map((e, i) => e + t.exponents[i]!),
      coefficient: s.coefficient * t.coefficient,
    })),
  );
  return polynomialFromTerms(variables, terms, den);
}

/** p^n for an integer n >= 0; `DomainError` for any other n. */
export function power(p: Polynomial, n: number): Polynomial {
  if (!Number.isSafeInteger(n) || n < 0)
    throw new DomainError(`the exponent of a polynomial is an integer >= 0, not ${n}`);
  if (p.terms.length === 1 && n > 0) {
    const term = p.terms[0]!;
    const power = { exponents: term.exponents.map((e) => e * n), coefficient: term.coefficient ** BigInt(n) };
    return { variables: p.variables, terms: [power], denominator: p.denominator ** BigInt(n) };
  }
  return powerBySquaring(onePolynomial, multiply, p, n);
}

/** The coefficients with respect to v: entry [k] multiplies v^k; [] for the zero polynomial. */
export function coefficients(p: Polynomial, v: string): Polynomial[] {
  const i = p.variables.indexOf(v);
  if (i < 0) return p.terms.length === 0 ? [] : [p];
  const groups: Term[][] = Array.from({ length: degree(p, v) + 1 }, () => []);
  for (const term of p.terms) {
    groups[term.exponents[i]!]!.push({ exponents: term.exponents.toSpliced(i, 1), coefficient: term.coefficient });
  }
  const names = p.variables.toSpliced(i, 1);
  return groups.map((terms) => canonicalPolynomial(names, terms, p.denominator));
}

/** The sum of coeffs[k]·v^k. The coefficients may contain v themselves. */
export function fromCoefficients(coeffs: readonly Polynomial[], v: string): Polynomial {
  let variables: readonly string[] = [v];
  let denominator = 1n;
  for (const c of coeffs) {
    variables = unionOfVariables(variables, c.variables);
    denominator = (denominator / integerGcd(denominator, c.denominator)) * c.denominator;
  }
  const i = variables.indexOf(v);
  const terms = coeffs.flatMap((c, k) => {
    const factor = denominator / c.denominator;
    return expandExponents(c, variables).map((t) => ({
      exponents: t.exponents.with(i, t.exponents[i]! + k),
      coefficient: t.coefficient * factor,
    }));
  });
  return polynomialFromTerms(variables, terms, denominator);
}

/** The coefficient of the highest power of v that occurs; 0 for the zero polynomial. */
export function leadingCoefficient(p: Polynomial, v: string): Polynomial {
  const i = p.variables.indexOf(v);
  if (i < 0) return p;
  const d = degree(p, v);
  const terms = p.terms
    .filter((term) => term.exponents[i] === d)
    .map((term) => ({ exponents: term.exponents.toSpliced(i, 1), coefficient: term.coefficient }));
  return canonicalPolynomial(p.variables.toSpliced(i, 1), terms, p.denominator);
}

/** The partial derivative with respect to v. */
export function derivative(p: Polynomial, v: string): Polynomial {
  const i = p.variables.indexOf(v);
  if (i < 0) return zeroPolynomial;
  const terms = p.terms
    .filter((term) => term.exponents[i]! > 0)
    .map((term) => ({
      exponents: term.exponents.with(i, term.exponents[i]! - 1),
      coefficient: term.coefficient * BigInt(term.exponents[i]!),
    }));
  return canonicalPolynomial(p.variables, terms, p.denominator);
}

/** p with polynomials in the place of variables, all at once: the new values may contain the old names. */
export function substitute(p: Polynomial, values: Readonly<Record<string, Polynomial>>): Polynomial {
  const v = p.variables.find((name) => Object.hasOwn(values, name));
  if (v === undefined) return p;
  const value = values[v]!;
  const rest: Record<string, Polynomial> = { ...values };
  delete rest[v];
  if (value.terms.length === 1) {
    // A monomial has its powers at once, and the sum is taken in one go.
    const parts = coefficients(p, v).map((c, k) => multiply(substitute(c, rest), power(value, k)));
    return sumOf(parts);
  }
  return coefficients(p, v).reduceRight<Polynomial>(
    (sum, c) => add(multiply(sum, value), substitute(c, rest)),
    zeroPolynomial,
  );
}

/** The sum of a list, by halves. */
export function sumOf(parts: readonly Polynomial[]): Polynomial {
  if (parts.length <= 2) return parts.reduce(add, zeroPolynomial);
  const half = parts.length >> 1;
  return add(sumOf(parts.slice(0, half)), sumOf(parts.slice(half)));
}

/** The product of a list. */
export function productOf(parts: readonly Polynomial[]): Polynomial {
  return parts.reduce(multiply, onePolynomial);
}

/**
 * The multiple of p by a rational number that has integer coefficients without common factor, the first of them (in the order
 * of the canonical text) positive; 0 for 0.
 */
export function primitive(p: Polynomial): Polynomial {
  if (p.terms.length === 0) return p;
  const g = integerContent(p);
  const divisor = p.terms[0]!.coefficient < 0n ? -g : g;
  if (divisor === 1n && p.denominator === 1n) return p;
  const terms = p.terms.map((t) => ({ exponents: t.exponents, coefficient: t.coefficient / divisor }));
  return { variables: p.variables, terms, denominator: 1n };
}

/** The rational number u with p = u·primitive(p); 0 for 0. */
export function rationalContent(p: Polynomial): Rational {
  if (p.terms.length === 0) return QQ.zero;
  const g = integerContent(p);
  return QQ.fromRatio(p.terms[0]!.coefficient < 0n ? -g : g, p.denominator);
}
