import { type RealBall, realBalls } from "../ball/index.js";
import { type Budget, LimitError, orThrow } from "../core/index.js";
import { certifiedRoot, fibre, roundedDisc } from "../curve/index.js";
import {
  type Anatomy,
  anatomy,
  atoms,
  type Cell,
  irrationalMean,
  type Law,
  locate,
  moments,
  physicalSheet,
  shiftedSheet,
  widestCell,
} from "../law/index.js";
import {
  coefficients,
  constant,
  degree,
  derivative,
  equals,
  fractionConstant,
  negate,
  type Polynomial,
  primitive,
  substitute,
  subtract,
  toIntegerPoly,
  variable,
} from "../poly/index.js";
import { powerOfTwo, QQ, type Rational, rational, rationalToNumber } from "../rings/index.js";
import {
  type AlgebraicNumber,
  algebraicField,
  algebraicFromRational,
  algebraicToBall,
  compareAlgebraic,
  compareWithRational,
  isRational,
  rationalValue,
  realRoots,
  refine,
} from "../roots/index.js";
import { massBesideRay, verticalRay } from "./vertical-ray.js";

/** A mass: exactly where it is known so, and in a proved ball of a radius of about 2^-bits. */
export interface Mass {
  readonly exact: AlgebraicNumber | undefined;
  ball(bits: number): RealBall;
}

/** A value of the distribution function: the mass of (−∞, x), and that of (−∞, x]. */
export interface CumulatedMass {
  readonly below: Mass;
  readonly upTo: Mass;
}

/** The distribution function at a rational x. Exact next to gaps where the mass on one side is known exactly; else in balls. */
export function cumulatedMass(law: Law, x: Rational, budget: Budget): CumulatedMass {
  const found = anatomy(law, budget);
  const place = locate(found, x, compareWithRational);
  if ("point" in place) return massAtPoint(law, place.point.at, budget);
  const mass = place.cell.real ? massOfGap(law, found, place.cell, budget) : massInBulk(law, x, place.cell, budget);
  return { below: mass, upTo: mass };
}

/** The distribution function at a critical point. */
export function massAtPoint(law: Law, at: AlgebraicNumber, budget: Budget): CumulatedMass {
  const found = anatomy(law, budget);
  const k = found.points.findIndex((point) => compareAlgebraic(point.at, at) === 0);
  const [left, right] = [found.cells[k]!, found.cells[k + 1]!];
  const weight = atoms(law, budget).find((atom) => compareAlgebraic(atom.at, at) === 0)?.weight;
  const plusWeight = (mass: Mass, sign: 1 | -1): Mass =>
    weight === undefined ? mass : sumOf(mass, weight, sign, budget);
  if (left.real) {
    const below = massOfGap(law, found, left, budget);
    return { below, upTo: plusWeight(below, 1) };
  }
  if (right.real) {
    const upTo = massOfGap(law, found, right, budget);
    return { below: plusWeight(upTo, -1), upTo };
  }
  const centre = centreOf(law, budget);
  if (centre !== undefined && compareWithRational(at, centre) === 0) {
    const { below, above } = aroundCentre(weight, budget);
    return { below: exactMass(below), upTo: exactMass(above) };
  }
  const below = massBetween(law, at, weight, left, right, budget);
  return { below, upTo: plusWeight(below, 1) };
}

/** The masses of (−∞, c) and (−∞, c] for the centre c of a symmetric law with an atom of this weight there, or none. */
function aroundCentre(
  weight: AlgebraicNumber | undefined,
  budget: Budget,
): { readonly below: AlgebraicNumber; readonly above: AlgebraicNumber } {
  const field = algebraicField({ budget });
  const half = field.fromRational(rational(1, 2));
  if (weight === undefined) return { below: half, above: half };
  const part = field.mul(half, weight);
  return { below: field.sub(half, part), above: field.add(half, part) };
}

function exactMass(value: AlgebraicNumber): Mass {
  return { exact: value, ball: (bits) => algebraicToBall(value, bits) };
}

function sumOf(mass: Mass, weight: AlgebraicNumber, sign: 1 | -1, budget: Budget): Mass {
  if (mass.exact !== undefined) {
    const field = algebraicField({ budget });
    return exactMass(sign === 1 ? field.add(mass.exact, weight) : field.sub(mass.exact, weight));
  }
  return {
    exact: undefined,
    ball(bits) {
      const real = realBalls(bits + 40);
      const part = algebraicToBall(weight, bits + 40);
      return sign === 1 ? real.add(mass.ball(bits), part) : real.sub(mass.ball(bits), part);
    },
  };
}

/** A mass that is found anew when more bits are asked for than before. */
function computed(find: (bits: number) => RealBall): Mass {
  let best: { readonly bits: number; readonly ball: RealBall } | undefined;
  return {
    exact: undefined,
    ball(bits) {
      if (best === undefined || best.bits < bits) best = { bits, ball: find(bits) };
      return best.ball;
    },
  };
}

