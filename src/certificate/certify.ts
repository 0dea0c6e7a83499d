// Proof-carrying answers: what the engine found, with what a checker needs to see that it is so.
import { type Budget, DomainError, LimitError, unlimited } from "../core/index.js";
import { densityAt } from "../density/index.js";
import { branchPoints, type Law, requireNumeric, type Support, support } from "../law/index.js";
import { degree, fromIntegerPoly, toText } from "../poly/index.js";
import { QQ, type Rational, rationalToDecimal, rationalToText } from "../rings/index.js";
import { compareAlgebraic, rationalValue } from "../roots/index.js";
import { certificateFormat, digestOf, limited, Refuted, type Shown, shownBy } from "../verify/index.js";
import type { Certificate, Question } from "./certificate.js";
import { type CriticalData, criticalData, type UpperDisc } from "./critical-step.js";
import { addDerivation, type Record } from "./derivation-steps.js";
import { eventsProof, horizonProof } from "./history-steps.js";
import { endsOf, numberAnswer, witnessOf } from "./numbers.js";
import { sheetStep } from "./sheet-step.js";

export interface CertifyOptions {
  /** Significant digits of what is not exact; 15 by default. */
  readonly digits?: number;
  /** The places of a density. */
  readonly at?: readonly Rational[];
}

/**
 * The answer to a question about a law with a proof that `verifyCertificate` checks without the engine. Exact but for the digits of a
 * density, which are certified. What of the answer is not proved (the masses of bulks, radicals, the causes of a horizon, …) is left out
 * of it and named. Events and horizon are those of the size factor, up to the horizon.
 *
 * @throws DomainError where the question has no answer, LimitError when a piece of the proof could not be found.
 * @example certify(ensembles.mp("1/2"), "support")
 */
export function certify(
  law: Law,
  question: Question,
  options: CertifyOptions = {},
  budget: Budget = unlimited,
): Certificate {
  const { digits = 15, at = [] } = options;
  const record: Record = { steps: [], notCovered: [], budget };
  if (question !== "curve") requireNumeric(law, `the certificate of ${question}`);
  const proof =
    question === "events" || question === "horizon"
      ? (question === "events" ? eventsProof : horizonProof)(law, digits, record)
      : sheetProof(law, question, { digits, at }, record);
  const { steps, notCovered } = record;
  return sealed(
    { question, law: proof.text, digits: String(digits), answer: proof.answer, notCovered, steps },
    digits,
    budget,
  );
}

/** The answer of a question about one curve and its physical sheet, whose steps are added, and the text of the law. */
function sheetProof(
  law: Law,
  question: Exclude<Question, "events" | "horizon">,
  { digits, at }: Required<CertifyOptions>,
  record: Record,
): { readonly answer: unknown; readonly text: string } {
  const { index, text } = addDerivation(law, record);
  const { steps, notCovered, budget } = record;
  if (question === "curve") return { answer: curveAnswer(law), text };
  const critical = criticalData(law.curve, digits, budget);
  const passing = question === "branch-points" ? "everywhere" : question === "support" ? "inside" : "nowhere";
  const sheet = sheetStep(law.curve, critical, { passing, at: question === "density" ? at : [], digits }, budget);
  const found = question === "support" ? support(law, budget) : undefined;
  const weights = found === undefined ? [] : weightsOf(found, critical, digits);
  steps.push({ kind: "sheet", of: String(index), ...sheet, weights });
  if (question === "density") return { answer: densityAnswer(law, at, digits, budget), text };
  if (found !== undefined) notCovered.push("the masses of the intervals, which are estimates");
  notCovered.push("expressions in radicals");
  if (found === undefined) return { answer: branchAnswer(law, critical.upper, digits, budget), text };
  return { answer: supportAnswer(found, digits), text };
}

/** The certificate with its digest, when the checker sees the same answer in its steps; what it does not see is left out. */
function sealed(body: Omit<Certificate, "format" | "digest">, digits: number, budget: Budget): Certificate {
  try {
    const answer = agreed(body.answer, limited(budget, () => shownBy(body, digits)).shown);
    return withDigest({ format: certificateFormat, ...body, answer });
  } catch (error) {
    if (error instanceof Refuted) throw new LimitError(`no complete proof of this answer was found: ${error.message}`);
    throw error;
  }
}

