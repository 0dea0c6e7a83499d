import { type Budget, type Random, unlimited } from "../core/index.js";
import { isPrime } from "../rings/index.js";
import {
  derivativeResidues,
  divideResidues,
  gcdResidues,
  multiplyModuloPoly,
  oneResidues,
  powerModuloPoly,
  productsBetweenReductions,
  type ResiduePoly,
  reduceResidue,
  remainderResidues,
  subtractResidues,
  trimResidues,
} from "./prime-field-poly.js";

/** Up to this degree the Frobenius map is kept as a matrix of doubles (below 20 MB). */
const largestFrobeniusMatrix = 1500;

const identity: ResiduePoly = Float64Array.of(0, 1);

/** Whether f has no repeated factor. */
export function isSquareFreeModulo(f: ResiduePoly, p: number): boolean {
  return gcdResidues(f, derivativeResidues(f, p), p).length === 1;
}

/** x^exponent·a modulo the monic polynomial f. */
function timesPowerOfX(a: ResiduePoly, exponent: number, f: ResiduePoly, p: number): ResiduePoly {
  const n = f.length - 1;
  const reciprocal = 1 / p;
  const result = new Float64Array(n);
  result.set(a);
  for (let step = 0; step < exponent; step++) {
    const top = result[n - 1]!;
    result.copyWithin(1, 0, n - 1);
    result[0] = 0;
    if (top === 0) continue;
    const factor = p - top;
    for (let i = 0; i < n; i++) result[i] = reduceResidue(result[i]! + factor * f[i]!, p, reciprocal);
  }
  return trimResidues(result);
}

/** The map h -> h^p modulo f, linear over GF(p); f is monic, and h has a degree below that of f. */
function frobeniusMap(f: ResiduePoly, p: number): (h: ResiduePoly) => ResiduePoly {
  const n = f.length - 1;
  const image = powerModuloPoly(remainderResidues(identity, f, p), BigInt(p), f, p);
  if (n > largestFrobeniusMatrix) return (h) => powerModuloPoly(h, BigInt(p), f, p);
  const rows: ResiduePoly[] = [oneResidues];
  // x^(kp) from x^((k-1)p), by p multiplications by x when that is cheaper than a product.
  for (let k = 1; k < n; k++) {
    const before = rows[k - 1]!;
    rows.push(k === 1 ? image : 2 * p < n ? timesPowerOfX(before, p, f, p) : multiplyModuloPoly(before, image, f, p));
  }
  const chunk = productsBetweenReductions(p);
  const reciprocal = 1 / p;
  return (h) => {
    const sums = new Float64Array(n);
    let free = chunk;
    for (let k = 0; k < h.length; k++) {
      const c = h[k]!;
      if (c === 0) continue;
      const row = rows[k]!;
      for (let i = 0; i < row.length; i++) sums[i]! += c * row[i]!;
      if (--free === 0) {
        for (let i = 0; i < n; i++) sums[i] = reduceResidue(sums[i]!, p, reciprocal);
        free = chunk;
      }
    }
    for (let i = 0; i < n; i++) sums[i] = reduceResidue(sums[i]!, p, reciprocal);
    return trimResidues(sums);
  };
}

/** The product of all irreducible factors of one degree. */
export interface EqualDegreePart {
  readonly degree: number;
  readonly product: ResiduePoly;
}

/**
 * For square-free monic f: the products of its irreducible factors of equal degree, by ascending degree. The powers x^(p^d) come
 * from the matrix of the Frobenius map; the gcds are taken for several d at once [von zur Gathen & Shoup, Comput.
 * Complexity 2 (1992) 187–224].
 */