/** The mass to the left of a point of a cell with density. */
function massInBulk(law: Law, x: Rational, cell: Cell, budget: Budget): Mass {
  const centre = centreOf(law, budget);
  if (centre !== undefined && QQ.compare(centre, x) === 0) return exactMass(aroundCentre(undefined, budget).below);
  const ray = orThrow(verticalRay(law, x, cell, QQ.zero, budget));
  return computed((bits) => massBesideRay(ray, bits, budget));
}

/** How far a point inside the support may be narrowed down. */
const nearest = 4000;

/** The mass to the left of a critical point inside the support, where the sheet may be singular: between those on both sides of it. */
function massBetween(
  law: Law,
  at: AlgebraicNumber,
  weight: AlgebraicNumber | undefined,
  left: Cell,
  right: Cell,
  budget: Budget,
): Mass {
  const singular = anatomy(law, budget).singular.find((point) => compareAlgebraic(point.at, at) === 0);
  const x = singular !== undefined && weight === undefined ? undefined : rationalValue(at);
  const pole = weight === undefined ? QQ.zero : rationalValue(weight);
  const through = x === undefined || pole === undefined ? undefined : verticalRay(law, x, left, pole, budget);
  if (through?.kind === "ok") {
    const halfWeight = QQ.mul(pole!, rational(1, 2));
    return computed((bits) => {
      const real = realBalls(bits + 40);
      return real.sub(massBesideRay(through.value, bits, budget), real.fromRational(halfWeight));
    });
  }
  // The mass within a distance is about that to the power of the exponent of the density plus 1.
  const exponents = [singular?.left, singular?.right].map((side) =>
    side?.exponent.kind === "ok" ? rationalToNumber(side.exponent.value) : 0,
  );
  const growth = 1 + Math.min(0, ...exponents);
  return computed((bits) => {
    const real = realBalls(bits + 40);
    for (let places = Math.ceil((bits + 4) / growth); places < nearest; places += Math.ceil(bits / 2)) {
      const { lower, upper } = refine(at, places + 4);
      const step = QQ.mul(powerOfTwo(-places), QQ.min(QQ.sub(lower, left.at), QQ.sub(right.at, upper)));
      const sides = [
        [QQ.sub(lower, step), left],
        [QQ.add(upper, step), right],
      ] as const;
      const [before, after] = sides.map(([place, cell]) =>
        massBesideRay(orThrow(verticalRay(law, place, cell, QQ.zero, budget)), bits + 2, budget),
      );
      const below = weight === undefined ? after! : real.sub(after!, algebraicToBall(weight, bits + 40));
      const union = real.union(before!, below);
      if (QQ.compare(real.radiusRational(union), powerOfTwo(-bits)) <= 0) return union;
    }
    throw new LimitError("the mass to the left of a singular point inside the support could not be found");
  });
}

/** The mass to the left of a cell without density. */
function massOfGap(law: Law, found: Anatomy, cell: Cell, budget: Budget): Mass {
  const k = found.cells.indexOf(cell);
  const points = atoms(law, budget);
  const field = algebraicField({ budget });
  const total = (weights: readonly AlgebraicNumber[]): AlgebraicNumber =>
    weights.reduce((sum, weight) => field.add(sum, weight), field.zero);
  if (found.cells.slice(0, k).every(({ real }) => real)) {
    return exactMass(
      total(points.filter(({ at }) => compareWithRational(at, cell.at) < 0).map(({ weight }) => weight)),
    );
  }
  if (found.cells.slice(k + 1).every(({ real }) => real)) {
    const above = total(points.filter(({ at }) => compareWithRational(at, cell.at) > 0).map(({ weight }) => weight));
    return exactMass(field.sub(field.one, above));
  }
  const gap = gapAround(found, k, points);
  const centre = centreOf(law, budget);
  if (centre !== undefined && gap.some((part) => reaches(part, centre))) {
    const { below, above } = aroundCentre(
      points.find(({ at }) => compareWithRational(at, centre) === 0)?.weight,
      budget,
    );
    return exactMass(QQ.compare(cell.at, centre) > 0 ? above : below);
  }
  const widest = widestCell(gap);
  const byResidues = sumOfResidues(law, widest, budget);
  if (byResidues !== undefined) return exactMass(algebraicFromRational(byResidues));
  const ray = orThrow(verticalRay(law, widest.at, widest, QQ.zero, budget));
  return computed((bits) => massBesideRay(ray, bits, budget));
}

function reaches({ left, right }: Cell, x: Rational): boolean {
  return compareWithRational(left!.at, x) <= 0 && compareWithRational(right!.at, x) >= 0;
}

