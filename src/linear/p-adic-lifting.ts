import { type Budget, unlimited } from "../core/index.js";
import { bitLength, integerGcd, integerSqrt, lehmerCofactors, wordPrime } from "../rings/index.js";
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
  readonly #limbs: readonly Float64Array[];
  readonly #limbBits: number;
  #bound: bigint | undefined;

  constructor(matrix: Matrix<bigint>, prime: number, inverse: ResidueRows) {
    this.#matrix = matrix;
    this.prime = prime;
    this.#inverse = inverse;
    this.#limbBits = limbBitsFor(matrix.length);
    const bits = Math.max(1, ...matrix.map((row) => Math.max(0, ...row.map(bitLength))));
    const limbs = Array.from({ length: limbCount(bits, this.#limbBits) }, () => new Float64Array(matrix.length ** 2));
    matrix.forEach((row, i) => {
      row.forEach((c, j) => {
        writeLimbs(c, limbs, i * matrix.length + j, this.#limbBits);
      });
    });
    this.#limbs = limbs;
  }

  solve(right: readonly bigint[], budget: Budget = unlimited): RationalVector {
    const n = right.length;
    this.#bound ??= hadamardBound(this.#matrix);
    // By Cramer's rule the numerators are determinants with one column replaced by the right side.
    const length = integerSqrt(right.reduce((sum, c) => sum + c * c, 0n)) + 1n;
    const target = bitLength(2n * (this.#bound * length) ** 2n) + 2;
    const most = Math.ceil(target / Math.log2(this.prime)) + 1;
    const rest = this.#start(right);
    const digits: Float64Array[] = [];
    // Small answers are seen early; at the last count the bound is reached, and with luck never passed.
    for (let attempt = Math.min(most, 8); ; attempt = attempt < most ? Math.min(most, 4 * attempt) : 2 * attempt) {
      while (digits.length < attempt) {
        budget.spend(1 + (n * n) / 500, "solving linear equations");
        const digit = this.#nextDigit(rest);
        this.#advance(rest, digit);
        digits.push(digit);
      }
      const found = this.#reconstruct(digits);
      if (found !== undefined && this.#solves(found, right)) return found;
    }
  }

  /** The right side in limbs, with room for all that follows: |rest| stays below the larger of |b| and 2n max|A|. */
  #start(right: readonly bigint[]): Float64Array[] {
    const n = right.length;
    const bits = Math.max(this.#limbs.length * this.#limbBits + bitLength(BigInt(n)) + 2, ...right.map(bitLength));
    const rest = Array.from({ length: limbCount(bits + 2, this.#limbBits) }, () => new Float64Array(n));
    right.forEach((c, i) => {
      writeLimbs(c, rest, i, this.#limbBits);
    });
    return rest;
  }

  /** The solution modulo p, in the symmetric range. */
  #nextDigit(rest: readonly Float64Array[]): Float64Array {
    const p = this.prime;
    const reciprocal = 1 / p;
    const base = 2 ** this.#limbBits;
    const n = this.#inverse.length;
    const residues = new Float64Array(n);
    for (let l = rest.length - 1; l >= 0; l--) {
      const limb = rest[l]!;
      for (let i = 0; i < n; i++) {
        const value = residues[i]! * base + limb[i]!;
        residues[i] = value - Math.floor(value * reciprocal) * p;
      }
    }
    for (let i = 0; i < n; i++) residues[i] = ((residues[i]! % p) + p) % p;
    const digit = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const row = this.#inverse[i]!;
      let sum = 0;
      for (let j = 0; j < n; j++) {
        const product = row[j]! * residues[j]!;
        sum += product - Math.floor(product * reciprocal) * p;
      }
      const r = ((sum % p) + p) % p;
      digit[i] = 2 * r > p ? r - p : r;
    }
    return digit;
  }

  /** Replaces rest by (rest - A digit)/p: products of limbs as sums of doubles, then an exact division from the lowest limb on. */
  #advance(rest: readonly Float64Array[], digit: Float64Array): void {
    const n = digit.length;
    const base = 2 ** this.#limbBits;
    const p = this.prime;
    const inverse = inverseModuloPower(p, base);
    const top = rest.length - 1;
    for (let i = 0; i < n; i++) {
      let carry = 0;
      for (let l = 0; l <= top; l++) {
        let sum = 0;
        const limb = this.#limbs[l];
        if (limb !== undefined) {
          const offset = i * n;
          for (let j = 0; j < n; j++) sum += limb[offset + j]! * digit[j]!;
        }
        const value = rest[l]![i]! - sum + carry;
        const low = value - Math.floor(value / base) * base;
        const product = low * inverse;
        const quotient = product - Math.floor(product / base) * base;
        carry = (value - quotient * p) / base;
        // The highest limb carries the sign.
        rest[l]![i] = l === top && 2 * quotient >= base ? quotient - base : quotient;
      }
    }
  }

  /** The vector of fractions with small numerators and one small denominator that the digits stand for, if there is one. */
  #reconstruct(digits: readonly Float64Array[]): RationalVector | undefined {
    const modulus = BigInt(this.prime) ** BigInt(digits.length);
    // Numerator and denominator share the bits evenly; what is found is checked in any case.
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

/** Bits of a limb such that a sum of n products of a limb and a residue stays exact in a double. */
function limbBitsFor(n: number): number {
  return Math.max(4, Math.min(17, 27 - Math.ceil(Math.log2(n + 1))));
}

/** Limbs for integers of so many bits and a sign. */
function limbCount(bits: number, limbBits: number): number {
  return Math.ceil((bits + 1) / limbBits);
}

/** Writes c at one place of the limbs: the value is the sum of limbs[l] * 2^(limbBits*l), the limbs not negative but the last. */
function writeLimbs(c: bigint, limbs: readonly Float64Array[], at: number, limbBits: number): void {
  const shift = BigInt(limbBits);
  let rest = c;
  for (let l = 0; l < limbs.length - 1 && rest !== 0n; l++) {
    limbs[l]![at] = Number(BigInt.asUintN(limbBits, rest));
    rest >>= shift;
  }
  limbs[limbs.length - 1]![at] = limbs[limbs.length - 1]![at]! + Number(rest);
}

/** The inverse of an odd number modulo a power of two up to 2^17, by Newton's iteration. */
function inverseModuloPower(p: number, base: number): number {
  const a = p % base;
  let inverse = 1;
  for (let bits = 1; bits < 20; bits *= 2) {
    const error = (2 + base - ((a * inverse) % base)) % base;
    inverse = (inverse * error) % base;
  }
  return inverse;
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
  const limitBits = bitLength(limit);
  let length = bitLength(r0);
  while (r1 > limit) {
    // Many steps at once while the end is far: the quotients that the leading bits determine.
    if (length - limitBits > 256) {
      // The length fell by less than 128 bits, so that it is read off the leading ones.
      length += bitLength(r0 >> BigInt(length - 192)) - 192;
      const shift = BigInt(length - 52);
      const [a, b, c, d] = lehmerCofactors(Number(r0 >> shift), Number(r1 >> shift));
      if (b !== 0) {
        const [A, B, C, D] = [BigInt(a), BigInt(b), BigInt(c), BigInt(d)];
        [r0, r1] = [A * r0 + B * r1, C * r0 + D * r1];
        [t0, t1] = [A * t0 + B * t1, C * t0 + D * t1];
        continue;
      }
    }
    const q = r0 / r1;
    [r0, r1] = [r1, r0 - q * r1];
    [t0, t1] = [t1, t0 - q * t1];
    length = bitLength(r0);
  }
  const [num, den] = t1 < 0n ? [-r1, -t1] : [r1, t1];
  if (den === 0n || den > limit || integerGcd(num, den) !== 1n) return undefined;
  return { num, den };
}
