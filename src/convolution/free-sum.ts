import { DomainError } from "../core/index.js";
import { rationalSumMap, transformCurve } from "../flow/index.js";
import { cumulants, cumulantsOfMoments, type Law, lawFromCurve, momentsOfCumulants } from "../law/index.js";
import {
  coefficients,
  constant,
  degree,
  fractions,
  type RationalFunction,
  rationalFunction,
  scale,
  substitute,
  variable,
} from "../poly/index.js";
import { rational } from "../rings/index.js";

/**
 * The free additive convolution A ⊞ B when one of the two has a rational R-transform, that is, a curve of degree one in z: then it is
 * the substitution z ← z − R1(−m) in the curve of the other. Exact.
 *
 * @throws DomainError when neither has: that needs an elimination, which is not available yet.
 * @example freeSum(ensembles.semicircle(1), ensembles.mp("c"))
 */
export function freeSum(a: Law, b: Law): Law {
  const [rationalOne, other] = hasRationalTransform(a) ? [a, b] : [b, a];
  if (!hasRationalTransform(rationalOne)) {
    throw new DomainError(
      "freeSum of two laws is not available yet when neither has a rational R-transform (a curve of degree one in z)",
    );
  }
  const name = "s_";
  const curve = transformCurve(other.curve, rationalSumMap(rTransform(rationalOne, name), name));
  const given = other.givenMoments;
  const added = given.length === 0 ? [] : cumulants(rationalOne, given.length);
  const moments = momentsOfCumulants(
    cumulantsOfMoments([fractions.one, ...given]).map((kappa, k) => fractions.add(kappa, added[k]!)),
  );
  return lawFromCurve(curve, {
    derivation: {
      operation: "freeSum",
      operands: [
        { kind: "law", law: a },
        { kind: "law", law: b },
      ],
    },
    moments,
  });
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
