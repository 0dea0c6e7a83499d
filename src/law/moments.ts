import { DomainError } from "../core/index.js";
import {
  constant,
  fractionConstant,
  fractions,
  multiply,
  primitive,
  type RationalFunction,
  rationalFunction,
  substitute,
  variable,
} from "../poly/index.js";
import { rational, ZZ } from "../rings/index.js";
import { powerSeries } from "../series/index.js";
import { momentSeries } from "./branch-at-infinity.js";
import type { Law } from "./law.js";

/**
 * The moments mu_1, …, mu_n of the law: coefficients of m = −1/z − mu_1/z² − … on the physical branch, exact rationals or rational
 * functions of the parameters (constants where there are none).
 *
 * @example moments(ensembles.mp("c"), 3) // 1, c + 1, c^2 + 3*c + 1
 */
export function moments(law: Law, n: number): readonly RationalFunction[] {
  return (
    (n < fewMoments ? undefined : momentsOfDilation(law, checkedCount(n))) ??
    momentSeries(law, checkedCount(n)).slice(1)
  );
}

/** So many moments are computed directly, and show which denominators the others will have. */
const fewMoments = 12;

/**
 * The moments by way of those of the law of D·X, where D is chosen such that the first of these are integers: exact rational
 * arithmetic is far faster where denominators do not grow. Undefined when there is nothing to gain.
 */
function momentsOfDilation(law: Law, n: number): readonly RationalFunction[] | undefined {
  if (law.parameters.length > 0 || law.givenMoments.length > 0 || law.meanBetween !== undefined) return undefined;
  let factor = 1n;
  momentSeries(law, fewMoments).forEach((mu, k) => {
    const { den } = fractionConstant(mu);
    while (factor ** BigInt(k) % den !== 0n) factor *= den / ZZ.gcd(den, factor ** BigInt(k));
  });
  if (factor === 1n) return undefined;
  const by = constant(rational(factor));
  const dilated: Law = {
    ...law,
    curve: primitive(
      substitute(law.curve, {
        z: multiply(constant(rational(1n, factor)), variable("z")),
        m: multiply(by, variable("m")),
      }),
    ),
  };
  let power = 1n;
  return momentSeries(dilated, n)
    .slice(1)
    .map((mu) => {
      power *= factor;
      const { num, den } = fractionConstant(mu);
      return rationalFunction(constant(rational(num, den * power)));
    });
}

/**
 * The free cumulants kappa_1, …, kappa_n: coefficients of R(s) = sum kappa_n s^(n−1) with z = R(−m) − 1/m. From the moment series
 * M(w) = 1 + sum mu_k w^k by Lagrange inversion, kappa_1 = mu_1 and kappa_k = −[w^k] M(w)^(1−k)/(k − 1). Exact.
 */
export function cumulants(law: Law, n: number): readonly RationalFunction[] {
  return cumulantsOfMoments(momentSeries(law, checkedCount(n)));
}

/** kappa_1, …, kappa_n of mu_0 = 1, mu_1, …, mu_n. */
export function cumulantsOfMoments(series: readonly RationalFunction[]): readonly RationalFunction[] {
  const ring = powerSeries(fractions);
  const inverse = ring.inverse(series);
  const result: RationalFunction[] = [];
  let power = inverse;
  for (let k = 1; k < series.length; k++) {
    if (k === 1) {
      result.push(series[1]!);
      continue;
    }
    result.push(fractions.mul(power[k]!, rationalFunction(constant(rational(-1, k - 1)))));
    power = ring.mul(power, inverse);
  }
  return result;
}

function checkedCount(n: number): number {
  if (!Number.isInteger(n) || n < 1)
    throw new DomainError(`the number of moments must be a positive integer; got ${n}`);
  return n;
}

/** mu_1, …, mu_n of kappa_1, …, kappa_n: mu_k = [w^k] C(w)^(k+1)/(k + 1) with C(w) = 1 + sum kappa_k w^k. Exact. */
export function momentsOfCumulants(kappas: readonly RationalFunction[]): readonly RationalFunction[] {
  const ring = powerSeries(fractions);
  const series = [fractions.one, ...kappas];
  let power: readonly RationalFunction[] = series;
  return kappas.map((_, index) => {
    const k = index + 1;
    power = ring.mul(power, series);
    return fractions.mul(power[k]!, rationalFunction(constant(rational(1, k + 1))));
  });
}
