import { fractions, type RationalFunction } from "../poly/index.js";

export function binomial(n: number, k: number): bigint {
  if (k < 0 || k > n) return 0n;
  let value = 1n;
  for (let i = 1; i <= k; i++) value = (value * BigInt(n - k + i)) / BigInt(i);
  return value;
}

/** 1, 1, 2, 5, 14, …: the number of non-crossing partitions of n points. */
export function catalan(n: number): bigint {
  return binomial(2 * n, n) / BigInt(n + 1);
}

/** The number of non-crossing partitions of n points into k blocks. */
export function narayana(n: number, k: number): bigint {
  return (binomial(n, k) * binomial(n, k - 1)) / BigInt(n);
}

/** C((p+1)n, n)/(pn+1): 1, 3, 12, 55, … for p = 2. */
export function fussCatalanNumber(p: number, n: number): bigint {
  return binomial((p + 1) * n, n) / BigInt(p * n + 1);
}

/** [f(1), …, f(n)]. */
export function upTo<T>(n: number, f: (k: number) => T): T[] {
  return Array.from({ length: n }, (_, index) => f(index + 1));
}

/** n · x. */
export function times(n: bigint, x: RationalFunction): RationalFunction {
  return fractions.mul(fractions.fromInteger(n), x);
}

/** The coefficient of u^k in the product of two series; what is not there is 0. */
export function productCoefficient(
  a: readonly RationalFunction[],
  b: readonly RationalFunction[],
  k: number,
): RationalFunction {
  const { add, mul, zero } = fractions;
  let value = zero;
  for (let i = 0; i <= k; i++) value = add(value, mul(a[i] ?? zero, b[k - i] ?? zero));
  return value;
}

/** The coefficients of u^0 … u^n in the product of two series. */
export function seriesProduct(
  a: readonly RationalFunction[],
  b: readonly RationalFunction[],
  n: number,
): RationalFunction[] {
  return Array.from({ length: n + 1 }, (_, k) => productCoefficient(a, b, k));
}

/**
 * mu_1 … mu_n from kappa_1 … kappa_n: the coefficients of M(u) = 1 + Σ kappa_s (u M(u))^s (R. Speicher, Math. Ann. 298 (1994)
 * 611–628). O(n³) operations. Not the engine's own conversion: closed forms are a witness against it and share no code with it.
 */
export function momentsFromFreeCumulants(cumulants: readonly RationalFunction[]): RationalFunction[] {
  const moments = powersOfSeries(cumulants.length);
  return cumulants.map((cumulant, index) => {
    const moment = fractions.add(nestedPart(cumulants, moments, index + 1), cumulant);
    moments.append(moment);
    return moment;
  });
}

/** kappa_1 … kappa_n from mu_1 … mu_n, by the same equation. */
export function freeCumulantsFromMoments(moments: readonly RationalFunction[]): RationalFunction[] {
  const powers = powersOfSeries(moments.length);
  const cumulants: RationalFunction[] = [];
  for (const [index, moment] of moments.entries()) {
    cumulants.push(fractions.sub(moment, nestedPart(cumulants, powers, index + 1)));
    powers.append(moment);
  }
  return cumulants;
}

/** The coefficient of u^k in Σ_{s<k} kappa_s (u M)^s. */
function nestedPart(cumulants: readonly RationalFunction[], series: SeriesPowers, k: number): RationalFunction {
  let value = fractions.zero;
  for (let s = 1; s < k; s++) {
    value = fractions.add(value, fractions.mul(cumulants[s - 1]!, series.powers[s]![k - s]!));
  }
  return value;
}

interface SeriesPowers {
  /** [s][j] is the coefficient of u^j in M^s, for every j that was appended. */
  readonly powers: readonly (readonly RationalFunction[])[];
  /** Adds the next coefficient of M. */
  append(coefficient: RationalFunction): void;
}

/** The powers M^0 … M^n of a series 1 + mu_1 u + … that becomes known coefficient by coefficient. */
function powersOfSeries(n: number): SeriesPowers {
  const { add, mul, zero, one } = fractions;
  const powers: RationalFunction[][] = Array.from({ length: n + 1 }, () => [one]);
  return {
    powers,
    append(coefficient) {
      const k = powers[0]!.length;
      powers[0]!.push(zero);
      for (let s = 1; s <= n; s++) {
        // M^s = M^(s−1) · M, and M has this coefficient only now.
        const series = s === 1 ? undefined : powers[1]!;
        let value = series === undefined ? coefficient : zero;
        if (series !== undefined) {
          for (let j = 0; j <= k; j++) value = add(value, mul(powers[s - 1]![j]!, series[k - j]!));
        }
        powers[s]!.push(value);
      }
    },
  };
}
