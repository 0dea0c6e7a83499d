// Exact: real algebraic numbers and irreducible polynomials in the form in which a certificate shows them.
import { fromIntegerPoly, type IntegerPoly, integerPoly, toText } from "../poly/index.js";
import {
  bitLength,
  parseRational,
  powerOfTwo,
  QQ,
  type Rational,
  rational,
  rationalToDecimal,
  rationalToText,
} from "../rings/index.js";
import { type AlgebraicNumber, rationalValue, refine } from "../roots/index.js";
import { showsIrreducible } from "../verify/index.js";

/** Relative binary places of an interval, at least. */
const fewestBits = 160;

/**
 * The cell of a dyadic grid that holds a number, the same for equal numbers, so fine that both of its ends are rounded to the same text; twice
 * the number itself when it is rational.
 */
export function isolating(a: AlgebraicNumber, digits: number): readonly [Rational, Rational] {
  const exact = rationalValue(a);
  if (exact !== undefined) return [exact, exact];
  for (let bits = Math.max(fewestBits, Math.ceil(digits * 3.33) + 16); ; bits += 16) {
    const cell = cellAround(a, bits);
    if (rationalToDecimal(cell[0], digits) === rationalToDecimal(cell[1], digits)) return cell;
  }
}

function cellAround(a: AlgebraicNumber, bits: number): readonly [Rational, Rational] {
  for (let more = 8; ; more *= 2) {
    const { lower, upper } = refine(a, bits + more);
    const exponent = exponentOf(lower);
    if (exponent !== exponentOf(upper)) continue;
    const unit = powerOfTwo(bits - exponent);
    const [low, high] = [lower, upper].map((end) => QQ.floor(QQ.mul(end, unit))) as [bigint, bigint];
    if (low === high) return [QQ.div(rational(low), unit), QQ.div(rational(low + 1n), unit)];
  }
}

/** The e with 2^e ≤ |r| < 2^(e + 1). */
function exponentOf(r: Rational): number {
  const guess = bitLength(r.num) - bitLength(r.den);
  return QQ.compare(QQ.abs(r), powerOfTwo(guess)) < 0 ? guess - 1 : guess;
}

/** A number of an answer. */
export function numberAnswer(
  a: AlgebraicNumber,
  digits: number,
): { readonly value: string; readonly interval: readonly [string, string]; readonly minimalPolynomial: string } {
  const exact = rationalValue(a);
  const interval = endsOf(a, digits);
  return {
    value: exact === undefined ? rationalToDecimal(parseRational(interval[0]), digits) : interval[0],
    interval,
    minimalPolynomial: toText(fromIntegerPoly(a.minimalPolynomial, "x")),
  };
}

/** The last two fields of a root in a step. */
export function endsOf(a: AlgebraicNumber, digits: number): readonly [string, string] {
  const [lower, upper] = isolating(a, digits);
  return [rationalToText(lower), rationalToText(upper)];
}

/** How many values of a polynomial are tried for one that is prime but for a small factor. */
const mostTrials = 1000;

/**
 * Numbers "n k" by which the checker sees that an irreducible polynomial is so: f(n) = ± k·prime, and no root is so near to n as k. Empty for
 * one of degree 1, and where none was found: the checker names it then.
 */
export function witnessOf(f: IntegerPoly): string {
  if (f.length === 2) return "";
  for (const start of [0n, rootBound(f)]) {
    for (let step = 0n; step < mostTrials; step++) {
      for (const n of [start + step, -start - step]) {
        const k = cofactorAt(f, n);
        if (k !== undefined) return `${n} ${k}`;
      }
    }
  }
  return "";
}

/** A power of two beyond all roots [Fujiwara]. */
function rootBound(f: IntegerPoly): bigint {
  const top = bitLength(f.at(-1)!);
  const bits = f.map((c, k) =>
    k + 1 === f.length || c === 0n ? 0 : Math.ceil((bitLength(c) - top + 1) / (f.length - 1 - k)),
  );
  return 1n << BigInt(Math.max(0, ...bits) + 1);
}

const smallPrimes = [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n];

/** The k with f(n) = ± k·prime, when no root of f is within k of n. */
function cofactorAt(f: IntegerPoly, n: bigint): bigint | undefined {
  const { num } = integerPoly.evaluate(f, rational(n));
  let [rest, k] = [num < 0n ? -num : num, 1n];
  if (rest < 2n) return undefined;
  for (const p of smallPrimes) {
    while (rest % p === 0n && rest > p) {
      rest /= p;
      k *= p;
    }
  }
  return showsIrreducible(f, n, k) ? k : undefined;
}
