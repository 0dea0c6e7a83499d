import { DomainError, type Outcome } from "../../core/index.js";
import { densityAt } from "../../density/index.js";
import { support } from "../../law/index.js";
import type { PictureSpectrum } from "../../picture/index.js";
import { pictureOfLaw } from "../../report/index.js";
import { parseRational, type Rational, rationalToText } from "../../rings/index.js";
import type { Context } from "./context.js";
import { type NumberFacts, numberFacts } from "./flow-facts.js";
import { lawOf } from "./law-cache.js";

/** The spectrum of a law without parameters, as the density panel shows it. */
export interface SpectrumFacts {
  readonly law: string;
  /** The curve, sampled: at the samples it is certified to about 14 digits, edges and atoms are exact before they are rounded. */
  readonly picture: PictureSpectrum;
  readonly bulks: readonly BulkFacts[];
  readonly atoms: readonly { readonly at: NumberFacts; readonly weight: NumberFacts }[];
  readonly cusps: readonly NumberFacts[];
}

export interface BulkFacts {
  readonly left: NumberFacts;
  readonly right: NumberFacts;
  /** The density is like this power of the distance next to the edge; "?" where it could not be decided. */
  readonly leftExponent: string;
  readonly rightExponent: string;
  readonly mass: number;
}

const samples = 240;

/**
 * Support, atoms and density of a law.
 *
 * @throws DomainError when it has parameters or is no spectrum, LimitError when a certificate could not be reached.
 */
export function spectrumFacts({ law: text }: { readonly law: string }, { budget }: Context): SpectrumFacts {
  const law = lawOf(text, budget);
  const shape = support(law, budget);
  const picture = pictureOfLaw(law, shape, text, samples, budget);
  return {
    law: text,
    picture: { ...picture, x: Float64Array.from(picture.x ?? []), density: Float64Array.from(picture.density ?? []) },
    bulks: shape.intervals.map((bulk) => ({
      left: numberFacts(bulk.left),
      right: numberFacts(bulk.right),
      leftExponent: exponentText(bulk.leftExponent),
      rightExponent: exponentText(bulk.rightExponent),
      mass: bulk.mass,
    })),
    atoms: shape.atoms.map(({ at, weight }) => ({ at: numberFacts(at), weight: numberFacts(weight) })),
    cusps: shape.cusps.map(numberFacts),
  };
}

function exponentText(exponent: Outcome<Rational>): string {
  return exponent.kind === "ok" ? rationalToText(exponent.value) : "?";
}

/** The density at one point. */
export interface DensityPoint {
  readonly x: string;
  /** Twelve certified digits, or "infinite". */
  readonly density: string;
}

/** The density at an exact x, certified. */
export function densityPoint(
  { law: text, x }: { readonly law: string; readonly x: string },
  { budget }: Context,
): DensityPoint {
  const place = parseRational(x);
  try {
    return { x, density: densityAt(lawOf(text, budget), place, 12, budget) };
  } catch (error) {
    if (error instanceof DomainError && error.message.startsWith("the density is infinite")) {
      return { x, density: "infinite" };
    }
    throw error;
  }
}
