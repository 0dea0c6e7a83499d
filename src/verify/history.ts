// Exact: what becomes of a law as its size factor tau grows, from its spectra at a few rational tau.
import { LimitError } from "../core/index.js";
import { QQ, type Rational } from "../rings/index.js";
import {
  checkResultant,
  compareRoot,
  type Factor,
  factorOf,
  type Root,
  type RootText,
  rootOf,
  rootText,
  signAt,
  variations,
} from "./algebra.js";
import { type Findings, isEdge, numberOf, type Shown } from "./answers.js";
import type { Derived } from "./derivation.js";
import { dense, derivative, number, type Poly, type Powers, polyOf, proportional, substitute } from "./polynomial.js";
import { claim, listOf, natural, object, positive, type Reader, rationalOf, textOf, tuple } from "./reading.js";
import { checkMeasure, type Place, type Sheet } from "./sheet.js";

/** The law at one rational tau: its critical points, some of them poles; without places when it is no measure. */
interface Sample {
  readonly tau: Rational;
  readonly places: readonly Place[] | undefined;
  readonly isPole: (place: Place) => boolean;
}

/** Factors with their powers and witnesses, and a root of one of them. */
type PlaceText = readonly [readonly (readonly [string, number, string])[], RootText];
const placeText: Reader<PlaceText> = tuple(listOf(tuple(textOf, positive, textOf)), rootText);
const historyFields = {
  kind: textOf,
  of: natural,
  times: listOf(tuple(textOf, textOf)),
  cuts: listOf(rationalOf),
  points: listOf(tuple(polyOf, positive)),
  constant: listOf(natural),
  meetings: listOf(listOf(listOf(natural))),
  samples: listOf(tuple(rationalOf, natural)),
  gaps: listOf(tuple(listOf(rootText), listOf(rationalOf), listOf(placeText))),
};

/** Between two neighbouring samples: the one critical time there, rational z that no critical point passes, and places of events. */
interface Gap {
  readonly before: Sample;
  readonly after: Sample;
  readonly time: Root | undefined;
  readonly separators: readonly Rational[];
  readonly places: readonly PlaceText[];
}

export interface History {
  /** Polynomials in z and tau whose roots z are the critical points. */
  readonly points: readonly Poly[];
  /** Factors of the critical times at which all that happens is that roots of two different ones of `points` meet. */
  readonly simple: readonly Factor[];
  readonly first: Sample;
  readonly last: Sample;
  readonly gaps: readonly Gap[];
  /** Whether there is no critical time before the first sample. */
  readonly fromZero: boolean;
}

/** A polynomial with a rational number in place of a variable, times a power of its denominator. */
const setTo = (p: Poly, name: string, { num, den }: Rational): Poly =>
  substitute(p, name, { num: number(num), den: number(den) });
const isAscending = (all: readonly Rational[]): boolean =>
  all.every((x, k) => k === 0 || QQ.compare(all[k - 1]!, x) < 0);
const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
const isBetween = ({ lower, upper }: Root, low: Rational, high: Rational): boolean =>
  QQ.compare(low, lower) < 0 && QQ.compare(upper, high) < 0;

/**
 * Proves a step on the history of a law with the size factor tau and the curve P. Res_m(P, dP/dm) is a product of powers of points and of
 * times, and so are Res_z(f, df/dz) and Res_z(f, g) of all points f, g: the times hold every tau at which two critical points meet, one goes
 * to infinity, or the curve degenerates. Between two neighbouring times the critical points move without meeting, every one with the same
 * multiplicity, and the sheets over it with the same cycles [Zariski]; the branch at infinity is analytic in tau. A pole of weight w has by the
 * flow the weight 1 − (1 − w)/tau, and where that is 0 a branch point comes to it. So the physical sheet has the same cells, edges and poles all
 * the while. Between two neighbouring samples there is one time at most, and none after an
 * end that is open. Where the law is no measure it is none at any larger tau [Nica–Speicher 1996].
 */
