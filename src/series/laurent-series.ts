import { DomainError } from "../core/index.js";
import type { Field } from "../rings/index.js";
import { powerSeries } from "./power-series.js";

/**
 * Σ coefficients[k]·t^(valuation + k), known up to the power valuation + coefficients.length, exclusive. The first coefficient is not 0,
 * unless the list is empty: then nothing but O(t^valuation) is known.
 */
export interface LaurentSeries<T> {
  readonly valuation: number;
  readonly coefficients: readonly T[];
}

/** A Laurent series in t = x^(1/ramification). */
export interface PuiseuxSeries<T> extends LaurentSeries<T> {
  readonly ramification: number;
}

/** Truncated Puiseux series over a field of characteristic 0. Every result is known as far as its arguments determine it. */
export interface PuiseuxSeriesRing<T> {
  /** Σ coefficients[k]·x^((valuation + k)/ramification), with zeros at the front taken away. */
  create(coefficients: readonly T[], valuation?: number, ramification?: number): PuiseuxSeries<T>;
  /** The order from which on nothing is known, as a power of x. */
  precision(a: PuiseuxSeries<T>): number;
  add(a: PuiseuxSeries<T>, b: PuiseuxSeries<T>): PuiseuxSeries<T>;
  sub(a: PuiseuxSeries<T>, b: PuiseuxSeries<T>): PuiseuxSeries<T>;
  neg(a: PuiseuxSeries<T>): PuiseuxSeries<T>;
  mul(a: PuiseuxSeries<T>, b: PuiseuxSeries<T>): PuiseuxSeries<T>;
  scale(a: PuiseuxSeries<T>, factor: T): PuiseuxSeries<T>;
  /** 1/a; {@link DomainError} when no coefficient is known. */
  inverse(a: PuiseuxSeries<T>): PuiseuxSeries<T>;
  div(a: PuiseuxSeries<T>, b: PuiseuxSeries<T>): PuiseuxSeries<T>;
  /** The derivative with respect to x. */
  derivative(a: PuiseuxSeries<T>): PuiseuxSeries<T>;
  /** The series in t = x^(1/(ramification·factor)). */
  ramify(a: PuiseuxSeries<T>, factor: number): PuiseuxSeries<T>;
}

export function puiseuxSeries<T>(field: Field<T>): PuiseuxSeriesRing<T> {
  const ring = powerSeries(field);
  const create = (coefficients: readonly T[], valuation = 0, ramification = 1): PuiseuxSeries<T> => {
    const zeros = coefficients.findIndex((c) => !field.isZero(c));
    const skip = zeros < 0 ? coefficients.length : zeros;
    return { ramification, valuation: valuation + skip, coefficients: coefficients.slice(skip) };
  };
  const ramify = (a: PuiseuxSeries<T>, factor: number): PuiseuxSeries<T> => {
    if (!Number.isInteger(factor) || factor < 1) throw new DomainError(`the ramification ${factor} is no integer >= 1`);
    if (factor === 1) return a;
    const spread = a.coefficients.flatMap((c) => [c, ...new Array<T>(factor - 1).fill(field.zero)]);
    return { ramification: a.ramification * factor, valuation: a.valuation * factor, coefficients: spread };
  };
  const common = (a: PuiseuxSeries<T>, b: PuiseuxSeries<T>): [PuiseuxSeries<T>, PuiseuxSeries<T>] => {
    const gcd = greatestCommonDivisor(a.ramification, b.ramification);
    return [ramify(a, b.ramification / gcd), ramify(b, a.ramification / gcd)];
  };
  const combine = (x: PuiseuxSeries<T>, y: PuiseuxSeries<T>, join: (p: T, q: T) => T): PuiseuxSeries<T> => {
    const [a, b] = common(x, y);
    const from = Math.min(a.valuation, b.valuation);
    const to = Math.min(a.valuation + a.coefficients.length, b.valuation + b.coefficients.length);
    const at = (s: PuiseuxSeries<T>, k: number): T => s.coefficients[from + k - s.valuation] ?? field.zero;
    const sums = Array.from({ length: Math.max(0, to - from) }, (_, k) => join(at(a, k), at(b, k)));
    return create(sums, Math.min(from, to), a.ramification);
  };
  const mul = (x: PuiseuxSeries<T>, y: PuiseuxSeries<T>): PuiseuxSeries<T> => {
    const [a, b] = common(x, y);
    return create(ring.mul(a.coefficients, b.coefficients), a.valuation + b.valuation, a.ramification);
  };
  const inverse = (a: PuiseuxSeries<T>): PuiseuxSeries<T> => {
    if (a.coefficients.length === 0) throw new DomainError("a series of which no coefficient is known has no inverse");
    return { ...a, valuation: -a.valuation, coefficients: ring.inverse(a.coefficients) };
  };
  return {
    create,
    precision: (a) => (a.valuation + a.coefficients.length) / a.ramification,
    add: (a, b) => combine(a, b, (p, q) => field.add(p, q)),
    sub: (a, b) => combine(a, b, (p, q) => field.sub(p, q)),
    neg: (a) => ({ ...a, coefficients: a.coefficients.map((c) => field.neg(c)) }),
    mul,
    scale: (a, factor) =>
      create(
        a.coefficients.map((c) => field.mul(c, factor)),
        a.valuation,
        a.ramification,
      ),
    inverse,
    div: (a, b) => mul(a, inverse(b)),
    derivative: (a) =>
      create(
        a.coefficients.map((c, k) =>
          field.div(
            field.mul(c, field.fromInteger(BigInt(a.valuation + k))),
            field.fromInteger(BigInt(a.ramification)),
          ),
        ),
        a.valuation - a.ramification,
        a.ramification,
      ),
    ramify,
  };
}

export function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
