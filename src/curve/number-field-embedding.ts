import { complexBalls, radiusToNumber, realBalls, toNumber } from "../ball/index.js";
import { type Budget, InternalError, type Outcome, ok, unlimited } from "../core/index.js";
import type { NumberField, NumberFieldElement } from "../poly/index.js";
import { bitLength, QQ, type Rational, rational, rationalToNumber } from "../rings/index.js";
import { type AlgebraicNumber, complexRootsOfBalls, refine } from "../roots/index.js";
import type { Complex } from "./local-expansion.js";

/** A double and a bound of its distance from the exact value. */
export interface Embedded {
  readonly value: number;
  readonly error: number;
}

/** The real value of an element of Q(a), to nearly full double precision; in units of 2^exponent where doubles would not hold it. */
export function embed(a: AlgebraicNumber, field: NumberField, element: NumberFieldElement, exponent = 0): Embedded {
  if (field.isZero(element)) return { value: 0, error: 0 };
  const [lower, upper] = enclose(a, field, element, 60);
  const unit = 1n << BigInt(Math.abs(exponent));
  const inverse = exponent > 0 ? QQ.fromRatio(1n, unit) : rational(unit);
  const value = rationalToNumber(QQ.mul(QQ.mul(QQ.add(lower, upper), rational(1, 2)), inverse));
  // A number below all doubles has become one of the smallest.
  return { value, error: Math.abs(value) * 2 ** -50 + Number.MIN_VALUE };
}

/** Some e with 2^(e − 2) < |x| < 2^(e + 1) for the real value x of an element; undefined for zero. */
export function binaryExponent(
  a: AlgebraicNumber,
  field: NumberField,
  element: NumberFieldElement,
): number | undefined {
  if (field.isZero(element)) return undefined;
  const [lower] = enclose(a, field, element, 8);
  return bitLength(lower.num) - bitLength(lower.den);
}

/** A rational interval around the value with width at most 2^-bits of its size (exactly [0, 0] for zero). */
export function enclose(
  a: AlgebraicNumber,
  field: NumberField,
  element: NumberFieldElement,
  bits: number,
): [Rational, Rational] {
  if (field.isZero(element)) return [rational(0), rational(0)];
  for (let precision = bits + 32; precision < 1 << 20; precision *= 2) {
    // Horner's rule for the numerator on fixed-point numbers with so many binary places, rounded outwards.
    const near = refine(a, precision);
    const places = BigInt(precision);
    const ends = [(near.lower.num << places) / near.lower.den - 1n, (near.upper.num << places) / near.upper.den + 1n];
    const [top, ...others] = element.coeffs.toReversed();
    let [low, high] = [top! << places, top! << places];
    for (const c of others) {
      const products = [low, high].flatMap((x) => ends.map((end) => x * end));
      const [least, most] = [products.reduce(smaller), products.reduce(larger)];
      [low, high] = [(least >> places) + (c << places), (most >> places) + 1n + (c << places)];
    }
    if (low <= 0n && high >= 0n) continue;
    const size = low > 0n ? low : -high;
    if ((high - low) << BigInt(bits) > size) continue;
    const scale = element.denominator << places;
    return [QQ.fromRatio(low, scale), QQ.fromRatio(high, scale)];
  }
  throw new InternalError("a non-zero element of a number field could not be told from zero");
}

const smaller = (x: bigint, y: bigint): bigint => (x < y ? x : y);
const larger = (x: bigint, y: bigint): bigint => (x < y ? y : x);

/** A root of a polynomial over Q(a), within `error` of the centre. */
export interface FieldRoot {
  readonly centre: Complex;
  readonly error: number;
  readonly real: boolean;
  /** Rational ends, much closer than `error`, around a real root. */
  readonly interval: readonly [Rational, Rational] | undefined;
}

/** The complex roots of a square-free polynomial over Q(a), `[k]` multiplies y^k, in disjoint proved discs. */
export function rootsOverField(
  a: AlgebraicNumber,
  field: NumberField,
  coeffs: readonly NumberFieldElement[],
  budget: Budget = unlimited,
): Outcome<readonly FieldRoot[]> {
  if (coeffs.length === 2) {
    const exact = field.neg(field.div(coeffs[0]!, coeffs[1]!));
    const root = embed(a, field, exact);
    const interval = enclose(a, field, exact, 60);
    return ok([{ centre: { re: root.value, im: 0 }, error: root.error, real: true, interval }]);
  }
  const bits = 256;
  const real = realBalls(bits);
  const complex = complexBalls(bits);
  const balls = coeffs.map((c) => complex.fromReal(real.fromInterval(...enclose(a, field, c, bits))));
  const roots = complexRootsOfBalls(balls, 128, budget);
  if (roots.kind !== "ok") return roots;
  return ok(
    roots.value.map((ball) => {
      // The polynomial is real: a disc that meets the mirror image of no disc but its own holds a real root.
      const mirrored = complex.conj(ball);
      const isReal =
        complex.overlaps(ball, mirrored) &&
        roots.value.every((other) => other === ball || !complex.overlaps(other, mirrored));
      const centre = { re: toNumber(ball.re), im: isReal ? 0 : toNumber(ball.im) };
      const radius = radiusToNumber(ball.re) + radiusToNumber(ball.im);
      const interval = isReal ? ([real.lower(ball.re), real.upper(ball.re)] as const) : undefined;
      return { centre, error: radius + Math.hypot(centre.re, centre.im) * 2 ** -50, real: isReal, interval };
    }),
  );
}
