import { QQ, type Rational } from "../../src/rings/index.js";

/** All non-crossing partitions of 0, …, n − 1: the block of 0, then those of the gaps between its elements. */
export function noncrossingPartitions(n: number, from = 0): readonly (readonly (readonly number[])[])[] {
  if (n === 0) return [[]];
  const result: (readonly (readonly number[])[])[] = [];
  const extend = (block: readonly number[], inside: readonly (readonly (readonly number[])[])[]): void => {
    const last = block.at(-1)!;
    const end = from + n;
    for (const tail of noncrossingPartitions(end - last - 1, last + 1)) {
      for (const rest of inside) result.push([block, ...rest, ...tail]);
    }
    for (let next = last + 1; next < end; next++) {
      const gap = noncrossingPartitions(next - last - 1, last + 1);
      extend(
        [...block, next],
        inside.flatMap((rest) => gap.map((part) => [...rest, ...part])),
      );
    }
  };
  extend([from], [[]]);
  return result;
}

/** mu_1, …, mu_n of the free product: Σ over NC(k) of kappa_π(A)·mu_K(π)(B) [Nica–Speicher 2006, Theorem 14.4]. */
export function momentsByPartitions(kappa: readonly Rational[], mu: readonly Rational[]): readonly Rational[] {
  return mu.map((_, index) => {
    const k = index + 1;
    let sum = QQ.zero;
    for (const blocks of noncrossingPartitions(k)) {
      const factors = [
        ...blocks.map((block) => kappa[block.length - 1]!),
        ...krewerasBlockSizes(blocks, k).map((size) => mu[size - 1]!),
      ];
      sum = QQ.add(sum, factors.reduce(QQ.mul, QQ.one));
    }
    return sum;
  });
}

/** The block sizes of the Kreweras complement: the cycles of π^(−1) composed with the full cycle. */
function krewerasBlockSizes(blocks: readonly (readonly number[])[], n: number): readonly number[] {
  const previous = new Array<number>(n);
  for (const block of blocks) {
    block.forEach((element, k) => {
      previous[element] = block[(k + block.length - 1) % block.length]!;
    });
  }
  const seen = new Array<boolean>(n).fill(false);
  const sizes: number[] = [];
  for (let start = 0; start < n; start++) {
    if (seen[start]) continue;
    let size = 0;
    for (let at = start; !seen[at]; at = previous[(at + 1) % n]!) {
      seen[at] = true;
      size++;
    }
    sizes.push(size);
  }
  return sizes;
}

type Vector = ReadonlyMap<string, Rational>;

/**
 * The moments phi((s·ab + t·ba)^n), n = 1, …, order, of free a and b with given free cumulants, by letting the operators
 * a = l + Σ kappa_(k+1) l*^k of the full Fock space over two letters act on the vacuum [Voiculescu 1986].
 */
export function fockMoments(
  a: readonly Rational[],
  b: readonly Rational[],
  [s, t]: readonly [number, number],
  order: number,
): readonly Rational[] {
  const letters = { a, b };
  let vector: Vector = new Map([["", QQ.one]]);
  const moments: Rational[] = [];
  const word = (first: "a" | "b", second: "a" | "b", factor: number): Vector =>
    scaled(apply(second, letters[second], apply(first, letters[first], vector)), factor);
  for (let n = 1; n <= order; n++) {
    // ab acts with b first.
    vector = sum(word("b", "a", s), word("a", "b", t));
    moments.push(vector.get("") ?? QQ.zero);
  }
  return moments;
}

function apply(letter: "a" | "b", kappa: readonly Rational[], vector: Vector): Vector {
  const result = new Map<string, Rational>();
  const put = (key: string, value: Rational): void => {
    if (!QQ.isZero(value)) result.set(key, QQ.add(result.get(key) ?? QQ.zero, value));
  };
  for (const [text, value] of vector) {
    put(letter + text, value);
    for (let k = 0; k < kappa.length && text.slice(0, k) === letter.repeat(k); k++) {
      put(text.slice(k), QQ.mul(value, kappa[k]!));
    }
  }
  return result;
}

function scaled(vector: Vector, factor: number): Vector {
  return new Map([...vector].map(([key, value]) => [key, QQ.mul(value, QQ.fromInteger(BigInt(factor)))]));
}

function sum(a: Vector, b: Vector): Vector {
  const result = new Map(a);
  for (const [key, value] of b) result.set(key, QQ.add(result.get(key) ?? QQ.zero, value));
  return result;
}
