// Exact: what becomes of a law as its size factor tau grows, from its spectra at a few rational tau.
import { LimitError } from "../core/index.js";
import { QQ, type Rational } from "../rings/index.js";
import {
  checkResultant,
  claim,
  compareRoot,
  type Factor,
  factorOf,
  type Powers,
  powersOf,
  type Root,
  rootOf,
  signAt,
  variations,
} from "./algebra.js";
import { type Findings, numberOf, type Shown } from "./answers.js";
import { areMoments, type Derived } from "./derivation.js";
import { dense, derivative, list, natural, object, type Poly, rationalOf, setTo } from "./polynomial.js";
import { checkMeasure, type Pole, type Sheet } from "./sheet.js";

/** The curve P of a law with the size factor tau, and when its critical points meet. */
export interface Flow {
  readonly derived: Derived;
  /** Their roots z are the critical points. */
  readonly points: readonly Poly[];
  /** Polynomials in tau, with every time at which two of them meet, one goes to infinity, or the curve degenerates. */
  readonly times: readonly Factor[];
  /** Positive numbers, ascending, none of them a time, that help the rule of signs to count the times. */
  readonly cuts: readonly Rational[];
  /** Those of them at which all that happens is that roots of two different ones of `points` meet. */
  readonly simple: readonly Factor[];
}

/**
 * Proves a step on the critical times: Res_m(P, dP/dm) is a product of powers of the points and of times, and so are Res_z(f, df/dz) and
 * Res_z(f, g) of all points f, g. Between two neighbouring times the critical points move without meeting, every one with the same
 * multiplicity, and the sheets over it with the same cycles and poles [Zariski]; the branch at infinity is analytic in tau. So the physical
 * sheet has the same cells, edges and poles all the while.
 */
export function checkTimes(derived: Derived, step: unknown): Flow {
  const given = object(step, "kind", "of", "times", "cuts", "points", "constant", "meetings");
  const times = list(given.times).map((entry) => factorOf(list(entry, 2), "tau"));
  const cuts = list(given.cuts).map(rationalOf);
  claim(isAscending([QQ.zero, ...cuts]) && cuts.every((cut) => isNoTime(times, cut)), "a cut is a critical time");
  const powers = (value: unknown): Powers =>
    list(value, times.length).map((exponent, k) => [times[k]!.p, natural(exponent)] as const);
  const points = powersOf(given.points);
  const content = powers(given.constant);
  checkResultant(derived.curve, derivative(derived.curve, "m"), "m", [...points, ...content]);
  const meetings = list(given.meetings, points.length).map((row, i) => list(row, i + 1).map(powers));
  for (const [i, row] of meetings.entries()) {
    const [f] = points[i]!;
    for (const [j, product] of row.entries())
      checkResultant(f, j === i ? derivative(f, "z") : points[j]![0], "z", product);
  }
  const own = [content, ...meetings.map((row) => row.at(-1)!)];
  const simple = times.filter((_, k) => own.every((product) => product[k]![1] === 0));
  return { derived, points: points.map(([f]) => f), times, cuts, simple };
}

const mostMoments = 100;

/** Proves that the branch at infinity is the transform of no measure: the square of a polynomial has a negative mean. */
export function checkNoMeasure({ curve }: Derived, step: unknown): void {
  const given = object(step, "kind", "of", "moments", "polynomial");
  const [moments, c] = [list(given.moments).map(rationalOf), list(given.polynomial).map(rationalOf)];
  if (c.length > mostMoments) throw new LimitError("a proof by moments is too long");
  claim(moments.length === 2 * c.length - 1 && areMoments(curve, moments), "the moments are not those of the curve");
  const terms = c.flatMap((a, i) => c.map((b, j) => QQ.mul(QQ.mul(a, b), moments[i + j]!)));
  claim(QQ.sign(terms.reduce((sum, term) => QQ.add(sum, term), QQ.zero)) < 0, "the mean of a square is not negative");
}

