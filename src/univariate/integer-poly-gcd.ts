import { type Budget, unlimited } from "../core/index.js";
import { integerGcd, invertModulo, wordPrime } from "../rings/index.js";
import { isSquareFreeModulo } from "./factor-prime-field-poly.js";
import {
  content,
  derivative,
  divideExact,
  type IntegerPoly,
  leadingCoefficient,
  primitive,
  quotientExact,
  scale,
  sub,
  trim,
} from "./integer-poly-arithmetic.js";
import { gcdResidues, lightPrime, type ResiduePoly, scaleResidues, toResidues } from "./prime-field-poly.js";

/**
 * The greatest common divisor in ZZ[x], contents included, with a positive leading coefficient. Images modulo primes below
 * 2^26 are combined by Chinese remaindering; a candidate is returned only when it divides both, so the answer is exact.
 */
export function gcd(a: IntegerPoly, b: IntegerPoly, budget: Budget = unlimited): IntegerPoly {
  if (a.length === 0) return scale(primitive(b), content(b));
  if (b.length === 0) return scale(primitive(a), content(a));
  const common = integerGcd(content(a), content(b));
  return scale(primitiveGcd(primitive(a), primitive(b), budget), common);
}

function primitiveGcd(a: IntegerPoly, b: IntegerPoly, budget: Budget): IntegerPoly {
  if (a.length === 1 || b.length === 1) return [1n];
  const lead = integerGcd(leadingCoefficient(a), leadingCoefficient(b));
  let modulus = 1n;
  let combined: bigint[] = [];
  for (let index = 0; ; index++) {
    budget.spend(a.length + b.length, "taking a common divisor modulo primes");
    const p = wordPrime(index);
    const [x, y] = [toResidues(a, p), toResidues(b, p)];
    if (x.length < a.length || y.length < b.length) continue;
    const image = gcdResidues(x, y, p);
    if (image.length === 1) return [1n];
    if (modulus !== 1n && image.length > combined.length) continue; // p is unlucky
    const residues = scaleResidues(image, Number(lead % BigInt(p)), p);
    if (modulus === 1n || image.length < combined.length) {
      combined = symmetric(residues, p);
      modulus = BigInt(p);
      if (lead !== 1n) continue;
    } else if (combine(combined, modulus, residues, p)) {
      modulus *= BigInt(p);
      continue;
    } else modulus *= BigInt(p);
    const candidate = primitive(combined);
    if (divideExact(a, candidate) !== undefined && divideExact(b, candidate) !== undefined) return candidate;
  }
}

function symmetric(residues: ResiduePoly, p: number): bigint[] {
  return Array.from(residues, (r) => BigInt(2 * r > p ? r - p : r));
}

/** One step of Chinese remaindering in the symmetric range, in place; whether anything changed. */
function combine(combined: bigint[], modulus: bigint, residues: ResiduePoly, p: number): boolean {
  const big = BigInt(p);
  const inverse = invertModulo(Number(modulus % big), p);
  let changed = false;
  for (let k = 0; k < combined.length; k++) {
    const old = Number(combined[k]! % big);
    const difference = (((residues[k]! - old) % p) + p) % p;
    const step = (difference * inverse) % p;
    if (step === 0) continue;
    changed = true;
    combined[k] = combined[k]! + modulus * BigInt(2 * step > p ? step - p : step);
  }
  return changed;
}

/**
 * The square-free decomposition of the primitive part (Yun): primitive, pairwise coprime, square-free factors of positive
 * degree with their multiplicities in ascending order. Constants give the empty list.
 */
export function squareFree(
  a: IntegerPoly,
  budget: Budget = unlimited,
): { factor: IntegerPoly; multiplicity: number }[] {
  const f = primitive(a);
  if (f.length <= 1) return [];
  const slope = derivative(f);
  if (isSquareFreeByImage(f)) return [{ factor: f, multiplicity: 1 }];
  const common = gcd(f, slope, budget);
  if (common.length === 1) return [{ factor: f, multiplicity: 1 }];
  const repeated = primitive(common);
  const found: { factor: IntegerPoly; multiplicity: number }[] = [];
  let rest = quotientExact(f, repeated);
  let other = sub(quotientExact(slope, repeated), derivative(rest));
  for (let multiplicity = 1; rest.length > 1; multiplicity++) {
    const factor = other.length === 0 ? rest : primitive(gcd(rest, other, budget));
    if (factor.length > 1) found.push({ factor, multiplicity });
    rest = quotientExact(rest, factor);
    other = sub(trim(quotientExact(other, factor)), derivative(rest));
  }
  return found;
}

/** The product of the distinct irreducible factors, primitive with a positive leading coefficient. */
export function squareFreePart(a: IntegerPoly, budget: Budget = unlimited): IntegerPoly {
  const f = primitive(a);
  if (f.length <= 2 || isSquareFreeByImage(f)) return f;
  return primitive(quotientExact(f, primitive(gcd(f, derivative(f), budget))));
}

/** Whether the image modulo one prime keeps the degree and is square-free, which proves that f is square-free. */
function isSquareFreeByImage(f: IntegerPoly): boolean {
  const p = lightPrime(0);
  const image = toResidues(f, p);
  return image.length === f.length && isSquareFreeModulo(image, p);
}
