// Exact: integers and rationals; resultants, real roots by the rule of signs, divisibility and irreducibility.
import { LimitError } from "../core/index.js";
import { GF, isPrime, QQ, type Rational, ZZ } from "../rings/index.js";
import {
  at,
  constant,
  type Dense,
  degree,
  list,
  natural,
  type Poly,
  parsePoly,
  rows,
  variablesOf,
} from "./polynomial.js";

/** What refutes the step that is being checked. */
export class Refuted extends Error {}

export function claim(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Refuted(otherwise);
}

export type Factors = readonly (readonly [Poly, number])[];

export const factorsOf = (value: unknown): Factors =>
  list(value).map((entry) => [parsePoly(list(entry, 2)[0]), natural(list(entry, 2)[1])] as const);

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
export function checkResultant(p: Poly, q: Poly, v: string, factors: Factors): void {
  const [n, k] = [degree(p, v), degree(q, v)];
  const others = variablesOf(p, q, ...factors.map(([f]) => f)).filter((name) => name !== v);
  const bounds = others.map((name) => degree(p, name) * k + degree(q, name) * n);
  const claimed = others.map((name) => factors.reduce((sum, [f, e]) => sum + e * degree(f, name), 0));
  claim(
    claimed.every((d, i) => d <= bounds[i]!),
    "a product has a higher degree than the resultant can have",
  );
  const points = bounds.reduce((all, bound) => all * (bound + 1), 1);
  if (points * (n + k + 2) ** 3 > mostWork)
    throw new LimitError("a resultant is too large to be checked point by point");
  const [left, right] = [rows(p, v), rows(q, v)];
  let unit: readonly [bigint, bigint] | undefined;
  for (let index = 0; index < points; index++) {
    let rest = index;
    const place = new Map<string, bigint>();
    others.forEach((name, i) => {
      place.set(name, BigInt((rest % (bounds[i]! + 1)) - (bounds[i]! >> 1)));
      rest = Math.floor(rest / (bounds[i]! + 1));
    });
    const lines = (parts: readonly Poly[], count: number): bigint[][] => {
      const c = parts.map((row) => constant(at(row, place))).reverse();
      return Array.from({ length: count }, (_, i) => Array.from({ length: n + k }, (__, j) => c[j - i] ?? 0n));
    };
    const whole = determinant([...lines(left, k), ...lines(right, n)]);
    const given = factors.reduce((all, [f, e]) => all * constant(at(f, place)) ** BigInt(e), 1n);
    if (whole !== 0n && given !== 0n) unit ??= [whole, given];
    claim(
      unit === undefined ? whole === given : whole * unit[1] === given * unit[0],
      "a resultant is not the product given for it",
    );
  }
  claim(unit !== undefined, "a resultant is zero");
}

/** The coefficients of f(c + x), times den^deg for x in units of 1/den, c = num/den. */
export function shifted(f: Dense, { num, den }: Rational): bigint[] {
  const c = f.map((a, k) => a * den ** BigInt(f.length - 1 - k));
  for (let low = 0; low < c.length - 1; low++) for (let k = c.length - 2; k >= low; k--) c[k] = c[k]! + num * c[k + 1]!;
  return c;
}

