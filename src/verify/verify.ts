// The verdict on a certificate.
import { type Budget, BudgetError, DomainError, LimitError, unlimited } from "../core/index.js";
import { claim, Refuted } from "./algebra.js";
import {
  branchAnswer,
  curveAnswer,
  densityAnswer,
  type Findings,
  missingIn,
  type Shown,
  supportAnswer,
} from "./answers.js";
import { type Critical, checkCritical } from "./critical.js";
import { checkDefinition, checkOperation, type Derived } from "./derivation.js";
import { checkHistory, checkTimes, eventsAnswer, type Flow, type History, horizonAnswer } from "./history.js";
import { anything, listOf, natural, object, textOf } from "./reading.js";
import { checkNoMeasure, checkSheet, type Sheet } from "./sheet.js";

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

export const certificateFormat = "freecurve-certificate-3";

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
 *
 * @throws BudgetError when the budget is used up.
 */
export function verifyCertificate(certificate: unknown, budget: Budget = unlimited): Verdict {
  const at: { step: number | undefined } = { step: undefined };
  let [question, law] = ["", ""];
  const found: Findings = { digits: 0, verified: [], notCovered: [] };
  const trusted: string[] = [];
  const verdict = (kind: Verdict["verdict"], reason: string): Verdict => {
    const [verified, notCovered] = [kind === "verified" ? found.verified : [], [...new Set(found.notCovered)]];
    return { verdict: kind, step: at.step, reason, question, law, verified, trusted, notCovered };
  };
  try {
    const body = { question: textOf, law: textOf, digits: natural, answer: anything, notCovered: listOf(textOf) };
    const given = object(certificate, { format: textOf, ...body, steps: listOf(anything), digest: textOf });
    claim(given.format === certificateFormat, `the format is not ${certificateFormat}`);
    const { digest, ...rest } = certificate as { readonly digest: string };
    claim(digest === digestOf(rest), "the digest does not fit: a character of the certificate was changed");
    [question, law] = [given.question, given.law];
    claim(given.digits <= 1000, "there are more than 1000 digits");
    const to = { ...found, digits: given.digits };
    const last = lastProved(given.steps, at, budget);
    const shown = shownBy(last, question, law, to);
    claim(JSON.stringify(given.answer) === JSON.stringify(shown), "the answer is not the one that the steps show");
    found.notCovered.unshift(...given.notCovered, ...missingIn(shown, "the answer"));
    trusted.push(...new Set(last.derived.trusted.map((name) => `that ${name} has the curve of its step`)));
    return verdict("verified", "");
  } catch (error) {
    if (error instanceof BudgetError) throw error;
    if (error instanceof Refuted || error instanceof DomainError) return verdict("refuted", error.message);
    if (error instanceof LimitError) return verdict("not checkable", error.message);
    if (error instanceof RangeError || error instanceof SyntaxError)
      return verdict("not checkable", "the certificate is too large or broken");
    throw error;
  }
}

/** The answer that the steps show, null for what they do not. Refuted or LimitError where a step does not hold. */
export function shownAnswer(
  given: { readonly question: string; readonly law: string; readonly steps: readonly unknown[] },
  digits: number,
  budget: Budget = unlimited,
): Shown {
  const last = lastProved(given.steps, { step: undefined }, budget);
  return shownBy(last, given.question, given.law, { digits, verified: [], notCovered: [] });
}

/** Checks the steps one by one; `at` tells which is being checked. */
function lastProved(steps: readonly unknown[], at: { step: number | undefined }, budget: Budget): Proved {
  const proved: Proved[] = [];
  const earlier = (index: number): Proved => {
    const found = proved[index];
    claim(found !== undefined, "a step refers to one that does not come before it");
    return found;
  };
  for (const entry of steps) {
    at.step = proved.length;
    proved.push(prove(entry, earlier, budget));
  }
  at.step = undefined;
  const last = proved.at(-1);
  claim(last !== undefined, "there is no step");
  return last;
}

function shownBy({ derived, critical, sheet, history }: Proved, question: string, law: string, to: Findings): Shown {
  const about = history === undefined ? law : `decompress(${law}, tau)`;
  claim(derived.law === about, "the steps are about another law");
  if (question === "curve" && critical === undefined && history === undefined) return curveAnswer(derived, to);
  if (question === "support" && sheet !== undefined) return supportAnswer(sheet, to);
  if (question === "branch-points" && sheet !== undefined) return branchAnswer(sheet, to);
  if (question === "density" && sheet !== undefined) return densityAnswer(sheet, to);
  if (question === "horizon" && history !== undefined) return horizonAnswer(history, to);
  if (question === "events" && history !== undefined) return eventsAnswer(history, to);
  throw new LimitError(`the question ${question.slice(0, 40)} is not known to the checker, or lacks its steps`);
}

function prove(entry: unknown, earlier: (index: number) => Proved, budget: Budget): Proved {
  const { kind, of } = Object(entry) as { kind?: unknown; of?: unknown };
  if (kind === "definition") return { derived: checkDefinition(entry) };
  if (kind === "operation") return { derived: checkOperation(entry, (index) => earlier(index).derived, budget) };
  const { derived, critical, flow } = earlier(natural(of));
  if (kind === "critical-points") return { derived, critical: checkCritical(derived.curve, entry, budget) };
  if (kind === "sheet" && critical !== undefined)
    return { derived, critical, sheet: checkSheet(critical, entry, budget) };
  if (kind === "no-measure") {
    checkNoMeasure(derived.curve, entry, budget);
    return { derived, refuted: true };
  }
  if (kind === "critical-times") return { derived, flow: checkTimes(derived, entry, budget) };
  if (kind === "history" && flow !== undefined) return { derived, history: checkHistory(flow, entry, earlier) };
  throw new LimitError("a step is of no known kind, or lacks the steps before it");
}
