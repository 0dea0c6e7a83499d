import { type Budget, LimitError, seededRandom, unlimited } from "../core/index.js";
import { bitLength } from "../rings/index.js";
import {
  countFactors,
  distinctDegreeFactors,
  type EqualDegreePart,
  equalDegreeFactors,
  isSquareFreeModulo,
  oddPrime,
  possibleDegrees,
} from "./factor-prime-field-poly.js";
import { henselLift, symmetricResidue } from "./hensel-lift.js";
import {
  divideExact,
  type IntegerPoly,
  leadingCoefficient,
  normSquared,
  primitive,
  quotientExact,
} from "./integer-poly-arithmetic.js";
import { squareFree } from "./integer-poly-gcd.js";
import { knapsackPartitions } from "./knapsack-recombination.js";
import { monicResidues, toResidues } from "./prime-field-poly.js";

/** Subsets of modular factors that are looked at before the lattice takes over; some milliseconds. */
const SUBSETS_TRIED = 100_000;
/** How often the precision is doubled when the lattice does not decide. */
const DOUBLINGS = 3;
/** Good primes whose factor degrees are intersected before lifting starts. */
const PRIMES_TRIED = 9;
/** … but fewer when so many in succession did not make the possible degrees fewer. */
const PRIMES_IN_VAIN = 3;
/** Digits in base 2 that the lift goes beyond the bound, so that the test of the second coefficient discards nearly all subsets. */
const SPARE_BITS = 40;

/** The factorisation unit * product of factor^multiplicity, with the content in the unit. */
export interface IntegerFactorization {
  readonly unit: bigint;
  /** Primitive irreducible polynomials with positive leading coefficients, by degree, then by coefficients from the top. */
  readonly factors: readonly { readonly factor: IntegerPoly; readonly multiplicity: number }[];
}

/**
 * The complete factorisation in ZZ[x] (Zassenhaus, van Hoeij): square-free decomposition, factorisation modulo several small primes,
 * whose possible degrees often prove irreducibility at once; else Hensel lifting to the Landau–Mignotte bound and recombination
 * of the modular factors, by trial of small subsets and then by a lattice. Exact, and the same on every run; LimitError when
 * the budget is spent. The zero polynomial has unit 0 and no factors.
 */
export function factor(a: IntegerPoly, budget: Budget = unlimited): IntegerFactorization {
  if (a.length === 0) return { unit: 0n, factors: [] };
  const f = primitive(a);
  const unit = leadingCoefficient(a) / leadingCoefficient(f);
  const factors = squareFree(f, budget).flatMap(({ factor: part, multiplicity }) =>
    factorSquareFree(part, budget).map((irreducible) => ({ factor: irreducible, multiplicity })),
  );
  factors.sort((x, y) => comparePolys(x.factor, y.factor));
  return { unit, factors };
}

/** Whether a is irreducible over QQ: of positive degree and, up to a constant, not a product of two such. */
export function isIrreducible(a: IntegerPoly, budget: Budget = unlimited): boolean {
  const { factors } = factor(a, budget);
  return factors.length === 1 && factors[0]!.multiplicity === 1;
}

function comparePolys(a: IntegerPoly, b: IntegerPoly): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let k = a.length - 1; k >= 0; k--) if (a[k] !== b[k]) return a[k]! < b[k]! ? -1 : 1;
  return 0;
}

/** The irreducible factors of a primitive square-free polynomial with positive leading coefficient. */
function factorSquareFree(f: IntegerPoly, budget: Budget): IntegerPoly[] {
  if (f.length <= 2) return f.length === 2 ? [f] : [];
  if (f[0] === 0n) return [[0n, 1n], ...factorSquareFree(f.slice(1), budget)];
  const step = smallestPrimeOfExponents(f);
  if (step > 1) {
    // f(x) = g(x^step): a factor of f divides h(x^step) for one irreducible factor h of g.
    const parts = factorSquareFree(
      f.filter((_, k) => k % step === 0),
      budget,
    );
    if (parts.length > 1) return parts.flatMap((h) => zassenhaus(inflate(h, step), budget));
  }
  return zassenhaus(f, budget);
}

