// Exact: a law with its size factor free, its critical times, and its spectra at rational ones.
import { type Budget, BudgetError, LimitError } from "../core/index.js";
import { decompress } from "../flow/index.js";
import type { Law } from "../law/index.js";
import {
  constant,
  derivative,
  factor,
  type IntegerPoly,
  integerPoly,
  type Polynomial,
  primitive,
  resultant,
  substitute,
  toIntegerPoly,
  toText,
} from "../poly/index.js";
import { QQ, type Rational, rational, rationalToText, simplestRationalBetween } from "../rings/index.js";
import { type AlgebraicNumber, compareAlgebraic, realRoots, refine, signOf } from "../roots/index.js";
import { variations } from "../verify/index.js";
import { criticalData } from "./critical-step.js";
import { addDerivation, type Record } from "./derivation-steps.js";
import { witnessOf } from "./numbers.js";
import { type ChainFields, noMeasureStep, sheetStep } from "./sheet-step.js";

/** A law decompressed by tau, the index of the step on its critical times, and what that step says. */
export interface Flow {
  readonly law: Law;
  readonly curve: Polynomial;
  readonly derived: number;
  /** The fields of a history on its critical times. */
  readonly fields: object;
  /** In z and tau: the critical points. */
  readonly points: readonly Polynomial[];
  /** The positive ones, ascending, each with the index of its polynomial. */
  readonly times: readonly { readonly at: AlgebraicNumber; readonly index: number }[];
  /** The text of the law. */
  readonly text: string;
}

/** Adds the derivation of the law decompressed by tau, and the step on its critical times. */
export function addFlow(law: Law, record: Record): Flow {
  const { budget } = record;
  const flow = decompress(law, "tau", budget);
  const { curve } = flow;
  const { index, text } = addDerivation(flow, record);
  const whole = factor(resultant(curve, derivative(curve, "m"), "m", budget), budget).factors;
  const points = whole.filter(({ factor: f }) => f.variables.includes("z"));
  const rest = whole.filter(({ factor: f }) => !f.variables.includes("z"));
  const found: string[] = [];
  const polynomials: Polynomial[] = [];
  /** The powers of times in a product of them, as far as they are known. */
  const powersIn = (parts: readonly { readonly factor: Polynomial; readonly multiplicity: number }[]): number[] => {
    const powers: number[] = [];
    for (const { factor: f, multiplicity } of parts) {
      const name = toText(primitive(f));
      if (!found.includes(name)) {
        found.push(name);
        polynomials.push(primitive(f));
      }
      powers[found.indexOf(name)] = multiplicity;
    }
    return powers;
  };
  const fixed = powersIn(rest);
  const meetings = points.map(({ factor: f }, i) =>
    points.slice(0, i + 1).map(({ factor: g }, j) => {
      budget.spend(5, "looking for critical times");
      const met = resultant(f, j === i ? derivative(f, "z") : g, "z", budget);
      return powersIn(met.variables.length === 0 ? [] : factor(met, budget).factors);
    }),
  );
  const texts = (powers: readonly number[]): string[] => found.map((_, k) => String(powers[k] ?? 0));
  const integers = polynomials.map((f) => toIntegerPoly(f, "tau"));
  const fields = {
    times: integers.map((f, k) => [found[k]!, witnessOf(f)]),
    cuts: cutsBetween(integers).map(rationalToText),
    points: points.map(({ factor: f, multiplicity }) => [toText(primitive(f)), String(multiplicity)]),
    constant: texts(fixed),
    meetings: meetings.map((row) => row.map(texts)),
  };
  const times = polynomials
    .flatMap((f, k) => realRoots(f, budget).map(({ root }) => ({ at: root, index: k })))
    .filter(({ at }) => signOf(at) > 0)
    .sort((a, b) => compareAlgebraic(a.at, b.at));
  return {
    law,
    curve,
    derived: index,
    fields,
    points: points.map(({ factor: f }) => primitive(f)),
    times,
    text: text.slice("decompress(".length, -", tau)".length),
  };
}

