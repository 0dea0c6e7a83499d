import { type Budget, notDefined, type Outcome, ok, unlimited } from "../core/index.js";
import { type Horizon, horizon } from "../evolution/index.js";
import { isDivisible } from "./divisible.js";
import type { Fit } from "./fit.js";

/**
 * How far a fitted law can be decompressed: a free Lévy law is freely infinitely divisible by construction, of another curve that is a
 * spectrum it is computed. Exact for the fitted curve; `undefined` when that is no spectrum.
 */
export function horizonOfFit(
  fit: Pick<Fit, "law" | "family" | "physical">,
  budget: Budget = unlimited,
): Outcome<Horizon> {
  if (isDivisible(fit.family)) {
    const reason = "the fitted law is a free Lévy law, which is freely infinitely divisible";
    return ok({ tau: "infinity", cause: "none", reason });
  }
  if (fit.physical.kind === "unable") return fit.physical;
  if (fit.physical.kind === "undefined") {
    return notDefined(`the fitted curve itself is no spectrum: ${fit.physical.reason}`);
  }
  return horizon(fit.law, budget);
}
