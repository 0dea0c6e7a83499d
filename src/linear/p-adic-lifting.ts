import { type Budget, unlimited } from "../core/index.js";
import { bitLength, integerGcd, integerSqrt, multiplyModulo, reduceModulo, wordPrime } from "../rings/index.js";
import { checkRightSide } from "./fraction-free-elimination.js";
import { type Matrix, orderOf } from "./matrix.js";
import { inverseOfResidues, type ResidueRows, residuesOf } from "./word-prime-elimination.js";

/** A vector of rational numbers over one denominator > 0, in lowest terms. */
export interface RationalVector {
  readonly numerators: readonly bigint[];
  readonly denominator: bigint;
}

/** A matrix over ZZ that is invertible modulo p, made ready for many right sides. */
export interface LiftedMatrix {
  readonly prime: number;
  /** The solution of A x = b, checked by multiplication. */
  solve(right: readonly bigint[], budget?: Budget): RationalVector;
}

/** Primes that are tried before a matrix is taken for singular. */
const primesTried = 4;
/** Limbs of the entries: a sum of 2^10 products with a residue stays exact in a double. */
const limbBits = 17;

/** floor(sqrt) of the product of the squared lengths: no determinant of these rows is larger (Hadamard). */
export function hadamardBound(rows: Matrix<bigint>): bigint {
  let product = 1n;
  for (const row of rows) product *= row.reduce((sum, c) => sum + c * c, 0n) || 1n;
  return integerSqrt(product);
}

/**
 * A square matrix prepared for p-adic lifting [Dixon, Numer. Math. 40 (1982) 137–141]: its inverse modulo a word prime. Undefined
 * when it is singular modulo each of the first four primes below 2^26, which is no proof that it is singular.
 */
export function prepareLifting(matrix: Matrix<bigint>, budget: Budget = unlimited): LiftedMatrix | undefined {
  orderOf(matrix);
  for (let k = 0; k < primesTried; k++) {
    const prime = wordPrime(k);
    const inverse = inverseOfResidues(residuesOf(matrix, prime), prime, budget);
    if (inverse !== undefined) return new Lifting(matrix, prime, inverse);
  }
  return undefined;
}

/**
 * The solution of A x = b for a square integer matrix, by {@link prepareLifting} and rational reconstruction, proven by
 * multiplication; undefined when A is singular modulo several primes. About n^3 word operations, then n^2 for every 26 bits of
 * the answer.
 */
export function solveByLifting(
  matrix: Matrix<bigint>,
  right: readonly bigint[],
  budget: Budget = unlimited,
): RationalVector | undefined {
  checkRightSide(matrix, right);
  return prepareLifting(matrix, budget)?.solve(right, budget);
}

class Lifting implements LiftedMatrix {
  readonly prime: number;
  readonly #matrix: Matrix<bigint>;
  readonly #inverse: ResidueRows;
  /** The matrix in signed limbs: the value is the sum of limbs[l] * 2^(17*l), row after row. */
  readonly #limbs: readonly Float64Array[];
  #bound: bigint | undefined;

  constructor(matrix: Matrix<bigint>, prime: number, inverse: ResidueRows) {
    this.#matrix = matrix;
    this.prime = prime;
    this.#inverse = inverse;
    this.#limbs = limbsOf(matrix);
  }

