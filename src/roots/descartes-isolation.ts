import { type IntegerPoly, integerPoly } from "../poly/index.js";
import { QQ, type Rational } from "../rings/index.js";

/** An interval with rational ends that contains exactly one root; lower = upper for a root found exactly. */
export interface IsolatingInterval {
  readonly lower: Rational;
  readonly upper: Rational;
}

/** The number of sign changes in the list of coefficients: an upper bound of the number of positive roots, of equal parity. */
export function signVariations(p: IntegerPoly): number {
  let variations = 0;
  let previous = 0;
  for (const c of p) {
    if (c === 0n) continue;
    const sign = c > 0n ? 1 : -1;
    if (previous !== 0 && sign !== previous) variations += 1;
    previous = sign;
  }
  return variations;
}

/** log2 |n| for n not 0, right to about 12 decimal places. */
function log2(n: bigint): number {
  const hex = (n < 0n ? -n : n).toString(16);
  return Math.log2(Number.parseInt(hex.slice(0, 13), 16)) + 4 * Math.max(0, hex.length - 13);
}

/**
 * An exponent e such that every positive root of p is less than 2^e; undefined when there is no sign change and so no positive
 * root. Each coefficient of the wrong sign is outweighed by a share 2^-t of one above it [Akritas, Strzeboński, Vigklas 2008,
 * the bound LMQ, with the shares counted for the chosen coefficient only].
 */
function rootBoundExponent(p: IntegerPoly): number | undefined {
  const positive = p[p.length - 1]! > 0n;
  const above: { index: number; log: number; share: number }[] = [];
  let bound: number | undefined;
  for (let i = p.length - 1; i >= 0; i--) {
    const c = p[i]!;
    if (c === 0n) continue;
    const log = log2(c);
    if (c > 0n === positive) {
      above.push({ index: i, log, share: 1 });
      continue;
    }
    let best = above[0]!;
    let least = Number.POSITIVE_INFINITY;
    for (const candidate of above) {
      const needed = (log - candidate.log + candidate.share) / (candidate.index - i);
      if (needed < least) {
        least = needed;
        best = candidate;
      }
    }
    best.share += 1;
    bound = bound === undefined ? least : Math.max(bound, least);
  }
  return bound === undefined ? undefined : Math.floor(bound + 1e-9) + 1;
}

/** The part of p whose positive roots x stand for the roots (a*x + b)/(c*x + d) of the given polynomial. */
interface Piece {
  readonly p: IntegerPoly;
  readonly a: bigint;
  readonly b: bigint;
  readonly c: bigint;
  readonly d: bigint;
}

function strip(p: IntegerPoly): IntegerPoly {
  return p[0] === 0n ? p.slice(1) : p;
}

/**
 * Disjoint isolating intervals, in no order, for the positive roots of a square-free p (Vincent's theorem: the continued
 * fraction method of Akritas and Strzeboński). The ends of an interval that is not a point are not roots if p is irreducible of
 * degree >= 2.
 */
function isolatePositiveRoots(polynomial: IntegerPoly): IsolatingInterval[] {
  const found: IsolatingInterval[] = [];
  const stack: Piece[] = [{ p: strip(polynomial), a: 1n, b: 0n, c: 0n, d: 1n }];
  const point = (num: bigint, den: bigint): void => {
    const at = QQ.fromRatio(num, den);
    found.push({ lower: at, upper: at });
  };
  for (let piece = stack.pop(); piece !== undefined; piece = stack.pop()) {
    let { p, a, b, c, d } = piece;
    let variations = signVariations(p);
    if (variations > 1) {
      // Move up to a lower bound of the positive roots, so that small partial quotients remain.
      const inverse = rootBoundExponent(integerPoly.reverse(p))!;
      if (-inverse >= 0) {
        const jump = 1n << BigInt(-inverse);
        if (jump <= 8n) {
          p = integerPoly.taylorShift(p, jump);
          [b, d] = [a * jump + b, c * jump + d];
        } else {
          p = integerPoly.taylorShift(integerPoly.scaleVariable(p, jump), 1n);
          [a, c] = [a * jump, c * jump];
          [b, d] = [a + b, c + d];
        }
        if (p[0] === 0n) {
          point(b, d);
          p = strip(p);
        }
        variations = signVariations(p);
      }
    }
    if (variations === 0) continue;
    if (variations === 1) {
      const one = QQ.fromRatio(b, d);
      const infinity =
        c === 0n
          ? QQ.fromRatio((a << positivePart(p)) + (b << negativePart(p)), d << negativePart(p))
          : QQ.fromRatio(a, c);
      found.push(QQ.compare(one, infinity) < 0 ? { lower: one, upper: infinity } : { lower: infinity, upper: one });
      continue;
    }
    const right = integerPoly.taylorShift(p, 1n);
    if (right[0] === 0n) point(a + b, c + d);
    const rightPiece = { p: strip(right), a, b: a + b, c, d: c + d };
    if (signVariations(rightPiece.p) < variations) {
      const left = strip(integerPoly.taylorShift(integerPoly.reverse(p), 1n));
      stack.push({ p: left, a: b, b: a + b, c: d, d: c + d });
    }
    stack.push(rightPiece);
  }
  return found;
}

function positivePart(p: IntegerPoly): bigint {
  return BigInt(Math.max(0, rootBoundExponent(p)!));
}

function negativePart(p: IntegerPoly): bigint {
  return BigInt(Math.max(0, -rootBoundExponent(p)!));
}

/** Disjoint isolating intervals in ascending order for all real roots of an irreducible p of degree >= 2. */
export function isolateRealRoots(p: IntegerPoly): IsolatingInterval[] {
  const negative = isolatePositiveRoots(integerPoly.scaleVariable(p, -1n)).map(({ lower, upper }) => ({
    lower: QQ.neg(upper),
    upper: QQ.neg(lower),
  }));
  return [...negative, ...isolatePositiveRoots(p)].sort((x, y) => QQ.compare(x.lower, y.lower));
}

/** {@link isolateRealRoots} for the roots between lo < hi, which are not roots themselves. */
export function isolateRealRootsBetween(p: IntegerPoly, lo: Rational, hi: Rational): IsolatingInterval[] {
  // x = (hi*t + lo)/(t + 1) runs through (lo, hi) for t in (0, infinity).
  const [a, b, c, d] = [hi.num * lo.den, lo.num * hi.den, hi.den * lo.den, hi.den * lo.den];
  const pulled = integerPoly.primitive(integerPoly.pullBackMobius(p, a, b, c, d));
  const image = (t: Rational): Rational => QQ.fromRatio(a * t.num + b * t.den, c * t.num + d * t.den);
  return isolatePositiveRoots(pulled)
    .map(({ lower, upper }) => ({ lower: image(lower), upper: image(upper) }))
    .sort((x, y) => QQ.compare(x.lower, y.lower));
}
