import { type Budget, InternalError, LimitError, unlimited } from "../core/index.js";
import {
  constant,
  degree,
  discriminant,
  isConstant,
  isZero,
  leadingCoefficient,
  type Polynomial,
  resultant,
  substitute,
} from "../poly/index.js";
import { QQ, type Rational, rational } from "../rings/index.js";
import {
  type AlgebraicNumber,
  algebraicFromRational,
  algebraicRoots,
  compareAlgebraic,
  compareWithRational,
  rationalBetween,
} from "../roots/index.js";

/** One side of a window: a stretch of a parameter, open at an end that is undefined. */
export interface Range {
  readonly name: string;
  readonly from: Rational | undefined;
  readonly to: Rational | undefined;
}

/** A point of one of the curves over a fixed x. */
export interface CurvePoint {
  /** Which curve, by its place in the list. */
  readonly curve: number;
  readonly y: AlgebraicNumber;
}

/**
 * An open strip of a plane between neighbouring critical x: over it the curves are graphs one above the other that do not meet,
 * so their order over one x is their order over all. Cell k lies between points k − 1 and k.
 */
export interface Strip {
  readonly left: AlgebraicNumber | undefined;
  readonly right: AlgebraicNumber | undefined;
  /** A rational x in the strip. */
  readonly at: Rational;
  /** From below, over `at`, inside the window. */
  readonly points: readonly CurvePoint[];
  /** A rational y of each cell over `at`; one more than points. */
  readonly cells: readonly Rational[];
}

const mostStrips = 400;

/**
 * The cylindrical decomposition of a window of the plane by coprime square-free curves [Collins 1975]: the window is cut at each x where
 * a curve has a vertical tangent, a singular point or an asymptote, where two curves meet, where one meets the border, and at vertical lines.
 * Exact.
 */
export function stripsOf(curves: readonly Polynomial[], x: Range, y: Range, budget: Budget): readonly Strip[] {
  const critical = criticalPlaces(curves, x, y, budget);
  if (critical.length > mostStrips) {
    throw new LimitError(
      `the plane of ${x.name} and ${y.name} falls into ${critical.length + 1} strips, more than the ${mostStrips} that are looked at`,
    );
  }
  const strips: Strip[] = [];
  for (let k = 0; k <= critical.length; k++) {
    budget.spend(1, "cutting the plane into cells");
    const left = critical[k - 1] ?? endOf(x.from);
    const right = critical[k] ?? endOf(x.to);
    const at = rationalWithin(left, right);
    const points = pointsOver(curves, x.name, at, y, budget);
    const cells: Rational[] = [];
    for (let j = 0; j <= points.length; j++) {
      cells.push(rationalWithin(points[j - 1]?.y ?? endOf(y.from), points[j]?.y ?? endOf(y.to)));
    }
    strips.push({ left, right, at, points, cells });
  }
  return strips;
}

/** The points of the curves over a rational x that is not critical, from below. */
export function pointsOver(
  curves: readonly Polynomial[],
  x: string,
  at: Rational,
  y: Range,
  budget: Budget = unlimited,
): readonly CurvePoint[] {
  return curves
    .flatMap((curve, k): CurvePoint[] => {
      const over = substitute(curve, { [x]: constant(at) });
      return isConstant(over) ? [] : inside(algebraicRoots(over, budget), y).map((root) => ({ curve: k, y: root }));
    })
    .sort((a, b) => compareAlgebraic(a.y, b.y));
}

/** A simple rational number of an open interval; with `other` = 1, 2, … further ones, all different. */
export function rationalWithin(
  left: AlgebraicNumber | undefined,
  right: AlgebraicNumber | undefined,
  other: number = 0,
): Rational {
  if (other > 0) {
    const middle = algebraicFromRational(rationalWithin(left, right, other - 1));
    // Alternately to the right and to the left, so that the numbers do not run into an end.
    return other % 2 === 1 ? rationalWithin(middle, right) : rationalWithin(left, middle);
  }
  if (left !== undefined && right !== undefined) return rationalBetween(left, right);
  if (left !== undefined) return rational(QQ.floor(left.upper) + 1n);
  if (right !== undefined) return rational(QQ.ceil(right.lower) - 1n);
  return QQ.zero;
}

function criticalPlaces(curves: readonly Polynomial[], x: Range, y: Range, budget: Budget): readonly AlgebraicNumber[] {
  const found: AlgebraicNumber[] = [];
  const collect = (p: Polynomial): void => {
    if (isZero(p) || isConstant(p)) return;
    if (p.variables.length !== 1 || p.variables[0] !== x.name) {
      throw new InternalError("a condition on x has another variable in it");
    }
    for (const root of inside(algebraicRoots(p, budget), x)) {
      if (found.every((other) => compareAlgebraic(other, root) !== 0)) found.push(root);
    }
  };
  curves.forEach((curve, k) => {
    budget.spend(1, "computing where the curves of a phase diagram turn");
    if (!curve.variables.includes(y.name)) {
      collect(curve);
      return;
    }
    if (!curve.variables.includes(x.name)) return;
    collect(leadingCoefficient(curve, y.name));
    if (degree(curve, y.name) > 1) collect(discriminant(curve, y.name, budget));
    for (const border of [y.from, y.to]) {
      if (border !== undefined) collect(substitute(curve, { [y.name]: constant(border) }));
    }
    for (const other of curves.slice(k + 1)) meet(curve, other);
    for (const other of curves.slice(0, k)) if (!other.variables.includes(x.name)) meet(curve, other);
  });
  return found.sort(compareAlgebraic);

  function meet(a: Polynomial, b: Polynomial): void {
    if (!b.variables.includes(y.name)) return;
    budget.spend(1, "computing where the curves of a phase diagram meet");
    collect(resultant(a, b, y.name, budget));
  }
}

function inside(roots: readonly AlgebraicNumber[], { from, to }: Range): readonly AlgebraicNumber[] {
  return roots.filter(
    (root) =>
      (from === undefined || compareWithRational(root, from) > 0) &&
      (to === undefined || compareWithRational(root, to) < 0),
  );
}

function endOf(r: Rational | undefined): AlgebraicNumber | undefined {
  return r === undefined ? undefined : algebraicFromRational(r);
}

/** Whether a curve without y is the vertical line over x, among others. Exact. */
export function isVerticalOver(curve: Polynomial, y: string, x: AlgebraicNumber, budget: Budget = unlimited): boolean {
  return !curve.variables.includes(y) && algebraicRoots(curve, budget).some((root) => compareAlgebraic(root, x) === 0);
}
