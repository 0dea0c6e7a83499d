import {
  type Budget,
  BudgetError,
  InternalError,
  LimitError,
  notDefined,
  type Outcome,
  ok,
  unable,
  unlimited,
} from "../core/index.js";
import {
  anatomy,
  atoms,
  cumulants,
  decideSpectrum,
  irrationalMean,
  type Law,
  located,
  numericValue,
  physicalSheet,
  requireNumeric,
} from "../law/index.js";
import { coefficients, degree, toIntegerPoly } from "../poly/index.js";
import { QQ, type Rational, rational, rationalToText } from "../rings/index.js";
import {
  type AlgebraicNumber,
  algebraicFromRational,
  algebraicToDecimal,
  algebraicToNumber,
  compareAlgebraic,
  compareWithRational,
  rationalBetween,
  rationalValue,
  realRoots,
} from "../roots/index.js";
import { criticalTimes } from "./critical-times.js";
import { decompressed } from "./decompressed.js";
import { type CriterionName, isSpectrum, tryValidity } from "./validity.js";

/** What ends the spectra beyond a horizon; `none` where nothing does. */
export type HorizonCause = "none" | "zero-outside-bulks" | "atoms-exceed-mass-one" | CriterionName;

/** How far a law can be decompressed. */
export interface Horizon {
  /** The supremum of the tau for which the law decompressed by tau is a spectrum; it is one for tau = tau* too. */
  readonly tau: AlgebraicNumber | "infinity";
  readonly cause: HorizonCause;
  /** One sentence: what happens beyond tau*, or why nothing does. */
  readonly reason: string;
}

const known = new WeakMap<Law, Outcome<Horizon>>();

/**
 * The horizon tau* of a law: the decompressed law is a probability measure exactly for 0 < tau ≤ tau* (for all tau when it is "infinity":
 * then the law is freely infinitely divisible). Exact. Whether it is one can change only at a {@link criticalTimes | critical time},
 * so one rational tau between neighbouring ones decides for all between them; and the valid tau form an interval, since
 * free convolution powers ≥ 1 always exist [Nica–Speicher 1996] and a limit of measures is a measure. So bisection over the intervals
 * finds the first one that is not valid, and tau* is its left end. tau* < 1 says that the curve itself is no spectrum, and that
 * it is one once compressed that far.
 *
 * `undefined` when the curve is a spectrum at no size; `unable`, with the reason, when a certificate was out of reach.
 *
 * @throws DomainError when the law has parameters or no physical branch.
 * @example horizon(ensembles.kestenMcKay(4)) // tau = 4: two atoms are left there
 */
export function horizon(law: Law, budget: Budget = unlimited): Outcome<Horizon> {
  requireNumeric(law, "the horizon");
  const cached = known.get(law);
  if (cached !== undefined) return cached;
  try {
    const result = search(law, budget);
    known.set(law, result);
    return result;
  } catch (error) {
    if (error instanceof LimitError && !(error instanceof BudgetError)) return unable(error.message);
    throw error;
  }
}

/** What was found at one rational size factor; it holds for the whole interval between two candidates. */
interface Probe {
  readonly at: Rational;
  readonly law: Law;
  readonly outcome: Outcome<true>;
}

