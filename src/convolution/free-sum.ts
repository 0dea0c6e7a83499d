import { type Budget, unlimited } from "../core/index.js";
import { rationalSumMap, transformCurve } from "../flow/index.js";
import { cumulants, type Derivation, type Law, lawFromCurve, momentsOfCumulants } from "../law/index.js";
import {
  coefficients,
  constant,
  degree,
  fractions,
  type RationalFunction,
  rationalFunction,
  resultant,
  scale,
  substitute,
  substituteFractions,
  variable,
} from "../poly/index.js";
import { rational } from "../rings/index.js";
import { lawOfEliminant } from "./law-factor.js";

/**
 * The free additive convolution A ⊞ B. When one of the two has a rational R-transform (a curve of degree one in z) it is the
 * substitution z ← z − R1(−m) in the curve of the other; else z1 is eliminated from P1(z1, m) and P2(z − z1 − 1/m, m) and the law's
 * factor is the one with the moments of the sum, kappa_n(A) + kappa_n(B). Exact.
 *
 * @throws LimitError when the eliminant could not be factored with proof.
 * @example freeSum(ensembles.semicircle(1), ensembles.mp("c"))
 */
export function freeSum(a: Law, b: Law, budget: Budget = unlimited): Law {
  const derivation: Derivation = {
    operation: "freeSum",
    operands: [
      { kind: "law", law: a },
      { kind: "law", law: b },
    ],
  };
  const moments = (n: number): readonly RationalFunction[] => {
    const right = cumulants(b, n);
    return [fractions.one, ...momentsOfCumulants(cumulants(a, n).map((kappa, k) => fractions.add(kappa, right[k]!)))];
  };
  const [simple, other] = hasRationalTransform(a) ? [a, b] : [b, a];
  if (hasRationalTransform(simple)) {
    // The substitution would take anything; both must have the branch of a law.
    for (const law of [simple, other]) cumulants(law, 1);
    const name = "s_";
    const curve = transformCurve(other.curve, rationalSumMap(rTransform(simple, name), name));
    const given = other.givenMoments.length;
    return lawFromCurve(curve, { derivation, moments: given === 0 ? [] : moments(given).slice(1) });
  }
  const z1 = rationalFunction(variable("z1_"));
  const first = substitute(a.curve, { z: variable("z1_") });
  const z2 = fractions.sub(
    fractions.sub(rationalFunction(variable("z")), z1),
    rationalFunction(constant(1), variable("m")),
  );
  const second = substituteFractions(b.curve, { z: z2 }).numerator;
  return lawOfEliminant(resultant(first, second, "z1_", budget), moments, derivation, { budget });
}

/** Whether the R-transform is a rational function: the curve has degree one in z, so that z is a rational function of m. */
function hasRationalTransform(law: Law): boolean {
  return degree(law.curve, "z") === 1;
}

/** R(s) = z + 1/m at m = −s, for P = A(m) + z B(m): R(s) = −A(−s)/B(−s) − 1/s. */
function rTransform(law: Law, name: string): RationalFunction {
  const [free, factor] = coefficients(law.curve, "z");
  const s = variable(name);
  const at = { m: scale(s, rational(-1)) };
  const value = fractions.neg(
    fractions.div(rationalFunction(substitute(free!, at)), rationalFunction(substitute(factor!, at))),
  );
  return fractions.sub(value, rationalFunction(constant(1), s));
}
