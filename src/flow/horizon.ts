import { type Outcome, unable } from "../core/index.js";
import type { Law } from "../law/index.js";
import type { AlgebraicNumber } from "../roots/index.js";

/**
 * The horizon tau* of a law: the supremum of the tau for which {@link decompress} by tau still gives a spectrum. Its events
 * are not computed yet, so the answer is `unable`; whether one given tau is within the horizon is decided exactly by
 * {@link decideSpectrum} on the decompressed law.
 */
export function horizon(_law: Law): Outcome<AlgebraicNumber | "infinity"> {
  return unable("the horizon is not available yet; decompress to a given tau and ask for its support instead");
}