export function checkHistory(
  { curve }: Derived,
  step: unknown,
  earlier: (index: number) => { readonly derived: Derived; readonly sheet?: Sheet; readonly refuted?: boolean },
): History {
  const { points, cuts, meetings, constant, ...given } = object(step, historyFields);
  const times = given.times.map(([text, witness]) => factorOf(text, witness, "tau"));
  const isNoTime = (tau: Rational): boolean => times.every(({ f }) => signAt(f, tau) !== 0);
  const powers = (exponents: readonly number[] = []): Powers => times.map(({ p }, k) => [p, exponents[k] ?? 0]);
  checkResultant(curve, derivative(curve, "m"), "m", [...points, ...powers(constant)]);
  for (const [i, [f]] of points.entries())
    for (const [j, [g]] of points.slice(0, i + 1).entries())
      checkResultant(f, j === i ? derivative(f, "z") : g, "z", powers(meetings[i]?.[j]));
  const own = [constant, ...points.map((_, i) => meetings[i]?.[i] ?? [])];
  const simple = times.filter((_, k) => own.every((exponents) => (exponents[k] ?? 0) === 0));
  // Positive numbers that help the rule of signs to count the times, at most; none and one are exact.
  claim(isAscending([QQ.zero, ...cuts]) && cuts.every(isNoTime), "a cut is a critical time");
  const timesBetween = (from: Rational, to: Rational | undefined): number => {
    const inside = cuts.filter((cut) => QQ.compare(from, cut) < 0 && (to === undefined || QQ.compare(cut, to) < 0));
    const starts = [from, ...inside];
    return sumOf(times.flatMap(({ f }) => starts.map((start, k) => variations(f, start, starts[k + 1] ?? to))));
  };
  const samples = given.samples.map(([tau, index]): Sample => {
    const { derived, sheet, refuted } = earlier(index);
    const isThere = proportional(setTo(curve, "tau", tau), derived.curve) && isNoTime(tau);
    claim(isThere && (sheet !== undefined || refuted === true), "a sample is not proved, or not at its tau");
    const poles = sheet === undefined ? new Map() : checkMeasure(sheet);
    return { tau, places: sheet?.places, isPole: (place) => poles.has(place) };
  });
  const [first, last] = [samples[0], samples.at(-1)];
  claim(first !== undefined && last !== undefined, "there is no sample");
  const proved = samples.slice(0, -1).every(({ places }) => places !== undefined);
  claim(proved && isAscending([QQ.zero, ...samples.map(({ tau }) => tau)]), "the values of tau do not ascend");
  claim(given.gaps.length === samples.length - 1, "the gaps between the values of tau are not all given");
  const gaps = given.gaps.map(([time, separators, places], k): Gap => {
    const [before, after] = [samples[k]!, samples[k + 1]!];
    const [root] = time.map((text) => rootOf(text, times));
    const asGiven = timesBetween(before.tau, after.tau) === time.length && time.length < 2;
    claim(asGiven && (root === undefined || isBetween(root, before.tau, after.tau)), "a critical time is elsewhere");
    claim(isAscending(separators), "the places between events do not ascend");
    for (const f of points.flatMap(([point]) => separators.map((s) => dense(setTo(point, "z", s), "tau")))) {
      const atEnds = [before, after].some(({ tau }) => signAt(f, tau) === 0);
      const still = !atEnds && variations(f, before.tau, after.tau) === 0;
      claim(still, "a critical point passes a place that is to keep them apart");
    }
    return { before, after, time: root, separators, places };
  });
  const fromZero = timesBetween(QQ.zero, first.tau) === 0;
  const isOpen = last.places !== undefined;
  claim(!isOpen || timesBetween(last.tau, undefined) === 0, "there are critical times beyond the last spectrum");
  claim(first.places !== undefined || fromZero, "there may be spectra at smaller tau");
  return { points: points.map(([f]) => f), simple, first, last, gaps, fromZero };
}

/** The answer of `horizon`, without causes: tau grows through the spectra up to the last critical time. */
export function horizonAnswer({ first, last, gaps }: History, to: Findings): Shown {
  const [isFree, isNone] = [last.places !== undefined, first.places === undefined];
  const free = "every tau > 0: it is freely infinitely divisible";
  const many = isFree ? free : isNone ? "no tau > 0" : "every tau > 0 up to the horizon, and by none beyond";
  to.verified.push(`the law is a probability measure decompressed by ${many}`);
  if (isFree || isNone) return { tau: isFree ? "infinity" : "none" };
  const { time } = gaps.at(-1)!;
  claim(time !== undefined, "no critical time is given for the horizon");
  return { tau: numberOf(time, to) };
}

/** The answer of `events`: what differs between neighbouring spectra. */
export function eventsAnswer(history: History, to: Findings): Shown {
  claim(history.fromZero, "there are critical times before the first spectrum");
  const events = history.gaps.flatMap((gap) => eventsIn(history, gap, to));
  to.verified.push(
    `the spectrum changes at these ${events.length} events and nowhere else up to the horizon, which is proved with them`,
  );
  return { events };
}

