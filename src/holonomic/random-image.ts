import type { Budget } from "../core/index.js";
import { seededRandom } from "../core/index.js";
import { linearAlgebra, type Polynomial } from "../poly/index.js";
import { multiplyModulo, reduceModulo, wordPrime } from "../rings/index.js";

/**
 * The number of independent columns, from the left, of a matrix of polynomials with integer coefficients: how many of them are
 * independent of those before *at a random point modulo a prime*. So many columns are proved independent; that the next one
 * depends on them is only likely. Another `trial` takes another prime and another point.
 */
export function independentColumns(matrix: readonly (readonly Polynomial[])[], trial: number, budget: Budget): number {
  const { prime, rows } = randomImage(matrix, trial);
  const width = rows[0]?.length ?? 0;
  let low = 0;
  while (
    low < width &&
    linearAlgebra.rankModulo(
      rows.map((row) => row.slice(0, low + 1)),
      prime,
      budget,
    ) ===
      low + 1
  ) {
    low++;
  }
  return low;
}

/** The entries at a random point modulo a prime, both fixed by the number of the trial. */
function randomImage(
  matrix: readonly (readonly Polynomial[])[],
  trial: number,
): { readonly prime: number; readonly rows: readonly (readonly number[])[] } {
  const prime = wordPrime(trial);
  const random = seededRandom(trial + 1);
  const point = new Map<string, number>();
  const coordinate = (name: string): number => {
    if (!point.has(name)) point.set(name, random.integer(1, prime - 1));
    return point.get(name)!;
  };
  return { prime, rows: matrix.map((row) => row.map((entry) => imageAt(entry, coordinate, prime))) };
}

function imageAt(p: Polynomial, coordinate: (name: string) => number, prime: number): number {
  const reciprocal = 1 / prime;
  const powers = p.variables.map((name) => [1, coordinate(name)]);
  const power = (i: number, exponent: number): number => {
    const list = powers[i]!;
    while (list.length <= exponent) list.push(multiplyModulo(list.at(-1)!, list[1]!, prime, reciprocal));
    return list[exponent]!;
  };
  let sum = 0;
  for (const term of p.terms) {
    let value = reduceModulo(term.coefficient, prime);
    term.exponents.forEach((e, i) => {
      value = multiplyModulo(value, power(i, e), prime, reciprocal);
    });
    sum = (sum + value) % prime;
  }
  return sum;
}
