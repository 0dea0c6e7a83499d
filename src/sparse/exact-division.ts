import { type Budget, DomainError, InternalError, unlimited } from "../core/index.js";
import { QQ } from "../rings/index.js";
import { type Pace, paceOf } from "./pace.js";
import {
  canonicalPolynomial,
  coefficients,
  constantValue,
  degree,
  fromCoefficients,
  integerContent,
  isConstant,
  monomial,
  multiply,
  type Polynomial,
  scale,
  subtract,
  type Term,
  zeroPolynomial,
} from "./polynomial.js";
import { expandExponents, packingFor } from "./term-order.js";

/** Above this many cells of the box of exponents, division goes variable by variable. */
const largestBox = 2 ** 20;

/**
 * p/q when q divides p over QQ, else undefined; `DomainError` when q is zero. Division of the primitive integer parts (Gauss's
 * lemma) in the lexicographic order of terms, which stops at the first coefficient or exponent that does not divide. Exact.
 */
export function divideExact(p: Polynomial, q: Polynomial, budget: Budget = unlimited): Polynomial | undefined {
  if (q.terms.length === 0) throw new DomainError("division by the zero polynomial");
  if (p.terms.length === 0) return zeroPolynomial;
  if (isConstant(q)) return scale(p, QQ.inv(constantValue(q)));
  if (!q.variables.every((name) => p.variables.includes(name))) return undefined;
  const room = p.variables.map((name) => degree(p, name) - degree(q, name));
  if (room.some((d) => d < 0)) return undefined;
  const content = integerContent(q);
  const divisor = content === 1n ? q.terms : q.terms.map((t) => ({ ...t, coefficient: t.coefficient / content }));
  const terms = divideTerms(
    p,
    { variables: q.variables, terms: divisor, denominator: 1n },
    room,
    paceOf(budget, "dividing polynomials"),
  );
  if (terms === undefined) return undefined;
  const quotient = canonicalPolynomial(p.variables, terms, p.denominator);
  return scale(quotient, QQ.fromRatio(q.denominator, content));
}

/** p/q for a divisor that is known to divide; `InternalError` when it does not. */
export function quotientExact(p: Polynomial, q: Polynomial, budget: Budget = unlimited): Polynomial {
  const quotient = divideExact(p, q, budget);
  if (quotient === undefined) throw new InternalError("a division that should be exact leaves a remainder");
  return quotient;
}

/** The terms of the integer polynomial p/q, numerator over numerator; `room` bounds the degrees of the quotient. */
function divideTerms(p: Polynomial, q: Polynomial, room: readonly number[], pace: Pace): Term[] | undefined {
  const variables = p.variables;
  const divisor = expandExponents(q, variables);
  const leading = divisor[0]!;
  const last = divisor.at(-1)!;
  const lowest = p.terms.at(-1)!;
  if (lowest.coefficient % last.coefficient !== 0n) return undefined;
  if (lowest.exponents.some((e, i) => e < last.exponents[i]!)) return undefined;
  if (divisor.length === 1) return divideByTerm(p, leading);
  const packing = packingFor(
    variables,
    variables.map((name) => degree(p, name)),
  );
  if (packing === undefined || packing.size > largestBox) return divideByVariable(p, q);
  const rest: (bigint | undefined)[] = new Array(packing.size);
  for (const term of p.terms) rest[packing.pack(term.exponents)] = term.coefficient;
  const tail = divisor.slice(1);
  const tailKeys = tail.map((t) => packing.pack(t.exponents));
  const leadingKey = packing.pack(leading.exponents);
  const quotient: Term[] = [];
  for (let key = packing.size - 1; key >= 0; key--) {
    const c = rest[key];
    if (c === undefined || c === 0n) continue;
    pace(tail.length);
    if (key < leadingKey) return undefined;
    const exponents = packing.unpack(key);
    for (let i = 0; i < exponents.length; i++) {
      const e = exponents[i]! - leading.exponents[i]!;
      if (e < 0 || e > room[i]!) return undefined;
      exponents[i] = e;
    }
    const coefficient = c / leading.coefficient;
    if (coefficient * leading.coefficient !== c) return undefined;
    quotient.push({ exponents, coefficient });
    const shift = key - leadingKey;
    for (let j = 0; j < tail.length; j++) {
      const at = shift + tailKeys[j]!;
      const product = coefficient * tail[j]!.coefficient;
      const present = rest[at];
      rest[at] = present === undefined ? -product : present - product;
    }
  }
  return quotient;
}

function divideByTerm(p: Polynomial, divisor: Term): Term[] | undefined {
  const quotient: Term[] = [];
  for (const term of p.terms) {
    const exponents = term.exponents.map((e, i) => e - divisor.exponents[i]!);
    if (exponents.some((e) => e < 0) || term.coefficient % divisor.coefficient !== 0n) return undefined;
    quotient.push({ exponents, coefficient: term.coefficient / divisor.coefficient });
  }
  return quotient;
}

/** Long division with respect to one variable of q, for sparse polynomials of high degrees in many variables. */
function divideByVariable(p: Polynomial, q: Polynomial): Term[] | undefined {
  const numerator: Polynomial = { ...p, denominator: 1n };
  const v = q.variables[0]!;
  const divisor = coefficients(q, v);
  const leading = divisor.at(-1)!;
  const quotient: Polynomial[] = new Array(degree(p, v) - divisor.length + 2).fill(zeroPolynomial);
  let rest = numerator;
  while (rest.terms.length > 0) {
    const d = degree(rest, v) - divisor.length + 1;
    if (d < 0) return undefined;
    const c = divideExact(coefficients(rest, v).at(-1)!, leading);
    if (c === undefined || c.denominator !== 1n) return undefined;
    quotient[d] = c;
    rest = subtract(rest, multiply(multiply(c, monomial(v, d)), q));
  }
  return [...expandExponents(fromCoefficients(quotient, v), p.variables)];
}
