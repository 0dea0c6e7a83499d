// Proof-carrying answers: what the engine found, with what a checker needs to see that it is so.
import { type Budget, DomainError, LimitError, unlimited } from "../core/index.js";
import { densityAt } from "../density/index.js";
import { branchPoints, type Law, requireNumeric, type Support, support } from "../law/index.js";
import { degree, toText } from "../poly/index.js";
import { algebraicToJson } from "../report/index.js";
import { QQ, type Rational, rationalToDecimal, rationalToText } from "../rings/index.js";
import type { AlgebraicNumber } from "../roots/index.js";
import { certificateFormat, digestOf, verifyCertificate } from "../verify/index.js";
import type { Certificate, Question } from "./certificate.js";
import { criticalStep, type UpperDisc } from "./critical-step.js";
import { addDerivation, type Record } from "./derivation-steps.js";
import { sheetStep } from "./sheet-step.js";

export interface CertifyOptions {
  /** Significant digits of what is not exact; 15 by default. */
  readonly digits?: number;
  /** The places of a density. */
  readonly at?: readonly Rational[];
}

/**
 * The answer to a question about a law with a proof that `verifyCertificate` checks without the engine. Exact but for the digits of a
 * density, which are certified. What of the answer is not proved (the
 * masses of bulks, radicals, …) is left out of it and named.
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
  const { index, text } = addDerivation(law, record);
  const { steps, notCovered } = record;
  let answer: unknown;
  if (question === "curve") answer = curveAnswer(law);
  else {
    requireNumeric(law, `the certificate of ${question}`);
    const critical = criticalStep(law, digits, budget);
    steps.push({ kind: "critical-points", of: String(index), ...critical.step });
    const passing = question === "branch-points" ? "everywhere" : "inside";
    const sheet = sheetStep(law, critical, { passing, at: question === "density" ? at : [], digits }, budget);
    steps.push({ kind: "sheet", of: String(steps.length - 1), ...sheet });
    if (question === "support") {
      answer = supportAnswer(support(law, budget), digits);
      notCovered.push("the masses of the intervals, which are estimates", "expressions in radicals");
    } else if (question === "density") answer = densityAnswer(law, at, digits, budget);
    else {
      answer = branchAnswer(law, critical.upper, digits, budget);
      notCovered.push("expressions in radicals");
    }
  }
  return sealed({ question, law: text, digits: String(digits), answer, notCovered, steps }, answer);
}

/** The certificate with its digest, in the form in which the checker accepts it. */
function sealed(body: Omit<Certificate, "format" | "digest">, answer: unknown): Certificate {
  let open = withDigest({ format: certificateFormat, ...body });
  // An exponent or a weight that the discs do not show is left out, and the checker says so.
  for (const weaker of weakened(answer)) {
    const found = verifyCertificate(open);
    if (found.verdict === "verified") return open;
    open = withDigest({ format: certificateFormat, ...body, answer: weaker });
  }
  const { verdict, reason, step } = verifyCertificate(open);
  if (verdict === "verified") return open;
  throw new LimitError(
    `no complete proof of this answer was found: ${reason}${step === undefined ? "" : `, in step ${step}`}`,
  );
}

export function withDigest(body: Omit<Certificate, "digest">): Certificate {
  return { ...body, digest: digestOf(body) };
}

/** The answer without exponents that a simple proof does not give, and without weights. */
function* weakened(answer: unknown): Generator<unknown> {
  if (!isSupportAnswer(answer)) return;
  const { intervals, atoms, cusps } = answer;
  const open = intervals.map((interval) => {
    const usual = (text: unknown): unknown => (text === "1/2" || text === "-1/2" ? text : null);
    return { ...interval, leftExponent: usual(interval.leftExponent), rightExponent: usual(interval.rightExponent) };
  });
  yield { intervals: open, atoms, cusps };
  const bare = open.map((interval) => ({ ...interval, leftExponent: null, rightExponent: null }));
  const unweighed = atoms.map((atom) => ({ ...atom, weight: null }));
  yield { intervals, atoms: unweighed, cusps };
  yield { intervals: bare, atoms: unweighed, cusps };
}

type SupportAnswer = ReturnType<typeof supportAnswer>;

const isSupportAnswer = (answer: unknown): answer is SupportAnswer => Object.hasOwn(Object(answer), "intervals");

function curveAnswer({ curve, parameters }: Law): unknown {
  return { polynomial: toText(curve), degZ: String(degree(curve, "z")), degM: String(degree(curve, "m")), parameters };
}

function numberAnswer(a: AlgebraicNumber, digits: number): Fields<"value" | "interval" | "minimalPolynomial"> {
  const { value, interval, minimalPolynomial } = algebraicToJson(a, digits);
  return { value, interval, minimalPolynomial };
}

type Fields<K extends string> = { readonly [P in K]: unknown };

function supportAnswer(
  { intervals, atoms, cusps }: Support,
  digits: number,
): {
  readonly intervals: readonly Fields<"left" | "right" | "leftExponent" | "rightExponent">[];
  readonly atoms: readonly Fields<"at" | "weight">[];
  readonly cusps: readonly unknown[];
} {
  return {
    intervals: intervals.map(({ left, right, leftExponent, rightExponent }) => ({
      left: numberAnswer(left, digits),
      right: numberAnswer(right, digits),
      leftExponent: leftExponent.kind === "ok" ? rationalToText(leftExponent.value) : null,
      rightExponent: rightExponent.kind === "ok" ? rationalToText(rightExponent.value) : null,
    })),
    atoms: atoms.map(({ at, weight }) => ({ at: numberAnswer(at, digits), weight: numberAnswer(weight, digits) })),
    cusps: cusps.map((at) => numberAnswer(at, digits)),
  };
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
    .filter(({ factor: { power, inLeading, crosses } }) => power > inLeading && !crosses)
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
    real: real.map((at, k) => ({ ...numberAnswer(at, digits), onPhysicalBoundary: onPhysicalBoundary[k] })),
    complex,
  };
}
