import { type RealBall, realBalls } from "../ball/index.js";
import { type Budget, LimitError, orThrow } from "../core/index.js";
import { certifiedRoot, fibre, roundedDisc } from "../curve/index.js";
import {
  type Anatomy,
  anatomy,
  atoms,
  type Cell,
  distanceTo,
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
import { QQ, type Rational, rational, rationalFromNumber, simplestRationalBetween } from "../rings/index.js";
import {
  type AlgebraicNumber,
  algebraicField,
  algebraicFromRational,
  algebraicToBall,
  algebraicToNumber,
  compareAlgebraic,
  compareWithRational,
  isRational,
  rationalValue,
  realRoots,
  refine,
} from "../roots/index.js";
import { type LocalMass, localMass } from "./local-mass.js";
import { massBesideRay, verticalRay } from "./vertical-ray.js";

/** A mass: exactly where it is known so, and in a proved ball of a radius of about 2^-bits. */
export interface Mass {
  readonly exact: AlgebraicNumber | undefined;
  ball(bits: number, budget: Budget): RealBall;
}

/** A value of the distribution function: the mass of (−∞, x), and that of (−∞, x]. */
export interface CumulatedMass {
  readonly below: Mass;
  readonly upTo: Mass;
}

/** The distribution function of a normalised law at a rational x. Exact next to gaps where the mass on one side is known exactly; else in balls. */
export function cumulatedMass(law: Law, x: Rational, budget: Budget): CumulatedMass {
  const found = anatomy(law, budget);
  const place = locate(found, x, compareWithRational);
  if ("point" in place) return massAtPoint(law, place.point.at, budget);
  const mass = place.cell.real ? massOfGap(law, found, place.cell, budget) : massInBulk(law, x, place.cell, budget);
  return { below: mass, upTo: mass };
}

const knownAtPoints = new WeakMap<Law, Map<number, CumulatedMass>>();

/** The distribution function of a normalised law at a critical point. */
export function massAtPoint(law: Law, at: AlgebraicNumber, budget: Budget): CumulatedMass {
  const k = anatomy(law, budget).points.findIndex((point) => compareAlgebraic(point.at, at) === 0);
  const masses = knownAtPoints.get(law) ?? new Map<number, CumulatedMass>();
  knownAtPoints.set(law, masses);
  const mass = masses.get(k) ?? findMassAtPoint(law, k, budget);
  masses.set(k, mass);
  return mass;
}

function findMassAtPoint(law: Law, k: number, budget: Budget): CumulatedMass {
  const found = anatomy(law, budget);
  const { at } = found.points[k]!;
  const [left, right] = [found.cells[k]!, found.cells[k + 1]!];
  const weight = weightAt(law, at, budget);
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
  const below = massBetween(law, at, right, budget);
  return { below: plusWeight(below, -1), upTo: below };
}

function weightAt(law: Law, at: AlgebraicNumber, budget: Budget): AlgebraicNumber | undefined {
  return atoms(law, budget).find((atom) => compareAlgebraic(atom.at, at) === 0)?.weight;
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
    ball(bits, patience) {
      const real = realBalls(bits + 40);
      const part = algebraicToBall(weight, bits + 40);
      const whole = mass.ball(bits, patience);
      return sign === 1 ? real.add(whole, part) : real.sub(whole, part);
    },
  };
}

/** A mass that is found anew when more bits are asked for than before. */
function computed(find: (bits: number, budget: Budget) => RealBall): Mass {
  let best: { readonly bits: number; readonly ball: RealBall } | undefined;
  return {
    exact: undefined,
    ball(bits, budget) {
      if (best === undefined || best.bits < bits) best = { bits, ball: find(bits, budget) };
      return best.ball;
    },
  };
}

