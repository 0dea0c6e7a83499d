import { type RealBall, type RealBalls, realBalls } from "../ball/index.js";
import { type Budget, InternalError } from "../core/index.js";
import {
  coefficients,
  constant,
  constantValue,
  degree,
  derivative,
  fromIntegerPoly,
  isConstant,
  isZero,
  leadingCoefficient,
  multiply,
  type Polynomial,
  resultant,
  squareFreePart,
  substitute,
  subtract,
} from "../poly/index.js";
import { QQ, type Rational, rational } from "../rings/index.js";
import {
  type AlgebraicNumber,
  algebraicFromRational,
  algebraicRoots,
  algebraicToBall,
  compareAlgebraic,
  compareWithRational,
  rationalBetween,
  rationalValue,
  refine,
} from "../roots/index.js";
import { crossings, type Family } from "./events-family.js";

/** A place where something can happen at a critical time. */
export interface Place {
  readonly at: AlgebraicNumber;
  /** Whether two branch points meet there. */
  readonly multiple: boolean;
  /** Whether a sheet is infinite there. */
  readonly pole: boolean;
}

/** Above this degree of the polynomial of all branch points at a critical time, only those are sought that meet. */
const largestFibreDegree = 96;

/**
 * The real places that matter at a critical time t0: all branch points and poles when the degrees are moderate, else the points where branch
 * points meet and the poles (`complete` tells which). Ascending. Exact; a place that is none could slip in only if it were nearer than
 * 2^-1000 to one, and would do no harm.
 */
export function placesAt(
  family: Family,
  t0: AlgebraicNumber,
  budget: Budget,
): { readonly places: readonly Place[]; readonly complete: boolean } {
  const { branch, poles, name } = family;
  const slope = derivative(branch, "z");
  const whole = degree(branch, "z") * (t0.minimalPolynomial.length - 1);
  const complete = whole <= largestFibreDegree;
  const candidates = complete ? over(branch, t0, name, budget) : algebraicRoots(meetingPlaces(family, budget), budget);
  const found: Place[] = candidates
    .filter((x) => vanishesAt(branch, x, t0, name))
    .map((at) => ({ at, multiple: vanishesAt(slope, at, t0, name), pole: vanishesAt(poles, at, t0, name) }))
    .filter((place) => complete || place.multiple || place.pole);
  for (const at of over(poles, t0, name, budget)) {
    if (!vanishesAt(poles, at, t0, name)) continue;
    if (found.every((place) => compareAlgebraic(place.at, at) !== 0)) found.push({ at, multiple: false, pole: true });
  }
  return { places: found.sort((a, b) => compareAlgebraic(a.at, b.at)), complete };
}

const knownMeetings = new WeakMap<Polynomial, Polynomial>();

/** The polynomial in z of all places where two branch points meet at some time. */
function meetingPlaces({ branch, name }: Family, budget: Budget): Polynomial {
  const cached = knownMeetings.get(branch);
  if (cached !== undefined) return cached;
  const result = squareFreePart(resultant(branch, derivative(branch, "z"), name, budget), budget);
  knownMeetings.set(branch, result);
  return result;
}

/** The real roots z of p(z, t) over all conjugates t of t0. */
function over(p: Polynomial, t0: AlgebraicNumber, name: string, budget: Budget): readonly AlgebraicNumber[] {
  const value = rationalValue(t0);
  const inZ =
    value !== undefined
      ? substitute(p, { [name]: constant(value) })
      : p.variables.includes(name)
        ? resultant(fromIntegerPoly(t0.minimalPolynomial, name), p, name, budget)
        : p;
  return isConstant(inZ) ? [] : algebraicRoots(squareFreePart(inZ, budget), budget);
}

/** Whether p(x, t0) = 0; decided as in {@link placesAt}. */
export function vanishesAt(p: Polynomial, x: AlgebraicNumber, t0: AlgebraicNumber, name: string): boolean {
  return signAt(p, x, t0, name) === 0;
}

/** The sign of p(x, t0); 0 when it is not told from zero with 1000 bits. Exact where both are rational. */
export function signAt(p: Polynomial, x: AlgebraicNumber, t0: AlgebraicNumber, name: string): -1 | 0 | 1 {
  if (isZero(p)) return 0;
  const [xValue, tValue] = [rationalValue(x), rationalValue(t0)];
  if (xValue !== undefined && tValue !== undefined) {
    return QQ.sign(constantValue(substitute(p, { z: constant(xValue), [name]: constant(tValue) })));
  }
  for (const bits of [96, 320, 1000]) {
    const balls = realBalls(bits);
    const sign = balls.sign(valueAt(balls, p, algebraicToBall(x, bits), algebraicToBall(t0, bits), name));
    if (sign !== undefined) return sign;
  }
  return 0;
}

function valueAt(balls: RealBalls, p: Polynomial, x: RealBall, t: RealBall, name: string): RealBall {
  const horner = (rows: readonly RealBall[], at: RealBall): RealBall =>
    rows.reduceRight((sum, c) => balls.add(balls.mul(sum, at), c), balls.zero);
  return horner(
    coefficients(p, "z").map((row) =>
      horner(
        coefficients(row, name).map((c) => balls.fromRational(constantValue(c))),
        t,
      ),
    ),
    x,
  );
}

/** An open interval of t; a side that is not bounded is undefined. */
export interface Stretch {
  readonly from: AlgebraicNumber | undefined;
  readonly to: AlgebraicNumber | undefined;
}