export function distinctDegreeFactors(f: ResiduePoly, p: number, budget: Budget = unlimited): EqualDegreePart[] {
  const n = f.length - 1;
  if (n <= 1) return n === 1 ? [{ degree: 1, product: f }] : [];
  const found: EqualDegreePart[] = [];
  const frobenius = frobeniusMap(f, p);
  const block = Math.max(1, Math.floor(Math.sqrt(n / 4)));
  let rest = f;
  let power = remainderResidues(identity, f, p);
  let d = 0;
  while (2 * (d + 1) <= rest.length - 1) {
    const last = Math.min(d + block, (rest.length - 1) >> 1);
    const differences: ResiduePoly[] = [];
    let product = oneResidues;
    for (let k = d + 1; k <= last; k++) {
      budget.spend(1, "factoring modulo a prime");
      power = frobenius(power);
      const difference = subtractResidues(power, identity, p);
      differences.push(difference);
      product = product === oneResidues ? difference : multiplyModuloPoly(product, difference, f, p);
    }
    let common = gcdResidues(rest, product, p);
    if (common.length > 1) {
      rest = divideResidues(rest, common, p).quotient;
      for (const [k, difference] of differences.entries()) {
        if (common.length === 1) break;
        const part = gcdResidues(common, difference, p);
        if (part.length === 1) continue;
        found.push({ degree: d + 1 + k, product: part });
        common = divideResidues(common, part, p).quotient;
      }
    }
    d = last;
  }
  if (rest.length > 1) found.push({ degree: rest.length - 1, product: rest });
  return found;
}

/** The number of irreducible factors that the parts stand for. */
export function countFactors(parts: readonly EqualDegreePart[]): number {
  return parts.reduce((sum, part) => sum + (part.product.length - 1) / part.degree, 0);
}

/** The degrees that a product of some of the factors can have, as the set bits of an integer. */
export function possibleDegrees(parts: readonly EqualDegreePart[]): bigint {
  let sums = 1n;
  for (const { degree, product } of parts) {
    for (let n = (product.length - 1) / degree; n > 0; n--) sums |= sums << BigInt(degree);
  }
  return sums;
}

/** The irreducible factors of a square-free monic f all of whose factors have the given degree; p odd (Cantor–Zassenhaus). */
export function equalDegreeFactors(
  f: ResiduePoly,
  degree: number,
  p: number,
  random: Random,
  budget: Budget = unlimited,
): ResiduePoly[] {
  if (f.length - 1 === degree) return [f];
  const half = BigInt((p - 1) / 2);
  for (;;) {
    budget.spend(degree, "factoring modulo a prime");
    const trial = trimResidues(Float64Array.from({ length: f.length - 1 }, () => random.integer(0, p - 1)));
    if (trial.length < 2) continue;
    // trial^((p^degree - 1)/2) = norm^((p - 1)/2), the norm being the product of the conjugates trial^(p^k), k < degree.
    let norm = trial;
    if (degree > 1) {
      const frobenius = frobeniusMap(f, p);
      let conjugate = trial;
      for (let k = 1; k < degree; k++) {
        conjugate = frobenius(conjugate);
        norm = multiplyModuloPoly(norm, conjugate, f, p);
      }
    }
    const sign = powerModuloPoly(norm, half, f, p);
    const factor = gcdResidues(f, subtractResidues(sign, oneResidues, p), p);
    if (factor.length <= 1 || factor.length === f.length) continue;
    const other = divideResidues(f, factor, p).quotient;
    return [factor, other].flatMap((part) => equalDegreeFactors(part, degree, p, random, budget));
  }
}

/** The irreducible factors of a square-free monic polynomial modulo an odd prime, by ascending degree. */
export function factorsModulo(f: ResiduePoly, p: number, random: Random, budget: Budget = unlimited): ResiduePoly[] {
  return distinctDegreeFactors(f, p, budget).flatMap(({ degree, product }) =>
    equalDegreeFactors(product, degree, p, random, budget),
  );
}

const primes: number[] = [3];

/** The odd primes in ascending order: entry 0 is 3. */
export function oddPrime(index: number): number {
  while (primes.length <= index) {
    let next = primes[primes.length - 1]! + 2;
    while (!isPrime(next)) next += 2;
    primes.push(next);
  }
  return primes[index]!;
}
