// Exact: what becomes of a law as its size factor tau grows, from its spectra at a few rational tau.
import { type Budget, LimitError } from "../core/index.js";
import { QQ, type Rational } from "../rings/index.js";
import {
  checkResultant,
  claim,
  compareRoot,
  type Factor,
  factorOf,
  type Root,
  rootOf,
  rootText,
  signAt,
  variations,
} from "./algebra.js";
import { type Findings, isEdge, numberOf, type Shown } from "./answers.js";
import type { Derived } from "./derivation.js";
import { dense, derivative, number, type Poly, type Powers, proportional, substitute } from "./polynomial.js";
import { anything, listOf, natural, object, polyOf, rationalOf, textOf, tuple } from "./reading.js";
import { checkMeasure, type Place, type Sheet } from "./sheet.js";

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
  readonly budget: Budget;
}

/**
 * Proves a step on the critical times: Res_m(P, dP/dm) is a product of powers of the points and of times, and so are Res_z(f, df/dz) and
 * Res_z(f, g) of all points f, g. Between two neighbouring times the critical points move without meeting, every one with the same
 * multiplicity, and the sheets over it with the same cycles and poles [Zariski]; the branch at infinity is analytic in tau. So the physical
 * sheet has the same cells, edges and poles all the while.
 */
export function checkTimes(derived: Derived, step: unknown, budget: Budget): Flow {
  const given = object(step, {
    kind: textOf,
    of: natural,
    times: listOf(tuple(textOf, textOf)),
    cuts: listOf(rationalOf),
    points: listOf(tuple(polyOf, natural)),
    constant: listOf(natural),
    meetings: listOf(listOf(listOf(natural))),
  });
  const { points, cuts, meetings, constant } = given;
  const times = given.times.map(([text, witness]) => factorOf(text, witness, "tau"));
  claim(isAscending([QQ.zero, ...cuts]) && cuts.every((cut) => isNoTime(times, cut)), "a cut is a critical time");
  const powers = (exponents: readonly number[] = []): Powers => times.map(({ p }, k) => [p, exponents[k] ?? 0]);
  checkResultant(derived.curve, derivative(derived.curve, "m"), "m", [...points, ...powers(constant)], budget);
  for (const [i, [f]] of points.entries())
    for (const [j, [g]] of points.slice(0, i + 1).entries())
      checkResultant(f, j === i ? derivative(f, "z") : g, "z", powers(meetings[i]?.[j]), budget);
  const own = [constant, ...points.map((_, i) => meetings[i]?.[i] ?? [])];
  const simple = times.filter((_, k) => own.every((exponents) => (exponents[k] ?? 0) === 0));
  return { derived, points: points.map(([f]) => f), times, cuts, simple, budget };
}

