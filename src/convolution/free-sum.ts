import { type Budget, unlimited } from "../core/index.js";
import { powerMap, rationalSumMap } from "../flow/index.js";
import { cumulants, type Derivation, derivationOf, type Law, momentsOfCumulants } from "../law/index.js";
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
import { type Rational, rational } from "../rings/index.js";
import { lawOfEliminant } from "./law-factor.js";
import { areVisiblyEqual } from "./special-laws.js";
import { substitutedLaw } from "./substituted-law.js";

/**
 * The free additive convolution A ⊞ B. When one of the two has a rational R-transform (a curve of degree one in z) it is the
 * substitution z ← z − R1(−m) in the curve of the other, and for two equal laws the one of the free convolution power 2; else z1 is
 * eliminated from P1(z1, m) and P2(z − z1 − 1/m, m) and the law's factor is the one with the moments of the sum,
 * kappa_n(A) + kappa_n(B). Exact.
 *
 * @throws LimitError when the eliminant could not be factored with proof.
 * @example freeSum(ensembles.semicircle(1), ensembles.mp("c"))
 */
export function freeSum(a: Law, b: Law, budget: Budget = unlimited): Law {
  return sum(a, b, derivationOf("freeSum", [a, b]), budget);
}

/**
 * The additive free deconvolution: the B with A ⊞ B = C, whose free cumulants are kappa_n(C) − kappa_n(A). The curve exists always and is
 * that of {@link freeSum} of C with the formal law of R-transform −R_A; whether B is a probability measure is another
 * question, which `isSpectrum` answers. Exact.
 *
 * @throws LimitError when the eliminant could not be factored with proof.
 * @see Ø. Ryan, M. Debbah, Free deconvolution for signal processing applications, ISIT 2007.
 * @example freeDifference(freeSum(ensembles.bures(), ensembles.mp(2)), ensembles.mp(2)) // the curve of bures()
 */
export function freeDifference(c: Law, a: Law, budget: Budget = unlimited): Law {
  const derivation = derivationOf("freeDifference", [c, a]);
  return sum(c, formalPower(a, rational(-1), derivation, budget), derivation, budget);
}

/** Free cumulants times s ≠ 0, as algebra: the result need not be a law. */
export function formalPower(law: Law, s: Rational, derivation: Derivation, budget: Budget): Law {
  const factor = rationalFunction(constant(s));
  const expected = (n: number): readonly RationalFunction[] => [
    fractions.one,
    ...momentsOfCumulants(
      cumulants(law, n, budget).map((kappa) => fractions.mul(kappa, factor)),
      budget,
    ),
  ];
  const mean = (mu: RationalFunction): RationalFunction => fractions.mul(mu, factor);
  return substitutedLaw(law, powerMap(factor), { expected, mean }, derivation, budget);
}

function sum(a: Law, b: Law, derivation: Derivation, budget: Budget): Law {
  const expected = (n: number): readonly RationalFunction[] => {
    const right = cumulants(b, n, budget);
    const both = cumulants(a, n, budget).map((kappa, k) => fractions.add(kappa, right[k]!));
    return [fractions.one, ...momentsOfCumulants(both, budget)];
  };
  const [simple, other] = hasRationalTransform(b) ? [b, a] : [a, b];
  const name = "s_";
  if (hasRationalTransform(simple)) {
    const map = rationalSumMap(rTransform(simple, name), name, budget);
    const [shift] = cumulants(simple, 1, budget);
    const mean = (mu: RationalFunction): RationalFunction => fractions.add(mu, shift!);
    return substitutedLaw(other, map, { expected, mean }, derivation, budget);
  }
  if (areVisiblyEqual(a, b)) {
    return formalPower(a, rational(2), derivation, budget);
  }
  // The longer expression goes into the curve of lower degree.
  const [high, low] = degree(a.curve, "z") >= degree(b.curve, "z") ? [a, b] : [b, a];
  const z1 = rationalFunction(variable("z1_"));
  const first = substitute(high.curve, { z: variable("z1_") });
  const z2 = fractions.sub(
    fractions.sub(rationalFunction(variable("z")), z1),
    rationalFunction(constant(1), variable("m")),
  );
  const second = substituteFractions(low.curve, { z: z2 }, budget).numerator;
  return lawOfEliminant(resultant(first, second, "z1_", budget), expected, derivation, { budget });
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
