import { type Budget, unlimited } from "../core/index.js";
import { integerSqrt, QQ, type Rational } from "../rings/index.js";
import { type IntegerPoly, integerPoly } from "../univariate/index.js";
import { type BernsteinFinding, isolateInBernsteinForm } from "./bernstein-isolation.js";
import {
  type IsolatingInterval,
  isolateByContinuedFractions,
  rootBoundExponent,
  signVariations,
} from "./continued-fraction-isolation.js";
import { boundsOf, type GridCell, refineCell, startingCell } from "./grid-cell.js";
import { leadingBits } from "./leading-bits.js";

/**
 * Disjoint isolating intervals in ascending order for all real roots of a square-free p of positive degree: points, or open
 * intervals with exactly one root, whose ends are no roots if p is irreducible of degree >= 2.
 *
 * A dispatcher: a polynomial in x^2 is solved in x^2; then `isolateInBernsteinForm`, and for what that gives up (clusters,
 * roots of very different sizes) `isolateByContinuedFractions`. Exact.
 */
export function isolateRealRoots(p: IntegerPoly, budget: Budget = unlimited): IsolatingInterval[] {
  if (p[0] === 0n) {
    const rest = p.slice(1);
    const zero = { lower: QQ.zero, upper: QQ.zero };
    const isolated = rest.length > 1 ? isolateRealRoots(rest, budget) : [];
    const others = isolated.map((interval) => withoutRootEnds(p, interval));
    const position = others.findIndex(({ upper }) => QQ.sign(upper) > 0);
    return position < 0 ? [...others, zero] : [...others.slice(0, position), zero, ...others.slice(position)];
  }
  if (p.length > 3 && p.every((c, k) => k % 2 === 0 || c === 0n)) return symmetricRoots(p, budget);
  const negative = isolatePositiveRoots(integerPoly.scaleVariable(p, -1n), budget);
  return [...negative.reverse().map(mirrored), ...isolatePositiveRoots(p, budget)];
}

function mirrored({ lower, upper, near }: IsolatingInterval): IsolatingInterval {
  const image = { lower: QQ.neg(upper), upper: QQ.neg(lower) };
  return near === undefined ? image : { ...image, near: QQ.neg(near) };
}

/** The roots of p(x) = q(x^2) from the positive roots of q. */
function symmetricRoots(p: IntegerPoly, budget: Budget): IsolatingInterval[] {
  const q = p.filter((_, k) => k % 2 === 0);
  const cells = isolatePositiveRoots(q, budget).map(({ lower, upper, near }) =>
    QQ.equals(lower, upper) ? lower : startingCell(q, lower, upper, near),
  );
  const estimates = cells.map((cell, k) => {
    if (!("index" in cell)) return squareRootBounds(cell, cell, 48).near;
    cells[k] = refineCell(q, cell, 40);
    const { lower, upper } = boundsOf(cells[k] as GridCell);
    return squareRootBounds(lower, upper, 48).near;
  });
  // The bounds are as wide as the neighbours allow, so that a cell around the estimate fits between them.
  for (let bits = 12; ; bits *= 2) {
    budget.spend(q.length, "isolating real roots");
    const positive = cells.map((cell, k) => {
      if ("index" in cell && bits > 48) cells[k] = refineCell(q, cell, bits);
      const { lower, upper } = "index" in cell ? boundsOf(cells[k] as GridCell) : { lower: cell, upper: cell };
      return { ...squareRootBounds(lower, upper, bits), near: estimates[k]! };
    });
    const apart = positive.every(({ lower }, k) => k === 0 || QQ.compare(positive[k - 1]!.upper, lower) <= 0);
    if (apart) return [...positive.toReversed().map(mirrored), ...positive];
  }
}

/** Dyadic bounds of the square roots of the numbers between 0 <= lower <= upper, a point for the square of a dyadic number. */
function squareRootBounds(lower: Rational, upper: Rational, bits: number): Required<IsolatingInterval> {
  const { exponent } = leadingBits(upper.num);
  const level = Math.max(0, bits + 8 - ((exponent - leadingBits(upper.den).exponent) >> 1));
  const grid = (r: Rational): bigint => integerSqrt((r.num << BigInt(2 * level)) / r.den);
  const unit = 1n << BigInt(level);
  const first = grid(lower);
  const last = grid(upper);
  const exact = (root: bigint, r: Rational): boolean => root * root * r.den === r.num << BigInt(2 * level);
  const end = exact(last, upper) ? last : last + 1n;
  return {
    lower: QQ.fromRatio(first, unit),
    upper: QQ.fromRatio(end, unit),
    near: { num: first + end, den: 2n * unit },
  };
}

