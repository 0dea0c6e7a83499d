import { type Budget, unlimited } from "../core/index.js";
import { type Law, moments } from "../law/index.js";
import { add, fractions, multiply, power, resultant, scale, substitute, subtract, variable } from "../poly/index.js";
import { rational } from "../rings/index.js";
import { lawOfEliminant } from "./law-factor.js";

/**
 * The law of X²: m(r²) = (old m(r) − old m(−r))/(2r). The value old m(r) is eliminated from P(r, m1) and P(−r, m1 − 2 r m), then r
 * with r² = z; the law's factor is the one with the even moments. Exact.
 *
 * @throws LimitError when the eliminant could not be factored with proof.
 * @example square(ensembles.semicircle(1)) // the curve of mp(1)
 */
export function square(law: Law, budget: Budget = unlimited): Law {
  const r = variable("r_");
  const m1 = variable("m1_");
  const first = substitute(law.curve, { z: r, m: m1 });
  const second = substitute(law.curve, {
    z: scale(r, rational(-1)),
    m: add(m1, scale(multiply(r, variable("m")), rational(-2))),
  });
  const overRoot = resultant(first, second, "m1_", budget);
  const eliminant = resultant(overRoot, subtract(power(r, 2), variable("z")), "r_", budget);
  return lawOfEliminant(
    eliminant,
    (n) => [fractions.one, ...moments(law, 2 * n).filter((_, k) => k % 2 === 1)],
    { operation: "square", operands: [{ kind: "law", law }] },
    { budget },
  );
}
