import { DomainError } from "../core/index.js";
import type { Law } from "../law/index.js";
import type { Rational } from "../rings/index.js";
import { parseLaw } from "./parse-law.js";
import { lawToText } from "./print-law.js";

/** Which values the parameters of a law may have: its expression, written out and read with them, says so. */
export function parameterDomain(law: Law): (values: Readonly<Record<string, Rational>>) => boolean {
  const text = lawToText(law);
  return (parameters) => {
    try {
      parseLaw(text, { parameters });
      return true;
    } catch (error) {
      if (error instanceof DomainError) return false;
      throw error;
    }
  };
}
