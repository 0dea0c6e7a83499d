import { type Budget, DomainError, unlimited } from "../core/index.js";
import { numericValue } from "../law/index.js";
import {
  constant,
  fractions,
  fractionsWithin,
  power,
  type RationalFunction,
  rationalFunction,
  rationalFunctionToText,
  scale,
  subtract,
  variable,
} from "../poly/index.js";
import { QQ, type Rational, rational, rationalToText } from "../rings/index.js";
import { rationalValue, realRoots } from "../roots/index.js";
import { type PowerSeries, type PowerSeriesRing, powerSeries } from "../series/index.js";

/**
 * mu_0 = 1, mu_1, …, mu_n of the free product from those of its factors, in time polynomial in n and whether or not a mean is zero: with
 * eta = psi/(1 + psi) and H(x) = eta(x)/x the subordination series omega_1 = u·H_B(omega_2), omega_2 = u·H_A(omega_1) have
 * psi_AB(u) = psi_A(omega_1(u)). Exact.
 *
 * @see S. Belinschi, H. Bercovici, A new approach to subordination results in free probability, J. Anal. Math. 101 (2007) 357–365.
 */
export function productMoments(
  a: readonly RationalFunction[],
  b: readonly RationalFunction[],
  budget: Budget = unlimited,
): readonly RationalFunction[] {
  const ring = powerSeries(fractionsWithin(budget));
  const order = Math.min(a.length, b.length);
  const [first, second] = [etaOverArgument(ring, a), etaOverArgument(ring, b)];
  let omega: PowerSeries<RationalFunction> = [fractions.zero];
  while (omega.length < order) {
    const other = [fractions.zero, ...ring.compose(first, omega)];
    omega = [fractions.zero, ...ring.compose(second, other)];
  }
  return [fractions.one, ...ring.compose([fractions.zero, ...a.slice(1)], omega.slice(0, order)).slice(1)];
}

/** eta(x)/x = (1 − 1/M(x))/x for the moment series M = 1 + mu_1 x + mu_2 x² + … */
function etaOverArgument(
  ring: PowerSeriesRing<RationalFunction>,
  moments: readonly RationalFunction[],
): PowerSeries<RationalFunction> {
  return ring
    .inverse(moments)
    .slice(1)
    .map((c) => fractions.neg(c));
}

/**
 * The moments of the formal law whose S-transform is the power of exponent s. Exact.
 *
 * @throws DomainError when the mean is zero, or its power is not rational.
 */
export function multiplicativePowerMoments(
  moments: readonly RationalFunction[],
  exponent: Rational,
  budget: Budget = unlimited,
): readonly RationalFunction[] {
  const ring = powerSeries(fractionsWithin(budget));
  const mean = moments[1]!;
  const newMean = rationalPower(mean, exponent, budget);
  // chi(y) = y S(y)/(1 + y), and mean·S(y) = 1 + …
  const chi = ring.reversion([fractions.zero, ...moments.slice(1)]).slice(1);
  const factor = onePlusArgument(chi.length);
  const normal = ring.mul(ring.scale(chi, mean), factor);
  const transform = ring.mul(ring.pow(normal, rationalFunction(constant(exponent))), ring.inverse(factor));
  return [
    fractions.one,
    ...ring.reversion([fractions.zero, ...ring.scale(transform, fractions.inv(newMean))]).slice(1),
  ];
}

/** 1 + y. */
function onePlusArgument(order: number): PowerSeries<RationalFunction> {
  return Array.from({ length: order }, (_, k) => (k < 2 ? fractions.one : fractions.zero));
}

/** mean^s where that is rational: for every integer s, else for numbers that are a power. */
function rationalPower(mean: RationalFunction, s: Rational, budget: Budget): RationalFunction {
  if (s.num < 0n) return fractions.inv(rationalPower(mean, QQ.neg(s), budget));
  if (s.den === 1n) return fractions.pow(mean, Number(s.num));
  const value = numericValue(mean);
  const order = Number(s.den);
  const root =
    value === undefined || QQ.sign(value) <= 0
      ? undefined
      : realRoots(subtract(scale(power(variable("x"), order), rational(value.den)), constant(value.num)), budget)
          .map((found) => rationalValue(found.root))
          .find((candidate) => candidate !== undefined && QQ.sign(candidate) > 0);
  if (root === undefined) {
    throw new DomainError(
      `the mean ${rationalFunctionToText(mean)} of the law has no rational power ${rationalToText(s)}; scale the law to mean 1 first`,
    );
  }
  return fractions.pow(rationalFunction(constant(root)), Number(s.num));
}
