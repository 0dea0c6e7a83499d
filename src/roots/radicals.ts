import { InternalError } from "../core/index.js";
import { integerGcd, QQ, type Rational, rationalToText } from "../rings/index.js";
import { integerPoly } from "../univariate/index.js";
import { type AlgebraicNumber, rationalValue } from "./algebraic-number.js";
import { extractPower, integerRoot } from "./integer-root.js";

/** The real number rational + sum of coefficient * (radicand)^(1/index), with positive radicands. */
interface RadicalSum {
  readonly rational: Rational;
  readonly terms: readonly { readonly coefficient: Rational; readonly index: number; readonly radicand: RadicalSum }[];
}

/** An interval [lower, upper] / 2^bits. */
interface Enclosure {
  readonly lower: bigint;
  readonly upper: bigint;
}

/**
 * The number in radicals: `3/2`, `(7 + 3*sqrt(5))/2`, `cbrt(2)`, `sqrt(2) + sqrt(3)`, `sqrt(1 + sqrt(2))`, `1 - 2^(1/5)`. Found for degree
 * 1 and 2 and, after the shift that removes the second coefficient, for minimal polynomials in x^k of degree 1 or 2 in x^k; undefined
 * for any other, which is no statement that there are no radicals. Square factors (k-th powers) are pulled out as far as prime
 * factors below 10^5 go. Before it is returned the expression is evaluated with proven bounds: the enclosure lies in the isolating
 * interval, and the minimal polynomial changes sign on it. Exact.
 */
export function radicals(a: AlgebraicNumber): string | undefined {
  const value = rationalValue(a);
  if (value !== undefined) return rationalToText(value);
  const candidates = realCandidates(a);
  if (candidates.length === 0) return undefined;
  for (let bits = 128; bits <= 1 << 16; bits *= 2) {
    const inside: { candidate: RadicalSum; lower: Rational; upper: Rational }[] = [];
    let open = false;
    for (const candidate of candidates) {
      const enclosure = enclose(candidate, bits);
      const lower = enclosure && QQ.fromRatio(enclosure.lower, 1n << BigInt(bits));
      const upper = enclosure && QQ.fromRatio(enclosure.upper, 1n << BigInt(bits));
      if (lower === undefined || upper === undefined) open = true;
      else if (QQ.compare(lower, a.lower) >= 0 && QQ.compare(upper, a.upper) <= 0)
        inside.push({ candidate, lower, upper });
      else if (QQ.compare(upper, a.lower) >= 0 && QQ.compare(lower, a.upper) <= 0) open = true;
    }
    const [found] = inside;
    if (open || found === undefined || inside.length > 1) continue;
    const p = a.minimalPolynomial;
    if (integerPoly.signAt(p, found.lower) === integerPoly.signAt(p, found.upper)) break;
    return sumToText(found.candidate);
  }
  throw new InternalError(`no radical expression matches a root of ${integerPoly.toText(a.minimalPolynomial)}`);
}

/** Expressions among which the number is, by the shape of its minimal polynomial. */
function realCandidates(a: AlgebraicNumber): RadicalSum[] {
  const p = a.minimalPolynomial;
  const n = p.length - 1;
  if (n === 2) return quadraticRoots(p[2]!, p[1]!, p[0]!);
  const center = QQ.fromRatio(-p[n - 1]!, BigInt(n) * p[n]!);
  const centered = integerPoly.primitive(integerPoly.pullBackMobius(p, center.den, center.num, 0n, center.den));
  let step = 0n;
  centered.forEach((c, k) => {
    if (c !== 0n) step = integerGcd(step, BigInt(k));
  });
  const k = Number(step);
  const q = centered.filter((_, i) => i % k === 0);
  const around = (terms: RadicalSum["terms"]): RadicalSum => ({ rational: center, terms });
  if (q.length === 2) {
    const power: RadicalSum = { rational: QQ.fromRatio(-q[0]!, q[1]!), terms: [] };
    return realRootsOf(power, k).map(around);
  }
  if (q.length !== 3) return [];
  if (k === 2) {
    // y^2 = u + v*sqrt(d): y = ±sqrt(s) ± sqrt(t) with s + t = u and 4st = v^2 d when the norm of y^2 is the square of a rational.
    const norm = squareRoot(QQ.fromRatio(q[0]!, q[2]!));
    if (norm !== undefined) {
      const half = QQ.fromRatio(-q[1]!, 2n * q[2]!);
      const squares = [QQ.sub(half, norm), QQ.add(half, norm)].map((x) => QQ.mul(x, QQ.half));
      const [first, second] = squares.map((x) => realRootsOf({ rational: x, terms: [] }, 2));
      return first!.flatMap((x) => second!.map((y) => around([...x, ...y])));
    }
  }
  return quadraticRoots(q[2]!, q[1]!, q[0]!)
    .flatMap((power) => realRootsOf(power, k))
    .map(around);
}

function squareRoot(r: Rational): Rational | undefined {
  if (r.num < 0n) return undefined;
  const [num, den] = [integerRoot(r.num, 2), integerRoot(r.den, 2)];
  return num * num === r.num && den * den === r.den ? { num, den } : undefined;
}

