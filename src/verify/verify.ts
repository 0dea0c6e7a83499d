// The verdict on a certificate.
import { DomainError, LimitError } from "../core/index.js";
import { claim, Refuted } from "./algebra.js";
import { checkBranchPoints, checkCurve, checkDensity, checkSupport, type Findings } from "./answers.js";
import { type Critical, checkCritical } from "./critical.js";
import { checkDefinition, checkElimination, checkSubstitution, type Derived } from "./derivation.js";
import { list, natural, object, textOf } from "./polynomial.js";
import { checkSheet, type Sheet } from "./sheet.js";

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

export const certificateFormat = "freecurve-certificate-1";

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
}

/**
 * Checks a certificate, a parsed JSON value that nobody need trust, by arithmetic of its own. Exact: integers and rationals alone.
 *
 * "refuted" says that a step, or a field of the answer, does not follow, or that the certificate is broken; "not checkable" that the checker
 * has no means for it, or that it is too large.
 */
export function verifyCertificate(certificate: unknown): Verdict {
  let step: number | undefined;
  let [question, law] = ["", ""];
  const to: Findings = { digits: 0, verified: [], notCovered: [] };
  const trusted: string[] = [];
  const verdict = (kind: Verdict["verdict"], reason: string): Verdict => {
    const verified = kind === "verified" ? to.verified : [];
    return { verdict: kind, step, reason, question, law, verified, trusted, notCovered: [...new Set(to.notCovered)] };
  };
  try {
    const frame = ["format", "question", "law", "digits", "answer", "notCovered", "steps"] as const;
    const given = object(certificate, ...frame, "digest");
    claim(given.format === certificateFormat, `the format is not ${certificateFormat}`);
    const { digest, ...rest } = given;
    claim(digest === digestOf(rest), "the digest does not fit: a character of the certificate was changed");
    [question, law] = [textOf(given.question), textOf(given.law)];
    const findings = { ...to, digits: natural(given.digits, 1000) };
    to.notCovered.push(...list(given.notCovered).map(textOf));
    const proved: Proved[] = [];
    const earlier = (index: unknown): Proved => {
      const found = proved[natural(index)];
      claim(found !== undefined, "a step refers to one that does not come before it");
      return found;
    };
    for (const entry of list(given.steps)) {
      step = proved.length;
      proved.push(prove(entry, earlier));
    }
    step = undefined;
    const last = proved.at(-1);
    claim(last !== undefined, "there is no step");
    claim(last.derived.law === law, "the steps are about another law");
    const { critical, sheet, derived } = last;
    if (question === "curve" && critical === undefined) checkCurve(given.answer, derived, findings);
    else if (question === "support" && sheet !== undefined) checkSupport(given.answer, sheet, findings);
    else if (question === "branch-points" && sheet !== undefined) checkBranchPoints(given.answer, sheet, findings);
    else if (question === "density" && sheet !== undefined) checkDensity(given.answer, sheet, findings);
    else throw new LimitError(`the question ${question.slice(0, 40)} is not known to the checker, or lacks its steps`);
    trusted.push(...new Set(derived.trusted.map((name) => `that ${name} has the curve of its step`)));
    return verdict("verified", "");
  } catch (error) {
    if (error instanceof Refuted || error instanceof DomainError) return verdict("refuted", error.message);
    if (error instanceof LimitError) return verdict("not checkable", error.message);
    if (error instanceof RangeError || error instanceof SyntaxError)
      return verdict("not checkable", "the certificate is too large or broken");
    throw error;
  }
}

function prove(entry: unknown, earlier: (index: unknown) => Proved): Proved {
  const kind = Object.hasOwn(Object(entry), "kind") ? (entry as { kind: unknown }).kind : undefined;
  const curveOf = (index: unknown): Derived => earlier(index).derived;
  if (kind === "definition") return { derived: checkDefinition(entry) };
  if (kind === "substitution") return { derived: checkSubstitution(entry, curveOf) };
  if (kind === "elimination") return { derived: checkElimination(entry, curveOf) };
  const { of } = entry as { of?: unknown };
  if (kind === "critical-points") return { derived: curveOf(of), critical: checkCritical(curveOf(of).curve, entry) };
  if (kind !== "sheet") throw new LimitError("a step is of no known kind");
  const { derived, critical } = earlier(of);
  claim(critical !== undefined, "a sheet is followed where the critical points are not proved");
  return { derived, critical, sheet: checkSheet(critical, entry) };
}
