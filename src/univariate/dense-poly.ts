import { DomainError } from "../core/index.js";
import type { Field } from "../rings/index.js";

/** A polynomial over a field: entry k multiplies x^k, the last entry is not 0, and the empty list is the zero polynomial. */
export type DensePoly<T> = readonly T[];

/** The ring of polynomials in one variable over a field, as a context object. */
export interface DensePolyRing<T> {
  readonly field: Field<T>;
  readonly zero: DensePoly<T>;
  readonly one: DensePoly<T>;
  /** The polynomial x. */
  readonly variable: DensePoly<T>;
  /** The coefficients without the zeros at the top. */
  trim(coeffs: readonly T[]): DensePoly<T>;
  constant(c: T): DensePoly<T>;
  fromIntegers(coeffs: readonly bigint[]): DensePoly<T>;
  /** The degree; -1 for the zero polynomial. */
  degree(a: DensePoly<T>): number;
  /** The coefficient of the highest power; 0 for the zero polynomial. */
  leadingCoefficient(a: DensePoly<T>): T;
  isZero(a: DensePoly<T>): boolean;
  equals(a: DensePoly<T>, b: DensePoly<T>): boolean;
  add(a: DensePoly<T>, b: DensePoly<T>): DensePoly<T>;
  sub(a: DensePoly<T>, b: DensePoly<T>): DensePoly<T>;
  neg(a: DensePoly<T>): DensePoly<T>;
  scale(a: DensePoly<T>, factor: T): DensePoly<T>;
  mul(a: DensePoly<T>, b: DensePoly<T>): DensePoly<T>;
  pow(a: DensePoly<T>, exponent: number): DensePoly<T>;
  /** a = quotient*b + remainder with deg remainder < deg b; DomainError for b = 0. */
  divmod(a: DensePoly<T>, b: DensePoly<T>): { quotient: DensePoly<T>; remainder: DensePoly<T> };
  /** The quotient when b divides a, else undefined; DomainError for b = 0. */
  divideExact(a: DensePoly<T>, b: DensePoly<T>): DensePoly<T> | undefined;
  /** a over its leading coefficient; the zero polynomial stays. */
  monic(a: DensePoly<T>): DensePoly<T>;
  /** The monic greatest common divisor; 0 for two zero polynomials. */
  gcd(a: DensePoly<T>, b: DensePoly<T>): DensePoly<T>;
  /** The monic greatest common divisor with cofactors: gcd = s*a + t*b, deg s < deg b - deg gcd and so on. */
  extendedGcd(a: DensePoly<T>, b: DensePoly<T>): { gcd: DensePoly<T>; s: DensePoly<T>; t: DensePoly<T> };
  derivative(a: DensePoly<T>): DensePoly<T>;
  evaluate(a: DensePoly<T>, at: T): T;
  /** a(x + shift). */
  taylorShift(a: DensePoly<T>, shift: T): DensePoly<T>;
  /** a(b(x)). */
  compose(a: DensePoly<T>, b: DensePoly<T>): DensePoly<T>;
  /**
   * Yun's decomposition into monic, pairwise coprime, square-free factors of positive degree, by ascending multiplicity; the
   * leading coefficient is dropped. The field must have characteristic 0, or one larger than the degree.
   */
  squareFree(a: DensePoly<T>): { factor: DensePoly<T>; multiplicity: number }[];
  /** The resultant, by the Euclidean algorithm; 0 when one of the two is zero. */
  resultant(a: DensePoly<T>, b: DensePoly<T>): T;
  toText(a: DensePoly<T>, name?: string): string;
}

