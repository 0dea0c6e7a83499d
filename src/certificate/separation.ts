// Exact: places that no critical point passes while tau goes through a critical time, so that its events are told apart.
import type { Budget } from "../core/index.js";
import type { SpectralEvent } from "../evolution/index.js";
import {
  constant,
  derivative,
  factor,
  integerPoly,
  isConstant,
  isZero,
  type Polynomial,
  primitive,
  resultant,
  substitute,
  toIntegerPoly,
  toText,
} from "../poly/index.js";
import { QQ, type Rational, rational, simplestRationalBetween } from "../rings/index.js";
import { type AlgebraicNumber, compareAlgebraic, compareWithRational, realRoots, refine } from "../roots/index.js";
import { variations } from "../verify/index.js";
import type { Flow } from "./flow-steps.js";
import { endsOf, witnessOf } from "./numbers.js";

/** Values of tau next to a critical time, on both sides; rationals z, two around every event, and the proofs of places where edges meet. */
export interface Separation {
  readonly low: Rational;
  readonly high: Rational;
  readonly separators: readonly Rational[];
  readonly places: readonly unknown[];
}

/** Tells the events at one critical time apart, within a window of tau that shrinks until that can be seen; undefined when it cannot. */
export function separated(
  flow: Flow,
  time: number,
  [low, high]: readonly [Rational, Rational],
  events: readonly SpectralEvent[],
  digits: number,
  budget: Budget,
): Separation | undefined {
  if (events.length === 0) return { low, high, separators: [], places: [] };
  const at = refine(flow.times[time]!.at, 200);
  const known = new Map<number, readonly MeetingFactor[]>();
  const meetings = (point: number): readonly MeetingFactor[] => {
    const own = known.get(point) ?? meetingFactors(flow.points[point]!, budget);
    known.set(point, own);
    return own;
  };
  let window = [low, high] as const;
  for (let round = 0; round < 24; round++) {
    budget.spend(20, "telling events apart");
    const found = separators(flow, window, events, meetings, digits, budget);
    if (found !== undefined) return { low: window[0], high: window[1], ...found };
    window = [halfway(window[0], at.lower), halfway(window[1], at.upper)];
  }
  return undefined;
}

/** A simple rational about half of the way from a to b. */
function halfway(a: Rational, b: Rational): Rational {
  const [p, q] = [1, 3].map((k) => QQ.add(a, QQ.mul(QQ.sub(b, a), rational(k, 4)))) as [Rational, Rational];
  return QQ.compare(p, q) < 0 ? simplestRationalBetween(p, q) : simplestRationalBetween(q, p);
}

/** A real critical point at one tau, with the index of its polynomial. */
interface Point {
  readonly at: AlgebraicNumber;
  readonly of: number;
}

function separators(
  { points }: Flow,
  window: readonly [Rational, Rational],
  events: readonly SpectralEvent[],
  meetings: (point: number) => readonly MeetingFactor[],
  digits: number,
  budget: Budget,
): Omit<Separation, "low" | "high"> | undefined {
  const sides = window.map((tau) => realPoints(points, tau, budget)) as [readonly Point[], readonly Point[]];
  const all: Rational[] = [];
  const places: unknown[] = [];
  const where = events.map((event) => event.where);
  for (const [k, x] of where.entries()) {
    if (x === undefined) return undefined;
    const others = sides.flat().map(({ at }) => at);
    const found = around(x, [where[k - 1], where[k + 1]], others, (s, t) => {
      if (![s, t].every((end) => stays(points, end, window))) return undefined;
      const counts = sides.map((side) => side.filter(({ at }) => isBetween(at, s, t)));
      const most = Math.max(...counts.map((own) => own.length));
      const { kinds } = events[k]!;
      const [moves, hasAtom] = [!kinds[0]!.startsWith("atom"), kinds.some((kind) => kind.startsWith("atom"))];
      const expected = moves && hasAtom ? 3 : moves || kinds.includes("edge-meets-atom") ? 2 : 1;
      if (most !== expected) return undefined;
      if (hasAtom) return { s, t };
      const [one, other] = counts.find((own) => own.length === 2)!;
      if (one!.of !== other!.of) return undefined;
      const place = meetingPlace(meetings(one!.of), x, s, t, digits);
      return place === undefined ? undefined : { s, t, place };
    });
    if (found === undefined) return undefined;
    all.push(found.s, found.t);
    if ("place" in found) places.push(found.place);
  }
  return { separators: all, places };
}

