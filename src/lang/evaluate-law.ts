import { DomainError } from "../core/index.js";
import { ArgumentError, type ArgumentPlace } from "../ensembles/index.js";
import type { Law, Operand } from "../law/index.js";
import { numericValue } from "../law/index.js";
import {
  constant,
  type Polynomial,
  parsePolynomial,
  type RationalFunction,
  rationalFunctionToText,
  substitute,
  subtract,
} from "../poly/index.js";
import { evaluateScalar } from "./evaluate-scalar.js";
import { LanguageError } from "./language-error.js";
import { describe, failAt, findEntry, reservedNames, type Scope, unknownName } from "./scope.js";
import type { CalledName, Expression, ListLiteral, Position, QuotedText, Span } from "./syntax.js";
import { argumentReader, laws, operations, type ParameterSpec, signature, type VocabularyEntry } from "./vocabulary.js";

const lawOperators = { "⊞": "freeSum", "⊠": "freeProduct" } as const;

/** The law of an expression. */
export function evaluateLaw(expression: Expression, scope: Scope): Law {
  switch (expression.kind) {
    case "call":
      return callByName(expression.name, expression.arguments, expression.span, scope, [...laws, ...operations]);
    case "pipe":
      return evaluateStage(expression.input, expression.name, expression.arguments, expression.span, scope);
    case "binary": {
      const { operator, left, right } = expression;
      if (operator !== "⊞" && operator !== "⊠") {
        const instead =
          operator === "+"
            ? "; the free sum of two laws is A ⊞ B or A [+] B"
            : operator === "*"
              ? "; the free product of two laws is A ⊠ B or A [*] B"
              : "";
        throw failAt(scope, expression.span, `a law is expected here, and ${operator} makes scalars${instead}`);
      }
      const entry = findEntry(lawOperators[operator], operations)!;
      return make(entry, [left, right], expression.span, scope);
    }
    case "name":
      throw nameIsNoLaw(expression.name, expression.span, scope);
    default:
      throw failAt(scope, expression.span, `a law is expected here, not ${describe(expression)}`);
  }
}

function callByName(
  name: CalledName,
  values: readonly Expression[],
  span: Span,
  scope: Scope,
  entries: readonly VocabularyEntry[],
): Law {
  const entry = findEntry(name.text, entries);
  if (entry === undefined) throw unknownName(scope, name.text, name.span, entries);
  checkCount(entry, values, name.span, scope);
  return make(entry, values, span, scope);
}

function evaluateStage(
  input: Expression,
  name: CalledName,
  values: readonly Expression[],
  span: Span,
  scope: Scope,
): Law {
  const entry = findEntry(name.text, operations);
  if (entry === undefined) {
    if (findEntry(name.text, laws) !== undefined) {
      throw failAt(scope, name.span, `${name.text} is a law; |> is followed by an operation`);
    }
    throw unknownName(scope, name.text, name.span, operations);
  }
  const place = entry.arguments.findIndex((spec) => spec.kind === "law");
  const all = [...values.slice(0, place), input, ...values.slice(place)];
  checkCount(entry, all, name.span, scope, input);
  return make(entry, all, span, scope);
}

function nameIsNoLaw(name: string, span: Span, scope: Scope): LanguageError {
  const entry = findEntry(name, [...laws, ...operations]);
  if (entry !== undefined) {
    const kind = operations.includes(entry) ? "an operation" : "a law";
    return failAt(scope, span, `${name} is ${kind}, written ${signature(entry)}`);
  }
  return unknownName(scope, name, span, [...laws, ...operations]);
}

/** `piped` is the argument that stood before |> and is not to be blamed for being one too many. */
function checkCount(
  entry: VocabularyEntry,
  values: readonly Expression[],
  span: Span,
  scope: Scope,
  piped?: Expression,
): void {
  const most = entry.arguments.length;
  const least = entry.arguments.filter((spec) => spec.optional !== true).length;
  if (values.length >= least && values.length <= most) return;
  const wanted = least === most ? `${most}` : `${least} to ${most}`;
  const counted = piped === undefined ? "" : ", with the law before |> as one of them";
  const sentence = `${signature(entry)} takes ${wanted} argument${most === 1 ? "" : "s"}; got ${values.length}${counted}`;
  const surplus = values.filter((value) => value !== piped)[piped === undefined ? most : most - 1];
  throw failAt(scope, surplus?.span ?? span, sentence);
}

/** Evaluates the arguments by their kinds and makes the law; a mistake points at the argument that it is in. */
function make(entry: VocabularyEntry, values: readonly Expression[], span: Span, scope: Scope): Law {
  const operands = values.map((value, position) => evaluateArgument(entry, entry.arguments[position]!, value, scope));
  try {
    return entry.make(argumentReader(operands, scope.budget));
  } catch (error) {
    if (error instanceof LanguageError || !(error instanceof DomainError)) throw error;
    const place = error instanceof ArgumentError ? spanOf(error.place, values) : undefined;
    throw failAt(scope, place ?? span, error.message);
  }
}

