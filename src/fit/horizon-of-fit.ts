import { type Budget, notDefined, type Outcome, ok, unable, unlimited } from "../core/index.js";
import { type Horizon, horizon } from "../evolution/index.js";
import { QQ } from "../rings/index.js";
import { isDivisible } from "./divisible.js";
import type { Fit } from "./fit.js";

/**
 * How far a fitted law can be decompressed: a free Lévy law is freely infinitely divisible by construction, of another curve that is a
 * spectrum it is computed; of a corner a lower bound is known, which is `unable` with that bound in words. Exact for the fitted curve; `undefined` when that is no spectrum.
 */
export function horizonOfFit(
  fit: Pick<Fit, "law" | "family" | "physical" | "numeric">,
  budget: Budget = unlimited,
): Outcome<Horizon> {
  if (isDivisible(fit.family)) {
    const reason = "the fitted law is a free Lévy law, which is freely infinitely divisible";
    return ok({ tau: "infinity", cause: "none", reason });
  }
  const { reaches } = fit.numeric.curve;
  if (reaches !== undefined) {
    return unable(
      `at least tau = ${QQ.toText(reaches)}, as a corner of a law of that size; how much farther was not computed`,
    );
  }
  if (fit.physical.kind === "unable") return fit.physical;
  if (fit.physical.kind === "undefined") {
    return notDefined(`the fitted curve itself is no spectrum: ${fit.physical.reason}`);
  }
  return horizon(fit.law, budget);
}