/** Disjoint isolating intervals in ascending order for the positive roots of a square-free p with p(0) not 0. */
function isolatePositiveRoots(p: IntegerPoly, budget: Budget): IsolatingInterval[] {
  if (signVariations(p) === 0) return [];
  if (p.length === 2) {
    const root = QQ.fromRatio(-p[0]!, p[1]!);
    return [{ lower: root, upper: root }];
  }
  const n = p.length - 1;
  const scale = Math.round((leadingBits(p[0]!).exponent - leadingBits(p[n]!).exponent) / n);
  const findings = isolateInBernsteinForm(p, scale, budget);
  if (findings.some(({ isolated }) => !isolated)) {
    return isolateByContinuedFractions(p, budget)
      .map((interval) => withoutRootEnds(p, interval))
      .sort((x, y) => QQ.compare(x.lower, y.lower));
  }
  return findings.map((finding) => {
    const { lower, upper, level } = finding.interval;
    // All positive roots lie below the bound.
    const bound = QQ.pow(QQ.fromInteger(2n), rootBoundExponent(p)!);
    const ends = { lower: onHalfLine(lower, level, scale)!, upper: onHalfLine(upper, level, scale) ?? bound };
    const near = estimateOf(finding, scale);
    return near === undefined ? ends : { ...ends, near };
  });
}

/** The same root in an interval whose ends are no roots. */
function withoutRootEnds(p: IntegerPoly, interval: IsolatingInterval): IsolatingInterval {
  let { lower, upper } = interval;
  if (QQ.equals(lower, upper)) return interval;
  const slope = integerPoly.derivative(p);
  // The sign just inside of an end that is a root is that of the slope there.
  const left = integerPoly.signAt(p, lower) || integerPoly.signAt(slope, lower);
  while (integerPoly.signAt(p, lower) === 0 || integerPoly.signAt(p, upper) === 0) {
    const middle = QQ.midpoint(lower, upper);
    const sign = integerPoly.signAt(p, middle);
    if (sign === 0) return { lower: middle, upper: middle };
    if (sign === left) lower = middle;
    else upper = middle;
  }
  return { ...interval, lower, upper };
}

/** 2^scale * t/(1 - t) for t = index/2^level; undefined for t = 1. */
function onHalfLine(index: bigint, level: number, scale: number): Rational | undefined {
  const rest = (1n << BigInt(level)) - index;
  if (rest === 0n) return undefined;
  return scale >= 0 ? QQ.fromRatio(index << BigInt(scale), rest) : QQ.fromRatio(index, rest << BigInt(-scale));
}

/** The estimate of the root in a finding, on the half-line, not in lowest terms. */
function estimateOf({ interval, position }: BernsteinFinding, scale: number): Rational | undefined {
  const { lower, upper, level } = interval;
  const index = (lower << 53n) + (upper - lower) * BigInt(Math.round(position * 2 ** 53));
  const rest = (1n << BigInt(level + 53)) - index;
  if (index <= 0n || rest <= 0n) return undefined;
  return scale >= 0 ? { num: index << BigInt(scale), den: rest } : { num: index, den: rest << BigInt(-scale) };
}

/** {@link isolateRealRoots} for the roots between lo < hi, which are not roots themselves. */
export function isolateRealRootsBetween(
  p: IntegerPoly,
  lo: Rational,
  hi: Rational,
  budget: Budget = unlimited,
): IsolatingInterval[] {
  const [a, b, c] = [hi.num * lo.den, lo.num * hi.den, hi.den * lo.den];
  const pulled = integerPoly.primitive(integerPoly.pullBackMobius(p, a, b, c, c));
  const image = (t: Rational): Rational => QQ.fromRatio(a * t.num + b * t.den, c * (t.num + t.den));
  return isolatePositiveRoots(pulled, budget)
    .map(({ lower, upper, near }) => {
      const interval = { lower: image(lower), upper: image(upper) };
      return near === undefined ? interval : { ...interval, near: image(near) };
    })
    .sort((x, y) => QQ.compare(x.lower, y.lower));
}
