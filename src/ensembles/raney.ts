import { numericValue, type Scalar } from "../law/index.js";
import { checkSize } from "../matrices/index.js";
import {
  fractions,
  type RationalFunction,
  rationalFunction,
  rationalFunctionToText,
  resultant,
} from "../poly/index.js";
import { QQ, type Rational, rational, rationalToText } from "../rings/index.js";
import { ArgumentError, toNumber } from "./arguments.js";
import { defineEnsemble, type Ensemble, formula } from "./ensemble.js";
import { fussCatalan } from "./fuss-catalan.js";
import { upTo } from "./sequences.js";

const largestExponent = 60;

/**
 * −z m = B(1/z)^r with B(w) = 1 + w B(w)^p. With p = a/d, r = b/d and B = t^d the curve is z = t^a/(t^d − 1), −z m = t^b, and t is
 * eliminated; it is a rational function of z and m when a, b, d have no common factor, so that the resultant is irreducible.
 */
export const raney: Ensemble<[p: Scalar, r: Scalar]> = defineEnsemble<[p: Scalar, r: Scalar]>({
  name: "raney",
  title: "Raney law, with the two-parameter Fuss–Catalan numbers r/(np + r)·binomial(np + r, n) as moments",
  arguments: [
    { name: "p", kind: "scalar", doc: "a number, at least 1; fussCatalan(p) is raney(p + 1, 1)" },
    { name: "r", kind: "scalar", doc: "a number between 0 and p" },
  ],
  source: "W. Młotkowski, Doc. Math. 15 (2010) 939–955; K. A. Penson and K. Życzkowski, Phys. Rev. E 83 (2011) 061118",
  check(p, r) {
    const order = exponent("p", p, 0);
    const power = exponent("r", r, 1);
    if (QQ.compare(order, rational(1)) < 0) {
      throw new ArgumentError(`raney(p, r) needs p at least 1; got ${rationalToText(order)}`, { argument: 0 });
    }
    if (QQ.sign(power) <= 0 || QQ.compare(power, order) > 0) {
      throw new ArgumentError(`raney(p, r) needs r > 0 and at most p; got ${rationalToText(power)}`, { argument: 1 });
    }
    const { a } = exponents(p, r);
    if (a > largestExponent) {
      const sentence = `raney(p, r) is made for p and r whose numerators over a common denominator are at most ${largestExponent}`;
      throw new ArgumentError(`${sentence}; got ${a}`, { argument: 0 });
    }
  },
  curve(p, r, budget) {
    const { a, b, d } = exponents(p, r);
    const first = formula(`z*t^${d} - z - t^${a}`, {}, budget).numerator;
    const second = formula(`t^${b} + z*m`, {}, budget).numerator;
    return rationalFunction(resultant(first, second, "t", budget));
  },
  branch(p, r) {
    // B → ωB with ω^d = 1 is a branch too, and where ω^b = 1 it looks like a law at infinity, with another mean.
    const { b, d } = exponents(p, r);
    return greatestDivisor(BigInt(b), BigInt(d)) === 1n ? [] : [r];
  },
  closedForms(p, r) {
    const isAtom = (): boolean => toNumber(p) === 1 && toNumber(r) === 1;
    return {
      moments: (n) => upTo(n, (k) => raneyNumber(p, r, k)),
      cumulants: (n) => upTo(n, (k) => raneyNumber(fractions.sub(p, r), r, k)),
      edges: () => (isAtom() ? [] : [0, rightEdge(toNumber(p))]),
      atoms: () => (isAtom() ? [{ at: 1, weight: 1 }] : []),
      density() {
        const [order, power] = [toNumber(p), toNumber(r)];
        return (x) => density(order, power, x);
      },
    };
  },
  sample(size, random, p, r, budget) {
    checkSize(size);
    const factors = toNumber(p) - 1;
    if (toNumber(r) !== 1 || factors < 1 || !Number.isInteger(factors)) {
      throw new ArgumentError("a matrix with the law raney(p, r) is known here for r = 1 and integers p at least 2", {
        argument: 0,
      });
    }
    return fussCatalan.sampleWithin!(budget, size, random, factors);
  },
});

function exponent(name: string, value: RationalFunction, argument: number): Rational {
  const known = numericValue(value);
  if (known === undefined) {
    throw new ArgumentError(`raney(p, r) needs a number ${name}; got ${rationalFunctionToText(value)}`, { argument });
  }
  return known;
}

/** p = a/d and r = b/d with the least d. */
function exponents(p: RationalFunction, r: RationalFunction): { a: number; b: number; d: number } {
  const [order, power] = [exponent("p", p, 0), exponent("r", r, 1)];
  const common = (order.den * power.den) / greatestDivisor(order.den, power.den);
  return {
    a: Number((order.num * common) / order.den),
    b: Number((power.num * common) / power.den),
    d: Number(common),
  };
}

function greatestDivisor(x: bigint, y: bigint): bigint {
  return y === 0n ? x : greatestDivisor(y, x % y);
}

/** r/(kp + r)·binomial(kp + r, k) = (r/k!) Π_{0<i<k} (kp + r − i). */
function raneyNumber(p: RationalFunction, r: RationalFunction, k: number): RationalFunction {
  const { add, sub, mul, div, fromInteger } = fractions;
  const top = add(mul(fromInteger(BigInt(k)), p), r);
  let value = r;
  for (let i = 1; i < k; i++) value = div(mul(value, sub(top, fromInteger(BigInt(i)))), fromInteger(BigInt(i + 1)));
  return value;
}

function rightEdge(p: number): number {
  return p === 1 ? 1 : p ** p / (p - 1) ** (p - 1);
}

/**
 * With 0 < t < π/p, x = sin^p(pt) / (sin t · sin^(p−1)((p−1)t)) falls from the right edge to 0 and the density is
 * sin^(p−r−1)((p−1)t) · sin t · sin(rt) / (π sin^(p−r)(pt)) (P. J. Forrester and D.-Z. Liu, J. Stat. Phys. 158 (2015) 1051–1082).
 * For p = 1 it is the beta density sin(πr) x^(r−1) (1 − x)^(−r)/π.
 */
function density(p: number, r: number, x: number): number {
  if (!(x > 0) || x >= rightEdge(p)) return 0;
  if (p === 1) return (Math.sin(Math.PI * r) * x ** (r - 1) * (1 - x) ** -r) / Math.PI;
  const location = (t: number): number => Math.sin(p * t) ** p / (Math.sin(t) * Math.sin((p - 1) * t) ** (p - 1));
  let low = 0;
  let high = Math.PI / p;
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (location(middle) > x) low = middle;
    else high = middle;
  }
  const t = (low + high) / 2;
  const numerator = Math.sin((p - 1) * t) ** (p - r - 1) * Math.sin(t) * Math.sin(r * t);
  return numerator / (Math.PI * Math.sin(p * t) ** (p - r));
}
