// Exact: integers and fractions throughout.
import { type Budget, unlimited } from "../core/index.js";
import {
  constant,
  fractions,
  fractionsWithin,
  type RationalFunction,
  rationalFunction,
  variable,
} from "../poly/index.js";
import { type Field, QQ, rational } from "../rings/index.js";
import { powerSeries } from "../series/index.js";
import { numericValue } from "./scalar.js";

/**
 * The free cumulants kappa_1, …, kappa_n of the moments mu_1, …, mu_n, which may be any rational functions in any variables. Exact.
 * By Lagrange inversion of z = R(−m) − 1/m: kappa_1 = mu_1 and kappa_k = −[w^k] M(w)^(1−k)/(k − 1) with M(w) = 1 + sum mu_k w^k.
 *
 * @example cumulantsOfMoments(["a", "b"].map((name) => parseRationalFunction(name))) // a, b - a^2
 */
export function cumulantsOfMoments(
  moments: readonly RationalFunction[],
  budget: Budget = unlimited,
): readonly RationalFunction[] {
  return cumulantsOfSeries([fractions.one, ...moments], budget);
}

/** kappa_1, …, kappa_n of mu_0 = 1, mu_1, …, mu_n. */
export function cumulantsOfSeries(
  series: readonly RationalFunction[],
  budget: Budget = unlimited,
): readonly RationalFunction[] {
  const numbers = series.map(numericValue);
  return numbers.every((mu) => mu !== undefined)
    ? invertSeries(QQ, numbers, budget).map((kappa) => rationalFunction(constant(kappa)))
    : invertSeries(fractionsWithin(budget), series, budget);
}

function invertSeries<T>(field: Field<T>, series: readonly T[], budget: Budget): readonly T[] {
  const ring = powerSeries(field);
  const inverse = ring.inverse(series);
  const result: T[] = [];
  let power = inverse;
  for (let k = 1; k < series.length; k++) {
    if (k === 1) {
      result.push(series[1]!);
      continue;
    }
    result.push(field.div(power[k]!, field.fromInteger(BigInt(1 - k))));
    budget.spend(series.length ** 2 / 20, "turning moments into free cumulants");
    power = ring.mul(power, inverse);
  }
  return result;
}

/**
 * The moments mu_1, …, mu_n of the free cumulants kappa_1, …, kappa_n, which may be any rational functions in any variables: mu_k is
 * the sum over the noncrossing partitions of k points of the products of kappa_(size of the block) [Speicher 1994]. Exact. Computed
 * as mu_k = [w^k] C(w)^(k+1)/(k + 1) with C(w) = 1 + sum kappa_k w^k.
 */
export function momentsOfCumulants(
  kappas: readonly RationalFunction[],
  budget: Budget = unlimited,
): readonly RationalFunction[] {
  const field = fractionsWithin(budget);
  const ring = powerSeries(field);
  const series = [field.one, ...kappas];
  let power: readonly RationalFunction[] = series;
  return kappas.map((_, index) => {
    const k = index + 1;
    power = ring.mul(power, series);
    return field.mul(power[k]!, rationalFunction(constant(rational(1, k + 1))));
  });
}

/**
 * The moments mu_1, …, mu_n as polynomials in symbols for the free cumulants: kappa_1, kappa_2, … by default.
 *
 * @example momentPolynomials(3) // kappa_1, kappa_1^2 + kappa_2, kappa_1^3 + 3*kappa_1*kappa_2 + kappa_3
 */
export function momentPolynomials(
  n: number,
  symbol: string = "kappa_",
  budget: Budget = unlimited,
): readonly RationalFunction[] {
  return momentsOfCumulants(symbols(n, symbol), budget);
}

/** The free cumulants kappa_1, …, kappa_n as polynomials in symbols for the moments: mu_1, mu_2, … by default. */
export function cumulantPolynomials(
  n: number,
  symbol: string = "mu_",
  budget: Budget = unlimited,
): readonly RationalFunction[] {
  return cumulantsOfMoments(symbols(n, symbol), budget);
}

function symbols(n: number, symbol: string): readonly RationalFunction[] {
  return Array.from({ length: n }, (_, k) => rationalFunction(variable(`${symbol}${k + 1}`)));
}
