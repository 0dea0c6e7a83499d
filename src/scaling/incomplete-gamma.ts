import { DomainError, InternalError } from "../core/index.js";

/**
 * gamma(s, x) = ∫_0^x u^(s−1) e^(−u) du for s > 0, x ≥ 0. Estimate to about 13 digits: the power series below x = s + 1, above it the
 * complete function minus the continued fraction of the rest.
 *
 * Source: NIST DLMF 8.7.1 and 8.9.2.
 */
export function lowerIncompleteGamma(s: number, x: number): number {
  if (!(s > 0) || !(x >= 0))
    throw new DomainError(`the incomplete gamma function needs s > 0 and x >= 0; got ${s}, ${x}`);
  if (x === 0) return 0;
  if (x === Number.POSITIVE_INFINITY) return gamma(s);
  const front = Math.exp(s * Math.log(x) - x);
  return x < s + 1 ? front * risingSeries(s, x) : gamma(s) - front * restFraction(s, x);
}

const mostTerms = 100_000;

/** Σ x^k/(s (s + 1) … (s + k)). */
function risingSeries(s: number, x: number): number {
  let term = 1 / s;
  let sum = term;
  for (let k = 1; k < mostTerms; k++) {
    term *= x / (s + k);
    sum += term;
    if (term < 1e-17 * sum) return sum;
  }
  throw new InternalError("the series of the incomplete gamma function did not end");
}

/** 1/(x + 1 − s − 1 (1 − s)/(x + 3 − s − 2 (2 − s)/(x + 5 − s − …))), by Lentz's method. */
function restFraction(s: number, x: number): number {
  let b = x + 1 - s;
  let c = Number.MAX_VALUE;
  let d = 1 / b;
  let value = d;
  for (let k = 1; k < mostTerms; k++) {
    const a = -k * (k - s);
    b += 2;
    d = 1 / (a * d + b);
    c = b + a / c;
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) return value;
  }
  throw new InternalError("the fraction of the incomplete gamma function did not end");
}

/** Gamma(s) for s > 0. */
export function gamma(s: number): number {
  return Math.exp(logGamma(s));
}

/**
 * log Gamma(s) for s > 0: Stirling's series above 10, carried down by Gamma(s) = Gamma(s + 1)/s; 14 digits.
 *
 * Source: NIST DLMF 5.11.1.
 */
export function logGamma(s: number): number {
  let product = 1;
  let x = s;
  while (x < 10) product *= x++;
  const inverse = 1 / (x * x);
  const series =
    (1 / 12 +
      inverse *
        (-1 / 360 + inverse * (1 / 1260 + inverse * (-1 / 1680 + inverse * (1 / 1188 - (inverse * 691) / 360360))))) /
    x;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product);
}
