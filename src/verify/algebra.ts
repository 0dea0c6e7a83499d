// Exact: resultants, divisibility, irreducibility, and real roots by the rule of signs.
import { bitLength, isProvedPrime, QQ, type Rational, rationalToDecimal, ZZ } from "../rings/index.js";
import {
  bitsOf,
  type Dense,
  degree,
  dense,
  number,
  type Poly,
  type Powers,
  polyOf,
  rows,
  substitute,
  variablesOf,
  whole,
} from "./polynomial.js";
import { claim, integers, natural, type Reader, rationalOf, tuple } from "./reading.js";
import { spend } from "./work.js";

/** The determinant of a square matrix of integers, which is overwritten: fraction-free elimination [Bareiss 1968]. */
function determinant(matrix: bigint[][]): bigint {
  let [previous, sign] = [1n, 1n];
  for (let k = 0; k < matrix.length - 1; k++) {
    const pivot = matrix.findIndex((row, i) => i >= k && row[k] !== 0n);
    if (pivot < 0) return 0n;
    if (pivot !== k) sign = -sign;
    [matrix[k], matrix[pivot]] = [matrix[pivot]!, matrix[k]!];
    const head = matrix[k]!;
    for (const row of matrix.slice(k + 1))
      for (let j = matrix.length - 1; j >= k; j--) row[j] = (row[j]! * head[k]! - row[k]! * head[j]!) / previous;
    previous = head[k]!;
  }
  return sign * (matrix.at(-1)?.at(-1) ?? 1n);
}

/** Bézout's matrix of two polynomials of the formal degree n: its determinant is their resultant, but for the sign. */
function bezout(f: Dense, g: Dense, n: number): bigint[][] {
  const minor = (i: number, j: number): bigint => (f[j] ?? 0n) * (g[i] ?? 0n) - (f[i] ?? 0n) * (g[j] ?? 0n);
  const lines: bigint[][] = [];
  for (let i = 0; i < n; i++)
    lines.push(Array.from({ length: n }, (_, j) => minor(i, j + 1) + (lines[i - 1]?.[j + 1] ?? 0n)));
  return lines;
}

/**
 * Proves Res_v(p, q) = constant · Π factor^exponent, the constant a rational number that is not zero. With the larger degree n in v for both,
 * the resultant has the leading coefficient of that one for each degree that the other lacks as one more factor, and at most the degree
 * n·(deg_x p + deg_x q) in each other variable x: so it is enough to compare the two sides on a grid with one point more in each direction.
 */
export function checkResultant(p: Poly, q: Poly, v: string, given: Powers): void {
  const [n, k] = [degree(p, v), degree(q, v)].sort((a, b) => b - a) as [number, number];
  const lead = rows(degree(p, v) === n ? p : q, v)[n]!;
  const factors: Powers = [...given, [lead, n - k]];
  const all = [p, q, ...factors.map(([f]) => f)];
  const others = variablesOf(all).filter((name) => name !== v);
  const bounds = others.map((name) => (degree(p, name) + degree(q, name)) * n);
  const fits = others.every((name, i) => factors.reduce((sum, [f, e]) => sum + e * degree(f, name), 0) <= bounds[i]!);
  claim(fits, "a product has a higher degree than the resultant can have");
  const points = bounds.reduce((count, bound) => count * (bound + 1), 1);
  spend(points * (n + 2) ** 3, 2 * n * bitsOf([p, q]));
  for (const [f, e] of factors) spend(points, e * bitsOf([f]));
  let unit: readonly [bigint, bigint] | undefined;
  const compare = (here: readonly Poly[], i: number): void => {
    const [name, bound] = [others[i], bounds[i] ?? -1];
    for (let c = -(bound >> 1); name !== undefined && c <= bound - (bound >> 1); c++)
      compare(
        here.map((f) => substitute(f, name, whole(number(BigInt(c))))),
        i + 1,
      );
    if (name !== undefined) return;
    const [left, right] = here.slice(0, 2).map((f) => dense(f, v)) as [bigint[], bigint[]];
    const found = determinant(bezout(left, right, n));
    const expected = factors.reduce((all, [, e], j) => all * dense(here[j + 2]!, "")[0]! ** BigInt(e), 1n);
    if (found !== 0n && expected !== 0n) unit ??= [found, expected];
    const agree = unit === undefined ? found === expected : found * unit[1] === expected * unit[0];
    claim(agree, "a resultant is not the product given for it");
  };
  compare(all, 0);
  claim(unit !== undefined, "a resultant is zero");
}

