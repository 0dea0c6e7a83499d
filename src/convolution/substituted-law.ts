import type { Budget } from "../core/index.js";
import { type BirationalMap, transformCurve } from "../flow/index.js";
import { type Derivation, type Law, type LawOptions, lawFromCurve, moments, numericValue } from "../law/index.js";
import { constant, type RationalFunction, rationalFunction } from "../poly/index.js";
import { QQ } from "../rings/index.js";
import type { ExpectedMoments } from "./law-factor.js";

/** What is known of the moments of a result without its curve. */
export interface CarriedMoments {
  readonly expected: ExpectedMoments;
  /** The mean of the result from that of the law in whose curve is substituted: an affine function. */
  mean(of: RationalFunction): RationalFunction;
}

/**
 * The law of a substitution in the curve of a law that carries its branches at infinity to those of the new curve; the moments, or
 * bounds of an irrational mean, that had to be given for the one are carried to the other.
 *
 * @throws DomainError when the curve has no branch of a law.
 */
export function substitutedLaw(
  law: Law,
  map: BirationalMap,
  carried: CarriedMoments,
  derivation: Derivation,
  budget: Budget,
): Law {
  const options = {
    derivation: { ...derivation, substitution: { of: law, ...map.old } },
    ...branchChoice(law, carried, budget),
  };
  return lawFromCurve(transformCurve(law.curve, map, budget), options, budget);
}

function branchChoice(
  law: Law,
  { expected, mean }: CarriedMoments,
  budget: Budget,
): Pick<LawOptions, "moments" | "meanBetween"> {
  const ends = law.meanBetween?.map((end) => numericValue(mean(rationalFunction(constant(end)))));
  if (ends?.[0] !== undefined && ends[1] !== undefined) {
    const [one, other] = [ends[0], ends[1]];
    return { meanBetween: QQ.compare(one, other) <= 0 ? [one, other] : [other, one] };
  }
  moments(law, 1, budget); // The substitution would take anything.
  const given = law.givenMoments.length;
  return { moments: given === 0 ? [] : expected(given).slice(1) };
}