function smallestPrimeOfExponents(f: IntegerPoly): number {
  const used = f.flatMap((c, k) => (c === 0n || k === 0 ? [] : [k]));
  for (let step = 2; step < f.length; step++) if (used.every((k) => k % step === 0)) return step;
  return 1;
}

function inflate(f: IntegerPoly, step: number): IntegerPoly {
  const result = new Array<bigint>((f.length - 1) * step + 1).fill(0n);
  f.forEach((c, k) => {
    result[k * step] = c;
  });
  return result;
}

interface ModularFactorization {
  readonly prime: number;
  readonly parts: readonly EqualDegreePart[];
  readonly count: number;
}

function zassenhaus(f: IntegerPoly, budget: Budget): IntegerPoly[] {
  const n = f.length - 1;
  if (n <= 1) return [f];
  const trivial = 1n | (1n << BigInt(n));
  let degrees = (1n << BigInt(n + 1)) - 1n;
  let best: ModularFactorization | undefined;
  let vain = 0;
  for (let index = 0, good = 0; good < PRIMES_TRIED; index++) {
    const prime = oddPrime(index);
    const residues = toResidues(f, prime);
    if (residues.length < f.length) continue;
    if (!isSquareFreeModulo(residues, prime)) continue;
    good += 1;
    budget.spend(n, "factoring modulo a prime");
    const parts = distinctDegreeFactors(monicResidues(residues, prime), prime, budget);
    const possible = degrees & possibleDegrees(parts);
    vain = possible === degrees ? vain + 1 : 0;
    degrees = possible;
    if (degrees === trivial) return [f];
    const count = countFactors(parts);
    if (best === undefined || count < best.count) best = { prime, parts, count };
    if (vain >= PRIMES_IN_VAIN) break;
  }
  const random = seededRandom(n);
  const { prime, parts } = best!;
  const modular = parts.flatMap((part) => equalDegreeFactors(part.product, part.degree, prime, random, budget));
  const bound = coefficientBound(f);
  const target = (2n * bound + 1n) << BigInt(SPARE_BITS);
  let exponent = Math.max(1, Math.ceil(bitLength(target) / Math.log2(prime)));
  for (let doubling = 0; doubling <= DOUBLINGS; doubling++) {
    const lifted = henselLift(f, modular, prime, exponent, budget);
    const factors = recombine(f, lifted, BigInt(prime) ** BigInt(exponent), degrees, budget);
    if (factors !== undefined) return factors;
    exponent *= 2;
  }
  throw new LimitError(
    `the ${modular.length} modular factors of a polynomial of degree ${n} could not be put together`,
  );
}

/**
 * A bound for the coefficients of (lead(f)/lead(g))*g over all proper factors g of f: binomial(m, m/2) * |f|, m = deg f - 1
 * (Landau–Mignotte; the Mahler measure of g over its leading coefficient is at most that of f).
 */
function coefficientBound(f: IntegerPoly): bigint {
  const m = f.length - 2;
  let binomial = 1n;
  for (let k = 1; k <= m >> 1; k++) binomial = (binomial * BigInt(m - k + 1)) / BigInt(k);
  const norm = normSquared(f);
  // An upper bound of the square root to within a factor of 2 is enough.
  const root = 1n << BigInt(Math.ceil(bitLength(norm) / 2));
  return binomial * root;
}

/**
 * The true factors of f as products of subsets of its modular factors, smallest subsets first, and by a lattice when these are
 * too many; undefined when the lattice does not decide at this precision.
 */
