import { expect, test } from "vitest";
import { isPrime, isProvedPrime } from "../../src/rings/index.js";

test("agrees with trial division below 20 000, and with the counts of primes below 10^3, 10^4 and 2·10^4", () => {
  const found = Array.from({ length: 20_000 }, (_, n) => n).filter((n) => isProvedPrime(BigInt(n)));
  expect(found).toEqual(Array.from({ length: 20_000 }, (_, n) => n).filter(isPrime));
  expect([1000, 10_000, 20_000].map((bound) => found.filter((n) => n < bound).length)).toEqual([168, 1229, 2262]);
});

test("the least composite numbers that pass for the first 1, 2, …, 12 prime bases are composite [Jaeschke 1993; Jiang–Deng 2014]", () => {
  const pseudoprimes = [
    2047n,
    1373653n,
    25326001n,
    3215031751n,
    2152302898747n,
    3474749660383n,
    341550071728321n,
    3825123056546413051n,
    318665857834031151167461n,
  ];
  expect(pseudoprimes.map(isProvedPrime)).toEqual(pseudoprimes.map(() => false));
});

test("Mersenne primes are prime, their neighbours are not, and what is too large is not proved", () => {
  const [m31, m61, m89] = [31n, 61n, 89n].map((p) => 2n ** p - 1n) as [bigint, bigint, bigint];
  expect([m31, m61, m31 + 2n, m61 - 2n, m31 * m31].map(isProvedPrime)).toEqual([true, true, false, false, false]);
  expect([m89, -7n, 0n, 1n].map(isProvedPrime)).toEqual([false, false, false, false]);
});
