// Exact: the steps by which the horizon and the events of a law follow from its spectra at a few rational size factors.
import { LimitError } from "../core/index.js";
import { events, horizon, type SpectralEvent } from "../evolution/index.js";
import type { Law } from "../law/index.js";
import { QQ, type Rational, rational, rationalToText, simplestRationalBetween } from "../rings/index.js";
import { type AlgebraicNumber, compareAlgebraic, refine } from "../roots/index.js";
import type { Record } from "./derivation-steps.js";
import {
  addFlow,
  addNoMeasure,
  addSpectrum,
  type Flow,
  noMeasureAt,
  noMeasureIn,
  type Refutation,
} from "./flow-steps.js";
import { endsOf, numberAnswer } from "./numbers.js";
import { type Separation, separated } from "./separation.js";

/** The answer, whose steps were added, and the text of the law. */
interface Proof {
  readonly answer: unknown;
  readonly text: string;
}

/** What is shown of a critical time: values of tau on both sides, and what tells its events apart. */
interface Window extends Separation {
  readonly time: number;
}

const nothing = { separators: [], places: [] };

/** The answer of `horizon`, whose steps are added: a spectrum before the horizon, none beyond it. */
export function horizonProof(law: Law, digits: number, record: Record): Proof {
  const tau = horizonOf(law, record);
  const flow = addFlow(law, record);
  const end = timesBefore(flow, tau);
  const beyond = tau === "infinity" ? undefined : noMeasureIn(flow, tau === "none" ? 0 : end + 1, record.budget);
  const low = tau === "none" ? undefined : insideCell(flow, end);
  const windows: readonly Window[] =
    low === undefined || beyond === undefined ? [] : [{ time: end, low, high: beyond.tau, ...nothing }];
  addHistory(flow, { first: low, windows, beyond }, digits, record);
  record.notCovered.push("what ends the spectra, in words");
  return { answer: { tau: typeof tau === "string" ? tau : numberAnswer(tau, digits) }, text: flow.text };
}

/** The answer of `events`, whose steps are added: spectra on both sides of every critical time up to the horizon. */
export function eventsProof(law: Law, digits: number, record: Record): Proof {
  const tau = horizonOf(law, record);
  const found = tau === "none" ? [] : events(law, {}, record.budget);
  const flow = addFlow(law, record);
  const { times, text } = flow;
  const end = timesBefore(flow, tau);
  const cells = Array.from({ length: tau === "none" ? 0 : end + 1 }, (_, k) => insideCell(flow, k));
  const at = (k: number): readonly SpectralEvent[] =>
    found.filter((event) => compareAlgebraic(event.at, times[k]!.at) === 0);
  const windows = times.slice(0, end).map((_, k): Window => {
    const apart = separated(flow, k, [cells[k]!, cells[k + 1]!], at(k), digits, record.budget);
    if (apart === undefined) throw new LimitError("the events at a critical time could not be told apart");
    return { time: k, ...apart };
  });
  let beyond = tau === "infinity" ? undefined : noMeasureIn(flow, cells.length, record.budget);
  let last: readonly SpectralEvent[] = [];
  if (beyond !== undefined && cells.length > 0) {
    // Of what ends the spectra only the end of a bulk is shown, and that where the law is refuted close to it.
    const ends = at(end).filter(({ kind }) => kind === "bulk-vanishes");
    const apart = separated(flow, end, [cells[end]!, beyond.tau], ends, digits, record.budget);
    const moved = apart !== undefined && !QQ.equals(apart.high, beyond.tau);
    const close = moved ? noMeasureAt(flow, apart.high, record.budget) : beyond;
    const shown = apart !== undefined && close !== undefined;
    windows.push({ time: end, ...(shown ? apart : { low: cells[end]!, high: beyond.tau, ...nothing }) });
    if (shown) [beyond, last] = [close, ends];
  }
  addHistory(flow, { first: cells[0], windows, beyond }, digits, record);
  const answers = [...windows.slice(0, end).flatMap(({ time }) => at(time)), ...last].map((event) => ({
    at: numberAnswer(event.at, digits),
    kinds: event.kinds,
    where: event.where === undefined ? null : numberAnswer(event.where, digits),
  }));
  if (windows.length > end && last.length === 0)
    answers.push({ at: numberAnswer(times[end]!.at, digits), kinds: [], where: null });
  return { answer: { events: answers }, text };
}

type HorizonTime = AlgebraicNumber | "infinity" | "none";

const timesBefore = ({ times }: Flow, tau: HorizonTime): number =>
  times.filter(({ at }) => tau === "infinity" || (tau !== "none" && compareAlgebraic(at, tau) < 0)).length;

function horizonOf(law: Law, { budget }: Record): HorizonTime {
  const found = horizon(law, budget);
  if (found.kind === "unable") throw new LimitError(`the horizon could not be decided: ${found.reason}`);
  return found.kind === "undefined" ? "none" : found.value.tau;
}

/** A rational between two neighbouring critical times, the one with index `cell` and the one before it. */
function insideCell({ times }: Flow, cell: number): Rational {
  const [from, to] = [times[cell - 1]?.at, times[cell]?.at];
  const low = from === undefined ? QQ.zero : refine(from, 40).upper;
  if (to === undefined) return rational(QQ.floor(QQ.mul(low, rational(3, 2))) + 1n);
  const high = refine(to, 40).lower;
  const width = QQ.sub(high, low);
  return simplestRationalBetween(
    QQ.add(low, QQ.mul(width, rational(1, 4))),
    QQ.sub(high, QQ.mul(width, rational(1, 4))),
  );
}

interface Chain {
  readonly first: Rational | undefined;
  readonly windows: readonly Window[];
  readonly beyond: Refutation | undefined;
}

/** The spectra at both ends of every window, what is beyond, and the step that draws the conclusions. */
function addHistory(flow: Flow, { first, windows, beyond }: Chain, digits: number, record: Record): void {
  const taus = first === undefined ? [] : [windows[0]?.low ?? first];
  const gaps: unknown[] = [];
  for (const { low, high, time, separators, places } of windows) {
    if (!QQ.equals(low, taus.at(-1)!)) {
      taus.push(low);
      gaps.push([[], [], []]);
    }
    taus.push(high);
    const { at, index } = flow.times[time]!;
    gaps.push([[[String(index), ...endsOf(at, digits)]], separators.map(rationalToText), places]);
  }
  if (beyond !== undefined && first !== undefined) taus.pop();
  const samples = taus.map((tau) => [rationalToText(tau), String(addSpectrum(flow, tau, digits, record))]);
  if (beyond !== undefined) samples.push([rationalToText(beyond.tau), String(addNoMeasure(flow, beyond, record))]);
  record.steps.push({ kind: "history", of: String(flow.derived), ...flow.fields, samples, gaps });
}
