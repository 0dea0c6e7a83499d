import { type Budget, unlimited } from "../core/index.js";
import { cumulants, type Law, moments } from "../law/index.js";
import {
  constant,
  fractions,
  multiply,
  type Polynomial,
  type RationalFunction,
  rationalFunction,
  resultant,
  substitute,
  substituteFractions,
  subtract,
  variable,
} from "../poly/index.js";
import { lawOfEliminant } from "./law-factor.js";

/**
 * The free multiplicative convolution A ⊠ B, one of the two positive: with y = −1 − z m shared, z = z1 z2 y/(1 + y) and
 * m_i = −(1 + y)/z_i; z1 is eliminated and the law's factor is the one whose moments are the sums over non-crossing partitions of
 * kappa_π(A)·mu_K(π)(B) [Nica–Speicher 2006, Theorem 14.4]. Exact.
 *
 * @throws LimitError when the eliminant could not be factored with proof.
 * @example freeProduct(ensembles.mp("c1"), ensembles.mp("c2"))
 */
export function freeProduct(a: Law, b: Law, budget: Budget = unlimited): Law {
  const y = rationalFunction(variable("y_"));
  const z1 = rationalFunction(variable("z1_"));
  const z = rationalFunction(variable("z"));
  const lifted = fractions.add(fractions.one, y);
  const z2 = fractions.div(fractions.mul(z, lifted), fractions.mul(y, z1));
  const first = onHyperbola(a.curve, z1, lifted);
  const second = onHyperbola(b.curve, z2, lifted);
  const eliminant = substitute(resultant(first, second, "z1_", budget), {
    y_: subtract(constant(-1), multiply(variable("z"), variable("m"))),
  });
  return lawOfEliminant(
    eliminant,
    (n) => productMoments(a, b, n),
    {
      operation: "freeProduct",
      operands: [
        { kind: "law", law: a },
        { kind: "law", law: b },
      ],
    },
    { most: 10, budget },
  );
}

/** P(z_i, −(1 + y)/z_i), cleared of denominators. */
function onHyperbola(curve: Polynomial, z: RationalFunction, lifted: RationalFunction): Polynomial {
  return substituteFractions(curve, { z, m: fractions.neg(fractions.div(lifted, z)) }).numerator;
}

/** mu_0, …, mu_n of the product, by summing over all non-crossing partitions; their number grows like 4^n. */
function productMoments(a: Law, b: Law, n: number): readonly RationalFunction[] {
  const kappa = cumulants(a, n);
  const mu = moments(b, n);
  const result = [fractions.one];
  for (let k = 1; k <= n; k++) {
    let sum = fractions.zero;
    for (const blocks of noncrossingPartitions(k)) {
      let term = fractions.one;
      for (const block of blocks) term = fractions.mul(term, kappa[block.length - 1]!);
      if (fractions.isZero(term)) continue;
      for (const size of krewerasBlockSizes(blocks, k)) term = fractions.mul(term, mu[size - 1]!);
      sum = fractions.add(sum, term);
    }
    result.push(sum);
  }
  return result;
}

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