/** The law at one rational tau, a measure. */
interface Spectrum {
  readonly tau: Rational;
  readonly sheet: Sheet;
  readonly poles: readonly Pole[];
}

/** Between two neighbouring values of tau: the one critical time there, and what is needed to see what happens at it. */
interface Gap {
  readonly time: Root | undefined;
  /** Rational z that no critical point passes. */
  readonly separators: readonly Rational[];
  readonly places: readonly unknown[];
}

export interface History {
  readonly flow: Flow;
  /** Ascending in tau. */
  readonly spectra: readonly Spectrum[];
  /** A tau after them at which the law is no measure, and so at none beyond [Nica–Speicher 1996]; without one there is no end. */
  readonly beyond: Rational | undefined;
  readonly gaps: readonly Gap[];
}

/** What the steps before tell of a law at one tau. */
export interface Sample {
  readonly derived: Derived;
  readonly sheet?: Sheet;
  readonly refuted?: boolean;
}

const isInside = ({ lower, upper }: Root, low: Rational, high: Rational): boolean =>
  QQ.compare(low, lower) < 0 && QQ.compare(upper, high) < 0;

const isAscending = (all: readonly Rational[]): boolean =>
  all.every((x, k) => k === 0 || QQ.compare(all[k - 1]!, x) < 0);
const isNoTime = (times: readonly Factor[], tau: Rational): boolean => times.every(({ f }) => signAt(f, tau) !== 0);

/** How many critical times there are at most between two others; none and one are exact. */
function timesBetween({ times, cuts }: Flow, from: Rational, to: Rational | undefined): number {
  const within = cuts.filter((cut) => QQ.compare(from, cut) < 0 && (to === undefined || QQ.compare(cut, to) < 0));
  const ends = [from, ...within, to] as [Rational, ...Rational[]];
  const count = ({ f }: Factor): number =>
    ends.reduce((sum, end, k) => sum + (k === 0 ? 0 : variations(f, ends[k - 1]!, end)), 0);
  return times.reduce((sum, factor) => sum + count(factor), 0);
}

/** Proves a step on the history of a law: one critical time at most between two neighbouring values of tau, and none after an end that is open. */
export function checkHistory(flow: Flow, step: unknown, earlier: (index: unknown) => Sample): History {
  const given = object(step, "kind", "of", "spectra", "beyond", "gaps");
  const tauOf = ({ derived: { value } }: Sample): Rational => {
    claim(value !== undefined && value.of === flow.derived, "a step of a history is about another law");
    claim(isNoTime(flow.times, value.tau), "a critical time is no sample");
    return value.tau;
  };
  const spectra = list(given.spectra).map((index): Spectrum => {
    const sample = earlier(index);
    claim(sample.sheet !== undefined, "a spectrum of a history is not proved");
    return { tau: tauOf(sample), sheet: sample.sheet, poles: checkMeasure(sample.sheet) };
  });
  const [end] = list(given.beyond).map(earlier);
  claim(end === undefined || end.refuted === true, "nothing shows that there is no measure beyond");
  const beyond = end === undefined ? undefined : tauOf(end);
  const taus = [...spectra.map(({ tau }) => tau), ...(beyond === undefined ? [] : [beyond])];
  claim(taus.length > 0 && isAscending(taus), "the values of tau do not ascend");
  const gaps = list(given.gaps, taus.length - 1).map((entry, k): Gap => {
    const { time, separators, places } = object(entry, "time", "separators", "places");
    const [a, b] = [taus[k]!, taus[k + 1]!];
    const root = list(time).length === 0 ? undefined : rootOf(time, flow.times);
    const asGiven = timesBetween(flow, a, b) === (root === undefined ? 0 : 1);
    claim(asGiven, "the critical times between two tau are not those given");
    claim(root === undefined || isInside(root, a, b), "a critical time is elsewhere");
    const apart = list(separators).map(rationalOf);
    claim(isAscending(apart), "the places between events do not ascend");
    for (const point of flow.points)
      for (const s of apart) {
        const f = dense(setTo(point, "z", s), "tau");
        const still = variations(f, a, b) === 0 && signAt(f, a) !== 0 && signAt(f, b) !== 0;
        claim(still, "a critical point passes a place that is to keep them apart");
      }
    return { time: root, separators: apart, places: list(places) };
  });
  if (beyond === undefined)
    claim(timesBetween(flow, taus.at(-1)!, undefined) === 0, "there are critical times beyond the last spectrum");
  if (spectra.length === 0) claim(timesBetween(flow, QQ.zero, beyond!) === 0, "there may be spectra at smaller tau");
  return { flow, spectra, beyond, gaps };
}