/** The real roots of a*x^2 + b*x + c, irreducible. */
function quadraticRoots(a: bigint, b: bigint, c: bigint): RadicalSum[] {
  const discriminant = b * b - 4n * a * c;
  if (discriminant < 0n) return [];
  return realRootsOf({ rational: QQ.fromInteger(discriminant), terms: [] }, 2).map((terms) => ({
    rational: QQ.fromRatio(-b, 2n * a),
    terms: terms.map((term) => ({ ...term, coefficient: QQ.mul(term.coefficient, QQ.fromRatio(1n, 2n * a)) })),
  }));
}

/** The real k-th roots of a number that is not 0, each as a sum of one term. */
function realRootsOf(power: RadicalSum, k: number): RadicalSum["terms"][] {
  const sign = signOfSum(power);
  if (sign < 0 && k % 2 === 0) return [];
  const positive = sign < 0 ? scaleSum(power, QQ.fromInteger(-1n)) : power;
  // The content n/d of the radicand leaves the root: (n/d)^(1/k) = (n*d^(k-1))^(1/k)/d.
  const parts = [positive.rational, ...positive.terms.map((term) => term.coefficient)];
  const den = parts.reduce((l, x) => (l / integerGcd(l, x.den)) * x.den, 1n);
  const num = parts.reduce((g, x) => integerGcd(g, (x.num * den) / x.den), 0n);
  const { outside, inside } = extractPower(num * den ** BigInt(k - 1), k);
  const radicand = scaleSum(positive, QQ.fromRatio(inside * den, num));
  const coefficient = QQ.fromRatio(outside, den);
  const root = (c: Rational): RadicalSum["terms"] => [{ coefficient: c, index: k, radicand }];
  if (k % 2 === 1) return [root(sign < 0 ? QQ.neg(coefficient) : coefficient)];
  return [root(QQ.neg(coefficient)), root(coefficient)];
}

function scaleSum(sum: RadicalSum, factor: Rational): RadicalSum {
  return {
    rational: QQ.mul(sum.rational, factor),
    terms: sum.terms.map((term) => ({ ...term, coefficient: QQ.mul(term.coefficient, factor) })),
  };
}

function signOfSum(sum: RadicalSum): -1 | 1 {
  for (let bits = 64; ; bits *= 2) {
    const enclosure = enclose(sum, bits);
    if (enclosure !== undefined && enclosure.lower > 0n) return 1;
    if (enclosure !== undefined && enclosure.upper < 0n) return -1;
    if (bits > 1 << 20) throw new InternalError("the sign of a radical expression that is not 0 could not be found");
  }
}

/** An enclosure of the value, undefined while the precision does not show that a radicand is positive. */
function enclose(sum: RadicalSum, bits: number): Enclosure | undefined {
  const one = 1n << BigInt(bits);
  let lower = QQ.floor({ num: sum.rational.num * one, den: sum.rational.den });
  let upper = lower + 1n;
  for (const { coefficient, index, radicand } of sum.terms) {
    const inner = enclose(radicand, bits);
    if (inner === undefined || inner.lower <= 0n) return undefined;
    const stretch = BigInt(bits * (index - 1));
    const roots = [integerRoot(inner.lower << stretch, index), integerRoot(inner.upper << stretch, index) + 1n];
    if (coefficient.num < 0n) roots.reverse();
    lower += QQ.floor({ num: roots[0]! * coefficient.num, den: coefficient.den });
    upper += QQ.floor({ num: roots[1]! * coefficient.num, den: coefficient.den }) + 1n;
  }
  return { lower, upper };
}

function sumToText(sum: RadicalSum): string {
  const parts = [
    { coefficient: sum.rational, root: "" },
    ...sum.terms.map((term) => ({ coefficient: term.coefficient, root: rootToText(term.radicand, term.index) })),
  ].filter((part) => part.coefficient.num !== 0n);
  const den = parts.reduce((l, x) => (l / integerGcd(l, x.coefficient.den)) * x.coefficient.den, 1n);
  const whole = parts.map(({ coefficient, root }) => ({ factor: (coefficient.num * den) / coefficient.den, root }));
  // A positive part comes first, so that no sign stands in front where it can be avoided.
  const lead = whole.findIndex((part) => part.factor > 0n);
  if (lead > 0) whole.unshift(...whole.splice(lead, 1));
  const negative = lead < 0;
  const factorOut = negative && (whole.length === 1 || den !== 1n);
  let text = "";
  for (const { factor, root } of whole) {
    const size = factor < 0n ? -factor : factor;
    const term = root === "" ? `${size}` : size === 1n ? root : `${size}*${root}`;
    const minus = factor < 0n !== factorOut;
    text += text === "" ? (minus ? `-${term}` : term) : minus ? ` - ${term}` : ` + ${term}`;
  }
  if (den !== 1n) text = whole.length > 1 ? `(${text})/${den}` : `${text}/${den}`;
  return factorOut ? `-${text}` : text;
}

function rootToText(radicand: RadicalSum, index: number): string {
  const inner = sumToText(radicand);
  if (index === 2) return `sqrt(${inner})`;
  if (index === 3) return `cbrt(${inner})`;
  return radicand.terms.length === 0 ? `${inner}^(1/${index})` : `(${inner})^(1/${index})`;
}