/** The sign variations of f on an open interval [Descartes; Vincent]: 0 or 1 is the number of its roots there, with multiplicity. */
export function variations(f: Dense, from: Rational | undefined, to: Rational | undefined): number {
  if (from === undefined)
    return variations(
      f.map((c, k) => (k % 2 === 0 ? c : -c)),
      QQ.neg(to!),
      undefined,
    );
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

/** f/g when the primitive polynomial g divides f; undefined otherwise. */
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
export const primitive = (f: Dense): bigint[] => {
  const content = f.reduce((g, c) => ZZ.gcd(g, c), 0n) || 1n;
  return f.map((c) => c / content);
};

/** How often the primitive polynomial g divides f ≠ 0. */
export function valuation(f: Dense, g: Dense): number {
  let count = 0;
  for (let rest = quotient(f, g); rest !== undefined; rest = quotient(rest, g)) count++;
  return count;
}

/**
 * Whether f is proved irreducible over the rationals: the degrees of its factors modulo primes at which it stays square-free of the same
 * degree have no common sum but 0 and deg f. Some irreducible polynomials cannot be proved so.
 */
export function isIrreducible(f: Dense): boolean {
  const n = f.length - 1;
  const trivial = 1n | (1n << BigInt(n));
  let sums = (2n << BigInt(n)) - 1n;
  for (let p = 5, tried = 0; tried < 40 && n > 1 && sums !== trivial; p += 2) {
    if (!isPrime(p) || f[n]! % BigInt(p) === 0n) continue;
    const degrees = factorDegrees(
      f.map((c) => Number(((c % BigInt(p)) + BigInt(p)) % BigInt(p))),
      p,
    );
    if (degrees !== undefined) sums &= degrees.reduce((set, d) => set | (set << BigInt(d)), 1n);
    tried++;
  }
  return n === 1 || sums === trivial;
}

/** The degrees of the irreducible factors of f modulo p, one by one; undefined when f is not square-free there. */
function factorDegrees(f: readonly number[], p: number): number[] | undefined {
  const field = GF(p);
  const trim = (a: number[]): number[] => a.slice(0, a.findLastIndex((c) => c !== 0) + 1);
  const divide = (a: readonly number[], b: readonly number[]): [number[], number[]] => {
    const [rest, inverse, ratio] = [[...a], field.inv(b.at(-1)!), [] as number[]];
    for (let k = a.length - b.length; k >= 0; k--) {
      ratio[k] = field.mul(rest[k + b.length - 1]!, inverse);
      for (let i = 0; i < b.length; i++) rest[k + i] = field.sub(rest[k + i]!, field.mul(ratio[k]!, b[i]!));
    }
    return [ratio, trim(rest)];
  };
  const gcd = (a: readonly number[], b: readonly number[]): readonly number[] =>
    b.length === 0 ? a : gcd(b, divide(a, b)[1]);
  const times = (a: readonly number[], b: readonly number[]): number[] => {
    const all = new Array<number>(Math.max(0, a.length + b.length - 1)).fill(0);
    for (const [i, x] of a.entries())
      for (const [j, y] of b.entries()) all[i + j] = field.add(all[i + j]!, field.mul(x, y));
    return divide(all, rest)[1];
  };
  if (gcd(f, trim(f.slice(1).map((c, k) => field.mul(c, (k + 1) % p)))).length !== 1) return undefined;
  const degrees: number[] = [];
  let rest = f;
  let frobenius: number[] = [0, 1]; // x^(p^d) modulo what is left
  for (let d = 1; 2 * d < rest.length; d++) {
    const base = divide(frobenius, rest)[1];
    frobenius = [1];
    for (let bit = 1 << (31 - Math.clz32(p)); bit > 0; bit >>= 1) {
      frobenius = times(frobenius, frobenius);
      if ((p & bit) !== 0) frobenius = times(frobenius, base);
    }
    const minusX = Array.from({ length: Math.max(2, frobenius.length) }, (_, k) =>
      field.sub(frobenius[k] ?? 0, k === 1 ? 1 : 0),
    );
    const common = gcd(rest, trim(minusX));
    for (let k = d; k < common.length; k += d) degrees.push(d);
    rest = divide(rest, common)[0];
  }
  return rest.length > 1 ? [...degrees, rest.length - 1] : degrees;
}

/** The one real root of f between lower and upper; equal ones for a rational root. */
export interface RealRoot {
  readonly f: Dense;
  readonly lower: Rational;
  readonly upper: Rational;
}

export const isExact = ({ lower, upper }: RealRoot): boolean => QQ.equals(lower, upper);

/** The place of a root on the line against a rational number. */
export function compareRoot(root: RealRoot, x: Rational): -1 | 0 | 1 {
  const { f, lower, upper } = root;
  if (isExact(root)) return QQ.compare(lower, x);
  if (QQ.compare(upper, x) <= 0) return -1;
  if (QQ.compare(lower, x) >= 0) return 1;
  const sign = signAt(f, x);
  return sign === 0 ? 0 : sign === signAt(f, upper) ? -1 : 1;
}

/** The root halved into an interval not wider than `width`. */
export function narrowed(root: RealRoot, width: Rational): RealRoot {
  let { lower, upper } = root;
  while (QQ.compare(QQ.sub(upper, lower), width) > 0) {
    const middle = QQ.midpoint(lower, upper);
    const order = compareRoot({ f: root.f, lower, upper }, middle);
    if (order <= 0) upper = middle;
    if (order >= 0) lower = middle;
  }
  return { f: root.f, lower, upper };
}
