import type { Outcome } from "../../core/index.js";
import { isSpectrum } from "../../evolution/index.js";
import { decideSpectrum, moments, support } from "../../law/index.js";
import { degree, fromIntegerPoly, rationalFunctionToText, toText } from "../../poly/index.js";
import { rationalToText } from "../../rings/index.js";
import type { AlgebraicNumber } from "../../roots/index.js";
import type { Context } from "./context.js";
import { type NumberFacts, numberFacts } from "./flow-facts.js";
import { lawOf } from "./law-cache.js";

/** What is known of a law without parameters, as the page shows it. Exact but for the masses. */
export interface LawAnswers {
  readonly law: string;
  /** P(z, m) in canonical text. */
  readonly curve: string;
  readonly degrees: { readonly z: number; readonly m: number };
  /** mu_1, mu_2, …, exact texts. */
  readonly moments: readonly string[];
  readonly spectrum: Spectrum;
}

export type Spectrum =
  | {
      readonly kind: "spectrum";
      readonly bulks: readonly BulkFacts[];
      readonly atoms: readonly { readonly at: ExactFacts; readonly weight: ExactFacts }[];
      readonly cusps: readonly ExactFacts[];
    }
  /** The curve is there, but its physical branch is no probability measure, or that could not be decided. */
  | { readonly kind: "none" | "unable"; readonly reason: string; readonly failed: readonly string[] };

export interface BulkFacts {
  readonly left: ExactFacts;
  readonly right: ExactFacts;
  /** The density runs like this power of the distance; exact text. */
  readonly leftExponent: string;
  readonly rightExponent: string;
  /** A double. */
  readonly mass: number;
}

export interface ExactFacts extends NumberFacts {
  /** In x, integer coefficients. */
  readonly minimalPolynomial: string;
}

const manyMoments = 4;

export function lawAnswers({ law: text }: { readonly law: string }, { budget }: Context): LawAnswers {
  const law = lawOf(text, budget);
  return {
    law: text,
    curve: toText(law.curve),
    degrees: { z: degree(law.curve, "z"), m: degree(law.curve, "m") },
    moments: moments(law, manyMoments).map(rationalFunctionToText),
    spectrum: spectrumOf(),
  };

  function spectrumOf(): Spectrum {
    const decided = decideSpectrum(law, budget);
    if (decided.kind !== "ok") {
      const failed = isSpectrum(law, budget).criteria.flatMap((criterion) =>
        criterion.outcome === "failed" ? [criterion.detail] : [],
      );
      return { kind: decided.kind === "undefined" ? "none" : "unable", reason: decided.reason, failed };
    }
    const { intervals, atoms, cusps } = support(law, budget);
    return {
      kind: "spectrum",
      bulks: intervals.map((v) => ({
        left: exactFacts(v.left),
        right: exactFacts(v.right),
        leftExponent: exponentText(v.leftExponent),
        rightExponent: exponentText(v.rightExponent),
        mass: v.mass,
      })),
      atoms: atoms.map(({ at, weight }) => ({ at: exactFacts(at), weight: exactFacts(weight) })),
      cusps: cusps.map(exactFacts),
    };
  }
}

function exactFacts(a: AlgebraicNumber): ExactFacts {
  return { ...numberFacts(a), minimalPolynomial: toText(fromIntegerPoly(a.minimalPolynomial, "x")) };
}

function exponentText(exponent: Outcome<Parameters<typeof rationalToText>[0]>): string {
  return exponent.kind === "ok" ? rationalToText(exponent.value) : "not decided";
}
