import { DomainError } from "../core/index.js";
import {
  constant,
  constantValue,
  fractions,
  isConstant,
  parseRationalFunction,
  type RationalFunction,
  rationalFunction,
} from "../poly/index.js";
import { QQ, type Rational } from "../rings/index.js";

/**
 * An exact scalar: an integer as number or bigint, text such as `"1/50"`, `"0.02"` or `"2*c + 1"` (unbound names are
 * parameters), a rational, or a rational function of parameters. A number with a fractional part is refused, since its exact
 * value is hardly ever the one that was meant.
 */
export type Scalar = number | bigint | string | Rational | RationalFunction;

/**
 * Why no parameter can have this name, as a sentence; undefined when one can. z and m are taken by the curve, and what an elimination
 * names has an underscore at its end.
 */
export function whyNotParameter(name: string): string | undefined {
  if (name === "z" || name === "m") return `${name} is a variable of the curve and cannot be a parameter`;
  if (name.endsWith("_")) return `${name} cannot be a parameter, since names that end in _ are those of eliminations`;
  return undefined;
}

/** A scalar as a rational function. DomainError when a parameter in it has a name that none can have ({@link whyNotParameter}). */
export function toRationalFunction(scalar: Scalar): RationalFunction {
  const value = convert(scalar);
  for (const part of [value.numerator, value.denominator]) {
    for (const name of part.variables) {
      const reason = whyNotParameter(name);
      if (reason !== undefined) throw new DomainError(reason);
    }
  }
  return value;
}

/** The rational value of a scalar without parameters; undefined when it has some. */
export function numericValue(scalar: RationalFunction): Rational | undefined {
  if (!isConstant(scalar.numerator) || !isConstant(scalar.denominator)) return undefined;
  return QQ.div(constantValue(scalar.numerator), constantValue(scalar.denominator));
}

function convert(scalar: Scalar): RationalFunction {
  switch (typeof scalar) {
    case "string":
      return parseRationalFunction(scalar);
    case "bigint":
      return fractions.fromInteger(scalar);
    case "number":
      if (!Number.isSafeInteger(scalar)) {
        throw new DomainError(`${scalar} is not an exact scalar; write it as text, such as "1/50" or "0.02"`);
      }
      return fractions.fromInteger(BigInt(scalar));
    default:
      return "num" in scalar ? rationalFunction(constant(scalar)) : scalar;
  }
}