/** Polynomials in one variable over the given field; schoolbook arithmetic, O(n^2) field operations. Exact over an exact field. */
export function densePoly<T>(field: Field<T>): DensePolyRing<T> {
  type Poly = DensePoly<T>;
  const zero: Poly = [];
  const one: Poly = [field.one];

  const trim = (coeffs: readonly T[]): Poly => {
    let length = coeffs.length;
    while (length > 0 && field.isZero(coeffs[length - 1]!)) length -= 1;
    return length === coeffs.length ? coeffs : coeffs.slice(0, length);
  };
  const constant = (c: T): Poly => trim([c]);
  const leadingCoefficient = (a: Poly): T => (a.length === 0 ? field.zero : a[a.length - 1]!);
  const add = (a: Poly, b: Poly): Poly => {
    const [long, short] = a.length >= b.length ? [a, b] : [b, a];
    return trim(long.map((c, k) => (k < short.length ? field.add(c, short[k]!) : c)));
  };
  const neg = (a: Poly): Poly => a.map((c) => field.neg(c));
  const sub = (a: Poly, b: Poly): Poly => {
    const result: T[] = [];
    for (let k = 0; k < Math.max(a.length, b.length); k++) {
      if (k >= b.length) result.push(a[k]!);
      else result.push(k < a.length ? field.sub(a[k]!, b[k]!) : field.neg(b[k]!));
    }
    return trim(result);
  };
  const scale = (a: Poly, factor: T): Poly => (field.isZero(factor) ? zero : a.map((c) => field.mul(c, factor)));
  const mul = (a: Poly, b: Poly): Poly => {
    if (a.length === 0 || b.length === 0) return zero;
    const result = new Array<T>(a.length + b.length - 1).fill(field.zero);
    for (let i = 0; i < a.length; i++) {
      if (field.isZero(a[i]!)) continue;
      for (let j = 0; j < b.length; j++) result[i + j] = field.add(result[i + j]!, field.mul(a[i]!, b[j]!));
    }
    return result;
  };
  const pow = (a: Poly, exponent: number): Poly => {
    if (!Number.isInteger(exponent) || exponent < 0) {
      throw new DomainError(`a polynomial can be raised to a whole power that is not negative, not to ${exponent}`);
    }
    let result = one;
    let square = a;
    for (let e = exponent; e > 0; e = Math.floor(e / 2)) {
      if (e % 2 === 1) result = mul(result, square);
      if (e > 1) square = mul(square, square);
    }
    return result;
  };
  const divmod = (a: Poly, b: Poly): { quotient: Poly; remainder: Poly } => {
    if (b.length === 0) throw new DomainError("a polynomial cannot be divided by 0");
    if (a.length < b.length) return { quotient: zero, remainder: a };
    const inverse = field.inv(b[b.length - 1]!);
    const rest = a.slice();
    const quotient = new Array<T>(a.length - b.length + 1).fill(field.zero);
    for (let k = quotient.length - 1; k >= 0; k--) {
      const top = rest[k + b.length - 1]!;
      if (field.isZero(top)) continue;
      const q = field.mul(top, inverse);
      quotient[k] = q;
      for (let j = 0; j < b.length - 1; j++) rest[k + j] = field.sub(rest[k + j]!, field.mul(q, b[j]!));
    }
    return { quotient, remainder: trim(rest.slice(0, b.length - 1)) };
  };
  const divideExact = (a: Poly, b: Poly): Poly | undefined => {
    const { quotient, remainder } = divmod(a, b);
    return remainder.length === 0 ? quotient : undefined;
  };
  const monic = (a: Poly): Poly => (a.length === 0 ? a : scale(a, field.inv(leadingCoefficient(a))));
  const gcd = (a: Poly, b: Poly): Poly => {
    let [x, y] = [monic(a), monic(b)];
    while (y.length > 0) [x, y] = [y, monic(divmod(x, y).remainder)];
    return x;
  };
  const extendedGcd = (a: Poly, b: Poly): { gcd: Poly; s: Poly; t: Poly } => {
    let [r0, r1, s0, s1, t0, t1] = [a, b, one, zero, zero, one];
    while (r1.length > 0) {
      const { quotient, remainder } = divmod(r0, r1);
      [r0, r1] = [r1, remainder];
      [s0, s1] = [s1, sub(s0, mul(quotient, s1))];
      [t0, t1] = [t1, sub(t0, mul(quotient, t1))];
    }
    if (r0.length === 0) return { gcd: zero, s: zero, t: zero };
    const unit = field.inv(leadingCoefficient(r0));
    return { gcd: scale(r0, unit), s: scale(s0, unit), t: scale(t0, unit) };
  };
  const derivative = (a: Poly): Poly => trim(a.slice(1).map((c, k) => field.mul(c, field.fromInteger(BigInt(k + 1)))));
  const evaluate = (a: Poly, at: T): T => {
    let value = field.zero;
    for (let k = a.length - 1; k >= 0; k--) value = field.add(field.mul(value, at), a[k]!);
    return value;
  };
  const compose = (a: Poly, b: Poly): Poly => {
    let result = zero;
    for (let k = a.length - 1; k >= 0; k--) result = add(mul(result, b), constant(a[k]!));
    return result;
  };
  const taylorShift = (a: Poly, shift: T): Poly => {
    const c = a.slice();
    for (let i = 0; i < c.length - 1; i++) {
      for (let j = c.length - 2; j >= i; j--) c[j] = field.add(c[j]!, field.mul(shift, c[j + 1]!));
    }
    return c;
  };
  const squareFree = (a: Poly): { factor: Poly; multiplicity: number }[] => {
    const found: { factor: Poly; multiplicity: number }[] = [];
    if (a.length <= 1) return found;
    const f = monic(a);
    const slope = derivative(f);
    const repeated = gcd(f, slope);
    let rest = divmod(f, repeated).quotient;
    let other = sub(divmod(slope, repeated).quotient, derivative(rest));
    for (let multiplicity = 1; rest.length > 1; multiplicity++) {
      const factor = gcd(rest, other);
      if (factor.length > 1) found.push({ factor, multiplicity });
      rest = divmod(rest, factor).quotient;
      other = sub(divmod(other, factor).quotient, derivative(rest));
    }
    return found;
  };
  const resultant = (a: Poly, b: Poly): T => {
    if (a.length === 0 || b.length === 0) return field.zero;
    let [x, y, value] = [a, b, field.one];
    while (y.length > 1) {
      const { remainder } = divmod(x, y);
      if (remainder.length === 0) return field.zero;
      // res(x, y) = (-1)^(deg x * deg y) * lead(y)^(deg x - deg remainder) * res(y, remainder)
      value = field.mul(value, field.pow(leadingCoefficient(y), x.length - remainder.length));
      if ((x.length - 1) % 2 === 1 && (y.length - 1) % 2 === 1) value = field.neg(value);
      [x, y] = [y, remainder];
    }
    return field.mul(value, field.pow(y[0]!, x.length - 1));
  };
  const toText = (a: Poly, name = "x"): string => {
    const terms = a.flatMap((c, k) => {
      if (field.isZero(c)) return [];
      const power = k === 0 ? "" : k === 1 ? name : `${name}^${k}`;
      if (power === "") return [field.toText(c)];
      return field.equals(c, field.one) ? [power] : [`(${field.toText(c)})*${power}`];
    });
    return terms.length === 0 ? "0" : terms.reverse().join(" + ");
  };

  return {
    field,
    zero,
    one,
    variable: [field.zero, field.one],
    trim,
    constant,
    fromIntegers: (coeffs) => trim(coeffs.map((c) => field.fromInteger(c))),
    degree: (a) => a.length - 1,
    leadingCoefficient,
    isZero: (a) => a.length === 0,
    equals: (a, b) => a.length === b.length && a.every((c, k) => field.equals(c, b[k]!)),
    add,
    sub,
    neg,
    scale,
    mul,
    pow,
    divmod,
    divideExact,
    monic,
    gcd,
    extendedGcd,
    derivative,
    evaluate,
    taylorShift,
    compose,
    squareFree,
    resultant,
    toText,
  };
}
