import { type Budget, DomainError, unlimited } from "../core/index.js";
import { type Derivation, type Law, lawFromCurve, moments } from "../law/index.js";
import {
  add,
  coefficients,
  fractions,
  fromCoefficients,
  multiply,
  type Polynomial,
  parseRationalFunction,
  type RationalFunction,
  resultant,
  scale,
  substitute,
  substituteFractions,
  variable,
} from "../poly/index.js";
import { rational } from "../rings/index.js";
import { lawOfEliminant } from "./law-factor.js";
import { isPositive, momentsRefutePositivity } from "./positivity.js";
import { isSymmetric } from "./special-laws.js";

/**
 * The law of X²: m(r²) = (old m(r) − old m(−r))/(2r). For a symmetric law this is the substitution old m = r m in the curve, which
 * keeps it irreducible; else old m(r) is eliminated from P(r, m1) and P(−r, m1 − 2 r m), and the law's factor is the one with the even
 * moments. Either equation holds r² = z alone. Exact.
 *
 * @throws LimitError when the eliminant could not be factored with proof.
 * @example square(ensembles.semicircle(1)) // the curve of mp(1)
 */
export function square(law: Law, budget: Budget = unlimited): Law {
  const derivation: Derivation = { operation: "square", operands: [{ kind: "law", law }] };
  const expected = (n: number): readonly RationalFunction[] => [
    fractions.one,
    ...moments(law, 2 * n, budget).filter((_, k) => k % 2 === 1),
  ];
  const r = variable("r_");
  if (isSymmetric(law)) {
    const curve = inSquareOf("r_", substitute(law.curve, { z: r, m: multiply(r, variable("m")) }));
    return lawFromCurve(curve, { derivation, moments: expected(4).slice(1) }, budget);
  }
  const m1 = variable("m1_");
  const first = substitute(law.curve, { z: r, m: m1 });
  const second = substitute(law.curve, {
    z: scale(r, rational(-1)),
    m: add(m1, scale(multiply(r, variable("m")), rational(-2))),
  });
  // Under r → −r the two equations change places, up to a shift of m1.
  const eliminant = inSquareOf("r_", resultant(first, second, "m1_", budget));
  return lawOfEliminant(eliminant, expected, derivation, { budget });
}

/**
 * The symmetric law whose square is the given positive law: m(z) = z·old m(z²), that is P(z², m/z); where that is a product, the law's
 * factor is the one with the moments 0, mu_1, 0, mu_2, … Exact.
 *
 * @throws DomainError when the law is not positive, which is decided when it has no parameters; LimitError when that could not be
 * decided, or the polynomial could not be factored with proof.
 * @example squareRoot(ensembles.mp(1)) // the curve of semicircle(1)
 */
export function squareRoot(law: Law, budget: Budget = unlimited): Law {
  const refuted = law.parameters.length > 0 ? momentsRefutePositivity(law, budget) : !isPositive(law, budget);
  if (refuted) {
    throw new DomainError("squareRoot needs a law on the positive half-line; the support of this one reaches below 0");
  }
  return symmetricRoot(law, { operation: "squareRoot", operands: [{ kind: "law", law }] }, budget);
}

/** {@link squareRoot} as algebra: of any curve, positive or not. */
export function symmetricRoot(law: Law, derivation: Derivation, budget: Budget): Law {
  const roots = { z: parseRationalFunction("z^2"), m: parseRationalFunction("m/z") };
  const { numerator } = substituteFractions(law.curve, roots, budget);
  const expected = (n: number): readonly RationalFunction[] => {
    const known = moments(law, Math.max(1, Math.floor(n / 2)), budget);
    return [
      fractions.one,
      ...Array.from({ length: n }, (_, k) => (k % 2 === 0 ? fractions.zero : known[(k - 1) / 2]!)),
    ];
  };
  return lawOfEliminant(numerator, expected, derivation, { budget });
}

/** Q(z) with p = Q(r²) or p = r Q(r²). */
function inSquareOf(r: string, p: Polynomial): Polynomial {
  const rows = coefficients(p, r);
  const even = rows.filter((_, k) => k % 2 === 0);
  const odd = rows.filter((_, k) => k % 2 === 1);
  return add(fromCoefficients(even, "z"), fromCoefficients(odd, "z"));
}