export function withDigest(body: Omit<Certificate, "digest">): Certificate {
  return { ...body, digest: digestOf(body) };
}

/** The answer without what is not shown; Refuted where something else is shown. */
function agreed(answer: unknown, shown: Shown): unknown {
  if (shown === null) return null;
  if (typeof shown !== "object") {
    if (answer !== shown) throw new Refuted(`the steps show ${shown} where the answer has ${JSON.stringify(answer)}`);
    return answer;
  }
  const [keys, own] = [Object.keys(shown), Object.keys(Object(answer))];
  if (own.length !== keys.length)
    throw new Refuted(`the steps show ${keys.length} parts where the answer has ${own.length}`);
  const part = (key: string): unknown =>
    agreed((answer as { [key: string]: unknown })[key], (shown as { [key: string]: Shown })[key]!);
  return Array.isArray(shown) ? keys.map(part) : Object.fromEntries(keys.map((key) => [key, part(key)]));
}

function curveAnswer({ curve, parameters }: Law): unknown {
  return { polynomial: toText(curve), degZ: String(degree(curve, "z")), degM: String(degree(curve, "m")), parameters };
}

function supportAnswer({ intervals, atoms, cusps }: Support, digits: number): unknown {
  const exponent = (found: Support["intervals"][0]["leftExponent"]): string | null =>
    found.kind === "ok" ? rationalToText(found.value) : null;
  return {
    intervals: intervals.map(({ left, right, leftExponent, rightExponent }) => ({
      left: numberAnswer(left, digits),
      right: numberAnswer(right, digits),
      leftExponent: exponent(leftExponent),
      rightExponent: exponent(rightExponent),
    })),
    atoms: atoms.map(({ at, weight }) => ({ at: numberAnswer(at, digits), weight: numberAnswer(weight, digits) })),
    cusps: cusps.map((at) => numberAnswer(at, digits)),
  };
}

/** The weights of the atoms at rational places, for the step on the sheet. */
function weightsOf({ atoms }: Support, { real }: CriticalData, digits: number): readonly unknown[] {
  return atoms.flatMap(({ at, weight }) => {
    if (rationalValue(at) === undefined) return [];
    const index = real.findIndex((place) => compareAlgebraic(place.at, at) === 0);
    const polynomial = toText(fromIntegerPoly(weight.minimalPolynomial, "x"));
    return [[String(index), polynomial, witnessOf(weight.minimalPolynomial), ["0", ...endsOf(weight, digits)]]];
  });
}

function densityAnswer(law: Law, at: readonly Rational[], digits: number, budget: Budget): unknown {
  const density = at.map((x) => {
    try {
      return densityAt(law, x, digits, budget);
    } catch (error) {
      // Infinite at a hard edge.
      if (error instanceof DomainError) return null;
      throw error;
    }
  });
  return { x: at.map(rationalToText), density };
}

/** The complex ones from the discs that prove them. */
function branchAnswer(law: Law, upper: readonly UpperDisc[], digits: number, budget: Budget): unknown {
  const { real, onPhysicalBoundary } = branchPoints(law, budget);
  const complex = upper
    .filter(({ factor: { power, inLeading, crossings } }) => power > inLeading && crossings.length === 0)
    .flatMap(({ re, im, radius }) => {
      const text = (part: Rational): string =>
        QQ.compare(QQ.abs(part), radius) <= 0 ? "0" : rationalToDecimal(part, digits);
      const common = { re: text(re), onPhysicalSheet: false };
      return [
        { ...common, im: text(im), side: "above" },
        { ...common, im: text(QQ.neg(im)), side: "below" },
      ];
    });
  return {
    real: real.map((at, k) => ({
      ...numberAnswer(at, digits),
      onPhysicalBoundary: onPhysicalBoundary[k],
    })),
    complex,
  };
}