/** The answer of `horizon`, without causes: tau grows through the spectra up to the last critical time [Nica–Speicher 1996]. */
export function horizonAnswer({ spectra, beyond, gaps }: History, to: Findings): Shown {
  const free = "the law is a probability measure decompressed by every tau > 0: it is freely infinitely divisible";
  const none = "the law is a probability measure decompressed by no tau > 0";
  const upTo = "the law is a probability measure decompressed by every tau > 0 up to the horizon, and by none beyond";
  to.verified.push(beyond === undefined ? free : spectra.length === 0 ? none : upTo);
  if (beyond === undefined || spectra.length === 0) return { tau: beyond === undefined ? "infinity" : "none" };
  const { time } = gaps.at(-1)!;
  claim(time !== undefined, "no critical time is given for the horizon");
  return { tau: numberOf(time, to) };
}

/** The answer of `events`: what differs between neighbouring spectra. */
export function eventsAnswer(history: History, to: Findings): Shown {
  const { flow, spectra, gaps } = history;
  const first = spectra[0]?.tau;
  const none = first === undefined || timesBetween(flow, QQ.zero, first) === 0;
  claim(none, "there are critical times before the first spectrum");
  const events = gaps.flatMap((_, k) => eventsIn(history, k, to));
  to.verified.push(
    `the spectrum changes at these ${events.length} events and nowhere else up to the horizon, which is proved with them`,
  );
  return { events };
}

/** What of a spectrum lies between two places. */
interface Part {
  /** From left to right: ( and ) where the density begins and ends, * for an atom. */
  readonly pattern: string;
  readonly atoms: readonly Root[];
  /** The number of real critical points. */
  readonly points: number;
}

function partOf(
  { sheet: { critical, cells }, poles }: Spectrum,
  low: Rational | undefined,
  high: Rational | undefined,
): Part {
  const inside = critical.real.flatMap((root, k) => {
    const above = low === undefined || compareRoot(root, low) > 0;
    return above && (high === undefined || compareRoot(root, high) < 0) ? [k] : [];
  });
  const atoms = inside.filter((k) => poles.some(({ index }) => index === k));
  const marks = inside.map((k) => {
    const [left, right] = [cells[k] === "zero", cells[k + 1] === "zero"];
    return `${!left && right ? ")" : ""}${atoms.includes(k) ? "*" : ""}${left && !right ? "(" : ""}`;
  });
  return { pattern: marks.join(""), atoms: atoms.map((k) => critical.real[k]!), points: inside.length };
}

const edgesOf = ({ pattern }: Part): string => pattern.replaceAll("*", "");

/** What it is when two edges come or go, alone or with an atom between them. */
const changes: ReadonlyMap<string, readonly string[]> = new Map([
  [" )(", ["cusp-split"]],
  [")( ", ["cusp-merge"]],
  [" ()", ["bulk-appears"]],
  ["() ", ["bulk-vanishes"]],
  [" )*(", ["cusp-split", "atom-born", "edge-meets-atom"]],
  [")*( ", ["cusp-merge", "atom-absorbed", "edge-meets-atom"]],
]);