/** Positive rationals between which the rule of signs shows at most one root of each polynomial. */
function cutsBetween(all: readonly IntegerPoly[]): readonly Rational[] {
  const told = (from: Rational, to: Rational | undefined): boolean => all.every((f) => variations(f, from, to) <= 1);
  const inside = (from: Rational, to: Rational | undefined): readonly Rational[] => {
    if (told(from, to)) return [];
    const top = to ?? QQ.add(QQ.mul(from, rational(4)), QQ.one);
    const cut = [2n, 3n, 5n, 7n, 11n, 13n]
      .map((part) => QQ.add(from, QQ.mul(QQ.sub(top, from), rational(1n, part))))
      .find((x) => all.every((f) => !QQ.isZero(integerPoly.evaluate(f, x))));
    if (cut === undefined) throw new LimitError("critical times are too many to be told apart");
    return [...inside(from, cut), cut, ...inside(cut, to)];
  };
  return inside(QQ.zero, undefined);
}

/** Adds the curve at one tau, and gives it. */
function addCurve(flow: Flow, tau: Rational, { steps }: Record): Polynomial {
  const curve = curveAt(flow, tau);
  const text = toText(curve);
  steps.push({ kind: "definition", law: `curve("${text}")`, curve: text });
  return curve;
}

const curveAt = (flow: Flow, tau: Rational): Polynomial => primitive(substitute(flow.curve, { tau: constant(tau) }));

/** Adds the proof that the law is a measure at one tau; gives the index of its last step. */
export function addSpectrum(flow: Flow, tau: Rational, digits: number, record: Record): number {
  const { steps, budget } = record;
  const curve = addCurve(flow, tau, record);
  const critical = criticalData(curve, digits, budget);
  const sheet = sheetStep(curve, critical, { passing: "nowhere", at: [], digits }, budget);
  return steps.push({ kind: "sheet", of: String(steps.length - 1), ...sheet, weights: [] }) - 1;
}

/** A tau at which the law is no measure, and the fields of the step that proves it. */
export interface Refutation {
  readonly tau: Rational;
  readonly fields: ChainFields;
}

/** Adds the proof that the law is no measure at one tau; gives the index of its step. */
export function addNoMeasure(flow: Flow, { tau, fields }: Refutation, record: Record): number {
  addCurve(flow, tau, record);
  const { steps } = record;
  return steps.push({ kind: "no-measure", of: String(steps.length - 1), ...fields }) - 1;
}

/** A refutation between two neighbouring critical times: the one with index `cell` and the one before it. */
export function noMeasureIn(flow: Flow, cell: number, budget: Budget): Refutation {
  for (const tau of samplesIn(flow, cell)) {
    const found = noMeasureAt(flow, tau, budget);
    if (found !== undefined) return found;
  }
  throw new LimitError("no proof was found that the law is no spectrum beyond its horizon");
}

/** A refutation at one tau; undefined where none was found. */
export function noMeasureAt(flow: Flow, tau: Rational, budget: Budget): Refutation | undefined {
  budget.spend(20, "looking for a proof that there is no spectrum");
  const curve = curveAt(flow, tau);
  try {
    const fields = noMeasureStep(curve, criticalData(curve, fewestDigits, budget), budget);
    return fields === undefined ? undefined : { tau, fields };
  } catch (error) {
    if (error instanceof LimitError && !(error instanceof BudgetError)) return undefined;
    throw error;
  }
}

const fewestDigits = 15;

/** Simple rationals all over a cell. */
function samplesIn({ times }: Flow, cell: number): readonly Rational[] {
  const [from, to] = [times[cell - 1]?.at, times[cell]?.at];
  const low = from === undefined ? QQ.zero : refine(from, 40).upper;
  if (to === undefined) {
    return [3n, 4n, 8n, 20n, 100n].map((by) => rational(QQ.floor(QQ.mul(low, rational(by, 2n))) + 1n));
  }
  const width = QQ.sub(refine(to, 40).lower, low);
  const part = (k: number): Rational => QQ.add(low, QQ.mul(width, rational(k, 16)));
  return [7, 3, 11, 14].map((k) => simplestRationalBetween(part(k), part(k + 1)));
}
