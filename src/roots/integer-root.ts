import { bitLength, integerSqrt } from "../rings/index.js";

/** Prime factors below this limit are found when powers are pulled out of a root. */
const trialLimit = 100_000;

/** The largest integer whose k-th power is at most n >= 0. */
export function integerRoot(n: bigint, k: number): bigint {
  if (k === 1 || n < 2n) return n;
  if (k === 2) return integerSqrt(n);
  const power = BigInt(k);
  let x = 1n << BigInt(Math.ceil(bitLength(n) / k));
  for (;;) {
    const next = ((power - 1n) * x + n / x ** (power - 1n)) / power;
    if (next >= x) return x;
    x = next;
  }
}

/**
 * n = outside^k * inside for n > 0. No k-th power of a prime below 10^5 divides `inside`, and what is left after those primes is no k-th
 * power itself.
 */
export function extractPower(n: bigint, k: number): { outside: bigint; inside: bigint } {
  let outside = 1n;
  let inside = 1n;
  let rest = n;
  const divideOut = (d: number): void => {
    const prime = BigInt(d);
    let exponent = 0;
    while (rest % prime === 0n) {
      rest /= prime;
      exponent += 1;
    }
    outside *= prime ** BigInt(Math.floor(exponent / k));
    inside *= prime ** BigInt(exponent % k);
  };
  for (const d of smallPrimes()) {
    if (bitLength(rest) < k * (bitLength(BigInt(d)) - 1)) break;
    divideOut(d);
  }
  const root = integerRoot(rest, k);
  if (root ** BigInt(k) === rest) outside *= root;
  else inside *= rest;
  return { outside, inside };
}

let primes: readonly number[] | undefined;

function smallPrimes(): readonly number[] {
  if (primes === undefined) {
    const composite = new Uint8Array(trialLimit);
    const found: number[] = [];
    for (let d = 2; d < trialLimit; d++) {
      if (composite[d] === 1) continue;
      found.push(d);
      for (let m = d * d; m < trialLimit; m += d) composite[m] = 1;
    }
    primes = found;
  }
  return primes;
}
