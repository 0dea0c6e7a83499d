/** Below 3.3·10^24 these bases leave no composite number [Sorenson–Webster 2017]. */
const bases = [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n, 41n];

/** Whether n is proved a prime number: exact below 3.3·10^24 by Miller's and Rabin's test with fixed bases, false for all larger ones. */
export function isProvedPrime(n: bigint): boolean {
  if (n < 42n || n >= 3_317_044_064_679_887_385_961_981n) return bases.includes(n);
  const twos = (n - 1n).toString(2).match(/0*$/)![0].length;
  return bases.every((base) => {
    let power = 1n;
    for (const bit of ((n - 1n) >> BigInt(twos)).toString(2))
      power = (((power * power) % n) * (bit === "1" ? base : 1n)) % n;
    for (let k = 0; k < twos; k++) {
      const square = (power * power) % n;
      if (square === 1n) return power === 1n || power === n - 1n;
      power = square;
    }
    return false;
  });
}
