// The verdict on a certificate.
import { DomainError, LimitError } from "../core/index.js";
import { claim, Refuted } from "./algebra.js";
import {
  branchAnswer,
  compare,
  curveAnswer,
  densityAnswer,
  type Findings,
  type Shown,
  supportAnswer,
} from "./answers.js";
import { type Critical, checkCritical } from "./critical.js";
import { checkDefinition, checkElimination, checkSubstitution, checkValue, type Derived } from "./derivation.js";
import {
  checkHistory,
  checkNoMeasure,
  checkTimes,
  eventsAnswer,
  type Flow,
  type History,
  horizonAnswer,
} from "./history.js";
import { list, natural, object, textOf } from "./polynomial.js";
import { checkSheet, checkTwoValues, type Sheet } from "./sheet.js";

export interface Verdict {
  readonly verdict: "verified" | "refuted" | "not checkable";
  /** The step, counted from 0, at which it ended; undefined for the answer, and for the frame of the certificate. */
  readonly step: number | undefined;
  /** One sentence, where it is not verified. */
  readonly reason: string;
  readonly question: string;
  readonly law: string;
  /** What follows from the steps. */
  readonly verified: readonly string[];
  /** What it rests on beside them. */
  readonly trusted: readonly string[];
  readonly notCovered: readonly string[];
}

export const certificateFormat = "freecurve-certificate-2";

/** A digest of a JSON value, a polynomial in 257 modulo the prime 2^43 − 57: every single changed character changes it. */
export function digestOf(value: unknown): string {
  const text = JSON.stringify(value);
  let digest = 0;
  for (let k = 0; k < text.length; k++) digest = (digest * 257 + text.charCodeAt(k) + 1) % 8_796_093_022_151;
  return String(digest);
}

/** What the steps before have proved. */
interface Proved {
  readonly derived: Derived;
  readonly critical?: Critical;
  readonly sheet?: Sheet;
  readonly refuted?: boolean;
  readonly flow?: Flow;
  readonly history?: History;
}

/**
 * Checks a certificate, a parsed JSON value that nobody need trust, by arithmetic of its own. Exact: integers and rationals alone.
 *
 * "refuted" says that a step, or a field of the answer, does not follow, or that the certificate is broken; "not checkable" that the checker
 * has no means for it, or that it is too large.
 */
export function verifyCertificate(certificate: unknown): Verdict {
  const at: { step: number | undefined } = { step: undefined };
  let [question, law] = ["", ""];
  const found: Findings = { digits: 0, verified: [], notCovered: [] };
  const trusted: string[] = [];
  const verdict = (kind: Verdict["verdict"], reason: string): Verdict => {
    const [verified, notCovered] = [kind === "verified" ? found.verified : [], [...new Set(found.notCovered)]];
    return { verdict: kind, step: at.step, reason, question, law, verified, trusted, notCovered };
  };
  try {
    const frame = ["format", "question", "law", "digits", "answer", "notCovered", "steps"] as const;
    const given = object(certificate, ...frame, "digest");
    claim(given.format === certificateFormat, `the format is not ${certificateFormat}`);
    const { digest, ...rest } = given;
    claim(digest === digestOf(rest), "the digest does not fit: a character of the certificate was changed");
    [question, law] = [textOf(given.question), textOf(given.law)];
    const to = { ...found, digits: natural(given.digits, 1000) };
    found.notCovered.push(...list(given.notCovered).map(textOf));
    const last = lastProved(given.steps, at);
    compare(given.answer, shownBy(last, question, law, given.answer, to), "the answer", to);
    trusted.push(...new Set(last.derived.trusted.map((name) => `that ${name} has the curve of its step`)));
    return verdict("verified", "");
  } catch (error) {
    if (error instanceof Refuted || error instanceof DomainError) return verdict("refuted", error.message);
    if (error instanceof LimitError) return verdict("not checkable", error.message);
    if (error instanceof RangeError || error instanceof SyntaxError)
      return verdict("not checkable", "the certificate is too large or broken");
    throw error;
  }
}

/** What the steps show of an answer, undefined for what they do not: it is not compared yet. Refuted or LimitError where a step does not hold. */
export function shownAnswer(
  given: { readonly question: string; readonly law: string; readonly answer: unknown; readonly steps: unknown },
  digits: number,
): Shown {
  const to: Findings = { digits, verified: [], notCovered: [] };
  return shownBy(lastProved(given.steps, { step: undefined }), given.question, given.law, given.answer, to);
}

/** Checks the steps one by one; `at` tells which is being checked. */
function lastProved(steps: unknown, at: { step: number | undefined }): Proved {
  const proved: Proved[] = [];
  const earlier = (index: unknown): Proved => {
    const found = proved[natural(index)];
    claim(found !== undefined, "a step refers to one that does not come before it");
    return found;
  };
  for (const entry of list(steps)) {
    at.step = proved.length;
    proved.push(prove(entry, earlier));
  }
  at.step = undefined;
  const last = proved.at(-1);
  claim(last !== undefined, "there is no step");
  return last;
}

function shownBy(last: Proved, question: string, law: string, answer: unknown, to: Findings): Shown {
  const { derived, critical, sheet, history } = last;
  const about = history === undefined ? law : `decompress(${law}, tau)`;
  claim(derived.law === about, "the steps are about another law");
  if (question === "curve" && critical === undefined && history === undefined) return curveAnswer(answer, derived, to);
  if (question === "support" && sheet !== undefined) return supportAnswer(sheet, to);
  if (question === "branch-points" && sheet !== undefined) return branchAnswer(sheet, to);
  if (question === "density" && sheet !== undefined) return densityAnswer(answer, sheet, to);
  if (question === "horizon" && history !== undefined) return horizonAnswer(history, to);
  if (question === "events" && history !== undefined) return eventsAnswer(history, to);
  throw new LimitError(`the question ${question.slice(0, 40)} is not known to the checker, or lacks its steps`);
}

/** The kinds of steps that add something to one step before. */
const laterKinds = ["critical-points", "sheet", "two-values", "no-measure", "critical-times", "history"];

function prove(entry: unknown, earlier: (index: unknown) => Proved): Proved {
  const { kind, of } = Object(entry) as { kind?: unknown; of?: unknown };
  const curveOf = (index: unknown): Derived => earlier(index).derived;
  if (kind === "definition") return { derived: checkDefinition(entry) };
  if (kind === "substitution") return { derived: checkSubstitution(entry, curveOf) };
  if (kind === "elimination") return { derived: checkElimination(entry, curveOf) };
  if (kind === "value") return { derived: checkValue(entry, curveOf) };
  if (!laterKinds.includes(String(kind))) throw new LimitError("a step is of no known kind");
  const { derived, critical, flow } = earlier(of);
  if (kind === "critical-points") return { derived, critical: checkCritical(derived.curve, entry) };
  if (kind === "critical-times") return { derived, flow: checkTimes(derived, entry) };
  if (kind === "no-measure") {
    checkNoMeasure(derived, entry);
    return { derived, refuted: true };
  }
  if (kind === "history") {
    claim(flow !== undefined, "a history is told where the critical times are not proved");
    return { derived, history: checkHistory(flow, entry, earlier) };
  }
  claim(critical !== undefined, "a sheet is followed where the critical points are not proved");
  if (kind === "two-values") {
    checkTwoValues(critical, entry);
    return { derived, refuted: true };
  }
  return { derived, critical, sheet: checkSheet(critical, entry) };
}
