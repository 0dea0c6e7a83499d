import { DomainError } from "../../core/index.js";
import { type Expression, laws, operations, parseLaw, parseScalar, type VocabularyEntry } from "../../lang/index.js";
import { numericValue } from "../../law/index.js";
import { parsePolynomial } from "../../poly/index.js";
import type { Rational } from "../../rings/index.js";

type Values = Readonly<Record<string, Rational>>;

/** The parameters of an expression, in the order in which they occur, without evaluating anything. */
export function freeNames(expression: Expression): ReadonlySet<string> {
  const names = new Set<string>();
  visit(expression, (part) => {
    if (part.kind === "name") names.add(part.name);
    if (part.kind === "text") for (const name of namesOfPolynomial(part.text)) names.add(name);
  });
  for (const { name } of [...laws, ...operations]) names.delete(name);
  return names;
}

/** A text that cannot be read has no names; evaluating it says why. */
function namesOfPolynomial(text: string): readonly string[] {
  try {
    return parsePolynomial(text).variables.filter((name) => name !== "z" && name !== "m");
  } catch (error) {
    if (error instanceof DomainError) return [];
    throw error;
  }
}

/**
 * Whether values of the parameters make sense, as far as that is quickly known: the laws in the expression that are made of numbers
 * alone exist, and the numbers in operations lie in their domains.
 */
export function parameterCheck(source: string, expression: Expression): (values: Values) => boolean {
  const checks: ((values: Values) => void)[] = [];
  const textOf = ({ span }: Expression): string => source.slice(span.start.offset, span.end.offset);
  visit(expression, (part) => {
    if (part.kind !== "call" && part.kind !== "pipe") return;
    const law = laws.find((entry) => entry.name === part.name.text);
    if (law !== undefined) {
      const names = freeNames(part);
      if (names.size > 0) checks.push((values) => parseLaw(textOf(part), { parameters: chosen(values, names) }));
      return;
    }
    const operation = operations.find((entry) => entry.name === part.name.text);
    if (operation !== undefined) checks.push(...domainChecks(operation, argumentsOf(part, operation), textOf));
  });
  return (values) => {
    try {
      for (const check of checks) check(values);
      return true;
    } catch (error) {
      if (error instanceof DomainError) return false;
      throw error;
    }
  };
}

/** In a pipeline the law on the left is the first argument that is a law. */
function argumentsOf(part: Expression, { arguments: specs }: VocabularyEntry): readonly Expression[] {
  if (part.kind === "call") return part.arguments;
  if (part.kind !== "pipe") return [];
  const place = specs.findIndex((spec) => spec.kind === "law");
  return part.arguments.toSpliced(place, 0, part.input);
}

function domainChecks(
  operation: VocabularyEntry,
  values: readonly Expression[],
  textOf: (expression: Expression) => string,
): ((values: Values) => void)[] {
  return operation.arguments.flatMap(({ kind, domain }, k) => {
    const argument = values[k];
    if (kind !== "scalar" || domain === undefined || argument === undefined) return [];
    const names = freeNames(argument);
    if (names.size === 0) return [];
    return [
      (all: Values): void => {
        const value = numericValue(parseScalar(textOf(argument), { parameters: chosen(all, names) }));
        if (value !== undefined && !domain.holds(value)) throw new DomainError("outside the domain");
      },
    ];
  });
}

function chosen(values: Values, names: ReadonlySet<string>): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
}

function visit(expression: Expression, seen: (part: Expression) => void): void {
  seen(expression);
  switch (expression.kind) {
    case "list":
      for (const item of expression.items) visit(item, seen);
      break;
    case "call":
      for (const argument of expression.arguments) visit(argument, seen);
      break;
    case "pipe":
      for (const argument of [expression.input, ...expression.arguments]) visit(argument, seen);
      break;
    case "negation":
      visit(expression.operand, seen);
      break;
    case "binary":
      visit(expression.left, seen);
      visit(expression.right, seen);
      break;
  }
}
