import { type Budget, DomainError, unlimited } from "../core/index.js";
import { type Law, whyNotParameter } from "../law/index.js";
import type { RationalFunction } from "../poly/index.js";
import type { Rational } from "../rings/index.js";
import { evaluateLaw } from "./evaluate-law.js";
import { evaluateScalar } from "./evaluate-scalar.js";
import { readSyntax } from "./read-syntax.js";
import type { Scope } from "./scope.js";

export interface ParseOptions {
  /** Values of parameters, by name; every name must occur in the text. */
  readonly parameters?: Readonly<Record<string, Rational>>;
  /** What free sums and products, mixtures and squares may cost; by default without limit. */
  readonly budget?: Budget;
}

/**
 * The law of a text in the input language. Exact: `0.02` is 1/50, and every name that is neither a law nor an operation nor has
 * a value is a parameter of the law.
 *
 * @throws LanguageError (a DomainError) with line, column and carets, for syntax, unknown names, arguments of the wrong number
 *   or kind and values outside a domain; DomainError for a value of a parameter that does not occur
 * @example
 * parseLaw("semicircle(1) [+] mp(1/2) |> decompress(2)")
 * @example
 * parseLaw("mp(c)", { parameters: { c: rational(1, 2) } })
 */
export function parseLaw(text: string, options: ParseOptions = {}): Law {
  return evaluateText(text, options, evaluateLaw);
}

/** The exact value of a scalar expression of the input language: `1/50`, `2*tau`, `(c + 1)^2`. */
export function parseScalar(text: string, options: ParseOptions = {}): RationalFunction {
  return evaluateText(text, options, evaluateScalar);
}

function evaluateText<T>(
  source: string,
  { parameters = {}, budget = unlimited }: ParseOptions,
  evaluate: (expression: ReturnType<typeof readSyntax>, scope: Scope) => T,
): T {
  for (const name of Object.keys(parameters)) {
    const taken = whyNotParameter(name);
    if (taken !== undefined) throw new DomainError(taken);
  }
  const scope: Scope = { source, values: parameters, used: new Set(), budget };
  const value = evaluate(readSyntax(source), scope);
  const unused = Object.keys(parameters).find((name) => !scope.used.has(name));
  if (unused !== undefined) {
    const there = [...scope.used].sort();
    const list = there.length === 0 ? "it has no parameters" : `its parameters are ${there.join(", ")}`;
    throw new DomainError(`"${source.trim()}" has no parameter ${unused}; ${list}`);
  }
  return value;
}
