// Exact: resultants, divisibility, irreducibility, and real roots by the rule of signs.
import { type Budget, LimitError } from "../core/index.js";
import { QQ, type Rational, rationalToDecimal, ZZ } from "../rings/index.js";
import { at, constant, type Dense, degree, dense, type Poly, type Powers, variablesOf } from "./polynomial.js";
import { integers, natural, polyOf, type Reader, rationalOf, tuple } from "./reading.js";

/** What refutes the step that is being checked. */
export class Refuted extends Error {}

export function claim(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Refuted(otherwise);
}

/** The determinant of a square matrix of integers, which is overwritten: fraction-free elimination [Bareiss 1968]. */
function determinant(matrix: bigint[][]): bigint {
  let [previous, sign] = [1n, 1n];
  for (let k = 0; k < matrix.length - 1; k++) {
    const pivot = matrix.findIndex((row, i) => i >= k && row[k] !== 0n);
    if (pivot < 0) return 0n;
    if (pivot !== k) sign = -sign;
    [matrix[k], matrix[pivot]] = [matrix[pivot]!, matrix[k]!];
    const head = matrix[k]!;
    for (const row of matrix.slice(k + 1)) {
      const factor = row[k]!;
      for (let j = k + 1; j < matrix.length; j++) row[j] = (row[j]! * head[k]! - factor * head[j]!) / previous;
    }
    previous = head[k]!;
  }
  return sign * (matrix.at(-1)?.at(-1) ?? 1n);
}

/** The most row operations on integers that one identity of a resultant may take. */
const mostWork = 1e8;

/**
 * Proves Res_v(p, q) = constant · Π factor^exponent, the constant a rational number that is not zero. Either side has at most the degree
 * deg_x p · deg_v q + deg_x q · deg_v p in each other variable x (Sylvester's determinant), so it is enough to compare them on a
 * grid with one point more in each direction.
 */
export function checkResultant(p: Poly, q: Poly, v: string, factors: Powers, budget: Budget): void {
  const [n, k] = [degree(p, v), degree(q, v)];
  const others = variablesOf(p, q, ...factors.map(([f]) => f)).filter((name) => name !== v);
  const bounds = others.map((name) => degree(p, name) * k + degree(q, name) * n);
  const fits = others.every((name, i) => factors.reduce((sum, [f, e]) => sum + e * degree(f, name), 0) <= bounds[i]!);
  claim(fits, "a product has a higher degree than the resultant can have");
  if (bounds.reduce((all, bound) => all * (bound + 1), 1) * (n + k + 2) ** 3 > mostWork)
    throw new LimitError("a resultant is too large to be checked point by point");
  let unit: readonly [bigint, bigint] | undefined;
  const compare = (left: Poly, right: Poly, parts: Powers, i: number): void => {
    for (let c = -Math.floor((bounds[i] ?? -1) / 2), end = c + (bounds[i] ?? -1); c <= end; c++) {
      const here = (f: Poly): Poly => at(f, others[i]!, BigInt(c));
      compare(
        here(left),
        here(right),
        parts.map(([f, e]) => [here(f), e]),
        i + 1,
      );
    }
    if (i < others.length) return;
    budget.spend(1, "checking a resultant");
    const whole = determinant([...shiftedLines(dense(left, v), n, k), ...shiftedLines(dense(right, v), k, n)]);
    const given = parts.reduce((all, [f, e]) => all * constant(f) ** BigInt(e), 1n);
    if (whole !== 0n && given !== 0n) unit ??= [whole, given];
    const agree = unit === undefined ? whole === given : whole * unit[1] === given * unit[0];
    claim(agree, "a resultant is not the product given for it");
  };
  compare(p, q, factors, 0);
  claim(unit !== undefined, "a resultant is zero");
}

/** The rows of Sylvester's matrix that belong to f, of degree at most n. */
const shiftedLines = (f: Dense, n: number, count: number): bigint[][] =>
  Array.from({ length: count }, (_, i) => Array.from({ length: n + count }, (__, j) => f[n + i - j] ?? 0n));

/** The coefficients of f(c + x), times den^deg for x in units of 1/den, c = num/den. */
function shifted(f: Dense, { num, den }: Rational): bigint[] {
  const c = f.map((a, k) => a * den ** BigInt(f.length - 1 - k));
  for (let low = 0; low < c.length - 1; low++) for (let k = c.length - 2; k >= low; k--) c[k] = c[k]! + num * c[k + 1]!;
  return c;
}

/** The sign variations of f on an open interval [Descartes; Vincent]: 0 or 1 is the number of its roots there, with multiplicity. */
export function variations(f: Dense, from: Rational, to: Rational | undefined): number {
  let g = shifted(f, from);
  if (to !== undefined) {
    const { num, den } = QQ.mul(QQ.sub(to, from), QQ.fromInteger(from.den));
    const inUnit = g.map((c, k) => c * num ** BigInt(k) * den ** BigInt(g.length - 1 - k));
    g = shifted(inUnit.reverse(), QQ.one);
  }
  const signs = g.filter((c) => c !== 0n).map((c) => c > 0n);
  return signs.filter((s, k) => k > 0 && s !== signs[k - 1]).length;
}

export const signAt = (f: Dense, x: Rational): -1 | 0 | 1 =>
  QQ.sign(f.reduceRight((sum, c) => QQ.add(QQ.mul(sum, x), QQ.fromInteger(c)), QQ.zero));