function search(law: Law, budget: Budget): Outcome<Horizon> {
  // The variance is multiplied by tau; a curve of degree 1 in m may be a point mass, which has none.
  const rationalMoments = irrationalMean(law, budget) === undefined;
  const variance = rationalMoments ? QQ.sign(numericValue(cumulants(law, 2, budget)[1]!) ?? QQ.one) : 1;
  if (variance < 0 || (variance === 0 && degree(law.curve, "m") > 1)) {
    const what = variance < 0 ? "negative" : "zero, and it is no point mass";
    return notDefined(`the curve is a spectrum at no size factor: its variance is ${what}`);
  }
  const one = algebraicFromRational(rational(1));
  const times = [...criticalTimes(law, budget)];
  if (times.every((t) => compareAlgebraic(t, one) !== 0)) times.push(one);
  times.sort(compareAlgebraic);
  const count = times.length;
  const probes = new Map<number, Probe>();
  /** Interval k lies between times[k − 1] and times[k]; interval 0 begins at 0 and the last one never ends. */
  const probe = (k: number): Probe => {
    const earlier = probes.get(k);
    if (earlier !== undefined) return earlier;
    const result = probeInterval(law, times[k - 1], times[k], budget);
    probes.set(k, result);
    return result;
  };
  const last = probe(count);
  if (last.outcome.kind === "ok") {
    return ok({ tau: "infinity", cause: "none", reason: boundless(times, last.at) });
  }
  // Bisection, which begins next to tau = 1, where most horizons of laws without one at infinity are. An interval that could not be
  // decided is left out: valid intervals come before invalid ones, so others may decide for it.
  let [below, beyond] = [-1, last.outcome.kind === "undefined" ? count : count + 1];
  const first = times.findIndex((t) => compareAlgebraic(t, one) === 0) + 1;
  const next = (): number | undefined => {
    const open = Array.from({ length: beyond - below - 1 }, (_, k) => below + 1 + k).filter((k) => !probes.has(k));
    return [first, first - 1].find((k) => open.includes(k)) ?? open[open.length >> 1];
  };
  for (let k = next(); k !== undefined; k = next()) {
    const { kind } = probe(k).outcome;
    if (kind === "ok") below = k;
    else if (kind === "undefined") beyond = k;
  }
  if (beyond - below > 1) {
    const open = probe(below + 1);
    const why = open.outcome.kind === "unable" ? open.outcome.reason : "";
    return unable(`whether the law is a spectrum at tau = ${rationalToText(open.at)} could not be decided: ${why}`);
  }
  const past = probe(beyond);
  if (beyond === 0) {
    return notDefined(
      `the curve is a spectrum at no size factor: at tau = ${rationalToText(past.at)} ${whyNot(past, budget)}`,
    );
  }
  return ok({ tau: times[beyond - 1]!, ...explain(law, times[beyond - 1]!, past, budget) });
}

/** Validity between two neighbouring candidates; other rationals are tried where a certificate is not reached. */
function probeInterval(
  law: Law,
  from: AlgebraicNumber | undefined,
  to: AlgebraicNumber | undefined,
  budget: Budget,
): Probe {
  const left = from ?? algebraicFromRational(QQ.zero);
  const at = to === undefined ? beyond(left) : rationalBetween(left, to);
  const middle = algebraicFromRational(at);
  const others: readonly (() => Rational)[] =
    to === undefined
      ? [() => QQ.add(QQ.mul(at, rational(2)), QQ.one), () => QQ.add(at, rational(1, 3))]
      : [() => rationalBetween(middle, to), () => rationalBetween(left, middle)];
  let failed: Probe | undefined;
  for (const choose of [() => at, ...others]) {
    const tau = choose();
    const probed = probeAt(law, tau, budget);
    if (probed.outcome.kind !== "unable") return probed;
    failed ??= probed;
  }
  if (failed === undefined) throw new InternalError("no size factor was tried");
  return failed;
}

function probeAt(law: Law, tau: Rational, budget: Budget): Probe {
  const at = decompressed(law, tau, budget);
  return { at: tau, law: at, outcome: tryValidity(at, budget) };
}

/** A small integer well beyond t. */
function beyond(t: AlgebraicNumber): Rational {
  return rational(QQ.floor(QQ.mul(t.upper, rational(3, 2))) + 1n);
}

function boundless(times: readonly AlgebraicNumber[], at: Rational): string {
  const last = algebraicToDecimal(times.at(-1)!, 6);
  return `the law is freely infinitely divisible: it is a spectrum at tau = ${rationalToText(at)}, and nothing changes for any tau > ${last}`;
}

