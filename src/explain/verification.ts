import { type Budget, InternalError, unlimited } from "../core/index.js";
import type { Law } from "../law/index.js";
import {
  coefficients,
  degree,
  discriminantBySubresultants,
  equals,
  fractions,
  isConstant,
  isZero,
  type Polynomial,
  type RationalFunction,
  rationalFunction,
  substitute,
} from "../poly/index.js";

/** Stops the document when a statement it is about to make does not hold: that would be a defect of the program. */
export function verified(holds: boolean, statement: string): void {
  if (!holds) throw new InternalError(`a step of a derivation did not pass its check: ${statement}`);
}

/**
 * Puts m = −(1/z)(1 + mu_1/z + …) into the curve and gives the number of leading powers of 1/z that cancel; as many as there are known
 * moments when all do. The terms are multiplied out one by one, without the series of the branch.
 */
export function cancelledTerms(law: Law, moments: readonly RationalFunction[]): number {
  const order = moments.length + 1;
  const { add, mul, zero, one, isZero: vanishes } = fractions;
  const series = [one, ...moments];
  const times = (a: readonly RationalFunction[], b: readonly RationalFunction[]): RationalFunction[] =>
    Array.from({ length: order }, (_, k) =>
      Array.from({ length: k + 1 }, (_, i) => mul(a[i]!, b[k - i]!)).reduce((sum, term) => add(sum, term), zero),
    );
  const powers: RationalFunction[][] = [Array.from({ length: order }, (_, k) => (k === 0 ? one : zero))];
  for (let j = 1; j <= degree(law.curve, "m"); j++) powers.push(times(powers[j - 1]!, series));
  // c·z^i·m^j = (−1)^j c·w^(j − i)·y^j with w = 1/z.
  const sums = new Map<number, RationalFunction>();
  let lowest = Number.POSITIVE_INFINITY;
  for (const [i, inM] of coefficients(law.curve, "z").entries()) {
    for (const [j, c] of coefficients(inM, "m").entries()) {
      if (isZero(c)) continue;
      lowest = Math.min(lowest, j - i);
      const factor = rationalFunction(c);
      powers[j]!.forEach((coefficient, k) => {
        const term = mul(j % 2 === 0 ? factor : fractions.neg(factor), coefficient);
        sums.set(j - i + k, add(sums.get(j - i + k) ?? zero, term));
      });
    }
  }
  let cancelled = 0;
  while (cancelled < order && vanishes(sums.get(lowest + cancelled) ?? zero)) cancelled++;
  return cancelled;
}

/** Whether two polynomials differ by a constant factor without z and m; zero is proportional to zero alone. */
export function proportional(p: Polynomial, q: Polynomial): boolean {
  if (isZero(p) || isZero(q)) return isZero(p) && isZero(q);
  const quotient = fractions.div(rationalFunction(p), rationalFunction(q));
  return [quotient.numerator, quotient.denominator].every((part) => isConstant(part));
}

/** Whether D(z) is disc_m P at z = place: the discriminant of P(place, m), by the subresultant algorithm, which shares no code. */
export function isDiscriminantAt(
  d: Polynomial,
  curve: Polynomial,
  place: Polynomial,
  budget: Budget = unlimited,
): boolean {
  const at = substitute(curve, { z: place });
  if (degree(at, "m") < degree(curve, "m")) return true;
  return equals(substitute(d, { z: place }), discriminantBySubresultants(at, "m", budget));
}
