import { DomainError } from "../core/index.js";
import type { Field } from "../rings/index.js";

/**
 * A power series known to finite order: `series[k]` multiplies w^k, and everything from w^length on is unknown. Its length
 * is its order.
 */
export type PowerSeries<T> = readonly T[];

/** Truncated power series over a field. The result of every operation is known to the smaller of its arguments' orders. */
export interface PowerSeriesRing<T> {
  constant(value: T, order: number): PowerSeries<T>;
  add(a: PowerSeries<T>, b: PowerSeries<T>): PowerSeries<T>;
  sub(a: PowerSeries<T>, b: PowerSeries<T>): PowerSeries<T>;
  /** Schoolbook product, O(order²) operations. */
  mul(a: PowerSeries<T>, b: PowerSeries<T>): PowerSeries<T>;
  scale(a: PowerSeries<T>, factor: T): PowerSeries<T>;
  /** 1/a, O(order²) operations; {@link DomainError} when the constant term is zero. */
  inverse(a: PowerSeries<T>): PowerSeries<T>;
  /** The series r with a(r(w)) = w, for a = a_1 w + …, a_1 ≠ 0, by Lagrange inversion: r_n = [w^(n−1)] (w/a)^n / n. */
  reversion(a: PowerSeries<T>): PowerSeries<T>;
  /** a(b(w)) for b = b_1 w + …, by Horner's rule; {@link DomainError} for any other b. */
  compose(a: PowerSeries<T>, b: PowerSeries<T>): PowerSeries<T>;
  /** a'(w), known to one order less. */
  derivative(a: PowerSeries<T>): PowerSeries<T>;
  /** The integral from 0, known to one order more. */
  integral(a: PowerSeries<T>): PowerSeries<T>;
  /** exp a for a = a_1 w + …, from f' = a' f; {@link DomainError} for any other a. Characteristic 0. */
  exp(a: PowerSeries<T>): PowerSeries<T>;
  /** log a for a = 1 + a_1 w + …, the integral of a'/a; {@link DomainError} for any other a. Characteristic 0. */
  log(a: PowerSeries<T>): PowerSeries<T>;
  /** a^r for a = 1 + a_1 w + … and r in the field, from a f' = r a' f; {@link DomainError} for any other a. */
  pow(a: PowerSeries<T>, exponent: T): PowerSeries<T>;
}

export function powerSeries<T>(field: Field<T>): PowerSeriesRing<T> {
  const mul = (a: PowerSeries<T>, b: PowerSeries<T>): PowerSeries<T> => {
    const order = Math.min(a.length, b.length);
    const product: T[] = new Array<T>(order).fill(field.zero);
    for (let i = 0; i < order; i++) {
      const left = a[i]!;
      if (field.isZero(left)) continue;
      for (let j = 0; i + j < order; j++) {
        const right = b[j]!;
        if (!field.isZero(right)) product[i + j] = field.add(product[i + j]!, field.mul(left, right));
      }
    }
    return product;
  };
  const inverse = (a: PowerSeries<T>): PowerSeries<T> => {
    if (a.length === 0) return [];
    if (field.isZero(a[0]!)) throw new DomainError("a power series with constant term zero has no inverse");
    const first = field.inv(a[0]!);
    const result: T[] = [first];
    for (let n = 1; n < a.length; n++) {
      let sum = field.zero;
      for (let k = 1; k <= n; k++) sum = field.add(sum, field.mul(a[k]!, result[n - k]!));
      result.push(field.neg(field.mul(sum, first)));
    }
    return result;
  };
  const zip = (a: PowerSeries<T>, b: PowerSeries<T>, combine: (x: T, y: T) => T): PowerSeries<T> =>
    Array.from({ length: Math.min(a.length, b.length) }, (_, k) => combine(a[k]!, b[k]!));
  const integer = (n: number): T => field.fromInteger(BigInt(n));
  const derivative = (a: PowerSeries<T>): PowerSeries<T> => a.slice(1).map((c, k) => field.mul(c, integer(k + 1)));
  const integral = (a: PowerSeries<T>): PowerSeries<T> => [
    field.zero,
    ...a.map((c, k) => field.div(c, integer(k + 1))),
  ];
  const requireOne = (a: PowerSeries<T>, what: string): void => {
    if (a.length > 0 && !field.equals(a[0]!, field.one)) {
      throw new DomainError(`the ${what} of a power series needs the constant term 1`);
    }
  };
  const requireZero = (a: PowerSeries<T>, what: string): void => {
    if (a.length > 0 && !field.isZero(a[0]!)) throw new DomainError(`${what} needs a series without a constant term`);
  };
  /** The f = 1 + … with a f' = r a' f: n f_n = Σ_{k=1..n} (r k − (n − k)) a_k f_{n−k}, since a_0 = 1. */
  const pow = (a: PowerSeries<T>, exponent: T): PowerSeries<T> => {
    requireOne(a, "power");
    const result: T[] = a.length > 0 ? [field.one] : [];
    for (let n = 1; n < a.length; n++) {
      let sum = field.zero;
      for (let k = 1; k <= n; k++) {
        const weight = field.sub(field.mul(exponent, integer(k)), integer(n - k));
        sum = field.add(sum, field.mul(weight, field.mul(a[k]!, result[n - k]!)));
      }
      result.push(field.div(sum, integer(n)));
    }
    return result;
  };
  return {
    derivative,
    integral,
    pow,
    compose(a, b) {
      requireZero(b, "composition");
      const order = Math.min(a.length, b.length);
      let result: PowerSeries<T> = new Array<T>(order).fill(field.zero);
      for (let k = order - 1; k >= 0; k--) {
        const [first, ...rest] = mul(result, b);
        if (first !== undefined) result = [field.add(first, a[k]!), ...rest];
      }
      return result;
    },
    exp(a) {
      requireZero(a, "the exponential of a power series");
      const slope = derivative(a);
      const result: T[] = a.length > 0 ? [field.one] : [];
      for (let n = 1; n < a.length; n++) {
        let sum = field.zero;
        for (let k = 0; k < n; k++) sum = field.add(sum, field.mul(slope[k]!, result[n - 1 - k]!));
        result.push(field.div(sum, integer(n)));
      }
      return result;
    },
    log(a) {
      requireOne(a, "logarithm");
      return a.length === 0 ? [] : integral(mul(derivative(a), inverse(a.slice(0, -1))));
    },
    constant: (value, order) => Array.from({ length: order }, (_, k) => (k === 0 ? value : field.zero)),
    add: (a, b) => zip(a, b, (x, y) => field.add(x, y)),
    sub: (a, b) => zip(a, b, (x, y) => field.sub(x, y)),
    mul,
    scale: (a, factor) => a.map((x) => field.mul(x, factor)),
    inverse,
    reversion(a) {
      if (a.length < 2 || !field.isZero(a[0]!) || field.isZero(a[1]!)) {
        throw new DomainError("only a power series a_1 w + a_2 w^2 + … with a_1 ≠ 0 has a reversion");
      }
      const ratio = inverse(a.slice(1));
      const result: T[] = [field.zero];
      let power: PowerSeries<T> = ratio;
      for (let n = 1; n < a.length; n++) {
        result.push(field.div(power[n - 1]!, field.fromInteger(BigInt(n))));
        if (n + 1 < a.length) power = mul(power, ratio);
      }
      return result;
    },
  };
}