/** The coefficients of f(c + x), times den^deg for x in units of 1/den, c = num/den. */
function shifted(f: Dense, { num, den }: Rational): bigint[] {
  spend(f.length ** 2, f.length * (bitLength(num) + bitLength(den)) + bitLength(f[0]!));
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

export function signAt(f: Dense, { num, den }: Rational): -1 | 0 | 1 {
  spend(f.length, f.length * (bitLength(num) + bitLength(den)));
  const value = f.reduceRight((sum, c, k) => sum * num + c * den ** BigInt(f.length - 1 - k), 0n);
  return QQ.sign(QQ.fromInteger(value));
}

/** f/g where that has integer coefficients. */
export function quotient(f: Dense, g: Dense): bigint[] | undefined {
  spend(f.length * g.length, bitLength(g.at(-1)!));
  const rest = [...f];
  const result = [0n];
  for (let k = f.length - g.length; k >= 0; k--) {
    result[k] = rest[k + g.length - 1]! / g.at(-1)!;
    for (let i = 0; i < g.length; i++) rest[k + i] = rest[k + i]! - result[k]! * g[i]!;
  }
  return rest.every((c) => c === 0n) ? result : undefined;
}

/** How often the primitive polynomial g divides f; infinitely often for f = 0. */
export function valuation(f: Dense, g: Dense): number {
  if (f.every((c) => c === 0n)) return Number.POSITIVE_INFINITY;
  const once = quotient(f, g);
  return once === undefined ? 0 : 1 + valuation(once, g);
}

/** A primitive polynomial in one variable with positive leading coefficient. */
export interface Factor {
  readonly p: Poly;
  readonly f: Dense;
  readonly text: string;
  /** Whether that is proved: it is of degree 1, or was shown by a witness "n k". */
  readonly irreducible: boolean;
}

export function factorOf(text: string, witness: string, name: string): Factor {
  const p = polyOf(text);
  const f = dense(p, name);
  claim(f.length > 1 && f.reduce(ZZ.gcd) === 1n && f.at(-1)! > 0n, "a factor is not primitive, or of degree 0");
  const [n, k] = witness === "" ? [] : integers(2)(witness);
  claim(n === undefined || showsIrreducible(f, n, k!), "a polynomial is not shown irreducible");
  return { p, f, text, irreducible: f.length === 2 || n !== undefined };
}

/**
 * Whether f(n) = ± k·prime, and no root of f is so near to n as k. Then f is irreducible over the rationals: two factors would both have a
 * value larger than k at n, of which the prime divides one only.
 */
export function showsIrreducible(f: Dense, n: bigint, k: bigint): boolean {
  const [value, ...others] = shifted(f, { num: n, den: 1n }).map((c) => (c < 0n ? -c : c));
  const least = others.reduceRight((sum, c) => (sum + c) * k, 0n);
  return k > 0n && value! > least && value! % k === 0n && isProvedPrime(value! / k);
}

/** The one root of a factor between lower and upper; equal ones for a rational root, which has a factor of degree one. */
export interface Root<F extends Factor = Factor> {
  readonly of: F;
  readonly lower: Rational;
  readonly upper: Rational;
}

/** Index of the factor, lower, upper. */
export type RootText = readonly [number, Rational, Rational];
export const rootText: Reader<RootText> = tuple(natural, rationalOf, rationalOf);

/** An interval that holds a root, by a change of sign. */
export function rootOf<F extends Factor>([index, lower, upper]: RootText, among: readonly F[]): Root<F> {
  const of = among[index];
  claim(of !== undefined, "a root belongs to no factor");
  const signs = signAt(of.f, lower) * signAt(of.f, upper);
  const holds = of.f.length === 2 ? QQ.equals(lower, upper) && signs === 0 : QQ.compare(lower, upper) < 0 && signs < 0;
  claim(holds, "an interval holds no root of its factor");
  return { of, lower, upper };
}

/** The place of a root on the line against a rational number. */
export function compareRoot({ of: { f }, lower, upper }: Root, x: Rational): -1 | 0 | 1 {
  if (QQ.compare(upper, x) < 0 || QQ.compare(lower, x) > 0 || QQ.equals(lower, upper)) return QQ.compare(lower, x);
  const sign = signAt(f, x);
  return sign === 0 ? 0 : sign === signAt(f, upper) ? -1 : 1;
}

/** The text of a root to so many significant digits, correctly rounded; of a rational one, the number itself. */
export function decimal({ lower, upper }: Root, digits: number): string {
  const text = rationalToDecimal(lower, digits);
  claim(text === rationalToDecimal(upper, digits), "an interval is too wide for the digits of its root");
  return QQ.equals(lower, upper) ? QQ.toText(lower) : text;
}