  solve(right: readonly bigint[], budget: Budget = unlimited): RationalVector {
    const n = right.length;
    this.#bound ??= hadamardBound(this.#matrix);
    // By Cramer's rule numerators are determinants with one column replaced; transposed, with one row replaced or added.
    const length = integerSqrt(right.reduce((sum, c) => sum + c * c, 0n)) + 1n;
    const columnBound = this.#bound * length;
    const target = bitLength(2n * columnBound * columnBound) + 2;
    const most = Math.ceil(target / Math.log2(this.prime)) + 1;
    const digits: Float64Array[] = [];
    let rest: readonly bigint[] = right;
    for (let attempt = Math.min(most, 8); ; attempt = Math.min(most, Math.ceil(attempt * 1.6))) {
      while (digits.length < attempt) {
        budget.spend(1 + (n * n) / 500, "solving linear equations");
        const digit = this.#nextDigit(rest);
        rest = this.#remainder(rest, digit);
        digits.push(digit);
      }
      const found = this.#reconstruct(digits);
      if (found !== undefined && this.#solves(found, right)) return found;
      // At the bound the reconstruction cannot fail; a little beyond it for the rounding of the bound.
      if (attempt === most) return this.#beyond(digits, rest, right, budget);
    }
  }

  /** Lifting on without a bound, which ends because the solution exists. */
  #beyond(digits: Float64Array[], start: readonly bigint[], right: readonly bigint[], budget: Budget): RationalVector {
    for (let rest = start; ; ) {
      for (let k = digits.length; k > 0; k--) {
        budget.spend(1 + (right.length * right.length) / 500, "solving linear equations");
        const digit = this.#nextDigit(rest);
        rest = this.#remainder(rest, digit);
        digits.push(digit);
      }
      const found = this.#reconstruct(digits);
      if (found !== undefined && this.#solves(found, right)) return found;
    }
  }

  /** The solution modulo p, in the symmetric range. */
  #nextDigit(rest: readonly bigint[]): Float64Array {
    const p = this.prime;
    const reciprocal = 1 / p;
    const residues = Float64Array.from(rest, (c) => reduceModulo(c, p));
    return Float64Array.from(this.#inverse, (row) => {
      let sum = 0;
      for (let j = 0; j < row.length; j++) {
        sum += multiplyModulo(row[j]!, residues[j]!, p, reciprocal);
      }
      const r = sum % p;
      return 2 * r > p ? r - p : r;
    });
  }

  /** (rest - A digit)/p, exactly. */
  #remainder(rest: readonly bigint[], digit: Float64Array): bigint[] {
    const n = digit.length;
    const p = BigInt(this.prime);
    return rest.map((value, i) => {
      let product = 0n;
      for (let l = this.#limbs.length - 1; l >= 0; l--) {
        const limb = this.#limbs[l]!;
        const offset = i * n;
        let total = 0n;
        // Blocks of 1024 products stay below 2^(16 + 25 + 10).
        for (let start = 0; start < n; start += 1024) {
          let sum = 0;
          for (let j = start; j < Math.min(n, start + 1024); j++) sum += limb[offset + j]! * digit[j]!;
          total += BigInt(sum);
        }
        product = (product << BigInt(limbBits)) + total;
      }
      return (value - product) / p;
    });
  }

  /** The vector of fractions with small numerators and one small denominator that the digits stand for, if there is one. */
  #reconstruct(digits: readonly Float64Array[]): RationalVector | undefined {
    const modulus = BigInt(this.prime) ** BigInt(digits.length);
    // Numerator and denominator share the bits evenly; a margin makes a false answer rare, and it is checked in any case.
    const limit = integerSqrt(modulus >> 1n);
    const values = assemble(digits, this.prime);
    let denominator = 1n;
    const numerators: bigint[] = [];
    for (const value of values) {
      let numerator = symmetric(value * denominator, modulus);
      if (numerator > limit || -numerator > limit) {
        const fraction = rationalReconstruction(numerator < 0n ? numerator + modulus : numerator, modulus, limit);
        if (fraction === undefined) return undefined;
        denominator *= fraction.den;
        if (denominator > limit) return undefined;
        for (let j = 0; j < numerators.length; j++) numerators[j] = numerators[j]! * fraction.den;
        numerator = fraction.num;
      }
      numerators.push(numerator);
    }
    let common = denominator;
    for (const c of numerators) common = common === 1n ? common : integerGcd(common, c);
    return common === 1n
      ? { numerators, denominator }
      : { numerators: numerators.map((c) => c / common), denominator: denominator / common };
  }

  #solves({ numerators, denominator }: RationalVector, right: readonly bigint[]): boolean {
    return this.#matrix.every((row, i) => {
      let sum = 0n;
      for (let j = 0; j < row.length; j++) sum += row[j]! * numerators[j]!;
      return sum === right[i]! * denominator;
    });
  }
}

function limbsOf(matrix: Matrix<bigint>): Float64Array[] {
  const n = matrix.length;
  const bits = Math.max(1, ...matrix.map((row) => Math.max(0, ...row.map(bitLength))));
  const count = Math.ceil((bits + 1) / limbBits);
  const limbs = Array.from({ length: count }, () => new Float64Array(n * n));
  matrix.forEach((row, i) => {
    row.forEach((c, j) => {
      let rest = c;
      for (let l = 0; l < count; l++) {
        const limb = l === count - 1 ? rest : BigInt.asIntN(limbBits, rest);
        limbs[l]![i * n + j] = Number(limb);
        rest = (rest - limb) >> BigInt(limbBits);
      }
    });
  });
  return limbs;
}

/** For every component the sum of digit[k] * p^k, by doubling the length of the parts. */
function assemble(digits: readonly Float64Array[], p: number): bigint[] {
  const powers: bigint[] = [BigInt(p)];
  while (2 ** powers.length < digits.length) powers.push(powers.at(-1)! ** 2n);
  const n = digits[0]?.length ?? 0;
  return Array.from({ length: n }, (_, j) => {
    let parts = digits.map((digit) => BigInt(digit[j]!));
    for (let level = 0; parts.length > 1; level++) {
      const next: bigint[] = [];
      for (let k = 0; k < parts.length; k += 2) next.push(parts[k]! + (parts[k + 1] ?? 0n) * powers[level]!);
      parts = next;
    }
    return parts[0] ?? 0n;
  });
}

function symmetric(value: bigint, modulus: bigint): bigint {
  const r = value % modulus;
  if (2n * r > modulus) return r - modulus;
  return 2n * r < -modulus ? r + modulus : r;
}

/**
 * num/den with |num| <= limit, 0 < den <= limit and num = value*den modulo the modulus, by Euclid's algorithm stopped half way
 * [Wang, Guy & Davenport 1982]; undefined when there is none. Unique for 2*limit^2 < modulus.
 */
export function rationalReconstruction(
  value: bigint,
  modulus: bigint,
  limit: bigint,
): { num: bigint; den: bigint } | undefined {
  let [r0, r1] = [modulus, value];
  let [t0, t1] = [0n, 1n];
  while (r1 > limit) {
    const q = r0 / r1;
    [r0, r1] = [r1, r0 - q * r1];
    [t0, t1] = [t1, t0 - q * t1];
  }
  const [num, den] = t1 < 0n ? [-r1, -t1] : [r1, t1];
  if (den === 0n || den > limit || integerGcd(num, den) !== 1n) return undefined;
  return { num, den };
}
