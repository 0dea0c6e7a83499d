import { type Budget, DomainError, type Outcome } from "../../core/index.js";
import type { Extrapolation, Fit } from "../../fit/index.js";
import { lawToText } from "../../lang/index.js";
import type { PictureSpectrum } from "../../picture/index.js";
import type { Context } from "./context.js";
import type { HorizonFacts } from "./flow-facts.js";
import { horizonFacts } from "./flow-facts.js";
import { keepLawAs } from "./law-cache.js";

/** Eigenvalues as a file holds them, ascending. */
export interface MeasuredFacts {
  readonly name: string;
  readonly eigenvalues: Float64Array;
}

const limits = { matrixSize: 1500, memory: 2 ** 28 };

/**
 * The eigenvalues in an uploaded file: text, CSV, .npy or .npz; of a symmetric matrix they are computed.
 *
 * @throws DomainError in one sentence, with the line, for anything else.
 */
export async function readMeasured({
  name,
  content,
}: {
  readonly name: string;
  readonly content: Uint8Array;
}): Promise<MeasuredFacts> {
  const { readEigenvalues } = await import("../../measured/index.js");
  return { name, eigenvalues: readEigenvalues(content, name, limits) };
}

export interface FitQuestion {
  readonly eigenvalues: Float64Array;
  /** The size of the matrix, when the file leaves out zeros. */
  readonly size?: number;
  /** Complex Hermitian instead of real symmetric. */
  readonly complex: boolean;
}

/** A fitted law, and how far it can be trusted. Everything here is an estimate. */
export interface FitFacts {
  /** The law in the input language. */
  readonly law: string;
  readonly name: string;
  readonly verdict: "good" | "fair" | "poor";
  /** The verdict in a sentence. */
  readonly diagnosis: string;
  readonly residual: number;
  /** Kolmogorov–Smirnov distance between the law and the eigenvalues. */
  readonly distance: number;
  readonly degrees: { readonly m: number; readonly z: number };
  readonly horizon: HorizonFacts;
  readonly zeros: number;
  readonly outliers: readonly number[];
  readonly warnings: readonly string[];
  /** The density; left out where the curve is no spectrum. */
  readonly picture?: PictureSpectrum;
}

export interface ExtrapolationFacts {
  readonly fit: FitFacts;
  readonly size: { readonly from: number; readonly to: number };
  /** Whether support and atoms are those of an exact law, or estimated from the continued branch. */
  readonly guarantee: "certified" | "estimate";
  /** Whether the law of the large matrix is a spectrum; a reason where it is not or where that is open. */
  readonly physical: true | string;
  readonly picture: PictureSpectrum;
  readonly bulks: readonly { readonly left: number; readonly right: number; readonly mass: number }[];
  readonly atoms: readonly { readonly at: number; readonly weight: number }[];
  readonly outliers: readonly { readonly from: number; readonly to: number }[];
  readonly answers: readonly {
    readonly name: string;
    readonly value: number | null;
    readonly band?: readonly [number, number];
  }[];
  readonly warnings: readonly string[];
}

/** A law for measured eigenvalues. */
export async function fitMeasured(question: FitQuestion, { budget }: Context): Promise<FitFacts> {
  const { fit: fitLaw } = await import("../../fit/index.js");
  return fitFacts(fitLaw(question.eigenvalues, optionsOf(question), budget), budget);
}

/** Measured eigenvalues of a part to the spectrum of the whole. */
export async function extrapolateMeasured(
  question: FitQuestion & { readonly to: number },
  { budget }: Context,
): Promise<ExtrapolationFacts> {
  const { extrapolate } = await import("../../fit/index.js");
  const { pictureOfExtrapolation } = await import("../../report/index.js");
  const answer: Extrapolation = extrapolate(question.eigenvalues, { ...optionsOf(question), to: question.to }, budget);
  const { fit, size, guarantee, bulks, atoms, outliers, warnings } = answer;
  return {
    fit: await fitFacts(fit, budget),
    size,
    guarantee,
    physical: isTrue(answer.physical.extrapolated),
    picture: flat(pictureOfExtrapolation(answer, `predicted at ${size.to}`)),
    bulks: bulks.map(({ left, right, mass }) => ({ left, right, mass })),
    atoms: atoms.map(({ at, weight }) => ({ at, weight })),
    outliers: outliers.map(({ from, to }) => ({ from, to })),
    answers: answer.answers.map(({ name, order, value, band }) => ({
      name: order === undefined ? name : `${name} ${order}`,
      value,
      ...(band === undefined ? {} : { band }),
    })),
    warnings,
  };
}

function optionsOf({ size, complex }: FitQuestion): { size?: number; symmetry: "real" | "complex" } {
  return { ...(size === undefined ? {} : { size }), symmetry: complex ? "complex" : "real" };
}

async function fitFacts(fit: Fit, budget: Budget): Promise<FitFacts> {
  const { horizonOfFit } = await import("../../fit/index.js");
  const { diagnosis, preparation, degrees, residual, ks, name, warnings } = fit;
  const law = lawToText(fit.law);
  keepLawAs(law, fit.law);
  const picture = await pictureOf(fit, budget);
  return {
    law,
    name,
    verdict: diagnosis.verdict,
    diagnosis: diagnosis.text,
    residual,
    distance: ks,
    degrees,
    horizon: horizonFacts(horizonOfFit(fit, budget)),
    zeros: preparation.zeros,
    outliers: Array.from(preparation.outliers),
    warnings,
    ...(picture === undefined ? {} : { picture }),
  };
}

async function pictureOf(fit: Fit, budget: Budget): Promise<PictureSpectrum | undefined> {
  const { pictureOfLaw } = await import("../../report/index.js");
  const { support } = await import("../../law/index.js");
  try {
    return flat(pictureOfLaw(fit.law, support(fit.law, budget), "fitted law"));
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}

/** A picture with its numbers in typed arrays, which cross to the page at once. */
function flat(picture: PictureSpectrum): PictureSpectrum {
  return { ...picture, x: Float64Array.from(picture.x ?? []), density: Float64Array.from(picture.density ?? []) };
}

function isTrue(outcome: Outcome<true>): true | string {
  return outcome.kind === "ok" ? true : outcome.reason;
}
