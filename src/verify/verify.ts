// The verdict on a certificate.
import { type Budget, BudgetError, DomainError, LimitError, unlimited } from "../core/index.js";
import {
  branchAnswer,
  curveAnswer,
  densityAnswer,
  type Findings,
  missingIn,
  type Shown,
  supportAnswer,
} from "./answers.js";
import { checkDefinition, checkOperation, type Derived } from "./derivation.js";
import { checkHistory, eventsAnswer, type History, horizonAnswer } from "./history.js";
import { anything, claim, listOf, natural, object, Refuted, textOf } from "./reading.js";
import { checkNoMeasure, checkSheet, type Sheet } from "./sheet.js";
import { limited } from "./work.js";

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

export const certificateFormat = "freecurve-certificate-4";

/** A digest of a JSON value, a polynomial in 257 modulo the prime 2^43 − 57: every single changed character changes it. */
export function digestOf(value: unknown): string {
  const text = JSON.stringify(value);
  let digest = 0;
  for (let k = 0; k < text.length; k++) digest = (digest * 257 + text.charCodeAt(k) + 1) % 8_796_093_022_151;
  return String(digest);
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
  const at: { step?: number | undefined } = {};
  let [question, law] = ["", ""];
  const ended = (verdict: Verdict["verdict"], reason: string, found: Partial<Verdict> = {}): Verdict => ({
    ...{ verdict, step: at.step, reason, question, law, verified: [], trusted: [], notCovered: [], ...found },
  });
  try {
    const body = { question: textOf, law: textOf, digits: natural, answer: anything, notCovered: listOf(textOf) };
    const given = object(certificate, { format: textOf, ...body, steps: listOf(anything), digest: textOf });
    claim(given.format === certificateFormat, `the format is not ${certificateFormat}`);
    const { digest, ...rest } = certificate as { readonly digest: string };
    claim(digest === digestOf(rest), "the digest does not fit: a character of the certificate was changed");
    claim(!/[^ -~]|\$|\\(?!")/.test(JSON.stringify(rest)), "a character is none of those of a certificate");
    [question, law] = [given.question, given.law];
    const { shown, found, derived } = limited(budget, () => shownBy(given, given.digits, at));
    claim(JSON.stringify(given.answer) === JSON.stringify(shown), "the answer is not the one that the steps show");
    const domains = "that the arguments are in the domains of the laws and operations";
    const others = [...missingIn(shown, "the answer"), ...found.notCovered, domains];
    const notCovered = [...new Set([...given.notCovered, ...others])];
    const trusted = [
      ...new Set(derived.trusted.map((name) => `that ${name} has the curve of its step, and its branch m = -1/z - …`)),
    ];
    return ended("verified", "", { verified: found.verified, trusted, notCovered });
  } catch (error) {
    if (error instanceof Refuted || error instanceof DomainError) return ended("refuted", error.message);
    if (error instanceof LimitError && !(error instanceof BudgetError)) return ended("not checkable", error.message);
    const broken = error instanceof RangeError || error instanceof SyntaxError;
    if (broken) return ended("not checkable", "the certificate is too large or broken");
    throw error;
  }
}

/** What a step has proved. */
interface Proved {
  readonly derived: Derived;
  readonly sheet?: Sheet;
  readonly refuted?: boolean;
  readonly history?: History;
}

/** The answer that the steps show, null for what they do not. Refuted or LimitError where a step does not hold; `at` tells which. */
export function shownBy(
  { question, law, steps }: { readonly question: string; readonly law: string; readonly steps: readonly unknown[] },
  digits: number,
  at: { step?: number | undefined } = {},
): { readonly shown: Shown; readonly found: Findings; readonly derived: Derived } {
  claim(digits <= 1000, "there are more than 1000 digits");
  const to: Findings = { digits, verified: [], notCovered: [] };
  const proved: Proved[] = [];
  const earlier = (index: number): Proved => {
    const found = proved[index];
    claim(found !== undefined, "there is no step, or one refers to another that does not come before it");
    return found;
  };
  for (const step of steps) {
    at.step = proved.length;
    proved.push(prove(step, earlier));
  }
  at.step = undefined;
  const { derived, sheet, history } = earlier(steps.length - 1);
  claim(history === undefined || !/\btau\b/.test(law), "tau is a parameter of the law");
  claim(derived.law === (history === undefined ? law : `decompress(${law}, tau)`), "the steps are about another law");
  const answers: Readonly<Record<string, () => Shown | undefined>> = {
    curve: () => (history === undefined ? curveAnswer(derived, to) : undefined),
    support: () => sheet && supportAnswer(sheet, to),
    "branch-points": () => sheet && branchAnswer(sheet, to),
    density: () => sheet && densityAnswer(sheet, to),
    horizon: () => history && horizonAnswer(history, to),
    events: () => history && eventsAnswer(history, to),
  };
  const shown = Object.hasOwn(answers, question) ? answers[question]!() : undefined;
  if (shown === undefined)
    throw new LimitError(`the question ${question.slice(0, 40)} is not known to the checker, or lacks its steps`);
  return { shown, found: to, derived };
}

function prove(step: unknown, earlier: (index: number) => Proved): Proved {
  const { kind, of } = Object(step) as { kind?: unknown; of?: unknown };
  if (kind === "definition") return { derived: checkDefinition(step) };
  if (kind === "operation") return { derived: checkOperation(step, (index) => earlier(index).derived) };
  const { derived } = earlier(natural(of));
  if (kind === "sheet") return { derived, sheet: checkSheet(derived.curve, step) };
  if (kind === "history") return { derived, history: checkHistory(derived, step, earlier) };
  claim(kind === "no-measure", "a step is of no known kind");
  checkNoMeasure(derived.curve, step);
  return { derived, refuted: true };
}