/**
 * The events at the critical time of a gap. Where nothing differs nothing has happened: neither the number of atoms nor that of bulks and
 * isolated atoms falls as tau grows, so nothing vanishes while another thing appears [Belinschi–Bercovici 2004; Huang 2012].
 */
function eventsIn({ flow, spectra, beyond, gaps }: History, k: number, to: Findings): Shown[] {
  const [before, after] = [spectra[k]!, spectra[k + 1]];
  const { time, separators, places } = gaps[k]!;
  if (time === undefined) return [];
  const at = numberOf(time, to);
  const rest = [...places];
  const found = [...separators, undefined].flatMap((high, j): Shown[] => {
    const low = separators[j - 1];
    const old = partOf(before, low, high);
    const now = after === undefined ? undefined : partOf(after, low, high);
    if (now?.pattern === old.pattern || (now === undefined && old.pattern !== "()")) return [];
    if (low === undefined || high === undefined) {
      if (now === undefined) return [];
      throw new LimitError("an event is not told apart from what is beside it");
    }
    const atoms = [...old.atoms, ...(now?.atoms ?? [])];
    if (now !== undefined && edgesOf(now) === edgesOf(old) && atoms.length === 1) {
      const meets = flow.simple.includes(time.of) && old.points === 2 && edgesOf(old).length === 1;
      const kind = old.atoms.length === 0 ? "atom-born" : "atom-absorbed";
      return [{ at, kinds: meets ? [kind, "edge-meets-atom"] : [kind], where: numberOf(atoms[0]!, to) }];
    }
    const count = (f: Poly, t: Rational): number => variations(dense(setTo(f, "tau", t), "z"), low, high);
    // Beyond the end nothing is known but that the two edges are no longer real.
    if (now === undefined && flow.points.some((f) => count(f, beyond!) > 0)) return [];
    const kinds = changes.get(`${old.pattern} ${now?.pattern ?? ""}`);
    if (kinds === undefined) throw new LimitError("an event is of no kind that the checker knows");
    if (atoms.length === 1) return [{ at, kinds, where: numberOf(atoms[0]!, to) }];
    const [many, tau] = old.pattern === "" ? [now!, after!.tau] : [old, before.tau];
    if (many.points !== 2) throw new LimitError("two edges that meet are not told apart from what is beside them");
    const where = placeOf(flow, rest.shift(), low, high, (f) => count(f, tau));
    return [{ at, kinds, where: numberOf(where, to) }];
  });
  if (after !== undefined) return found;
  if (found.length < edgesOf(partOf(before, undefined, undefined)).length / 2 && found.length > 0)
    to.notCovered.push("what else happens at the last event");
  return found.length > 0 ? found : [{ at, kinds: undefined, where: undefined }];
}

/** The place between low and high at which two roots z of one of the points f meet: the only root there of Res_tau(f, df/dz). */
function placeOf(flow: Flow, entry: unknown, low: Rational, high: Rational, count: (f: Poly) => number): Root {
  const given = object(entry, "point", "factors", "root");
  const f = flow.points[natural(given.point)];
  const ofOne = f !== undefined && flow.points.every((g) => g === f || count(g) === 0);
  claim(ofOne, "two edges meet that are of no one kind");
  const factors = list(given.factors).map((factor) => factorOf(list(factor, 3), "z"));
  const powers = list(given.factors).map((factor) => natural(list(factor, 3)[1]));
  checkResultant(
    f,
    derivative(f, "z"),
    "tau",
    factors.map(({ p }, k) => [p, powers[k]!]),
  );
  const meetings = factors.reduce((sum, factor) => sum + variations(factor.f, low, high), 0);
  claim(meetings === 1, "two edges may meet at several places");
  const root = rootOf(given.root, factors);
  claim(isInside(root, low, high), "the place of an event is elsewhere");
  return root;
}