function spanOf(place: ArgumentPlace, values: readonly Expression[]): Span | undefined {
  const argument = values[place.argument];
  const item = argument?.kind === "list" && place.item !== undefined ? argument.items[place.item] : undefined;
  const part = item?.kind === "list" && place.part !== undefined ? item.items[place.part] : undefined;
  return (part ?? item ?? argument)?.span;
}

function evaluateArgument(entry: VocabularyEntry, spec: ParameterSpec, value: Expression, scope: Scope): Operand {
  switch (spec.kind) {
    case "law":
      return { kind: "law", law: evaluateLaw(value, scope) };
    case "scalar":
    case "integer": {
      const scalar = evaluateScalar(value, scope);
      const known = numericValue(scalar);
      if (known !== undefined && spec.domain !== undefined && !spec.domain.holds(known)) {
        const got = rationalFunctionToText(scalar);
        throw failAt(scope, value.span, `${signature(entry)} needs ${spec.name} ${spec.domain.text}; got ${got}`);
      }
      return { kind: "scalar", value: scalar };
    }
    case "pairs": {
      const items = listItems(entry, spec, value, scope, "[[1, 1/2], [2, 1/2]]");
      return { kind: "pairs", pairs: items.map((item) => evaluatePair(entry, spec, item, scope)) };
    }
    case "scalars": {
      const items = listItems(entry, spec, value, scope, "[0, 1, 0, 2]");
      return { kind: "scalars", values: items.map((item) => evaluateScalar(item, scope)) };
    }
    case "polynomial": {
      if (value.kind !== "text") {
        throw failAt(
          scope,
          value.span,
          `${signature(entry)} takes a polynomial in quotes, such as "m^2 + z*m + 1", not ${describe(value)}`,
        );
      }
      return { kind: "polynomial", value: readPolynomial(value, scope) };
    }
  }
}

function listItems(
  entry: VocabularyEntry,
  spec: ParameterSpec,
  value: Expression,
  scope: Scope,
  example: string,
): ListLiteral["items"] {
  if (value.kind === "list") return value.items;
  const wanted = `${signature(entry)} takes a list ${spec.name} such as ${example}`;
  throw failAt(scope, value.span, `${wanted}, not ${describe(value)}`);
}

function evaluatePair(
  entry: VocabularyEntry,
  spec: ParameterSpec,
  item: Expression,
  scope: Scope,
): readonly [RationalFunction, RationalFunction] {
  if (item.kind !== "list" || item.items.length !== 2) {
    throw failAt(scope, item.span, `${signature(entry)} takes pairs [location, weight] in ${spec.name}`);
  }
  return [evaluateScalar(item.items[0]!, scope), evaluateScalar(item.items[1]!, scope)];
}

/** The polynomial of a text in quotes, or of an equation `p = q`, as the curve of a law is printed, with the parameters that have values put in. */
function readPolynomial(quoted: QuotedText, scope: Scope): Polynomial {
  const equals = quoted.text.indexOf("=");
  const polynomial =
    equals < 0
      ? readSide(quoted, 0, quoted.text.length, scope)
      : subtract(readSide(quoted, 0, equals, scope), readSide(quoted, equals + 1, quoted.text.length, scope));
  const names = polynomial.variables.filter((name) => !reservedNames.includes(name));
  for (const name of names) scope.used.add(name);
  const known = names.filter((name) => Object.hasOwn(scope.values, name));
  if (known.length === 0) return polynomial;
  return substitute(polynomial, Object.fromEntries(known.map((name) => [name, constant(scope.values[name]!)])));
}

/** The polynomial that a stretch of a quoted text is. */
function readSide(quoted: QuotedText, from: number, to: number, scope: Scope): Polynomial {
  try {
    return parsePolynomial(quoted.text.slice(from, to));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { sentence, column } = placeInText(error.message);
    throw failAt(scope, column === undefined ? quoted.span : spanInside(quoted, from + column), sentence);
  }
}

/** The reader of polynomials ends its sentence with the column and shows the text again under it. */
function placeInText(message: string): { sentence: string; column: number | undefined } {
  const match = /^([^\n]*), at column (\d+)\n/.exec(message);
  if (match === null) return { sentence: message, column: undefined };
  return { sentence: match[1]!, column: Number(match[2]) };
}

/** One character of a quoted text, `column` counted from 1 behind the opening quote. */
function spanInside(quoted: QuotedText, column: number): Span {
  const before = quoted.text.slice(0, column - 1).split("\n");
  const lastLine = before.at(-1) ?? "";
  const { start } = quoted.span;
  const place: Position = {
    offset: start.offset + column,
    line: start.line + before.length - 1,
    column: before.length === 1 ? start.column + column : lastLine.length + 1,
  };
  return { start: place, end: { ...place, offset: place.offset + 1, column: place.column + 1 } };
}
