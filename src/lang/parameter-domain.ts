import { type Budget, DomainError, unlimited } from "../core/index.js";
import type { Law } from "../law/index.js";
import type { Rational } from "../rings/index.js";
import { parseLaw } from "./parse-law.js";
import { lawToText } from "./print-law.js";

/** The law with values of its parameters, made anew: its expression, written out and read with them. */
export function remadeLaw(law: Law, budget: Budget = unlimited): (values: Readonly<Record<string, Rational>>) => Law {
  const text = lawToText(law);
  return (parameters) => parseLaw(text, { parameters, budget });
}

/** Which values the parameters of a law may have: those with which it can be made anew. */
export function parameterDomain(
  law: Law,
  budget: Budget = unlimited,
): (values: Readonly<Record<string, Rational>>) => boolean {
  const remade = remadeLaw(law, budget);
  return (values) => {
    try {
      remade(values);
      return true;
    } catch (error) {
      if (error instanceof DomainError) return false;
      throw error;
    }
  };
}
