/**
 * The order of terms that the canonical text fixes — descending powers of m, then z, then the other variables in alphabetical
 * order — and exponent vectors packed into one double that sorts in this order.
 */

interface Exponents {
  readonly exponents: readonly number[];
  readonly coefficient: bigint;
}

const leadingNames = ["m", "z"];

/** The positions in `variables` (alphabetical), the most significant variable first. */
export function canonicalRank(variables: readonly string[]): number[] {
  const first = leadingNames.map((name) => variables.indexOf(name)).filter((i) => i >= 0);
  return [...first, ...Array.from(variables.keys()).filter((i) => !first.includes(i))];
}

/** The union of two alphabetical lists of names, alphabetical. */
export function unionOfVariables(a: readonly string[], b: readonly string[]): readonly string[] {
  if (b.every((name) => a.includes(name))) return a;
  if (a.every((name) => b.includes(name))) return b;
  return [...new Set([...a, ...b])].sort();
}

/** The terms of p with an exponent for every name of `variables`, which contains those of p. The order is kept. */
export function expandExponents(
  p: { readonly variables: readonly string[]; readonly terms: readonly Exponents[] },
  variables: readonly string[],
): readonly Exponents[] {
  if (p.variables.length === variables.length) return p.terms;
  const position = variables.map((name) => p.variables.indexOf(name));
  return p.terms.map((term) => ({
    exponents: position.map((i) => (i < 0 ? 0 : term.exponents[i]!)),
    coefficient: term.coefficient,
  }));
}

/** Exponent vectors up to given degrees as integers 0 … size − 1; products of monomials are sums of integers. */
export interface Packing {
  readonly size: number;
  pack(exponents: readonly number[]): number;
  unpack(key: number): number[];
}

/** The packing for exponents up to `degrees`; undefined when a double is too small for it. */
export function packingFor(variables: readonly string[], degrees: readonly number[]): Packing | undefined {
  const strides: number[] = new Array(variables.length).fill(0);
  const rank = canonicalRank(variables);
  let size = 1;
  for (const i of rank.toReversed()) {
    strides[i] = size;
    size *= degrees[i]! + 1;
  }
  if (size > Number.MAX_SAFE_INTEGER) return undefined;
  return {
    size,
    pack(exponents) {
      let key = 0;
      for (let i = 0; i < strides.length; i++) key += exponents[i]! * strides[i]!;
      return key;
    },
    unpack(key) {
      const exponents: number[] = new Array(strides.length).fill(0);
      let rest = key;
      for (const i of rank) {
        const e = Math.floor(rest / strides[i]!);
        exponents[i] = e;
        rest -= e * strides[i]!;
      }
      return exponents;
    },
  };
}