/** The cells around one without density that belong to the same gap: up to the next bulk or atom. */
function gapAround(found: Anatomy, k: number, points: readonly { readonly at: AlgebraicNumber }[]): readonly Cell[] {
  const isAtom = (at: AlgebraicNumber): boolean => points.some((atom) => compareAlgebraic(atom.at, at) === 0);
  let [from, to] = [k, k];
  while (found.cells[from - 1]?.real && !isAtom(found.points[from - 1]!.at)) from--;
  while (found.cells[to + 1]?.real && !isAtom(found.points[to]!.at)) to++;
  return found.cells.slice(from, to + 1);
}

/**
 * The mass to the left of a gap where the curve is linear in z: z = r(m), and along a path from the far left to the gap above the real line, which m takes
 * to another one in the upper half-plane,
 *
 *     pi·mass = Im ∫ m dz = −Im ∫ r dm = −pi·Σ ρ_p ([m < p] − [0 < p])
 *
 * over the poles p of r, with residues ρ_p, m the value in the gap. Exact. Undefined where the curve is not linear in z, or r has poles that are not
 * rational and simple.
 */
function sumOfResidues(law: Law, cell: Cell, budget: Budget): Rational | undefined {
  if (degree(law.curve, "z") !== 1) return undefined;
  const [free, slope] = coefficients(law.curve, "z") as [Polynomial, Polynomial];
  const poles = realRoots(toIntegerPoly(slope, "m"), budget);
  const isSimple = poles.every(({ root, multiplicity }) => multiplicity === 1 && isRational(root));
  if (!isSimple || poles.length !== degree(slope, "m")) return undefined;
  const valueAt = (p: Polynomial, at: Rational): Rational =>
    fractionConstant({ numerator: substitute(p, { m: constant(at) }), denominator: constant(1) });
  const turn = derivative(slope, "m");
  const value = valueOver(law, cell, budget);
  return poles.reduce((sum, { root }) => {
    const p = rationalValue(root)!;
    const residue = QQ.neg(QQ.div(valueAt(free, p), valueAt(turn, p)));
    const isPassed = Number(isBelow(value, p, budget)) - Number(QQ.sign(p) > 0);
    return QQ.sub(sum, QQ.mul(residue, rational(isPassed)));
  }, QQ.zero);
}

/** The real value of m over the test point of a cell without density, as finely as it is asked for. */
function valueOver(law: Law, cell: Cell, budget: Budget): (bits: number) => RealBall {
  const { tracker, start } = shiftedSheet(law, algebraicFromRational(cell.at), cell, QQ.zero, budget);
  const isolation = tracker.isolation(start);
  return (bits) => orThrow(certifiedRoot(fibre(tracker.table, QQ.zero), start, isolation, bits)).re;
}

function isBelow(value: (bits: number) => RealBall, p: Rational, budget: Budget): boolean {
  for (let bits = 64; bits < 1 << 16; bits *= 2) {
    budget.spend(1, "locating a value of m");
    const real = realBalls(bits);
    const order = real.compare(value(bits), real.fromRational(p));
    if (order === -1 || order === 1) return order === -1;
  }
  throw new LimitError("a value of m could not be told from a pole of its inverse");
}

const knownCentres = new WeakMap<Law, { readonly at: Rational | undefined }>();

/**
 * The place about which a law is symmetric, undefined where it was not proved to be: its mean c, when the curve is taken to itself by z → 2c − z, m → −m,
 * and the physical sheet too, which is purely imaginary above c then.
 */
export function centreOf(law: Law, budget: Budget): Rational | undefined {
  const cached = knownCentres.get(law);
  if (cached !== undefined) return cached.at;
  const at = findCentre(law, budget);
  knownCentres.set(law, { at });
  return at;
}

function findCentre(law: Law, budget: Budget): Rational | undefined {
  if (irrationalMean(law, budget) !== undefined) return undefined;
  const centre = fractionConstant(moments(law, 1, budget)[0]!);
  const turned = substitute(law.curve, {
    z: subtract(constant(QQ.mul(rational(2), centre)), variable("z")),
    m: negate(variable("m")),
  });
  if (!equals(primitive(turned), primitive(law.curve))) return undefined;
  const { cells } = anatomy(law, budget);
  const cell = cells.find((candidate) => candidate.left !== undefined) ?? cells[0]!;
  const { tracker, start } = shiftedSheet(law, algebraicFromRational(centre), cell, QQ.zero, budget);
  const height = 2 * Math.abs(start.z.re) + physicalSheet(law, budget).base.z.im;
  const reached = tracker.trackThrough(
    start,
    [
      { re: start.z.re, im: height },
      { re: 0, im: height },
    ],
    { budget },
  );
  if (reached.kind !== "ok") return undefined;
  // The mirror image −conj(m) is in the fibre as well, and no second point of that is as near.
  const { m, radius } = roundedDisc(reached.value);
  return 2 * (Math.abs(m.re) + radius) < tracker.isolation(reached.value) ? centre : undefined;
}