/** Why the law is no spectrum just beyond its horizon. */
function explain(law: Law, tau: AlgebraicNumber, past: Probe, budget: Budget): Pick<Horizon, "cause" | "reason"> {
  const at = rationalToText(past.at);
  if (compareWithRational(tau, QQ.one) === 0 && decideSpectrum(law, budget).kind === "ok") {
    const zero = zeroOutsideBulks(law, budget);
    if (zero !== undefined) {
      return {
        cause: "zero-outside-bulks",
        reason: `m = 0 at x = ${zero.at}, ${zero.where}: from there a branch point leaves into the upper half-plane for every tau > 1`,
      };
    }
  }
  const end = rationalValue(tau);
  const left = end === undefined ? undefined : massOfAtoms(decompressed(law, end, budget), budget);
  if (left !== undefined && Math.abs(left.mass - 1) < 1e-12) {
    return {
      cause: "atoms-exceed-mass-one",
      reason: `there the law is ${left.count === 1 ? "one atom" : `${left.count} atoms`} and no density; beyond it, at tau = ${at}, ${whyNot(past, budget)}`,
    };
  }
  const failed = failure(past, budget);
  return { cause: failed?.name ?? "moments", reason: `beyond it, at tau = ${at}, ${whyNot(past, budget)}` };
}

/** The geometric criterion that fails, when there is one. */
function failure(past: Probe, budget: Budget): { readonly name: CriterionName; readonly detail: string } | undefined {
  const failed = isSpectrum(past.law, budget).criteria.filter((criterion) => criterion.outcome === "failed");
  return failed.find((criterion) => criterion.name !== "moments") ?? failed[0];
}

function whyNot(past: Probe, budget: Budget): string {
  if (past.outcome.kind === "ok") throw new InternalError("a spectrum was asked why it is none");
  return failure(past, budget)?.detail ?? past.outcome.reason;
}

/** How many atoms there are and what they weigh together, as a double; undefined when it was not found. */
function massOfAtoms(law: Law, budget: Budget): { readonly count: number; readonly mass: number } | undefined {
  try {
    const found = atoms(law, budget);
    return {
      count: found.length,
      mass: found.reduce((sum, atom) => sum + Math.max(0, algebraicToNumber(atom.weight)), 0),
    };
  } catch (error) {
    if (error instanceof LimitError && !(error instanceof BudgetError)) return undefined;
    throw error;
  }
}

/** A zero of m on the real axis outside the open bulks, in decimals; the physical branch is proved to vanish there. */
function zeroOutsideBulks(law: Law, budget: Budget): { readonly at: string; readonly where: string } | undefined {
  const [zeros] = coefficients(law.curve, "m");
  const { tracker, to } = physicalSheet(law, budget);
  const { points, cells } = anatomy(law, budget);
  for (const { root } of realRoots(toIntegerPoly(zeros!, "z"), budget)) {
    const at = algebraicToDecimal(root, 8);
    const index = points.findIndex((point) => compareAlgebraic(point.at, root) === 0);
    if (index >= 0) {
      const limit = located(law, points[index]!, cells[index + 1]!, 1, "finite", budget);
      if (limit.kind !== "ok" || limit.value.place?.point.exact === undefined) continue;
      if (!limit.value.curve.field.isZero(limit.value.place.point.exact)) continue;
      const [left, right] = [cells[index]!.real, cells[index + 1]!.real];
      const where = left && right ? "in a gap of the support" : left || right ? "an edge of the support" : "a cusp";
      return { at, where };
    }
    const x = algebraicToNumber(root);
    const reached = to({ re: x, im: 0 }, budget);
    if (reached.kind !== "ok" || !tracker.ordinaryWithin(reached.value, Math.abs(x) * 2 ** -52)) continue;
    const { m } = reached.value;
    if (Math.hypot(m.re, m.im) < tracker.isolation(reached.value) / 2) return { at, where: "in a gap of the support" };
  }
  return undefined;
}