export function quotient(f: Dense, g: Dense): bigint[] | undefined {
  const rest = [...f];
  const result = new Array<bigint>(Math.max(1, f.length - g.length + 1)).fill(0n);
  for (let k = f.length - g.length; k >= 0; k--) {
    const top = rest[k + g.length - 1]!;
    if (top % g.at(-1)! !== 0n) return undefined;
    result[k] = top / g.at(-1)!;
    for (let i = 0; i < g.length; i++) rest[k + i] = rest[k + i]! - result[k]! * g[i]!;
  }
  return rest.every((c) => c === 0n) ? result : undefined;
}

export const divides = (g: Dense, f: Dense): boolean => quotient(f, g) !== undefined;
export const contentOf = (f: Dense): bigint => f.reduce((g, c) => ZZ.gcd(g, c), 0n);

/** How often the primitive polynomial g divides f ≠ 0. */
export function valuation(f: Dense, g: Dense): number {
  let count = 0;
  for (let rest = quotient(f, g); rest !== undefined; rest = quotient(rest, g)) count++;
  return count;
}

/** A primitive polynomial in one variable with positive leading coefficient. */
export interface Factor {
  readonly p: Poly;
  readonly f: Dense;
  readonly text: string;
  /** Whether that is proved. */
  readonly irreducible: boolean;
}

export function factorOf(text: string, witness: string, name: string): Factor {
  const p = polyOf(text);
  const f = dense(p, name);
  claim(f.length > 1 && contentOf(f) === 1n && f.at(-1)! > 0n, "a factor is not primitive, or of degree 0");
  return { p, f, text, irreducible: isIrreducible(f, witness) };
}

/** Whether f is of degree 1, or shown irreducible by a witness "n k". */
function isIrreducible(f: Dense, witness: string): boolean {
  if (f.length === 2 || witness === "") return f.length === 2;
  const [n, k] = integers(2)(witness) as [bigint, bigint];
  claim(showsIrreducible(f, n, k), "a polynomial is not shown irreducible");
  return true;
}

/**
 * Whether f(n) = ± k·prime, and no root of f is so near to n as k. Then f is irreducible over the rationals: two factors would both have a
 * value larger than k at n, of which the prime divides one only.
 */
export function showsIrreducible(f: Dense, n: bigint, k: bigint): boolean {
  const [value, ...others] = shifted(f, { num: n, den: 1n }).map((c) => (c < 0n ? -c : c));
  const least = others.reduceRight((sum, c) => (sum + c) * k, 0n);
  return k > 0n && value! > least && value! % k === 0n && isPrime(value! / k);
}

/** Below 3.3·10^24 these bases leave no composite number [Sorenson–Webster 2017]. */
const bases = [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n, 41n];

/** Whether n is proved a prime number; false for all that are too large. */
function isPrime(n: bigint): boolean {
  if (n < 42n || n >= 3_317_044_064_679_887_385_961_981n) return bases.includes(n);
  const twos = (n - 1n).toString(2).match(/0*$/)![0].length;
  return bases.every((base) => {
    let power = 1n;
    for (const bit of ((n - 1n) >> BigInt(twos)).toString(2))
      power = (((power * power) % n) * (bit === "1" ? base : 1n)) % n;
    for (let k = 0; k < twos; k++) {
      const square = (power * power) % n;
      if (square === 1n) return power === 1n || power === n - 1n;
      power = square;
    }
    return false;
  });
}

/** The one root of a factor between lower and upper; equal ones for a rational root, which has a factor of degree one. */
export interface Root<F extends Factor = Factor> {
  readonly of: F;
  readonly lower: Rational;
  readonly upper: Rational;
}

/** Index of the factor, lower, upper. */
export const rootText: Reader<readonly [number, Rational, Rational]> = tuple(natural, rationalOf, rationalOf);

/** An interval that holds a root, by a change of sign. */
export function rootOf<F extends Factor>(
  [index, lower, upper]: ReturnType<typeof rootText>,
  factors: readonly F[],
): Root<F> {
  const of = factors[index];
  claim(of !== undefined, "a root belongs to no factor");
  const signs = signAt(of.f, lower) * signAt(of.f, upper);
  const holds = of.f.length === 2 ? QQ.equals(lower, upper) && signs === 0 : QQ.compare(lower, upper) < 0 && signs < 0;
  claim(holds, "an interval holds no root of its factor");
  return { of, lower, upper };
}

export const isExact = ({ lower, upper }: Root): boolean => QQ.equals(lower, upper);

/** The place of a root on the line against a rational number. */
export function compareRoot({ of: { f }, lower, upper }: Root, x: Rational): -1 | 0 | 1 {
  if (QQ.equals(lower, upper)) return QQ.compare(lower, x);
  if (QQ.compare(upper, x) <= 0) return -1;
  if (QQ.compare(lower, x) >= 0) return 1;
  const sign = signAt(f, x);
  return sign === 0 ? 0 : sign === signAt(f, upper) ? -1 : 1;
}

/** The text of a root to so many significant digits, correctly rounded. */
export function decimal({ lower, upper }: Root, digits: number): string {
  const text = rationalToDecimal(lower, digits);
  claim(text === rationalToDecimal(upper, digits), "an interval is too wide for the digits of its root");
  return text;
}
