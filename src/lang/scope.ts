import { type Budget, DomainError } from "../core/index.js";
import { highTemperatureHasNoCurve } from "../high-temperature/index.js";
import type { Rational } from "../rings/index.js";
import { LanguageError } from "./language-error.js";
import type { Expression, Span } from "./syntax.js";
import { laws, nearestName, operations, type VocabularyEntry } from "./vocabulary.js";

/** What an expression is evaluated in: the text it came from, for errors, and the parameters that have values. */
export interface Scope {
  readonly source: string;
  readonly values: Readonly<Record<string, Rational>>;
  /** Collects the names of the values that were used and of the parameters that stayed free. */
  readonly used: Set<string>;
  readonly budget: Budget;
}

export function failAt(scope: Scope, span: Span, sentence: string): LanguageError {
  return new LanguageError(sentence, scope.source, span);
}

/** The names of a curve, which no parameter can have. */
export const reservedNames: readonly string[] = ["z", "m"];

/** What kind of thing an expression is, for sentences: "the number 3", "a law". */
export function describe(expression: Expression): string {
  switch (expression.kind) {
    case "number":
      return `the number ${expression.text}`;
    case "name":
      return `the name ${expression.name}`;
    case "text":
      return "a text in quotes";
    case "list":
      return "a list";
    case "negation":
      return "a scalar";
    case "binary":
      return expression.operator === "⊞" || expression.operator === "⊠" ? "a law" : "a scalar";
    case "call":
    case "pipe":
      return "a law";
  }
}

export function findEntry(name: string, entries: readonly VocabularyEntry[]): VocabularyEntry | undefined {
  return entries.find((entry) => entry.name === name);
}

/** Measures without an algebraic curve, which are no laws of the language, with what is said of them. */
const measuresWithoutCurve: Readonly<Record<string, string>> = { highTemperatureMp: highTemperatureHasNoCurve };

/** The sentence for a name that is called and does not exist. */
export function unknownName(
  scope: Scope,
  name: string,
  span: Span,
  entries: readonly VocabularyEntry[],
): LanguageError {
  const known = Object.hasOwn(measuresWithoutCurve, name) ? measuresWithoutCurve[name] : undefined;
  if (known !== undefined) return failAt(scope, span, known);
  const names = entries.map((entry) => entry.name);
  const near = nearestName(name, names) ?? names.find((known) => known === otherNames.get(name.toLowerCase()));
  const kinds = entries === operations ? "operation" : "law or operation";
  const lists = [
    ...(entries === operations ? [] : [`Laws: ${laws.map((entry) => entry.name).join(", ")}.`]),
    `Operations: ${operations.map((entry) => entry.name).join(", ")}.`,
  ];
  const hint = near === undefined ? "" : `; did you mean ${near}?`;
  return failAt(scope, span, `there is no ${kinds} "${name}"${hint}${hint === "" ? "." : ""} ${lists.join(" ")}`);
}

/** What others call some laws and operations. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ["wigner", "semicircle"],
  ["goe", "semicircle"],
  ["gue", "semicircle"],
  ["wishart", "mp"],
  ["marchenkopastur", "mp"],
  ["marcenkopastur", "mp"],
  ["jacobi", "manova"],
  ["bernoulli", "atoms"],
  ["discrete", "atoms"],
  ["translate", "shift"],
  ["mixture", "mix"],
  ["plus", "freeSum"],
  ["times", "freeProduct"],
]);

/** Runs a computation whose mistakes are the user's at this place. */
export function blaming<T>(scope: Scope, span: Span, compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (error instanceof DomainError && !(error instanceof LanguageError)) throw failAt(scope, span, error.message);
    throw error;
  }
}