/** The mass to the left of a point of a cell with density. */
function massInBulk(law: Law, x: Rational, cell: Cell, budget: Budget): Mass {
  const centre = centreOf(law, budget);
  if (centre !== undefined && QQ.compare(centre, x) === 0) return exactMass(aroundCentre(undefined, budget).below);
  return massFromPoint(law, x, cell, budget) ?? massByRay(law, x, cell, budget);
}

function massByRay(law: Law, x: Rational, cell: Cell, budget: Budget): Mass {
  const ray = orThrow(verticalRay(law, x, cell, budget));
  return computed((bits, patience) => massBesideRay(ray, bits, patience));
}

/** Where the mass at a critical point is not known exactly, it is worth while only so much nearer. */
const nearby = 1 / 16;

/** The mass to the left of a point of a cell with density from that at an end of the cell, where the expansion there reaches so far. */
function massFromPoint(law: Law, x: Rational, cell: Cell, budget: Budget): Mass | undefined {
  for (const [end, side] of [[cell.left, 1] as const, [cell.right, -1] as const]) {
    if (end === undefined) continue;
    const distance = distanceTo(x, end.at);
    const local = localMassAt(law, end.at, cell, budget);
    if (distance > local.reach) continue;
    const { below, upTo } = massAtPoint(law, end.at, budget);
    const there = side === 1 ? upTo : below;
    if (there.exact === undefined && distance > nearby * local.reach) continue;
    return computed((bits, patience) => {
      const real = realBalls(bits + 40);
      const part = local.within(distanceBall(x, end.at, distance, bits + 40), side, bits + 2, patience);
      const whole = there.ball(bits + 2, patience);
      return side === 1 ? real.add(whole, part) : real.sub(whole, part);
    });
  }
  return undefined;
}

/** |x − at|, which is about `size`, to so many bits of its own. */
function distanceBall(x: Rational, at: AlgebraicNumber, size: number, bits: number): RealBall {
  const lost = isRational(at) ? 0 : Math.max(0, Math.ceil(Math.log2(Math.abs(algebraicToNumber(at)) / size)));
  const real = realBalls(bits + lost + 8);
  return real.abs(real.sub(real.fromRational(x), algebraicToBall(at, bits + lost + 8)));
}

const knownLocalMasses = new WeakMap<Law, { readonly at: AlgebraicNumber; readonly mass: LocalMass }[]>();

/** The masses next to a critical point at the end of a cell with density. */
export function localMassAt(law: Law, at: AlgebraicNumber, cell: Cell, budget: Budget): LocalMass {
  const found = knownLocalMasses.get(law) ?? [];
  knownLocalMasses.set(law, found);
  const cached = found.find((candidate) => compareAlgebraic(candidate.at, at) === 0);
  if (cached !== undefined) return cached.mass;
  const mass = localMass(law, at, cell, weightAt(law, at, budget), budget);
  found.push({ at, mass });
  return mass;
}

/** The mass up to a critical point inside the support, an atom there in full: from that up to a point to the right of it. */
function massBetween(law: Law, at: AlgebraicNumber, right: Cell, budget: Budget): Mass {
  const local = localMassAt(law, at, right, budget);
  const bits = 16 + Math.max(0, Math.ceil(Math.log2(Math.abs(algebraicToNumber(at)) / local.reach)));
  const { lower, upper } = refine(at, bits);
  const reach = rationalFromNumber(local.reach);
  const part = (share: Rational): Rational => QQ.mul(reach, share);
  const x = simplestRationalBetween(QQ.add(upper, part(rational(1, 2))), QQ.add(lower, part(rational(7, 8))));
  const beyond = massByRay(law, x, right, budget);
  const distance = distanceTo(x, at);
  return computed((bits, patience) => {
    const real = realBalls(bits + 40);
    const between = local.within(distanceBall(x, at, distance, bits + 40), 1, bits + 2, patience);
    return real.sub(beyond.ball(bits + 2, patience), between);
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
  return massByRay(law, widest.at, widest, budget);
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