/** What it is when two edges come or go, alone or with an atom between them. */
const changes: Readonly<Record<string, readonly string[]>> = {
  " )(": ["cusp-split"],
  ")( ": ["cusp-merge"],
  " ()": ["bulk-appears"],
  "() ": ["bulk-vanishes"],
  " )*(": ["cusp-split", "atom-born", "edge-meets-atom"],
  ")*( ": ["cusp-merge", "atom-absorbed", "edge-meets-atom"],
};

/**
 * The events at the critical time of a gap. Where nothing differs nothing has happened: neither the number of atoms nor that of bulks and
 * isolated atoms falls as tau grows, so nothing vanishes while another thing appears [Belinschi–Bercovici 2004; Huang 2012].
 */
function eventsIn(history: History, { before, after, time, separators, places }: Gap, to: Findings): Shown[] {
  if (time === undefined) return [];
  const at = numberOf(time, to);
  const rest = [...places];
  const found = [...separators, undefined].flatMap((high, j): Shown[] => {
    const low = separators[j - 1];
    // From left to right: ( and ) where the density begins and ends, * for an atom.
    const within = ({ places: all = [], isPole }: Sample) => {
      const right = all.filter(({ root }) => low === undefined || compareRoot(root, low) > 0);
      const inside = right.filter(({ root }) => high === undefined || compareRoot(root, high) < 0);
      const marks = inside.map((place) => {
        const atom = isPole(place) ? "*" : "";
        return isEdge(place) ? (place.after === 0 ? `)${atom}` : `${atom}(`) : atom;
      });
      const pattern = marks.join("");
      return { pattern, edges: pattern.replaceAll("*", ""), atoms: inside.filter(isPole), count: inside.length };
    };
    const count = (f: Poly, { tau }: Sample): number =>
      low === undefined || high === undefined ? 1 : variations(dense(setTo(f, "tau", tau), "z"), low, high);
    const [old, then] = [within(before), within(after)];
    // Beyond the end nothing is known but that two edges are no longer real.
    const ends = old.pattern === "()" && history.points.every((f) => count(f, after) === 0);
    const now = after.places !== undefined || ends ? then : old;
    if (now.pattern === old.pattern) return [];
    if (low === undefined || high === undefined)
      throw new LimitError("an event is not told apart from what is beside it");
    const [atom, ...others] = [...old.atoms, ...now.atoms];
    // The place of the atom alone, or with one edge at a time at which all that happens is that the two meet.
    const meets = history.simple.includes(time.of) && old.count === 2 && old.edges.length === 1;
    if (now.edges === old.edges && old.count !== (meets ? 2 : 1))
      throw new LimitError("what is beside an atom is not told apart from it");
    const turned = [old.atoms.length === 0 ? "atom-born" : "atom-absorbed", ...(meets ? ["edge-meets-atom"] : [])];
    const kinds = now.edges === old.edges ? turned : changes[`${old.pattern} ${now.pattern}`];
    if (kinds === undefined || others.length > 0) throw new LimitError("an event is of no kind that the checker knows");
    if (atom !== undefined) return [{ at, kinds, where: numberOf(atom.root, to) }];
    const [many, sample] = old.pattern === "" ? [now, after] : [old, before];
    const place = rest.shift();
    if (many.count !== 2 || place === undefined)
      throw new LimitError("two edges that meet are not told apart from what is beside them");
    const [f, ...more] = history.points.filter((point) => count(point, sample) > 0);
    claim(f !== undefined && more.length === 0, "two edges meet that are of no one kind");
    return [{ at, kinds, where: numberOf(placeOf(f, place, low, high), to) }];
  });
  if (after.places !== undefined) return found;
  if (found.length < before.places!.filter(isEdge).length / 2 && found.length > 0)
    to.notCovered.push("what else happens at the last event");
  return found.length > 0 ? found : [{ at, kinds: null, where: null }];
}

/** The place between low and high at which two roots z of one of the points f meet: the only root there of Res_tau(f, df/dz). */
function placeOf(f: Poly, [factorTexts, text]: PlaceText, low: Rational, high: Rational): Root {
  const factors = factorTexts.map(([own, , witness]) => factorOf(own, witness, "z"));
  const powers = factorTexts.map(([, power], k) => [factors[k]!.p, power] as const);
  checkResultant(f, derivative(f, "z"), "tau", powers);
  const root = rootOf(text, factors);
  const count = sumOf(factors.map((factor) => variations(factor.f, low, high)));
  claim(count === 1 && isBetween(root, low, high), "the place of an event is elsewhere, or one of several");
  return root;
}
