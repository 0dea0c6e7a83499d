import { type Budget, unlimited } from "../core/index.js";
import { QQ, type Rational } from "../rings/index.js";
import { type IntegerPoly, integerPoly } from "../univariate/index.js";
import { leadingBits } from "./leading-bits.js";

/** An interval with rational ends that contains exactly one root; lower = upper for a root found exactly. */
export interface IsolatingInterval {
  readonly lower: Rational;
  readonly upper: Rational;
  /** An estimate of the root, perhaps not in lowest terms; no promise. */
  readonly near?: Rational;
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

/**
 * An exponent e such that every positive root of p is less than 2^e; undefined when there is no sign change and so no positive
 * root. Each coefficient of the wrong sign is outweighed by a share 2^-t of one above it [Akritas, Strzeboński, Vigklas 2008,
 * the bound LMQ, with the shares counted for the chosen coefficient only].
 */
export function rootBoundExponent(p: IntegerPoly): number | undefined {
  const positive = p[p.length - 1]! > 0n;
  const above: { index: number; log: number; share: number }[] = [];
  let bound: number | undefined;
  for (let i = p.length - 1; i >= 0; i--) {
    const c = p[i]!;
    if (c === 0n) continue;
    const { mantissa, exponent } = leadingBits(c);
    const log = Math.log2(Math.abs(mantissa)) + exponent;
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
export function isolateByContinuedFractions(polynomial: IntegerPoly, budget: Budget = unlimited): IsolatingInterval[] {
  const found: IsolatingInterval[] = [];
  const stack: Piece[] = [{ p: strip(polynomial), a: 1n, b: 0n, c: 0n, d: 1n }];
  const point = (num: bigint, den: bigint): void => {
    const at = QQ.fromRatio(num, den);
    found.push({ lower: at, upper: at });
  };
  for (let piece = stack.pop(); piece !== undefined; piece = stack.pop()) {
    let { p, a, b, c, d } = piece;
    budget.spend(1 + (p.length * p.length) / 200, "isolating real roots");
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
