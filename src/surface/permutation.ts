// Exact.
/** A permutation of 0, …, n − 1: `p[i]` is the image of i. */
export type Permutation = readonly number[];

export function identityPermutation(n: number): Permutation {
  return Array.from({ length: n }, (_, i) => i);
}

/** First `a`, then `b`: i ↦ b[a[i]]. */
export function followedBy(a: Permutation, b: Permutation): Permutation {
  return a.map((image) => b[image]!);
}

export function inversePermutation(p: Permutation): Permutation {
  const result = new Array<number>(p.length);
  p.forEach((image, i) => {
    result[image] = i;
  });
  return result;
}

export function isIdentity(p: Permutation): boolean {
  return p.every((image, i) => image === i);
}

/** The cycles, fixed points included, each from its smallest element, in the order of those. */
export function cycles(p: Permutation): readonly (readonly number[])[] {
  const seen = new Set<number>();
  return p.flatMap((_, start) => {
    const cycle: number[] = [];
    for (let i = start; !seen.has(i); i = p[i]!) {
      seen.add(i);
      cycle.push(i);
    }
    return cycle.length === 0 ? [] : [cycle];
  });
}

/** The lengths of the cycles in descending order, fixed points included. */
export function cycleType(p: Permutation): readonly number[] {
  return cycles(p)
    .map((cycle) => cycle.length)
    .sort((a, b) => b - a);
}

/** In cycle notation with sheets counted from 1, such as "(1 2)(3 5 4)"; "()" is the identity. */
export function permutationToText(p: Permutation): string {
  const text = cycles(p)
    .filter((cycle) => cycle.length > 1)
    .map((cycle) => `(${cycle.map((i) => i + 1).join(" ")})`)
    .join("");
  return text === "" ? "()" : text;
}

/** The orbits of 0, …, n − 1 under the group that the permutations generate, each ascending, in the order of their first elements. */
export function orbits(n: number, generators: readonly Permutation[]): readonly (readonly number[])[] {
  const orbitOf = new Array<number>(n).fill(-1);
  const found: number[][] = [];
  for (let start = 0; start < n; start++) {
    if (orbitOf[start]! >= 0) continue;
    const orbit = [start];
    orbitOf[start] = found.length;
    // Grows while it is walked through.
    for (const i of orbit) {
      for (const p of generators) {
        const image = p[i]!;
        if (orbitOf[image]! >= 0) continue;
        orbitOf[image] = found.length;
        orbit.push(image);
      }
    }
    found.push(orbit.sort((a, b) => a - b));
  }
  return found;
}