/** The law at one rational tau, a measure. */
interface Spectrum {
  readonly tau: Rational;
  readonly sheet: Sheet;
  readonly poles: readonly Place[];
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

/** What the steps before tell of a curve. */
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

/** A polynomial with a rational number in place of a variable, times a power of its denominator. */
const setTo = (p: Poly, name: string, { num, den }: Rational): Poly =>
  substitute(p, { [name]: { num: number(num), den: number(den) } });

/** How many critical times there are at most between two others; none and one are exact. */
function timesBetween({ times, cuts }: Flow, from: Rational, to: Rational | undefined): number {
  const within = cuts.filter((cut) => QQ.compare(from, cut) < 0 && (to === undefined || QQ.compare(cut, to) < 0));
  const starts = [from, ...within];
  const counts = times.flatMap(({ f }) => starts.map((start, k) => variations(f, start, starts[k + 1] ?? to)));
  return counts.reduce((sum, count) => sum + count, 0);
}

const samples = listOf(tuple(rationalOf, natural));

/** Proves a step on the history of a law: one critical time at most between two neighbouring values of tau, and none after an end that is open. */
export function checkHistory(flow: Flow, step: unknown, earlier: (index: number) => Sample): History {
  const given = object(step, { kind: textOf, of: natural, spectra: samples, beyond: samples, gaps: listOf(anything) });
  const sampleOf = (tau: Rational, index: number): Sample => {
    const sample = earlier(index);
    const isThere = proportional(setTo(flow.derived.curve, "tau", tau), sample.derived.curve);
    claim(isThere, "a curve is not the one at the given tau");
    claim(isNoTime(flow.times, tau), "a critical time is no sample");
    return sample;
  };
  const spectra = given.spectra.map(([tau, index]): Spectrum => {
    const { sheet } = sampleOf(tau, index);
    claim(sheet !== undefined, "a spectrum of a history is not proved");
    return { tau, sheet, poles: checkMeasure(sheet) };
  });
  const [beyond] = given.beyond.map(([tau, index]) => {
    claim(sampleOf(tau, index).refuted === true, "nothing shows that there is no measure beyond");
    return tau;
  });
  const taus = [...spectra.map(({ tau }) => tau), ...(beyond === undefined ? [] : [beyond])];
  claim(taus.length > 0 && isAscending([QQ.zero, ...taus]), "the values of tau do not ascend");
  claim(given.gaps.length === taus.length - 1, "the gaps between the values of tau are not all given");
  const gaps = given.gaps.map((entry, k): Gap => {
    const fields = { time: listOf(rootText), separators: listOf(rationalOf), places: listOf(anything) };
    const { time, separators, places } = object(entry, fields);
    const [a, b] = [taus[k]!, taus[k + 1]!];
    const [root] = time.map((text) => rootOf(text, flow.times));
    const asGiven = timesBetween(flow, a, b) === time.length && time.length < 2;
    claim(asGiven, "the critical times between two tau are not those given");
    claim(root === undefined || isInside(root, a, b), "a critical time is elsewhere");
    claim(isAscending(separators), "the places between events do not ascend");
    for (const f of flow.points.flatMap((point) => separators.map((s) => dense(setTo(point, "z", s), "tau")))) {
      const still = variations(f, a, b) === 0 && signAt(f, a) !== 0 && signAt(f, b) !== 0;
      claim(still, "a critical point passes a place that is to keep them apart");
    }
    return { time: root, separators, places };
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
  const events = gaps.flatMap((_, k) => (first === undefined ? [] : eventsIn(history, k, to)));
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

function partOf({ sheet, poles }: Spectrum, low: Rational | undefined, high: Rational | undefined): Part {
  const inside = sheet.places.filter(
    ({ root }) =>
      (low === undefined || compareRoot(root, low) > 0) && (high === undefined || compareRoot(root, high) < 0),
  );
  const marks = inside.map((place) => {
    const edge = isEdge(place) ? (place.after === "zero" ? ")" : "(") : "";
    const atom = poles.includes(place) ? "*" : "";
    return edge === ")" ? edge + atom : atom + edge;
  });
  const atoms = inside.filter((place) => poles.includes(place)).map(({ root }) => root);
  return { pattern: marks.join(""), atoms, points: inside.length };
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
    const count = (f: Poly, tau: Rational): number =>
      low === undefined || high === undefined ? 1 : variations(dense(setTo(f, "tau", tau), "z"), low, high);
    // Beyond the end nothing is known but that the two edges are no longer real.
    const ends = after === undefined && old.pattern === "()" && flow.points.every((f) => count(f, beyond!) === 0);
    const now = after !== undefined ? partOf(after, low, high) : ends ? { pattern: "", atoms: [], points: 0 } : old;
    if (now.pattern === old.pattern) return [];
    if (low === undefined || high === undefined)
      throw new LimitError("an event is not told apart from what is beside it");
    const [atom, ...others] = [...old.atoms, ...now.atoms];
    let kinds = changes.get(`${old.pattern} ${now.pattern}`);
    if (edgesOf(now) === edgesOf(old)) {
      const meets = flow.simple.includes(time.of) && old.points === 2 && edgesOf(old).length === 1;
      kinds = [old.atoms.length === 0 ? "atom-born" : "atom-absorbed", ...(meets ? ["edge-meets-atom"] : [])];
    }
    if (kinds === undefined || others.length > 0) throw new LimitError("an event is of no kind that the checker knows");
    if (atom !== undefined) return [{ at, kinds, where: numberOf(atom, to) }];
    const [many, tau] = old.pattern === "" ? [now, after!.tau] : [old, before.tau];
    if (many.points !== 2) throw new LimitError("two edges that meet are not told apart from what is beside them");
    const where = placeOf(flow, rest.shift(), low, high, (f) => count(f, tau));
    return [{ at, kinds, where: numberOf(where, to) }];
  });
  if (after !== undefined) return found;
  if (found.length < before.sheet.places.filter(isEdge).length / 2 && found.length > 0)
    to.notCovered.push("what else happens at the last event");
  return found.length > 0 ? found : [{ at, kinds: null, where: null }];
}

/** The place between low and high at which two roots z of one of the points f meet: the only root there of Res_tau(f, df/dz). */
function placeOf(flow: Flow, entry: unknown, low: Rational, high: Rational, count: (f: Poly) => number): Root {
  const fields = { point: natural, factors: listOf(tuple(textOf, natural, textOf)), root: rootText };
  const given = object(entry, fields);
  const f = flow.points[given.point];
  const ofOne = f !== undefined && flow.points.every((g) => g === f || count(g) === 0);
  claim(ofOne, "two edges meet that are of no one kind");
  const factors = given.factors.map(([text, , witness]) => factorOf(text, witness, "z"));
  const powers = given.factors.map(([, power], k) => [factors[k]!.p, power] as const);
  checkResultant(f, derivative(f, "z"), "tau", powers, flow.budget);
  const meetings = factors.reduce((sum, factor) => sum + variations(factor.f, low, high), 0);
  claim(meetings === 1, "two edges may meet at several places");
  const root = rootOf(given.root, factors);
  claim(isInside(root, low, high), "the place of an event is elsewhere");
  return root;
}