function recombine(
  f: IntegerPoly,
  lifted: (readonly bigint[])[],
  modulus: bigint,
  degrees: bigint,
  budget: Budget,
): IntegerPoly[] | undefined {
  const found: IntegerPoly[] = [];
  let rest = f;
  let pool = lifted;
  let tried = 0;
  let size = 1;
  while (2 * size <= pool.length) {
    budget.spend(pool.length, "putting modular factors together");
    if (tried + binomial(pool.length, size) > SUBSETS_TRIED) {
      const parts = recombineByLattice(rest, pool, modulus, budget);
      return parts === undefined ? undefined : [...found, ...parts];
    }
    const lead = leadingCoefficient(rest);
    // The second coefficient of lead * (product of a subset) is lead * (sum of second coefficients). For a true factor it is small
    // against the modulus: its quotient by the modulus is within `tolerance` of a whole number.
    const fractions = pool.map((g) => {
      const second = symmetricResidue(lead * g[g.length - 2]!, modulus);
      return Number((second << 60n) / modulus) / 2 ** 60;
    });
    const tolerance = secondCoefficientShare(rest, modulus) + 2 ** -46;
    const chosen: number[] = [];
    let hit: IntegerPoly | undefined;
    const search = (start: number, sum: number): boolean => {
      const missing = size - chosen.length;
      if (missing === 0) {
        tried += 1;
        if (Math.abs(sum - Math.round(sum)) > tolerance) return false;
        hit = trueFactor(rest, lead, chosen, pool, modulus, degrees);
        return hit !== undefined;
      }
      // Of a subset and its complement of equal size only the one with the first factor is tried.
      const last = 2 * size === pool.length && chosen.length === 0 ? 0 : pool.length - missing;
      for (let k = start; k <= last; k++) {
        chosen.push(k);
        if (search(k + 1, sum + fractions[k]!)) return true;
        chosen.pop();
      }
      return false;
    };
    if (search(0, 0)) {
      found.push(hit!);
      rest = quotientExact(rest, hit!);
      pool = pool.filter((_, k) => !chosen.includes(k));
    } else size += 1;
  }
  if (rest.length > 1) found.push(rest);
  return found;
}

function binomial(n: number, k: number): number {
  let value = 1;
  for (let i = 1; i <= k; i++) value = (value * (n - k + i)) / i;
  return value;
}

function recombineByLattice(
  f: IntegerPoly,
  pool: readonly (readonly bigint[])[],
  modulus: bigint,
  budget: Budget,
): IntegerPoly[] | undefined {
  const everyDegree = (1n << BigInt(f.length)) - 1n;
  for (const partition of knapsackPartitions(f, pool, modulus, budget)) {
    if (partition.length === 1) return [f];
    let rest = f;
    const found: IntegerPoly[] = [];
    for (const group of partition) {
      const factor = trueFactor(rest, leadingCoefficient(rest), group, pool, modulus, everyDegree);
      if (factor === undefined) break;
      found.push(factor);
      rest = quotientExact(rest, factor);
    }
    if (rest.length === 1) return found;
  }
  return undefined;
}

function secondCoefficientShare(f: IntegerPoly, modulus: bigint): number {
  const bound = BigInt(f.length) << BigInt(Math.ceil(bitLength(normSquared(f)) / 2));
  return Number((bound << 60n) / modulus + 1n) / 2 ** 60;
}

function trueFactor(
  f: IntegerPoly,
  lead: bigint,
  chosen: readonly number[],
  pool: readonly (readonly bigint[])[],
  modulus: bigint,
  degrees: bigint,
): IntegerPoly | undefined {
  const degree = chosen.reduce((sum, k) => sum + pool[k]!.length - 1, 0);
  if (((degrees >> BigInt(degree)) & 1n) === 0n) return undefined;
  let constant = lead;
  for (const k of chosen) constant = (constant * pool[k]![0]!) % modulus;
  constant = symmetricResidue(constant, modulus);
  if (constant === 0n || (lead * f[0]!) % constant !== 0n) return undefined;
  let product: readonly bigint[] = [lead];
  for (const k of chosen) {
    const next = new Array<bigint>(product.length + pool[k]!.length - 1).fill(0n);
    product.forEach((c, i) => {
      pool[k]!.forEach((d, j) => {
        next[i + j]! += c * d;
      });
    });
    product = next.map((c) => c % modulus);
  }
  const candidate = primitive(product.map((c) => symmetricResidue(c, modulus)));
  return divideExact(f, candidate) === undefined ? undefined : candidate;
}