const isBetween = (at: AlgebraicNumber, s: Rational, t: Rational): boolean =>
  compareWithRational(at, s) > 0 && compareWithRational(at, t) < 0;

function realPoints(points: readonly Polynomial[], tau: Rational, budget: Budget): readonly Point[] {
  return points.flatMap((f, of) => {
    const there = substitute(f, { tau: constant(tau) });
    return isConstant(there) ? [] : realRoots(there, budget).map(({ root }) => ({ at: root, of }));
  });
}

/** Whether the rule of signs shows that no critical point is at z while tau is in a window. */
function stays(points: readonly Polynomial[], z: Rational, [low, high]: readonly [Rational, Rational]): boolean {
  return points.every((f) => {
    const there = substitute(f, { z: constant(z) });
    if (isConstant(there)) return !isZero(there);
    const inTau = toIntegerPoly(there, "tau");
    const ends = [low, high].every((end) => !QQ.isZero(integerPoly.evaluate(inTau, end)));
    return ends && variations(inTau, low, high) === 0;
  });
}

/**
 * The first two rationals around x, closer and closer from beyond all the others on, that are accepted; neighbours keep their share of the
 * way between.
 */
function around<T>(
  x: AlgebraicNumber,
  neighbours: readonly (AlgebraicNumber | undefined)[],
  others: readonly AlgebraicNumber[],
  accepted: (s: Rational, t: Rational) => T | undefined,
): T | undefined {
  const middle = refine(x, 200);
  const distance = (other: AlgebraicNumber): Rational => QQ.abs(QQ.sub(refine(other, 200).lower, middle.lower));
  const gaps = neighbours.flatMap((other) => (other === undefined ? [] : [distance(other)]));
  const widest = others.map(distance).reduce(QQ.max, QQ.zero);
  const start = QQ.isZero(widest) ? QQ.one : QQ.mul(widest, rational(4));
  let room = gaps.reduce((a, gap) => QQ.min(a, QQ.mul(gap, rational(1, 3))), start);
  const share = rational(3, 4);
  for (let round = 0; round < 100; round++) {
    const less = QQ.mul(room, share);
    const s = simplestRationalBetween(QQ.sub(middle.lower, room), QQ.sub(middle.lower, less));
    const t = simplestRationalBetween(QQ.add(middle.upper, less), QQ.add(middle.upper, room));
    const found = accepted(s, t);
    if (found !== undefined) return found;
    room = less;
  }
  return undefined;
}

/** A factor of Res_tau(f, df/dz), whose roots are the places where two roots z of f meet at some time. */
interface MeetingFactor {
  readonly p: Polynomial;
  readonly text: readonly [string, string, string];
  readonly roots: readonly AlgebraicNumber[];
}

function meetingFactors(f: Polynomial, budget: Budget): readonly MeetingFactor[] {
  const all = resultant(f, derivative(f, "z"), "tau", budget);
  if (isConstant(all)) return [];
  return factor(all, budget).factors.map(({ factor: own, multiplicity }): MeetingFactor => {
    const p = primitive(own);
    const roots = realRoots(p, budget).map(({ root }) => root);
    return { p, text: [toText(p), String(multiplicity), witnessOf(toIntegerPoly(p, "z"))], roots };
  });
}

/** Proof that two roots can meet between s and t only at x. */
function meetingPlace(
  factors: readonly MeetingFactor[],
  x: AlgebraicNumber,
  s: Rational,
  t: Rational,
  digits: number,
): readonly [factors: readonly unknown[], root: readonly string[]] | undefined {
  const index = factors.findIndex(({ roots }) => roots.some((root) => compareAlgebraic(root, x) === 0));
  const count = factors.reduce((sum, { p }) => sum + variations(toIntegerPoly(p, "z"), s, t), 0);
  if (index < 0 || count !== 1) return undefined;
  return [factors.map(({ text }) => text), [String(index), ...endsOf(x, digits)]];
}
