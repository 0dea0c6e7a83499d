import { isPositive } from "../convolution/index.js";
import { type Budget, DomainError } from "../core/index.js";
import { atoms, type Law, numericValue, type Scalar, toRationalFunction } from "../law/index.js";
import { fractions, type RationalFunction, rationalFunctionToText } from "../poly/index.js";
import { QQ, type Rational, rationalToText } from "../rings/index.js";
import { compareWithRational, signOf } from "../roots/index.js";

/** The scalar `name` of a call, exact; DomainError when it is a number and not positive. `call` is `informationPlusNoise(A, v, c)`. */
export function positiveScalar(scalar: Scalar, call: string, name: string): RationalFunction {
  const value = toRationalFunction(scalar);
  const number = numericValue(value);
  if (number !== undefined && QQ.sign(number) <= 0) {
    throw new DomainError(`${call} needs ${name} > 0; got ${rationalFunctionToText(value)}`);
  }
  return value;
}

/** The scalar `name` of a call, exact; DomainError when it is a negative number. */
export function nonNegativeScalar(scalar: Scalar, call: string, name: string): RationalFunction {
  const value = toRationalFunction(scalar);
  const number = numericValue(value);
  if (number !== undefined && QQ.sign(number) < 0) {
    throw new DomainError(`${call} needs ${name} >= 0; got ${rationalFunctionToText(value)}`);
  }
  return value;
}

/** Whether a law is known to have negative eigenvalues. Exact; one with parameters is taken to be what the model needs. */
export function hasNegativePart(law: Law, budget: Budget): boolean {
  return law.parameters.length === 0 && !isPositive(law, budget);
}

/**
 * Refuses a law, called `name` in the call, that no p×n matrix R has as the spectrum of R R*: one with negative eigenvalues or, for
 * p > n, with less than the share 1 − 1/c of zeros. What has parameters passes.
 */
export function requireGram(law: Law, c: RationalFunction, call: string, name: string, budget: Budget): void {
  if (isGramByConstruction(law, c)) return;
  if (hasNegativePart(law, budget)) {
    throw new DomainError(
      `${call} needs a law ${name} on [0, infinity), that of R R* for a p x n matrix R; here there are negative eigenvalues`,
    );
  }
  const ratio = numericValue(c);
  if (ratio === undefined || law.parameters.length > 0 || QQ.compare(ratio, QQ.one) <= 0) return;
  const least = QQ.sub(QQ.one, QQ.inv(ratio));
  if (!hasZeros(law, least, budget)) {
    throw new DomainError(
      `${call} needs a law ${name} with an atom of weight at least ${rationalToText(least)} at 0 for c = ${rationalToText(ratio)}, because a p x n matrix has rank n at most`,
    );
  }
}

/** Whether the law came from an operation of the same ratio whose results are what its arguments had to be. */
function isGramByConstruction(law: Law, c: RationalFunction): boolean {
  const { operation, operands } = law.derivation;
  const ratio = operands.at(-1);
  const known = operation === "informationPlusNoise" || operation === "rectangularFreeSum";
  return known && ratio?.kind === "scalar" && fractions.equals(ratio.value, c);
}

function hasZeros(law: Law, least: Rational, budget: Budget): boolean {
  return atoms(law, budget).some(({ at, weight }) => signOf(at) === 0 && compareWithRational(weight, least) >= 0);
}
