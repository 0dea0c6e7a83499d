import type { Budget } from "../core/index.js";
import { add, constant, degree, type Polynomial, substitute, variable } from "../poly/index.js";
import { QQ, type Rational, rational, simplestRationalBetween } from "../rings/index.js";
import { type AlgebraicNumber, algebraicFromRational, compareWithRational, refine } from "../roots/index.js";
import { isVerticalOver, pointsOver, type Range, rationalWithin, type Strip } from "./phases-cells.js";

/** The cells of a plane that hang together; each by its strip and its level in it. */
export type Region = readonly { readonly strip: number; readonly level: number }[];

/**
 * The cells of {@link stripsOf} joined across the walls between strips wherever no curve is in the way: what cannot change but on the
 * curves is the same all over a region. Two cells are joined where a short level stretch across the wall is proved to meet no
 * curve, so that cells of one region do hang together; cells that touch along a very short piece of a wall may be left apart.
 */
export function regionsOf(
  curves: readonly Polynomial[],
  strips: readonly Strip[],
  x: Range,
  y: Range,
  budget: Budget,
): readonly Region[] {
  const cells = strips.flatMap((strip, k) => strip.cells.map((_, level) => ({ strip: k, level })));
  const first = strips.map((_, k) => strips.slice(0, k).reduce((sum, strip) => sum + strip.cells.length, 0));
  const root = cells.map((_, k) => k);
  const find = (k: number): number => (root[k] === k ? k : find(root[k]!));
  for (let k = 0; k + 1 < strips.length; k++) {
    budget.spend(1, "joining the cells of a plane");
    for (const { left, right, isOpen } of doorsBetween(curves, strips[k]!, strips[k + 1]!, x, y, budget)) {
      const [a, b] = [find(first[k]! + left), find(first[k + 1]! + right)];
      if (a !== b && isOpen()) root[Math.max(a, b)] = Math.min(a, b);
    }
  }
  const regions = new Map<number, { strip: number; level: number }[]>();
  cells.forEach((cell, k) => {
    const at = find(k);
    regions.set(at, [...(regions.get(at) ?? []), cell]);
  });
  return [...regions.values()];
}

/** Levels of two cells on the sides of a wall that may share a piece of it, and whether that is proved at one height. */
interface Door {
  readonly left: number;
  readonly right: number;
  isOpen(): boolean;
}

function doorsBetween(
  curves: readonly Polynomial[],
  left: Strip,
  right: Strip,
  x: Range,
  y: Range,
  budget: Budget,
): readonly Door[] {
  const wall = left.right;
  if (wall === undefined || curves.some((curve) => isVerticalOver(curve, y.name, wall, budget))) return [];
  const [from, to] = [nextTo(wall, left.at), nextTo(wall, right.at)];
  const sides = [from, to].map((at) => pointsOver(curves, x.name, at, y, budget).map((point) => point.y));
  let shifted: readonly Shifted[] | undefined;
  return heightsBetween(sides.flat(), y).map((height) => {
    const [l, r] = sides.map((side) => side.filter((at) => compareWithRational(at, height) < 0).length);
    const isOpen = (): boolean => {
      shifted ??= curves.map((curve) => shiftedTo(curve, x.name, y.name, from));
      return shifted.every((curve) => isClear(curve, QQ.sub(to, from), height));
    };
    return { left: l!, right: r!, isOpen };
  });
}

/** A rational next to a wall, on the side of `inside`. */
function nextTo(wall: AlgebraicNumber, inside: Rational): Rational {
  const { lower, upper } = refine(wall, 40);
  const below = compareWithRational(wall, inside) > 0;
  const gap = below ? QQ.sub(lower, inside) : QQ.sub(inside, upper);
  const little = QQ.mul(gap, rational(1n, 1n << 16n));
  return below
    ? rationalWithin(algebraicFromRational(QQ.sub(lower, little)), wall)
    : rationalWithin(wall, algebraicFromRational(QQ.add(upper, little)));
}

/** A simple rational well inside of every gap between the points of a line, and one outside of them on each side. */
function heightsBetween(points: readonly AlgebraicNumber[], { from, to }: Range): readonly Rational[] {
  const sorted = points.map((point) => refine(point, 40).lower).sort(QQ.compare);
  const [low, high] = [sorted[0] ?? QQ.zero, sorted.at(-1) ?? QQ.zero];
  const all = [from ?? QQ.sub(low, QQ.one), ...sorted, to ?? QQ.add(high, QQ.one)];
  return all.slice(1).flatMap((above, k) => {
    const below = all[k]!;
    const quarter = QQ.mul(QQ.sub(above, below), rational(1, 4));
    if (QQ.sign(quarter) <= 0) return [];
    return [simplestRationalBetween(QQ.add(below, quarter), QQ.sub(above, quarter))];
  });
}

/** An integer multiple of a curve: [i][j] multiplies u^i y^j, x = from + u; of the same length for every i. */
type Shifted = readonly (readonly bigint[])[];

function shiftedTo(curve: Polynomial, x: string, y: string, from: Rational): Shifted {
  const p = substitute(curve, { [x]: add(constant(from), variable("u_")) });
  const [u, v] = ["u_", y].map((name) => p.variables.indexOf(name)) as [number, number];
  const width = Math.max(0, degree(p, y)) + 1;
  const rows = Array.from({ length: Math.max(0, degree(p, "u_")) + 1 }, () => new Array<bigint>(width).fill(0n));
  for (const { exponents, coefficient } of p.terms) rows[exponents[u] ?? 0]![exponents[v] ?? 0] = coefficient;
  return rows;
}

/** Whether the first coefficient of a curve along y = height outweighs the others for 0 ≤ u ≤ length: then it has no zero there. */
function isClear(curve: Shifted, length: Rational, { num, den }: Rational): boolean {
  const values = curve.map((row) => {
    // Σ c num^j den^(width − 1 − j), the same multiple of the value in every row.
    let [sum, power] = [0n, 1n];
    for (let j = row.length - 1; j >= 0; j--) {
      sum = sum * num + row[j]! * power;
      power *= den;
    }
    return sum < 0n ? -sum : sum;
  });
  let [most, power] = [0n, 1n];
  for (let i = values.length - 1; i > 0; i--) {
    most = (most + values[i]! * power) * length.num;
    power *= length.den;
  }
  return values[0]! * power > most;
}
