import { type Budget, DomainError, unlimited } from "../core/index.js";
import { type Law, moments, numericValue, type Scalar, toRationalFunction } from "../law/index.js";
import {
  fractions,
  rationalFunction,
  rationalFunctionToText,
  resultant,
  substitute,
  substituteFractions,
  variable,
} from "../poly/index.js";
import { QQ } from "../rings/index.js";
import { lawOfEliminant } from "./law-factor.js";

/**
 * The mixture w·A + (1 − w)·B, 0 < w < 1: m1 is eliminated from P1(z, m1) and P2(z, (m − w m1)/(1 − w)); the law's factor is
 * the one with the mixed moments. Exact.
 *
 * @throws DomainError when w is a number outside (0, 1), LimitError when the eliminant could not be factored with proof.
 */
export function mix(w: Scalar, a: Law, b: Law, budget: Budget = unlimited): Law {
  const weight = toRationalFunction(w);
  const rest = fractions.sub(fractions.one, weight);
  const value = numericValue(weight);
  if (value !== undefined && (QQ.sign(value) <= 0 || QQ.compare(value, QQ.one) >= 0)) {
    throw new DomainError(`mix(w, A, B) needs 0 < w < 1; got ${rationalFunctionToText(weight)}`);
  }
  const m1 = rationalFunction(variable("m1_"));
  const m2 = fractions.div(fractions.sub(rationalFunction(variable("m")), fractions.mul(weight, m1)), rest);
  const first = substitute(a.curve, { m: variable("m1_") });
  const second = substituteFractions(b.curve, { m: m2 }, budget).numerator;
  return lawOfEliminant(
    resultant(first, second, "m1_", budget),
    (n) => {
      const right = moments(b, n, budget);
      const mixed = moments(a, n, budget).map((mu, k) =>
        fractions.add(fractions.mul(weight, mu), fractions.mul(rest, right[k]!)),
      );
      return [fractions.one, ...mixed];
    },
    {
      operation: "mix",
      operands: [
        { kind: "scalar", value: weight },
        { kind: "law", law: a },
        { kind: "law", law: b },
      ],
    },
    { budget },
  );
}
