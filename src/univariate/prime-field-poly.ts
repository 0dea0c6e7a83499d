import { InternalError, type Random } from "../core/index.js";
import { invertModulo, isPrime } from "../rings/index.js";

/**
 * Dense polynomials over GF(p) for a prime p < 2^26, as lists of numbers in [0, p) without zeros at the top: the kernel under
 * modular gcd and factorisation. Products of two residues stay below 2^52, so doubles hold them exactly.
 */
export type ResiduePoly = readonly number[];

const LIMIT = 2 ** 52;

function reduceResidue(value: number, p: number): number {
  return value - Math.floor(value / p) * p;
}

function trimmed(coeffs: number[]): number[] {
  while (coeffs.length > 0 && coeffs[coeffs.length - 1] === 0) coeffs.pop();
  return coeffs;
}

/** The reduction of integer coefficients modulo p. */
export function toResidues(coeffs: readonly bigint[], p: number): ResiduePoly {
  const modulus = BigInt(p);
  return trimmed(
    coeffs.map((c) => {
      const r = Number(c % modulus);
      return r < 0 ? r + p : r;
    }),
  );
}

export function subtractResidues(a: ResiduePoly, b: ResiduePoly, p: number): ResiduePoly {
  const result: number[] = [];
  for (let k = 0; k < Math.max(a.length, b.length); k++) {
    const difference = (a[k] ?? 0) - (b[k] ?? 0);
    result.push(difference < 0 ? difference + p : difference);
  }
  return trimmed(result);
}

export function scaleResidues(a: ResiduePoly, factor: number, p: number): ResiduePoly {
  return trimmed(a.map((c) => reduceResidue(c * factor, p)));
}

export function multiplyResidues(a: ResiduePoly, b: ResiduePoly, p: number): ResiduePoly {
  if (a.length === 0 || b.length === 0) return [];
  const result = new Array<number>(a.length + b.length - 1);
  for (let k = 0; k < result.length; k++) {
    let sum = 0;
    const last = Math.min(k, a.length - 1);
    for (let i = Math.max(0, k - b.length + 1); i <= last; i++) {
      sum += a[i]! * b[k - i]!;
      if (sum >= LIMIT) sum = reduceResidue(sum, p);
    }
    result[k] = reduceResidue(sum, p);
  }
  return result;
}

/** Quotient and remainder; b is not 0. */
export function divideResidues(
  a: ResiduePoly,
  b: ResiduePoly,
  p: number,
): { quotient: ResiduePoly; rest: ResiduePoly } {
  if (a.length < b.length) return { quotient: [], rest: a };
  const inverse = invertModulo(b[b.length - 1]!, p);
  const rest = a.slice();
  const quotient = new Array<number>(a.length - b.length + 1).fill(0);
  for (let k = quotient.length - 1; k >= 0; k--) {
    const top = rest[k + b.length - 1]!;
    if (top === 0) continue;
    const q = reduceResidue(top * inverse, p);
    quotient[k] = q;
    const minus = p - q;
    for (let j = 0; j < b.length; j++) rest[k + j] = reduceResidue(rest[k + j]! + minus * b[j]!, p);
  }
  rest.length = b.length - 1;
  return { quotient, rest: trimmed(rest) };
}

export function monicResidues(a: ResiduePoly, p: number): ResiduePoly {
  if (a.length === 0 || a[a.length - 1] === 1) return a;
  return scaleResidues(a, invertModulo(a[a.length - 1]!, p), p);
}

/** The monic greatest common divisor. */
export function gcdResidues(a: ResiduePoly, b: ResiduePoly, p: number): ResiduePoly {
  let [x, y] = [a, b];
  while (y.length > 0) [x, y] = [y, divideResidues(x, y, p).rest];
  return monicResidues(x, p);
}

/** Cofactors s, t with s*a + t*b = 1, deg s < deg b, deg t < deg a, for coprime a and b of positive degree. */
export function bezoutResidues(a: ResiduePoly, b: ResiduePoly, p: number): { s: ResiduePoly; t: ResiduePoly } {
  let [r0, r1] = [a, b];
  let [s0, s1]: [ResiduePoly, ResiduePoly] = [[1], []];
  let [t0, t1]: [ResiduePoly, ResiduePoly] = [[], [1]];
  while (r1.length > 0) {
    const { quotient, rest } = divideResidues(r0, r1, p);
    [r0, r1] = [r1, rest];
    [s0, s1] = [s1, subtractResidues(s0, multiplyResidues(quotient, s1, p), p)];
    [t0, t1] = [t1, subtractResidues(t0, multiplyResidues(quotient, t1, p), p)];
  }
  if (r0.length !== 1) throw new InternalError("two polynomials that had to be coprime have a common factor");
  const inverse = invertModulo(r0[0]!, p);
  return { s: scaleResidues(s0, inverse, p), t: scaleResidues(t0, inverse, p) };
}

export function derivativeResidues(a: ResiduePoly, p: number): ResiduePoly {
  return trimmed(a.slice(1).map((c, k) => reduceResidue(c * ((k + 1) % p), p)));
}

function powerModulo(base: ResiduePoly, exponent: bigint, modulus: ResiduePoly, p: number): ResiduePoly {
  let result: ResiduePoly = [1];
  for (const bit of exponent.toString(2)) {
    result = divideResidues(multiplyResidues(result, result, p), modulus, p).rest;
    if (bit === "1") result = divideResidues(multiplyResidues(result, base, p), modulus, p).rest;
  }
  return result;
}

/** For square-free monic f: the products of its irreducible factors of equal degree, by ascending degree. */
export function distinctDegreeFactors(f: ResiduePoly, p: number): { degree: number; product: ResiduePoly }[] {
  const found: { degree: number; product: ResiduePoly }[] = [];
  let rest = f;
  let frobenius: ResiduePoly = [0, 1];
  for (let d = 1; 2 * d <= rest.length - 1; d++) {
    frobenius = powerModulo(divideResidues(frobenius, rest, p).rest, BigInt(p), rest, p);
    const product = gcdResidues(rest, subtractResidues(frobenius, [0, 1], p), p);
    if (product.length > 1) {
      found.push({ degree: d, product });
      rest = divideResidues(rest, product, p).quotient;
    }
  }
  if (rest.length > 1) found.push({ degree: rest.length - 1, product: rest });
  return found;
}

/** The irreducible factors of a square-free monic f all of whose factors have the given degree; p odd (Cantor–Zassenhaus). */
export function equalDegreeFactors(f: ResiduePoly, degree: number, p: number, random: Random): ResiduePoly[] {
  if (f.length - 1 === degree) return [f];
  const exponent = (BigInt(p) ** BigInt(degree) - 1n) / 2n;
  for (;;) {
    const trial = trimmed(Array.from({ length: f.length - 1 }, () => random.integer(0, p - 1)));
    if (trial.length < 2) continue;
    const power = powerModulo(trial, exponent, f, p);
    const factor = gcdResidues(f, subtractResidues(power, [1], p), p);
    if (factor.length <= 1 || factor.length === f.length) continue;
    const other = divideResidues(f, factor, p).quotient;
    return [...equalDegreeFactors(factor, degree, p, random), ...equalDegreeFactors(other, degree, p, random)];
  }
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
