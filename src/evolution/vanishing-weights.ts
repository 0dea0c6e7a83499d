import { type Budget, unlimited } from "../core/index.js";
import {
  add,
  coefficients,
  constant,
  gcd,
  isConstant,
  isZero,
  type Polynomial,
  resultant,
  scale,
} from "../poly/index.js";
import { rational } from "../rings/index.js";

/**
 * The condition on the parameters of a curve, if there is one, under which it has a line z = const in it, over a zero of `poles`, a factor of its
 * leading coefficient in m: all coefficients vanish there. The weight of an atom may pass zero then, and no branch point tells of it. A
 * polynomial in the parameters that is zero there, and perhaps elsewhere: seen from two values of m, where other common zeros differ.
 */
export function vanishingWeights(
  curve: Polynomial,
  poles: Polynomial,
  budget: Budget = unlimited,
): readonly Polynomial[] {
  const lower = coefficients(curve, "m").slice(0, -1);
  const [one, other] = [2, 3].map((m) => {
    const row = lower.reduceRight((sum, c) => add(scale(sum, rational(m)), c), constant(0));
    return isZero(row) ? row : resultant(poles, row, "z", budget);
  });
  const common = gcd(one!, other!, budget);
  return isZero(common) || isConstant(common) ? [] : [common];
}
