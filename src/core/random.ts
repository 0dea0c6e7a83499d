import { unsafeUniformIntDistribution } from "pure-rand/distribution/UnsafeUniformIntDistribution";
import { xoroshiro128plus } from "pure-rand/generator/XoroShiro";

/** A seeded source of randomness: the same seed gives the same numbers on every machine. */
export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number;
  /** Standard normal, by the polar method of Marsaglia. */
  normal(): number;
  /** Uniform integer in [low, high]. */
  integer(low: number, high: number): number;
}

/** A bijection of the 32-bit integers that scatters neighbours: the finaliser of MurmurHash3. */
function scattered(word: number): number {
  const first = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return second ^ (second >>> 16);
}

/**
 * The state of the generator for a seed: SplitMix, as its authors advise [Blackman–Vigna 2021]. The generator is linear over GF(2), so
 * that the bare seeds 1, 2, 3, … would give streams that begin alike and are not independent.
 */
const stateOf = (seed: number): number[] => [1, 2, 3, 4].map((k) => scattered((seed + k * 0x9e3779b9) | 0));

/** A source for a seed, of which the low 32 bits count. Exact in what it repeats: the numbers are pseudo-random. */
export function seededRandom(seed: number): Random {
  const generator = xoroshiro128plus.fromState(stateOf(seed));
  let spare: number | undefined;
  const integer = (low: number, high: number): number => unsafeUniformIntDistribution(low, high, generator);
  const uniform = (): number => (integer(0, 2 ** 27 - 1) * 2 ** 26 + integer(0, 2 ** 26 - 1)) / 2 ** 53;
  const normal = (): number => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    for (;;) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) {
        const factor = Math.sqrt((-2 * Math.log(s)) / s);
        spare = v * factor;
        return u * factor;
      }
    }
  };
  return { uniform, normal, integer };
}
