// Certified: every inequality is between integers or rationals.
import { bitLength, integerSqrt, QQ, type Rational } from "../rings/index.js";
import { claim } from "./algebra.js";
import { add, type Dense, dense, mul, type Poly, pow, proportional, rows, substitute, variable } from "./polynomial.js";
import { natural, polyOf, type Reader, tuple } from "./reading.js";

/** A complex number with integer or rational parts. */
export interface Complex<T> {
  readonly re: T;
  readonly im: T;
}
export type Gauss = Complex<bigint>;
export type Point = Complex<Rational>;
/** [j][i] multiplies y^j x^i. */
export type Table = readonly Dense[];

/** Multiplies out (x + by) in the place of x. */
function shift(c: Gauss[], by: Gauss): void {
  for (let low = 0; low < c.length - 1; low++) {
    for (let k = c.length - 2; k >= low; k--) {
      const [a, b] = [c[k]!, c[k + 1]!];
      c[k] = { re: a.re + by.re * b.re - by.im * b.im, im: a.im + by.re * b.im + by.im * b.re };
    }
  }
}

/** The Taylor coefficients [j][i] of v^j u^i about (x, y), all in units of 2^-bits, times a common power of two. */
export function taylor(table: Table, bits: number, x: Gauss, y: Gauss): Gauss[][] {
  const width = Math.max(...table.map((row) => row.length));
  const all = table.length + width - 2;
  const result = table.map((row, j) => {
    const c = Array.from({ length: width }, (_, i) => ({ re: (row[i] ?? 0n) << BigInt(bits * (all - i - j)), im: 0n }));
    shift(c, x);
    return c;
  });
  for (let i = 0; i < width; i++) {
    const column = result.map((row) => row[i]!);
    shift(column, y);
    for (const [j, row] of result.entries()) row[i] = column[j]!;
  }
  return result;
}

/** A lower and an upper bound of |a| that agree to 22 bits: with both parts below 2^24 the square roots of doubles round safely. */
function bounds({ re, im }: Gauss): readonly [bigint, bigint] {
  const [x, y] = [re < 0n ? -re : re, im < 0n ? -im : im];
  if (x === 0n && y === 0n) return [0n, 0n];
  const places = BigInt(Math.max(0, bitLength(x > y ? x : y) - 24));
  const [p, q] = [Number(x >> places), Number(y >> places)];
  const [low, high] = [Math.floor(Math.sqrt(p * p + q * q)), Math.ceil(Math.sqrt((p + 1) ** 2 + (q + 1) ** 2))];
  return [BigInt(low) << places, BigInt(high) << places];
}

/**
 * Pellet's test over a disc of base points: whether |a_k0| R^k > Σ |a_ji| r^i R^j over the other (j, i). Then for every |u| ≤ r exactly k
 * points of the fibre are within R, and none at the distance R [Pellet 1881; Rouché].
 */
export function pellet(coefficients: readonly (readonly Gauss[])[], k: number, r: bigint, R: bigint): boolean {
  let others = 0n;
  for (const [j, row] of coefficients.entries()) {
    let sum = 0n;
    for (let i = row.length - 1; i >= 0; i--) sum = sum * r + (j === k && i === 0 ? 0n : bounds(row[i]!)[1]);
    others += sum * R ** BigInt(j);
  }
  const main = coefficients[k]?.[0];
  return main !== undefined && bounds(main)[0] * R ** BigInt(k) > others;
}

/** How near the one point of the fibre over the middle is: a radius, at most R, that passes the test with r = 0. */
export function enclosure(coefficients: readonly (readonly Gauss[])[], R: bigint): bigint {
  const fibre = coefficients.map((row) => row.slice(0, 1));
  const radius = (2n * bounds(fibre[0]![0]!)[1]) / (bounds(fibre[1]![0]!)[0] || 1n) + 1n;
  return radius < R && pellet(fibre, 1, 0n, radius) ? radius : R;
}

/** The curve in z and y = h·m − g, for polynomials h and g in z. */
export interface Chart {
  readonly h: Dense;
  readonly g: Dense;
  /** How often h divides what is left when m = (y + g)/h is cleared of denominators; it is left out of the table. */
  readonly power: number;
  readonly table: Table;
}

/** h, g, the power of h, and the curve. */
export const chartFields: Reader<readonly [Poly, Poly, number, Poly]> = tuple(polyOf, polyOf, natural, polyOf);

export function chartOf(curve: Poly, [h, g, power, own]: ReturnType<typeof chartFields>): Chart {
  const m = { num: add(variable("m"), g), den: h };
  const isOwn = h.size > 0 && proportional(substitute(curve, { m }), mul(pow(h, power), own));
  claim(isOwn, "a chart shows another curve");
  return { h: dense(h, "z"), g: dense(g, "z"), power, table: tableOf(own) };
}

/** A curve in z and m by the powers of m. */
export const tableOf = (curve: Poly): Table => rows(curve, "m").map((row) => dense(row, "z"));

export const real = (re: Rational): Point => ({ re, im: QQ.zero });
export const minus = (a: Point, b: Point): Point => ({ re: QQ.sub(a.re, b.re), im: QQ.sub(a.im, b.im) });
export const times = (a: Point, b: Point): Point => ({
  re: QQ.sub(QQ.mul(a.re, b.re), QQ.mul(a.im, b.im)),
  im: QQ.add(QQ.mul(a.re, b.im), QQ.mul(a.im, b.re)),
});
/** |a|². */
export const norm = (a: Point): Rational => QQ.add(QQ.mul(a.re, a.re), QQ.mul(a.im, a.im));
export const inverse = (a: Point): Point => times({ re: a.re, im: QQ.neg(a.im) }, real(QQ.inv(norm(a))));
/** An upper bound of |a|, close to it: sqrt(num/den) = sqrt(num·den)/den, with 40 bits more. */
export function size(a: Point): Rational {
  const { num, den } = norm(a);
  return QQ.fromRatio(integerSqrt((num * den) << 80n) + 1n, den << 40n);
}
export const valueAt = (f: Dense, x: Point): Point =>
  f.reduceRight<Point>((sum, c) => {
    const { re, im } = times(sum, x);
    return { re: QQ.add(re, QQ.fromInteger(c)), im };
  }, real(QQ.zero));
export const dyadic = (n: bigint, bits: number): Rational => QQ.fromRatio(n, 1n << BigInt(bits));
export const scaled = (g: Gauss, bits: number): Point => ({ re: dyadic(g.re, bits), im: dyadic(g.im, bits) });

/** Whether |a − b| + slack ≤ radius. */
export function within(a: Point, b: Point, slack: Rational, radius: Rational): boolean {
  const room = QQ.sub(radius, slack);
  return QQ.sign(room) >= 0 && QQ.compare(norm(minus(a, b)), QQ.mul(room, room)) <= 0;
}