/** Times close to t0, on both sides, and rationals that keep its places apart meanwhile. */
export interface Neighbourhood {
  readonly before: Stretch;
  readonly after: Stretch;
  /** Ascending, one between any two neighbouring places; no branch point or pole passes one in `before`, at t0 or in `after`. */
  readonly separators: readonly Rational[];
  /**
   * Whether some branch point or pole goes to infinity: then there is one more separator before the first place and one after the last one, and
   * the two cells beyond them hold what goes there.
   */
  readonly escapes: boolean;
  /** The cell between the separators that holds places[k], by k. */
  readonly cells: readonly number[];
}

/**
 * Times so close to the critical time times[index] that every real branch point and pole between two neighbouring separators goes, as t
 * tends to it, to the one place there (or, where the places are not all, stays away from every other place). Exact.
 */
export function neighbourhoodOf(
  family: Family,
  index: number,
  places: readonly Place[],
  budget: Budget,
): Neighbourhood {
  const t0 = family.times[index]!;
  const around: Stretch = {
    from: family.times[index - 1] ?? (family.above === undefined ? undefined : algebraicFromRational(family.above)),
    to: family.times[index + 1],
  };
  const escapes = [family.branch, family.poles].some((p) =>
    vanishesAt(leadingCoefficient(p, "z"), algebraicFromRational(QQ.zero), t0, family.name),
  );
  const ends = escapes ? [undefined, ...places.map(({ at }) => at), undefined] : places.map(({ at }) => at);
  const found = ends.slice(1).map((right, k) => separatorBetween(family, t0, { from: ends[k], to: right }, budget));
  let [lower, upper] = [around.from, around.to];
  for (const t of found.flatMap(({ times }) => times)) {
    if (compareAlgebraic(t, t0) < 0) {
      if (lower === undefined || compareAlgebraic(t, lower) > 0) lower = t;
    } else if (upper === undefined || compareAlgebraic(t, upper) < 0) upper = t;
  }
  return {
    before: { from: lower, to: t0 },
    after: { from: t0, to: upper },
    separators: found.map(({ s }) => s),
    escapes,
    cells: places.map((_, k) => (escapes ? k + 1 : k)),
  };
}

/** A rational in an interval of z that no branch point or pole is at at t0, and the times at which one is there. */
function separatorBetween(
  family: Family,
  t0: AlgebraicNumber,
  interval: Stretch,
  budget: Budget,
): { s: Rational; times: readonly AlgebraicNumber[] } {
  let rest = interval;
  for (let attempt = 0; attempt < 64; attempt++) {
    const s = sampleOf(rest);
    const polynomial = crossings(family, s);
    const times = isConstant(polynomial) ? [] : algebraicRoots(polynomial, budget);
    if (times.every((t) => compareAlgebraic(t, t0) !== 0)) return { s, times };
    rest =
      rest.to === undefined ? { ...rest, from: algebraicFromRational(s) } : { ...rest, to: algebraicFromRational(s) };
  }
  throw new InternalError("no rational number keeps two branch points apart");
}

/** The part of a stretch that is 2^bits times nearer to the one of its ends that is t0. */
export function nextTo(t0: AlgebraicNumber, stretch: Stretch, bits: number): Stretch {
  const from = algebraicFromRational(sampleOf(stretch));
  const { lower, upper } = refine(t0, 40 + bits);
  const part = (gap: Rational): Rational => QQ.mul(gap, rational(1n, 1n << BigInt(bits)));
  return compareAlgebraic(from, t0) > 0
    ? { from: t0, to: algebraicFromRational(QQ.add(upper, part(QQ.sub(from.upper, upper)))) }
    : { from: algebraicFromRational(QQ.sub(lower, part(QQ.sub(lower, from.lower)))), to: t0 };
}

/** A rational inside. */
export function sampleOf({ from, to }: Stretch): Rational {
  if (from !== undefined && to !== undefined) return rationalBetween(from, to);
  if (from !== undefined) return rational(QQ.floor(QQ.add(from.upper, half(from.upper))) + 2n);
  if (to !== undefined) return rational(QQ.ceil(QQ.sub(to.lower, half(to.lower))) - 2n);
  return QQ.one;
}

/** Rationals inside, the simplest first, for when a certificate is not reached at one. */
export function* samplesOf(stretch: Stretch): Generator<Rational> {
  const first = sampleOf(stretch);
  yield first;
  const middle = algebraicFromRational(first);
  const above = sampleOf({ from: middle, to: stretch.to });
  yield above;
  yield sampleOf({ from: stretch.from, to: middle });
  yield sampleOf({ from: middle, to: algebraicFromRational(above) });
}

function half(r: Rational): Rational {
  return QQ.mul(QQ.abs(r), rational(1, 2));
}

/** Which cell between separators holds x: 0 before the first one. */
export function cellOf(separators: readonly Rational[], x: AlgebraicNumber): number {
  return separators.filter((s) => compareWithRational(x, s) > 0).length;
}

/** The number of real branch points in each cell at a rational time. */
export function realPointsPerCell(
  family: Family,
  t: Rational,
  separators: readonly Rational[],
  budget: Budget,
): number[] {
  const counts = new Array<number>(separators.length + 1).fill(0);
  const p = substitute(family.branch, { [family.name]: constant(t) });
  if (isConstant(p)) return counts;
  for (const x of algebraicRoots(p, budget)) counts[cellOf(separators, x)]!++;
  return counts;
}

/** b_zt² − b_zz b_tt at a point of the branch curve: positive at a node with real tangents, negative at an acnode, zero at a cusp. */
export function nodeSign(family: Family, x: AlgebraicNumber, t0: AlgebraicNumber): -1 | 0 | 1 {
  const { branch: b, name } = family;
  const [bz, bt] = [derivative(b, "z"), derivative(b, name)];
  const mixed = derivative(bz, name);
  const hessian = subtract(multiply(mixed, mixed), multiply(derivative(bz, "z"), derivative(bt, name)));
  return signAt(hessian, x, t0, name);
}
